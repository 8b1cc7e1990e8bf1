"""What a report is: sheets of typed cells, some of them formulas over others. Knows no writer and no domain.

Writers (workbook, paper, screen) ask a sheet for `value`, `kind` and `written`. A formula names the cells it is made of,
so that a workbook holds a living formula while paper and screen print its exact value: one definition cannot
say two things.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from committees import vietnamese

# Kinds of a column: how its values are shown.
TEXT, WHOLE, SIGNED, PERCENT, DECIMAL, DAY = "text", "whole", "signed", "percent", "decimal", "day"
ORDINAL = "ordinal"  # the place of a row in its list
# Looks of a row.
PLAIN, PART, TOTAL = "plain", "part", "total"
MOST_DRAWN = 40  # bars of a chart; more would leave no room for their names
# What a formula does with its cells.
RATIO, SUM, DIFFERENCE = "ratio", "sum", "difference"


@dataclass(frozen=True)
class Ref:
    """A cell of the same sheet by the keys of its row and column; an empty key means the formula's own."""

    row: str = ""
    column: str = ""


@dataclass(frozen=True)
class Formula:
    operation: str
    operands: tuple


def ratio(part, whole):
    """part/whole of two cells (Ref); no value where one of them has none, or the whole is 0."""
    return Formula(RATIO, (part, whole))


def total(refs):
    """The sum of cells (Ref); empty cells and words in them count nothing. No value where no cell has a number."""
    return Formula(SUM, tuple(refs))


def difference(one, other):
    """one − other of two cells (Ref); no value where one of them has none."""
    return Formula(DIFFERENCE, (one, other))


@dataclass(frozen=True)
class Column:
    """width: in characters of the text; under: a heading it shares with its neighbours; number: what the form prints
    below the heading ("4(=2*100/3)"); bars: whether its values are drawn behind the numbers, 0 to 160 %."""

    key: str
    heading: str
    kind: str = TEXT
    width: int = 12
    under: str = ""
    number: str = ""
    bars: bool = False


@dataclass(frozen=True)
class Row:
    """cells: {column key: value}, a missing one is empty. kind: how this row shows what its columns call WHOLE.
    name: what the row's first number is called in a workbook."""

    key: str
    cells: dict
    look: str = PLAIN
    level: int = 0
    kind: str = ""
    name: str = ""


@dataclass(frozen=True)
class Chart:
    """Bars over some rows (keys, standing one after another): `labels` and `values` are column keys; `mark`: a value
    at which a line is drawn, None for none."""

    title: str
    labels: str
    values: tuple
    rows: tuple
    mark: Fraction | None = None


@dataclass(frozen=True)
class Sheet:
    """One table. key: the name of its rows in a workbook; title: its tab; heading: what stands over it. wide: for paper
    laid across. signed: whether it ends with the places to sign, `signs` what stands in them below the titles (the report's by
    default); headed: whether it bears the head of the report itself, as a form that goes out alone does; prose: whether its rows are
    running text in one column. empty: what is said where it has no row."""

    key: str
    title: str
    heading: str
    columns: tuple
    rows: list
    notes: tuple = ()
    chart: Chart | None = None
    wide: bool = False
    signed: bool = False
    signs: tuple = ()
    headed: bool = False
    prose: bool = False
    empty: str = ""

    @cached_property
    def _by_key(self):
        found = {row.key: row for row in self.rows}
        if len(found) != len(self.rows):
            raise ValueError(f"Two rows of {self.key} have one key.")
        return found

    @cached_property
    def _columns(self):
        return {column.key: column for column in self.columns}

    def row(self, key):
        return self._by_key[key]

    def find(self, ref, row, column):
        """(Row, Column) that a formula standing in (row, column) means."""
        return self._by_key[ref.row] if ref.row else row, self._columns[ref.column] if ref.column else column

    def value(self, row, column):
        """The exact value of a cell: None, text, int, date, Decimal, or the Fraction of a ratio."""
        said = row.cells.get(column.key)
        if not isinstance(said, Formula):
            return said
        values = [self.value(*self.find(ref, row, column)) for ref in said.operands]
        if said.operation == SUM:
            numbers = [value for value in values if is_number(value)]
            return sum(numbers) if numbers else None
        if not all(map(is_number, values)):
            return None
        one, other = values
        if said.operation == DIFFERENCE:
            return one - other
        return Fraction(one) / Fraction(other) if other else None

    def kind(self, row, column):
        return row.kind if row.kind and column.kind == WHOLE else column.kind

    def written(self, row, column):
        """A cell as written in Vietnam; empty for no value."""
        return written(self.value(row, column), self.kind(row, column))

    def lines(self):
        """[(Row, [(Column, text)])] for a page."""
        return [(row, [(column, self.written(row, column)) for column in self.columns]) for row in self.rows]


@dataclass(frozen=True)
class Report:
    """name: of its file, without ending; finding: what it says in one sentence; notices: what a reader must know before
    any number; left, right: the lines of its head; signers: the titles at its foot, left and right; signs: what stands
    below them; closing: the line above that on paper, with "{pages}" where the number of pages stands. As a party document: `numbered` its number's line, `receivers` to whom it goes, `signed_by` the body that
    signs and the position of who does."""

    name: str
    title: str
    committee: str
    period: str
    finding: str
    sheets: list
    notices: tuple = ()
    left: tuple = ()
    right: tuple = ()
    signers: tuple = ()
    signs: tuple = ("(Ký, ghi rõ họ tên)", "(Ký, ghi rõ họ tên)")
    closing: str = ""
    numbered: str = ""
    receivers: tuple = ()
    signed_by: tuple = ()

    def sheet(self, key):
        """The sheet of that key; KeyError where the report has none."""
        for sheet in self.sheets:
            if sheet.key == key:
                return sheet
        raise KeyError(key)


def is_number(value):
    return isinstance(value, int | Fraction | Decimal) and not isinstance(value, bool)


def written(value, kind):
    """A value as written: 9.701, +349, 103,73 %, 31/12/2015; words stay as they are, composed (NFC)."""
    if value is None:
        return ""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, date):
        return vietnamese.day(value)
    if kind == PERCENT:
        return vietnamese.percent_text(vietnamese.percent(value, 1))
    if kind == DECIMAL:
        return vietnamese.decimal(value)
    return vietnamese.signed(value) if kind == SIGNED else vietnamese.number(value)

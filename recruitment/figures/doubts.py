"""What a review finds, and the sheets it is found in, read by their keys. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from committees.vietnamese import decimal, number

# Kinds of doubt. The first three contradict the report itself, the others want a word.
SUM, PART, PERCENT, LAST_YEAR, JUMP, CHILD, PARENT = (
    "sum", "part", "percent", "last_year", "jump", "child", "parent",
)  # fmt: skip
KINDS = {
    SUM: "tổng không khớp",
    PART: "phần lớn hơn toàn bộ",
    PERCENT: "tỷ lệ không khớp",
    LAST_YEAR: "khác số năm trước đã in",
    JUMP: "tăng, giảm bất thường",
    CHILD: "khác số đơn vị trực thuộc báo cáo",
    PARENT: "khác số cấp trên đang ghi",
}
CONTRADICTIONS = frozenset({SUM, PART, PERCENT})
TEXT = ""  # the sheet of a doubt about the words around the tables


@dataclass(frozen=True)
class Doubt:
    """One thing to look at. sheet, row, column: keys of the cell (all empty for the report's own words); said: what stands
    there; other: what it is held against; words: both, with their place, as a sentence."""

    sheet: str
    row: str
    column: str
    kind: str
    said: object
    other: object
    words: str

    @property
    def label(self):
        return KINDS[self.kind]

    @property
    def contradicts(self):
        """Whether the report contradicts itself there, whoever is asked."""
        return self.kind in CONTRADICTIONS

    @property
    def key(self):
        """What stays the same as long as the doubt does: an answer given to it holds no longer once a figure changed."""
        return "|".join(
            (self.kind, self.sheet, self.row, self.column, written(self.said), written(self.other))
        )


class Book:
    """A report's sheets by key, with their cells by (row, column)."""

    def __init__(self, report):
        self.sheets = {sheet.key: sheet for sheet in report.sheets}
        self._rows = {sheet.key: {row.key: row for row in sheet.rows} for sheet in report.sheets}
        self._columns = {
            sheet.key: {column.key: column for column in sheet.columns} for sheet in report.sheets
        }

    def has(self, sheet, row, column):
        return row in self._rows.get(sheet, ()) and column in self._columns[sheet]

    def value(self, sheet, row, column):
        """The exact value of a cell; None for what is empty or not there."""
        if not self.has(sheet, row, column):
            return None
        return self.sheets[sheet].value(self._rows[sheet][row], self._columns[sheet][column])

    def number(self, sheet, row, column):
        value = self.value(sheet, row, column)
        return value if is_number(value) else None

    def kind(self, sheet, row, column):
        return self.sheets[sheet].kind(self._rows[sheet][row], self._columns[sheet][column])

    def look(self, sheet, row):
        return self._rows[sheet][row].look

    def counts(self, sheet):
        """(Row, Column, number) of every cell that counts something."""
        for row in self.sheets[sheet].rows:
            for column in self.sheets[sheet].columns:
                if self.kind(sheet, row.key, column.key) == "whole":
                    value = self.number(sheet, row.key, column.key)
                    if value is not None:
                        yield row, column, value

    def place(self, sheet, row, column):
        """Biểu “Theo đơn vị”, dòng “Huyện Đất Đỏ”, cột “Năm 2015”."""
        heading = self._columns[sheet][column].heading
        return f"Biểu “{self.sheets[sheet].title}”, dòng “{self.name(sheet, row)}”, cột “{heading}”"

    def headings(self, sheet, column):
        """What stands above a sheet and above one of its columns."""
        found = self._columns[sheet][column]
        return self.sheets[sheet].heading, found.under, found.heading

    def name(self, sheet, row):
        """What a row is called: the first words in it."""
        cells = self._rows[sheet][row].cells
        return next((text for text in cells.values() if isinstance(text, str)), row)


def written(value):
    """A figure of a doubt as written; an empty cell says so."""
    if value is None:
        return "để trống"
    if isinstance(value, str):
        return value
    exact = Fraction(value)
    return number(exact.numerator) if exact.denominator == 1 else decimal(exact)


def is_number(value):
    return isinstance(value, int | Fraction | Decimal) and not isinstance(value, bool)

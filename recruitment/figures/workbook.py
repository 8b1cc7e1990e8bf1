"""The claims of a workbook (contracts §2, `claims`): read whole, with every fault named by its cell. The same reader takes
the rows of a pasted text (`pasted`)."""

import re
from dataclasses import dataclass, field
from datetime import date

from committees import vietnamese
from committees.vietnamese import parse_day

from ..rules import numbers
from ..sheets.read import read_table
from .printed import WANTED, as_text
from .statements import PART, Statement, Unreadable, operation_of, printed_of, terms_of

CODE, OPERATION, PUBLISHED, TERMS, DOCUMENT, CONTENT = (
    "Mã", "Phép tính", "Công bố", "Số hạng", "Văn bản", "Nội dung",
)  # fmt: skip
NUMBER, ISSUER, DAY = "Số văn bản", "Cơ quan ban hành", "Ngày văn bản"
HEADINGS = (
    (CODE, True),
    (OPERATION, True),
    (PUBLISHED, True),
    (TERMS, False),
    (DOCUMENT, False),
    (CONTENT, False),
    (NUMBER, False),
    (ISSUER, False),
    (DAY, False),
)
_CODE = re.compile(r"[\w.-]{1,40}")


@dataclass(frozen=True)
class Fault:
    """What stands wrongly in which cell, and what is wanted there. sheet is "" where `cell` says the whole place."""

    sheet: str
    cell: str
    value: str
    wanted: str

    @property
    def place(self):
        return f"trang “{self.sheet}”, ô {self.cell}" if self.sheet else self.cell

    @property
    def found(self):
        value = " ".join(self.value.split())
        value = f"{value[:79]}…" if len(value) > 80 else value
        return f"“{value}”" if value else ""

    def __str__(self):
        return f"{self.place}: {f'thấy {self.found}' if self.found else 'ô trống'}; cần {self.wanted}"


@dataclass(frozen=True)
class Entry:
    """One row, read: a statement to recompute, the number of a document, or both (then of one claim). cells: its texts."""

    code: str
    statement: Statement | None
    number: numbers.Number | None
    cells: dict


@dataclass
class Claims:
    """entries in their order; with faults they are not to be used. unknown: headings of columns that nobody reads."""

    entries: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    unknown: list = field(default_factory=list)

    @property
    def statements(self):
        return [entry.statement for entry in self.entries if entry.statement]

    @property
    def numbers(self):
        return [(entry.code, entry.number) for entry in self.entries if entry.number]


def read_claims(path):
    """The Claims of the first sheet (path, or an open file).

    Raises SheetError where the file is no workbook or has no table of claims.
    """
    table = read_table(path, HEADINGS, every_row=True)  # a row may well say “tổng”
    faults = [Fault(table.sheet, str(table.heading_row), "", f"cột “{heading}”") for heading in table.missing]
    if faults:
        return Claims(faults=faults, unknown=table.unknown)
    found = read_rows(table.sheet, table.rows)
    found.unknown = table.unknown
    return found


def read_rows(sheet, rows):
    """The Claims of rows with `cells` {heading: value} and `address(heading)`: every cell is judged, whatever the others
    hold."""
    found, seen = Claims(), {}
    for row in rows:
        entry, wrong = _read_row(sheet, row)
        wrong = _code_fault(sheet, row, seen) + wrong
        found.faults += wrong
        if not wrong:
            found.entries.append(entry)
    return found


def _read_row(sheet, row):
    """(Entry, faults) of one row. A row that holds the number of a document and no claim is only that."""
    faults = []

    def read(heading, reader, *args):
        try:
            return reader(*args, row.cells.get(heading))
        except Unreadable as fault:
            faults.append(Fault(sheet, row.address(heading), _text(fault.value), fault.wanted))

    texts = {heading: _line(row.cells.get(heading)) for heading, _required in HEADINGS}
    code, number = texts[CODE], None
    if texts[NUMBER]:
        number = numbers.judge(texts[NUMBER], texts[ISSUER], read(DAY, _day_of))
        if not any(texts[heading] for heading in (OPERATION, PUBLISHED, TERMS)):
            return Entry(code, None, number, texts), faults
    operation = read(OPERATION, operation_of)
    printed = read(PUBLISHED, printed_of)
    terms = read(TERMS, terms_of, operation)
    if not faults and printed is None and operation != PART:
        faults.append(Fault(sheet, row.address(PUBLISHED), "", WANTED))
    return Entry(code, Statement(code, operation, printed, terms, texts[DOCUMENT]), number, texts), faults


def _day_of(value):
    if value is None or not str(value).strip():
        return None
    try:
        return parse_day(value)
    except ValueError:
        raise Unreadable("day", value, "ngày/tháng/năm, ví dụ 18/01/2023") from None


def _text(value):
    return "" if value is None else str(value)


def _line(value):
    """A cell as one line of text; dates and numbers as written."""
    if isinstance(value, date):
        return vietnamese.day(value)
    return "" if value is None else as_text(value)


def _code_fault(sheet, row, seen):
    """The fault of a claim's code, if any: 1–40 letters, digits, `.-_`, once in the file."""
    code = _text(row.cells[CODE])
    cell = row.address(CODE)
    if not _CODE.fullmatch(code):
        return [Fault(sheet, cell, code, "mã từ 1 đến 40 chữ, số hoặc dấu . - _")]
    first = seen.setdefault(code, cell)
    return [] if first == cell else [Fault(sheet, cell, code, f"mã chưa dùng (đã có ở ô {first})")]

"""The claims of a workbook (contracts §2, `claims`): read whole, with every fault named by its cell."""

import re
from dataclasses import dataclass

from ..sheets.read import read_table
from .printed import WANTED
from .statements import PART, Statement, Unreadable, operation_of, printed_of, terms_of

CODE, OPERATION, PUBLISHED, TERMS, DOCUMENT = "Mã", "Phép tính", "Công bố", "Số hạng", "Văn bản"
HEADINGS = (
    (CODE, True),
    (OPERATION, True),
    (PUBLISHED, True),
    (TERMS, False),
    (DOCUMENT, False),
    ("Nội dung", False),
)
_CODE = re.compile(r"[\w.-]{1,40}")


@dataclass(frozen=True)
class Fault:
    """What stands wrongly in which cell, and what is wanted there."""

    sheet: str
    cell: str
    value: str
    wanted: str

    def __str__(self):
        value = " ".join(self.value.split())
        value = f"{value[:79]}…" if len(value) > 80 else value
        found = f"thấy “{value}”" if value else "ô trống"
        return f"trang “{self.sheet}”, ô {self.cell}: {found}; cần {self.wanted}"


def read_claims(path):
    """(statements, faults) of the first sheet, in its order; with faults the statements are not to be used.

    Raises SheetError where the file is no workbook or has no table of claims.
    """
    table = read_table(path, HEADINGS)
    faults = [Fault(table.sheet, str(table.heading_row), "", f"cột “{heading}”") for heading in table.missing]
    if faults:
        return [], faults
    statements, seen = [], {}
    for row in table.rows:
        statement, wrong = _read_row(table.sheet, row)
        wrong = _code_fault(table.sheet, row, seen) + wrong
        faults += wrong
        if not wrong:
            statements.append(statement)
    return statements, faults


def _read_row(sheet, row):
    """(statement, faults) of one row: every cell is judged, whatever the others hold."""
    faults = []

    def read(heading, reader, *args):
        try:
            return reader(*args, row.cells[heading])
        except Unreadable as fault:
            faults.append(Fault(sheet, row.address(heading), _text(fault.value), fault.wanted))

    operation = read(OPERATION, operation_of)
    printed = read(PUBLISHED, printed_of)
    terms = read(TERMS, terms_of, operation)
    if not faults and printed is None and operation != PART:
        faults.append(Fault(sheet, row.address(PUBLISHED), "", WANTED))
    document = " ".join(_text(row.cells[DOCUMENT]).split())
    return Statement(_text(row.cells[CODE]), operation, printed, terms, document), faults


def _text(value):
    return "" if value is None else str(value)


def _code_fault(sheet, row, seen):
    """The fault of a claim's code, if any: 1–40 letters, digits, `.-_`, once in the file."""
    code = _text(row.cells[CODE])
    cell = row.address(CODE)
    if not _CODE.fullmatch(code):
        return [Fault(sheet, cell, code, "mã từ 1 đến 40 chữ, số hoặc dấu . - _")]
    first = seen.setdefault(code, cell)
    return [] if first == cell else [Fault(sheet, cell, code, f"mã chưa dùng (đã có ở ô {first})")]

"""The workbook of a file's faulty rows, taken out, mended in Excel and brought back: each row finds its place again."""

from django.utils.translation import gettext as _

from ..sheets.read import read_table
from .edits import Typed, as_shown, mark
from .layout import headings

# What `faulty_rows` adds to a row; not read as one of ours when the mended file comes back.
ROW_HEADING, REASON_HEADING = "Dòng trong tệp gốc", "Cần sửa"
MARK_HEADING = (
    "Dấu đối chiếu (giữ nguyên)"  # of each cell of ours as it stood when the workbook was taken out
)
OUR_HEADINGS = {ROW_HEADING, REASON_HEADING, MARK_HEADING}
MOST_TOLD = 5


class Strange(ValueError):
    """The workbook speaks of rows that the file does not have."""


def faulty_rows(source, reasons):
    """(headings, rows) of some rows of a file, {row number: what is wrong}: as they came, each with its number and its
    reasons and marks beside it. Codes and numbers go as text, so that none is grouped or loses its zeros."""
    headings = list(source.table.columns)
    raws = dict(source.rows)
    rows = (
        [number, *(_written(raws[number][heading]) for heading in headings), why, _marks(raws[number])]
        for number, why in reasons.items()
        if number is not None
    )
    return [ROW_HEADING, *headings, REASON_HEADING, MARK_HEADING], rows


def _marks(raw):
    return " ".join(mark(as_shown(value)) for value in raw.values())


def _seen(raw, said):
    """{heading: mark of what the workbook showed when it was taken out}; of what stands now where its marks are gone."""
    marks = (as_shown(said) or _marks(raw)).split()
    return dict(zip(raw, marks if len(marks) == len(raw) else _marks(raw).split(), strict=True))


def _written(value):
    return str(value) if type(value) is int else value


def typed_in(file, kind, source):
    """[edits.Typed] of what the workbook says; source: the file it was taken from, as it stands mended. What
    somebody mended since the workbook was taken out is crossed, not overwritten (`edits.merged`). Cells of columns that the
    workbook lacks say nothing. Raises SheetError (no .xlsx, no column of row numbers) and Strange."""
    table = read_table(file, [*headings_of(kind), (ROW_HEADING, True), (MARK_HEADING, False)])
    raws, found, unknown = {str(number): raw for number, raw in source.rows}, [], []
    for row in table.rows:
        number = as_shown(row.cells.pop(ROW_HEADING))
        marks, raw = row.cells.pop(MARK_HEADING), raws.get(number)
        if raw is None:
            unknown.append(number or _("(trống, dòng %s)") % row.number)
            continue
        seen = _seen(raw, marks)
        found += [
            Typed(number, heading, seen[heading], as_shown(row.cells[heading]))
            for heading in table.columns
            if heading in raw
        ]
    if ROW_HEADING in table.missing or (unknown and not found):
        raise Strange(
            _("Tệp này không có cột “%s” khớp với tệp đang chờ. Chọn tệp các dòng lỗi đã tải từ trang này.")
            % ROW_HEADING
        )
    if unknown:
        raise Strange(
            _("Tệp có dòng không thuộc tệp đang chờ: %s. Chưa ghi gì; bỏ các dòng ấy rồi tải lại.")
            % ", ".join(unknown[:MOST_TOLD])
        )
    return found


def headings_of(kind):
    """The KIND's headings, none of them required: the workbook holds what its maker had."""
    return [(heading, False) for heading, _required in headings(kind)]

"""The workbook of a file's faulty rows, mended in Excel and brought back: each row finds its place in the file again."""

from django.utils.translation import gettext as _

from ..sheets.read import read_table
from .edits import Typed, as_shown, mark
from .layout import headings
from .preview import ROW_HEADING

MOST_TOLD = 5


class Strange(ValueError):
    """The workbook speaks of rows that the file does not have."""


def typed_in(file, kind, source):
    """[edits.Typed] of what the workbook says; source: the file it was taken from, as it stands mended. Cells of columns
    that the workbook lacks say nothing. Raises SheetError (no .xlsx, no column of row numbers) and Strange."""
    table = read_table(file, [*headings_of(kind), (ROW_HEADING, True)])
    raws, found, unknown = {str(number): raw for number, raw in source.rows}, [], []
    for row in table.rows:
        number = as_shown(row.cells.pop(ROW_HEADING))
        raw = raws.get(number)
        if raw is None:
            unknown.append(number or _("(trống, dòng %s)") % row.number)
            continue
        for heading in table.columns:
            if heading in raw:
                found.append(
                    Typed(number, heading, mark(as_shown(raw[heading])), as_shown(row.cells[heading]))
                )
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

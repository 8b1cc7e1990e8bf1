"""The export of what differs between levels and sources, with the answers: the rows of its page."""

from django.utils.translation import gettext as _

from ..figures.gap_page import GapList
from .exports import Export, Unanswered


def gaps(access, params):
    """A difference a row; what the reader may not see of the level above stays empty."""
    page = GapList(access, params)
    if not page.form.is_valid():
        raise Unanswered
    headings = [
        _("Tổ chức"), _("Chỉ tiêu"), _("Kỳ"), _("Chênh lệch gì"), _("Số thứ nhất"), _("Nguồn"), _("Số thứ hai"),
        _("Nguồn thứ hai"), _("Tình trạng"), _("Các bên trả lời"),
    ]  # fmt: skip
    rows = [_row(line) for line in page.lines]
    said = {name: value for name, value in page.form.cleaned_data.items() if value and name != "committee"}
    return Export(
        name="gaps", title=_("Chênh lệch số liệu"), headings=headings, rows=rows, count=len(rows),
        conditions=page.conditions, said=said, committee=page.committee, place=page.name, on=access.today,
    )  # fmt: skip


def _row(line):
    told = [f"{side.name}: {side.latest[1]}, {side.latest[0].reason}" for side in line.sides if side.latest]
    whole = line.asked.whole
    figures = [line.said, line.gap.said_by, line.other, line.gap.other_by]
    own = [line.sides[0].number, _("số của đơn vị"), "", ""]
    label, state = str(line.gap.label), str(line.state[0])
    return [line.name, line.thing, line.period, label, *(figures if whole else own), state, "; ".join(told)]

"""The units of a dashboard as a file."""

from django.utils.translation import gettext as _

from ..quotas.progress import BEHIND, MET, NO_SOURCE
from ..reports.exports import Export

_STATES = {MET: _("Đạt"), BEHIND: _("Chưa đạt"), NO_SOURCE: _("Không còn nguồn")}


def children(page):
    """The Export of a Page's units, in the order of its table: what that hides is hidden here, and the lines below the
    units (recorded here, merged) stand below them."""
    found, units = page.found, page.found.units
    rows = [_row(unit) for unit in units.rows]
    if units.own:
        rows.append([_("Ghi ngay tại đây"), "", units.own, None, None, None, "", ""])
    if units.merged is not None:
        rows.append([_("Các dòng nhỏ gộp lại"), "", units.merged, None, None, None, "", ""])
    counted = _("Kết nạp") if found.counts_people else _("Đã học")
    question = found.question
    said = {name: value for name, value in page.links.said.items() if value}
    return Export(
        name="children",
        title=_("Các đơn vị trực thuộc"),
        headings=[
            _("Tổ chức đảng"), _("Mã tổ chức"), counted, _("Chỉ tiêu"), _("Tỷ lệ %"), _("Chênh"), _("Trạng thái"),
            _("Ghi chú"),
        ],
        rows=rows,
        count=len(rows),
        conditions=[found.found.plan.name, *([question.group.name] if question.group else [])],
        said=said,
        committee=page.committee,
        place=page.name,
        on=question.on,
        view=found.words.by_tree,
    )  # fmt: skip


def _row(unit):
    standing, told = unit.standing, not unit.hidden and not unit.unknown
    plain = standing.target is not None and standing.target.plain
    target = standing.goal if plain else unit.target if standing.target else None
    if not told:
        state = _("gộp") if unit.hidden else _("Chưa có số")
        return [standing.name, standing.code, None, target, None, None, state, unit.remark]
    return [
        standing.name, standing.code, standing.admitted, target, standing.percent, standing.surplus,
        _STATES.get(unit.state, _("Chưa giao chỉ tiêu")), unit.remark,
    ]  # fmt: skip

"""Exports of the table of members who come and go, and of the units it is matched with: the rows of their page, asked
with the same parameters."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..census.flow_lines import UNIT_COLUMNS, WORDS_SHORT
from ..census.flow_page import FlowPage
from ..census.movements import BELOW, NOBODY, OWN
from .exports import Export, Unanswered

_BASIS = {
    OWN: gettext_lazy("tự ghi"),
    BELOW: gettext_lazy("cộng từ cấp dưới"),
    NOBODY: gettext_lazy("chưa báo"),
}


def _asked(access, params):
    page = FlowPage(access, params)
    if page.question is None:
        raise Unanswered
    return page


def _export(page, name, title, headings, rows):
    tree = _("theo tổ chức hiện nay") if page.now else _("theo tổ chức tại thời điểm")
    said = {"year": page.period.year, "part": page.period.part}
    return Export(
        name=name, title=title, headings=headings, rows=rows, count=len(rows), conditions=[page.period.words, tree],
        said=said | ({"tree_on": "now"} if page.now else {}), committee=page.committee, place=page.name,
        on=page.question.on,
    )  # fmt: skip


def flows(access, params):
    """Form 1-BTCTW of a committee in a period: this period, the same a year ago, per cent; what is only reported says so."""
    page = _asked(access, params)
    rows = [
        [
            "    " * line.depth + line.words, line.now if not line.source else line.told, line.ago, line.percent,
            _("số báo cáo; %s") % line.source if line.source else "",
        ]
        for line in page.lines
    ]  # fmt: skip
    headings = [_("Tiêu chí"), _("Kỳ này"), _("Cùng kỳ năm trước"), _("% so với cùng kỳ"), _("Ghi chú")]
    return _export(page, "flows", _("Biểu 1-BTCTW, biến động đảng viên"), headings, rows)


def flowunits(access, params):
    """The units directly below, a unit a row, the committee itself last."""
    page = _asked(access, params)
    rows = [
        _unit(unit.name, unit.code, unit.basis, unit.movement, unit.counted, unit.difference)
        for unit in page.units
    ]
    rows.append(
        _unit(
            page.name,
            page.committee.code,
            page.basis,
            page.movement,
            page.counted and page.counted.members,
            page.gap,
        )
    )
    headings = [_("Đơn vị"), _("Mã tổ chức"), _("Nguồn số")]
    headings += [str(WORDS_SHORT[key]) for key in UNIT_COLUMNS] + [_("Số đảng viên đếm được"), _("Chênh")]
    return _export(page, "flowunits", _("Đối chiếu đảng viên từng đơn vị"), headings, rows)


def _unit(name, code, basis, movement, counted, difference):
    return [
        name,
        code,
        str(_BASIS[basis]),
        *(movement.value(key) for key in UNIT_COLUMNS),
        counted,
        difference,
    ]

"""Export of what was declared for a plan: the units of its page, in numbers, by the same right."""

from django.http import Http404
from django.utils.translation import gettext as _

from committees.access import FIGURES

from .. import columns
from ..pipeline.declared_pages import UnitsPage
from ..pipeline.declared_views import page_of
from ..quotas.declared import DECLARED, NOBODY, SOURCELESS, WAITING
from .exports import Export


def declared(access, params):
    """The units of a committee by what their cells declared for a plan. 404 as the page, and for a single cell."""
    access.require(FIGURES)
    page = page_of(access, columns.current(), params.get("plan", ""), params.get("committee"))
    if not isinstance(page, UnitsPage):
        raise Http404
    rows = (
        [
            row.name, row.code, row.answer.cells, *(row.answer.of[said] for said in (DECLARED, WAITING, NOBODY, SOURCELESS)),
            row.answer.people, row.target, row.last,
        ]
        for row in page.rows
    )  # fmt: skip
    headings = [
        _("Đơn vị"), _("Mã tổ chức"), _("Chi bộ"), _("Đã đăng ký"), _("Chưa trả lời"), _("Không có người để đăng ký"),
        _("Không còn nguồn"), _("Người đăng ký"), _("Chỉ tiêu"), _("Kỳ trước"),
    ]  # fmt: skip
    return Export(
        name="declared", title=_("Đăng ký nguồn kết nạp"), headings=headings, rows=rows, count=len(page.rows),
        conditions=[page.plan.name], said={"plan": page.plan.code}, committee=page.committee, place=page.name, on=page.on,
    )  # fmt: skip

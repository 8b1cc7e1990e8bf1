"""Exports of the plans that concern a reader, and of the targets of one: the rows of their pages, by the same right."""

from django.http import Http404
from django.utils.translation import gettext as _

from committees import journal
from committees.access import FIGURES

from .. import columns
from ..quotas.listing import CHUNK
from ..quotas.plan_tables import who
from ..quotas.plan_view_form import tree_of
from ..quotas.plans import PlanCard, plan_of, plans_of
from ..quotas.target_rows import TargetRows
from ..quotas.targets import base_words, target_words
from .exports import Export, home


def target_cell(target):
    """A target in a cell: a plain number as one, any other shape in full words with what it was taken of, or why it
    cannot be."""
    if target is not None and target.plain and target.value is not None:
        return target.value
    return base_words(target) if target is not None and target.value is None else target_words(target)


def plans(access, params):
    """Plans that concern the reader, the newest first, each with what it says today where the reader stands."""
    access.require(FIGURES)
    snapshot = columns.current()
    found = list(plans_of(access, snapshot))

    def rows():
        for plan in found:
            card = PlanCard(plan, access, snapshot)
            node = card.found.node if card.found else None
            yield [
                plan.name, plan.code, plan.get_kind_display(), plan.issuer, plan.document, plan.issued_on,
                plan.since, plan.last_day, plan.term.name if plan.term_id else "", node.name if node else "",
                node.admitted if node else None, target_cell(node.target) if node else None,
                node.percent if node else None, card.found.day if card.found else None,
            ]  # fmt: skip

    headings = [
        _("Kế hoạch"), _("Mã kế hoạch"), _("Loại kế hoạch"), _("Cơ quan ban hành"), _("Số văn bản"),
        _("Ngày ban hành"), _("Từ ngày"), _("Đến ngày"), _("Thuộc nhiệm kỳ"), _("Tổ chức đảng"), _("Đã có"),
        _("Chỉ tiêu"), _("Tỷ lệ %"), _("Đến hết ngày"),
    ]  # fmt: skip
    return Export(
        name="plans", title=_("Kế hoạch"), headings=headings, rows=rows(), count=len(found), conditions=[],
        said={}, committee=home(access, FIGURES),
    )  # fmt: skip


def targets(access, params):
    """The targets of the plan of that code within reach, each with who set it. 404 as the plan's page."""
    if not params.get("plan"):
        access.require(FIGURES)
        raise Http404
    snapshot = columns.current()
    plan = plan_of(access, snapshot, params["plan"])
    card = PlanCard(plan, access, snapshot, tree_of(access, params))
    found = TargetRows(snapshot, plan, access=access, on=card.on, tree=card.tree)

    def rows():
        for first in range(0, len(found), CHUNK):
            shown = found.fetch(range(first, min(first + CHUNK, len(found))))
            wrote = journal.entries_of([row for row in shown if row.stamp is not None])
            for row in shown:
                yield [
                    row.name, row.standing.code, row.above, row.group.name if row.group else "",
                    target_cell(row.standing.target), row.standing.admitted if row.told else None,
                    row.standing.percent if row.told else None, row.below, row.changes,
                    row.quota.document if row.quota else "", row.quota.reason if row.quota else row.inherited,
                    who(wrote.get(row.stamp)) if row.stamp is not None else "",
                ]  # fmt: skip

    headings = [
        _("Tổ chức đảng"), _("Mã tổ chức"), _("Thuộc"), _("Nhóm"), _("Chỉ tiêu"), _("Đã có"), _("Tỷ lệ %"),
        _("Cấp dưới cộng lại"), _("Số lần điều chỉnh"), _("Văn bản"), _("Lý do điều chỉnh"), _("Ai ghi, ngày nào"),
    ]  # fmt: skip
    return Export(
        name="targets", title=_("Chỉ tiêu"), headings=headings, rows=rows(), count=len(found),
        conditions=[plan.name], said={"plan": plan.code, **card.said}, committee=home(access, FIGURES), on=card.on,
        view=card.view,
    )  # fmt: skip

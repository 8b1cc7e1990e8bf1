"""Exports of the targets of one committee, on a day or year by year: the rows of their pages, asked with the same
parameters."""

from django.http import Http404
from django.utils.translation import gettext as _

from committees import journal
from committees.access import FIGURES

from .. import columns
from ..quotas.listing import CHUNK
from ..quotas.plan_tables import who
from ..quotas.plan_view_form import tree_of
from ..quotas.plans import PlanCard, plan_of
from ..quotas.unit_targets_page import UnitTargetsPage
from ..quotas.versions import late, within
from .annual_words import STATES
from .exports import Export, Unanswered, home
from .plan_exports import target_cell


def _asked(access, params):
    page = UnitTargetsPage(access, params)
    if page.found is None:
        raise Unanswered
    return page


def _export(page, name, title, headings, rows):
    return Export(
        name=name, title=title, headings=headings, rows=rows, count=len(rows), conditions=[],
        said={"on": page.on.isoformat()}, committee=page.committee, place=page.name, on=page.on, view=page.view,
    )  # fmt: skip


def alltargets(access, params):
    """Every target of a committee on a day, one row a plan and group. Counts that the page hides are hidden here."""
    page = _asked(access, params)
    rows = [row for term in page.found.terms for held in term.held for row in _rows(held)]
    headings = [
        _("Kế hoạch"), _("Mã kế hoạch"), _("Loại kế hoạch"), _("Cơ quan ban hành"), _("Đếm"), _("Từ ngày"),
        _("Đến ngày"), _("Nhóm"), _("Chỉ tiêu"), _("Đã có"), _("Tỷ lệ %"), _("Chênh"), _("Trạng thái"), _("Văn bản"),
        _("Hiệu lực từ"), _("Lý do điều chỉnh"),
    ]  # fmt: skip
    return _export(page, "alltargets", _("Mọi chỉ tiêu"), headings, rows)


def _rows(held):
    if held.standing.target is not None:
        yield _row(held.plan, "", held.standing, hidden="")
    for row in held.groups.rows if held.groups else ():
        yield _row(held.plan, row.name, row.standing, hidden=row.said)


def _row(plan, group, standing, *, hidden):
    target, told = standing.target, not hidden
    return [
        plan.name, plan.code, plan.get_kind_display(), plan.issuer, plan.get_counts_display(), plan.since,
        plan.last_day, group, target_cell(target), standing.admitted if told else hidden,
        standing.percent if told else None, standing.surplus if told else None,
        STATES[standing.state] if told else "", target.document or plan.document, target.effective_on, target.reason,
    ]  # fmt: skip


def sidebyside(access, params):
    """People sent to class beside people admitted, a unit a row, the committee itself last; each period in turn."""
    page = _asked(access, params)
    terms = [term for term in page.found.terms if term.beside]
    rows = [_side_by_side(term, row) for term in terms for row in [*term.beside.rows, term.beside.whole]]
    headings = [
        _("Đơn vị"), _("Mã tổ chức"), _("Từ ngày"), _("Đến ngày"), _("CT bồi dưỡng"), _("Đã bồi dưỡng"),
        _("Bồi dưỡng %"), _("CT kết nạp"), _("Đã kết nạp"), _("Kết nạp %"),
    ]  # fmt: skip
    return _export(page, "sidebyside", _("Bồi dưỡng và kết nạp"), headings, rows)


def _side_by_side(term, row):
    cells = [row.name, row.code, term.since, term.last_day]
    for standing in (row.trained, row.admitted):
        cells += [target_cell(standing.target), standing.admitted, standing.percent]
    return cells


def years(access, params):
    """The years of a term, a unit a row, the committee itself last. 404 as the plan's page."""
    if not params.get("plan"):
        access.require(FIGURES)
        raise Http404
    snapshot = columns.current()
    plan = plan_of(access, snapshot, params["plan"])
    card = PlanCard(plan, access, snapshot, tree_of(access, params))
    spans = card.years.spans if card.years else []
    places = [*(child.position for child in card.found.children), card.question.position] if spans else []
    headings = [_("Đơn vị"), _("Mã tổ chức")]
    for year in spans:
        headings += [_("Chỉ tiêu %s") % year.name, _("Đã có %s") % year.name]
    headings += [_("Các năm cộng lại"), _("Chỉ tiêu nhiệm kỳ"), _("Chênh"), _("Đã có"), _("Tỷ lệ %")]
    return Export(
        name="years", title=_("Từng năm của nhiệm kỳ"), headings=headings,
        rows=(_years_row(card.years.line(p)) for p in places), count=len(places), conditions=[plan.name],
        said={"plan": plan.code, **card.said}, committee=home(access, FIGURES), on=card.on, view=card.view,
    )  # fmt: skip


def _years_row(line):
    cells = [line.name, line.code]
    for one in line.years:
        cells += [target_cell(one.standing.target), one.standing.admitted if one.begun else None]
    return [
        *cells, target_cell(line.target), target_cell(line.term.target), line.gap, line.term.admitted, line.term.percent,
    ]  # fmt: skip


def versions(access, params):
    """Every value of a plan's targets that the reader may see, the newest version first. 404 as the plan's page."""
    if not params.get("plan"):
        access.require(FIGURES)
        raise Http404
    snapshot = columns.current()
    plan = plan_of(access, snapshot, params["plan"])
    changes = [change for version in reversed(within(access, snapshot, plan)) for change in version.changes]

    def rows():
        for first in range(0, len(changes), CHUNK):
            some = changes[first : first + CHUNK]
            entries = journal.entries_of(some)
            yield from (_change_row(change, entries.get(change.stamp)) for change in some)

    headings = [
        _("Hiệu lực từ"), _("Văn bản"), _("Lý do điều chỉnh"), _("Tổ chức đảng"), _("Mã tổ chức"), _("Nhóm"), _("Trước"),
        _("Thành"), _("Chênh"), _("Ai ghi, ngày nào"), _("Ghi muộn"),
    ]  # fmt: skip
    return Export(
        name="versions", title=_("Các lần giao và điều chỉnh"), headings=headings, rows=rows(), count=len(changes),
        conditions=[plan.name], said={"plan": plan.code}, committee=home(access, FIGURES),
    )  # fmt: skip


def _change_row(change, entry):
    quota = change.quota
    return [
        quota.effective_on, quota.document, quota.reason, change.name, change.code,
        change.group.name if change.group else "", change.words_before, change.words, change.difference, who(entry),
        _("Ghi muộn") if late(quota, change.history, entry) else "",
    ]  # fmt: skip

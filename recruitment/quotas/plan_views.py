"""Plans and their targets: looked at, written, corrected. Each view asks the door, then shows what others worked out."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees import journal
from committees.access import FIGURES, PEOPLE, TARGETS
from committees.editing import Overtaken

from .. import columns
from ..models import Quota
from . import deeds
from .history import heirs_of, history
from .judgement import shape
from .links import explained
from .place import name_on
from .plan_forms import PlanForm, QuotaForm, asked
from .plan_tables import PlanTable, TargetTable, reached, who
from .plan_view_form import TreeForm, tree_of
from .plans import PlanCard, concerns, may_change, plan_of, plans_of
from .target_rows import TargetRows, lately_set
from .targets import written
from .versions import belated, late, within

PLAN_ROWS, TARGET_ROWS, VERSIONS = 25, 50, 6
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def plan_list(request):
    """Plans that concern the reader, the newest first, each with what it says today where the reader stands."""
    request.access.require(FIGURES)
    snapshot = columns.current()
    page = Paginator(plans_of(request.access, snapshot), PLAN_ROWS).get_page(request.GET.get("page"))
    cards = [PlanCard(plan, request.access, snapshot) for plan in page]
    context = {"page": page, "table": PlanTable(cards), "may_add": request.access.holds(TARGETS)}
    return render(request, "recruitment/quotas/plan_list.html", context)


@require_safe
def plan_page(request, code):
    """One plan: its document, what was reached, and the targets within reach, with who set them."""
    access, snapshot = request.access, columns.current()
    plan = plan_of(access, snapshot, code)
    card = PlanCard(plan, access, snapshot, tree_of(access, request.GET))
    rows = TargetRows(snapshot, plan, access=access, on=card.on, tree=card.tree)
    page = Paginator(range(len(rows)), TARGET_ROWS).get_page(request.GET.get("page"))
    shown = rows.fetch(page)
    changed = within(access, snapshot, plan)
    lately = [change for version in changed[-VERSIONS:] for change in version.changes]
    entries = journal.entries_of([plan, *lately, *(row for row in shown if row.stamp is not None)])
    hidden = () if rows.grouped else ("group",)
    context = {
        "plan": plan,
        "card": card,
        "tree_form": TreeForm(request.GET, today=access.today),
        "page": page,
        "table": TargetTable(shown, plan=plan, links=card.links, writers=entries, exclude=hidden),
        "writer": who(entries.get(plan.stamp)),
        "versions": [(version, belated(version, entries)) for version in changed[-VERSIONS:]],
        "versions_before": len(changed) - VERSIONS,
        "previous_opens": plan.previous_id and concerns(access, plan.previous, FIGURES),
        "term_opens": plan.term_id and concerns(access, plan.term, FIGURES),
        "may_change": may_change(access, plan),
        "may_set": concerns(access, plan, TARGETS),
        "hands_down": card.hands_down,
    }
    return render(request, "recruitment/quotas/plan.html", context)


@form_methods
def plan_new(request):
    """A new plan of a committee within reach."""
    request.access.require(TARGETS)
    plans = plans_of(request.access, columns.current())
    form = PlanForm(request.POST if request.method == "POST" else None, access=request.access, plans=plans)
    if form.is_valid():
        try:
            plan = deeds.add_plan(by=request.user, code=form.cleaned_data["code"], **form.values())
        except deeds.Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Đã thêm %s. Giao chỉ tiêu cho từng tổ chức ở đây.") % plan.name)
            return redirect("recruitment:plan", plan.code)
    return _form(request, "recruitment/quotas/plan_form.html", form)


@form_methods
def plan_edit(request, code):
    """Correct a plan; who saves after somebody else is shown both versions."""
    access, snapshot = request.access, columns.current()
    plan = plan_of(access, snapshot, code, TARGETS)
    if not may_change(access, plan):
        raise PermissionDenied
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        access=access, plans=plans_of(access, snapshot), row=plan,
    )  # fmt: skip
    status = 400
    if form.is_valid():
        said = form.cleaned_data
        change = partial(deeds.change_plan, plan, by=request.user, stamp=said["stamp"])
        try:
            plan = change(reason=said["reason"] or "", **form.values())
        except deeds.Refused as refusal:
            form.refused(refusal)
        except Overtaken as other:
            form.overtaken(other.fresh)
            status = 409
        else:
            messages.success(request, _("Đã lưu %s. Mọi số tính theo kế hoạch đã tính lại.") % plan.name)
            return redirect("recruitment:plan", plan.code)
    return _form(request, "recruitment/quotas/plan_form.html", form, status, plan=plan)


@form_methods
def quota_new(request, code):
    """Set or change the target of a committee, and stay for the next one: group, day and document are kept."""
    access, snapshot = request.access, columns.current()
    plan = plan_of(access, snapshot, code, TARGETS)
    typed = request.POST if request.method == "POST" else None
    form = QuotaForm(typed, access=access, snapshot=snapshot, plan=plan, initial=asked(request, snapshot))
    if form.is_valid() and _set(request, snapshot, plan, form):
        here = reverse("recruitment:quota-new", args=[plan.code])
        return redirect(f"{here}?{urlencode(form.to_keep())}")
    lately = lately_set(snapshot, plan, request.user)
    return _form(request, "recruitment/quotas/quota_form.html", form, plan=plan, lately=lately)


def _set(request, snapshot, plan, form):
    """Whether the target stands now as typed; a refusal goes to the form."""
    said = form.values()
    name = name_on(snapshot, said["committee"].code, request.access.today)
    try:
        quota = deeds.set_quota(plan, by=request.user, **said)
    except deeds.Stands as there:
        if shape(there.quota) != (said["target"], said["base_on"]):
            form.refused(there)
            return False
        messages.info(request, _("%(name)s đã được giao đúng %(value)s từ trước; không ghi thêm gì.") % {
            "name": name, "value": written(there.quota)
        })  # fmt: skip
        return True
    except deeds.Refused as refusal:
        form.refused(refusal)
        return False
    messages.success(request, _("Đã giao %(value)s cho %(name)s.") % {"name": name, "value": written(quota)})
    return True


@require_safe
def quota_history(request, code, committee):
    """Every value of a committee's target under a plan, by which document, who wrote it, what had been reached."""
    access, snapshot = request.access, columns.current()
    found = access.committee(committee, FIGURES)
    plan = plan_of(access, snapshot, code)
    people = access.may(PEOPLE, found.pk)
    sides = history(snapshot, plan, found.code, today=access.today, people=people)
    entries = journal.entries_of([value for side in sides for value in side.values])
    context = {
        "plan": plan,
        "committee": found,
        "name": name_on(snapshot, found.code, access.today),
        "sides": [
            (side, [_told(plan, found.code, side, value, entries) for value in side.values]) for side in sides
        ],
        "heirs": heirs_of(snapshot, found.code, access.today),
        "people": people,
        "may_set": access.may(TARGETS, found.pk),
    }
    return render(request, "recruitment/quotas/quota_history.html", context)


def _told(plan, code, side, value, entries):
    """(Value, what was reached, whether it was entered late, who entered it)."""
    group, entry = side.group.code if side.group else "", entries.get(value.stamp)
    why = explained(plan.code, code, on=value.quota.effective_on, tree_on=value.tree_on, group=group)
    belated = late(value.quota, [one.quota for one in side.values], entry)
    return value, reached(value.standing, why), belated, who(entry)


@require_POST
def quota_undo(request, pk):
    """Take back a target set by mistake today."""
    access = request.access
    access.require(TARGETS)
    quota = get_object_or_404(Quota.objects.select_related("plan", "committee"), pk=pk)
    access.check(quota.committee_id, TARGETS)
    try:
        deeds.take_back(quota, by=request.user)
    except deeds.Refused as refusal:
        messages.warning(request, _("Chưa bỏ được: cần %s.") % refusal)
    else:
        messages.success(request, _("Đã bỏ lần giao %s.") % written(quota))
    return redirect("recruitment:quota-new", quota.plan.code)


def _form(request, template, form, status=400, **context):
    """The page of a form; refused, it keeps what was typed and says so by its status."""
    refused = form.is_bound and (form.errors or status == 409)
    return render(request, template, {"form": form, **context}, status=status if refused else 200)

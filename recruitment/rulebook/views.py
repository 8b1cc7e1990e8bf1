"""Rule sets: read by everyone signed in, corrected by who keeps the book."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees import vietnamese
from committees.access import RULES, TREE
from committees.editing import Overtaken

from .. import columns
from ..models import AddedRuleSet, RuleChange
from . import deeds, pages
from .forms import CorrectionForm, DayAsked, RuleSetForm

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def keep(access):
    """Refuse (403) whoever may not change rules and calendar."""
    access.require(RULES)
    if not pages.keeps_the_book(access):
        raise PermissionDenied


def _page(request, code, on=None):
    try:
        statute = columns.current().statute
        return pages.SetPage(statute, code, on=on or request.access.today, account=request.user)
    except KeyError:
        raise Http404 from None


@require_safe
def rule_set_list(request):
    """The rule sets by effective date; `on`: which of them judges a day."""
    request.access.self_service()
    statute, form = columns.current().statute, DayAsked(request.GET or None)
    on = form.day()
    context = {
        "form": form,
        "rows": pages.sets(statute, request.access.today),
        "on": on,
        "judging": statute.on(on) if on else None,
        "predates": on is not None and statute.predates(on),
        "first": statute.sets[0],
        "may_change": pages.keeps_the_book(request.access),
        "criteria": request.access.holds(TREE),
    }
    return render(
        request, "recruitment/rulebook/rule_set_list.html", context, status=400 if form.errors else 200
    )


@require_safe
def rule_set(request, code):
    """One set: every rule as it stands on the day asked, with its corrections."""
    request.access.self_service()
    form = DayAsked(request.GET or None)
    page = _page(request, code, form.day())
    context = {"page": page, "form": form, "may_change": pages.keeps_the_book(request.access)}
    return render(request, "recruitment/rulebook/rule_set.html", context, status=400 if form.errors else 200)


@form_methods
def rule_set_new(request):
    """A rule set that begins as a copy of the one in force before it."""
    keep(request.access)
    form = RuleSetForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            added = deeds.add_rule_set(columns.current().statute, by=request.user, **form.cleaned_data)
        except deeds.Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Đã thêm bộ quy tắc. Sửa các giá trị khác với bộ trước ở đây."))
            return redirect("recruitment:rule-set", added.code)
    context = {"form": form, "latest": columns.current().statute.sets[-1]}
    return render(
        request, "recruitment/rulebook/rule_set_new.html", context, status=400 if form.errors else 200
    )


@form_methods
def rule_change(request, code, rule):
    """One rule: its value, where it is said, how it was corrected; who keeps the book corrects it here."""
    request.access.self_service()
    may_change = pages.keeps_the_book(request.access)
    page = _page(request, code)
    if rule not in page.rules:
        raise Http404
    if request.method == "POST":
        keep(request.access)
    form = CorrectionForm(
        request.POST if request.method == "POST" else None, rule=page.rules[rule], last=page.last_of(rule)
    )
    if form.is_valid():
        try:
            deeds.correct_rule(page.statute, code, rule, by=request.user, **form.values())
        except deeds.Refused as refusal:
            form.refused(refusal)
        except Overtaken as other:
            form.overtaken(other.fresh)
        else:
            since = vietnamese.day(form.cleaned_data["since"])
            messages.success(request, _("Đã sửa. Các bước từ ngày %s được xét theo giá trị này.") % since)
            return redirect("recruitment:rule-change", code, rule)
    context = {
        "page": page, "line": page.line(rule), "began": pages.Line(page.as_begun[rule]),
        "form": form, "may_change": may_change,
    }  # fmt: skip
    return render(request, "recruitment/rulebook/rule.html", context, status=form.status)


@require_POST
def rule_change_undo(request, pk):
    """Take back a correction made by mistake, the same day."""
    keep(request.access)
    change = get_object_or_404(RuleChange, pk=pk)
    try:
        deeds.take_back_correction(change, by=request.user)
    except deeds.Refused as refusal:
        messages.error(request, _("Chưa rút lại. Cần %s.") % refusal)
    else:
        messages.success(request, _("Đã rút lại lần sửa; giá trị trước đó lại có hiệu lực."))
    return redirect("recruitment:rule-change", change.rule_set, change.rule)


@require_POST
def rule_set_undo(request, code):
    """Take back a rule set added by mistake, the same day."""
    keep(request.access)
    added = get_object_or_404(AddedRuleSet, code=code)
    try:
        deeds.take_back_rule_set(added, by=request.user)
    except deeds.Refused as refusal:
        messages.error(request, _("Chưa rút lại. Cần %s.") % refusal)
        return redirect("recruitment:rule-set", code)
    messages.success(request, _("Đã rút lại bộ quy tắc."))
    return redirect("recruitment:rule-set-list")

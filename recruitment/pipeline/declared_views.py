"""Declarations for a plan: a cell's secretary ticks names; everybody else sees how far the cells have come."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from committees import journal, vietnamese
from committees.access import FIGURES, RECORD

from .. import columns, fields
from ..inputs import Day
from ..quotas.deeds import Refused
from ..quotas.plan_forms import Refusable
from ..quotas.plans import plan_of, seat
from .declared_pages import CellPage, UnitsPage, concerned, day_of, is_cell
from .declaring import declare

MOST_TICKS = 1000


class DeclareForm(Refusable, forms.Form):
    """On which day it is said; the ticks beside the names are read apart."""

    on = Day(
        fields.past_day, label=gettext_lazy("Ngày đăng ký"),
        help_text=gettext_lazy("Ngày chi bộ thống nhất danh sách; để trống là hôm nay."),
    )  # fmt: skip


def page_of(access, snapshot, code, committee):
    """The CellPage or UnitsPage of a plan's code for a committee's code, by default the one from which the reader looks
    at the plan. 404, 403 as the door; 404 too where the plan is not the committee's to answer."""
    plan = plan_of(access, snapshot, code)
    committee = committee or seat(access, plan) or access.tree.code(0)
    found = access.committee(committee, FIGURES)
    tree = snapshot.tree(day_of(access, plan))
    if not concerned(plan, tree, found.code) or not tree.stands(tree.structure.by_code[found.code]):
        raise Http404
    page = CellPage if is_cell(tree, tree.of(found.pk)) else UnitsPage
    return page(access, snapshot, plan, found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan_declared(request, code):
    """The candidates declared for a plan: one cell's by name, with ticks; a committee's by unit, in numbers."""
    access = request.access
    page = page_of(access, columns.current(), code, request.GET.get("committee"))
    form = DeclareForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        access.check(page.committee.pk, RECORD)
        if not isinstance(page, CellPage):
            raise Http404
        if form.is_valid() and _saved(request, page, form):
            return redirect(page.address(page.committee.code))
    return _shown(request, page, form)


def _saved(request, page, form):
    """Whether what was ticked is declared now, and what was unticked taken back; a refusal goes to the form. What stood
    when the page was shown and was left alone is not touched: somebody else may have changed it meanwhile."""
    ticked, before = (_ids(request.POST.getlist(name)) for name in ("candidacy", "before"))
    try:
        made, gone = declare(
            page.plan, page.committee, by=request.user, on=form.cleaned_data["on"] or request.access.today,
            ticked=ticked - before, unticked=before - ticked,
        )  # fmt: skip
    except Refused as refusal:
        form.refused(refusal)
        return False
    said = [_("Đã đăng ký %s người.") % vietnamese.number(made)] if made else []
    said += [_("Đã rút %s người.") % vietnamese.number(gone)] if gone else []
    messages.success(request, " ".join(said))
    return True


def _ids(texts):
    return {
        int(text) for text in texts[:MOST_TICKS] if text.isascii() and text.isdecimal() and len(text) < 19
    }


def _shown(request, page, form):
    template, ticked = "declared_units", set()
    if isinstance(page, CellPage):
        template = "declared_cell"
        ticked = {one.pk for one in page.candidates if one.declared}
        if form.is_bound:
            ticked = _ids(request.POST.getlist("candidacy"))
        if page.people:
            journal.read_entry(
                request.user, "list", about="declared", committee=page.committee, count=len(page.candidates),
                filter={"plan": page.plan.code},
            )  # fmt: skip
    context = {"page": page, "plan": page.plan, "form": form, "ticked": ticked}
    status = 400 if form.is_bound else 200
    return render(request, f"recruitment/pipeline/{template}.html", context, status=status)

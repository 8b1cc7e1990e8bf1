"""Members who come and go: the table of a quarter matched with headcounts and units, and the rows behind it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from committees import journal
from committees.access import RECORD
from committees.editing import Overtaken
from committees.models import Flow

from .. import columns
from ..quotas.deeds import Refused
from ..quotas.place import name_on
from ..quotas.plan_tables import who
from . import flow_forms, flowing
from .flow_page import FlowPage
from .period import of_day

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def flow_sheet(request):
    """The table of form 1-BTCTW of a committee in a quarter or a year."""
    page = FlowPage(request.access, request.GET)
    entered = []
    if page.question:
        entries = journal.entries_of(page.entered) if page.entered else {}
        entered = [(row, who(entries.get(row.stamp)), row in page.astride) for row in page.entered]
    context = {"page": page, "entered": entered}
    return render(request, "recruitment/census/flow_sheet.html", context, status=page.status)


def _sheet(code, since):
    """The table that a row of this first day belongs to."""
    period = of_day(since)
    return f"{reverse('recruitment:flow-sheet')}?committee={code}&year={period.year}&part={period.part}"


@form_methods
def flow_new(request):
    """Write down who came and went, in a quarter or on a day."""
    access = request.access
    code = request.GET.get("committee", "")
    if not code:
        access.require(RECORD)
        raise Http404
    committee = access.committee(code, RECORD)
    asked = flow_forms.PeriodForm(request.GET, committee=code, today=access.today)
    period = asked.period() if asked.is_valid() else flow_forms.latest(access.today)
    form = flow_forms.NewFlowForm(request.POST if request.method == "POST" else None, period=period)
    if form.is_valid():
        try:
            row = flowing.enter(by=request.user, committee=committee, **form.values())
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Đã ghi biến động đảng viên."))
            return redirect(_sheet(committee.code, row.since))
    return _form(request, form, committee, period.since, 400 if form.errors else 200)


def _form(request, form, committee, since, status, row=None):
    context = {
        "form": form, "row": row, "code": committee.code, "sheet": _sheet(committee.code, since),
        "name": name_on(columns.current(), committee.code, request.access.today),
    }  # fmt: skip
    return render(request, "recruitment/census/flow_form.html", context, status=status)


def _row(request, pk):
    request.access.self_service()
    row = get_object_or_404(Flow.objects.select_related("committee"), pk=pk)
    request.access.check(row.committee_id, RECORD)
    return row


def _done(request, row, form, deed, said):
    """The answer once the deed is done; None where it was refused, which the form then says."""
    try:
        deed()
    except Refused as refusal:
        form.refused(refusal)
    except Overtaken as other:
        form.overtaken(other.fresh)
    else:
        messages.success(request, said)
        return redirect(_sheet(row.committee.code, row.since))
    return None


@form_methods
def flow_edit(request, pk):
    """A row put right, with the reason."""
    row = _row(request, pk)
    form = flow_forms.CorrectFlowForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("reason", "stamp")}

        def deed():
            flowing.correct(row, by=request.user, **said, **form.values())

        if done := _done(request, row, form, deed, _("Đã sửa.")):
            return done
    return _form(request, form, row.committee, row.since, form.status, row)


@form_methods
def flow_drop(request, pk):
    """A row written by a slip goes."""
    row = _row(request, pk)
    form = flow_forms.DropFlowForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("reason", "stamp")}

        def deed():
            flowing.drop(row, by=request.user, **said)

        if done := _done(request, row, form, deed, _("Đã bỏ lần ghi nhầm.")):
            return done
    context = {
        "form": form, "row": row, "code": row.committee.code, "sheet": _sheet(row.committee.code, row.since),
        "name": name_on(columns.current(), row.committee.code, request.access.today),
    }  # fmt: skip
    return render(request, "recruitment/census/flow_drop.html", context, status=form.status)

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import journal
from committees.access import FIGURES

from ..pipeline.still import still
from ..quotas.list_pages import show
from ..quotas.listing import where
from ..reports.exports import sent
from .export import children
from .page import Page


@require_safe
def dashboard(request, code):
    """The dashboard of a committee: one question, one answer. Five queries, whatever its size; a cell names whom it may
    still admit to who may see persons, which is journalled as any list of people."""
    page = Page.asked(request.access, request.access.committee(code, FIGURES), request.GET)
    if page.dossiers:
        journal.read_entry(
            request.user, "list", about="forecast", committee=page.committee, count=page.dossiers[1]
        )
    # htmx swaps in no answer marked as refused, and the page that refuses says so itself.
    status = 400 if page.form.errors and not request.htmx else 200
    return render(
        request, "recruitment/dashboards/dashboard.html", {"page": page, "links": page.links}, status=status
    )


@never_cache
@require_safe
def forecast_list(request):
    """The dossiers that have time enough to count under a plan, the most pressing first."""
    return show(request, still(request.access, request.GET), "recruitment/dashboards/forecast_list.html")


@never_cache
@require_safe
def children_export(request, form):
    """The units of a dashboard as a file: what its table shows to this reader."""
    committee = where(request.access, FIGURES, request.GET.get("committee"))
    page = Page.asked(request.access, committee, request.GET)
    if page.found is None or page.found.units is None:
        return redirect("recruitment:dashboard", committee.code)
    return sent(request.user, children(page), form)

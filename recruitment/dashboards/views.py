from functools import partial

from django.shortcuts import render
from django.views.decorators.http import require_safe

from committees.access import FIGURES, PEOPLE

from .. import columns
from ..quotas.forms import QuestionForm
from .page import Page
from .summary import summary


@require_safe
def dashboard(request, code):
    """The dashboard of a committee: one question, one answer. Five queries, whatever its size."""
    committee = request.access.committee(code, FIGURES)
    snapshot = columns.current()
    audience = PEOPLE if request.access.may(PEOPLE, committee.pk) else FIGURES
    form = QuestionForm(request.GET, snapshot=snapshot, code=committee.code, today=request.access.today)
    found = form.answer(partial(summary, snapshot, committee=committee.code, audience=audience))
    # htmx swaps in no answer marked as refused, and the page that refuses says so itself.
    status = 400 if form.errors and not request.htmx else 200
    page = Page(request.access, snapshot, committee, form, found)
    return render(
        request, "recruitment/dashboards/dashboard.html", {"page": page, "links": page.links}, status=status
    )

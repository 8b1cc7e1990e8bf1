"""The years of a term, unit by unit."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import columns
from .plans import PlanCard, plan_of

UNIT_ROWS = 25


@require_safe
def plan_years(request, code):
    """Each unit directly below the committee from which the reader looks at a plan: its years beside the term."""
    access, snapshot = request.access, columns.current()
    plan = plan_of(access, snapshot, code)
    card = PlanCard(plan, access, snapshot)
    children = card.found.children if card.found and card.years else []
    page = Paginator(children, UNIT_ROWS).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "card": card,
        "page": page,
        "lines": [card.years.line(child.position) for child in page],
    }
    return render(request, "recruitment/quotas/plan_years.html", context)

"""A plan over time: its versions, and the years of a term unit by unit."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from committees import journal

from .. import columns
from .plan_tables import VersionTable
from .plan_view_form import TreeForm, tree_of
from .plans import PlanCard, plan_of
from .versions import within

UNIT_ROWS, CHANGE_ROWS = 25, 50


@require_safe
def plan_years(request, code):
    """Each unit directly below the committee from which the reader looks at a plan: its years beside the term."""
    access, snapshot = request.access, columns.current()
    plan = plan_of(access, snapshot, code)
    card = PlanCard(plan, access, snapshot, tree_of(access, request.GET))
    children = card.found.children if card.found and card.years else []
    page = Paginator(children, UNIT_ROWS).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "card": card,
        "tree_form": TreeForm(request.GET, today=access.today),
        "page": page,
        "lines": [card.years.line(child.position) for child in page],
    }
    return render(request, "recruitment/quotas/plan_years.html", context)


@require_safe
def plan_versions(request, code):
    """Every time targets of a plan were set or changed: day, document, reason, and each committee it changed."""
    access, snapshot = request.access, columns.current()
    plan = plan_of(access, snapshot, code)
    found = within(access, snapshot, plan)
    changes = [change for version in reversed(found) for change in version.changes]
    page = Paginator(changes, CHANGE_ROWS).get_page(request.GET.get("page"))
    entries = journal.entries_of(page)
    hidden = () if any(change.group for change in changes) else ("group",)
    table = VersionTable(page.object_list, plan=plan, writers=entries, exclude=hidden)
    context = {"plan": plan, "versions": found, "page": page, "table": table}
    return render(request, "recruitment/quotas/plan_versions.html", context)

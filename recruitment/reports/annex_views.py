"""The annex of a decision that hands targets down, on the screen, on paper and as a file. A draft's is for who hands
down; what was issued is read by whoever sees the figures."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees.access import FIGURES

from .. import columns
from ..quotas.draft_views import allotment_of
from .annex import Annex
from .annual_page import above
from .annual_views import sent


def _asked(request, pk):
    draft = allotment_of(request.access, pk, FIGURES)
    return draft, Annex(columns.current(), draft, today=request.access.today).report


@never_cache
@require_safe
def annex(request, pk):
    """The table as it goes with the decision."""
    draft, report = _asked(request, pk)
    (sheet,) = report.sheets
    lines = [(row, False, [(*cell, "") for cell in cells]) for row, cells in sheet.lines()]
    context = {
        "draft": draft, "plan": draft.plan, "report": report, "sheet": sheet, "above": above(sheet), "lines": lines,
    }  # fmt: skip
    return render(request, "recruitment/reports/annex.html", context)


@never_cache
@require_safe
def annex_file(request, pk, form):
    """The same as a file; that it was taken is an entry of the reads chain."""
    draft, report = _asked(request, pk)
    count = sum(len(sheet.rows) for sheet in report.sheets)
    return sent(request, report, form, about="annex", committee=draft.committee, count=count)

"""The list of cells under three official members, and of those never counted, with how many each unit has."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import lists
from .cell_rows import UNCOUNTED
from .unit_page import UnitPage


class CellPage(UnitPage):
    """The list, and how many there are in each unit."""

    states, link = {"under": "", "uncounted": UNCOUNTED, "all": "all"}, "cells"


@require_safe
def cell_list(request):
    """Cells too small to stand alone, or never counted."""
    page = CellPage(request, lists.small_cells(request.access, request.GET))
    return render(request, "recruitment/census/cell_list.html", {"page": page}, status=page.status)

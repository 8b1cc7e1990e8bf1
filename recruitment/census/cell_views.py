"""The list of cells under three official members, and of those never counted, with how many each unit has."""

from functools import cached_property

from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..quotas.links import Links
from ..quotas.list_pages import ListPage
from . import lists
from .cell_rows import UNCOUNTED


class CellPage(ListPage):
    """The list, and how many there are in each unit."""

    @cached_property
    def _units(self):
        return self.listing.aside.units()

    @property
    def total(self):
        return self._units[0]

    @cached_property
    def units(self):
        """[(CellCounts, {what: the list behind it})] of the units below, by the tree asked for."""
        return [(one, self.links_of(one.code)) for one in self._units[1]]

    @cached_property
    def whole_links(self):
        return self.links_of(self.committee.code)

    def links_of(self, code):
        links = Links(self.question, people=False)
        states = {"under": "", "uncounted": UNCOUNTED, "all": "all"}
        return {name: links.cells(code, state) for name, state in states.items()} | {
            "dashboard": links.dashboard(code)
        }

    @property
    def now(self):
        return self.question.tree_on > self.question.on


@require_safe
def cell_list(request):
    """Cells too small to stand alone, or never counted."""
    page = CellPage(request, lists.small_cells(request.access, request.GET))
    return render(request, "recruitment/census/cell_list.html", {"page": page}, status=page.status)

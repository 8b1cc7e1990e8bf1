"""What the room's pages of a list share: the list, and beside it how many there are in each unit."""

from functools import cached_property

from ..quotas.links import Links
from ..quotas.list_pages import ListPage


class UnitPage(ListPage):
    """A list with counts of its units. `states`: {what is counted: the condition of the list behind it}; `link`: the name
    of the method of Links that leads there."""

    states, link = {}, ""

    @cached_property
    def _units(self):
        return self.listing.aside.units()

    @property
    def total(self):
        return self._units[0]

    @cached_property
    def units(self):
        """[(counts, {what: the list behind it})] of the units below, by the tree asked for."""
        return [(one, self.links_of(one.code)) for one in self._units[1]]

    @cached_property
    def whole_links(self):
        return self.links_of(self.committee.code)

    def links_of(self, code):
        links = Links(self.question, people=False)
        lead = getattr(links, self.link)
        return {name: lead(code, state) for name, state in self.states.items()} | {
            "dashboard": links.dashboard(code)
        }

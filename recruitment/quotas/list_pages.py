"""A Listing as a page: one window of its rows, the addresses of the others, its chips, columns and saved filters."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from committees import journal
from committees.access import PEOPLE, RECORD

from .links import Links
from .listing import END, LISTS, MORE_ROWS, ROWS
from .place import Crumb, crumbs
from .two_views import by_tree


class ListPage:
    """Around one Listing, whose rows it reads a window of."""

    def __init__(self, request, listing):
        self.request, self.listing = request, listing
        self.form, self.question, self.committee = listing.form, listing.question, listing.committee
        self.moment = timezone.localtime()
        self.table = self.window = None
        if listing.data is not None:
            asked = request.GET
            self.size = MORE_ROWS if asked.get("rows") == str(MORE_ROWS) else ROWS
            self.window = listing.data.window(asked.get("after", ""), asked.get("before", ""), self.size)
            self.table = listing.table(self.window.records)

    @property
    def count(self):
        return self.listing.count

    @property
    def whole(self):
        """How many there are without the reader's conditions; None where that says nothing more."""
        return self.listing.whole if self.listing.whole > self.count else None

    @property
    def out_of_reach(self):
        return self.listing.out_of_reach

    @property
    def status(self):
        return 400 if self.form.errors and not self.request.htmx else 200

    @property
    def name(self):
        return self.listing.called

    @property
    def view(self):
        """Which of the two views its rows are."""
        return by_tree(self.question.on, self.question.tree_on)

    @cached_property
    def crumbs(self):
        if not self.question:
            return []
        above = crumbs(self.listing.access, self.question.tree, self.question.position)
        return [*above, Crumb(self.question.code, self.question.name)]

    @cached_property
    def links(self):
        return self.question and Links(self.question, people=False)

    @cached_property
    def may_record(self):
        """Whether persons may be written here: then the page offers it."""
        return self.listing.access.may(RECORD, self.committee.pk)

    @cached_property
    def chips(self):
        """[(words, address without it)] of the conditions set beside the committee."""
        return [(words, self.address(**{name: None})) for name, words in self.listing.conditions]

    @property
    def bare(self):
        """The list without any condition."""
        return f"?committee={self.committee.code}"

    def address(self, **changed):
        """This page's address, from the list's beginning, with some parameters set, or left out where None."""
        query = self.request.GET.copy()
        for name in {"after", "before", "page", *changed}:
            query.pop(name, None)
        for name, value in changed.items():
            if value is not None:
                query[name] = value
        return "?" + query.urlencode()

    @cached_property
    def steps(self):
        """{first, previous, next, last: address or None} of the windows around this one."""
        window = self.window
        return {
            "first": self.address() if window.before is not None else None,
            "previous": window.before is not None and self.address(before=window.before),
            "next": window.after is not None and self.address(after=window.after),
            "last": self.address(before=END) if window.after is not None else None,
        }

    @property
    def other_size(self):
        """How many rows a page may have instead."""
        return ROWS if self.size > ROWS else MORE_ROWS

    @property
    def resized(self):
        """The address with that many; None where all rows are shown already."""
        if self.count <= ROWS:
            return None
        return self.address(rows=None if self.size > ROWS else MORE_ROWS)

    @property
    def orders(self):
        """[(value, words)] of the orders offered where no heading can be pressed."""
        columns = self.table.columns if self.table else []
        return [(column.name, column.header) for column in columns if column.orderable]

    @property
    def carried(self):
        """[(parameter, value)] that a new filter leaves as they are."""
        return [(name, self.request.GET[name]) for name in ("columns", "rows") if self.request.GET.get(name)]

    def _file(self, form):
        where = reverse("recruitment:list-export", args=[self.listing.name, form])
        return where + self.address(committee=self.committee.code, rows=None)

    @property
    def xlsx(self):
        return self._file("xlsx")

    @property
    def csv(self):
        return self._file("csv")

    @property
    def keeper(self):
        """Where filters and columns are sent to be kept."""
        return reverse("recruitment:list-save", args=[self.listing.name])

    @property
    def path(self):
        return reverse(LISTS[self.listing.name].address)

    @property
    def kept(self):
        """The filters saved under a name."""
        return [one for name, one in self.listing.kept.items() if name]

    @property
    def query(self):
        """This page's address as far as a saved filter keeps it."""
        return self.address(committee=self.committee.code)[1:]


def show(request, listing, template, page=ListPage):
    """The answer for a list's page, a ListPage of that class. That people were listed is one entry of the reads chain: which list, where, under
    which conditions, how many."""
    if listing.right == PEOPLE and listing.question:
        journal.read_entry(
            request.user, "list", about=listing.name, committee=listing.committee, filter=listing.said,
            count=listing.count,
        )  # fmt: skip
    page = page(request, listing)
    return render(request, template, {"page": page}, status=page.status)

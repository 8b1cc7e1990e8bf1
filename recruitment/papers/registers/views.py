"""The pages of the books: what there is, and each as a list."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees.access import PEOPLE

from ...quotas import list_pages
from ...quotas.filters import MOST_UNITS
from ...quotas.listing import LISTS
from .books import BOOKS


class BookPage(list_pages.ListPage):
    """A book as a page; its files have every column of the form unless the reader chose some."""

    @property
    def book(self):
        return BOOKS[self.listing.name]

    def _file(self, form):
        where = reverse("recruitment:list-export", args=[self.listing.name, form])
        columns = self.request.GET.get("columns") or ",".join(self.listing.every)
        return where + self.address(committee=self.committee.code, rows=None, columns=columns)

    @property
    def pdf(self):
        return reverse("recruitment:register-pdf", args=[self.listing.name]) + "?" + self.query

    @property
    def below(self):
        """[(name, address)] of the same book of those directly below, where a book holds the numbers of one body."""
        if self.span is None:
            return []
        tree, p = self.question.tree, self.question.position
        children = tree.children(p)[:MOST_UNITS]
        return [(tree.name(child), self.address(committee=tree.code(child))) for child in children]

    @property
    def span(self):
        """(first day, last day) a book of one year or term was read for; None for the others."""
        return getattr(self.listing, "span", None)


@require_safe
def hub(request):
    """The five books, each with what it is for."""
    request.access.require(PEOPLE)
    books = [(book, reverse(LISTS[name].address)) for name, book in BOOKS.items()]
    return render(request, "recruitment/papers/registers/hub.html", {"books": books})


@never_cache
@require_safe
def book(request, name):
    """One book of a committee."""
    listing = BOOKS[name].listing(request.access, request.GET)
    return list_pages.show(request, listing, "recruitment/papers/registers/book.html", BookPage)

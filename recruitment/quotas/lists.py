"""What every list page shares: where it stands, its form, what the reader may see of it, its page of rows."""

from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django_tables2 import RequestConfig

from .links import Links
from .listing import ROWS
from .place import Crumb, crumbs, name_on


def where(access, right, code):
    """The committee a list is about: the one named, else the first where the right is held. 404, 403 as the door."""
    if code:
        return access.committee(code, right)
    spans = access.require(right)
    if not spans:
        raise Http404
    return access.committee(access.tree.code(spans[0][0]), right)


class ListPage:
    """Around one table. `question` is None where the address asked something that has no answer."""

    def __init__(self, request, snapshot, committee, form, question):
        self.request, self.access = request, request.access
        self.snapshot, self.committee, self.form, self.question = snapshot, committee, form, question
        self.moment = timezone.localtime()
        self.table, self.count, self.out_of_reach = None, 0, 0

    def show(self, table, *, count, out_of_reach=0):
        """Give the table its page; a page that is not there is 404."""
        self.count, self.out_of_reach = count, out_of_reach
        try:
            RequestConfig(self.request, paginate={"per_page": ROWS, "silent": False}).configure(table)
        except (EmptyPage, PageNotAnInteger):
            raise Http404 from None
        self.table = table

    @property
    def status(self):
        return 400 if self.form.errors and not self.request.htmx else 200

    @cached_property
    def name(self):
        if self.question:
            return self.question.name
        return name_on(self.snapshot, self.committee.code, self.access.today)

    @cached_property
    def crumbs(self):
        if not self.question:
            return []
        above = crumbs(self.access, self.question.tree, self.question.position)
        return [*above, Crumb(self.question.code, self.question.name)]

    @cached_property
    def links(self):
        return self.question and Links(self.question, people=False)

    @cached_property
    def chips(self):
        """[(words, address without it)] of the conditions set beside the committee."""
        if not self.form.is_valid():
            return []
        chips = []
        for name, words in self.form.conditions():
            rest = self.request.GET.copy()
            rest.pop(name, None)
            rest.pop("page", None)
            chips.append((words, "?" + rest.urlencode()))
        return chips

    @property
    def bare(self):
        """The list without any condition."""
        return f"?committee={self.committee.code}"

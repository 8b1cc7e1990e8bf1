"""A list as one account may see it: its rows by their indexes, in order, with their exact count. Page and export ask
the same object; nothing here knows HTTP."""

from dataclasses import dataclass
from functools import cached_property, partial

import django_tables2 as tables
import numpy as np
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableData
from django_tables2.utils import Accessor

from committees.access import FIGURES, PEOPLE

from .. import columns
from ..facts import NEVER
from ..models import SavedList
from .place import name_on
from .question import ask, seen_by

ROWS, MORE_ROWS = 25, 100
# Rows read at once where all are wanted: an export's memory does not grow with its length.
CHUNK = 500
END = "end"
# Of a list's address, what says how it is shown and not what is in it.
MANNER = {"committee", "sort", "columns", "rows", "after", "before"}


@dataclass(frozen=True)
class Known:
    """One kind of list: what it is called, the name of its page's address, the right it needs."""

    title: str
    address: str
    right: str


LISTS = {
    "admissions": Known(_("Người được kết nạp"), "recruitment:admission-list", PEOPLE),
    "certificates": Known(_("Đã học lớp nhận thức"), "recruitment:admission-list", PEOPLE),
    "register": Known(_("Sổ gốc chứng nhận"), "recruitment:certificate-register", PEOPLE),
    "bookcandidates": Known(_("Sổ theo dõi quần chúng ưu tú"), "recruitment:book-candidates", PEOPLE),
    "bookadmissions": Known(_("Sổ kết nạp đảng viên"), "recruitment:book-admissions", PEOPLE),
    "bookdocuments": Known(_("Sổ đăng ký văn bản đi"), "recruitment:book-documents", PEOPLE),
    "bookendings": Known(_("Sổ đảng viên dự bị sắp hết hạn"), "recruitment:book-endings", PEOPLE),
    "candidacies": Known(_("Hồ sơ quần chúng"), "recruitment:candidacy-list", PEOPLE),
    "forecast": Known(_("Hồ sơ còn thời gian"), "recruitment:forecast-list", PEOPLE),
    "units": Known(_("Tổ chức cơ sở đảng"), "recruitment:unit-list", FIGURES),
    "sourceless": Known(_("Tổ chức không còn nguồn"), "recruitment:sourceless-list", FIGURES),
    "idle": Known(_("Tổ chức nhiều năm không kết nạp"), "recruitment:idle-list", FIGURES),
    "smallcells": Known(_("Chi bộ dưới ba đảng viên chính thức"), "recruitment:cell-list", FIGURES),
    "settlements": Known(_("Thôn, xóm, tổ dân phố"), "recruitment:settlement-list", FIGURES),
    "quotas": Known(_("Chỉ tiêu"), "recruitment:quota-list", FIGURES),
    "candidacyfaults": Known(_("Hồ sơ có điều cần xem"), "recruitment:fault-list", PEOPLE),
    "admissionfaults": Known(_("Kết nạp có điều cần xem"), "recruitment:fault-list", PEOPLE),
    "committeefaults": Known(_("Tổ chức có điều cần xem"), "recruitment:fault-list", FIGURES),
}


@dataclass(frozen=True)
class Window:
    """One page: its records, the places of the first and the last (from 1), and the ids between which it lies."""

    records: list
    first: int
    last: int
    count: int
    before: int | None  # the id of its first row, where rows stand before it
    after: int | None  # of its last row, where rows follow


class Chosen:
    """Some rows of a table, in order. A page begins after a row or ends before one, so that what is written meanwhile
    neither repeats nor hides a row, and any page costs what the first does."""

    def __init__(self, ids, indexes, fetch, *, orders=None, sort="", known=None):
        """ids: the id of every row of the table, whose own order is that of the list; indexes: the rows chosen;
        fetch(indexes): their records; orders: {column: array to order the whole table by}, NEVER last whichever way;
        sort: one of these, after "-" the other way round; known: mask of the rows the reader may know of."""
        self.ids, self.fetch, self.known = ids, fetch, known
        name = sort.removeprefix("-")
        self.keys, self.indexes = None, indexes
        if name in (orders or {}):
            keys = orders[name].astype(np.int64)
            self.keys = np.where(keys == NEVER, NEVER, -keys) if sort.startswith("-") else keys
            self.indexes = indexes[self.keys[indexes].argsort(kind="stable")]

    def __len__(self):
        return len(self.indexes)

    def __iter__(self):
        """Every record, CHUNK at a time."""
        for at in range(0, len(self), CHUNK):
            yield from self.fetch(self.indexes[at : at + CHUNK])

    def window(self, after="", before="", rows=ROWS):
        """The Window that follows the row of one id, or ends before that of another (END: the last). A row that meets
        the conditions no more still has its place; an id that the reader may not know of gives the first page."""
        count = len(self)
        if before == END:
            first = max(0, count - rows)
        elif (r := self._row(before)) is not None:
            first = max(0, self._place(r) - rows)
        elif (r := self._row(after)) is not None:
            first = self._place(r, beyond=True)
        else:
            first = 0
        here = self.indexes[first : first + rows]
        last = first + len(here)
        return Window(
            records=self.fetch(here),
            first=first + 1 if len(here) else 0,
            last=last,
            count=count,
            before=int(self.ids[here[0]]) if len(here) and first else None,
            after=int(self.ids[here[-1]]) if last < count else None,
        )

    def _row(self, text):
        """The index of the row with the id written; None where there is none to know of."""
        if not (text.isdecimal() and len(text) < 19):
            return None
        found = np.flatnonzero(self.ids == int(text))
        return int(found[0]) if len(found) and (self.known is None or self.known[found[0]]) else None

    def _place(self, r, *, beyond=False):
        """How many of the chosen rows stand before row r; beyond: or are that row."""
        here = self.indexes <= r if beyond else self.indexes < r
        if self.keys is not None:
            keys = self.keys[self.indexes]
            here = (keys < self.keys[r]) | ((keys == self.keys[r]) & here)
        return int(np.count_nonzero(here))


def in_order(queryset, ids, indexes):
    """The records of these rows (indexes into `ids`), in their order, each knowing its index as `row`; those no longer
    there are left out. One query, and those the queryset prefetches."""
    wanted = ids[indexes].tolist()
    found, records = queryset.in_bulk(wanted), []
    for pk, row in zip(wanted, indexes.tolist(), strict=True):
        if pk in found:
            found[pk].row = row
            records.append(found[pk])
    return records


class Ordered(TableData):
    """Records that stand in their order already."""

    def __len__(self):
        return len(self.data)

    def order_by(self, aliases):
        pass


class LeanTable(tables.Table):
    """A table whose template writes its rows in one go (templatetags.figures.rows), and whose reader chooses the
    columns; the first always stands. `shown`: those that stand unless others are chosen.

    What an export writes of a cell is `value_<column>` of the table where there is one (as django-tables2 has it), else
    the plain value its accessor finds: real dates and numbers.
    """

    shown = ()

    class Meta:
        template_name = "recruitment/quotas/_table.html"
        order_by_field = "sort"
        default = "–"
        attrs = {"class": "list"}

    @classmethod
    def offered(cls):
        """The names of all columns, in the order in which they stand."""
        return list(cls._meta.sequence or cls.base_columns)

    def cells(self):
        """A function from a record to its values, for an export."""
        return partial(_values, [_value(self, column) for column in self.columns])


def _values(getters, record):
    return [get(record) for get in getters]


def _value(table, column):
    accessor, own = Accessor(column.accessor), getattr(table, f"value_{column.name}", None)
    return own or partial(accessor.resolve, quiet=True)


class Listing:
    """What one account asked of one list. `question` is None where the address asked something that has no answer."""

    def __init__(self, name, access, params, filters):
        """name: one of LISTS; filters: its Conditions. Http404 and PermissionDenied as the door has it. Two queries
        besides the account's mandates: the heads."""
        self.name, self.access, self.params = name, access, params
        self.committee = where(access, self.right, params.get("committee"))
        self.snapshot = columns.current()
        self.filters = filters(params, snapshot=self.snapshot, access=access, committee=self.committee)
        self.form = self.filters.form
        asked = self.form.answer(partial(ask, self.snapshot, self.committee.code))
        self.question, self.found = asked or (None, None)
        self.data, self.whole, self.out_of_reach = None, 0, 0
        self.aside = None  # what a page says beside a list of its kind

    def take(self, table, *, ids, mask, places, fetch, orders=None, whole=None, **told):
        """Say what stands in the list: rows of a table by their ids and a mask, cut to what the account may see.

        places: the committee index of every row; whole: mask of the same without the reader's own conditions;
        told: what the table class is given beside its records. No query.
        """
        known = seen_by(self.access, self.right, self.snapshot, places)
        self._table, self.told = table, told
        self.sort = self._sort(table, orders or {})
        self.data = Chosen(
            ids, np.flatnonzero(mask & known), fetch, orders=orders, sort=self.sort, known=known
        )
        self.out_of_reach = int(np.count_nonzero(mask & ~known))
        self.whole = self.count if whole is None else int(np.count_nonzero(whole & known))

    @property
    def title(self):
        return LISTS[self.name].title

    @property
    def right(self):
        return LISTS[self.name].right

    @property
    def count(self):
        return len(self.data) if self.data is not None else 0

    @cached_property
    def called(self):
        """The committee's name, as the list shows it."""
        return (
            self.question.name
            if self.question
            else name_on(self.snapshot, self.committee.code, self.access.today)
        )

    @cached_property
    def conditions(self):
        """[(parameter, words)] of what narrows the list, beside its committee."""
        return self.filters.conditions() if self.form.is_valid() else []

    @property
    def said(self):
        """{parameter: value} of the conditions as they were asked: what the journal keeps."""
        return {name: value for name, value in self.params.items() if value and name not in MANNER}

    @cached_property
    def kept(self):
        """The account's own SavedLists of this list, by name; "" is that of its columns. One query."""
        saved = SavedList.objects.filter(account_id=self.access.account.pk, list=self.name).exclude(query="")
        return {one.name: one for one in saved.order_by("name")}

    @cached_property
    def columns(self):
        """Names of the columns to show: those of the address, else those kept, else the table's own."""
        remembered = self.kept[""].query if "" in self.kept else ""
        return chosen_columns(self._table, self.params.get("columns") or remembered)

    @property
    def choices(self):
        """[(column, heading, whether it is shown)] of what may be shown beside the first."""
        names = self._table.offered()[1:]
        return [(name, self._table.base_columns[name].verbose_name, name in self.columns) for name in names]

    @property
    def every(self):
        """Names of all columns there are."""
        return self._table.offered()

    def table(self, records=(), columns=None):
        """These records as a table with the columns chosen (or these), for a page or (its `cells`) for an export."""
        away = [name for name in self._table.base_columns if name not in (columns or self.columns)]
        return self._table(Ordered(list(records)), order_by=self.sort, exclude=away, **self.told)

    def _sort(self, table, orders):
        """The order asked for; without one that there is, that of the first column where it may be ordered by."""
        asked, first = self.params.get("sort", ""), table.offered()[0]
        if asked.removeprefix("-") in orders:
            return asked
        return first if first in orders else ""


def chosen_columns(table, said):
    """Names of a table's columns from "born,cell", in the table's own order: its first always, then those named, or
    its `shown` where none of them is known."""
    first, *others = table.offered()
    wanted = set(said.split(",")) & set(others) or set(table.shown or others)
    return [first, *(name for name in others if name in wanted)]


def where(access, right, code):
    """The committee a list is about: the one named, else the first where the right is held. 404, 403 as the door."""
    if code:
        return access.committee(code, right)
    spans = access.require(right)
    if not spans:
        raise Http404
    return access.committee(access.tree.code(spans[0][0]), right)

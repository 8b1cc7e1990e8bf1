"""What the list of pairs shows: what to look at, what was told apart, what was merged; one page of it at a time."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import journal
from committees.access import PEOPLE, RECORD

from ..models import Apart, Merge, Person
from .finding import Seen
from .sides import Side

A_PAGE = 30
OPEN, APART, MERGED = "open", "apart", "merged"
TABS = {
    OPEN: gettext_lazy("Cần xem"),
    APART: gettext_lazy("Không phải một người"),
    MERGED: gettext_lazy("Đã gộp"),
}


@dataclass(frozen=True)
class Told:
    """A person as the list tells them: where and how they stand within reach."""

    person: Person
    lines: list


@dataclass(frozen=True)
class Row:
    """Two records side by side. pair: a finding.Pair, of OPEN; merge: of MERGED; entry: who said so, when."""

    one: Told
    other: Told
    pair: object = None
    merge: object = None
    entry: object = None
    mine: bool = False

    @property
    def writer(self):
        """Who said so; the operator of the machine has no account. "" where nobody did."""
        return "" if self.entry is None else str(self.entry.actor or _("Người vận hành máy"))

    @property
    def against(self):
        """What speaks against it, in words."""
        words = {"citizen_id": _("số định danh khác nhau"), "native_place": _("quê quán khác nhau")}
        return [words[name] for name in self.pair.differing] if self.pair else []


class DuplicatePage:
    """The list under one of its TABS. Ten queries, however many pairs."""

    def __init__(self, access, asked):
        self.access, self.code = access, asked.get("committee", "")
        self.shown = asked.get("shown") if asked.get("shown") in TABS else OPEN
        self.seen = Seen(access, self.code)
        self.reach = {one.pk for one in self.seen.people}
        self.found = {OPEN: self.seen.pairs, APART: self._apart, MERGED: self._merged}[self.shown]()
        self.page = Paginator(self.found, A_PAGE).get_page(asked.get("page"))
        self.pages = self.page.paginator.get_elided_page_range(self.page.number)

    @cached_property
    def rows(self):
        """[Row] of this page."""
        return self.told(list(self.page))

    def told(self, found):
        """[Row] of some of `found`. Five queries."""
        return {OPEN: self._open_rows, APART: self._apart_rows, MERGED: self._merged_rows}[self.shown](found)

    @property
    def count(self):
        return self.page.paginator.count

    @property
    def tabs(self):
        """[(value, words, whether it is this one)]"""
        return [(value, words, value == self.shown) for value, words in TABS.items()]

    @property
    def name(self):
        """The committee asked for, as it is called today."""
        committee = self.seen.committee
        if committee is None:
            return ""
        structure = self.access.structure
        return structure.name_on(structure.index[committee.pk], self.access.today)

    def _told(self, ids):
        """{id: Told}, in five queries."""
        sides = Side.read_all(Person.objects.filter(pk__in=ids))
        self._sides = sides
        return {pk: Told(side.person, side.told(self.access)) for pk, side in sides.items()}

    def _mine(self, *ids):
        """Whether the account may record everything of these people."""
        return not any(self._sides[pk].beyond(self.access) for pk in ids)

    def _open_rows(self, pairs):
        told = self._told({pk for pair in pairs for pk in (pair.one, pair.other)})
        return [Row(told[pair.one], told[pair.other], pair=pair) for pair in pairs]

    def _apart(self):
        """Marks of two people within reach; of a merged record the one that was kept."""
        rows = Apart.objects.select_related("one", "other").order_by("-stamp", "-pk")
        return [row for row in rows if {self._kept(row.one), self._kept(row.other)} <= self.reach]

    @staticmethod
    def _kept(person):
        return person.merged_into_id or person.pk

    def _apart_rows(self, marks):
        pairs = [(self._kept(mark.one), self._kept(mark.other)) for mark in marks]
        told, entries = self._told({pk for pair in pairs for pk in pair}), journal.entries_of(marks)
        return [
            Row(
                told[a],
                told[b],
                entry=entries.get(mark.stamp),
                mine=any(self.access.may(RECORD, cell) for pk in (a, b) for cell in self._sides[pk].cells),
            )
            for mark, (a, b) in zip(marks, pairs, strict=True)
        ]

    def _merged(self):
        """Merges of people whom the account sees wherever anything of them lies: what the record gone said is known of
        nobody else."""
        rows = Merge.objects.filter(kept__merged_into=None).order_by("-stamp", "-pk").defer("was", "dropped")
        rows = [row for row in rows if row.kept_id in self.reach]
        sides = Side.read_all(Person.objects.filter(pk__in={row.kept_id for row in rows}))
        return [row for row in rows if not sides[row.kept_id].beyond(self.access, PEOPLE)]

    def _merged_rows(self, merges):
        told = self._told({pk for merge in merges for pk in (merge.kept_id, merge.gone_id)})
        entries = journal.entries_of(merges)
        return [
            Row(
                told[merge.kept_id], told[merge.gone_id], merge=merge, entry=entries.get(merge.stamp),
                mine=self._mine(merge.kept_id),
            )
            for merge in merges
        ]  # fmt: skip

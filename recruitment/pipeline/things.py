"""Kinds of things to be done in a committee: which rows, since or until which day, and the list that shows just them.

The counts of the workplaces come from here; each equals the list its address opens (same mask, same rights).
"""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.access import PEOPLE

from ..facts import NEVER
from ..models import Stage
from ..quotas.counting import in_force
from ..quotas.question import seen_by
from .kinds import ADMISSIONS, CANDIDACIES, KINDS
from .stages import UNDATED, UNDECIDED
from .worklist import Worklist

OPEN, WAITING, CEREMONY = "open", "waiting", "ceremony"


@dataclass(frozen=True)
class Thing:
    """A kind: what it is called, and the list with the condition that shows exactly its rows."""

    label: str
    table: str
    condition: dict


THINGS = {
    OPEN: Thing(_("Hồ sơ đang mở"), CANDIDACIES, {}),
    WAITING: Thing(_("Chờ quyết định kết nạp"), CANDIDACIES, {"stage": Stage.SUBMITTED.value}),
    CEREMONY: Thing(_("Chờ lễ kết nạp"), CANDIDACIES, {"stage": Stage.DECIDED.value}),
    UNDECIDED: Thing(_("Chờ lễ, chưa có quyết định trong sổ"), CANDIDACIES, {"stage": UNDECIDED}),
    UNDATED: Thing(_("Có quyết định, chưa ghi ngày lễ"), ADMISSIONS, {"ceremony": UNDATED}),
} | {code: Thing(kind.label, kind.table, {"due": code}) for code, kind in KINDS.items()}
_LISTS = {CANDIDACIES: "candidacy-list", ADMISSIONS: "admission-list"}


def way(name, *args, **query):
    """The address of a page of ours, with what it is asked; a list is asked value by value."""
    address = reverse(f"recruitment:{name}", args=args)
    return f"{address}?{urlencode(query, doseq=True)}" if query else address


class Things:
    """What stands to be done at and below a question's committee, as far as the account sees people. No query but the
    few for objections (`Worklist`)."""

    def __init__(self, access, snapshot, question):
        self.access, self.snapshot, self.question = access, snapshot, question
        self.on = question.on.toordinal()
        self.work = Worklist(snapshot, question)
        self.road = self.work.road
        self._known = {}

    def of(self, kind, term=None):
        """(indexes of the rows in their table, the day number of each: when it is due, or since when it stands). term:
        as in `Worklist.candidacies`, for kinds that fall due."""
        if (kind, term) not in self._known:
            mask, days = self._find(kind)
            if term is not None:
                mask = mask & self.work.within(kind, term)
            found = np.flatnonzero(mask & self._seen(self._places(kind)))
            self._known[kind, term] = found, days[found]
        return self._known[kind, term]

    def count(self, kind, term=None):
        return len(self.of(kind, term)[0])

    def address(self, kind, code="", term=None):
        """The list of just these rows, at and below a committee (the question's own by default)."""
        thing = THINGS[kind]
        more = thing.condition | ({"term": term} if term else {})
        return way(_LISTS[thing.table], committee=code or self.question.code, **more)

    def by_committee(self, kind):
        """How many at and below each position of the question's tree."""
        tree = self.question.tree
        return tree.roll(tree.count(self._places(kind)[self.of(kind)[0]]))

    def _places(self, kind):
        """Where a thing is to be done: whoever moved in probation is the cell's of arrival."""
        if kind in KINDS:
            return self.work.places(KINDS[kind].table)
        if THINGS[kind].table == CANDIDACIES:
            return self.work.places(CANDIDACIES)
        return self.snapshot.places(self.snapshot.admissions)

    def seen(self, table):
        """Which rows of a table the account sees people of, by where they are to be dealt with."""
        return self._seen(self.work.places(table))

    def read(self, source, table, indexes):
        """{index: record} of some rows, from a queryset of their model; those deleted since the snapshot are left out.
        One query."""
        ids = {k: int(self.snapshot.tables[table]["id"][k]) for k in indexes}
        records = source.in_bulk(list(ids.values()))
        return {k: records[pk] for k, pk in ids.items() if pk in records}

    def _seen(self, places):
        return seen_by(self.access, PEOPLE, self.snapshot, places)

    def _find(self, kind):
        if kind in KINDS:
            return self.work.mask(kind), self.work.days(kind)
        if kind == UNDATED:
            return self._undated, self.snapshot.admissions["decided"]
        if kind == OPEN:
            return self.road.open, self.since
        return self.road.at(THINGS[kind].condition["stage"]), self.since

    @property
    def _undated(self):
        rows, question = self.snapshot.admissions, self.question
        mask = in_force(rows, question.on) & (rows["decided"] <= self.on) & (rows["held"] == NEVER)
        return mask & question.holds(question.tree.position[self.snapshot.places(rows)])

    @cached_property
    def since(self):
        """Day number on which each candidacy reached the stage at which it stands; 0 before its first step."""
        row, _stage, day = self.snapshot.stage_days
        taken, since = np.flatnonzero(day <= self.on), np.zeros(len(self.road.mask), np.int32)
        since[row[taken]] = day[taken]
        return since

"""Cells too small to stand alone, and cells of which nobody counted the members. No query, whatever their number."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from committees.following import LEAST_OFFICIAL
from committees.models import Kind

from ..quotas.question import Narrowing

UNDER, UNCOUNTED, ENOUGH = "under", "uncounted", "enough"


@dataclass(frozen=True)
class CellRow:
    """One cell and its latest headcount by the day; members None: never counted. probationary None: not said, and taken as
    nobody."""

    pk: int
    code: str
    name: str
    above: str
    members: int | None
    probationary: int | None
    day: date | None

    @property
    def official(self):
        return None if self.members is None else self.members - (self.probationary or 0)


@dataclass(frozen=True)
class CellCounts:
    """Cells of a unit: all, those under three official members, those never counted."""

    code: str
    name: str
    all: int
    under: int
    uncounted: int


class CellRows(Narrowing):
    """The cells that stood on a question's day, at and below its committee, in tree order; by their latest headcount."""

    def __init__(self, snapshot, question):
        self.snapshot, self.question, self.tree, self.on = snapshot, question, question.tree, question.on
        tree, then = self.tree, snapshot.tree(question.on)
        here = question.holds(tree.position[then.order])
        cells = [
            int(i)
            for i, place, within in zip(then.order, then.place, here, strict=True)
            if within and place.kind in Kind.cells()
        ]
        where = tree.position[cells] if cells else np.zeros(0, np.int32)
        order = np.argsort(where, kind="stable")
        self.places = np.array(cells, np.int32)[order]
        self.where = where[order]
        self.ids = np.array([snapshot.structure.ids[i] for i in self.places.tolist()], np.int64)
        self.counts = [self._latest(pk) for pk in self.ids.tolist()]
        self.state = np.array([self._judged(count) for count in self.counts], object)
        self.mask = np.ones(len(cells), bool)

    def _latest(self, pk):
        counts = self.snapshot.small.headcounts.get(pk, ())
        return next((row for row in reversed(counts) if row.day <= self.on), None)

    @staticmethod
    def _judged(count):
        if count is None:
            return UNCOUNTED
        return UNDER if count.members - (count.probationary or 0) < LEAST_OFFICIAL else ENOUGH

    def fetch(self, indexes):
        """[CellRow] of these."""
        return [self._row(k) for k in indexes.tolist()]

    def _row(self, k):
        i, count, then = int(self.places[k]), self.counts[k], self.snapshot.tree(self.on)
        up = int(then.up[then.position[i]])
        return CellRow(
            pk=int(self.ids[k]), code=self.snapshot.structure.codes[i],
            name=self.snapshot.structure.name_on(i, self.on), above=then.name(up) if up >= 0 else "",
            members=count and count.members, probationary=count and count.probationary, day=count and count.day,
        )  # fmt: skip

    def in_state(self, state):
        return self.state == state

    @cached_property
    def _rolled(self):
        found = {}
        for state in (UNDER, UNCOUNTED, ""):
            here = self.where[(self.where >= 0) & (self.in_state(state) if state else True)]
            found[state] = self.tree.roll(np.bincount(here, minlength=len(self.tree)))
        return found

    def counted(self, p):
        """CellCounts at and below a position."""
        under, uncounted, whole = (int(self._rolled[state][p]) for state in (UNDER, UNCOUNTED, ""))
        return CellCounts(self.tree.code(p), self.tree.name(p), whole, under, uncounted)

    def units(self):
        """CellCounts of the question's committee, and [CellCounts] of the units directly below it that have cells."""
        p = self.question.position
        below = [self.counted(child) for child in self.tree.children(p)]
        return self.counted(p), [one for one in below if one.all]

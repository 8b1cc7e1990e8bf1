"""Grassroots organisations (TCCSĐ) as such: which admitted anyone, which have no source left, which none for years."""

from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from committees.models import Kind
from committees.vietnamese import add_months, fold

from .progress import REPORTED, in_force

# "Tổ chức đảng không còn nguồn" of the reported figures (contracts §2), folded.
NO_SOURCE = "to chuc dang khong con nguon"
IDLE_YEARS = 3

_grassroots = WeakKeyDictionary()
_exhausted = WeakKeyDictionary()


def grassroots(tree):
    """(positions, days founded) of the organisations of a tree, in tree order; kept as long as the tree is."""
    if tree not in _grassroots:
        kinds = Kind.grassroots()
        here = np.array([p for p in range(len(tree)) if tree.kind(p) in kinds], np.int32)
        founded = [tree.structure.places[i][0].since for i in tree.order[here]]
        _grassroots[tree] = here, np.array(founded, np.int64)
    return _grassroots[tree]


def exhausted(snapshot):
    """[(committee index, figure)] of every report that a committee has no source left; kept with the snapshot."""
    if snapshot not in _exhausted:
        index = snapshot.structure.index
        _exhausted[snapshot] = [
            (index[committee], figure)
            for committee, figures in snapshot.small.reported.items()
            for figure in figures
            if fold(figure.indicator) == NO_SOURCE and figure.group_id is None and figure.value > 0
        ]
    return _exhausted[snapshot]


@dataclass(frozen=True)
class NoSource:
    """How many organisations under a committee have no source; `figure` where only its own report says so."""

    count: int
    whole: int
    figure: object = None


class Organisations:
    """The organisations at and below a question's committee. Arrays are by organisation, in tree order; no query."""

    def __init__(self, snapshot, question, found):
        """found: the question's Progress, or whatever else has its `basis` and `recorded`: who admitted anyone."""
        self.snapshot, self.question, self.found = snapshot, question, found
        positions, founded = grassroots(self.question.tree)
        first, end = np.searchsorted(positions, (self.question.position, self.question.end))
        self.positions, self.founded = positions[first:end], founded[first:end]

    def __len__(self):
        return len(self.positions)

    @cached_property
    def admitted(self):
        """Which admitted anyone the plan counts; None where only reports speak."""
        return None if self.found.basis == REPORTED else self.found.recorded[self.positions] > 0

    @cached_property
    def no_source(self):
        """Which reported, for a period that holds the day asked, that they have no source left."""
        return np.isin(self.positions, list(self._recorded))

    @cached_property
    def _recorded(self):
        """Positions of committees that reported it for the day, each of itself: an heir does not inherit it."""
        tree, on, found = self.question.tree, self.question.on, {}
        for i, figure in exhausted(self.snapshot):
            if figure.since <= on < figure.until and tree.stands(i):
                found[int(tree.position[i])] = figure
        return found

    @cached_property
    def idle(self):
        """Which have a source, stood for three years to the day asked, and admitted nobody in them. None where the
        committee has no admission at all on record in that time: then silence says nothing."""
        rows, on = self.snapshot.admissions, self.question.on
        first = add_months(on, -12 * IDLE_YEARS)
        mask = (
            in_force(rows, on) & (rows["decided"] > first.toordinal()) & (rows["decided"] <= on.toordinal())
        )
        tree = self.question.tree
        rolled = tree.roll(tree.count(self.snapshot.places(rows)[np.flatnonzero(mask)]))
        if not rolled[self.question.position]:
            return None
        return (rolled[self.positions] == 0) & ~self.no_source & (self.founded <= first.toordinal())

    def report_at(self, p):
        """The figure by which the committee at position p said it has no source; None if it did not."""
        return self._recorded.get(p)

    def no_source_at(self, p):
        """NoSource of position p: what its organisations recorded; where none did, its own report of a total."""
        return self.no_sources([p])[0]

    def no_sources(self, ps):
        """[NoSource] of each of these positions."""
        ps = np.array(ps, np.int32)
        first, end = np.searchsorted(self.positions, [ps, self.question.tree.end[ps]])
        before = np.concatenate([[0], np.cumsum(self.no_source)])
        told = zip(ps.tolist(), (before[end] - before[first]).tolist(), (end - first).tolist(), strict=True)
        return [self._no_source(*row) for row in told]

    def _no_source(self, p, count, whole):
        figure = self._recorded.get(p)
        if count == 0 and figure is not None and p not in self.positions:
            return NoSource(int(figure.value), whole, figure)
        return NoSource(count, whole)

"""Grassroots organisations (TCCSĐ) as such: which admitted anyone, which have no source left, which none for years. Of
one that was ever marked as having no source, the marks decide; of another, its own report."""

from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from committees.models import Kind
from committees.vietnamese import add_months, fold

from .counting import counts
from .progress import REPORTED
from .sourceless import marks

# "Tổ chức đảng không còn nguồn" of the reported figures (contracts §2), folded.
NO_SOURCE = "to chuc dang khong con nguon"
IDLE_YEARS = 3

_placed = WeakKeyDictionary()
_exhausted = WeakKeyDictionary()


def placed(tree, kinds):
    """(positions, days founded) of the committees of some kinds in a tree, in its order; kept as long as the tree is."""
    known, key = _placed.setdefault(tree, {}), frozenset(kinds)
    if key not in known:
        here = np.array([p for p in range(len(tree)) if tree.kind(p) in key], np.int32)
        founded = [tree.structure.places[i][0].since for i in tree.order[here]]
        known[key] = here, np.array(founded, np.int64)
    return known[key]


def within(tree, kinds, first, end):
    """The same of a subtree: positions from `first` up to `end`."""
    positions, founded = placed(tree, kinds)
    low, high = np.searchsorted(positions, (first, end))
    return positions[low:high], founded[low:high]


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
    """How many organisations under a committee have no source, and how many of them by a mark; `figure` where only its
    own report says so."""

    count: int
    whole: int
    marked: int = 0
    figure: object = None

    @property
    def told(self):
        """How many of them by their own report."""
        return 0 if self.figure else self.count - self.marked


class Organisations:
    """The organisations at and below a question's committee. Arrays are by organisation, in tree order; no query."""

    def __init__(self, snapshot, question, found):
        """found: the question's Progress, or whatever else has its `basis` and `recorded`: who admitted anyone."""
        self.snapshot, self.question, self.found = snapshot, question, found
        self.positions, self.founded = within(
            question.tree, Kind.grassroots(), question.position, question.end
        )

    def __len__(self):
        return len(self.positions)

    @cached_property
    def admitted(self):
        """Which admitted anyone the plan counts; None where only reports speak."""
        return None if self.found.basis == REPORTED else self.found.recorded[self.positions] > 0

    @cached_property
    def no_source(self):
        """Which are marked as having no source on the day asked, or reported it for a period that holds the day."""
        return self.marked | np.isin(self.positions, list(self._reported))

    @cached_property
    def marked(self):
        """Which are marked on the day."""
        return np.isin(self.positions, list(self._marked))

    @cached_property
    def _marked(self):
        return marks(self.snapshot).at(self.question.tree, self.question.on)

    @cached_property
    def _reported(self):
        """Positions of committees that reported it for the day, each of itself: an heir does not inherit it."""
        tree, on, found = self.question.tree, self.question.on, {}
        spoken = marks(self.snapshot).spoken(on)
        for i, figure in exhausted(self.snapshot):
            if figure.since <= on < figure.until and tree.stands(i) and i not in spoken:
                found[int(tree.position[i])] = figure
        return found

    @cached_property
    def idle(self):
        """Which have a source, stood for three years to the day asked, and admitted nobody in them. None where the
        committee has no admission at all on record in that time: then silence says nothing."""
        rows, on = self.snapshot.admissions, self.question.on
        first = add_months(on, -12 * IDLE_YEARS)
        mask = counts(rows, on) & (rows["decided"] > first.toordinal()) & (rows["decided"] <= on.toordinal())
        tree = self.question.tree
        rolled = tree.roll(tree.count(self.snapshot.places(rows)[np.flatnonzero(mask)]))
        if not rolled[self.question.position]:
            return None
        return (rolled[self.positions] == 0) & ~self.no_source & (self.founded <= first.toordinal())

    def report_at(self, p):
        """The figure by which the committee at position p said it has no source; None if it did not."""
        return self._reported.get(p)

    def mark_at(self, p):
        """The mark of the committee at position p, a Sourceless; None without one."""
        return self._marked.get(p)

    def no_source_at(self, p):
        """NoSource of position p: what its organisations say; where none does, its own report of a total."""
        return self.no_sources([p])[0]

    def no_sources(self, ps):
        """[NoSource] of each of these positions."""
        ps = np.array(ps, np.int32)
        first, end = np.searchsorted(self.positions, [ps, self.question.tree.end[ps]])
        counts = [np.concatenate([[0], np.cumsum(mask)]) for mask in (self.no_source, self.marked)]
        none, marked = ((before[end] - before[first]).tolist() for before in counts)
        told = zip(ps.tolist(), none, (end - first).tolist(), marked, strict=True)
        return [self._no_source(*row) for row in told]

    def _no_source(self, p, count, whole, marked):
        figure = self._reported.get(p)
        if count == 0 and figure is not None and p not in self.positions:
            return NoSource(int(figure.value), whole, figure=figure)
        return NoSource(count, whole, marked)

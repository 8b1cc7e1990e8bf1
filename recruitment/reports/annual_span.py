"""What was recorded in a stretch of days under one committee: the numbers the sheets of a report are made of."""

from functools import cached_property

import numpy as np

from committees.models import Kind

from ..facts import NEVER
from ..pipeline.stages import Road
from ..quotas.organisations import Organisations, exhausted
from ..quotas.progress import RECORDS
from ..quotas.question import Selection
from ..quotas.sourceless import marks


class Span:
    """Admissions decided from one day to another, both inclusive, under the report's committee and by its tree."""

    basis = RECORDS

    def __init__(self, snapshot, question, first):
        self.snapshot, self.question, self.first = snapshot, question, first
        self.selection = Selection(snapshot, question)
        tree, counted = question.tree, self.selection.counted
        self.known = self._kept(counted, self.selection.places)
        within = self.selection.rows["decided"] >= first.toordinal()
        self.selection.narrow(within)
        self.recorded = tree.roll(tree.count(self.selection.places[np.flatnonzero(counted & within)]))

    def _kept(self, mask, places):
        """Whether any of these rows lies in the whole province, not only under the committee: where nobody ever wrote
        anything down by then, silence is no zero."""
        tree, p = self.question.tree, self.question.position
        top = (tree.ancestors(p) or [p])[0]
        where = tree.position[places]
        return bool(np.any(mask & (where >= top) & (where < tree.end[top])))

    @property
    def last(self):
        return self.question.on

    @property
    def total(self):
        """People; None where the register knows nothing of the time."""
        return self.at(self.question.position)

    def at(self, p):
        """People at and below a position of the tree; None where the register knows nothing of the time."""
        return int(self.recorded[p]) if self.known else None

    @cached_property
    def organisations(self):
        return Organisations(self.snapshot, self.question, self)

    @cached_property
    def source_told(self):
        """Whether anybody reported for the last day that a source is exhausted, or a grassroots organisation of the
        province had been marked so by then: else nobody kept that, and 0 would be a guess."""
        last, tree, p = self.last, self.question.tree, self.question.position
        if any(figure.since <= last < figure.until for _, figure in exhausted(self.snapshot)):
            return True
        top = (tree.ancestors(p) or [p])[0]
        where = [int(tree.position[i]) for i in marks(self.snapshot).spoken(last)]
        return any(top <= at < tree.end[top] and tree.kind(at) in Kind.grassroots() for at in where)

    @cached_property
    def road(self):
        """Candidacies by step at the end of the last day; None where none was kept by then."""
        road = Road(self.snapshot, self.question)
        return road if self._kept(road.stages >= 0, road.places) else None

    def certificates(self, awareness):
        """People a position who were issued a certificate in the time (of awareness classes, else of new members'); None
        where none of the kind was kept by then."""
        rows, tree = self.snapshot.certificates, self.question.tree
        of_kind = (rows["awareness"] == awareness) & (rows["issued"] <= self.last.toordinal())
        of_kind &= (
            rows["arrived"] == NEVER
        )  # those of whoever came with their cell were counted where they were issued
        if not self._kept(of_kind, self.snapshot.places(rows)):
            return None
        mask = of_kind & (rows["issued"] >= self.first.toordinal())
        return tree.roll(tree.count(self.snapshot.places(rows)[np.flatnonzero(mask)]))

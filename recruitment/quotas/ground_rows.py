"""Rows of the managed lists of organisations: those marked as having no source, with every mark before, and those in which
nobody was admitted for years. No query, whatever their number."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from committees.models import Kind
from committees.vietnamese import add_months, fold

from .latest import NEVER_YET, last_admitted, open_candidacies
from .organisations import exhausted, within
from .question import Narrowing
from .sourceless import Marked, marked, marks

GRASSROOTS, CELLS = "grassroots", "cells"
LEVELS = {GRASSROOTS: Kind.grassroots(), CELLS: Kind.cells()}


class Ground(Narrowing):
    """What both lists know of a question's committee and its day."""

    def __init__(self, snapshot, question):
        self.snapshot, self.question, self.tree, self.on = snapshot, question, question.tree, question.on

    @cached_property
    def last(self):
        """The day number of the last admission at and below each position."""
        return last_admitted(self.snapshot, self.tree, self.on)

    @cached_property
    def open(self):
        """Open candidacies at and below each position."""
        return open_candidacies(self.snapshot, self.tree, self.on)

    def above(self, p):
        up = int(self.tree.up[p])
        return self.tree.name(up) if up >= 0 else ""


@dataclass(frozen=True)
class MarkRow:
    """One mark. last: its last day, None while it is in force; open: candidacies at the organisation on the day asked."""

    pk: int
    code: str
    name: str
    above: str
    kind: str
    mark: Marked
    last: date | None
    open: int
    standing: bool

    @property
    def running(self):
        return self.last is None and self.standing


class MarkRows(Ground):
    """Marks of committees at and below a question's, in tree order, the oldest of each first."""

    def __init__(self, snapshot, question):
        super().__init__(snapshot, question)
        known = marks(snapshot)
        where = self.tree.position[known.committee]
        order = np.lexsort((known.since, known.committee, where))
        self.marks = [known.rows[k] for k in order.tolist()]
        self.ids, self.places, self.where = known.ids[order], known.committee[order], where[order]
        self.since = known.since[order]
        self.standing = known.standing(self.tree)[order]
        self.begun = self.since <= self.on.toordinal()
        self.running = known.running(self.on)[order] & self.standing
        self.mask = question.holds(self.where)

    @cached_property
    def doubtful(self):
        """Which are in force, although somebody was admitted since."""
        return self.running & (self.last[self.where] >= self.since)

    def fetch(self, indexes):
        """[MarkRow] of these."""
        return [self._row(k) for k in indexes.tolist()]

    def _row(self, k):
        row, structure, p = self.marks[k], self.snapshot.structure, int(self.where[k])
        i = int(self.places[k])
        # An ended mark says nothing of who was admitted after it.
        last = int(self.last[p]) if self.running[k] else NEVER_YET
        return MarkRow(
            pk=row.pk,
            code=structure.codes[i],
            name=structure.name_on(i, self.on),
            above=self.above(p),
            kind=str(Kind(structure.last_place(i).kind).label),
            mark=marked(row, last),
            last=row.until - timedelta(days=1) if row.until and row.until <= self.on else None,
            open=int(self.open[p]) if self.standing[k] else 0,
            standing=bool(self.standing[k]),
        )

    def caused_by(self, words):
        """Mask of those whose cause holds these words, without accents."""
        wanted = fold(words)
        known = {row.cause: wanted in fold(row.cause) for row in self.marks}
        return np.array([known[row.cause] for row in self.marks], bool)


def only_reported(snapshot, question):
    """How many organisations at and below a question's committee report for its day that they have no source, and were
    never marked."""
    tree, on = question.tree, question.on
    spoken = marks(snapshot).spoken(on)
    return len({
        int(tree.position[i])
        for i, figure in exhausted(snapshot)
        if figure.since <= on < figure.until and tree.stands(i) and i not in spoken
        and question.position <= tree.position[i] < question.end and tree.kind(tree.position[i]) in Kind.grassroots()
    })  # fmt: skip


@dataclass(frozen=True)
class IdleRow:
    """One organisation. last: the day of its last admission on record, None: never; young: the day it was founded, where
    that is less than the years asked ago; open: candidacies now; mark: that it has no source."""

    code: str
    name: str
    above: str
    kind: str
    last: date | None
    young: date | None
    open: int
    mark: Marked | None


class IdleRows(Ground):
    """The organisations of a level that stand at and below a question's committee, those without an admission in the last
    `years` years chosen. `silent`: the whole province has none on record in that time, which says nothing of anyone."""

    def __init__(self, snapshot, question, *, level, years):
        super().__init__(snapshot, question)
        tree, p = self.tree, question.position
        self.positions, self.founded = within(tree, LEVELS[level], p, question.end)
        self.places = tree.order[self.positions]
        self.ids = np.array([tree.id(at) for at in self.positions.tolist()], np.int64)
        self.first = add_months(self.on, -12 * years).toordinal()
        top = (tree.ancestors(p) or [p])[0]
        self.silent = bool(self.last[top] <= self.first)
        self.mask = (self.last[self.positions] <= self.first) & (not self.silent)

    @cached_property
    def marked(self):
        """{position: Sourceless} in force on the day."""
        return marks(self.snapshot).at(self.tree, self.on)

    @cached_property
    def without_source(self):
        return np.isin(self.positions, list(self.marked))

    def fetch(self, indexes):
        """[IdleRow] of these."""
        return [self._row(k) for k in indexes.tolist()]

    def _row(self, k):
        p, founded = int(self.positions[k]), int(self.founded[k])
        last, mark = int(self.last[p]), self.marked.get(p)
        return IdleRow(
            code=self.tree.code(p),
            name=self.tree.name(p),
            above=self.above(p),
            kind=str(Kind(self.tree.kind(p)).label),
            last=None if last == NEVER_YET else date.fromordinal(last),
            young=date.fromordinal(founded) if founded > self.first else None,
            open=int(self.open[p]),
            mark=marked(mark, last) if mark else None,
        )

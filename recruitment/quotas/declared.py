"""Whom cells declared for a plan before its targets were set (đăng ký nguồn kết nạp): by name there, by number here."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from committees.models import Kind

from ..facts import STAGES
from ..models import Declaration, Stage
from .organisations import within
from .sourceless import marks

# What a cell has said: somebody; that nobody is left to recruit; nobody it could name, or nobody any more; nothing yet.
DECLARED, SOURCELESS, NOBODY, WAITING = "declared", "sourceless", "nobody", "waiting"
ANSWERS = (DECLARED, WAITING, NOBODY, SOURCELESS)


class Declared:
    """Declarations for a plan at the end of a day, as masks over the snapshot's candidacies: `mask`, those in force whose
    road has not ended; `taken_back`, those declared and taken back; `open`, all who might be declared. One query."""

    def __init__(self, snapshot, plan, on):
        self.snapshot, self.rows, self.on = snapshot, snapshot.candidacies, on
        told = Declaration.objects.filter(plan=plan, on__lte=on).values_list("candidacy_id", "withdrawn_on")
        kept, gone = [], []
        for pk, withdrawn_on in told:
            (kept if withdrawn_on is None or withdrawn_on > on else gone).append(pk)
        stages = snapshot.stages_on(on.toordinal())
        ids = self.rows["id"]
        self.mask = np.isin(ids, np.array(kept, np.int64)) & (stages >= 0) & (stages != STAGES[Stage.CLOSED])
        self.taken_back = np.isin(ids, np.array(gone, np.int64))
        self.open = np.isin(stages, [STAGES[stage] for stage in Stage.open()])

    def where(self, mask):
        """Committee indexes of the candidacies of a mask."""
        return self.snapshot.followers_on(self.on.toordinal())[np.flatnonzero(mask)]


@dataclass(frozen=True)
class Answer:
    """What the cells at and below one committee said: how many cells of each of ANSWERS, and how many people."""

    position: int
    cells: int
    people: int
    of: dict

    @property
    def state(self):
        """Of a single cell, what it said."""
        return next(answer for answer in ANSWERS if self.of[answer])

    @property
    def waiting(self):
        return self.of[WAITING]


class Answers:
    """What every cell of a tree said for a plan by the end of a day. One query."""

    def __init__(self, snapshot, plan, tree, on):
        self.snapshot, self.tree, self.on = snapshot, tree, on
        self.declared = Declared(snapshot, plan, on)
        self.cells, _founded = within(tree, Kind.cells(), 0, len(tree))
        self.people, self.open, self.taken_back = (
            tree.roll(tree.count(self.declared.where(mask)))
            for mask in (self.declared.mask, self.declared.open, self.declared.taken_back)
        )

    @cached_property
    def said(self):
        """{answer: mask over the cells}; every cell gives exactly one."""
        declared = self.people[self.cells] > 0
        marked = np.isin(self.cells, list(marks(self.snapshot).at(self.tree, self.on))) & ~declared
        nobody = (self.open[self.cells] == 0) | (self.taken_back[self.cells] > 0)
        nobody &= ~declared & ~marked
        return {
            DECLARED: declared,
            SOURCELESS: marked,
            NOBODY: nobody,
            WAITING: ~declared & ~marked & ~nobody,
        }

    @cached_property
    def _before(self):
        return {answer: np.concatenate([[0], np.cumsum(mask)]) for answer, mask in self.said.items()}

    def at(self, p):
        """The Answer of the cells at and below a position."""
        first, end = np.searchsorted(self.cells, (p, self.tree.end[p]))
        of = {answer: int(before[end] - before[first]) for answer, before in self._before.items()}
        return Answer(p, int(end - first), int(self.people[p]), of)

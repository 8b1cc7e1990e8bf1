"""Where candidacies stood on a day, and the admissions of a plan by how far they came: the pipeline's counts."""

from functools import cached_property

import numpy as np

from ..facts import NEVER, STAGES
from ..models import Plan, Stage
from ..quotas.counting import counts
from ..quotas.question import Narrowing

HELD, WAITING, UNDATED = "held", "waiting", "undated"
# A dossier that says it waits for its ceremony while no decision stands in the register.
UNDECIDED = "undecided"


class Road(Narrowing):
    """Candidacies under a question's committee at the end of its day `on`. No query."""

    def __init__(self, snapshot, question):
        self.snapshot, self.question = snapshot, question
        self.rows = snapshot.candidacies
        self.places = snapshot.followers_on(question.on.toordinal())
        self.stages = snapshot.stages_on(question.on.toordinal())
        mask = (self.stages >= 0) & question.holds(question.tree.position[self.places])
        if question.group is not None:
            mask &= (self.rows["groups"] & snapshot.bit(question.group.code)) != 0
        self.mask = mask

    def at(self, stage):
        """Which candidacies stand at a stage (a value of Stage), or at UNDECIDED."""
        if stage == UNDECIDED:
            return self._undecided
        return self.mask & (self.stages == STAGES[stage])

    @property
    def open(self):
        """Which candidacies are at any open stage."""
        return self.mask & np.isin(self.stages, [STAGES[stage] for stage in Stage.open()])

    @cached_property
    def _undecided(self):
        """Which wait for a ceremony, and whose person has no admission decided by the day, in force."""
        rows, on = self.snapshot.admissions, self.question.on.toordinal()
        there = (rows["decided"] <= on) & (rows["cancelled"] > on)
        waiting = np.flatnonzero(self.at(Stage.DECIDED))
        known = np.isin(self.rows["person"][waiting], rows["person"][there])
        mask = np.zeros(len(self.mask), bool)
        mask[waiting[~known]] = True
        return mask

    def counts(self):
        """{stage: candidacies} of the open stages and UNDECIDED."""
        found = np.bincount(self.stages[self.mask], minlength=len(STAGES))
        said = {stage.value: int(found[STAGES[stage]]) for stage in Stage.open()}
        return said | {UNDECIDED: int(np.count_nonzero(self.at(UNDECIDED)))}


def certified_on(snapshot, persons, day):
    """The day (number) of the latest awareness certificate each of these persons (an array) held at the end of a day
    number; NEVER without one."""
    rows = snapshot.certificates
    held = np.flatnonzero(rows["awareness"] & (rows["issued"] <= day))
    held = held[np.lexsort((rows["issued"][held], rows["person"][held]))]
    last = np.searchsorted(rows["person"][held], persons, side="right") - 1
    if not len(held):
        return np.full(len(persons), NEVER, np.int32)
    theirs = (last >= 0) & (rows["person"][held[last]] == persons)
    return np.where(theirs, rows["issued"][held[last]], NEVER).astype(np.int32)


def ceremonies(selection):
    """{HELD, WAITING, UNDATED: mask}: the admissions decided in the plan's period by whether their ceremony was held
    by the day asked; UNDATED has none on record. For a plan that counts ceremonies, HELD is what it counts."""
    rows, question, plan = selection.rows, selection.question, selection.question.plan
    if plan is not None and plan.counts_by == Plan.CountsBy.CEREMONY:
        decided = counts(rows, question.on) & question.holds(selection.where)
        decided &= (rows["decided"] >= plan.since.toordinal()) & (rows["decided"] <= question.day.toordinal())
        if question.group is not None:
            decided &= (rows["groups"] & selection.snapshot.bit(question.group.code)) != 0
    else:
        decided = selection.mask
    held, on = rows["held"], question.on.toordinal()
    dated = held != NEVER
    done = dated & (held <= on)
    return {
        HELD: selection.mask & done,
        WAITING: decided & dated & ~done,
        UNDATED: decided & ~dated,
    }

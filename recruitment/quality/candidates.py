"""Which candidacies fail which check: masks over the snapshot's candidacies, of those open on the day. No query."""

from functools import cached_property

import numpy as np

from ..facts import FLAWS, NEVER, STAGES, ages
from ..models import Stage
from ..pipeline.kinds import CANDIDACIES, DECISION, LAPSED, NO_MENTOR, PAPERS_LAPSED, REVIEW
from ..pipeline.stages import certified_on
from ..quotas.counting import in_force
from .checks import OLDEST, YOUNGEST
from .terms import older

OPEN = [STAGES[stage] for stage in Stage.open()]


def repeated(values, among):
    """Which rows among a mask share their value with another of them."""
    each, where, times = np.unique(values[among], return_inverse=True, return_counts=True)
    found = np.zeros(len(values), bool)
    found[np.flatnonzero(among)] = times[where] > 1
    return found


class CandidateFlaws:
    """work: the Worklist of the same question."""

    def __init__(self, snapshot, question, work):
        self.snapshot, self.question, self.work = snapshot, question, work
        self.on, self.rows = question.on.toordinal(), snapshot.candidacies

    @property
    def places(self):
        return self.work.road.places

    @cached_property
    def whole(self):
        """Those that are open at and below the committee."""
        return self.work.road.open

    def mask(self, code):
        flaw = code.removeprefix("candidate_")
        found = self._lacks(flaw) if flaw in FLAWS else getattr(self, f"_{code}")()
        return self.whole & found

    def _lacks(self, flaw):
        return (self.rows["flaws"] & FLAWS[flaw]) != 0

    def _late(self, kind):
        return self.work.candidacies(kind) & (self.work.due(kind) < self.on)

    def _candidate_age(self):
        age = ages(self.rows["born"], self.rows["entered"])
        return (age < YOUNGEST) | (age > OLDEST)

    def _two_open(self):
        """Wherever the other one lies: a person is followed in one cell at a time."""
        return repeated(self.rows["person"], np.isin(self.snapshot.stages_on(self.on), OPEN))

    def _open_admitted(self):
        """Whose person has an admission in force from elsewhere than this dossier. One that waits for its ceremony has one
        of its own."""
        rows = self.snapshot.admissions
        there = in_force(rows, self.question.on) & (rows["decided"] <= self.on) & (rows["left"] > self.on)
        waiting = self.work.road.stages == STAGES[Stage.DECIDED]
        return ~waiting & np.isin(self.rows["person"], rows["person"][there])

    def _no_mentor(self):
        return self.work.mask(NO_MENTOR)

    def _review_overdue(self):
        return self._late(REVIEW)

    def _certificate_lapsed(self):
        return self.work.mask(LAPSED)

    def _papers_lapsed(self):
        return self.work.mask(PAPERS_LAPSED)

    def _decision_overdue(self):
        return self._late(DECISION)

    def _class_before_list(self):
        """By the latest certificate; somebody who came from another cell, or was followed before, was listed earlier."""
        rows, told = self.rows, self.work.tables[CANDIDACIES]
        issued = certified_on(self.snapshot, rows["person"], self.on)
        paper = told.last_paper("listing")
        listed = rows["entered"].copy()
        there = paper >= 0
        listed[there] = np.minimum(listed[there], told.papers["day"][paper[there]])
        first = (rows["origin"] == 0) & (rows["arrived"] == NEVER)
        first &= ~repeated(rows["person"], np.ones(len(listed), bool))
        return told.undecided & first & (issued < listed)

    def _candidate_old(self):
        day = np.full(len(self.rows["born"]), self.on, np.int32)
        return self.work.tables[CANDIDACIES].considering & (
            older(self.snapshot.statute, self.rows["born"], day, "age_max") > 0
        )

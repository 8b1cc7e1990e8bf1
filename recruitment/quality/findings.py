"""What fails which check on a day: the one answer behind the page, its lists, their exports and the trend."""

from dataclasses import replace
from functools import cached_property

import numpy as np

from ..pipeline.worklist import Worklist
from ..quotas.question import ask
from .admitted import AdmissionFlaws
from .candidates import CandidateFlaws
from .checks import ADMISSIONS, CANDIDACIES, CHECKS
from .organisations import CommitteeFlaws


class Findings:
    """The checks of a question (a committee, a day, a tree; no plan, no group). One query, asked for when committees are
    looked at. The reader's rights are the caller's to apply (`seen_by`)."""

    def __init__(self, snapshot, question):
        self.snapshot, self.question = snapshot, replace(question, plan=None, group=None)

    @cached_property
    def _work(self):
        return Worklist(self.snapshot, self.question)

    @cached_property
    def candidates(self):
        return CandidateFlaws(self.snapshot, self.question, self._work)

    @cached_property
    def admitted(self):
        return AdmissionFlaws(self.snapshot, self.question, self._work)

    @cached_property
    def committees(self):
        return CommitteeFlaws(self.snapshot, self.question)

    def mask(self, code):
        """Which rows of its table fail a check, at and below the committee."""
        return self._of(code).mask(code)

    def places(self, code):
        """The committee index at which each row of its table stands for the check."""
        if CHECKS[code].table == ADMISSIONS:
            return self.admitted.places_of(code)
        return self._of(code).places

    def whole(self, code):
        """Mask of the rows a check looks at."""
        if CHECKS[code].table == CANDIDACIES:
            return self.candidates.whole
        return self._of(code).whole_of(code)

    def _of(self, code):
        table = CHECKS[code].table
        return {CANDIDACIES: self.candidates, ADMISSIONS: self.admitted}.get(table) or self.committees

    def committees_of(self, code):
        """{committee id: rows that fail} of the committees at which any does."""
        structure = self.snapshot.structure
        each, times = np.unique(self.places(code)[self.mask(code)], return_counts=True)
        return {structure.ids[i]: n for i, n in zip(each.tolist(), times.tolist(), strict=True)}

    def rolled(self, code, *, whole=False):
        """How many rows fail a check (or are looked at) at and below every position of the tree."""
        mask = self.whole(code) if whole else self.mask(code)
        where = self.question.tree.position[self.places(code)[mask]]
        return self.question.tree.roll(np.bincount(where[where >= 0], minlength=len(self.question.tree)))


def everywhere(snapshot, day):
    """{check: {committee id: rows that fail}} of the whole register, at every committee that stands at the top."""
    found = {code: {} for code in CHECKS}
    tree = snapshot.tree(day)
    for root in tree.roots():
        findings = Findings(snapshot, ask(snapshot, tree.code(root), on=day)[0])
        for code in CHECKS:
            found[code].update(findings.committees_of(code))
    return found

"""What about a person stands against the cell's considering them: age, schooling, the committee's own criteria, a
background check that failed, the conditions of readmission. The rules judge; only whom they may concern is read."""

from dataclasses import replace
from functools import cached_property

import numpy as np

from ..facts import EDUCATION, EPOCH, RESULTS, STAGES
from ..models import Candidacy
from ..rules import eligibility
from ..rules.papers import FAIL, ORDER
from . import evidence

STEP = "cell_vote"
# Objections about the person. Papers still to come, the mentor and the certificate are kinds of their own, and what is
# merely not written down (schooling, a criterion nobody looked at) speaks against nobody.
CODES = {"too_young", "too_old", "schooling", "verification_fail"}
READMISSION = "readmission_"
_SCHOOLED = EDUCATION.index("THCS")


class Obstacles:
    """Objections of this sort on the day asked, of the candidacies in `mine` (a mask) at their `stages`. A fixed
    number of queries, none where nobody can be concerned."""

    def __init__(self, snapshot, question, rules, mine, stages):
        self.snapshot, self.question, self.rules = snapshot, question, rules
        self.mine, self.stages = mine, stages
        self.on = question.on.toordinal()

    @cached_property
    def mask(self):
        mask = np.zeros(len(self.mine), bool)
        mask[list(self.found)] = True
        return mask

    @cached_property
    def found(self):
        """{row: [Objection]} of those against whom something stands."""
        rows, on = np.flatnonzero(self.suspects), self.question.on
        if not len(rows):
            return {}
        ids = self.snapshot.candidacies["id"]
        known = facts_of([int(ids[row]) for row in rows], self.snapshot.structure, on)
        found = {}
        for row in rows.tolist():
            facts = known.get(int(ids[row]))  # None: deleted since the snapshot was read
            if facts is None:
                continue
            facts = self._then(facts, row)
            against = eligibility.foreseen(facts, STEP, on, self.snapshot.book)
            if told := _personal(facts, against):
                found[row] = told
        return found

    def _then(self, facts, row):
        """As it stood on the day asked: what ended since had not ended."""
        stage = list(STAGES)[self.stages[row]]
        return replace(facts, stage=stage, earlier=tuple(d for d in facts.earlier if d <= self.question.on))

    @cached_property
    def suspects(self):
        """A mask that misses nobody: whoever is near an edge of the ages, without the schooling, failed at something, or
        was in the Party before."""
        rows, mine = self.snapshot.candidacies, self.mine
        months = _months(np.full(len(mine), self.on, np.int32)) - _months(rows["born"])
        # Whether the day of the month counts is a rule of its own: a month more or less is looked at.
        edge = (months <= self.rules["age_min"].value) | (months >= self.rules["age_max"].value)
        unschooled = rows["education"] < _SCHOOLED
        return mine & (edge | unschooled | self._failed | self._before)

    @cached_property
    def _failed(self):
        papers = self.snapshot.tables["papers"]
        kinds = np.isin(
            papers["kind"], [ORDER[kind] for kind in ("verification", "criterion", "readmission")]
        )
        told = kinds & (papers["result"] == RESULTS[FAIL]) | (papers["kind"] == ORDER["readmission"])
        mask = np.zeros(len(self.mine), bool)
        mask[self.snapshot.rows_of("papers")[told & (papers["day"] <= self.on)]] = True
        return mask

    @cached_property
    def _before(self):
        rows = self.snapshot.admissions
        ended = (rows["left"] <= self.on) | (rows["cancelled"] <= self.on)
        return np.isin(self.snapshot.candidacies["person"], rows["person"][ended])


def facts_of(ids, structure, on):
    """{candidacy id: Facts} of some candidacies. A fixed number of queries."""
    rows = Candidacy.objects.filter(pk__in=ids).select_related("person")
    return evidence.facts_of_many(rows, structure, on)


def _personal(facts, objections):
    unmet = {f"criterion_{asked.id}" for asked in facts.criteria if asked.met is False}
    return [one for one in objections if one.code in CODES | unmet or one.rule.code.startswith(READMISSION)]


def _months(days):
    return (days.astype(np.int64) - EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)

"""What is due of people admitted: masks and days over the snapshot's admissions, as the facts stood at the end of a
day."""

from functools import cached_property

import numpy as np

from ..facts import NEVER
from ..quotas.counting import in_force
from ..quotas.moves import followed_at, stands_at
from ..rules.deadlines import NOTICE
from ..rules.papers import ORDER, RECEIVED
from ..rules.working_days import after_many
from .terms import months_after


class Members:
    """The kinds of a question that concern admissions: of candidates followed here, and of people who came in without
    a candidacy. No query; only rows under the question's committee (and of its group) are worked out."""

    def __init__(self, snapshot, question, rules):
        self.snapshot, self.question, self.rules = snapshot, question, rules
        self.on, self.rows = question.on.toordinal(), snapshot.admissions
        self.all = len(self.rows["id"])

    def mask(self, kind):
        return getattr(self, f"_{kind}")[0]

    def due(self, kind):
        """When it is, or was, due (day numbers); NEVER where it concerns nobody."""
        return getattr(self, f"_{kind}")[1]

    @cached_property
    def unfinished(self):
        """Which were decided and neither recognised nor ended by the day."""
        rows, question = self.rows, self.question
        mask = in_force(rows, question.on) & (rows["left"] > self.on) & (rows["decided"] <= self.on)
        mask &= recognised(rows) > self.on
        mask &= (rows["arrived"] == NEVER) | (rows["arrived"] <= self.on)
        mask &= question.holds(question.tree.position[self.places])
        if question.group is not None:
            mask &= (rows["groups"] & self.snapshot.bit(question.group.code)) != 0
        return mask

    @cached_property
    def ends(self):
        """Last day of the 12 months of each admission in probation; NEVER for the others. Without a ceremony on record
        no probation has begun."""
        began = np.where(self.unfinished & (self.rows["held"] <= self.on), self.rows["held"], NEVER)
        return months_after(began, self.rules["probation"].value)

    @cached_property
    def _probation_ending(self):
        return (self.ends - NOTICE <= self.on) & (self.ends >= self.on), self.ends

    @cached_property
    def _recognition_due(self):
        over = self.ends < self.on
        ended = np.where(over, self.ends, NEVER)
        return over, after_many(self.snapshot.calendar, ended, self.rules["recognition"].value)

    @cached_property
    def _class_due(self):
        rows = self.snapshot.certificates
        taken = rows["person"][~rows["awareness"] & (rows["issued"] <= self.on)]
        return (self.ends != NEVER) & ~np.isin(self.rows["person"], taken), self.ends

    @cached_property
    def _ceremony_due(self):
        rows = self.rows
        mask = self.unfinished & (self.received <= self.on) & (rows["held"] > self.on)
        received = np.where(mask, self.received, NEVER)
        return mask, after_many(self.snapshot.calendar, received, self.rules["ceremony"].value)

    @cached_property
    def received(self):
        """The day on which the cell that must act received each decision; NEVER where it did not. Of whoever moved on
        before the ceremony the cell of departure kept it as a paper."""
        days, papers = self.rows["received"].copy(), self.snapshot.tables["papers"]
        linked, where = followed_at(self.snapshot, self.on)
        then = self.snapshot.candidacies["id"][where]
        moved = then != self.rows["candidacy"][linked]
        kept = np.flatnonzero(papers["kind"] == ORDER[RECEIVED])
        told = dict(zip(papers["candidacy"][kept].tolist(), papers["day"][kept].tolist(), strict=True))
        for row, candidacy in zip(linked[moved].tolist(), then[moved].tolist(), strict=True):
            days[row] = told.get(candidacy, days[row])
        return days

    @cached_property
    def _transfer_due(self):
        """Moved in probation, until the cell of arrival has assigned somebody to help: there the new member is known."""
        rows, helped = self.rows, self.snapshot.tables["mentorships"]
        _here, moved = self._stands
        mask = self.unfinished & (moved != NEVER) & (rows["held"] <= moved)
        mask &= ~np.isin(self.candidacies, helped["candidacy"][helped["day"] <= self.on])
        moved = np.where(mask, moved, NEVER)
        return mask, after_many(self.snapshot.calendar, moved, self.rules["transfer"].value)

    @cached_property
    def _stands(self):
        return stands_at(self.snapshot, self.on)

    @property
    def places(self):
        """The committee index of the cell that must act for each admission on the day."""
        return self._stands[0]

    @cached_property
    def candidacies(self):
        """The id of the candidacy by which each admission's person was followed on the day; 0 without one."""
        ids, (linked, where) = self.rows["candidacy"].copy(), followed_at(self.snapshot, self.on)
        ids[linked] = self.snapshot.candidacies["id"][where]
        return ids


def recognised(admissions):
    """The day each admission's probation was known to be over: of the decision, else the day it holds from; NEVER."""
    return np.where(admissions["recognised"] != NEVER, admissions["recognised"], admissions["official"])

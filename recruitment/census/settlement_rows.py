"""Rows of the list of settlements, and how many there are in each unit. No query, whatever their number."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _

from committees.access import FIGURES
from committees.models import Coverage, Settlement
from committees.vietnamese import fold

from ..quotas.question import Narrowing, seen_by
from ..quotas.reported import period_words, value_words
from .land import NONE, OWN, SHARED, STATES, answered, land

LACKING = "lacking"  # shared or none: "chưa có chi bộ" as reports say it
COVERAGE_STATES = dict(Coverage.State.choices)
_SETTLEMENT_KINDS = dict(Settlement.Kind.choices)
# What units report of their settlements, in the order in which it is told.
INDICATORS = ("thon co chi bo", "thon chua co chi bo", "xom, ban, to dan pho")


@dataclass(frozen=True)
class SettlementRow:
    """One settlement on a day. since: from which day it has been so; cell: who answers for it."""

    pk: int
    code: str
    name: str
    kind: str
    home: str
    home_code: str
    state: str
    word: str
    cell: str
    cell_code: str
    since: date
    remark: str


@dataclass(frozen=True)
class Counts:
    """How many settlements of a unit: all, and by who answers for them; the three add up to the whole."""

    code: str
    name: str
    own: int
    shared: int
    none: int

    @property
    def all(self):
        return self.own + self.shared + self.none

    @property
    def lacking(self):
        return self.shared + self.none


class SettlementRows(Narrowing):
    """Settlements that stood on a question's day, at and below its committee, in order of the tree and of code."""

    def __init__(self, snapshot, question, access=None):
        """access: the reader's, to whom a cell beyond it is not named; None: all are."""
        self.snapshot, self.question, self.tree, self.on = snapshot, question, question.tree, question.on
        self.land, self.told = land(snapshot), answered(snapshot, question.on)
        # Where each stands: by the tree that is asked for, while who answers is as it was on the day.
        here = self.tree.position[self.told.place] if len(self.told.place) else np.zeros(0, np.int32)
        self.order = np.lexsort((np.arange(len(here)), here))
        self.ids, self.places = self.land.ids[self.order], self.told.place[self.order]
        self.where, self.state = here[self.order], self.told.state[self.order]
        self.mask = self.told.standing[self.order] & question.holds(self.where)
        self.kinds = np.array([self.land.settlements[k][4] for k in self.order.tolist()], object)
        everyone = np.arange(len(snapshot.structure))
        self.named = everyone >= 0 if access is None else seen_by(access, FIGURES, snapshot, everyone)

    def fetch(self, indexes):
        """[SettlementRow] of these."""
        return [self._row(k) for k in self.order[indexes].tolist()]

    def _row(self, k):
        pk, code, name, _search, kind = self.land.settlements[k]
        row, structure = int(self.told.row[k]), self.snapshot.structure
        place, cell, state = int(self.told.place[k]), int(self.told.cell[k]), STATES[self.told.state[k]]
        shown = cell >= 0 and self.named[cell]
        return SettlementRow(
            pk=pk, code=code, name=name, kind=str(_SETTLEMENT_KINDS[kind]),
            home=structure.name_on(place, self.on), home_code=structure.codes[place],
            state=state, word=str(COVERAGE_STATES[state]),
            cell=structure.name_on(cell, self.on) if shown else "",
            cell_code=structure.codes[cell] if shown else "",
            since=date.fromordinal(int(self.land.since[row])), remark=self._remark(k, row, cell),
        )  # fmt: skip

    def _remark(self, k, row, cell):
        """What the tree says where it differs from what was written, then the note that was written."""
        return "; ".join(filter(None, [self._by_tree(k, row, cell), self.land.notes[row]]))

    def _by_tree(self, k, row, cell):
        written, structure = int(self.land.cell[row]), self.snapshot.structure
        if not all(self.named[i] for i in (written, cell) if i >= 0):
            return _("chi bộ ngoài phạm vi của anh chị")
        if self.told.lapsed[k]:
            return _("%s đã kết thúc; cần ghi lại chi bộ") % structure.name_on(written, self.on)
        if cell != written and written >= 0:
            return _("kế thừa %s") % structure.name_on(written, self.on)
        return ""

    def in_state(self, state):
        """Mask of those in a state, or LACKING a cell of their own."""
        if state == LACKING:
            return self.state != STATES.index(OWN)
        return self.state == STATES.index(state)

    def with_words(self, words):
        """Mask of those whose name or code holds these words, without accents."""
        wanted = fold(words)
        found = np.array([wanted in text for text in self.land.search], bool)
        return found[self.order]

    @cached_property
    def _by_position(self):
        told, known = {}, self.told.standing[self.order] & (self.where >= 0)
        for state in (OWN, SHARED, NONE):
            here = self.where[known & self.in_state(state)]
            told[state] = self.tree.roll(np.bincount(here, minlength=len(self.tree)))
        return told

    def counts(self, p):
        """Counts at and below a position."""
        told = {state: int(self._by_position[state][p]) for state in STATES}
        return Counts(self.tree.code(p), self.tree.name(p), **told)

    def units(self):
        """Counts of the question's committee, and [Counts] of the units directly below it that have any."""
        p = self.question.position
        below = [self.counts(child) for child in self.tree.children(p)]
        return self.counts(p), [one for one in below if one.all]


@dataclass(frozen=True)
class Told:
    """A figure as reported: what, how many, for which day, by what source."""

    what: str
    value: str
    of: str
    day: str
    source: str


def reported(snapshot, question):
    """[Told] of what the question's committee itself reported of its settlements by the day, the latest of each."""
    i = snapshot.structure.by_code[question.code]
    figures = snapshot.small.reported.get(snapshot.structure.ids[i], ())
    found = {}
    for figure in figures:
        what = fold(figure.indicator)
        if what in INDICATORS and figure.group_id is None and figure.since <= question.on:
            if what not in found or found[what].since <= figure.since:
                found[what] = figure
    whole = found.get(INDICATORS[2])
    told = []
    for what in INDICATORS[:2]:
        if (figure := found.get(what)) is not None:
            of = value_words(whole.value) if whole is not None and whole.since == figure.since else ""
            told.append(
                Told(figure.indicator, value_words(figure.value), of, period_words(figure), figure.source)
            )
    return told

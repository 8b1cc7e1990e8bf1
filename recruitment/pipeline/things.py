"""Kinds of things to be done in a committee: which rows, since or until which day, and the list that shows just them.

The counts of the workplaces come from here; each equals the list its address opens (same mask, same rights).
"""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.access import PEOPLE

from ..facts import NEVER
from ..models import Stage
from ..quotas.progress import in_force
from ..quotas.question import seen_by
from .stages import UNDATED, UNDECIDED
from .worklist import ENDING, LAPSED, LAPSING, NO_MENTOR, RECOGNITION, Worklist

OPEN, WAITING, CEREMONY = "open", "waiting", "ceremony"
CANDIDACIES, ADMISSIONS = "candidacies", "admissions"


@dataclass(frozen=True)
class Thing:
    """A kind: what it is called, and the list with the condition that shows exactly its rows."""

    label: str
    table: str
    condition: dict


THINGS = {
    OPEN: Thing(_("Hồ sơ đang mở"), CANDIDACIES, {}),
    WAITING: Thing(_("Chờ quyết định kết nạp"), CANDIDACIES, {"stage": Stage.SUBMITTED.value}),
    CEREMONY: Thing(_("Chờ lễ kết nạp"), CANDIDACIES, {"stage": Stage.DECIDED.value}),
    UNDECIDED: Thing(_("Chờ lễ, chưa có quyết định trong sổ"), CANDIDACIES, {"stage": UNDECIDED}),
    UNDATED: Thing(_("Có quyết định, chưa ghi ngày lễ"), ADMISSIONS, {"ceremony": UNDATED}),
    NO_MENTOR: Thing(_("Chưa có người giúp đỡ"), CANDIDACIES, {"due": NO_MENTOR}),
    LAPSED: Thing(_("Chứng nhận đã hết hạn"), CANDIDACIES, {"due": LAPSED}),
    LAPSING: Thing(_("Chứng nhận hết hạn trong 90 ngày"), CANDIDACIES, {"due": LAPSING}),
    RECOGNITION: Thing(_("Đến hạn xét công nhận chính thức"), ADMISSIONS, {"due": RECOGNITION}),
    ENDING: Thing(_("Hết dự bị trong 90 ngày"), ADMISSIONS, {"due": ENDING}),
}
_LISTS = {CANDIDACIES: "candidacy-list", ADMISSIONS: "admission-list"}


def way(name, *args, **query):
    """The address of a page of ours, with what it is asked."""
    address = reverse(f"recruitment:{name}", args=args)
    return f"{address}?{urlencode(query)}" if query else address


class Things:
    """What stands to be done at and below a question's committee, as far as the account sees people. No query."""

    def __init__(self, access, snapshot, question):
        self.access, self.snapshot, self.question = access, snapshot, question
        self.on = question.on.toordinal()
        self.work = Worklist(snapshot, question)
        self.road = self.work.road
        self._known = {}

    def of(self, kind):
        """(indexes of the rows in their table, the day number of each: when it is due, or since when it stands)."""
        if kind not in self._known:
            table = THINGS[kind].table
            mask, days = self._find(kind)
            rows = self.snapshot.tables[table]
            found = np.flatnonzero(mask & self._seen(self.snapshot.places(rows)))
            self._known[kind] = found, days[found]
        return self._known[kind]

    def count(self, kind):
        return len(self.of(kind)[0])

    def address(self, kind, code=""):
        """The list of just these rows, at and below a committee (the question's own by default)."""
        thing = THINGS[kind]
        return way(_LISTS[thing.table], committee=code or self.question.code, **thing.condition)

    def by_committee(self, kind):
        """How many at and below each position of the question's tree."""
        tree, places = self.question.tree, self.snapshot.places(self.snapshot.tables[THINGS[kind].table])
        return tree.roll(tree.count(places[self.of(kind)[0]]))

    def _seen(self, places):
        return seen_by(self.access, PEOPLE, self.snapshot, places)

    def _find(self, kind):
        if kind in {ENDING, RECOGNITION}:
            return self.work.admissions(kind), self.work.probation_ends
        if kind in {LAPSING, LAPSED}:
            return self.work.candidacies(kind), self.work.candidacy_due
        if kind == NO_MENTOR:
            return self.work.candidacies(kind), self.road.rows["entered"]
        if kind == UNDATED:
            return self._undated, self.snapshot.admissions["decided"]
        if kind == OPEN:
            return self.road.open, self.since
        return self.road.at(THINGS[kind].condition["stage"]), self.since

    @property
    def _undated(self):
        rows, question = self.snapshot.admissions, self.question
        mask = in_force(rows, question.on) & (rows["decided"] <= self.on) & (rows["held"] == NEVER)
        return mask & question.holds(question.tree.position[self.snapshot.places(rows)])

    @cached_property
    def since(self):
        """Day number on which each candidacy reached the stage at which it stands; 0 before its first step."""
        row, _stage, day = self.snapshot.stage_days
        taken, since = np.flatnonzero(day <= self.on), np.zeros(len(self.road.mask), np.int32)
        since[row[taken]] = day[taken]
        return since

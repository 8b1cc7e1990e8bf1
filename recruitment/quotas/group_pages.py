"""What the pages of groups say: what each means, how many it meant this year, which targets name it; and how many a
definition would mean that is not saved yet."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _

from committees import vietnamese
from committees.access import FIGURES, PEOPLE
from committees.filters import among

from ..fact_tables import TRAITS
from ..facts import ages, bits, days
from ..models import Admission, Group, Plan, Quota
from . import veil
from .breakdown import group_counts
from .counting import counts
from .group_terms import sentence
from .groups import concerning, label
from .links import Links
from .place import name_on
from .plans import concerns
from .question import Selection, ask, seen_by
from .targets import written

# So many of the newest admissions are looked at for a definition that is not saved: reading their words takes a while.
LOOKED_AT = 50_000
MOST_TARGETS = 200


@dataclass(frozen=True)
class GroupRow:
    """One group. count: people admitted this year, None where `said` stands for it; plans: [(Plan, committees with a
    target for it)] within the reader's reach."""

    group: Group
    name: str
    count: int | None
    said: str
    plans: list

    @property
    def sentence(self):
        return sentence(self.group.predicate)


class GroupsPage:
    """The groups that concern a committee, each with what was admitted there this year to date. No query."""

    def __init__(self, access, snapshot, committee):
        self.access, self.snapshot, self.committee = access, snapshot, committee
        self.question, _progress = ask(snapshot, committee.code, on=access.today)
        self.people = access.may(PEOPLE, committee.pk)
        self.year = access.today.year
        self.links = Links(self.question, people=self.people)

    @cached_property
    def selection(self):
        """The year's admissions, the base of every count here."""
        selection = Selection(self.snapshot, self.question)
        return selection.narrow(selection.rows["decided"] >= date(self.year, 1, 1).toordinal())

    @property
    def total(self):
        return len(self.selection)

    @cached_property
    def rows(self):
        """[GroupRow], those in use first."""
        today, chosen, facts = self.access.today, self.selection.chosen, self.selection.rows
        groups = concerning(self.snapshot, self.committee.code, today)
        counts, used = group_counts(self.snapshot, facts, chosen, groups), self._used
        veiled = None if self.people else veil.of(self.selection)
        found = []
        for group in groups:
            n = counts[group.code]
            said = veiled.instead(group, n) if veiled else ""
            name = label(self.snapshot, group, self.committee.code, today)
            found.append(GroupRow(group, name, None if said else n, said, used.get(group.pk, [])))
        return sorted(found, key=lambda row: not row.group.offered_on(today))

    def row(self, group):
        return next(row for row in self.rows if row.group.pk == group.pk)

    @property
    def running(self):
        return [row for row in self.rows if row.group.offered_on(self.access.today)]

    @property
    def ended(self):
        return [row for row in self.rows if not row.group.offered_on(self.access.today)]

    @cached_property
    def _used(self):
        """{group id: [(Plan, committees)]} of the targets within reach, the newest plan first."""
        plans = {plan.pk: plan for plan in self.snapshot.small.plans.values()}
        index, found = self.snapshot.structure.index, {}
        for (plan_id, group_id), targets in self.snapshot.small.quotas.items():
            if group_id is None:
                continue
            where = np.array([index[pk] for pk in targets], np.int32)
            n = int(np.count_nonzero(seen_by(self.access, FIGURES, self.snapshot, where)))
            if n and concerns(self.access, plans[plan_id], FIGURES):
                found.setdefault(group_id, []).append((plans[plan_id], n))
        for rows in found.values():
            rows.sort(key=lambda row: row[0].since, reverse=True)
        return found


@dataclass(frozen=True)
class TargetOfGroup:
    """The last value of a committee's target for a group under a plan."""

    plan: Plan
    code: str
    name: str
    quota: Quota

    @property
    def words(self):
        return written(self.quota)


def targets_of(access, snapshot, group):
    """[TargetOfGroup] within the reader's reach, the newest plan first, MOST_TARGETS at most. No query."""
    structure, found = snapshot.structure, []
    plans = sorted(snapshot.small.plans.values(), key=lambda plan: plan.since, reverse=True)
    for plan in plans:
        targets = snapshot.small.quotas.get((plan.pk, group.pk), {})
        where = np.array([structure.index[pk] for pk in targets], np.int32)
        seen = seen_by(access, FIGURES, snapshot, where) if len(where) else ()
        for pk, within in zip(targets, seen, strict=True):
            if within and len(found) < MOST_TARGETS:
                code = structure.codes[structure.index[pk]]
                name = name_on(snapshot, code, access.today)
                found.append(TargetOfGroup(plan, code, name, targets[pk][-1]))
    return found


@dataclass(frozen=True)
class Look:
    """How many of the admissions on record under a committee a definition means. first: the earliest decision looked
    at."""

    count: int
    total: int
    first: date | None
    people: bool

    @property
    def words(self):
        """Who sees figures only learns the order of it: with one exact number for each definition tried, a few tries
        would tell of a single person."""
        if self.people:
            return vietnamese.number(self.count)
        if self.count < veil.FEWEST:
            return _("dưới %d") % veil.FEWEST
        for last in (20, 100):
            if self.count < last:
                return _("dưới %s") % vietnamese.number(last)
        return _("từ %s trở lên") % vietnamese.number(100)


def look(access, snapshot, committee, predicate):
    """The Look at a definition that is not saved. One query, of the words of LOOKED_AT people at most."""
    question, _progress = ask(snapshot, committee.code, on=access.today)
    tree, rows = question.tree, snapshot.admissions
    where = tree.position[snapshot.places(rows)]
    mask = counts(rows, access.today) & question.holds(where) & (rows["decided"] <= access.today.toordinal())
    chosen = np.flatnonzero(mask)
    chosen = chosen[np.argsort(-rows["decided"][chosen], kind="stable")][:LOOKED_AT]
    names = [*TRAITS, "born", "decided_on"]
    ids = rows["id"][chosen].tolist()
    found = list(Admission.objects.filter(pk__in=among(ids)).values_list(*names))
    raw = (
        dict(zip(names, map(list, zip(*found, strict=True)), strict=True))
        if found
        else dict.fromkeys(names, [])
    )
    age = ages(days(raw["born"]), days(raw["decided_on"]))
    told = bits(raw, [Group(predicate=predicate)], age)
    first = date.fromordinal(int(rows["decided"][chosen[-1]])) if len(chosen) else None
    people = access.may(PEOPLE, committee.pk)
    return Look(int(np.count_nonzero(told)), len(found), first, people)

"""The units directly below a committee under a plan: their targets beside the committee's own, and everything by which
a target may be shared out among them. One snapshot; `declared` alone asks a query.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from committees.vietnamese import add_months

from ..facts import STAGES
from ..models import Allotment, Stage
from .allocation import share
from .declared import Declared
from .heirs import targets_on
from .progress import Standings, counted
from .question import seen_on

Method = Allotment.Method


@dataclass(frozen=True)
class Members:
    """How many members a unit has. day: of its own latest headcount, or the earliest of those added up; parts: how many
    units' counts were added up (0: its own); missing: of how many units below nothing is known."""

    value: int
    day: date
    parts: int = 0
    missing: int = 0


@dataclass(frozen=True)
class Unit:
    position: int
    pk: int
    code: str
    name: str
    parent: bool  # whether it has units of its own to hand its target on to


class Below:
    """The units directly below a committee on `day`: today, or the plan's first day while it has not begun, its last
    once it is over. `known`: the last day of which facts are told. `stands`: whether the committee stands on that day."""

    def __init__(self, snapshot, plan, committee_id, *, today):
        self.snapshot, self.plan, self.committee_id = snapshot, plan, committee_id
        self.known = min(today, plan.last_day)
        self.day = seen_on(plan, today)
        self.tree = tree = snapshot.tree(self.day)
        i = snapshot.structure.index[committee_id]
        self.stands, self._targets = tree.stands(i), {}
        self.position = int(tree.position[i])
        self.units = [self._unit(p) for p in tree.children(self.position)] if self.stands else []

    def _unit(self, p):
        tree = self.tree
        return Unit(p, tree.id(p), tree.code(p), tree.name(p), int(tree.end[p]) > p + 1)

    @property
    def code(self):
        return self.snapshot.structure.codes[self.snapshot.structure.index[self.committee_id]]

    @cached_property
    def name(self):
        return self.snapshot.structure.name_on(self.snapshot.structure.index[self.committee_id], self.day)

    def targets(self, group=None):
        """{position: Target} in force on the day, of the whole tree; worked out once."""
        key = group and group.pk
        if key not in self._targets:
            self._targets[key] = targets_on(self.snapshot, self.plan, self.day, self.tree, key)
        return self._targets[key]

    def goal(self, group=None):
        """The number of the committee's own target; None without one, or where it cannot be told."""
        target = self.targets(group).get(self.position) if self.stands else None
        return target and target.value

    @cached_property
    def grouped(self):
        """[Group] for which the committee or one of the units has a target, in their order."""
        here = {self.position, *(unit.position for unit in self.units)}
        return [
            group
            for group in self.snapshot.groups
            if (self.plan.pk, group.pk) in self.snapshot.small.quotas and here & self.targets(group).keys()
        ]

    # By what one may share out: {position of a unit: number}; a unit of which nothing is known is not in it. ---------

    @cached_property
    def members(self):
        """{position: Members}: the unit's own latest headcount, else what those below it add up to."""
        return {unit.position: found for unit in self.units if (found := self._members(unit.position))}

    @cached_property
    def _headcounts(self):
        """{position: Headcount}: the latest of each committee at or below, up to the last day known."""
        tree, index, found = self.tree, self.snapshot.structure.index, {}
        end = int(tree.end[self.position]) if self.stands else -1
        for committee_id, rows in self.snapshot.small.headcounts.items():
            i = index[committee_id]
            p = int(tree.position[i])
            if self.position <= p < end and tree.stands(i):
                last = next((row for row in reversed(rows) if row.day <= self.known), None)
                if last is not None:
                    found[p] = last
        return found

    @cached_property
    def _headcounted(self):
        return sorted(self._headcounts)

    def _members(self, p):
        own = self._headcounts.get(p)
        if own is not None:
            return Members(own.members, own.day)
        first = bisect_left(self._headcounted, p)
        if first == bisect_left(self._headcounted, self.tree.end[p]):
            return None
        below = [self._members(child) for child in self.tree.children(p)]
        told = [one for one in below if one]
        return Members(
            sum(one.value for one in told),
            min(one.day for one in told),
            parts=sum(one.parts or 1 for one in told),
            missing=sum(one.missing if one else 1 for one in below),
        )

    @cached_property
    def pool(self):
        """Open candidacies at the end of the last day known."""
        stages = self.snapshot.stages_on(self.known.toordinal())
        mask = np.isin(stages, [STAGES[stage] for stage in Stage.open()])
        return self._counted(self.snapshot.followers_on(self.known.toordinal())[np.flatnonzero(mask)])

    @cached_property
    def last_period(self):
        """(first day, last day) of what `last` counts: the plan before, else as long a time before this plan; both
        inclusive, up to the last day known."""
        plan, before = self.plan, self.plan.previous
        if before is not None:
            return before.since, min(before.last_day, self.known)
        months = (plan.until.year - plan.since.year) * 12 + plan.until.month - plan.since.month
        whole = months and add_months(plan.since, months) == plan.until
        first = add_months(plan.since, -months) if whole else plan.since - (plan.until - plan.since)
        return first, min(plan.since - timedelta(days=1), self.known)

    @cached_property
    def last(self):
        """What each unit reached in the plan before, reported figures where they stand in; without one, what was
        counted in as long a time before."""
        first, last = self.last_period
        before = self.plan.previous and self.snapshot.small.plans[self.plan.previous.code]
        if before is not None:
            answer = Standings(self.snapshot, before, self.tree, last, last, None)
            return {unit.position: answer.standing(unit.position).admitted for unit in self.units}
        mask, where, _rows = counted(self.snapshot, self.plan, first, last)
        return self._counted(where[np.flatnonzero(mask)])

    @cached_property
    def declared(self):
        """Candidates declared for the plan and not taken back, whose road has not ended. One query."""
        told = Declared(self.snapshot, self.plan, self.known)
        return self._counted(told.where(told.mask))

    def _counted(self, committees):
        total = self.tree.roll(self.tree.count(committees))
        return {unit.position: int(total[unit.position]) for unit in self.units}

    def weights(self, method):
        """{position: whole number} by which a method shares out; {} for a method that has none (by hand)."""
        return {
            Method.MEMBERS: lambda: {p: found.value for p, found in self.members.items()},
            Method.POOL: lambda: self.pool,
            Method.DECLARED: lambda: self.declared,
            Method.LAST: lambda: self.last,
        }.get(method, dict)()

    def suggest(self, method, total, *, least=0):
        """{committee id: number} of a total shared out by a method: by hand, what each has now. Units without a weight
        get none. Raises Unshareable."""
        if method == Method.HAND:
            return self.now(None)
        weights = self.weights(method)
        asked = [unit for unit in self.units if unit.position in weights]
        shares = share(total, [weights[unit.position] for unit in asked], least=least)
        return {unit.pk: number for unit, number in zip(asked, shares, strict=True)}

    def suggest_group(self, group, portions):
        """{committee id: number} of the committee's target for a group, shared out as the whole was (`portions`, by
        committee id): so no unit gets more for the group than in all. What each has now, where the committee has none
        for the group."""
        goal, units = self.goal(group), [pk for pk, number in portions.items() if number]
        if goal is None or not units:
            return self.now(group)
        return dict(zip(units, share(goal, [portions[pk] for pk in units]), strict=True))

    def now(self, group):
        """{committee id: number} of the targets in force of the units."""
        found = self.targets(group)
        return {unit.pk: found[unit.position].value for unit in self.units if unit.position in found}

"""Admitted against target, any node, any day, any tree, any group: the one calculation (design.md §5).

Dashboards, reports, forecasts, exports and the command line ask this and nothing else. Pure arithmetic over one
snapshot: no query.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy as np

from committees import vietnamese

from ..facts import NEVER
from ..models import Plan
from .asked_tree import Unanswerable, standing_position, tree_day
from .counting import counts
from .heirs import targets_on
from .reported import standing_in
from .targets import Target

RECORDS, REPORTED = "records", "reported"
MET, BEHIND, NO_TARGET, NO_SOURCE = "met", "behind", "no_target", "no_source"


@dataclass(frozen=True)
class Standing:
    """One committee against its target."""

    position: int
    code: str
    name: str
    target: Target | None
    admitted: int
    basis: str = RECORDS

    @property
    def goal(self):
        """The number to reach (a range's lower end), or None."""
        return self.target.value if self.target else None

    @property
    def percent(self):
        """Decimal, two places, half-up; None without a target or with target 0."""
        return vietnamese.percent(self.admitted, self.goal) if self.goal else None

    @property
    def surplus(self):
        return None if self.goal is None else self.admitted - self.goal

    @property
    def state(self):
        if self.goal is None:
            return NO_TARGET
        if self.goal == 0:
            return MET if self.admitted else NO_SOURCE
        return MET if self.admitted >= self.goal else BEHIND

    def as_json(self):
        return {
            "code": self.code,
            "name": self.name,
            "target": self.goal,
            "admitted": self.admitted,
            "percent": _text(self.percent),
            "surplus": self.surplus,
            "state": self.state,
            "basis": self.basis,
            **(self.target.as_json() if self.target else {}),
        }


@dataclass(frozen=True)
class Previous:
    """The plan before, whole, for the same committee by the same tree."""

    plan: Plan
    admitted: int
    basis: str
    difference: int


@dataclass(frozen=True)
class Progress:
    """A committee and its direct children under a plan, on a day, by a tree."""

    plan: Plan
    group: object
    on: date
    tree_on: date
    day: date  # the last day that counts: min(on, the plan's last day)
    tree: object
    node: Standing
    own: int
    # People on record at and below each position of the tree: the array from which every count here was read.
    recorded: np.ndarray = field(repr=False, compare=False)
    children: list = field(default_factory=list)
    previous: Previous | None = None

    def __getattr__(self, name):
        if name in {"target", "admitted", "percent", "surplus", "state", "basis", "code", "name", "goal"}:
            return getattr(self.node, name)
        raise AttributeError(name)

    @property
    def with_target(self):
        return [child for child in self.children if child.goal is not None]

    @property
    def assigned(self):
        return len(self.with_target)

    @property
    def met(self):
        return sum(child.state == MET for child in self.with_target)

    def as_json(self):
        """The document of contracts §1 `attainment`."""
        plan, node = self.plan, self.node
        previous = self.previous and {
            "plan": self.previous.plan.code,
            "admitted": self.previous.admitted,
            "basis": self.previous.basis,
            "difference": self.previous.difference,
        }
        return {
            "plan": {
                "code": plan.code,
                "name": plan.name,
                "issuer": plan.issuer,
                "document": plan.document or None,
                "from": plan.since.isoformat(),
                "to": plan.last_day.isoformat(),
                "counts_by": plan.counts_by,
            },
            "committee": {"code": node.code, "name": node.name},
            "group": self.group.code if self.group else None,
            "on": self.on.isoformat(),
            "tree_on": self.tree_on.isoformat(),
            "target": node.goal,
            **(node.target.as_json() if node.target else {}),
            "admitted": node.admitted,
            "percent": _text(node.percent),
            "surplus": node.surplus,
            "own": self.own,
            "assigned": self.assigned,
            "met": self.met,
            "basis": node.basis,
            "previous": previous,
            "children": [child.as_json() for child in self.children],
        }


def _text(percent):
    return None if percent is None else f"{percent:.2f}" if isinstance(percent, Decimal) else str(percent)


def progress(snapshot, plan, committee=None, *, on=None, tree_on=None, group=None):
    """Admitted against target of a committee and its direct children.

    plan, committee, group: codes (or a Plan cut to one of its years). on: the day asked (inclusive), by default the plan's last day or today, whichever
    is earlier. tree_on: the day whose tree carries the figures, by default `on`, or the committee's last day if it no
    longer stood then. Raises Unanswerable. Rules: contracts §1 `attainment`.
    """
    plan = find_plan(snapshot, plan)
    group = find_group(snapshot, group)
    on = on or min(plan.last_day, vietnamese.today())
    if tree_on is not None and tree_on < on:
        raise Unanswerable(
            f"Ngày của cây tổ chức ({vietnamese.day(tree_on)}) không được trước ngày tính ({vietnamese.day(on)})."
        )
    i = _committee(snapshot, plan, committee, tree_on or on)
    tree_on = tree_on or tree_day(snapshot, i, on)
    tree = snapshot.tree(tree_on)
    p = standing_position(snapshot, tree, i, tree_on)
    day = min(on, plan.last_day)
    answer = Standings(snapshot, plan, tree, on, day, group)
    children = [answer.standing(child) for child in tree.children(p)]
    node = answer.standing(p)
    previous = None
    if plan.previous_id:
        before = find_plan(snapshot, plan.previous.code)
        then = Standings(snapshot, before, tree, before.last_day, before.last_day, group).standing(p)
        previous = Previous(before, then.admitted, then.basis, node.admitted - then.admitted)
    own = int(answer.recorded[p]) - sum(int(answer.recorded[child.position]) for child in children)
    return Progress(plan, group, on, tree_on, day, tree, node, own, answer.recorded, children, previous)


def find_plan(snapshot, code):
    """The plan of that code; Unanswerable if there is none. A Plan is itself: that of one year of a term has no code."""
    if isinstance(code, Plan):
        return code
    try:
        return snapshot.small.plans[code]
    except KeyError:
        raise Unanswerable(f"Không có kế hoạch mang mã “{code}”.") from None


def find_group(snapshot, code):
    """The group of that code, None for None; Unanswerable if there is none."""
    if not code:
        return None
    for group in snapshot.groups:
        if group.code == code:
            return group
    known = ", ".join(group.code for group in snapshot.groups)
    raise Unanswerable(f"Không có nhóm mang mã “{code}”. Các nhóm: {known}.")


def _committee(snapshot, plan, code, day):
    structure = snapshot.structure
    if code is not None:
        if code not in structure.by_code:
            raise Unanswerable(f"Không có tổ chức đảng mang mã “{code}”.")
        return structure.by_code[code]
    if plan.committee_id:
        return structure.index[plan.committee_id]
    tree = snapshot.tree(day)
    with_target = {
        int(tree.position[heir])
        for (plan_id, _), rows in snapshot.small.quotas.items()
        if plan_id == plan.pk
        for committee_id in rows
        for heir in tree.bearers.of(structure.index[committee_id])
    }
    p = min(with_target, default=-1)
    while p >= 0 and tree.end[p] <= max(with_target):
        p = int(tree.up[p])
    if p < 0:
        raise Unanswerable(
            f"Kế hoạch “{plan.code}” không có tổ chức nào đứng trên mọi đơn vị được giao: hãy nêu --committee."
        )
    return int(tree.order[p])


def counted(snapshot, plan, first, last, group=None, *, on=None):
    """(mask, committee indexes, rows): which rows of which table the plan counts from day `first` to day `last`, both
    inclusive, as in force on the day `on` (by default `last`). The one mask behind every figure and every list."""
    if plan.counts == Plan.Counts.TRAINED:
        rows = snapshot.certificates
        when, mask = rows["issued"], rows["awareness"] & (rows["arrived"] == NEVER)
    else:
        rows = snapshot.admissions
        when = rows["held"] if plan.counts_by == Plan.CountsBy.CEREMONY else rows["decided"]
        mask = counts(rows, on or last)
    mask &= (when >= first.toordinal()) & (when <= last.toordinal())
    if group is not None:
        mask &= (rows["groups"] & snapshot.bit(group.code)) != 0
    return mask, snapshot.places(rows), rows


class Standings:
    """All nodes of one tree under one plan at once, a group's if named. on: the day asked; day: the last that counts,
    min(on, the plan's last day). No query."""

    def __init__(self, snapshot, plan, tree, on, day, group):
        self.snapshot, self.plan, self.tree = snapshot, plan, tree
        self.on, self.group = on, group
        self.recorded = self._roll(day, group)
        self.targets = targets_on(snapshot, plan, day, tree, group.pk if group else None)
        self.may_stand_in = on >= plan.last_day
        self._any = None if group or day != plan.last_day else self.recorded

    def _roll(self, last, group):
        if last < self.plan.since:
            return np.zeros(len(self.tree), np.int64)
        mask, where, _ = counted(self.snapshot, self.plan, self.plan.since, last, group, on=self.on)
        return self.tree.roll(self.tree.count(where[np.flatnonzero(mask)]))

    def _has_records(self, p):
        if self._any is None:
            self._any = self._roll(self.plan.last_day, None)
        return self._any[p] > 0

    def standing(self, p):
        admitted, basis = int(self.recorded[p]), RECORDS
        figure = self._reported(p)
        if figure is not None:
            admitted, basis = figure, REPORTED
        tree = self.tree
        return Standing(p, tree.code(p), tree.name(p), self.targets.get(p), admitted, basis)

    def _reported(self, p):
        """A reported figure for exactly the plan's period, where no record speaks; the last one entered."""
        figures = self.snapshot.small.reported.get(self.tree.id(p)) if self.may_stand_in else None
        if not figures or self._has_records(p):
            return None
        said = standing_in(figures, self.plan, self.group.pk if self.group else None)
        return int(said.value) if said else None

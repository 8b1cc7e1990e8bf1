"""Giving from the remainder (giao bổ sung): a unit gets more out of what its committee's target still holds. Judged
under the pen, so that fifty at once never give more than there is."""

from dataclasses import dataclass
from types import SimpleNamespace

from django.utils.translation import gettext as _

from committees import journal
from committees.vietnamese import day as written_day
from committees.vietnamese import number

from ..fields import Aim
from ..models import Plan, Quota
from .deeds import Refused, Stands, default_day
from .heirs import borne_on, targets_on
from .issuing import in_force
from .judgement import standing_from, target_faults
from .targets import added, written


@dataclass(frozen=True)
class Remainder:
    """What of a committee's target no unit was given, on the day when it is least. `left` is negative where more was
    given than there is; None where the target, or a unit's, cannot be told."""

    goal: int | None
    given: int
    left: int | None


def hand_out(
    plan, parent, child, *, more, by, snapshot,
    group=None, effective_on=None, document="", reason="", beyond=False,
):  # fmt: skip
    """`more` people on top of what a child has to reach, from a day on (inclusive): one more row of its target.

    snapshot: read before the pen, for the tree and the members that rates are of; targets are read under the pen. Refused
    where the committee's target holds fewer unallotted on that day or a later one on which the new value counts, unless
    `beyond`, which needs a reason. One value a day holds for handing out too: a second one to the same child on one day
    is told what stands (Stands). Raises Refused. Returns (Quota, Remainder after it). Cost: 2 queries and the pen's.
    """
    with journal.pen(by, "quota-hand-out", about=f"plan:{plan.code}", committee=child, count=more):
        plan = Plan.objects.get(pk=plan.pk)
        effective_on = effective_on or default_day(plan)
        family = _Family(snapshot, plan, parent, effective_on, group)
        history = family.history(child.pk)
        there = standing_from(history, effective_on)
        if there is not None:
            raise Stands(there)
        aim = _more(in_force(history, effective_on), family.inherited(child.pk), more)
        faults = target_faults(
            plan, snapshot.structure, child.pk, history, aim,
            effective_on=effective_on, base_on=None, document=document, reason=reason, group=group,
        )  # fmt: skip
        if not family.holds(child.pk):
            faults.append(("child", _("một đơn vị trực thuộc vào ngày %s") % written_day(effective_on)))
        until = next((row.effective_on for row in history if row.effective_on > effective_on), plan.until)
        before = family.remainder(until)
        faults += _beyond(before, more, beyond, reason)
        if faults:
            raise Refused(*faults)
        quota = Quota(
            plan=plan, committee=child, group=group, **aim._asdict(), effective_on=effective_on,
            document=document, reason=reason,
        )  # fmt: skip
        quota.save()
    left = None if before.left is None else before.left - more
    return quota, Remainder(before.goal, before.given + more, left)


def _more(quota, inherited, more):
    """The Aim of a row with so many more; of no row, just so many. inherited: the Target of a child that bears more than
    its own: the row is then the whole, what came to it included."""
    if more < 1:
        raise Refused(("more", _("số người giao thêm, từ 1 trở lên")))
    if inherited is not None:
        if inherited.value is None:
            raise Refused(("child", _("một đơn vị tính được chỉ tiêu: %s") % inherited.why_not))
        return Aim(inherited.value + more, inherited.to and inherited.to + more, at_least=inherited.at_least)
    if quota is None:
        return Aim(more)
    if quota.rate is not None or quota.per_year:
        raise Refused(
            ("child", _("một đơn vị có chỉ tiêu là số người; đơn vị này đang được giao %s") % written(quota))
        )
    return Aim(quota.low + more, quota.high and quota.high + more, at_least=quota.at_least)


def _beyond(remainder, more, beyond, reason):
    if beyond:
        return [] if reason else [("reason", _("lý do giao hơn chỉ tiêu chung"))]
    if remainder.goal is None:
        return [("", _("chỉ tiêu chung tính được; chưa có thì không còn gì để giao thêm"))]
    if remainder.left is None:
        return [("", _("chỉ tiêu của mọi đơn vị tính được, để biết còn bao nhiêu"))]
    if more > remainder.left:
        return [("more", _("không quá phần còn lại: còn %s chưa giao") % number(max(0, remainder.left)))]
    return []


def remainder(snapshot, plan, parent, *, on, group=None):
    """The Remainder of a committee's target from a day on, of what is committed. One query."""
    return _Family(snapshot, plan, parent, on, group).remainder(plan.until)


class _Family:
    """A committee and its direct children on a day, with their targets as they stand in the database now. One query."""

    def __init__(self, snapshot, plan, parent, day, group):
        structure, self.plan, self.day, self.group = snapshot.structure, plan, day, group
        self.tree = tree = structure.at(day)
        i = structure.index[parent.pk]
        self.position = int(tree.position[i]) if tree.stands(i) else -1
        self.children = tree.children(self.position) if self.position >= 0 else []
        # An ended committee's target is borne by its heirs; what its superior was given decides whether.
        here = tree.bearers.borne_by({self.position, *self.children} - {-1})
        ids = [structure.ids[i] for i in here]
        self.rows = {}
        found = Quota.objects.filter(plan=plan, group=group, committee_id__in=ids)
        for quota in found.order_by("effective_on", "pk"):
            self.rows.setdefault(quota.committee_id, []).append(quota)
        small = SimpleNamespace(
            quotas={(plan.pk, group and group.pk): self.rows}, headcounts=snapshot.small.headcounts
        )
        self.read = SimpleNamespace(structure=structure, small=small)

    def holds(self, committee_id):
        return self.tree.of(committee_id) in self.children and self.tree.stands(
            self.tree.structure.index[committee_id]
        )

    def history(self, committee_id):
        return self.rows.get(committee_id, [])

    def inherited(self, committee_id):
        """The Target of a child on the day, where it bears what committees that ended were given; else None."""
        borne = borne_on(self.read, self.plan, self.day, self.tree, self.group and self.group.pk)
        parts = borne.get(self.tree.of(committee_id), [])
        return None if all(part.own for part in parts) else added([part.target for part in parts])

    def remainder(self, until):
        """The least Remainder of the day and of every later one, before `until`, from which a value holds."""
        days = {row.effective_on for rows in self.rows.values() for row in rows}
        days = {self.day, *(day for day in days if self.day < day < until)}
        return min(map(self._on, sorted(days)), key=lambda one: (one.left is not None, one.left or 0))

    def _on(self, day):
        targets = targets_on(self.read, self.plan, day, self.tree, self.group and self.group.pk)
        own = targets.get(self.position)
        told = [targets[p].value for p in self.children if p in targets]
        given = sum(value for value in told if value is not None)
        goal = own and own.value
        return Remainder(goal, given, None if goal is None or None in told else goal - given)

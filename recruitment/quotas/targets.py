"""What a committee was to reach, on a day: shapes of a target, its history, its heirs."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from committees import vietnamese
from committees.vietnamese import add_months


@dataclass(frozen=True)
class Target:
    """A target as it counts on a day. `value` None with `why_not` when a rate has no base to be taken of."""

    value: int | None
    to: int | None = None
    rate: Fraction | None = None
    base: int | None = None
    base_day: date | None = None
    why_not: str | None = None
    effective_on: date | None = None
    document: str = ""

    def as_json(self):
        """The extra keys a range or a rate adds beside "target" (contracts §1)."""
        said = {}
        if self.to is not None:
            said["target_to"] = self.to
        if self.base is not None:
            said["base"] = {"value": self.base, "day": self.base_day.isoformat()}
        if self.why_not:
            said["why_not"] = self.why_not
        return said


def written(quota):
    """A quota row as its document says it: "9.352", "170–200", "7 %"."""
    if quota.rate is not None:
        return _rate(quota.rate)
    return _span(quota.low, quota.high)


def target_words(target):
    """A Target as it counts: "9.352", "170–200", "30 (7 %)"; "–" for none."""
    if target is None or target.value is None:
        return "–"
    said = _span(target.value, target.to)
    return said if target.rate is None else f"{said} ({_rate(target.rate)})"


def _span(low, high):
    said = vietnamese.number(low)
    return said if high is None else f"{said}–{vietnamese.number(high)}"


def _rate(rate):
    return f"{vietnamese.decimal(rate, 4).rstrip('0').rstrip(',')} %"


NO_BASE = "chưa có số đảng viên trong 12 tháng trước ngày bắt đầu kế hoạch"


def of_quota(snapshot, plan, quota):
    """The Target of one quota row. A rate is the fewest people who reach it of the committee's own latest headcount
    within the 12 months before plan.since, that day included; rounded up."""
    about = {"effective_on": quota.effective_on, "document": quota.document}
    if quota.rate is None:
        return Target(quota.low, quota.high, **about)
    rate = Fraction(quota.rate)
    first = add_months(plan.since, -12)
    counts = [
        c for c in snapshot.small.headcounts.get(quota.committee_id, ()) if first <= c.day <= plan.since
    ]
    if not counts:
        return Target(None, rate=rate, why_not=NO_BASE, **about)
    base = counts[-1]
    return Target(ceil(rate * base.members / 100), rate=rate, base=base.members, base_day=base.day, **about)


def targets_on(snapshot, plan, day, tree, group_id):
    """{position: Target} of every node that has a target under the plan for the group (None: the whole) on `day`, of
    the rows `borne_on` finds. No query."""
    found = {}
    for p, quotas in borne_on(snapshot, plan, day, tree, group_id).items():
        parts = [of_quota(snapshot, plan, quota) for quota in quotas]
        found[p] = parts[0] if len(parts) == 1 else _sum(parts)
    return found


def borne_on(snapshot, plan, day, tree, group_id):
    """{position: [Quota, …]} of the rows that make up each node's target on `day`, one a committee.

    The last value effective by `day` counts. A node also bears the targets of ended committees whose heir it is; where
    a committee and its superior have the same heir, only the superior's. No query.
    """
    found, structure = {}, snapshot.structure
    for committee_id, rows in snapshot.small.quotas.get((plan.pk, group_id), {}).items():
        valid = [quota for quota in rows if quota.effective_on <= day]
        i = structure.index[committee_id]
        p = int(tree.position[i])
        if not valid or p < 0:
            continue
        if not tree.stands(i):
            above = structure.last_place(i, tree.day).parent
            if above >= 0 and tree.position[above] == p:
                continue
        found.setdefault(p, []).append(valid[-1])
    return found


def _sum(parts):
    """Targets of a merger: whole numbers add up; one that is not known leaves the sum unknown."""
    missing = next((part.why_not for part in parts if part.value is None), None)
    if missing:
        return Target(None, why_not=missing)
    to = sum(part.to if part.to is not None else part.value for part in parts)
    low = sum(part.value for part in parts)
    return Target(low, to if any(part.to is not None for part in parts) else None)

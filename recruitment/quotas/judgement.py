"""What speaks against a plan or a target, whoever writes it: a clerk on a page, or a workbook. Each answer says what is
wanted instead, in Vietnamese, as it reads after "cần". Pure.
"""

from committees import vietnamese

UNUSED_CODE = "một mã chưa kế hoạch nào dùng"
KNOWN_PLAN = "mã của một kế hoạch đã có"


def plan_faults(*, code, since, until, previous, known, before, last_target=None):
    """[(name of the value, what is wanted)] against a plan.

    until: exclusive, as stored. previous: the code of the plan before it, or None. known(code): whether there is such
    a plan; before(code): the code of the plan before that one. last_target: the last day from which one of the plan's
    targets holds: a period that ends earlier would leave a target that never counts.
    """
    faults = []
    if since and until and until <= since:
        faults.append(("until", "ngày không trước “Từ ngày”"))
    elif last_target and until and until <= last_target:
        faults.append(
            ("until", f"ngày không trước {vietnamese.day(last_target)}, ngày có chỉ tiêu được giao")
        )
    if previous is not None and not known(previous):
        faults.append(("previous", KNOWN_PLAN))
    seen, at = {code}, previous
    while at is not None and at not in seen:
        seen.add(at)
        at = before(at)
    if at is not None and at == code:
        faults.append(("previous", "một kế hoạch khác, không vòng lại chính nó"))
    return faults


def last_target(snapshot, code):
    """The last day from which a target of the plan of that code holds; None without plan or target."""
    plan = snapshot.small.plans.get(code)
    days = [
        quota.effective_on
        for (plan_id, _group), targets in snapshot.small.quotas.items()
        if plan is not None and plan_id == plan.pk
        for history in targets.values()
        for quota in history
    ]
    return max(days, default=None)


def effect_fault(plan, day):
    """What is wanted of the day from which a target holds, or None. A day before the period counts from its first."""
    if day >= plan.until:
        return f"ngày không sau ngày cuối của kế hoạch ({vietnamese.day(plan.last_day)})"
    return None


def committee_fault(structure, i, plan):
    """What is wanted of the committee (an index) that is given a target, or None."""
    first, last = structure.first_day(i), structure.last_day(i)
    if first is None or first >= plan.until or (last is not None and last < plan.since):
        return "một tổ chức hoạt động trong thời gian của kế hoạch"
    return None


def standing_from(history, day):
    """The row of a target's history that holds from exactly this day, or None: there is one value a day."""
    return next((quota for quota in history if quota.effective_on == day), None)


def shape(quota):
    """(low, high, rate): what two rows must share to say the same, as `fields.target` reads it."""
    return quota.low, quota.high, quota.rate

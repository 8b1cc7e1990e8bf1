"""What speaks against a plan or a target, whoever writes it: a clerk on a page, or a workbook. Each answer says what is
wanted instead, in Vietnamese, as it reads after "cần". Pure.
"""

from committees import vietnamese

from ..fields import Aim
from .groups import group_fault

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
    """(Aim, day of a rate's members): what two rows must share to say the same, as they are read."""
    return (
        Aim(quota.low, quota.high, quota.rate, quota.at_least, quota.per_year),
        quota.base_on,
    )


def target_faults(
    plan, structure, committee_id, history, aim, *, effective_on, base_on, document, reason, group=None
):
    """[(name of the value, what is wanted)] against another row of a target's history, whoever writes it and how many
    at once. Not whether the day is taken: `standing_from`."""
    found = [
        ("group", group_fault(structure, structure.index[committee_id], group)),
        ("effective_on", effect_fault(plan, effective_on)),
        ("committee", committee_fault(structure, structure.index[committee_id], plan)),
        ("document", "số văn bản của lần điều chỉnh" if history and not document else None),
        ("reason", "lý do của lần điều chỉnh" if history and not reason else None),
        *aim_faults(plan, aim, base_on),
    ]
    return [fault for fault in found if fault[1]]


def aim_faults(plan, aim, base_on):
    """[(name of the value, what is wanted)] against a target's shape under a plan."""
    faults = []
    years = (plan.until - plan.since).days > 366
    if aim.rate is not None and aim.per_year and years:
        faults.append(("target", "tỷ lệ của cả kỳ; tỷ lệ mỗi năm thì giao trong kế hoạch của từng năm"))
    if base_on is not None and aim.rate is None:
        faults.append(("base_on", "để trống; chỉ tỷ lệ mới cần ngày lấy số đảng viên"))
    elif base_on is not None and base_on >= plan.until:
        faults.append(("base_on", f"ngày không sau ngày cuối của kế hoạch ({vietnamese.day(plan.last_day)})"))
    return faults


def term_fault(plan, term):
    """What is wanted of the plan of the term to which a plan belongs, or None. plan, term: rows, perhaps unsaved."""
    if term is None:
        return None
    if term.term_id is not None or term.code == plan.code:
        return "một kế hoạch nhiệm kỳ, không phải kế hoạch của một năm trong nhiệm kỳ"
    if plan.since < term.since or plan.until > term.until:
        return f"một kế hoạch bao trùm thời gian này; {term.name} từ {vietnamese.day(term.since)} đến {vietnamese.day(term.last_day)}"
    if (plan.counts, plan.counts_by) != (term.counts, term.counts_by):
        return "một kế hoạch đếm cùng một cách"
    return None

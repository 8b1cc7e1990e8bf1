"""The deeds of plans and targets. A target's change is a new row with its own day; nothing is overwritten (invariant 4)."""

from django.db.models import Max, Q

from committees import journal, vietnamese
from committees.editing import unchanged
from committees.tree import structure

from ..models import Group, Plan, Quota
from .judgement import UNUSED_CODE, plan_faults, standing_from, target_faults, term_fault
from .targets import written

# A change of one of these changes figures already told: its reason goes into the journal.
LEANT_ON = ("committee_id", "since", "until", "counts_by", "counts", "previous_id")


# Deeds that write one committee's target: each may be taken back as a slip of the day.
BY_ONE = ("quota-set", "quota-hand-out")


class Refused(ValueError):
    """Nothing was written. `faults`: (name of the value, what is wanted there), in Vietnamese; no name: of the whole."""

    def __init__(self, *faults):
        super().__init__("; ".join(wanted for _name, wanted in faults))
        self.faults = faults


class Stands(Refused):
    """A value holds from that very day already: `quota`. The same day cannot bear two."""

    def __init__(self, quota):
        super().__init__(
            ("effective_on", f"ngày khác: từ {vietnamese.day(quota.effective_on)} đã giao {written(quota)}")
        )
        self.quota = quota


def add_plan(*, by, code, committee, previous=None, **values):
    """A new Plan. committee None: the whole register's. values: name, kind, issuer, document, issued_on, since, until
    (exclusive), counts_by, counts, term. Raises Refused."""
    with journal.pen(by, "plan-add", about=f"plan:{code}", committee=committee):
        plans = _plans()
        if code in plans:
            raise Refused(("code", UNUSED_CODE))
        plan = Plan(code=code, committee=committee, previous=previous, **values)
        _judge(plan, plans)
        plan.save()
    return plan


def change_plan(plan, *, by, stamp=None, reason="", **values):
    """The plan as corrected; its code never changes. values: as `add_plan` takes them. stamp: that of the page.

    What changes figures (LEANT_ON) needs a reason. Raises Refused, and Overtaken if somebody wrote it since `stamp`.
    """
    with journal.pen(by, "plan-change", about=f"plan:{plan.code}", committee=plan.committee) as pen:
        fresh = unchanged(plan, stamp)
        before = {field.attname: getattr(fresh, field.attname) for field in Plan._meta.concrete_fields}
        for name, value in values.items():
            setattr(fresh, name, value)
        changed = [name for name, value in before.items() if getattr(fresh, name) != value]
        if not changed:
            raise Refused(("", "ít nhất một thay đổi; mọi ô đang như đã lưu"))
        last = Quota.objects.filter(plan=fresh).aggregate(last=Max("effective_on"))["last"]
        _judge(fresh, _plans(), last_target=last)
        if not reason and set(changed) & set(LEANT_ON):
            raise Refused(("reason", "lý do: thay đổi này làm đổi các số tính theo kế hoạch"))
        if reason:
            pen.note(reason=reason)
        fresh.save()
    return fresh


def _plans():
    return {plan.code: plan for plan in Plan.objects.select_related("previous")}


def _judge(plan, plans, last_target=None):
    def before(code):
        there = plans.get(code)
        return there.previous.code if there and there.previous_id else None

    faults = plan_faults(
        code=plan.code, since=plan.since, until=plan.until, last_target=last_target,
        previous=plan.previous.code if plan.previous_id else None, known=plans.__contains__, before=before,
    )  # fmt: skip
    if wanted := term_fault(plan, plan.term if plan.term_id else None):
        faults.append(("term", wanted))
    for year in Plan.objects.filter(term=plan) if plan.pk else ():
        if term_fault(year, plan):
            faults.append(
                ("since", f"thời gian và cách đếm còn bao trùm {year.name}, một năm của nhiệm kỳ này")
            )
    if faults:
        raise Refused(*faults)


def set_quota(
    plan, committee, *, by, target, group=None, effective_on=None, document="", reason="", base_on=None
):
    """Set the whole target of a committee under a plan, for a group if named, from a day on (inclusive).

    target: the Aim that `fields.target` reads. effective_on: by default the plan's first day for the first value, today
    for a change (the plan's last day once it is over). base_on: the day of a rate's members, by default the plan's
    first. A change needs the number of its document and its reason. Raises Refused, and Stands where a value holds from
    that day already. Returns the Quota. Cost: 3 queries, one more for a group's, and the pen's.
    """
    standing = structure()
    with journal.pen(by, "quota-set", about=f"plan:{plan.code}", committee=committee):
        # Read under the pen: another clerk may have set it, or changed the plan's period, since the page was shown.
        plan = Plan.objects.get(pk=plan.pk)
        group = Group.objects.get(pk=group.pk) if group else None
        history = list(Quota.objects.filter(plan=plan, committee=committee, group=group))
        if effective_on is None:
            effective_on = default_day(plan) if history else plan.since
        there = standing_from(history, effective_on)
        if there is not None:
            raise Stands(there)
        faults = target_faults(
            plan, standing, committee.pk, history, target,
            effective_on=effective_on, base_on=base_on, document=document, reason=reason, group=group,
        )  # fmt: skip
        if faults:
            raise Refused(*faults)
        quota = Quota(
            plan=plan, committee=committee, group=group, **target._asdict(), base_on=base_on,
            effective_on=effective_on, document=document, reason=reason,
        )  # fmt: skip
        quota.save()
    return quota


def default_day(plan):
    """The day from which a change holds where nobody says one: today, within the plan's period."""
    return max(plan.since, min(vietnamese.today(), plan.last_day))


def take_back(quota, *, by):
    """Undo a target set by mistake: the same day, by who set it, while nothing was set after it. Raises Refused."""
    with journal.pen(
        by, "quota-take-back", about=f"plan:{quota.plan.code}", committee=quota.committee
    ) as pen:
        fresh = Quota.objects.filter(pk=quota.pk).first()
        if fresh is None:
            raise Refused(("", "một lần giao còn đó; lần này đã được bỏ trước"))
        entry = journal.entry_of(fresh.stamp)
        if entry is None or not any(entry.is_todays(deed, by) for deed in BY_ONE):
            raise Refused(
                (
                    "",
                    "lần giao do chính anh chị ghi hôm nay; lần giao cũ hơn thì điều chỉnh bằng một ngày mới",
                )
            )
        later = Q(stamp__gt=fresh.stamp) | Q(effective_on__gt=fresh.effective_on)
        same = Quota.objects.filter(plan=fresh.plan_id, committee=fresh.committee_id, group=fresh.group_id)
        if same.filter(later).exists():
            raise Refused(("", "lần giao cuối cùng; sau lần này đã có lần giao khác"))
        pen.note(old=f"{written(fresh)}, {vietnamese.day(fresh.effective_on)}")
        fresh.delete()

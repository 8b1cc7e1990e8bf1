"""A draft becomes targets: every line that differs from the target in force is one more row, all or nothing, under one
document. What was issued by a slip is taken back the same day."""

from collections import defaultdict
from types import SimpleNamespace

from django.utils.translation import gettext as _

from committees import journal
from committees.editing import unchanged
from committees.filters import among
from committees.tree import structure
from committees.vietnamese import day as written_day

from ..fields import Aim
from ..models import Allotment, Plan, Quota
from .deeds import Refused
from .drafts import about, open_draft
from .heirs import borne_on
from .judgement import shape, standing_from, target_faults
from .targets import added, written

DEED = "allotment-issue"


class Unissued(Refused):
    """Nothing was written. lines: {(committee id, group id): [what is wanted there]}; `faults` of the whole beside."""

    def __init__(self, lines, *faults):
        super().__init__(*faults)
        self.lines = lines


def histories(plan, committee_ids):
    """{(committee id, group id): [Quota, …]} of these committees under a plan, in the order of their days. One query."""
    found = defaultdict(list)
    rows = Quota.objects.filter(plan=plan, committee_id__in=committee_ids)
    for quota in rows.order_by("effective_on", "pk"):
        found[quota.committee_id, quota.group_id].append(quota)
    return found


def in_force(history, day):
    """The row of a history that counts on the day, or None."""
    return next((quota for quota in reversed(history) if quota.effective_on <= day), None)


def stands(quota, target, number):
    """Whether just this number is in force. target: as `borne_beside` has it, of one that bears more than its row says."""
    if target is not None:
        return target.plain and target.value == number
    return quota is not None and shape(quota) == (Aim(number), None)


def borne_beside(plan, structure, committee_ids, day):
    """{(committee id, group id): Target} in force on a day of those of these committees that bear targets of committees that
    ended. Two queries where any ended; a rate of theirs is not worked out."""
    tree = structure.at(day)
    bearing = tree.bearers.borne_by({tree.of(pk) for pk in committee_ids} - {-1})
    if all(tree.stands(i) for i in bearing):
        return {}
    rows = {}
    for (pk, group_id), history in histories(plan, among([structure.ids[i] for i in bearing])).items():
        rows.setdefault((plan.pk, group_id), {})[pk] = history
    read = SimpleNamespace(structure=structure, small=SimpleNamespace(quotas=rows, headcounts={}))
    return {
        (tree.id(p), group_id): added([part.target for part in parts])
        for _plan, group_id in rows
        for p, parts in borne_on(read, plan, day, tree, group_id).items()
        if not all(part.own for part in parts)
    }


def issue(allotment, *, by, stamp, document, issued_on, effective_on, reason=""):
    """The targets of a draft, from `effective_on` on (inclusive), by a document of the day `issued_on`.

    A line without a number, or with the number in force, writes nothing. Every other one is judged as `set_quota`
    judges it; a change needs a reason. Of a unit that bears targets of committees that ended, the number is the whole. stamp: that of the page, so that what was read is what is issued. Returns the
    Quotas. Raises Unissued with every line's faults, and Overtaken. Cost: about eight queries, whatever the lines.
    """
    standing = structure()
    with journal.pen(by, DEED, about(allotment), committee=allotment.committee) as pen:
        fresh = open_draft(allotment, stamp)
        plan = Plan.objects.get(pk=fresh.plan_id)
        portions = fresh.portions.select_related("group").order_by("pk")
        portions = [portion for portion in portions if portion.number is not None]
        past = histories(plan, {portion.committee_id for portion in portions})
        borne = borne_beside(
            plan, standing, list({portion.committee_id for portion in portions}), effective_on
        )
        children = _children(standing, fresh.committee_id, effective_on)
        made, lines, changes = [], {}, False
        for portion in portions:
            key = portion.committee_id, portion.group_id
            history, aim = past[key], Aim(portion.number)
            if stands(in_force(history, effective_on), borne.get(key), portion.number):
                continue
            changes = changes or bool(history)
            wanted = _wanted(plan, standing, portion, history, aim, effective_on, document, reason)
            if key[0] not in children:
                wanted.append(
                    _("để trống: không phải đơn vị trực thuộc vào ngày %s") % written_day(effective_on)
                )
            if wanted:
                lines[key] = wanted
            made.append(
                Quota(plan=plan, committee_id=key[0], group_id=key[1], **aim._asdict(),
                      effective_on=effective_on, document=document, reason=reason if history else "")
            )  # fmt: skip
        faults = _faults(made, changes, document, reason, issued_on, effective_on, plan)
        if faults or lines:
            raise Unissued(lines, *faults)
        fresh.document, fresh.reason = document, reason
        fresh.issued_on, fresh.effective_on = issued_on, effective_on
        fresh.save()
        Quota.objects.bulk_create(made)
        pen.note(document=document, on=effective_on, new=len(made), same=len(portions) - len(made))
    return made


def _wanted(plan, standing, portion, history, aim, effective_on, document, reason):
    """What is wanted of one line; what is the same for all of them (the days, the document, the reason) is said once,
    by `_faults`."""
    said = target_faults(
        plan, standing, portion.committee_id, history, aim,
        effective_on=effective_on, base_on=None, document=document, reason=reason, group=portion.group,
    )  # fmt: skip
    wanted = [what for name, what in said if name not in {"effective_on", "document", "reason"}]
    there = standing_from(history, effective_on)
    if there is not None:
        told = {"day": written_day(effective_on), "value": written(there)}
        wanted.append(_("ngày hiệu lực khác: từ %(day)s đã giao %(value)s") % told)
    return wanted


def _faults(made, changes, document, reason, issued_on, effective_on, plan):
    faults = []
    if not made:
        faults.append(("", _("ít nhất một chỉ tiêu khác chỉ tiêu đang giao")))
    if not document:
        faults.append(("document", _("số văn bản giao chỉ tiêu")))
    if effective_on >= plan.until:
        faults.append(
            ("effective_on", _("ngày không sau ngày cuối của kế hoạch (%s)") % written_day(plan.last_day))
        )
    if changes and not reason:
        faults.append(("reason", _("lý do: có đơn vị đang có chỉ tiêu khác")))
    return faults


def _children(standing, committee_id, day):
    """Ids of the direct children of a committee on a day."""
    tree, i = standing.at(day), standing.index[committee_id]
    if not tree.stands(i):
        return set()
    return {tree.id(p) for p in tree.children(int(tree.position[i]))}


def take_back(allotment, *, by):
    """Undo an issue made by mistake: the same day, by who issued, while nothing was built on it. The draft is open
    again. Returns how many targets were taken back. Raises Refused."""
    with journal.pen(by, "allotment-take-back", about(allotment), committee=allotment.committee) as pen:
        fresh = unchanged(allotment, None)
        if fresh.issued_on is None:
            raise Refused(("", _("một phương án đã ban hành")))
        entry = journal.entry_of(fresh.stamp)
        if entry is None or not entry.is_todays(DEED, by):
            raise Refused(
                (
                    "",
                    _("lần ban hành do chính anh chị ghi hôm nay; lần cũ hơn thì điều chỉnh từ một ngày mới"),
                )
            )
        rows = list(Quota.objects.filter(plan_id=fresh.plan_id, stamp=fresh.stamp))
        if _built_on(fresh, rows):
            raise Refused(("", _("lần ban hành cuối cùng; sau lần này đã có chỉ tiêu khác dựa vào nó")))
        pen.note(old=f"{fresh.document}, {written_day(fresh.effective_on)}", removed=len(rows))
        Quota.objects.filter(pk__in=[row.pk for row in rows]).delete()
        fresh.issued_on = fresh.effective_on = None
        fresh.document = fresh.reason = ""
        fresh.save()
    return len(rows)


def _built_on(allotment, rows):
    """Whether a target of the same units was set since, or one of the units handed its own on. Two queries."""
    units = {row.committee_id for row in rows}
    past = histories(allotment.plan_id, units)
    for row in rows:
        last = past[row.committee_id, row.group_id][-1]
        if last.pk != row.pk or any(one.stamp > row.stamp for one in past[row.committee_id, row.group_id]):
            return True
    passed_on = Allotment.objects.filter(
        plan_id=allotment.plan_id, committee_id__in=units, stamp__gt=allotment.stamp
    )
    return passed_on.exclude(issued_on=None).exists()

"""Drafts of how a committee hands its target down (phương án): made, copied, changed, put away and brought back. No
target is written here; `issuing` does that."""

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.editing import unchanged
from committees.models import Committee

from ..models import Allotment, Group, Portion
from .deeds import Refused

# What a page of a draft may send: a number and a note a unit, and a number a group. Above it Django refuses the form.
MOST_FIELDS = 4500


def about(allotment):
    return f"recruitment.allotment:{allotment.pk}"


def draft(plan, committee, *, by, name, method, portions):
    """A new draft. portions: {(committee id, group id or None): suggested number, or None for none}. Raises Refused."""
    if not portions:
        raise Refused(("", "một tổ chức có đơn vị trực thuộc để giao"))
    with journal.pen(by, "allotment-draft", committee=committee, name=name) as pen:
        made = Allotment(plan=plan, committee=committee, name=name, method=method)
        made.save()
        pen.about = about(made)
        rows = [
            Portion(allotment=made, committee_id=unit, group_id=group, number=number, suggested=number)
            for (unit, group), number in portions.items()
        ]
        Portion.objects.bulk_create(rows)
    return made


def copy(allotment, *, by, name):
    """A new draft with the same numbers and notes, of a draft or of what was issued."""
    with journal.pen(by, "allotment-draft", committee=allotment.committee, name=name) as pen:
        made = Allotment(
            plan_id=allotment.plan_id, committee=allotment.committee, name=name, method=allotment.method
        )
        made.save()
        pen.about = about(made)
        rows = list(allotment.portions.all())
        for row in rows:
            row.pk, row.allotment = None, made
            row._state.adding = True
        Portion.objects.bulk_create(rows)
    return made


def change(allotment, *, by, stamp, name, portions):
    """The draft as typed: hundreds of rows in one deed. portions: {(committee id, group id or None): (number or None,
    note)}; what is not named stays. stamp: that of the page.

    Returns how many portions changed. Raises Refused, and Overtaken if somebody wrote the draft since `stamp`. The
    journal keeps each number changed, before and after. Cost: about six queries and the pen's.
    """
    with journal.pen(by, "allotment-change", about(allotment), committee=allotment.committee) as pen:
        fresh = open_draft(allotment, stamp)
        known = {(row.committee_id, row.group_id): row for row in fresh.portions.all()}
        new, old, told = [], [], {}
        for key, (number, note) in portions.items():
            row = known.get(key)
            if row is None and (number is not None or note):
                told[key] = [None, number]
                new.append(
                    Portion(allotment=fresh, committee_id=key[0], group_id=key[1], number=number, note=note)
                )
            elif row is not None and (row.number, row.note) != (number, note):
                told[key] = [row.number, number]
                row.number, row.note = number, note
                old.append(row)
        if not told and fresh.name == name:
            raise Refused(("", _("ít nhất một thay đổi; mọi ô đang như đã lưu")))
        fresh.name = name
        fresh.save()  # whichever row changed, the draft's stamp tells two editors apart
        if new:
            Portion.objects.bulk_create(new)
        if old:
            Portion.objects.bulk_update(old, ["number", "note"])
        pen.note(portions=_by_code(told))
    return len(told)


def _by_code(told):
    """{(committee id, group id): …} as {"code" or "code, group": …}: what the journal's page can show. Two queries."""
    codes = dict(Committee.objects.filter(pk__in={unit for unit, _group in told}).values_list("pk", "code"))
    groups = dict(Group.objects.values_list("pk", "code"))
    return {
        ", ".join(filter(None, [codes[unit], groups.get(group)])): numbers
        for (unit, group), numbers in told.items()
    }


def drop(allotment, *, by):
    """Put a draft away; it can be brought back."""
    with journal.pen(by, "allotment-drop", about(allotment), committee=allotment.committee):
        fresh = open_draft(allotment)
        fresh.dropped_on = vietnamese.today()
        fresh.save()


def restore(allotment, *, by):
    """Bring back a draft put away."""
    with journal.pen(by, "allotment-restore", about(allotment), committee=allotment.committee):
        fresh = unchanged(allotment, None)
        if fresh.dropped_on is None:
            raise Refused(("", _("một phương án đã cất; phương án này đang dùng")))
        fresh.dropped_on = None
        fresh.save()


def open_draft(allotment, stamp=None):
    """The draft read anew under the pen, still open. Raises Overtaken by its stamp, Refused where it is issued or away."""
    fresh = unchanged(allotment, stamp)
    if fresh.issued_on is not None:
        raise Refused(("", _("một phương án chưa ban hành; phương án này đã thành chỉ tiêu")))
    if fresh.dropped_on is not None:
        raise Refused(("", _("một phương án đang dùng; phương án này đã cất, lấy lại trước")))
    return fresh

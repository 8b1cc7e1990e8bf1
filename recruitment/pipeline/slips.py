"""A slip of the hand: what an account logged today, in view and to be taken back."""

import json

from django.apps import apps
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.models import Entry

from ..models import Admission, Candidacy, Step
from .admissions import Impossible, deed_on

# The deeds after which a row still stands as its clerk wrote it.
WRITING = ("admit", "admission-correct")
# The deeds that log: one admission, or those of a meeting.
LOGGING = ("admit", "decision-batch")


def undo(admission, *, by):
    """Take back an admission that `by` logged today and nobody has touched since: a slip of the hand, not a decision.

    Not a cancellation: a decision that never was would stay on a person's record and be counted for every earlier
    day. The row goes, with the person and the steps it brought, and what it changed is put back, all from its own
    entry; both entries stay in the journal. Of a meeting's decisions the others stay. Raises Impossible. One pen; a
    query or two for each row it wrote.
    """
    with deed_on(admission, "admission-undo", by):
        entry = journal.entry_of(admission.stamp)
        if not undoable(admission, entry, by):
            raise Impossible(
                {"": _("Chỉ hoàn tác được ngay trong ngày, khi chưa ai sửa. Hãy sửa hoặc hủy kết nạp này.")}
            )
        if not taken_back(entry, _rows_of(entry, admission)):
            raise Impossible({"": _("Đã có người ghi thêm vào hồ sơ này. Hãy sửa hoặc hủy kết nạp này.")})


def taken_back(entry, rows):
    """Undo these rows of an entry, the last first: what it made goes, what it changed is put back. False, and the caller
    writes nothing, where one was written or leaned on since. Needs the pen held; a query or two for each row."""
    told = [(apps.get_model(row["model"]), row) for row in rows]
    found = [
        (model._base_manager.filter(pk=row["id"], stamp=entry.number).first(), row) for model, row in told
    ]
    if any(row is None for row, _was in found):
        return False
    try:
        for row, was in reversed(found):
            _take_back(row, was.get("old"))
    except ProtectedError:
        return False
    return True


def undoable(admission, entry, by):
    """Whether an admission stands as the entry wrote it, today and by that account. No query."""
    logged = entry is not None and any(entry.is_todays(deed, by) for deed in LOGGING)
    return logged and entry.number == admission.stamp


def _rows_of(entry, admission):
    """What the entry tells of this admission and its road, in order. One query for one of many."""
    rows = json.loads(entry.payload)["rows"]
    if entry.deed == "admit":
        return rows
    mine = {
        (Admission._meta.label_lower, admission.pk),
        (Candidacy._meta.label_lower, admission.candidacy_id),
    }
    steps = Step.objects.filter(candidacy_id=admission.candidacy_id).values_list("pk", flat=True)
    mine |= {(Step._meta.label_lower, pk) for pk in steps}
    return [row for row in rows if (row["model"], row.get("id")) in mine]


def written_today(account):
    """The admissions the account logged or corrected today and nobody wrote since, the latest first. One query."""
    entries = Entry.objects.filter(
        chain=Entry.WRITES, actor=account, at__gte=vietnamese.midnight(vietnamese.today()), deed__in=WRITING
    )
    return (
        Admission.objects.filter(stamp__in=entries.values("number"))
        .select_related("person")
        .order_by("-stamp")
    )


def _take_back(row, old):
    """Undo one row of an entry: put back what it changed, or delete what it made."""
    if old is None:
        row.delete()
        return
    for name, value in old.items():
        setattr(row, name, row._meta.get_field(name).to_python(value))
    row.save()

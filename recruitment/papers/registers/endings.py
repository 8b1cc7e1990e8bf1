"""The book of probations that end (dự bị sắp hết hạn; office_practice.md §1.4): whose twelve months are over or end within
90 days of the day asked, the most pressing first, at the cell that must act."""

from datetime import date
from functools import partial

import numpy as np
from django.utils.translation import gettext_lazy as _

from committees.vietnamese import day

from ...facts import NEVER
from ...models import Admission, Course, Mentorship
from ...pipeline.kinds import ADMISSIONS, ENDING, RECOGNITION
from ...pipeline.lists import Names
from ...pipeline.worklist import Worklist
from ...quotas.listing import Listing, in_order
from ...quotas.question import Narrowing
from ...rules.working_days import after_many
from .conditions import EndingConditions
from .tables import BookTable, Day, Told, line


class EndingTable(BookTable):
    born = Day(_("Ngày sinh"))
    cell = Told(_("Chi bộ"), orderable=True)
    decision = Told(_("Số, ngày quyết định"))
    ceremony_on = Day(_("Ngày lễ"))
    ends_on = Day(_("Hết 12 tháng"), orderable=True)
    new_class = Told(_("Lớp đảng viên mới"))
    mentor = Told(_("Người giúp đỡ"))
    due_on = Day(_("Hạn chi bộ xét"))

    shown = ("cell", "decision", "ceremony_on", "ends_on", "new_class", "mentor", "due_on")

    class Meta(BookTable.Meta):
        pass  # not inherited by itself


class Ending(Narrowing):
    """Admissions whose probation ends; `ends` and `due`: day numbers by row of the snapshot's admissions, the last day of
    the twelve months and the last working day for the cell to consider. No query."""

    def __init__(self, snapshot, question):
        self.question, self.rows, self.on = question, snapshot.admissions, question.on.toordinal()
        work = Worklist(snapshot, question)
        members = work.tables[ADMISSIONS]
        self.places, self.candidacies = members.places, members.candidacies
        self.ends = members.ends.astype(np.int64)
        self.mask = work.mask(ENDING) | work.mask(RECOGNITION)
        count = snapshot.statute.on(question.on)["recognition"].value
        ends = np.where(self.mask, members.ends, NEVER)
        self.due = after_many(snapshot.calendar, ends, count)


def endings(access, params):
    """Listing of them on a day. 404, 403 as the door."""
    asked = params.copy()
    asked.setdefault("sort", "ends_on")
    listing = Listing("bookendings", access, asked, EndingConditions)
    if not listing.question:
        return listing
    snapshot, question = listing.snapshot, listing.question
    found = Ending(snapshot, question)
    every, found = found.mask, listing.filters.narrow(found)
    ids = found.rows["id"]
    listing.take(
        EndingTable, ids=ids, mask=found.mask, places=found.places, whole=every,
        fetch=partial(_lines, ids, found, Names(snapshot, question.tree)),
        orders={
            "ends_on": found.ends, "name": np.arange(len(ids)), "cell": question.tree.position[found.places],
        },
    )  # fmt: skip
    return listing


def _lines(ids, found, names, indexes):
    """The lines of these rows. Three queries."""
    wanted = Admission.objects.select_related("person").prefetch_related("person__certificates")
    rows = in_order(wanted, ids, indexes)
    helped = {}
    for one in Mentorship.objects.filter(candidacy_id__in=found.candidacies[indexes].tolist()):
        if one.since <= found.question.on and (one.until is None or one.until > found.question.on):
            helped.setdefault(one.candidacy_id, []).append(one.mentor)
    return [_line(one, found, names, helped) for one in rows]


def _line(record, found, names, helped):
    on, row = found.question.on, record.row
    classes = [
        one for one in record.person.certificates.all()
        if one.kind == Course.Kind.NEW_MEMBER and one.issued_on <= on
    ]  # fmt: skip
    last = max(classes, key=lambda one: one.issued_on, default=None)
    return line(
        record, name=record.person.full_name, born=record.born,
        cell=names.structure.name_on(int(found.places[row]), on),
        decision=_numbered(record.decision_number, record.decided_on), ceremony_on=record.ceremony_on,
        ends_on=date.fromordinal(int(found.ends[row])),
        new_class=_numbered(last.number, last.issued_on) if last else "",
        mentor="; ".join(helped.get(int(found.candidacies[row]), [])),
        due_on=date.fromordinal(int(found.due[row])),
    )  # fmt: skip


def _numbered(number, on):
    return ", ".join(filter(None, [number, day(on)]))

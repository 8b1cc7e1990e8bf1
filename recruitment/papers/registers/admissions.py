"""The book of admissions (sổ kết nạp; office_practice.md §1.4): one line an admission in force, in order of the decision,
with the days that followed as they were known on the day asked."""

from functools import partial

import numpy as np
from django.utils.translation import gettext_lazy as _

from committees.vietnamese import day

from ...models import Admission
from ...pipeline.lists import Names
from ...quotas.listing import Listing, in_order
from ...quotas.question import Selection
from ...rules.deadlines import probation_ends_on
from .conditions import AdmissionConditions
from .tables import BookTable, Day, Long, Told, line


class AdmissionBookTable(BookTable):
    born = Day(_("Ngày sinh"))
    sex = Told(_("Giới tính"))
    occupation = Long(_("Nghề nghiệp"))
    cell = Told(_("Chi bộ"), orderable=True)
    above = Long(_("Thuộc"))
    decision = Told(_("Số quyết định"))
    decided_on = Day(_("Ngày quyết định"), orderable=True)
    received_on = Day(_("Ngày giao quyết định"))
    ceremony_on = Day(_("Ngày lễ"), orderable=True)
    ends_on = Day(_("Ngày hết dự bị"))
    official_on = Day(_("Ngày chính thức"))
    recognition = Long(_("Quyết định công nhận"))
    note = Told(_("Ghi chú"))

    shown = ("born", "cell", "decision", "decided_on", "received_on", "ceremony_on", "ends_on", "official_on")

    class Meta(BookTable.Meta):
        pass  # not inherited by itself


def admissions(access, params):
    """Listing of the admissions in force by a day. 404, 403 as the door."""
    asked = params.copy()
    asked.setdefault("sort", "decided_on")
    listing = Listing("bookadmissions", access, asked, AdmissionConditions)
    if not listing.question:
        return listing
    snapshot, question = listing.snapshot, listing.question
    selection = Selection(snapshot, question)
    every, selection = selection.mask, listing.filters.narrow(selection)
    rows, names = selection.rows, Names(snapshot, question.tree)
    listing.take(
        AdmissionBookTable, ids=rows["id"], mask=selection.mask, places=selection.places, whole=every,
        fetch=partial(_lines, rows["id"], question.on, names, snapshot.statute),
        orders={
            "decided_on": rows["decided"], "ceremony_on": rows["held"], "name": np.arange(len(rows["id"])),
            "cell": selection.where,
        },
    )  # fmt: skip
    return listing


def _lines(ids, on, names, statute, indexes):
    """The lines of these rows. One query."""
    wanted = Admission.objects.select_related("person")
    return [_line(one, on, names, statute) for one in in_order(wanted, ids, indexes)]


def _line(record, on, names, statute):
    def known(when):
        return when if when and when <= on else None

    held, official, told = known(record.ceremony_on), known(record.official_on), known(record.recognised_on)
    left = known(record.left_on)
    return line(
        record, name=record.person.full_name, born=record.born, sex=record.get_sex_display(),
        occupation=record.occupation, cell=names.cell(record.cell_id, record.decided_on), above=names.above(record),
        decision=record.decision_number, decided_on=record.decided_on, received_on=known(record.received_on),
        ceremony_on=held, ends_on=held and probation_ends_on(held, statute.on(held)), official_on=official,
        recognition=", ".join(filter(None, [record.recognition_number, told and day(told)])) if official else "",
        note=str(_("Thôi dự bị %s") % day(left)) if left else "",
    )  # fmt: skip

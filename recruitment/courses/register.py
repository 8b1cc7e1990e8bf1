"""The permanent register of certificates (sổ gốc): every certificate of people within reach, as a list, on paper, as a
file."""

from datetime import date
from functools import cached_property, partial
from itertools import islice

import django_tables2 as tables
import numpy as np
from django import forms
from django.utils.translation import gettext_lazy as _

from committees.vietnamese import day, fold

from ..facts import EPOCH, NEVER
from ..models import Certificate, Course, Participant
from ..pipeline.filters import PeopleConditions, RoadForm, Words, Year
from ..pipeline.lists import Names
from ..pipeline.tables import PeopleTable
from ..quotas.filters import Choice
from ..quotas.listing import Listing, in_order
from ..quotas.question import Narrowing
from ..quotas.tables import DayColumn
from .grids import written
from .judgement import final

_LESS = {"th": {"class": "gone"}, "td": {"class": "gone"}}


class RegisterConditions(PeopleConditions):
    """Certificates by name, unit, cell, year of issue, kind of class, class."""

    year = Year(label=_("Năm cấp"), min_value=1930, max_value=2199, method="in_year")
    kind = Choice(
        label=_("Loại lớp"), choices=[("", _("Cả hai loại")), *Course.Kind.choices], method="of_kind"
    )
    course = Words(label=_("Tên lớp"), method="of_course")
    # Set by the page of a class; a chip takes it off.
    of = Year(label=_("Lớp số"), min_value=1, widget=forms.HiddenInput, method="of_class")

    class Meta(PeopleConditions.Meta):
        form = RoadForm

    def in_year(self, rows, name, year):
        dated = (rows.rows["issued"].astype(np.int64) - EPOCH).astype("datetime64[D]").astype("datetime64[Y]")
        return rows.narrow(dated.astype(np.int64) + 1970 == year)

    def of_kind(self, rows, name, kind):
        return rows.narrow(rows.rows["awareness"] == (kind == Course.Kind.AWARENESS))

    def of_course(self, rows, name, words):
        """One query; names of classes are folded here, each once."""
        known = dict(Course.objects.values_list("pk", "name"))
        wanted = [pk for pk, called in known.items() if fold(words) in fold(called)]
        return self._among(rows, Certificate.objects.filter(course_id__in=wanted))

    def of_class(self, rows, name, pk):
        return self._among(rows, Certificate.objects.filter(course_id=pk))

    def _among(self, rows, certificates):
        ids = np.array(list(certificates.values_list("pk", flat=True)), np.int64)
        return rows.narrow(np.isin(rows.rows["id"], ids))


class Held(Narrowing):
    """Certificates of people under a question's committee, issued by its day. No query."""

    def __init__(self, snapshot, question):
        self.question, self.rows = question, snapshot.certificates
        self.places = snapshot.places(self.rows)
        self.mask = (self.rows["issued"] <= question.on.toordinal()) & (self.rows["arrived"] == NEVER)
        self.mask &= question.holds(question.tree.position[self.places])
        if question.group is not None:
            self.mask &= (self.rows["groups"] & snapshot.bit(question.group.code)) != 0
        self.whole = self.mask


class RegisterTable(PeopleTable):
    course = tables.Column(_("Lớp"), accessor="course__name", orderable=False)
    kind = tables.Column(_("Loại lớp"), accessor="get_kind_display", orderable=False, attrs=_LESS)
    mark = tables.Column(_("Điểm"), accessor="pk", orderable=False, attrs={"td": {"class": "num"}})
    grade = tables.Column(_("Xếp loại"), orderable=False)
    decision = tables.Column(_("Quyết định công nhận"), accessor="pk", orderable=False, attrs=_LESS)
    issued_on = DayColumn(_("Ngày cấp"))
    number = tables.Column(_("Số chứng nhận"), orderable=False, attrs={"td": {"class": "nb"}})
    line = tables.Column(
        _("Số vào sổ gốc"), accessor="register_number", orderable=False, attrs={"td": {"class": "nb"}}
    )

    shown = ("born", "cell", "course", "mark", "grade", "decision", "issued_on", "number", "line")

    class Meta(PeopleTable.Meta):
        sequence = (
            "name", "born", "sex", "cell", "above", "course", "kind", "mark", "grade", "decision", "issued_on",
            "number", "line",
        )  # fmt: skip

    def day_of(self, record):
        return record.issued_on

    def value_decision(self, record):
        """Number and day of the decision that recognised completion."""
        if record.course is None or record.course.completed_on is None:
            return ""
        return f"{record.course.completion_number}, {day(record.course.completed_on)}"

    def render_decision(self, record):
        return self.value_decision(record) or "–"

    def value_mark(self, record):
        return record.learnt and final(record.learnt)

    def render_mark(self, record):
        mark = self.value_mark(record)
        return "–" if mark is None else written(mark)


def register(access, params):
    """Listing of certificates, in order of their day as the book is kept. 404, 403 as the door."""
    asked = params.copy()
    asked.setdefault("sort", "issued_on")
    listing = Listing("register", access, asked, RegisterConditions)
    if not listing.question:
        return listing
    snapshot = listing.snapshot
    every = Held(snapshot, listing.question)
    held = listing.filters.narrow(Held(snapshot, listing.question))
    rows = held.rows
    listing.take(
        RegisterTable, ids=rows["id"], mask=held.mask, places=held.places, fetch=partial(_fetch, rows["id"]),
        orders={
            "name": np.arange(len(rows["id"])), "issued_on": rows["issued"],
            "cell": listing.question.tree.position[held.places],
        },
        whole=every.mask, names=Names(snapshot, listing.question.tree),
    )  # fmt: skip
    return listing


def _fetch(ids, indexes):
    """The Certificates of these rows, each knowing as `learnt` the Participant it was earned as. Two queries."""
    records = in_order(Certificate.objects.select_related("person", "course"), ids, indexes)
    learnt = Participant.objects.filter(
        course_id__in={one.course_id for one in records}, person_id__in=[one.person_id for one in records]
    )
    known = {(one.course_id, one.person_id): one for one in learnt}
    for one in records:
        one.learnt = known.get((one.course_id, one.person_id))
    return records


class Sheet:
    """The register on paper: every row of a Listing, numbered, MOST at most."""

    MOST = 2000

    def __init__(self, listing):
        self.listing = listing
        self.headings = [str(column.header) for column in listing.table().columns]

    @cached_property
    def lines(self):
        """[(place from 1, name, [(heading, cell in words)] of the other columns)]."""
        cells, told = self.listing.table().cells(), []
        for place, record in enumerate(islice(self.listing.data, self.MOST), 1):
            name, *others = map(_words, cells(record))
            told.append((place, name, list(zip(self.headings[1:], others, strict=True))))
        return told


def _words(value):
    """A cell of an export as it stands on paper."""
    if isinstance(value, date):
        return day(value)
    return "" if value is None else str(written(value))

from datetime import date

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from committees import vietnamese

from ..facts import NEVER
from ..models import Stage
from ..quotas.listing import LeanTable
from ..quotas.place import headed
from ..quotas.tables import DayColumn
from .kinds import KINDS, OF_CANDIDATES, OF_MEMBERS

_GONE = {"th": {"class": "gone mid-gone"}, "td": {"class": "nb gone mid-gone"}}
_LESS = {"th": {"class": "gone"}, "td": {"class": "gone"}}
_LONG = {"td": {"class": "gone small"}, "th": {"class": "gone"}}
_STAGES = [stage.label for stage in Stage]
_TAG = '<span class="tag {}"><svg class="ico" aria-hidden="true"><use href="#{}"/></svg>{}</span>'


class PeopleTable(LeanTable):
    """A list of people in name order: who, born when, in which cell. Records know their `row` in the snapshot's table."""

    name = tables.Column(_("Họ và tên"), accessor="person__full_name")
    born = DayColumn(_("Sinh ngày"), accessor="person__born", orderable=False, attrs=_GONE)
    sex = tables.Column(_("Giới tính"), accessor="person__get_sex_display", orderable=False, attrs=_LESS)
    cell = tables.Column(_("Chi bộ"), accessor="cell_id", attrs={"td": {"data-l": ""}})
    above = tables.Column(_("Thuộc"), accessor="cell_id", orderable=False)

    class Meta(LeanTable.Meta):
        pass  # not inherited by itself

    def __init__(self, *args, names, **options):
        """names: lists.Names, which knows what cells were called."""
        super().__init__(*args, **options)
        self.called = names

    def render_name(self, record, value):
        return format_html(
            '<a href="{}">{}</a>', reverse("recruitment:person", args=[record.person_id]), value
        )

    def value_cell(self, record):
        return self.called.of(record, self.day_of(record))

    def render_cell(self, record):
        return headed(self.value_cell(record))

    def value_above(self, record):
        return self.called.above(record)

    def render_above(self, record):
        return self.value_above(record)

    def day_of(self, record):
        """The day whose name of the cell is shown."""
        raise NotImplementedError


class Due(LeanTable):
    """What is due and when, from a Worklist: `due`, an array of days; `kinds`, {kind: (mask, mask of those that are still in
    time)}."""

    due = tables.Column(_("Hạn"), accessor="pk", attrs={"td": {"class": "nb due-cell"}})
    todo = tables.Column(
        _("Việc cần làm"), accessor="pk", orderable=False, attrs={"td": {"class": "todo-cell", "data-l": ""}}
    )
    words = ()  # the kinds a table tells of

    class Meta(LeanTable.Meta):
        pass  # not inherited by itself

    def __init__(self, *args, due, kinds, **options):
        super().__init__(*args, **options)
        self.due_days, self.kinds = due, kinds

    def value_due(self, record):
        return _day(self.due_days[record.row])

    def render_due(self, record):
        day = self.value_due(record)
        return vietnamese.day(day) if day else ""

    def _told(self, record):
        told = ((kind, *self.kinds[kind]) for kind in self.words)
        return [(in_time[record.row], KINDS[kind].label) for kind, mask, in_time in told if mask[record.row]]

    def value_todo(self, record):
        return "; ".join(str(words) for _in_time, words in self._told(record))

    def render_todo(self, record):
        return format_html_join(
            " ", _TAG, ((*_shape(in_time), words) for in_time, words in self._told(record))
        )


def _shape(in_time):
    """What may still be done in time, and what is late or missing: shape, word and colour."""
    return ("t-behind", "clock") if in_time else ("t-over", "alert")


def _day(number):
    return None if number == NEVER else date.fromordinal(int(number))


class AdmissionTable(Due, PeopleTable):
    decided_on = DayColumn(_("Ngày quyết định"))
    decision_number = tables.Column(_("Số quyết định"), orderable=False)
    received_on = DayColumn(_("Chi bộ nhận ngày"), orderable=False)
    ceremony_on = DayColumn(_("Ngày lễ kết nạp"))
    official_on = DayColumn(_("Ngày chính thức"), orderable=False)
    membership = tables.Column(
        _("Giai đoạn"),
        accessor="official_on",
        orderable=False,
        empty_values=(),
        attrs={"td": {"class": "nb"}},
    )
    occupation = tables.Column(_("Nghề nghiệp"), orderable=False, attrs=_LONG)
    education = tables.Column(_("Học vấn"), orderable=False, attrs=_LONG)
    qualification = tables.Column(_("Chuyên môn"), orderable=False, attrs=_LONG)

    words = OF_MEMBERS
    shown = ("born", "cell", "decided_on", "ceremony_on", "membership")

    class Meta(PeopleTable.Meta):
        sequence = (
            "name", "born", "sex", "cell", "above", "decided_on", "decision_number", "received_on", "ceremony_on",
            "official_on", "membership", "due", "todo", "occupation", "education", "qualification",
        )  # fmt: skip

    def __init__(self, *args, on, **options):
        super().__init__(*args, **options)
        self.on = on

    def day_of(self, record):
        return record.decided_on

    def value_membership(self, record):
        done = record.official_on and record.official_on <= self.on
        return _("Chính thức") if done else _("Dự bị")

    def render_membership(self, record):
        return self.value_membership(record)


class CertificateTable(PeopleTable):
    issued_on = DayColumn(_("Ngày chứng nhận"))
    number = tables.Column(_("Số"), orderable=False)

    shown = ("born", "cell", "issued_on", "number")

    class Meta(PeopleTable.Meta):
        pass  # not inherited by itself

    def day_of(self, record):
        return record.issued_on


class CandidacyTable(Due, PeopleTable):
    stage = tables.Column(_("Bước"), accessor="pk", attrs={"td": {"data-l": ""}})
    mentor = tables.Column(
        _("Người giúp đỡ"),
        accessor="pk",
        orderable=False,
        attrs={"th": {"class": "gone"}, "td": {"class": "gone"}},
    )
    entered_on = DayColumn(_("Vào nguồn"))
    certificate = tables.Column(
        _("Chứng nhận"), accessor="pk", orderable=False, attrs={"td": {"class": "nb"}}
    )
    occupation = tables.Column(_("Nghề nghiệp"), accessor="person__occupation", orderable=False, attrs=_LONG)
    education = tables.Column(_("Học vấn"), accessor="person__education", orderable=False, attrs=_LONG)
    qualification = tables.Column(
        _("Chuyên môn"), accessor="person__qualification", orderable=False, attrs=_LONG
    )

    words = OF_CANDIDATES
    shown = ("born", "cell", "stage", "mentor", "due", "todo")

    class Meta(PeopleTable.Meta):
        sequence = (
            "name", "born", "sex", "cell", "above", "stage", "mentor", "entered_on", "certificate", "due", "todo",
            "occupation", "education", "qualification",
        )  # fmt: skip

    def __init__(self, *args, stages, certified, on, **options):
        """stages, certified: arrays by row of the snapshot's candidacies; the stage and the day of the certificate."""
        super().__init__(*args, **options)
        self.stages, self.certified, self.on = stages, certified, on

    def day_of(self, record):
        return self.on

    def value_stage(self, record):
        return _STAGES[self.stages[record.row]]

    def render_stage(self, record):
        return self.value_stage(record)

    def value_mentor(self, record):
        """Who helps on the day asked; nobody where the mentorships were not read."""
        running = (
            mentorship.mentor
            for mentorship in record.mentorships.all()
            if mentorship.since <= self.on and (mentorship.until is None or mentorship.until > self.on)
        )
        return "; ".join(running)

    def render_mentor(self, record):
        return self.value_mentor(record) or "–"

    def value_certificate(self, record):
        return _day(self.certified[record.row])

    def render_certificate(self, record):
        day = self.value_certificate(record)
        return vietnamese.day(day) if day else "–"

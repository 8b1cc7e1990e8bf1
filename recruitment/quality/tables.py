"""The lists behind the standing checks as tables: whom, where, and what shows the fault."""

from datetime import date

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..facts import NEVER
from ..pipeline.tables import PeopleTable
from ..quotas.listing import LeanTable
from ..quotas.tables import DayColumn


def _trait(label, name, *, person):
    return tables.Column(label, accessor=f"person__{name}" if person else name, orderable=False)


class CandidateTable(PeopleTable):
    native_place = _trait(_("Quê quán"), "native_place", person=True)
    ethnicity = _trait(_("Dân tộc"), "ethnicity", person=True)
    religion = _trait(_("Tôn giáo"), "religion", person=True)
    education = _trait(_("Học vấn"), "education", person=True)
    qualification = _trait(_("Chuyên môn"), "qualification", person=True)
    occupation = _trait(_("Nghề nghiệp"), "occupation", person=True)
    entered_on = DayColumn(_("Vào nguồn"), orderable=False)
    certificate = DayColumn(_("Chứng nhận"), accessor="pk", orderable=False)
    stage = tables.Column(_("Bước"), accessor="get_stage_display", orderable=False)

    shown = ("born", "cell", "stage")

    class Meta(PeopleTable.Meta):
        pass  # not inherited by itself

    def __init__(self, *args, on, certified, **options):
        """certified: by row of the snapshot's candidacies, the day of the certificate."""
        super().__init__(*args, **options)
        self.on, self.certified = on, certified

    def day_of(self, record):
        return self.on

    def value_certificate(self, record):
        day = self.certified[record.row]
        return None if day == NEVER else date.fromordinal(int(day))

    def render_certificate(self, record):
        day = self.value_certificate(record)
        return self.base_columns["certificate"].render(day) if day else "–"


class AdmissionTable(PeopleTable):
    decided_on = DayColumn(_("Ngày quyết định"), orderable=False)
    decision_number = tables.Column(_("Số quyết định"), orderable=False)
    received_on = DayColumn(_("Chi bộ nhận ngày"), orderable=False)
    ceremony_on = DayColumn(_("Ngày lễ kết nạp"), orderable=False)
    official_on = DayColumn(_("Ngày chính thức"), orderable=False)
    native_place = _trait(_("Quê quán"), "native_place", person=True)
    ethnicity = _trait(_("Dân tộc"), "ethnicity", person=False)
    religion = _trait(_("Tôn giáo"), "religion", person=False)
    education = _trait(_("Học vấn"), "education", person=False)
    qualification = _trait(_("Chuyên môn"), "qualification", person=False)
    occupation = _trait(_("Nghề nghiệp"), "occupation", person=False)

    shown = ("born", "cell", "decided_on")

    class Meta(PeopleTable.Meta):
        pass  # not inherited by itself

    def day_of(self, record):
        return record.decided_on


class CommitteeTable(LeanTable):
    name = tables.Column(_("Tổ chức đảng"), orderable=False)
    code = tables.Column(_("Mã tổ chức"), orderable=False)
    kind = tables.Column(_("Loại"), orderable=False)
    above = tables.Column(_("Thuộc"), orderable=False)

    class Meta(LeanTable.Meta):
        pass  # not inherited by itself

    def render_name(self, record):
        address = reverse("recruitment:dashboard", args=[record.code])
        return format_html('<a href="{}">{}</a>', address, record.name)

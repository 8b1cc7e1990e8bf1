import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from committees import vietnamese

from ..quotas.listing import LeanTable

_GONE = {"th": {"class": "gone mid-gone"}, "td": {"class": "nb gone mid-gone"}}
_DAY = {"td": {"class": "nb"}}


class PeopleTable(LeanTable):
    """A list of people in name order: who, born when, in which cell."""

    name = tables.Column(_("Họ và tên"), accessor="person__full_name", order_by="name")
    born = tables.Column(_("Sinh ngày"), accessor="person__born", orderable=False, attrs=_GONE)
    cell = tables.Column(_("Chi bộ"), accessor="cell_id", orderable=False, attrs={"td": {"data-l": ""}})

    class Meta(LeanTable.Meta):
        attrs = {"class": "list"}
        order_by_field = "sort"

    def __init__(self, *args, cell_name, **options):
        """cell_name(committee id, day): what the cell was called then."""
        super().__init__(*args, **options)
        self.cell_name = cell_name

    def render_name(self, record, value):
        return format_html(
            '<a href="{}">{}</a>', reverse("recruitment:person", args=[record.person_id]), value
        )

    def render_born(self, value):
        return vietnamese.day(value)


class AdmissionTable(PeopleTable):
    decided_on = tables.Column(_("Quyết định"), attrs=_DAY)
    ceremony_on = tables.Column(_("Kết nạp"), attrs=_DAY, empty_values=())
    membership = tables.Column(_("Giai đoạn"), accessor="official_on", orderable=False, empty_values=())

    class Meta(PeopleTable.Meta):
        sequence = ("name", "born", "cell", "decided_on", "ceremony_on", "membership")

    def __init__(self, *args, on, **options):
        super().__init__(*args, **options)
        self.on = on

    def render_cell(self, record, value):
        return self.cell_name(value, record.decided_on)

    def render_decided_on(self, value):
        return vietnamese.day(value)

    def render_ceremony_on(self, value):
        return vietnamese.day(value) if value else "–"

    def render_membership(self, value):
        return _("Chính thức") if value and value <= self.on else _("Dự bị")


class CertificateTable(PeopleTable):
    issued_on = tables.Column(_("Ngày chứng nhận"), attrs=_DAY)
    number = tables.Column(_("Số"), orderable=False)

    class Meta(PeopleTable.Meta):
        pass  # not inherited by itself

    def render_cell(self, record, value):
        return self.cell_name(value, record.issued_on)

    def render_issued_on(self, value):
        return vietnamese.day(value)


class CandidacyTable(PeopleTable):
    stage = tables.Column(_("Bước"), orderable=True, accessor="pk")
    entered_on = tables.Column(_("Vào nguồn"), attrs=_DAY)

    class Meta(PeopleTable.Meta):
        pass  # not inherited by itself

    def __init__(self, *args, stage_of, on, **options):
        """stage_of: {candidacy id: stage label} on the day `on`."""
        super().__init__(*args, **options)
        self.stage_of, self.on = stage_of, on

    def render_cell(self, record, value):
        return self.cell_name(value, self.on)

    def render_stage(self, value):
        return self.stage_of[value]

    def render_entered_on(self, value):
        return vietnamese.day(value)

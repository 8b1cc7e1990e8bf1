import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from committees import vietnamese

from .listing import LeanTable

_NUM = {"th": {"class": "num"}, "td": {"class": "num"}}


class UnitTable(LeanTable):
    """Grassroots organisations and what each admitted in the period."""

    name = tables.Column(_("Tổ chức cơ sở đảng"))
    above = tables.Column(_("Thuộc"))
    admitted = tables.Column(_("Kết nạp trong kỳ"), accessor="standing__admitted", attrs=_NUM)
    source = tables.Column(_("Nguồn"), accessor="figure", empty_values=(), attrs={"td": {"data-l": ""}})

    class Meta(LeanTable.Meta):
        orderable = False
        attrs = {"class": "list"}

    def __init__(self, *args, links, **options):
        super().__init__(*args, **options)
        self.links = links

    def render_name(self, record):
        return format_html('<a href="{}">{}</a>', self.links.dashboard(record.standing.code), record.name)

    def render_admitted(self, record):
        number = vietnamese.number(record.standing.admitted)
        address = self.links.admissions(record.standing.code) if record.standing.admitted else ""
        return format_html('<a class="n" href="{}">{}</a>', address, number) if address else number

    def render_source(self, record):
        return format_html("{}. {}", _("Không còn nguồn"), record.figure.source) if record.figure else ""


class QuotaTable(LeanTable):
    """Targets of a plan with their history; the value that counts on the day asked says so."""

    name = tables.Column(_("Tổ chức đảng"))
    group = tables.Column(_("Nhóm"), empty_values=())
    target = tables.Column(_("Chỉ tiêu"), attrs=_NUM)
    effective_on = tables.Column(_("Hiệu lực từ"), attrs={"td": {"class": "nb"}})
    document = tables.Column(_("Văn bản"), empty_values=())
    current = tables.Column(
        _("Đang tính"), attrs={"th": {"class": "nb"}, "td": {"data-l": "", "class": "nb"}}
    )
    writer = tables.Column(_("Người ghi vào sổ"), accessor="stamp", attrs={"td": {"class": "small"}})

    class Meta(LeanTable.Meta):
        orderable = False
        attrs = {"class": "list"}

    def __init__(self, *args, links, writers, **options):
        super().__init__(*args, **options)
        self.links, self.writers = links, writers

    def render_name(self, record):
        address = f"{reverse('recruitment:dashboard', args=[record.code])}?plan={self.links.said['plan']}"
        return format_html('<a href="{}">{}</a>', address, record.name)

    def render_effective_on(self, value):
        return vietnamese.day(value)

    def render_current(self, value):
        return _("Đang tính") if value else ""

    def render_writer(self, value):
        entry = self.writers.get(value)
        if entry is None:
            return "–"
        who = entry.actor.username if entry.actor_id else _("người vận hành máy")
        return f"{who}, {vietnamese.day(entry.at)}"

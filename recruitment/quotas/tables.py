import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from committees import vietnamese

from .listing import LeanTable
from .plan_tables import below

_NUM = {"th": {"class": "num"}, "td": {"class": "num"}}


class DayColumn(tables.Column):
    """A date as written; in an export it stays a date."""

    def __init__(self, *args, **options):
        options.setdefault("attrs", {"td": {"class": "nb"}})
        super().__init__(*args, **options)

    def render(self, value):
        return vietnamese.day(value)


class UnitTable(LeanTable):
    """Grassroots organisations and what each admitted in the period."""

    name = tables.Column(_("Tổ chức cơ sở đảng"), orderable=False)
    code = tables.Column(_("Mã tổ chức"), accessor="standing__code", orderable=False)
    above = tables.Column(_("Thuộc"), orderable=False)
    admitted = tables.Column(_("Kết nạp trong kỳ"), accessor="standing__admitted", attrs=_NUM)
    source = tables.Column(
        _("Nguồn"), accessor="figure", empty_values=(), orderable=False, attrs={"td": {"data-l": ""}}
    )

    shown = ("above", "admitted", "source")

    class Meta(LeanTable.Meta):
        pass  # not inherited by itself

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
        said = self.value_source(record)
        if record.mark:
            address = reverse("recruitment:sourceless", args=[record.mark.row.pk])
            return format_html('<a href="{}">{}</a>', address, said)
        return said

    def value_source(self, record):
        if record.mark:
            return capfirst(record.mark.words)
        return f"{_('Báo không còn nguồn')}. {record.figure.source}" if record.figure else ""


class QuotaTable(LeanTable):
    """Targets of a plan with their history; the value that counts on the day asked says so."""

    name = tables.Column(_("Tổ chức đảng"))
    code = tables.Column(_("Mã tổ chức"))
    group = tables.Column(_("Nhóm"), empty_values=())
    target = tables.Column(_("Chỉ tiêu"), attrs=_NUM)
    effective_on = DayColumn(_("Hiệu lực từ"))
    document = tables.Column(_("Văn bản"), empty_values=())
    reason = tables.Column(_("Lý do điều chỉnh"), empty_values=())
    current = tables.Column(
        _("Đang tính"), attrs={"th": {"class": "nb"}, "td": {"data-l": "", "class": "nb"}}
    )
    writer = tables.Column(_("Người ghi vào sổ"), accessor="stamp", attrs={"td": {"class": "small"}})

    shown = ("group", "target", "effective_on", "document", "reason", "current", "writer")

    class Meta(LeanTable.Meta):
        orderable = False

    def __init__(self, *args, links, writers, **options):
        """writers: {stamp: Entry}, filled as the rows are read."""
        super().__init__(*args, **options)
        self.links, self.writers = links, writers

    def render_name(self, record):
        address = f"{reverse('recruitment:dashboard', args=[record.code])}?plan={self.links.said['plan']}"
        return format_html('<a href="{}">{}</a>', address, record.name)

    def render_current(self, record):
        return self.value_current(record)

    def render_target(self, record):
        return format_html("{}{}", record.target, below(record.meaning))

    def value_target(self, record):
        """A plain number as one; any other shape as written, with what it comes to."""
        if record.number is not None:
            return record.number
        return f"{record.target} {record.meaning}".strip()

    def value_current(self, record):
        return _("Đang tính") if record.current else ""

    def render_writer(self, record):
        return self.value_writer(record)

    def value_writer(self, record):
        entry = self.writers.get(record.stamp)
        if entry is None:
            return "–"
        who = entry.actor.username if entry.actor_id else _("người vận hành máy")
        return f"{who}, {vietnamese.day(entry.at)}"

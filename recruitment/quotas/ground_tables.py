import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from committees import vietnamese

from .listing import LeanTable
from .tables import _NUM, DayColumn


class GroundTable(LeanTable):
    """Organisations, with what stands above them."""

    name = tables.Column(_("Tổ chức đảng"), orderable=False)
    code = tables.Column(_("Mã tổ chức"), orderable=False)
    above = tables.Column(_("Thuộc"), orderable=False)
    kind = tables.Column(_("Loại"), orderable=False)

    class Meta(LeanTable.Meta):
        pass  # not inherited by itself

    def __init__(self, *args, links, **options):
        super().__init__(*args, **options)
        self.links = links

    def opened(self, record):
        """Open candidacies, as a link to them where persons may be seen."""
        number = vietnamese.number(record.open)
        address = self.links.road(record.code) if record.open else ""
        return format_html('<a class="n" href="{}">{}</a>', address, number) if address else number


class MarkTable(GroundTable):
    """Marks: since when, why, what is done, and whether they are to be looked at again."""

    since = DayColumn(_("Từ ngày"), accessor="mark__since")
    cause = tables.Column(_("Nguyên nhân"), accessor="mark__cause", orderable=False)
    measure = tables.Column(_("Biện pháp"), accessor="mark__measure", orderable=False)
    document = tables.Column(_("Số văn bản"), accessor="mark__row__document", orderable=False)
    last = DayColumn(_("Đến hết ngày"), orderable=False)
    open = tables.Column(_("Hồ sơ đang mở"), attrs=_NUM)
    review = tables.Column(
        _("Xem lại"), accessor="mark", orderable=False, empty_values=(), attrs={"td": {"data-l": ""}}
    )

    shown = ("above", "since", "cause", "measure", "review")

    class Meta(GroundTable.Meta):
        sequence = (
            "name", "code", "above", "kind", "since", "cause", "measure", "document", "last", "open", "review",
        )  # fmt: skip

    def render_name(self, record):
        return format_html(
            '<a href="{}">{}</a>', reverse("recruitment:sourceless", args=[record.pk]), record.name
        )

    def render_open(self, record):
        return self.opened(record)

    def value_review(self, record):
        if record.mark.doubtful:
            return _("Có kết nạp ngày %s") % vietnamese.day(record.mark.admitted)
        return "" if record.running else _("Đã kết thúc")

    def render_review(self, record):
        said = self.value_review(record)
        if not record.mark.doubtful:
            return said
        return format_html(
            '<span class="tag t-behind"><svg class="ico" aria-hidden="true"><use href="#alert"/></svg>{}</span>',
            said,
        )


class IdleTable(GroundTable):
    """Organisations that admitted nobody for years."""

    last = DayColumn(_("Kết nạp gần nhất"), empty_values=())
    young = DayColumn(_("Mới có từ"), orderable=False)
    open = tables.Column(_("Hồ sơ đang mở"), attrs=_NUM)
    mark = tables.Column(_("Nguồn"), orderable=False, empty_values=(), attrs={"td": {"data-l": ""}})

    shown = ("above", "last", "young", "open", "mark")

    class Meta(GroundTable.Meta):
        pass  # not inherited by itself

    def render_name(self, record):
        return format_html('<a href="{}">{}</a>', self.links.dashboard(record.code), record.name)

    def render_last(self, record):
        return vietnamese.day(record.last) if record.last else _("chưa từng ghi")

    def render_open(self, record):
        return self.opened(record)

    def value_mark(self, record):
        return capfirst(record.mark.words) if record.mark else ""

    def render_mark(self, record):
        if not record.mark:
            return ""
        address = reverse("recruitment:sourceless", args=[record.mark.row.pk])
        return format_html('<a href="{}">{}</a>', address, self.value_mark(record))

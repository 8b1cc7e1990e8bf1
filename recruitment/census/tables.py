import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..quotas.listing import LeanTable
from ..quotas.tables import _NUM, DayColumn
from .land import OWN, SHARED

# Word and sign of each state: colour never speaks alone.
SIGNS = {OWN: "check", SHARED: "ring"}


class SettlementTable(LeanTable):
    """Settlements, whose they are, and who answers for each."""

    name = tables.Column(_("Thôn, xóm, tổ dân phố"), orderable=False)
    code = tables.Column(_("Mã thôn"), orderable=False)
    kind = tables.Column(_("Loại"), orderable=False)
    home = tables.Column(_("Thuộc"), orderable=False)
    home_code = tables.Column(_("Mã tổ chức"), orderable=False)
    state = tables.Column(_("Hình thức"), accessor="word", orderable=False)
    cell = tables.Column(_("Chi bộ"), orderable=False)
    cell_code = tables.Column(_("Mã chi bộ"), orderable=False)
    since = DayColumn(_("Từ ngày"), orderable=False)
    remark = tables.Column(_("Ghi chú"), orderable=False)

    shown = ("kind", "home", "state", "cell", "since", "remark")

    class Meta(LeanTable.Meta):
        pass  # not inherited by itself

    def __init__(self, *args, links, **options):
        super().__init__(*args, **options)
        self.links = links

    def render_name(self, record):
        address = reverse("recruitment:settlement", args=[record.code])
        return format_html('<a href="{}">{}</a>', address, record.name)

    def render_state(self, record):
        sign = SIGNS.get(record.state, "dash")
        return format_html(
            '<svg class="ico" aria-hidden="true"><use href="#{}"/></svg> {}', sign, record.word
        )

    def render_cell(self, record):
        if not record.cell_code:
            return "–"
        return format_html('<a href="{}">{}</a>', self.links.dashboard(record.cell_code), record.cell)


class CellTable(LeanTable):
    """Cells by their latest headcount."""

    name = tables.Column(_("Chi bộ"), orderable=False)
    code = tables.Column(_("Mã tổ chức"), orderable=False)
    above = tables.Column(_("Thuộc"), orderable=False)
    official = tables.Column(_("Đảng viên chính thức"), attrs=_NUM, orderable=False)
    members = tables.Column(_("Số đảng viên"), attrs=_NUM, orderable=False)
    probationary = tables.Column(_("Dự bị"), attrs=_NUM, orderable=False)
    day = DayColumn(_("Ngày đếm"), orderable=False)

    class Meta(LeanTable.Meta):
        pass  # not inherited by itself

    def __init__(self, *args, links, **options):
        super().__init__(*args, **options)
        self.links = links

    def render_name(self, record):
        return format_html('<a href="{}">{}</a>', self.links.dashboard(record.code), record.name)

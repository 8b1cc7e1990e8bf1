"""The lists of the committees' pages."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from . import deeds, vietnamese
from .models import Entry


class JournalTable(tables.Table):
    """Entries, newest first. Shows who did what where; what was written stands on the entry's own page."""

    at = tables.Column(_("Lúc"), attrs={"td": {"class": "nb"}})
    deed = tables.Column(_("Việc"))
    actor = tables.Column(_("Ai"), empty_values=())
    committee_id = tables.Column(_("Ở đâu"), empty_values=())
    about = tables.Column(_("Về"), attrs={"td": {"class": "gone"}, "th": {"class": "gone"}})
    number = tables.Column(_("Bút ký"), attrs={"td": {"class": "num"}, "th": {"class": "num"}})

    class Meta:
        model = Entry
        fields = ()
        sequence = ("at", "deed", "actor", "committee_id", "about", "number")
        orderable = False
        default = "–"
        empty_text = _("Không có bút ký nào khớp. Bỏ bớt điều kiện lọc ở trên.")

    def __init__(self, *args, named, **kwargs):
        """named: committee id -> its name on today's tree, or its code once nobody answers for it."""
        super().__init__(*args, **kwargs)
        self.named = named

    def render_at(self, value):
        return clock(value)

    def render_deed(self, value):
        return deeds.word(value)

    def render_actor(self, record):
        return deeds.doer(record)

    def render_committee_id(self, record):
        return self.named(record.committee_id) if record.committee_id else "–"

    def render_about(self, value):
        return deeds.concerned(value)

    def render_number(self, record):
        address = reverse("committees:entry", args=[record.chain, record.number])
        said = _("Ghi") if record.chain == Entry.WRITES else _("Xem")
        return format_html(
            '<a class="n nb" href="{}">{} {}</a>', address, said, vietnamese.number(record.number)
        )


def clock(moment):
    """A moment as written, in Vietnam: 24/04/2015 08:15:02."""
    local = moment.astimezone(vietnamese.ZONE)
    return f"{vietnamese.day(local.date())} {local:%H:%M:%S}"

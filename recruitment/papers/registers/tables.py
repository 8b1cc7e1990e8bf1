"""What every line of a book has on the screen and in a file: the name first, days as days, columns nobody holds empty."""

from types import SimpleNamespace

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ...quotas.listing import LeanTable
from ...quotas.tables import DayColumn


class Told(tables.Column):
    """Words of a line under the column's own name."""

    def __init__(self, label, **options):
        options.setdefault("orderable", False)
        super().__init__(label, **options)


class Long(Told):
    """The same where words are long: left out on a phone."""

    def __init__(self, label, **options):
        super().__init__(label, attrs={"th": {"class": "gone"}, "td": {"class": "gone small"}}, **options)


class Day(DayColumn):
    """A day of a line, by which lines are ordered only where it is said."""

    def __init__(self, label, **options):
        options.setdefault("orderable", False)
        super().__init__(label, **options)


class Blank(Told):
    """A column of the form that this register does not hold, or that a list may not show: ruled, to be filled by hand."""


class BookTable(LeanTable):
    """Lines of a book about people; each a `line`."""

    name = Told(_("Họ và tên"))

    class Meta(LeanTable.Meta):
        pass  # not inherited by itself

    def render_name(self, record, value):
        if record.person_id is None:
            return value
        where = reverse("recruitment:person", args=[record.person_id])
        return format_html('<a href="{}">{}</a>', where, value)


def line(record, **cells):
    """A line of a book: the id and index of a record, whose it is, and {column: value}."""
    return SimpleNamespace(pk=record.pk, row=record.row, person_id=record.person_id, **cells)

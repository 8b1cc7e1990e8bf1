"""The journal's filter, and the cut to what an account may read of it."""

import json
from datetime import timedelta

import django_filters
from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from . import access as door
from . import deeds, vietnamese
from .browse import reach
from .forms import DayField
from .models import Entry
from .vietnamese import fold


def among(ids):
    """A subquery of the given ids: one parameter, however many there are (an IN list is bounded in SQLite)."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(ids)])
    return RawSQL("SELECT unnest(%s::bigint[])", [ids])


def readable(access):
    """The entries the account may read: those of committees in the reach of its JOURNAL right. Entries that name no
    committee (accounts, loads of a whole register) belong to whoever holds the right over the whole register."""
    entries = Entry.objects.all()
    if access.may(door.JOURNAL, None):
        return entries
    mask = reach(access, door.JOURNAL)
    return entries.filter(committee_id__in=among([access.structure.ids[i] for i in mask.nonzero()[0]]))


class DayFilter(django_filters.Filter):
    field_class = DayField


class JournalFilter(django_filters.FilterSet):
    """Chain, deed, who, where, when. A committee is asked by its code and means itself and all below it today."""

    chain = django_filters.ChoiceFilter(
        label=_("Chuỗi"),
        choices=[(Entry.WRITES, _("Ghi")), (Entry.READS, _("Xem"))],
        empty_label=_("Ghi và xem"),
    )
    deed = django_filters.ChoiceFilter(
        label=_("Việc"),
        choices=lambda: sorted(deeds.DEEDS.items(), key=lambda d: fold(str(d[1]))),
        empty_label=_("Mọi việc"),
    )
    account = django_filters.CharFilter(
        label=_("Tên đăng nhập"), field_name="actor__username", lookup_expr="iexact"
    )
    committee = django_filters.CharFilter(label=_("Mã tổ chức"), method="below")
    since = DayFilter(label=_("Từ ngày"), method="from_day")
    until = DayFilter(label=_("Đến hết ngày"), method="to_day")

    class Meta:
        model = Entry
        fields = []

    def __init__(self, *args, access, **kwargs):
        super().__init__(*args, **kwargs)
        self.access = access

    def below(self, entries, name, code):
        structure, tree = self.access.structure, self.access.tree
        i = structure.by_code.get(code.strip())
        if i is None or not self.access.may(door.JOURNAL, structure.ids[i]):
            return entries.none()
        p = int(tree.position[i])
        here = (tree.position >= p) & (tree.position < tree.end[p]) if p >= 0 else []
        ids = [structure.ids[j] for j in (here.nonzero()[0] if p >= 0 else [i])]
        return entries.filter(Q(committee_id=structure.ids[i]) | Q(committee_id__in=among(ids)))

    def from_day(self, entries, name, day):
        return entries.filter(at__gte=vietnamese.midnight(day))

    def to_day(self, entries, name, day):
        return entries.filter(at__lt=vietnamese.midnight(day + timedelta(days=1)))

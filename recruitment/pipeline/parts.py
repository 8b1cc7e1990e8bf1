"""The dossiers that a cell which is split has to share out (`committees.parting`)."""

from django.utils.translation import gettext as _

from committees.access import PEOPLE
from committees.acts import DOSSIERS
from committees.filters import among
from committees.parting import Parts, answered
from committees.vietnamese import name_sort_key

from ..models import Candidacy
from .actions import HELPED


def dossiers(access, committee_id, day):
    """Those open or in probation at a cell; by name for who may see people there, else by number. One query."""
    here, is_cell = answered(access.structure, committee_id, day)
    if not is_cell:
        return Parts(DOSSIERS, "")
    named = access.may(PEOPLE, committee_id)
    rows = list(
        Candidacy.objects.filter(cell_id__in=among(here), stage__in=HELPED)
        .select_related("person")
        .order_by("pk")
    )
    if named:
        rows.sort(key=lambda row: name_sort_key(row.person.full_name))
    items = [
        (row.pk, f"{row.person.full_name if named else _('Hồ sơ số %d') % row.pk}, {row.get_stage_display()}")
        for row in rows
    ]
    return Parts(DOSSIERS, _("Hồ sơ đang mở và dự bị"), items, personal=named)

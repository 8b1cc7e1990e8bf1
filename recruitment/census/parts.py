"""The settlements that a committee which is split has to share out (`committees.parting`)."""

from django.utils.translation import gettext as _

from committees.acts import SETTLEMENTS
from committees.filters import among
from committees.models import Coverage
from committees.parting import Parts, answered


def settlements(access, committee_id, day):
    """Of a cell all it answers for; of a committee above cells those without one: the others go with theirs. One query."""
    here, is_cell = answered(access.structure, committee_id, day)
    rows = Coverage.objects.running_on(day)
    if is_cell:
        rows = rows.filter(cell_id__in=among(here))
    else:
        rows = rows.filter(committee_id__in=among(here), cell=None)
    rows = rows.select_related("settlement").order_by("settlement__code")
    items = [(row.settlement.code, f"{row.settlement.name} ({row.settlement.code})") for row in rows]
    return Parts(SETTLEMENTS, _("Thôn, tổ dân phố"), items)

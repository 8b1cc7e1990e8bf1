"""The KINDs of workbook that can be loaded (contracts §2)."""

from .admissions import Admissions
from .candidates import Candidates
from .committees import Committees
from .headcounts import Headcounts
from .mandates import Mandates
from .plans import Plans
from .quotas import Quotas
from .reorganisations import Reorganisations
from .reported import Reported
from .settlements import Settlements

KINDS = {
    kind.name: kind
    for kind in (
        Committees,
        Headcounts,
        Plans,
        Quotas,
        Mandates,
        Candidates,
        Admissions,
        Reported,
        Reorganisations,
        Settlements,
    )
}

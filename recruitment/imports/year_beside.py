"""What stands beside the demo's running year: people to be sent to class, and what the province's own committee undertook
on top, one district by a rate of its members. All of it is reconstructed, and says so.
"""

from datetime import date
from decimal import Decimal
from math import ceil

from committees.vietnamese import today

from ..fields import Aim
from ..models import DemoMark, Plan
from ..quotas import deeds
from .organisations import BRVT, read
from .standing import standing
from .year_ahead import DISTRICT, PROVINCE, SAID, WHOLE

# For each person to be admitted so many are sent to class.
CLASSES = Decimal("1.5")
OWN, RATE = 345, Decimal("0.9")


def play_beside():
    """Put both plans beside the running year, once: False where they stand, or the year does not. Each deed takes its own
    pen."""
    mark = DemoMark.objects.first()
    made_on = mark.made_on if mark else today()
    running = Plan.objects.filter(code=f"{PROVINCE}-{made_on.year}").first()
    units = {row["Mã tổ chức"]: ceil(CLASSES * int(row["Chỉ tiêu"])) for row in read(f"{BRVT}/year.csv")}
    at = standing([PROVINCE, *units], made_on)
    if running is None or len(at) <= len(units) or Plan.objects.filter(code=f"{running.code}-BD").exists():
        return False
    trained = _plan(
        running,
        "BD",
        f"Chỉ tiêu bồi dưỡng nhận thức {running.since.year}",
        Plan.Kind.ASSIGNED,
        Plan.Counts.TRAINED,
    )
    for code, number in {PROVINCE: ceil(CLASSES * WHOLE), **units}.items():
        deeds.set_quota(trained, at[code], by=None, target=Aim(number), document=trained.document)
    own = _plan(
        running,
        "DV",
        f"Kế hoạch phấn đấu {running.since.year} của đảng bộ",
        Plan.Kind.OWN,
        Plan.Counts.ADMISSIONS,
    )
    deeds.set_quota(own, at[PROVINCE], by=None, target=Aim(OWN, at_least=True), document=own.document)
    deeds.set_quota(
        own, at[DISTRICT], by=None, target=Aim(rate=RATE), base_on=date(running.since.year - 1, 12, 31),
        document=own.document,
    )  # fmt: skip
    return True


def _plan(running, part, name, kind, counts):
    """A plan of the running year's period, of another kind or count."""
    issuer = running.issuer if kind == Plan.Kind.ASSIGNED else "Đảng bộ tỉnh Bà Rịa – Vũng Tàu"
    return deeds.add_plan(
        by=None, code=f"{running.code}-{part}", committee=running.committee, name=name, kind=kind, issuer=issuer,
        document=f"{name} {SAID}", issued_on=running.issued_on, since=running.since, until=running.until,
        counts_by=running.counts_by, counts=counts,
    )  # fmt: skip

"""A province in the middle of a plan's year, counted from today: two districts, of which the first has a past."""

from datetime import timedelta
from types import SimpleNamespace

from committees import journal, vietnamese
from committees.models import Role
from recruitment.models import Stage
from recruitment.pipeline import actions
from tests import factories as make

STAGES = (Stage.CLASS, Stage.DOSSIER, Stage.CELL, Stage.SUBMITTED)
BEFORE, AFTER, STEP = (
    200,
    164,
    50,
)  # days of the plan so far, and to come; days that a dossier lies at a stage


def build(today=None, *, more=0):
    """T with the districts T-1 and T-2; every fortnight for two years somebody in T-1-1-1, on the road for eight months;
    targets of T and T-1. Three of the class in T-2-1-1, of whom one loses the certificate next month. `more` districts
    beside them."""
    today = today or vietnamese.today()
    with journal.pen(None, "test"):
        at = make.make_province(districts=2 + more)
        first, last = today - timedelta(days=BEFORE), today + timedelta(days=AFTER)
        plan = make.make_plan("KH", at["T"], first=first, last=last, name="Kế hoạch năm nay")
        for code, target in (("T", 27), ("T-1", 20)):
            make.make_quota(plan, at[code], target)
        for k in range(60):
            begun = today - timedelta(days=860 - 14 * k)
            steps = [(stage, begun + timedelta(days=STEP * n)) for n, stage in enumerate(STAGES, 1)]
            candidacy = make.make_candidacy(
                at["T-1-1-1"],
                begun,
                *[step for step in steps if step[1] <= today],
                full_name=f"Trần Thị Mẫu {k}",
            )
            if steps[0][1] <= today:
                make.make_certificate(at["T-1-1-1"], steps[0][1], person=candidacy.person)
            if (decided := begun + timedelta(days=5 * STEP)) <= today:
                make.make_admission(at["T-1-1-1"], decided, person=candidacy.person, candidacy=candidacy)
                actions.advance(candidacy, Stage.DECIDED, on=decided)
        for k, months in enumerate((3, 12, 59)):
            certified = vietnamese.add_months(today, -months)
            beside = make.make_candidacy(
                at["T-2-1-1"], certified, (Stage.CLASS, certified), full_name=f"Lê Văn Bên {k}"
            )
            make.make_certificate(at["T-2-1-1"], certified, person=beside.person)
    return SimpleNamespace(at=at, plan=plan, today=today)


def people(world):
    """Accounts of the roles that matter here: {name: Account}."""
    at = world.at
    return {
        "staff": make.make_account("can-bo", Role.STAFF, at["T"]),
        "standing": make.make_account("thuong-vu", Role.STANDING, at["T"]),
        "secretary": make.make_account("bi-thu", Role.SECRETARY, at["T-2-1-1"]),
    }

"""The walk's world of acts, in the database: the same dice and the same laws, over the program's own tables."""

from datetime import date

from committees import reorganise
from committees.models import Committee, Headcount, Mandate, Placement, Reorganisation, Role, Succession
from committees.register import Register
from committees.shares import SUCCESSION
from recruitment import columns
from recruitment.management.bench.acts.told import Told
from recruitment.management.bench.acts.world import ADMITTING, BEGIN, PLANTED, START, TARGETS
from recruitment.models import Admission, Candidacy, Person, Plan, Quota, Step
from recruitment.pipeline import admissions
from tests import factories as make

STRUCTURE = (Committee, Placement, Succession, Mandate, Headcount)
FACTS = (Person, Admission, Candidacy, Step, Plan, Quota)
ROW = ("pk", "committee_id", "since", "until", "name", "kind", "parent_id", "organisation_type")
NOBODY = dict.fromkeys(("ethnicity", "religion", "education", "qualification", "occupation"), "")
# username: (role, the committee, None for the whole register)
CAST = {
    "an": (Role.STAFF, None), "binh": (Role.STAFF, "P1"), "chi": (Role.SECRETARY, "P1A5"), "dung": (Role.STAFF, "Q2A"),
}  # fmt: skip


def rows(models):
    """Every value of every row, stamps included."""
    return {model: sorted(model.objects.values_list(), key=repr) for model in models}


class Office:
    """What `Dice` and `laws` ask of a World. today: the day of the latest act."""

    def __init__(self):
        def bulk(model, made):
            return model.objects.bulk_create(made)

        planted = [
            (code, above, Placement(name=f"Tên {code}", kind=kind, since=START))
            for code, (kind, above) in PLANTED.items()
        ]
        with make._pen():
            reorganise.found(planted, bulk)
            at = self.at()
            self.plan = make.make_plan("KH", first=date(2024, 1, 1), last=date(2040, 12, 31))
            for code, low in TARGETS.items():
                make.make_quota(self.plan, at[code], low)
            for k, code in enumerate(ADMITTING):
                make.make_admission(at[code], date(2024, 1 + k, 5))
        self.accounts = {
            name: make.make_account(name, role, at.get(code)) for name, (role, code) in CAST.items()
        }
        self.today = BEGIN

    @staticmethod
    def at():
        return {committee.code: committee for committee in Committee.objects.all()}

    def register(self):
        return Register.read()

    @property
    def committees(self):
        return dict(Committee.objects.values_list("code", "pk"))

    @property
    def placements(self):
        return {row[0]: row for row in Placement.objects.values_list(*ROW)}

    @property
    def successions(self):
        return {row[0]: row[1:] for row in Succession.objects.values_list("pk", *SUCCESSION)}

    @property
    def facts(self):
        return list(Admission.objects.order_by("pk").values_list("cell__code", "decided_on"))

    @property
    def quotas(self):
        return list(Quota.objects.order_by("pk"))

    @property
    def snapshot(self):
        return columns.current()

    def admit(self, code):
        """Somebody is admitted in a cell today, by the deed of the page."""
        by, n = self.accounts["an"], Admission.objects.count()
        return admissions.admit(
            make.door(by), columns.current(), full_name=f"Nguyễn Văn Số {n}", citizen_id=None, cell=self.at()[code],
            decided_on=self.today, decision_number="", received_on=None, ceremony_on=None, official_on=None, by=by,
            traits={"sex": "M", "born": date(1990, 1, 1), "union_member": False} | NOBODY,
        )  # fmt: skip

    def unseen(self):
        """Whoever sees people of a committee that its mandates do not reach by the tables, or does not see those they
        reach: [(username, code)]."""
        told, found = Told(self), []
        for name, account in self.accounts.items():
            door, reach = make.door(account), set()
            everywhere = False
            for mandate in account.mandates.select_related("committee"):
                if mandate.since <= self.today and (mandate.until is None or self.today < mandate.until):
                    everywhere |= mandate.committee is None
                    if mandate.committee is not None:
                        reach.add(told.road(mandate.committee.code, self.today)[-1])
            for code, pk in self.committees.items():
                heir = told.road(code, self.today)[-1]
                wanted = everywhere or (heir is not None and bool(reach & {*told.above(heir, self.today)}))
                if told.last(code, self.today) is not None and door.may("people", pk) != wanted:
                    found.append((name, code))
        return found


def applied():
    """The packages that stand, the latest last."""
    return list(Reorganisation.objects.filter(state=Reorganisation.State.APPLIED).order_by("stamp"))

"""A province small enough to count by hand: two districts, targets, one report, candidates at every stage."""

from datetime import date
from types import SimpleNamespace

from committees import journal
from committees.models import Role
from recruitment.models import Stage
from tests import factories as make

FIRST, LAST = date(2014, 1, 1), date(2015, 12, 31)


def build():
    """T: T-1 (24 admitted of 20), T-2 (3 admitted of 10); target 30. T-1-1-1 and T-2-1-1 are the cells that admit;
    T-1-2 and T-2-2 are grassroots organisations without admissions, of which T-2-2 has no source."""
    with journal.pen(None, "test"):
        at = make.make_province(districts=2, communes=2)
        before = make.make_plan(
            "KH-1", at["T"], first=date(2012, 1, 1), last=date(2013, 12, 31), name="Kế hoạch 01"
        )
        plan = make.make_plan("KH-2", at["T"], first=FIRST, last=LAST, name="Kế hoạch 02", previous=before)
        for code, target in (("T", 30), ("T-1", 20), ("T-2", 10)):
            make.make_quota(plan, at[code], target, document="05-KH/TU")
        women = make.make_admissions(
            at["T-1-1-1"], 12, date(2014, 2, 1), every=30, sex="F", ethnicity="Kinh", occupation="Nông dân",
            education="THPT", qualification="Đại học",
        )  # fmt: skip
        men = make.make_admissions(
            at["T-1-1-1"], 12, date(2014, 3, 1), every=30, ethnicity="Châu Ro", occupation="Công nhân",
            ceremony_on=date(2015, 6, 1),
        )  # fmt: skip
        few = make.make_admissions(
            at["T-2-1-1"], 3, date(2015, 3, 1), sex="F", religion="Công giáo", born=date(1980, 5, 5)
        )
        cancelled = make.make_admission(at["T-2-1-1"], date(2015, 4, 1), cancelled_on=date(2015, 5, 1))
        make.make_reported(at["T"], "Kết nạp", 20, date(2012, 1, 1), date(2013, 12, 31), source="Bài báo")
        make.make_reported(at["T-2-2"], "Tổ chức đảng không còn nguồn", 1, date(2015, 1, 1), LAST)
        for stage in (Stage.CLASS, Stage.DOSSIER, Stage.SUBMITTED, Stage.DECIDED):
            make.make_candidacy(at["T-2-1-1"], date(2015, 1, 5), (stage, date(2015, 2, 5)))
        make.make_candidacy(at["T-1-1-1"], date(2015, 1, 5))
    return SimpleNamespace(
        at=at, plan=plan, before=before, women=women, men=men, few=few, cancelled=cancelled
    )


def people(world):
    """Accounts of the three roles that matter here: {name: Account}."""
    at = world.at
    return {
        "staff": make.make_account("can-bo", Role.STAFF, at["T"]),
        "standing": make.make_account("thuong-vu", Role.STANDING, at["T"]),
        "district": make.make_account("huyen", Role.STAFF, at["T-2"]),
        "secretary": make.make_account("bi-thu", Role.SECRETARY, at["T-2-1-1"]),
    }

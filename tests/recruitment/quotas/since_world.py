"""A figure looked at on 30/06, and what is done after it: what the tests of its changes share."""

from datetime import date
from types import SimpleNamespace

import time_machine

from committees.models import Role
from recruitment import columns
from recruitment.quotas.past import past
from recruitment.quotas.question import ask
from recruitment.quotas.since import since
from tests import factories as make

FIRST, LAST, SEEN = date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 30)
BEFORE, AFTER, NOW = "2026-06-20T03:00:00+00:00", "2026-07-10T03:00:00+00:00", "2026-07-20T03:00:00+00:00"
PERSON = {
    "Sinh ngày": "14/03/1990",
    "Giới tính": "Nam",
    "Ngày quyết định": "15/06/2026",
    "Mã tổ chức": "T-1-1-1",
}


def at_moment(moment):
    return time_machine.travel(moment, tick=False)


def build():
    """T in 2026 with 40: 20 admitted at T-1-1-1 and 3 at T-2-1-1 by 19/06, all entered by 20/06."""
    with at_moment(BEFORE):
        at = make.make_province(districts=2, cells=2)
        plan = make.make_plan("KH", at["T"], first=FIRST, last=LAST, name="Kế hoạch năm")
        make.make_quota(plan, at["T"], 40, document="01-KH")
        make.make_admissions(at["T-1-1-1"], 20, date(2026, 2, 1))
        make.make_admissions(at["T-2-1-1"], 3, date(2026, 3, 1))
        staff = make.make_account("can-bo", Role.STAFF, at["T"])
    return SimpleNamespace(at=at, plan=plan, staff=staff)


def answer(code="T", plan="KH", on=SEEN, seen=SEEN):
    snapshot = columns.current()
    question, found = ask(snapshot, code, plan=plan, on=on)
    known = past(snapshot, question.plan, since=seen, tree_on=question.tree_on)
    told = since(snapshot, known, question, found)
    assert told.reconciliation.adds_up
    return told


def counts(**asked):
    told = answer(**asked).reconciliation
    return told.then, told.counts, told.now


def enter(world, code="T-1-1-1", on=date(2026, 6, 15), n=1, **more):
    with at_moment(AFTER):
        return [make.make_admission(world.at[code], on, **more) for _ in range(n)]


def rows(n, first=0, **more):
    return [{**PERSON, "Họ và tên": f"Lê Văn Tệp {first + k}", **more} for k in range(n)]

"""The world in which every address is asked: two provinces, one of everything in each committee, an account a role; and
the table of answers (access_matrix.txt)."""

from contextlib import contextmanager
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from django.http import SimpleCookie
from django.test import Client

from committees import journal, vietnamese
from committees.models import Mandate, Role
from recruitment.models import Person
from tests.access_addresses import NOWHERE
from tests.factories import (
    make_account,
    make_admission,
    make_allotment,
    make_allowance,
    make_batch,
    make_candidacy,
    make_certificate,
    make_course,
    make_criterion,
    make_file,
    make_flow,
    make_gap,
    make_group,
    make_job,
    make_letter,
    make_mandate,
    make_merge,
    make_paper,
    make_period,
    make_plan,
    make_province,
    make_quota,
    make_reorganisation,
    make_review,
    make_settlement,
    make_sourceless,
    make_submission,
    make_upload,
)
from tests.factories_papers import make_block, make_issued, make_scan
from tests.undone import undone

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ROLES = (*(role.value for role in Role), "ended", "anonymous")
OBJECTS = {
    "own": "A-1-1",
    "above": "A-1",
    "below": "A-1-1-1",
    "beside": "A-1-2",
    "other": "B-1-1",
    "none": "Z",
}
MATRIX = Path(__file__).with_name("access_matrix.txt")


def read_matrix():
    """{address: {(method, role): (answer for each of OBJECTS)}}; a line with fewer stars goes before one with more."""
    lines = [line.split() for line in MATRIX.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line and not line[0].startswith("#")]
    matrix, said = {}, {}
    for name, methods, roles, *answers in sorted(lines, key=lambda line: line[1:3].count("*")):
        assert len(answers) in {1, len(OBJECTS)}, f"{name} {methods} {roles}: {len(answers)} answers"
        stars = (methods, roles).count("*")
        every = METHODS if methods == "*" else methods.split(",")
        for cell in product(every, ROLES if roles == "*" else roles.split(",")):
            assert cell[0] in METHODS and cell[1] in ROLES, f"{name}: there is no {cell}"
            assert said.setdefault((name, cell), stars) <= stars
            known = matrix.setdefault(name, {}).setdefault(cell, answers)
            assert known is answers or said[name, cell] < stars, f"{name}: {cell} is said twice"
    return matrix


EXPECTED = read_matrix()


@pytest.fixture(scope="module")
def world(module_db):
    """Two provinces; in every committee of OBJECTS one of everything that has an address."""
    made = make_province("A", districts=2, communes=2, cells=2) | make_province("B")
    yesterday = vietnamese.today() - timedelta(days=1)
    for role in Role:
        make_account(f"{role.value}-a11", role, made["A-1-1"])
    make_account("ended-a11", Role.STAFF, made["A-1-1"], until=yesterday)
    plan = make_plan("KH", made["A"])
    sent, closed = make_period(made["A"]), make_period(made["A"], 2011)
    things = {
        "none": {"code": "Z"}
        | dict.fromkeys(("person", "admission", "candidacy", "entry", "mandate", "account"), NOWHERE)
    }
    things["none"] |= {
        "upload": NOWHERE,
        "file": NOWHERE,
        "import_job": NOWHERE,
        "issue_job": NOWHERE,
        "batch": NOWHERE,
        "plan": "Z",
        "quota": NOWHERE,
        "course": NOWHERE,
        "criterion": NOWHERE,
        "block": NOWHERE,
        "allotment": NOWHERE,
        "group": "Z",
        "sourceless": NOWHERE,
        "settlement": "Z",
        "reorganisation": NOWHERE,
        "flow": NOWHERE,
        "period": NOWHERE,
        "allowance": NOWHERE,
        "sent": sent.pk,
        "closed": closed.pk,
        "gap": "0" * 16,
    }
    things["none"] |= dict.fromkeys(
        ("paper", "issued", "letter", "scan", "mentorship", "review", "certificate", "merge"), NOWHERE
    )
    for whose, code in OBJECTS.items():
        if whose == "none":
            continue
        committee = made[code]
        quota = make_quota(plan, committee, 3)
        child = made.get(f"{code}-1", committee)  # a cell has none
        make_plan(f"KH-{code}", committee)
        admission = make_admission(committee, date(2012, 3, 4), full_name=f"Nguyễn Thị {whose.title()}")
        candidacy = make_candidacy(
            committee, date(2012, 1, 1), person=admission.person, mentor="Trần Văn Bảy"
        )
        make_submission(sent, committee)
        make_submission(closed, committee, state="accepted")
        holder = make_account(f"holder-{whose}")
        upload = make_upload(
            Mandate.objects.get(account__username="staff-a11").account if whose == "own" else holder,
            "headcounts",
            [{"Mã tổ chức": code, "Ngày": "31/12/2012", "Số đảng viên": 9}],
        )
        mandate = make_mandate(holder, Role.STAFF, committee)
        with journal.pen(None, "test", committee=committee) as pen:
            Person(full_name=f"Trần Văn {whose.title()}", sex="M", born=date(1990, 1, 1)).save()
        things[whose] = {
            "code": code,
            "person": admission.person.pk,
            "admission": admission.pk,
            "candidacy": candidacy.pk,
            "paper": make_paper(candidacy, "application", date(2012, 2, 1)).pk,
            "issued": make_issued(
                candidacy, "6-KNĐ", date(2012, 6, 1), {"person.name": "Ai"}, printed=True
            ).pk,
            "letter": make_letter(candidacy, date(2012, 2, 1)).pk,
            "scan": make_scan(candidacy).pk,
            "mentorship": candidacy.mentorships.get().pk,
            "review": make_review(candidacy, date(2012, 2, 1)).pk,
            "certificate": make_certificate(committee, date(2012, 2, 1), person=admission.person).pk,
            "course": make_course(committee).pk,
            "plan": f"KH-{code}",
            "quota": quota.pk,
            "entry": pen.number,
            "criterion": make_criterion(committee).pk,
            "block": make_block(committee).pk,
            "allotment": make_allotment(plan, committee, child, 2).pk,
            "group": make_group(f"Nhóm {code}", {"field": "sex", "in": ["f"]}, committee=committee).code,
            "sourceless": make_sourceless(committee, date(2012, 5, 1)).pk,
            "gap": make_gap(committee),
            "flow": make_flow(committee, date(2012, 1, 1), date(2012, 4, 1), died=1).pk,
            "settlement": make_settlement(f"T-{code}", committee).code,
            "period": make_period(committee, 2010).pk,
            "sent": sent.pk,
            "closed": closed.pk,
            "allowance": make_allowance(sent, committee).pk,
            "reorganisation": make_reorganisation(committee).pk,
            "mandate": mandate.pk,
            "account": holder.pk,
            "merge": make_merge(admission.person).pk,
            "upload": upload.pk,
            "import_job": make_job(upload.account, "import-check", {"upload": upload.pk}).pk,
            "issue_job": make_job(
                upload.account,
                "issue",
                {"form": "9-KNĐ", "committee": code, "picks": [candidacy.pk], "confirmed": {}},
            ).pk,
            "batch": make_batch(committee, "headcounts").pk,
            "file": make_file(
                Mandate.objects.get(account__username="staff-a11").account if whose == "own" else holder,
                "candidacies",
                f"committee={code}",
            ).pk,
        }
    for whose, thing in things.items():
        thing["twin"] = things["below" if whose == "own" else "own"]["person"]
    return {"made": made, "things": things, "plan": plan}


@pytest.fixture(scope="module")
def sessions(world):
    """{role: the cookies of somebody who has signed in}."""
    found = {}
    for role in ROLES:
        if role != "anonymous":
            client = Client()
            client.force_login(Mandate.objects.get(account__username=f"{role}-a11").account)
            found[role] = client.cookies
    return found


@pytest.fixture
def clients(db, sessions):
    """A signed-in client a role; refusals must not come from a page that failed, so errors are raised."""
    found = {role: Client() for role in ROLES}
    for role, cookies in sessions.items():
        found[role].cookies = SimpleCookie(cookies)
    return found


@contextmanager
def taken_back(client):
    """Undoes what a request wrote, a sign-out included."""
    cookies = client.cookies.copy()
    with undone():
        yield
    client.cookies = cookies


def answer(client, method, where):
    response = getattr(client, method.lower())(where)
    if response.status_code == 302 and response.url.startswith("/login/"):
        return "login", response
    return str(response.status_code), response

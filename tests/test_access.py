"""Every address × method × role × whose object it is, against one table that people read too: tests/access_matrix.txt.

The addresses come from Django's resolver: one that the table does not know fails the suite, and so does one it knows
that is gone. A refusal repeats the request that succeeds with only the role or the object changed, and must leave
both chains of the journal as they were: nothing is written without an entry.
"""

import re
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse, SimpleCookie
from django.test import Client
from django.urls import get_resolver, path, reverse

from committees import accounts, journal, vietnamese
from committees.models import Entry, Mandate, Role
from recruitment.models import Person
from recruitment.quotas.listing import LISTS
from recruitment.reports.catalogue import EXPORTS, FILES, LISTINGS
from tests.factories import (
    end_committee,
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

# The same doors whatever the database behind them; each address is asked on the other one by tests/test_html.py.
pytestmark = [pytest.mark.takes_long, pytest.mark.once]
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
NOWHERE = 999_999_999
MATRIX = Path(__file__).with_name("access_matrix.txt")


def walk(patterns=None, before=""):
    """The names of all addresses the site answers, with their namespaces."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            namespace = f"{before}{pattern.namespace}:" if pattern.namespace else before
            yield from walk(pattern.url_patterns, namespace)
        else:
            assert pattern.name, f"{pattern.pattern} has no name"
            yield before + pattern.name


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


def test_the_table_knows_every_address_and_no_other():
    assert sorted(set(walk())) == sorted(EXPECTED)


def test_the_table_is_whole(capsys):
    for name, cells in EXPECTED.items():
        missing = set(product(METHODS, ROLES)) - set(cells)
        assert not missing, f"{name}: {sorted(missing)[:3]} not said"
    with capsys.disabled():
        tried = sum(
            len(ASKED_OF_CLOSED) * len(closed_methods(name))
            + len(ROLES) * (len(METHODS) - len(closed_methods(name))) * (len(OBJECTS) if name in PARTS else 1)
            for name in EXPECTED
        )
        print(f"\naccess: {len(EXPECTED)} addresses, {tried} cells tried")


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


# How the object stands in the address: as a part of it, or as a parameter.
PARTS = {
    "recruitment:dashboard": lambda thing: ([thing["code"]], {}),
    "recruitment:report-annual": lambda thing: ([thing["code"]], {"year": 2012}),
    "recruitment:report-annual-file": lambda thing: ([thing["code"], "xlsx"], {"year": 2012}),
    "recruitment:queue-extract": lambda thing: (["to-decide", "xlsx"], {"committee": thing["code"]}),
    "recruitment:course-extract": lambda thing: ([thing["course"], "xlsx"], {}),
    "recruitment:duplicate-list": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:duplicate": lambda thing: ([thing["person"], thing["twin"]], {}),
    "recruitment:duplicate-apart": lambda thing: ([thing["person"], thing["twin"]], {}),
    "recruitment:duplicate-doubt": lambda thing: ([thing["person"], thing["twin"]], {}),
    "recruitment:merge-undo": lambda thing: ([thing["merge"]], {}),
    "recruitment:person": lambda thing: ([thing["person"]], {}),
    "recruitment:person-edit": lambda thing: ([thing["person"]], {}),
    "recruitment:candidacy-step": lambda thing: ([thing["candidacy"]], {}),
    "recruitment:candidacy-retract": lambda thing: ([thing["candidacy"]], {}),
    "recruitment:candidacy-mentor": lambda thing: ([thing["candidacy"]], {}),
    "recruitment:candidacy-certificate": lambda thing: ([thing["candidacy"]], {}),
    "recruitment:candidacy-close": lambda thing: ([thing["candidacy"]], {}),
    "recruitment:candidacy-record": lambda thing: ([thing["candidacy"], "application"], {}),
    "recruitment:candidacy-review": lambda thing: ([thing["candidacy"]], {}),
    "recruitment:candidacy-move": lambda thing: ([thing["candidacy"]], {}),
    "recruitment:candidacy-verification": lambda thing: ([thing["candidacy"]], {}),
    "recruitment:candidacy-checklist": lambda thing: ([thing["candidacy"]], {}),
    "recruitment:issuing": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:issuing-print": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:issuing-job": lambda thing: ([thing["issue_job"]], {}),
    "recruitment:candidacy-folder": lambda thing: ([thing["candidacy"]], {}),
    "recruitment:candidacy-folder-file": lambda thing: ([thing["candidacy"]], {}),
    "recruitment:candidacy-inventory": lambda thing: ([thing["candidacy"]], {}),
    "recruitment:candidacy-papers": lambda thing: ([thing["candidacy"]], {}),
    "recruitment:candidacy-paper": lambda thing: ([thing["candidacy"], "6-knd"], {}),
    "recruitment:paper-draft": lambda thing: ([thing["candidacy"], "1-knd", "pdf"], {}),
    "recruitment:issued-paper": lambda thing: ([thing["issued"]], {}),
    "recruitment:issued-file": lambda thing: ([thing["issued"], "pdf"], {}),
    "recruitment:candidacy-scans": lambda thing: ([thing["candidacy"]], {}),
    "recruitment:scan": lambda thing: ([thing["scan"]], {}),
    "recruitment:scan-file": lambda thing: ([thing["scan"]], {}),
    "recruitment:scan-replace": lambda thing: ([thing["scan"]], {}),
    "recruitment:scan-drop": lambda thing: ([thing["scan"]], {}),
    "recruitment:paper-correct": lambda thing: ([thing["paper"]], {}),
    "recruitment:paper-retract": lambda thing: ([thing["paper"]], {}),
    "recruitment:letter-answer": lambda thing: ([thing["letter"]], {}),
    "recruitment:mentor-unable": lambda thing: ([thing["mentorship"]], {}),
    "recruitment:letter-correct": lambda thing: ([thing["letter"]], {}),
    "recruitment:certificate-correct": lambda thing: ([thing["certificate"]], {}),
    "recruitment:mentorship-correct": lambda thing: ([thing["mentorship"]], {}),
    "recruitment:review-correct": lambda thing: ([thing["review"]], {}),
    "recruitment:mentor-list": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:course": lambda thing: ([thing["course"]], {}),
    "recruitment:course-edit": lambda thing: ([thing["course"]], {}),
    "recruitment:course-invite": lambda thing: ([thing["course"]], {}),
    "recruitment:course-attendance": lambda thing: ([thing["course"]], {}),
    "recruitment:course-results": lambda thing: ([thing["course"]], {}),
    "recruitment:course-completion": lambda thing: ([thing["course"]], {}),
    "recruitment:course-certificates": lambda thing: ([thing["course"]], {}),
    "recruitment:course-certificates-undo": lambda thing: ([thing["course"]], {}),
    "recruitment:certificate-register": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:certificate-sheet": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:book-candidates": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:book-admissions": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:book-documents": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:book-endings": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:register-pdf": lambda thing: (["bookadmissions"], {"committee": thing["code"]}),
    "recruitment:admission-edit": lambda thing: ([thing["admission"]], {}),
    "recruitment:admission-cancel": lambda thing: ([thing["admission"]], {}),
    "recruitment:admission-list": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:candidacy-list": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:forecast-list": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:today": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:meeting-sheet": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:desk": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:queue": lambda thing: (["to-decide"], {"committee": thing["code"]}),
    "recruitment:decision-batch": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:explanation": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:quota-list": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:change-list": lambda thing: ([], {"committee": thing["code"], "since": "2012-06-30"}),
    "recruitment:unit-targets": lambda thing: ([], {"committee": thing["code"], "on": "2012-06-30"}),
    "recruitment:unit-list": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:import": lambda thing: ([thing["upload"]], {}),
    "recruitment:import-apply": lambda thing: ([thing["upload"]], {}),
    "recruitment:import-columns": lambda thing: ([thing["upload"]], {}),
    "recruitment:import-columns-forget": lambda thing: ([thing["upload"]], {}),
    "recruitment:import-drop": lambda thing: ([thing["upload"]], {}),
    "recruitment:import-job": lambda thing: ([thing["import_job"]], {}),
    "recruitment:import-edit": lambda thing: ([thing["upload"]], {}),
    "recruitment:import-row": lambda thing: ([thing["upload"], 2], {}),
    "recruitment:import-mended": lambda thing: ([thing["upload"]], {}),
    "recruitment:import-faults": lambda thing: ([thing["upload"]], {}),
    "recruitment:import-batch": lambda thing: ([thing["batch"]], {}),
    "recruitment:import-undo": lambda thing: ([thing["batch"]], {}),
    "recruitment:import-template": lambda thing: (["candidates"], {}),
    "recruitment:plan": lambda thing: ([thing["plan"]], {}),
    "recruitment:plan-versions": lambda thing: ([thing["plan"]], {}),
    "recruitment:plan-years": lambda thing: ([thing["plan"]], {}),
    "recruitment:plan-edit": lambda thing: ([thing["plan"]], {}),
    "recruitment:quota-new": lambda thing: ([thing["plan"]], {}),
    "recruitment:quota-history": lambda thing: (["KH", thing["code"]], {}),
    "recruitment:group-list": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:group": lambda thing: ([thing["group"]], {}),
    "recruitment:sourceless-list": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:sourceless": lambda thing: ([thing["sourceless"]], {}),
    "recruitment:gap-list": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:gap": lambda thing: ([thing["code"], thing["gap"]], {}),
    "recruitment:flow-sheet": lambda thing: ([], {"committee": thing["code"], "year": 2012, "part": 1}),
    "recruitment:flow-form": lambda thing: (["xlsx"], {"committee": thing["code"], "year": 2012, "part": 1}),
    "recruitment:flow-new": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:flow-edit": lambda thing: ([thing["flow"]], {}),
    "recruitment:flow-drop": lambda thing: ([thing["flow"]], {}),
    "recruitment:cell-list": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:quality": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:fault-list": lambda thing: ([], {"committee": thing["code"], "check": "no_mentor"}),
    "recruitment:headcount": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:settlement-list": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:settlement": lambda thing: ([thing["settlement"]], {}),
    "recruitment:settlement-edit": lambda thing: ([thing["settlement"]], {}),
    "recruitment:settlement-cover": lambda thing: ([thing["settlement"]], {}),
    "recruitment:settlement-correct": lambda thing: ([thing["settlement"]], {}),
    "recruitment:settlement-take-back": lambda thing: ([thing["settlement"]], {}),
    "recruitment:settlement-end": lambda thing: ([thing["settlement"]], {}),
    "recruitment:idle-list": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:plan-declared": lambda thing: (["KH"], {"committee": thing["code"]}),
    "recruitment:quota-undo": lambda thing: ([thing["quota"]], {}),
    "recruitment:allotment-list": lambda thing: (["KH", thing["code"]], {}),
    "recruitment:allotment-new": lambda thing: (["KH", thing["code"]], {}),
    "recruitment:allotment-compare": lambda thing: (["KH", thing["code"]], {}),
    "recruitment:hand-out": lambda thing: (["KH", thing["code"]], {}),
    "recruitment:allotment": lambda thing: ([thing["allotment"]], {}),
    "recruitment:allotment-issue": lambda thing: ([thing["allotment"]], {}),
    "recruitment:allotment-copy": lambda thing: ([thing["allotment"]], {}),
    "recruitment:allotment-drop": lambda thing: ([thing["allotment"]], {}),
    "recruitment:allotment-undo": lambda thing: ([thing["allotment"]], {}),
    "recruitment:allotment-annex": lambda thing: ([thing["allotment"]], {}),
    "recruitment:allotment-annex-file": lambda thing: ([thing["allotment"], "xlsx"], {}),
    "recruitment:period": lambda thing: ([thing["period"]], {}),
    "recruitment:period-export": lambda thing: ([thing["period"], "xlsx"], {}),
    "recruitment:period-edit": lambda thing: ([thing["period"]], {}),
    "recruitment:period-drop": lambda thing: ([thing["period"]], {}),
    "recruitment:period-unit": lambda thing: ([thing["sent"], thing["code"]], {}),
    "recruitment:period-submit": lambda thing: ([thing["sent"], thing["code"]], {}),
    "recruitment:period-take-back": lambda thing: ([thing["sent"], thing["code"]], {}),
    "recruitment:period-judge": lambda thing: ([thing["sent"], thing["code"]], {}),
    "recruitment:period-allow": lambda thing: ([thing["sent"], thing["code"]], {}),
    "recruitment:period-changes": lambda thing: ([thing["closed"], thing["code"]], {}),
    "recruitment:period-report": lambda thing: ([thing["sent"], thing["code"], 1], {}),
    "recruitment:period-file": lambda thing: ([thing["sent"], thing["code"], 1, "pdf"], {}),
    "recruitment:allowance-end": lambda thing: ([thing["allowance"]], {}),
    "recruitment:rule-set": lambda thing: (["2025-07"], {}),
    "recruitment:rule-set-undo": lambda thing: (["2025-07"], {}),
    "recruitment:rule-change": lambda thing: (["2025-07", "certificate"], {}),
    "recruitment:rule-change-undo": lambda thing: ([NOWHERE], {}),
    "recruitment:holiday-edit": lambda thing: ([NOWHERE], {}),
    "recruitment:holiday-remove": lambda thing: ([NOWHERE], {}),
    "recruitment:form-text": lambda thing: (["6-KNĐ"], {}),
    "recruitment:form-sample": lambda thing: (["6-KNĐ", "pdf"], {}),
    "recruitment:form-text-edit": lambda thing: (["6-KNĐ"], {}),
    "recruitment:form-text-take-back": lambda thing: ([NOWHERE], {}),
    "recruitment:criterion-end": lambda thing: ([thing["criterion"]], {}),
    "recruitment:number-book": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:number-block-new": lambda thing: ([], {"committee": thing["code"]}),
    "recruitment:number-block": lambda thing: ([thing["block"]], {}),
    "recruitment:exchange": lambda thing: ([], {"committee": thing["code"], "since": "01/01/2012"}),
    "recruitment:file": lambda thing: ([thing["file"]], {}),
    "recruitment:file-fetch": lambda thing: ([thing["file"]], {}),
    "recruitment:list-export": lambda thing: (["candidacies", "csv"], {"committee": thing["code"]}),
    "recruitment:list-save": lambda thing: (["candidacies"], {}),
    "recruitment:children-export": lambda thing: (["xlsx"], {"committee": thing["code"]}),
    "committees:tree": lambda thing: ([], {"under": thing["code"]}),
    "committees:reorganisation": lambda thing: ([thing["reorganisation"]], {}),
    "committees:reorganisation-edit": lambda thing: ([thing["reorganisation"]], {}),
    "committees:reorganisation-apply": lambda thing: ([thing["reorganisation"]], {}),
    "committees:reorganisation-undo": lambda thing: ([thing["reorganisation"]], {}),
    "committees:reorganisation-drop": lambda thing: ([thing["reorganisation"]], {}),
    "committees:reorganisation-copy": lambda thing: ([thing["reorganisation"]], {}),
    "committees:act-list": lambda thing: ([thing["reorganisation"]], {}),
    "committees:act-new": lambda thing: ([thing["reorganisation"]], {}),
    "committees:act-level": lambda thing: ([thing["reorganisation"]], {}),
    "committees:act-edit": lambda thing: ([thing["reorganisation"], 1], {}),
    "committees:act-many": lambda thing: ([], {"pick": thing["code"]}),
    "committees:chart": lambda thing: ([], {"under": thing["code"]}),
    "committees:journal": lambda thing: ([], {"committee": thing["code"]}),
    "committees:entry": lambda thing: ([Entry.WRITES, thing["entry"]], {}),
    "committees:mandate-end": lambda thing: ([thing["mandate"]], {}),
    "committees:account-code": lambda thing: ([thing["account"]], {}),
    "committees:account": lambda thing: ([thing["account"]], {}),
    "committees:account-sessions": lambda thing: ([thing["account"]], {}),
    "committees:account-close": lambda thing: ([thing["account"]], {}),
    "committees:account-reopen": lambda thing: ([thing["account"]], {}),
    "committees:mandate-new": lambda thing: ([thing["account"]], {}),
}


def address(name, thing):
    parts, query = PARTS.get(name, lambda thing: ([], {}))(thing)
    said = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(name, args=parts) + (f"?{said}" if said else "")


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


def without_code(response):
    """The page without what differs at each request: the code to tell the administrator, the form's token, the minute
    printed below it."""
    text = re.sub(r"<b>[0-9A-Z]{3}-[0-9A-Z]{3}</b>|\b[0-2][0-9]:[0-5][0-9]\b", "", response.content.decode())
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


# A method that an address refuses to everybody is refused before anybody is looked at: asked as somebody who may all
# and as a stranger. These cells were more than half of all, and of the time.
ASKED_OF_CLOSED = ("staff", "anonymous")


def closed_methods(name):
    """The methods that the table refuses with 405 whoever asks for whatever."""
    return {
        method for method in METHODS if all(set(EXPECTED[name][method, role]) == {"405"} for role in ROLES)
    }


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_cell(name, world, clients):
    wrong, refused = [], {}
    before = journal.heads()
    closed = closed_methods(name)
    for method, role in product(METHODS, ROLES):
        if method in closed and role not in ASKED_OF_CLOSED:
            continue
        answers = EXPECTED[name][method, role]
        # An address without an object is asked once, and so is a method it does not know.
        for k, whose in enumerate(OBJECTS if name in PARTS and method not in closed else ["own"]):
            expected = answers[k % len(answers)]
            where = address(name, world["things"][whose])
            with taken_back(clients[role]):
                said, response = answer(clients[role], method, where)
                if said != expected:
                    wrong.append(f"{method} {where} as {role} ({whose}): {said}, not {expected}")
                if said in {"login", "403", "404", "405"} and journal.heads() != before:
                    wrong.append(f"{method} {where} as {role} ({whose}): refused, yet something was written")
                if said == "404":
                    refused.setdefault((method, role), {})[whose] = without_code(response)
    for (method, role), pages in refused.items():
        if len(set(pages.values())) > 1:
            wrong.append(f"{method} {name} as {role}: a foreign and a missing object differ in their 404")
    assert not wrong, "\n".join(wrong)


# What the table cannot say --------------------------------------------------------------------------


def forgetful(request):
    return HttpResponse("everything")


urlpatterns = [
    path("forgetful/", forgetful, name="forgetful"),
    *get_resolver("recruitment.urls").url_patterns,
]


@pytest.mark.urls(__name__)
def test_a_view_that_never_asked_is_refused(client, db, settings):
    with pytest.raises(ImproperlyConfigured, match="forgetful"):
        client.get("/forgetful/")
    settings.DEBUG = settings.TESTING = False
    assert client.get("/forgetful/", secure=True).status_code == 403


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_a_mandate_that_ended_is_gone_at_the_next_click(role, world, clients):
    client, where = clients[role.value], reverse("recruitment:dashboard", args=["A-1-1"])
    assert client.get(where).status_code == 200
    mandate = Mandate.objects.get(account__username=f"{role.value}-a11")
    accounts.end_mandate(mandate, by=None, on=vietnamese.today())
    assert client.get(where).status_code == 404
    assert client.get(reverse("committees:tree")).status_code == 403
    assert client.get(reverse("home")).status_code == 200, "still signed in, with nothing to open"


def test_an_account_that_is_closed_is_out_at_the_next_click(world, clients):
    account = Mandate.objects.get(account__username="staff-a11").account
    with journal.pen(None, "close"):
        account.is_active = False
        account.save()
    assert answer(clients["staff"], "GET", reverse("committees:tree"))[0] == "login"


def test_a_new_code_ends_the_sessions_of_the_old_password(world, clients):
    accounts.open_account("staff-a11", by=None)
    assert answer(clients["staff"], "GET", reverse("committees:tree"))[0] == "login"


def test_the_reach_of_a_mandate_follows_the_heir(world, clients):
    """A mandate in a committee that is merged reaches what answers for it, and no further."""
    made = world["made"]
    end_committee(made["A-1-1-1"], vietnamese.today(), made["A-1-1-2"])
    make_account("cell", Role.SECRETARY, made["A-1-1-1"])
    client = Client()
    client.force_login(Mandate.objects.get(account__username="cell").account)
    codes = {"A-1-1-1": 200, "A-1-1-2": 200, "A-1-1": 404}
    found = {code: client.get(reverse("committees:tree") + f"?under={code}").status_code for code in codes}
    assert found == codes


SEES_PEOPLE = ("staff", "secretary", "inspector")


@pytest.mark.parametrize("role", SEES_PEOPLE)
@pytest.mark.parametrize("name", ["recruitment:admission-list", "recruitment:candidacy-list"])
def test_people_in_lists_are_those_whose_page_opens(name, role, world, clients):
    page = clients[role].get(reverse(name))
    listed = {int(pk) for pk in re.findall(r"/people/(\d+)/", page.content.decode())}
    opened = {
        pk
        for pk in Person.objects.filter(admissions__isnull=False).values_list("pk", flat=True)
        if clients[role].get(reverse("recruitment:person", args=[pk])).status_code == 200
    }
    assert listed == opened == {world["things"]["own"]["person"], world["things"]["below"]["person"]}


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_committees_found_are_those_whose_page_opens(role, world, clients):
    tree = reverse("committees:tree")
    text = clients[role].get(f"{tree}?q=to chuc").content.decode()
    found = set(re.findall(r"<b>Tổ chức ([^<]+)</b>", text))
    opened = {code for code in world["made"] if clients[role].get(f"{tree}?under={code}").status_code == 200}
    assert found == opened == {"A-1-1", "A-1-1-1", "A-1-1-2"}
    for code in {"A", "A-1", "A-1-2", "B"}:
        assert f"Tổ chức {code}<" not in text, "no name beyond the reach, in no path either"


@pytest.mark.parametrize("role", ROLES)
def test_help_leads_nobody_to_a_closed_door(role, clients):
    page = clients[role].get(reverse("help")).content.decode()
    led = re.findall(r'href="(/[^"#?]*)', page[page.index("<main") : page.index("</main>")])
    assert [where for where in led if clients[role].get(where).status_code != 200] == []


def test_entries_in_the_journal_are_those_whose_page_opens(world, clients):
    text = clients["inspector"].get(reverse("committees:journal")).content.decode()
    listed = set(re.findall(r"/journal/(\w+)/(\d+)/", text))
    opened = {
        (entry.chain, str(entry.number))
        for entry in Entry.objects.all()
        if clients["inspector"].get(reverse("committees:entry", args=[entry.chain, entry.number])).status_code
        == 200
    }
    assert listed == opened and listed


def test_accounts_listed_are_those_that_may_be_given_a_code(world, clients):
    text = clients["administrator"].get(reverse("committees:account-list")).content.decode()
    offered = {int(pk) for pk in re.findall(r"/accounts/(\d+)/code/", text)}
    accepted = set()
    for account in accounts.Account.objects.all():
        with taken_back(clients["administrator"]):
            where = reverse("committees:account-code", args=[account.pk])
            if clients["administrator"].post(where).status_code == 200:
                accepted.add(account.pk)
    assert (
        offered == accepted
        and {world["things"]["own"]["account"], world["things"]["below"]["account"]} <= offered
    )
    assert not {world["things"][whose]["account"] for whose in ("above", "beside", "other")} & offered


# Every page that lists offers its list as a file: of the same addresses, so that a new one cannot escape ---------------

# Lists without a file of their own, and why.
WITHOUT = {
    "committees:act-list": "the desk of one draft: its acts leave as the workbook that is loaded",
    "recruitment:allotment-list": "targets leave from their plan, each draft as the annex of its decision",
    "recruitment:desk": "counts alone: each opens a list that leaves as a file",
    "recruitment:file-list": "these are the files",
    "recruitment:form-list": "each form leaves as its own page, filled with what never was",
    "recruitment:import-list": "loads stand in the journal, which leaves as a file; each has its workbook",
    "recruitment:period-list": "each period leaves as a file with its units",
}
# Lists by what they show, not by their name.
ALSO = {
    "recruitment:desk",
    "recruitment:queue",
    "recruitment:quality",
    "committees:tree",
    "committees:journal",
}
ONE_BY_ONE = ("-fetch", "-export", "-file", "-extract", "-sheet")


def lists():
    """[(a list's address, a role that may open it)] of the table."""
    for name, cells in EXPECTED.items():
        role = next((role for role in ROLES if cells["GET", role][0] == "200"), None)
        if role and (name in ALSO or name.endswith("-list")) and not name.endswith(ONE_BY_ONE):
            yield name, role


@pytest.mark.once
def test_every_list_leaves_as_a_file_or_says_why_not(world, clients):
    known = {LISTS[name].address for name in LISTINGS} | {page for _export, page in EXPORTS.values()}
    known.add("recruitment:queue")  # it leaves under the desk's address
    without, silent = set(), []
    for name, role in lists():
        if name not in known or name in WITHOUT:
            without.add(name)
            continue
        page = clients[role].get(address(name, world["things"]["own"])).content.decode()
        # An empty list leaves nowhere.
        rows = page.count('<tr role="row"') > 1
        if rows and "/exports/" not in page:
            silent.append(name)
    assert without == WITHOUT.keys()
    # Of these the rows are counts of units, or rule sets: what leaves is the list below, or the one set.
    assert silent == ["recruitment:cell-list", "recruitment:rule-set-list"]


@pytest.mark.once
def test_every_export_answers(world, clients):
    """Whoever may open the page of a list gets its file: one that fails fails here."""
    own = world["things"]["own"]
    asked = {
        "committee": "A-1-1",
        "course": own["course"],
        "plan": "KH",
        "queue": "to-decide",
        "set": "2025-07",
    }
    checks = {
        "admissionfaults": "admitted_number",
        "candidacyfaults": "no_mentor",
        "committeefaults": "no_type",
    }
    refused = []
    for name in FILES:
        said = asked | ({"check": checks[name]} if name in checks else {})
        answers = (
            clients[role].get(f"/exports/{name}.xlsx", said)
            for role in ("staff", "inspector", "administrator")
        )
        if not any(answer.status_code == 200 for answer in answers):
            refused.append(name)
    assert refused == []

"""A candidate's whole road as the rules want it, day by day, and a small world in which it is walked."""

from datetime import date
from types import SimpleNamespace

from committees.models import Account, Role
from recruitment import columns
from recruitment.models import Admission, Candidacy
from recruitment.pipeline import actions
from tests import factories as make

ENTERED = date(2024, 1, 10)
VOTE = {"members": 9, "present": 9, "in_favour": 9, "against": 0}
BASE = {"members": 15, "present": 14, "in_favour": 14, "against": 0}
# (kind, day, what `record` is told beside).
ROAD = (
    ("application", date(2024, 6, 1), {"said": {"handwritten": True}}),
    ("declaration", date(2024, 6, 5), {"said": {"sealed": True}}),
    ("verification", date(2024, 7, 1), {"number": "12-KL/ĐU", "result": "pass"}),
    ("opinion_home", date(2024, 7, 10), {}),
    ("opinions", date(2024, 7, 15), {"said": {"present": 8, "agree": 8, "disagree": 0}}),
    ("introduction", date(2024, 7, 20), {"said": {"introducer": "Trần Văn Bảy", "together_since": date(2020, 1, 1)}}),
    ("introduction", date(2024, 7, 20), {"said": {"introducer": "Lê Thị Tám", "together_since": date(2020, 1, 1)}}),
    ("cell_vote", date(2024, 8, 5), {"number": "03-NQ/CB", "said": VOTE}),
    ("base_vote", date(2024, 8, 20), {"number": "18-NQ/ĐU", "said": BASE}),
    ("submission", date(2024, 8, 22), {"said": {"to": "Ban Tổ chức"}}),
    ("receipt", date(2024, 8, 26), {}),
    ("appraisal", date(2024, 9, 5), {"result": "pass"}),
    ("decision", date(2024, 9, 20), {"number": "145-QĐ/HU"}),
    ("received", date(2024, 9, 25), {}),
    ("ceremony", date(2024, 10, 5), {}),
    ("self_review", date(2025, 10, 6), {}),
    ("mentor_remarks", date(2025, 10, 6), {}),
    ("probation_opinions", date(2025, 10, 7), {"said": {"present": 8, "agree": 8, "disagree": 0}}),
    ("recognition_vote", date(2025, 10, 10), {"said": VOTE}),
    ("base_recognition", date(2025, 10, 15), {"said": BASE}),
    ("recognition_submission", date(2025, 10, 17), {"said": {"to": "Ban Tổ chức"}}),
    ("recognition", date(2025, 11, 3), {"number": "201-QĐ/HU"}),
)  # fmt: skip
DAYS = {kind: on for kind, on, _said in ROAD}


def build():
    """District T-1 with two cells below one grassroots committee, Alice who keeps it, Bob and Charlie who are secretaries
    of a cell each; one candidate in the first cell, learned and helped."""
    at = make.make_province("T", districts=2, communes=1, cells=2)
    world = SimpleNamespace(
        at=at, cell=at["T-1-1-1"], other=at["T-1-1-2"],
        alice=make.make_account("alice", Role.STAFF, at["T-1"]),
        bob=make.make_account("bob", Role.SECRETARY, at["T-1-1-1"]),
        charlie=make.make_account("charlie", Role.SECRETARY, at["T-1-1-2"]),
    )  # fmt: skip
    world.candidacy = candidate(world.cell)
    return world


def candidate(cell, entered_on=ENTERED, **traits):
    """Somebody the cell follows and helps, with the classes that the road asks for."""
    person = make.make_person(education="12/12", **traits)
    candidacy = make.make_candidacy(cell, entered_on, person=person)
    actions.assign_mentor(candidacy, mentor="Trần Văn Bảy", since=entered_on, document="02-NQ/CB", by=None)
    actions.add_certificate(candidacy, kind="awareness", number="31", issued_on=date(2024, 3, 15), by=None)
    make.make_certificate(cell, date(2025, 3, 1), person=person, kind="new_member")
    return candidacy


def step(candidacy, kind, on, *, by=None, access=None, **told):
    """One step of the road by the deed it belongs to."""
    snapshot = columns.current()
    if kind == "decision":
        return actions.decide(
            candidacy, decided_on=on, decision_number=told.get("number", ""), access=access or make.door(by or reader()),
            snapshot=snapshot, by=by, approval=told.get("approval", ""), stamp=told.get("stamp"),
        )  # fmt: skip
    if kind == "received":
        return actions.receive(candidacy, on=on, snapshot=snapshot, by=by, **told)
    if kind == "ceremony":
        return actions.hold_ceremony(candidacy, on=on, snapshot=snapshot, by=by, **told)
    if kind == "recognition":
        return actions.recognise(candidacy, on=on, snapshot=snapshot, by=by, **told)
    return actions.record(candidacy, kind, on=on, snapshot=snapshot, by=by, **told)


def reader():
    """An account for doors that nobody stands at."""
    return Account.objects.order_by("pk").first()


def walk(candidacy, last, *, first=""):
    """Walk the road from after `first` to the step `last`, inclusive. Returns the Candidacy as it stands."""
    begun = not first
    for kind, on, told in ROAD:
        if begun:
            step(candidacy, kind, on, **told)
        begun = begun or kind == first
        if kind == last and not (kind == "introduction" and len(candidacy.papers.filter(kind=kind)) < 2):
            break
    return Candidacy.objects.get(pk=candidacy.pk)


def admission_of(candidacy):
    return Admission.objects.get(candidacy=candidacy)

"""Dossiers in every queue of a district: Bob keeps the cell T-1-1-1, Alice the district T-1 above it, Dan sees its figures,
Charlie keeps another district and must not see what is theirs."""

from datetime import date, datetime
from types import SimpleNamespace

import time_machine

from committees import journal, vietnamese
from committees.models import Role
from recruitment.models import Candidacy, Course, Letter, Mentorship, Paper, Stage
from tests import factories as make

TODAY = date(2026, 11, 23)  # a Monday
ENTERED = date(2026, 1, 5)


def clock():
    return time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=vietnamese.ZONE), tick=False)


def build():
    at = make.make_province(districts=2, cells=2)
    return SimpleNamespace(
        at=at,
        alice=make.make_account("alice", Role.STAFF, at["T-1"]),
        bob=make.make_account("bob", Role.SECRETARY, at["T-1-1-1"]),
        charlie=make.make_account("charlie", Role.STAFF, at["T-2"]),
        dan=make.make_account("dan", Role.STANDING, at["T-1"]),
        eve=make.make_account("eve", Role.INSPECTOR, at["T-1"]),
    )


def dossier(cell, name, *papers, stage=None, on=None, entered=ENTERED, **traits):
    """A candidacy with papers (kind, day, result, said) as they were recorded, and the step they lead to."""
    steps = [(stage, on or papers[-1][1])] if stage else []
    with make._pen():
        candidacy = make.make_candidacy(cell, entered, *steps, full_name=name, **traits)
        for kind, day, *rest in papers:
            result, said = (*rest, "", {})[:2] if len(rest) == 1 else (rest or ("", {}))
            Paper(candidacy=candidacy, kind=kind, on=day, result=result, said=said or {}).save()
    return candidacy


VOTED = [("cell_vote", date(2026, 9, 1), "pass"), ("base_vote", date(2026, 9, 10), "pass")]
SENT = [*VOTED, ("submission", date(2026, 9, 15))]
APPRAISED = [*SENT, ("appraisal", date(2026, 10, 1), "pass")]


def fill(cell, mark=""):
    """One dossier for each queue: {queue: its name}."""
    with journal.pen(None, "test"):
        asked = dossier(cell, f"Hỏi {mark}", ("declaration", date(2026, 9, 1)), stage=Stage.DOSSIER)
        Letter(candidacy=asked, to="Đảng ủy xã Láng Dài", sent_on=date(2026, 9, 21)).save()
        dossier(cell, f"Bầu {mark}", VOTED[0], stage=Stage.CELL)
        dossier(cell, f"Gửi {mark}", *VOTED, stage=Stage.CELL, on=date(2026, 9, 1))
        dossier(cell, f"Xem {mark}", *SENT, stage=Stage.SUBMITTED)
        dossier(cell, f"Trả {mark}", *SENT, ("returned", date(2026, 10, 5), "", {"missing": "Thiếu 5-KNĐ"}),
                stage=Stage.SUBMITTED, on=date(2026, 9, 15))  # fmt: skip
        dossier(cell, f"Quyết {mark}", *APPRAISED, stage=Stage.SUBMITTED, on=date(2026, 9, 15))
        make.make_admission(cell, date(2026, 11, 2), full_name=f"Giao {mark}")
        make.make_admission(cell, date(2026, 9, 1), received_on=date(2026, 9, 21), full_name=f"Lễ {mark}")
        held = dossier(cell, f"Nhận {mark}", ("recognition_vote", date(2026, 11, 3), "pass"),
                       ("recognition_submission", date(2026, 11, 10)), stage=Stage.PROBATION, on=date(2025, 10, 20))  # fmt: skip
        make.make_admission(
            cell, date(2025, 10, 6), ceremony_on=date(2025, 10, 20), person=held.person, candidacy=held
        )
    return {
        "to-verify": "Hỏi", "to-vote": "Bầu", "to-submit": "Gửi", "to-appraise": "Xem", "returned": "Trả",
        "to-decide": "Quyết", "to-hand-over": "Giao", "to-celebrate": "Lễ", "to-recognise": "Nhận",
    }  # fmt: skip


_COUNTS = {"members": 9, "present": 9, "in_favour": 9, "against": 0}
_SOURCES = ("Lê Thị Cúc", "Lý Văn Dũng")


def ready(cell, name):
    """A dossier against which nothing stands, appraised and waiting for the board."""
    with make._pen():
        found = dossier(
            cell, name,
            ("listing", ENTERED),
            ("application", date(2026, 6, 1), "", {"handwritten": True}),
            ("declaration", date(2026, 6, 2), "", {"sealed": True}),
            ("verification", date(2026, 7, 20), "pass"),
            ("opinion_union", date(2026, 8, 3), "", {"present": 9, "agree": 9, "disagree": 0}),
            ("opinion_home", date(2026, 8, 3)),
            ("opinions", date(2026, 8, 10), "", {"present": 9, "agree": 9, "disagree": 0}),
            *(("introduction", date(2026, 8, 12), "", {"introducer": who, "together_since": "2020-01-01"})
              for who in _SOURCES),
            ("cell_vote", date(2026, 9, 1), "pass", _COUNTS),
            ("base_vote", date(2026, 9, 10), "pass", _COUNTS),
            ("submission", date(2026, 9, 15)),
            ("appraisal", date(2026, 10, 1), "pass"),
            stage=Stage.SUBMITTED, on=date(2026, 9, 15), education="12/12", ethnicity="Kinh",
        )  # fmt: skip
        make.make_certificate(cell, date(2026, 3, 2), person=found.person)
        _helped(found)
    return Candidacy.objects.get(pk=found.pk)


def member(cell, name):
    """Somebody whose probation is over, proposed by all below."""
    held = date(2025, 10, 20)
    with make._pen():
        found = dossier(
            cell, name,
            ("self_review", date(2026, 10, 21)),
            ("mentor_remarks", date(2026, 10, 22)),
            ("probation_opinions", date(2026, 10, 23), "", {"present": 9, "agree": 9, "disagree": 0}),
            ("recognition_vote", date(2026, 11, 3), "pass", _COUNTS),
            ("base_recognition", date(2026, 11, 6), "pass", _COUNTS),
            ("recognition_submission", date(2026, 11, 10)),
            stage=Stage.PROBATION, on=held, entered=date(2025, 1, 6),
        )  # fmt: skip
        make.make_admission(
            cell,
            date(2025, 10, 6),
            received_on=date(2025, 10, 8),
            ceremony_on=held,
            person=found.person,
            candidacy=found,
        )
        make.make_certificate(cell, date(2026, 5, 4), person=found.person, kind=Course.Kind.NEW_MEMBER)
        _helped(found)
    return Candidacy.objects.get(pk=found.pk)


def _helped(candidacy):
    Mentorship(
        candidacy=candidacy, mentor=_SOURCES[0], since=candidacy.entered_on, document="03-NQ/CB"
    ).save()

"""Two clerks admit the same person at once: exactly one writes, the other is told why. And the same without the lock."""

import threading
from contextlib import contextmanager, nullcontext
from datetime import date

import pytest
from django.db import DatabaseError, connection, connections

from committees import journal
from committees.models import Role
from recruitment import columns
from recruitment.models import Admission, Person
from recruitment.pipeline import admissions
from recruitment.pipeline.people import WhoIsIt
from tests import factories as make

from .admission_world import DECIDED, build

pytestmark = pytest.mark.django_db(transaction=True)
NAME, BORN = "Nguyễn Thị Ngọc Ánh", date(1992, 9, 21)


@pytest.fixture
def world():
    world = build()
    world.dung = make.make_account("dung", Role.STAFF, world.at["T-1"])
    return world


def race(world, monkeypatch, *, same="", locked=True):
    """Alice and Dung send the same person, each for another cell, both ready before either holds the pen. What came of
    each: the Admission or what was raised."""
    ready, came, pen = threading.Barrier(2, timeout=20), [], journal.pen

    @contextmanager
    def meet(*args, **options):
        connection.ensure_connection()
        if not locked:
            connection.transaction_mode = "DEFERRED"  # SQLite's IMMEDIATE is a lock too
        ready.wait()
        with pen(*args, **options) as holding:
            yield holding

    monkeypatch.setattr(admissions.journal, "pen", meet)

    def send(account, cell):
        try:
            door = make.door(account)
            door.tree  # noqa: B018 - as every page does, the reach is asked before the pen is taken
            came.append(
                admissions.admit(
                    door, columns.current(), full_name=NAME, citizen_id=None, same=same, cell=cell, decided_on=DECIDED,
                    decision_number="", received_on=None, ceremony_on=None, official_on=None, by=account,
                    traits={"sex": "F", "born": BORN} | dict.fromkeys(
                        ("ethnicity", "religion", "education", "qualification", "occupation"), ""
                    ) | {"union_member": False},
                )
            )  # fmt: skip
        except Exception as problem:
            came.append(problem)
        finally:
            connections.close_all()

    both = ((world.alice, world.at["T-1-1-1"]), (world.dung, world.at["T-1-1-2"]))
    threads = [threading.Thread(target=send, args=each, daemon=True) for each in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(came) == 2
    return sorted(came, key=lambda outcome: isinstance(outcome, Exception))


def known(world):
    person = make.make_person(NAME, sex="F", born=BORN)
    make.make_candidacy(world.at["T-1-1-1"], date(2014, 1, 1), person=person)
    return str(person.pk)


def test_someone_known_is_admitted_once_and_the_other_clerk_learns_it(world, monkeypatch):
    saved, refused = race(world, monkeypatch, same=known(world))
    assert saved == Admission.objects.get()
    assert isinstance(refused, admissions.Impossible)
    assert refused.faults == {"full_name": "Người này đã được kết nạp theo quyết định ngày 24/04/2015."}
    assert journal.verify() is None


def test_a_newcomer_is_made_once_and_offered_to_the_other(world, monkeypatch):
    saved, asked = race(world, monkeypatch)
    assert saved == Admission.objects.get() and saved.person == Person.objects.get()
    assert isinstance(asked, WhoIsIt)
    assert [offer.person for offer in asked.offers] == [saved.person]


def test_control_without_the_lock_nobody_is_told(world, monkeypatch):
    """Both judge before either has written: whoever comes second fails at the database, or is written as well. If the
    other were told here too, the tests above would prove nothing."""
    monkeypatch.setattr(journal, "_turn", nullcontext())
    monkeypatch.setattr(journal, "_LOCK", "")
    judged, write = threading.Barrier(2, timeout=20), admissions.learn

    def meet(*args):
        judged.wait()
        return write(*args)

    monkeypatch.setattr(admissions, "learn", meet)
    _saved, other = race(world, monkeypatch, same=known(world), locked=False)
    assert isinstance(other, (DatabaseError, Admission))


def test_control_without_the_judgement_under_the_pen_both_write(world, monkeypatch):
    same = known(world)
    monkeypatch.setattr(admissions.admitting, "admitted_already", lambda *args: {})
    assert not [came for came in race(world, monkeypatch, same=same) if isinstance(came, Exception)]
    assert Admission.objects.count() == 2

"""Two clerks enter one meeting's decisions at once: one batch is written whole, the other is told and writes nothing.
And the same without the lock."""

import threading
from contextlib import contextmanager, nullcontext
from datetime import date

import pytest
from django.db import DatabaseError, connection, connections

from committees import journal
from committees.models import Role
from recruitment import columns
from recruitment.models import Admission, Candidacy, Stage
from recruitment.pipeline import decision_batch
from recruitment.pipeline.decision_batch import MODES, Line, Unwritten
from tests import factories as make

from . import queue_world as world

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def clock():
    with world.clock():
        yield


@pytest.fixture
def here():
    made = world.build()
    made.dung = make.make_account("dung", Role.STAFF, made.at["T-1"])
    made.waiting = [world.ready(made.at["T-1-1-1"], name) for name in ("An", "Bình", "Cúc")]
    return made


def race(here, monkeypatch, theirs, *, locked=True):
    """Alice and Dung each send a batch, theirs: [(dossiers, series of numbers)], both ready before either holds the pen.
    What came of each: the Admissions, or what was raised; who wrote first."""
    ready, came, pen = threading.Barrier(2, timeout=20), [], journal.pen
    snapshot = columns.current()

    @contextmanager
    def meet(*args, **options):
        connection.ensure_connection()
        if not locked:
            connection.transaction_mode = "DEFERRED"  # SQLite's IMMEDIATE is a lock too
        ready.wait()
        with pen(*args, **options) as holding:
            yield holding

    monkeypatch.setattr(journal, "pen", meet)

    def send(account, dossiers, series):
        try:
            door = make.door(account)
            door.tree  # noqa: B018 - as every page does, the reach is asked before the pen is taken
            lines = [Line(one, one.stamp, f"{number}{series}") for number, one in enumerate(dossiers, 145)]
            came.append(
                decision_batch.write(
                    MODES["decide"], lines, on=ON, access=door, snapshot=snapshot, committee=here.at["T-1"],
                    by=account,
                )
            )  # fmt: skip
        except Exception as problem:
            came.append(problem)
        finally:
            connections.close_all()

    both = [
        threading.Thread(target=send, args=(account, *sent), daemon=True)
        for account, sent in zip((here.alice, here.dung), theirs, strict=True)
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(40)
    assert len(came) == 2
    return sorted(came, key=lambda outcome: isinstance(outcome, Exception))


def decided():
    return sorted(Admission.objects.values_list("person_id", flat=True))


def test_of_two_batches_with_one_dossier_in_both_one_is_written_whole(here, monkeypatch):
    first, shared, last = here.waiting
    done, told = race(here, monkeypatch, [([first, shared], "-QĐ/HU"), ([shared, last], "-QĐ/TU")])
    assert len(done) == 2 and isinstance(told, Unwritten)
    assert list(told.overtaken) == [shared.pk]
    assert decided() == sorted(one.person_id for one in done)
    left = Candidacy.objects.exclude(person_id__in=decided())
    assert {one.stage for one in left} == {Stage.SUBMITTED}
    assert journal.verify() is None


def test_one_number_for_two_people_is_told_to_the_second(here, monkeypatch):
    first, other, _last = here.waiting
    done, told = race(here, monkeypatch, [([first], "-QĐ/HU"), ([other], "-QĐ/HU")])
    assert len(done) == 1 and isinstance(told, Unwritten)
    assert told.faults or told.doubts
    assert len(decided()) == 1


def test_batches_of_different_dossiers_are_both_written(here, monkeypatch):
    first, other, last = here.waiting
    both = race(here, monkeypatch, [([first], "-QĐ/HU"), ([other, last], "-QĐ/TU")])
    assert sorted(map(len, both)) == [1, 2]
    assert len(decided()) == 3
    assert journal.verify() is None


def test_control_without_the_lock_nobody_is_told(here, monkeypatch):
    """Both judge before either has written: the second fails at the database, or the person has two decisions. If it were
    told here too, the tests above would prove nothing."""
    monkeypatch.setattr(journal, "_turn", nullcontext())
    monkeypatch.setattr(journal, "_LOCK", "")
    judged, step = threading.Barrier(2, timeout=20), decision_batch.deciding.decided

    def meet(*args, **said):
        judged.wait()
        return step(*args, **said)

    monkeypatch.setattr(decision_batch.deciding, "decided", meet)
    dossier = here.waiting[0]
    _done, other = race(here, monkeypatch, [([dossier], "-QĐ/HU"), ([dossier], "-QĐ/TU")], locked=False)
    assert isinstance(other, DatabaseError) or (isinstance(other, list) and len(decided()) == 2)

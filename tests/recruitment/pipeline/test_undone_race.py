"""A founding is undone while somebody is admitted or entered at the new cell: whoever comes second is refused in words, and
nobody stands at a cell that is not there. And the same without the lock."""

import threading
import time
from contextlib import nullcontext
from datetime import date

import pytest
from django.db import DatabaseError, connection, connections

from committees import journal, reorganise, undoing
from committees.models import Committee
from recruitment import columns
from recruitment.models import Admission, Candidacy
from recruitment.pipeline import actions, admissions, admitting, people
from tests import factories as make

from . import test_reorganised_race as rival
from .admission_world import build

pytestmark = pytest.mark.django_db(transaction=True)
FOUNDED = {
    "Ngày": date(2015, 1, 1), "Việc": "Thành lập", "Mã tổ chức": "T-NEW", "Loại": "Chi bộ trực thuộc",
    "Tên mới": "Chi bộ mới", "Mã cấp trên mới": "T-1-1",
}  # fmt: skip


@pytest.fixture
def world():
    world = build()
    world.record = reorganise.apply([FOUNDED], by=None)
    world.at["T-1-1-1"] = Committee.objects.get(code="T-NEW")  # where the rival deeds are done
    return world


def race(world, monkeypatch, deed, *, first, locked=True):
    """`first` ("undo" or "deed") holds the pen and has done its work when the other, who read everything before, begins.
    {"undo": what came of it, "deed": …}."""
    ready, written, done, came = threading.Barrier(2, timeout=20), threading.Event(), threading.Event(), {}
    put_back, learn = undoing.put_back, people.learn

    def held(work):
        def slowly(*args, **options):
            answer = work(*args, **options)
            written.set()
            if locked:
                time.sleep(0.3)
            else:
                done.wait(1)  # PostgreSQL lets no reference be made to a row being deleted: both would wait
            return answer

        return slowly

    if first == "undo":
        monkeypatch.setattr(undoing, "put_back", held(put_back))
    else:
        monkeypatch.setattr(admissions, "learn", held(learn))

    def run(name, work):
        try:
            connection.ensure_connection()
            if not locked:
                connection.transaction_mode = "DEFERRED"  # SQLite's IMMEDIATE is a lock too
            door, snapshot = make.door(world.alice), columns.current()
            door.tree, door.mandates  # noqa: B018 - as every page does, the reach is asked before the pen is taken
            ready.wait()
            if name != first:
                assert written.wait(20)
            came[name] = work(door, snapshot)
        except Exception as problem:
            came[name] = problem
        finally:
            if name != first:
                done.set()
            connections.close_all()

    works = {
        "undo": lambda door, snapshot: reorganise.undo(world.record, by=None),
        "deed": lambda door, snapshot: deed(world, door, snapshot),
    }
    threads = [threading.Thread(target=run, args=each, daemon=True) for each in works.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(40)
    return came


@pytest.mark.parametrize("deed", [rival.admit, rival.enter])
def test_the_fact_comes_second_and_is_told_the_cell_is_gone(world, monkeypatch, deed):
    came = race(world, monkeypatch, deed, first="undo")
    assert came["undo"] == world.record
    assert isinstance(came["deed"], (admitting.Impossible, actions.Refused)), came
    assert "vừa được hoàn tác" in str(came["deed"])
    assert not Committee.objects.filter(code="T-NEW").exists()
    assert not Admission.objects.exists() and not Candidacy.objects.exists() and journal.verify() is None


def test_the_undo_comes_second_and_is_told_what_was_recorded(world, monkeypatch):
    came = race(world, monkeypatch, rival.admit, first="deed")
    assert came["deed"] == Admission.objects.get()
    assert isinstance(came["undo"], reorganise.Refused) and "Ghi tại T-NEW sau đó: 1 kết nạp" in str(
        came["undo"]
    )
    assert Admission.objects.get().cell.code == "T-NEW" and journal.verify() is None


@pytest.mark.parametrize("first", ["undo", "deed"])
def test_control_without_the_lock_nobody_is_told(world, monkeypatch, first):
    monkeypatch.setattr(journal, "_turn", nullcontext())
    monkeypatch.setattr(journal, "_LOCK", "")
    came = race(world, monkeypatch, rival.admit, first=first, locked=False)
    assert any(isinstance(what, DatabaseError) for what in came.values()), came
    assert not any(isinstance(what, (admitting.Impossible, reorganise.Refused)) for what in came.values()), (
        came
    )

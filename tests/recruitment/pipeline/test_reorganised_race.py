"""An act that ends a cell while somebody is admitted, entered or moved there for a later day: whoever comes second looks
at the structure anew, is refused with the heir's name, and loses nothing. And the same without the lock, or the look."""

import threading
import time
from contextlib import nullcontext
from datetime import date

import pytest
from django.db import DatabaseError, connection, connections

from committees import journal, reorganise
from recruitment import columns
from recruitment.models import Admission, Candidacy, FormerCell, Stage
from recruitment.pipeline import actions, admissions, admitting, enrolment
from tests import factories as make

from .admission_world import DECIDED, NEW, build, typed

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2015, 1, 1)
NOBODY = dict.fromkeys(("ethnicity", "religion", "education", "qualification", "occupation"), "")
TRAITS = {"sex": "F", "born": date(1992, 9, 21), "union_member": False} | NOBODY
ENDS = {"Ngày": DAY, "Việc": "Sáp nhập", "Mã tổ chức": "T-1-1-1", "Mã kế thừa": "T-1-1-2"}


def admit(world, door, snapshot):
    return admissions.admit(
        door, snapshot, full_name="Nguyễn Thị Ngọc Ánh", citizen_id=None, cell=world.at["T-1-1-1"], decided_on=DECIDED,
        decision_number="", received_on=None, ceremony_on=None, official_on=None, by=world.alice, traits=TRAITS,
    )  # fmt: skip


def enter(world, door, snapshot):
    person = {"full_name": "Trần Thị Bé", "citizen_id": None, **TRAITS}
    return enrolment.enrol(door, cell=world.at["T-1-1-1"], entered_on=DECIDED, person=person, by=world.alice)


def move(world, door, snapshot):
    return actions.move_away(
        world.far, on=DECIDED, to_cell=world.at["T-1-1-1"], snapshot=snapshot, by=world.alice
    )


@pytest.fixture
def world():
    world = build()
    world.far = make.make_candidacy(world.at["T-2-1-1"], date(2014, 2, 1))
    return world


def race(world, monkeypatch, deed, *, locked=True):
    """The act holds the pen and has written; the clerk, who read everything before it, then does the deed. What came of
    it: a row or what was raised."""
    written, done, came, write = threading.Event(), threading.Event(), [], reorganise.write
    ready = threading.Event()

    def slowly(*args):
        write(*args)
        written.set()
        if locked:
            time.sleep(0.2)
        else:
            done.wait(20)

    monkeypatch.setattr(reorganise, "write", slowly)

    def act():
        try:
            assert ready.wait(20)
            reorganise.apply([ENDS], by=None)
        except DatabaseError:
            assert not locked, "only without the lock do both take the same number"
        finally:
            connections.close_all()

    def clerk():
        try:
            connection.ensure_connection()
            if not locked:
                connection.transaction_mode = "DEFERRED"  # SQLite's IMMEDIATE is a lock too
            door, snapshot = make.door(world.alice), columns.current()
            door.tree, door.mandates  # noqa: B018 - as every page does, the reach is asked before the pen is taken
            ready.set()
            assert written.wait(20)
            came.append(deed(world, door, snapshot))
        except Exception as problem:
            came.append(problem)
        finally:
            done.set()
            connections.close_all()

    both = [threading.Thread(target=work, daemon=True) for work in (act, clerk)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(40)
    assert len(came) == 1
    return came[0]


@pytest.mark.parametrize("deed", [admit, enter, move])
def test_whoever_comes_second_is_told_who_answers(world, monkeypatch, deed):
    refused = race(world, monkeypatch, deed)
    assert isinstance(refused, admitting.Impossible if deed is admit else actions.Refused), refused
    assert "chỉ hoạt động đến hết 31/12/2014; tổ chức kế thừa là Tổ chức T-1-1-2" in str(refused)
    assert not Admission.objects.exists() and Candidacy.objects.count() == 1
    assert journal.verify() is None


@pytest.mark.parametrize("deed", [admit, enter])
def test_control_without_the_lock_nobody_is_told(world, monkeypatch, deed):
    monkeypatch.setattr(journal, "_turn", nullcontext())
    monkeypatch.setattr(journal, "_LOCK", "")
    came = race(world, monkeypatch, deed, locked=False)
    assert isinstance(came, (DatabaseError, Admission, Candidacy)), came


def test_control_without_the_look_it_is_admitted_where_nobody_stands(world, monkeypatch):
    monkeypatch.setattr(admitting, "structure_now", lambda snapshot: snapshot.structure)
    assert race(world, monkeypatch, admit) == Admission.objects.get()


def test_the_page_keeps_what_was_typed(world, client):
    reorganise.apply([ENDS], by=None)
    client.force_login(world.alice)
    answer = client.post(NEW, typed())
    page = answer.content.decode()
    assert answer.status_code == 400 and "tổ chức kế thừa là Tổ chức T-1-1-2" in page
    for value in ("Nguyễn Thị Ngọc Ánh", "145-QĐ/HU", "T-1-1-1"):
        assert value in page
    assert client.post(NEW, typed(cell="T-1-1-2")).status_code == 302


def test_a_dossier_closed_meanwhile_is_not_given_to_an_heir(world, monkeypatch):
    """Named in the split, stopped by somebody between the dry run and the pen."""
    mine, pen = make.make_candidacy(world.at["T-1-1-1"], date(2014, 2, 1)), journal.pen

    def late(*args, **options):
        monkeypatch.setattr(journal, "pen", pen)
        snapshot = columns.current()
        actions.leave(mine, "withdrawn", on=date(2014, 6, 1), reason="Tự rút", snapshot=snapshot, by=None)
        return pen(*args, **options)

    rows = [
        {"Ngày": DAY, "Việc": "Chia tách", "Mã tổ chức": "T-1-1-1", "Mã kế thừa": "T-1-1-2"},
        {
            "Ngày": DAY,
            "Việc": "Chia tách",
            "Mã tổ chức": "T-1-1-1",
            "Mã kế thừa": "T-2-1-1",
            "Hồ sơ": str(mine.pk),
        },
    ]
    monkeypatch.setattr(journal, "pen", late)
    with pytest.raises(reorganise.Refused, match="không phải hồ sơ đang mở"):
        reorganise.apply(rows, by=None)
    assert not FormerCell.objects.exists()
    assert Candidacy.objects.get(pk=mine.pk).stage == Stage.CLOSED
    assert columns.current().structure.last_day(columns.current().structure.by_code["T-1-1-1"]) is None

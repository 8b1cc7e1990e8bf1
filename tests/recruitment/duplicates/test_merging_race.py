"""Two at once about one person: merged both ways round, merged while somebody edits or follows the record that goes.
Exactly one of two writes what the other's page no longer shows; and the same without the lock."""

import threading
from contextlib import contextmanager, nullcontext
from datetime import date

import pytest
from django.db import DatabaseError, connection, connections

from committees import journal
from committees.editing import Overtaken
from recruitment import columns
from recruitment.duplicates import merging
from recruitment.duplicates.choosing import FIELDS, value_of
from recruitment.models import Candidacy, Merge, Person, Stage
from recruitment.pipeline import actions, enrolment
from tests import factories as make

from .pair_world import BORN, ENTERED, HERE, NAME, build, followed, person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    world = build()
    world.one, world.other = person(), person()
    for human, day in ((world.one, ENTERED), (world.other, ENTERED.replace(year=2013))):
        followed(world, HERE, human, day, (Stage.CLOSED, date(2014, 5, 1)))
    return world


def merge(world, kept, gone):
    """The page of two records as it was shown: rows of its own, read before."""
    kept, gone = (Person.objects.get(pk=human.pk) for human in (kept, gone))

    def deed(door):
        values = {name: value_of(kept, name) for name in FIELDS}
        stamps = {"stamp": kept.stamp, "other_stamp": gone.stamp}
        return merging.merge(door, columns.current(), kept, gone, values=values, by=world.alice, **stamps)

    return deed


def edit(world, human):
    human = Person.objects.get(pk=human.pk)

    def deed(door):
        said = {name: getattr(human, name) for name in ("full_name", "born", "sex")} | {
            "occupation": "Giáo viên"
        }
        return actions.edit_person(human, by=world.alice, committee=world.at["T"], stamp=human.stamp, **said)

    return deed


def follow(world, human):
    """The cell beside follows the record that goes, chosen on a page of before."""

    def deed(door):
        said = {"full_name": NAME, "citizen_id": None, "sex": "F", "born": BORN}
        return enrolment.enrol(
            door, cell=world.at["T-1-1-2"], entered_on=date(2015, 6, 1), person=said, same=str(human.pk),
            offered=[world.one.pk, world.other.pk], by=world.alice,
        )  # fmt: skip

    return deed


def race(world, monkeypatch, *deeds, locked=True):
    """Both ready before either holds the pen. What came of each, in the order of the deeds."""
    ready, came, pen = threading.Barrier(2, timeout=20), {}, journal.pen

    @contextmanager
    def meet(*args, **options):
        connection.ensure_connection()
        if not locked:
            connection.transaction_mode = "DEFERRED"  # SQLite's IMMEDIATE is a lock too
        ready.wait()
        with pen(*args, **options) as holding:
            yield holding

    monkeypatch.setattr(journal, "pen", meet)

    def send(k, deed):
        try:
            door = make.door(world.alice)
            door.tree  # noqa: B018 - as every page does, the reach is asked before the pen is taken
            came[k] = deed(door)
        except Exception as problem:
            came[k] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=each, daemon=True) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(came) == 2
    return [came[k] for k in range(2)]


def whole(world):
    """Nothing points at a record that went, and no record went into one that went."""
    gone = set(Person.objects.exclude(merged_into=None).values_list("pk", flat=True))
    return (
        not Candidacy.objects.filter(person__in=gone).exists()
        and not Person.objects.filter(merged_into__in=gone).exists()
        and len(gone) == Merge.objects.count()
    )


def test_merged_both_ways_at_once_they_are_merged_once(world, monkeypatch):
    came = race(
        world, monkeypatch, merge(world, world.one, world.other), merge(world, world.other, world.one)
    )
    assert sorted(type(each).__name__ for each in came) == ["Merge", "Overtaken"]
    assert whole(world) and Merge.objects.count() == 1 and journal.verify() is None


def test_an_edit_at_once_is_kept_or_its_writer_told(world, monkeypatch):
    merged, edited = race(world, monkeypatch, merge(world, world.one, world.other), edit(world, world.other))
    assert isinstance(merged, Overtaken) != isinstance(edited, Overtaken | actions.Refused)
    assert isinstance(merged, Merge) != isinstance(edited, Person)
    assert whole(world)


def test_a_cell_that_follows_the_record_at_once_follows_the_human_being(world, monkeypatch):
    """Whichever comes first: either the dossier goes along, or its writer is asked again who is meant."""
    race(world, monkeypatch, merge(world, world.one, world.other), follow(world, world.other))
    assert Merge.objects.count() == 1 and whole(world)


def test_control_without_the_lock_nobody_is_told(world, monkeypatch):
    """Both judge before either has written: whoever comes second fails at the database, or writes as well. If the other
    were told here too, the tests above would prove nothing."""
    monkeypatch.setattr(journal, "_turn", nullcontext())
    monkeypatch.setattr(journal, "_LOCK", "")
    judged, judge = threading.Barrier(2, timeout=20), merging.join

    def meet(*args):
        found = judge(*args)
        judged.wait()
        return found

    monkeypatch.setattr(merging, "join", meet)
    both = merge(world, world.one, world.other), merge(world, world.other, world.one)
    assert all(
        isinstance(came, DatabaseError | Merge) for came in race(world, monkeypatch, *both, locked=False)
    )

"""One holder of the pen at a time, under load and in the order of events; and what the journal says of each way to
write. That nothing is written without the pen stands in test_pen, the race without its lock in test_chain_race."""

import json
import threading
import time
from datetime import date

import pytest
from django.db import connection, connections

from committees import journal
from committees.models import Committee, Entry, Headcount, Mandate, Placement
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
READS, WRITES = Entry.READS, Entry.WRITES


def together(*works):
    """Run each work() in a thread of its own, started at once. Raises the first error; all end within 30 seconds."""
    start, raised = threading.Barrier(len(works)), []

    def run(work):
        try:
            start.wait(5)
            work()
        except Exception as problem:
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    if raised:
        raise raised[0]


def numbers(chain):
    return list(Entry.objects.filter(chain=chain).order_by("number").values_list("number", flat=True))


def test_stalling_and_failing_writers_leave_no_gap():
    def write(k):
        def work():
            for deed in range(10):
                try:
                    with journal.pen(None, "race"):
                        Committee(code=f"R-{k}-{deed}").save()
                        if deed % 5 == k % 5:
                            time.sleep(0.01)
                        if deed % 3 == 0:
                            raise ZeroDivisionError
                except ZeroDivisionError:
                    pass

        return work

    before = journal.head()[0]
    together(*(write(k) for k in range(6)))
    written = Committee.objects.filter(code__startswith="R-").values_list("stamp", flat=True)
    assert sorted(written) == list(range(before + 1, before + 37)), (
        "each deed its own number, none for a failed one"
    )
    assert numbers(WRITES) == list(range(1, before + 37))
    assert journal.verify() is None


def test_the_second_waits_until_the_first_has_committed():
    first_holds, seen, order = threading.Event(), [], []

    def first():
        with journal.pen(None, "first"):
            first_holds.set()
            Committee(code="A").save()
            time.sleep(0.3)
            order.append("first ends")

    def second():
        assert first_holds.wait(5)
        with journal.pen(None, "second"):
            order.append("second begins")
            seen.append(Committee.objects.filter(code="A").exists())

    together(first, second)
    assert order == ["first ends", "second begins"]
    assert seen == [True], "what is decided under the pen is decided on what was committed before"


def test_no_reading_is_lost_while_a_writer_works():
    """Eight readers, fifty readings each: 400 entries, and the version of the database stays the writers' own."""
    stop = threading.Event()
    readers = 8

    def write():
        deed = 0
        while not stop.is_set() and deed < 200:
            deed += 1
            with journal.pen(None, "race"):
                Committee(code=f"W-{deed}").save()
                time.sleep(0.002)

    def read(k):
        def work():
            for n in range(50):
                journal.read_entry(None, "person", about=f"person:{k}-{n}")

        return work

    def reading():
        together(*(read(k) for k in range(readers)))
        stop.set()

    together(write, reading)
    assert numbers(READS) == list(range(1, readers * 50 + 1))
    assert Entry.objects.filter(chain=READS).values("about").distinct().count() == readers * 50
    assert numbers(WRITES) == list(range(1, journal.head()[0] + 1))
    assert journal.verify() is None


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer for the whole file")
def test_readings_do_not_wait_for_a_writer():
    holds, read = threading.Event(), threading.Event()

    def write():
        with journal.pen(None, "long"):
            holds.set()
            assert read.wait(5), "the reading waited for the pen"

    def look():
        assert holds.wait(5)
        journal.read_entry(None, "person")
        read.set()

    together(write, look)


def test_a_reading_inside_the_pen_is_refused():
    """It would be taken back together with the write, though somebody has read."""
    with pytest.raises(RuntimeError), journal.pen(None, "write"):
        journal.read_entry(None, "person")
    assert numbers(READS) == numbers(WRITES) == []


def test_two_editors_are_told_apart_by_the_stamp():
    make.make_committee("T")
    mine, theirs = Placement.objects.get(), Placement.objects.get()
    assert mine.stamp == theirs.stamp

    def save():
        with journal.pen(None, "rename"):
            theirs.name = "Tên của người kia"
            theirs.save()

    together(save)
    standing = Placement.objects.get()
    assert standing.stamp == theirs.stamp == journal.head()[0] > mine.stamp
    assert Placement.objects.filter(pk=mine.pk, stamp=mine.stamp).first() is None


# What each way to write leaves behind ---------------------------------------------------------------


def said():
    """The rows of which the last entry tells."""
    return json.loads(Entry.objects.filter(chain=WRITES).latest("number").payload).get("rows", [])


@pytest.fixture
def committee():
    return make.make_committee("T")


def test_bulk_update_stamps_its_rows(committee):
    counts = [make.make_headcount(committee, date(2014, 1, day), day) for day in (1, 2, 3)]
    for count in counts[:2]:
        count.members += 100
    with journal.pen(None, "test") as pen:
        assert Headcount.objects.bulk_update(counts[:2], ["members"]) == 2
    rows = list(Headcount.objects.order_by("day").values_list("members", "stamp"))
    assert rows[:2] == [(101, pen.number), (102, pen.number)]
    assert rows[2][0] == 3 and rows[2][1] < pen.number
    assert counts[0].stamp == pen.number


def test_a_row_overwritten_by_bulk_create_is_stamped(committee):
    make.make_headcount(committee, date(2014, 1, 1), 5)
    with journal.pen(None, "test") as pen:
        Headcount.objects.bulk_create(
            [Headcount(committee=committee, day=date(2014, 1, 1), members=6)],
            update_conflicts=True,
            unique_fields=["committee", "day"],
            update_fields=["members"],
        )
    assert list(Headcount.objects.values_list("members", "stamp")) == [(6, pen.number)]


def test_get_or_create_and_update_or_create_stamp_their_rows(committee):
    with journal.pen(None, "test") as first:
        count, made = Headcount.objects.get_or_create(
            committee=committee, day=date(2014, 1, 1), defaults={"members": 5}
        )
        assert made and count.stamp == first.number
    with journal.pen(None, "test") as second:
        count, made = Headcount.objects.update_or_create(
            committee=committee, day=date(2014, 1, 1), defaults={"members": 6}
        )
    assert not made and Headcount.objects.get().stamp == second.number
    (told,) = said()
    assert (told["old"], told["new"]) == ({"members": 5}, {"members": 6})


def test_related_managers_stamp_their_rows(committee):
    other = make.make_committee("U")
    account = make.make_account("can-bo")
    mandate = make.make_mandate(account, "staff", committee)
    for write in (
        lambda: other.mandates.add(mandate),
        lambda: other.mandates.clear(),
        lambda: committee.mandates.set([mandate]),
        lambda: committee.mandates.remove(mandate),
    ):
        with pytest.raises(journal.PenRequired):
            write()
        before = Mandate.objects.get().committee_id
        with journal.pen(None, "test") as pen:
            write()
        now = Mandate.objects.get()
        assert now.stamp == pen.number and now.committee_id != before


def test_only_the_fields_written_are_told(committee):
    row = committee.placements.get()
    row.name, row.organisation_type = "Tên mới", "chưa ghi"
    with journal.pen(None, "test"):
        row.save(update_fields=["name"])
    (told,) = said()
    assert told["new"] == {"name": "Tên mới"}
    with journal.pen(None, "test"):
        row.save()
    assert said()[0]["new"]["organisation_type"] == "chưa ghi"
    assert "name" not in said()[0]["new"]


def test_the_old_value_is_the_one_that_stood(committee):
    """Read, changed by another, read again, changed: the other's value is the old one."""
    row = committee.placements.get()
    with journal.pen(None, "test"):
        other = Placement.objects.get()
        other.name = "Tên của người kia"
        other.save()
    row.refresh_from_db()
    row.name = "Tên của tôi"
    with journal.pen(None, "test"):
        row.save()
    assert said()[0]["old"]["name"] == "Tên của người kia"


def test_a_row_loaded_in_part_tells_no_more_than_it_wrote(committee):
    row = Placement.objects.only("name").get()
    row.kind = "grassroots_cell"
    with journal.pen(None, "test"):
        row.save(update_fields=["kind"])
    assert said()[0]["new"] == {"kind": "grassroots_cell"}

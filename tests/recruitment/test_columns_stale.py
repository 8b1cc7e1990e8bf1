"""The five ways of keeping a copy that go stale for ever (performance.md §8.3), each shown to fail here, so that the tests
of test_columns_race would notice them; and that ours does not."""

from contextvars import ContextVar
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection, transaction

from committees import journal
from committees.models import Entry, Head, penned
from recruitment import columns
from recruitment.models import Admission
from tests import factories as make
from tests.recruitment.snapshots import Elsewhere, differences, full

from .pairs import DAY, build, interleaved, many_things

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def register():
    return build()


def test_control_reading_by_the_highest_id(register):
    """Neither a change nor a deletion has a new id."""
    known = dict(Admission.objects.values_list("pk", "decided_on"))
    columns.current()
    with journal.pen(None, "test"):
        first, second, *_ = Admission.objects.order_by("pk")
        Admission.objects.filter(pk=first.pk).update(decided_on=DAY + timedelta(days=1000))
        second.delete()
    fresh = dict(Admission.objects.filter(pk__gt=max(known)).values_list("pk", "decided_on"))
    truth = dict(Admission.objects.values_list("pk", "decided_on"))
    assert {**known, **fresh} != truth
    assert differences(columns.current(), full()) == []


def test_control_the_version_read_after_the_rows(register):
    """Rows of before, labelled with the number of after: what was written between is never read."""

    def labelled_late():
        snapshot = columns._read(columns._current, journal.head())
        snapshot.number, snapshot.hash = journal.head()[:2]
        return snapshot

    def behind(snapshot):
        return snapshot.admissions["id"].tolist() != full().admissions["id"].tolist()

    columns.current()
    stale = []
    for _at, kept in interleaved(labelled_late, lambda: many_things(register), warm=True):
        columns._current = kept
        # Equal by its label, so it is never looked at again.
        stale.append(behind(kept) and behind(columns.current()))
        columns.forget()
        columns.current()
    assert any(stale)


def write_unlocked(stamp, row):
    """A write whose number comes from a sequence: nobody waits for anybody. The version is the highest number."""
    with transaction.atomic():
        token = penned.held.set(journal.Pen(number=stamp, details={}))
        try:
            row.save()
        finally:
            penned.held.reset(token)
        number = max(stamp, Head.objects.get(chain=Entry.WRITES).number)
        Head.objects.filter(chain=Entry.WRITES).update(number=number, hash=str(number).encode())


def test_control_numbers_from_a_sequence(register, monkeypatch):
    """A lower number may commit after a higher one was read: it is passed over for ever."""
    monkeypatch.setattr(journal, "holds", lambda *about: True)
    columns.current()
    sequence = count(journal.head()[0] + 1)
    slow, fast = Admission.objects.order_by("pk")[:2]
    slow.decided_on = fast.decided_on = DAY + timedelta(days=1000)
    slows_number = next(sequence)
    write_unlocked(next(sequence), fast)
    columns.current()
    write_unlocked(slows_number, slow)
    assert "admissions.decided" in differences(columns.current(), full())
    write_unlocked(next(sequence), fast)
    assert "admissions.decided" in differences(columns.current(), full()), "a later refresh does not heal it"


def two_histories(register):
    """One deed is read, then taken back with its entry (a restored copy); another gets the same number."""
    before = Head.objects.get(chain=Entry.WRITES)
    make.make_admission(register[0], DAY, full_name="Nguyễn Thị Đầu")
    columns.current()
    with connection.cursor() as cursor:
        for table in ("recruitment_admission", "recruitment_person"):
            cursor.execute(f"DELETE FROM {table} WHERE stamp > %s", [before.number])
        cursor.execute("DELETE FROM committees_entry WHERE number > %s AND chain = 'writes'", [before.number])
    before.save()
    make.make_admission(register[1], DAY, full_name="Nguyễn Thị Sau")


def test_the_same_number_with_another_hash_is_another_database(register):
    two_histories(register)
    assert differences(columns.current(), full()) == []


def test_control_a_bare_number(register, monkeypatch):
    real = journal.head
    monkeypatch.setattr(journal, "head", lambda: (real()[0], b"", real()[2]))
    monkeypatch.setattr(journal, "holds", lambda *about: True)
    two_histories(register)
    assert "admissions.id" in differences(columns.current(), full())


def taken_back(register):
    with pytest.raises(ZeroDivisionError), journal.pen(None, "test"):
        make.make_admission(register[0], DAY)
        columns.current()
        raise ZeroDivisionError


def test_nobody_reads_inside_an_open_pen(register):
    columns.forget()
    with pytest.raises(RuntimeError, match="before the pen"):
        taken_back(register)
    assert differences(columns.current(), full()) == []


def test_control_reading_inside_an_open_pen(register, monkeypatch):
    """What was taken back stays in every thread's snapshot, under a number that is true."""
    columns.forget()
    monkeypatch.setattr(columns, "held", ContextVar("nobody asks", default=None))
    taken_back(register)
    assert "admissions.id" in differences(columns.current(), full())
    with Elsewhere() as elsewhere:
        assert "admissions.id" in differences(elsewhere(columns.current), full())

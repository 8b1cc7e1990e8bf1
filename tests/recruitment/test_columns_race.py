"""Readers and writers at once: no answer is torn, none stays stale. And the five ways of keeping a copy that do go
stale for ever (performance.md §8.3), each shown to fail here, so that these tests would notice them."""

import random
import threading
import time
from contextvars import ContextVar
from datetime import date, timedelta
from itertools import count

import numpy as np
import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from committees import journal
from committees.models import Entry, Head, Headcount, Kind, penned
from recruitment import columns
from recruitment.models import Admission, Candidacy, Group, Person, Stage
from recruitment.pipeline import actions
from tests import factories as make
from tests.recruitment.snapshots import Between, Elsewhere, differences, full

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2014, 5, 19)
LEAST, MOST, ENOUGH = 2, 10, 10  # seconds, seconds, commits and answers
_numbers = count(100)


@pytest.fixture
def register():
    """Six people, each admitted twice on one day (at two cells); a headcount that says how many admissions there are."""
    with journal.pen(None, "test"):
        cells = [make.make_committee(code, Kind.GRASSROOTS_CELL) for code in ("A", "B")]
        for _ in range(6):
            admit_twice(cells)
        for k in range(3):
            make.make_candidacy(cells[k % 2], DAY)
        Headcount(committee=cells[0], day=DAY, members=0).save()
        tally()
    return cells


def admit_twice(cells):
    person = make.make_person()
    day = DAY + timedelta(days=random.randrange(300))
    for cell in cells:
        make.make_admission(cell, day, person=person)
    return person


def tally():
    Headcount.objects.update(members=Admission.objects.count())


def a_pair(rng=random):
    return Admission.objects.filter(
        person=rng.choice(sorted(Admission.objects.values_list("person", flat=True)))
    )


def many_things(cells):
    """Rows made and changed in every table, in one deed."""
    with journal.pen(None, "many"):
        admit_twice(cells)
        a_pair().update(decided_on=DAY + timedelta(days=random.randrange(300, 600)))
        person = Person.objects.order_by("?").first()
        person.full_name = f"Đỗ Thị {random.choice('ABCDEGH')}"
        person.save()
        candidacy = Candidacy.objects.filter(stage=Stage.SOURCE).order_by("pk").first()
        if candidacy is None:
            make.make_candidacy(cells[0], DAY)
        else:
            actions.advance(candidacy, Stage.CLASS, on=DAY + timedelta(days=9))
        tally()


def one_pair_less(cells):
    with journal.pen(None, "less"):
        admit_twice(cells)  # so that the number of rows stays, and only their ids tell
        a_pair().delete()
        tally()


def another_predicate(cells):
    with journal.pen(None, "group"):
        group = Group.objects.get(code="women")
        group.predicate = [{"field": "sex", "in": ["m" if "f" in group.predicate[0]["in"] else "f"]}]
        group.save()


def a_new_committee(cells):
    """Sorts before all others: every index of the structure shifts."""
    with journal.pen(None, "found"):
        make.make_committee(f"0-{next(_numbers)}", Kind.GRASSROOTS_CELL, cells[0])


def torn(snapshot):
    """What must hold of every instant and does not hold of this snapshot."""
    rows = snapshot.admissions
    people, where, how_many = np.unique(rows["person"], return_inverse=True, return_counts=True)
    first = np.full(len(people), 2**31 - 1)
    np.minimum.at(first, where, rows["decided"])
    (counts,) = snapshot.small.headcounts.values()
    found = []
    if not (how_many == 2).all():
        found.append("half a pair")
    if not (rows["decided"] == first[where]).all():
        found.append("half a change")
    if counts[0].members != len(rows["id"]):
        found.append("two tables of two instants")
    return found


# Every place at which a writer may come between two statements of a reader --------------------------


def interleaved(read, deed, *, warm):
    """Answers of read() with `deed` committed elsewhere right before its first, second, … last statement."""
    with Elsewhere() as elsewhere:
        for at in count(1):
            if warm:
                deed()  # something to be read
            else:
                columns.forget()
            with Between(at, elsewhere, deed) as between:
                answer = read()
            if not between.ran:
                return
            yield at, answer


@pytest.mark.parametrize("warm", [True, False], ids=["refresh", "first load"])
@pytest.mark.parametrize(
    "deed",
    [
        many_things,
        one_pair_less,
        another_predicate,
        a_new_committee,
    ],
)
def test_a_write_between_any_two_statements(register, deed, warm):
    columns.current()
    if warm:
        deed(register)
    else:
        columns.forget()
    with CaptureQueriesContext(connection) as alone:
        columns.current()
    places = 0
    for at, kept in interleaved(columns.current, lambda: deed(register), warm=warm):
        assert torn(kept) == [], f"before statement {at}"
        # Written before the last look at the head: seen.
        assert differences(columns.current(), full()) == [], f"before statement {at}"
        places += 1
    assert places >= len(alone) >= 8  # somebody wrote before each of its statements


# Everybody at once ----------------------------------------------------------------------------------


def storm(register, writers=2, readers=2):
    """Writers that stall, take back, change and delete, and readers: for two seconds, or on a busy machine until there
    were enough of both. Returns (commits, answers, faults)."""
    begun, faults, commits, answers = time.monotonic(), [], [], []

    def going():
        passed = time.monotonic() - begun
        return passed < LEAST or (passed < MOST and min(len(commits), len(answers)) <= ENOUGH and not faults)

    def write(k):
        rng = random.Random(k)
        while going():
            try:
                with journal.pen(None, "storm"):
                    admit_twice(register)
                    if rng.random() < 0.2:
                        time.sleep(0.01)
                    a_pair(rng).update(decided_on=DAY + timedelta(days=rng.randrange(999, 9999)))
                    if rng.random() < 0.4:
                        a_pair(rng).delete()
                    tally()
                    if rng.random() < 0.2:
                        raise ZeroDivisionError
                commits.append(k)
            except ZeroDivisionError:
                pass
            time.sleep(0.005)

    def read(k):
        while going():
            try:
                snapshot = columns.current()
            except journal.Busy:
                continue
            answers.append(k)
            faults.extend(torn(snapshot))
            beside = full()  # several statements: of one instant only if nobody wrote meanwhile
            if journal.head()[:2] == (beside.number, beside.hash) == (snapshot.number, snapshot.hash):
                faults.extend(differences(snapshot, beside))
            time.sleep(0.001)

    def run(work, k):
        try:
            work(k)
        except Exception as problem:
            faults.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(write, k), daemon=True) for k in range(writers)]
    threads += [threading.Thread(target=run, args=(read, k), daemon=True) for k in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(MOST + 20)
    assert not any(thread.is_alive() for thread in threads)
    return len(commits), len(answers), faults


def test_no_answer_is_torn_while_everybody_writes(register):
    commits, answers, faults = storm(register)
    assert faults == []
    assert min(commits, answers) > ENOUGH
    assert differences(columns.current(), full()) == []
    assert journal.verify() is None


# Controls: what would go stale, and does ------------------------------------------------------------


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

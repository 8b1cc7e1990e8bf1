"""Readers and writers at once: no answer is torn, none stays stale. Ways of keeping a copy in which these
tests would find a fault stand in test_columns_stale."""

import random
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from committees import journal
from recruitment import columns
from tests.recruitment.snapshots import differences, full

from .pairs import (
    DAY,
    a_new_committee,
    a_pair,
    admit_twice,
    another_predicate,
    build,
    interleaved,
    many_things,
    one_pair_less,
    tally,
    torn,
)

pytestmark = pytest.mark.django_db(transaction=True)
LEAST, MOST, ENOUGH = 2, 10, 10  # seconds, seconds, commits and answers


@pytest.fixture
def register():
    return build()


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

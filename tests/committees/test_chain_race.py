"""Many writers at once make one chain; without the lock they would not."""

import threading
from contextlib import nullcontext

import pytest
from django.db import connection, connections
from django.db.utils import DatabaseError

from committees import journal
from committees.models import Committee, Entry

WRITES = Entry.WRITES
THREADS, DEEDS = 4, 12


def together(work):
    """Run work(k) in THREADS threads that start at once; their own connections are closed. Returns what they raised."""
    start, raised = threading.Barrier(THREADS), []

    def run(k):
        try:
            start.wait(5)
            work(k)
        except Exception as problem:
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(k,)) for k in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    return raised


@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_chain_without_gap():
    first = journal.head()[0]

    def work(k):
        for deed in range(DEEDS):
            with journal.pen(None, "race") as pen:
                Committee(code=f"R-{k}-{deed}").save()
                pen.note(k=k)
            journal.read_entry(None, "race-read")

    assert together(work) == []
    numbers = list(Entry.objects.filter(chain=WRITES).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, first + THREADS * DEEDS + 1))
    assert Entry.objects.filter(deed="race-read").count() == THREADS * DEEDS, "no reading is lost"
    stamps = Committee.objects.filter(code__startswith="R-").values_list("stamp", flat=True)
    assert len(set(stamps)) == THREADS * DEEDS, "no two deeds shared a number"
    assert journal.verify() is None


@pytest.mark.django_db(transaction=True)
def test_the_same_race_without_the_lock_loses_deeds(monkeypatch):
    """The control: two pens that do not lock the head both read it, and one deed is lost. If both came through here,
    the test above would prove nothing."""
    monkeypatch.setattr(journal, "_turn", nullcontext())
    monkeypatch.setattr(journal, "_LOCK", "")
    both_have_read = threading.Barrier(2)
    raised = []

    def work(k):
        try:
            connection.ensure_connection()
            connection.transaction_mode = "DEFERRED"  # SQLite's IMMEDIATE is a lock too
            with journal.pen(None, "race"):
                both_have_read.wait(5)
                Committee(code=f"R-{k}").save()
        except DatabaseError as problem:
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(k,)) for k in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(raised) == 1, "one of the two is refused by the database: its deed is lost"
    assert Committee.objects.filter(code__startswith="R-").count() == 1

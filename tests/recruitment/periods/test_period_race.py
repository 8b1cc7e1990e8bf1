"""Many at once: a report is sent once, and either taken back or accepted; and the same without what decides it."""

import threading
from contextlib import nullcontext
from datetime import date

import pytest
from django.db import DatabaseError, connection, connections

from committees import journal
from recruitment.models import Submission
from recruitment.periods import sending
from recruitment.periods.sending import Prepared
from recruitment.quotas.deeds import Refused
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
NOTHING = Prepared(kept=[], as_of=0, doubts=[], behind={})
CLERKS = 6


def world():
    with journal.pen(None, "test"):
        at = make.make_province(districts=1)
        period = make.make_period(at["T"], 2014, due_on=date(2015, 1, 20))
    return at, period


def race(*deeds, prepare=lambda: None):
    """[what each was answered]: "done", "refused", "lost"; all from one start."""
    answers, start = [], threading.Barrier(len(deeds), timeout=20)

    def work(deed):
        try:
            prepare()
            start.wait()
            deed()
            answers.append("done")
        except Refused:
            answers.append("refused")
        except DatabaseError:
            answers.append("lost")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(deed,), daemon=True) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return sorted(answers)


def unlocked(monkeypatch, module, name):
    """Two meet after they have read and before they write, and no lock makes them take turns. What each does first."""
    monkeypatch.setattr(journal, "_turn", nullcontext())
    monkeypatch.setattr(journal, "_LOCK", "")
    both, real = threading.Barrier(2, timeout=20), getattr(module, name)

    def meet(*args):
        found = real(*args)
        both.wait()
        return found

    monkeypatch.setattr(module, name, meet)

    def prepare():
        connection.ensure_connection()
        connection.transaction_mode = "DEFERRED"  # SQLite's IMMEDIATE is a lock too

    return prepare


def send(at, period):
    return lambda: sending.submit(period, at["T-1"], by=None, prepared=NOTHING, notes="", seen=0)


def test_six_clerks_send_one_report():
    at, period = world()
    assert race(*[send(at, period)] * CLERKS) == ["done", *["refused"] * (CLERKS - 1)]
    assert Submission.objects.count() == 1 and journal.verify() is None


def test_taken_back_or_accepted_never_both():
    at, period = world()
    sent = make.make_submission(period, at["T-1"])
    answers = race(
        lambda: sending.take_back(sent, by=None),
        lambda: sending.accept(sent, by=None),
        lambda: sending.give_back(sent, by=None, reason="Thiếu"),
    )
    assert answers == ["done", "refused", "refused"]
    entries = {one.deed for one in journal.Entry.objects.filter(chain="writes", number__gt=sent.stamp)}
    assert len(entries) == 1


def test_control_without_the_lock_the_second_is_lost_and_not_told(monkeypatch):
    at, period = world()
    prepare = unlocked(monkeypatch, sending, "duty_now")
    assert race(*[send(at, period)] * 2, prepare=prepare) == ["done", "lost"]


def test_control_without_the_lock_two_judge_one_report(monkeypatch):
    at, period = world()
    sent = make.make_submission(period, at["T-1"])
    prepare = unlocked(monkeypatch, sending, "_waiting")
    answers = race(
        lambda: sending.take_back(sent, by=None), lambda: sending.accept(sent, by=None), prepare=prepare
    )
    assert answers == ["done", "lost"], (
        "both thought it was theirs: one is lost in the database instead of refused"
    )

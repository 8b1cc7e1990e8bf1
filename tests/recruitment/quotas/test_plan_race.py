"""Two clerks set the same committee's target from the same day: one wins, the other is told what stands."""

import threading
from contextlib import nullcontext
from datetime import date

import pytest
from django.db import DatabaseError, connection, connections

from committees import journal
from recruitment.fields import Aim
from recruitment.models import Quota
from recruitment.quotas import deeds
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


def race(monkeypatch, meet_in, prepare=lambda: None):
    """Both have come as far as `meet_in` of the deed before either goes on. Returns what each was answered."""
    top = make.make_committee("T", "province")
    plan = make.make_plan("KH", top)
    clerks = [make.make_account(name) for name in ("an", "binh")]
    both, real, answers = threading.Barrier(2, timeout=20), getattr(deeds, meet_in), []

    def meet(*args):
        found = real(*args)
        both.wait()
        return found

    monkeypatch.setattr(deeds, meet_in, meet)

    def work(k):
        try:
            prepare()
            deeds.set_quota(plan, top, by=clerks[k], target=Aim(20 + k), effective_on=date(2012, 1, 1))
            answers.append("set")
        except deeds.Stands as there:
            answers.append(f"told {there.quota.low}")
        except DatabaseError:
            answers.append("lost")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(k,)) for k in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(40)
    assert not any(thread.is_alive() for thread in threads)
    return sorted(answers)


def test_one_wins_and_the_other_is_told(monkeypatch):
    answers = race(monkeypatch, "structure")
    assert answers == ["set", f"told {Quota.objects.get().low}"]
    assert journal.verify() is None


def test_control_without_the_lock_the_other_is_not_told(monkeypatch):
    """Both look before either writes: the second is lost in the database, and nobody tells them what stands."""
    monkeypatch.setattr(journal, "_turn", nullcontext())
    monkeypatch.setattr(journal, "_LOCK", "")

    def unlocked():
        connection.ensure_connection()
        connection.transaction_mode = "DEFERRED"  # SQLite's IMMEDIATE is a lock too

    assert race(monkeypatch, "standing_from", unlocked) == ["lost", "set"]

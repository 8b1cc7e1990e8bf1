"""Fifty at once take one each out of a remainder of ten: exactly ten get it. And the same without what decides it."""

import threading
from contextlib import nullcontext

import pytest
from django.db import DatabaseError, connection, connections

from committees import journal
from recruitment import columns
from recruitment.models import Quota
from recruitment.quotas import deeds, handing
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
UNITS, LEFT = 50, 10


def race(*, units=UNITS, prepare=lambda: None):
    """[what each was answered]: every unit of a committee with a target of LEFT asks for one, all from the same day."""
    with journal.pen(None, "test"):
        top = make.make_committee("T", "province")
        asking = [make.make_committee(f"T-{k:02}", "upper", top) for k in range(units)]
        plan = make.make_plan("KH", top)
        make.make_quota(plan, top, LEFT)
    snapshot, answers, start = columns.current(), [], threading.Barrier(units, timeout=20)

    def work(unit):
        try:
            prepare()
            start.wait()
            handing.hand_out(plan, top, unit, more=1, by=None, snapshot=snapshot)
            answers.append("given")
        except deeds.Refused as refusal:
            answers.append(str(refusal))
        except DatabaseError:
            answers.append("lost")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(unit,), daemon=True) for unit in asking]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return answers


def handed():
    return sum(Quota.objects.exclude(committee__code="T").values_list("low", flat=True))


def test_exactly_ten_of_fifty():
    answers = race()
    assert (answers.count("given"), handed()) == (LEFT, LEFT)
    assert set(answers) == {"given", "không quá phần còn lại: còn 0 chưa giao"} and len(answers) == UNITS
    assert journal.verify() is None


def test_control_judged_on_what_was_read_before_the_others_wrote(monkeypatch):
    """The pen is held, but the targets are those the first one read: everybody is given one, and there were ten."""
    read, known = handing._Family, {}
    monkeypatch.setattr(handing, "_Family", lambda *args: known.setdefault("family", read(*args)))
    assert race().count("given") == handed() == UNITS


def test_control_without_the_lock_nobody_is_told(monkeypatch):
    """Both look before either writes: one is lost in the database instead of being told what is left."""
    monkeypatch.setattr(journal, "_turn", nullcontext())
    monkeypatch.setattr(journal, "_LOCK", "")
    both, real = threading.Barrier(2, timeout=20), handing._beyond

    def meet(*args):
        both.wait()
        return real(*args)

    monkeypatch.setattr(handing, "_beyond", meet)

    def unlocked():
        connection.ensure_connection()
        connection.transaction_mode = "DEFERRED"  # SQLite's IMMEDIATE is a lock too

    assert sorted(race(units=2, prepare=unlocked)) == ["given", "lost"]

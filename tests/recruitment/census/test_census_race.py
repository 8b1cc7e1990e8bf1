"""Several at once write days that overlap, or take the same cell for their own: one is written, the others are told. And
the same without what decides it, which no constraint of the database would."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connections

from committees import journal
from committees.models import Coverage, Flow
from recruitment.census import flowing, settling
from recruitment.quotas.deeds import Refused
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6
Q1, Q2 = date(2015, 1, 1), date(2015, 4, 1)


def race(deed):
    """[what each was answered] of MANY who do deed(k) at once."""
    answers, start = [], threading.Barrier(MANY, timeout=20)

    def work(k):
        try:
            start.wait()
            deed(k)
            answers.append("written")
        except Refused as refusal:
            answers.append(refusal.faults[0][0])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(k,), daemon=True) for k in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return sorted(answers)


@pytest.fixture
def at(db):
    return make.make_province()


def enter(at):
    return lambda k: flowing.enter(
        by=None, committee=at["T-1-1-1"], since=Q1 + timedelta(days=k), until=Q2, died=1
    )


def write_down(at):
    return lambda k: settling.write_down(
        by=None, code=f"T{k}", name=f"Thôn {k}", kind="thon", committee=at["T-1-1"], state="own",
        cell=at["T-1-1-1"], since=Q1 + timedelta(days=k),
    )  # fmt: skip


def test_one_of_many_is_written(at):
    assert race(enter(at)) == ["since"] * (MANY - 1) + ["written"]
    assert Flow.objects.count() == 1
    assert race(write_down(at)) == ["cell"] * (MANY - 1) + ["written"]
    assert Coverage.objects.count() == 1
    assert journal.verify() is None


def test_control_nobody_looks_under_the_pen(at, monkeypatch):
    monkeypatch.setattr(flowing, "_judge", lambda *args, **options: None)
    monkeypatch.setattr(settling, "shared_already", lambda *args: None)
    assert race(enter(at)) == race(write_down(at)) == ["written"] * MANY
    assert Flow.objects.count() == Coverage.objects.count() == MANY

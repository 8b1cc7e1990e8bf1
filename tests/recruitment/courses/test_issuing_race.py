"""Two clerks issue the certificates of one class at once: one writes, the other is told, nobody gets two. And the same
without the lock."""

import threading
from contextlib import contextmanager, nullcontext
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections

from committees import journal
from committees.editing import Overtaken
from recruitment.courses import issuing
from recruitment.models import Certificate

from . import course_world as w

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    world = w.build()
    w.completed(world)
    return world


def race(world, monkeypatch, *, stamped, locked=True):
    """Alice and Dung issue numbers of their own, on days of their own, both ready before either holds the pen. What came
    of each: Issued, or what was raised."""
    ready, came, pen = threading.Barrier(2, timeout=20), [], journal.pen
    world.course.refresh_from_db()
    judged, rows = w.standard(world), w.rows(world)

    @contextmanager
    def meet(*args, **options):
        connection.ensure_connection()
        if not locked:
            connection.transaction_mode = "DEFERRED"  # SQLite's IMMEDIATE is a lock too
        ready.wait()
        with pen(*args, **options) as holding:
            yield holding

    monkeypatch.setattr(journal, "pen", meet)

    def send(account, series, on):
        try:
            came.append(
                issuing.issue(
                    world.course, issued_on=on, numbers={row.pk: (f"{series}{row.pk}", "") for row in rows},
                    standard=judged, by=account, stamp=world.course.stamp if stamped else None,
                )
            )  # fmt: skip
        except Exception as problem:
            came.append(problem)
        finally:
            connections.close_all()

    both = ((world.alice, "A", world.today), (world.dung, "D", world.today - timedelta(days=1)))
    threads = [threading.Thread(target=send, args=each, daemon=True) for each in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(came) == 2
    return sorted(came, key=lambda outcome: isinstance(outcome, Exception))


def held():
    return sorted(Certificate.objects.values_list("person_id", flat=True))


def test_one_issues_and_the_other_is_told(world, monkeypatch):
    done, told = race(world, monkeypatch, stamped=True)
    assert done.count == 3 and isinstance(told, Overtaken)
    assert held() == sorted(row.person_id for row in w.rows(world))
    assert journal.verify() is None


def test_without_a_page_the_second_skips_whoever_has_one(world, monkeypatch):
    both = race(world, monkeypatch, stamped=False)
    assert sorted(one.count for one in both) == [0, 3]
    assert sorted(len(one.skipped) for one in both) == [0, 3]
    assert len(held()) == 3


def test_control_without_the_lock_nobody_is_told(world, monkeypatch):
    """Both judge before either has written: whoever comes second fails at the database, or everybody has two. If the
    other were told here too, the tests above would prove nothing."""
    monkeypatch.setattr(journal, "_turn", nullcontext())
    monkeypatch.setattr(journal, "_LOCK", "")
    judged, write = threading.Barrier(2, timeout=20), issuing._refuse_numbers

    def meet(*args):
        judged.wait()
        return write(*args)

    monkeypatch.setattr(issuing, "_refuse_numbers", meet)
    done, other = race(world, monkeypatch, stamped=True, locked=False)
    assert isinstance(other, (DatabaseError, issuing.Issued))
    assert not isinstance(other, issuing.Issued) or len(held()) == 6

"""Two administrators at once: the pen decides, and the second is told what the first did."""

import threading
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, connections

from committees import accounts, journal, vietnamese
from committees.models import Account, Entry, Mandate, Role
from committees.models.mandate import MandateQuerySet
from tests.factories import make_account, make_province

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = vietnamese.today()


@pytest.fixture
def cast():
    at = make_province("T")
    admins = [make_account(name, Role.ADMINISTRATOR, at["T"]) for name in ("alice", "ann")]
    return SimpleNamespace(at=at, admins=admins, bob=make_account("bob", Role.STAFF, at["T-1"]))


def together(*works):
    """Run the works in threads that start at once; returns what they raised."""
    start, raised = threading.Barrier(len(works)), []

    def run(work):
        try:
            connection.ensure_connection()
            start.wait(5)
            work()
        except Exception as problem:
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    return raised


def grants(cast):
    """Each gives Bob the same role; the days differ, so no constraint of the database decides it."""
    since = [TODAY, vietnamese.add_months(TODAY, 1)]
    return [
        lambda k=k: accounts.grant(
            cast.bob, Role.SECRETARY, cast.at["T-1"], by=cast.admins[k], since=since[k]
        )
        for k in range(2)
    ]


def given():
    return Mandate.objects.filter(role=Role.SECRETARY).count()


def test_of_two_who_give_the_same_role_one_gives_it_and_the_other_is_told(cast):
    raised = together(*grants(cast))
    assert [type(problem) for problem in raised] == [accounts.AlreadyHeld] and given() == 1
    assert Entry.objects.filter(deed="mandate-grant").count() == 1 and journal.verify() is None


def test_the_same_without_the_lock_is_no_refusal_but_a_crash(cast, monkeypatch):
    """The control: both find nothing and both write; only the chain's own numbers stop the second, who is told nothing
    he could understand. If this came through as above, the test above would prove nothing."""
    monkeypatch.setattr(journal, "_turn", nullcontext())
    monkeypatch.setattr(journal, "_LOCK", "")
    both_have_read, overlapping = threading.Barrier(2), MandateQuerySet.overlapping

    def slowly(self, since, until):
        found = overlapping(self, since, until).first()
        both_have_read.wait(5)
        return SimpleNamespace(first=lambda: found)

    monkeypatch.setattr(MandateQuerySet, "overlapping", slowly)

    def unlocked(work):
        def run():
            connection.transaction_mode = "DEFERRED"  # SQLite's IMMEDIATE is a lock too
            work()

        return run

    raised = together(*map(unlocked, grants(cast)))
    assert len(raised) == 1 and isinstance(raised[0], DatabaseError)


def test_of_two_who_end_the_same_mandate_one_ends_it_and_the_other_is_told(cast):
    mandates = [cast.bob.mandates.get(), cast.bob.mandates.get()]
    raised = together(
        *(lambda k=k: accounts.end_mandate(mandates[k], by=cast.admins[k], on=TODAY) for k in range(2))
    )
    assert [type(problem) for problem in raised] == [accounts.AlreadyEnded]
    assert Entry.objects.filter(deed="mandate-end").count() == 1
    assert cast.bob.mandates.get().until == TODAY


def test_of_two_who_add_the_same_name_one_adds_it_and_the_other_is_told(cast):
    asked = {"full_name": "Nguyễn Thị Hoa", "role": Role.STAFF, "committee": cast.at["T-1"], "since": TODAY}
    raised = together(
        *(lambda k=k: accounts.create(("hoa", "Hoa")[k], by=cast.admins[k], **asked) for k in range(2))
    )
    assert [type(problem) for problem in raised] == [accounts.Taken]
    assert Account.objects.filter(username__iexact="hoa").get().mandates.count() == 1


def test_signed_out_everywhere_by_two_at_once_counts_both_and_loses_neither(cast):
    """Each writes one more than it read: were one lost, whoever signed in between would stay in."""
    stale = [Account.objects.get(username="bob") for _ in range(2)]
    assert together(
        lambda: accounts.end_sessions(stale[0], by=cast.admins[0]),
        lambda: accounts.close(stale[1], by=cast.admins[1]),
    ) == []  # fmt: skip
    now = Account.objects.get(username="bob")
    assert now.sessions_ended == 2 and not now.is_active

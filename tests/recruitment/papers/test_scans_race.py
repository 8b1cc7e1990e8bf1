"""The same paper is sent by two clerks at once, or twice by one: one scan is kept and the other is told. And the same
without the lock."""

import threading
from contextlib import nullcontext
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import DatabaseError
from django.utils import timezone

from committees import journal
from committees.models import Role
from recruitment.models import Scan
from recruitment.papers import scans
from recruitment.sheets import scan as scanning
from tests import factories as make
from tests.factories_papers import picture
from tests.racing import failed_last, together

pytestmark = pytest.mark.django_db(transaction=True)


def race(monkeypatch, *, locked=True):
    """Two accounts add the same file, both ready before either holds the pen. What came of each, what failed last."""
    monkeypatch.setattr("recruitment.sheets.scan_apart.clean", scanning.clean)
    cell = make.make_province(communes=1)["T-1-1"]
    candidacy = make.make_candidacy(cell, date(2025, 8, 1))
    accounts = [make.make_account(name, Role.STAFF, cell) for name in ("alice", "bob")]

    def send(account):
        return scans.add(candidacy, [("a.png", picture())], title="Đơn", by=account)

    works = [lambda account=account: send(account) for account in accounts]
    return failed_last(together(monkeypatch, *works, locked=locked))


def test_of_two_who_send_the_same_file_one_is_told(monkeypatch):
    kept, told = race(monkeypatch)
    assert isinstance(told, scans.Known) and told.scan == kept
    assert Scan.objects.get() == kept and journal.verify() is None


def test_control_without_the_lock_nobody_is_told(monkeypatch):
    """Both look before either has written: the second fails at the database, or the file is kept twice. If it were told
    here too, the test above would prove nothing."""
    monkeypatch.setattr(journal, "_turn", nullcontext())
    monkeypatch.setattr(journal, "_LOCK", "")
    looked = threading.Barrier(2, timeout=20)

    def now():
        looked.wait()
        return timezone.now()

    monkeypatch.setattr(scans, "timezone", SimpleNamespace(now=now, localdate=timezone.localdate))
    _kept, other = race(monkeypatch, locked=False)
    assert isinstance(other, DatabaseError) or (isinstance(other, Scan) and Scan.objects.count() == 2)

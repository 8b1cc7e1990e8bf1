"""Two clerks issue one paper at once: one paper stands, the other clerk is told. And the same without the lock."""

import threading
from contextlib import nullcontext

import pytest
from django.db import DatabaseError

from committees import journal
from recruitment import columns
from recruitment.imports import papers_said
from recruitment.models import IssuedFile, IssuedPaper
from recruitment.papers import case as cases
from recruitment.papers import issuing
from recruitment.papers.prepared import prepare
from tests.racing import failed_last, together

from . import dossiers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paper():
    dossiers.build()
    pk = dossiers.case("6-KNĐ", papers_said.PEOPLE[0][1]).candidacy.pk
    return prepare(cases.candidacy(pk), "6-KNĐ", snapshot=columns.current(), today=dossiers.TODAY)


def race(paper, monkeypatch, *, locked=True):
    """Both have looked at the paper before either holds the pen. What came of each: the IssuedPaper, or what was raised."""
    there = issuing.against(paper)
    keys = [one.key for one in (*there.faults, *there.doubts)]

    def send():
        return issuing.issue(paper, by=None, confirmed=keys)

    return failed_last(together(monkeypatch, send, send, locked=locked))


def test_one_paper_stands_and_the_other_clerk_is_told(paper, monkeypatch):
    issued, told = race(paper, monkeypatch)
    assert isinstance(told, issuing.Refused) and "đã phát hành số 07-NQ/CB" in str(told)
    assert list(IssuedPaper.objects.all()) == [issued]
    assert IssuedFile.objects.filter(issued=issued).count() == IssuedFile.objects.count() == 2
    assert journal.verify() is None


def test_control_without_the_lock_nobody_is_told(paper, monkeypatch):
    """Both look before either has written: whoever comes second fails at the database, or two papers stand. If the other
    were told here too, the test above would prove nothing."""
    monkeypatch.setattr(journal, "_turn", nullcontext())
    monkeypatch.setattr(journal, "_LOCK", "")
    looked, look = threading.Barrier(2, timeout=20), issuing._refuse_second

    def meet(*args):
        look(*args)
        looked.wait()

    monkeypatch.setattr(issuing, "_refuse_second", meet)
    _done, other = race(paper, monkeypatch, locked=False)
    assert isinstance(other, (DatabaseError, IssuedPaper))
    assert not isinstance(other, IssuedPaper) or IssuedPaper.objects.count() == 2

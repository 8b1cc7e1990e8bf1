"""Two clerks take the next number at once: one has it, the other is asked. And the same without the lock."""

import threading
from contextlib import nullcontext
from datetime import date

import pytest
from django.db import DatabaseError

from committees import journal
from committees.models import Role
from recruitment import columns
from recruitment.models import NumberBlock, Paper
from recruitment.numbering import deeds
from recruitment.numbering.blocks import next_number
from recruitment.pipeline import actions, admitting
from recruitment.pipeline.admitting import Doubtful
from tests import factories as make
from tests.factories_papers import make_block
from tests.racing import failed_last, together

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2026, 3, 2)


@pytest.fixture
def here():
    at = make.make_province()
    make_block(at["T-1-1-1"], 5, 9, suffix="-NQ/CB", sign="NQ", since=date(2026, 1, 1))
    at["rows"] = [
        make.make_candidacy(at["T-1-1-1"], date(2026, 1, 5), full_name=name) for name in ("An", "Bình")
    ]
    at["clerks"] = [make.make_account(name, Role.STAFF, at["T-1"]) for name in ("lan", "dung")]
    return at


def both(monkeypatch, clerks, deed, *, locked=True):
    """What came of deed(k, clerk) for two clerks, both ready before either holds the pen."""
    works = [lambda pair=pair: deed(*pair) for pair in enumerate(clerks)]
    return failed_last(together(monkeypatch, *works, locked=locked))


def take(here, monkeypatch, **how):
    """Both clerks record a resolution with the number they were offered."""
    snapshot = columns.current()
    number = next_number(here["T-1-1-1"].pk, "NQ", ON)
    doors = [make.door(clerk) for clerk in here["clerks"]]
    for door in doors:
        door.tree  # noqa: B018 - as every page does, the reach is asked before the pen is taken

    def deed(k, clerk):
        return actions.record(
            here["rows"][k], "class_proposal", on=[ON, date(2026, 3, 3)][k], number=number, snapshot=snapshot,
            by=clerk, access=doors[k],
        )  # fmt: skip

    return number, both(monkeypatch, here["clerks"], deed, **how)


def test_of_two_who_take_one_number_the_second_is_asked(here, monkeypatch):
    number, (done, told) = take(here, monkeypatch)
    assert done.number == number == "05-NQ/CB" and isinstance(told, Doubtful)
    assert [doubt.key for doubt in told.doubts] == ["number 5-nq/cb"]
    assert Paper.objects.count() == 1 and journal.verify() is None
    assert next_number(here["T-1-1-1"].pk, "NQ", ON) == "06-NQ/CB"


def test_of_two_who_reserve_the_same_numbers_one_is_refused(here, monkeypatch):
    def deed(k, clerk):
        return deeds.reserve(
            here["T-1"], suffix="-QĐ/HU", first=10 + 5 * k, last=20 + 5 * k, since=ON, by=clerk
        )

    _done, told = both(monkeypatch, here["clerks"], deed)
    assert isinstance(told, deeds.Refused) and list(told.faults) == ["first"]
    assert NumberBlock.objects.filter(committee=here["T-1"]).count() == 1


def test_control_without_the_lock_nobody_is_asked(here, monkeypatch):
    """Both ask before either has written. If one were asked here too, the tests above would prove nothing."""
    monkeypatch.setattr(journal, "_turn", nullcontext())
    monkeypatch.setattr(journal, "_LOCK", "")
    asked, step = threading.Barrier(2, timeout=20), admitting.given_twice

    def meet(*args, **said):
        found = step(*args, **said)
        asked.wait()
        return found

    monkeypatch.setattr(admitting, "given_twice", meet)
    _number, (_done, other) = take(here, monkeypatch, locked=False)
    assert isinstance(other, DatabaseError) or Paper.objects.count() == 2

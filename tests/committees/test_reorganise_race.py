"""Two acts on one committee at once, and two undos of one package: exactly one is carried out, the other is told in words.
And the same without the lock, or without the look under the pen."""

import threading
from contextlib import nullcontext

import pytest
from django.db import DatabaseError

from committees import journal, reorganise, undoing
from committees.models import Committee, Placement, Reorganisation, Succession
from tests.racing import together

from .test_reorganise import act, plant

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def planted():
    plant()


# Each by itself is lawful; of different days, so that no constraint of the database decides between them.
ACTS = [act("Sáp nhập", "X1", heir="X2"), act("Sáp nhập", "X1", "02/07/2025", heir="X3")]


def two_acts(monkeypatch, **how):
    return together(monkeypatch, *(lambda row=row: reorganise.apply([row], by=None) for row in ACTS), **how)


def unlocked(monkeypatch):
    monkeypatch.setattr(journal, "_turn", nullcontext())
    monkeypatch.setattr(journal, "_LOCK", "")


def meeting(monkeypatch, owner, name):
    """Both come past owner.name, inside their pens, before either goes on."""
    inside, work = threading.Barrier(2, timeout=20), getattr(owner, name)

    def slowly(*args):
        answer = work(*args)
        inside.wait()
        return answer

    monkeypatch.setattr(owner, name, slowly)


def stands_twice():
    """Codes of committees with two placements of one day."""
    rows = Placement.objects.order_by("committee_id", "since").values_list("committee_id", "since", "until")
    pairs = zip(rows, rows[1:], strict=False)
    return [one[0] for one, other in pairs if one[0] == other[0] and (one[2] is None or other[1] < one[2])]


def test_of_two_acts_on_one_committee_one_is_carried_out_and_the_other_told(planted, monkeypatch):
    came = two_acts(monkeypatch)
    [refused] = [what for what in came if not isinstance(what, Reorganisation)]
    assert isinstance(refused, reorganise.Refused), refused
    assert "X1" in str(refused) and any(
        word in str(refused) for word in ("không hoạt động", "đã có thay đổi sau")
    )
    assert Succession.objects.filter(old__code="X1").count() == 1 and not stands_twice()
    assert Reorganisation.objects.count() == 1 and journal.verify() is None


def test_control_without_the_look_under_the_pen_both_are_carried_out(planted, monkeypatch):
    worked_out, known = reorganise._worked_out, threading.local()

    def blind(acts, door):
        """What was worked out before the pen, however much was written since."""
        if not hasattr(known, "planned"):
            known.planned = worked_out(acts, door)
        return known.planned

    monkeypatch.setattr(reorganise, "_worked_out", blind)
    came = two_acts(monkeypatch)
    assert all(isinstance(what, Reorganisation) for what in came), came
    assert Succession.objects.filter(old__code="X1").count() == 2


def test_control_without_the_lock_the_other_is_not_told(planted, monkeypatch):
    unlocked(monkeypatch)
    meeting(monkeypatch, reorganise, "_worked_out")
    came = two_acts(monkeypatch, locked=False)
    assert [isinstance(what, DatabaseError) for what in came].count(True) == 1, came


def founded():
    """A package taken back twice: each has read its record."""
    record = reorganise.apply(
        [act("Sáp nhập", "C11", heir="C12"), act("Đổi tên", "X3", name="Ba mới")], by=None
    )
    return [Reorganisation.objects.get(pk=record.pk) for _ in range(2)]


def two_undos(monkeypatch, **how):
    return together(
        monkeypatch, *(lambda record=record: reorganise.undo(record, by=None) for record in founded()), **how
    )


def test_of_two_undos_one_is_done_and_the_other_is_told(planted, monkeypatch):
    was = sorted(Placement.objects.values_list())
    came = two_undos(monkeypatch)
    [refused] = [what for what in came if not isinstance(what, Reorganisation)]
    assert isinstance(refused, reorganise.Refused) and "đã được hoàn tác" in str(refused)
    assert sorted(Placement.objects.values_list()) == was and not Succession.objects.exists()
    assert Committee.objects.count() == 10 and journal.verify() is None


def test_control_of_two_undos_without_the_lock_the_other_is_not_told(planted, monkeypatch):
    unlocked(monkeypatch)
    meeting(monkeypatch, undoing, "built_upon")
    came = two_undos(monkeypatch, locked=False)
    assert [isinstance(what, DatabaseError) for what in came].count(True) == 1, came

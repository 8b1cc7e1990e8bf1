"""Any acts on committees, in any order, with admissions and targets between: nothing is lost, nothing that was is told
otherwise. Without a database; the same over one stands in test_acts_machine."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from committees import shares
from committees.acts import Act
from committees.packages import Package
from committees.planned import work_out
from committees.register import Register
from committees.tree import Structure
from recruitment.management.bench.acts import laws
from recruitment.management.bench.acts.walk import Walk, walk
from recruitment.management.bench.acts.world import PAIRS, World
from recruitment.management.bench.walk import Violated
from recruitment.quotas.heirs import targets_on

dice = st.randoms(use_true_random=True)


class Acts(RuleBasedStateMachine):
    """The walk of `bench --walk`, its dice thrown so that what fails is told by the fewest acts."""

    @rule(dice=dice)
    def package(self, dice):
        self._with(dice).package()

    @rule(dice=dice)
    def another(self, dice):
        self._with(dice).package()

    @rule(dice=dice)
    def admit(self, dice):
        self._with(dice).admit()

    @rule(dice=dice)
    def give(self, dice):
        self._with(dice).give()

    @rule(dice=dice)
    def undo(self, dice):
        self._with(dice).undo()

    def _with(self, dice):
        if not hasattr(self, "walk"):
            self.walk = Walk(dice)
        self.walk.dice = dice
        return self.walk


TestActs = Acts.TestCase
TestActs.settings = settings(max_examples=200, stateful_step_count=8)


def test_the_walk_comes_far():
    tally = walk(20, seed=1)
    assert tally.accepted > tally.refused > 20 and tally.undone and tally.acts > 2 * tally.accepted
    assert sum(tally.why.values()) >= tally.refused


def _begins_anew(place):
    """A placement's beginning is rewritten, and none ends."""

    def wrong(self, code, row):
        if old := self.before.get(code):
            self.register.replace(
                code, old, old._replace(since=self.day, name=row.name, kind=row.kind, parent=row.parent)
            )
        else:
            place(self, code, row)

    return wrong


FAULTS = {
    "a placement's beginning is rewritten": (Package, "_place", _begins_anew),
    "who ended stands on": (Package, "_end_row", lambda _end: lambda *told: None),
    "the day is not judged": (Package, "judge", lambda _judge: lambda self: None),
    "later days are not judged": (Package, "commit", lambda _commit: Package._write),
    "heirs are forgotten": (Register, "changes", lambda changes: lambda self: replace(changes(self), heirs=[])),
    "what was taken away stays": (Register, "changes", lambda changes: lambda self: replace(changes(self), dropped=[])),
    "it is worked out on the register itself": (Register, "copy", lambda _copy: lambda self: self),
    "an heir is not followed": (
        Structure, "heir", lambda _heir: lambda self, i, day: i if self.place_on(i, day) else -1,
    ),
    "a split leaves all to one": (
        shares, "whole", lambda whole: lambda rows: [s._replace(share=Fraction(1)) for p, s in rows if p],
    ),
    "who was handed over or merged comes back": (Package, "_returns", lambda _returns: lambda self, act: act.code not in self.standing),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_control_with_a_fault_in_the_program_the_walk_tells(monkeypatch, fault):
    owner, name, made = FAULTS[fault]
    monkeypatch.setattr(owner, name, made(getattr(owner, name)))
    with pytest.raises(Violated, match="after"):
        walk(60)


def tried(world, *rows):
    """The faults of a package, which is written where there are none."""
    headings = ("Ngày", "Việc", "Mã tổ chức", "Mã kế thừa", "Mã cấp trên mới")
    acts = [Act(n, dict(zip(headings, row, strict=False))) for n, row in enumerate(rows, start=2)]
    planned = work_out(acts, world.register(), PAIRS)
    if not planned.faults:
        world.write(planned)
    return [str(fault) for fault in planned.faults]


DAY, LATER = date(2025, 7, 1), date(2025, 9, 1)


def test_an_act_written_late_may_not_leave_anybody_under_who_ended_meanwhile():
    world = World()
    assert tried(world, (LATER, "Sáp nhập", "P1B", "P1A")) == []
    told = tried(world, (DAY, "Sáp nhập", "P2A", "P1B"))
    assert len(told) == 2 and all("từ ngày 01/09/2025, cấp trên P1B" in text for text in told)
    assert tried(world, (DAY, "Sáp nhập", "P2A", "P1A")) == []
    assert not list(laws.broken(world, [DAY, LATER]))


def test_an_act_written_late_may_not_close_a_ring_of_heirs():
    world = World()
    assert tried(world, (LATER, "Sáp nhập", "P1A5", "P1A6")) == []
    [told] = tried(world, (DAY, "Sáp nhập", "P1A6", "P1A5"))
    assert "P1A6" in told and "từ ngày 01/09/2025, tổ chức kế thừa" in told


def test_no_share_leads_back_to_where_it_came_from():
    crosswise = [("P1A5", "P1B5"), ("P1A5", "P1B6"), ("P1B6", "P1B5"), ("P1B6", "P1A5")]
    told = tried(World(), *((DAY, "Chia tách", code, heir) for code, heir in crosswise))
    assert len(told) == 2 and all("lại do chính nó kế thừa" in text for text in told)
    world = World()
    assert tried(world, (DAY, "Sáp nhập", "P1A6", "P1A5")) == []
    assert (
        "lại do chính nó"
        in tried(world, *((LATER, "Chia tách", "P1A5", heir) for heir in ("P1B5", "P1A6")))[0]
    )
    assert tried(world, (LATER, "Sáp nhập", "P1B6", "P1A5")) == []
    assert tried(world, *((DAY, "Chia tách", "P1B5", heir) for heir in ("P2A5", "P1B6"))) == []
    told = tried(
        World(),
        (DAY, "Sáp nhập", "P1A5", "P1A6"),
        (DAY, "Chia tách", "P1B5", "P1B6"),
        (DAY, "Chia tách", "P1B5", "P1A5"),
    )
    assert told == []


def test_a_share_that_went_outside_is_not_the_other_heir_s():
    world = World()
    rows = [
        {"Ngày": DAY, "Việc": "Chia tách", "Mã tổ chức": "P1A5", "Mã kế thừa": heir, "Tỷ lệ": "50%"}
        for heir in ("Q1A5", "P1A6")
    ]
    world.write(work_out([Act(n, row) for n, row in enumerate(rows, start=2)], world.register(), PAIRS))
    whole = [code for code in world.committees if code.startswith("P") and code != "P1A5"]
    assert tried(world, *((LATER, "Chuyển ra ngoài", code) for code in whole)) == []
    assert not list(laws.broken(world, [DAY, LATER]))
    tree = world.snapshot.tree(LATER)
    borne = targets_on(world.snapshot, world.plan, LATER, tree, None)
    assert borne[tree.of(world.committees["Q1A5"])].value in (
        4 + 2,
        4 + 3,
    )  # half of five beside its own four


def test_who_ends_later_does_not_end_before():
    world = World()
    assert tried(world, (LATER, "Chuyển ra ngoài", "P1A5")) == []
    [told] = tried(world, (DAY, "Sáp nhập", "P1A5", "P1A6"))
    assert "đã có thay đổi sau ngày 01/07/2025" in told


def back(code, day):
    return {"Ngày": day, "Việc": "Tiếp nhận từ ngoài", "Mã tổ chức": code, "Loại": "Chi bộ trực thuộc", "Tên mới": "Về", "Mã cấp trên mới": "P1A"}  # fmt: skip


def test_only_who_went_outside_comes_back():
    world = World()
    assert tried(world, (DAY, "Chuyển ra ngoài", "P1A5"), (DAY, "Sáp nhập", "P1A6", "P1B5")) == []
    for code, came in (("P1A5", True), ("P1A6", False)):
        planned = work_out([Act(2, back(code, LATER))], world.register(), PAIRS)
        assert [fault.text for fault in planned.faults] == ([] if came else [f"mã “{code}” đã dùng."])


def test_who_came_back_and_goes_again_may_be_given_an_heir_again():
    world = World()
    assert tried(world, (DAY, "Chuyển ra ngoài", "P1A5")) == []
    assert tried(world, (date(2025, 7, 2), "Sáp nhập", "P1A5", "P1A6")) == []
    world.write(work_out([Act(2, back("P1A5", date(2025, 7, 3)))], world.register(), PAIRS))
    assert tried(world, (LATER, "Chuyển ra ngoài", "P1A5")) == []
    assert tried(world, (date(2025, 9, 2), "Sáp nhập", "P1A5", "P1B5")) == []
    assert not list(laws.broken(world, [DAY, date(2025, 7, 3), LATER, date(2025, 9, 2)]))

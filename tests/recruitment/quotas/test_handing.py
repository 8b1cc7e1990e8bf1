"""Giving from the remainder: what is left is told and not passed, unless one says so and why."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees import journal
from recruitment import columns
from recruitment.models import Quota
from recruitment.quotas import deeds, handing
from recruitment.quotas.progress import progress
from tests import factories as make
from tests.undone import undone

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2014, 1, 1), date(2015, 12, 31)
JUNE = date(2015, 6, 1)


@pytest.fixture
def world():
    """T has 40, of which T-1 has 20 and T-2 has 10: ten are left."""
    with journal.pen(None, "test"):
        at = make.make_province(districts=3)
        plan = make.make_plan("KH", at["T"], first=FIRST, last=LAST)
        for code, n in (("T", 40), ("T-1", 20), ("T-2", 10)):
            make.make_quota(plan, at[code], n)
    return SimpleNamespace(at=at, plan=plan, account=make.make_account("an"))


def hand(world, child="T-1", more=4, **said):
    said = {"effective_on": JUNE, "document": "09-CV", "reason": "Giao bổ sung"} | said
    return handing.hand_out(
        world.plan, world.at["T"], world.at[child], more=more, by=world.account, snapshot=columns.current(), **said
    )  # fmt: skip


def goal(code, on=JUNE):
    return progress(columns.current(), "KH", code, on=on).goal


def test_more_out_of_what_is_left(world):
    quota, left = hand(world)
    assert (quota.low, left.given, left.left, left.goal) == (24, 34, 6, 40)
    assert (goal("T-1"), goal("T-1", date(2015, 5, 31)), goal("T")) == (24, 20, 40)
    entry = journal.entry_of(quota.stamp)
    assert (entry.deed, entry.about, entry.committee_id) == ("quota-hand-out", "plan:KH", world.at["T-1"].pk)


def test_to_a_unit_that_has_none_yet(world):
    quota, left = hand(world, "T-3", 10, document="", reason="")
    assert (quota.low, left.left) == (10, 0)


def test_not_more_than_is_left_unless_one_says_so_and_why(world):
    with pytest.raises(deeds.Refused, match="còn 10 chưa giao"):
        hand(world, more=11)
    with pytest.raises(deeds.Refused, match="lý do giao hơn"):
        hand(world, "T-3", more=11, beyond=True, reason="")
    assert Quota.objects.count() == 3
    _quota, left = hand(world, more=11, beyond=True)
    assert left.left == -1
    with pytest.raises(deeds.Refused, match="còn 0 chưa giao"):
        hand(world, "T-3", more=1)


def test_what_is_promised_for_a_later_day_is_no_longer_left(world):
    make.make_quota(world.plan, world.at["T-2"], 17, effective_on=date(2015, 9, 1))
    with pytest.raises(deeds.Refused, match="còn 3 chưa giao"):
        hand(world, more=4)
    assert hand(world, more=3)[1].left == 0


def test_a_later_value_of_ones_own_stands(world):
    """The new value holds until T-1's own next one, so what comes after that day is not asked."""
    make.make_quota(world.plan, world.at["T-1"], 30, effective_on=date(2015, 9, 1))
    assert hand(world, more=10)[0].low == 30


def test_one_value_a_day(world):
    hand(world)
    with pytest.raises(deeds.Stands) as there:
        hand(world, more=1)
    assert there.value.quota.low == 24
    assert hand(world, "T-2", more=1)[0].low == 11, "another unit may have its share the same day"
    deeds.take_back(there.value.quota, by=world.account)
    assert hand(world, more=9)[0].low == 29, "what was given by a slip is taken back as any target of today"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"more": 0}, "more"),
        ({"document": ""}, "document"),
        ({"reason": ""}, "reason"),
        ({"effective_on": date(2016, 1, 1)}, "effective_on"),
        ({"child": "T-1-1"}, "child"),
    ],
)
def test_what_is_refused(world, said, name):
    with pytest.raises(deeds.Refused) as refusal:
        hand(world, **said)
    assert name in dict(refusal.value.faults)
    assert Quota.objects.count() == 3
    assert hand(world)


def test_other_shapes(world):
    at, plan = world.at, world.plan
    make.make_quota(plan, at["T-3"], rate=7)
    with pytest.raises(deeds.Refused, match="chỉ tiêu của mọi đơn vị tính được"):
        hand(world)
    with pytest.raises(deeds.Refused, match="đang được giao 7 %"):
        hand(world, "T-3")
    make.make_quota(plan, at["T-3"], 2, at_least=True, effective_on=date(2015, 2, 1))
    quota, left = hand(world, "T-3", 3)
    assert (quota.low, quota.at_least, left.left) == (5, True, 5)


def test_without_a_target_of_the_whole_nothing_is_left_to_give(world):
    plan = make.make_plan("KH-2", world.at["T"], first=FIRST, last=LAST)
    said = SimpleNamespace(**{**vars(world), "plan": plan})
    with pytest.raises(deeds.Refused, match="chưa có thì không còn gì"):
        hand(said)


def test_a_group_has_a_remainder_of_its_own(world):
    women = next(group for group in columns.current().groups if group.code == "women")
    make.make_quota(world.plan, world.at["T"], 5, group="women")
    assert hand(world, more=5, group=women)[1].left == 0
    assert goal("T-1") == 20


@given(
    total=st.integers(0, 60),
    asked=st.lists(st.tuples(st.integers(1, 3), st.integers(1, 20), st.dates(FIRST, LAST)), max_size=8),
)
@undone()
def test_never_more_than_there_is_on_any_day(total, asked):
    with journal.pen(None, "test"):
        at = make.make_province("C", districts=3)
        plan = make.make_plan("KH", at["C"], first=FIRST, last=LAST)
        make.make_quota(plan, at["C"], total)
    taken = set()
    for child, more, day in asked:
        try:
            handing.hand_out(
                plan, at["C"], at[f"C-{child}"], more=more, by=None, snapshot=columns.current(),
                effective_on=day, document="1", reason="2",
            )  # fmt: skip
        except deeds.Refused:
            continue
        taken.add(day)
    for day in taken | {FIRST, LAST}:
        children = progress(columns.current(), plan.code, "C", on=day).children
        assert sum(child.goal or 0 for child in children) <= total

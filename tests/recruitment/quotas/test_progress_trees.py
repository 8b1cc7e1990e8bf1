"""Admitted against target: of which committee, and by the tree of which day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from committees.models import Kind
from recruitment.quotas.progress import Unanswerable
from tests.factories import (
    end_committee,
    make_admission,
    make_admissions,
    make_committee,
    make_plan,
    make_province,
    make_quota,
    place,
)

from .progress_world import FIRST, LAST, ask, build, child

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return build()


# Which committee ------------------------------------------------------------------------------------


def test_without_a_committee_the_plans_own(world):
    make_plan("H1", world["T-1"], first=FIRST, last=LAST)
    assert ask(None).code == "T"
    assert ask(None, "H1").code == "T-1"


@pytest.mark.parametrize(
    ("targets", "lowest"),
    [
        (["T-1-1-1"], "T-1-1-1"),
        (["T-1-1-1", "T-1-1-2"], "T-1-1"),
        (["T-1-1", "T-1-1-2"], "T-1-1"),
        (["T-1-1-1", "T-1-2"], "T-1"),
        (["T-2-1-1", "T-1-2"], "T"),
    ],
)
def test_else_the_lowest_above_every_committee_with_a_target(world, targets, lowest):
    plan = make_plan("X", first=FIRST, last=LAST)
    for code in targets:
        make_quota(plan, world[code], 1)
    assert ask(None, "X").code == lowest


def test_none_above_all_is_a_fault(world):
    plan = make_plan("X", first=FIRST, last=LAST)
    with pytest.raises(Unanswerable, match="--committee"):
        ask(None, "X")
    make_quota(plan, world["T-1"], 1)
    make_quota(plan, make_committee("U", Kind.PROVINCE), 1)
    with pytest.raises(Unanswerable, match="--committee"):
        ask(None, "X")


def test_any_committee_may_be_asked(world):
    other = make_province("U")
    make_admission(other["U-1-1-1"], FIRST)
    answer = ask("U")
    assert (answer.code, answer.admitted, answer.goal) == ("U", 1, None)


def test_own_and_children_add_up_and_children_come_by_code(world):
    for k, code in enumerate(["T-1-1-1", "T-1-1-2", "T-1-2-1", "T-2-1-1"], start=1):
        make_admissions(world[code], k, FIRST)
    for code in ("T", "T-1", "T-1-1", "T-1-1-1"):
        answer = ask(code)
        assert answer.admitted == answer.own + sum(row.admitted for row in answer.children)
        assert [row.code for row in answer.children] == sorted(row.code for row in answer.children)
    assert (ask().admitted, ask("T-1").admitted, ask("T-1-1-1").own) == (10, 6, 1)


@pytest.mark.parametrize("question", [{"plan": "?"}, {"committee": "?"}, {"group": "?"}])
def test_what_is_unknown_is_named(world, question):
    with pytest.raises(Unanswerable, match="“\\?”"):
        ask(**question)


# Other trees ----------------------------------------------------------------------------------------


def test_the_tree_may_not_be_older_than_the_day(world):
    with pytest.raises(Unanswerable, match="30/06/2012.*01/07/2012"):
        ask(on=date(2012, 7, 1), tree_on=date(2012, 6, 30))


@pytest.fixture
def merged(world):
    """On 01/07/2013 district T-2 ends; T-1 answers for it, its communes move there."""
    day = date(2013, 7, 1)
    make_quota(world["plan"], world["T-1"], 10)
    make_quota(world["plan"], world["T-2"], 5)
    make_admissions(world["T-1-1-1"], 3, FIRST)
    make_admissions(world["T-2-1-1"], 4, FIRST)
    for code in ("T-2-1", "T-2-2"):
        place(world[code], Kind.GRASSROOTS_PARTY, world["T-1"], since=day)
    end_committee(world["T-2"], day, world["T-1"])
    return world | {"day": day}


def test_the_same_day_by_the_old_and_the_new_tree_agrees_in_total(merged):
    on = merged["day"] - timedelta(days=1)
    then, now = ask(on=on), ask(on=on, tree_on=merged["day"])
    assert then.admitted == now.admitted == 7
    assert [(row.code, row.admitted, row.goal) for row in then.children] == [("T-1", 3, 10), ("T-2", 4, 5)]
    assert [(row.code, row.admitted, row.goal) for row in now.children] == [("T-1", 7, 15)]


def test_an_ended_committee_is_shown_by_the_tree_of_its_last_day(merged):
    last = merged["day"] - timedelta(days=1)
    answer = ask("T-2", on=date(2014, 1, 1))
    assert (answer.on, answer.tree_on, answer.admitted, answer.goal) == (date(2014, 1, 1), last, 4, 5)


def test_an_ended_committee_asked_by_a_later_tree_names_its_heir_and_last_day(merged):
    with pytest.raises(Unanswerable, match="30/06/2013.*T-1"):
        ask("T-2", on=date(2013, 1, 1), tree_on=date(2014, 1, 1))


def test_a_committee_not_yet_founded_says_since_when(world):
    make_committee("T-3", Kind.UPPER, world["T"], since=date(2014, 1, 1))
    with pytest.raises(Unanswerable, match="chưa thành lập.*01/01/2014"):
        ask("T-3", on=date(2013, 12, 31))
    assert ask("T-3", on=date(2014, 1, 1)).admitted == 0


def test_where_a_committee_and_its_superior_have_one_heir_only_the_superiors_target_counts(world):
    plan, day = world["plan"], date(2013, 7, 1)
    for code, low in {"T-2": 50, "T-2-1": 30, "T-2-2": 20, "T-1": 7}.items():
        make_quota(plan, world[code], low)
    for code in ("T-2-1", "T-2-2", "T-2"):
        end_committee(world[code], day, world["T-1"])
    assert child(ask(tree_on=LAST), "T-1").goal == 57


def test_where_superior_and_committee_have_different_heirs_both_targets_go_on(world):
    plan, day = world["plan"], date(2013, 7, 1)
    make_quota(plan, world["T-2"], 50)
    make_quota(plan, world["T-2-1"], 30)
    make_quota(plan, world["T-1-1"], 4)
    end_committee(world["T-2-1"], day, world["T-1-1"])
    place(world["T-2-2"], Kind.GRASSROOTS_PARTY, world["T-1"], since=day)
    end_committee(world["T-2"], day, world["T-1"])
    assert child(ask(), "T-1").goal == 50
    assert child(ask("T-1"), "T-1-1").goal == 34


def test_a_merged_target_that_is_not_known_leaves_the_sum_unknown(world):
    make_quota(world["plan"], world["T-1"], 10)
    make_quota(world["plan"], world["T-2"], rate=Decimal("7"))
    end_committee(world["T-2"], date(2013, 7, 1), world["T-1"])
    row = child(ask(), "T-1").as_json()
    assert row["target"] is None and row["why_not"] and row["state"] == "no_target"


def test_merged_ranges_add_at_both_ends(world):
    make_quota(world["plan"], world["T-1"], 10)
    make_quota(world["plan"], world["T-2"], 20, high=25)
    end_committee(world["T-2"], date(2013, 7, 1), world["T-1"])
    row = child(ask(), "T-1").as_json()
    assert (row["target"], row["target_to"]) == (30, 35)


def test_own_is_what_ended_committees_without_a_child_here_left(world):
    """Cell T-1-1-2 was answered for by its committee: its people stay in the total as `own`."""
    make_admissions(world["T-1-1-2"], 2, FIRST)
    make_admissions(world["T-1-1-1"], 3, FIRST)
    end_committee(world["T-1-1-2"], date(2013, 7, 1))
    answer = ask("T-1-1")
    assert (answer.admitted, answer.own, [row.admitted for row in answer.children]) == (5, 2, [3])

"""Admitted against target: which target it is, in numbers, ranges and rates, and when it is met."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.models import Quota
from tests.factories import make_admission, make_admissions, make_headcount, make_quota

from .progress_world import AFTER, BEFORE, FIRST, LAST, ask, build, child

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return build()


def test_the_target_is_the_last_value_effective_by_the_day(world):
    plan, unit = world["plan"], world["T"]
    make_quota(plan, unit, 100)
    make_quota(plan, unit, 80, effective_on=date(2014, 7, 1))
    make_quota(plan, unit, 120, effective_on=date(2013, 7, 1))  # entered last, effective earlier
    days = [FIRST, date(2013, 6, 30), date(2013, 7, 1), date(2014, 6, 30), date(2014, 7, 1), LAST, AFTER]
    assert [ask(on=on).goal for on in days] == [100, 100, 120, 120, 80, 80, 80]


def test_a_target_from_after_the_plan_never_counts(world):
    make_quota(world["plan"], world["T"], 100)
    make_quota(world["plan"], world["T"], 1, effective_on=AFTER)
    assert ask(on=date(2016, 6, 1)).goal == 100


def test_a_parents_target_is_not_the_sum_of_its_childrens(world):
    for unit, low in (("T", 50), ("T-1", 10), ("T-2", 20)):
        make_quota(world["plan"], world[unit], low)
    answer = ask()
    assert answer.goal == 50 and [row.goal for row in answer.children] == [10, 20]


def test_without_a_target_there_is_no_percentage(world):
    make_admission(world["T-1-1-1"], FIRST)
    answer = ask()
    assert (answer.goal, answer.percent, answer.surplus, answer.state) == (None, None, None, "no_target")
    assert (answer.assigned, answer.met) == (0, 0)


def test_target_nought_is_met_by_anyone_and_no_failure_without(world):
    make_quota(world["plan"], world["T-1"], 0)
    make_quota(world["plan"], world["T-2"], 0)
    make_admission(world["T-1-1-1"], FIRST)
    answer = ask()
    assert [(row.state, row.percent, row.surplus) for row in answer.children] == [
        ("met", None, 1), ("no_source", None, 0),
    ]  # fmt: skip
    assert (answer.assigned, answer.met) == (2, 1)


def test_met_at_exactly_the_target(world):
    make_quota(world["plan"], world["T-1"], 2)
    make_admissions(world["T-1-1-1"], 2, FIRST)
    row = child(ask(), "T-1")
    assert (row.state, row.percent, row.surplus) == ("met", Decimal("100.00"), 0)
    assert child(ask(on=FIRST), "T-1").state == "behind"


def test_a_range_is_met_at_its_lower_end(world):
    make_quota(world["plan"], world["T"], 170, high=200)
    make_admissions(world["T-1-1-1"], 170, FIRST)
    said = ask().as_json()
    assert (said["target"], said["target_to"], said["percent"]) == (170, 200, "100.00")


@pytest.mark.parametrize(
    ("counted_on", "base"),
    [
        (FIRST, 1001),
        (BEFORE, 1001),
        (date(2010, 1, 1), 1001),  # exactly 12 months before
        (date(2009, 12, 31), None),
        (date(2011, 1, 2), None),
    ],
)
def test_a_rate_is_of_the_headcount_within_twelve_months_before(world, counted_on, base):
    make_quota(world["plan"], world["T"], rate=Decimal("7"))
    make_headcount(world["T"], counted_on, 1001)
    said = ask().as_json()
    if base is None:
        assert said["target"] is None and said["percent"] is None and said["why_not"]
        assert "base" not in said
    else:
        assert said["target"] == 71, "7 % of 1.001 is 70,07: the fewest people who reach it are 71"
        assert said["base"] == {"value": 1001, "day": counted_on.isoformat()}


def test_the_latest_headcount_is_the_base_and_exactly_reached_is_reached(world):
    make_quota(world["plan"], world["T"], rate=Decimal("7"))
    make_headcount(world["T"], date(2010, 6, 30), 5000)
    make_headcount(world["T"], date(2010, 12, 31), 1000)
    make_headcount(world["T-1"], date(2010, 12, 31), 9000)
    assert ask().goal == 70


@given(rate=st.integers(1, 10**6), members=st.integers(0, 10**6))
def test_a_rate_is_the_fewest_people_who_reach_it(rate, members):
    from types import SimpleNamespace

    from recruitment.quotas.targets import of_quota

    rate = Decimal(rate) / 10**4
    counts = SimpleNamespace(headcounts={1: [SimpleNamespace(day=BEFORE, members=members)]})
    quota = Quota(rate=rate, committee_id=1, effective_on=FIRST)
    target = of_quota(SimpleNamespace(small=counts), SimpleNamespace(since=FIRST), quota).value
    assert Fraction(target) * 100 >= Fraction(rate) * members
    assert target == 0 or Fraction(target - 1) * 100 < Fraction(rate) * members

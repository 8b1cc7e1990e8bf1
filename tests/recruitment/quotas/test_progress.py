"""Admitted against target: what is counted by the rules of contracts §1 `attainment`, one by one, and what no question
may change."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from committees.models import Kind
from tests.factories import (
    make_admission,
    make_admissions,
    make_certificate,
    make_person,
    make_plan,
    make_quota,
    make_reported,
    place,
)

from .progress_world import AFTER, BEFORE, FIRST, LAST, ask, build, child

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return build()


# What is counted ------------------------------------------------------------------------------------


def test_both_ends_of_the_period_count_and_the_days_beside_them_do_not(world):
    for on in (BEFORE, FIRST, LAST, AFTER):
        make_admission(world["T-1-1-1"], on)
    assert ask(on=date(2016, 6, 1)).admitted == 2


def test_the_day_asked_counts_and_the_day_after_does_not(world):
    on = date(2013, 5, 10)
    make_admissions(world["T-1-1-1"], 3, on - timedelta(days=1))
    assert [ask(on=on + timedelta(days=k)).admitted for k in (-2, -1, 0, 1)] == [0, 1, 2, 3]


def test_on_defaults_to_the_plans_last_day_once_it_is_over(world):
    assert ask().on == LAST


def test_on_defaults_to_today_while_the_plan_runs(world):
    with time_machine.travel("2013-07-01T20:00:00+00:00"):  # already 2 July in Vietnam
        assert ask().on == date(2013, 7, 2)


def test_before_the_plan_began_nothing_counts(world):
    make_admission(world["T-1-1-1"], date(2010, 12, 1))
    answer = ask(on=date(2010, 12, 31))
    assert (answer.admitted, answer.goal) == (0, None)


def test_by_decision_unless_the_plan_says_by_ceremony(world):
    make_plan("LE", world["T"], first=FIRST, last=LAST, counts_by="ceremony")
    cell = world["T-1-1-1"]
    make_admission(cell, date(2010, 12, 20), ceremony_on=date(2011, 1, 15))
    make_admission(cell, date(2015, 12, 20), ceremony_on=date(2016, 1, 15))
    make_admission(cell, date(2015, 12, 21))
    make_admission(cell, date(2013, 2, 1), ceremony_on=date(2013, 3, 1))
    assert ask().admitted == 3
    assert ask(plan="LE").admitted == 2
    assert ask(plan="LE", on=date(2013, 2, 15)).admitted == 1


def test_a_plan_may_count_those_sent_to_the_class(world):
    make_plan("HOC", world["T"], first=FIRST, last=LAST, counts="trained")
    make_certificate(world["T-1-1-1"], date(2012, 4, 1))
    make_certificate(world["T-1-1-1"], date(2012, 4, 2), kind="new_member")
    make_certificate(world["T-1-1-1"], BEFORE)
    make_admission(world["T-1-1-1"], date(2012, 5, 1))
    assert ask(plan="HOC").admitted == 1


def test_a_cancelled_admission_counts_until_the_day_it_was_cancelled(world):
    make_admission(world["T-1-1-1"], date(2012, 1, 10), cancelled_on=date(2012, 3, 1))
    assert [ask(on=on).admitted for on in (date(2012, 2, 29), date(2012, 3, 1))] == [1, 0]


def test_a_group_is_judged_by_the_person_as_of_the_decision(world):
    cell = world["T-1-1-1"]
    make_admission(cell, date(2012, 1, 1), sex="F", born=date(1981, 1, 1))  # 31 that day
    make_admission(cell, date(2012, 1, 1), sex="F", born=date(1981, 1, 2))  # 30 that day
    make_admission(cell, date(2012, 1, 1), sex="M", born=date(1994, 1, 1))  # 18 that day
    make_admission(cell, date(2012, 1, 1), sex="M", born=date(1994, 1, 2))  # 17 that day
    assert {code: ask(group=code).admitted for code in ("women", "youth")} == {"women": 2, "youth": 2}
    person = make_person(sex="M", ethnicity="Tày")
    admission = make_admission(cell, date(2012, 2, 1), person=person)
    assert ask(group="ethnic_minority").admitted == 1
    assert admission.ethnicity == "Tày"
    from committees import journal

    with journal.pen(None, "correct"):
        person.ethnicity = "Kinh"
        person.save()
    assert ask(group="ethnic_minority").admitted == 1, "the snapshot of the day does not follow the person"


def test_a_group_has_its_own_targets(world):
    make_quota(world["plan"], world["T-1"], 10)
    make_quota(world["plan"], world["T-1"], 3, group="women")
    make_admissions(world["T-1-1-1"], 4, FIRST, sex="F")
    answer = ask(group="women")
    assert (child(answer, "T-1").goal, child(answer, "T-1").admitted, answer.assigned, answer.met) == (
        3,
        4,
        1,
        1,
    )
    assert (ask().assigned, ask().met) == (1, 0)


# Reported figures -----------------------------------------------------------------------------------


@pytest.fixture
def reported(world):
    make_reported(world["T"], "Kết nạp", 7666, FIRST, LAST)
    return world


def test_a_reported_figure_stands_in_where_no_record_speaks(reported):
    make_quota(reported["plan"], reported["T"], 7200)
    answer = ask()
    assert (answer.admitted, answer.basis, answer.percent) == (7666, "reported", Decimal("106.47"))


def test_only_for_the_whole_period(reported):
    assert ask(on=LAST - timedelta(days=1)).basis == "records"
    assert ask(on=LAST).basis == "reported"
    assert ask(on=AFTER).basis == "reported"


@pytest.mark.parametrize("where", ["T-1-1-1", "T-2-2-2"])
@pytest.mark.parametrize("on", [FIRST, LAST])
def test_one_admission_anywhere_below_silences_it(reported, where, on):
    make_admission(reported[where], on)
    answer = ask()
    assert (answer.admitted, answer.basis) == (1, "records")


@pytest.mark.parametrize("on", [BEFORE, AFTER])
def test_an_admission_outside_the_period_does_not(reported, on):
    make_admission(reported["T-1-1-1"], on)
    assert ask(on=date(2017, 1, 1)).basis == "reported"


def test_it_is_never_summed_upward_nor_seen_below(world):
    make_reported(world["T-1"], "Kết nạp", 40, FIRST, LAST)
    answer = ask()
    assert (answer.admitted, answer.basis) == (0, "records")
    assert (child(answer, "T-1").admitted, child(answer, "T-1").basis) == (40, "reported")
    assert child(ask("T-1"), "T-1-1").basis == "records"


def test_other_periods_and_other_indicators_do_not_stand_in(world):
    make_reported(world["T"], "Kết nạp", 1, FIRST, LAST - timedelta(days=1))
    make_reported(world["T"], "Kết nạp", 2, FIRST + timedelta(days=1), LAST)
    make_reported(world["T"], "Đảng viên", 3, FIRST, LAST)
    make_reported(world["T"], "Cử học nhận thức", 4, FIRST, LAST)
    assert ask().basis == "records"
    make_plan("HOC", world["T"], first=FIRST, last=LAST, counts="trained")
    assert ask(plan="HOC").admitted == 4


def test_with_a_group_only_a_figure_that_names_it(reported):
    assert ask(group="women").basis == "records"
    make_reported(reported["T"], "Kết nạp", 3000, FIRST, LAST, group="women")
    assert (ask(group="women").admitted, ask(group="women").basis) == (3000, "reported")
    assert ask().admitted == 7666
    make_admission(reported["T-1-1-1"], FIRST, sex="M")
    assert (ask(group="women").admitted, ask(group="women").basis) == (0, "records"), "records speak"


def test_the_previous_plan_is_shown_whole(world):
    from committees import journal

    before = make_plan("TRUOC", world["T"], first=date(2006, 1, 1), last=date(2010, 12, 31))
    with journal.pen(None, "follow"):
        world["plan"].previous = before
        world["plan"].save()
    make_reported(world["T"], "Kết nạp", 7666, date(2006, 1, 1), date(2010, 12, 31))
    make_admissions(world["T-1-1-1"], 9, FIRST)
    answer = ask(on=date(2011, 1, 4))
    assert answer.as_json()["previous"] == {
        "plan": "TRUOC", "admitted": 7666, "basis": "reported", "difference": 4 - 7666,
    }  # fmt: skip
    assert ask("T-1").previous.admitted == 0
    assert ask(plan="TRUOC").previous is None


# Always ---------------------------------------------------------------------------------------------


def test_the_document_has_exactly_the_keys_of_the_contract(world):
    make_quota(world["plan"], world["T"], 3)
    said = ask().as_json()
    assert list(said) == [
        "plan", "committee", "group", "on", "tree_on", "target", "admitted", "percent", "surplus", "own",
        "assigned", "met", "basis", "previous", "children",
    ]  # fmt: skip
    assert list(said["plan"]) == ["code", "name", "issuer", "document", "from", "to", "counts_by"]
    assert list(said["children"][0]) == [
        "code", "name", "target", "admitted", "percent", "surplus", "state", "basis",
    ]  # fmt: skip
    assert (said["plan"]["from"], said["plan"]["to"], said["percent"]) == ("2011-01-01", "2015-12-31", "0.00")


@given(admitted=st.integers(0, 10**6), goal=st.integers(1, 10**6))
def test_percentages_are_exact_and_half_up_once(admitted, goal):
    from recruitment.quotas.progress import Standing
    from recruitment.quotas.targets import Target

    row = Standing(0, "T", "T", Target(goal), admitted)
    exact = Fraction(admitted * 100, goal)
    said = Fraction(row.percent)
    assert Fraction(-1, 200) < said - exact <= Fraction(1, 200)
    assert (row.state == "met") == (exact >= 100) == (row.surplus >= 0)
    whole, _, digits = row.as_json()["percent"].partition(".")
    assert whole.isdigit() and len(digits) == 2


def test_a_late_entry_or_a_later_change_moves_no_answer_of_an_earlier_day(world):
    make_quota(world["plan"], world["T"], 100)
    make_admissions(world["T-1-1-1"], 5, FIRST, every=30)
    days = [FIRST, date(2011, 3, 1), date(2013, 1, 1), LAST]
    before = [ask(on=on).as_json() for on in days]
    make_quota(world["plan"], world["T"], 900, effective_on=AFTER)
    make_admissions(world["T-1-1-1"], 3, AFTER)
    place(world["T-1"], Kind.UPPER, world["T"], name="Tên mới", since=AFTER)
    assert [ask(on=on).as_json() for on in days] == before

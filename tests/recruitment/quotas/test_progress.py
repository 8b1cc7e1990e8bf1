"""Admitted against target: the rules of contracts §1 `attainment`, one by one, and what no question may change."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from committees.models import Kind
from recruitment import columns
from recruitment.models import Quota
from recruitment.quotas.progress import Unanswerable, progress
from tests.factories import (
    end_committee,
    make_admission,
    make_admissions,
    make_certificate,
    make_committee,
    make_headcount,
    make_person,
    make_plan,
    make_province,
    make_quota,
    make_reported,
    place,
)

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2011, 1, 1), date(2015, 12, 31)
BEFORE, AFTER = FIRST - timedelta(days=1), LAST + timedelta(days=1)


@pytest.fixture
def world():
    """Province T with two districts, two communes each, two cells each; plan KH over 2011–2015."""
    made = make_province("T", districts=2, communes=2, cells=2)
    made["plan"] = make_plan("KH", made["T"], first=FIRST, last=LAST)
    return made


def ask(committee="T", plan="KH", **question):
    return progress(columns.current(), plan, committee, **question)


def child(answer, code):
    return next(row for row in answer.children if row.code == code)


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


# Targets --------------------------------------------------------------------------------------------


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

"""The annual report's numbers: counted by hand, by brute force from the rows, and against `attainment` and `structure`."""

from datetime import date
from fractions import Fraction

import pytest

from committees import journal, vietnamese
from committees.models import Kind
from recruitment import columns
from recruitment.dashboards.structure import structure
from recruitment.models import Admission, Plan
from recruitment.quotas.progress import Unanswerable, progress
from recruitment.reports.annual_period import read_year
from recruitment.reports.annual_report import whole
from recruitment.reports.official import key
from tests import factories as make
from tests.recruitment import world as worlds

from .annuals import LATER, asked, summary_of, table


@pytest.fixture
def world(db):
    return worlds.build()


# The year in numbers ------------------------------------------------------------------------------


def test_a_year_counted_by_hand(world):
    report = whole(asked())
    said = summary_of(report)
    assert (said["target"], said["admitted"], said["surplus"]) == (30, 27, -3)
    assert vietnamese.percent(said["percent"], 1) == progress(columns.current(), "KH-2", "T").percent
    assert (said["assigned"], said["met"]) == (2, 1)
    # One of the twelve men and the three of T-2 were admitted in 2015, everybody else in 2014.
    assert (said["now"], said["before"], said["change"]) == (4, 23, -19)
    assert (said["organisations"], said["active"], said["no_source"]) == (4, 2, 1)
    assert said["open"] == 5
    assert "Năm 2015 kết nạp 4 đảng viên, bằng 17,39" in report.finding
    assert "27/30, đạt 90,00\N{NO-BREAK SPACE}%" in report.finding
    assert "1/2 đơn vị trực thuộc đạt chỉ tiêu" in report.finding


@pytest.mark.parametrize("year", [2013, 2014, 2015, 2016])
def test_units_agree_with_attainment_and_with_the_rows(world, year):
    found = asked(year=year)
    units = table(whole(found), "theo_don_vi")
    decided = {(row.cell.code[:3], row.decided_on.year) for row in Admission.objects.select_related("cell")}
    for code in ("T-1", "T-2"):
        rows = Admission.objects.filter(cell__code__startswith=code)
        for name, which in (("now", year), ("before", year - 1)):
            last = date(which, 12, 31)
            brute = sum(
                row.decided_on.year == which and not (row.cancelled_on and row.cancelled_on <= last)
                for row in rows
            )
            expected = brute if any(known <= which for _, known in decided) else None
            assert units[code][name] == expected
        now, before = units[code]["now"], units[code]["before"]
        assert units[code]["growth"] == (Fraction(now, before) if now is not None and before else None)
    if found.plan:
        standings = progress(columns.current(), found.plan.code, "T", on=found.day)
        for child in standings.children:
            assert units[child.code]["target"] == child.goal
            assert units[child.code]["surplus"] == (
                None if units[child.code]["admitted"] is None else child.surplus
            )
            if units[child.code]["percent"] is not None:
                assert vietnamese.percent(units[child.code]["percent"], 1) == child.percent


def test_a_target_above_is_never_the_sum_of_those_below(world):
    make.make_quota(world.plan, world.at["T-1"], 25, effective_on=date(2015, 1, 1))
    units = table(whole(asked()), "theo_don_vi")
    assert (units[":sum"]["target"], units[":whole"]["target"], units[":gap"]["target"]) == (35, 30, -5)
    assert units[":sum"]["percent"] is None, "a sum of targets is no target"
    assert "điều chỉnh 1/2015" in units["T-1"]["state"]


def test_sums_stand_only_where_they_are_true(world):
    """What a unit reports is not part of what is recorded above it."""
    plan = make.make_plan("KH-R", world.at["T"], first=date(2010, 1, 1), last=date(2010, 12, 31))
    make.make_quota(plan, world.at["T-1"], 10)
    make.make_reported(world.at["T-1"], "Kết nạp", 12, date(2010, 1, 1), date(2010, 12, 31))
    make.make_admission(world.at["T-2-1-1"], date(2010, 5, 5))
    report = whole(asked(year=2010))
    units = table(report, "theo_don_vi")
    assert units["T-1"]["admitted"] == 12 and "theo số báo cáo" in units["T-1"]["state"]
    assert units[":sum"]["admitted"] is None and units[":whole"]["admitted"] == 1
    assert units[":sum"]["now"] == units[":whole"]["now"] == 1
    assert any("không cộng lên cấp trên" in notice for notice in report.notices)


def test_what_is_recorded_at_a_succeeded_committee_has_its_own_line(world):
    """T-2 ends in 2016 and T answers for it: its past stands at T itself, in a line that keeps the sum true."""
    make.end_committee(world.at["T-2-1-1"], date(2016, 1, 1), world.at["T"])
    units = table(whole(asked(year=2016)), "theo_don_vi")
    assert units[":own"]["before"] == 3
    assert units[":sum"]["before"] == units[":whole"]["before"] == units["T-1"]["before"] + 3


def test_only_the_whole_is_reported(world):
    plan = make.make_plan("KH-W", world.at["T"], first=date(2009, 1, 1), last=date(2009, 12, 31))
    make.make_quota(plan, world.at["T"], 40)
    make.make_reported(world.at["T"], "Kết nạp", 44, date(2009, 1, 1), date(2009, 12, 31))
    report = whole(asked(year=2009))
    said, units = summary_of(report), table(report, "theo_don_vi")
    assert (said["target"], said["admitted"], said["now"]) == (40, 44, None)
    assert units["T-1"]["admitted"] is None and units["T-1"]["state"] == "nguồn chỉ nêu số chung"
    assert "44/40, đạt 110,00" in report.finding
    assert any("số báo cáo" in notice for notice in report.notices)


def test_where_nothing_is_kept_nothing_is_zero(world):
    report = whole(asked(year=2011))
    said = summary_of(report)
    assert [said[name] for name in ("now", "before", "active", "open", "trained", "no_source")] == [None] * 6
    assert table(report, "bieu_2")[key(("total",))]["now"] is None
    assert any("không phải số 0" in notice for notice in report.notices)


def test_a_year_without_a_plan(world):
    with journal.pen(None, "test"):
        Plan.objects.filter(pk=world.plan.pk).update(counts=Plan.Counts.TRAINED)
    report = whole(asked(year=2015))
    assert "Chưa có kế hoạch nào giao chỉ tiêu cho năm này" in report.finding
    said = summary_of(report)
    assert "target" not in said and (said["now"], said["before"]) == (4, 23)


# Which plan, day and tree -------------------------------------------------------------------------


def test_a_year_begins_and_ends_with_its_first_and_last_day(world):
    at = world.at["T-1-1-1"]
    for day in (date(2015, 12, 31), date(2016, 1, 1), date(2016, 12, 31), date(2017, 1, 1)):
        make.make_admission(at, day)
    said = summary_of(whole(asked(year=2016)))
    assert (said["now"], said["before"]) == (2, 5)


def test_a_plan_of_several_years_that_begins_with_the_year_is_not_the_year_s_own(world):
    make.make_plan("KH-NAM", world.at["T"], first=date(2018, 1, 1), last=date(2018, 12, 31))
    make.make_plan("KH-O", world.at["T"], first=date(2018, 1, 1), last=date(2020, 12, 31))
    assert asked(year=2018).plan.code == "KH-NAM"


def test_a_plan_for_exactly_the_year_goes_before_the_one_in_force(world):
    assert asked().plan.code == "KH-2"
    exact = make.make_plan("KH-2015", world.at["T"], first=date(2015, 1, 1), last=date(2015, 12, 31))
    make.make_plan(
        "KH-DAO-TAO", world.at["T"], first=date(2015, 1, 1), last=date(2015, 12, 31), counts="trained"
    )
    assert asked().plan.code == exact.code
    assert asked(plan="KH-2").plan.code == "KH-2"
    assert asked("T-1", year=2015).plan.code == exact.code, "a plan reaches all below its committee"
    nearer = make.make_plan("KH-T1", world.at["T-1"], first=date(2015, 1, 1), last=date(2015, 12, 31))
    assert asked("T-1").plan.code == nearer.code and asked("T-2").plan.code == exact.code
    assert asked(year=2013).plan.code == "KH-1" and asked(year=2016).plan is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"code": "KHONG-CO"}, "Không có tổ chức đảng mang mã “KHONG-CO”"),
        ({"plan": "KHONG-CO"}, "Không có kế hoạch mang mã"),
        ({"plan": "KH-1"}, "không có ngày nào trong năm 2015"),
        ({"on": date(2014, 12, 31)}, "không thuộc năm 2015"),
        ({"year": 2020, "on": date(2020, 12, 31)}, "chưa đến"),
    ],
)
def test_what_has_no_answer(world, arguments, words):
    with pytest.raises(Unanswerable, match=words):
        asked(**arguments)


def test_years_as_they_are_written():
    assert read_year(" 2015 ", LATER) == 2015 and read_year("1930", LATER) == 1930
    for text in ("", "15", "20155", "2021", "1929", "２０１５", "-201", "2o15"):
        with pytest.raises(ValueError, match="Cần một năm từ 1930 đến 2020"):
            read_year(text, LATER)


def test_a_running_year_ends_today_and_so_does_the_one_before(world):
    today = date(2015, 3, 15)
    found = asked(today=today)
    assert (found.day, found.before.last) == (today, date(2014, 3, 15)) and found.running
    said = summary_of(whole(found))
    rows = Admission.objects.filter(cancelled_on=None)
    assert said["now"] == rows.filter(decided_on__range=(date(2015, 1, 1), today)).count()
    assert said["before"] == rows.filter(decided_on__range=(date(2014, 1, 1), date(2014, 3, 15))).count()
    assert "chưa kết thúc: số tính đến hết ngày 15/03/2015" in " ".join(whole(found).notices)


def test_the_twenty_ninth_of_february(world):
    found = asked(year=2016, today=date(2016, 2, 29))
    assert found.before.last == date(2015, 2, 28)


def test_a_cancelled_admission_counts_until_its_day(world):
    """Cancelled on 01/05/2015: the report to 30/04 counts it, the year's does not; as last year's printed report did."""
    assert summary_of(whole(asked(on=date(2015, 4, 30))))["now"] == summary_of(whole(asked()))["now"] + 1
    make.make_admission(world.at["T-2-1-1"], date(2014, 5, 5), cancelled_on=date(2015, 2, 2))
    told = structure(columns.current(), "T", date(2014, 1, 1), date(2014, 12, 31))["total"]
    assert summary_of(whole(asked()))["before"] == told


def test_a_committee_that_ended_in_the_year(world):
    make.end_committee(world.at["T-2"], date(2015, 7, 1), world.at["T-1"])
    found = asked("T-2")
    assert found.question.tree_on == date(2015, 6, 30) and found.now.total == 3
    assert any("kết thúc" in notice and "30/06/2015" in notice for notice in whole(found).notices)
    assert asked("T").now.total == found.now.total + asked("T-1").now.total - 3


def test_a_committee_founded_later_shows_those_it_answers_for(world):
    heir = make.make_committee("T-9", Kind.UPPER, world.at["T"], since=date(2018, 1, 1))
    make.end_committee(world.at["T-2"], date(2018, 1, 1), heir)
    make.place(world.at["T-2-1"], Kind.GRASSROOTS_PARTY, heir, since=date(2018, 1, 1))
    found = asked("T-9")
    assert found.now.total == 3 and found.question.tree_on == LATER
    assert any("thành lập sau kỳ báo cáo" in notice for notice in whole(found).notices)


def test_a_plan_by_ceremonies_says_so(world):
    with journal.pen(None, "test"):
        Plan.objects.filter(pk=world.plan.pk).update(counts_by=Plan.CountsBy.CEREMONY)
    report = whole(asked())
    assert summary_of(report)["admitted"] == 12, "the twelve with a ceremony on 01/06/2015"
    assert any("theo ngày lễ kết nạp" in notice for notice in report.notices)


def test_a_unit_may_be_called_as_a_line_is(world):
    """Codes are free: "sum" and "own" are lawful ones."""
    for code in ("sum", "own", "whole", "gap", "none", "still"):
        make.make_committee(code, Kind.GRASSROOTS_CELL, world.at["T"])
    report = whole(asked())
    assert table(report, "theo_don_vi")["sum"]["now"] == 0
    assert table(report, "chua_ket_nap")["none"]["state"].startswith("ba năm")

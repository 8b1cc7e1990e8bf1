"""The geometry of where a plan will end."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.charts.outlook import outlook, place

FIRST = date(2026, 1, 1)
AHEAD = tuple((k, 10 + k, 12 + k, 15 + k) for k in range(7, 13))


def test_a_day_lies_between_the_ends_of_months():
    assert place(FIRST, date(2026, 1, 31)) == 1
    assert place(FIRST, date(2026, 2, 14)) == Fraction(3, 2)
    assert place(date(2026, 3, 10), date(2026, 3, 10)) == Fraction(10, 31)
    assert place(FIRST, date(2027, 12, 31)) == 24


@given(st.dates(date(2026, 1, 1), date(2030, 12, 30)))
def test_and_later_days_further_on(day):
    assert 0 < place(FIRST, day) < place(FIRST, date.fromordinal(day.toordinal() + 1)) <= 60


def test_lines_and_the_band_meet_where_the_day_is():
    chart = outlook(
        (1, 3, 4, 6, 9), (Fraction(13, 2), 10), 12, FIRST, ahead=AHEAD, target=20, season=tuple(range(1, 13))
    )
    assert chart.box == "0 0 12 40"
    assert chart.line == "0,40 1,39 2,37 3,36 4,34 5,31 6.5,30"
    assert chart.steady == "M0 40L12 20"
    assert chart.season.startswith("0,40 1,39") and chart.season.endswith("12,28")
    assert chart.middle.startswith("6.5,30 7,21") and chart.middle.endswith("12,16")
    assert chart.band.startswith("M6.5 30L7 18") and chart.band.endswith("L6.5 30z")
    assert chart.years == [("50", "2026")] and chart.turns == []
    assert (chart.now_x, chart.now_anchor) == ("54.17", "k-e")
    # 27 of 40 people, on the plot's 66 % below the words.
    assert chart.end_y == "43.45"


def test_without_a_target_there_is_no_pace():
    chart = outlook((), (Fraction(1, 2), 0), 12, FIRST, ahead=((12, 0, 0, 0),))
    assert (chart.steady, chart.season, chart.line) == ("", "", "0,4 0.5,4")


def test_more_months_than_a_chart_shows_are_refused():
    with pytest.raises(ValueError):
        outlook((), (Fraction(1), 1), 121, FIRST, ahead=AHEAD)

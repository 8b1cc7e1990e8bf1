"""Days written and read, today, months and ages."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from committees import vietnamese as vi


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_way_of_writing_a_day_is_read(d):
    ways = [f"{d.day}{mark}{d.month}{mark}{d.year}" for mark in "/-."]
    ways += [
        vi.day(d),
        d.isoformat(),
        f"{d:%d%m}{d.year}",
        int(f"1{d:%d%m}{d.year}"[1:]),
        f" {d.day} / {d.month} / {d.year} ",
        f"Ngày {d:%d}  tháng {d:%m} năm {d.year}",
        f"{d.day} tháng {d.month}, năm {d.year}",
    ]
    ways += [
        d,
        datetime(d.year, d.month, d.day, 23, 59),
        f"{d.isoformat()} 00:00:00",
        f"{d.day}–{d.month}–{d.year}",
    ]
    if d.day < 10:
        ways.remove(int(f"{d:%d%m}{d.year}"))  # a number loses its leading zero: seven digits are refused
    assert {vi.parse_day(way) for way in ways} == {d}


def test_two_digit_years_are_the_ninety_past_and_the_ten_to_come():
    with time_machine.travel(datetime(2025, 6, 1, tzinfo=UTC)):
        read = [vi.parse_day(text).year for text in ("240415", "01/01/65", "1.1.35", "1-1-36", "010100")]
        assert read == [2015, 1965, 2035, 1936, 2000]


@pytest.mark.parametrize(
    "value",
    [
        "31/02/2015",
        "4/24/2015",
        "29/02/2015",
        "00/01/2015",
        "abc",
        "",
        None,
        42118,
        4042015,
        "24/4/0015",
        "24/4/2200",
        "1/1-2015",
        "ngày 31 tháng 2 năm 2015",
        "tháng 2 năm 2015",
        "24/4",
        1.5,
    ],
)
def test_what_is_no_day_is_refused(value):
    with pytest.raises(ValueError, match="Cần ngày/tháng/năm"):
        vi.parse_day(value)


def test_day_is_padded_and_in_vietnam():
    assert vi.day(date(2015, 4, 5)) == "05/04/2015"
    assert vi.day(datetime(2015, 4, 4, 17, 0, tzinfo=UTC)) == "05/04/2015"
    assert vi.day(datetime(2015, 4, 4, 17, 0)) == "04/04/2015"
    assert vi.parse_day(datetime(2015, 4, 4, 17, 0, tzinfo=UTC)) == date(2015, 4, 5)


def test_today_is_vietnams():
    with time_machine.travel(datetime(2025, 6, 30, 16, 59, tzinfo=UTC), tick=False):
        assert vi.today() == date(2025, 6, 30)
    with time_machine.travel(datetime(2025, 7, 1, 0, 0, tzinfo=timezone(timedelta(hours=7))), tick=False):
        assert vi.today() == date(2025, 7, 1)


def test_months_end_where_the_month_ends():
    assert vi.add_months(date(2015, 1, 31), 1) == date(2015, 2, 28)
    assert vi.add_months(date(2016, 1, 31), 1) == date(2016, 2, 29)
    assert vi.add_months(date(2015, 12, 15), 1) == date(2016, 1, 15)
    assert vi.add_months(date(2016, 3, 31), -1) == date(2016, 2, 29)
    assert vi.months_between(date(2015, 1, 31), date(2015, 2, 28)) == 1
    assert vi.months_between(date(2015, 1, 31), date(2015, 2, 27)) == 0
    assert vi.months_between(date(2015, 2, 1), date(2015, 1, 31)) == -1


@given(*[st.dates(date(1900, 1, 1), date(2199, 12, 31))] * 2)
def test_months_between_is_the_last_that_does_not_pass(a, b):
    n = vi.months_between(a, b)
    assert vi.add_months(a, n) <= b < vi.add_months(a, n + 1)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(1990, 5, 6), date(2020, 5, 5), 29),
        (date(1990, 5, 6), date(2020, 5, 6), 30),
        (date(1992, 2, 29), date(2010, 2, 28), 17),
        (date(1992, 2, 29), date(2010, 3, 1), 18),
        (date(1992, 2, 29), date(2012, 2, 29), 20),
        (date(2020, 1, 2), date(2020, 1, 1), -1),
    ],
)
def test_age(born, on, age):
    assert vi.age_on(born, on) == age

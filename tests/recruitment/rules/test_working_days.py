"""Working days: Tết, swapped days, days after and between, alone and in arrays."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules import working_days
from recruitment.rules.working_days import FIRST, LAST, NEVER, OFF, WORKED, after_many, calendar

ROWS = working_days.read()
VIETNAM = calendar((day, what) for day, what, _name in ROWS)
BARE = calendar([])
DAY = timedelta(days=1)
days = st.dates(date(2011, 1, 1), date(2031, 12, 31))
calendars = st.lists(
    st.tuples(st.dates(date(2024, 1, 1), date(2024, 12, 31)), st.sampled_from([OFF, WORKED])), max_size=40,
    unique_by=lambda row: row[0],
).map(calendar)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ((2019, 4, 26), True),
        ((2019, 4, 29), False),  # a Monday off between two days, for which a Saturday is worked
        ((2019, 4, 30), False),
        ((2019, 5, 1), False),
        ((2019, 5, 2), True),
        ((2019, 5, 4), True),
        ((2019, 5, 11), False),
        ((2024, 4, 29), False),
        ((2024, 5, 4), True),
        ((2025, 4, 26), True),
        ((2025, 5, 2), False),
        ((2026, 1, 2), False),
        ((2026, 1, 10), True),
        ((2026, 8, 31), False),
        ((2026, 8, 22), True),
        ((2026, 4, 27), False),  # the day of the Hùng kings fell on a Sunday
    ],
)
def test_days_off_and_days_worked_in_their_place(day, works):
    assert VIETNAM.works(date(*day)) is works


@pytest.mark.parametrize(
    ("eve", "back"),
    [
        ((2020, 1, 22), (2020, 1, 30)),
        ((2021, 2, 9), (2021, 2, 17)),
        ((2022, 1, 28), (2022, 2, 7)),
        ((2023, 1, 19), (2023, 1, 27)),
        ((2024, 2, 7), (2024, 2, 15)),
        ((2025, 1, 24), (2025, 2, 3)),
        ((2026, 2, 13), (2026, 2, 23)),
    ],
)
def test_over_tet_nobody_works(eve, back):
    assert VIETNAM.after(date(*eve), 1) == date(*back)
    assert VIETNAM.between(date(*eve), date(*back)) == 1


@pytest.mark.parametrize(
    ("day", "count", "end"),
    [
        ((2019, 4, 26), 1, (2019, 5, 2)),
        ((2019, 4, 26), 3, (2019, 5, 4)),  # the Saturday counts
        ((2019, 4, 28), 1, (2019, 5, 2)),  # so does a term that begins on a day off
        ((2024, 4, 26), 30, (2024, 6, 11)),  # three days off, one Saturday worked
        ((2025, 4, 25), 1, (2025, 4, 26)),
        ((2026, 11, 20), 1, (2026, 11, 23)),
    ],
)
def test_the_last_day_of_a_term(day, count, end):
    assert VIETNAM.after(date(*day), count) == date(*end)


def test_a_week_is_five_days_where_nothing_is_off():
    assert BARE.after(date(2026, 11, 20), 5) == date(2026, 11, 27)
    assert BARE.between(date(2026, 11, 20), date(2026, 11, 27)) == 5
    assert BARE.between(date(2026, 11, 27), date(2026, 11, 20)) == 0


@given(calendars, st.dates(date(2023, 11, 1), date(2025, 1, 31)))
def test_the_array_of_numbers_is_the_days_worked(chosen, day):
    assert (day.toordinal() in set(chosen.days)) == chosen.works(day)


@given(calendars, st.dates(date(2023, 11, 1), date(2025, 1, 31)), st.integers(1, 90))
def test_after_and_between_undo_each_other(chosen, day, count):
    end = chosen.after(day, count)
    assert end > day and chosen.works(end)
    assert chosen.between(day, end) == count
    assert chosen.between(day, end - DAY) == count - 1
    assert chosen.after(end, 1) == chosen.after(day, count + 1)


@given(days, st.integers(1, 100))
def test_terms_keep_the_order_of_days(day, count):
    assert VIETNAM.after(day, count) <= VIETNAM.after(day + DAY, count) < VIETNAM.after(day + DAY, count + 1)


@given(days, days, days)
def test_working_days_add_up(a, b, c):
    first, middle, last = sorted((a, b, c))
    assert VIETNAM.between(first, middle) + VIETNAM.between(middle, last) == VIETNAM.between(first, last)


@given(st.lists(st.one_of(st.none(), days), max_size=20), st.integers(1, 100))
def test_many_days_at_once_as_one_by_one(some, count):
    numbers = np.array([NEVER if day is None else day.toordinal() for day in some], np.int32)
    ends = after_many(VIETNAM, numbers, count)
    assert ends.dtype == np.int32
    assert ends.tolist() == [NEVER if d is None else VIETNAM.after(d, count).toordinal() for d in some]


def test_a_term_of_no_day_or_beyond_the_calendar_is_refused():
    for day, count in ((date(2026, 1, 1), 0), (LAST, 1), (FIRST - DAY, 1), (LAST - 30 * DAY, 60)):
        with pytest.raises(ValueError):
            VIETNAM.after(day, count)
        with pytest.raises(ValueError):
            after_many(VIETNAM, np.array([NEVER, day.toordinal()], np.int32), count)
    with pytest.raises(ValueError):
        VIETNAM.between(FIRST - DAY, LAST)
    assert after_many(VIETNAM, np.array([], np.int32), 1).tolist() == []


def test_numbers_cannot_be_written_over():
    with pytest.raises(ValueError):
        VIETNAM.numbers[0] = 1


def test_a_year_without_a_day_off_is_not_known():
    assert VIETNAM.knows(2026) and VIETNAM.knows(2011)
    assert not VIETNAM.knows(2099) and not BARE.knows(2026)


def test_the_file_tells_each_day_once_and_swaps_at_weekends_alone():
    assert [day for day, _what, _name in ROWS] == sorted({day for day, _what, _name in ROWS})
    assert {what for _day, what, _name in ROWS} == {OFF, WORKED} and all(name for *_rest, name in ROWS)
    assert all(day.weekday() >= 5 for day, what, _name in ROWS if what == WORKED)
    years = {day.year for day, _what, _name in ROWS}
    assert years == set(range(2011, 2031))
    for year in years:
        said = {day for day, what, _name in ROWS if what == OFF and day.year == year}
        fixed = {date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)}
        assert fixed <= said

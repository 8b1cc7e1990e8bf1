"""Working days: Monday to Friday, without the days off of the calendar, with the Saturdays worked in their place. Pure.

The calendar is data (`calendar.csv`, then what an administrator wrote): public holidays of the Labour Code and the
swap days the government announces each year, all to be confirmed [M].
"""

import csv
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("calendar.csv")
OFF, WORKED = "nghỉ", "làm"
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
NEVER = 2**31 - 1  # the day number that stands for no day in an array


@dataclass(frozen=True)
class Calendar:
    """off: weekdays nobody works; worked: days at a weekend that are worked instead (frozensets of dates). A year of
    which no day off is written down (`knows`) has its weekdays alone: terms in it come out too early. Days lie between
    FIRST and LAST, both inclusive: ValueError where a day or the end of a term does not."""

    off: frozenset
    worked: frozenset

    def works(self, day):
        """Whether a day is worked."""
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    @cached_property
    def numbers(self):
        """Every working day from FIRST to LAST as a day number (date.toordinal), an ordered int32 array."""
        worked = np.ones(LAST.toordinal() - FIRST.toordinal() + 1, bool)
        begin = FIRST.toordinal()
        # Day number 1 was a Monday.
        worked[(begin + np.arange(len(worked)) - 1) % 7 > 4] = False
        for days, works in (self.off, False), (self.worked, True):
            worked[[day.toordinal() - begin for day in days if FIRST <= day <= LAST]] = works
        found = np.flatnonzero(worked).astype(np.int32) + begin
        found.setflags(write=False)
        return found

    @cached_property
    def days(self):
        """`numbers` as a list: one day is found in it faster."""
        return self.numbers.tolist()

    def after(self, day, count):
        """The count-th working day after `day`, which itself does not count (count ≥ 1): a term of 30 working days that
        begins on `day` ends there, that day included."""
        at = bisect_right(self.days, _within(day)) + count - 1
        if count < 1 or at >= len(self.days):
            raise ValueError(f"no working day {count} after {day}")
        return date.fromordinal(self.days[at])

    def between(self, first, last):
        """Working days after `first` up to `last`, inclusive; 0 where last ≤ first."""
        if last <= first:
            return 0
        return bisect_right(self.days, _within(last)) - bisect_right(self.days, _within(first))

    def knows(self, year):
        """Whether any day off of that year is written down."""
        return any(day.year == year for day in self.off)


def after_many(calendar, days, count):
    """`Calendar.after` for an array of day numbers, as int32; NEVER stays NEVER. ValueError as there."""
    days = np.asarray(days)
    dated = days != NEVER
    if count < 1 or ((days < FIRST.toordinal()) | (dated & (days > LAST.toordinal()))).any():
        raise ValueError(f"no working day {count} after a day outside {FIRST} to {LAST}")
    at = np.searchsorted(calendar.numbers, days, side="right") + count - 1
    if (at[dated] >= len(calendar.numbers)).any():
        raise ValueError(f"no working day {count} up to {LAST}")
    return np.where(dated, calendar.numbers[np.where(dated, at, 0)], NEVER).astype(np.int32)


def _within(day):
    if not FIRST <= day <= LAST:
        raise ValueError(f"{day} lies outside {FIRST} to {LAST}")
    return day.toordinal()


def calendar(rows):
    """The Calendar of [(day, OFF or WORKED)]."""
    rows = list(rows)
    return Calendar(
        frozenset(day for day, what in rows if what == OFF),
        frozenset(day for day, what in rows if what == WORKED),
    )


def read():
    """[(day, OFF or WORKED, name)] of the data file, in order of day."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [(date.fromisoformat(r["Ngày"]), r["Việc"], r["Tên"]) for r in csv.DictReader(file)]

"""Working days: Monday to Friday, without the days off of the calendar, with the Saturdays worked in their place. Pure.

The calendar is data (`calendar.csv`, then what an administrator wrote): public holidays of the Labour Code and the
swap days the government announces each year, all to be confirmed [M].
"""

import csv
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

FILE = Path(__file__).with_name("calendar.csv")
OFF, WORKED = "nghỉ", "làm"
FIRST, LAST = date(1990, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Calendar:
    """off: weekdays nobody works; worked: days at a weekend that are worked instead (frozensets of dates). Days outside
    1990–2099 are judged by their weekday alone."""

    off: frozenset
    worked: frozenset

    def works(self, day):
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    @cached_property
    def days(self):
        """Every working day from FIRST to LAST as a day number, in order."""
        numbers = range(FIRST.toordinal(), LAST.toordinal() + 1)
        return [n for n in numbers if self.works(date.fromordinal(n))]

    def after(self, day, count):
        """The count-th working day after `day`, which itself does not count (count ≥ 1): a term of 30 working days that
        begins on `day` ends there, that day included."""
        at = bisect_right(self.days, day.toordinal())
        return date.fromordinal(self.days[at + count - 1])

    def between(self, first, last):
        """Working days after `first` up to `last`, inclusive; 0 where last ≤ first."""
        if last <= first:
            return 0
        return bisect_right(self.days, last.toordinal()) - bisect_right(self.days, first.toordinal())

    def first_from(self, day):
        """The day itself if worked, else the next working day."""
        return date.fromordinal(self.days[bisect_left(self.days, day.toordinal())])

    def knows(self, year):
        """Whether any day off of that year is written down."""
        return any(day.year == year for day in self.off)


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

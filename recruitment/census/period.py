"""A quarter of a year, or the year whole: the period in which members are counted and matched with the level above."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

WHOLE = 0
EARLIEST, LATEST = 1930, 2199
_ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True, order=True)
class Period:
    """part: 1 to 4 for a quarter, WHOLE for the year. Days [since, until), half-open."""

    year: int
    part: int = WHOLE

    @property
    def since(self):
        return date(self.year, 3 * max(self.part, 1) - 2, 1)

    @property
    def until(self):
        if self.part in (WHOLE, 4):
            return date(self.year + 1, 1, 1)
        return date(self.year, 3 * self.part + 1, 1)

    @property
    def last_day(self):
        return self.until - timedelta(days=1)

    @property
    def eve(self):
        """The day before it begins."""
        return self.since - timedelta(days=1)

    @property
    def before(self):
        """The period just before, of the same length."""
        if self.part > 1:
            return Period(self.year, self.part - 1)
        return Period(self.year - 1, 4 if self.part else WHOLE)

    @property
    def after(self):
        if self.part in (WHOLE, 4):
            return Period(self.year + 1, 1 if self.part else WHOLE)
        return Period(self.year, self.part + 1)

    @property
    def year_ago(self):
        return Period(self.year - 1, self.part)

    @property
    def words(self):
        """ "quý I năm 2026", "năm 2026"."""
        if self.part == WHOLE:
            return _("năm %d") % self.year
        return _("quý %(part)s năm %(year)d") % {"part": _ROMAN[self.part], "year": self.year}

    def holds(self, row):
        """Whether a row's days lie in the period."""
        return self.since <= row.since and row.until <= self.until


def of_day(day):
    """The quarter of a day."""
    return Period(day.year, (day.month + 2) // 3)


def latest(today):
    """The last quarter that is over: what is being counted now."""
    return of_day(today).before

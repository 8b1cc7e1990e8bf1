"""The period of a report: a year, a quarter, half a year, a term, or any days; and the period it is compared with. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from committees import vietnamese
from committees.vietnamese import add_months

EARLIEST = 1930  # the Party was founded on 03/02/1930
LONGEST = 20  # years
_ROMAN = ("I", "II", "III", "IV")
_A_DAY = timedelta(days=1)


def read_year(text, today):
    """The year someone wrote, from 1930 to the year of `today`. ValueError, in Vietnamese, for anything else."""
    text = str(text).strip()
    if text.isascii() and text.isdecimal() and len(text) == 4 and EARLIEST <= int(text) <= today.year:
        return int(text)
    found = f"“{text[:20]}”" if text else "ô trống"
    raise ValueError(f"Tìm thấy {found}. Cần một năm từ {EARLIEST} đến {today.year}, ví dụ {today.year - 1}.")


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both inclusive."""

    first: date
    last: date

    @classmethod
    def of_year(cls, year):
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def fault(self):
        """Why no report can be of it, in Vietnamese; "" where one can."""
        said = f"Kỳ báo cáo {vietnamese.day(self.first)}–{vietnamese.day(self.last)}"
        if self.last < self.first:
            return f"{said}: ngày cuối trước ngày đầu."
        if self.first.year < EARLIEST or self.months > 12 * LONGEST:
            return f"{said}: cần một kỳ từ năm {EARLIEST}, dài không quá {LONGEST} năm."
        return ""

    @property
    def months(self):
        """How many months it touches, begun ones whole."""
        after = self.last + _A_DAY
        whole = 12 * (after.year - self.first.year) + after.month - self.first.month
        return whole + (after.day > self.first.day)

    @property
    def even(self):
        """Whether it is made of whole calendar months."""
        return self.first.day == 1 and _ends_month(self.last)

    @property
    def year(self):
        """The calendar year it is whole; None where it is another period."""
        return self.first.year if self == self.of_year(self.first.year) else None

    @property
    def shift(self):
        """By how many months the period it is compared with lies before it: a year; for longer ones, as many whole years
        as it takes."""
        return 12 * -(-self.months // 12)

    @property
    def of_last_year(self):
        """Whether it is compared with the same days of the year before."""
        return self.shift == 12

    def ago(self, day):
        """The day of the period compared with that stands for one of this. The end of a month stands for another only where
        the period begins with a month: one day is compared with one."""
        return months_before(day, self.shift) if self.first.day == 1 else add_months(day, -self.shift)

    @property
    def before(self):
        """The period it is compared with."""
        return Period(add_months(self.first, -self.shift), self.ago(self.last))

    @property
    def parts(self):
        """The year of its last day and what it is reported by: quarters, its first six and nine months."""
        year = self.last.year
        ends = {1: 3, 4: 6, 7: 9, 10: 12}
        quarters = [Period(date(year, first, 1), _last_of(year, end)) for first, end in ends.items()]
        longer = [Period(date(year, 1, 1), _last_of(year, months)) for months in (6, 9, 12)]
        return [*quarters, *longer]

    @property
    def words(self):
        """ "năm 2015", "quý I năm 2015", "6 tháng đầu năm 2015", "các năm 2011–2015", "từ 05/01/2015 đến 31/03/2015"."""
        if not self.even:
            return f"từ {vietnamese.day(self.first)} đến {vietnamese.day(self.last)}"
        return self._even_words

    @property
    def _even_words(self):
        year, month, length = self.first.year, self.first.month, self.months
        if month == 1 and length % 12 == 0:
            return f"năm {year}" if length == 12 else f"các năm {year}–{self.last.year}"
        if length == 3 and month % 3 == 1:
            return f"quý {_ROMAN[month // 3]} năm {year}"
        if length in (6, 9) and month == 1:
            return f"{length} tháng đầu năm {year}"
        if length == 6 and month == 7:
            return f"6 tháng cuối năm {year}"
        if length == 1:
            return f"tháng {month} năm {year}"
        return f"từ tháng {month}/{year} đến tháng {self.last.month}/{self.last.year}"

    @property
    def short(self):
        """Its words as a heading of a column has room for: "Năm 2015", "Quý I/2015", "01/2011–12/2015"."""
        words = self.words
        if self.even and self.months < 12 and " năm " in words:
            words = words.replace(" đầu năm ", "/").replace(" cuối năm ", " cuối/").replace(" năm ", "/")
        elif self.even and not words.startswith("năm"):
            words = f"{self.first.month:02}/{self.first.year}–{self.last.month:02}/{self.last.year}"
        elif not self.even:
            words = f"{vietnamese.day(self.first)}–{vietnamese.day(self.last)}"
        return words[0].upper() + words[1:]

    @property
    def compared(self):
        """What the period before is called: "cùng kỳ năm trước", "cùng kỳ 5 năm trước"."""
        return "cùng kỳ năm trước" if self.of_last_year else f"cùng kỳ {self.shift // 12} năm trước"

    @property
    def called(self):
        """The same, in the middle of a sentence: "năm 2015", "kỳ từ 05/01/2015 đến 31/03/2015"."""
        return f"kỳ {self.words}" if self.words.startswith("từ") else self.words

    @property
    def this(self):
        return "năm này" if self.year else "kỳ này"

    @property
    def slug(self):
        """Its part of a file's name."""
        return f"nam-{self.year}" if self.year else f"ky-{self.first.isoformat()}-den-{self.last.isoformat()}"

    @property
    def asked(self):
        """{parameter: value} by which addresses and the journal name it."""
        if self.year:
            return {"year": self.year}
        return {"since": self.first.isoformat(), "last": self.last.isoformat()}


def months_before(day, months):
    """The same day so many months before; the last of a month for the last of a month."""
    if _ends_month(day):
        return add_months(day + _A_DAY, -months) - _A_DAY
    return add_months(day, -months)


def _last_of(year, month):
    return add_months(date(year, month, 1), 1) - _A_DAY


def _ends_month(day):
    return (day + _A_DAY).day == 1

"""The months of a plan against a straight pace: cumulative numbers, gaps, and what they say."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from committees import vietnamese

from .. import charts
from ..models import Plan
from ..quotas.progress import Standing
from . import drawing


@dataclass(frozen=True)
class Year:
    """One line of the table under the chart: what came in that year, and where it left the whole."""

    label: str
    year: int
    within: int
    total: int
    steady: str
    gap: str


@dataclass(frozen=True)
class Pace:
    """People a month of a plan to a day, and what they add up to. What is said and drawn of them is worked out when
    the page asks: charts are None without a target or past ten years, the table always stands."""

    plan: Plan
    last: date
    standing: Standing
    counts: list
    cumulative: tuple

    @property
    def heading(self):
        return self._words[0]

    @property
    def said(self):
        return self._words[1]

    @property
    def labels(self):
        return self._words[2]

    @cached_property
    def _words(self):
        return _words(self)

    @cached_property
    def _months(self):
        return months_of(self.plan.since, self.plan.last_day)

    @cached_property
    def differences(self):
        """What `charts.gaps` gives, times the months of the plan: whole numbers, of which a page compares hundreds."""
        goal = self.standing.goal
        return [value * self._months - goal * k for k, value in enumerate(self.cumulative, 1)] if goal else []

    def people(self, difference):
        """A difference as people, half-up."""
        return int(vietnamese.percent(difference, 100 * self._months, 0))

    @property
    def _drawn(self):
        return bool(self.standing.goal) and self._months <= charts.MOST_MONTHS

    @cached_property
    def chart(self):
        goal, first = self.standing.goal, self.plan.since
        return drawing.pace(self.cumulative, goal, first, self._months) if self._drawn else None

    @property
    def gaps(self):
        return drawing.gap(self.cumulative, self.standing.goal, self._months) if self._drawn else None

    @cached_property
    def years(self):
        return _years(self)


def months_of(first, last):
    """How many calendar months two days span, both counted."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def month_of(first, k):
    """Month k (1-based) counted from the month of `first`, as "4/2014"."""
    year, month = divmod(first.year * 12 + first.month - 1 + k - 1, 12)
    return f"{month + 1}/{year}"


def which(days, begins, last):
    """For day numbers (an array) the place of the span each lies in: spans begin on the dates `begins`, one after
    another; the last ends with the date `last`. Every day must lie in one of them."""
    starts = [begin.toordinal() for begin in begins]
    spans = np.repeat(np.arange(len(starts)), np.diff([*starts, last.toordinal() + 1]))
    return spans[days - starts[0]]


def monthly(days, first, last):
    """People a month from the month of `first` to that of `last`: an array from day numbers that all lie between."""
    later = (divmod(first.year * 12 + first.month - 1 + k, 12) for k in range(1, months_of(first, last)))
    begins = [first, *(date(year, month + 1, 1) for year, month in later)]
    return np.bincount(which(days, begins, last), minlength=len(begins))


def pace(selection, standing):
    """The Pace of a selection's counting days under its question's plan; None until the plan's first day is over."""
    plan, last = selection.question.plan, selection.question.day
    if last <= plan.since:
        return None
    counts = monthly(selection.when[selection.chosen], plan.since, last)
    return Pace(plan, last, standing, counts.tolist(), tuple(np.cumsum(counts).tolist()))


def _words(pace):
    number, signed = vietnamese.number, vietnamese.signed
    first, last, gaps, standing = pace.plan.since, pace.last, pace.differences, pace.standing
    if not gaps:
        return "Kết quả từng năm; chưa giao chỉ tiêu nên không có nhịp để so", "", {}
    final, caught, worst = pace.people(gaps[-1]), charts.overtaking(gaps), charts.lowest(gaps)
    lowest = pace.people(gaps[worst - 1]) if worst else 0
    done = last >= pace.plan.last_day
    until = "cuối kỳ" if done else f"đến {vietnamese.day(last)}"
    if final < 0:
        heading = f"Chậm hơn nhịp chia đều {number(-final)} người {until}"
    else:
        beginning = (
            f"Vượt nhịp chia đều từ tháng {month_of(first, caught)}"
            if caught
            else "Luôn theo kịp nhịp chia đều"
        )
        if done:
            ending = f"về đích hơn chỉ tiêu {number(final)}" if final else "về đích đúng chỉ tiêu"
        else:
            ending = f"{until} hơn nhịp {number(final)}" if final else f"{until} đúng nhịp"
        heading = f"{beginning}, {ending}"
    said = f"{until.capitalize()} {signed(final)}"
    if worst:
        said = f"Thấp nhất {signed(lowest)}, tháng {month_of(first, worst)}; {until} {signed(final)}"
    labels = {
        "reached": f"{number(standing.admitted)} đã tính",
        "planned": f"nhịp chia đều đến {number(standing.goal)}",
        "caught": f"vượt nhịp, {month_of(first, caught)}" if caught else "",
        "worst": f"thấp nhất {signed(lowest)}, {month_of(first, worst)}" if worst else "",
        "last": signed(final),
    }
    return heading, said, labels


def _years(pace):
    rows, first, last = [], pace.plan.since, pace.last
    for year in range(first.year, last.year + 1):
        begin = max(0, months_of(first, date(year, 1, 1)) - 1) if year > first.year else 0
        end = min(len(pace.cumulative), months_of(first, date(year, 12, 31)))
        gap = pace.differences[end - 1] if pace.differences else None
        partly = []
        if year == first.year and first.month > 1:
            partly.append(f"từ tháng {first.month}")
        if year == last.year and (last.month, last.day) != (12, 31):
            partly.append(f"đến {vietnamese.day(last)}")
        rows.append(
            Year(
                label=f"{year} ({', '.join(partly)})" if partly else str(year),
                year=year,
                within=sum(pace.counts[begin:end]),
                total=pace.cumulative[end - 1],
                steady="" if gap is None else vietnamese.number(pace.people(pace.standing.goal * end)),
                gap="" if gap is None else vietnamese.signed(pace.people(gap)),
            )
        )
    return rows

"""The months of a plan against a straight pace: cumulative numbers, gaps, and what they say."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from committees import vietnamese

from .. import charts
from ..facts import EPOCH
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
    """The finding first; charts are None without a target or past ten years, the table always stands."""

    heading: str
    said: str
    chart: charts.Pace | None
    gaps: charts.Gap | None
    years: list = field(default_factory=list)
    labels: dict = field(default_factory=dict)


def months_of(first, last):
    """How many calendar months two days span, both counted."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def month_of(first, k):
    """Month k (1-based) counted from the month of `first`, as "4/2014"."""
    year, month = divmod(first.year * 12 + first.month - 1 + k - 1, 12)
    return f"{month + 1}/{year}"


def monthly(days, first, last):
    """People a month from the month of `first` to that of `last`: an array from day numbers that all lie between."""
    stamps = (days.astype(np.int64) - EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    begin = (first.year - 1970) * 12 + first.month - 1
    return np.bincount(stamps - begin, minlength=months_of(first, last))


def _whole(gap):
    """A gap as people, half-up."""
    return int(vietnamese.percent(gap, 100, 0))


def pace(days, question, standing):
    """The Pace of the chosen rows' counting days under the question's plan; None before its first day."""
    plan, last = question.plan, question.day
    if last < plan.since:
        return None
    counts = monthly(days, plan.since, last)
    cumulative = np.cumsum(counts).tolist()
    months, goal = months_of(plan.since, plan.last_day), standing.goal
    gaps, line, bars = _drawn(tuple(cumulative), goal, plan.since, months)
    heading, said, labels = _words(plan.since, last, plan.last_day, gaps, standing)
    return Pace(
        heading=heading,
        said=said,
        chart=line,
        gaps=bars,
        years=_years(counts, cumulative, gaps, plan.since, last),
        labels=labels,
    )


def _drawn(cumulative, goal, first, months):
    """(gaps, line chart, gap chart); charts are None without a target or past ten years."""
    if not goal:
        return [], None, None
    gaps = drawing.gaps(cumulative, goal, months)
    if months > charts.MOST_MONTHS:
        return gaps, None, None
    return gaps, drawing.pace(cumulative, goal, first, months), drawing.gap(cumulative, goal, months)


def _words(first, last, end, gaps, standing):
    number, signed = vietnamese.number, vietnamese.signed
    if not gaps:
        return "Kết quả từng năm; chưa giao chỉ tiêu nên không có nhịp để so", "", {}
    final, caught, worst = _whole(gaps[-1]), charts.overtaking(gaps), charts.lowest(gaps)
    lowest = _whole(gaps[worst - 1]) if worst else 0
    done = last >= end
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


def _years(counts, cumulative, gaps, first, last):
    rows = []
    for year in range(first.year, last.year + 1):
        begin = max(0, months_of(first, date(year, 1, 1)) - 1) if year > first.year else 0
        end = min(len(cumulative), months_of(first, date(year, 12, 31)))
        total = cumulative[end - 1]
        partly = []
        if year == first.year and first.month > 1:
            partly.append(f"từ tháng {first.month}")
        if year == last.year and (last.month, last.day) != (12, 31):
            partly.append(f"đến {vietnamese.day(last)}")
        rows.append(
            Year(
                label=f"{year} ({', '.join(partly)})" if partly else str(year),
                year=year,
                within=int(counts[begin:end].sum()),
                total=total,
                steady=vietnamese.number(_whole(total - gaps[end - 1])) if gaps else "",
                gap=vietnamese.signed(_whole(gaps[end - 1])) if gaps else "",
            )
        )
    return rows

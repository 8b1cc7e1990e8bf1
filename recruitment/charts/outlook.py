"""Where a plan will end: what was reached, two paces to compare, and the band of what may come."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from committees.vietnamese import number

from . import _check, _text, _years, round_top

# % of the outer chart: above the plot stand the words that say which line is which, below it the years.
TOP, HEIGHT = 22, 66


@dataclass(frozen=True, slots=True)
class Outlook:
    """Inner coordinates are months and people, outer ones %.

    `grid`, `years`, `turns`: as of the pace · `line`: what was reached · `steady`, `season`: the paces ("" where there is
    none) · `band`, `middle`: what may come, from the day on · `now_*`: the last point reached · `end_y`: the expected end.
    """

    box: str
    grid: list
    years: list
    turns: list
    line: str
    steady: str
    season: str
    band: str
    middle: str
    now_x: str
    now_y: str
    now_anchor: str
    end_y: str


def place(first, day):
    """Where the end of a day lies, in months (a Fraction) from the beginning of the month of `first`."""
    whole = (day.year - first.year) * 12 + day.month - first.month
    begins = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return whole + Fraction(day.day, (begins - day.replace(day=1)).days)


def outlook(reached, now, months, first, *, ahead, target=None, season=()):
    """The Outlook of a plan of `months` (1–120) that begins in the month of the date `first`.

    reached: people at the end of each month that is over; now: (place of the day as `place` gives it, people then);
    ahead: [(place, low, expected, high)] after it, the last at the plan's end; season: people at the end of each month by
    the pace of other years. ValueError for more months than a chart shows.
    """
    _check(reached, months)
    end = ahead[-1]
    top = round_top(max(end[3], target or 0, now[1], 1))
    line = [(0, 0), *enumerate(reached, 1)]
    if now[0] > line[-1][0]:
        line.append(now)
    ahead = [(now[0], now[1], now[1], now[1]), *ahead]
    over = [f"{_text(Fraction(x))} {_text(Fraction(top - high))}" for x, _low, _mid, high in ahead]
    under = [f"{_text(Fraction(x))} {_text(Fraction(top - low))}" for x, low, _mid, _high in reversed(ahead)]
    x = Fraction(now[0], months) * 100
    years, turns = _years(first, months)
    return Outlook(
        box=f"0 0 {months} {top}",
        grid=[(_text(_y(top * part // 4, top)), number(top * part // 4)) for part in (1, 2, 3)],
        years=years,
        turns=turns,
        line=_points(line, top),
        steady=f"M0 {top}L{months} {_text(Fraction(top - target))}" if target else "",
        season=_points([(0, 0), *enumerate(season, 1)], top) if season else "",
        band=f"M{'L'.join([*over, *under])}z",
        middle=_points([(x, middle) for x, _low, middle, _high in ahead], top),
        now_x=_text(min(x, Fraction(99))),
        now_y=_text(_y(now[1], top)),
        now_anchor="k-e" if x > 25 else "",
        end_y=_text(_y(end[3], top)),
    )


def _y(people, top):
    """y in % of the outer chart."""
    return TOP + HEIGHT * (1 - Fraction(people, top))


def _points(line, top):
    return " ".join(f"{_text(Fraction(x))},{_text(Fraction(top - people))}" for x, people in line)

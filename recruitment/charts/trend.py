"""A count from day to day as a line from nought. Pure, as the other charts: lengths as texts, no clock."""

from dataclasses import dataclass

from committees.vietnamese import number

from . import _height, _text, round_top


@dataclass(frozen=True, slots=True)
class Trend:
    """box: of the inner drawing (days by count); line: its points; grid: (y in %, label); last_y: of the last
    point, in %."""

    box: str
    line: str
    grid: list
    last_y: str


def trend(points):
    """The chart of [(date, count)], in order of day. None for fewer than two days: a point is no trend."""
    if len(points) < 2:
        return None
    first, last = points[0][0].toordinal(), points[-1][0].toordinal()
    top = round_top(max(1, *(count for _day, count in points)))
    at = [(day.toordinal() - first, count) for day, count in points]
    return Trend(
        box=f"0 0 {last - first} {top}",
        line=" ".join(f"{x},{top - count}" for x, count in at),
        grid=[(_text(_height(top * part // 4, top)), number(top * part // 4)) for part in (1, 2, 3)],
        last_y=_text(_height(at[-1][1], top)),
    )

"""Numbers to the geometry of charts. Pure: no HTTP, no ORM, no clock; templates/charts/*.svg draw the result.

Every attribute is a text with a decimal point, computed exactly and rounded half-up once. A chart without a
scale (no target, nothing to divide by) is None, and its template draws nothing: nothing is not zero.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from committees.vietnamese import number, percent

LONGEST_SCALE = Fraction(8, 5)  # a bullet ends at 160 % of the target
TARGET_ROOM = Fraction(94, 100)  # of the hero's width up to the target, so that its label has room
LABEL_FITS = Fraction(35, 100)
PLOT_HEIGHT = 88  # % of the pace chart; month and year labels take the rest
GAP_TOP, GAP_HEIGHT = 20, 80
BAR_WIDTH, BAR_INSET = Fraction(76, 100), Fraction(12, 100)
MOST_MONTHS = 120


def _text(value):
    """A length as an attribute: at most two decimals, no needless zeros, "-0" never."""
    return f"{percent(value, 100).normalize() + 0:f}"


def _anchor(x):
    """Class of a label at x %: it runs towards the middle, so that it stays on the paper."""
    return "k-e" if x > 50 else ""


@dataclass(frozen=True, slots=True)
class Bullet:
    """One unit against its target: `target` and `width` in %, kind met | behind | said, `cut` past the scale."""

    target: str
    width: str
    kind: str
    cut: bool


def bullet(admitted, target, *, reported=False):
    """The bullet of admitted against target (people) on the common scale 0–160 %; None without a target.

    `reported`: only a reported figure stands behind it (dashed outline), whether or not the target is met.
    """
    if not target:
        return None
    reached = Fraction(admitted) / Fraction(target)
    kind = "said" if reported else "met" if reached >= 1 else "behind"
    width = min(reached, LONGEST_SCALE) / LONGEST_SCALE * 100
    return Bullet(_text(100 / LONGEST_SCALE), _text(width), kind, reached > LONGEST_SCALE)


@dataclass(frozen=True, slots=True)
class Hero:
    """One result in people. x and width in %; anchors are classes; `label_inside` the bar.

    `earlier` is the mark of an earlier term, None where there was none.
    """

    target: str
    target_anchor: str
    width: str
    kind: str
    label_inside: bool
    earlier: str | None
    earlier_anchor: str


def hero(admitted, target, *, earlier=None, reported=False):
    """The hero bullet of admitted, target and an earlier term's result (people); None without a target."""
    if not target:
        return None
    longest = max(Fraction(admitted), Fraction(target) / TARGET_ROOM, Fraction(earlier or 0))
    x = Fraction(target) / longest * 100
    width = Fraction(admitted) / longest * 100
    before = None if earlier is None else Fraction(earlier) / longest * 100
    kind = "said" if reported else "met" if admitted >= target else "behind"
    return Hero(
        target=_text(x),
        target_anchor=_anchor(x),
        width=_text(width),
        kind=kind,
        # Letters are not read on hatching: there the label stands above the bar.
        label_inside=kind != "behind" and width > LABEL_FITS * 100,
        earlier=None if before is None else _text(before),
        earlier_anchor=_anchor(before or 0),
    )


def gaps(cumulative, target, months):
    """Per month k the admissions to its end less the even pace: cum_k − target·k/months (Fractions).

    `cumulative` may be shorter than `months`: the months to come have no gap yet.
    """
    return [value - Fraction(target * k, months) for k, value in enumerate(cumulative, 1)]


def overtaking(differences):
    """The month (1-based) from which the pace is held to the end after having been missed, or None."""
    missed = [k for k, gap in enumerate(differences, 1) if gap < 0]
    return missed[-1] + 1 if missed and missed[-1] < len(differences) else None


def lowest(differences):
    """The first month (1-based) of the deepest shortfall, or None where the pace was never missed."""
    least = min(differences, default=0)
    return differences.index(least) + 1 if least < 0 else None


def round_top(value):
    """The next round number of people above or at a value that a scale can quarter: 9.701 gives 10.000."""
    power = 1
    while True:
        for step in (1, 2, Fraction(5, 2), 5):
            if (step * power).denominator == 1 and 4 * step * power >= value:
                return int(4 * step * power)
        power *= 10


@dataclass(frozen=True, slots=True)
class Pace:
    """Cumulative line against the even pace. Inner coordinates are months and people, outer ones %.

    `grid`: (y, label) · `years`: (x of the label or "", label) · `turns`: x where a year begins · `under`,
    `over`: areas below and above the pace · `end_*`: the last point · `overtook_*`: where the pace was caught.
    """

    box: str
    grid: list
    years: list
    turns: list
    line: str
    steady: str
    under: str
    over: str
    end_x: str
    end_y: str
    end_anchor: str
    overtook_x: str | None
    overtook_y: str | None
    overtook_anchor: str


def pace(cumulative, target, first, months):
    """The pace chart of a plan of `months` (1–120) that begins in the month of the date `first`.

    `cumulative`: admissions to the end of each month so far, one to `months` of them. None without a target
    or before the first month. ValueError for more months than a chart can show.
    """
    _check(cumulative, months)
    if not target or not cumulative:
        return None
    top = round_top(max(max(cumulative), target))
    line = [(0, 0), *enumerate(cumulative, 1)]
    differences = gaps(cumulative, target, months)
    under, over = _areas(line, [Fraction(0), *differences], Fraction(target, months), top)
    end_x = Fraction(len(cumulative), months) * 100
    caught = overtaking(differences)
    years, turns = _years(first, months)
    return Pace(
        box=f"0 0 {months} {top}",
        grid=[(_text(_height(top * part // 4, top)), number(top * part // 4)) for part in (1, 2, 3)],
        years=years,
        turns=turns,
        line=" ".join(f"{k},{_text(top - value)}" for k, value in line),
        steady=f"M0 {top}L{months} {_text(top - target)}",
        under=under,
        over=over,
        end_x=_text(min(end_x, Fraction(99))),
        end_y=_text(_height(cumulative[-1], top)),
        end_anchor=_anchor(end_x),
        overtook_x=caught and _text(Fraction(caught, months) * 100),
        overtook_y=caught and _text(_height(cumulative[caught - 1], top)),
        overtook_anchor=_anchor(Fraction(caught or 0, months) * 100),
    )


def _check(cumulative, months):
    if not 1 <= months <= MOST_MONTHS or len(cumulative) > months:
        raise ValueError(f"a chart shows 1 to {MOST_MONTHS} months and no more values than months")


def _height(value, top):
    """y in % of the outer chart."""
    return PLOT_HEIGHT * (1 - Fraction(value, top))


def _areas(line, differences, slope, top):
    """Paths (below the pace, above it) between the line and the pace, cut where they cross."""
    paths = {False: [], True: []}
    shape, above = [], None
    for (k, value), gap in zip(line, differences, strict=True):
        point = (k, value)
        if shape and gap * differences[k - 1] < 0:
            # The crossing lies where the two gaps, taken as distances, divide the month.
            before = differences[k - 1]
            x = k - 1 + before / (before - gap)
            paths[above].append([*shape, (x, slope * x)])
            shape = [(x, slope * x)]
        elif shape and gap == 0:
            paths[above].append([*shape, point])
            shape = []
        if not shape and gap == 0:
            continue
        if not shape:
            shape = [(k - 1, slope * (k - 1))]
        above = gap > 0
        shape.append(point)
    if shape:
        paths[above].append([*shape, (line[-1][0], slope * line[-1][0])])
    return tuple(
        "".join(
            "M" + "L".join(f"{_text(x)} {_text(top - y)}" for x, y in shape) + "z" for shape in paths[side]
        )
        for side in (False, True)
    )


def _years(first, months):
    """([(x, label)] centred over each year's months, [x] where a later year begins), in % of the width."""
    labels, turns, month = [], [], 0
    year, left = first.year, 13 - first.month
    while month < months:
        span = min(left, months - month)
        # A year of which too little shows keeps its tick only: its label would run into the next.
        if Fraction(span, months) >= Fraction(7, 100):
            labels.append((_text((month + Fraction(span, 2)) / months * 100), str(year)))
        month, year, left = month + span, year + 1, 12
        if month < months:
            turns.append(_text(Fraction(month, months) * 100))
    return labels, turns


@dataclass(frozen=True, slots=True)
class Gap:
    """Monthly gap to the pace as bars about a zero line; `worst_*` is the deepest shortfall, None if none."""

    box: str
    short: str
    ahead: str
    zero: str
    worst_x: str | None
    worst_anchor: str


def gap(cumulative, target, months):
    """The gap bars that belong under `pace`; None and ValueError as there."""
    _check(cumulative, months)
    if not target or not cumulative:
        return None
    differences = gaps(cumulative, target, months)
    # Room for the labels above the highest bar and below the lowest.
    above = ceil(max(0, *differences, 0) * Fraction(6, 5))
    below = ceil(max(0, *(-gap for gap in differences), 0) * Fraction(9, 8))
    whole = above + below or 1
    worst = lowest(differences)
    x = Fraction(2 * (worst or 0) - 1, 2 * months) * 100
    return Gap(
        box=f"0 {-above} {months} {whole}",
        short=_bars(differences, lambda gap: gap < 0),
        ahead=_bars(differences, lambda gap: gap > 0),
        zero=_text(GAP_TOP + Fraction(GAP_HEIGHT * above, whole)),
        worst_x=worst and _text(x),
        worst_anchor="" if x < 15 else "k-e" if x > 85 else "k-a",
    )


def _bars(differences, wanted):
    return "".join(
        f"M{_text(k + BAR_INSET)} 0V{_text(-gap)}h{_text(BAR_WIDTH)}V0z"
        for k, gap in enumerate(differences)
        if wanted(gap)
    )


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole in %: `width`, the hatched end `late_x` + `late_width` ("" if none), with `band` or not."""

    width: str
    late_x: str
    late_width: str
    kind: str
    band: bool


def share(part, whole, *, late=0, kind="met", band=True):
    """The bar of a part on the scale 0 to whole; `late` of the part is hatched at its end (people).

    kind met | quiet | said. Set `band=False` where the scale is not 100 % of anything. None without a whole.
    """
    if not whole:
        return None
    width = min(Fraction(part) / Fraction(whole), Fraction(1)) * 100
    late_width = min(Fraction(late) / Fraction(whole) * 100, width)
    end = (_text(width - late_width), _text(late_width)) if late else ("", "")
    return Share(_text(width), *end, kind, band)


@dataclass(frozen=True, slots=True)
class Years:
    """Tiny bars, one a year, the highest 18 of 20 high; `path` is empty where every year is zero."""

    box: str
    path: str


def years(values):
    """The tiny year bars of a list of counts; None for an empty list."""
    if not values:
        return None
    most = max(values)
    path = "".join(
        f"M{5 * place} 20V{_text(20 - Fraction(18 * value, most))}h4V20z"
        for place, value in enumerate(values)
        if value
    )
    return Years(f"0 0 {5 * len(values) - 1} 20", path)

"""A figure as a document prints it: the number, its digits and the word beside it ("gần 90%", "170-200").

Pure: exact fractions, no database, no clock. What each word promises is data here, so that a department which
reads "gần" more strictly changes one line.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from committees.vietnamese import fold, parse_decimal

# How far below the printed number "gần" may lie, and how far to either side "khoảng", as a share of that
# number. A value that rounds to the printed digits is always near enough ("gần 3%" at 2,6%).
NEAR = Fraction(5, 100)
ABOUT = Fraction(5, 100)

OVER, AT_LEAST, UNDER, AT_MOST, NEARLY, ROUGHLY, RANGE, PLAIN = (
    "over at_least under at_most nearly roughly range plain".split()
)

# Folded words that may stand before the number, and what they promise.
WORDS = {
    **dict.fromkeys(("tren", "hon", "qua", "nhieu hon", "lon hon", "cao hon", ">"), OVER),
    **dict.fromkeys(("tu", "it nhat", "toi thieu", "khong duoi", "khong it hon", "≥", ">="), AT_LEAST),
    **dict.fromkeys(("duoi", "chua den", "chua toi", "chua day", "khong den", "khong toi"), UNDER),
    **dict.fromkeys(("it hon", "thap hon", "nho hon", "<"), UNDER),
    **dict.fromkeys(("toi da", "nhieu nhat", "khong qua", "khong vuot qua", "khong hon", "≤", "<="), AT_MOST),
    **dict.fromkeys(("gan", "gan bang", "gan dat", "suyt soat"), NEARLY),
    **dict.fromkeys(("khoang", "xap xi", "chung", "uoc", "uoc khoang", "uoc dat", "~", "≈"), ROUGHLY),
    "": PLAIN,
}
_NEUTRAL = re.compile(r"^(?:(?:dat|chiem|bang|la|duoc|dung|tang|ty le|ti le)\s+)+")
_NUMERAL = r"-?[0-9]+(?:[.,][0-9]+)*(?: [0-9]{3}(?![0-9]))*"
_PRINTED = re.compile(
    rf"(?P<before>[^0-9%]*?) ?(?P<low>{_NUMERAL})(?: ?%)?(?: ?(?:-|den|toi) ?(?P<high>{_NUMERAL}))?"
    r"(?: ?(?:%|phan tram))?(?P<after>[ a-z().,;:]*)"
)
_MULTIPLES = {"nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000}
LONGEST = 400  # characters of a cell or a quotation; longer ones are not looked at: no figure is printed so
WANTED = "số như in trong văn bản, ví dụ 103,73%, trên 80%, 12.133 hoặc 170-200"


@dataclass(frozen=True)
class Printed:
    """A printed figure. `number` … `high` are in units (1,37 triệu is 1370000), equal unless a range;
    `step` is the worth of the last printed digit; `percent` and `times` say which sign stands behind it."""

    text: str
    number: Fraction
    high: Fraction
    step: Fraction
    word: str
    percent: bool = False
    times: bool = False

    @property
    def whole(self):
        """The number when it is a bare whole one, as a total is printed; None for words, ranges, percents."""
        bare = self.word == PLAIN and not (self.percent or self.times)
        return self.number if bare and self.number.denominator == 1 else None


def read(value):
    """The Printed figure in a cell or a quotation; ValueError when no number can be read from it.

    Words of a unit after the number ("9.701 đảng viên") are passed over; an unknown word before it is not,
    because it may turn the meaning.
    """
    text = as_text(value)
    folded = fold(text) if len(text) <= LONGEST else ""
    found = _PRINTED.fullmatch(folded)
    if not found:
        raise ValueError(WANTED)
    after = found["after"].split()
    scale = next((_MULTIPLES[word] for word in after[:1] if word in _MULTIPLES), 1)
    number, step = _numeral(found["low"], scale)
    high = _numeral(found["high"], scale)[0] if found["high"] else number
    word = _word(found["before"], " ".join(after), ranged=bool(found["high"]))
    if high < number:
        raise ValueError(WANTED)
    percent = "%" in folded or "phan tram" in folded
    return Printed(text, number, high, step, word, percent, times="lan" in after[:1])


def judge(printed, value):
    """ "exact", "rounded", "truncated", "wording" or None: does the exact value bear the printed figure out?

    A word is judged on the unrounded value and holds or not ("exact"); where the digits are right and only
    the word is wrong ("trên 80%" at 80) the verdict is "wording".
    """
    digits = _digits(printed.number, printed.step, value)
    if printed.word == PLAIN:
        return digits
    if _word_holds(printed, value, digits):
        return "exact"
    return "wording" if digits or _digits(printed.high, printed.step, value) else None


def fits(printed, value):
    """Whether the value could be what the writer meant: it holds and, under an open word, is also close.

    "trên 80%" holds for 900 %, but nobody who had 900 % in hand would print it so.
    """
    if judge(printed, value) not in ("exact", "rounded", "truncated"):
        return False
    low, high = reach(printed)
    return low <= value <= high


def reach(printed):
    """The interval, both ends inclusive, outside which `fits` is always false; inside it is nearly always true."""
    low, high, step = printed.number, printed.high, printed.step
    if printed.word == PLAIN:
        return low - (step / 2 if low > 0 else step), high + step
    slack = max(step, NEAR * abs(high))
    below = slack if printed.word in (UNDER, AT_MOST, NEARLY, ROUGHLY) else 0
    above = slack if printed.word in (OVER, AT_LEAST, ROUGHLY) else 0
    return low - below, high + above


def as_text(value):
    """A cell as it would be printed: a real number gets its decimal comma."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{parse_decimal(value).normalize():f}".replace(".", ",")
    return " ".join(str(value).split())


def _numeral(text, scale):
    """(value, worth of the last digit) of a numeral; "12,0" keeps its nought, which says how it was rounded."""
    places = len(text.partition(",")[2])
    return Fraction(parse_decimal(text)) * scale, Fraction(scale, 10**places)


def _word(before, after, *, ranged):
    before = _NEUTRAL.sub("", before.strip() + " ").strip()
    if before not in WORDS:
        raise ValueError(WANTED)
    word = WORDS[before]
    if ranged:
        if before not in ("", "tu", "khoang"):
            raise ValueError(WANTED)
        return RANGE
    for tail, meaning in (("tro len", AT_LEAST), ("tro xuong", AT_MOST)):
        if tail in after:
            if before not in ("", "tu"):
                raise ValueError(WANTED)
            return meaning
    return word


def _digits(number, step, value):
    """How a bare number compares: equal, equal once rounded half-up (away from zero), equal once cut, None."""
    if value == number:
        return "exact"
    sign = -1 if value < 0 else 1
    steps = abs(value) / step
    if sign * int(steps + Fraction(1, 2)) * step == number:
        return "rounded"
    return "truncated" if sign * int(steps) * step == number else None


def _word_holds(printed, value, digits):
    number = printed.number
    if printed.word == NEARLY:
        return value < number and (number - value <= NEAR * abs(number) or digits == "rounded")
    if printed.word == ROUGHLY:
        return abs(value - number) <= ABOUT * abs(number) or digits is not None
    return {
        OVER: value > number,
        AT_LEAST: value >= number,
        UNDER: value < number,
        AT_MOST: value <= number,
        RANGE: number <= value <= printed.high,
    }[printed.word]

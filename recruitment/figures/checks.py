"""Recomputes what documents claim and says whether it holds. Pure: Fractions, no database, no clock.

The verdicts are those of `check_figures`: exact, rounded, truncated, wording, sum_mismatch,
part_exceeds_whole, wrong_denominator, mismatch, not_checkable. A source is never repaired: a hint offers what
the writer may have meant, the verdict stands on what is printed.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from heapq import merge
from string import digits as DIGITS

from committees.vietnamese import decimal, fold, number

from . import printed as figures
from .statements import MEAN, PART, RATIO, SUM, Statement, compute, text_of, written

HOLDING = ("exact", "rounded", "truncated")
VERDICTS = (
    *HOLDING,
    "wording",
    "sum_mismatch",
    "part_exceeds_whole",
    "wrong_denominator",
    "mismatch",
    "not_checkable",
)


@dataclass(frozen=True)
class Result:
    """A statement and what became of it; `value` is the exact recomputed value (percentages times 100)."""

    statement: Statement
    verdict: str
    value: Fraction | None
    hint: str = ""

    @property
    def recomputed(self):
        """The value with a decimal point, for machines: "103.73" for shares, "8817" for whole numbers."""
        if self.value is None:
            return None
        if self.statement.is_share or self.value.denominator != 1:
            return decimal(self.value).replace(".", "").replace(",", ".").replace("−", "-")
        return str(self.value.numerator)

    @property
    def text(self):
        """The value as written for readers: "103,73 %", "8.817"; empty when there is none."""
        return "" if self.value is None else text_of(self.statement, self.value)


def check(statements):
    """A Result for each statement, in their order; rows of one document lend each other their numbers.

    O(n log n) in the number of terms. Documents are the same when they differ at most in case and spacing;
    an empty name is a document of its own.
    """
    statements = list(statements)
    documents = defaultdict(_Numbers)
    for row, statement in enumerate(statements):
        documents[fold(statement.document)].add(row, statement)
    return [
        _judge(row, statement, documents[fold(statement.document)])
        for row, statement in enumerate(statements)
    ]


class _Numbers:
    """The numbers one document prints, and on which rows: its terms and its bare whole figures."""

    def __init__(self):
        self._rows = defaultdict(dict)
        self._sorted = None

    def add(self, row, statement):
        found = set(statement.terms)
        if statement.printed and not statement.is_share and statement.printed.whole is not None:
            found.add(statement.printed.whole)
        for value in found:
            self._rows[value][row] = statement.code

    @property
    def greatest(self):
        return max(self._rows)

    def nearest(self, target, low, high, *, besides):
        """(value, code of the first row that has it) with low ≤ value ≤ high on another row than `besides`, the
        nearest to the target first."""
        if self._sorted is None:
            self._sorted = sorted(self._rows)
        first, end = bisect_left(self._sorted, low), bisect_right(self._sorted, high)
        at = max(first, min(bisect_left(self._sorted, target), end))
        down, up = reversed(range(first, at)), range(at, end)
        ways = (((abs(self._sorted[k] - target), self._sorted[k]) for k in way) for way in (down, up))
        for _, value in merge(*ways):
            code = next((code for row, code in self._rows[value].items() if row != besides), None)
            if code is not None:
                yield value, code


def _judge(row, statement, document):
    seen, terms = statement.printed, statement.terms
    if not terms:
        return Result(statement, "not_checkable", None, "Không có số hạng để tính lại.")
    value = compute(statement.operation, terms, seen)
    if statement.operation == PART and terms[0] > terms[1]:
        return Result(statement, "part_exceeds_whole", value, _part_hint(row, statement, document))
    if value is None:
        return Result(statement, "not_checkable", None, "Mẫu số bằng 0.")
    if seen is None:
        # A part with no percentage printed claims only to be no larger than its whole, and it is not.
        return Result(statement, "exact" if statement.operation == PART else "not_checkable", value)
    verdict = figures.judge(seen, value)
    if verdict in ("exact", "rounded"):
        return Result(statement, verdict, value)
    if verdict == "truncated":
        hint = f"Chỉ khớp khi cắt bớt; giá trị đúng là {_precise(statement, value)}."
        return Result(statement, verdict, value, hint)
    if verdict == "wording":
        return Result(
            statement,
            verdict,
            value,
            f"Số đúng nhưng chữ không đúng: tính được {_precise(statement, value)}.",
        )
    if statement.operation == SUM:
        return Result(statement, "sum_mismatch", value, _gap(statement, value, "Cộng lại được"))
    if other := _other_whole(row, statement, document):
        return Result(statement, "wrong_denominator", value, other)
    return Result(statement, "mismatch", value, _gap(statement, value, "Tính được"))


def _precise(statement, value):
    """The value with two digits more than were printed, so that the reader sees why it was not rounded so."""
    places = len(str(statement.printed.step.denominator)) + 1
    return text_of(statement, value, max(2, places))


def _gap(statement, value, opening):
    """What came out, and how far from print: Cộng lại được 8.817, kém số in ra 3.316."""
    seen = statement.printed
    if seen.word != figures.PLAIN:
        return f"{opening} {text_of(statement, value)}, không hợp với “{seen.text}”."
    gap = value - seen.number
    side = "hơn" if gap > 0 else "kém"
    unit = " điểm phần trăm" if statement.is_share and not seen.times else ""
    size = number(abs(gap).numerator) if gap.denominator == 1 else decimal(abs(gap))
    return f"{opening} {text_of(statement, value)}, {side} số in ra {size}{unit}."


def _other_whole(row, statement, document):
    """Which other number of the document, taken as the denominator, bears the printed figure out; or ""."""
    if statement.operation not in (RATIO, PART, MEAN):
        return ""
    seen, (part, whole) = statement.printed, statement.terms
    top = compute(statement.operation, (part, Fraction(1)), seen)
    low, high = figures.reach(seen)
    if top <= 0 or high <= 0:
        return ""
    # Where the printed share may be 0, any number of the document could be the whole.
    most = top / low if low > 0 else document.greatest
    least = max(top / high, part) if statement.operation == PART else top / high
    target = top / seen.number if seen.number > 0 else most
    candidates = document.nearest(target, least, most, besides=row)
    fitting = next(((other, code) for other, code in candidates if figures.fits(seen, top / other)), None)
    if fitting is None:
        return ""
    other, code = fitting
    sum_up = f"{written(part)} / {written(other)} = {text_of(statement, top / other)}"
    return f"Không khớp trên {written(whole)}, khớp trên {written(other)} của cùng văn bản (mã {code}): {sum_up}."


def _part_hint(row, statement, document):
    part, whole = statement.terms
    opening = f"Phần {written(part)} lớn hơn toàn bộ {written(whole)}."
    if statement.printed is None:
        return opening
    if repair := _repair(part, whole, statement.printed):
        new_part, new_whole, value = repair
        old, new = (part, new_part) if new_part != part else (whole, new_whole)
        return (
            f"{opening} Nếu đọc {written(old)} là {written(new)} thì "
            f"{written(new_part)} / {written(new_whole)} = {text_of(statement, value)}."
        )
    return f"{opening} {_other_whole(row, statement, document)}".rstrip()


def _repair(part, whole, printed):
    """(part, whole, value) one digit away in which the part fits and the printed share is true, or None.

    The likeliest slip first: a digit too many in the part, one lost from the whole, then one mistaken for
    another in either; among equals the one nearest to the printed share.
    """
    for slips in (
        ((new, whole) for new in _deleted(part)),
        ((part, new) for new in _inserted(whole)),
        ((new, whole) for new in _changed(part)),
        ((part, new) for new in _changed(whole)),
    ):
        shares = [(*pair, compute(PART, pair, printed)) for pair in slips if pair[0] <= pair[1]]
        fitting = [repair for repair in shares if figures.fits(printed, repair[2])]
        if fitting:
            return min(fitting, key=lambda repair: abs(repair[2] - printed.number))
    return None


def _numeral(value):
    return str(value.numerator) if value.denominator == 1 and value > 0 else ""


def _plain(texts):
    """Numbers from digit strings; one that begins with 0 was never printed."""
    return (Fraction(int(text)) for text in texts if text and text[0] != "0")


def _deleted(value):
    text = _numeral(value)
    return _plain(text[:at] + text[at + 1 :] for at in range(len(text)))


def _inserted(value):
    text = _numeral(value)
    places = range(len(text) + 1) if text else ()
    return _plain(text[:at] + digit + text[at:] for at in places for digit in DIGITS)


def _changed(value):
    text = _numeral(value)
    return _plain(text[:at] + digit + text[at + 1 :] for at in range(len(text)) for digit in DIGITS)

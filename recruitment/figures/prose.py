"""Fractions with a percentage beside them in running text: "9.701/9.352, đạt 103,73 %", "đạt 45% (9/20)". Pure."""

import re
from dataclasses import dataclass
from fractions import Fraction

from committees.vietnamese import parse_number

from . import printed as figures

_WHOLE = r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+"
# A number that is none of a date (31/12/2015), of a document (12/KH) or of a longer number.
_FRACTION = rf"(?<![\d/.,-])(?P<part>{_WHOLE})\s*/\s*(?P<whole>{_WHOLE})(?![\d/]|[.,]\d)"
# Every repeat is bounded: what is pasted may be anything, and no text takes longer than its length allows.
_WORDS = r"(?P<word>(?:trên|hơn|gần|khoảng|dưới|ít nhất|xấp xỉ|bằng|đạt|chiếm|là|được|[ =,:;()]){0,16})"
_NEUTRAL = frozenset({"bằng", "đạt", "chiếm", "là", "được"})
_PERCENT = r"(?<!\d)(?<!\d[.,])(?P<percent>[0-9]{1,15}(?:[.,][0-9]{1,15}){0,5})\s*(?:%|phần trăm)"
_AFTER = re.compile(rf"{_FRACTION}[^\d/%.;]{{0,40}}?{_WORDS}{_PERCENT}", re.IGNORECASE)
_BEFORE = re.compile(rf"{_WORDS}{_PERCENT}\s*\(\s*{_FRACTION}", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """A fraction in a text with the percentage printed beside it. `printed`: what `figures.printed` reads of it."""

    text: str
    part: int
    whole: int
    printed: figures.Printed

    @property
    def value(self):
        """The exact percentage; None over zero."""
        return Fraction(100 * self.part, self.whole) if self.whole else None


def fractions(text):
    """[Said] of a text, in its order; a percentage that no fraction stands beside is not looked at."""
    text, found = " ".join(text.split()), {}
    # What stands in brackets behind its percentage belongs to that one, not to the next.
    for pattern in (_BEFORE, _AFTER):
        for match in [*pattern.finditer(text)]:
            if (said := _said(match)) is not None:
                found[match.start()] = said
                text = text[: match.start()] + ";" * len(match[0]) + text[match.end() :]
    return [found[at] for at in sorted(found)]


def _said(match):
    words = re.sub(r"[=,:;()]", " ", match["word"]).split()
    word = " ".join(word for word in words if word.casefold() not in _NEUTRAL)
    try:
        printed = figures.read(f"{word} {match['percent']}%")
        return Said(
            match[0].strip(" ,:;("), parse_number(match["part"]), parse_number(match["whole"]), printed
        )
    except ValueError:
        return None

"""Numbers an office's clerk reserved, written out: nothing is invented, only what the clerk named is counted on."""

import re
from dataclasses import dataclass
from itertools import count

from django.utils.translation import gettext as _

from .written import folded_number

MOST = 3000  # numbers between two ends: more than any class or meeting


@dataclass(frozen=True)
class Block:
    """Numbers from `first` on, as wide as it was typed, between a prefix and a suffix, without those `skipped`: "08" and
    "-QĐ/HU" give 08-QĐ/HU."""

    first: str
    prefix: str = ""
    suffix: str = ""
    skipped: frozenset = frozenset()

    def fill(self, numbers):
        """These numbers, each empty one replaced by the next of the block that none of them bears."""
        taken = {folded_number(number) for number in numbers if number}
        written = (
            f"{self.prefix}{n:0{len(self.first)}d}{self.suffix}"
            for n in count(int(self.first))
            if n not in self.skipped
        )
        free = (number for number in written if folded_number(number) not in taken)
        return [number or next(free) for number in numbers]


def skipped(text):
    """The numbers of "147, 150-152" as a frozenset. ValueError says what is wanted."""
    found = set()
    for part in re.split(r"[,;\s]+", (text or "").replace("–", "-").strip()):
        if not part:
            continue
        read = re.fullmatch(r"([0-9]{1,9})(?:-([0-9]{1,9}))?", part)
        low, high = (int(read[1]), int(read[2] or read[1])) if read else (1, 0)
        if not 0 <= high - low < MOST:
            raise ValueError(_("các số bỏ qua, cách nhau bằng dấu phẩy, như 147, 150-152"))
        found.update(range(low, high + 1))
    return frozenset(found)

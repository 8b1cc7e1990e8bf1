"""Rows of a table that are no data: sums, headings of sections, the numbers under the headings, the signers below.

Only what could not be loaded as a row anyway is taken for one of these (something every row must have is missing, or a
sum says that it is one), and each is told with its number and words, so that nothing disappears.
"""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 200  # characters; no sum, section or signer is longer
TOTAL, SECTION, NUMBERING, FOOT = "total", "section", "numbering", "foot"

_AFTER = "cả|toàn|chung|mục|phần|trang|huyện|xã|phường|tỉnh|đảng bộ|chi bộ|số|kỳ|năm|quý|tháng|người|đảng viên|nam|nữ"
_TOTAL = re.compile(
    rf"(?:tổng cộng|tổng số|tổng|cộng)(?:\s*[:.(,;–-].*|\s+\d.*|\s+(?:{_AFTER})\b.*)?", re.DOTALL
)
# How the words of a sum begin; "Cộng" alone may be somebody's name.
SUMS = frozenset(("tổng", "Tổng", "TỔNG", "cộng", "Cộng", "CỘNG"))
_NUMERAL = re.compile(r"[(]?(?:[IVX]{1,6}|[A-Z])[)./-]*")
_NUMBERED = re.compile(r"(?:[IVX]{1,6}|[A-Z])\s*[).:/–-]+\s*\S.*", re.DOTALL)
_ORGANISATION = re.compile(r"(?:\d+[.)]\s*)?(?:chi bộ|đảng bộ|đảng ủy|đảng uỷ|khối|cụm)\b.*", re.DOTALL)
_FOOT = re.compile(
    r"(?:người lập|t/m|tm[. ]|k/t|kt[. ]|trưởng ban|phó trưởng ban|bí thư|phó bí thư|nơi nhận|thủ trưởng|xác nhận"
    r"|[(]?ký[ ,)]|.*\bngày\b.*\btháng\b.*\bnăm\b).*",
    re.DOTALL,
)
_BARE = re.compile(r"[(]?(\d{1,3}|[A-Z])[)]?(?:\s*=.*)?")


@dataclass(frozen=True)
class Left:
    """A row left out: its number, what it was taken for, its words."""

    number: int
    kind: str
    said: str


class Between:
    """Says of each row, in order, whether it is data. `lacking` is what every row must have and this one has not; with
    nothing lacking a row is data unless it calls itself a sum. about_people: a row that names only an organisation heads a section."""

    def __init__(self, required, *, about_people=False):
        self.required, self.about_people = required, about_people
        self.left, self.section, self._begun, self._below = [], None, False, False

    def data(self, number, said, lacking):
        """Whether the row is data; `said` is all its values from left to right."""
        kind = self._kind(said, lacking)
        if kind is None:
            self._begun = True
            return True
        words = " ".join(" ".join(str(value)[:LONGEST].split()) for value in said)
        self.left.append(Left(number, kind, words[:LONGEST]))
        if kind == SECTION:
            self.section = max((str(value) for value in said), key=len)
        return False

    def _kind(self, said, lacking):
        if not self._begun and _numbers(said):
            return NUMBERING
        texts = [
            " ".join(unicodedata.normalize("NFC", value).split())
            for value in said
            if isinstance(value, str) and len(value) <= LONGEST
        ]
        sums = [text.casefold() for text in texts if _TOTAL.fullmatch(text.casefold())]
        if sums and (lacking or not self.about_people or any(" " in text for text in sums)):
            return TOTAL
        if not lacking or self.required < 2:
            return None
        foot = self._below or any(_FOOT.fullmatch(text.casefold()) for text in texts)
        if foot and self._begun and len(said) <= 4 and lacking * 2 >= self.required:
            self._below = True
            return FOOT
        if self.required - lacking > 1:
            return None
        return SECTION if self._heads_section(said, texts) else None

    def _heads_section(self, said, texts):
        if not texts or len(said) > 2:
            return False
        longest = max(texts, key=len)
        rest = [str(value) for value in said if value != longest]
        if rest and _NUMERAL.fullmatch(rest[0]):
            return True
        if not rest and _NUMBERED.fullmatch(longest):
            return True
        return self.about_people and bool(_ORGANISATION.fullmatch(longest.casefold()))


def _numbers(said):
    """Whether a row only numbers the columns: "(1) (2) (3)", "A B 1 2 3", "1 2 3 4"."""
    read = [_BARE.fullmatch(str(value)[:20].strip()) for value in said]
    if len(read) < 3 or not all(read):
        return False
    marks = [found[1] for found in read]
    digits = [int(mark) for mark in marks if mark.isdigit()]
    letters = [mark for mark in marks if not mark.isdigit()]
    if marks[: len(letters)] != letters or letters != sorted(set(letters)):
        return False
    bracketed = sum(str(value).strip().startswith("(") for value in said)
    enough = bracketed >= 2 or len(read) >= 5
    return (
        enough
        and bool(digits)
        and digits == list(range(digits[0], digits[0] + len(digits)))
        and digits[0] <= 2
    )

"""Rows of a table that are no data: sums, headings of sections, the numbers under the headings, the signers below.

In doubt a row is data and is told as faulty: only what says itself what it is, and could not be loaded as a row anyway,
is taken for one of these, and each is told with its number and words, so that nothing disappears.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from .heads import column_number

LONGEST = 200  # characters; no sum, section or signer is longer
TOTAL, SECTION, NUMBERING, FOOT = "total", "section", "numbering", "foot"
MOST_SIGNERS = 4  # cells of a line in which people sign

_AFTER = "cả|toàn|chung|mục|phần|trang|huyện|xã|phường|tỉnh|đảng bộ|chi bộ|số|kỳ|năm|quý|tháng|người|đảng viên|nam|nữ"
_TOTAL = re.compile(
    rf"(?:tổng cộng|tổng số|tổng|cộng)(?:\s*[:.(,;–-].*|\s+\d.*|\s+(?:{_AFTER})\b.*)?", re.DOTALL
)
# A sum that nobody can take for a person's name, as "Cộng" or "Tổng Nam" may be.
_SURE_TOTAL = re.compile(r"tổng cộng.*|tổng số.*|.*[\d:].*", re.DOTALL)
_BARE_TOTAL = re.compile(r"(?:tổng cộng|tổng số|tổng|cộng)\W*")
# How the words of a sum begin.
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


# What a person's row holds and no signer's line does.
_PERSONAL = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4,}|nam|nữ")


@dataclass(frozen=True)
class Left:
    """A row left out: its number, what it was taken for, its words, the Row that it would be if read after all."""

    number: int
    kind: str
    said: str
    row: object = None


class Between:
    """Says of each row, in order, what it is. required: {heading that every row must have: its letters}, the one that
    names the row first; known: letters of all columns that are read. about_people: a row that names only an
    organisation heads a section."""

    def __init__(self, required, known, *, about_people=False):
        self.required, self.known, self.about_people = required, known, about_people
        self.section, self.begun = None, False
        self._naming = next(iter(required), None)
        self._first = set(required.get(self._naming, ()))
        self._needed = {letter for letters in required.values() for letter in letters}
        self._before = min(map(column_number, known), default=0)

    def calls_itself_sum(self, row):
        """Whether a complete row may still be a sum: not of people, and its name begins as a sum does."""
        name = row.get(self._naming)
        return not self.about_people and name.__class__ is str and name[:4] in SUMS

    def kind(self, cells, row, lacking, *, below):
        """What the row is taken for; None: data. cells: {letter: value} from left to right; row: {heading: value};
        lacking: how many of the required it has not; below: whether people sign above it."""
        if not self.begun and _numbers(list(cells.values())):
            return NUMBERING
        texts = {letter: _tidy(value) for letter, value in cells.items() if _is_text(value)}
        if any(self._is_sum(letter, text, cells, lacking) for letter, text in texts.items()):
            return TOTAL
        needed = len(self.required)
        if not lacking or needed < 2:
            return None
        if self.begun and self._signs(cells, texts, row, below):
            return FOOT
        if needed - lacking > 1:
            return None
        return SECTION if self._heads_section(cells, texts) else None

    def _is_sum(self, letter, text, cells, lacking):
        if not _TOTAL.fullmatch(text):
            return False
        named = letter in self._first
        if not lacking:
            return named and not self.about_people
        if not (named or column_number(letter) < self._before):
            return letter in self._needed and _BARE_TOTAL.fullmatch(text) is not None
        if not self.about_people or _SURE_TOTAL.fullmatch(text):
            return True
        others = (value for at, value in cells.items() if at in self._needed and at != letter)
        return not any(isinstance(value, (str, date)) for value in others)

    def _signs(self, cells, texts, row, below):
        """Whether the row is one of those in which people sign: they hold words alone, and the first says so."""
        if len(cells) > MOST_SIGNERS or len(texts) < len(cells):
            return False
        if any(_PERSONAL.fullmatch(text) for text in texts.values()):
            return False
        name = row.get(self._naming)
        return below or all(
            _FOOT.fullmatch(text) for text in ([_tidy(name)] if _is_text(name) else texts.values())
        )

    def _heads_section(self, cells, texts):
        if not texts or len(cells) > 2:
            return False
        longest = max(texts, key=lambda letter: len(texts[letter]))
        written = str(cells[longest]).strip()
        organisation = self.about_people and _ORGANISATION.fullmatch(texts[longest])
        for letter, value in cells.items():
            if letter == longest:
                continue
            numeral = letter not in self.known and _NUMERAL.fullmatch(str(value))
            before = column_number(letter) < column_number(longest)
            return bool((numeral and before) or (organisation and not isinstance(value, (str, date))))
        return bool(_NUMBERED.fullmatch(written) or organisation)


def _is_text(value):
    return value.__class__ is str and len(value) <= LONGEST


def _tidy(text):
    """A text as compared."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def left(row, kind, cells):
    """The Left of a Row."""
    words = " ".join(" ".join(str(value)[:LONGEST].split()) for value in cells.values())
    return Left(row.number, kind, words[:LONGEST], row)


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

"""The rows of a sheet with their cells as a person reads them; which of them mean anything is for `read` to say."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from . import cells as markup
from .heads import HEADING_WITHIN
from .package import SheetError, whole_number
from .values import tidy, value_of

MOST_ROWS, LAST_COLUMN, MOST_COLUMNS = 200_000, "GR", 200
_REMEMBERED = 4096
MOST_MERGED = 100_000
_MERGED_MARK, _LONGEST_MARK = b"mergeCell ", 256
_MERGED = re.compile(
    rb"""<(?:[\w.-]{1,30}:)?mergeCell [^<>]{0,99}?\bref=["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']"""
)


@dataclass
class Lines:
    """The rows of one sheet that hold a value, told one after another; what was seen on the way is noted.

    hidden: numbers of the rows that the office hides; uncomputed: addresses of formulas whose result nobody saved. merged:
    (first letter, first row, last letter, last row) of merged cells of one column, and of those where headings may stand,
    known once the last row was told.
    """

    package: object
    part: str
    hidden: set = field(default_factory=set)
    uncomputed: list = field(default_factory=list)
    merged: list = field(default_factory=list)

    def __iter__(self):
        """Yield (number, {letter: value}) in the order of the file. SheetError for what is damaged, too long, too wide."""
        package = self.package
        formats, texts = package.formats, package.texts
        # Dates, codes and words come back thousands of times; reading each spelling once halves the whole.
        read, tidied = lru_cache(_REMEMBERED)(value_of), lru_cache(_REMEMBERED)(tidy)
        origin = datetime(1904, 1, 1) if package.counts_from_1904 else datetime(1899, 12, 30)
        number = 0
        for piece in package.pieces(self.part, "row", "sheetData", self._note_merged):
            if piece.empty:
                number += piece.count
                continue
            for number, hidden, said in markup.rows(piece, number):  # noqa: B020
                cells = {}
                for letter, style, kind, elsewhere, formula, raw, inline in said:
                    if kind == "s" and raw:
                        place = whole_number(raw)
                        if not 0 <= place < len(texts):
                            raise SheetError(
                                f"Ô {letter}{number}: chữ bị mất trong tệp. Lưu lại bằng Excel rồi nhập lại."
                            )
                        value = texts[place]
                    elif kind == "inlineStr":
                        value = tidied(inline)
                    elif raw:
                        value = read(raw, kind, formats.get(style or "0"), origin)
                    elif (formula or elsewhere) and kind in ("", "n"):
                        value = f"={formula or '…'}"
                        self.uncomputed.append(f"{letter}{number}")
                    else:
                        continue
                    if value is not None:
                        cells[letter] = value
                        if len(letter) > 1 and (len(letter), letter) > (len(LAST_COLUMN), LAST_COLUMN):
                            raise SheetError(
                                f"Ô {letter}{number}: bảng rộng quá {MOST_COLUMNS} cột. Xóa cột thừa."
                            )
                if cells:
                    if number > MOST_ROWS:
                        raise SheetError(
                            f"Dòng {number}: bảng dài quá 200.000 dòng. Chia tệp rồi nhập từng phần."
                        )
                    if hidden:
                        self.hidden.add(number)
                    yield number, cells

    def _note_merged(self, blocks):
        rest = b""
        for block in blocks:
            rest += block
            if _MERGED_MARK in rest:
                end = 0
                for found in _MERGED.finditer(rest):
                    left, top, right, bottom = found.groups()
                    end = found.end()
                    if left == right or int(top) <= HEADING_WITHIN:
                        self.merged.append((left.decode(), int(top), right.decode(), int(bottom)))
                if len(self.merged) > MOST_MERGED:
                    raise SheetError(
                        "Trang tính có quá nhiều ô gộp. Bỏ gộp ô (Merge & Center), điền đủ từng dòng, rồi nhập lại."
                    )
                rest = rest[end:]
            rest = rest[-_LONGEST_MARK:]

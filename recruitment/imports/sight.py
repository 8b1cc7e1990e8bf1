"""A workbook as a person looks at it before its columns are matched: its sheets, first rows, columns with samples."""

import hashlib
import json
from dataclasses import dataclass
from io import BytesIO

from ..sheets import heads
from ..sheets.lines import Lines
from ..sheets.package import open_package
from ..sheets.read import choose
from . import words
from .kinds import KINDS
from .layout import EVERY, Choices, head_texts, headings
from .telling import shown

ROWS_SHOWN, SAMPLES, LONGEST = 20, 3, 60
ROWS_LOOKED_AT = heads.HEADING_WITHIN + 10


@dataclass(frozen=True)
class FileColumn:
    """A column of the file: its letter, its heading as written, what stands in its first rows."""

    letter: str
    heading: str
    samples: list


class Sight:
    """The first rows of one sheet of a workbook, and what there is beside it. Nothing below them is read. Raises
    SheetError."""

    def __init__(self, content, sheet=None):
        """sheet: a name, EVERY for the first visible one, None for the same."""
        with open_package(BytesIO(content)) as package:
            self.sheets = [name for name, _part, visible in package.sheets if visible]
            self.sheet, part = choose(package.sheets, None if sheet == EVERY else sheet)
            self.first = {}
            for number, cells in Lines(package, part):
                if number > ROWS_LOOKED_AT:
                    break
                self.first[number] = cells

    @property
    def above(self):
        """The rows in which headings may stand."""
        return {number: cells for number, cells in self.first.items() if number <= heads.HEADING_WITHIN}

    @property
    def empty(self):
        return not self.first

    def shown_rows(self):
        """[(number, its words)] of the first rows, as they are."""
        return [
            (number, " | ".join(_short(cells[letter]) for letter in heads.in_order(cells)))
            for number, cells in list(self.first.items())[:ROWS_SHOWN]
        ]

    def head(self, kind):
        """(row, rows) where the headings of that KIND seem to stand."""
        about = KINDS[kind]
        found = heads.find(self.above, headings(kind), words.synonyms(about))
        return found or (heads.guess(self.above) or next(iter(self.first), 1), 1)

    def columns(self, row, rows):
        """[FileColumn] of the sheet with its headings there."""
        block = heads.block(self.first, row, rows)
        below = [cells for number, cells in self.first.items() if number >= row + rows]
        letters = {letter for cells in (*below, block) for letter in cells}
        return [
            FileColumn(
                letter,
                heads.spoken(block.get(letter, ())),
                [_short(cells[letter]) for cells in below if letter in cells][:SAMPLES],
            )
            for letter in heads.in_order(letters)
        ]

    def proposed(self, kind, row, rows):
        """The Choices that the headings there suggest; of what several columns may give a person says which."""
        block, known = heads.block(self.first, row, rows), words.synonyms(KINDS[kind])
        found = heads.arranged(block, row, rows, headings(kind), known, likely=True)
        doubted = heads.undecided(block, headings(kind), known, found)
        columns = {name: letters for name, letters in found.columns.items() if name not in doubted}
        return Choices(self.sheet, row, rows, head_texts(block), columns, found.words)

    def signatures(self):
        """{fingerprint of the headings: (row, rows)} wherever they may stand."""
        found = {}
        for rows in range(1, heads.DEEPEST + 1):
            for row in self.above:
                block = heads.block(self.above, row, rows)
                if len(block) > 1:
                    found.setdefault(signature(head_texts(block)), (row, rows))
        return found


def signature(texts):
    """Fingerprint of {letter: heading}."""
    return hashlib.blake2b(
        json.dumps(sorted(texts.items()), ensure_ascii=False).encode(), digest_size=32
    ).hexdigest()


def _short(value):
    text = shown(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"

"""A preview kept as data: of a long file, whose check runs in the background and is shown whenever somebody looks."""

from dataclasses import asdict
from functools import cached_property

from committees import vietnamese
from committees.tree import structure

from .base import lowest
from .mended import faulty_rows
from .preview import BadRow, Cell, Change, Choice

# Rows to be mended that are kept; who mends them all and checks again sees the next.
MOST_BAD = 5000
_PLAIN = (
    "title", "sheet", "heading_row", "others", "count", "wrong", "bad_count", "new", "changed", "same", "ready",
    "unknown", "reading", "unrecognised", "headings", "additions", "more_additions", "more_changes", "disclosed",
    "doubt_count", "more_doubts", "met", "numbers",
)  # fmt: skip


def kept(preview):
    """The Preview as JSON."""
    said = {name: getattr(preview, name) for name in _PLAIN}
    known = preview.kind.known
    said["touched"] = sorted(known.structure.ids[i] for i in known.touched)
    said["changes"] = [asdict(change) for change in preview.changes]
    said["doubts"] = [asdict(row) for row in preview.doubts]
    said["bad"] = [asdict(row) for row in preview.mending(list(preview.bad)[:MOST_BAD])]
    return said


class Stored:
    """What `kept` kept, with the names of a Preview that pages ask for."""

    def __init__(self, said, read):
        """read: gives the file as it was checked, which is opened only where a page asks for its rows."""
        self.__dict__.update({name: said.get(name) for name in _PLAIN})  # an older one says less
        self._read, self._touched = read, said["touched"]
        self.changes = [Change(**change) for change in said["changes"]]
        self.doubts = [Choice(**row) for row in said["doubts"]]
        rows = [BadRow(**row | {"cells": [Cell(**cell) for cell in row["cells"]]}) for row in said["bad"]]
        self.bad = {row.number: row for row in rows}

    @property
    def scope(self):
        """As of a Preview, where those committees stand today."""
        now = structure()
        return lowest(now.at(vietnamese.today()), [now.index[pk] for pk in self._touched if pk in now.index])

    @cached_property
    def source(self):
        return self._read()

    def mending(self, numbers):
        """[BadRow] of some rows of `bad`."""
        return [self.bad[number] for number in numbers]

    def faulty_rows(self):
        """(headings, rows) of the rows to be mended that were kept."""
        reasons = {
            number: "; ".join(f"{cell.heading}: cần {cell.wanted}" for cell in row.cells)
            for number, row in self.bad.items()
        }
        return faulty_rows(self.source, reasons)

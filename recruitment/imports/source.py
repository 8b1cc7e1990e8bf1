"""The rows of a workbook before any is judged, and what came of loading them."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property

from ..sheets.read import Table


@dataclass
class Report:
    """What a load did, or would do. `batch` is None when nothing was written. doubts: rows of which somebody must say whom
    they are about; twice: {row: the row before it that may be about the same person}; uncomputed: cells whose formula has
    no stored result."""

    kind: str
    rows: int
    batch: int | None = None
    new: int = 0
    changed: int = 0
    same: int = 0
    faults: list = field(default_factory=list)
    unknown_columns: list = field(default_factory=list)
    unrecognised: dict = field(default_factory=dict)
    doubts: int = 0
    left: list = field(default_factory=list)
    twice: dict = field(default_factory=dict)
    uncomputed: list = field(default_factory=list)
    merged: list = field(default_factory=list)

    def as_json(self):
        """The document of contracts §1 `load`, with the columns nobody asked for, the words nobody recognised, the rows that
        were no data, those that may be about one person, and the cells whose formula nobody computed or that are merged over
        several rows."""
        return {
            "batch": self.batch,
            "kind": self.kind,
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "faults": [fault.as_json() for fault in self.faults],
            "unknown_columns": self.unknown_columns,
            "unrecognised": {heading: list(words) for heading, words in self.unrecognised.items()},
            "left_out": [{"row": left.number, "kind": left.kind, "said": left.said} for left in self.left],
            "maybe_twice": [{"row": row, "earlier": earlier} for row, earlier in self.twice.items()],
            "uncomputed": self.uncomputed,
            "merged": self.merged,
        }


class InSheet:
    """Where the cells of a read table stand."""

    def __init__(self, table):
        after_all = (left.row for left in table.left if left.row is not None)
        self.sheet, self.rows = table.sheet, {row.number: row for row in (*after_all, *table.rows)}

    def cell(self, line, heading):
        return self.rows[line.number].address(heading)

    def place(self, number):
        row = self.rows[number]
        return getattr(row, "sheet", self.sheet), getattr(row, "at", number)


class Listed:
    """Rows that come from no sheet: a cell is named by its row and heading."""

    def __init__(self, name):
        self.sheet = name

    def cell(self, line, heading):
        return f"dòng {line.number}, cột {heading}"


@dataclass
class Source:
    """The rows of one workbook before any is judged: [(row number, {heading: value})], and where their cells stand.

    missing: {heading: its Fault} of required columns that the sheet lacks. decided: {row number: what was said of the
    whole row}. unmended: the Source as the file gives it, where edits were laid over it."""

    name: str
    rows: list
    addresses: object
    table: Table | None = None
    missing: dict = field(default_factory=dict)
    decided: dict = field(default_factory=dict)
    unmended: object = None

    def place(self, number):
        """(sheet, row in it) of the row of that number: the same however many rows and sheets are read."""
        return self.addresses.place(number)

    @cached_property
    def digest(self):
        """Fingerprint of the rows as the file gives them: it is recognised however it was saved, and mended or not."""
        if self.unmended is not None:
            return self.unmended.digest
        body = json.dumps([raw for _, raw in self.rows], ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.blake2b(body.encode(), digest_size=32).hexdigest()

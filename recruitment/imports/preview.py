"""What a workbook would do, before anything is written: counts, faults, the first rows that are new, what changes."""

from dataclasses import dataclass, field
from functools import cached_property

from .base import CHANGED, MOST_FAULTS, NEW, SAME
from .load import check
from .telling import shown

MOST_ROWS = 50  # shown of the rows to add, and of those to change
MOST_WORDS = 20  # shown of each column's unrecognised words
# What `faulty_rows` adds to a row; not read when the mended file comes back.
ROW_HEADING, REASON_HEADING = "Dòng trong tệp gốc", "Cần sửa"
# Where a fault of a row that could be read tells what the register knows of somebody.
WHO = {"Họ và tên", "Số định danh cá nhân"}


@dataclass(frozen=True)
class FaultLine:
    """One fault as the page tells it: which row and whom it is about, the cell, what was found, what is wanted."""

    number: int | None
    who: str
    cell: str
    heading: str
    found: str
    wanted: str


@dataclass(frozen=True)
class Change:
    """A row that would change what the register says: [(heading, what stands, what will stand)]."""

    number: int
    who: str
    fields: list = field(default_factory=list)


class Preview:
    """A Source judged for one account. Takes as many queries as the check of a load; what it shows is bounded."""

    def __init__(self, kind, source, actor):
        self.source, self.table = source, source.table
        self.judged = check(kind, source, actor)
        self.kind, self.report = self.judged.kind, self.judged.report()
        self.scope = self.kind.known.scope()
        self._naming = self.kind.naming()

    @cached_property
    def bad(self):
        """{row number: its faults}; faults of the heading row stand under None."""
        found = {}
        for fault in self.judged.faults:
            found.setdefault(fault.row, []).append(fault)
        return found

    @cached_property
    def bad_count(self):
        """Rows to be mended."""
        return len(self.bad.keys() - {None})

    @cached_property
    def tallies(self):
        """{NEW, CHANGED, SAME: how many rows without a fault}."""
        counts = {NEW: 0, CHANGED: 0, SAME: 0}
        for line in self.judged.lines:
            if line.does is not None and line.number not in self.bad:
                counts[line.does] += 1
        return counts

    @property
    def new(self):
        return self.tallies[NEW]

    @property
    def changed(self):
        return self.tallies[CHANGED]

    @property
    def same(self):
        return self.tallies[SAME]

    @property
    def ready(self):
        """How many rows applying would write; 0 while anything is to be mended."""
        return 0 if self.judged.faults else self.new + self.changed

    @property
    def unknown(self):
        """Headings nobody asked for, without those our own workbook of faulty rows added."""
        return [name for name in self.table.unknown if name not in (ROW_HEADING, REASON_HEADING)]

    @cached_property
    def unrecognised(self):
        """[(heading, its first words, how many more)] that will count as unknown."""
        return [
            (heading, list(words)[:MOST_WORDS], max(0, len(words) - MOST_WORDS))
            for heading, words in self.kind.unrecognised.items()
        ]

    @cached_property
    def faults(self):
        """The first faults, in the order of the rows."""
        raws = dict(self.source.rows) if self.judged.faults else {}
        return [
            FaultLine(fault.row, self._who(raws.get(fault.row)), fault.cell, fault.heading, shown(fault.value), fault.wanted)
            for fault in self.judged.faults[:MOST_FAULTS]
        ]  # fmt: skip

    @property
    def more_faults(self):
        return len(self.judged.faults) - len(self.faults)

    @property
    def headings(self):
        """The columns shown of a row to add: those every row must have."""
        return [column.heading for column in self.kind.columns if column.required]

    @cached_property
    def additions(self):
        """[(row number, its cells under `headings`)] of the first rows to add."""
        return [
            (line.number, [(heading, shown(line.raw[heading])) for heading in self.headings])
            for line in self._first(NEW)
        ]

    @property
    def more_additions(self):
        return self.new - len(self.additions)

    @cached_property
    def changes(self):
        """The first rows that change something, field by field."""
        return [
            Change(line.number, self._who(line.raw), self.kind.differences(line.update))
            for line in self._first(CHANGED)
        ]

    @property
    def more_changes(self):
        return self.changed - len(self.changes)

    def _first(self, does):
        rows = (line for line in self.judged.lines if line.does == does and line.number not in self.bad)
        return [line for line, _ in zip(rows, range(MOST_ROWS), strict=False)]

    def _who(self, raw):
        """The cells by which a person finds the row again."""
        return ", ".join(filter(None, (shown(raw[heading]) for heading in self._naming))) if raw else ""

    @cached_property
    def disclosed(self):
        """How many rows shown tell of a person what the register knows and the file may not: what stands before a
        change, and whom a fault recognised."""
        if not self.kind.personal:
            return 0
        read = {line.number for line in self.judged.lines if line.whole}
        return len(self.changes) + len(
            {fault.row for fault in self.judged.faults if fault.heading in WHO and fault.row in read}
        )

    def faulty_rows(self):
        """(headings, rows) of all rows to be mended, as they came, each with its number and its faults beside it. Codes
        and numbers go as text, so that none is grouped or loses its zeros."""
        headings = list(self.table.columns)
        raws = dict(self.source.rows)
        rows = (
            [
                number,
                *(_written(raws[number][heading]) for heading in headings),
                "; ".join(map(_reason, faults)),
            ]
            for number, faults in self.bad.items()
            if number is not None
        )
        return [ROW_HEADING, *headings, REASON_HEADING], rows


def _written(value):
    return str(value) if type(value) is int else value


def _reason(fault):
    return f"{fault.heading}: cần {fault.wanted}"

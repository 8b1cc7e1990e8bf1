"""What a workbook would do, before anything is written: counts, faults, the first rows that are new, what changes."""

from dataclasses import dataclass, field
from functools import cached_property

from committees.vietnamese import day

from . import edits, numbered
from .base import CHANGED, NEW, SAME
from .load import check
from .mended import OUR_HEADINGS, faulty_rows
from .telling import reading, shown

BAD_ROWS = 50  # rows to be mended on a page
MOST_ROWS = 50  # shown of the rows to add, and of those to change
MOST_WORDS = 20  # shown of each column's unrecognised words
# Where a fault of a row that could be read tells what the register knows of somebody.
WHO = {"Họ và tên", "Số định danh cá nhân"}


@dataclass(frozen=True)
class Cell:
    """One cell to be mended: where it stands, what was found and is wanted (nothing of a cell that is right), and its
    control: name, what it holds now, how wide."""

    heading: str
    cell: str
    found: str
    wanted: str
    name: str
    value: str
    width: str


@dataclass(frozen=True)
class BadRow:
    """One row to be mended: its number (None: the heading row), whom it is about, its wrong cells, and the name of the
    control that leaves it out."""

    number: int | None
    who: str
    cells: list
    drop: str = ""


@dataclass(frozen=True)
class Change:
    """A row that would change what the register says: [(heading, what stands, what will stand)]."""

    number: int
    who: str
    fields: list = field(default_factory=list)


@dataclass(frozen=True)
class Choice:
    """A row that may be about somebody known: who that may be ([(the value that says so, who)]), and the name of the
    control that tells it; earlier: the number of a row before it that may be about the same person."""

    number: int
    who: str
    known: list
    name: str
    earlier: int | None = None


class Preview:
    """A Source judged for one account. Takes as many queries as the check of a load; what it shows is bounded."""

    def __init__(self, kind, source, actor, progress=None):
        self.source, self.table = source, source.table
        self.judged = check(kind, source, actor, progress)
        self.kind, self.report = self.judged.kind, self.judged.report()
        self.scope, self.met = self.kind.known.scope(), self.judged.met
        self._naming = self.kind.naming()
        self._all = [column.heading for column in self.kind.columns]

    @property
    def title(self):
        return self.kind.title

    @property
    def sheet(self):
        return self.table.sheet

    @property
    def heading_row(self):
        return self.table.heading_row

    @property
    def others(self):
        """The visible sheets nobody read."""
        return self.table.others

    @property
    def count(self):
        """Rows of the file, without those left out."""
        return len(self.judged.lines)

    @property
    def wrong(self):
        """Whether anything is to be mended, the heading row included."""
        return bool(self.judged.faults)

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
        return 0 if self.wrong or self.doubt_count else self.new + self.changed

    @property
    def _doubted(self):
        return self.kind.doubts.rows if self.kind.doubts else {}

    @cached_property
    def doubt_count(self):
        """Rows without a fault that may be about somebody known."""
        return len(self._doubted.keys() - self.bad.keys())

    @cached_property
    def doubts(self):
        """[Choice] of the first of them."""
        rows = [pair for number, pair in self._doubted.items() if number not in self.bad][:MOST_ROWS]
        return [
            Choice(
                line.number,
                self._person(line.full_name, line.born, line.native_place, line.code),
                [(f"{edits.SAME_PERSON}{person.pk}", self._known(person)) for person in found],
                edits.field_name(self._all, line.number, edits.ROW, line.decided),
                self.kind.doubts.earlier[line.number].number
                if line.number in self.kind.doubts.earlier
                else None,
            )
            for line, found in rows
        ]

    def _known(self, person):
        index = self.kind.doubts.cell_of(person)
        code = self.kind.known.structure.codes[index] if index is not None else ""
        return self._person(person.full_name, person.born, person.native_place, code)

    @staticmethod
    def _person(name, born, place, code):
        return ", ".join(filter(None, (name, day(born), place, code)))

    @property
    def more_doubts(self):
        return self.doubt_count - len(self.doubts)

    @property
    def unknown(self):
        """Headings nobody asked for, without those our own workbook of faulty rows added."""
        return [name for name in self.table.unknown if name not in OUR_HEADINGS]

    @property
    def reading(self):
        """See `telling.reading`."""
        return reading(self.table, dict(self.source.rows))

    @cached_property
    def unrecognised(self):
        """[(heading, its first words, how many more)] that will count as unknown."""
        return [
            (heading, list(words)[:MOST_WORDS], max(0, len(words) - MOST_WORDS))
            for heading, words in self.kind.unrecognised.items()
        ]

    @cached_property
    def numbers(self):
        """[how many rows bear a number to be looked at, [(row number, why)] of the first]."""
        found = numbered.told(self.kind.known.structure, self.kind.numbered())
        return [len(found), found[: numbered.MOST_TOLD]]

    def mending(self, numbers):
        """[BadRow] of some rows of `bad`, with a control for every wrong cell."""
        raws = dict(self.source.rows)
        return [
            BadRow(
                number,
                self._who(raws.get(number)),
                self._cells(number, raws.get(number), self.bad[number]),
                edits.field_name(self._all, number, edits.ROW, self.source.decided.get(number, "")),
            )
            for number in numbers
        ]

    def _cells(self, number, raw, faults):
        """The wrong cells of a row, each once however much is wrong with it; what was probably meant stands in the
        control already."""
        found = {}
        for fault in faults:
            found.setdefault(fault.heading, []).append(fault)
        return [
            Cell(
                heading,
                those[0].cell,
                shown(those[0].value),
                "; ".join(dict.fromkeys(fault.wanted for fault in those)),
                self._control(number, raw, heading),
                next((fault.near for fault in those if fault.near), "") or self._stands(raw, heading),
                edits.width(heading),
            )
            for heading, those in found.items()
        ]

    def _stands(self, raw, heading):
        return edits.as_shown(raw.get(heading)) if raw else ""

    def _control(self, number, raw, heading):
        """The name of a cell's control; none of a heading's, which no typing mends."""
        if number is None or heading not in self._all:
            return ""
        return edits.field_name(self._all, number, heading, self._stands(raw, heading))

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
        change, whom a fault recognised, and whom a row may mean."""
        if not self.kind.personal:
            return 0
        read = {line.number for line in self.judged.lines if line.whole}
        return (
            len(self.changes)
            + sum(len(row.known) for row in self.doubts)
            + len({fault.row for fault in self.judged.faults if fault.heading in WHO and fault.row in read})
        )

    def faulty_rows(self):
        """(headings, rows) of all rows to be mended. See the function of this name."""
        reasons = {number: "; ".join(map(_reason, faults)) for number, faults in self.bad.items()}
        return faulty_rows(self.source, reasons)


def _reason(fault):
    return f"{fault.heading}: cần {fault.wanted}"

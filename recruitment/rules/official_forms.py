"""The official statistics forms as data: their rows, labels, numbers, columns, from which day, and how sure it is. Pure.

One readable file of `forms/` is one edition of one form. A corrected annex is a changed file, or a new one with a later
day; whoever prints a period asks `edition(code, its last day)`. Lines of a file, their fields separated by "|":

    form   | code | name of the tab | heading
    since  | day from which it holds (ISO) | document | mark
    column | key (COLUMNS) | heading | heading shared with its neighbours | what stands below it
    row    | level 0-3 | number | label | what it asks (ASKS), "-" for what no register here holds | mark
    each   | level | "ethnicity" or "religion": a row for each that is found | mark
    note   | a sentence below the table

Marks: S seen in a copy of the form, M from memory, ? open, + a line of our own that a sum needs.
"""

import re
from collections import namedtuple
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from . import form2

FILES = Path(__file__).with_name("forms")
COLUMNS = ("name", "now", "women", "share", "before", "women_before", "ratio", "note")
MARKS = ("S", "M", "?", "+")
OWN = "+"
NAMES = ("ethnicity", "religion")
FLOWS = (
    "opening", "increase", "admitted", "moved_in", "from_other_province", "from_same_province", "restored", "decrease",
    "died", "expelled", "struck_off", "struck_off_probationary", "asked_out", "moved_out", "closing",
)  # fmt: skip
_LINES = {
    "occupation": {*form2.OCCUPATION, form2.UNKNOWN},
    "education": {*form2.EDUCATION, form2.UNKNOWN},
    "qualification": {*form2.QUALIFICATION, form2.UNKNOWN},
}
_BAND = re.compile(r"([0-9]{1,3})-([0-9]{1,3})|([0-9]{1,3})\+")
_KINDS = ("grassroots_party", "grassroots_cell")

Column = namedtuple("Column", "key heading under number")


@dataclass(frozen=True)
class Line:
    """One row. asks: the figure in it, see ASKS; () for a heading; None for what no register here holds. each: of what
    every one found has a row. at: its line in the file."""

    label: str
    asks: tuple | None
    level: int
    mark: str
    at: int
    number: str = ""
    each: str = ""

    @property
    def words(self):
        return f"{self.number}. {self.label}" if self.number else self.label

    @property
    def confirmed(self):
        return self.mark in ("S", OWN)


@dataclass(frozen=True)
class Form:
    """One edition of a form, in force from the day `since`."""

    code: str
    tab: str
    heading: str
    since: date
    document: str
    mark: str
    columns: tuple
    lines: tuple
    notes: tuple = ()

    @property
    def asked(self):
        """What all its rows ask."""
        return [line.asks for line in self.lines if line.asks]

    def lines_of(self, partition):
        """The arguments of its rows that ask for lines of a partition, in order."""
        return [asks[2] for asks in self.asked if asks[:2] == ("line", partition)]


def bounds(band):
    """(first, last) completed years of a band of ages, both inclusive: "31-35", "60+" (61 and more). None for no band."""
    found = _BAND.fullmatch(band)
    if not found:
        return None
    return (int(found[3]) + 1, 200) if found[3] else (int(found[1]), int(found[2]))


def together(lines):
    """The lines of a partition that one row counts together: "Sinh viên + Học sinh"."""
    return lines.split(" + ")


def _line(partition, *line):
    if partition == "age":
        return len(line) == 1 and (line[0] == form2.UNKNOWN or bounds(line[0]) is not None)
    if partition == "ethnicity":
        return line == (form2.UNKNOWN,)
    return len(line) == 1 and partition in _LINES and set(together(line[0])) <= _LINES[partition]


# What a row may ask: {word: whether these arguments are lawful}.
ASKS = {
    "total": lambda *more: not more,  # everybody admitted
    "sum": lambda *more: not more,  # of the rows one level below it
    "group": lambda *more: len(more) == 1 and bool(re.fullmatch("[a-z_0-9]+", more[0])),
    "partition": lambda *more: len(more) == 1 and more[0] in {*_LINES, "age"},  # of its lines in this form
    "line": lambda *more: (
        bool(more) and _line(*more)
    ),  # line:occupation:Khác, line:age:18-30, line:age:unknown
    "mean_age": lambda *more: not more,
    "organisations": lambda *more: (
        len(more) == 2 and more[0] in _KINDS and more[1] in ("all", "admitted", "no_source")
    ),
    "flow": lambda *more: len(more) == 1 and more[0] in FLOWS,  # members who came and went, census/form1.py
    "recognised": lambda *more: not more,  # probationers recognised as official
}


@cache
def read(folder=FILES):
    """{code: its editions by day}. ValueError names the file, the line and what is wrong there."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        form = _Reader(path).form
        editions = found.setdefault(form.code, [])
        if any(other.since == form.since for other in editions):
            raise ValueError(f"{path.name}: another edition of {form.code} holds from {form.since}")
        editions.append(form)
        editions.sort(key=lambda one: one.since)
    return found


def edition(code, day, folder=FILES):
    """The Form of that code in force on a day; the first where the day lies before it. KeyError if there is none."""
    editions = read(folder)[code]
    return max(
        (form for form in editions if form.since <= day), key=lambda one: one.since, default=editions[0]
    )


class _Reader:
    """One file, a line at a time."""

    def __init__(self, path):
        self.path, self.at = path, 0
        self.head, self.columns, self.lines, self.notes = {}, [], [], []
        for self.at, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if text.strip() and not text.startswith("#"):
                word, *fields = (part.strip() for part in text.split("|"))
                take = getattr(self, f"_take_{word}", None)
                if take is None:
                    self.refuse(f"“{word}”; wanted form, since, column, row, each or note")
                try:
                    take(*fields)
                except TypeError:
                    self.refuse(f"{len(fields)} fields after “{word}”; see official_forms.py")
        self.form = self._whole()

    def refuse(self, why, at=None):
        raise ValueError(f"{self.path.name}, line {at or self.at}: {why}")

    def _take_form(self, code, tab, heading):
        self.head |= {"code": code, "tab": tab, "heading": heading}

    def _take_since(self, day, document, mark):
        try:
            self.head |= {"since": date.fromisoformat(day), "document": document, "mark": self._mark(mark)}
        except ValueError:
            self.refuse(f"“{day}” is no day, or {mark!r} no mark of {MARKS}")

    def _take_column(self, key, heading, under="", number=""):
        if key not in COLUMNS or not heading or key in {column.key for column in self.columns}:
            self.refuse(f"column “{key}”; wanted one of {', '.join(COLUMNS)}, once, with a heading")
        self.columns.append(Column(key, heading, under, number))

    def _take_row(self, level, number, label, asks, mark):
        asks = None if asks == "-" else tuple(asks.split(":", 2)) if asks else ()
        if not label:
            self.refuse("a row without a label")
        if asks and not (asks[0] in ASKS and ASKS[asks[0]](*asks[1:])):
            self.refuse(f"nothing answers “{':'.join(asks)}”")
        if asks and asks != ("sum",) and (same := [line.at for line in self.lines if line.asks == asks]):
            self.refuse(f"“{':'.join(asks)}” is asked in line {same[0]} already")
        self.lines.append(Line(label, asks, self._level(level), self._mark(mark), self.at, number))

    def _take_each(self, level, which, mark):
        if which not in NAMES:
            self.refuse(f"each “{which}”; wanted one of {', '.join(NAMES)}")
        self.lines.append(Line(which, (), self._level(level), self._mark(mark), self.at, each=which))

    def _take_note(self, text):
        self.notes.append(text)

    def _level(self, text):
        if text not in {"0", "1", "2", "3"}:
            self.refuse(f"level “{text}”; wanted 0 to 3")
        return int(text)

    def _mark(self, text):
        if text not in MARKS:
            self.refuse(f"mark “{text}”; wanted one of {' '.join(MARKS)}")
        return text

    def _whole(self):
        wanted = {"code", "since"} - set(self.head)
        if wanted or not self.lines or not {"name", "now"} <= {column.key for column in self.columns}:
            self.refuse("the file wants a form, its day, the columns name and now, and rows")
        form = Form(
            columns=tuple(self.columns), lines=tuple(self.lines), notes=tuple(self.notes), **self.head
        )
        for line in self.lines:
            if line.asks and line.asks[0] == "partition":
                self._partition(form, line)
        return form

    def _partition(self, form, line):
        """The rows of a partition hold everybody once, so that its heading is the form's total."""
        partition, rows = line.asks[1], form.lines_of(line.asks[1])
        if partition == "age":
            bands = sorted(bounds(row) for row in rows if row != form2.UNKNOWN)
            apart = all(one[1] < other[0] for one, other in zip(bands, bands[1:], strict=False))
            if form2.UNKNOWN not in rows or not bands or not apart:
                self.refuse("ages want bands that do not overlap, and a row line:age:unknown", line.at)
            return
        lines = [one for row in rows for one in together(row)]
        if missing := _LINES[partition] - set(lines):
            self.refuse(f"no row for {', '.join(sorted(missing))}", line.at)
        if len(lines) > len(set(lines)):
            self.refuse(f"a line of {partition} in two rows", line.at)

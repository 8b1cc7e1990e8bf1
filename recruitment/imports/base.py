"""What every KIND of workbook shares: columns, faults, what there is already, and the ledger of what was written."""

import difflib
from dataclasses import dataclass, field

import numpy as np

from committees import vietnamese
from committees.access import Access
from committees.browse import reach

from .. import columns
from .insert import insert
from .telling import said

MOST_FAULTS = 200
OUT_OF_REACH = "mã của một tổ chức trong phạm vi tài khoản này được giao"
LONGEST_SHOWN = 80  # characters of a cell in a message
# Wrong codes for which a like one is looked for: each search walks all codes within reach.
MOST_SUGGESTED = 20
NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True)
class Column:
    """One column of a workbook: its heading, the name its value has here, how a cell is read, whether a row must have
    it, and whether it may hold a committee's name in place of its code."""

    heading: str
    name: str
    parse: object
    required: bool = False
    names: bool = False


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell, and what is wanted there; the row and the heading the cell stands at, where it is
    one of a row; near: what was probably meant."""

    sheet: str
    cell: str
    value: object
    wanted: str
    row: int | None = None
    heading: str = ""
    near: str = ""

    def as_json(self):
        value = self.value
        return {
            "sheet": self.sheet,
            "cell": self.cell,
            "value": value
            if value is None or isinstance(value, (str, int, float, bool))
            else vietnamese.day(value),
            "wanted": self.wanted,
        }

    def __str__(self):
        """One line, whatever the cell holds."""
        if not self.cell:  # the file itself, no cell of it
            return self.wanted
        said = " ".join(str(self.as_json()["value"] or "").split())
        shown = said if len(said) <= LONGEST_SHOWN else said[:LONGEST_SHOWN] + "…"
        found = f"“{shown}”" if said else "để trống"
        return f"{self.sheet}, ô {self.cell}: {found}; cần {self.wanted}"


class Line:
    """One row being checked: its values as attributes by column name, whether every cell could be read (`whole`),
    what loading it would do (`does`: NEW, CHANGED, SAME; None before it was judged) and to which entry of the KIND's
    `updates`, where to put a fault. decided: what somebody who saw the row said of it as a whole (`edits`)."""

    def __init__(self, number, raw, addresses, report, decided=""):
        self.number, self.raw, self.whole, self.decided = number, raw, False, decided
        self.does = self.update = None
        self._addresses, self._report = addresses, report

    def fault(self, heading, wanted, near=""):
        """Note what is wanted in the cell under `heading`, and what was probably meant."""
        cell, value = self._addresses.cell(self, heading), self.raw.get(heading)
        question = f"; có phải “{near}”?" if near else ""
        self._report(Fault(self._addresses.sheet, cell, value, wanted + question, self.number, heading, near))

    def fault_of_file(self, heading, wanted):
        """Note what is wanted of the file as a whole: no row is named."""
        self._report(Fault(self._addresses.sheet, "", None, wanted, None, heading))


@dataclass
class Known:
    """What the register holds, as of one instant, and who wants to write."""

    actor: object = None
    snapshot: object = field(default_factory=columns.current)
    touched: set = field(default_factory=set)

    def __post_init__(self):
        self.structure = self.snapshot.structure
        self.small = self.snapshot.small
        self.access = Access(self.actor) if self.actor is not None else None
        self.today = vietnamese.today()
        self._allowed, self._near = {}, {}

    def committee(self, line, heading, code, right=None):
        """The index of a committee code, or None after noting a fault: unknown, or (under --as) out of reach, which
        read the same, so that nobody learns by trying what stands elsewhere."""
        i = self.structure.by_code.get(code)
        if right and self.access is not None:
            if i is None or not self.allowed(right, self.structure.ids[i]):
                line.fault(heading, OUT_OF_REACH, self._suggest(code, right))
                return None
        elif i is None:
            line.fault(heading, "mã của một tổ chức đã có", self._suggest(code))
            return None
        self.touched.add(i)
        return i

    def allowed(self, right, committee_id):
        """Whether the one who loads holds the right there; the operator of the machine holds every right."""
        if self.access is None:
            return True
        key = (right, committee_id)
        if key not in self._allowed:
            self._allowed[key] = self.access.may(right, committee_id)
        return self._allowed[key]

    def _suggest(self, code, right=None):
        """The code most like the one written, among those the right reaches; nothing where none is like it. The same whether the code written stands elsewhere or nowhere."""
        key = right, code
        if key not in self._near:
            if len(self._near) >= MOST_SUGGESTED:
                return ""
            near = difflib.get_close_matches(code, self._within(right), n=1, cutoff=0.8)
            self._near[key] = near[0] if near else ""
        return self._near[key]

    def _within(self, right):
        codes = self.structure.codes
        return codes if right is None else [codes[i] for i in np.flatnonzero(reach(self.access, right))]

    def scope(self):
        """The id of the lowest committee that is or stands above all touched ones today, or None."""
        return lowest(self.structure.at(self.today), self.touched)


def lowest(tree, touched):
    """The id of the lowest committee of the Tree that is or stands above all of these indexes, or None."""
    where = {int(tree.position[i]) for i in touched} - {-1}
    p = min(where, default=-1)
    while p >= 0 and tree.end[p] <= max(where):
        p = int(tree.up[p])
    return tree.id(p) if p >= 0 else None


class Ledger:
    """What a load writes, so that it can be undone. Used inside the pen."""

    def __init__(self):
        self.made, self.changed, self.new, self.updates = {}, {}, 0, 0

    def create(self, model, rows):
        """Insert rows in bulk and remember their ids."""
        if not rows:
            return []
        insert(model, rows)
        spans = self.made.setdefault(model._meta.label_lower, [])
        for pk in sorted(row.pk for row in rows):
            if spans and spans[-1][1] == pk - 1:
                spans[-1][1] = pk
            else:
                spans.append([pk, pk])
        return rows

    def change(self, row, **values):
        """Change one row and remember what stood there."""
        before = self.changed.setdefault(row._meta.label_lower, {}).setdefault(str(row.pk), {})
        before.setdefault("stamp", row.stamp)
        for name, value in values.items():
            field = row._meta.get_field(name)
            before.setdefault(
                field.attname, field.value_to_string(row) if getattr(row, field.attname) is not None else None
            )
            setattr(row, name, value)
        row.save()


class Kind:
    """One KIND of workbook. `check` sees every row once, `finish` all of them, `write` holds the pen."""

    name = title = ""
    columns = ()
    right = None
    day = None  # the name of the column with the day on which a committee named in the row stood
    personal = False  # whether its rows are about persons
    doubts = None  # of those, whom they may be about (`doubts.Doubts`)
    beyond = None  # and who of them stands out of reach (`beyond.Beyond`)

    def __init__(self, known):
        self.known = known
        self.same = 0
        self.unrecognised = {}
        # What `write` will do: rows to make (a list, or a dict by key) and rows to change.
        self.fresh, self.updates = [], []
        self._seen = {}

    def stood_on(self, line):
        """The day on which a committee named in the row stood; None: today."""
        return getattr(line, self.day, None) if self.day else None

    def prepare(self, lines):
        """Look up, in bulk, what the rows need. Rows with unreadable cells are among them (`whole` is False)."""

    def check(self, line):
        """Judge a row whose every cell could be read."""
        raise NotImplementedError

    def check_remains(self, line):
        """Judge what can be judged of a row with unreadable cells, so that one round shows all faults."""
        if line.code is not None:
            self.known.committee(line, "Mã tổ chức", line.code, self.right)

    def finish(self):
        """Checks across rows, after each row's own."""

    def numbered(self):
        """[(row number, number, cell id, day)] of new decisions: none but in a workbook of admissions."""
        return []

    def write(self, ledger):
        raise NotImplementedError

    def differences(self, update):
        """[(heading, what stands, what will stand)] of one of `updates`, as people read them. Here: of a (row, {name:
        value}) whose names are those of the columns."""
        row, values = update
        return self.compared(row, values)

    def compared(self, row, values):
        """The same for a row of any table and the {name: value} it shall have; equal values are left out."""
        headings = {column.name: column.heading for column in self.columns}
        return [
            (headings[name], said(row, name, getattr(row, name)), said(row, name, value))
            for name, value in values.items()
            if getattr(row, name) != value
        ]

    @classmethod
    def naming(cls):
        """The headings by which a person finds a row again: the first two that every row must have."""
        return [column.heading for column in cls.columns if column.required][:2]

    def founded_under(self):
        """The committee a load belongs to that only came to be by it, or None. Asked after `write`."""
        return None

    def twice(self, line, key, heading):
        """Whether an earlier row of the file says the same thing again; notes a fault if so."""
        first = self._seen.setdefault(key, line.number)
        if first != line.number:
            line.fault(heading, f"mỗi việc một dòng: đã ghi ở dòng {first}")
            return True
        return False

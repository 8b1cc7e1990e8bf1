"""One workbook in: read, check every row, then write all of it or nothing."""

import hashlib
import json
from dataclasses import dataclass, field

from django.core.serializers.json import DjangoJSONEncoder

from committees import journal
from committees.models import Committee

from ..models import Batch
from ..sheets.read import SheetError, read_table
from .base import MOST_FAULTS, Fault, Faulty, Known, Ledger, Line
from .kinds import KINDS

# A check is repeated when someone wrote between it and the pen; more often than this the register is busy.
TRIES = 5


@dataclass
class Report:
    """What a load did, or would do. `batch` is None when nothing was written."""

    kind: str
    rows: int
    batch: int | None = None
    new: int = 0
    changed: int = 0
    same: int = 0
    faults: list = field(default_factory=list)
    unknown_columns: list = field(default_factory=list)
    unrecognised: dict = field(default_factory=dict)

    def as_json(self):
        """The document of contracts §1 `load`, with the columns nobody asked for and the words nobody recognised."""
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
        }


class _Sheet:
    """Where the cells of a read table stand."""

    def __init__(self, table):
        self.sheet, self.rows = table.sheet, {row.number: row for row in table.rows}

    def cell(self, line, heading):
        return self.rows[line.number].address(heading)


class _Listed:
    """Rows that come from no sheet: a cell is named by its row and heading."""

    def __init__(self, name):
        self.sheet = name

    def cell(self, line, heading):
        return f"dòng {line.number}, cột {heading}"


def headings(kind):
    """[(heading, required)] of a KIND's workbook."""
    return [(column.heading, column.required) for column in KINDS[kind].columns]


def load_file(kind, path, *, actor=None, name=None, dry_run=False):
    """Load a workbook from a file. See `load`. Faults of the file itself (no .xlsx, no headings) come the same way."""
    name = name or str(getattr(path, "name", path)).rpartition("/")[2]
    try:
        table = read_table(path, headings(kind))
    except SheetError as problem:
        return Report(kind, 0, faults=[Fault(name, "", None, str(problem))])
    source = [(row.number, row.cells) for row in table.rows]
    missing = {
        heading: Fault(table.sheet, f"A{table.heading_row}", None, f"cột “{heading}” trong dòng tiêu đề")
        for heading in table.missing
    }
    return _load(kind, source, _Sheet(table), name, actor, dry_run, table.unknown, missing)


def load(kind, rows, *, name, actor=None, dry_run=False):
    """Load rows given as dicts {heading: value}: all or nothing.

    actor: the Account that loads (its rights bound what it may write), or None for the operator of the machine.
    Checks run before the pen is taken and again if someone wrote meanwhile; the pen is held for bulk inserts only.
    Returns a Report; with faults (all of them, up to 200) nothing was written. Rows that say what the register
    already says count as `same`, and a load of nothing else writes nothing.
    """
    return _load(kind, list(enumerate(rows, start=2)), _Listed(name), name, actor, dry_run)


def _load(kind, source, addresses, name, actor, dry_run, unknown=(), missing=None):
    report = Report(kind, len(source), unknown_columns=list(unknown))
    for _ in range(TRIES):
        version = journal.head()
        try:
            checked = _check(kind, source, addresses, actor, missing or {})
        except Faulty as problem:
            report.faults = problem.faults
            return report
        report.unrecognised = getattr(checked, "unrecognised", {})
        if dry_run:
            report.new, report.changed, report.same = len(checked.fresh), len(checked.updates), checked.same
            return report
        if not checked.fresh and not checked.updates:
            report.same = checked.same
            return report
        try:
            _write(checked, source, name, actor, version, report)
        except _Overtaken:
            continue
        report.same = checked.same
        return report
    raise journal.Busy


def _reader(column):
    """The column's `parse`, as value → (parsed, problem); equal cells are read once."""
    known = {}

    def read(value):
        key = value if value.__class__ is str else (value.__class__, value)  # True is not 1
        if (found := known.get(key)) is None:
            try:
                found = column.parse(value), None
            except ValueError as problem:
                found = None, str(problem)
            known[key] = found
        return found

    return read


def _check(kind, source, addresses, actor, missing):
    """The KIND with every row checked; raises Faulty with all faults, in order of row, up to 200.

    missing: {heading: its Fault} of required columns that the sheet lacks, told once and not for every row."""
    faults = list(missing.values())
    checked = KINDS[kind](Known(actor))
    readers = [(column, column.heading, column.name, _reader(column)) for column in checked.columns]
    lines = []
    for number, raw in source:
        line = Line(number, raw, addresses, faults.append)
        line.whole = not missing
        for column, heading, attribute, read in readers:
            value, problem = raw.get(heading), None
            if value is not None:
                value, problem = read(value)
            if problem is None and value is None and column.required and heading not in missing:
                problem = f"{heading.lower()} (bắt buộc)"
            if problem is not None:
                line.fault(heading, problem)
                line.whole = False
            setattr(line, attribute, value)
        lines.append(line)
    checked.prepare(lines)
    for line in lines:
        (checked.check if line.whole else checked.check_remains)(line)
    checked.finish()
    if faults:
        order = {number: k for k, (number, _) in enumerate(source)}
        faults.sort(key=lambda fault: order.get(_row_of(fault), 0))
        raise Faulty(faults[:MOST_FAULTS])
    return checked


def _row_of(fault):
    digits = "".join(sign for sign in fault.cell.partition(",")[0] if sign.isdigit())
    return int(digits) if digits else 0


class _Overtaken(Exception):
    """Someone wrote between the check and the pen."""


def _write(checked, source, name, actor, version, report):
    ledger = Ledger()
    scope = checked.known.scope()
    with journal.pen(
        actor, "load", about=f"batch:{checked.name}", committee=Committee(id=scope) if scope else None
    ) as pen:
        if pen.number != version[0] + 1:
            raise _Overtaken
        checked.write(ledger)
        pen.committee = pen.committee or checked.founded_under()
        batch = Batch(
            kind=checked.name,
            name=name[:200],
            digest=digest(source),
            rows=len(source),
            made=ledger.made,
            changed=json.loads(json.dumps(ledger.changed, cls=DjangoJSONEncoder)),
        )
        batch.save()
        # The batch's own row says which rows it made; the entry tells how many, of what, from where.
        pen.rows.clear()
        report.batch, report.new, report.changed = batch.pk, ledger.new, ledger.updates
        pen.note(
            batch=batch.pk, kind=checked.name, file=name, digest=batch.digest, lines=len(source), new=ledger.new,
            changed=ledger.updates, same=checked.same, old=batch.changed,
        )  # fmt: skip


def digest(source):
    """Fingerprint of the rows as read: the same file is recognised however it was saved."""
    body = json.dumps([raw for _, raw in source], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.blake2b(body.encode(), digest_size=32).hexdigest()

"""One workbook in: read, check every row, then write all of it or nothing."""

import json
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder

from committees import journal
from committees.models import Committee

from ..models import Batch
from ..sheets.read import SheetError
from . import beyond
from .base import CHANGED, MOST_FAULTS, NEW, SAME, Fault, Kind, Known, Ledger, Line
from .kinds import KINDS
from .layout import Choices, table
from .meanwhile import overtaken
from .names import Names
from .source import InSheet, Listed, Report, Source

# A check is repeated when someone wrote between it and the pen what it rests on; more often than this the register is busy.
TRIES = 5
# Rows after which a check says how far it is.
STEP = 500


@dataclass
class Judged:
    """A KIND with every row checked, all faults in order of row. Nothing is written."""

    kind: Kind
    source: Source
    lines: list
    faults: list

    @property
    def idle(self):
        """Whether loading it would write nothing."""
        return not self.kind.fresh and not self.kind.updates

    @property
    def met(self):
        """See `Beyond.entries`."""
        return self.kind.beyond.entries(self.kind.name) if self.kind.beyond else []

    def report(self):
        """What loading it would do; with faults: nothing."""
        report = Report(self.kind.name, len(self.lines))
        if (table := self.source.table) is not None:
            report.unknown_columns, report.left = list(table.unknown), list(table.left)
            report.uncomputed, report.merged = list(table.uncomputed), list(table.merged)
        if self.faults:
            report.faults = self.faults[:MOST_FAULTS]
        else:
            report.new, report.changed = len(self.kind.fresh), len(self.kind.updates)
            report.same, report.unrecognised = self.kind.same, self.kind.unrecognised
            if doubts := self.kind.doubts:
                report.doubts = len(doubts.rows)
                report.twice = {row: line.number for row, line in doubts.earlier.items()}
        return report


def read(kind, path, name=None, choices=None):
    """The Source in a workbook of that KIND, read as was chosen (`Upload.choices`). Raises SheetError for a file that
    cannot be read (no .xlsx), HeadingError where its headings are not understood."""
    found = table(kind, path, Choices.of(choices))
    missing = {
        heading: Fault(found.sheet, f"A{found.heading_row}", None, f"cột “{heading}” trong dòng tiêu đề")
        for heading in found.missing
    }
    name = name or str(getattr(path, "name", path)).rpartition("/")[2]
    return Source(name, [(row.number, row.cells) for row in found.rows], InSheet(found), found, missing)


def load_file(kind, path, *, actor=None, name=None, dry_run=False):
    """Load a workbook from a file. See `load`. Faults of the file itself (no .xlsx, no headings) come the same way."""
    name = name or str(getattr(path, "name", path)).rpartition("/")[2]
    try:
        source = read(kind, path, name)
    except SheetError as problem:
        return Report(kind, 0, faults=[Fault(name, "", None, str(problem))])
    return load_source(kind, source, actor=actor, dry_run=dry_run)


def load(kind, rows, *, name, actor=None, dry_run=False):
    """Load rows given as dicts {heading: value}: all or nothing.

    actor: the Account that loads (its rights bound what it may write), or None for the operator of the machine.
    Checks run before the pen is taken and again if someone wrote meanwhile what they rest on; the pen is held for bulk inserts only.
    Returns a Report; with faults (all of them, up to 200) nothing was written. Rows that say what the register
    already says count as `same`, and a load of nothing else writes nothing.
    """
    source = Source(name, list(enumerate(rows, start=2)), Listed(name))
    return load_source(kind, source, actor=actor, dry_run=dry_run)


def load_source(kind, source, *, actor=None, dry_run=False, claim=None, wrote=None, progress=None, ask=False):
    """Load a Source. See `load`. claim: called under the pen before the first row is written; what it raises leaves
    everything unwritten. A load that writes nothing does not call it. wrote: called with the Report under the same pen,
    after the last. Whom it asked of beyond the actor's reach is journalled. progress: see `check`. ask: write nothing while the Report has doubts."""
    for _ in range(TRIES):
        version = journal.head()
        judged = check(kind, source, actor, progress)
        report = judged.report()
        if not (dry_run or report.faults or judged.idle or (ask and report.doubts)):
            try:
                _write(judged, actor, version, report, claim, wrote)
            except _Overtaken:
                continue
        beyond.note(actor, judged.met)
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


def check(kind, source, actor, progress=None):
    """Every row of the Source judged by the register as it stands and the account's rights. Writes nothing. progress:
    called now and then with how many rows are done; each is read, then judged."""
    faults = list(source.missing.values())
    checked = KINDS[kind](Known(actor))
    readers = [(column, column.heading, column.name, _reader(column)) for column in checked.columns]
    codes, names = checked.known.structure.by_code, Names(checked.known, checked.right)
    lines = []
    count = len(source.rows)
    for done, (number, raw) in enumerate(source.rows):
        if progress is not None and done % STEP == 0:
            progress(done // 2, count)
        line = Line(number, raw, source.addresses, faults.append, source.decided.get(number, ""))
        line.whole, named = not source.missing, None
        for column, heading, attribute, parse in readers:
            value, problem = raw.get(heading), None
            if value is not None:
                value, problem = parse(value)
                if column.names and value not in codes:
                    named = column, value, problem
                    continue
            if problem is None and value is None and column.required and heading not in source.missing:
                problem = f"{heading.lower()} (bắt buộc)"
            if problem is not None:
                line.fault(heading, problem)
                line.whole = False
            setattr(line, attribute, value)
        if named is not None:
            _name(line, checked, names, *named)
        lines.append(line)
    checked.prepare(lines)
    for done, line in enumerate(lines):
        if progress is not None and done % STEP == 0:
            progress((count + done) // 2, count)
        if line.whole:
            _judge(checked, line)
        else:
            checked.check_remains(line)
    checked.finish()
    if progress is not None:
        progress(count, count)
    order = {number: k for k, (number, _) in enumerate(source.rows)}
    faults.sort(key=lambda fault: order.get(fault.row, -1))
    return Judged(checked, source, lines, faults)


def _name(line, checked, names, column, value, problem):
    """Read a cell that holds no code there is: perhaps a committee's name on the row's day; else what was read of it
    stands for the KIND to judge."""
    text = line.raw[column.heading]
    code, wanted = names.code(str(text), checked.stood_on(line))
    if code is None and (wanted or problem):
        line.fault(column.heading, wanted or f"{problem}, hoặc đúng tên một tổ chức trong phạm vi")
        line.whole = False
    setattr(line, column.name, code or (None if problem or wanted else value))


def _judge(checked, line):
    """Check a row and note on it what loading it would do: the list of the KIND that it made longer."""
    new, changed = len(checked.fresh), len(checked.updates)
    checked.check(line)
    if len(checked.updates) > changed:
        line.does, line.update = CHANGED, checked.updates[-1]
    else:
        line.does = NEW if len(checked.fresh) > new else SAME


class _Overtaken(Exception):
    """Someone wrote between the check and the pen what it rests on."""


def _write(judged, actor, version, report, claim, wrote=None):
    ledger, checked, source = Ledger(), judged.kind, judged.source
    scope = checked.known.scope()
    with journal.pen(
        actor, "load", about=f"batch:{checked.name}", committee=Committee(id=scope) if scope else None
    ) as pen:
        if pen.number != version[0] + 1 and overtaken(checked, version[0]):
            raise _Overtaken
        if claim is not None:
            claim()
        checked.write(ledger)
        pen.committee = pen.committee or checked.founded_under()
        batch = Batch(
            kind=checked.name,
            name=source.name[:200],
            digest=source.digest,
            rows=len(source.rows),
            made=ledger.made,
            changed=json.loads(json.dumps(ledger.changed, cls=DjangoJSONEncoder)),
        )
        batch.save()
        # The batch's own row says which rows it made; the entry tells how many, of what, from where.
        pen.rows.clear()
        report.batch, report.new, report.changed = batch.pk, ledger.new, ledger.updates
        pen.note(
            batch=batch.pk, kind=checked.name, file=source.name, digest=batch.digest, lines=len(source.rows),
            new=ledger.new, changed=ledger.updates, same=checked.same, old=batch.changed,
        )  # fmt: skip
        if wrote is not None:
            wrote(report)

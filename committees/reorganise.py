"""The only writer of structure: dated acts on committees, a package of them under one pen, judged at its end.

An act takes effect at the start of its day. Nothing that was is rewritten: a placement ends, another begins. Facts and
targets stay where they are; `tree` finds the heir that answers for them. Working out (`plan`) writes nothing and is all
that a dry run needs; writing (`apply`) works out the same again under the pen. What else goes with an act is done by the
rooms above, as `followers`.
"""

from typing import NamedTuple

from . import journal, undoing, vietnamese
from .access import Access
from .acts import Act
from .models import Committee, LawfulPair, Placement, Reorganisation, Succession
from .packages import Fault, is_code
from .planned import Planned, work_out
from .register import Register
from .tree import STRUCTURAL, carries_on

__all__ = [
    "Fault", "Overtaken", "Planned", "Refused", "apply", "followers", "found", "is_code", "plan", "prevents", "undo",
    "write",
]  # fmt: skip
MOST_FAULTS = 200
UNNAMED = "Sắp xếp tổ chức"

# What goes with an act beside the tree (`following.Follower`). Registered by each app when it is ready; undone in the reverse order.
followers = []


class Refused(ValueError):
    """The package is not carried out; `found` are the Faults, `faults` the same as texts, in Vietnamese."""

    def __init__(self, found):
        super().__init__("; ".join(map(str, found)))
        self.found = found[:MOST_FAULTS]
        self.faults = [str(fault) for fault in self.found]


class Overtaken(RuntimeError):
    """Somebody changed the structure since the dry run was seen."""


def found(rows, create):
    """Found committees. rows: [(code, parent code or None, Placement without committee and parent)], parents in any
    order. create(model, objects) inserts in bulk. Needs the pen held; the caller has judged the rows."""
    journal.require_pen()
    made = create(Committee, [Committee(code=code) for code, _, _ in sorted(rows, key=lambda row: row[0])])
    ids = {committee.code: committee.pk for committee in made}
    wanted = {above for _, above, _ in rows if above is not None} - ids.keys()
    ids |= dict(Committee.objects.filter(code__in=wanted).values_list("code", "pk"))
    for code, above, placement in rows:
        placement.committee_id, placement.parent_id = ids[code], ids.get(above)
        placement.search = vietnamese.fold(placement.name)
    create(Placement, [placement for _, _, placement in rows])


def plan(rows, *, by, numbers=None):
    """Work out a package of acts given as rows of the workbook `reorganisations` {heading: value}. Writes nothing.

    Acts are applied by day, then in order of row; after the last act of each day the tree must be lawful. by: the
    Account (every committee named must lie within its right to change structure), or None for the machine's operator.
    numbers: those by which faults name the rows; from 2 on. Returns a Planned, with its faults. Four queries, and those
    of the followers. Not inside a pen.
    """
    planned = _planned(rows, by, numbers)
    if not planned.faults and planned.acts:
        planned.warnings = [text for follower in followers for text in follower.warnings(planned)]
    return planned


def _planned(rows, by, numbers=None):
    """The Planned without warnings."""
    version = journal.head()[:2]
    planned = _worked_out(_read(rows, numbers), _door(by))
    planned.version = version
    if not planned.faults and planned.acts:
        planned.faults = [fault for follower in followers for fault in follower.faults(planned)]
    return planned


def apply(rows, *, by, name="", record=None, seen=None):
    """Carry out a package of acts: the structure, then what the followers take along. Refused, and nothing is written,
    where there are faults. One pen for the whole. Returns the Reorganisation that keeps it; None without any act.

    record: the draft whose acts these are, else one is made, called `name`. seen: the version of the dry run that was
    looked at; Overtaken if the structure was written since.
    """
    planned = _planned(rows, by)
    if planned.faults:
        raise Refused(planned.faults)
    if not planned.acts:
        return None
    door = _door(by)
    record = record or Reorganisation(name=name or UNNAMED)
    with journal.pen(by, "reorganise", about=f"{len(planned.acts)} acts") as pen:
        if seen is not None and journal.written_since(seen[0], STRUCTURAL):
            raise Overtaken
        write(pen, planned, record, door)
    return record


def write(pen, planned, record, door=None):
    """Write a planned package under a pen held already, and its record. If somebody wrote structure since, it is worked out
    again on what stands now, and Refused where it does not hold. door: the Access of who acts, read before the pen."""
    again, now = planned, journal.head()
    if now[:2] != planned.version:
        again = _worked_out(planned.acts, door) if _overtaken(planned, now) else planned
        # What the followers looked at before the pen may have been written since, too.
        found = again.faults or [fault for follower in followers for fault in follower.faults(again)]
        if found:
            raise Refused(found)
    ids, kept = _write(again)
    kept["followers"] = {follower.name: follower.apply(again, record, ids) for follower in followers}
    kept["stamp"] = pen.number
    scope = again.scope(vietnamese.today())
    record.acts, record.day, record.state, record.kept = (
        _rows(again),
        again.day,
        Reorganisation.State.APPLIED,
        kept,
    )
    record.document = record.document or next((act.document for act in again.acts if act.document), "")
    record.committee_id = record.committee_id or scope
    record.save()
    pen.rows.clear()
    pen.committee = pen.committee or (Committee(id=scope) if scope else None)
    pen.note(acts=record.acts, record=record.pk)


def _overtaken(planned, now):
    """Whether the structure on which it was worked out may have been written since. now: the head. About six queries."""
    known = _Version(*planned.version)
    return not carries_on(known, now) or bool(journal.written_since(known.number, (*STRUCTURAL, LawfulPair)))


class _Version(NamedTuple):
    number: int
    hash: bytes


def prevents(record):
    """What stands in the way of undoing it, in words; [] where nothing does. A few queries a model."""
    kept = record.kept
    found = undoing.built_upon(record)
    for follower in followers:
        if follower.name in kept["followers"]:
            found += follower.prevents(record, kept["followers"][follower.name])
    return found


def undo(record, *, by):
    """Put everything back as it stood before the package, exactly. Refused with what prevents it. One pen."""
    with journal.pen(by, "reorganise-undo", about=f"committees.reorganisation:{record.pk}") as pen:
        take_back(pen, record)
    return record


def take_back(pen, record):
    """The same under a pen held already."""
    record.refresh_from_db()
    if record.state != Reorganisation.State.APPLIED:
        raise Refused([Fault(None, "Đợt sắp xếp này chưa thực hiện, hoặc đã được hoàn tác.")])
    if reasons := prevents(record):
        raise Refused([Fault(None, text) for text in reasons])
    kept = record.kept
    for follower in reversed(followers):
        if follower.name in kept["followers"]:
            follower.undo(record, kept["followers"][follower.name])
    undoing.put_back(pen, kept, record.committee_id)
    record.state, record.kept = Reorganisation.State.UNDONE, {}
    record.save()
    pen.rows.clear()
    pen.committee = Committee(id=record.committee_id) if record.committee_id else None
    pen.note(acts=record.acts, record=record.pk)


def _door(by):
    """The Access of who acts. Read before the pen: inside, the head does not yet tell of what is written."""
    if by is None:
        return None
    door = Access(by)
    _ = door.tree, door.mandates
    return door


def _read(rows, numbers=None):
    numbers = numbers or range(2, len(rows) + 2)
    return [Act(number, row) for number, row in zip(numbers, rows, strict=True)]


def _rows(planned):
    """The acts as JSON keeps them: days as people write them, words and codes as they were read."""
    return [
        {
            heading: vietnamese.day(value) if hasattr(value, "isoformat") else _plain(value)
            for heading, value in act.row.items()
        }
        | {"Việc": act.what, "Mã tổ chức": act.code}
        | ({"Mã kế thừa": act.heir} if act.heir else {})
        | ({"Mã cấp trên mới": act.above} if act.above else {})
        for act in planned.acts
    ]


def _plain(value):
    return value if isinstance(value, (int, float, str)) else str(value)


def _worked_out(acts, door):
    """The Planned of acts on what the database holds now. Four queries."""
    pairs = set(LawfulPair.objects.values_list("parent_kind", "child_kind"))
    return work_out(acts, Register.read(), pairs, door)


def _write(planned):
    """Write what the register differs by. ({code: id}, what an undo needs)."""
    changes = planned.register.changes()
    made = Committee.objects.bulk_create([Committee(code=code) for code in changes.founded])
    ids = planned.register.ids | {committee.code: committee.pk for committee in made}
    kept = {"committees": [committee.pk for committee in made], "changed": {}, "dropped": []}
    rows = Placement.objects.in_bulk([row.pk for _code, row, *_ in (*changes.dropped, *changes.changed)])
    for _code, row in changes.dropped:
        kept["dropped"].append(undoing.as_told(rows[row.pk]))
        rows[row.pk].delete()
    for _code, old, new in changes.changed:
        kept["changed"][str(old.pk)] = undoing.as_told(rows[old.pk])
        _save(rows[old.pk], new, ids)
    kept["placements"] = [_save(Placement(committee_id=ids[code]), row, ids).pk for code, row in changes.made]
    heirs = [
        Succession(
            old_id=ids[code], heir_id=ids[one.heir], day=one.day, share=one.share, principal=one.principal,
            document=one.document,
        )
        for code, one in changes.heirs
    ]  # fmt: skip
    for heir in heirs:
        heir.save()
    kept["successions"] = [heir.pk for heir in heirs]
    return ids, kept


def _save(placement, row, ids):
    placement.name, placement.kind, placement.organisation_type = row.name, row.kind, row.organisation_type
    placement.since, placement.until = row.since, row.until
    placement.parent_id = None if row.parent is None else ids[row.parent]
    placement.save()
    return placement

"""What the register knew at the end of a day: a snapshot as of then, worked out backwards from this one by what the
journal tells since. Every figure of it is asked as any other."""

import copy
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import numpy as np
from django.apps import apps
from django.db.models import Q

from committees import vietnamese
from committees.models import Entry

from ..columns import Snapshot
from ..facts import NEVER, Table
from ..models import Batch, Course, Plan, Quota
from . import former_structure
from .progress import Unanswerable
from .traces import MADE, Load, Told, trace

# So many entries are read at most: a question over a longer time is refused, with the day from which there are as many.
MOST = 20_000
ADMISSION, CERTIFICATE = "recruitment.admission", "recruitment.certificate"
_SMALL = ("recruitment.plan", "recruitment.reportedfigure", "committees.headcount")
_TABLES = {
    Plan.Counts.ADMISSIONS: ("admissions", ADMISSION),
    Plan.Counts.TRAINED: ("certificates", CERTIFICATE),
}
_BULK = ("load", "unload", former_structure.DEED, former_structure.UNDO)


class TooMuch(Unanswerable):
    """More was written since than is read at once; the message says so, in Vietnamese."""


def _day(value):
    return NEVER if value is None else vietnamese.parse_day(value).toordinal()


# Of the columns of a fact table, those that decide what counts: {name of the row's value: (column, how it is kept)}.
_COLUMNS = {
    ADMISSION: {
        "cell_id": ("cell", int),
        "decided_on": ("decided", _day),
        "ceremony_on": ("held", _day),
        "cancelled_on": ("cancelled", _day),
        "arrived_on": ("arrived", _day),
    },
    CERTIFICATE: {
        "cell_id": ("cell", int),
        "issued_on": ("issued", _day),
        "kind": ("awareness", Course.Kind.AWARENESS.__eq__),
        "arrived_on": ("arrived", _day),
    },
}


@dataclass(frozen=True)
class Past:
    """number: the last entry of that day; snapshot: as of it; trace: what was written since of the facts the plan
    counts; tellings: {number: Told} of the entries since that matter, loads: {id: Load} of their batches; new_plan: the
    plan was written since; restructured: the tree of the figure was; untold: how many rows nobody can tell the past of;
    erased: how many entries say nothing any more."""

    number: int
    snapshot: Snapshot
    trace: object
    tellings: dict
    loads: dict
    new_plan: bool
    restructured: bool
    untold: int
    erased: int

    def load(self, told):
        """The Load that an entry brought or undid; None where it did neither."""
        return self.loads.get((told.said or {}).get("batch"))


def entry_at_the_end_of(day):
    """The number of the last entry written by the end of a day in Vietnam; 0 where there was none. One query."""
    entries = Entry.objects.filter(chain=Entry.WRITES, at__lt=vietnamese.midnight(day + timedelta(days=1)))
    return entries.order_by("-number").values_list("number", flat=True).first() or 0


def past(snapshot, plan, *, tree_on, since=None, number=None):
    """The Past of a snapshot at the end of the day `since`, or right after the entry `number` of the journal, as far as a
    plan's figures by the tree of a day go.

    Four queries where nothing but rows was written since, up to seven more where structure was. Raises TooMuch."""
    number = entry_at_the_end_of(since) if number is None else number
    table, label = _TABLES[plan.counts]
    tellings = _tellings(number, snapshot.number, label)
    loads = _loads(tellings)
    facts = trace(label, tellings, loads, _alive(getattr(snapshot, table)["id"]))
    known = {told.number: told for told in tellings}
    untold = _unexplained(facts, number, snapshot.number, known)
    small, new_plan, lost = _small(snapshot, plan, number, tellings, loads)
    structure, restructured = former_structure.of(snapshot, number, tellings, loads, tree_on)
    tables = {**snapshot.tables, table: _table(getattr(snapshot, table), facts)}
    former = Snapshot(number, b"", structure, tables, small, snapshot.book)
    erased = sum(told.erased for told in tellings)
    untold += facts.lost + lost
    return Past(number, former, facts, known, loads, new_plan, restructured, untold, erased)


def _alive(ids):
    """A function of two ids: how many of these there are from one to the other, both included."""
    ids = np.sort(ids)
    return lambda first, last: int(np.searchsorted(ids, last, "right") - np.searchsorted(ids, first))


def _tellings(number, last, label):
    """[Told] of the entries after `number` that wrote what figures are made of, in order. One query."""
    wrote = Q(deed__in=_BULK) | Q(payload="")
    for model in (label, "recruitment.quota", *_SMALL):
        wrote |= Q(payload__contains=f'"model": "{model}"')
    entries = Entry.objects.filter(wrote, chain=Entry.WRITES, number__gt=number, number__lte=last)
    found = list(entries.select_related("actor").order_by("number")[: MOST + 1])
    if len(found) > MOST:
        day = vietnamese.day(found[-1].at)
        raise TooMuch(
            f"Từ sau ngày này đã có hơn {vietnamese.number(MOST)} bút ký liên quan, chỉ xem được đến {day}. Chọn ngày gần hơn."
        )
    return [_told(entry) for entry in found]


def _told(entry):
    return Told(
        entry.number, entry.at, entry.actor, entry.deed, entry.about, entry.committee_id, entry.payload
    )


def _loads(tellings):
    """{id: Load} of the batches that these entries load or undo. One query, none without any."""
    wanted = {
        told.said["batch"]
        for told in tellings
        if told.deed in {"load", "unload"} and "batch" in (told.said or {})
    }
    if not wanted:
        return {}
    rows = Batch.objects.filter(pk__in=wanted)
    return {row.pk: Load(row.pk, row.kind, row.name, row.made, row.changed, row.taken) for row in rows}


def _unexplained(facts, number, last, known):
    """Rows written since of which no entry tells how they were before: made in bulk by no load (then their Trace learns
    it), or changed by an entry that says nothing. Returns how many of the latter. One query, and one more for entries
    not yet known."""
    rows = apps.get_model(facts.label).objects.filter(stamp__gt=number, stamp__lte=last)
    stamps = rows.values_list("pk", "stamp")
    alone = [(pk, stamp) for pk, stamp in stamps if pk not in facts.writes and not facts.loaded_by(pk)]
    missing = {stamp for _pk, stamp in alone} - known.keys()
    if missing:
        entries = Entry.objects.filter(chain=Entry.WRITES, number__in=missing).select_related("actor")
        known.update({entry.number: _told(entry) for entry in entries})
    untold = 0
    for pk, stamp in alone:
        if known[stamp].erased or stamp in facts.updated:
            untold += 1
        else:
            facts.add(pk, known[stamp], MADE)
    return untold


def _table(now, facts):
    """A fact table as it stood: rows made since are out, changed ones as they were, gone ones back."""
    columns = _COLUMNS[facts.label]
    place = {pk: k for k, pk in enumerate(now["id"].tolist())}
    made = np.zeros(len(now["id"]), bool)
    for first, last, _told in facts.spans:
        made |= (now["id"] >= first) & (now["id"] <= last)
    then = {name: now[name].copy() for name in ("id", "groups", *(column for column, _ in columns.values()))}
    back = []
    for pk in facts.writes:
        k = place.get(pk)
        state = before(facts, pk, k is not None)
        if state is None:
            if k is not None:
                made[k] = True
        elif k is None and state:
            back.append((pk, state))
        elif k is not None:
            for name, value in state.items():
                then[name][k] = value
    kept = {name: column[~made] for name, column in then.items()}
    if not back:
        return Table(kept)
    added = {
        name: np.array([state[name] for _pk, state in back], kept[name].dtype)
        for name in kept
        if name not in {"id", "groups"}
    }
    added |= {"id": np.array([pk for pk, _state in back], np.int64), "groups": np.zeros(len(back), np.int64)}
    return Table({name: np.concatenate([column, added[name]]) for name, column in kept.items()})


def before(facts, pk, stands):
    """{column: value} of a row of a fact table as it stood, as far as it was another; None where it was made since, {}
    where it is gone and nobody kept what it said. stands: whether it is there now."""
    state = facts.before(pk, stands)
    if state is None:
        return None
    columns = _COLUMNS[facts.label]
    told = {columns[name][0]: columns[name][1](value) for name, value in state.items() if name in columns}
    if stands:
        return told
    # A row that is back whole; of the days it never had, none.
    whole = {column: NEVER for column, read in columns.values() if read is _day} | told
    return whole if "cell" in told else {}


def _small(snapshot, plan, number, tellings, loads):
    """(plans, targets, reports and members as they stood, whether the plan was written since, rows of which nobody kept
    what they said)."""
    now, lost = snapshot.small, 0

    def then(label, rows):
        nonlocal lost
        rows = list(rows)
        written = trace(label, tellings, loads, _alive([row.pk for row in rows]))
        lost += written.lost
        return _rows_then(rows, written, number)

    plans = {row.code: row for row in then("recruitment.plan", now.plans.values())}
    new_plan = plan.code not in plans
    # Compared with no plan before it, which may have been written since.
    plans[plan.code] = copy.copy(plans.get(plan.code, plan))
    plans[plan.code].previous = None
    reported, headcounts = {}, {}
    for row in then("recruitment.reportedfigure", [row for rows in now.reported.values() for row in rows]):
        reported.setdefault(row.committee_id, []).append(row)
    for row in then("committees.headcount", [row for rows in now.headcounts.values() for row in rows]):
        headcounts.setdefault(row.committee_id, []).append(row)
    for rows in reported.values():
        rows.sort(key=lambda row: row.pk)
    for rows in headcounts.values():
        rows.sort(key=lambda row: row.day)
    every = [row.pk for targets in now.quotas.values() for rows in targets.values() for row in rows]
    written = trace("recruitment.quota", tellings, loads, _alive(every))
    quotas = _quotas_then(now.quotas, number, written)
    return SimpleNamespace(
        **vars(now) | {
            "plans": plans, "reported": reported, "headcounts": headcounts, "quotas": {} if new_plan else quotas,
        }
    ), new_plan, lost + written.lost  # fmt: skip


def _rows_then(rows, written, number):
    """Rows of a small table as they stood; those made since are left out, those gone with a load are back."""
    rows, found = {row.pk: row for row in rows}, []
    model = apps.get_model(written.label)
    for pk, row in rows.items():
        if row.stamp <= number and pk not in written.writes:
            found.append(row)
        elif (written.history(pk) or row.stamp <= number) and (state := written.before(pk, True)) is not None:
            found.append(_with(copy.copy(row), state))
    for pk in written.writes.keys() - rows.keys():
        if state := written.before(pk, False):
            found.append(_with(model(pk=pk), state))
    return found


def _with(row, values):
    for name, value in values.items():
        if name != "stamp":
            setattr(row, name, row._meta.get_field(name.removesuffix("_id")).to_python(value))
    return row


def _quotas_then(now, number, written):
    """Targets as they stood. A row never changes: its stamp tells whether it was there."""
    found = {
        key: {
            pk: kept for pk, rows in targets.items() if (kept := [row for row in rows if row.stamp <= number])
        }
        for key, targets in now.items()
    }
    for pk in written.writes:
        state = written.before(pk, False)
        if state and "plan_id" in state:
            row = _with(Quota(pk=pk), state)
            history = found.setdefault((row.plan_id, row.group_id), {}).setdefault(row.committee_id, [])
            history.append(row)
            history.sort(key=lambda quota: (quota.effective_on, quota.pk))
    return found

"""What the journal tells of rows written since an entry, read backwards: how each stood then. Pure.

A deed's entry tells of each row it wrote the values before (`old`) and after (`new`). Loads write in bulk: their batch
says which ids they made, their entry what stood in the rows they changed, and once undone the batch keeps what counted
of the rows that went or were put back.
"""

import json
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

MADE, CHANGED, GONE = "made", "changed", "gone"


@dataclass(frozen=True)
class Told:
    """An entry of the journal as far as it matters here. `said` is what it tells; None where that was erased."""

    number: int
    at: datetime
    actor: object
    deed: str
    about: str
    committee_id: int | None
    payload: str

    @property
    def actor_id(self):
        return self.actor and self.actor.pk

    @property
    def erased(self):
        return not self.payload

    @cached_property
    def said(self):
        return json.loads(self.payload) if self.payload else None


@dataclass(frozen=True)
class Write:
    """One write of one row. old: the values before it, of a change those that changed."""

    told: Told
    kind: str
    old: dict


@dataclass(frozen=True)
class Load:
    """A batch that entries since tell of. since: whether it was loaded since; undone: since, too."""

    pk: int
    kind: str
    name: str
    made: dict
    changed: dict
    taken: dict


@dataclass
class Trace:
    """All that was written of one model since. writes: {id: [Write]} in order; spans: [(first id, last id, Told)] that
    loads made; lost: how many rows went, or were put back, of which nobody kept what they said."""

    label: str
    writes: dict = field(default_factory=dict)
    spans: list = field(default_factory=list)
    updated: set = field(default_factory=set)  # entries that wrote rows in bulk without saying which
    lost: int = 0

    def add(self, pk, told, kind, old=()):
        self.writes.setdefault(int(pk), []).append(Write(told, kind, dict(old)))

    @cached_property
    def _starts(self):
        self.spans.sort(key=lambda span: span[0])
        return [first for first, _last, _told in self.spans]

    def loaded_by(self, pk):
        """The entry of the load since that made the row of this id; None."""
        k = bisect_right(self._starts, pk) - 1
        return self.spans[k][2] if k >= 0 and pk <= self.spans[k][1] else None

    def history(self, pk):
        """[Write] of one row since, in order, its making by a load included."""
        told = self.loaded_by(pk)
        own = self.writes.get(pk, [])
        return [Write(told, MADE, {}), *own] if told is not None else own

    def before(self, pk, stands):
        """{name: value} of a row as it stood then: None where it was made since. stands: whether it is there now; then the
        values that were others, else all that was kept of it, {} for nothing."""
        state = {}
        for write in reversed(self.history(pk)):
            if write.kind == MADE:
                return None
            if write.kind == GONE:
                state, stands = dict(write.old), True
            elif stands:
                state |= write.old
        return state


def trace(label, tellings, loads, alive):
    """The Trace of a model. tellings: [Told] of the entries since, in order; loads: {batch id: Load} of those they load
    or undo; alive(first, last): how many rows of these ids there are now."""
    found, since = Trace(label), set()
    for told in tellings:
        said = told.said or {}
        if told.deed == "load" and said.get("batch") in loads:
            since.add(said["batch"])
            load = loads[said["batch"]]
            found.spans += [(first, last, told) for first, last in load.made.get(label, ())]
            for pk, old in (said.get("old") or {}).get(label, {}).items():
                found.add(pk, told, CHANGED, old)
        elif told.deed == "unload" and said.get("batch") in loads:
            # What a load since made or changed is undone with it: then neither matters. One that took nothing is no deed.
            if said["batch"] not in since and (said.get("removed") or said.get("restored")):
                _unload(found, told, loads[said["batch"]], alive)
        else:
            _rows(found, told, said)
    return found


def _rows(found, told, said):
    for row in said.get("rows", ()):
        if row["model"] != found.label:
            continue
        if "id" not in row:
            if "updated" in row:
                found.updated.add(told.number)
        elif "deleted" in row:
            found.add(row["id"], told, GONE, row.get("old", {}))
        elif "old" in row:
            found.add(row["id"], told, CHANGED, row["old"])
        else:
            found.add(row["id"], told, MADE)


def _unload(found, told, load, alive):
    if found.label in load.taken:
        for pk, values in load.taken[found.label].items():
            found.add(pk, told, GONE, values)
    elif not load.taken:
        made = load.made.get(found.label, ())
        found.lost += sum(last - first + 1 - alive(first, last) for first, last in made)
        found.lost += len(load.changed.get(found.label, ()))

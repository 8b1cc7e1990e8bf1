"""Who stands under whom, as rows in memory: what a reorganisation is worked out on before anything is written.

Read from the database, changed act by act, then asked for the Structure it comes to (a dry run) or for the rows that
differ from what was read (the writing).
"""

from bisect import insort
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from . import vietnamese
from .models import Committee, Placement, Succession
from .shares import SUCCESSION
from .tree import Structure

_BEGAN = attrgetter("since")


class Row(NamedTuple):
    """A placement by codes; `until` is exclusive. pk: None for one that is not in the database; search: the name without
    accents as the database has it, None where that is not known."""

    pk: int | None
    since: date
    until: date | None
    name: str
    kind: str
    parent: str | None
    organisation_type: str = ""
    search: str | None = None

    @property
    def said(self):
        """What it says of the committee, its days aside."""
        return self.name, self.kind, self.parent, self.organisation_type

    def covers(self, day):
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Heir:
    """Committee `heir` answers for another from `day` on, for a share of it (a part of 1)."""

    heir: str
    day: date
    share: Decimal
    principal: bool
    document: str = ""


@dataclass(frozen=True)
class Changes:
    """What of a register differs from what was read, by codes: committees to make; placements to take away, to change
    (with what they become) and to make; heirs to make."""

    founded: list
    dropped: list
    changed: list
    made: list
    heirs: list


@dataclass
class Register:
    """ids: {code: id}; rows: {code: [Row]} in order of day; heirs: {code: [Heir]}. Fresh committees have an id beyond
    all others, which the database does not know."""

    ids: dict
    rows: dict
    heirs: dict
    fresh: list = field(default_factory=list)
    _was: dict = field(default_factory=dict)
    _read_heirs: dict = field(default_factory=dict)

    @classmethod
    def read(cls):
        """What the database holds. Three queries."""
        placements = Placement.objects.order_by("since").values_list(
            "pk", "committee_id", "since", "until", "name", "kind", "parent_id", "organisation_type", "search"
        )
        successions = Succession.objects.order_by("day", "-principal", "pk").values_list(*SUCCESSION)
        return cls.of(Committee.objects.values_list("code", "pk"), placements, successions)

    @classmethod
    def of(cls, committees, placements, successions):
        """Of rows as `read` asks for them, in its order; a placement's last may be left out."""
        ids = dict(committees)
        codes = {pk: code for code, pk in ids.items()}
        rows, heirs = {code: [] for code in ids}, {}
        for pk, committee, since, until, name, kind, parent, *others in placements:
            above = codes[parent] if parent is not None else None
            rows[codes[committee]].append(Row(pk, since, until, name, kind, above, *others))
        for old, heir, *about in successions:
            heirs.setdefault(codes[old], []).append(Heir(codes[heir], *about))
        was = {code: tuple(found) for code, found in rows.items()}
        return cls(ids, rows, heirs, [], was, {code: len(found) for code, found in heirs.items()})

    def copy(self):
        """One that may be changed while this stays; what was read is the same for both."""
        rows, heirs = ({code: list(told) for code, told in each.items()} for each in (self.rows, self.heirs))
        return replace(self, ids=dict(self.ids), rows=rows, heirs=heirs, fresh=list(self.fresh))

    def found(self, code):
        """Make room for a committee that is not there yet."""
        self.ids[code] = max(self.ids.values(), default=0) + 1
        self.rows[code] = []
        self.fresh.append(code)

    def on(self, code, day):
        """The Row in force that day, or None."""
        return next((row for row in self.rows.get(code, ()) if row.covers(day)), None)

    def standing(self, day):
        """{code: Row} of all that stand that day."""
        found = {}
        for code, rows in self.rows.items():
            for row in rows:
                if row.since <= day and (row.until is None or day < row.until):
                    found[code] = row
                    break
        return found

    def put(self, code, row):
        """Add a placement."""
        insort(self.rows[code], row, key=_BEGAN)

    def replace(self, code, old, new):
        """Put a placement in another's stead; new None: nothing."""
        rows = self.rows[code]
        rows.remove(old)
        if new is not None:
            self.put(code, new)

    def structure(self):
        """The tree.Structure that these rows come to."""
        placements = [
            (
                self.ids[code], row.since, row.until, None if row.parent is None else self.ids[row.parent], row.kind,
                row.name, row.organisation_type, vietnamese.fold(row.name) if row.search is None else row.search,
            )
            for code, rows in self.rows.items()
            for row in rows
        ]  # fmt: skip
        successions = [
            (self.ids[code], self.ids[one.heir], one.day, one.share, one.principal, one.document)
            for code, found in self.heirs.items()
            for one in found
        ]
        return Structure([(pk, code) for code, pk in self.ids.items()], placements, successions)

    def changes(self):
        """The Changes since it was read."""
        dropped, changed, made, heirs = [], [], [], []
        for code, rows in self.rows.items():
            if tuple(rows) == self._was.get(code, ()):
                continue  # nearly all: the rows themselves, not looked into
            was = {row.pk: row for row in self._was.get(code, ())}
            now = {row.pk for row in rows}
            dropped += [(code, row) for row in was.values() if row.pk not in now]
            for row in rows:
                if row.pk is None:
                    made.append((code, row))
                elif row != was[row.pk]:
                    changed.append((code, was[row.pk], row))
        for code, found in self.heirs.items():
            heirs += [(code, one) for one in found[self._read_heirs.get(code, 0) :]]
        return Changes(list(self.fresh), dropped, changed, made, heirs)

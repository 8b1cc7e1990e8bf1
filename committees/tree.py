"""The tree as it stood on a day, and the roll-up of any figures along it. Knows no recruitment.

A `Structure` is everything that was ever said about who stands under whom; `Structure.at(day)` is one `Tree`:
preorder positions for every committee that ever lived, an ended one standing where its heir stands. A total is then
one `bincount` and one cumulative sum for all nodes at once (performance.md §8.4).
"""

import threading
from bisect import bisect_right
from collections import OrderedDict
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from . import journal
from .lawful import uncircle
from .models import Committee, Placement, Succession
from .models.penned import held
from .shares import SUCCESSION, Bearers, Shares

FOREVER = date.max.toordinal()
# Trees kept per structure; a dashboard needs two or three, a comparison over ten years about ten.
TREES_KEPT = 32


class Place(NamedTuple):
    """One placement with day numbers; `until` is exclusive. Committees are indexes in order of code."""

    committee: int
    since: int
    until: int
    parent: int  # -1 at the top
    kind: str
    name: str
    organisation_type: str
    search: str


class Structure:
    """All committees, placements and heirs at one version of the database. Immutable; shared between threads."""

    def __init__(self, committees, placements, successions):
        """committees: (id, code); placements: (committee id, since, until, parent id, kind, name, type, search);
        successions: (old id, heir id, day) of principal heirs, or of all with (…, share, principal, document)."""
        ordered = sorted(committees, key=lambda row: row[1])
        self.ids = [pk for pk, _ in ordered]
        self.codes = [code for _, code in ordered]
        self.index = {pk: i for i, pk in enumerate(self.ids)}
        self.by_code = {code: i for i, code in enumerate(self.codes)}
        self.places = [[] for _ in ordered]
        index, changes = self.index, set()
        for pk, since, until, parent, kind, name, organisation_type, search in placements:
            first, end = since.toordinal(), until.toordinal() if until else FOREVER
            above = index[parent] if parent is not None else -1
            self.places[index[pk]].append(
                Place(index[pk], first, end, above, kind, name, organisation_type, search)
            )
            changes.update((first, end))
        for rows in self.places:
            rows.sort(key=lambda place: place.since)
        self.shares = Shares(index, self.codes, successions)
        self.heirs = self.shares.heirs
        changes.update(self.shares.days)
        # The index of a committee by its id, -1 for no committee: for arrays of ids.
        self.indexes = np.full(max(self.ids, default=0) + 1, -1, np.int32)
        self.indexes[self.ids] = np.arange(len(self.ids), dtype=np.int32)
        self.changes = sorted(changes)  # day numbers from each of which on the tree is another
        self._trees = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self):
        return len(self.ids)

    def at(self, day):
        """The Tree on `day`. Days between two structural changes share one tree."""
        last = bisect_right(self.changes, day.toordinal())
        with self._lock:
            if last in self._trees:
                self._trees.move_to_end(last)
                return self._trees[last]
        tree = Tree(self, day.toordinal())
        with self._lock:
            self._trees[last] = tree
            if len(self._trees) > TREES_KEPT:
                self._trees.popitem(last=False)
        return tree

    def place_on(self, i, day):
        """The placement of committee i on a day number, or None when it did not stand."""
        for place in self.places[i]:
            if place.since <= day < place.until:
                return place
        return None

    def last_place(self, i, day=FOREVER):
        """The newest placement that had begun by the day number, or None if it had not been founded."""
        return next((place for place in reversed(self.places[i]) if place.since <= day), None)

    def name_on(self, i, day):
        """What committee i was called on a day: its last name where it no longer stood, its first where it did not
        stand yet, its code where it has none."""
        place = self.last_place(i, day.toordinal()) or next(iter(self.places[i]), None)
        return place.name if place else self.codes[i]

    def first_day(self, i):
        """The day it was founded; None for a committee without placement."""
        return date.fromordinal(self.places[i][0].since) if self.places[i] else None

    def last_day(self, i, day=FOREVER):
        """The last day on which it had stood (inclusive) by the day number; None while it stands, or before it did."""
        place = self.last_place(i, day)
        return date.fromordinal(place.until - 1) if place and day >= place.until != FOREVER else None

    def heir(self, i, day):
        """The committee (index) that answers for i on a day number: itself while it stands, else its heir, followed
        to the one that stands; the committee above where no act names one. -1 when nobody does."""
        seen = set()
        while i >= 0 and i not in seen:
            seen.add(i)
            if self.place_on(i, day) is not None:
                return i
            last = self.last_place(i, day)
            if last is None:
                return -1
            named = [heir for since, heir in self.heirs.get(i, ()) if last.until <= since <= day]
            i = named[-1] if named else last.parent
        return -1

    def passes_to(self, i, day):
        """[Share] of those to whom committee i passed on, of one that no longer stands on a day number (`Shares`)."""
        last = self.last_place(i, day)
        return self.shares.passed(i, last, day) if last is not None and day >= last.until else []


class Tree:
    """The committees standing on one day, in preorder with children in order of code.

    `order[p]` is the committee index at position p; `position[i]` the position that stands for committee i (-1:
    nobody does); `end[p]` one past the last position of p's subtree; `up[p]` the parent's position (-1 at the top).
    """

    def __init__(self, structure, day):
        self.structure, self.day = structure, day
        place = [structure.place_on(i, day) for i in range(len(structure))]
        parent = {row.committee: self._above(structure, row, place, day) for row in place if row is not None}
        uncircle(parent)
        below = {}
        for i in range(len(structure)):  # index order is order of code
            if i in parent:
                below.setdefault(parent[i], []).append(i)
        self.place = []
        order, up, depth, end = [], [], [], np.zeros(len(parent), np.int32)
        position = np.full(len(structure), -1, np.int32)
        stack = [(i, -1) for i in reversed(below.get(-1, ()))]
        while stack:
            i, above = stack.pop()
            if i < 0:
                end[above] = len(order)
                continue
            here = len(order)
            position[i] = here
            order.append(i)
            up.append(above)
            depth.append(depth[above] + 1 if above >= 0 else 0)
            self.place.append(place[i])
            stack.append((-1, here))
            stack.extend((child, here) for child in reversed(below.get(i, ())))
        for i in range(len(structure)):
            if position[i] < 0:
                heir = structure.heir(i, day)
                if heir >= 0:
                    position[i] = position[heir]
        self.order = np.array(order, np.int32)
        self.up, self.depth = np.array(up, np.int32), np.array(depth, np.int32)
        self.end, self.position = end, position

    @staticmethod
    def _above(structure, row, place, day):
        """A parent that no longer stands is answered for by its heir; never by the committee itself. Superiors that
        ended in a ring lead to the top."""
        above, seen = row.parent, set()
        while above >= 0 and place[above] is None:
            if above in seen:
                return -1
            seen.add(above)
            heir = structure.heir(above, day)
            if heir >= 0 and heir != row.committee:
                return heir
            last = structure.last_place(above)
            above = last.parent if last is not None else -1
        return above

    def __len__(self):
        return len(self.order)

    def of(self, committee_id):
        """The position that stands for a committee id on this day; -1 when none does."""
        i = self.structure.index.get(committee_id)
        return -1 if i is None else int(self.position[i])

    def stands(self, i):
        """Whether committee i itself stood (not an heir in its place)."""
        p = self.position[i]
        return p >= 0 and self.order[p] == i

    @cached_property
    def bearers(self):
        """Who bears a share of whom (`shares.Bearers`); facts go with the principal heir alone (`position`)."""
        return Bearers(self)

    def children(self, p):
        """Positions of the direct children of p, in order of code."""
        return self._side_by_side(p + 1, self.end[p])

    def ancestors(self, p):
        """Positions above p, the top first, without p."""
        found = []
        while (p := int(self.up[p])) >= 0:
            found.append(p)
        return found[::-1]

    def roots(self):
        """Positions at the top of the tree."""
        return self._side_by_side(0, len(self.order))

    def _side_by_side(self, here, end):
        found = []
        while here < end:
            found.append(here)
            here = int(self.end[here])
        return found

    def roll(self, values):
        """Sum over each subtree: values and result are arrays by position. One cumulative sum for all nodes."""
        total = np.concatenate([np.zeros(1, values.dtype), np.cumsum(values)])
        return total[self.end] - total[:-1]

    def count(self, committees):
        """How many of the given committee indexes (an array, repeats counted) stand at each position."""
        where = self.position[committees]
        return np.bincount(where[where >= 0], minlength=len(self.order))

    def code(self, p):
        return self.structure.codes[self.order[p]]

    def id(self, p):
        return self.structure.ids[self.order[p]]

    def name(self, p):
        return self.place[p].name

    def kind(self, p):
        return self.place[p].kind


def read_structure():
    """The whole structure from the database. Three queries.

    A committee founded between the first and the second is left out with what is said of it: the caller looks at the
    head again and sees that it moved.
    """
    committees = list(Committee.objects.values_list("id", "code"))
    known = {pk for pk, _ in committees} | {None}
    placements = Placement.objects.values_list(
        "committee_id", "since", "until", "parent_id", "kind", "name", "organisation_type", "search"
    )
    successions = Succession.objects.values_list(*SUCCESSION)
    return Structure(
        committees,
        [row for row in placements if row[0] in known and row[3] in known],
        [row for row in successions if row[0] in known and row[1] in known],
    )


class _Known(NamedTuple):
    number: int
    hash: bytes
    structure: Structure


_known = None
_reading = threading.Lock()

# A row of one of these written later than a structure was read: it must be read anew. Deletions move the head's
# `whole_from` instead.
STRUCTURAL = (Placement, Succession, Committee)


def structure():
    """The structure equal to the database now. One query while nothing was written; five when only other rows were;
    the rows themselves (about 30 ms at 16,000 committees) after a change of structure.

    Inside an open pen it is read for the caller alone: what is not yet committed must not be remembered.
    """
    global _known
    if held.get() is not None:
        return read_structure()
    version = journal.head()
    known = _known
    if known is not None and (known.number, known.hash) == version[:2]:
        return known.structure
    with _reading:
        known, version = _known, journal.head()
        for _ in range(20):
            if known is not None and (known.number, known.hash) == version[:2]:
                return known.structure
            kept = carries_on(known, version) and not journal.written_since(known.number, STRUCTURAL)
            fresh = known.structure if kept else read_structure()
            known, version = _Known(*version[:2], fresh), journal.head()
            if (known.number, known.hash) == version[:2]:
                _known = known
                return fresh
    raise journal.Busy


def carries_on(known, version):
    """Whether what was read at `known` can be brought up to `version` by reading only later rows: its entry is still
    in the chain and nothing was deleted since. One query."""
    number, _digest, whole_from = version
    if known is None or not whole_from <= known.number < number:
        return False
    return journal.holds(known.number, known.hash)

"""Settlements everywhere at once, as arrays: which there are on a day, of which committee, and which cell answers for
each. Read from the snapshot; no query.

What was written of a day stays. A cell that ended is answered for by its heir: where that is a cell, the settlement is
still covered, and shares it with whoever else is; where it is none, nobody answers for the settlement any more.
"""

from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from committees.models import Coverage, Kind
from committees.tree import FOREVER
from committees.vietnamese import fold

OWN, SHARED, NONE = (state.value for state in Coverage.State)
STATES = (OWN, SHARED, NONE)
NOBODY = -1

_known = WeakKeyDictionary()


class Land:
    """Every settlement in order of code, and every row of coverage: the settlement's place in that order, the committee
    and cell by index (NOBODY: none), the state's place in STATES, since and until as day numbers (half-open)."""

    def __init__(self, snapshot):
        index, rows = snapshot.structure.index, snapshot.land.coverage
        self.settlements = snapshot.land.settlements
        number = {row[0]: k for k, row in enumerate(self.settlements)}
        self.notes = [row[7] for row in rows]
        self.ids = np.array([row[0] for row in self.settlements], np.int64)
        self.row_ids = np.array([row[0] for row in rows], np.int64)
        self.settlement = np.array([number[row[1]] for row in rows], np.int64)
        self.committee = np.array([index[row[2]] for row in rows], np.int32)
        self.state = np.array([STATES.index(row[3]) for row in rows], np.int8)
        self.cell = np.array([NOBODY if row[4] is None else index[row[4]] for row in rows], np.int32)
        self.since = np.array([row[5].toordinal() for row in rows], np.int64)
        self.until = np.array([row[6].toordinal() if row[6] else FOREVER for row in rows], np.int64)

    @cached_property
    def search(self):
        """What each settlement is found by: its name and code without accents."""
        return [f"{row[3]} {fold(row[1])}" for row in self.settlements]

    def running(self, on):
        """For each settlement the row of coverage in force on a day; NOBODY where it did not stand."""
        told = np.flatnonzero((self.since <= on.toordinal()) & (self.until > on.toordinal()))
        found = np.full(len(self.settlements), NOBODY, np.int64)
        found[self.settlement[told]] = told
        return found


@dataclass(frozen=True)
class Answered:
    """Every settlement as it stood on a day. `row`: its coverage, NOBODY: it did not stand; `place`: its committee's
    index (any one where it did not stand); `state`: as that day's tree has it; `cell`: who answers, NOBODY: nobody;
    `lapsed`: the cell written down had ended without a cell as heir."""

    row: np.ndarray
    place: np.ndarray
    state: np.ndarray
    cell: np.ndarray
    lapsed: np.ndarray

    @property
    def standing(self):
        return self.row >= 0


def land(snapshot):
    """The Land of a snapshot, kept with it."""
    if snapshot not in _known:
        _known[snapshot] = Land(snapshot)
    return _known[snapshot]


def answered(snapshot, on):
    """Answered on a day, by the tree of that day."""
    told, tree = land(snapshot), snapshot.tree(on)
    row = told.running(on)
    standing = row >= 0
    at = np.where(standing, row, 0)
    if not len(told.row_ids):
        nothing = np.full(len(row), NOBODY, np.int64)
        return Answered(row, np.zeros(len(row), np.int32), nothing, nothing, np.zeros(len(row), bool))
    place, state, cell = told.committee[at], told.state[at].copy(), told.cell[at].copy()
    named = np.flatnonzero(standing & (cell >= 0))
    where = tree.position[cell[named]]
    is_cell = np.array([kind in Kind.cells() for kind in map(tree.kind, range(len(tree)))] + [False])
    answers = is_cell[where]  # nobody's position is -1, the last
    heir = np.where(answers, tree.order[where] if len(tree) else NOBODY, NOBODY)
    moved = named[answers & (heir != cell[named])]
    cell[named] = heir
    lapsed = np.zeros(len(row), bool)
    lapsed[named[~answers]] = True
    state[lapsed] = STATES.index(NONE)
    # By an heir: its own where it is the only one, shared where others meet in the same cell.
    there = np.bincount(cell[standing & (cell >= 0)], minlength=len(snapshot.structure))
    crowded = moved[there[cell[moved]] > 1]
    state[crowded] = STATES.index(SHARED)
    return Answered(row, place, state, cell, lapsed)

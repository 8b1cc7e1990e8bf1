"""Where the person of an admission belongs on a day. The admission itself is counted where it was decided (invariant 1).
No query."""

import numpy as np

from ..facts import NEVER


def followed_at(snapshot, on):
    """(rows of the admissions that a candidacy led to, the row of the candidacy by which each person was followed on a
    day number): whoever moved later was still followed by the cell of departure."""
    rows, followed = snapshot.admissions, snapshot.candidacies
    linked = np.flatnonzero(rows["candidacy"] > 0)
    where = snapshot.rows_of("admissions")[linked]
    while len(later := np.flatnonzero((followed["origin"][where] > 0) & (followed["entered"][where] > on))):
        where[later] = snapshot.rows_with(followed["origin"][where[later]])
    return linked, where


def stands_at(snapshot, on):
    """(committee index of the cell to which each admission's person belonged on a day number, the day of moving there or
    NEVER). An admission is counted where it was decided; whoever moved since is considered by the cell of arrival."""
    rows, followed = snapshot.admissions, snapshot.candidacies
    places, moved = snapshot.places(rows).copy(), np.full(len(rows["id"]), NEVER, np.int32)
    linked, where = followed_at(snapshot, on)
    came = followed["origin"][where] > 0
    moved[linked[came]] = followed["entered"][where[came]]
    # A split is no move of theirs: the dossier went to an heir of its cell, as the act said.
    came |= np.isin(followed["id"][where], snapshot.tables["former_cells"]["candidacy"])
    places[linked[came]] = snapshot.followers_on(on)[where[came]]
    return places, moved

"""When anybody was last admitted, and how many are on the road, everywhere at once: one pass over the arrays, and one up
the tree."""

import numpy as np

from ..facts import STAGES
from ..models import Stage
from .counting import counts

NEVER_YET = -1


def last_admitted(snapshot, tree, on):
    """The day number of the last admission decided by the day `on`, in force then, at or below each position of a tree;
    NEVER_YET where none is on record. No query."""
    rows = snapshot.admissions
    where = tree.position[snapshot.places(rows)]
    told = np.flatnonzero(counts(rows, on) & (rows["decided"] <= on.toordinal()) & (where >= 0))
    last = np.full(len(tree), NEVER_YET, np.int64)
    np.maximum.at(last, where[told], rows["decided"][told])
    return up(tree, last)


def open_candidacies(snapshot, tree, on):
    """How many candidacies stand at an open stage at the end of the day `on`, at and below each position. No query."""
    stages = snapshot.stages_on(on.toordinal())
    chosen = np.flatnonzero(np.isin(stages, [STAGES[stage] for stage in Stage.open()]))
    return tree.roll(tree.count(snapshot.followers_on(on.toordinal())[chosen]))


def up(tree, last):
    """The greatest of each subtree: values by position, raised level by level."""
    for depth in range(int(tree.depth.max(initial=0)), 0, -1):
        here = np.flatnonzero(tree.depth == depth)
        np.maximum.at(last, tree.up[here], last[here])
    return last

"""What may be shown to who sees figures only: no count of fewer than five persons, nor one that tells of it."""

from dataclasses import replace
from functools import cached_property

import numpy as np

from committees import vietnamese

from .breakdown import PARTITIONS, partition_counts
from .groups import concerning
from .question import Selection

FEWEST = 5
HIDDEN = "không hiện"
# Fields of a group's predicate that are lines of a partition, and the partition they belong to.
_SAME = {
    "age": "age",
    "education_row": "education",
    "qualification_row": "qualification",
    "occupation_row": "occupation",
}


def hidden(counts, wholes=None):
    """Which counts of a partition (a list) must be merged: those of 1–4 persons, and as many of the next smallest as
    are needed for the merged sum to tell nothing: two lines and five persons at least. wholes: of how many persons each
    is a part; where all but 1–4 are in it, it tells of those."""
    chosen = {k for k, n in enumerate(counts) if 0 < n < FEWEST}
    chosen |= {k for k, whole in enumerate(wholes or ()) if 0 < whole - counts[k] < FEWEST}
    if not chosen:
        return chosen
    others = sorted(
        (k for k in range(len(counts)) if k not in chosen), key=lambda k: (counts[k] == 0, counts[k])
    )
    while others and (len(chosen) < 2 or sum(counts[k] for k in chosen) < FEWEST):
        chosen.add(others.pop(0))
    return chosen


def merged(counts):
    """({line: people} that may be shown, [lines merged]) of one partition."""
    lines = list(counts)
    away = {lines[k] for k in hidden(list(counts.values()))}
    return {line: n for line, n in counts.items() if line not in away}, [
        line for line in lines if line in away
    ]


def group_is_told(group, partitions_merged):
    """Whether a group's count would undo the merging of a partition it is made of (farmers are one occupation)."""
    return any(_SAME.get(condition["field"]) in partitions_merged for condition in group.predicate)


def instead(group, n, total, partitions_merged):
    """What stands for a group's count of n among `total` persons where the count itself may not; "" where it may."""
    if 0 < n < FEWEST or 0 < total < FEWEST:
        return f"dưới {FEWEST}"
    if 0 < total - n < FEWEST:
        return f"trên {vietnamese.number(total - FEWEST)}"
    return HIDDEN if group_is_told(group, partitions_merged) else ""


class Groups:
    """What may be told of the groups of some rows of a fact table (indexes `chosen`) at the committee of a code."""

    def __init__(self, snapshot, rows, chosen, code):
        self.snapshot, self.rows, self.chosen, self.code = snapshot, rows, chosen, code

    @cached_property
    def merged(self):
        """Partitions of which lines are merged. Of certificates no partition is ever shown."""
        if "education" not in self.rows:
            return set()
        counted = ((name, partition_counts(self.rows, self.chosen, name).values()) for name in PARTITIONS)
        return {name for name, counts in counted if hidden(list(counts))}

    def instead(self, group, n):
        """As the function of that name, for a count of n of a group here; also where a department's own group differs
        from one that may be asked for beside it by so few that the two together tell of them."""
        return instead(group, n, len(self.chosen), self.merged) or (
            HIDDEN if self._singles_out(group) else ""
        )

    def _singles_out(self, group):
        mine = self._within(group)
        for other in concerning(self.snapshot, self.code):
            if other.pk == group.pk or (group.committee_id is None and other.committee_id is None):
                continue
            theirs = self._within(other)
            apart = np.count_nonzero(mine & ~theirs), np.count_nonzero(theirs & ~mine)
            if 0 in apart and 0 < max(apart) < FEWEST:
                return True
        return False

    def _within(self, group):
        return (self.rows["groups"][self.chosen] & self.snapshot.bit(group.code)) != 0


def in_a_sentence(snapshot, question, n):
    """What a sentence says in the place of n, the count of the group a Question names, where that may not be told; ""
    where it may. No query."""
    everyone = Selection(snapshot, replace(question, group=None))
    said = Groups(snapshot, everyone.rows, everyone.chosen, question.code).instead(question.group, n)
    return "một số" if said == HIDDEN else said

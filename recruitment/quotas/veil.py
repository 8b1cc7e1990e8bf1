"""What may be shown to who sees figures only: no count of fewer than five persons, nor one that tells of it."""

from dataclasses import replace
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from committees import vietnamese

from .breakdown import PARTITIONS, places
from .groups import concerning
from .question import Selection

FEWEST = 5
HIDDEN = "không hiện"
# The fields of a group's predicate that ask of a partition's own lines, and which partition that is.
_LINES = {
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


def instead(n, total):
    """What stands for a count of n among `total` persons where the count itself tells of fewer than five; "" where it
    does not."""
    if 0 < n < FEWEST or 0 < total < FEWEST:
        return f"dưới {FEWEST}"
    return f"trên {vietnamese.number(total - FEWEST)}" if 0 < total - n < FEWEST else ""


class Groups:
    """What may be told of the groups of a selection's rows, beside the partitions of the same rows and beside each
    other."""

    def __init__(self, selection):
        self.snapshot, self.rows, self.chosen = selection.snapshot, selection.rows, selection.chosen
        self.concerned = concerning(self.snapshot, selection.question.code)

    def instead(self, group, n):
        """What stands for a count of n of a group here; "" where it may be told."""
        said = instead(n, len(self.chosen))
        return said or (HIDDEN if self._tells_of_lines(group) or self._singles_out(group) else "")

    @cached_property
    def _partitions(self):
        """{name: (each row's line, people of each line, which lines are merged)}. Of certificates none is ever shown."""
        found = {}
        for name in PARTITIONS if "education" in self.rows else ():
            at = places(self.rows, name, self.chosen)
            counts = np.bincount(at, minlength=len(PARTITIONS[name]))
            away = np.zeros(len(counts), bool)
            away[list(hidden(counts.tolist()))] = True
            found[name] = at, counts, away & (counts > 0)
        return found

    def _tells_of_lines(self, group):
        """Whether the group is some lines of a partition together, and so tells of a part of those merged: by what it
        means (farmers are one occupation); where a department chose what it means, by whom it happens to mean, and also
        whether it differs from lines by so few that it tells of them."""
        fields = [condition["field"] for condition in group.predicate]
        asked = {_LINES.get(fields[0])} if len(fields) == 1 else set()
        for name in asked - {None} if group.committee_id is None else self._partitions:
            if name in self._partitions and self._tells_of(name, group):
                return True
        return False

    def _tells_of(self, partition, group):
        at, counts, away = self._partitions[partition]
        theirs = np.bincount(at[self._within(group)], minlength=len(counts))
        whole = (theirs == counts) & (counts > 0)
        loose, missing = int(theirs[~whole].sum()), int((counts - theirs)[theirs > 0].sum())
        told = whole & away
        if not loose and told.any() and not np.array_equal(told, away):
            return True
        return group.committee_id is not None and (0 < loose < FEWEST or 0 < missing < FEWEST)

    def _singles_out(self, group):
        """Whether one of the two is a department's own, and the group differs from another that may be asked for beside
        it by so few that the two together tell of them."""
        others = [
            other
            for other in self.concerned
            if other.pk != group.pk and not (group.committee_id is None and other.committee_id is None)
        ]
        if not others:
            return False
        mine = self._within(group)
        theirs = np.array([self._within(other) for other in others])
        beyond, left = (mine & ~theirs).sum(axis=1), (theirs & ~mine).sum(axis=1)
        most = np.maximum(beyond, left)
        return bool(np.any((np.minimum(beyond, left) == 0) & (most > 0) & (most < FEWEST)))

    @cached_property
    def _masks(self):
        return {}

    def _within(self, group):
        if group.code not in self._masks:
            bits = self.rows["groups"][self.chosen]
            self._masks[group.code] = (bits & self.snapshot.bit(group.code)) != 0
        return self._masks[group.code]


_known = WeakKeyDictionary()


def of(selection):
    """The Groups of a Selection, kept with it while the same rows are chosen."""
    found = _known.get(selection)
    if found is None or found.chosen is not selection.chosen:
        found = _known[selection] = Groups(selection)
    return found


def in_a_sentence(snapshot, question, n):
    """What a sentence says in the place of n, the count of the group a Question names, where that may not be told; ""
    where it may. No query."""
    everyone = Selection(snapshot, replace(question, group=None))
    said = Groups(everyone).instead(question.group, n)
    return "một số" if said == HIDDEN else said

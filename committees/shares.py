"""Who answers for a committee that ended, and for what share of it: what an act of splitting says beside the one
principal heir whom facts follow. Knows no database."""

from fractions import Fraction
from typing import NamedTuple

import numpy as np

# What is told of an heir, in the order in which a Structure takes it.
SUCCESSION = ("old_id", "heir_id", "day", "share", "principal", "document")


class Share(NamedTuple):
    """What of a committee that ended goes to one heir (an index), from a day (a day number) on, by which document."""

    heir: int
    share: Fraction
    day: int
    document: str


class Shares:
    """Every heir that was ever named. heirs: {committee: [(day number, principal heir)]} in order of day; split: those
    shared out among several, without whom nobody's road need be followed; days: on which any heir was named."""

    def __init__(self, index, codes, successions):
        """index: {id: index}; codes by index; successions as `Structure` takes them."""
        self.heirs, self._named = {}, {}
        for row in sorted(successions, key=lambda row: row[2]):
            old, heir, day, share, principal, document = row if len(row) > 3 else (*row, 1, True, "")
            i, since = index[old], day.toordinal()
            if principal:
                self.heirs.setdefault(i, []).append((since, index[heir]))
            named = Share(index[heir], Fraction(share), since, document)
            self._named.setdefault((i, since), []).append((principal, named))
        for rows in self._named.values():
            rows.sort(key=lambda row: (not row[0], codes[row[1].heir]))
        self.split = {i for (i, _day), rows in self._named.items() if len(whole(rows)) > 1}
        self.days = {day for _i, day in self._named}

    def __eq__(self, other):
        return self._named == other._named

    __hash__ = None

    def passed(self, i, last, day):
        """[Share] of an ended committee whose last Place is known, on a day number: together the whole, the principal
        heir first. One alone where no act names shares; the committee above where none names an heir, nobody where there
        is none above."""
        named = [since for since, _heir in self.heirs.get(i, ()) if last.until <= since <= day]
        if named:
            return whole(self._named[i, named[-1]])
        return [Share(last.parent, Fraction(1), last.until, "")] if last.parent >= 0 else []


def whole(rows):
    """[Share] that make one whole, of [(principal, Share)] in their order; the principal heir's alone where they do not:
    then nobody said how to part it."""
    told = [share for _principal, share in rows if share.share]
    if sum(share.share for share in told) == 1:
        return told
    return [share._replace(share=Fraction(1)) for principal, share in rows if principal]


class Bearers:
    """Who bears what ended committees were given, by one Tree. Looked up as asked, and kept."""

    def __init__(self, tree):
        self.tree, self.structure = tree, tree.structure
        self._known = {}

    def of(self, i):
        """Every committee (an index) that bears a share of committee i on this day: itself while it stands, else its
        heirs, each followed to those that stand."""
        if not self.structure.shares.split:
            p = self.tree.position[i]
            return frozenset() if p < 0 else frozenset((int(self.tree.order[p]),))
        found = self._known.get(i)
        if found is None:
            found = self._known[i] = frozenset(self._followed(i, set()))
        return found

    def _followed(self, i, seen):
        if i in seen:
            return
        seen.add(i)
        if self.tree.stands(i):
            yield i
            return
        for share in self.passes_to(i):
            yield from self._followed(share.heir, seen)

    def passes_to(self, i):
        """[Share] of committee i, which does not stand on this day."""
        return self.structure.passes_to(i, self.tree.day)

    def parted(self, i):
        """Whether what committee i was given is shared out on its road, be it that all shares came together again or that
        one of them went outside."""
        seen = set()
        while self.structure.shares.split and i not in seen and not self.tree.stands(i):
            seen.add(i)
            shares = self.passes_to(i)
            if len(shares) != 1:
                return bool(shares)
            i = shares[0].heir
        return False

    def borne_by(self, positions):
        """Indexes of the committees of which one of these positions (a set) bears all or a share, their own included."""
        tree = self.tree
        found = np.flatnonzero(np.isin(tree.position, list(positions))).tolist()
        if not self.structure.shares.split:
            return found
        theirs = {int(tree.order[p]) for p in positions}
        ended = (i for i in np.flatnonzero(tree.position >= 0).tolist() if not tree.stands(i))
        return sorted({*found, *(i for i in ended if theirs & self.of(i))})

"""What the tree page shows: one level at a time, cut to what the account may see. Knows no HTTP.

The reach is a mask over all committees that ever lived, from their places on today's tree: whoever answers for an
ended committee today may see it in the past.
"""

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from . import access as door
from .models import Headcount, Kind, Placement

# A child with few children of its own shows them folded under it; with more it is a page of its own.
FOLDED = 12
CHUNK = 500
BEGINNING = Placement.BEGINNING.toordinal()


def reach(access, right):
    """Mask over the structure's committee indexes: where the account holds the right. No query beyond access's own."""
    here = access.tree.position
    mask = np.zeros(len(here), bool)
    for first, end in access.spans(right):
        mask |= (here >= first) & (here < end)
    for i in np.flatnonzero(here < 0):  # not founded yet, or nobody answers for it
        mask[i] = access.may(right, access.structure.ids[i])
    return mask


@dataclass(frozen=True)
class Node:
    """One line of the page: a committee as it was called on the day, or at its end if it had ended by then."""

    code: str
    name: str
    kind: str
    since: date | None  # None: as far back as this register remembers
    last: date | None  # its last day, inclusive; None while it stands
    children: int = 0
    figures: bool = False
    heir: "Node | None" = None
    path: list = field(default_factory=list)
    folded: list = field(default_factory=list)
    type: str = ""
    members: "Members | None" = None
    once: object = None  # finding.Once, where it was found by a name that it no longer bears


@dataclass(frozen=True)
class Members:
    """Members of a committee as last counted by the day looked at."""

    number: int
    probationary: int | None
    day: date

    @property
    def quarter(self):
        """1–4: the quarter in which that day lies."""
        return (self.day.month + 2) // 3


class Browser:
    """The tree of one day as one account may see it."""

    def __init__(self, access, day):
        self.structure, self.day = access.structure, day
        self.tree = self.structure.at(day)
        self.visible = reach(access, door.TREE)
        self.figures = reach(access, door.FIGURES)

    def find(self, code):
        """Committee index of a code within reach; -1 otherwise."""
        i = self.structure.by_code.get(code, -1)
        return i if i >= 0 and self.visible[i] else -1

    def node(self, i, *, heir=False, path=False, folded=False):
        """The line of committee i. An heir out of reach stays unnamed."""
        place = self.structure.last_place(i, self.day.toordinal()) or self.structure.places[i][0]
        below = self.below(i)
        successor = None
        if heir and not self.tree.stands(i) and (p := int(self.tree.position[i])) >= 0:
            j = int(self.tree.order[p])
            successor = self.node(j) if self.visible[j] else None
        first, last = self.structure.first_day(i), self.structure.last_day(i)
        return Node(
            code=self.structure.codes[i],
            name=place.name,
            kind=Kind(place.kind).label,
            type=place.organisation_type,
            since=None if first.toordinal() <= BEGINNING else first,
            last=last,
            children=len(below),
            figures=bool(self.figures[i]),
            heir=successor,
            path=self.path(i) if path else [],
            folded=[self.node(j) for j in below] if folded and len(below) <= FOLDED else [],
        )

    def below(self, i):
        """Indexes of the direct children within reach standing on the day, in order of code. Of a past day some may belong
        elsewhere today."""
        if not self.tree.stands(i):
            return []
        below = self.tree.order[self.tree.children(int(self.tree.position[i]))]
        return below[self.visible[below]].tolist()

    def roots(self):
        """The highest committees within reach that stood on the day."""
        seen = self.visible[self.tree.order]
        up = self.tree.up
        return [int(self.tree.order[p]) for p in np.flatnonzero(seen) if up[p] < 0 or not seen[up[p]]]

    def path(self, i):
        """Who stood above it on the day, the highest first, as far as the reach goes."""
        p = int(self.tree.position[i])
        if p < 0:
            return []
        above = [int(self.tree.order[a]) for a in self.tree.ancestors(p)]
        return [
            Node(self.structure.codes[j], self.tree.name(self.tree.position[j]), "", None, None)
            for j in above
            if self.visible[j]
        ]

    def ended_under(self, i):
        """Indexes of committees that had ended by the day and last stood directly under i."""
        today = self.day.toordinal()
        return [
            j
            for j in np.flatnonzero(self.visible).tolist()
            if not self.tree.stands(j)
            and (last := self.structure.last_place(j, today)) is not None
            and last.parent == i
        ]

    def members(self, indexes):
        """{index: Members} of those within the reach of figures that had been counted by the day, while they stood. One
        query for 500."""
        ids = {self.structure.ids[i]: i for i in indexes if self.figures[i]}
        found, wanted = {}, list(ids)
        for at in range(0, len(wanted), CHUNK):
            rows = Headcount.objects.filter(committee_id__in=wanted[at : at + CHUNK], day__lte=self.day)
            for pk, *said, day in rows.order_by("day").values_list(
                "committee_id", "members", "probationary", "day"
            ):
                if self.structure.place_on(ids[pk], day.toordinal()) is not None:
                    found[ids[pk]] = Members(*said, day)
        return found

    def lines(self, indexes, once=None, **shown):
        """The Nodes of these committees with their members; `once` as in finding.Found."""
        members, once = self.members(indexes), once or {}
        return [replace(self.node(i, **shown), members=members.get(i), once=once.get(i)) for i in indexes]

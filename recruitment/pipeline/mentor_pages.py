"""Who helps whom in the cells an account sees people of: the mentors with their load, and candidates nobody helps."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from committees.access import PEOPLE, RECORD

from ..models import Candidacy, Mentorship
from ..quotas.place import headed
from . import actions
from .followed import answering


@dataclass(frozen=True)
class Mentor:
    """An official member of a cell and the candidates they help now; unable: from which day they can help no more."""

    name: str
    cell: str
    mine: bool
    helped: list

    @property
    def unable(self):
        return next((m for m in self.helped if m.unable_on is not None), None)


class Mentors:
    """The mentors of all cells within reach of PEOPLE, or of those below the committee of a code; of a cell that ended,
    under the one that answers for it. Http404, PermissionDenied. Two queries, and one for every page of them that is
    read."""

    def __init__(self, access, snapshot, code=""):
        self.access, self.structure = access, snapshot.structure
        self.cells, self.committee = _cells(access, snapshot, code)

    def cell_name(self, cell):
        return self.structure.name_on(self.structure.index[cell], self.access.today)

    @cached_property
    def loads(self):
        """[(cell id, mentor, how many they help)], those of most candidates first."""
        found = {}
        for cell, mentor, number in actions.loads(self.cells):
            key = self.answering(cell), mentor
            found[key] = found.get(key, 0) + number
        return sorted(((*key, number) for key, number in found.items()), key=lambda row: -row[2])

    def answering(self, cell):
        """The id of the committee that answers for a cell today."""
        return answering(self.structure, cell, self.access.today)

    def told(self, rows):
        """[Mentor] of these rows of `loads`. One query."""
        helped = self._helped(rows)
        return [
            Mentor(
                name,
                headed(self.cell_name(cell)),
                self.access.may(RECORD, cell),
                helped.get((cell, name), []),
            )
            for cell, name, _number in rows
        ]

    def _helped(self, rows):
        """{(cell id, mentor): [Mentorship]} of these rows of `loads`, candidates in order of day. One query."""
        told = {(cell, mentor) for cell, mentor, _number in rows}
        wanted = {cell for cell, _mentor in told}
        cells, found = [cell for cell in self.cells if self.answering(cell) in wanted], {}
        running = Mentorship.objects.filter(
            candidacy__cell_id__in=cells, mentor__in={mentor for _, mentor in told}, until=None,
            candidacy__stage__in=actions.HELPED,
        )  # fmt: skip
        for row in running.select_related("candidacy__person").order_by("since", "pk"):
            key = self.answering(row.candidacy.cell_id), row.mentor
            if key in told:
                found.setdefault(key, []).append(row)
        return found

    @property
    def alone(self):
        """The Candidacies that nobody helps, the oldest first."""
        helped = Mentorship.objects.filter(until=None)
        found = Candidacy.objects.filter(cell_id__in=self.cells, stage__in=actions.HELPED)
        return found.exclude(mentorships__in=helped).select_related("person").order_by("entered_on", "pk")


def _cells(access, snapshot, code):
    """(ids of all committees whose people the account may see, below the one of that code where one is named; that
    committee). Http404, PermissionDenied."""
    structure, committee = snapshot.structure, None
    if code:
        committee, tree = access.committee(code, PEOPLE), access.tree
        p = tree.of(committee.pk)
        spans = [(p, int(tree.end[p]))]
    else:
        spans = access.require(PEOPLE)
    position = access.tree.position
    mask = np.zeros(len(position), bool)
    for first, end in spans:
        mask |= (position >= first) & (position < end)
    return [structure.ids[i] for i in np.flatnonzero(mask)], committee

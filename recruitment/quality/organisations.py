"""Which committees fail which check: masks over the positions of a question's tree. One query, for the secretaries."""

from functools import cached_property

import numpy as np

from committees.models import Kind, Mandate, Role
from committees.vietnamese import add_months

from ..quotas.latest import open_candidacies
from ..quotas.sourceless import marks

_COUNTED = Kind.cells() | Kind.grassroots()
# Whom each check may concern.
CONCERNED = {
    "no_secretary": Kind.cells(),
    "no_headcount": _COUNTED,
    "no_type": Kind.grassroots(),
    "no_source": Kind.grassroots(),
}


class CommitteeFlaws:
    """The committees that stood on the question's day, by its own tree."""

    def __init__(self, snapshot, question):
        self.snapshot, self.question, self.tree, self.on = snapshot, question, question.tree, question.on

    @property
    def places(self):
        return self.tree.order

    @cached_property
    def ids(self):
        ids = self.snapshot.structure.ids
        return np.array([ids[i] for i in self.tree.order.tolist()], np.int64)

    @cached_property
    def _here(self):
        return self.question.holds(np.arange(len(self.tree)))

    def _of(self, kinds):
        return np.fromiter((place.kind in kinds for place in self.tree.place), bool, len(self.tree))

    def whole_of(self, code):
        return self._here & self._of(CONCERNED[code])

    def mask(self, code):
        return self.whole_of(code) & getattr(self, f"_{code}")

    @cached_property
    def _no_secretary(self):
        running = Mandate.objects.filter(role=Role.SECRETARY, account__is_active=True).in_force_on(self.on)
        found = np.ones(len(self.tree), bool)
        for committee in running.exclude(committee=None).values_list("committee_id", flat=True):
            if (p := self.tree.of(committee)) >= 0:
                found[p] = False
        return found

    @cached_property
    def _no_headcount(self):
        """Nor are all its cells counted, of a committee above cells."""
        since = add_months(self.on, -12)
        told = self.snapshot.small.headcounts
        counted = np.fromiter(
            (any(since < row.day <= self.on for row in told.get(pk, ())) for pk in self.ids.tolist()),
            bool,
            len(self.ids),
        )
        cells = self._of(Kind.cells())
        uncounted, some = (
            self.tree.roll((cells & ~counted).astype(np.int64)),
            self.tree.roll(cells.astype(np.int64)),
        )
        return ~counted & (cells | (uncounted > 0) | (some == 0))

    @cached_property
    def _no_type(self):
        return np.fromiter((not place.organisation_type for place in self.tree.place), bool, len(self.tree))

    @cached_property
    def _no_source(self):
        found = open_candidacies(self.snapshot, self.tree, self.on) == 0
        found[list(marks(self.snapshot).at(self.tree, self.on))] = False
        return found

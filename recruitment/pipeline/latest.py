"""Who can still count: for every dossier under way the latest day of each step to come, counted back from the last day
by how long steps usually take here, and never past what the rules allow."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.utils.translation import gettext_lazy as _

from ..facts import NEVER, STAGES
from ..models import Stage
from .stages import certified_on
from .terms import months_after
from .waits import CLOSED

# What a dossier does to reach a stage.
STEPS = {
    Stage.CLASS: _("Học xong lớp nhận thức"),
    Stage.DOSSIER: _("Lập, thẩm tra hồ sơ"),
    Stage.CELL: _("Chi bộ biểu quyết"),
    Stage.SUBMITTED: _("Gửi lên cấp quyết định"),
    Stage.DECIDED: _("Quyết định kết nạp"),
    Stage.PROBATION: _("Lễ kết nạp"),
}
KNOWN = 10  # waits by which a median is the committee's own; of fewer, that of the committee above
_CLASS, _VOTE = STAGES[Stage.CLASS], STAGES[Stage.CELL]


@dataclass(frozen=True)
class Usual:
    """Days that dossiers usually (the median) lie at a stage before they move on; from how many waits, and of which
    committee (a position)."""

    days: int
    waits: int
    position: int


def usual(waits, tree, p):
    """[Usual] of every stage before the goal, of the nearest committee that has KNOWN waits, the committee at position p
    first; of the highest where none has."""
    moved = (waits.then >= 0) & (waits.then != CLOSED)
    days = waits.ended - waits.begun
    found = []
    for stage in range(waits.goal):
        for q in (p, *reversed(tree.ancestors(p))):
            taken = days[moved & (waits.stage == stage) & waits.within(tree, q)]
            if len(taken) >= KNOWN:
                break
        found.append(Usual(int(np.median(taken)) if len(taken) else 0, len(taken), q))
    return found


class Latest:
    """The dossiers under way of Waits and a mask. Arrays are by dossier, in the order of the candidacies' table; days are
    day numbers, NEVER where a step is done or no term stands. No query."""

    def __init__(self, snapshot, waits, mask, usual, last, rules):
        """usual: as the function gives it; last: the last day number that counts; rules: of the day asked."""
        self.on, self.goal, self.rules = waits.on, waits.goal, rules
        here = np.flatnonzero(waits.open & mask)
        here = here[np.argsort(waits.row[here], kind="stable")]
        self.rows, self.stages, self.where = waits.row[here], waits.stage[here], waits.where[here]
        self.ids = snapshot.candidacies["id"][self.rows]
        self.ahead = np.arange(1, waits.goal + 1) > self.stages[:, None]
        # Worked out at once: what is kept with a snapshot must not hold it.
        self.lapses = self._lapses(snapshot)
        # From the goal backwards: a step's day is the next step's less the usual time between.
        days = np.array([one.days for one in usual])
        self._usual = last - np.concatenate([np.cumsum(days[:0:-1])[::-1], [0]])

    def _lapses(self, snapshot):
        """The last day on which the certificate lets the cell vote, of those who hold one and were not voted on."""
        due = np.full(len(self.rows), NEVER, np.int64)
        if self.goal > _VOTE:
            before = np.flatnonzero((self.stages >= _CLASS) & (self.stages < _VOTE))
            issued = certified_on(snapshot, snapshot.candidacies["person"][self.rows[before]], self.on)
            due[before] = months_after(issued, self.rules["certificate"].value)
        return due

    @cached_property
    def days(self):
        """By dossier and step (from the class on) its latest day."""
        days = np.broadcast_to(self._usual, self.ahead.shape)
        if self.goal > _VOTE:
            # The vote may not be later than the certificate, and what leads to it not either.
            earlier = np.maximum(self._usual[_VOTE - 1] - self.lapses, 0)
            days = days - np.where(np.arange(self.goal) < _VOTE, earlier[:, None], 0)
        return np.where(self.ahead, days, NEVER)

    @property
    def next(self):
        """The latest day of each dossier's next step."""
        return self.days[np.arange(len(self.rows)), self.stages]

    @property
    def _time_left(self):
        return self._usual[self.stages] >= self.on

    @cached_property
    def lapsing(self):
        """Who has the time, but whose certificate lapses before the latest day of the cell's vote."""
        return self._time_left & (self.lapses < (self._usual[_VOTE - 1] if self.goal > _VOTE else 0))

    @cached_property
    def in_time(self):
        """Who has the time, and whose certificate holds as long."""
        return self._time_left & ~self.lapsing

    @property
    def possible(self):
        """Who can still count, if the cell votes before the certificate lapses."""
        return self.next >= self.on

"""What is due, overdue or about to lapse: for each kind, the candidacies or admissions it concerns on a day.

Facts are taken as they stood on the question's day `on` by their true dates, never by day of entry. All day bounds
are inclusive; NOTICE is 90 days:

    no_mentor            on the list and undecided, nobody assigned to help on that day
    certificate_lapsing  end - NOTICE <= on <= end, end the certificate's last valid day
    certificate_lapsed   end < on
    probation_ending     end - NOTICE <= on <= end, end the last day of the 12 months
    recognition_due      end < on, until the day of recognition (on that day no longer)
"""

from functools import cached_property

import numpy as np
from django.utils.translation import gettext_lazy as _

from ..facts import EPOCH, NEVER, STAGES
from ..models import Stage
from ..quotas.progress import in_force
from ..rules import deadlines
from ..rules.deadlines import NOTICE
from .stages import Road

NO_MENTOR, LAPSING, LAPSED = "no_mentor", "certificate_lapsing", "certificate_lapsed"
ENDING, RECOGNITION = "probation_ending", "recognition_due"
CANDIDACY_KINDS = [
    (NO_MENTOR, _("Chưa có người giúp đỡ")),
    (LAPSING, _("Chứng nhận sắp hết hạn")),
    (LAPSED, _("Chứng nhận đã hết hạn")),
]
ADMISSION_KINDS = [
    (ENDING, _("Sắp hết thời gian dự bị")),
    (RECOGNITION, _("Đến hạn xét công nhận chính thức")),
]
KINDS = [*CANDIDACY_KINDS, *ADMISSION_KINDS]
RULES = {
    NO_MENTOR: deadlines.MENTOR,
    LAPSING: deadlines.CERTIFICATE,
    LAPSED: deadlines.CERTIFICATE,
    ENDING: deadlines.PROBATION,
    RECOGNITION: deadlines.RECOGNITION,
}
# Once the decision is taken nobody considers the admission any more: neither a helper on the way to it nor the
# certificate can be asked for. Until then a dossier may come back to the cell, which must consider it anew.
UNDECIDED_STAGES = [stage for stage in Stage.open() if stage != Stage.DECIDED]


class Worklist:
    """The kinds of a question, as masks over the snapshot's tables. No query; only rows under the question's committee
    (and of its group) are worked out. The reader's rights are the caller's to apply (`seen_by`)."""

    def __init__(self, snapshot, question):
        self.snapshot, self.question = snapshot, question
        self.on = question.on.toordinal()

    def candidacies(self, kind=None):
        """Mask over the snapshot's candidacies that a kind concerns (any of them without one). Kinds of admissions
        concern none; KeyError for a kind that is not there."""
        return self._of(self._candidacies, kind)

    def admissions(self, kind=None):
        """The same over the snapshot's admissions."""
        return self._of(self._admissions, kind)

    def counts(self):
        """{kind: rows} of every kind."""
        masks = self._candidacies | self._admissions
        return {kind: int(np.count_nonzero(masks[kind])) for kind, _label in KINDS}

    @cached_property
    def candidacy_due(self):
        """Last valid day of the certificate of each candidacy not yet decided (day numbers); NEVER where there is no
        certificate, and where it matters no more."""
        rows, due = self.snapshot.candidacies, np.full(len(self.snapshot.candidacies["id"]), NEVER, np.int32)
        issued = self._issued(rows["person"][self._undecided])
        due[self._undecided] = months_after(issued, deadlines.CERTIFICATE.value)
        return due

    @cached_property
    def probation_ends(self):
        """Last day of the 12 months of each admission in probation on the day; NEVER for the others. Without a
        ceremony on record no probation has begun."""
        rows, ends = self.snapshot.admissions, np.full(len(self.snapshot.admissions["id"]), NEVER, np.int32)
        probation = (rows["held"] <= self.on) & (rows["official"] > self.on)
        where = self.question.tree.position[self.snapshot.places(rows)]
        probation &= in_force(rows, self.question.on) & self.question.holds(where)
        if self.question.group is not None:
            probation &= (rows["groups"] & self.snapshot.bit(self.question.group.code)) != 0
        chosen = np.flatnonzero(probation)
        ends[chosen] = months_after(rows["held"][chosen], deadlines.PROBATION.value)
        return ends

    @property
    def admission_due(self):
        """Last day of the 12 months where they still run, else NEVER: the 30 working days of a recognition need a
        calendar of working days."""
        return np.where(self.probation_ends >= self.on, self.probation_ends, NEVER)

    def _of(self, masks, kind):
        if kind is None:
            return np.logical_or.reduce(list(masks.values()))
        if kind in masks:
            return masks[kind]
        RULES[kind]  # a kind of the other table concerns none of this one; an unknown one is a mistake
        return np.zeros(len(next(iter(masks.values()))), bool)

    @cached_property
    def road(self):
        return Road(self.snapshot, self.question)

    @cached_property
    def _undecided(self):
        """Indexes of the candidacies on the road, their admission not yet decided."""
        stages = [STAGES[stage] for stage in UNDECIDED_STAGES]
        return np.flatnonzero(self.road.mask & np.isin(self.road.stages, stages))

    @cached_property
    def _candidacies(self):
        undecided = np.zeros(len(self.road.mask), bool)
        undecided[self._undecided] = True
        due = self.candidacy_due
        return {
            NO_MENTOR: undecided & ~self.snapshot.mentored_on(self.on),
            LAPSING: (due - NOTICE <= self.on) & (due >= self.on),
            LAPSED: due < self.on,
        }

    @cached_property
    def _admissions(self):
        ends = self.probation_ends
        return {ENDING: (ends - NOTICE <= self.on) & (ends >= self.on), RECOGNITION: ends < self.on}

    def _issued(self, persons):
        """Day of the latest awareness certificate of each person issued by the day; NEVER where there is none."""
        rows = self.snapshot.certificates
        if not len(persons) or not len(rows["id"]):
            return np.full(len(persons), NEVER, np.int32)
        people, back = np.unique(persons, return_inverse=True)
        at = np.minimum(np.searchsorted(people, rows["person"]), len(people) - 1)
        taken = rows["awareness"] & (rows["issued"] <= self.on) & (people[at] == rows["person"])
        latest = np.zeros(len(people), np.int32)
        np.maximum.at(latest, at[taken], rows["issued"][taken])
        return np.where(latest > 0, latest, NEVER)[back]


def months_after(days, months):
    """`vietnamese.add_months` for an array of day numbers; NEVER stays NEVER."""
    dated = days != NEVER
    start = (np.where(dated, days, EPOCH).astype(np.int64) - EPOCH).astype("datetime64[D]")
    month = start.astype("datetime64[M]")
    last = month + months
    length = (last + 1).astype("datetime64[D]") - last.astype("datetime64[D]")
    inside = np.minimum(start - month.astype("datetime64[D]"), length - np.timedelta64(1, "D"))
    ends = (last.astype("datetime64[D]") + inside).astype(np.int64) + EPOCH
    return np.where(dated, ends, NEVER).astype(np.int32)

"""Which admissions fail which check: masks over the snapshot's admissions, of those in force on the day. No query."""

from functools import cached_property, partial

import numpy as np

from ..facts import FLAWS, NEVER
from ..numbering.sweep import Sweep
from ..pipeline.kinds import ADMISSIONS, CANDIDACIES
from ..pipeline.terms import months_after
from ..quotas.counting import in_force
from ..rules.working_days import after_many
from .candidates import repeated
from .checks import FOLLOWED, OLDEST, YOUNGEST
from .terms import ends, older


class AdmissionFlaws:
    """work: the Worklist of the same question."""

    def __init__(self, snapshot, question, work):
        self.snapshot, self.question, self.work = snapshot, question, work
        self.on, self.rows, self.statute = question.on.toordinal(), snapshot.admissions, snapshot.statute

    def places_of(self, code):
        return self.work.places(ADMISSIONS) if code in FOLLOWED else self.snapshot.places(self.rows)

    @cached_property
    def _standing(self):
        rows = self.rows
        return (
            in_force(rows, self.question.on)
            & (rows["decided"] <= self.on)
            & ((rows["arrived"] == NEVER) | (rows["arrived"] <= self.on))
        )

    def whole_of(self, code):
        """Those in force at and below the committee."""
        return self._standing & self.question.holds(self.question.tree.position[self.places_of(code)])

    def mask(self, code):
        if code in FOLLOWED:
            kind = FOLLOWED[code]
            return self.whole_of(code) & self.work.mask(kind) & (self.work.due(kind) < self.on)
        flaw = code.removeprefix("admitted_")
        found = self._lacks(flaw) if flaw in FLAWS else getattr(self, f"_{code}")()
        return self.whole_of(code) & found

    def _lacks(self, flaw):
        return (self.rows["flaws"] & FLAWS[flaw]) != 0

    @cached_property
    def _ours(self):
        """Decided in the tree: of others the register holds no road that could be judged."""
        return self.rows["arrived"] == NEVER

    def _of_dossier(self, days):
        """For each admission the day of its own candidacy in `days`, NEVER without one."""
        linked = np.flatnonzero(self.rows["candidacy"] > 0)
        found = np.full(len(self.rows["id"]), NEVER, np.int32)
        found[linked] = days[self.snapshot.rows_of("admissions")[linked]]
        return found

    @cached_property
    def _voted(self):
        return self._of_dossier(self.work.tables[CANDIDACIES].voted_on("cell_vote"))

    @cached_property
    def _base_voted(self):
        return self._of_dossier(self.work.tables[CANDIDACIES].voted_on("base_vote"))

    @cached_property
    def _considered(self):
        """The day by which the person was judged: the cell's vote, else the decision."""
        return np.where(self._voted != NEVER, self._voted, self.rows["decided"])

    def _working_days(self, began, on, rule):
        return ends(self.statute, began, on, rule, partial(after_many, self.snapshot.calendar))

    # Ages -----------------------------------------------------------------------------------------------------

    def _admitted_age(self):
        return (self.rows["age"] < YOUNGEST) | (self.rows["age"] > OLDEST)

    def _too_young(self):
        return self._ours & (older(self.statute, self.rows["born"], self._considered, "age_min") < 0)

    def _too_old(self):
        late = older(self.statute, self.rows["born"], self._considered, "age_max") > 0
        return self._ours & late & self._lacks("approval")

    # Certificates ---------------------------------------------------------------------------------------------

    @cached_property
    def _certificates(self):
        """(person, day) of every awareness certificate as one number, in order."""
        rows = self.snapshot.certificates
        taken = rows["awareness"] & (rows["issued"] <= self.on)
        return np.sort(_paired(rows["person"][taken], rows["issued"][taken]))

    def _certified(self, days):
        """The latest certificate of each person by a day of their own; NEVER without one."""
        told, person = self._certificates, self.rows["person"]
        if not len(told):
            return np.full(len(person), NEVER, np.int32)
        last = np.searchsorted(told, _paired(person, days), side="right") - 1
        theirs = (last >= 0) & (told[last] >> 32 == person)
        return np.where(theirs, told[last] & 0xFFFFFFFF, NEVER).astype(np.int32)

    @cached_property
    def _ever_certified(self):
        return np.isin(self.rows["person"], self._certificates >> 32)

    def _certificate_late(self):
        return self._ours & self._ever_certified & (self._certified(self.rows["decided"]) == NEVER)

    def _certificate_none(self):
        return self._ours & ~self._ever_certified & (self.rows["candidacy"] > 0)

    def _certificate_old(self):
        voted = np.where(self._voted != NEVER, self._voted, 0)
        lapsed = ends(self.statute, self._certified(voted), self._voted, "certificate", months_after)
        return self._ours & (self._voted != NEVER) & (lapsed < self._voted)

    # The order of the steps -------------------------------------------------------------------------------------

    def _decision_number(self):
        return self._lacks("decision_number")

    @cached_property
    def _numbers(self):
        """Of the committee's own rows: what others decided elsewhere has other numbers."""
        return Sweep(self.snapshot, self.whole_of("number_twice") & self._ours)

    def _number_twice(self):
        return self._numbers.twice()

    def _number_form(self):
        return self._numbers.amiss()

    def _two_admissions(self):
        return repeated(self.rows["person"], self._standing & (self.rows["left"] > self.on))

    def _decision_first(self):
        after = [(day != NEVER) & (self.rows["decided"] < day) for day in (self._voted, self._base_voted)]
        return self._ours & (after[0] | after[1])

    def _committee_first(self):
        return self._ours & (self._voted != NEVER) & (self._base_voted < self._voted)

    def _decision_late(self):
        decided = self.rows["decided"]
        late = self._working_days(self._voted, decided, "decision") < decided
        return self._ours & late & self._lacks("approval")

    # The ceremony and what follows --------------------------------------------------------------------------------

    def _ceremony_unknown(self):
        rows = self.rows
        silent = (rows["received"] == NEVER) & (rows["held"] == NEVER) & (rows["left"] > self.on)
        silent &= (rows["official"] == NEVER) & (rows["recognised"] == NEVER)
        return (
            self._ours & silent & (self._working_days(rows["decided"], rows["decided"], "ceremony") < self.on)
        )

    def _ceremony_late(self):
        rows = self.rows
        due = self._working_days(rows["received"], rows["received"], "ceremony")
        return (rows["held"] != NEVER) & (rows["held"] > due) & self._lacks("ceremony_approval")

    def _ceremony_first(self):
        return (self.rows["received"] != NEVER) & (self.rows["held"] < self.rows["received"])

    def _official_early(self):
        rows = self.rows
        over = ends(self.statute, rows["held"], rows["official"], "probation", months_after)
        return (over != NEVER) & (rows["official"] < over)


def _paired(persons, days):
    return (persons.astype(np.int64) << 32) | days.astype(np.int64)

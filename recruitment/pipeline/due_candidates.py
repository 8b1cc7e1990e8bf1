"""What is due of candidates: masks and days over the snapshot's candidacies, as the facts stood at the end of a day."""

from functools import cached_property

import numpy as np

from ..facts import NEVER, RESULTS, STAGES
from ..models import Stage
from ..quotas.moves import stands_at
from ..rules.deadlines import NOTICE
from ..rules.papers import FAIL, LAPSING, ORDER
from ..rules.working_days import after_many
from .due_members import recognised
from .obstacles import Obstacles
from .stages import Road, certified_on
from .terms import last_of, months_after

# Once the decision is taken nobody considers the admission any more: neither a helper on the way to it nor the
# certificate can be asked for. Until then a dossier may come back to the cell, which must consider it anew.
UNDECIDED_STAGES = [stage for stage in Stage.open() if stage != Stage.DECIDED]
NOT_YET_VOTED = (Stage.SOURCE, Stage.CLASS, Stage.DOSSIER)
# Whoever is on the list or in probation is reviewed by the mentor.
REVIEWED = (*Stage.open(), Stage.PROBATION)


class Candidates:
    """The kinds of a question that concern candidacies. No query but for the objections, which read whom they may
    concern; only rows under the question's committee (and of its group) are worked out."""

    def __init__(self, snapshot, question, rules):
        self.snapshot, self.question, self.rules = snapshot, question, rules
        self.on, self.rows = question.on.toordinal(), snapshot.candidacies
        self.papers, self.helped = snapshot.tables["papers"], snapshot.tables["mentorships"]
        self.all = len(self.rows["id"])

    @cached_property
    def road(self):
        return Road(self.snapshot, self.question)

    def mask(self, kind):
        return getattr(self, f"_{kind}")[0]

    def due(self, kind):
        """When it is, or was, due (day numbers); NEVER where that kind has no day."""
        return getattr(self, f"_{kind}")[1]

    def since(self, kind):
        """For kinds without a due day: since when it stands."""
        return getattr(self, f"_{kind}")[2]

    def _at(self, stages):
        return self.road.mask & np.isin(self.road.stages, [STAGES[stage] for stage in stages])

    @cached_property
    def undecided(self):
        return self._at(UNDECIDED_STAGES)

    @cached_property
    def _never(self):
        return np.full(self.all, NEVER, np.int32)

    # Papers -------------------------------------------------------------------------------------------------

    def last_paper(self, *codes):
        """For each candidacy the row of its latest paper of these kinds, -1 without one; those of one day in the order
        of the procedure, then of entry."""
        rows, found = self.papers, np.full(self.all, -1, np.int64)
        wanted = np.isin(rows["kind"], [ORDER[code] for code in codes])
        taken = np.flatnonzero(wanted & (rows["day"] <= self.on))
        taken = taken[np.lexsort((rows["id"][taken], rows["kind"][taken], rows["day"][taken]))]
        found[self.snapshot.rows_of("papers")[taken]] = taken
        return found

    def _of_papers(self, column, found, none):
        """That column of the papers found, `none` where none was."""
        there = found >= 0
        values = np.full(self.all, none, self.papers[column].dtype)
        values[there] = self.papers[column][found[there]]
        return values

    @cached_property
    def passed(self):
        return self.voted_on("cell_vote")

    def voted_on(self, kind):
        """The day of the cell's resolution of that kind, where its last vote carried; else NEVER. The result of a vote
        is derived from its counts when it is recorded."""
        last = self.last_paper(kind)
        carried = self._of_papers("result", last, 0) != RESULTS[FAIL]
        return np.where(carried, self._of_papers("day", last, NEVER), NEVER)

    @cached_property
    def _sent_back(self):
        """(which dossiers lie with the cell again, since when)."""
        last = self.last_paper("submission", "returned", "resubmission")
        back = self._of_papers("kind", last, -1) == ORDER["returned"]
        return self.undecided & back, np.where(back, self._of_papers("day", last, NEVER), NEVER)

    @cached_property
    def considering(self):
        """Which the cell has still to consider, or to consider anew. A stage that a workbook stated tells no vote whose
        day could be judged: there the certificate must hold until the decision."""
        return self.undecided & ((self.passed == NEVER) | self._sent_back[0])

    # Kinds: (mask, day due, day since) -----------------------------------------------------------------------

    @cached_property
    def _no_mentor(self):
        return self.undecided & ~self.snapshot.mentored_on(self.on), self._never, self.rows["entered"]

    @cached_property
    def _running(self):
        """The row of each candidacy's present mentorship, the latest of several; -1 without one."""
        rows, found = self.helped, np.full(self.all, -1, np.int64)
        taken = np.flatnonzero((rows["day"] <= self.on) & (rows["until"] > self.on))
        found[self.snapshot.rows_of("mentorships")[taken]] = taken  # they stand in order of day
        return found

    @cached_property
    def _mentor_unable(self):
        rows, running = self.helped, np.flatnonzero((self._running >= 0) & self.undecided)
        mentorship = self._running[running]
        declared, mask = rows["unable"][mentorship], np.zeros(self.all, bool)
        unable = (declared <= self.on) | self._is_probationer(rows["name"][mentorship], running)
        mask[running[unable]] = True
        since = self._never.copy()
        since[running] = np.minimum(declared, self.on)
        began = since[running] == self.on
        since[running[began]] = rows["day"][mentorship[began]]
        return mask, self._never, since

    def _is_probationer(self, names, candidacies):
        """Which of these mentors bear the name of somebody of the same cell who was admitted and not yet recognised on
        the day; a namesake who was recognised there may as well be meant."""
        rows, tree = self.snapshot.admissions, self.question.tree
        there = (rows["decided"] <= self.on) & (rows["cancelled"] > self.on) & (rows["left"] > self.on)
        there &= np.isin(rows["name"], names)
        cell = tree.position[stands_at(self.snapshot, self.on)[0]]
        official = there & (recognised(rows) <= self.on)
        both = [set(zip(rows["name"][m], cell[m], strict=True)) for m in (there & ~official, official)]
        unable = both[0] - both[1]
        asked = zip(names, tree.position[self.road.places[candidacies]], strict=True)
        return np.fromiter((pair in unable for pair in asked), bool, len(names))

    @cached_property
    def _review_overdue(self):
        mask = self._at(REVIEWED) & (self._running >= 0) & ~self._left
        reviews, base = self.snapshot.tables["reviews"], np.full(self.all, NEVER, np.int32)
        base[mask] = self.helped["day"][self._running[mask]]
        where = self.snapshot.rows_of("reviews")
        last = last_of(where, reviews["day"], reviews["day"] <= self.on, self.all)
        base = np.where(mask & (last != NEVER), np.maximum(base, last), base)
        due = months_after(base, self.rules["review"].value)
        return due < self.on, due, base

    @cached_property
    def _left(self):
        """Whose admission ended, or was taken back."""
        rows = self.snapshot.admissions
        gone = (rows["left"] <= self.on) | (rows["cancelled"] <= self.on)
        return np.isin(self.rows["id"], rows["candidacy"][gone])

    @cached_property
    def _certificate(self):
        due, mine = self._never.copy(), np.flatnonzero(self.considering)
        issued = certified_on(self.snapshot, self.rows["person"][mine], self.on)
        due[mine] = months_after(issued, self.rules["certificate"].value)
        return due

    @cached_property
    def _certificate_lapsing(self):
        return self._soon(self._certificate), self._certificate

    @cached_property
    def _certificate_lapsed(self):
        return self._certificate < self.on, self._certificate

    @cached_property
    def _papers(self):
        """The last day on which the cell may consider over the papers at hand: the oldest of those in force sets it, of
        each kind the latest, of letters of introduction the latest of each member."""
        due, mine = self._never.copy(), self._at(NOT_YET_VOTED) & (self.passed == NEVER)
        found, where = self.current_papers
        np.minimum.at(due, where, self.papers["day"][found])
        return months_after(np.where(mine, due, NEVER), self.rules["papers"].value)

    @cached_property
    def current_papers(self):
        """(rows of the papers that lapse and are in force, the row of the candidacy of each)."""
        rows, where = self.papers, self.snapshot.rows_of("papers")
        wanted = np.isin(rows["kind"], [ORDER[code] for code in (*LAPSING, "opinion_home")])
        taken = np.flatnonzero(wanted & (rows["day"] <= self.on))
        same = where[taken], rows["kind"][taken], rows["introducer"][taken]
        order = np.lexsort((rows["day"][taken], *reversed(same)))
        last = np.ones(len(taken), bool)
        last[:-1] = np.logical_or.reduce([key[order][1:] != key[order][:-1] for key in same])
        found = taken[order][last]
        return found, where[found]

    def oldest_paper(self, row):
        """The kind of the paper in force that sets that day, "" without one."""
        found, where = self.current_papers
        mine = found[where == row]
        if not len(mine):
            return ""
        return list(ORDER)[self.papers["kind"][mine[self.papers["day"][mine].argmin()]]]

    @cached_property
    def _papers_lapsing(self):
        return self._soon(self._papers), self._papers

    @cached_property
    def _papers_lapsed(self):
        return self._papers < self.on, self._papers

    def _soon(self, ends):
        return (ends - NOTICE <= self.on) & (ends >= self.on)

    @cached_property
    def _objection(self):
        mask = self.obstacles.mask
        return mask, self._never, self.rows["entered"]

    @cached_property
    def obstacles(self):
        return Obstacles(self.snapshot, self.question, self.rules, self.considering, self.road.stages)

    @cached_property
    def _returned(self):
        mask, since = self._sent_back
        return mask, self._never, since

    @cached_property
    def _decision_due(self):
        mask = self.undecided & (self.passed != NEVER)
        resolved = np.where(mask, self.passed, NEVER)
        due = after_many(self.snapshot.calendar, resolved, self.rules["decision"].value)
        return mask, due, resolved

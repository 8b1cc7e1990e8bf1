"""Where dossiers wait for the offices, as masks over the snapshot: a dossier sent upwards lies in exactly one queue,
told by the papers it has on the question's day and by nothing else.

A dossier that its cell voted for waits for the bodies between, then to be sent; sent, it waits for the appraisal, lies
returned at the cell, or waits for the decision, by the last thing that happened to it (things of one day in the order
in which they were recorded). An admission waits for the cell, for its ceremony, for its recognition.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from django.utils.translation import gettext_lazy as _

from committees.models import Kind

from ..facts import NEVER, RESULTS, STAGES
from ..models import Letter, Stage
from ..quotas.counting import in_force
from ..quotas.moves import stands_at
from ..rules import deadlines, papers
from .stages import Road

CANDIDACIES, ADMISSIONS = "candidacies", "admissions"
VERIFY, VOTE, SUBMIT, APPRAISE = "to-verify", "to-vote", "to-submit", "to-appraise"
RETURNED, DECIDE = "returned", "to-decide"
HAND_OVER, CELEBRATE, RECOGNISE = "to-hand-over", "to-celebrate", "to-recognise"
# Whose list goes up with the proposal to admit (`reports.extracts`).
PROPOSED = (SUBMIT, APPRAISE, DECIDE)


@dataclass(frozen=True)
class Queue:
    """A line of dossiers. table: of the snapshot its rows stand in. since: what the day of a row tells. judged: the
    kind of paper that comes next, by which it is said what is missing. deeds: kinds offered at a row, the usual one
    first. rule: the code of the rule that gives the due day, "" where there is none."""

    code: str
    label: str
    since: str
    empty: str
    judged: str
    deeds: tuple = ()
    table: str = CANDIDACIES
    rule: str = ""


QUEUES = {
    queue.code: queue
    for queue in (
        Queue(VERIFY, _("Chờ trả lời thẩm tra"), _("gửi công văn"), _("Không có công văn thẩm tra nào chưa trả lời."),
              "verification", ("verification",), rule="verification_answer"),
        Queue(VOTE, _("Chờ đảng ủy cơ sở ra nghị quyết"), _("chi bộ biểu quyết"),
              _("Không có hồ sơ nào chờ đảng ủy cơ sở, đảng ủy bộ phận."), "base_vote",
              ("base_vote", "section_appraisal"), rule="decision"),
        Queue(SUBMIT, _("Chờ gửi lên cấp trên"), _("đủ nghị quyết"), _("Không có hồ sơ nào chờ gửi."), "submission",
              ("submission",), rule="decision"),
        Queue(APPRAISE, _("Chờ thẩm định"), _("gửi lên"), _("Không có hồ sơ nào chờ thẩm định."), "decision",
              ("appraisal", "returned"), rule="decision"),
        Queue(RETURNED, _("Trả lại, chờ chi bộ hoàn chỉnh"), _("trả lại"), _("Không có hồ sơ nào đang trả lại."),
              "resubmission", ("resubmission",), rule="decision"),
        Queue(DECIDE, _("Đã thẩm định, chờ quyết định"), _("thẩm định đạt"), _("Không có hồ sơ nào chờ quyết định."),
              "decision", ("returned",), rule="decision"),
        Queue(HAND_OVER, _("Có quyết định, chờ chi bộ nhận"), _("quyết định"),
              _("Quyết định nào cũng đã giao cho chi bộ."), "received", ("received",), ADMISSIONS),
        Queue(CELEBRATE, _("Chi bộ đã nhận, chờ lễ kết nạp"), _("chi bộ nhận"),
              _("Không có ai chờ lễ kết nạp."), "ceremony", ("ceremony",), ADMISSIONS, "ceremony"),
        Queue(RECOGNISE, _("Chờ công nhận chính thức"), _("chờ công nhận"),
              _("Không có ai chờ công nhận chính thức."), "recognition", ("recognition",), ADMISSIONS, "recognition"),
    )
}  # fmt: skip
# What happens to a dossier above the cell: the last of these says where it lies.
_ABOVE = ("submission", "receipt", "appraisal", "returned", "resubmission")
_ORDER = papers.ORDER


def of(snapshot, question, name):
    """(indexes of the rows of queue `name` in its table, whoever may see them; since when each waits, day numbers), the
    longest waiting first; letters by the day they are due. KeyError for a queue that is not there. No query, one for VERIFY."""
    return Queues(snapshot, question).of(name)


class Queues:
    """The queues of a question's committee and below on its day, inclusive. Only VERIFY asks a query."""

    def __init__(self, snapshot, question):
        self.snapshot, self.question = snapshot, question
        self.on = question.on.toordinal()
        self.road = Road(snapshot, question)

    def of(self, name):
        """As the function `of`."""
        mask, since = self._find(name)
        found = np.flatnonzero(mask)
        first = self.due(name, found) if name == VERIFY else since[found]
        order = np.argsort(first, kind="stable")
        return found[order], since[found][order]

    def places(self, table):
        """The committee index of the cell that must act, for each row of a table, on the day."""
        return self.road.places if table == CANDIDACIES else stands_at(self.snapshot, self.on)[0]

    def rows(self, name):
        """The snapshot's table the indexes of a queue are of."""
        return self.snapshot.tables[QUEUES[name].table]

    def due(self, name, indexes):
        """The day number by which each of these rows is due by the rules in force on the question's day (a letter's by
        those of its sending); NEVER without a term. A decision's is the 60 working days alone. Worked out once a distinct
        day."""
        if name == VERIFY:
            return self._letters[1][indexes]
        if name == HAND_OVER:
            return np.full(len(indexes), NEVER, np.int32)
        if name == CELEBRATE:
            return self._each(self.rows(name)["received"][indexes], deadlines.ceremony_due_on)
        if name == RECOGNISE:
            voted, held = self._proposed[0][indexes], self.rows(name)["held"][indexes]
            decided = self._each(voted, deadlines.recognition_decision_due_on)
            return np.where(voted != NEVER, decided, self._each(held, deadlines.recognition_due_on))
        return self._each(self._resolved[indexes], deadlines.decision_due_on)

    def _each(self, days, term):
        """The end of a term that begins on each of these days; NEVER stays NEVER. Each distinct day is worked out
        once."""
        rules, calendar = self.snapshot.statute.on(self.question.on), self.snapshot.calendar
        distinct, back = np.unique(days, return_inverse=True)
        ends = [
            NEVER if day == NEVER else term(date.fromordinal(int(day)), rules, calendar).toordinal()
            for day in distinct
        ]
        return np.array(ends, np.int32)[back] if len(distinct) else days.astype(np.int32)

    def _find(self, name):
        """(mask over the queue's table, since when: a day number a row)."""
        if name == VERIFY:
            since, _due = self._letters
            return self.road.mask & (since != NEVER) & self._before(Stage.SUBMITTED), since
        if name in {VOTE, SUBMIT}:
            passed = self._passed
            waiting = self.road.at(Stage.CELL) & ((passed == NEVER) == (name == VOTE))
            return waiting, self._resolved if name == VOTE else passed
        if name in {APPRAISE, RETURNED, DECIDE}:
            return self._lies(name), self._since_above
        if name in {HAND_OVER, CELEBRATE}:
            rows = self.rows(name)
            held = rows["received"] <= self.on
            waiting = self._begun & (rows["held"] > self.on) & (held if name == CELEBRATE else ~held)
            return waiting, rows["received" if name == CELEBRATE else "decided"]
        return self._recognising, self._waiting_for_recognition

    def _before(self, stage):
        reached = [STAGES[one] for one in Stage.open()]
        return np.isin(self.road.stages, reached[: reached.index(STAGES[stage])])

    @cached_property
    def _letters(self):
        """(the day the first unanswered letter was sent, the earliest day an answer is due) of each candidacy; NEVER
        where all are answered. One query."""
        asked = Letter.objects.filter(sent_on__lte=self.question.on).exclude(
            answered_on__lte=self.question.on
        )
        told = list(asked.values_list("candidacy_id", "sent_on", "due_on"))
        ids = self.snapshot.candidacies["id"]
        since, due = np.full(len(ids), NEVER, np.int32), np.full(len(ids), NEVER, np.int32)
        row = {pk: k for k, pk in enumerate(ids.tolist())}
        for candidacy, sent, by in told:
            if (k := row.get(candidacy)) is not None:
                by = by or self._answer_due_on(sent)
                since[k], due[k] = min(since[k], sent.toordinal()), min(due[k], by.toordinal())
        return since, due

    def _answer_due_on(self, sent):
        return deadlines.answer_due_on(sent, self.snapshot.statute.on(sent), self.snapshot.calendar)

    @cached_property
    def _papers(self):
        """(row of the candidacy, kind, day, result) of the papers of the day and before, by candidacy and day."""
        told, row = self.snapshot.tables["papers"], self.snapshot.rows_of("papers")
        taken = told["day"] <= self.on
        return row[taken], told["kind"][taken], told["day"][taken], told["result"][taken]

    def _last(self, *kinds):
        """The last day of a paper of these kinds that did not fail, of each candidacy; NEVER without one."""
        row, kind, day, result = self._papers
        chosen = np.isin(kind, [_ORDER[code] for code in kinds]) & (result != RESULTS[papers.FAIL])
        last = np.full(len(self.road.mask), -1, np.int64)
        np.maximum.at(last, row[chosen], day[chosen])
        return np.where(last < 0, NEVER, last).astype(np.int32)

    def _reached(self, stage):
        """The day each candidacy reached a stage; NEVER where it did not by the day."""
        row, stages, day = self.snapshot.stage_days
        taken = (stages == STAGES[stage]) & (day <= self.on)
        found = np.full(len(self.road.mask), NEVER, np.int32)
        found[row[taken]] = day[taken]
        return found

    @cached_property
    def _resolved(self):
        """The day of the cell's resolution: its last vote that passed; the day it was reported where no vote was kept."""
        voted = self._last("cell_vote")
        return np.where(voted == NEVER, self._reached(Stage.CELL), voted)

    @cached_property
    def _passed(self):
        """The day from which a dossier the cell voted for can be sent; NEVER while a body between has not said yes
        since that vote."""
        voted = self._resolved
        base, section = self._last("base_vote"), self._last("section_appraisal")
        base, section = (np.where(day >= voted, day, NEVER) for day in (base, section))
        above_base, above_section = self._between
        ready = np.where(above_section, section, voted)
        return np.where(above_base, np.where(ready == NEVER, NEVER, base), ready)

    @cached_property
    def _between(self):
        """(whether a grassroots committee, whether a section stands above its cell) of each candidacy on the day."""
        tree = self.question.tree
        where = tree.position[self.road.places]
        kinds = {
            int(p): {tree.kind(q) for q in tree.ancestors(int(p))}
            for p in np.unique(where[self.road.at(Stage.CELL)])
        }
        stands = [np.zeros(len(tree) + 1, bool) for _kind in range(2)]
        for p, above in kinds.items():
            stands[0][p], stands[1][p] = Kind.GRASSROOTS_PARTY in above, Kind.SECTION in above
        return [one[where] for one in stands]

    @cached_property
    def _state(self):
        """(kind, day, result) of the last thing that happened above the cell to each candidacy; kind -1 where nothing."""
        row, kind, day, result = self._papers
        taken = np.flatnonzero(np.isin(kind, [_ORDER[code] for code in _ABOVE]))
        found = [np.full(len(self.road.mask), -1, np.int32) for _part in range(3)]
        for told, part in zip(found, (kind, day, result), strict=True):
            told[row[taken]] = part[taken]  # in order of day: the last write stands
        return found

    def _lies(self, name):
        kind, _day, result = self._state
        back = kind == _ORDER["returned"]
        yes = (kind == _ORDER["appraisal"]) & (result == RESULTS[papers.PASS])
        lies = {RETURNED: back, DECIDE: yes, APPRAISE: ~back & ~yes}[name]
        return self.road.at(Stage.SUBMITTED) & lies

    @cached_property
    def _since_above(self):
        """Since when it lies there: the last thing's day; of one that waits for the appraisal, the day it was last sent.
        What a workbook reported without papers waits since it reached the stage."""
        kind, day, _result = self._state
        sent, reached = self._last("submission", "resubmission"), self._reached(Stage.SUBMITTED)
        sent = np.where(sent == NEVER, reached, sent)
        settled = self._lies(RETURNED) | self._lies(DECIDE)
        return np.where(settled, day, sent).astype(np.int32)

    @cached_property
    def _begun(self):
        """Admissions in force on the day that are neither over nor official."""
        rows = self.snapshot.admissions
        mask = in_force(rows, self.question.on) & (rows["decided"] <= self.on)
        for end in ("official", "recognised", "left"):
            mask &= rows[end] > self.on
        return mask & self.question.holds(self.question.tree.position[self.places(ADMISSIONS)])

    @cached_property
    def _proposed(self):
        """(the cell's day, the day it was sent up) of the proposal to recognise each admission; NEVER without one. Its
        person's papers since the ceremony, in whichever cell they were made."""
        rows, people = self.snapshot.admissions, self.snapshot.candidacies["person"]
        found = []
        for kind in ("recognition_vote", "recognition_submission"):
            last = self._last(kind)
            told = np.flatnonzero(last != NEVER)
            days = np.full(len(rows["id"]), NEVER, np.int32)
            if len(told):
                order = told[np.lexsort((last[told], people[told]))]
                at = np.searchsorted(people[order], rows["person"], side="right") - 1
                theirs = (at >= 0) & (people[order][at] == rows["person"]) & (last[order][at] >= rows["held"])
                days[theirs] = last[order][at][theirs]
            found.append(days)
        return found

    @cached_property
    def _ended(self):
        """The day after which the cell is late to propose: NEVER where no ceremony was held by the day."""
        rows, due = self.snapshot.admissions, np.full(len(self._begun), NEVER, np.int32)
        chosen = np.flatnonzero(self._begun & (rows["held"] <= self.on))
        due[chosen] = self._each(rows["held"][chosen], deadlines.recognition_due_on)
        return due

    @property
    def _recognising(self):
        held = self._begun & (self.snapshot.admissions["held"] <= self.on)
        return held & ((self._proposed[0] != NEVER) | (self._proposed[1] != NEVER) | (self._ended < self.on))

    @property
    def _waiting_for_recognition(self):
        """Since it was sent up, else since the cell proposed, else since the cell's term to propose was over."""
        voted, sent = self._proposed
        return np.where(sent != NEVER, sent, np.where(voted != NEVER, voted, self._ended)).astype(np.int32)

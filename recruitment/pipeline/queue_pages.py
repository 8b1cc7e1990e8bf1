"""One queue as an account sees it: its dossiers, the longest waiting first, each with what is due and what is missing.

Desk, page, print and the batch of decisions take the same rows (`Waiting`): same mask, same rights, same order.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.access import FIGURES, PEOPLE

from ..facts import NEVER
from ..models import Admission, Candidacy
from ..quotas.listing import Chosen, in_order
from ..quotas.question import seen_by
from ..rules import eligibility
from . import evidence, rights, whereabouts
from .queues import (
    ADMISSIONS,
    APPRAISE,
    CELEBRATE,
    DECIDE,
    HAND_OVER,
    QUEUES,
    RECOGNISE,
    VERIFY,
    VOTE,
    Queues,
)
from .things import way

# The button of each kind, on the row of somebody it may be recorded for.
VERBS = {
    "verification": _("Ghi trả lời"),
    "base_vote": _("Ghi nghị quyết đảng ủy cơ sở"),
    "section_appraisal": _("Ghi thẩm định của bộ phận"),
    "submission": _("Ghi gửi hồ sơ"),
    "appraisal": _("Ghi thẩm định"),
    "returned": _("Trả lại"),
    "resubmission": _("Ghi gửi lại"),
    "received": _("Ghi ngày nhận"),
    "ceremony": _("Ghi lễ kết nạp"),
    "recognition": _("Ghi công nhận"),
}
# Queues of which many are done at once, and how the batch calls it (`decision_batch.MODES`).
BATCHES = {DECIDE: "decide", HAND_OVER: "receive", RECOGNISE: "recognise"}
# Queues whose dossiers have a paper recorded that many are issued of at once: its form, and the kind whose right it asks.
PAPERS = {
    VOTE: ("6-knd", "cell_vote"), APPRAISE: ("to-trinh-chung", "submission"), DECIDE: ("phieu-tham-dinh", "appraisal"),
    HAND_OVER: ("9-knd", "decision"), CELEBRATE: ("giay-moi", "ceremony"),
}  # fmt: skip
_WORDS_FOR = 3  # reasons said on a row before the rest is counted


@dataclass
class Row:
    """One dossier in the line. days: it waits already, None where it waits no more; left: days until due, negative when
    over; None without a term. lies: where it lies (`whereabouts.Whereabouts`), of a candidacy. missing: what stands
    against the next step today, in words; later: what will, besides, on the likely meeting day. checked: whether there
    were papers to judge. of: its Candidacy, where a page writes it. cell_id: of the cell that must act."""

    record: object
    person: object
    cell: str
    since: date | None = None
    days: int | None = None
    due: date | None = None
    left: int | None = None
    lies: object = None
    checked: bool = False
    missing: list = field(default_factory=list)
    later: list = field(default_factory=list)
    deeds: list = field(default_factory=list)
    of: object = None
    cell_id: int = 0

    @property
    def candidacy(self):
        """The id of its candidacy; None for an admission that came without one."""
        return self.record.candidacy_id if isinstance(self.record, Admission) else self.record.pk

    @property
    def over(self):
        """Days past the term."""
        return -self.left

    @property
    def more(self):
        return max(len(self.missing) - _WORDS_FOR, 0)

    @property
    def told(self):
        return self.missing[:_WORDS_FOR]


class Waiting:
    """A queue as far as the account sees people, or only their number where it may see figures alone. No query until
    its rows are read, one for the queue of letters."""

    def __init__(self, access, snapshot, question, name, queues=None):
        """queues: a Queues of the same question, where several lines are asked at once. KeyError for a queue that is
        not there."""
        self.access, self.snapshot, self.question, self.name = access, snapshot, question, name
        self.queue, self.queues = QUEUES[name], queues or Queues(snapshot, question)
        self.on = question.on.toordinal()
        self.names = access.may(PEOPLE, question.tree.id(question.position))

    @cached_property
    def _found(self):
        indexes, since = self.queues.of(self.name)
        places = self.queues.places(self.queue.table)[indexes]
        right = PEOPLE if self.names else FIGURES
        known = seen_by(self.access, right, self.snapshot, places)
        return indexes[known], since[known], places[known]

    @property
    def indexes(self):
        return self._found[0]

    @property
    def count(self):
        return len(self.indexes)

    @cached_property
    def _due(self):
        return self.queues.due(self.name, self.indexes)

    @property
    def overdue(self):
        """How many are past their term."""
        return int(np.count_nonzero(self._due < self.on))

    @property
    def oldest(self):
        """The day since which the longest waits; None where nobody does."""
        since = self._found[1]
        return date.fromordinal(int(since.min())) if len(since) else None

    @property
    def by_unit(self):
        """[(code, name, count)] of the committees directly below in which somebody waits."""
        tree = self.question.tree
        counts = tree.roll(tree.count(self._found[2]))
        below = tree.children(self.question.position)
        return [(tree.code(p), tree.name(p), int(counts[p])) for p in below if counts[p]]

    def address(self, **query):
        return way("queue", self.name, committee=self.question.code, **query)

    @cached_property
    def chosen(self):
        """The rows' records in their order (`quotas.listing.Chosen`)."""
        ids = self.queues.rows(self.name)["id"]
        place, known = np.full(len(ids), NEVER, np.int64), np.zeros(len(ids), bool)
        place[self.indexes], known[self.indexes] = np.arange(self.count), True
        return Chosen(
            ids, np.sort(self.indexes), self._fetch, orders={"wait": place}, sort="wait", known=known
        )

    def _fetch(self, indexes):
        ids = self.queues.rows(self.name)["id"]
        if self.queue.table == ADMISSIONS:
            records = Admission.objects.select_related("person", "candidacy__person")
            return in_order(records, ids, indexes)
        return in_order(Candidacy.objects.select_related("person"), ids, indexes)

    def rows(self, records, meeting=None):
        """[Row] of records of `chosen`. meeting: the day on which the board is likely to meet; None asks nothing about
        what is missing. A dozen queries, whatever their number."""
        told = zip(*self._found[1:], self._due, strict=True)
        known = dict(zip(self.indexes.tolist(), told, strict=True))
        rows = [self._row(record, *known[record.row]) for record in records]
        followed = {row.candidacy: row for row in rows if row.candidacy is not None}
        if followed and meeting is not None:
            self._judge(followed, meeting)
        return rows

    def _row(self, record, since, place, due):
        structure, on = self.snapshot.structure, self.question.on
        answers = structure.heir(int(place), self.on)  # of a cell that ended, its heir
        name = structure.name_on(answers if answers >= 0 else int(place), on)
        row = Row(record, record.person, name, date.fromordinal(int(since)), self.on - int(since))
        row.cell_id = structure.ids[int(place)]
        if due != NEVER:
            row.due, row.left = date.fromordinal(int(due)), int(due) - self.on
        row.deeds = self._deeds(row)
        return row

    def _deeds(self, row):
        """[(words, address)] of what the account may record next."""
        allowed = [k for k in self.queue.deeds if rights.may_record(self.access, k, row.cell_id)]
        if row.candidacy is None:
            address = reverse("recruitment:admission-edit", args=[row.record.pk])
            return [(VERBS[kind], address) for kind in allowed]
        if self.name == VERIFY:
            return [(VERBS[k], way("candidacy-verification", row.candidacy)) for k in allowed]
        return [(VERBS[k], way("candidacy-record", row.candidacy, k)) for k in allowed]

    def _judge(self, followed, meeting):
        """Say at each row where it lies, what stands against its next step today, and what will on the day of the
        meeting."""
        candidacies = list(Candidacy.objects.filter(pk__in=followed).select_related("person"))
        facts = evidence.facts_of_many(candidacies, self.snapshot.structure, self.question.on)
        for candidacy in candidacies:
            row, told = followed[candidacy.pk], facts[candidacy.pk]
            row.lies, row.checked = whereabouts.of(candidacy, told), bool(told.papers)
            row.missing = self._against(told, self.question.on)
            row.later = [said for said in self._against(told, meeting) if said not in row.missing]

    def _against(self, facts, on):
        found = eligibility.foreseen(facts, self.queue.judged, on, self.snapshot.book)
        return list(dict.fromkeys(str(one.said) for one in found if one.forbids))

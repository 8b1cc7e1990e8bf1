"""A secretary's day: what is overdue, due, about to lapse and waiting in a committee, and who stands at which step."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import vietnamese

from ..models import Admission, Candidacy, Plan, Stage
from ..quotas.forms import plans_for
from . import whereabouts
from .cards import card
from .kinds import (
    ADMISSIONS,
    CANDIDACIES,
    CEREMONY_DUE,
    CLASS,
    DECISION,
    ENDING,
    KINDS,
    LAPSED,
    LAPSING,
    NO_MENTOR,
    OBJECTION,
    PAPERS_LAPSED,
    PAPERS_LAPSING,
    RECOGNITION,
    RETURNED,
    REVIEW,
    TRANSFER,
    UNABLE,
)
from .obstacles import facts_of
from .stages import UNDECIDED
from .things import CEREMONY, THINGS, WAITING, Things, way
from .worklist import IN_TIME, LATER, OVERDUE

# A page for a whole province must stay a page: beyond these a section leads to the lists.
MOST_CARDS, MOST_NAMES = 20, 12
# Days before a plan begins in which cells are asked for their candidates: December for January.
DECLARED_BEFORE = 45
_FALLS_DUE = (CEREMONY_DUE, RECOGNITION, ENDING, CLASS, TRANSFER)
_LATE = (LAPSED, PAPERS_LAPSED, REVIEW, DECISION, CEREMONY_DUE, RECOGNITION, CLASS, TRANSFER)


@dataclass(frozen=True)
class Section:
    """Cards under one heading. `count` is exact, `cards` the first of them; `rest`: [(words, number, address)] of the
    lists that show them all, where the cards do not."""

    anchor: str
    title: str
    count: int
    cards: list
    rest: list

    @property
    def jumped_to(self):
        """Whether a count at the top leads here, be it 0."""
        return self.anchor in {"qua-han", "den-han", "het-han", "cho"}


@dataclass(frozen=True)
class Standing:
    """The candidacies at one stage: all of them counted, those longest there named: [(person, days)]."""

    label: str
    count: int
    address: str
    people: list


class Today:
    """What stands to be done in one committee today. A fixed number of queries, whatever its size; for `count` alone only
    those of the objections."""

    def __init__(self, access, snapshot, question):
        self.access, self.snapshot, self.question = access, snapshot, question
        self.things, self.on = Things(access, snapshot, question), question.on.toordinal()
        self.moment = timezone.localtime()
        self._kinds = {
            "qua-han": [(NO_MENTOR, None), (UNABLE, None), (OBJECTION, None), (RETURNED, None)]
            + [(kind, OVERDUE) for kind in _LATE],
            "den-han": [(kind, "30") for kind in _FALLS_DUE],
            "den-han-60": [(kind, "60") for kind in _FALLS_DUE],
            "den-han-90": [(kind, "90") for kind in _FALLS_DUE],
            "het-han": [(LAPSING, None), (PAPERS_LAPSING, None)],
            "cho": [(DECISION, IN_TIME), (CEREMONY, None), (WAITING, None)],
        }
        self._groups = {anchor: self._first(*kinds) for anchor, kinds in self._kinds.items()}

    def _first(self, *kinds):
        """[(day, kind, index)] of some kinds, the earliest day first; notes that were missed come after what voids a
        dossier, however long they are missing."""
        found = []
        for kind, term in kinds:
            indexes, days = self.things.of(kind, term)
            if kind in {CEREMONY, WAITING} or (kind, term) == (DECISION, IN_TIME):
                keep = ~(self._lies_here if kind == DECISION else self._told)[indexes]
                indexes, days = indexes[keep], days[keep]
            found += [(day, kind, k) for day, k in zip(days.tolist(), indexes.tolist(), strict=True)]
        return sorted(self._as_undecided(found), key=lambda thing: (thing[1] == REVIEW, thing[0]))

    @cached_property
    def _told(self):
        """The candidacies that wait, and are told of as such by a kind with a term."""
        work, rows = self.things.work, self.snapshot.candidacies
        due = np.isin(rows["id"], self.snapshot.admissions["candidacy"][work.mask(CEREMONY_DUE)])
        return due | work.mask(DECISION)

    @cached_property
    def _lies_here(self):
        """The dossiers sent back: they are told of as such, and wait for nobody else."""
        return self.things.work.mask(RETURNED)

    def _as_undecided(self, found):
        """Those apart that wait for a ceremony while no decision stands in the register."""
        undecided = self.things.road.at(UNDECIDED)
        return [(d, UNDECIDED if kind == CEREMONY and undecided[k] else kind, k) for d, kind, k in found]

    @cached_property
    def declaring(self):
        """The plan for which a cell is to declare its candidates now, because it begins soon; None."""
        on, last = self.question.on, self.question.on + timedelta(days=DECLARED_BEFORE)

        def begins(plan):
            return plan.counts == Plan.Counts.ADMISSIONS and on < plan.since <= last

        if self.question.end != self.question.position + 1:
            return None
        plans, _first = plans_for(self.snapshot, self.question.code, on, among=begins)
        return plans[-1] if plans else None

    @property
    def count(self):
        """Things on the page, each person as often as there is something to do."""
        return sum(map(len, self._groups.values()))

    @property
    def tally(self):
        """[(anchor, label, count, hot)] of the four counts that jump to their section."""
        n = {anchor: len(group) for anchor, group in self._groups.items()}
        soon = n["den-han"] + n["den-han-60"] + n["den-han-90"]
        return [
            ("qua-han", _("Quá hạn"), n["qua-han"], bool(n["qua-han"])),
            ("den-han", _("Đến hạn"), soon, False),
            ("het-han", _("Giấy tờ sắp hết"), n["het-han"], False),
            ("cho", _("Đang chờ"), n["cho"], False),
        ]

    @cached_property
    def sections(self):
        """The [Section]; what is overdue comes first."""
        titles = {
            "qua-han": _("Quá hạn"),
            "den-han": _("Đến hạn trong 30 ngày"),
            "den-han-60": _("Từ 31 đến 60 ngày"),
            "den-han-90": _("Từ 61 đến 90 ngày"),
            "het-han": _("Giấy tờ sắp hết hạn"),
            "cho": _("Đang chờ nơi khác"),
        }
        return [self._section(anchor, title) for anchor, title in titles.items()]

    @cached_property
    def later(self):
        """[(words, number, address)] of what falls due after these 90 days."""
        return self._lists([(kind, LATER) for kind in _FALLS_DUE])

    def _section(self, anchor, title):
        group, cards = self._groups[anchor], []
        for day, kind, k in group[:MOST_CARDS]:
            if record := self._record(kind, k):
                cards.append(self._card(record, kind, day, k))
        rest = self._lists(self._kinds[anchor]) if len(group) > MOST_CARDS else []
        return Section(anchor, title, len(group), cards, rest)

    def _lists(self, kinds):
        counted = [(kind, term, self.things.count(kind, term)) for kind, term in kinds]
        return [(THINGS[k].label, n, self.things.address(k, term=term)) for k, term, n in counted if n]

    def _card(self, record, kind, day, k):
        work = self.things.work
        return card(
            self.access, record, kind=kind, day=day, on=self.on, cell=self._cell(kind, k),
            rule=work.rule(kind, k) if kind in KINDS else None,
            said=self._said(kind, k, record),
            paper=work.oldest_paper(k) if kind in {PAPERS_LAPSED, PAPERS_LAPSING} else "",
            elsewhere=kind == RECOGNITION and bool(work.recommended[k]),
        )  # fmt: skip

    def _said(self, kind, k, record):
        """What a card says of this very person, where that is more than the usual words."""
        if kind == OBJECTION:
            return " ".join(f"{one.said} {one.cure}" for one in self.things.work.objections[k])
        if self._lies(kind, k) and (there := self._whereabouts.get(_followed(record).pk)):
            told = {"words": there.words, "holder": there.holder, "since": vietnamese.day(there.since)}
            return _("%(words)s Hồ sơ ở: %(holder)s, từ %(since)s.") % told
        return ""

    @cached_property
    def _whereabouts(self):
        """{candidacy: Whereabouts} of the dossiers on the page that lie elsewhere, or came back."""
        waiting = [
            self._record(kind, k)
            for group in self._groups.values()
            for _day, kind, k in group[:MOST_CARDS]
            if self._lies(kind, k)
        ]
        records = {_followed(record).pk: _followed(record) for record in waiting if record}
        facts = facts_of(list(records), self.snapshot.structure, self.question.on)
        return {pk: whereabouts.of(records[pk], known) for pk, known in facts.items()}

    def _lies(self, kind, k):
        """Whether a card says where the dossier lies."""
        return kind in {DECISION, WAITING, CEREMONY, RETURNED} or (
            kind == RECOGNITION and self.things.work.recommended[k]
        )

    def _cell(self, kind, k):
        """Where, if that goes without saying nowhere: the page of one cell need not repeat its name."""
        if self.question.end == self.question.position + 1:
            return ""
        table = THINGS[kind].table
        places = self.things.work.places(table)
        return self.snapshot.structure.last_place(int(places[k])).name

    @cached_property
    def standings(self):
        """[Standing] of the open stages at which anyone stands, in the order of the road."""
        found = []
        for stage, (count, first) in self._by_stage.items():
            named = [(self._record(WAITING, k), self.on - int(self.things.since[k])) for k in first]
            people = [(record.person, days) for record, days in named if record]
            address = way("candidacy-list", committee=self.question.code, stage=stage.value)
            found.append(Standing(stage.label, count, address, people))
        return found

    @cached_property
    def _by_stage(self):
        """{open stage at which anyone stands: (how many, indexes of those longest there)}."""
        seen, _days = self.things.of("open")
        found = {}
        for stage in Stage.open():
            here = seen[self.things.road.at(stage)[seen]]
            if len(here):
                longest = np.argsort(self.things.since[here], kind="stable")[:MOST_NAMES]
                found[stage] = len(here), here[longest].tolist()
        return found

    def _record(self, kind, k):
        """The candidacy or admission at an index; None if it was deleted since the snapshot."""
        return self._records[THINGS[kind].table].get(k)

    @cached_property
    def _records(self):
        """{table: {index: record with its person}} of everyone named on the page. Three queries."""
        named = {CANDIDACIES: set(), ADMISSIONS: set()}
        for group in self._groups.values():
            for _day, kind, k in group[:MOST_CARDS]:
                named[THINGS[kind].table].add(k)
        for _count, first in self._by_stage.values():
            named[CANDIDACIES].update(first)
        sources = {
            CANDIDACIES: Candidacy.objects.select_related("person").prefetch_related("steps"),
            ADMISSIONS: Admission.objects.select_related("person", "candidacy"),
        }
        return {name: self.things.read(source, name, named[name]) for name, source in sources.items()}

    @property
    def message(self):
        """The day in a few lines to pass on: counts and no name, for it leaves the building."""
        place = {"name": self.question.name, "day": vietnamese.day(self.question.on)}
        lines = [_("%(name)s, ngày %(day)s:") % place]
        for _anchor, label, count, _hot in self.tally:
            if count:
                lines.append(f"- {label}: {vietnamese.number(count)}")
        if len(lines) == 1:
            lines.append(_("Không có việc nào đến hạn."))
        else:
            lines.append(_("Họ tên và hồ sơ xem trong phần mềm, không gửi qua Zalo."))
        return "\n".join(lines)


def _followed(record):
    """The candidacy of a row, be it one or the admission that followed from it."""
    return record if isinstance(record, Candidacy) else record.candidacy

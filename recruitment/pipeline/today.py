"""A secretary's day: what is overdue, due, without a helper and waiting in a committee, and who stands at which step."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import vietnamese

from ..models import Admission, Candidacy, Stage
from .cards import card, is_late
from .stages import UNDECIDED
from .things import ADMISSIONS, CANDIDACIES, CEREMONY, THINGS, WAITING, Things, way
from .worklist import ENDING, LAPSED, LAPSING, NO_MENTOR, RECOGNITION

# A page for a whole province must stay a page: beyond these a section leads to the lists.
MOST_CARDS, MOST_NAMES, MOST_PRINTED = 20, 12, 18


@dataclass(frozen=True)
class Section:
    """The cards behind one of the four counts. `count` is exact, `cards` the first of them; `rest`: [(words, number,
    address)] of the lists that show them all, where the cards do not."""

    anchor: str
    title: str
    label: str
    count: int
    cards: list
    rest: list
    hot: bool


@dataclass(frozen=True)
class Standing:
    """The candidacies at one stage: all of them counted, those longest there named: [(person, days)]."""

    label: str
    count: int
    address: str
    people: list


class Today:
    """What stands to be done in one committee today. Two queries, whatever its size; none for `count` alone."""

    def __init__(self, access, snapshot, question):
        self.access, self.snapshot, self.question = access, snapshot, question
        self.things, self.on = Things(access, snapshot, question), question.on.toordinal()
        self.moment = timezone.localtime()
        self._groups = {
            "qua-han": self._first(LAPSED, RECOGNITION, late=True),
            "den-han": self._first(RECOGNITION, LAPSING, ENDING),
            "chua-co": self._first(NO_MENTOR),
            "cho": self._ceremonies() + self._first(WAITING),
        }

    def _first(self, *kinds, late=False):
        """[(day, kind, index)] of some kinds, the earliest day first. late: of the recognitions, only those surely
        overdue, else only the others."""
        found = []
        for kind in kinds:
            indexes, days = self.things.of(kind)
            if kind == RECOGNITION:
                chosen = is_late(self.on - days) == late
                indexes, days = indexes[chosen], days[chosen]
            found += [(day, kind, k) for day, k in zip(days.tolist(), indexes.tolist(), strict=True)]
        return sorted(found, key=lambda thing: thing[0])

    def _ceremonies(self):
        """As `_first`, those apart for which no decision stands in the register."""
        undecided = self.things.road.at(UNDECIDED)
        return [(day, UNDECIDED if undecided[k] else kind, k) for day, kind, k in self._first(CEREMONY)]

    @property
    def count(self):
        """Things on the page, each person as often as there is something to do."""
        return sum(map(len, self._groups.values()))

    @cached_property
    def sections(self):
        """The four [Section]; what is overdue comes first."""
        return [
            self._section("qua-han", _("Quá hạn"), _("Quá hạn"), LAPSED, RECOGNITION),
            self._section(
                "den-han", _("Đến hạn trong 90 ngày"), _("Sắp đến hạn"), RECOGNITION, LAPSING, ENDING
            ),
            self._section("chua-co", _("Chưa có người giúp đỡ"), _("Chưa có người giúp đỡ"), NO_MENTOR),
            self._section("cho", _("Đang chờ"), _("Đang chờ"), CEREMONY, WAITING),
        ]

    def _section(self, anchor, title, label, *kinds):
        group = self._groups[anchor]
        told = [(thing, self._record(*thing[1:])) for thing in group[:MOST_CARDS]]
        cards = [
            card(self.access, record, kind=kind, day=day, on=self.on, cell=self._cell(record))
            for (day, kind, _k), record in told
            if record
        ]
        rest = []
        if len(group) > MOST_CARDS:
            rest = [
                (THINGS[kind].label, self.things.count(kind), self.things.address(kind))
                for kind in kinds
                if self.things.count(kind)
            ]
        return Section(anchor, title, label, len(group), cards, rest, bool(group) and anchor == "qua-han")

    def _cell(self, record):
        """Where, if that goes without saying nowhere: the page of one cell need not repeat its name."""
        if self.question.end == self.question.position + 1:
            return ""
        structure = self.snapshot.structure
        return structure.last_place(structure.index[record.cell_id]).name

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
        """{table: {index: record with its person}} of everyone named on the page. Two queries."""
        named = {CANDIDACIES: set(), ADMISSIONS: set()}
        for group in self._groups.values():
            for _day, kind, k in group[:MOST_CARDS]:
                named[THINGS[kind].table].add(k)
        for _count, first in self._by_stage.values():
            named[CANDIDACIES].update(first)
        sources = {
            CANDIDACIES: Candidacy.objects.select_related("person", "admission"),
            ADMISSIONS: Admission.objects.select_related("person"),
        }
        return {name: self._read(name, source, named[name]) for name, source in sources.items()}

    def _read(self, name, source, indexes):
        ids = {k: int(self.snapshot.tables[name]["id"][k]) for k in indexes}
        records = source.in_bulk(list(ids.values()))
        return {k: records[pk] for k, pk in ids.items() if pk in records}

    @cached_property
    def printed(self):
        """The cards for the one page of paper, what is overdue first."""
        return [one for section in self.sections for one in section.cards][:MOST_PRINTED]

    @property
    def not_printed(self):
        return self.count - len(self.printed)

    @property
    def message(self):
        """The day in a few lines to pass on: counts and no name, for it leaves the building."""
        place = {"name": self.question.name, "day": vietnamese.day(self.question.on)}
        lines = [
            f"- {section.label}: {vietnamese.number(section.count)}"
            for section in self.sections
            if section.count
        ]
        return "\n".join(
            [_("%(name)s, ngày %(day)s:") % place, *(lines or [_("Không có việc nào đến hạn.")])]
        )

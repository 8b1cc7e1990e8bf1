"""A department's day: the queues of dossiers, terms, units and targets in a committee, each with its exact count, its
oldest case and the page that shows just those."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese
from committees.access import FIGURES
from committees.deeds import KINDS as WORKBOOKS
from committees.models import Entry

from ..models import Batch
from ..quotas.forms import plans_for
from ..quotas.organisations import Organisations
from ..quotas.progress import NO_TARGET, Unanswerable
from ..quotas.question import ask, seen_by
from ..quotas.units import NO_SOURCE, NONE, of_kind
from . import slips
from .kinds import ENDING, LAPSED, LAPSING, NO_MENTOR, RECOGNITION
from .queue_pages import Waiting
from .queues import QUEUES, Queues
from .stages import UNDATED, UNDECIDED
from .things import OPEN, THINGS, WAITING, Things, way

GROUPS = [
    (gettext_lazy("Thời hạn"), [RECOGNITION, ENDING, LAPSED, LAPSING, NO_MENTOR]),
    (gettext_lazy("Sổ cần bổ sung"), [UNDECIDED, UNDATED]),
]
# What the table of units shows beside the dossiers open there.
BY_UNIT = [OPEN, WAITING, RECOGNITION, LAPSED, NO_MENTOR]
LAST_LOADS = 3


@dataclass(frozen=True)
class Queue:
    """A line: how many of what, the oldest case in words, and the list that shows them. over: how many of them are past
    their term."""

    label: str
    count: int
    oldest: str
    address: str
    over: int = 0


@dataclass(frozen=True)
class Unit:
    """A committee directly below: [(label, count, address)] in the order of BY_UNIT."""

    code: str
    name: str
    figures: list


class Desk:
    """What waits in one committee today. Four queries, whatever its size: letters, what the account logged and loaded."""

    def __init__(self, access, snapshot, question):
        self.access, self.snapshot, self.question = access, snapshot, question
        self.things, self.on = Things(access, snapshot, question), question.on.toordinal()
        self.moment = timezone.localtime()

    @cached_property
    def lines(self):
        """[Queue] of the dossiers by where they wait; those in which nobody does are left out."""
        asked = Queues(self.snapshot, self.question)
        found = [Waiting(self.access, self.snapshot, self.question, name, asked) for name in QUEUES]
        return [
            Queue(one.queue.label, one.count, self._waits(one.oldest), one.address(), one.overdue)
            for one in found
            if one.count
        ]

    def _waits(self, since):
        told = {"on": vietnamese.day(since), "n": vietnamese.number((self.question.on - since).days)}
        return _("chờ lâu nhất từ %(on)s, %(n)s ngày") % told

    @cached_property
    def groups(self):
        """[(title, [Queue])] of what else concerns people; queues without a case are left out."""
        return [(title, list(filter(None, map(self._queue, kinds)))) for title, kinds in GROUPS]

    @property
    def count(self):
        """Cases in all queues: what the journal tells of this page."""
        return sum(queue.count for _title, queues in [("", self.lines), *self.groups] for queue in queues)

    def _queue(self, kind):
        _indexes, days = self.things.of(kind)
        if not len(days):
            return None
        return Queue(
            THINGS[kind].label, len(days), self._oldest(kind, int(days.min())), self.things.address(kind)
        )

    def _oldest(self, kind, day):
        on, away = {"on": vietnamese.day(date.fromordinal(day))}, day - self.on
        said = {
            LAPSED: _("hết hạn sớm nhất %(on)s"),
            LAPSING: _("hết hạn sớm nhất %(on)s"),
            ENDING: _("đủ 12 tháng sớm nhất %(on)s"),
            RECOGNITION: _("hạn xét sớm nhất %(on)s"),
            NO_MENTOR: _("vào nguồn sớm nhất %(on)s"),
            UNDATED: _("quyết định sớm nhất %(on)s"),
        }.get(kind, _("chờ lâu nhất từ %(on)s, %(n)s ngày"))
        return said % {**on, "n": vietnamese.number(abs(away))}

    @cached_property
    def plan(self):
        """The nearest plan that runs today, counting admissions where one does; None."""
        return plans_for(self.snapshot, self.question.code, self.question.on, among=self._running)[1]

    def _running(self, plan):
        return plan.since <= self.question.on < plan.until

    @cached_property
    def plan_queues(self):
        """[Queue] of the units under that plan: without a target, without an admission, without a source."""
        try:
            question, found = ask(self.snapshot, self.question.code, plan=self.plan.code)
        except Unanswerable:
            return []
        units = Organisations(self.snapshot, question, found)
        seen = seen_by(self.access, FIGURES, self.snapshot, question.tree.order[units.positions])
        queues = [
            Queue(label, int(np.count_nonzero(of_kind(units, kind) & seen)), "", self._units(kind))
            for kind, label in [
                (NONE, _("Tổ chức cơ sở đảng chưa kết nạp ai")),
                (NO_SOURCE, _("Tổ chức cơ sở đảng không còn nguồn")),
            ]
        ]
        without = sum(child.state == NO_TARGET for child in found.children)
        queues.insert(
            0, Queue(_("Đơn vị trực thuộc chưa giao chỉ tiêu"), without, "", way("plan", self.plan.code))
        )
        return [queue for queue in queues if queue.count]

    def _units(self, kind):
        return way("unit-list", plan=self.plan.code, committee=self.question.code, kind=kind)

    @cached_property
    def units(self):
        """[Unit] of the committees directly below in which anything is open or due, in order of code."""
        tree = self.question.tree
        counted = [(kind, self.things.by_committee(kind)) for kind in BY_UNIT]
        return [
            Unit(
                tree.code(p),
                tree.name(p),
                [
                    (THINGS[kind].label, int(by[p]), self.things.address(kind, tree.code(p)))
                    for kind, by in counted
                ],
            )
            for p in tree.children(self.question.position)
            if any(by[p] for _kind, by in counted)
        ]

    @property
    def columns(self):
        return [THINGS[kind].label for kind in BY_UNIT]

    @cached_property
    def logged_today(self):
        """Admissions the account logged today, without those taken back: what the page that logs them counts. One query."""
        return slips.written_today(self.access.account).count()

    @cached_property
    def loads(self):
        """[(what, file, rows, when)] of the account's own last loads. Two queries."""
        mine = Entry.objects.filter(chain=Entry.WRITES, actor=self.access.account, deed="load")
        at = dict(mine.order_by("-number").values_list("number", "at")[:LAST_LOADS])
        batches = Batch.objects.filter(stamp__in=at, undone=False).order_by("-pk")
        return [(WORKBOOKS.get(b.kind, b.kind), b.name, b.rows, at[b.stamp]) for b in batches]

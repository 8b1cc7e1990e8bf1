"""What a figure leaves out, and why: with what it counts, everything on record under its committee. No query."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese

from ..facts import NEVER
from ..models import Plan
from .counting import in_force
from .moves import stands_at
from .question import Selection, counting_days

OUTSIDE, OTHER_DAY, BEFORE, LATER, AFTER = "outside", "other-day", "before", "later", "after"
CANCELLED, OTHER_KIND, NOT_GROUP = "cancelled", "other-kind", "not-group"
MOVED_IN = "moved-in"
# As a list's filter calls them.
REASONS = [
    (OUTSIDE, gettext_lazy("nơi khác quyết định trước khi về cùng tổ chức")),
    (OTHER_DAY, gettext_lazy("quyết định và lễ không cùng trong kỳ")),
    (BEFORE, gettext_lazy("trước kỳ")),
    (LATER, gettext_lazy("trong kỳ, sau ngày được hỏi")),
    (AFTER, gettext_lazy("sau kỳ")),
    (CANCELLED, gettext_lazy("quyết định đã hủy")),
    (OTHER_KIND, gettext_lazy("chứng nhận của lớp khác")),
    (NOT_GROUP, gettext_lazy("không thuộc nhóm")),
    (MOVED_IN, gettext_lazy("kết nạp ở nơi khác, đã chuyển về đây")),
]


@dataclass(frozen=True)
class Line:
    """How many rows one reason leaves out, in words."""

    reason: str
    count: int
    words: str


class LeftOut:
    """The rows under a question's committee that its plan does not count. Each stands under the first reason that
    holds for it, in the order of REASONS, so that the lines and the count add up to all on record."""

    def __init__(self, snapshot, question):
        self.snapshot, self.question, self.plan = snapshot, question, question.plan
        self.selection = Selection(snapshot, question)
        self.rows = self.selection.rows
        self.here = question.holds(self.selection.where)
        # Nothing was known here of whoever had not yet come with their cell.
        arrived = self.rows["arrived"]
        self.here &= (arrived == NEVER) | (arrived <= question.on.toordinal())

    @property
    def counted(self):
        """How many are counted, by the records."""
        return len(self.selection)

    @property
    def whole(self):
        """All on record under the committee, of any day, cancelled ones too."""
        return int(np.count_nonzero(self.here))

    @property
    def left(self):
        """How many of them are not counted."""
        return self.whole - self.counted

    @cached_property
    def masks(self):
        """{reason: mask over the table}; no row stands under two."""
        found, left = {}, self.here & ~self.selection.counted
        for reason, mask in self._reasons():
            found[reason] = left & mask
            left = left & ~mask
        return found

    def mask(self, reason):
        """Which rows one of REASONS leaves out; none for a reason that this plan does not know."""
        if reason == MOVED_IN:
            return self.moved_in
        return self.masks.get(reason, np.zeros(len(self.here), bool))

    @cached_property
    def lines(self):
        """[Line] of the reasons that leave anybody out."""
        counts = [(reason, int(np.count_nonzero(mask))) for reason, mask in self.masks.items()]
        return [Line(reason, count, self._words(reason)) for reason, count in counts if count]

    def _reasons(self):
        """(reason, mask) in the order in which they are asked. An admission without ceremony under a plan that counts
        ceremonies stands on the day of its decision."""
        plan, rows, day = self.plan, self.rows, self.question.day.toordinal()
        since, last = plan.since.toordinal(), plan.last_day.toordinal()
        when = counting_days(rows, plan)
        yield OUTSIDE, rows["arrived"] != NEVER
        if not self._people:
            yield from _by_day(when, since, day, last)
            yield OTHER_KIND, ~rows["awareness"]
        else:
            ceremonies = plan.counts_by == Plan.CountsBy.CEREMONY
            other = rows["decided"] if ceremonies else rows["held"]
            within, also = ((days >= since) & (days <= day) for days in (when, other))
            yield OTHER_DAY, also & ~within
            yield from _by_day(np.where(when == NEVER, other, when), since, day, last)
            yield CANCELLED, ~in_force(rows, self.question.on)
        yield NOT_GROUP, np.ones(len(self.here), bool)

    @property
    def _people(self):
        return self.plan.counts == Plan.Counts.ADMISSIONS

    def _words(self, reason):
        plan, question = self.plan, self.question
        ceremonies = plan.counts_by == Plan.CountsBy.CEREMONY
        said = {
            "since": vietnamese.day(plan.since),
            "last": vietnamese.day(plan.last_day),
            "on": vietnamese.day(question.on),
            "next": vietnamese.day(max(question.day + timedelta(days=1), plan.since)),
            "group": question.group.name if question.group else "",
        }
        words = {
            OUTSIDE: _("Do nơi khác quyết định trước khi tổ chức về đây: nơi ấy đã tính"),
            BEFORE: _("Trước kỳ: trước ngày %(since)s"),
            LATER: _("Trong kỳ nhưng sau ngày được hỏi: từ %(next)s đến %(last)s"),
            AFTER: _("Sau kỳ: sau ngày %(last)s"),
            OTHER_DAY: _("Quyết định trong kỳ, lễ kết nạp ngoài kỳ hoặc chưa tổ chức")
            if ceremonies
            else _("Lễ kết nạp trong kỳ, quyết định trước kỳ"),
            CANCELLED: _("Quyết định đã hủy, tính đến hết ngày %(on)s"),
            OTHER_KIND: _("Chứng nhận của lớp khác, không phải lớp bồi dưỡng nhận thức về Đảng"),
            NOT_GROUP: _("Không thuộc nhóm “%(group)s” vào ngày quyết định")
            if self._people
            else _("Không thuộc nhóm “%(group)s”"),
        }
        return words[reason] % said

    # Outside the sum: whose figure it is elsewhere ------------------------------------------------------------

    @cached_property
    def belong(self):
        """The committee index of the cell to which each admission's person belongs on the day asked."""
        return stands_at(self.snapshot, self.question.on.toordinal())[0]

    @cached_property
    def _belongs(self):
        return self.question.holds(self.question.tree.position[self.belong])

    @cached_property
    def moved_in(self):
        """Counted by the plan where they were admitted, elsewhere; belonging here on the day asked."""
        if not self._people:
            return np.zeros(len(self.here), bool)
        return self.selection.counted & ~self.here & self._belongs

    @cached_property
    def moved_out(self):
        """Counted here, where they were admitted; belonging elsewhere on the day asked."""
        if not self._people:
            return np.zeros(len(self.here), bool)
        return self.selection.counted & self.here & ~self._belongs


def _by_day(days, since, day, last):
    """(reason, mask) of the rows whose day keeps them out."""
    yield BEFORE, days < since
    yield LATER, (days > day) & (days <= last)
    yield AFTER, days > last


def turn(selection, reason):
    """Make a Selection choose what one of REASONS leaves out instead of what its question counts. Without a plan nothing
    is left out. People who moved in are looked at where they belong now: where they were admitted may lie beyond the
    reader's reach."""
    if selection.question.plan is None:
        selection.mask = np.zeros(len(selection.mask), bool)
        return
    out = LeftOut(selection.snapshot, selection.question)
    selection.mask = out.mask(reason)
    if reason == MOVED_IN:
        selection.places = out.belong

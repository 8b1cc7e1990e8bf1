"""Who owes a report for a period, to whom, and how far each is. Read off the tree of the period's last day (of the last day
of the committee that opened it, where it ended before), so that a reorganisation since changes nothing: whoever ended is
answered for by its heir, through the door. What was sent stays on the list, whatever is entered late. Pure but for rows."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Kind

from ..models import Allowance, ReportPeriod, Submission

# How far a report is. Read together with the day it was asked on.
AHEAD, WAITING, LATE, SUBMITTED, RETURNED, ACCEPTED, REOPENED = (
    "ahead", "waiting", "late", "submitted", "returned", "accepted", "reopened",
)  # fmt: skip
WORDS = {
    LATE: _("Quá hạn, chưa nộp"),
    RETURNED: _("Bị trả lại"),
    SUBMITTED: _("Đã nộp, chờ kiểm tra"),
    REOPENED: _("Được mở lại, chưa nộp lại"),
    WAITING: _("Chưa nộp, còn hạn"),
    AHEAD: _("Chưa hết kỳ"),
    ACCEPTED: _("Đã nhận, khóa sổ"),
}
# What a page shows them with: an icon and a look, so that colour never speaks alone.
LOOKS = {
    LATE: ("alert", "t-over"), RETURNED: ("up", "t-behind"), SUBMITTED: ("clock", "t-ask"),
    REOPENED: ("ring", "t-behind"), WAITING: ("ring", "t-none"), AHEAD: ("ring", "t-none"),
    ACCEPTED: ("lock", "t-met"),
}  # fmt: skip
_FINE = ("doubts", "behind", "notes")


@dataclass
class Duty:
    """One report owed. pk, code, name: of who owes it, as on the period's last day; above: the committee that checks it
    (its id), None for who opened the period; depth: levels below that one. sent: its Submissions, the first one first;
    allowances: those granted to it."""

    period: ReportPeriod
    position: int
    pk: int
    code: str
    name: str
    kind: str
    above: int | None
    depth: int
    sent: list = field(default_factory=list)
    allowances: list = field(default_factory=list)

    @property
    def latest(self):
        """The last Submission that was not taken back; None where there is none."""
        return next((one for one in reversed(self.sent) if one.state != Submission.State.WITHDRAWN), None)

    @property
    def standing(self):
        """The Submission that holds: the last accepted."""
        return next((one for one in reversed(self.sent) if one.state == Submission.State.ACCEPTED), None)

    def shown(self, today):
        """The Submission a page shows for it: the one accepted while it is closed, whatever was returned since; else the
        last that was not taken back. None where there is none."""
        return self.standing if self.state(today) == ACCEPTED else self.latest

    def behind(self, today):
        """The Submission that stands behind the report of the level above: the one that waits to be checked; else the one
        accepted, until another takes its place. None where there is none."""
        return self.latest if self.state(today) == SUBMITTED else self.standing

    @property
    def last_number(self):
        return self.sent[-1].number if self.sent else 0

    @property
    def due_on(self):
        """The last day in time, a later one that was granted included."""
        return self._due(lambda one: one.ended_on is None or one.ended_on > one.last_day)

    def _due(self, holds):
        later = [one.last_day for one in self.allowances if one.kind == Allowance.Kind.LATER and holds(one)]
        return max([self.period.due_on, *later])

    def reopening(self, today):
        """The Allowance by which what is closed may be sent anew; None. One used up by an acceptance since is over."""
        closed = self.standing
        for one in self.allowances:
            if one.kind == Allowance.Kind.REOPEN and one.runs(today):
                if closed is None or one.stamp > closed.stamp:
                    return one
        return None

    def state(self, today):
        latest, standing = self.latest, self.standing
        if latest is not None and latest.state == Submission.State.SUBMITTED:
            return SUBMITTED
        if standing is not None:
            if self.reopening(today) is None:
                return ACCEPTED
            return RETURNED if latest.state == Submission.State.RETURNED else REOPENED
        if latest is not None and latest.state == Submission.State.RETURNED:
            return RETURNED
        if today < self.period.until:
            return AHEAD
        return LATE if today > self.due_on else WAITING

    @property
    def days_late(self):
        """By how many days the first report came after the day it was due by then; 0 in time, None where there is none.
        What was granted later, or ended later, changes nothing of it."""
        first = next((one for one in self.sent if one.state != Submission.State.WITHDRAWN), None)
        if first is None:
            return None
        day = timezone.localdate(first.sent_at)

        def held(one):
            return one.since <= day and (one.ended_on is None or one.stamp > first.as_of)

        return max(0, (day - self._due(held)).days)

    @property
    def said(self):
        """Whether a report is there to be looked at."""
        return self.latest is not None


class Owing:
    """Everybody who owes a report for a period, in the order of the tree. Two queries, when asked for the rows."""

    def __init__(self, period, structure):
        self.period, self.structure = period, structure
        ended = structure.last_day(structure.index[period.committee_id])
        self.day = min(period.last_day, ended) if ended else period.last_day
        self.tree = structure.at(self.day)
        self.top = self.tree.of(period.committee_id)
        self._others = {}  # {committee id: Duty} of those who sent and by this tree do not stand there

    def __contains__(self, committee_id):
        return self.find(committee_id) is not None

    def find(self, committee_id):
        """The Duty of a committee that stood on the last day, or sent a report; None where it owes none."""
        i = self.structure.index.get(committee_id)
        if i is None:
            return None
        if self.tree.stands(i) and (found := self._by_position.get(int(self.tree.position[i]))):
            return found
        return self._others.get(committee_id)

    def sent(self, row):
        """The Duty to which a Submission belongs; one that this tree does not have is put beside those it has."""
        found = self.find(row.committee_id)
        if found is None:
            i = self.structure.index[row.committee_id]
            found = self._others[row.committee_id] = Duty(
                self.period, int(self.tree.position[i]), row.committee_id, self.structure.codes[i], row.name,
                "", row.above_id, 1,
            )  # fmt: skip
        return found

    @property
    def reached(self):
        """[Duty] as the tree alone has them, without what was sent. No query."""
        return list(self._by_position.values())

    @cached_property
    def duties(self):
        """[Duty] with what was sent and granted, the committee that opened the period first. Two queries."""
        load([self])
        return [*self.reached, *self._others.values()]

    @cached_property
    def _by_position(self):
        if self.top < 0:
            return {}
        tree, reach, found = self.tree, self.period.reach, {}
        for p in range(self.top, int(tree.end[self.top])):
            up = int(tree.up[p])
            if p == self.top:
                above = None
            elif up not in found or not _asked(reach, tree.kind(p), up == self.top):
                continue
            else:
                above = found[up].pk
            depth = 0 if above is None else found[up].depth + 1
            found[p] = Duty(
                self.period, p, tree.id(p), tree.code(p), tree.name(p), tree.kind(p), above, depth
            )
        return found

    def succeeded(self, duty):
        """[Id of a committee] of those that ended by the period's last day and for which a duty's answers by then."""
        tree, ids = self.tree, self.structure.ids
        if duty.position < 0 or tree.id(duty.position) != duty.pk:
            return []
        return [ids[i] for i in np.flatnonzero(tree.position == duty.position) if ids[i] != duty.pk]

    def units(self, duty):
        """[Duty] of those directly below one, with what was sent."""
        return [one for one in self.duties if one.above == duty.pk]

    def below(self, duty):
        """[Duty] of all below one, with what was sent."""
        end = int(self.tree.end[duty.position])
        return [one for one in self.duties if duty.position < one.position < end]


def _asked(reach, kind, direct):
    if reach == ReportPeriod.Reach.UNITS:
        return direct
    if reach == ReportPeriod.Reach.GRASSROOTS:
        return kind not in {Kind.SECTION, Kind.CELL}
    return True


def within(owing, access, right):
    """[Duty] of an Owing whose committee lies where the account holds the right today; one that ended lies where its heir
    does. No query beyond the door's own."""
    spans, tree = access.spans(right), access.tree
    index = tree.structure.index
    found = []
    for duty in owing.reached:
        i = index.get(duty.pk)
        p = -1 if i is None else int(tree.position[i])
        if any(first <= p < end for first, end in spans):
            found.append(duty)
    return found


def load(owings, committee_id=None):
    """Read what was sent and granted for several periods at once, of one committee where it is named. Two queries, however
    many there are."""
    of = {owing.period.pk: owing for owing in owings}
    for owing in owings:
        for duty in owing.reached:
            duty.sent, duty.allowances = [], []
    only = {"period__in": of} | ({"committee_id": committee_id} if committee_id else {})
    sent = Submission.objects.filter(**only).defer(*_FINE).select_related("sent_by", "judged_by")
    for row in sent.order_by("number"):
        of[row.period_id].sent(row).sent.append(row)
    granted = Allowance.objects.filter(**only).select_related("granted_by")
    for row in granted.order_by("pk"):
        if (duty := of[row.period_id].find(row.committee_id)) is not None:
            duty.allowances.append(row)

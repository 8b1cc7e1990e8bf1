"""What a standing board decided in one meeting, written at once: all of it under one pen, or nothing with every reason.

Numbers are what the office's clerk gave: none is ever made up but from a block the clerk named (`blocks`).
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import journal
from committees.editing import Overtaken, unchanged
from committees.vietnamese import day as written

from ..models import Admission
from ..numbering.written import folded_number
from ..rules import votes
from .actions import Refused, deciding
from .admitting import Doubtful, Impossible
from .decision_numbers import Givers
from .queues import DECIDE, HAND_OVER, RECOGNISE


@dataclass(frozen=True)
class Mode:
    """One of the things done for many at once: the queue it takes from, the kind of step. numbered: whether each has a
    number of its own and may have the board's votes."""

    code: str
    queue: str
    kind: str
    deed: str
    title: str
    day: str
    done: str
    numbered: bool = True


MODES = {
    mode.code: mode
    for mode in (
        Mode("decide", DECIDE, "decision", "decision-batch", gettext_lazy("Ghi quyết định kết nạp"),
             gettext_lazy("Ngày quyết định"), gettext_lazy("Đã ghi %(n)s quyết định kết nạp ngày %(on)s.")),
        Mode("recognise", RECOGNISE, "recognition", "recognition-batch",
             gettext_lazy("Ghi quyết định công nhận chính thức"), gettext_lazy("Ngày quyết định"),
             gettext_lazy("Đã ghi %(n)s quyết định công nhận ngày %(on)s.")),
        Mode("receive", HAND_OVER, "received", "received-batch", gettext_lazy("Ghi ngày chi bộ nhận quyết định"),
             gettext_lazy("Ngày chi bộ nhận"), gettext_lazy("Đã ghi ngày nhận của %(n)s quyết định: %(on)s."),
             numbered=False),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One dossier of the batch. stamp: of the candidacy as the page showed it. in_favour: of the board's members."""

    candidacy: object
    stamp: int
    number: str = ""
    in_favour: int | None = None


@dataclass
class Unwritten(Exception):
    """Nothing was written. faults: {candidacy id: [what stands against it]}; overtaken: {candidacy id: the row as it
    stands}; doubts: [(candidacy id, Doubt)] that want a yes first."""

    faults: dict = field(default_factory=dict)
    overtaken: dict = field(default_factory=dict)
    doubts: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.faults or self.overtaken or self.doubts)

    def against(self, line, *reasons):
        self.faults.setdefault(line.candidacy.pk, []).extend(str(reason) for reason in reasons)


def write(mode, lines, *, on, members=None, confirmed=(), access, snapshot, committee, by):
    """Write one step of each line's candidacy, dated `on`. Returns the Admissions in the order of the lines.

    mode: one of MODES. members: of the board, where votes were counted; checked against each line's `in_favour`.
    confirmed: keys of the doubts answered. committee: where the batch is entered. Raises Unwritten with every reason of
    every line. One pen; about thirty queries a line.
    """
    givers = Givers(snapshot, committee, on)
    amiss = _amiss(mode, lines, members, _vote(givers), snapshot.statute.on(on))
    made = []
    with journal.pen(by, mode.deed, committee=committee, on=on, count=len(lines)) as pen:
        strange = list(givers.doubts(lines))
        if strange:
            pen.note(confirmed=[doubt.said for _pk, doubt in strange])
        for line in lines:
            try:
                fresh = unchanged(line.candidacy, line.stamp)
                made.append(_step(mode, fresh, line, on, confirmed, access, snapshot, pen))
            except Overtaken as other:
                amiss.overtaken[line.candidacy.pk] = other.fresh
            except Doubtful as question:
                amiss.doubts += [(line.candidacy.pk, doubt) for doubt in question.doubts]
            except Impossible as refusal:
                amiss.against(line, *refusal.faults.values())
            except Refused as refusal:
                amiss.against(line, *refusal.reasons)
        if amiss or {doubt.key for _pk, doubt in strange} - set(confirmed):
            amiss.doubts = [*strange, *amiss.doubts]
            raise amiss
        if members is not None:
            pen.note(votes=[[line.candidacy.pk, line.in_favour, members] for line in lines])
    return made


def _step(mode, candidacy, line, on, confirmed, access, snapshot, pen):
    told = {"on": on, "number": line.number, "snapshot": snapshot, "pen": pen}
    told |= {"access": access, "confirmed": confirmed}
    if mode.code == "decide":
        return deciding.decided(candidacy, **told)
    return deciding.led_on(candidacy, mode.kind, **told)


def _vote(givers):
    """Which vote decides where the batch is entered: the standing board's, or that of a grassroots committee to which the
    decision was delegated (a code of `votes.KINDS`)."""
    return "board_vote" if givers.delegated is None else "delegated_vote"


def _amiss(mode, lines, members, vote, rules):
    """What stands against the lines beside each other: a number twice, none, votes that do not carry."""
    amiss, bearers = Unwritten(), {}
    if not mode.numbered:
        return amiss
    for line in lines:
        if not line.number:
            amiss.against(line, _("Ghi số quyết định văn thư đã cấp, hoặc điền từ dải số."))
        first = bearers.setdefault(folded_number(line.number or f" {line.candidacy.pk}"), line)
        if first is not line:
            told = {"number": line.number, "name": first.candidacy.person.full_name}
            amiss.against(line, _("Số %(number)s đã ghi cho %(name)s trong chính danh sách này.") % told)
        if (reason := _not_carried(line, members, vote, rules)) is not None:
            amiss.against(line, reason)
    return amiss


def _not_carried(line, members, vote, rules):
    """Why the board's votes do not carry the line; None where they do, or were not said."""
    if members is None or line.in_favour is None:
        return None
    told = {"n": line.in_favour, "all": members, "rule": rules[vote].citation}
    if line.in_favour > members or not members:
        return _("Tìm thấy %(n)s phiếu tán thành trong %(all)s ủy viên. Xem lại hai số.") % told
    if votes.passes(vote, members, line.in_favour, rules):
        return None
    told["needed"] = votes.needed(vote, members, rules)
    return _("%(n)s trên %(all)s ủy viên tán thành, cần từ %(needed)s: %(rule)s.") % told


def standing_now(fresh):
    """What somebody else wrote meanwhile, in words. One query."""
    admission = Admission.objects.filter(candidacy=fresh, cancelled_on=None).first()
    if admission is not None and admission.stamp == fresh.stamp:
        told = {"number": admission.decision_number or "–", "on": written(admission.decided_on)}
        return _("Vừa có người ghi vào quyết định %(number)s ngày %(on)s của hồ sơ này.") % told
    return _("Vừa có người ghi vào hồ sơ này. Mở xem lại, rồi lưu lần nữa hoặc bỏ đánh dấu.")

"""A report on its way: sent and frozen, taken back, returned with reasons, accepted. Every race is decided under the pen,
where the latest report is read anew."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.editing import unchanged
from committees.models import Committee

from ..models import FrozenReport, Submission
from ..quotas.deeds import Refused
from .deeds import about, duty_now, still_open
from .owing import ACCEPTED, AHEAD, SUBMITTED

State = Submission.State


@dataclass(frozen=True)
class Prepared:
    """What is to be sent, worked out before the pen. kept: [Kept]; as_of: the entry of the journal up to which it read."""

    kept: list
    as_of: int
    doubts: list
    behind: dict


def submit(period, committee, *, by, prepared, notes, seen):
    """Send a committee's report for a period to the level above and freeze it. seen: the number of the last Submission the
    page showed, 0 for none: two at once are told apart by it. The report of the committee that opened the period has
    nobody above and is closed at once. Raises Refused. Returns the Submission. Cost: about nine queries and the bytes."""
    with journal.pen(by, "report-submit", about(period), committee=committee) as pen:
        fresh = still_open(period)
        duty, today = duty_now(fresh, committee.pk), vietnamese.today()
        state = duty.state(today)
        if duty.last_number != seen or state == SUBMITTED:
            raise Refused(("", _("bản mới nhất: báo cáo đã được người khác nộp hoặc rút; mở lại trang")))
        if state == ACCEPTED:
            raise Refused(("", _("cấp trên mở lại trước: báo cáo kỳ này đã nhận và khóa sổ")))
        if state == AHEAD or today < fresh.until:
            raise Refused(("", _("kỳ đã hết: ngày cuối kỳ là %s") % vietnamese.day(fresh.last_day)))
        now = timezone.now()
        sent = Submission(
            period=fresh, committee=committee, name=duty.name, above_id=duty.above, number=seen + 1, sent_by=by, sent_at=now, as_of=prepared.as_of,
            notes=notes, doubts=prepared.doubts, behind=prepared.behind,
        )  # fmt: skip
        if duty.above is None:
            sent.state, sent.judged_by, sent.judged_at = State.ACCEPTED, by, now
        sent.save()
        FrozenReport.objects.bulk_create([
            FrozenReport(
                submission=sent, form=one.form, whole=one.whole, name=one.name, content=one.content,
                digest=one.digest,
            )
            for one in prepared.kept
        ])  # fmt: skip
        digests = "; ".join(f"{_kind(one)} {one.digest}" for one in prepared.kept)
        pen.note(digest=digests, number=sent.number)
    return sent


def _kind(kept):
    return f"{kept.form}{'' if kept.whole else ', gộp'}"


def take_back(submission, *, by, stamp=None):
    """The committee takes back what it sent, while nobody above has judged it. stamp: that of the page. Raises Refused,
    Overtaken."""
    with _judging(submission, by, "report-take-back") as pen:
        fresh = _waiting(submission, stamp)
        fresh.state = State.WITHDRAWN
        fresh.save()
        pen.note(number=fresh.number)


def accept(submission, *, by, stamp=None):
    """The level above takes the report as it is: the committee's period is closed. Nobody accepts what they sent
    themself. stamp: that of the page. Raises Refused, Overtaken."""
    with _judging(submission, by, "report-accept") as pen:
        fresh = _waiting(submission, stamp)
        if by is not None and fresh.sent_by_id == by.pk:
            raise Refused(("", _("một người khác nhận: báo cáo này do chính anh chị nộp")))
        _judged(fresh, State.ACCEPTED, by)
        pen.note(number=fresh.number)


def give_back(submission, *, by, reason, stamp=None):
    """The level above returns the report with its reasons. Raises Refused, Overtaken."""
    with _judging(submission, by, "report-return", reason=reason) as pen:
        fresh = _waiting(submission, stamp)
        if not reason:
            raise Refused(("reason", _("lý do trả lại, để đơn vị biết sửa gì")))
        fresh.reason = reason
        _judged(fresh, State.RETURNED, by)
        pen.note(number=fresh.number)


def _judging(submission, by, deed, **details):
    where = Committee(id=submission.committee_id, code=submission.committee.code)
    return journal.pen(by, deed, about(submission.period), committee=where, **details)


def _waiting(submission, stamp=None):
    """The Submission read anew under the pen, still waiting to be judged."""
    fresh = unchanged(submission, stamp)
    if fresh.state != State.SUBMITTED:
        raise Refused(("", _("một báo cáo đang chờ kiểm tra; báo cáo này: %s") % fresh.get_state_display()))
    return fresh


def _judged(submission, state, by):
    submission.state, submission.judged_by, submission.judged_at = state, by, timezone.now()
    submission.save()

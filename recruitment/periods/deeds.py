"""The deeds of periods: opened, changed, put away; exceptions granted and ended. Sending and checking stand in `sending`."""

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.editing import unchanged
from committees.tree import structure

from ..models import Allowance, ReportPeriod, Submission
from ..quotas.deeds import Refused
from .owing import ACCEPTED, Owing, load

# A period longer than this is a slip of the pen: a term of five years is the longest that is reported of.
LONGEST_YEARS = 5
# What may change of a period of which reports were sent: they were made for these days.
FIXED = ("since", "until", "reach")


def about(period):
    return f"recruitment.reportperiod:{period.pk}"


def open_period(*, by, committee, name, since, until, due_on, reach, document=""):
    """A new period of a committee for those below it. Days [since, until). Raises Refused."""
    with journal.pen(by, "period-open", committee=committee, name=name) as pen:
        period = ReportPeriod(
            committee=committee, name=name, since=since, until=until, due_on=due_on, reach=reach,
            document=document,
        )  # fmt: skip
        _judge(period)
        period.save()
        pen.about = about(period)
    return period


def change_period(period, *, by, stamp, **values):
    """The period as corrected: its name, due day, document; while nobody sent anything also its days and who owes. stamp:
    that of the page. Raises Refused, and Overtaken."""
    with journal.pen(by, "period-change", about(period), committee=period.committee):
        fresh = still_open(period, stamp)
        changed = [name for name, value in values.items() if getattr(fresh, name) != value]
        if not changed:
            raise Refused(("", _("ít nhất một thay đổi; mọi ô đang như đã lưu")))
        fixed = [name for name in changed if name in FIXED]
        if fixed and _sent(fresh):
            raise Refused((fixed[0], _("giữ như cũ: đã có báo cáo nộp cho những ngày và phạm vi này")))
        for name, value in values.items():
            setattr(fresh, name, value)
        _judge(fresh)
        fresh.save()
    return fresh


def drop_period(period, *, by, stamp=None):
    """Put away a period opened by a slip, while nobody sent anything. stamp: that of the page. Raises Refused, Overtaken."""
    with journal.pen(by, "period-drop", about(period), committee=period.committee):
        fresh = still_open(period, stamp)
        if _sent(fresh):
            raise Refused(("", _("một kỳ chưa ai nộp báo cáo; kỳ này đã có báo cáo, giữ lại")))
        fresh.dropped_on = vietnamese.today()
        fresh.save()


def _sent(period):
    return Submission.objects.filter(period=period).exists()


def still_open(period, stamp=None):
    """The period read anew under the pen. Raises Refused where it was put away, Overtaken by its stamp."""
    fresh = unchanged(period, stamp)
    if fresh.dropped_on is not None:
        raise Refused(("", _("một kỳ đang dùng; kỳ này đã bỏ")))
    return fresh


def _judge(period):
    faults, day = [], vietnamese.day
    if period.until <= period.since:
        faults.append(("last_day", _("ngày không trước ngày đầu (%s)") % day(period.since)))
    elif period.until.year - period.since.year > LONGEST_YEARS:
        faults.append(("last_day", _("một kỳ dài không quá %d năm") % LONGEST_YEARS))
    elif period.due_on < period.until:
        faults.append(
            ("due_on", _("ngày sau ngày cuối kỳ (%s): số của kỳ chỉ đủ khi kỳ đã hết") % day(period.last_day))
        )
    same = ReportPeriod.objects.filter(
        committee=period.committee, since=period.since, until=period.until, dropped_on=None
    ).exclude(pk=period.pk)
    if (other := same.first()) is not None:
        faults.append(("since", _("những ngày khác: đã mở “%s” cho đúng những ngày này") % other.name))
    if not faults:
        read = structure()
        owing = Owing(period, read)
        i = read.index[period.committee_id]
        if not owing.tree.stands(i):
            faults.append(("last_day", _("một ngày mà tổ chức mở kỳ hoạt động")))
        elif len(owing.reached) < 2:
            faults.append(("reach", _("một tổ chức có đơn vị trực thuộc vào ngày cuối kỳ")))
    if faults:
        raise Refused(*faults)


# Exceptions -----------------------------------------------------------------------------------------


def allow(period, committee, *, by, kind, last_day, reason):
    """An exception for one committee, from today to `last_day` (inclusive): a later due day, or that a closed report may be
    sent anew. It is over by itself. Raises Refused. Returns the Allowance."""
    with journal.pen(by, "period-allow", about(period), committee=committee, kind=kind, reason=reason) as pen:
        fresh, today = still_open(period), vietnamese.today()
        duty = duty_now(fresh, committee.pk)
        if duty.above is None:
            raise Refused(("", _("một đơn vị phải báo cáo lên cấp trên trong kỳ này")))
        faults = []
        if not reason:
            faults.append(("reason", _("lý do cho phép")))
        if last_day < today:
            faults.append(("last_day", _("ngày từ hôm nay (%s) trở đi") % vietnamese.day(today)))
        closed = duty.state(today) == ACCEPTED
        if kind == Allowance.Kind.LATER:
            due = duty.due_on
            if closed or duty.standing is not None:
                faults.append(("kind", _("một đơn vị chưa khóa sổ; đơn vị này đã khóa, chọn mở lại")))
            elif last_day <= due:
                faults.append(("last_day", _("ngày sau hạn đang có (%s)") % vietnamese.day(due)))
        elif not closed:
            faults.append(
                ("kind", _("một báo cáo đã khóa; báo cáo của đơn vị này chưa khóa hoặc đang được mở lại"))
            )
        if faults:
            raise Refused(*faults)
        row = Allowance(
            period=fresh, committee=committee, kind=kind, since=today, last_day=last_day, reason=reason,
            granted_by=by,
        )  # fmt: skip
        row.save()
        pen.note(on=last_day)
    return row


def end_allowance(row, *, by, reason):
    """End an exception before its last day: from today on it does not hold. Raises Refused."""
    with journal.pen(by, "period-allow-end", about(row.period), committee=row.committee, reason=reason):
        fresh, today = unchanged(row, None), vietnamese.today()
        if not fresh.runs(today):
            raise Refused(("", _("một lần cho phép còn hiệu lực; lần này đã hết")))
        fresh.ended_on = today
        fresh.save()


def duty_now(period, committee_id):
    """The Duty as it stands under the pen, with its own rows; Refused where that committee owes no report."""
    owing = Owing(period, structure())
    load([owing], committee_id)
    duty = owing.find(committee_id)
    if duty is None:
        raise Refused(("", _("một đơn vị phải báo cáo trong kỳ này")))
    return duty

"""The deeds of members who come and go: written down, put right with a reason, taken back. Each takes its own pen and may
raise Refused, and Overtaken where its page was."""

from datetime import timedelta

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.models import Flow
from committees.tree import structure

from ..quotas.deeds import Refused
from . import held

LONGEST = timedelta(days=366)


def _words(row):
    if row.since == row.last_day:
        return vietnamese.day(row.since)
    return f"{vietnamese.day(row.since)} – {vietnamese.day(row.last_day)}"


def _judge(committee, since, until, counts, other_than=None):
    faults = []
    # Under the pen: the committee may have ended while the deed waited for it.
    if held.place(structure(), committee.pk, since.toordinal()) is None:
        faults.append(("since", _("một ngày mà tổ chức này hoạt động")))
    if until <= since:
        faults.append(("last", _("ngày không trước ngày đầu (%s)") % vietnamese.day(since)))
    elif until - timedelta(days=1) > vietnamese.today():
        faults.append(("last", _("ngày không sau hôm nay (%s)") % vietnamese.day(vietnamese.today())))
    elif until - since > LONGEST:
        faults.append(("last", _("một kỳ không dài hơn một năm")))
    if counts.get("struck_off_probationary", 0) > counts.get("struck_off", 0):
        faults.append(
            ("struck_off_probationary", _("số không quá số xóa tên (%d)") % counts.get("struck_off", 0))
        )
    others = Flow.objects.filter(committee=committee, since__lt=until, until__gt=since)
    if other_than is not None:
        others = others.exclude(pk=other_than.pk)
    if not faults and (other := others.order_by("since").first()) is not None:
        faults.append(("since", _("những ngày chưa ghi; đã có số của %s, sửa số ấy") % _words(other)))
    if faults:
        raise Refused(*faults)


def enter(*, by, committee, since, until, document="", **counts):
    """Members who came and went in [since, until), by the names of Flow. Returns the Flow."""
    with journal.pen(by, "flow-enter", about=f"flow:{committee.code}", committee=committee):
        _judge(committee, since, until, counts)
        row = Flow(committee=committee, since=since, until=until, document=document, **counts)
        row.save()
    return row


def correct(row, *, by, reason, since, until, document="", stamp=None, **counts):
    """The row as it should have been written. Returns it."""
    about = f"flow:{row.committee.code}"
    with journal.pen(by, "flow-correct", about=about, committee=row.committee, reason=reason):
        fresh = held.still(row, stamp)
        _judge(row.committee, since, until, counts, other_than=fresh)
        for name, value in {"since": since, "until": until, "document": document, **counts}.items():
            setattr(fresh, name, value)
        fresh.save()
    return fresh


def drop(row, *, by, reason, stamp=None):
    """The row was written by a slip."""
    about = f"flow:{row.committee.code}"
    with journal.pen(by, "flow-drop", about=about, committee=row.committee, reason=reason):
        held.still(row, stamp).delete()

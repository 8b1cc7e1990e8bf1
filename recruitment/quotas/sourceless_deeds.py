"""The deeds of organisations without source: marked from a day, another measure from a day, a source again from a day.
What stood before is kept; a mark made by a slip is taken back the same day."""

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.editing import unchanged
from committees.models import Kind
from committees.tree import structure

from ..models import Sourceless
from .deeds import Refused
from .sourceless import KINDS

MARK = "sourceless-mark"


def mark(*, by, committee, since, cause, measure="", document=""):
    """The committee has nobody left to recruit from the day `since` on (inclusive). Returns the Sourceless. Raises
    Refused."""
    standing = structure()
    with journal.pen(by, MARK, about=f"sourceless:{committee.code}", committee=committee):
        rows = list(Sourceless.objects.filter(committee=committee).order_by("since"))
        if faults := _faults(standing, committee, since, rows):
            raise Refused(*faults)
        row = Sourceless(committee=committee, since=since, cause=cause, measure=measure, document=document)
        row.save()
    return row


def _faults(standing, committee, since, rows):
    place = standing.place_on(standing.index[committee.pk], since.toordinal())
    if since > vietnamese.today():
        return [("since", _("ngày không sau hôm nay (%s)") % vietnamese.day(vietnamese.today()))]
    if place is None:
        return [("since", _("một ngày mà tổ chức này hoạt động"))]
    if place.kind not in KINDS:
        said = _("một chi bộ, đảng bộ bộ phận hoặc tổ chức cơ sở đảng, không phải %s")
        return [("committee", said % Kind(place.kind).label.lower())]
    last = rows[-1] if rows else None
    if last is not None and last.until is None:
        told = _("một tổ chức chưa đánh dấu; tổ chức này đã đánh dấu từ ngày %s")
        return [("committee", told % vietnamese.day(last.since))]
    if last is not None and since < last.until:
        told = _("ngày từ %s, khi lần đánh dấu trước kết thúc")
        return [("since", told % vietnamese.day(last.until))]
    return []


def change(row, *, by, on, cause, measure="", document="", stamp=None):
    """Another cause, measure or document from the day `on` on: the row so far ends then, and another goes on. On its
    own first day it is put right in place. Returns the Sourceless in force. Raises Refused, and Overtaken."""
    said = {"cause": cause, "measure": measure, "document": document}
    with journal.pen(
        by, "sourceless-change", about=f"sourceless:{row.committee.code}", committee=row.committee
    ):
        fresh = _running(row, stamp)
        if all(getattr(fresh, name) == value for name, value in said.items()):
            raise Refused(("", _("ít nhất một thay đổi; mọi ô đang như đã lưu")))
        _judge_day(fresh, on)
        if on == fresh.since:
            for name, value in said.items():
                setattr(fresh, name, value)
            fresh.save()
            return fresh
        fresh.until = on
        fresh.save()
        later = Sourceless(committee=row.committee, since=on, **said)
        later.save()
    return later


def end(row, *, by, on, stamp=None):
    """There is a source again from the day `on` on. On its own first day: the mark was a slip, and is taken back by who
    made it, the same day. Returns the Sourceless as ended, None where it was taken back. Raises Refused, and
    Overtaken."""
    with journal.pen(
        by, "sourceless-end", about=f"sourceless:{row.committee.code}", committee=row.committee
    ) as pen:
        fresh = _running(row, stamp)
        _judge_day(fresh, on)
        if on > fresh.since:
            fresh.until = on
            fresh.save()
            return fresh
        entry = journal.entry_of(fresh.stamp)
        if entry is None or not entry.is_todays(MARK, by):
            told = _("ngày sau %s, ngày bắt đầu; đánh dấu nhầm thì chính người ghi bỏ ngay trong ngày")
            raise Refused(("on", told % vietnamese.day(fresh.since)))
        pen.note(old=f"{vietnamese.day(fresh.since)}, {fresh.cause}")
        fresh.delete()
    return None


def _running(row, stamp):
    fresh = unchanged(row, stamp)
    if fresh.until is not None:
        raise Refused(("", _("một lần đánh dấu còn hiệu lực; lần này đã kết thúc")))
    return fresh


def _judge_day(row, on):
    if on < row.since:
        raise Refused(("on", _("ngày từ %s, ngày bắt đầu") % vietnamese.day(row.since)))
    if on > vietnamese.today():
        raise Refused(("on", _("ngày không sau hôm nay (%s)") % vietnamese.day(vietnamese.today())))

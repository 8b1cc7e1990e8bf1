"""The deed of a headcount: how many members a committee has on a day, written down or put right with a reason."""

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.models import Headcount
from committees.tree import structure

from ..quotas.deeds import Refused
from . import held


def count(*, by, committee, day, members, probationary=None, row=None, reason="", stamp=None):
    """The members of a committee on a day, those in probation among them (None: not said). row: the Headcount that stands
    there, put right for a reason. Returns the Headcount. Raises Refused, and Overtaken."""
    about = f"headcount:{committee.code}"
    details = {"reason": reason} if row is not None else {}
    deed = "headcount-correct" if row is not None else "headcount-write"
    with journal.pen(by, deed, about=about, committee=committee, **details):
        faults = []
        if held.place(structure(), committee.pk, day.toordinal()) is None:
            faults.append(("day", _("một ngày mà tổ chức này hoạt động")))
        if day > vietnamese.today():
            faults.append(("day", _("ngày không sau hôm nay (%s)") % vietnamese.day(vietnamese.today())))
        if probationary is not None and probationary > members:
            faults.append(("probationary", _("số không quá số đảng viên (%d)") % members))
        if row is None and Headcount.objects.filter(committee=committee, day=day).exists():
            faults.append(("day", _("một ngày chưa ghi; mở lại trang của ngày này để sửa")))
        if faults:
            raise Refused(*faults)
        fresh = Headcount(committee=committee, day=day) if row is None else held.still(row, stamp)
        fresh.members, fresh.probationary = members, probationary
        fresh.save()
    return fresh

"""The deeds of the calendar: days off and days worked in their place. Every term in working days follows at once."""

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.editing import unchanged

from ..models import Holiday, Mark
from ..rules.working_days import FIRST, LAST
from .deeds import Refused


def add_holiday(*, by, day, what, name, mark, document=""):
    """Write a day down: OFF, nobody works on it, or WORKED, a day at a weekend that is worked. Returns the Holiday.

    A day stands once; SEEN wants the document that says so. Raises Refused. Cost: one query and the pen's.
    """
    with journal.pen(by, "holiday-add", about=f"calendar:{day.year}"):
        known = Holiday.objects.filter(day=day).first()
        faults = _faults(day, what, mark, document)
        if known is not None:
            told = {"what": known.get_what_display(), "name": known.name}
            faults.insert(
                0, ("day", _("một ngày chưa có trong lịch; ngày này đã ghi: %(what)s, %(name)s") % told)
            )
        if faults:
            raise Refused(*faults)
        holiday = Holiday(day=day, what=what, name=name, mark=mark, document=document)
        holiday.save()
    return holiday


def change_holiday(holiday, *, by, what, name, mark, document="", stamp=None):
    """Put a day of the calendar right; the day itself stays. stamp: of the row the page showed. Raises Refused, and
    Overtaken."""
    with journal.pen(by, "holiday-change", about=f"calendar:{holiday.day.year}"):
        fresh = unchanged(holiday, stamp)
        said = {"what": what, "name": name, "mark": mark, "document": document}
        faults = _faults(fresh.day, what, mark, document)
        if not faults and all(getattr(fresh, field) == value for field, value in said.items()):
            faults = [("", _("ít nhất một thay đổi; mọi ô đang như đã lưu"))]
        if faults:
            raise Refused(*faults)
        for field, value in said.items():
            setattr(fresh, field, value)
        fresh.save()
    return fresh


def remove_holiday(holiday, *, by, reason, stamp=None):
    """Take a day out of the calendar, which then is judged by its weekday; the journal keeps it, with the reason.
    Raises Refused without one, and Overtaken."""
    with journal.pen(by, "holiday-remove", about=f"calendar:{holiday.day.year}", reason=reason) as pen:
        if not reason.strip():
            raise Refused(("reason", _("lý do bỏ ngày này")))
        fresh = unchanged(holiday, stamp)
        pen.note(old=f"{vietnamese.day(fresh.day)}, {fresh.get_what_display()}, {fresh.name}")
        fresh.delete()


def _faults(day, what, mark, document):
    faults = []
    if not FIRST <= day <= LAST:
        faults.append(
            ("day", _("một ngày từ năm %(first)s đến %(last)s") % {"first": FIRST.year, "last": LAST.year})
        )
    if what not in Holiday.What.values:
        faults.append(("what", _("nghỉ hoặc làm bù")))
    elif what == Holiday.What.WORKED and day.weekday() < 5:
        faults.append(("what", _("“Nghỉ” cho một ngày trong tuần; chỉ thứ Bảy, Chủ nhật mới làm bù")))
    if mark == Mark.SEEN and not document:
        faults.append(("document", _("số văn bản đã đối chiếu")))
    return faults

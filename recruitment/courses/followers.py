"""What becomes of classes when the committee that runs them ends or moves: nothing is rewritten, the heir that the tree
names runs them on. Told before it is done."""

from django.utils.translation import gettext as _

from committees.access import FIGURES
from committees.following import Follower, Moving

from ..models import Course

LINES = 20


class Courses(Follower):
    """Classes that are not over."""

    name = "courses"

    def describe(self, planned, access):
        before, after, last = planned.before, planned.after, max(planned.days)
        ids = {before.ids[before.by_code[code]]: code for code in planned.touched if code in before.by_code}
        rows, lines = Course.objects.filter(completed_on=None).order_by("opened_on", "pk"), []
        for course in rows.only("name", "committee_id", "opened_on"):
            code = ids.get(course.committee_id)
            if code is None or (access is not None and not access.may(FIGURES, course.committee_id)):
                continue
            heir = after.heir(after.by_code[code], last.toordinal())
            told = {
                "course": course.name, "before": before.name_on(before.by_code[code], course.opened_on),
                "after": after.name_on(heir, last) if heir >= 0 else "–",
            }  # fmt: skip
            stays = heir >= 0 and after.codes[heir] == code
            words = (
                _("%(course)s: %(after)s mở tiếp")
                if stays
                else _("%(course)s: %(before)s mở, nay do %(after)s mở tiếp")
            )
            lines.append(words % told)
        shown = lines[:LINES]
        if len(lines) > LINES:
            shown.append(_("và %d lớp nữa") % (len(lines) - LINES))
        return [Moving(_("Lớp đang mở"), len(lines), shown)] if lines else []

    def apply(self, planned, record, ids):
        return {}

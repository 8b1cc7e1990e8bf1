"""Who helps a candidate: assigned, handed over, ended."""

from datetime import timedelta

from committees import vietnamese
from committees.editing import unchanged

from ...models import Mentorship, Stage
from .base import HELPED, Refused, change_row, deed_on, seen


def assign_mentor(candidacy, *, mentor, since, by, stamp=None):
    """`mentor` helps from the day `since`; whoever helped until then stops the day before. On the day on which the
    present one began it corrects the name. Refused, and Overtaken as `move`."""
    with deed_on(candidacy, "mentor-assign", by):
        fresh = unchanged(candidacy, stamp)
        running = running_mentorship(fresh)
        reasons = _mentor_objections(fresh, running, since)
        if running and running.mentor == mentor:
            reasons.append(f"{mentor} đang giúp đỡ người này, từ {vietnamese.day(running.since)}.")
        if reasons:
            raise Refused(*reasons)
        if running and running.since == since:
            change_row(running, mentor=mentor)
        else:
            if running:
                change_row(running, until=since)
            Mentorship(candidacy=fresh, mentor=mentor, since=since).save()
        fresh.save()
    return seen(candidacy, fresh)


def end_mentor(candidacy, *, on, by, stamp=None):
    """The present mentor helps until the day `on`, inclusive; nobody follows. Refused, and Overtaken as `move`."""
    with deed_on(candidacy, "mentor-end", by):
        fresh = unchanged(candidacy, stamp)
        running = running_mentorship(fresh)
        reasons = _mentor_objections(fresh, running, on)
        if running is None:
            reasons.append("Người này chưa có đảng viên giúp đỡ.")
        if reasons:
            raise Refused(*reasons)
        change_row(running, until=on + timedelta(days=1))
        fresh.save()
    return seen(candidacy, fresh)


def running_mentorship(candidacy):
    """Who helps, no end said; None. One query, none where they were prefetched."""
    running = [mentorship for mentorship in candidacy.mentorships.all() if mentorship.until is None]
    return max(running, key=lambda mentorship: (mentorship.since, mentorship.pk), default=None)


def _mentor_objections(candidacy, running, on):
    reasons, earliest = [], running.since if running else candidacy.entered_on
    if candidacy.stage not in HELPED:
        reasons.append(f"Hồ sơ đang ở bước “{Stage(candidacy.stage).label}”, không cần người giúp đỡ nữa.")
    if on > vietnamese.today():
        reasons.append(f"Ngày {vietnamese.day(on)} chưa đến.")
    if on < earliest:
        since = "người đang giúp đỡ bắt đầu" if running else "đưa vào nguồn"
        reasons.append(f"Ngày {vietnamese.day(on)} trước ngày {since} ({vietnamese.day(earliest)}).")
    return reasons

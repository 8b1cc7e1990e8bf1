"""Who helps a candidate: assigned, handed over, no longer able, ended; and what they note each quarter."""

from datetime import timedelta

from django.db.models import Count
from django.utils.translation import gettext as _

from committees import vietnamese
from committees.editing import unchanged
from committees.tree import structure

from ...models import Mentorship, Review, Stage
from .. import followed
from .base import HELPED, Refused, change_row, deed_on, seen


def assign_mentor(candidacy, *, mentor, since, by, document="", stamp=None):
    """`mentor` helps from the day `since`, by the resolution numbered `document`; whoever helped until then stops the day
    before. On the day on which the present one began it corrects the name, or adds the number. Refused where the day or
    the stage does not allow it; Overtaken where someone wrote the candidacy after entry `stamp` (None: not asked)."""
    with deed_on(candidacy, "mentor-assign", by):
        fresh = unchanged(candidacy, stamp)
        running = running_mentorship(fresh)
        reasons = _mentor_objections(fresh, running, since)
        helped = max(fresh.mentorships.exclude(until=None), key=lambda one: one.until, default=None)
        if running is None and helped is not None and since < helped.until:
            told = {"on": vietnamese.day(since), "name": helped.mentor}
            told["last"] = vietnamese.day(helped.until - timedelta(days=1))
            reasons.append(_("Ngày %(on)s, %(name)s còn đang giúp đỡ (đến hết %(last)s).") % told)
        numbered = running and running.since == since and document not in {"", running.document}
        if running and running.mentor == mentor and running.unable_on is None and not numbered:
            reasons.append(
                _("%(name)s đang giúp đỡ người này, từ %(since)s.")
                % {"name": mentor, "since": vietnamese.day(running.since)}
            )
        if reasons:
            raise Refused(*reasons)
        if running and running.since == since and running.unable_on is None:
            change_row(running, mentor=mentor, document=document or running.document)
        else:
            if running:
                change_row(running, until=since)
            Mentorship(candidacy=fresh, mentor=mentor, since=since, document=document).save()
        fresh.save()
    return seen(candidacy, fresh)


def end_mentor(candidacy, *, on, by, stamp=None):
    """The present mentor helps until the day `on`, inclusive; nobody follows. Refused, and Overtaken as
    `assign_mentor`."""
    with deed_on(candidacy, "mentor-end", by):
        fresh = unchanged(candidacy, stamp)
        running = running_mentorship(fresh)
        reasons = _mentor_objections(fresh, running, on)
        if running is None:
            reasons.append(_("Người này chưa có đảng viên giúp đỡ."))
        if reasons:
            raise Refused(*reasons)
        change_row(running, until=on + timedelta(days=1))
        fresh.save()
    return seen(candidacy, fresh)


def declare_unable(mentorship, *, on, why, by, stamp=None):
    """The mentor can help no more from the day `on` (moved, disciplined, no official member): said of every candidate
    of that cell whom they help. They stay named until somebody else is assigned. Returns the mentorships.

    stamp: of the candidacy of `mentorship`. Refused without a reason, for a day to come or before they began, and where
    they no longer help; Overtaken."""
    candidacy = mentorship.candidacy
    cells = followed.together(structure(), candidacy.cell_id, vietnamese.today())
    with deed_on(candidacy, "mentor-unable", by, reason=why, on=on):
        unchanged(candidacy, stamp)
        rows = Mentorship.objects.filter(
            candidacy__cell_id__in=cells, mentor=mentorship.mentor, until=None, since__lte=on
        )
        rows = list(rows.select_related("candidacy").order_by("pk"))
        reasons = [] if on <= vietnamese.today() else [_("Ngày %s chưa đến.") % vietnamese.day(on)]
        if not why.strip():
            reasons.append(_("Ghi lý do không còn đủ điều kiện."))
        if mentorship.pk not in {row.pk for row in rows}:
            reasons.append(
                _("%(name)s không giúp đỡ người này vào ngày %(on)s.")
                % {"name": mentorship.mentor, "on": vietnamese.day(on)}
            )
        if reasons:
            raise Refused(*reasons)
        for row in rows:
            change_row(row, unable_on=on, unable_why=why.strip())
            row.candidacy.save()
    return rows


def review(candidacy, *, on, verdict, note="", by, stamp=None):
    """What the mentor noted on a day. Returns the Review; a second one of the same day takes the place of the first.
    Refused for a day to come, before the list or of a road that ended; Overtaken as `assign_mentor`."""
    with deed_on(candidacy, "review-add", by):
        fresh = unchanged(candidacy, stamp)
        if reasons := _mentor_objections(fresh, None, on):
            raise Refused(*reasons)
        helping = [
            m for m in fresh.mentorships.order_by("since", "pk")
            if m.since <= on and (m.until is None or on < m.until)
        ]  # fmt: skip
        there = fresh.reviews.filter(on=on).first() or Review(candidacy=fresh, on=on)
        change_row(there, verdict=verdict, note=note or "", mentorship=helping[-1] if helping else None)
        fresh.save()
    seen(candidacy, fresh)
    return there


def loads(cells):
    """[(cell id, mentor, how many they help now)] in these cells, by name within a cell; those who can no longer help
    count too, for their candidates wait for somebody else. cells: ids. One query."""
    rows = Mentorship.objects.filter(candidacy__cell_id__in=cells, until=None, candidacy__stage__in=HELPED)
    rows = rows.values_list("candidacy__cell_id", "mentor").annotate(number=Count("pk"))
    return sorted(rows, key=lambda row: (row[0], vietnamese.name_sort_key(row[1])))


def running_mentorship(candidacy):
    """Who helps, no end said; None. One query, none where they were prefetched."""
    running = [mentorship for mentorship in candidacy.mentorships.all() if mentorship.until is None]
    return max(running, key=lambda mentorship: (mentorship.since, mentorship.pk), default=None)


def _mentor_objections(candidacy, running, on):
    reasons, earliest = [], running.since if running else candidacy.entered_on
    if candidacy.stage not in HELPED:
        words = _("Hồ sơ đang ở bước “%s”, không cần người giúp đỡ nữa.")
        reasons.append(words % Stage(candidacy.stage).label)
    if on > vietnamese.today():
        reasons.append(_("Ngày %s chưa đến.") % vietnamese.day(on))
    if on < earliest:
        words = _("Ngày %(on)s trước ngày đưa vào nguồn (%(first)s).")
        if running:
            words = _("Ngày %(on)s trước ngày người đang giúp đỡ bắt đầu (%(first)s).")
        reasons.append(words % {"on": vietnamese.day(on), "first": vietnamese.day(earliest)})
    return reasons

"""What stands beside the papers, put right or taken away as recorded by mistake: certificates, who helps, what they noted,
letters of verification. Always with a reason; whatever rests on it must still stand.

Each deed is asked about one row, `stamp` of the row as the page showed it; raises Refused, Forbidden where a step that
stands would not any longer, Overtaken. One pen; about thirty queries."""

from contextlib import contextmanager

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.editing import unchanged
from committees.vietnamese import day as written

from ...models import Candidacy, Certificate, Course, Stage, Step
from ...rules import deadlines
from .base import Refused, about, change_row
from .judging import facts_of, refuse, shaken, unaltered
from .settling import settle


def correct_certificate(certificate, *, number, issued_on, reason, snapshot, by, stamp=None):
    """Its number and its day as the paper says. The step it led to follows. Returns the Certificate."""
    with _amending(certificate, "certificate-correct", certificate.cell, reason, by, stamp) as fresh:
        _day(issued_on, "issued_on")
        if issued_on <= fresh.person.born:
            raise Refused(_("Ngày chứng nhận phải sau ngày sinh."), field="issued_on")
        if fresh.course and fresh.course.completed_on and issued_on < fresh.course.completed_on:
            words = _("Lớp được công nhận hoàn thành ngày %s; chứng nhận không cấp trước ngày ấy.")
            raise Refused(words % written(fresh.course.completed_on), field="issued_on")
        others = Certificate.objects.filter(person=fresh.person_id, kind=fresh.kind).exclude(pk=fresh.pk)
        if others.filter(issued_on=issued_on).exists():
            raise Refused(_("Người này đã có chứng nhận ngày ấy trong sổ."), field="issued_on")
        steps = _led_to(fresh)
        with _resting(fresh.person.candidacies.all(), snapshot):
            change_row(fresh, number=number, issued_on=issued_on)
            for step in steps:
                change_row(step, on=max(issued_on, step.candidacy.entered_on))
            _write(fresh.person.candidacies.all(), steps)
    return fresh


def drop_certificate(certificate, *, reason, snapshot, by, stamp=None):
    """It goes, with the step it alone led to. One a class issued is that class's to take back."""
    with _amending(certificate, "certificate-drop", certificate.cell, reason, by, stamp) as fresh:
        if fresh.course_id:
            raise Refused(
                _("Chứng nhận này do một lớp trong sổ cấp. Sửa số hoặc ngày, hoặc hoàn tác ở trang lớp.")
            )
        steps = _led_to(fresh)
        with _resting(fresh.person.candidacies.all(), snapshot):
            fresh.delete()
            for step in steps:
                step.delete()
            _write(fresh.person.candidacies.all(), steps)


def _led_to(certificate):
    """The steps of the class that were written with it."""
    steps = Step.objects.filter(candidacy__person=certificate.person_id, stage=Stage.CLASS)
    awareness = certificate.kind == Course.Kind.AWARENESS
    return list(steps.filter(stamp=certificate.stamp).select_related("candidacy")) if awareness else []


def correct_mentorship(mentorship, *, mentor, since, document, able, reason, snapshot, by, stamp=None):
    """Who helps, from which day, by which resolution; able: that they can, where the contrary was said by mistake.
    Whoever handed over on the day it began hands over on the new one. Returns the Mentorship."""
    with _amending(mentorship, "mentor-correct", mentorship.candidacy.cell, reason, by, stamp) as fresh:
        candidacy, before = fresh.candidacy, _before(fresh)
        _day(since, "since")
        earliest = candidacy.entered_on
        if before is not None and since <= before.since:
            words = _("Ngày %(on)s không sau ngày %(name)s bắt đầu giúp đỡ (%(since)s).")
            told = {"on": written(since), "name": before.mentor, "since": written(before.since)}
            raise Refused(words % told, field="since")
        if since < earliest:
            words = _("Ngày %(on)s trước ngày đưa vào nguồn (%(first)s).")
            raise Refused(words % {"on": written(since), "first": written(earliest)}, field="since")
        if fresh.until is not None and since >= fresh.until:
            words = _("Ngày %(on)s không trước ngày thôi giúp đỡ (%(until)s).")
            raise Refused(words % {"on": written(since), "until": written(fresh.until)}, field="since")
        with _resting([candidacy], snapshot):
            if before is not None and (before.until in (None, fresh.since) or before.until > since):
                change_row(before, until=since)
            unable = {"unable_on": None, "unable_why": ""} if able else {}
            change_row(fresh, mentor=mentor, since=since, document=document, **unable)
            _write([candidacy])
    return fresh


def drop_mentorship(mentorship, *, reason, snapshot, by, stamp=None):
    """They never helped: whoever handed over to them helped on, and what was noted meanwhile is that one's."""
    with _amending(mentorship, "mentor-drop", mentorship.candidacy.cell, reason, by, stamp) as fresh:
        candidacy, before = fresh.candidacy, _before(fresh)
        with _resting([candidacy], snapshot):
            handed_over = before is not None and before.until == fresh.since
            if handed_over:
                change_row(before, until=fresh.until)
            for review in fresh.reviews.all():
                change_row(review, mentorship=before if handed_over else None)
            fresh.delete()
            _write([candidacy])


def _before(mentorship):
    """Who helped last before; None."""
    rows = mentorship.candidacy.mentorships.filter(since__lte=mentorship.since).exclude(pk=mentorship.pk)
    return rows.order_by("since", "pk").last()


def correct_review(review, *, on, verdict, note, reason, snapshot, by, stamp=None):
    """What was noted, and when. Returns the Review."""
    with _amending(review, "review-correct", review.candidacy.cell, reason, by, stamp) as fresh:
        _day(on, "on")
        if on < fresh.candidacy.entered_on:
            words = _("Ngày %(on)s trước ngày đưa vào nguồn (%(first)s).")
            told = {"on": written(on), "first": written(fresh.candidacy.entered_on)}
            raise Refused(words % told, field="on")
        if fresh.candidacy.reviews.filter(on=on).exclude(pk=fresh.pk).exists():
            raise Refused(_("Đã có một nhận xét ngày ấy."), field="on")
        unaltered(snapshot)
        change_row(fresh, on=on, verdict=verdict, note=note)
        _write([fresh.candidacy])
    return fresh


def drop_review(review, *, reason, snapshot, by, stamp=None):
    """It was noted by mistake."""
    with _amending(review, "review-drop", review.candidacy.cell, reason, by, stamp) as fresh:
        unaltered(snapshot)
        fresh.delete()
        _write([fresh.candidacy])


def correct_letter(
    letter, *, to, number, sent_on, carried_by, relative, due_on, reason, snapshot, by, stamp=None
):
    """To whom it went, when, about whom; due_on None: the term of the rules in force as it was sent. Returns the Letter."""
    with _amending(letter, "letter-correct", letter.candidacy.cell, reason, by, stamp) as fresh:
        _day(sent_on, "sent_on")
        if relative is not None and relative.candidacy_id != fresh.candidacy_id:
            raise Refused(_("Chọn người trong danh sách thẩm tra của hồ sơ này."), field="relative")
        if fresh.answered_on and fresh.answered_on < sent_on:
            words = _("Ngày gửi %(sent)s sau ngày trả lời %(on)s. Xem lại một trong hai ngày.")
            raise Refused(
                words % {"sent": written(sent_on), "on": written(fresh.answered_on)}, field="sent_on"
            )
        due = due_on or deadlines.answer_due_on(sent_on, snapshot.statute.on(sent_on), snapshot.calendar)
        if due < sent_on:
            raise Refused(_("Hạn trả lời trước ngày gửi %s.") % written(sent_on), field="due_on")
        with _resting([fresh.candidacy], snapshot):
            change_row(
                fresh,
                to=to,
                number=number,
                sent_on=sent_on,
                carried_by=carried_by,
                relative=relative,
                due_on=due,
            )
            _write([fresh.candidacy])
    return fresh


def drop_letter(letter, *, reason, snapshot, by, stamp=None):
    """It never went out. The result of a relative stands by itself."""
    with _amending(letter, "letter-drop", letter.candidacy.cell, reason, by, stamp) as fresh:
        with _resting([fresh.candidacy], snapshot):
            fresh.delete()
            _write([fresh.candidacy])


@contextmanager
def _amending(row, deed, committee, reason, by, stamp):
    """The pen for a deed about one row, which is read anew. Refused without a reason."""
    if not reason.strip():
        raise Refused(_("Ghi lý do."), field="reason")
    candidacy = getattr(row, "candidacy", None)
    concerned = about(candidacy) if candidacy else f"recruitment.person:{row.person_id}"
    with journal.pen(by, deed, about=concerned, committee=committee, reason=reason):
        yield unchanged(row, stamp)


@contextmanager
def _resting(candidacies, snapshot):
    """Forbidden where what is changed inside takes the ground from under a step of these candidacies."""
    unaltered(snapshot)
    ids, today = [one.pk for one in candidacies], vietnamese.today()

    def told():
        rows = Candidacy.objects.filter(pk__in=ids).select_related("person").order_by("pk")
        return [facts_of(row, snapshot, today) for row in rows]

    before = told()
    yield
    for was, now in zip(before, told(), strict=True):
        refuse(shaken(was, now, snapshot.book))


def _write(candidacies, steps=()):
    """Whoever writes a part writes the candidacy too; where one of its steps moved, the road follows."""
    moved = {step.candidacy_id for step in steps}
    for candidacy in Candidacy.objects.filter(pk__in=[one.pk for one in candidacies]):
        if candidacy.pk in moved:
            settle(candidacy)
        else:
            candidacy.save()


def _day(on, field):
    if on > vietnamese.today():
        raise Refused(_("Ngày %s chưa đến.") % written(on), field=field)

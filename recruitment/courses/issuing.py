"""Certificates of a class, issued in one go: numbers as the clerk gave them, each person once, taken back the same day."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from committees import journal
from committees.editing import unchanged
from committees.vietnamese import day, today

from ..models import Candidacy, Certificate, Course, Stage
from ..pipeline import actions
from ..pipeline.actions import Refused
from .deeds import Faulty, deed_on
from .judgement import final, grade


@dataclass(frozen=True)
class Issued:
    """What came of it: certificates written; `skipped`: [(name, why not)]; `entry`: the number to undo it by."""

    count: int
    skipped: list
    entry: int


class InUse(Refused):
    """Numbers that stand in the register already, at the same committee and in the same year: {number: name}. May be
    confirmed."""

    def __init__(self, numbers):
        said = "; ".join(f"{number} ({name})" for number, name in numbers.items())
        super().__init__(
            _("Số đã dùng trong năm ở đơn vị này: %s. Xem lại số văn thư đã cấp, hoặc đánh dấu vẫn cấp.")
            % said
        )
        self.numbers = numbers


def issue(course, *, issued_on, numbers, standard, by, stamp=None, confirmed=False):
    """Write certificates for learners who passed. numbers: {participant id: (number, line of the permanent register)};
    who has no number gets none now. Whoever has one of this class, or one of its kind and that day, is skipped and told.
    After a class on awareness, candidacies in the source reach the stage of the class.

    Refused without the decision that recognises completion, on a day before it or still to come; Faulty for a number
    given twice or to somebody who did not pass; InUse unless confirmed; Overtaken where someone wrote the class after
    entry `stamp`. One pen; about ten queries and three for each certificate.
    """
    with deed_on(course, "course-certify", by) as pen:
        fresh = unchanged(course, stamp)
        _refuse_day(fresh, issued_on)
        rows = fresh.participants.filter(pk__in=numbers).select_related("person")
        rows = sorted(rows, key=lambda row: row.person.sort_key)
        told = _told_already(fresh, rows, issued_on)
        due = [row for row in rows if row.pk not in told]
        _refuse_numbers(fresh, due, numbers, standard, issued_on, confirmed)
        for row in due:
            number, line = numbers[row.pk]
            Certificate(
                course=fresh, person=row.person, cell_id=row.cell_id, kind=fresh.kind, number=number,
                register_number=line, issued_on=issued_on, grade=grade(final(row)),
            ).save()  # fmt: skip
        _walk_on(fresh.kind, [row.person_id for row in due], issued_on)
        fresh.save()
        pen.note(count=len(due))
    return Issued(
        len(due), [(row.person.full_name, told[row.pk]) for row in rows if row.pk in told], pen.number
    )


def _refuse_day(course, issued_on):
    if course.completed_on is None:
        raise Refused(
            _("Lớp chưa có quyết định công nhận hoàn thành. Ghi quyết định trước khi cấp chứng nhận.")
        )
    if issued_on < course.completed_on:
        raise Refused(
            _("Ngày cấp %(on)s trước ngày quyết định công nhận hoàn thành %(completed)s. Xem lại ngày cấp.")
            % {"on": day(issued_on), "completed": day(course.completed_on)},
            field="issued_on",
        )
    if issued_on > today():
        raise Refused(_("Ngày %s chưa đến.") % day(issued_on), field="issued_on")


def _told_already(course, rows, issued_on):
    """{participant id: why} of those who have a certificate already. One query."""
    people = [row.person_id for row in rows]
    has = {}
    for held in Certificate.objects.filter(person_id__in=people, kind=course.kind):
        if held.course_id == course.pk:
            has[held.person_id] = _("đã được cấp chứng nhận số %s") % held.number
        elif held.issued_on == issued_on:
            has[held.person_id] = _("đã có chứng nhận cùng loại, cùng ngày ở lớp khác")
    return {row.pk: has[row.person_id] for row in rows if row.person_id in has}


def _refuse_numbers(course, due, numbers, standard, issued_on, confirmed):
    faults, seen = {}, {}
    for row in due:
        number, line = numbers[row.pk]
        if not standard.passed(row):
            faults[row.pk, "number"] = _("%s chưa đạt, không cấp chứng nhận được.") % row.person.full_name
        for name, value in (("number", number), ("line", line)):
            if value and (name, value) in seen:
                said = {"value": value, "name": seen[name, value]}
                faults[row.pk, name] = _("Số %(value)s đã gõ cho %(name)s ở trang này.") % said
            seen.setdefault((name, value), row.person.full_name)
    if faults:
        raise Faulty(faults)
    if not confirmed and (used := _in_use(course, due, numbers, issued_on)):
        raise InUse(used)


def _in_use(course, due, numbers, issued_on):
    """{number: name} of numbers and register lines that classes of the committee gave in the year. One query."""
    there = Certificate.objects.filter(
        course__committee=course.committee_id, course__kind=course.kind, issued_on__year=issued_on.year
    ).select_related("person")
    of_numbers, of_lines = {}, {}
    for held in there:
        of_numbers[held.number] = of_lines[held.register_number] = held.person.full_name
    found = {}
    for row in due:
        number, line = numbers[row.pk]
        if number in of_numbers:
            found[number] = of_numbers[number]
        if line and line in of_lines:
            found[_("sổ gốc %s") % line] = of_lines[line]
    return found


def _walk_on(kind, people, on):
    """Candidacies in the source were thereby to the class; the others are written too, as one thing with what is known
    of the person."""
    standing = [*Stage.open(), Stage.PROBATION]
    rows = Candidacy.objects.filter(person_id__in=people, stage__in=standing).prefetch_related("steps")
    for candidacy in rows:
        if kind == Course.Kind.AWARENESS and candidacy.stage == Stage.SOURCE:
            last = actions.last_step(candidacy)
            actions.advance(candidacy, Stage.CLASS, on=max(on, last.on), create=_each)
        else:
            candidacy.save()


def _each(model, rows):
    """Saved one by one, so that each bears the entry it was written by."""
    for row in rows:
        row.save()


def last_issued_today(course, by):
    """(entry number, how many) of the certificates of this class that the account issued last, today; None. Two
    queries."""
    stamps = list(Certificate.objects.filter(course=course).order_by("stamp").values_list("stamp", flat=True))
    entry = journal.entry_of(stamps[-1]) if stamps else None
    if entry is None or not entry.is_todays("course-certify", by):
        return None
    return entry.number, stamps.count(entry.number)


def undo(course, *, by):
    """Take back the certificates of this class that `by` issued last, today, as long as nobody wrote those candidacies
    since: a slip of the hand. Returns how many; Refused otherwise."""
    with deed_on(course, "course-certify-undo", by) as pen:
        fresh = unchanged(course, None)
        last = last_issued_today(fresh, by)
        if last is None:
            raise Refused(_("Chỉ hoàn tác được ngay trong ngày, do chính người đã cấp."))
        number, count = last
        rows = list(Certificate.objects.filter(course=fresh, stamp=number))
        candidacies = Candidacy.objects.filter(
            person_id__in=[row.person_id for row in rows], stamp__gte=number
        )
        if any(candidacy.stamp > number for candidacy in candidacies):
            raise Refused(
                _("Đã có người ghi thêm vào hồ sơ của học viên sau khi cấp, không hoàn tác được nữa.")
            )
        for row in rows:
            row.delete()
        for candidacy in candidacies:
            for step in candidacy.steps.filter(stage=Stage.CLASS, stamp=number):
                step.delete()
            actions.settle(candidacy)
        fresh.save()
        pen.note(count=count)
    return count

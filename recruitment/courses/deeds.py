"""The deeds of a class: opened, corrected, learners invited and taken off, attendance and marks, completion recognised.

A class is one thing with its learners: whoever writes a learner writes the class too, so that its stamp tells two
editors apart. Certificates: `issuing`.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from committees import journal
from committees.editing import unchanged
from committees.vietnamese import day, today

from ..models import Certificate, Course, Participant, Person
from ..pipeline.actions import Refused
from . import proposing
from .judgement import BEST


class Faulty(Refused):
    """Refused for what was said of some learners: `faults` is {(participant id, field): message}."""

    def __init__(self, faults):
        super().__init__(*faults.values())
        self.faults = faults


@dataclass(frozen=True)
class Invited:
    """How many came onto the list of a class; `skipped`: [(name, why not)]; `unproposed`: the same of those on the list
    for whom the cell's paper was not kept."""

    added: int
    skipped: list
    unproposed: list = field(default_factory=list)


def about(course):
    """How the journal calls it."""
    return f"recruitment.course:{course.pk}"


def deed_on(course, deed, by, **details):
    return journal.pen(by, deed, about=about(course), committee=course.committee, **details)


def open_course(*, committee, by, **said):
    """Open a class of a committee. said: fields of Course. Returns it. Refused where its days or periods are none."""
    with journal.pen(by, "course-open", committee=committee) as pen:
        _refuse_impossible(said)
        course = Course(committee=committee, **said)
        course.save()
        pen.about = about(course)
    return course


def edit_course(course, *, by, stamp=None, **said):
    """Correct what is known of a class. Refused where learners or a decision stand against it; Overtaken where someone
    wrote the class after entry `stamp` (None: not asked)."""
    with deed_on(course, "course-edit", by):
        fresh = unchanged(course, stamp)
        _refuse_impossible(said)
        learners = list(fresh.participants.all())
        if said["kind"] != fresh.kind and learners:
            raise Refused(
                _("Lớp đã có học viên, không đổi loại lớp được. Bỏ học viên khỏi lớp trước."), field="kind"
            )
        most = max((learner.attended or 0 for learner in learners), default=0)
        if said["periods"] < most:
            raise Refused(
                _("Có học viên đã ghi dự %d tiết. Số tiết của lớp không ít hơn.") % most, field="periods"
            )
        if fresh.completed_on and said["periods"] != fresh.periods:
            raise Refused(
                _("Lớp đã có quyết định công nhận hoàn thành, không đổi số tiết được."), field="periods"
            )
        if fresh.completed_on and said["closed_on"] > fresh.completed_on:
            raise Refused(
                _("Ngày bế giảng không sau ngày quyết định công nhận hoàn thành (%s).") % day(fresh.completed_on),
                field="closed_on",
            )  # fmt: skip
        for name, value in said.items():
            setattr(fresh, name, value)
        fresh.save()
    return fresh


def invite(course, people, *, by, snapshot=None, stamp=None):
    """Put people on the list of a class. people: [(person, cell id)], who may be invited (`invitees`). Whoever is in
    this class, or in another of its kind that is not over, is skipped and told. With a snapshot, the cell's paper is kept
    for each (`proposing.propose`). Returns Invited; Refused once the class is completed, Overtaken as `edit_course`.
    One pen; about thirty queries and three for each person."""
    with deed_on(course, "course-invite", by) as pen:
        fresh = _open(course, stamp)
        here = set(fresh.participants.values_list("person_id", flat=True))
        asked = [person.pk for person, _cell in people]
        busy = busy_elsewhere(fresh, asked)
        merged = set(
            Person.objects.filter(pk__in=asked).exclude(merged_into=None).values_list("pk", flat=True)
        )
        added, skipped, unproposed = [], [], []
        for person, cell_id in people:
            if person.pk in here:
                skipped.append((person.full_name, _("đã có trong lớp này")))
            elif person.pk in merged:  # between the page and the pen
                skipped.append((person.full_name, _("hồ sơ vừa được gộp vào một hồ sơ khác")))
            elif person.pk in busy:
                skipped.append((person.full_name, _("đang ở %s") % busy[person.pk]))
            else:
                here.add(person.pk)
                added.append(Participant(course=fresh, person=person, cell_id=cell_id))
                added[-1].save()
        if snapshot is not None:
            unproposed = proposing.propose(fresh, added, snapshot)
        fresh.save()
        pen.note(count=len(added))
    return Invited(len(added), skipped, unproposed)


def busy_elsewhere(course, people):
    """{person id: name of the class} of those (ids) who are in another class of its kind without a decision that
    recognises completion. One query."""
    others = Participant.objects.filter(
        person_id__in=people, course__kind=course.kind, course__completed_on=None
    ).exclude(course=course.pk)
    return dict(others.values_list("person_id", "course__name"))


def take_off(course, chosen, *, by, stamp=None):
    """Take learners (participant ids) off the list of a class, with the paper that sent them (`proposing.withdraw`).
    Returns how many; Refused and Overtaken as `invite`."""
    with deed_on(course, "course-remove", by) as pen:
        fresh = _open(course, stamp)
        rows = [row for row in fresh.participants.all() if row.pk in chosen]
        proposing.withdraw(rows)
        for row in rows:
            row.delete()
        fresh.save()
        pen.note(count=len(rows))
    return len(rows)


def record_attendance(course, attended, *, standard, by, stamp=None):
    """Write how many periods each learner attended: {participant id: number or None}; learners not named keep theirs.
    Faulty names every learner of whom it cannot be; Refused and Overtaken as `invite`."""
    with deed_on(course, "course-attendance", by):
        fresh = _open(course, stamp)
        if fresh.opened_on > today():
            raise Refused(_("Lớp khai giảng ngày %s, chưa điểm danh được.") % day(fresh.opened_on))
        rows = [row for row in fresh.participants.all() if row.pk in attended]
        faults = {}
        for row in rows:
            row.attended = attended[row.pk]
            if row.attended is not None and row.attended > fresh.periods:
                faults[row.pk, "attended"] = _(
                    "Tìm thấy %(found)d tiết. Cần nhiều nhất %(most)d, số tiết của lớp."
                ) % {"found": row.attended, "most": fresh.periods}
            elif row.mark is not None and not standard.may_write(row):
                faults[row.pk, "attended"] = (
                    _(
                        "Người này đã có điểm thu hoạch, nên phải dự từ %d tiết trở lên. Xóa điểm trước, nếu điểm ghi nhầm."
                    )
                    % standard.needed
                )
        if faults:
            raise Faulty(faults)
        _save_changed(rows)
        fresh.save()


def record_marks(course, marks, *, standard, by, stamp=None):
    """Write the marks of the essays: {participant id: (first, second)}, None where there is none; learners not named keep
    theirs. Only who attended enough writes, only who failed writes again, once. Faulty, Refused, Overtaken as
    `record_attendance`."""
    with deed_on(course, "course-results", by):
        fresh = _open(course, stamp)
        rows, faults = [row for row in fresh.participants.all() if row.pk in marks], {}
        for row in rows:
            row.mark, row.second_mark = marks[row.pk]
            faults |= _faults_of_marks(row, standard)
        if faults:
            raise Faulty(faults)
        _save_changed(rows)
        fresh.save()


def complete(course, *, number, on, standard, by, stamp=None):
    """Record the decision that recognises who completed the class: its number and day. Refused where nobody passed, where
    it lies before the last day or is still to come, and once certificates were issued; Overtaken as `edit_course`."""
    with deed_on(course, "course-complete", by):
        fresh = _uncertified(course, stamp)
        if on < fresh.closed_on:
            raise Refused(
                _("Ngày quyết định %(on)s trước ngày bế giảng %(closed)s. Xem lại một trong hai ngày.")
                % {"on": day(on), "closed": day(fresh.closed_on)},
                field="completed_on",
            )
        if on > today():
            raise Refused(_("Ngày %s chưa đến.") % day(on), field="completed_on")
        if not any(standard.passed(row) for row in fresh.participants.all()):
            raise Refused(_("Chưa học viên nào đạt. Ghi số tiết đã dự và điểm thu hoạch trước."))
        fresh.completion_number, fresh.completed_on = number, on
        fresh.save()
    return fresh


def reopen(course, *, by, stamp=None):
    """Take back the decision that recognises completion, recorded by mistake. As `complete`."""
    with deed_on(course, "course-reopen", by) as pen:
        fresh = _uncertified(course, stamp)
        pen.note(old=f"{fresh.completion_number} {fresh.completed_on or ''}".strip())
        fresh.completion_number, fresh.completed_on = "", None
        fresh.save()
    return fresh


def _refuse_impossible(said):
    if said["closed_on"] < said["opened_on"]:
        raise Refused(
            _("Ngày bế giảng %(closed)s trước ngày khai giảng %(opened)s. Xem lại một trong hai ngày.")
            % {"closed": day(said["closed_on"]), "opened": day(said["opened_on"])},
            field="closed_on",
        )
    if not 1 <= said["periods"] <= 1000:
        raise Refused(_("Tìm thấy %d. Cần số tiết từ 1 đến 1.000.") % said["periods"], field="periods")


def _open(course, stamp):
    """The class read anew, whose list and results may still change."""
    fresh = unchanged(course, stamp)
    if fresh.completed_on:
        raise Refused(
            _(
                "Lớp đã có quyết định công nhận hoàn thành ngày %s. Danh sách và kết quả không đổi nữa; nếu quyết định "
                "ghi nhầm, bỏ quyết định trước."
            )
            % day(fresh.completed_on)
        )
    return fresh


def _uncertified(course, stamp):
    fresh = unchanged(course, stamp)
    if Certificate.objects.filter(course=fresh).exists():
        raise Refused(_("Lớp đã cấp giấy chứng nhận, quyết định công nhận hoàn thành không sửa được nữa."))
    return fresh


def _save_changed(rows):
    for row in rows:
        if any(row._as_read[name] != getattr(row, name) for name in ("attended", "mark", "second_mark")):
            row.save()


def _faults_of_marks(row, standard):
    faults, first, second = {}, row.mark, row.second_mark
    for name in ("mark", "second_mark"):
        mark = getattr(row, name)
        if mark is not None and not 0 <= mark <= BEST:
            faults[row.pk, name] = _("Cần điểm từ 0 đến 10.")
    if faults or (first is None and second is None):
        return faults
    if not standard.may_write(row):
        said = _("chưa ghi số tiết") if row.attended is None else _("dự %d tiết") % row.attended
        faults[row.pk, "mark" if first is not None else "second_mark"] = _(
            "Người này %(said)s. Cần dự từ %(needed)d tiết (%(share)s %%) mới viết bài thu hoạch: %(cite)s."
        ) % {"said": said, "needed": standard.needed, "share": standard.attendance.value,
             "cite": standard.attendance.citation}  # fmt: skip
    elif second is not None and (first is None or first >= standard.pass_mark):
        faults[row.pk, "second_mark"] = (
            _("Chỉ viết lại khi bài đầu dưới %s điểm. Xem lại một trong hai điểm.") % standard.passing.value
        )
    return faults

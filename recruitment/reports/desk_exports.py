"""Exports of the lists of the desk: classes and their learners, mentors, the dossiers of a queue; the rows of their
pages, by the same right."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from committees.access import FIGURES, PEOPLE

from .. import columns
from ..courses import deeds
from ..courses.forms import CourseFilter
from ..courses.pages import STATES, CoursePage, Courses, course_of
from ..pipeline.mentor_pages import Mentors
from ..pipeline.queue_views import MeetingForm, board_meets_on, waiting_in
from ..quotas.listing import CHUNK
from .exports import Export, Unanswered, home


def courses(access, params):
    """Classes that concern the reader, the latest first, with the learners within reach."""
    access.require(FIGURES)
    form, statute = CourseFilter(params, access=access), columns.current().statute
    found, states = Courses(access, **form.asked()), dict(STATES)
    if form.errors:
        raise Unanswered
    rows = list(found.found.select_related("committee"))

    def lines():
        for at in range(0, len(rows), CHUNK):
            for line in found.lines(rows[at : at + CHUNK], statute):
                course = line.course
                yield [
                    course.name, course.get_kind_display(), line.committee, course.opened_on, course.closed_on,
                    str(states[line.state]), line.learners, line.passed, line.certified, line.due,
                ]  # fmt: skip

    headings = [
        _("Lớp"), _("Loại lớp"), _("Tổ chức mở lớp"), _("Khai giảng"), _("Bế giảng"), _("Tình trạng"), _("Học viên"),
        _("Đạt"), _("Đã cấp"), _("Hạn cấp chứng nhận"),
    ]  # fmt: skip
    said = {name: value for name, value in params.items() if value and name in form.fields}
    return Export(
        name="courses", title=_("Lớp học"), headings=headings, rows=lines(), count=len(rows),
        conditions=[f"{form.fields[name].label}: {value}" for name, value in said.items()], said=said,
        committee=home(access, FIGURES),
    )  # fmt: skip


def learners(access, params):
    """The learners of a class (`course`: its id) whom the reader may see by name. 404, 403 as its page."""
    access.require(FIGURES)
    pk = params.get("course", "")
    if not (pk.isdecimal() and len(pk) < 19):
        raise Http404
    course = course_of(access, pk)
    page = CoursePage(access, course, columns.current())
    if not page.names and not page.learners:
        raise PermissionDenied
    rows = (
        [
            one.person.full_name, one.person.born, one.cell, one.participant.attended, one.participant.mark,
            one.participant.second_mark, _("Đạt") if one.passed else "", one.grade,
            one.certificate.number if one.certificate else "", one.certificate and one.certificate.issued_on,
        ]
        for one in page.learners
    )  # fmt: skip
    headings = [
        _("Họ và tên"), _("Sinh ngày"), _("Chi bộ"), _("Số tiết đã dự"), _("Điểm thu hoạch"), _("Điểm viết lại"),
        _("Kết quả"), _("Xếp loại"), _("Số chứng nhận"), _("Ngày chứng nhận"),
    ]  # fmt: skip
    return Export(
        name=deeds.about(course), title=_("Học viên của lớp"), headings=headings, rows=rows,
        count=len(page.learners), conditions=[course.name], said={"course": course.pk}, committee=course.committee,
    )  # fmt: skip


def mentors(access, params):
    """Who helps whom, one row a candidate; candidates without a mentor follow."""
    found = Mentors(access, columns.current(), params.get("committee", ""))
    alone = list(found.alone)

    def rows():
        for at in range(0, len(found.loads), CHUNK):
            for mentor in found.told(found.loads[at : at + CHUNK]):
                for one in mentor.helped:
                    row = one.candidacy
                    yield [
                        mentor.name, mentor.cell, row.person.full_name, row.get_stage_display(), one.since,
                        one.document, one.unable_on,
                    ]  # fmt: skip
        for row in alone:
            yield [
                "",
                found.cell_name(row.cell_id),
                row.person.full_name,
                row.get_stage_display(),
                None,
                "",
                None,
            ]

    headings = [
        _("Đảng viên giúp đỡ"), _("Chi bộ"), _("Quần chúng"), _("Bước"), _("Từ ngày"), _("Số nghị quyết phân công"),
        _("Không còn đủ điều kiện từ ngày"),
    ]  # fmt: skip
    committee = found.committee or home(access, PEOPLE)
    return Export(
        name="mentors", title=_("Người giúp đỡ"), headings=headings, rows=rows(),
        count=sum(load for *_who, load in found.loads) + len(alone), conditions=[], said={}, committee=committee,
        place=found.cell_name(found.committee.pk) if found.committee else "",
    )  # fmt: skip


def queue(access, params):
    """The dossiers of a queue (`queue`: its code), the longest waiting first, with what is missing. 404, 403 as its
    page; who sees figures alone gets no file."""
    waiting, form = waiting_in(access, params.get("queue", ""), params.get("committee")), MeetingForm(params)
    if not waiting.names:
        raise PermissionDenied
    said = form.cleaned_data.get("meeting") if form.is_valid() else None
    meeting = max(said or board_meets_on(access.today), access.today)
    chosen = waiting.chosen

    def rows():
        for at in range(0, len(chosen), CHUNK):
            for row in waiting.rows(chosen.fetch(chosen.indexes[at : at + CHUNK]), meeting):
                yield [
                    row.person.full_name, row.person.born, row.cell, row.since, row.days, row.due, row.left,
                    row.lies.words if row.lies else "", "; ".join(row.missing), "; ".join(row.later),
                ]  # fmt: skip

    headings = [
        _("Họ và tên"), _("Sinh ngày"), _("Chi bộ"), _("Từ ngày"), _("Số ngày"), _("Hạn"), _("Còn ngày"),
        _("Hồ sơ ở đâu"), _("Còn thiếu"), _("Còn thiếu thêm vào ngày họp"),
    ]  # fmt: skip
    question = waiting.question
    return Export(
        name=f"queue:{waiting.name}", title=str(waiting.queue.label), headings=headings, rows=rows(),
        count=waiting.count, conditions=[], said={"queue": waiting.name},
        committee=access.committee(question.code, FIGURES), place=question.name, on=question.on,
    )  # fmt: skip

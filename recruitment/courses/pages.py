"""What the pages of classes show, worked out here: the list of classes within reach, and one class with its learners."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Q
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.access import FIGURES, PEOPLE, RECORD
from committees.browse import reach
from committees.filters import among
from committees.vietnamese import day

from ..models import Certificate, Course, Participant
from ..quotas.place import crumbs
from ..rules import deadlines
from .judgement import Standard, final, grade

PLANNED, RUNNING, ENDED = "planned", "running", "ended"
STATES = [
    (PLANNED, gettext_lazy("Sắp mở")),
    (RUNNING, gettext_lazy("Đang học")),
    (ENDED, gettext_lazy("Đã bế giảng")),
]


def ids_within(access, right, under=None):
    """Ids of all committees over which the right is held, ended ones by their heir; under: the id of a committee to
    which the answer is cut. No query beyond access's own."""
    mask, position = reach(access, right), access.tree.position
    if under is not None:
        p = access.tree.of(under)
        mask &= (position >= p) & (position < access.tree.end[p]) if p >= 0 else False
    return [access.structure.ids[i] for i in mask.nonzero()[0]]


def state_of(course, on):
    """Where a class stands on a day: PLANNED, RUNNING or ENDED."""
    return PLANNED if on < course.opened_on else RUNNING if on <= course.closed_on else ENDED


def in_state(state, on):
    """The Q of classes in that state on a day."""
    return {
        PLANNED: Q(opened_on__gt=on), RUNNING: Q(opened_on__lte=on, closed_on__gte=on), ENDED: Q(closed_on__lt=on)
    }[state]  # fmt: skip


@dataclass
class Line:
    """One class in the list, with the learners its reader may count."""

    course: Course
    committee: str
    state: str
    today: date
    learners: int = 0
    passed: int = 0
    certified: int = 0
    due: date | None = None

    @property
    def waiting(self):
        return max(self.passed - self.certified, 0)

    @property
    def days_left(self):
        return (self.due - self.today).days if self.due else None

    @property
    def days_over(self):
        return -self.days_left


class Courses:
    """Classes that concern the reader: run by a committee within reach, or attended by people of one. Counts cover the
    learners within reach."""

    def __init__(self, access, *, year=None, kind="", state="", under=None):
        self.access, self.on = access, access.today
        ids = ids_within(access, FIGURES, under)
        self.mine = Q(course__committee_id__in=among(ids)) | Q(cell_id__in=among(ids))
        attended = Participant.objects.filter(cell_id__in=among(ids)).values("course_id")
        found = Course.objects.filter(Q(committee_id__in=among(ids)) | Q(pk__in=attended))
        if year:
            found = found.filter(opened_on__lte=date(year, 12, 31), closed_on__gte=date(year, 1, 1))
        if kind:
            found = found.filter(kind=kind)
        if state:
            found = found.filter(in_state(state, self.on))
        self.found = found.order_by("-opened_on", "-pk")

    @cached_property
    def totals(self):
        """{courses, learners, certified} of all that were asked for. Three queries."""
        learners = Participant.objects.filter(self.mine, course__in=self.found.order_by())
        certified = Certificate.objects.filter(self.mine, course__in=self.found.order_by())
        return {"courses": self.found.count(), "learners": learners.count(), "certified": certified.count()}

    def lines(self, courses, statute):
        """[Line] of these courses. Two queries."""
        structure, lines = self.access.structure, {}
        for course in courses:
            name = structure.name_on(structure.index[course.committee_id], course.opened_on)
            lines[course.pk] = Line(course, name, state_of(course, self.on), self.on)
        standards = {course.pk: Standard.of(course, statute) for course in courses}
        for learner in Participant.objects.filter(self.mine, course__in=list(lines)):
            lines[learner.course_id].learners += 1
            lines[learner.course_id].passed += standards[learner.course_id].passed(learner)
        issued = Certificate.objects.filter(self.mine, course__in=list(lines)).values("course_id")
        for row in issued.annotate(n=Count("pk")).values_list("course_id", "n"):
            lines[row[0]].certified = row[1]
        for line in lines.values():
            if line.course.completed_on and line.waiting:
                line.due = due_on(line.course, statute)
        return list(lines.values())


def due_on(course, statute):
    """By when the certificates of a completed class are due."""
    return deadlines.class_certificate_due_on(course.completed_on, statute.on(course.completed_on))


@dataclass
class Learner:
    """One line of a class's list."""

    participant: Participant
    cell: str
    linked: bool
    may_write: bool
    must_rewrite: bool
    passed: bool
    certificate: Certificate | None

    @property
    def person(self):
        return self.participant.person

    @property
    def mark(self):
        return final(self.participant)

    @property
    def grade(self):
        return grade(self.mark) if self.passed else ""


class CoursePage:
    """One class as one account may see it: its learners by name for who may see people, else only how many."""

    def __init__(self, access, course, snapshot):
        self.access, self.course, self.snapshot = access, course, snapshot
        self.structure, self.on = access.structure, access.today
        self.standard = Standard.of(course, snapshot.statute)
        self.state = state_of(course, self.on)
        self.may_record = access.may(RECORD, course.committee_id)
        self.names = access.may(PEOPLE, course.committee_id)
        self.whole = access.may(FIGURES, course.committee_id)

    @property
    def committee(self):
        return self.structure.name_on(self.structure.index[self.course.committee_id], self.course.opened_on)

    @property
    def crumbs(self):
        p = self.access.tree.of(self.course.committee_id)
        return crumbs(self.access, self.access.tree, p) if p >= 0 and self.whole else []

    @cached_property
    def everyone(self):
        """[Learner] of the class, in name order: what its counts count. Two queries."""
        rows = self.course.participants.select_related("person")
        held = {one.person_id: one for one in self.course.certificates.all()}
        return [self._learner(row, held) for row in sorted(rows, key=lambda row: row.person.sort_key)]

    def _learner(self, row, held):
        standard, index = self.standard, self.structure.index[row.cell_id]
        return Learner(
            participant=row,
            cell=self.structure.name_on(index, self.course.opened_on),
            linked=self.access.may(PEOPLE, row.cell_id),
            may_write=standard.may_write(row),
            must_rewrite=standard.must_rewrite(row),
            passed=standard.passed(row),
            certificate=held.get(row.person_id),
        )

    @cached_property
    def learners(self):
        """[Learner] whose names the reader may see."""
        return [one for one in self.everyone if self.names or one.linked]

    @property
    def counted(self):
        """[Learner] the reader may count: all of a class within reach, else those of the own cells."""
        return self.everyone if self.whole else self.learners

    @property
    def attended(self):
        return sum(one.participant.attended is not None for one in self.counted)

    @property
    def able(self):
        return sum(one.may_write for one in self.counted)

    @property
    def passed(self):
        return sum(one.passed for one in self.counted)

    @property
    def certified(self):
        return sum(one.certificate is not None for one in self.counted)

    @property
    def waiting(self):
        """[Learner] who passed and have no certificate of this class yet."""
        return [one for one in self.learners if one.passed and one.certificate is None]

    @property
    def small(self):
        """The Rule on how many learners a class has at least, where this one has fewer; None. A warning, no refusal."""
        rule = self.snapshot.statute.on(self.course.opened_on)["class_size"]
        return rule if self.whole and len(self.everyone) < rule.value else None

    @cached_property
    def due(self):
        return due_on(self.course, self.snapshot.statute) if self.course.completed_on else None

    @property
    def due_rule(self):
        return self.snapshot.statute.on(self.course.completed_on)["class_certificate"]

    @property
    def days_left(self):
        return (self.due - self.on).days

    @property
    def days_over(self):
        return -self.days_left

    @cached_property
    def next(self):
        """(name of the address, words of the button, why) of what comes next; None where all is done."""
        course = self.course
        missing = [one for one in self.everyone if one.participant.attended is None]
        unmarked = [one for one in self.everyone if one.may_write and one.mark is None]
        if course.completed_on:
            if not self.waiting:
                return None
            said = {"n": len(self.waiting), "due": day(self.due)}
            return "course-certificates", _("Cấp %(n)d chứng nhận") % said, _("Hạn cấp %(due)s.") % said
        if not self.everyone or self.state == PLANNED:
            return (
                "course-invite",
                _("Mời học viên"),
                _("Chọn từ danh sách trong phạm vi của tổ chức mở lớp."),
            )
        if missing:
            return (
                "course-attendance", _("Ghi số tiết đã dự"), _("Còn %d người chưa ghi số tiết.") % len(missing)
            )  # fmt: skip
        if unmarked:
            return "course-results", _("Ghi điểm thu hoạch"), _("Còn %d người chưa có điểm.") % len(unmarked)
        if not self.passed:
            return None
        return (
            "course-completion", _("Ghi quyết định công nhận hoàn thành"), _("%d người đạt.") % self.passed
        )  # fmt: skip


def course_of(access, pk, right=FIGURES):
    """The Course, where the right is held at its committee. To look at it, people of one's own among its learners are
    enough. Http404 outside the reach, PermissionDenied inside without the right. One query, or two."""
    access.self_service()
    course = Course.objects.select_related("committee").filter(pk=pk).first()
    if course is None:
        raise Http404
    if right == FIGURES and not access.may(FIGURES, course.committee_id):
        cells = course.participants.values_list("cell_id", flat=True).distinct()
        if any(access.may(PEOPLE, cell) for cell in cells):
            return course
    access.check(course.committee_id, right)
    return course

"""The demo's classes: one that ended with certificates, one that runs, one for new members that is planned. The learners
are those whom the demo has; days count back from the day it is made."""

from datetime import timedelta
from decimal import Decimal

from committees import vietnamese

from .. import columns
from ..courses import deeds, issuing
from ..courses.judgement import Standard
from ..models import Admission, Candidacy, Course, Stage
from .standing import standing

PROVINCE, DISTRICT = "BRVT", "BRVT-DD"
ENDED, RUNNING, PLANNED = 28, 20, 8  # learners at most
_MARKS = ("7.5", "8", "6.5", "9", "5.5", "8.5")


def play_classes():
    """Put the classes into the demo, once: False where a class stands already, or its committees do not. Not inside a
    pen: each deed takes its own."""
    today, statute = vietnamese.today(), columns.current().statute
    at = standing((PROVINCE, DISTRICT), today)
    if Course.objects.exists() or len(at) < 2:
        return False
    waiting = Candidacy.objects.filter(stage=Stage.SOURCE, person__certificates=None).select_related("person")
    waiting = waiting.order_by("entered_on", "pk")
    _end(
        _open(
            at[PROVINCE], today - timedelta(days=75), 5, name="Lớp nhận thức về Đảng, Trường Chính trị tỉnh"
        ),
        waiting.exclude(cell__code__startswith=DISTRICT).filter(cell__code__startswith=PROVINCE)[:ENDED],
        statute,
        today,
    )
    run = _open(at[DISTRICT], today - timedelta(days=2), 5, name="Lớp nhận thức về Đảng, huyện Đất Đỏ")
    _invite(run, waiting.filter(cell__code__startswith=DISTRICT)[:RUNNING])
    so_far = {row.pk: 16 if k % 7 else 12 for k, row in enumerate(_learners(run))}
    deeds.record_attendance(run, so_far, standard=Standard.of(run, statute), by=None)
    probationers = Admission.objects.filter(
        ceremony_on__lte=today, official_on=None, recognised_on=None, left_on=None, cancelled_on=None
    )
    _invite(
        _open(
            at[DISTRICT], today + timedelta(days=20), 6, name="Lớp đảng viên mới, huyện Đất Đỏ",
            kind=Course.Kind.NEW_MEMBER,
        ),
        probationers.filter(cell__code__startswith=DISTRICT).select_related("person").order_by("-ceremony_on", "pk")[
            :PLANNED
        ],
    )  # fmt: skip
    return True


def _open(committee, on, days, *, kind=Course.Kind.AWARENESS, **said):
    return deeds.open_course(
        committee=committee, by=None, kind=kind, opened_on=on, closed_on=on + timedelta(days=days - 1), periods=40,
        organiser="Trung tâm Chính trị", **said,
    )  # fmt: skip


def _invite(course, records):
    """records: candidacies or admissions, each a person in a cell; nobody twice."""
    people = {record.person_id: (record.person, record.cell_id) for record in records}
    deeds.invite(course, list(people.values()), by=None)


def _learners(course):
    rows = course.participants.select_related("person")
    return sorted(rows, key=lambda row: row.person.sort_key)


def _end(course, candidacies, statute, today):
    """Attended, marked, recognised, certified: all but one who stayed away too long and one who failed twice."""
    _invite(course, candidacies)
    standard, rows = Standard.of(course, statute), _learners(course)
    if not rows:
        return
    away, failed = (rows[-1].pk, rows[-2].pk) if len(rows) > 2 else (None, None)
    attended = {row.pk: 20 if row.pk == away else 40 - k % 4 for k, row in enumerate(rows)}
    deeds.record_attendance(course, attended, standard=standard, by=None)
    marks = {row.pk: (Decimal(_MARKS[k % len(_MARKS)]), None) for k, row in enumerate(rows) if row.pk != away}
    if failed:
        marks[failed] = (Decimal("4"), Decimal("4.5"))
    deeds.record_marks(course, marks, standard=standard, by=None)
    decided = course.closed_on + timedelta(days=8)
    course = deeds.complete(course, number="12-QĐ/TCT", on=decided, standard=standard, by=None)
    passed = [row for row in rows if row.pk not in (away, failed)]
    numbers = {row.pk: (f"{k:02d}/{decided.year}", str(k)) for k, row in enumerate(passed, 101)}
    issuing.issue(course, issued_on=decided + timedelta(days=6), numbers=numbers, standard=standard, by=None)

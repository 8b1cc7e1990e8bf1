"""How many rows failed each check, kept once a day, and told of any committee by any tree."""

from dataclasses import dataclass
from datetime import date, timedelta

from committees import journal, vietnamese

from .. import columns
from ..models import FaultCount, Job
from .findings import everywhere

KIND = "quality"
FOUR = timedelta(hours=4)  # after midnight in Vietnam: nobody waits for the register then
POINTS = 12  # that a trend shows before today
ALL = ""


def due(now):
    """[Job] not yet saved: today's count, from four o'clock on. No query."""
    today = now.astimezone(vietnamese.ZONE).date()
    moment = vietnamese.midnight(today) + FOUR
    if now < moment:
        return []
    return [Job(kind=KIND, key=f"{KIND}:{today}", due_at=moment, args={"day": str(today)})]


def keep(job):
    """Count what fails each check on the day of a Job, if it is still that day, and keep it; a day that is there already
    stays as it is."""
    day = vietnamese.today()
    if job.args["day"] != str(day) or FaultCount.objects.filter(day=day).exists():
        return
    rows = counted(everywhere(columns.current(), day), day)
    with journal.pen(None, "quality-count", about="quality"):
        if not FaultCount.objects.filter(day=day).exists():
            FaultCount.objects.bulk_create(rows)


def counted(found, day):
    """[FaultCount] not yet saved of a day's {check: {committee id: rows}}; the first of all checks together."""
    together = {}
    for counts in found.values():
        for committee, n in counts.items():
            together[committee] = together.get(committee, 0) + n
    return [
        FaultCount(day=day, check_code=code, counts=counts)
        for code, counts in [(ALL, together), *found.items()]
    ]


@dataclass(frozen=True)
class Point:
    day: date
    count: int


def trend(question, check, today):
    """[Point] of a check (ALL: of all together) at and below a question's committee, by its tree: POINTS kept days at even
    distances, the first and the last of them, before the day `today`. Two queries."""
    days = list(
        FaultCount.objects.filter(check_code=check, day__lt=today)
        .order_by("day")
        .values_list("day", flat=True)
    )
    if len(days) > POINTS:
        days = [days[k * (len(days) - 1) // (POINTS - 1)] for k in range(POINTS)]
    rows = FaultCount.objects.filter(check_code=check, day__in=days).order_by("day")
    tree, p, end = question.tree, question.position, question.end
    return [
        Point(row.day, sum(n for pk, n in row.counts.items() if p <= tree.of(int(pk)) < end)) for row in rows
    ]

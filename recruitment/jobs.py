"""Work in the background: rows of Job that fall due, run one after another by `manage.py work`.

A worker claims a job under the pen, so that two workers never run the same one; runs it without the pen, so that a slow
mail server stops nobody; and writes under the pen how it ended. A job that failed waits longer each time and is given
up after ATTEMPTS, one that is `background.Hopeless` at once. One whose worker has given no sign of life for TAKEOVER is taken over, so what a job does outside the
database (a message sent) may happen twice if the worker dies between the deed and its note. Nothing a person wrote goes
into `said`: it tells what sort of fault it was.
"""

import logging
from datetime import timedelta
from functools import partial
from smtplib import SMTPException

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import journal

from . import background, digest
from .imports import running
from .models import Job
from .papers import batch_job
from .quality import trend
from .reports import filing
from .reports.catalogue import PREPARED

log = logging.getLogger(__name__)

# Every kind of job: what runs it, given the Job. What makes jobs of a kind due by itself, given the moment.
KINDS = {
    "digest": digest.send,
    trend.KIND: trend.keep,
    filing.KIND: partial(filing.make, lists=PREPARED),
    filing.SWEEP: filing.sweep,
    batch_job.KIND: batch_job.run,
    **running.KINDS,
}
PLANNERS = [digest.due, trend.due, filing.due]

PAUSES = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2)]
ATTEMPTS = len(PAUSES) + 1
TAKEOVER = timedelta(seconds=30)


class _Gone(Exception):
    """Another worker has it."""


def plan(now=None):
    """Write down the jobs that have become due by themselves; each key once, however many workers plan. Returns how
    many are new. One query a planner where there is nothing new."""
    now, made = now or timezone.now(), 0
    for planner in PLANNERS:
        wanted = {job.key: job for job in planner(now)}
        if not wanted or not _unknown(wanted):
            continue
        with journal.pen(None, "job-add", about="job") as pen:
            fresh = [wanted[key] for key in sorted(_unknown(wanted))]
            for job in fresh:
                job.save()
            pen.note(count=len(fresh))
        made += len(fresh)
    return made


def _unknown(wanted):
    return wanted.keys() - set(Job.objects.filter(key__in=wanted).values_list("key", flat=True))


def _due(now):
    """Jobs to be run now: those that wait and are due, and those whose worker has been silent too long."""
    silent = now - TAKEOVER
    abandoned = Q(state=Job.State.RUNNING, started_at__lte=silent) & (
        Q(heard_at=None) | Q(heard_at__lte=silent)
    )
    return Job.objects.filter(Q(state=Job.State.WAITING, due_at__lte=now) | abandoned).order_by(
        "due_at", "pk"
    )


def claim(now=None):
    """The next due Job, now RUNNING and this worker's alone; None where nothing is due. One query and, where something
    is due, the pen's and two."""
    now = now or timezone.now()
    while (job := _due(now).first()) is not None:
        try:
            return _claimed(job, now)
        except _Gone:
            continue
    return None


def _claimed(job, now):
    with journal.pen(None, "job-start", about=f"job:{job.pk}", kind=job.kind):
        fresh = _still_due(job, now)
        if fresh is None:
            raise _Gone
        if fresh.attempts >= ATTEMPTS:  # its worker died each time
            return _ended(fresh, Job.State.FAILED, _("Dừng giữa chừng quá nhiều lần."), now)
        fresh.state, fresh.started_at, fresh.attempts = Job.State.RUNNING, now, fresh.attempts + 1
        fresh.save()
        return fresh


def _still_due(job, now):
    """The job as it stands under the pen, where no other worker writes; None if another one has it."""
    return _due(now).filter(pk=job.pk).first()


def run(job):
    """Do what a claimed job says, and write how it ended. A fault is noted, never raised; one that is not the job's own
    (a stop asked for by the operator) passes."""
    try:
        with background.alive(job):
            KINDS[job.kind](job)
    except background.Hopeless as problem:
        return _note(job, str(problem), last=True)
    except Exception as problem:
        # The class alone: what the fault says may name a person.
        log.error("job %s (%s): %s", job.pk, job.kind, type(problem).__name__)
        return _note(job, _fault(problem))
    return _note(job, "")


def _fault(problem):
    """What sort of fault it was, in a sentence that names nobody."""
    if isinstance(problem, SMTPException):
        return _("Máy chủ thư từ chối (%s).") % type(problem).__name__
    if isinstance(problem, OSError):
        return _("Không nối được máy chủ thư (%s).") % type(problem).__name__
    if isinstance(problem, journal.Busy):
        return _("Dữ liệu đang được ghi liên tục.")
    return _("Lỗi của chương trình (%s).") % type(problem).__name__


def _note(job, fault, last=False):
    now = timezone.now()
    with journal.pen(None, "job-fail" if fault else "job-end", about=f"job:{job.pk}", kind=job.kind):
        fresh = Job.objects.get(pk=job.pk)
        if (fresh.state, fresh.attempts) != (Job.State.RUNNING, job.attempts):
            return fresh  # taken over meanwhile: how it ends is the other worker's to say
        if not fault:
            return _ended(fresh, Job.State.DONE, "", now)
        if last or fresh.attempts >= ATTEMPTS:
            return _ended(fresh, Job.State.FAILED, fault, now)
        fresh.state, fresh.said = Job.State.WAITING, fault
        fresh.due_at = now + PAUSES[fresh.attempts - 1]
        fresh.save()
        return fresh


def _ended(job, state, said, now):
    job.state, job.said, job.ended_at = state, said, now
    job.save()
    return job


def drain(stopped=lambda: False):
    """Plan, then run what is due until nothing is or `stopped()`; returns how many were run."""
    try:
        plan()
    except journal.Busy:
        log.warning("planning put off: the register is being written all the time")
    count = 0
    while not stopped() and (job := claim()) is not None:
        if job.state == Job.State.RUNNING:
            run(job)
            count += 1
    return count

"""Asking for work in the background, and telling how far it is. `jobs` runs what was asked; rooms ask here.

How far a job is changes many times a second and is no fact, no more than that its worker lives: these are the one thing
besides sessions that is written without the pen, by Django's own queryset, in columns of their own of the job's row.
"""

import secrets
import threading
import time
from contextlib import contextmanager

from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.utils import timezone

from committees import journal

from .models import Job

# A long job says how far it is so often, in seconds: a person watching sees it move, the database does not feel it.
EVERY = 0.5
# The worker gives a sign of life so often, in seconds, whatever its job is busy with.
BEAT = 5


class Hopeless(Exception):
    """A job that no second try would do; its text, which names nobody, says why."""


def ask(kind, *, by, args, total=0, key=""):
    """Write down a job for `work`, due at once, for the account `by`; the Job. One pen. A key given twice is the same
    job: the one there is comes back, so that two clicks ask once."""
    key = key or f"{kind}:{secrets.token_hex(12)}"
    with journal.pen(by, "job-ask", about="job", kind=kind):
        there = Job.objects.filter(key=key).first()
        if there is not None:
            return there
        job = Job(kind=kind, key=key, args=args, account=by, total=total, due_at=timezone.now())
        job.save()
    return job


class Progress:
    """How far a running job is; calling it with the units done is cheap. Not to be used while holding the pen: on SQLite
    nobody else can write then."""

    def __init__(self, job, clock=time.monotonic):
        self.job, self.clock, self.told = job, clock, None

    def __call__(self, done, total=None):
        """Tell it, unless that was done a moment ago. One statement at most every EVERY seconds; the first and the last
        are always told."""
        total = self.job.total if total is None else total
        now = self.clock()
        if self.told is not None and now - self.told < EVERY and done < total:
            return
        self.told, self.job.done, self.job.total = now, done, total
        QuerySet(Job).filter(pk=self.job.pk, state=Job.State.RUNNING).update(done=done, total=total)


@contextmanager
def alive(job):
    """Gives a sign of life for a running job until it ends, from a thread with a connection of its own: another worker
    takes over soon what a dead one left. A job shorter than BEAT never sees it."""
    ended = threading.Event()
    thread = threading.Thread(target=_beat, args=(job.pk, job.attempts, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _beat(pk, attempts, ended):
    try:
        while not ended.wait(BEAT):
            try:
                running = QuerySet(Job).filter(pk=pk, attempts=attempts, state=Job.State.RUNNING)
                running.update(heard_at=timezone.now())
            except DatabaseError:
                connection.close()  # the database is busy or away for a moment; the next beat tries again
    finally:
        connection.close()


def own(account, pk):
    """The account's own job, or None: nobody sees another's, whatever their rights."""
    return Job.objects.filter(account=account, pk=pk).first()

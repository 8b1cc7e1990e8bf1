"""Work in the background: each job once however many workers, tried again with growing pauses, taken over from a worker
that died, and nothing personal in what is kept of a fault."""

import os
import signal
import threading
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from committees import journal
from committees.models import Entry
from recruitment import jobs
from recruitment.management.commands import work
from recruitment.models import Job

WAITING, RUNNING, DONE, FAILED = Job.State.WAITING, Job.State.RUNNING, Job.State.DONE, Job.State.FAILED


@pytest.fixture
def ran(monkeypatch):
    """The keys of the jobs that ran, in order; the kind `test` notes its key, `bad` fails."""
    keys = []

    def fail(job):
        keys.append(job.key)
        raise ValueError("Nguyễn Thị Bí Mật, 012345678901")

    monkeypatch.setattr(jobs, "KINDS", {"test": lambda job: keys.append(job.key), "bad": fail})
    monkeypatch.setattr(jobs, "PLANNERS", [])
    return keys


def make_job(key, kind="test", *, due=timedelta(minutes=-1), **row):
    with journal.pen(None, "test"):
        job = Job(kind=kind, key=key, due_at=timezone.now() + due, **row)
        job.save()
    return job


@pytest.mark.django_db
def test_once_runs_what_is_due_in_order_and_ends(ran, capsys):
    for key, minutes in (("late", -1), ("first", -9), ("tomorrow", 60 * 24)):
        make_job(key, due=timedelta(minutes=minutes))
    call_command("work", once=True)
    assert ran == ["first", "late"] and "2" in capsys.readouterr().out
    states = dict(Job.objects.values_list("key", "state"))
    assert states == {"late": DONE, "first": DONE, "tomorrow": WAITING}
    call_command("work", once=True)
    assert len(ran) == 2, "what is done is done"


@pytest.mark.django_db
def test_a_job_holds_the_pen_when_it_begins_and_when_it_ends(ran):
    make_job("one")
    jobs.drain()
    deeds = Entry.objects.filter(chain=Entry.WRITES).order_by("-number").values_list("deed", "actor")[:2]
    assert list(deeds) == [("job-end", None), ("job-start", None)]


@pytest.mark.django_db
def test_nothing_to_do_writes_nothing(ran):
    before = journal.heads()
    assert jobs.drain() == 0
    assert journal.heads() == before


@pytest.mark.django_db
def test_a_job_that_fails_waits_longer_each_time_and_is_given_up(ran):
    job, pauses = make_job("bad", "bad"), []
    while True:
        jobs.drain()
        job.refresh_from_db()
        if job.state == FAILED:
            break
        pauses.append(job.due_at - timezone.now())
        with journal.pen(None, "test"):
            job.due_at = timezone.now() - timedelta(seconds=1)
            job.save()
    assert len(ran) == jobs.ATTEMPTS == len(pauses) + 1 == job.attempts
    assert pauses == sorted(pauses) and pauses[0] < pauses[-1]
    assert job.ended_at is not None and jobs.claim() is None


@pytest.mark.django_db
def test_what_is_kept_of_a_fault_names_nobody(ran, caplog):
    job = make_job("bad", "bad")
    jobs.drain()
    job.refresh_from_db()
    assert "ValueError" in job.said and "Lỗi" in job.said
    kept = [job.said, caplog.text, *Entry.objects.values_list("payload", flat=True)]
    assert not any("Bí Mật" in text or "012345678901" in text for text in kept)


@pytest.mark.django_db
def test_a_job_whose_worker_died_is_taken_over_after_a_while_and_not_before(ran):
    now = timezone.now()
    job = make_job("left", state=RUNNING, attempts=1, started_at=now - jobs.TAKEOVER + timedelta(minutes=1))
    assert jobs.claim(now) is None
    taken = jobs.claim(now + timedelta(minutes=2))
    assert taken.key == "left" and taken.attempts == 2
    job.attempts = 1
    jobs.run(job)
    job.refresh_from_db()
    assert job.state == RUNNING, "the first worker wakes up: how it ends is the second's to say"
    jobs.run(taken)
    job.refresh_from_db()
    assert job.state == DONE


@pytest.mark.django_db
def test_a_job_that_kills_its_worker_each_time_is_given_up(ran):
    long_ago = timezone.now() - timedelta(days=1)
    job = make_job("deadly", state=RUNNING, attempts=jobs.ATTEMPTS, started_at=long_ago)
    assert jobs.drain() == 0
    job.refresh_from_db()
    assert (job.state, ran) == (FAILED, []) and job.said


@pytest.mark.django_db
def test_what_plans_itself_is_written_down_once(ran, monkeypatch):
    def planner(now):
        return [Job(kind="test", key=f"p{k}", due_at=now) for k in range(3)]

    monkeypatch.setattr(jobs, "PLANNERS", [planner])
    assert (jobs.plan(), jobs.plan()) == (3, 0)
    assert jobs.drain() == 3


@pytest.mark.django_db
def test_a_stop_ends_the_worker_after_the_job_at_hand(monkeypatch, ran):
    """The signal comes while the first of two jobs runs: that one is finished, the second waits for another worker."""
    done = []

    def stopped_midway(job):
        os.kill(os.getpid(), signal.SIGTERM)
        done.append(job.key)

    monkeypatch.setattr(jobs, "KINDS", {"test": stopped_midway})
    handler = signal.getsignal(signal.SIGTERM)
    make_job("a", due=timedelta(minutes=-2))
    make_job("b")
    call_command("work")
    assert done == ["a"] and dict(Job.objects.values_list("key", "state")) == {"a": DONE, "b": WAITING}
    assert signal.getsignal(signal.SIGTERM) == handler


@pytest.mark.django_db
def test_the_worker_looks_again_after_a_rest_and_hears_a_stop_meanwhile(monkeypatch, ran):
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        if len(slept) == work.ROUND:
            make_job("later")
        if len(slept) == work.ROUND + 3:
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(time, "sleep", sleep)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)  # the test's own connection
    call_command("work")
    assert ran == ["later"] and slept == [1] * (work.ROUND + 3), "every sleep is bounded"


# Two workers -----------------------------------------------------------------------------------------


def two_workers(count):
    """`count` jobs and two workers that start at once; the first raised fault is raised here."""
    for k in range(count):
        make_job(f"j{k}")
    start, raised = threading.Barrier(2), []

    def drain():
        try:
            start.wait(5)
            jobs.drain()
        except Exception as problem:
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=drain, daemon=True) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    if raised:
        raise raised[0]


def both_see(monkeypatch):
    """Both workers have chosen the first job before either claims it."""
    chosen, claimed, first = threading.Barrier(2), jobs._claimed, threading.local()

    def together(job, now):
        if not getattr(first, "met", False):
            first.met = True
            chosen.wait(10)
        return claimed(job, now)

    monkeypatch.setattr(jobs, "_claimed", together)


@pytest.mark.django_db(transaction=True)
def test_two_workers_run_each_job_once(ran, monkeypatch):
    both_see(monkeypatch)
    two_workers(12)
    assert sorted(ran) == sorted(f"j{k}" for k in range(12))
    assert set(Job.objects.values_list("state", "attempts")) == {(DONE, 1)}
    assert journal.verify() is None


@pytest.mark.django_db(transaction=True)
def test_the_same_without_the_look_under_the_pen_runs_one_twice(ran, monkeypatch):
    """The control: a worker that trusts what it saw before it held the pen runs what the other has taken. If every job
    ran once here, the test above would prove nothing."""
    both_see(monkeypatch)
    monkeypatch.setattr(jobs, "_still_due", lambda job, now: Job.objects.get(pk=job.pk))
    two_workers(1)
    assert ran == ["j0", "j0"]

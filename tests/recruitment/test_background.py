"""Asking for work in the background: once a key, only one's own to see, and progress that costs nearly nothing."""

import pytest
from django.utils import timezone

from committees import journal
from recruitment import background
from recruitment.models import Job
from tests.factories import make_account


@pytest.fixture
def running(db):
    job = background.ask("test", by=make_account("alice"), args={"n": 1}, total=100)
    with journal.pen(None, "test"):
        job.state, job.started_at = Job.State.RUNNING, timezone.now()
        job.save()
    return job


@pytest.mark.django_db
def test_two_clicks_ask_once():
    alice = make_account("alice")
    jobs = [background.ask("test", by=alice, args={}, key="test:7") for _click in range(2)]
    assert jobs[0] == jobs[1] and Job.objects.count() == 1
    assert background.ask("test", by=alice, args={}) != background.ask("test", by=alice, args={})


@pytest.mark.django_db
def test_nobody_sees_another_account_s_job(running):
    assert background.own(running.account, running.pk) == running
    assert background.own(make_account("charlie"), running.pk) is None


@pytest.mark.django_db
def test_progress_is_told_now_and_then_and_at_the_end_without_an_entry(running, django_assert_num_queries):
    moment = iter([0, 0.1, 0.2, 1, 1.1])
    progress, heads = background.Progress(running, clock=lambda: next(moment)), journal.heads()
    with django_assert_num_queries(3):
        for done in (10, 20, 30, 40, 100):
            progress(done)
    running.refresh_from_db()
    assert (running.done, running.total) == (100, 100)
    assert journal.heads() == heads


@pytest.mark.django_db
def test_a_job_that_ended_is_not_written_any_more(running):
    with journal.pen(None, "test"):
        running.state = Job.State.DONE
        running.save()
    background.Progress(running)(50)
    running.refresh_from_db()
    assert running.done == 0

"""A long file is checked and loaded in the background: the page tells how far it is, the list what came of it, and a worker
killed at any row leaves nothing behind."""

import os
import random
import signal
import time
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from committees import journal, vietnamese
from committees.models import Committee, Kind
from recruitment import background, jobs
from recruitment.imports import base, desk, running
from recruitment.imports import load as loading
from recruitment.models import Admission, Batch, Job, Upload
from tests.factories import make_committee, make_upload, place

from .test_edits import controls
from .test_pages import ADMITTED, LIST, cast, text, uploaded  # noqa: F401 - a fixture

ROWS = [{**ADMITTED, "Họ và tên": f"Lê Văn {name}"} for name in ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu")]
BAD = {**ROWS[0], "Họ và tên": "Lý Văn Tâm", "Sinh ngày": "31/02/1990"}


@pytest.fixture(autouse=True)
def nothing_else(monkeypatch):
    """What the worker plans by itself is not asked here."""
    monkeypatch.setattr(jobs, "PLANNERS", [])


@pytest.fixture
def short(monkeypatch):
    """Four rows are long here."""
    monkeypatch.setattr(running, "LONG", 3)


@pytest.mark.django_db
def test_a_long_file_goes_through_while_nobody_waits(cast, short):  # noqa: F811
    alice, bob = cast["alice"], cast["bob"]
    where = uploaded(alice, "admissions", [*ROWS, BAD])
    waiting = alice.get(where)
    told = alice.get(waiting.url)
    assert "Đang chờ đến lượt" in text(told) and "Đóng trang này vẫn không sao" in text(told)
    assert bob.get(waiting.url).status_code == 404
    assert "Đang chờ đến lượt" in text(alice.get(LIST)) and "tệp.xlsx" in text(alice.get(LIST))
    jobs.drain()
    assert alice.get(waiting.url, headers={"HX-Request": "true"})["HX-Redirect"] == where
    assert "1 dòng cần sửa" in text(alice.get(LIST))
    page = alice.get(where)
    found = page.context["page"]
    assert (found.new, found.bad_count, found.ready, found.count) == (6, 1, 0, 7) and "Lý Văn Tâm" in text(
        page
    )
    assert alice.get(f"{where}faults.xlsx").status_code == 200
    name = controls(page)[8, "Sinh ngày"][0]
    alice.post(f"{where}edits/", {name: "21/02/1990"})
    assert alice.get(where).status_code == 302, "it is being checked anew"
    jobs.drain()
    assert "Nhập 7 dòng" in text(alice.get(where))
    loading = alice.post(f"{where}apply/", {"digest": Upload.objects.get().digest})
    assert alice.post(f"{where}apply/").url == loading.url, "two clicks ask once"
    jobs.drain()
    assert alice.get(loading.url).url == LIST
    page = text(alice.get(LIST))
    assert "Đã nhập 7 dòng mới, 0 thay đổi." in page and Admission.objects.count() == 7
    assert not Upload.objects.exists() and alice.get(loading.url).status_code == 302
    assert Job.objects.get(kind=running.APPLY).result["batch"] == Batch.objects.get(kind="admissions").pk
    assert all("Lý Văn Tâm" not in str(row) for row in Job.objects.values("args", "said", "result"))


@pytest.mark.django_db
def test_a_right_that_ended_ends_what_runs_and_what_was_found(cast, short):  # noqa: F811
    """A check made before is not shown to who may read less now; a load asked for before writes nothing."""
    alice = cast["alice"]
    where = uploaded(alice, "admissions", ROWS)
    jobs.drain()
    assert "Nhập 6 dòng" in text(alice.get(where))
    asked = running.ask(running.APPLY, Upload.objects.get(), by=alice.account)
    with journal.pen(None, "test"):
        alice.account.mandates.update(role="standing")
    jobs.drain()
    asked.refresh_from_db()
    assert asked.result == {"gone": True} and not Admission.objects.exists()
    with journal.pen(None, "test"):
        alice.account.mandates.update(role="secretary")
    assert "Lê Văn" not in text(alice.get(where)) and "quyền của anh chị đã đổi" in text(alice.get(where))
    alice.post(f"{where}edits/")
    jobs.drain()
    assert "Nhập 6 dòng" in text(alice.get(where))


@pytest.mark.django_db
def test_a_reach_that_changed_ends_what_was_found(cast, short):  # noqa: F811
    """Within an unchanged reach what was read is entered where the committees stand today."""
    alice, at = cast["alice"], {one.code: one for one in Committee.objects.all()}
    at["T-H1-X-3"] = make_committee("T-H1-X-3", parent=at["T-H1-X"])
    where = uploaded(alice, "admissions", [*ROWS, {**BAD, "Mã tổ chức": "T-H1-X-3"}])
    jobs.drain()
    found = running.found(Upload.objects.get(), alice.account)
    assert found.scope == at["T-H1-X"].pk
    place(at["T-H1-X-3"], Kind.CELL, at["T-H1"], since=vietnamese.today() - timedelta(days=1))
    assert running.found(Upload.objects.get(), alice.account).scope == at["T-H1"].pk
    place(at["T-H1-X-3"], Kind.CELL, at["T-H2"], since=vietnamese.today())
    page = text(alice.get(where))
    assert "Lý Văn Tâm" not in page and "quyền của anh chị đã đổi" in page


@pytest.mark.django_db
def test_a_long_load_is_taken_back_while_nobody_waits(cast, short):  # noqa: F811
    alice = cast["alice"]
    batch = loading.load("admissions", ROWS, name="dài", actor=alice.account).batch
    asked = alice.post(f"/imports/batches/{batch}/undo/").url
    assert "Đang hoàn tác: dài" in text(alice.get(asked)) and Admission.objects.count() == 6
    jobs.drain()
    assert alice.get(asked).url == f"/imports/batches/{batch}/" and not Admission.objects.exists()
    assert "Đã hoàn tác." in text(alice.get(LIST)) and "Đã hoàn tác" in text(
        alice.get(f"/imports/batches/{batch}/")
    )
    job = Job.objects.get(kind=running.UNDO)
    assert (job.result["removed"], job.result["kept"]) == (12, 0)
    running.undo(job)
    job.refresh_from_db()
    assert job.result == {"undone": True}, "taken over after it was done"


@pytest.mark.django_db
def test_faults_that_appeared_since_the_check_come_back(cast, short):  # noqa: F811
    alice = cast["alice"]
    where = uploaded(alice, "admissions", ROWS)
    jobs.drain()
    assert loading.load("admissions", [ROWS[0] | {"Ngày quyết định": "03/02/2013"}], name="khác").batch
    asked = alice.post(f"{where}apply/").url
    jobs.drain()
    assert alice.get(asked).url == where and "Chưa nhập gì" in text(alice.get(where))
    assert alice.get(where).context["page"].bad_count == 1 and Admission.objects.count() == 1


@pytest.mark.django_db
def test_a_file_mended_while_it_is_loaded_is_not_loaded_as_it_was(cast, monkeypatch):  # noqa: F811
    alice = cast["alice"]
    upload = make_upload(alice.account, "admissions", [BAD | {"Sinh ngày": "01/02/1990"}])
    real = loading.check

    def mended_meanwhile(*args):
        if not Upload.objects.get().edits:
            with journal.pen(None, "test"):
                Upload.objects.update(edits={"2": {"Sinh ngày": "02/02/1990"}})
        return real(*args)

    monkeypatch.setattr(loading, "check", mended_meanwhile)
    with pytest.raises(desk.Mended):
        desk.apply(upload, by=alice.account)
    assert not Admission.objects.exists() and Upload.objects.exists()


# A worker that dies -----------------------------------------------------------------------------------


def die_at(place, row):
    """Kill this process without a word once it comes to the `row`th row of a check or of a write, or to its note."""
    count = iter(range(10**9))

    def killed():
        os.kill(os.getpid(), signal.SIGKILL)

    if place == "check":
        real = loading._judge
        loading._judge = lambda *args: killed() if next(count) == row else real(*args)
    elif place == "write":
        real_insert = base.insert

        def insert(model, rows):
            """The rows up to it stand in the transaction already."""
            there = next(count)
            for _row in rows:
                if there == row:
                    killed()
                there = next(count)
            return real_insert(model, rows[:-1]) and real_insert(model, rows[-1:])

        base.insert = insert
    else:
        jobs._note = lambda *args: killed()


def killed_worker(place, row):
    """Run the worker in a process of its own that dies there; whether it did."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            die_at(place, row)
            jobs.drain()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def taken_over():
    """What the next worker does once the dead one has been silent long enough."""
    job = jobs.claim(timezone.now() + jobs.TAKEOVER + timedelta(seconds=1))
    return jobs.run(job)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("kind", "place"), [(running.CHECK, "check"), (running.APPLY, "check"), (running.APPLY, "write")]
)
def test_a_worker_killed_at_any_row_leaves_nothing_behind(register, give, register_content, kind, place):
    alice = give("alice", "staff", "T-H1")
    upload = make_upload(alice, "admissions", ROWS)
    before = register_content()
    for row in random.Random(f"{kind} {place}").sample(range(len(ROWS)), 3):
        job = running.ask(kind, Upload.objects.get(pk=upload.pk), by=alice)
        assert killed_worker(place, row)
        now = register_content()
        for label in ("recruitment.Job", "recruitment.Upload"):
            now.pop(label), before.pop(label, None)
        assert now == before and not Batch.objects.filter(kind="admissions").exists()
        assert journal.verify() is None
        assert jobs.claim() is None, "another worker waits a moment"
        with journal.pen(None, "test"):
            Job.objects.filter(pk=job.pk).update(attempts=1, started_at=timezone.now() - jobs.TAKEOVER)
    done = taken_over()
    assert done.state == Job.State.DONE
    assert Admission.objects.count() == (len(ROWS) if kind == running.APPLY else 0)
    assert journal.verify() is None


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_after_its_write_has_written_once(register, give):
    alice = give("alice", "staff", "T-H1")
    running.ask(running.APPLY, make_upload(alice, "admissions", ROWS), by=alice)
    assert killed_worker("note", 0)
    batch = Batch.objects.get(kind="admissions")
    done = taken_over()
    assert (done.state, done.result["batch"], done.result["new"]) == (Job.State.DONE, batch.pk, 6)
    assert Admission.objects.count() == 6 and Batch.objects.filter(kind="admissions").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_lives_is_not_taken_for_dead(register, give, monkeypatch):
    """It gives signs of life whatever it is busy with; without them the job would be taken from it."""
    monkeypatch.setattr(background, "BEAT", 0.05)
    heard = []

    def slow(job):
        with journal.pen(None, "test"):
            Job.objects.filter(pk=job.pk).update(
                started_at=timezone.now() - timedelta(hours=1), heard_at=None
            )
        assert jobs._due(timezone.now()).exists()
        for _wait in range(200):
            if not jobs._due(timezone.now()).exists():
                heard.append(Job.objects.get(pk=job.pk).heard_at)
                return
            time.sleep(0.05)

    monkeypatch.setattr(jobs, "KINDS", {"slow": slow})
    background.ask("slow", by=give("alice", "staff", "T-H1"), args={})
    jobs.drain()
    assert heard and heard[0] is not None

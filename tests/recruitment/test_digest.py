"""The day's counts by e-mail: asked for by staff, once a working morning, equal to the desk, and never a name in it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from committees import accounts, journal, vietnamese
from committees.models import Committee, Mandate, Placement, Role
from recruitment import columns, digest, jobs
from recruitment.models import Digest, Holiday, Job, Person
from recruitment.pipeline.desk import Desk
from recruitment.quotas.question import ask
from tests import factories as make
from tests.recruitment import world as worlds
from tests.test_html import faults

MONDAY = date(2026, 11, 23)
EMAIL = "can-bo@example.vn"


@pytest.fixture
def today(monkeypatch):
    """Monday the 23rd of November 2026, a working day; `today.day` moves it."""
    clock = type("Clock", (), {"day": MONDAY})()
    monkeypatch.setattr(vietnamese, "today", lambda: clock.day)
    return clock


@pytest.fixture
def world(db, today, monkeypatch):
    """What else a worker plans by itself has tests of its own."""
    monkeypatch.setattr(jobs, "PLANNERS", [digest.due])
    world = worlds.build()
    world.people = worlds.people(world)
    world.staff = world.people["staff"]
    return world


def at(hour, minute=0, day=MONDAY):
    """A moment in Vietnam."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def wanted(account, *, running=True):
    return digest.set_digest(account, by=account, email=EMAIL, running=running)


@pytest.fixture
def asked(world, monkeypatch):
    """The staff of T asked for it the day before."""
    row = wanted(world.staff)
    asked_at = {row.stamp: type("Then", (), {"at": at(9, day=MONDAY - timedelta(days=3))})()}
    monkeypatch.setattr(journal, "entries_of", lambda rows: {r.stamp: asked_at[row.stamp] for r in rows})
    return row


def morning(now):
    """What a worker does at that moment: (jobs planned, messages sent in all)."""
    planned = jobs.plan(now)
    while (job := jobs.claim(now + timedelta(seconds=1))) is not None:
        jobs.run(job)
    return planned, len(mail.outbox)


def test_one_message_a_morning_with_the_counts_of_the_desk(world, asked):
    assert morning(at(6, 59)) == (0, 0)
    assert morning(at(7, 0)) == (1, 1)
    assert morning(at(8, 0)) == (0, 1), "once a day"
    [message] = mail.outbox
    assert message.to == [EMAIL] and "23/11/2026" in message.subject
    snapshot = columns.current()
    desk = Desk(make.door(world.staff), snapshot, ask(snapshot, "T", on=MONDAY)[0])
    queues = [queue for _title, some in [("", desk.lines), *desk.groups] for queue in some]
    assert queues, "the world has something to do"
    for queue in queues:
        assert f"- {queue.label}: {vietnamese.number(queue.count)}\n" in message.body
    assert message.body.count("\n- ") == len(queues)
    assert "/desk/" in message.body and "/digest/" in message.body
    assert Job.objects.get().state == Job.State.DONE


def test_no_name_of_a_person_or_a_committee_is_in_it(world, asked):
    morning(at(7))
    [message] = mail.outbox
    said = vietnamese.fold(f"{message.subject}\n{message.body}")
    names = [
        *Person.objects.values_list("full_name", flat=True),
        *Placement.objects.values_list("name", flat=True),
    ]
    names += [account.full_name for account in world.people.values()]
    assert len(names) > 20
    assert not [name for name in names if name and vietnamese.fold(name) in said]
    assert not any(code in message.body.split() for code in Committee.objects.values_list("code", flat=True))


def test_it_is_sent_on_working_days_of_the_calendar_only(world, asked, today):
    with journal.pen(None, "test"):
        Holiday(day=MONDAY, what="nghỉ", name="Nghỉ thử", mark="M").save()
    assert morning(at(7)) == (0, 0)
    today.day = MONDAY - timedelta(days=1)
    assert morning(at(7, day=today.day)) == (0, 0), "a Sunday"
    with journal.pen(None, "test"):
        Holiday(day=today.day, what="làm", name="Làm bù", mark="M").save()
    assert morning(at(7, day=today.day)) == (1, 1), "a Sunday that is worked"


def test_nothing_is_sent_where_nothing_is_to_be_done(world, monkeypatch):
    at_s = make.make_province("S")
    idle = make.make_account("ranh-roi", Role.STAFF, at_s["S"])
    wanted(idle)
    monkeypatch.setattr(journal, "entries_of", lambda rows: {})
    assert morning(at(7)) == (1, 0)


def test_each_account_is_told_what_it_may_see(world, asked):
    wanted(world.people["district"])
    all_of_it, district = dict(digest.standing(world.staff)), dict(digest.standing(world.people["district"]))
    assert district and all(district[label] <= all_of_it[label] for label in district)
    make.make_candidacy(world.at["T-1-1-1"], date(2026, 1, 5))
    assert dict(digest.standing(world.people["district"])) == district, "T-1 is not T-2's"
    assert dict(digest.standing(world.staff)) != all_of_it


@pytest.mark.parametrize("how", ["mandate", "account", "off", "role"])
def test_who_is_no_longer_to_be_told_gets_nothing(world, asked, how):
    """Ended between the planning and the sending: the message is not sent all the same."""
    assert jobs.plan(at(7)) == 1
    mandate = Mandate.objects.get(account=world.staff)
    if how in {"mandate", "role"}:
        accounts.end_mandate(mandate, by=None, on=MONDAY)
    if how == "role":
        make.make_mandate(world.staff, Role.STANDING, world.at["T"])
    if how == "account":
        accounts.close(world.staff, by=None)
    if how == "off":
        wanted(world.staff, running=False)
    assert morning(at(7, 1)) == (0, 0)
    assert Job.objects.get().state == Job.State.DONE


def test_a_message_of_yesterday_is_not_sent_today(world, asked, today):
    jobs.plan(at(7))
    today.day = MONDAY + timedelta(days=1)
    assert morning(at(6, day=today.day)) == (0, 0)


def test_who_asks_for_it_after_seven_begins_the_next_morning(world, monkeypatch):
    row = wanted(world.staff)
    entry = type("Then", (), {"at": at(9)})()
    monkeypatch.setattr(journal, "entries_of", lambda rows: {row.stamp: entry})
    assert morning(at(10)) == (0, 0)
    wednesday = MONDAY + timedelta(days=2)  # the Tuesday is a holiday
    assert [job.key for job in digest.due(at(7, day=wednesday))]


def test_a_mail_server_that_is_away_is_tried_again(world, asked, monkeypatch):
    def refused(self, *args, **kwargs):
        raise ConnectionRefusedError(EMAIL)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refused)
    monkeypatch.setattr(timezone, "now", lambda: at(7))
    morning(at(7))
    job = Job.objects.get()
    assert (job.state, job.attempts) == (Job.State.WAITING, 1)
    assert "máy chủ thư" in job.said and EMAIL not in job.said


# The page --------------------------------------------------------------------------------------------


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def test_staff_switch_it_on_and_off_for_themselves(world):
    client = signed_in(world.staff)
    assert faults(client.get("/digest/").content.decode()) == []
    assert client.post("/digest/", {"email": EMAIL, "running": "on"}).status_code == 302
    row = Digest.objects.get()
    assert (row.account, row.email, row.running) == (world.staff, EMAIL, True)
    assert "Đang gửi" in client.get("/digest/").content.decode()
    client.post("/digest/", {"email": EMAIL, "stamp": row.stamp})
    row.refresh_from_db()
    assert row.running is False and Digest.objects.count() == 1


@pytest.mark.parametrize("email", ["", "can-bo", "can bo@example.vn", "a@b.vn\nBcc: x@y.vn"])
def test_an_address_that_is_none_is_named(world, email):
    answer = signed_in(world.staff).post("/digest/", {"email": email, "running": "on"})
    page = answer.content.decode()
    assert answer.status_code == 400 and "<title>Lỗi:" in page and faults(page) == []
    assert not Digest.objects.exists()


def test_it_is_for_staff(world):
    for who in ("secretary", "standing"):
        client = signed_in(world.people[who])
        assert client.get("/digest/").status_code == 403
        assert client.post("/digest/", {"email": EMAIL, "running": "on"}).status_code == 403
    assert not Digest.objects.exists()
    assert signed_in(world.staff).post("/digest/", {"email": EMAIL, "running": "on"}).status_code == 302


def test_two_windows_on_one_choice(world):
    client, row = signed_in(world.staff), wanted(world.staff)
    client.post("/digest/", {"email": "khac@example.vn", "running": "on", "stamp": row.stamp})
    answer = client.post("/digest/", {"email": EMAIL, "stamp": row.stamp})
    assert answer.status_code == 409 and faults(answer.content.decode()) == []
    assert Digest.objects.get().email == "khac@example.vn"

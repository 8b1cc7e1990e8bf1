"""What a committee asks beyond the rules: kept by its department's staff, read by all whom it binds."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees import journal, vietnamese
from committees.models import Role
from recruitment import columns
from recruitment.models import Criterion
from recruitment.pipeline import evidence
from recruitment.rulebook import criteria
from recruitment.rulebook.deeds import Refused
from tests import factories as make
from tests.test_html import faults

from .book_world import build, client

TEXT = "Lao động tiên tiến"
SAID = {"committee": "T", "text": TEXT, "since": "01/01/2026", "document": "7-NQ/TU"}


@pytest.fixture
def world(db):
    world = build()
    world.beside = client(make.make_account("beside", Role.STAFF, world.at["S"]))
    return world


def test_staff_add_a_criterion_and_all_below_it_read_it(world):
    assert world.bob.post("/criteria/new/", SAID).status_code == 302
    row = Criterion.objects.get()
    assert (row.committee_id, row.text, row.document) == (world.at["T"].pk, TEXT, "7-NQ/TU")
    page = world.secretary.get("/criteria/").content.decode()
    assert TEXT in page and "Thôi áp dụng" not in page and faults(page) == []
    assert "Thôi áp dụng" in world.bob.get("/criteria/").content.decode()
    assert TEXT not in world.beside.get("/criteria/").content.decode()


def test_it_is_asked_of_the_dossiers_below_while_it_runs(world):
    row = make.make_criterion(world.at["T-1"], TEXT, since=date(2026, 1, 1))
    candidacy = make.make_candidacy(world.at["T-1-1-1"], date(2025, 1, 1))

    def asked(on):
        return evidence.facts_of(candidacy, columns.current().structure, on).criteria

    assert asked(date(2025, 12, 31)) == () and len(asked(date(2026, 1, 1))) == 1
    criteria.end_criterion(row, by=None, last=date(2026, 1, 31))
    assert len(asked(date(2026, 1, 31))) == 1 and asked(date(2026, 2, 1)) == ()


@pytest.mark.parametrize(("who", "status"), [("beside", 404), ("secretary", 404), ("charlie", 404)])
def test_nobody_else_adds_or_ends_one(world, who, status):
    row = make.make_criterion(world.at["T"], since=date(2026, 1, 1))
    end, stranger = reverse("recruitment:criterion-end", args=[row.pk]), getattr(world, who)
    before = journal.heads()
    assert stranger.post(end, {"last": "", "stamp": row.stamp}).status_code == status
    assert stranger.post("/criteria/new/", SAID).status_code in {400, 403}, "T is not within reach"
    assert journal.heads() == before
    assert world.bob.post(end, {"last": "", "stamp": row.stamp}).status_code == 302
    assert world.bob.post("/criteria/new/", SAID).status_code == 302


def test_the_same_words_are_asked_once(world):
    world.bob.post("/criteria/new/", SAID)
    answer = world.bob.post("/criteria/new/", SAID)
    page = answer.content.decode()
    assert answer.status_code == 400 and "đang áp dụng đúng tiêu chí ấy" in page and faults(page) == []


def test_a_criterion_ends_on_a_day_after_it_began_and_once(world):
    row = make.make_criterion(world.at["T"], since=date(2026, 5, 1))
    end = reverse("recruitment:criterion-end", args=[row.pk])
    refused = world.bob.post(end, {"last": "30/04/2026", "stamp": row.stamp})
    assert refused.status_code == 400 and faults(refused.content.decode()) == []
    assert world.bob.post(end, {"last": "", "stamp": row.stamp}).status_code == 302
    assert Criterion.objects.get().until == vietnamese.today()
    with pytest.raises(Refused):
        criteria.end_criterion(row, by=None)
    page = world.bob.get("/criteria/").content.decode()
    assert "Đã thôi áp dụng" in page and faults(page) == []


def test_one_that_has_not_begun_is_ended_for_good(world):
    tomorrow = vietnamese.today() + timedelta(days=1)
    row = make.make_criterion(world.at["T"], since=tomorrow)
    assert criteria.end_criterion(row, by=None).until == tomorrow
    assert not Criterion.objects.get().runs_on(tomorrow)


def test_two_hands_on_one_criterion(world):
    row = make.make_criterion(world.at["T"], since=date(2026, 5, 1))
    stamp = row.stamp
    with journal.pen(None, "test"):
        row.text = "Lời khác"
        row.save()
    answer = world.bob.post(reverse("recruitment:criterion-end", args=[row.pk]), {"last": "", "stamp": stamp})
    assert answer.status_code == 409 and Criterion.objects.get().until is None


def test_the_list_costs_as_much_for_three_as_for_one(world):
    def queries():
        world.bob.get("/criteria/")  # what changed is read anew after a write
        with CaptureQueriesContext(connection) as seen:
            world.bob.get("/criteria/")
        return len(seen)

    make.make_criterion(world.at["T"], "Một")
    one = queries()
    for text in ("Hai", "Ba"):
        make.make_criterion(world.at["T-1-1"], text)
    assert queries() == one

"""Members counted on a day: written once, put right with a reason, and the quarter agrees or says by how much not."""

import html
from datetime import date, timedelta

import pytest
from django.urls import reverse

from committees import journal, vietnamese
from committees.models import Headcount
from recruitment import columns
from recruitment.census import counting
from recruitment.quotas.deeds import Refused
from tests import factories as make
from tests.recruitment import world as worlds
from tests.recruitment.snapshots import differences, full

LAST = date(2015, 3, 31)


@pytest.fixture
def world(db):
    return worlds.build()


def count(world, code="T-2-1-1", day=LAST, members=30, **said):
    return counting.count(by=None, committee=world.at[code], day=day, members=members, **said)


def test_what_may_not_be_said(world):
    columns.current()
    row = count(world, probationary=3)
    assert differences(columns.current(), full()) == []
    make.end_committee(world.at["T-2-2-1"], LAST, world.at["T-2-2"])
    tomorrow = vietnamese.today() + timedelta(days=1)
    for wrong, name in (
        ({}, "day"),
        ({"day": tomorrow}, "day"),
        ({"code": "T-2-2-1"}, "day"),
        ({"day": LAST - timedelta(days=1), "probationary": 31}, "probationary"),
    ):
        with pytest.raises(Refused) as problem:
            count(world, **wrong)
        assert [found for found, _wanted in problem.value.faults] == [name]
    assert count(world, row=row, members=31, reason="đếm sót").members == 31
    assert "đếm sót" in journal.entry_of(journal.head()[0]).payload


def test_written_on_its_page_the_quarter_agrees(client, world):
    staff = worlds.people(world)["staff"]
    client.force_login(staff)
    sheet = reverse("recruitment:flow-sheet") + "?committee=T-2-1-1&year=2015&part=1"
    make.make_headcount(world.at["T-2-1-1"], date(2014, 12, 31), 30)
    make.make_flow(world.at["T-2-1-1"], date(2015, 1, 1), date(2015, 4, 1), died=1)
    page = client.get(sheet).context["page"]
    where = page.counts["last"]
    assert 'value="31/03/2015"' in client.get(where).content.decode()
    typed = {"day": "31/03/2015", "members": "33"}
    assert client.post(where, typed | {"members": "x"}).status_code == 400
    assert client.post(where, typed | {"probationary": "34"}).status_code == 400
    answer = html.unescape(client.post(where, typed, follow=True).content.decode())
    assert "Chênh −1: cộng ra 32" in answer
    row = Headcount.objects.get(day=LAST)
    again = {"members": "32", "stamp": row.stamp}
    assert client.post(where, again).status_code == 400, "no reason"
    answer = client.post(where, again | {"reason": "đếm lại"}, follow=True)
    assert "Khớp: cộng ra 32" in html.unescape(answer.content.decode())
    assert client.post(where, again | {"reason": "đếm lại"}).status_code == 409
    client.force_login(make.make_account("ai", "secretary", world.at["T-2-1-1"]))
    assert client.get(where).status_code == 403 and client.get(sheet).context["page"].counts == {}

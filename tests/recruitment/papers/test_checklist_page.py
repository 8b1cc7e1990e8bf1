"""The checklist of a dossier on its page: Bob is secretary of the cell, Charlie keeps the records of another district."""

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees import journal
from committees.models import Role
from tests import factories as make
from tests.factories_papers import gather

ENTERED = date(2025, 8, 1)


@pytest.fixture
def at(db):
    return make.make_province(districts=2, cells=2)


@pytest.fixture
def bob(at):
    return make.make_account("bob", Role.SECRETARY, at["T-1-1-1"])


@pytest.fixture
def candidacy(at):
    made = make.make_candidacy(
        at["T-1-1-1"],
        ENTERED,
        full_name="Trần Thị Bé",
        born=date(1990, 3, 14),
        education="12/12",
        mentor="Lê Tám",
    )
    make.make_certificate(at["T-1-1-1"], date(2025, 9, 1), person=made.person)
    return made


@pytest.fixture
def page(client, bob, candidacy):
    """The answer to Bob, or to who is signed in then, as the checklist stands on a day."""
    client.force_login(bob)
    address = reverse("recruitment:candidacy-checklist", args=[candidacy.pk])
    return lambda on="": client.get(address + (on and f"?on={on}"))


def text(answer):
    return html.unescape(answer.content.decode())


def test_every_paper_by_the_day_of_the_meeting(page, candidacy):
    gather(candidacy)
    soon, late = text(page("10/12/2025")), text(page("10/12/2026"))
    assert "không thấy điều gì vướng" in soon and "Hết hiệu lực" not in soon
    assert "Hết hiệu lực 26/11/2026" in late and "còn vướng" in late


def test_each_of_the_thirty_faults_says_how_it_stands(page, candidacy):
    def states(on):
        return dict(re.findall(r'rowheader">(\d+)\. .*?</svg>(.*?)</span>', text(page(on))))

    gather(candidacy)
    soon, late = states("10/12/2025"), states("10/12/2026")
    assert list(soon) == [str(number) for number in range(1, 31)]
    assert (soon["25"], late["25"]) == ("Không thấy", "Có lỗi")
    assert soon["24"] == soon["29"] == "Chưa có giấy để xét" and soon["28"] == "Chưa có giấy để xét"
    assert late["8"] in {"Không thấy", "Phải xem trên giấy"}


def test_no_such_day(page):
    answer = page("31/02/2026")
    assert answer.status_code == 400 and "<title>Lỗi:" in text(answer)


def test_costs_as_much_with_three_papers_as_with_one(page, candidacy):
    def cost():
        page()
        with CaptureQueriesContext(connection) as seen:
            page()
        return len(seen)

    make.make_paper(candidacy, "opinions", ENTERED)
    one = cost()
    for day in (2, 3):
        make.make_paper(candidacy, "opinions", date(2025, 8, day))
    assert cost() == one <= 25


def test_beyond_the_reach_there_is_none(client, page, at):
    assert page().status_code == 200
    client.force_login(make.make_account("charlie", Role.STAFF, at["T-2"]))
    before = journal.heads()
    assert page().status_code == 404 and journal.heads() == before

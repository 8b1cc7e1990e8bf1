"""The checklist of a dossier tells what issued papers say against each other and leads to where it is put right. Alice keeps
the district's records, Charlie those of another, Inga inspects."""

from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees import journal
from committees.models import Role
from recruitment.imports import papers_said
from recruitment.models import Candidacy, Paper
from tests import factories as make
from tests import factories_papers as papers

from . import dossiers

VOTED = date(2025, 5, 19)


@pytest.fixture(scope="module")
def world(module_db):
    made = dossiers.build()
    roles = {
        "alice": (Role.STAFF, "BRVT-DD"),
        "charlie": (Role.STAFF, "BRVT-K2"),
        "inga": (Role.INSPECTOR, "BRVT-DD"),
    }
    return {name: make.make_account(name, role, made[code]) for name, (role, code) in roles.items()}


@pytest.fixture
def candidacy(world):
    return Candidacy.objects.get(person__full_name=papers_said.PEOPLE[1][1])


@pytest.fixture
def page(client, world, candidacy):
    def told(account="alice", on="01/06/2025", status=200):
        client.force_login(world[account])
        answer = client.get(reverse("recruitment:candidacy-checklist", args=[candidacy.pk]) + f"?on={on}")
        assert answer.status_code == status
        return unescape(answer.content.decode())

    return told


def issue(candidacy, form, **said):
    said = {
        "person.name": candidacy.person.full_name,
        **{name.replace("__", "."): text for name, text in said.items()},
    }
    return papers.make_issued(candidacy, form, VOTED, said, number="02-BB/CB")


def test_papers_that_agree(page, candidacy):
    assert "nói khác" not in page()
    issue(candidacy, "bien-ban-hop")
    assert "Giấy đã phát hành không nói khác sổ, cũng không nói khác nhau" in page()


def test_papers_that_differ_are_named_with_the_rule_and_the_way_to_mend(page, candidacy):
    issue(candidacy, "bien-ban-hop", cell_vote__in_favour="7")
    told = page()
    vote = Paper.objects.get(candidacy=candidacy, kind="cell_vote")
    assert "Giấy nói khác nhau, tên cũ cần xem: 1" in told and "Biên bản họp chi bộ" in told
    assert "giấy ghi “7”, sổ ghi “9”" in told and "(lỗi 22)" in told
    assert reverse("recruitment:paper-correct", args=[vote.pk]) in told


def test_a_tick_nobody_set_leads_to_its_paper(page, candidacy):
    sent = Paper.objects.get(candidacy=candidacy, kind="submission")
    assert reverse("recruitment:paper-correct", args=[sent.pk]) in page()
    with journal.pen(None, "test"):
        sent.said["signed"] = True
        sent.save()
    assert reverse("recruitment:paper-correct", args=[sent.pk]) not in page()


def test_old_names_by_the_day_asked(page):
    assert "“huyện Đất Đỏ”" not in page(on="30/06/2025")
    assert "“huyện Đất Đỏ”" in page(on="01/07/2025")


def test_who_may_not(page, candidacy):
    issue(candidacy, "bien-ban-hop", cell_vote__in_favour="7")
    assert "sổ ghi “9”" in page()
    assert "sổ ghi" not in page("inga", status=403) and "sổ ghi" not in page("charlie", status=404)


def test_cost_as_much_with_three_papers_issued_as_with_one(page, candidacy):
    def cost():
        page()
        with CaptureQueriesContext(connection) as seen:
            page()
        return len(seen)

    issue(candidacy, "bien-ban-hop", cell_vote__in_favour="7")
    one = cost()
    for form in ("6-KNĐ", "giay-moi"):
        issue(candidacy, form, cell_vote__in_favour="8")
    assert cost() == one <= 45

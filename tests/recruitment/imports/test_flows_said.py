"""The demo's members who come and go: written once, never failing on a database that changed."""

from datetime import date

import pytest

from committees import journal
from committees.models import Committee, Flow, Headcount
from recruitment.imports import flows_said
from recruitment.models import DemoMark
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    with journal.pen(None, "test"):
        DemoMark(made_on=date(2026, 8, 15)).save()
        at = make.make_committee("BRVT-DD", "upper", make.make_committee("BRVT", "province"))
        for code in flows_said.COMMUNES:
            home = make.make_committee(code, "grassroots_party", at)
            for cell in flows_said.MEMBERS:
                if cell.startswith(f"{code}-"):
                    make.make_committee(cell, "cell", home)


def test_two_quarters_one_commune_silent_one_figure_apart(district):
    assert flows_said.play_flows()
    days = set(Flow.objects.values_list("since", flat=True))
    assert days == {date(2026, 1, 1), date(2026, 4, 1)}
    for since, silent, apart in ((date(2026, 1, 1), 0, 0), (date(2026, 4, 1), 1, None)):
        rows = Flow.objects.filter(since=since)
        assert rows.count() == 9 - silent
        whole = rows.get(committee__code="BRVT-DD")
        below = sum(row.moved_out for row in rows.exclude(pk=whole.pk))
        assert whole.moved_out - below >= 1 if apart is None else whole.moved_out == below
    assert Headcount.objects.get(committee__code="BRVT-DD-008-03").day == date(2025, 12, 31)
    assert all("dựng lại" in row.document for row in Flow.objects.all())
    before = journal.head()
    assert not flows_said.play_flows() and journal.head() == before


def test_what_ended_meanwhile_says_nothing(district):
    make.end_committee(Committee.objects.get(code="BRVT-DD-005"), date(2026, 2, 1))
    make.make_headcount(Committee.objects.get(code="BRVT-DD-008"), date(2025, 12, 31), 77)
    assert flows_said.play_flows()
    assert Flow.objects.filter(committee__code="BRVT-DD-005").count() == 1
    assert Headcount.objects.get(committee__code="BRVT-DD-008").members == 77


def test_nothing_where_the_places_are_not_there(db):
    assert not flows_said.play_flows()

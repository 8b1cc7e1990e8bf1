"""The demo's running year and the year ahead: handed down, passed on, a remainder left, two drafts nobody has issued."""

from datetime import date

import pytest

from committees import journal, vietnamese
from committees.models import Kind
from recruitment import columns
from recruitment.imports import year_ahead
from recruitment.imports.organisations import BRVT, read
from recruitment.models import Allotment, Quota
from recruitment.quotas.progress import progress
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    """The fifteen units of the demo, some with people in view, and both years played."""
    with journal.pen(None, "test"):
        top = make.make_committee("BRVT", Kind.PROVINCE)
        for k, row in enumerate(read(f"{BRVT}/year.csv")):
            unit = make.make_committee(row["Mã tổ chức"], Kind.UPPER, top)
            for b in range(3 if unit.code == "BRVT-DD" else 1):
                cell = make.make_committee(f"{unit.code}-{b:03}", Kind.GRASSROOTS_CELL, unit)
                for _person in range(k + 1 if b < 2 else 0):
                    make.make_candidacy(cell, date(2026, 1, 5))
    assert year_ahead.play_year()
    return vietnamese.today().year


def test_the_running_year_is_handed_down_and_a_remainder_is_left(year):
    found = progress(columns.current(), f"BRVT-{year}", "BRVT")
    assert (found.goal, found.assigned) == (year_ahead.WHOLE, 15)
    assert sum(child.goal for child in found.children) == 322, "as reconstructed in year.csv"
    district = progress(columns.current(), f"BRVT-{year}", "BRVT-DD")
    assert sum(child.goal or 0 for child in district.children) == district.goal == 17
    assert [child.goal for child in district.children if not child.goal] == [None], (
        "no source is no target of 0"
    )
    assert all("(dựng lại)" in quota.document for quota in Quota.objects.all())


def test_next_year_waits_with_two_drafts(year):
    drafts = Allotment.objects.filter(plan__code=f"BRVT-{year + 1}").order_by("pk")
    assert [(draft.method, draft.issued_on) for draft in drafts] == [("members", None), ("pool", None)]
    totals = [sum(draft.portions.filter(group=None).values_list("number", flat=True)) for draft in drafts]
    assert totals[0] == year_ahead.NEXT and totals[1] == year_ahead.NEXT + sum(
        n for n, _ in year_ahead.MOVED.values()
    )
    moved = drafts[1].portions.exclude(note="")
    assert {row.committee.code for row in moved} == year_ahead.MOVED.keys()
    assert all(
        sum(d.portions.exclude(group=None).values_list("number", flat=True)) == year_ahead.WOMEN
        for d in drafts
    )


def test_a_second_time_writes_nothing(year):
    once = journal.head()
    assert not year_ahead.play_year()
    assert journal.head() == once


def test_nothing_without_its_committees():
    before = journal.head()
    assert not year_ahead.play_year() and journal.head() == before

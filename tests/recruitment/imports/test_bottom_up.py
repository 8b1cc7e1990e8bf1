"""What the demo's cells and departments say themselves: groups with targets, cells without source, names declared."""

from datetime import date, timedelta

import pytest

from committees import journal, vietnamese
from committees.models import Kind
from recruitment import columns
from recruitment.dashboards.summary import summary
from recruitment.imports import bottom_up, year_ahead
from recruitment.imports.organisations import BRVT, read
from recruitment.models import Declaration, Group, Sourceless
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def played():
    """The demo's units, each with a cell that recruits and eleven that do not; one has just admitted somebody."""
    today = vietnamese.today()
    with journal.pen(None, "test"):
        top = make.make_committee("BRVT", Kind.PROVINCE)
        for row in read(f"{BRVT}/year.csv"):
            unit = make.make_committee(row["Mã tổ chức"], Kind.UPPER, top)
            for b in range(12):
                cell = make.make_committee(f"{unit.code}-{b:03}", Kind.GRASSROOTS_CELL, unit)
                for _person in range(3 if b == 0 else 0):
                    make.make_candidacy(cell, date(today.year, 1, 1) - timedelta(days=40))
            make.make_admission(cell, today - timedelta(days=100), sex="F")
    assert year_ahead.play_year()
    assert bottom_up.play_bottom_up()
    return today.year


def test_groups_of_a_departments_own_have_targets_beside_everybodys(played):
    own = set(Group.objects.exclude(committee=None).values_list("code", "committee__code"))
    assert ("nu-thanh-nien", "BRVT") in own and ("lao-dong-nong-thon-tre", "BRVT-DD") in own
    found = summary(columns.current(), f"BRVT-{played}", "BRVT").group_targets
    assert [row.code for row in found.rows] == ["women", "youth", "ethnic_minority", "nu-thanh-nien"]
    assert all("(dựng lại)" in row.standing.target.document for row in found.rows)


def test_cells_without_source_with_cause_and_one_to_be_looked_at_again(played):
    rows = list(Sourceless.objects.select_related("committee"))
    assert len(rows) == bottom_up.MOST_MARKED + 1 and all(row.cause for row in rows)
    snapshot = columns.current()
    doubtful = [
        row.committee.code
        for row in rows
        if summary(snapshot, f"BRVT-{played}", row.committee.code).mark.doubtful
    ]
    assert len(doubtful) == 1


def test_two_of_three_cells_have_declared_for_next_year(played):
    rows = Declaration.objects.all()
    assert {row.plan.code for row in rows.select_related("plan")} == {f"BRVT-{played + 1}"}
    assert len({row.candidacy.cell_id for row in rows.select_related("candidacy")}) == 10


def test_a_second_time_writes_nothing(played):
    once = journal.head()
    assert not bottom_up.play_bottom_up()
    assert journal.head() == once


def test_nothing_without_the_running_year():
    before = journal.head()
    assert not bottom_up.play_bottom_up() and journal.head() == before

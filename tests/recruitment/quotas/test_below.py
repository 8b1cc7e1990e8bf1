"""What a committee that hands its target down knows of its units, and that shared by it the parts are the whole."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees import journal
from recruitment import columns
from recruitment.models import Plan
from recruitment.quotas import drafts, issuing
from recruitment.quotas.below import Below
from recruitment.quotas.progress import progress
from tests import factories as make
from tests.undone import undone

from .draft_world import FIRST, LAST, TODAY, at_the_desk, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return build()


@pytest.fixture(autouse=True)
def today():
    with at_the_desk():
        yield


class TestBelow:
    def below(self, world, today=TODAY):
        plan = columns.current().small.plans["KH-27"]
        return Below(columns.current(), plan, world.at["T"].pk, today=today)

    def told(self, found, of):
        return {unit.code: of[unit.position] for unit in found.units if unit.position in of}

    def test_members_are_ones_own_latest_count_else_what_stands_below(self, world):
        at = world.at
        make.make_headcount(at["T-1"], date(2024, 12, 31), 400)
        make.make_headcount(at["T-1"], date(2025, 12, 31), 410)
        make.make_headcount(at["T-1"], date(2026, 12, 31), 999)  # a day to come tells nothing yet
        make.make_headcount(at["T-1-1"], date(2026, 6, 30), 50)
        make.make_headcount(at["T-2-1-1"], date(2026, 6, 30), 30)
        make.make_committee("T-2-2", "grassroots_cell", at["T-2"])
        found = self.below(world)
        said = self.told(found, found.members)
        assert said.keys() == {"T-1", "T-2"}, "of the others nothing is known"
        assert (said["T-1"].value, said["T-1"].day, said["T-1"].parts) == (410, date(2025, 12, 31), 0)
        assert (said["T-2"].value, said["T-2"].parts, said["T-2"].missing) == (30, 1, 1)

    def test_the_pool_is_the_open_candidacies_of_the_day(self, world):
        cell = world.at["T-1-1-1"]
        make.make_candidacy(cell, date(2026, 1, 5))
        make.make_candidacy(cell, date(2026, 1, 5), ("closed", date(2026, 2, 1)))
        make.make_candidacy(cell, date(2026, 12, 5))
        found = self.below(world)
        assert self.told(found, found.pool) == {"T-1": 1, "T-2": 0, "T-3": 0, "T-4": 0}

    def test_last_is_the_same_length_before_or_the_plan_before(self, world):
        make.make_admissions(world.at["T-1-1-1"], 3, date(2026, 2, 1))
        make.make_admissions(world.at["T-2-1-1"], 5, date(2025, 2, 1))
        found = self.below(world)
        assert found.last_period == (date(2026, 1, 1), TODAY)
        assert self.told(found, found.last)["T-1"] == 3 and self.told(found, found.last)["T-2"] == 0
        before = make.make_plan("KH-25", world.at["T"], first=date(2025, 1, 1), last=date(2025, 12, 31))
        with journal.pen(None, "test"):
            plan = Plan.objects.get(code="KH-27")
            plan.previous = before
            plan.save()
        found = self.below(world)
        assert found.last_period == (date(2025, 1, 1), date(2025, 12, 31))
        assert self.told(found, found.last)["T-2"] == 5

    def test_by_hand_begins_with_what_is_in_force(self, world):
        make.make_quota(world.plan, world.at["T-3"], 7)
        assert self.below(world).suggest("hand", 40) == {world.at["T-3"].pk: 7}

    def test_a_committee_that_ended_has_no_units(self, world):
        make.end_committee(world.at["T-4"], date(2026, 1, 1), world.at["T-1"])
        plan = columns.current().small.plans["KH-27"]
        found = Below(columns.current(), plan, world.at["T-4"].pk, today=TODAY)
        assert not found.stands and found.units == [] and found.goal() is None


NUMBERS = st.lists(st.integers(0, 400), min_size=4, max_size=4)


@given(members=NUMBERS.filter(any), total=st.integers(0, 3000))
@undone()
def test_a_cascade_sums(members, total):
    """Shared by members and issued, the units' targets come to exactly the whole; passed on, so do theirs."""
    with journal.pen(None, "test"):
        at = make.make_province("C", districts=4, communes=2)
        plan = make.make_plan("KH", at["C"], first=FIRST, last=LAST)
        make.make_quota(plan, at["C"], total)
        for k, n in enumerate(members, 1):
            make.make_headcount(at[f"C-{k}"], date(2025, 12, 31), n)
            make.make_headcount(at[f"C-{k}-1"], date(2025, 12, 31), n + 1)
            make.make_headcount(at[f"C-{k}-2"], date(2025, 12, 31), 2 * n)
    for code in ("C", "C-1"):
        committee = at[code]
        below = Below(columns.current(), plan, committee.pk, today=TODAY)
        goal = below.goal()
        portions = {(pk, None): n for pk, n in below.suggest("members", goal).items()}
        made = drafts.draft(plan, committee, by=None, name="x", method="members", portions=portions)
        issuing.issue(made, by=None, stamp=made.stamp, document="1", issued_on=TODAY, effective_on=FIRST)
        found = progress(columns.current(), plan.code, code, on=FIRST)
        assert sum(child.goal for child in found.children) == found.goal == goal

"""A target's versions: added, never overwritten; what counted on a day counts for ever."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from committees import journal
from recruitment import columns
from recruitment.models import Quota
from recruitment.quotas.progress import progress
from recruitment.quotas.targets import borne_on
from tests import factories as make
from tests.recruitment import world as worlds


@pytest.fixture
def world(db):
    return worlds.build()


class TestNothingIsOverwritten:
    def content(self):
        return sorted(Quota.objects.values_list())

    @pytest.mark.parametrize(
        "write",
        [
            lambda quota: quota.save(),
            lambda quota: quota.save(update_fields=["low"]),
            lambda quota: quota.save(force_update=True),
            lambda quota: Quota.objects.filter(pk=quota.pk).update(low=5),
            lambda quota: quota.plan.quotas.update(low=F("low") + 1),
            lambda quota: quota.committee.quotas.all().update(effective_on=date(2014, 2, 1)),
            lambda quota: Quota._base_manager.update(low=5),
            lambda quota: Quota.objects.bulk_update([quota], ["low"]),
            lambda quota: Quota.objects.update_or_create({"low": 5}, pk=quota.pk),
            lambda quota: Quota.objects.bulk_create(
                [quota], update_conflicts=True, update_fields=["low"], unique_fields=["id"]
            ),
        ],
    )
    def test_by_no_way_of_writing(self, world, write):
        quota = Quota.objects.get(committee=world.at["T-1"])
        quota.low = 5
        before = self.content()
        with pytest.raises(TypeError, match="never overwritten"), journal.pen(None, "test"):
            write(quota)
        assert self.content() == before
        with journal.pen(None, "test"):
            Quota(plan=world.plan, committee=world.at["T-1"], low=5, effective_on=date(2015, 1, 1)).save()
        assert len(self.content()) == len(before) + 1, "another row from another day is the way"


days = st.dates(worlds.FIRST, worlds.LAST)
later = st.integers(1, 400)


@given(st.dictionaries(days, st.integers(0, 500), max_size=6), days, later, st.integers(0, 500))
def test_a_day_is_answered_by_the_last_value_effective_by_it_whatever_comes_later(rows, day, after, number):
    """Over rows as the snapshot holds them, in whichever order they were entered."""

    def on(rows, day):
        history = [
            SimpleNamespace(effective_on=since, committee_id=1, low=low)
            for since, low in sorted(rows.items())
        ]
        snapshot = SimpleNamespace(
            structure=SimpleNamespace(index={1: 0}),
            small=SimpleNamespace(quotas={(1, None): {1: history}} if history else {}),
        )
        tree = SimpleNamespace(position=[0], stands=lambda i: True)
        found = borne_on(snapshot, SimpleNamespace(pk=1), day, tree, None)
        return found[0][0].low if found else None

    begun = [since for since in rows if since <= day]
    assert on(rows, day) == (rows[max(begun)] if begun else None)
    assert on({**rows, day + timedelta(days=after): number}, day) == on(rows, day)


def test_so_is_the_whole_answer_of_a_day(world):
    day = date(2015, 5, 31)
    before = progress(columns.current(), "KH-2", "T", on=day).as_json()
    for k in range(3):
        make.make_quota(world.plan, world.at["T-1"], 40 + k, effective_on=date(2015, 6, 1 + k))
    assert progress(columns.current(), "KH-2", "T", on=day).as_json() == before
    assert progress(columns.current(), "KH-2", "T-1", on=date(2015, 6, 2)).goal == 41

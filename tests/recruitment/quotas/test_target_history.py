"""Each value of a target has its history: its day, its document, what had been reached, and what an heir bears."""

from datetime import date

import pytest
from django.urls import reverse

from committees import vietnamese
from recruitment import columns
from recruitment.quotas.history import MOST_DAYS
from recruitment.quotas.progress import progress
from tests import factories as make
from tests.recruitment import world as worlds

from .giving import accounts, give, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture
def people(world):
    return accounts(world)


@pytest.fixture
def alice(client, people):
    client.force_login(people["staff"])
    return client


def history(client, committee="T-1", plan="KH-2"):
    return client.get(reverse("recruitment:quota-history", args=[plan, committee]))


class TestHistory:
    def test_every_value_with_its_day_its_document_and_what_was_reached(self, alice, people):
        give(alice)
        answer = history(alice)
        ((side, values),) = answer.context["sides"]
        assert side.group is None
        reached = progress(columns.current(), "KH-2", "T-1", on=date(2015, 6, 1)).admitted
        assert [
            (v.words, v.quota.effective_on, v.change, v.standing.admitted, v.current) for v, *_ in values
        ] == [("20", worlds.FIRST, None, 0, False), ("25", date(2015, 6, 1), 5, reached, True)]
        assert reached > 0
        today = vietnamese.day(vietnamese.today())
        assert [who for *_, who in values] == [f"Người vận hành máy, {today}", f"can-bo, {today}"]
        assert "+5" in text(answer) and f"{reached}/25" in text(answer)

    def test_groups_apart_and_untold_to_who_sees_figures_only(self, client, world, people):
        make.make_quota(world.plan, world.at["T-1"], 8, group="women")
        told = {}
        for name in ("staff", "standing"):
            client.force_login(people[name])
            sides = history(client).context["sides"]
            assert [side.group and side.group.code for side, _ in sides] == [None, "women"]
            told[name] = [values[-1][0].standing is not None for _, values in sides]
        assert told == {"staff": [True, True], "standing": [True, False]}

    def test_a_day_to_come_has_reached_nothing(self, alice, world):
        plan = make.make_plan("KH-9", world.at["T"], first=date(2014, 1, 1), last=date(2090, 12, 31))
        make.make_quota(plan, world.at["T-1"], 7)
        make.make_quota(plan, world.at["T-1"], 9, effective_on=date(2090, 1, 1))
        ((_side, values),) = history(alice, plan="KH-9").context["sides"]
        assert [(v.words, v.current, v.standing is None) for v, *_ in values] == [
            ("7", True, False),
            ("9", False, True),
        ]

    def test_what_an_heir_bears_is_derived(self, alice, world):
        at = world.at
        plan = make.make_plan("KH-7", at["T"], first=date(2014, 1, 1), last=date(2090, 12, 31))
        for code, n in (("T-1", 20), ("T-2", 10)):
            make.make_quota(plan, at[code], n)
        make.end_committee(at["T-2"], date(2016, 1, 1), at["T-1"])
        ((side, values),) = history(alice, plan="KH-7").context["sides"]
        assert [(part.code, part.words) for part in side.parts] == [("T-2", "10")]
        assert side.total == "30" and len(values) == 1
        assert "đang tính 30" in text(history(alice, plan="KH-7"))
        ((side, values),) = history(alice, "T-2", plan="KH-7").context["sides"]
        assert [v.words for v, *_ in values] == ["10"] and side.parts == []

    def test_a_committee_founded_after_its_target_begins(self, alice, world):
        late = make.make_committee("T-3", "upper", world.at["T"], since=date(2015, 3, 1))
        make.make_quota(world.plan, late, 4)
        ((_side, values),) = history(alice, "T-3").context["sides"]
        assert (values[0][0].standing.code, values[0][0].standing.goal) == ("T-3", 4)

    def test_without_a_target_it_says_what_to_do(self, alice):
        assert "Giao chỉ tiêu đầu tiên" in text(history(alice, "T-1-1"))

    def test_reach(self, client, people):
        found = {}
        for name in ("staff", "district", "charlie"):
            client.force_login(people[name])
            found[name] = [history(client, code).status_code for code in ("T-1", "T-2")]
        assert found == {"staff": [200, 200], "district": [404, 200], "charlie": [404, 404]}

    @pytest.mark.parametrize("changes", [1, 3])
    def test_queries_do_not_grow(self, alice, world, changes, django_assert_num_queries):
        for k in range(changes):
            make.make_quota(world.plan, world.at["T-1"], k, effective_on=date(2015, 6, k + 1))
        history(alice)
        with django_assert_num_queries(6):
            history(alice)

    def test_only_the_newest_days_are_counted_anew(self, alice, world):
        for k in range(MOST_DAYS + 2):
            make.make_quota(world.plan, world.at["T-1"], k, effective_on=date(2015, 1, k + 1))
        ((_side, values),) = history(alice).context["sides"]
        told = [value.standing is not None for value, *_ in values]
        assert sum(told) == MOST_DAYS and told[-1] and not told[0]

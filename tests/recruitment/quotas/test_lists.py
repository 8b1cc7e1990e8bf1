"""Targets with their history, and grassroots organisations by what they did."""

import html
from datetime import date

import pytest
from django.urls import reverse

from tests import factories as make
from tests.recruitment import world as worlds


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def people(world):
    return worlds.people(world)


def quotas(client, **asked):
    return client.get(reverse("recruitment:quota-list"), asked)


def units(client, **asked):
    return client.get(reverse("recruitment:unit-list"), asked)


def rows(answer):
    return [row.record for row in answer.context["page"].table.paginated_rows]


class TestQuotas:
    def test_every_value_with_the_one_that_counts(self, client, world, people):
        make.make_quota(world.plan, world.at["T-2"], 12, effective_on=date(2015, 6, 1), document="09-CV/TU")
        client.force_login(people["standing"])
        found = [(row.code, row.target, row.current) for row in rows(quotas(client))]
        assert found == [("T", "30", True), ("T-1", "20", True), ("T-2", "10", False), ("T-2", "12", True)]
        found = [(row.target, row.current) for row in rows(quotas(client, on="2015-05-31", committee="T-2"))]
        assert found == [("10", True), ("12", False)]

    def test_who_wrote_it(self, client, people):
        client.force_login(people["standing"])
        assert "người vận hành máy" in html.unescape(quotas(client).content.decode())

    def test_shapes(self, client, world, people):
        make.make_quota(world.plan, world.at["T-1-1"], 170, high=200)
        make.make_quota(world.plan, world.at["T-1-2"], rate="7.5", group="women")
        client.force_login(people["standing"])
        found = {(row.code, row.group): row.target for row in rows(quotas(client, committee="T-1"))}
        assert found[("T-1-1", "")] == "170–200"
        assert found[("T-1-2", "Nữ")] == "7,5 %"

    def test_reach(self, client, people):
        client.force_login(people["district"])
        assert [row.code for row in rows(quotas(client))] == ["T-2"]
        assert quotas(client, committee="T-1").status_code == 404

    @pytest.mark.parametrize("more", [0, 2])
    def test_queries_do_not_grow(self, client, world, people, more, django_assert_num_queries):
        for k in range(more):
            make.make_quota(world.plan, world.at[f"T-{k + 1}-1"], 5)
        client.force_login(people["standing"])
        quotas(client)
        # The page's five, what is kept of the list, and who wrote these values.
        with django_assert_num_queries(7):
            assert len(rows(quotas(client))) == 3 + more


class TestUnits:
    @pytest.mark.parametrize(
        ("kind", "codes"),
        [
            ("all", ["T-1-1", "T-1-2", "T-2-1", "T-2-2"]),
            ("admitted", ["T-1-1", "T-2-1"]),
            ("none", ["T-1-2", "T-2-2"]),
            ("no-source", ["T-2-2"]),
            ("idle", ["T-1-2"]),
        ],
    )
    def test_kinds(self, client, people, kind, codes):
        client.force_login(people["standing"])
        answer = units(client, kind=kind)
        assert [row.standing.code for row in rows(answer)] == codes
        assert answer.context["page"].count == len(codes)

    def test_a_grassroots_organisation_lists_itself(self, client, people):
        client.force_login(people["standing"])
        assert [row.standing.code for row in rows(units(client, kind="no-source", committee="T-2-2"))] == [
            "T-2-2"
        ]

    def test_figures_alone_are_led_to_units_never_to_persons(self, client, people):
        client.force_login(people["standing"])
        assert "/admissions/" not in units(client).content.decode()
        client.force_login(people["staff"])
        assert "/admissions/" in units(client).content.decode()

    def test_a_group_is_counted_organisation_by_organisation_only_for_who_sees_persons(self, client, people):
        """T-2-1 admitted three of them: below five, and the list would say so of every single cell."""
        for who, status in (("staff", 200), ("standing", 400)):
            client.force_login(people[who])
            answer = units(client, group="religious", kind="admitted")
            assert answer.status_code == status
            file = reverse("recruitment:list-export", args=["units", "csv"])
            told = client.get(file, {"group": "religious"})
            assert told.status_code == (200 if status == 200 else 302)
            assert bool(answer.context["page"].table) == (status == 200)

    def test_reach(self, client, people):
        client.force_login(people["district"])
        assert units(client, committee="T").status_code == 404
        assert [row.standing.code for row in rows(units(client))] == ["T-2-1", "T-2-2"]

    def test_an_unknown_kind_is_named(self, client, people):
        client.force_login(people["standing"])
        assert units(client, kind="x").status_code == 400

    def test_without_a_plan(self, client, db):
        client.force_login(make.make_account("u", "staff", make.make_committee("U", "province")))
        assert "Chưa có kế hoạch" in html.unescape(units(client).content.decode())

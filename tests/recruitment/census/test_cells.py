"""Cells under three official members, and cells nobody counted: by the latest headcount of the day asked."""

from datetime import date

import pytest
from django.urls import reverse

from committees.models import Kind
from tests import factories as make
from tests.recruitment import world as worlds

DAY = date(2015, 12, 31)
LIST = "recruitment:cell-list"


@pytest.fixture
def world(db):
    """T-1-1-1: 5 of whom 3 in probation; T-1-2-1: 3; T-2-1-1: 2 later than the day; T-2-2-1: never counted."""
    world = worlds.build()
    make.make_headcount(world.at["T-1-1-1"], date(2014, 12, 31), 9, probationary=0)
    make.make_headcount(world.at["T-1-1-1"], date(2015, 6, 30), 5, probationary=3)
    make.make_headcount(world.at["T-1-2-1"], date(2015, 6, 30), 3)
    make.make_headcount(world.at["T-2-1-1"], date(2016, 6, 30), 2)
    return world


@pytest.fixture
def people(world):
    return worlds.people(world)


def listed(client, **asked):
    answer = client.get(reverse(LIST), {"on": "2015-12-31", **asked})
    return [row.record.code for row in answer.context["page"].table.rows]


def test_by_the_latest_headcount_of_the_day(client, world, people):
    client.force_login(people["standing"])
    assert listed(client) == ["T-1-1-1"]
    assert listed(client, on="2015-06-29") == []
    assert listed(client, on="2016-12-31") == ["T-1-1-1", "T-2-1-1"]
    assert listed(client, state="uncounted") == ["T-2-1-1", "T-2-2-1"]
    assert listed(client, state="all") == ["T-1-1-1", "T-1-2-1", "T-2-1-1", "T-2-2-1"]
    assert listed(client, state="all", unit="T-2") == ["T-2-1-1", "T-2-2-1"]
    client.force_login(people["district"])
    assert listed(client, on="2016-12-31") == ["T-2-1-1"]


def test_a_cell_that_ended_is_asked_for_no_more(client, world, people):
    make.end_committee(world.at["T-1-1-1"], date(2016, 1, 1), world.at["T-1-1"])
    client.force_login(people["standing"])
    assert listed(client) == ["T-1-1-1"], "it stood on the day"
    assert "T-1-1-1" not in listed(client, on="2016-12-31", state="all")
    assert listed(client, tree_on="now") == ["T-1-1-1"], "by today's tree where its heir stands"


def test_each_count_opens_as_many_rows_by_both_trees(client, world, people):
    make.place(world.at["T-1-1"], Kind.GRASSROOTS_PARTY, world.at["T-2"], since=date(2016, 7, 1))
    client.force_login(people["standing"])
    for tree_on in ("", "now"):
        page = client.get(reverse(LIST), {"on": "2015-12-31", "tree_on": tree_on}).context["page"]
        assert (page.total.under, page.total.uncounted, page.total.all) == (1, 2, 4)
        told = {one.code: one.under for one, _links in page.units}
        assert told == ({"T-1": 0, "T-2": 1} if tree_on else {"T-1": 1, "T-2": 0})
        for counts, links in [(page.total, page.whole_links), *page.units]:
            for what in ("all", "under", "uncounted"):
                assert client.get(links[what]).context["page"].count == getattr(counts, what)


def test_as_a_file(client, world, people):
    client.force_login(people["standing"])
    file = client.get(reverse("recruitment:list-export", args=["smallcells", "csv"]), {"on": "2015-12-31"})
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    assert "T-1-1-1" in text and "30/06/2015" in text and "T-1-2-1" not in text


@pytest.mark.parametrize("more", [0, 2])
def test_queries_do_not_grow(client, world, people, more, django_assert_num_queries):
    for code in ["T-1-2-1", "T-2-2-1"][:more]:
        make.make_headcount(world.at[code], DAY, 1)
    client.force_login(people["staff"])
    client.get(reverse(LIST))
    with django_assert_num_queries(6):
        client.get(reverse(LIST))

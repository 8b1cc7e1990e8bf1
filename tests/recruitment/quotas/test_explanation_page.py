"""The page that explains a percentage: who may open it, what it says, what it costs."""

import html
import re
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


def page(client, committee="T", **asked):
    return client.get(reverse("recruitment:explanation"), {"committee": committee, **asked})


def shown(answer):
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("more", [0, 2])
def test_queries_whatever_lies_below(client, world, people, more, django_assert_num_queries):
    for k in range(more):
        make.make_committee(f"T-9{k}", "upper", world.at["T"])
        make.make_quota(world.plan, world.at["T"], 30 + k, effective_on=date(2015, 1, 1 + k))
    client.force_login(people["staff"])
    page(client)
    with django_assert_num_queries(5):
        assert page(client).status_code == 200


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"on": "31/02/2015"}, "không có ngày này"),
        ({"on": "hôm qua"}, "Cần ngày/tháng/năm"),
        ({"plan": "X"}, "Không có lựa chọn “X”"),
        ({"group": "X"}, "Không có lựa chọn “X”"),
        ({"on": "2015-01-01", "tree_on": "2014-01-01"}, "không được trước ngày tính"),
    ],
)
def test_a_wrong_address_is_named_in_vietnamese(client, people, asked, said):
    client.force_login(people["staff"])
    answer = page(client, **asked)
    assert answer.status_code == 400 and said in shown(answer)


def test_a_committee_that_ended_is_explained_by_its_last_tree(client, world, people):
    """The address of a dashboard's own percentage may not name a tree older than the day: that is refused."""
    make.end_committee(world.at["T-2"], worlds.LAST, heir=world.at["T-1"])
    client.force_login(people["staff"])
    text = shown(client.get(reverse("recruitment:dashboard", args=["T-2"]), {"on": "2016-02-01"}))
    address = re.search(r'<a class="why" href="([^"]+)"', text)[1]
    assert client.get(address).status_code == 200

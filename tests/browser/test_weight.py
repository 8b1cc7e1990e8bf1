"""Weight over a slow line: the ceilings of the stylesheet and of the heaviest page, compressed as they travel."""

import gzip

import pytest
from django.conf import settings

from committees import journal
from committees.models import Kind
from tests import factories as make
from tests.recruitment import world as worlds

from .conftest import HEAVIEST_PAGE


def test_the_stylesheet_stays_light():
    assert len(gzip.compress((settings.BASE_DIR / "static" / "app.css").read_bytes())) <= 10 * 1024


@pytest.mark.django_db
def test_a_district_with_many_units_stays_light(client):
    world = worlds.build()
    with journal.pen(None, "test"):
        for k in range(80):
            make.make_committee(
                f"T-1-X{k}", Kind.GRASSROOTS_CELL, world.at["T-1"], name=f"Chi bộ Trường Tiểu học số {k}"
            )
    client.force_login(worlds.people(world)["staff"])
    for address in ("/dashboards/T-1/", "/units/?committee=T-1", "/committees/?under=T-1"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert len(gzip.compress(answer.content)) <= HEAVIEST_PAGE, address

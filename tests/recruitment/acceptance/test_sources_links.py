"""/sources/ leads each reader to the page that computes our figure, and nobody to a page that would refuse them."""

import re
from datetime import date
from pathlib import Path

import pytest

from committees import journal
from recruitment.figures.published import load_published
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def provinces():
    with journal.pen(None, "test"):
        found = {code: make.make_committee(code, "province") for code in ("CB", "NB")}
        period = date(2011, 1, 1), date(2014, 12, 31)
        make.make_plan("CB-2011-2014", found["CB"], first=period[0], last=period[1])
        make.make_reported(found["CB"], "Kết nạp", 12133, *period)
        load_published(Path(__file__).parents[3] / "fixtures")
    return found


def links(client):
    return set(re.findall(r'href="(/dashboards/[^"]+)"', client.get("/sources/").content.decode()))


@pytest.mark.parametrize(
    ("role", "code", "led"),
    [("standing", "CB", {"CB"}), ("staff", "NB", {"NB"}), ("administrator", "CB", set())],
)
def test_every_address_shown_opens(provinces, client, role, code, led):
    client.force_login(make.make_account("nguoi-xem", role, provinces[code]))
    shown = links(client)
    assert {address.split("/")[2] for address in shown} == led
    assert all(client.get(address.replace("&amp;", "&")).status_code == 200 for address in shown)


def test_a_visitor_is_led_to_sign_in_first(provinces, client):
    shown = links(client)
    assert shown and all(client.get(a.replace("&amp;", "&")).status_code == 302 for a in shown)

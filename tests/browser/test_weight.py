"""Weight over a slow line, compressed as it travels: the ceilings of the stylesheet, of a page, of a first visit with
nothing in the cache, and of each later one."""

import gzip
from datetime import date, timedelta
from itertools import product

import pytest
from django.conf import settings

from committees import journal
from committees.models import Kind
from committees.vietnamese import today
from tests import factories as make
from tests.recruitment import world as worlds

from .conftest import HEAVIEST_PAGE

FIRST_VISIT, LATER_PAGE = 150 * 1024, 40 * 1024
# Of each persona: where the day begins, then the pages it passes through.
PATHS = {
    "staff": ["/desk/", "/admissions/?rows=100", "/candidacies/?rows=100", "/admissions/new/", "/plans/", "/plans/KH-2/",
              "/reports/annual/T/?year=2015", "/imports/", "/desk/to-decide/", "/decisions/new/", "/courses/",
              "/certificates/?rows=100"],
    "secretary": ["/today/", "/candidacies/", "/candidacies/new/", "/dashboards/T-2-1-1/", "/help/",
                  "/people/{person}/", "/candidacies/{candidacy}/step/", "/candidacies/{candidacy}/record/cell_vote/",
                  "/candidacies/{candidacy}/checklist/", "/candidacies/{candidacy}/verification/", "/today/meeting/",
                  "/mentors/"],
    "standing": ["/dashboards/T/", "/reports/annual/T/?year=2015", "/units/?committee=T", "/plans/KH-2/", "/sources/"],
    "inspector": ["/journal/", "/admissions/?rows=100", "/dashboards/T/"],
    "administrator": ["/accounts/", "/accounts/new/", "/committees/?under=T", "/rules/", "/rules/2025-07/",
                      "/rules/2025-07/certificate/", "/calendar/", "/criteria/"],
}  # fmt: skip
# So that they weigh what a full page weighs: rows, cards.
HOLDS = {"/admissions/?rows=100": 100, "/candidacies/?rows=100": 100, "/today/": 20}
# Names as they differ in a register: alike ones would compress to nothing.
NAMES = [
    " ".join(parts)
    for parts in product(
        ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Võ", "Đặng"), ("Thị Ngọc", "Văn", "Hữu", "Thị Kim", "Quốc"),
        ("Ánh", "Oanh", "Phước", "Dũng", "Hạnh", "Thủy"),
    )
]  # fmt: skip
browsed = pytest.mark.django_db(transaction=True)


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


def travelled(response):
    """The bytes of an answer on the line: its headers, and its body compressed at the level a web server uses for what
    is made on the spot; what does not become smaller (fonts) as it is."""
    if response.status in {301, 302, 304}:
        return response.request.sizes()["responseHeadersSize"]
    body = response.body()
    return response.request.sizes()["responseHeadersSize"] + min(len(body), len(gzip.compress(body, 1)))


@pytest.fixture
def weighed(browser, live_server):
    """`weighed(account, addresses)`: [bytes] that each page costs somebody who signed in elsewhere and comes with an
    empty cache. What has come once is kept: on a server the names of static files carry their digest."""

    def weigh(client, account, addresses):
        client.force_login(account)
        context = browser.new_context(base_url=live_server.url, locale="vi-VN")
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page, came, kept, costs = context.new_page(), [], set(), []
        page.on("response", lambda response: came.append(response))
        for address in addresses:
            came.clear()
            assert page.goto(address, wait_until="networkidle").status == 200, address
            page.evaluate("document.fonts.ready")
            if least := HOLDS.get(address):
                assert page.locator("tbody tr, .todo > li").count() >= least, address
            new = [one for one in came if one.url not in kept or "/static/" not in one.url]
            costs.append(sum(map(travelled, new)))
            kept |= {one.url for one in came}
        context.close()
        return costs

    return weigh


@browsed
@pytest.mark.once
@pytest.mark.parametrize("who", PATHS)
def test_a_persona_waits_for_few_bytes(weighed, client, world, capsys, who):
    with journal.pen(None, "test"):
        for k, name in enumerate(NAMES):
            cell = world.at["T-2-1-1" if k < 20 else "T-1-1-1"]
            born = date(1970, 1, 1) + timedelta(days=97 * k)
            more = {"full_name": name, "sex": "FM"[k % 2], "born": born}
            followed = make.make_candidacy(cell, today() - timedelta(days=40 + k), **more)
            if k < 20:
                named = {"person": followed.person_id, "candidacy": followed.pk}
            make.make_certificate(
                cell, today() - timedelta(days=30), person=followed.person, number=f"{k}/CN"
            )
            make.make_admission(
                cell, date(2015, 1, 5) + timedelta(days=k), ceremony_on=date(2015, 11, 1 + k % 28), **more
            )
    paths = [path.format(**named) for path in PATHS[who]]
    costs = weighed(client, world.people[who], paths)
    with capsys.disabled():
        told = ", ".join(f"{address} {cost / 1024:.1f}" for address, cost in zip(paths, costs, strict=True))
        print(f"\nKB for {who}, the first with an empty cache: {told}")
    # The measure sees what a browser fetches: the stylesheet, htmx and two fonts alone are more than that.
    assert 40 * 1024 < costs[0] <= FIRST_VISIT
    assert all(1024 < cost <= LATER_PAGE for cost in costs[1:])

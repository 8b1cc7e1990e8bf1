"""axe on every page there is, at a desk and on a phone: whatever the access table answers with a page in some role, what
refused forms come back with, and what only happens sometimes. A new address cannot escape: the table knows them all.

The pages are asked of Django's own client, then shown in Chromium with the headers they came with: what a request wrote
is taken back, and two pages that differ in words alone are looked at once.
"""

import mimetypes
import re

import pytest
from django.contrib.staticfiles import finders
from django.db import connection

from recruitment import errors, signin
from tests.access_addresses import address
from tests.access_world import EXPECTED, clients, sessions, taken_back, world  # noqa: F401
from tests.test_html import PARTIAL, asked

from .conftest import SIZES, WIDER

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.takes_long,
    pytest.mark.skipif(
        connection.vendor != "sqlite",
        reason="a page looks the same from either database, and each is asked there by test_html: looked at once",
    ),
]
SITE = "http://localhost"
REFUSING = {
    "committees:account",
    "committees:tree",
}  # as tests/test_html.py: 403 and 404 are everywhere the same
# axe looks at nothing that is folded away.
UNFOLD = "document.querySelectorAll('details').forEach(folded => { folded.open = true })"


@pytest.fixture
def faults(browser, violations):
    """`faults(response)`: sentences about the page at both sizes, and what stood on the console. contrast=False: not of
    its colours, which take most of the time."""
    shown, said = {}, []
    page = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh").new_page()
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    def answer(route):
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/static/"):
            kind, _encoding = mimetypes.guess_type(path)
            route.fulfill(path=finders.find(path.removeprefix("/static/")), content_type=kind)
        else:
            route.fulfill(**shown)  # with status 200: Chromium writes every other one on the console

    page.route("**/*", answer)

    def look(response, contrast=True):
        shown.update(body=response.content, headers=dict(response.headers))
        page.goto(f"{SITE}/page/")
        page.evaluate(UNFOLD)
        for size in ("desktop", "phone"):
            page.set_viewport_size(SIZES[size]["viewport"])
            for rule in violations(page, contrast=contrast and size == "desktop"):
                yield f"{size}: {rule['id']} {[node['html'][:120] for node in rule['nodes'][:2]]}"
            if (wide := page.evaluate(WIDER)) > 0:
                yield f"{size}: {wide} px wider than the window"
        yield from said
        said.clear()

    yield look
    page.context.close()


def make_of(part):
    """How a part of a page is made: its tags with their classes and roles, whatever it says."""
    return frozenset(
        (tag, *re.findall(r'\b(class|role|type|aria-[a-z]+)="([^"]*)"', attributes))
        for tag, attributes in re.findall(r"<([a-z0-9]+)([^>]*)>", part)
    )


def parts_of(page):
    """(frame, main) of a page."""
    before, main, after = re.split("(<main.*</main>)", page, flags=re.DOTALL)
    return before + after, main


def pages_of_the_table(things, signed_in):
    """(what it is, response) of every request of the table that a page answers."""
    for name in sorted(set(EXPECTED) - set(PARTIAL)):
        statuses = ("200", "400", "403", "404") if name in REFUSING else ("200", "400")
        for method, role, whose in asked(name, statuses):
            where = address(name, things[whose])
            with taken_back(signed_in[role]):
                response = getattr(signed_in[role], method.lower())(where)
            if "text/html" in response.get("Content-Type", ""):
                yield f"{method} {where} as {role} ({response.status_code})", response


def test_every_page_of_the_table(world, clients, faults, capsys):  # noqa: F811
    seen, coloured, wrong, looked = set(), set(), [], 0
    for what, response in pages_of_the_table(world["things"], clients):
        makes = {make_of(part) for part in parts_of(response.content.decode())}
        if makes - seen:
            seen |= makes
            looked += 1
            # Colours come from classes: they are measured on the first page that has one.
            fresh = {
                (tag, *pair) for make in makes for tag, *pairs in make for pair in pairs if pair[0] == "class"
            }
            fresh -= coloured
            coloured |= fresh
            wrong += [f"{what}: {fault}" for fault in faults(response, contrast=bool(fresh))]
    with capsys.disabled():
        print(f"\naxe: {looked} pages of the table looked at, twice each")
    assert not wrong, "\n".join(wrong)
    assert looked > 60


# What happens sometimes -------------------------------------------------------------------------------

SOMEBODY = {"full_name": "Lê Văn Tám", "born": "01/02/1990", "sex": "M"}
KNOWN = {"full_name": "Nguyễn Thị Below", "born": "14/03/1990", "sex": "M"}
DECIDED = {"cell": "A-1-1-1", "decision_number": "1-QĐ/HU", "decided_on": "04/03/2013"}
STALE = {"stamp": "0", "reason": "Gõ nhầm"}
# Where several committees fit; what nobody is called; a day there is not.
SEVERAL, NOBODY, NO_DAY = "to chuc", "?q=khong-ai-ten-nhu-the", "31/02/2015"
LISTS = (
    "admission-list",
    "candidacy-list",
    "quota-list",
    "unit-list",
    "forecast-list",
    "dashboard",
    "explanation",
)


def at_times(things, client):
    """{what: response} to a clerk: people who may be the same, doubts, a form somebody overtook, nothing found."""

    def post(name, typed, whose="own", **options):
        return client.post(address(f"recruitment:{name}", things[whose]), typed, **options)

    def get(name, query):
        where = address(name, things["own"])
        return client.get(where + (query.replace("?", "&") if "?" in where else query))

    yield "people offered", 400, post("admission-new", KNOWN | DECIDED)
    yield (
        "people offered",
        400,
        post("candidacy-new", KNOWN | {"cell": "A-1-1-1", "entered_on": "04/03/2013"}),
    )
    yield "committees offered", 400, post("admission-new", SOMEBODY | DECIDED | {"cell": SEVERAL})
    yield "committees offered", 400, post("quota-new", {"committee": SEVERAL, "target": "5"})
    yield "saved, the next one", 200, post("admission-new", SOMEBODY | DECIDED | {"do": "next"}, follow=True)
    yield (
        "a number given before",
        400,
        post("admission-new", SOMEBODY | DECIDED | {"full_name": "Lê Văn Chín"}),
    )
    yield "saved, the next one", 200, post("quota-new", {"committee": "A-1-1-1", "target": "5"}, follow=True)
    edited = SOMEBODY | {"occupation": "Giáo viên"}
    yield "overtaken", 409, post("person-edit", edited | STALE)
    yield "overtaken", 409, post("admission-edit", edited | DECIDED | STALE)
    yield "overtaken", 409, post("candidacy-mentor", {"mentor": "Lê Tám", "since": "04/03/2013"} | STALE)
    yield "refused by the rules", 400, post("candidacy-record", {"on": "04/03/2011"})
    yield "nobody found", 200, get("recruitment:admission-list", NOBODY)
    yield "nobody found", 200, get("recruitment:candidacy-list", NOBODY)
    yield "nothing found", 200, get("committees:tree", NOBODY)
    yield "no such day", 400, get("recruitment:report-annual", "?year=MMXV")
    for name in LISTS:
        yield "no such day", 400, get(f"recruitment:{name}", f"?on={NO_DAY}")


def test_what_happens_sometimes(world, clients, faults):  # noqa: F811
    wrong = []
    for what, status, response in at_times(world["things"], clients["staff"]):
        where = response.request["PATH_INFO"]
        assert status == response.status_code, (what, where, response.content.decode())
        wrong += [f"{what}, {where}: {fault}" for fault in faults(response)]
    assert not wrong, "\n".join(wrong)


def test_so_do_the_pages_nobody_asks_for(rf, db, faults):
    pages = (errors.bad_request, errors.csrf_failed, errors.failed, errors.unavailable, signin.locked)
    wrong = [f"{page.__name__}: {fault}" for page in pages for fault in faults(page(rf.get("/")))]
    assert not wrong, "\n".join(wrong)

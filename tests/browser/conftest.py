"""Chromium for the browser tests: Debian's own, driven by Playwright; nothing is downloaded. And who goes through the pages
with it, on what day."""

import gzip
import os
import sys
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.db import connection
from django.urls import get_resolver

from committees import vietnamese
from committees.models import Role
from tests import factories as make
from tests.recruitment import world as worlds

from .chromium import ARGUMENTS, MISSING, program
from .desk import Desk

HEAVIEST_PAGE = 20 * 1024  # gzip
AXE = """contrast => axe.run(document, {
    resultTypes: ['violations'], rules: {'color-contrast': {enabled: contrast}},
}).then(found => found.violations)"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The projector's window is that of the desktop at 150 %: fewer px of the page, each half again as large.
SIZES = {
    "desktop": {"viewport": {"width": 1366, "height": 768}},
    "phone": {"viewport": {"width": 360, "height": 740}},
    "projector": {"viewport": {"width": 911, "height": 512}, "device_scale_factor": 1.5},
}


@pytest.fixture(scope="session")
def browser(django_db_setup):
    """A running Chromium. Without one the test is skipped with the line that installs it; in CI it fails."""
    if not program():
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread. Beside it Django would refuse every query, and it opens a second
    # connection, which must be closed at the end.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        yield chromium
        chromium.close()
        connection.close()


@pytest.fixture
def visit(browser, live_server):
    """`with visit("phone") as page:` a fresh visitor. An error on the console (a breach of the content policy is one)
    or in a script fails the test; `refused`: statuses the visit is meant to meet, which Chromium reports there too."""

    @contextmanager
    def open_page(size="desktop", refused=(), **options):
        context = browser.new_context(
            base_url=live_server.url,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            **SIZES[size],
            **options,
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        errors = []
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        context.close()
        meant = tuple(f"Failed to load resource: the server responded with a status of {n}" for n in refused)
        errors = [line for line in errors if not line.startswith(meant or "\0")]
        assert not errors, errors

    return open_page


@pytest.fixture(scope="session")
def violations():
    """`violations(page)`: what axe has against the page as it stands: [{"id", "nodes": [{"html"}]}]. Nothing else comes
    back from it: to hand over all that it found in order takes as long as to find it. contrast=False: not of its colours,
    which take two thirds of the time and are the same in every window."""
    from axe_playwright_python.sync_playwright import Axe

    script = Axe().axe_script

    def found(page, contrast=True):
        if not page.evaluate("'axe' in window"):
            page.evaluate(f"{script};undefined")
        return page.evaluate(AXE, contrast)

    return found


@pytest.fixture
def check_page(violations):
    """Fails where axe finds a violation, or where the page is wider than the window, or heavier than it may be."""

    def check(page):
        # A click returns as soon as the next page has begun, when it has no element yet that could be measured.
        page.wait_for_load_state()
        # Axe, like test_every_page, on one database: a page looks the same from either.
        found = violations(page) if connection.vendor == "sqlite" else []
        assert not found, [(rule["id"], [node["html"][:160] for node in rule["nodes"][:3]]) for rule in found]
        wide = page.evaluate(WIDER)
        assert wide <= 0, f"{page.url} is {wide} px wider than the window"
        weight = len(gzip.compress(page.content().encode()))
        assert weight <= HEAVIEST_PAGE, f"{page.url} weighs {weight} bytes"

    return check


@pytest.fixture
def world(transactional_db):
    """The province of tests/recruitment/world.py: 27 admitted of 30; and an account of each role, `people`."""
    world = worlds.build()
    world.people = worlds.people(world) | {
        "inspector": make.make_account("kiem-tra", Role.INSPECTOR, world.at["T"]),
        "administrator": make.make_account("quan-tri", Role.ADMINISTRATOR),
    }
    return world


def sign_in(page, account, start="/"):
    """Through the door as a person goes: asks for `start`, is sent to the form, and comes where they wanted to go."""
    page.goto(start)
    page.fill("#id_username", account.username)
    page.fill("#id_password", make.PASSWORD)
    page.click("main form button")


@pytest.fixture
def enter(visit):
    """`with enter(account, "phone") as page:` a visitor who has signed in."""

    @contextmanager
    def open_page(account, size="desktop", start="/", **options):
        with visit(size, **options) as page:
            sign_in(page, account, start)
            yield page

    return open_page


@pytest.fixture
def clock(monkeypatch):
    """`clock("05/01/2026")`: the day it is from now on, for every module that asks; gives that day as written."""
    assert (
        get_resolver().url_patterns
    )  # every module is there: one loaded later would keep this clock for good
    now = SimpleNamespace(day=vietnamese.today())
    asked = vietnamese.today
    for name, module in list(sys.modules.items()):
        if name.startswith(("committees", "recruitment")) and getattr(module, "today", None) is asked:
            monkeypatch.setattr(module, "today", lambda: now.day)

    def move(written):
        now.day = vietnamese.parse_day(written)
        return written

    return move


@pytest.fixture
def office(transactional_db):
    """A cell under its commune's committee, the secretary of the one, a clerk of the district above both."""
    at = make.make_province()
    return SimpleNamespace(
        cell=at["T-1-1-1"],
        secretary=make.make_account("bi-thu", Role.SECRETARY, at["T-1-1-1"]),
        clerk=make.make_account("can-bo", Role.STAFF, at["T-1"]),
    )


@pytest.fixture
def secretary(enter, check_page, clock, office):
    clock("08/09/2025")
    with enter(office.secretary, "phone", refused=[400]) as page:
        yield Desk(page, check_page)


@pytest.fixture
def clerk(enter, check_page, secretary, office):
    with enter(office.clerk, refused=[400]) as page:
        yield Desk(page, check_page)

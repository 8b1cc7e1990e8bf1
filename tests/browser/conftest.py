"""Chromium for the browser tests: Debian's own, driven by Playwright; nothing is downloaded."""

import os
import shutil
from contextlib import contextmanager

import pytest
from django.db import connection

APT = "apt-get install -y --no-install-recommends chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
SIZES = {"desktop": {"width": 1366, "height": 768}, "phone": {"width": 360, "height": 740}}


@pytest.fixture(scope="session")
def browser(django_db_setup):
    """A running Chromium. Without one the test is skipped with the line that installs it; in CI it fails."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        words = f"Chromium is missing: {APT}"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread. Beside it Django would refuse every query, and it opens a second
    # connection, which must know what migrations put into the tables (serialized_rollback) and be closed at the end.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    migrated = connection._test_serialized_contents
    with sync_playwright() as playwright:
        connection._test_serialized_contents = migrated
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        chromium.close()
        connection.close()


@pytest.fixture
def visit(browser, live_server):
    """`with visit("phone") as page:` a fresh visitor; an error on the console or in a script fails the test."""

    @contextmanager
    def open_page(size="desktop", **options):
        context = browser.new_context(
            base_url=live_server.url,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport=SIZES[size],
            **options,
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        errors = []
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        context.close()
        assert not errors, errors

    return open_page


@pytest.fixture
def check_page():
    """Fails where axe finds a violation, or where the page is wider than the window."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()

    def check(page):
        found = axe.run(page).response["violations"]
        assert not found, [(rule["id"], [node["html"][:160] for node in rule["nodes"][:3]]) for rule in found]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} px wider than the window"

    return check

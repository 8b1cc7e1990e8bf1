"""The pictures of the README, taken from the demo itself: `.venv/bin/python -m tests.browser.screenshot`.

Loads the demo into a scratch database, serves it on a free port of the loopback, and photographs where each persona works:
the standing committee's dashboard, the clerk's form as it offers somebody already known, the secretary's day on a phone.
Needs Debian's chromium; every wait is bounded.
"""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from committees import vietnamese

from .chromium import ARGUMENTS, MISSING, program

ROOT = Path(__file__).parents[2]
LOAD_SECONDS, START_SECONDS = 300, 60
HEAVIEST = 120 * 1024
CELL = "BRVT-DD-008-01"  # the secretary's
COLOURS = 128  # of a page; the pictures weigh a third of what they would


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, server):
    """Until the server answers; SystemExit when it has ended or takes too long."""
    ends = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < ends:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    sys.exit("The demo did not start.")


def dashboard(page):
    """The standing committee: the province in one sentence."""
    page.goto("/dashboards/BRVT/?plan=BRVT-2010-2015")
    page.locator(".lead").wait_for()


def admission(page):
    """Staff: somebody whose dossier waits for the decision is logged, and offered before anything is saved."""
    page.goto(f"/candidacies/?stage=submitted&committee={CELL}")
    person = page.locator("tbody tr").first
    name, born = person.locator("th").inner_text(), person.locator("td").first.inner_text()
    page.goto("/admissions/new/")
    page.fill("#id_full_name", name)
    page.fill("#id_born", born)
    page.select_option("#id_sex", index=1)
    page.fill("#id_cell", CELL)
    page.fill("#id_decision_number", "145-QĐ/HU")
    page.fill("#id_decided_on", vietnamese.day(vietnamese.today() - timedelta(days=7)))
    page.get_by_role("button", name="Lưu và ghi người tiếp").click()
    page.get_by_role("radio").first.wait_for()


def today(page):
    """The secretary: what is due in the cell."""
    page.goto("/today/")
    page.locator(".todo").first.wait_for()


# File, account, window, what is photographed.
PICTURES = [
    ("screenshot.png", "thuong-vu", (1366, 1000), dashboard),
    ("screenshot-staff.png", "ban-to-chuc", (1366, 768), admission),
    ("screenshot-secretary.png", "bi-thu", (360, 1100), today),
]


def photograph(address, password):
    """The bytes of each picture by its file's name."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        for name, account, (width, height), lead_to in PICTURES:
            context = chromium.new_context(
                base_url=address,
                viewport={"width": width, "height": height},
                locale="vi-VN",
                timezone_id="Asia/Ho_Chi_Minh",
            )
            page = context.new_page()
            page.set_default_timeout(20_000)
            page.goto("/login/")
            page.fill("#id_username", account)
            page.fill("#id_password", password)
            page.click("main form button")
            lead_to(page)
            page.evaluate("document.fonts.ready")
            page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
            yield name, page.screenshot()
            context.close()
        chromium.close()


def light(picture):
    """The same picture in few colours."""
    kept = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS).save(kept, "PNG", optimize=True)
    return kept.getvalue()


@contextmanager
def demo(password):
    """The address of a demo of its own."""
    port = free_port()
    with tempfile.TemporaryDirectory() as scratch:
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{scratch}/demo.sqlite3",
            "DEBUG": "1",
            "DEMO_PASSWORD": password,
        }
        command = [sys.executable, ROOT / "manage.py", "demo"]
        said = {"env": environment, "stdout": subprocess.DEVNULL}
        subprocess.run([*command, "--no-serve"], timeout=LOAD_SECONDS, check=True, **said)
        server = subprocess.Popen([*command, "--port", str(port)], **said)
        try:
            wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def main():
    if not program():
        sys.exit(MISSING)
    password = secrets.token_urlsafe(12)
    with demo(password) as address:
        for name, picture in photograph(address, password):
            kept = light(picture)
            if len(kept) > HEAVIEST:
                sys.exit(f"{name} weighs {len(kept)} bytes, more than {HEAVIEST}.")
            (ROOT / "static" / name).write_bytes(kept)
            print(f"static/{name}: {len(kept) // 1024} KB")


if __name__ == "__main__":
    main()

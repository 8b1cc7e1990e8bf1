"""The picture of the README, taken from the demo itself: `.venv/bin/python -m tests.browser.screenshot`.

Loads the demo into a scratch database, serves it on a free port of the loopback, and photographs the top of the
province's dashboard as the standing committee sees it. Needs Debian's chromium; every wait is bounded.
"""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from .chromium import ARGUMENTS, MISSING, program

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "static" / "screenshot.png"
SIZE = {"width": 1366, "height": 1000}
LOAD_SECONDS, START_SECONDS = 300, 60
HEAVIEST = 200 * 1024


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


def photograph(address, password):
    """Sign in as the standing committee and keep the top of the dashboard."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        page = chromium.new_page(viewport=SIZE, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
        page.set_default_timeout(20_000)
        page.goto(f"{address}/dashboards/BRVT/")
        page.fill("#id_username", "thuong-vu")
        page.fill("#id_password", password)
        page.click("main form button")
        page.locator(".lead").wait_for()
        page.evaluate("document.fonts.ready")
        page.screenshot(path=PICTURE)
        chromium.close()


def main():
    if not program():
        sys.exit(MISSING)
    password, port = secrets.token_urlsafe(12), free_port()
    with tempfile.TemporaryDirectory() as scratch:
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{scratch}/demo.sqlite3",
            "DEBUG": "1",
            "DEMO_PASSWORD": password,
        }
        demo = [sys.executable, ROOT / "manage.py", "demo"]
        said = {"env": environment, "stdout": subprocess.DEVNULL}
        subprocess.run([*demo, "--no-serve"], timeout=LOAD_SECONDS, check=True, **said)
        server = subprocess.Popen([*demo, "--port", str(port)], **said)
        try:
            wait_for(port, server)
            photograph(f"http://127.0.0.1:{port}", password)
        finally:
            server.terminate()
            server.wait(timeout=20)
    weight = PICTURE.stat().st_size
    if weight > HEAVIEST:
        sys.exit(f"{PICTURE.name} weighs {weight} bytes, more than {HEAVIEST}.")
    print(f"{PICTURE.relative_to(ROOT)}: {weight // 1024} KB")


if __name__ == "__main__":
    main()

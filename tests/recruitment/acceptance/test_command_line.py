"""Sentences of the contract about the command line that broke once under cases nobody had written down."""

import os
import subprocess
import sys
import unicodedata
from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from committees import journal
from tests import factories as make


def run(*arguments):
    """(exit code, stdout, lines of stderr)."""
    out, err = StringIO(), StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return ended.code, out.getvalue(), err.getvalue().splitlines()
    return 0, out.getvalue(), err.getvalue().splitlines()


@pytest.fixture
def province(db):
    """A province whose code carries the letter Đ and an accent."""
    with journal.pen(None, "test"):
        top = make.make_committee("Đắk.1", "province")
        make.make_plan("KH-Đắk", top, first=date(2014, 1, 1), last=date(2014, 12, 31))
    return top


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["attainment", "--plan", "KH-Đắk", "--committee", "Đắk.1", "--json"],
        ["structure", "--committee", "Đắk.1", "--from", "2014-01-01", "--to", "2014-12-31", "--json"],
    ],
)
def test_a_code_is_found_however_the_terminal_composes_its_letters(province, form, arguments):
    code, out, faults = run(*(unicodedata.normalize(form, argument) for argument in arguments))
    assert (code, faults) == (0, []) and "Đắk.1" in out


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_dashboard_opens_however_its_address_composes_the_letters(province, client, form):
    client.force_login(make.make_account("can-bo", "staff", province))
    for address in ("/dashboards/Đắk.1/", "/committees/?committee=Đắk.1", "/admissions/?committee=Đắk.1"):
        assert client.get(unicodedata.normalize(form, address)).status_code == 200, address


@pytest.mark.parametrize(
    "day", ["31/12/2014", "31-12-2014", "20141231", "2014-W01-1", "2014-2-3", "2014-02-30", ""]
)
def test_dates_are_iso_on_the_command_line(province, day):
    code, out, faults = run("attainment", "--plan", "KH-Đắk", "--on", day, "--json")
    assert (code, out, len(faults)) == (2, "", 1)
    assert "--on" in faults[0] and f"“{day}”" in faults[0] and "2015-12-31" in faults[0]


@pytest.mark.parametrize(
    "arguments", [["check_figures"], ["demo", "--port", "tám"], ["bench", "--scale", "huyện"], ["backup"]]
)
def test_bad_input_is_one_clear_line_on_stderr(arguments):
    ran = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR, env={**os.environ, "DEBUG": "1", "TESTING": "1", "PYTHONUTF8": "1"},
        capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (2, "", 1)

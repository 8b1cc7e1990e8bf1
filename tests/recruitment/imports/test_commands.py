"""`load` and `unload` as a script sees them: exit code, stdout, stderr, of real processes; and files that are none."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import ManagementUtility
from django.db import connection

from committees import journal
from recruitment.models import Admission

from ..sheets.books import saved
from .every_kind import CASES

PERSON = ["Họ và tên", "Sinh ngày", "Giới tính", "Mã tổ chức", "Ngày quyết định"]


def manage(*arguments):
    """manage.py in a process of its own, on the database of the tests."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        server = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
        url = f"postgres://{server}/{database['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "DEBUG": "1", "TESTING": "1", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_script_reads_exit_codes_and_two_streams(plan, workbook):
    rows, _, faulty, headings = CASES["admissions"]
    bad = manage("load", "admissions", workbook("admissions", [faulty], name="hỏng.xlsx"))
    assert (bad.returncode, bad.stdout, len(bad.stderr.splitlines())) == (2, "", len(headings))
    assert all("hỏng.xlsx" in line and "cần" in line for line in bad.stderr.splitlines())

    good = manage("load", "admissions", workbook("admissions", rows), "--json")
    assert (good.returncode, good.stderr) == (0, "")
    batch = json.loads(good.stdout)["batch"]
    assert Admission.objects.count() == 2
    again = manage("load", "admissions", workbook("admissions", rows))
    assert (again.returncode, again.stderr) == (0, "") and "2 như đã có" in again.stdout
    gone = manage("unload", batch, "--json")
    assert (gone.returncode, gone.stderr) == (0, "")
    assert json.loads(gone.stdout) == {"batch": batch, "removed": 4, "kept": []}
    twice = manage("unload", batch)
    assert (twice.returncode, twice.stdout, len(twice.stderr.splitlines())) == (2, "", 1)


@pytest.mark.parametrize(
    "arguments", [["load", "khac", "x.xlsx"], ["load", "plans"], ["load"], ["unload"], ["unload", "ba"]]
)
def test_wrong_arguments_are_one_line(capsys, arguments):
    """As manage.py reads them, in this process."""
    argv = ["manage.py", *arguments]
    with pytest.raises(SystemExit) as ended:
        ManagementUtility(argv).fetch_command(arguments[0]).run_from_argv(argv)
    said = capsys.readouterr()
    assert (ended.value.code, said.out, len(said.err.splitlines())) == (2, "", 1)


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"a,b,c", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 old"])
def test_a_file_that_is_no_workbook(run, tmp_path, content):
    path = tmp_path / "lạ.xlsx"
    path.write_bytes(content)
    head = journal.head()
    ran = run("load", "plans", path, "--json")
    assert (ran.code, len(ran.err)) == (2, 1)
    assert "lạ.xlsx" in ran.err[0] and "để trống" not in ran.err[0]
    assert ran.json["faults"][0]["wanted"] in ran.err[0] and ran.json["batch"] is None
    assert journal.head() == head


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["không-có.xlsx", "."])
def test_a_file_that_cannot_be_opened(run, tmp_path, name):
    ran = run("load", "plans", tmp_path / name, "--json")
    assert (ran.code, len(ran.err), len(ran.json["faults"])) == (2, 1, 1)


@pytest.mark.django_db
def test_a_sheet_without_the_headings(run, workbook):
    ran = run("load", "quotas", workbook("headcounts", [], omit=["Mã tổ chức"]))
    assert ran.code == 2 and "Mã kế hoạch" in ran.err[0] and len(ran.err) == 1


@pytest.mark.django_db
def test_a_sheet_without_rows_changes_nothing(run, workbook):
    head = journal.head()
    ran = run("load", "plans", workbook("plans", []), "--json")
    assert (ran.code, ran.err, ran.json["rows"], ran.json["batch"]) == (0, [], 0, None)
    assert journal.head() == head


@pytest.mark.django_db
def test_merged_cells_are_told_and_what_is_in_doubt_stops_the_load(register, run, tmp_path):
    def written(kind, *rows, prepare=None):
        path = tmp_path / "tệp.xlsx"
        path.write_bytes(saved(*rows, prepare=prepare).read())
        return run("load", kind, path, "--json"), run("load", kind, path)

    people = [*PERSON, "Nghề nghiệp"], ["An", "06/05/1990", "Nam", "T-H1-X-1", "19/05/2014", "=A1"]
    ran, _ = written("admissions", *people)
    assert (ran.code, ran.json["batch"], ran.json["uncomputed"]) == (2, None, ["F2"])
    assert len(ran.err) == 1 and "công thức chưa tính" in ran.err[0]
    head = ["Mã tổ chức", "Ngày", "Số đảng viên"]
    ran, _ = written("headcounts", head, [None, None, "Nam", "Nữ"], ["T-H1-X", "1/1/2014", 10, 20])
    assert ran.code == 2 and len(ran.err) == 1 and "cột “Số đảng viên” chia thành C, D" in ran.err[0]
    rows = ["T-H1-X", "1/1/2014", 10], ["T-H1-X-1", None, 10]
    ran, again = written("headcounts", head, *rows, prepare=lambda sheet: sheet.merge_cells("B2:B3"))
    assert (ran.code, ran.json["new"], ran.json["merged"]) == (0, 2, ["B2:B3"]) and "B2:B3" in again.out

"""worklist on the command line: the document of the contracts from loaded workbooks, each kind on its first and last
day; faults one a line, exit 2."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees.vietnamese import day as written
from recruitment.imports.load import load
from tests import factories as make

ENTERED = date(2024, 1, 10)


@pytest.fixture
def at(db):
    return make.make_province(cells=2)


def run(*arguments):
    """(exit code, stdout, lines of stderr)."""
    out, err = StringIO(), StringIO()
    try:
        call_command("worklist", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return ended.code, out.getvalue(), err.getvalue().splitlines()
    return 0, out.getvalue(), err.getvalue().splitlines()


def listed(on, committee="T"):
    code, out, faults = run("--committee", committee, "--on", on.isoformat(), "--json")
    assert (code, faults) == (0, [])
    return json.loads(out)


def kinds(on, committee="T"):
    return {item["kind"] for item in listed(on, committee)["items"]}


def followed(name="Nguyễn Thị An", cell="T-1-1-1", **more):
    row = {
        "Họ và tên": name, "Sinh ngày": "14/03/1995", "Giới tính": "Nữ", "Mã tổ chức": cell,
        "Ngày đưa vào nguồn": written(ENTERED),
    }  # fmt: skip
    report = load("candidates", [row | more], name="nguồn")
    assert not report.faults, list(map(str, report.faults))


def admitted(name="Trần Văn Bình", cell="T-1-1-1", **more):
    row = {
        "Họ và tên": name, "Sinh ngày": "02/09/1994", "Giới tính": "Nam", "Mã tổ chức": cell,
        "Ngày quyết định": "01/02/2024",
    }  # fmt: skip
    report = load("admissions", [row | more], name="kết nạp")
    assert not report.faults, list(map(str, report.faults))


def test_the_document(at):
    followed(**{"Ngày chứng nhận": "15/01/2020", "Số chứng nhận": "07"})
    admitted(**{"Ngày kết nạp": "29/02/2024"})
    document = listed(date(2025, 2, 3))
    assert (document["committee"], document["on"]) == ("T", "2025-02-03")
    told = [(item["person"], item["kind"], item["due"], item["days_left"]) for item in document["items"]]
    assert told == [
        ("Nguyễn Thị An", "certificate_lapsed", "2025-01-15", -19),
        ("Trần Văn Bình", "class_due", "2025-02-28", 25),
        ("Trần Văn Bình", "probation_ending", "2025-02-28", 25),
        ("Nguyễn Thị An", "no_mentor", None, None),
    ]
    first, second = document["items"][:2]
    assert isinstance(first["candidacy"], int) and second["candidacy"] is None and first["cell"] == "T-1-1-1"
    assert set(first["rule"]) == {"set", "citation", "mark"} and first["rule"]["mark"] == "S"
    assert first["rule"]["set"] == "2025-01"  # in force on the day asked


@pytest.mark.parametrize(
    ("more", "kind", "first", "last"),
    [
        ({}, "no_mentor", ENTERED, None),
        ({"Đảng viên giúp đỡ": "Lê Thị Cúc"}, "review_overdue", date(2024, 4, 11), None),
        ({"Ngày chứng nhận": "15/01/2020"}, "certificate_lapsing", date(2024, 10, 17), date(2025, 1, 15)),
        ({"Ngày chứng nhận": "15/01/2020"}, "certificate_lapsed", date(2025, 1, 16), None),
        ({"Sinh ngày": "20/03/2006"}, "objection", ENTERED, date(2024, 2, 29)),
        ({"Học vấn": "Tiểu học"}, "objection", ENTERED, None),
    ],
)  # fmt: skip
def test_candidates(at, more, kind, first, last):
    followed(**more)
    assert kind not in kinds(first - timedelta(days=1)) and kind in kinds(first)
    if last is None:
        assert kind in kinds(date(2026, 11, 22))
    else:
        assert kind in kinds(last) and kind not in kinds(last + timedelta(days=1))


def test_a_mentor_in_probation_in_the_same_cell(at):
    admitted("Lê Thị Cúc", **{"Ngày kết nạp": "29/02/2024", "Ngày chính thức": "01/03/2025"})
    followed(**{"Đảng viên giúp đỡ": "lê thị cúc"})
    followed("Đỗ Thị Út", "T-1-1-2", **{"Đảng viên giúp đỡ": "Lê Thị Cúc"})
    found = [item for item in listed(date(2025, 2, 28))["items"] if item["kind"] == "mentor_unable"]
    assert [item["person"] for item in found] == ["Nguyễn Thị An"]
    assert "mentor_unable" not in kinds(date(2025, 3, 1))


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("class_due", date(2024, 2, 29), date(2025, 3, 19)),
        ("probation_ending", date(2024, 11, 30), date(2025, 2, 28)),
        ("recognition_due", date(2025, 3, 1), date(2025, 3, 19)),
    ],
)
def test_members(at, kind, first, last):
    admitted(**{"Ngày kết nạp": "29/02/2024", "Ngày chính thức": "20/03/2025"})
    days = (first - timedelta(days=1), first, last, last + timedelta(days=1))
    assert [kind in kinds(day) for day in days] == [False, True, True, False]


def test_only_below_the_committee_asked(at):
    followed()
    followed("Đỗ Thị Út", "T-1-1-2")
    assert [item["person"] for item in listed(ENTERED, "T-1-1-2")["items"]] == ["Đỗ Thị Út"]


def test_for_people(at):
    followed()
    _code, out, _faults = run("--committee", "T", "--on", "2024-01-10")
    assert "không ghi hạn  Nguyễn Thị An (T-1-1-1): Chưa có người giúp đỡ" in out


@pytest.mark.parametrize(
    "arguments", [["--committee", "X", "--on", "2024-01-10"], ["--committee", "T", "--on", "10/01/2024"]]
)
def test_bad_input(at, arguments):
    code, out, faults = run(*arguments, "--json")
    assert (code, out, len(faults)) == (2, "", 1)


def test_queries_do_not_grow(at):
    counts = []
    for names in (["An"], ["Bình", "Chi"]):
        for name in names:
            followed(f"Nguyễn Thị {name}", **{"Học vấn": "Tiểu học"})
        listed(ENTERED)
        with CaptureQueriesContext(connection) as queries:
            assert listed(ENTERED)["items"]
        counts.append(len(queries))
    assert counts[0] == counts[1]

"""Single rows, one rule each: what is taken, what is refused and what the refusal says."""

from datetime import date

import pytest

from committees import journal
from committees.models import Committee
from recruitment import fields
from recruitment.imports.load import load
from recruitment.models import Plan, Quota

pytestmark = pytest.mark.django_db


def committee(code, kind, above=None, since=None, until=None, name="Tên"):
    return {
        "Mã tổ chức": code, "Tên tổ chức đảng": name, "Loại": kind, "Mã cấp trên": above, "Từ ngày": since,
        "Đến ngày": until,
    }  # fmt: skip


PROVINCE, UPPER, PARTY = "Đảng bộ tỉnh", "Đảng bộ cấp trên trực tiếp cơ sở", "Đảng bộ cơ sở"
BASE_CELL, SECTION, CELL = "Chi bộ cơ sở", "Đảng bộ bộ phận", "Chi bộ trực thuộc"
ALL = [PROVINCE, UPPER, PARTY, BASE_CELL, SECTION, CELL]
LAWFUL = {
    (None, PROVINCE), (PROVINCE, UPPER), (PROVINCE, PARTY), (PROVINCE, BASE_CELL), (UPPER, PARTY),
    (UPPER, BASE_CELL), (UPPER, CELL), (PARTY, SECTION), (PARTY, CELL), (SECTION, CELL),
}  # fmt: skip
ABOVE = {  # a lawful road down to a committee of each kind
    PROVINCE: [("A", PROVINCE, None)],
    UPPER: [("P", PROVINCE, None), ("A", UPPER, "P")],
    PARTY: [("P", PROVINCE, None), ("A", PARTY, "P")],
    BASE_CELL: [("P", PROVINCE, None), ("A", BASE_CELL, "P")],
    SECTION: [("P", PROVINCE, None), ("D", PARTY, "P"), ("A", SECTION, "D")],
    CELL: [("P", PROVINCE, None), ("D", PARTY, "P"), ("A", CELL, "D")],
}


def faults(kind, *rows):
    """Load as the operator; the faults, after making sure that a refusal wrote nothing."""
    head = journal.head()
    report = load(kind, rows, name="thử")
    if report.faults:
        assert journal.head() == head and report.batch is None
    return [(fault.cell, fault.wanted) for fault in report.faults]


@pytest.mark.parametrize("above", [None, *ALL])
@pytest.mark.parametrize("kind", ALL)
def test_lawful_pairs(db, above, kind):
    road = [committee(code, its, up) for code, its, up in ABOVE.get(above, ())]
    found = faults("committees", committee("X", kind, "A" if above else None), *road)
    assert bool(found) == ((above, kind) not in LAWFUL)
    if found:
        assert found[0][0] == "dòng 2, cột Loại" and kind in found[0][1]


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ([committee("A", PROVINCE, "A")], ["dòng 2, cột Mã cấp trên"]),
        ([committee("A", UPPER, "B"), committee("B", UPPER, "C"), committee("C", UPPER, "A"),
          committee("D", PARTY, "A")], ["dòng 2, cột Mã cấp trên"]),
        # Two levels under a row whose kind cannot be read, with no day of its own.
        ([committee("A", CELL, "B"), committee("B", PARTY, "C"), committee("C", "Đảng bộ", None)],
         ["dòng 4, cột Loại"]),
        ([committee("A", PROVINCE), committee("A", PROVINCE)], ["dòng 3, cột Mã tổ chức"]),
        ([committee("A", PROVINCE, "Z")], ["dòng 2, cột Mã cấp trên"]),
        ([committee("A", UPPER, "P", "31/12/1999"), committee("P", PROVINCE, None, "01/01/2000")],
         ["dòng 2, cột Mã cấp trên"]),
        ([committee("A", PROVINCE, None, "02/01/2000", "01/01/2000")], ["dòng 2, cột Đến ngày"]),
    ],
)  # fmt: skip
def test_committees_refused(db, rows, cells):
    assert [cell for cell, _ in faults("committees", *rows)] == cells


def test_a_known_code_with_other_content_is_a_fault(register):
    [(cell, wanted)] = faults("committees", committee("T-H1", UPPER, "T", name="Đảng bộ huyện Mới"))
    assert cell == "dòng 2, cột Mã tổ chức" and "dùng reorganisations" in wanted
    assert not faults("committees", committee("T-H1", UPPER, "T", name="Đảng bộ huyện Một"))


@pytest.mark.parametrize("code", ["A", "a.b-c_D9", "9", "x" * 40, "ĐB-01", "-A"])
def test_codes(code):
    assert fields.code(f" {code} ") == code


@pytest.mark.parametrize("code", ["a b", "a/b", "x" * 41, "A,B", "..", "a\nb"])
def test_no_codes(code):
    with pytest.raises(ValueError, match="1–40"):
        fields.code(code)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("079190000123", "079190000123"), (79190000123, "079190000123"), (1190000123, "001190000123"),
        ("079 190 000 123", "079190000123"), (123456789, "123456789"), (12345678, "012345678"), ("  ", None),
    ],
)  # fmt: skip
def test_citizen_ids(written, stored):
    assert fields.citizen_id(written) == stored


@pytest.mark.parametrize("written", ["79190000123", 1234567890123, "07919000012X", 12.5, "12345678"])
def test_no_citizen_ids(written):
    with pytest.raises(ValueError, match="12 chữ số"):
        fields.citizen_id(written)


def test_schooling_that_excel_took_for_a_day_is_read_back():
    assert fields.schooling(date(2026, 12, 12)) == "12/12"
    assert fields.schooling(date(2026, 12, 9)) == "9/12"


def quota(target, day=None, **more):
    return {"Mã kế hoạch": "KH", "Mã tổ chức": "T", "Chỉ tiêu": target, "Hiệu lực từ": day, **more}


@pytest.mark.parametrize(
    "written", ["0", 0, "9.352", "170-200", "170 – 200", "1.170-1.200", "7%", "3,5 %", "100%"]
)
def test_targets(plan, written):
    assert not faults("quotas", quota(written))


@pytest.mark.parametrize("written", [-1, "-1", "200-170", "9.35", 0.07, "101%", "bảy", "7,5", "1-2-3", True])
def test_no_targets(plan, written):
    [(cell, wanted)] = faults("quotas", quota(written))
    assert cell == "dòng 2, cột Chỉ tiêu" and "170-200" in wanted


def test_two_values_for_one_day_are_a_fault_in_the_file_and_against_the_register(plan):
    [(cell, wanted)] = faults("quotas", quota(5), quota(6, "01/01/2011"))  # an empty day is the plan's first
    assert cell == "dòng 3, cột Chỉ tiêu" and "dòng 2" in wanted
    assert not faults("quotas", quota(5), quota("5", "01/01/2011"))
    assert Quota.objects.count() == 1
    [(cell, wanted)] = faults("quotas", quota(6))
    assert cell == "dòng 2, cột Chỉ tiêu" and "01/01/2011" in wanted
    assert not faults("quotas", quota(6, "01/07/2012"), quota("5-6", Nhóm="Nữ"))
    assert Quota.objects.count() == 3


def test_a_target_after_the_plan_or_of_an_ended_committee_is_refused(plan):
    assert faults("quotas", quota(5, "01/01/2016"))[0][0] == "dòng 2, cột Hiệu lực từ"
    assert not faults("quotas", quota(5, "31/12/2015"))


def plan_row(code, previous=None, **more):
    return {
        "Mã kế hoạch": code, "Tên": "K", "Cơ quan ban hành": "Tỉnh ủy", "Từ ngày": "01/01/2011",
        "Đến ngày": "31/12/2015", "Kế hoạch trước": previous, **more,
    }  # fmt: skip


def test_plans_in_a_ring_or_ending_before_they_begin(register):
    assert [cell for cell, _ in faults("plans", plan_row("A", "B"), plan_row("B", "A"))] == [
        "dòng 2, cột Kế hoạch trước",
        "dòng 3, cột Kế hoạch trước",
    ]
    assert faults("plans", plan_row("A", "A"))[0][0] == "dòng 2, cột Kế hoạch trước"
    assert faults("plans", plan_row("A", **{"Đến ngày": "31/12/2010"}))[0][0] == "dòng 2, cột Đến ngày"
    assert not faults("plans", plan_row("A", **{"Đến ngày": "01/01/2011"}))  # one day is a period


def test_a_known_plan_is_given_a_plan_before_it(register):
    assert not faults("plans", plan_row("A"))
    report = load("plans", [plan_row("A", "Z"), plan_row("Z")], name="thử")
    assert (report.new, report.changed) == (1, 1)
    assert Plan.objects.get(code="A").previous.code == "Z"
    assert [cell for cell, _ in faults("plans", plan_row("Z", "A"))] == ["dòng 2, cột Kế hoạch trước"]


def test_a_mistyped_code_is_answered_with_the_nearest(register):
    [(_, wanted)] = faults("headcounts", {"Mã tổ chức": "T-H1-X-l", "Ngày": "31/12/2010", "Số đảng viên": 5})
    assert "T-H1-X-1" in wanted or "T-H1-X" in wanted
    assert Committee.objects.count() == 7

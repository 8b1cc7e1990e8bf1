"""A file with faults lists all of them; a cell that names somebody holds a name."""

import pytest

from recruitment.imports.load import load

pytestmark = pytest.mark.django_db
PROVINCE = {"Mã tổ chức": "T", "Tên tổ chức đảng": "Tỉnh T", "Loại": "Đảng bộ tỉnh", "Từ ngày": "01/01/2010"}
CELL = {"Mã tổ chức": "C", "Tên tổ chức đảng": "Chi bộ C", "Loại": "Chi bộ cơ sở", "Mã cấp trên": "T"}
BACKWARDS = {"Từ ngày": "02/01/2014", "Đến ngày": "01/01/2014"}


@pytest.fixture
def register():
    assert not load("committees", [PROVINCE, CELL], name="nền", actor=None).faults


@pytest.mark.parametrize(
    ("kind", "row", "faults"),
    [
        ("reported", {"Mã tổ chức": "T", "Chỉ tiêu báo cáo": "Kết nạp", "Giá trị": "x", **BACKWARDS}, 2),
        (
            "reported",
            {"Mã tổ chức": "?", "Chỉ tiêu báo cáo": "Kết nạp", "Giá trị": 1, "Nhóm": "lạ", **BACKWARDS},
            3,
        ),
        ("reported", {"Mã tổ chức": "Z", "Chỉ tiêu báo cáo": "Kết nạp", "Giá trị": 1, **BACKWARDS}, 2),
        ("plans", {"Mã kế hoạch": "K", "Tên": "K", "Cơ quan ban hành": None, **BACKWARDS}, 2),
    ],
)
def test_a_row_with_two_faults_shows_both(register, kind, row, faults):
    assert len(load(kind, [row], name="hỏng", actor=None).faults) == faults


@pytest.mark.parametrize("written", ["#N/A", "#REF!", "=VLOOKUP(A2,B:C,2,0)"])
def test_an_error_of_the_spreadsheet_is_nobodys_name(register, written):
    person = {
        "Họ và tên": written, "Sinh ngày": "01/01/1990", "Giới tính": "Nam", "Mã tổ chức": "C",
        "Ngày quyết định": "01/05/2014",
    }  # fmt: skip
    report = load("admissions", [person], name="hỏng", actor=None)
    assert [fault.value for fault in report.faults] == [written]
    assert load(
        "committees", [{**CELL, "Mã tổ chức": "D", "Tên tổ chức đảng": written}], name="hỏng", actor=None
    ).faults


def test_any_word_of_an_occupation_is_taken_even_an_error(register):
    person = {
        "Họ và tên": "Lê Thị A", "Sinh ngày": "01/01/1990", "Giới tính": "Nữ", "Mã tổ chức": "C",
        "Ngày quyết định": "01/05/2014", "Nghề nghiệp": "#N/A",
    }  # fmt: skip
    report = load("admissions", [person], name="tốt", actor=None)
    assert not report.faults and list(report.unrecognised["Nghề nghiệp"]) == ["#N/A"]

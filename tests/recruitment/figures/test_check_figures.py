"""The command: verdicts out, exit 0; faults one line each on stderr, exit 2."""

import io
import json

import pytest
from django.core.management import call_command
from openpyxl import Workbook

HEADINGS = ["Mã", "Phép tính", "Công bố", "Số hạng", "Văn bản", "Nội dung"]
GOOD = [
    ["P1", "tỷ lệ", "103,73%", "9701;9352", "Bài 1", "Đạt chỉ tiêu"],
    ["P2", "bộ phận", None, "5;4", "Bài 1", None],
    ["P3", "tổng", 12133, "2206;1967;2334;2310", None, None],
    ["P4", "tỷ lệ", "gần 25%", None, "Bài 2", None],
]


@pytest.fixture
def run(tmp_path):
    def run(rows, *options, headings=HEADINGS):
        book = Workbook()
        book.active.title = "Số liệu"
        for row in [headings, *rows]:
            book.active.append(row)
        path = tmp_path / "so-lieu.xlsx"
        book.save(path)
        return call(path, *options)

    return run


def call(path, *options):
    """(exit code, stdout, stderr) of the command."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("check_figures", str(path), *options, stdout=out, stderr=err)
        code = 0
    except SystemExit as stop:
        code = stop.code
    return code, out.getvalue(), err.getvalue()


def test_json_is_one_document_with_a_verdict_each(run):
    code, out, err = run(GOOD, "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert answer["claims"][0] == {
        "code": "P1",
        "document": "Bài 1",
        "verdict": "rounded",
        "published": "103,73%",
        "recomputed": "103.73",
        "hint": "",
    }
    assert answer["claims"][3]["recomputed"] is None
    assert answer["counts"] == {"rounded": 1, "part_exceeds_whole": 1, "sum_mismatch": 1, "not_checkable": 1}


def test_text_shows_formula_and_finding(run):
    code, out, err = run(GOOD)
    assert (code, err) == (0, "")
    assert "9.701 / 9.352 = 103,73 %" in out and "tổng không khớp: 1" in out


def test_a_percentage_kept_as_a_number_is_read_as_it_is_shown(run, tmp_path):
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append(["P1", "tỷ lệ", 0.8983, "539;600"])
    book.active["C2"].number_format = "0.00%"
    book.save(tmp_path / "so.xlsx")
    _code, out, _err = call(tmp_path / "so.xlsx", "--json")
    assert json.loads(out)["claims"][0]["verdict"] == "rounded"


def test_every_fault_is_told_in_one_line_with_its_cell(run):
    rows = [
        ["P1", "tích", "nhiều", "1;2"],
        ["P1", "tỷ lệ", "5%", "một"],
        ["sai mã", "tổng", None, "1;2"],
    ]
    code, out, err = run(rows, "--json")
    lines = err.splitlines()
    assert (code, out) == (2, "")
    assert [line.split("ô ")[1].split(":")[0] for line in lines] == ["B2", "C2", "A3", "D3", "A4", "C4"]
    assert all("so-lieu.xlsx" in line and "Số liệu" in line and "; cần " in line for line in lines)
    assert "thấy “tích”" in lines[0] and "tỷ lệ, tổng, hiệu, bình quân, bộ phận" in lines[0]


def test_numbers_of_documents_stand_in_columns_of_their_own(run):
    headings = [*HEADINGS, "Số văn bản", "Cơ quan ban hành", "Ngày văn bản"]
    rows = [
        ["P1", "tỷ lệ", "103,73%", "9701;9352", "Bài 1", None, "12-QĐ/TU", "Huyện ủy Đất Đỏ", None],
        ["A", None, None, None, None, None, "12-QĐ/HU", None, None],
    ]
    code, out, _err = run(rows, "--json", headings=headings)
    answer = json.loads(out)
    assert code == 0 and [claim["code"] for claim in answer["claims"]] == ["P1"]
    assert [(one["code"], one["verdict"]) for one in answer["numbers"]] == [
        ("P1", "wrong_body"),
        ("A", "no_issuer"),
    ]
    code, out, err = run([rows[1][:8] + ["hôm nào"]], headings=headings)
    assert (code, out) == (2, "") and "ô I2: thấy “hôm nào”; cần ngày/tháng/năm" in err


def test_a_missing_column_is_a_fault(run):
    code, _out, err = run([["P1", "tổng"]], headings=HEADINGS[:2])
    assert code == 2 and "cột “Công bố”" in err and len(err.splitlines()) == 1


@pytest.mark.parametrize("name, content", [("khong-co.xlsx", None), ("chu.xlsx", b"abc")])
def test_what_is_no_workbook_is_told_in_one_line(tmp_path, name, content):
    path = tmp_path / name
    if content:
        path.write_bytes(content)
    code, out, err = call(path)
    assert (code, out) == (2, "") and len(err.splitlines()) == 1

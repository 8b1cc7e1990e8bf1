"""`report annual`: the file stands whole or not at all, and bad input is one line."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from committees.models import Entry
from tests import factories as make
from tests.recruitment import world as worlds


@pytest.fixture
def world(db):
    return worlds.build()


def run(out, *more, committee="T", year="2015"):
    """(what was said, faults, exit code)."""
    said, faults, exit_code = StringIO(), StringIO(), 0
    try:
        more = (*("--year", year), *more) if year else more
        call_command(
            "report", "annual", "--committee", committee, "--out", str(out), *more, stdout=said, stderr=faults
        )
    except SystemExit as stopped:
        exit_code = stopped.code
    return said.getvalue(), faults.getvalue(), exit_code


def test_a_workbook_and_a_paper(world, tmp_path):
    said, faults, code = run(tmp_path / "bao cao.xlsx")
    assert code == 0 and not faults and "27/30" in said
    book = load_workbook(tmp_path / "bao cao.xlsx")
    assert "Danh sách trích ngang" in book.sheetnames, "the operator of the machine sees all"
    assert run(tmp_path / "x.PDF", "--plan", "KH-2", "--on", "2015-06-30")[2] == 0
    assert (tmp_path / "x.PDF").read_bytes().startswith(b"%PDF-")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bao cao.xlsx", "x.PDF"]
    entry = Entry.objects.filter(chain=Entry.READS).order_by("number").first()
    assert entry.actor is None and json.loads(entry.payload)["count"] == 4


def test_any_period(world, tmp_path):
    days = ("--from", "2015-01-01", "--to", "2015-03-31")
    said, faults, code = run(tmp_path / "x.docx", *days, year=None)
    assert code == 0 and not faults and said.startswith("Quý I năm 2015 kết nạp 4 đảng viên")
    entry = Entry.objects.get(chain=Entry.READS)
    assert json.loads(entry.payload)["filter"] == {
        "since": "2015-01-01",
        "last": "2015-03-31",
        "plan": "KH-2",
    }


def test_by_a_later_tree(world, tmp_path):
    make.end_committee(world.at["T-2"], date(2016, 7, 1), world.at["T-1"])
    make.place(world.at["T-2-1"], "grassroots_party", world.at["T-1"], since=date(2016, 7, 1))
    make.place(world.at["T-2-2"], "grassroots_party", world.at["T-1"], since=date(2016, 7, 1))
    for options, units in (
        ((), ["Tổ chức T-1", "Tổ chức T-2"]),
        (("--tree-on", "2017-01-01"), ["Tổ chức T-1"]),
    ):
        said, faults, code = run(tmp_path / "x.xlsx", *options)
        assert code == 0 and not faults and "27/30" in said, "the whole is the same"
        book = load_workbook(tmp_path / "x.xlsx")
        told = [str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row]
        assert [name for name in ("Tổ chức T-1", "Tổ chức T-2") if name in told] == units
        view = "theo tổ chức ngày 01/01/2017" if options else "theo tổ chức tại thời điểm"
        assert any(view in str(cell.value) for row in book.worksheets[0].iter_rows(max_row=8) for cell in row)
    entry = Entry.objects.filter(chain=Entry.READS).order_by("-number").first()
    assert json.loads(entry.payload)["filter"]["tree_on"] == "2017-01-01"


@pytest.mark.parametrize(
    ("name", "more", "options", "words"),
    [
        ("x.xlsx", {"committee": "KHONG"}, (), "Không có tổ chức đảng mang mã “KHONG”"),
        ("x.xlsx", {}, ("--from", "2015-01-01", "--to", "2015-03-31"), "--year: cần một năm, hoặc"),
        ("x.xlsx", {"year": None}, ("--from", "2015-01-01"), "--year: cần một năm, hoặc"),
        ("x.xlsx", {"year": None}, (), "--year: cần một năm, hoặc"),
        ("x.xlsx", {"year": None}, ("--from", "1/1/2015", "--to", "2015-03-31"), "--from: “1/1/2015”"),
        (
            "x.xlsx",
            {"year": None},
            ("--from", "2015-03-31", "--to", "2015-01-01"),
            "ngày cuối trước ngày đầu",
        ),
        ("x.xlsx", {"year": "2999"}, (), "--year: Tìm thấy “2999”"),
        ("x.xlsx", {"year": "hai"}, (), "--year: Tìm thấy “hai”"),
        ("x.pdf", {}, ("--plan", "KHONG"), "Không có kế hoạch mang mã “KHONG”"),
        ("x.pdf", {}, ("--on", "31/12/2015"), "--on: “31/12/2015”"),
        ("x.pdf", {}, ("--on", "2014-12-31"), "không thuộc năm 2015"),
        ("x.pdf", {}, ("--tree-on", "2014-12-31"), "không được trước ngày tính"),
        ("x.pdf", {}, ("--tree-on", "mai"), "--tree-on: “mai”"),
        ("x.ods", {}, (), "--out: “x.ods”; cần tên tệp kết thúc bằng .xlsx, .pdf hoặc .docx"),
        ("khong/co/x.xlsx", {}, (), "không có thư mục này"),
        ("thu-muc.xlsx", {}, (), "đó là một thư mục"),
    ],
)
def test_bad_input_is_one_line_and_writes_nothing(world, tmp_path, name, more, options, words):
    (tmp_path / "thu-muc.xlsx").mkdir()
    said, faults, code = run(tmp_path / name, *options, **more)
    assert (code, said) == (2, "") and faults.count("\n") == 1 and words in faults
    assert [path.name for path in tmp_path.iterdir()] == ["thu-muc.xlsx"]
    assert not Entry.objects.filter(chain=Entry.READS).exists()


def test_a_writer_that_fails_leaves_the_file_that_was(world, tmp_path, monkeypatch):
    from recruitment.management.commands import report

    kept = tmp_path / "x.xlsx"
    kept.write_text("cũ", encoding="utf-8")

    def fail(file, report):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(report.WRITERS, ".xlsx", fail)
    _said, faults, code = run(kept)
    assert code == 2 and "không ghi được" in faults
    assert kept.read_text(encoding="utf-8") == "cũ" and len(list(tmp_path.iterdir())) == 1

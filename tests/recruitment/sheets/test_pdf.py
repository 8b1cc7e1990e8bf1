"""The report on paper, read back by poppler."""

import re
import subprocess
import unicodedata

import pytest
from reportlab.platypus import Paragraph

from recruitment.reports.base import PART, Column, Row, Sheet
from recruitment.sheets.pdf import write_pdf
from recruitment.sheets.pdf_table import table
from recruitment.sheets.pdf_words import fonts

from .reports import POPPLER, _program, a_report, a_sheet, read_pdf, written

LETTERS = "ẳẵặ ểễệ ỔỖỘ ỞỠỢ ỬỮỰ ỷỹỵ Đđ"


def long_sheet(n=120):
    columns = (
        Column("tt", "TT", "ordinal", 5),
        Column("name", "Họ và tên", width=30),
        Column("cell", "Chi bộ", width=40),
    )
    rows = [
        Row(
            str(k),
            {
                "tt": k,
                "name": f"Nguyễn Thị Ổn {k}",
                "cell": "Chi bộ ấp Phước Trung <&> " + "rất dài " * (k % 9),
            },
        )
        for k in range(1, n + 1)
    ]
    return Sheet("dai", "Danh sách", "Danh sách", columns, rows, wide=True)


def info(file, folder):
    source = folder / "info.pdf"
    source.write_bytes(file.getvalue())
    said = subprocess.run(
        [_program("pdfinfo", POPPLER), "-l", "-1", source], capture_output=True, timeout=60, check=True
    )
    return dict(line.split(":", 1) for line in said.stdout.decode().splitlines() if ":" in line)


@pytest.fixture
def report():
    sheet = a_sheet([(9701, 9352), (3, 0), (1, 3)])
    return a_report(
        sheet, long_sheet(), notices=(f"Chữ: {LETTERS}. " + unicodedata.normalize("NFD", "Đất Đỏ"),)
    )


def test_every_letter_is_there_composed(report, tmp_path):
    text = "\n".join(read_pdf(written(write_pdf, report), tmp_path))
    assert unicodedata.is_normalized("NFC", text)
    words = " ".join(text.split())
    for said in (
        LETTERS,
        "Đất Đỏ",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Đảng bộ tỉnh Bà Rịa – Vũng Tàu",
        "NGƯỜI LẬP BIỂU",
    ):
        assert said in words
    assert "103,73 %" in words and "+349" in words and "31/12/2015" in words
    assert "Phước Trung <&> rất dài" in words, "marks of XML are text"


def test_headings_repeat_and_pages_are_numbered(report, tmp_path):
    pages = read_pdf(written(write_pdf, report), tmp_path, "-layout")
    assert len(pages) > 4
    for number, page in enumerate(pages, 1):
        assert re.search(rf"Trang {number}/\s*{len(pages)}\b", page), number
    lists = [page for page in pages if "Nguyễn Thị Ổn" in page]
    assert len(lists) > 2 and all("Họ và tên" in page and "Chi bộ" in page for page in lists)


def test_it_is_a4_and_says_what_it_is(report, tmp_path):
    said = info(written(write_pdf, report), tmp_path)
    assert said["Title"].strip() == report.title
    sizes = {value.strip() for key, value in said.items() if re.match(r"Page +\d+ size", key)}
    assert sizes <= {"595.276 x 841.89 pts (A4)", "841.89 x 595.276 pts (A4)"} and len(sizes) >= 1


def test_nothing_runs_over_the_edge(report, tmp_path):
    boxes = "\n".join(read_pdf(written(write_pdf, report), tmp_path, "-bbox"))
    for width, words in re.findall(r'<page width="([\d.]+)"[^>]*>(.*?)</page>', boxes, re.DOTALL):
        edges = [float(x) for x in re.findall(r'xMax="([\d.]+)"', words)]
        starts = [float(x) for x in re.findall(r'xMin="([\d.]+)"', words)]
        assert max(edges) <= float(width) - 15 / 25.4 * 72 + 1 and min(starts) >= 30 / 25.4 * 72 - 1


def test_it_has_bookmarks_for_its_sheets(report):
    content = written(write_pdf, report).getvalue()
    assert content.count(b"/Dest") >= 2 and b"/Outlines" in content and b"/Lang" in content


def test_a_sheet_without_rows_says_so(tmp_path):
    sheet = Sheet("a", "A", "A", (Column("name", "Tên"),), [], empty="Không có ai.")
    assert "Không có ai." in "".join(read_pdf(written(write_pdf, a_report(sheet)), tmp_path))


def test_the_fonts_are_ours(report):
    content = written(write_pdf, report).getvalue()
    assert b"Tinos" in content and b"/FontFile2" in content


def test_a_very_long_word_does_not_stop_it(tmp_path):
    sheet = Sheet(
        "a",
        "A",
        "A",
        (Column("name", "Tên", width=10), Column("b", "B", width=80)),
        [Row("r", {"name": "a" * 300})],
    )
    assert read_pdf(written(write_pdf, a_report(sheet)), tmp_path)


def test_a_chart_of_many_units_fits_its_page(tmp_path):
    """Forty bars are the most the annual report draws; drawn as high as ten of them they would not fit."""
    sheet = a_sheet([(k, 40) for k in range(1, 41)])
    pages = read_pdf(written(write_pdf, a_report(sheet)), tmp_path)
    assert sum(page.count("Tỷ lệ theo đơn vị") for page in pages) == 1


def test_a_long_list_is_laid_out_once(monkeypatch):
    """Twice the rows need no paragraph more: one a long cell, measured anew at every page, made reports take minutes."""
    asked, wrap = [], Paragraph.wrap
    monkeypatch.setattr(Paragraph, "wrap", lambda self, *room: asked.append(1) or wrap(self, *room))
    took = []
    for n in (150, 300):
        asked.clear()
        written(write_pdf, a_report(long_sheet(n)))
        took.append(len(asked))
    assert took[0] == took[1] < 40


def test_the_heading_of_a_part_stands_above_its_rows():
    """Wherever the page ends, and no row is lost."""
    fonts()
    rows = [Row(str(k), {"name": "Ổn " * (k % 5 * 9)}, PART if k % 3 else "plain") for k in range(30)]
    whole = table(Sheet("a", "A", "A", (Column("name", "Tên", width=60),), rows), 400, "headings")
    _width, height = whole.wrap(400, 0)
    for room in range(40, int(height), 7):
        above, below = whole.split(400, room)
        assert not above.laid.lines[above.end - 1].band and above.wrap(400, 0)[1] <= room
        assert (above.first, above.end, below.end) == (0, below.first, 30)

import io
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from recruitment.sheets import xlsx
from recruitment.sheets.read import read_table


def written(rows, headings=("Họ và tên", "Ngày quyết định"), title="Danh sách kết nạp", widths=None):
    file = io.BytesIO()
    xlsx.write_rows(file, title, headings, rows, widths)
    file.seek(0)
    return file


def test_title_headings_and_page():
    sheet = load_workbook(written([["An", date(2015, 4, 24)]], widths=[30])).active
    assert sheet.title == "Danh sách kết nạp"
    assert sheet["A1"].value == "Danh sách kết nạp"
    assert [cell.value for cell in sheet[3]] == ["Họ và tên", "Ngày quyết định"]
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert (int(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (30, 16)
    assert sheet.auto_filter.ref == "A3:B4"


@pytest.mark.parametrize(
    ("value", "wanted", "shown"),
    [
        (9701, 9701, "[$-42A]#,##0"),
        (-3, -3, "[$-42A]#,##0"),
        (Decimal("103.73"), 103.73, "[$-42A]#,##0.00"),
        (0.5, 0.5, "[$-42A]#,##0.00"),
        (Decimal("NaN"), None, None),
        (date(2015, 4, 24), datetime(2015, 4, 24), r"dd\/mm\/yyyy"),
        (datetime(2015, 4, 24, 8, 15), datetime(2015, 4, 24, 8, 15), r"dd\/mm\/yyyy hh:mm"),
        (datetime(2015, 4, 23, 20, 0, tzinfo=UTC), datetime(2015, 4, 24, 3, 0), r"dd\/mm\/yyyy hh:mm"),
        (True, True, None),
        (None, None, None),
        ("", None, None),
        ("đen\x0b\x00 trắng", "đen trắng", "@"),
        ("<a & 'b' \">", "<a & 'b' \">", "@"),
        (unicodedata.normalize("NFD", "Đất Đỏ"), "Đất Đỏ", "@"),
        ("0770", "0770", "@"),
    ],
)
def test_values_come_back_with_their_format(value, wanted, shown):
    cell = load_workbook(written([[value, None]])).active["A4"]
    assert cell.value == wanted
    assert shown is None or cell.number_format == shown


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1"])
def test_text_never_becomes_a_formula(text):
    cell = load_workbook(written([[text, None]])).active["A4"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix


def test_ordinary_text_carries_no_quote():
    assert not load_workbook(written([["a=1", None]])).active["A4"].quotePrefix


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cf", "Zs", "Cc"]), min_size=1),
    st.dates(date(1900, 3, 1)),
)
def test_what_is_written_is_read_again(text, moment):
    text = unicodedata.normalize("NFC", text)
    headings = [("Họ và tên", True), ("Ngày quyết định", True)]
    table = read_table(written([[text, moment], ["An_x000D_", moment]]), headings)
    assert [list(row.cells.values()) for row in table.rows] == [[text.strip(), moment], ["An_x000D_", moment]]


def test_rows_stream_and_no_rows_make_a_table_with_headings_only():
    sheet = load_workbook(written([f"Người {n}", None] for n in range(1200))).active
    assert [sheet.cell(n, 1).value for n in (4, 503, 504, 1203)] == [
        "Người 0",
        "Người 499",
        "Người 500",
        "Người 1199",
    ]
    assert load_workbook(written([])).active.max_row == 3


def test_a_row_of_another_length_is_our_mistake_and_fails():
    with pytest.raises(ValueError, match="zip"):
        written([["An"]])


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 5)
    written([["An", None]] * 2)
    with pytest.raises(ValueError, match="Lọc bớt"):
        written([["An", None]] * 3)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Kế hoạch 02/2010: [dự thảo]?", "Kế hoạch 02 2010 dự thảo"),
        ("x" * 40, "x" * 31),
        ("", "Bảng"),
        ("'A & B'", "A & B"),
    ],
)
def test_any_title_makes_a_tab(title, name):
    book = load_workbook(written([["An", None]], title=title))
    assert book.sheetnames == [name]
    assert read_table(written([["An", None]], title=title), [("Họ và tên", True)]).heading_row == (
        3 if title else 1
    )


def test_a_template_names_its_columns_and_explains_them():
    file = io.BytesIO()
    headings = [("Mã tổ chức", True, "Chữ, số, dấu . - _"), ("Từ ngày", False, "")]
    xlsx.template(file, "committees", headings, {"Mã tổ chức": 25})
    sheet = load_workbook(file).active
    assert [cell.value for cell in sheet[1]] == ["Mã tổ chức *", "Từ ngày"]
    assert sheet["A1"].comment.text == "Chữ, số, dấu . - _"
    assert sheet["B1"].comment is None
    assert sheet.column_dimensions["B"].number_format == "@"
    assert sheet.column_dimensions["A"].width == 25
    table = read_table(file, [(name, required) for name, required, _ in headings])
    assert (table.heading_row, table.missing, table.rows) == (1, [], [])

"""The styled workbook: opened again by the library that wrote it, and calculated by LibreOffice."""

import io
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from committees import vietnamese
from recruitment.reports.base import Column, Row, Sheet
from recruitment.sheets.book import write_book

from .reports import a_report, a_sheet, recalculated, shown, written


@pytest.fixture(scope="module")
def file():
    return written(write_book, a_report())


@pytest.fixture
def book(file):
    return load_workbook(io.BytesIO(file.getvalue()))


def cell_of(page, row_name, heading):
    """The cell in the row that begins with a name, under a heading."""
    for row in page.iter_rows():
        for cell in row:
            if cell.value == heading:
                column = cell.column
            if cell.value == row_name:
                return page.cell(cell.row, column)
    raise KeyError(row_name)


def test_formulas_are_living(book):
    page = book["Theo đơn vị"]
    assert cell_of(page, "Đảng bộ số 1", "Tỷ lệ").value == '=IF(C16>0,ROUND(D16*10000/C16,0)/10000,"")'
    assert cell_of(page, "Đảng bộ số 1", "Chênh").value == "=D16-C16"
    assert cell_of(page, "Cộng", "Kết nạp").value == "=SUM(D16:D18)"
    assert cell_of(page, "Đảng bộ số 2", "Tỷ lệ").value is None, "nothing to divide by is no 0 %"


def test_who_does_not_calculate_sees_the_values(file):
    page = load_workbook(io.BytesIO(file.getvalue()), data_only=True)["Theo đơn vị"]
    assert cell_of(page, "Đảng bộ số 1", "Tỷ lệ").value == 1.0373
    assert cell_of(page, "Cộng", "Kết nạp").value == 9705
    assert cell_of(page, "Cộng", "Chênh").value == 350


def test_numbers_and_dates_are_real_and_formatted(book):
    page = book["Theo đơn vị"]
    assert cell_of(page, "Đảng bộ số 1", "Kết nạp").value == 9701
    formats = {
        heading: cell_of(page, "Đảng bộ số 1", heading).number_format
        for heading in ("TT", "Đơn vị", "Kết nạp", "Tỷ lệ", "Chênh", "Ngày")
    }
    assert formats == {
        "TT": "0", "Đơn vị": "@", "Kết nạp": "[$-42A]#,##0", "Tỷ lệ": "[$-42A]#,##0.00\\ %",
        "Chênh": "[$-42A]+#,##0;[$-42A]−#,##0;0",
        "Ngày": "dd/mm/yyyy",
    }  # fmt: skip
    assert cell_of(page, "Đảng bộ số 1", "Ngày").is_date
    assert cell_of(page, "Tuổi bình quân", "Kết nạp").number_format == "[$-42A]#,##0.00"
    assert {cell.font.name for row in page.iter_rows() for cell in row if cell.value} == {"Times New Roman"}


def test_it_is_set_up_for_paper(book):
    report = a_report()
    first, chart = book.worksheets
    for page in (first, chart):
        assert int(page.page_setup.paperSize) == int(page.PAPERSIZE_A4)
        assert page.sheet_properties.pageSetUpPr.fitToPage and page.page_setup.fitToWidth == 1
        margins = page.page_margins
        sides = [round(side * 25.4) for side in (margins.top, margins.bottom, margins.left, margins.right)]
        assert sides == [20, 20, 30, 15]
        assert page.oddFooter.right.text == "Trang &P/&N"
    assert first.page_setup.orientation == "landscape" and first.page_setup.fitToHeight == 0
    assert first.print_title_rows == "$12:$14", "shared headings, headings and the form's numbers repeat"
    assert [cell.value for cell in first[1] if cell.value] == [report.left[0], report.right[0]]
    words = [cell.value for row in first.iter_rows() for cell in row if isinstance(cell.value, str)]
    for said in (report.finding, *report.notices, *report.signers, report.title.upper(), "Một dòng ghi chú."):
        assert said in words


def test_a_later_sheet_keeps_its_headings_in_view():
    pages = load_workbook(
        written(write_book, a_report(a_sheet([(1, 2)], wide=False), _sheet_of("hai", "Trang hai", [(3, 4)])))
    )
    assert pages["Theo đơn vị"].freeze_panes is None, "the head of the first sheet would fill a window"
    assert pages["Theo đơn vị"].page_setup.orientation == "portrait"
    assert pages["Trang hai"].freeze_panes == "C6"


def _sheet_of(key, title, pairs):
    sheet = a_sheet(pairs)
    rows = [row for row in sheet.rows if not row.name]
    return Sheet(key, title, title, sheet.columns, rows, wide=True)


def test_names_bars_and_chart(book):
    page, drawn = book.worksheets
    assert book.defined_names["tong_so"].attr_text == "'Theo đơn vị'!$C$19"
    assert book.defined_names["don_vi"].attr_text == "'Theo đơn vị'!$A$15:$G$20"
    (where,) = page.conditional_formatting
    assert str(where.sqref) == "E15:E20" and where.rules[0].type == "dataBar"
    assert [stop.val for stop in where.rules[0].dataBar.cfvo] == [0, 1.6]
    (chart,) = drawn._charts
    assert drawn.title == "Biểu đồ"
    assert chart.series[0].val.numRef.f == "'Theo đơn vị'!$E$16:$E$18"
    assert chart.series[0].cat.numRef.f == "'Theo đơn vị'!$B$16:$B$18"


@pytest.mark.parametrize("words", ["=1+1", "+84 90", "-5", "@SUM(A1)", '=HYPERLINK("x")'])
def test_text_never_becomes_a_formula(words):
    sheet = Sheet("a", "A", "A", (Column("name", "Tên"),), [Row("r", {"name": words})])
    page = load_workbook(written(write_book, a_report(sheet)))["A"]
    (cell,) = [cell for row in page.iter_rows() for cell in row if cell.value == words]
    assert cell.data_type == "s" and cell.quotePrefix


def test_text_is_composed_and_cut_of_what_xml_refuses():
    sheet = Sheet(
        "a", "A", "A", (Column("name", "Tên"),), [Row("r", {"name": "Đất Đo\N{COMBINING HOOK ABOVE}\x0b"})]
    )
    page = load_workbook(written(write_book, a_report(sheet)))["A"]
    assert "Đất Đỏ" in {cell.value for row in page.iter_rows() for cell in row}


def test_a_sheet_without_rows_says_so():
    sheet = Sheet("a", "A", "A", (Column("name", "Tên"), Column("b", "B")), [], empty="Không có ai.")
    page = load_workbook(written(write_book, a_report(a_sheet([(1, 2)]), sheet)))["A"]
    assert "Không có ai." in {cell.value for row in page.iter_rows() for cell in row}


# The one place where a binary fraction could decide a digit ---------------------------------------


def as_a_spreadsheet(part, whole):
    """ROUND(part*10000/whole,0)/10000 in IEEE doubles, shown with two decimals as a percentage."""
    rounded = Decimal(float(part) * 10000.0 / float(whole)).quantize(Decimal(1), ROUND_HALF_UP)
    return (Decimal(repr(float(rounded) / 10000.0)) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(st.integers(0, 5_000_000), st.integers(1, 5_000_000))
def test_a_ratio_calculates_to_the_page(part, whole):
    assert as_a_spreadsheet(part, whole) == vietnamese.percent(part, whole)


@given(st.integers(0, 5000), st.sampled_from([800, 160, 32, 2000, 20000, 96, 672]))
def test_halves_too(part, whole):
    assert as_a_spreadsheet(part, whole) == vietnamese.percent(part, whole)


def test_the_plain_quotient_would_not():
    """Why the formula is not simply D/C: its double lies below the half as often as above."""
    wrong = [
        part
        for part in range(1, 800)
        if (Decimal(part / 800) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        != vietnamese.percent(part, 800)
    ]
    assert len(wrong) > 50


def test_libreoffice_calculates_what_is_printed(tmp_path):
    halves = [(part, whole) for whole in (800, 160, 32, 20000) for part in (1, 3, 7, 11, 333, 2 * whole + 1)]
    report = a_report(a_sheet([(9701, 9352), (0, 7), (5, 0), (2, 3), (12133, 10000), *halves]))
    file = written(write_book, report)
    sheet, told = report.sheets[0], recalculated(file, tmp_path)["Theo đơn vị"]
    texts = shown(file, tmp_path, "Theo đơn vị")
    first = next(k for k, line in enumerate(texts) if line[1].strip() == "I. Các đơn vị") + 1
    compared = 0
    for k, row in enumerate(sheet.rows):
        for column, letter in zip(sheet.columns, "ABCDEFG", strict=True):
            value, kind = sheet.value(row, column), sheet.kind(row, column)
            found = told[f"{letter}{first + k}"]
            if kind == "percent" and value is not None:
                assert Decimal(repr(found)) * 100 == vietnamese.percent(value, 1)
                text = texts[first + k - 1]["ABCDEFG".index(letter)]
                assert text == sheet.written(row, column).replace("\N{NO-BREAK SPACE}", " ")
                compared += 1
            elif kind in {"whole", "signed"} and value is not None:
                assert found == value
                compared += 1
            elif value is None:
                assert found is None
    assert compared > 100

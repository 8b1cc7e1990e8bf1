import io
import time
import unicodedata
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from recruitment.sheets.package import SheetError
from recruitment.sheets.read import read_table
from tests.recruitment.sheets.books import HEAD, HEADINGS, refusal, repacked, saved, shared, with_rows


def test_a_template_is_read_as_written():
    table = read_table(saved(HEAD, ["Lý Thị Kim Oanh", date(1990, 5, 6), "BRVT-DD-014", 12]), HEADINGS)
    assert (table.sheet, table.heading_row) == ("Sheet", 1)
    assert table.columns == dict(zip(HEAD, "ABCD", strict=True))
    assert (table.unknown, table.missing) == ([], [])
    [row] = table.rows
    assert row.number == 2
    assert row.cells == dict(zip(HEAD, ["Lý Thị Kim Oanh", date(1990, 5, 6), "BRVT-DD-014", 12], strict=True))
    assert row.address("Mã tổ chức") == "C2"


def test_headings_of_real_files_are_found():
    def merge(sheet):
        sheet.merge_cells("A1:F1")

    file = saved(
        ["TỈNH ỦY BÀ RỊA – VŨNG TÀU"],
        [],
        ["Họ và tên", "một cột trong câu đề tựa"],
        [
            "STT",
            unicodedata.normalize("NFD", " HỌ VÀ\nTÊN * "),
            "Sinh ngày (ngày/tháng/năm) [bắt buộc]:",
            "mã  tổ\u00a0chức*",
            "Ghi chú của  tôi",
        ],
        [1, "An", "06/05/1990", "X", "ghi"],
        prepare=merge,
    )
    table = read_table(file, HEADINGS)
    assert table.heading_row == 4
    assert table.columns == {"Họ và tên": "B", "Sinh ngày": "C", "Mã tổ chức": "D"}
    assert table.unknown == ["STT", "Ghi chú của tôi"]
    assert table.rows[0].cells == {
        "Họ và tên": "An",
        "Sinh ngày": "06/05/1990",
        "Mã tổ chức": "X",
        "Giá trị": None,
    }
    assert table.rows[0].address("Giá trị") == "5"


def test_missing_required_columns_are_named():
    assert read_table(saved(["Họ và tên", "Sinh ngày"], ["An", "x"]), HEADINGS).missing == ["Mã tổ chức"]


def test_no_heading_row_is_refused_with_the_columns_wanted():
    assert "“Mã tổ chức”" in refusal(saved(["một", "hai"], ["ba", "bốn"]))
    assert "“Mã tổ chức”" in refusal(saved(*[["đề"]] * 40, HEAD))
    assert read_table(saved(*[["đề"]] * 39, HEAD), HEADINGS).heading_row == 40


def test_the_same_heading_twice_is_refused_with_both_cells():
    text = refusal(saved([*HEAD, "Mã tổ chức (mới)"], ["An"]))
    assert "C1" in text and "E1" in text


@pytest.mark.parametrize(
    ("value", "form", "wanted"),
    [
        (0.07, "0%", "7%"),
        (0.035, "0.0%", "3,5%"),
        (1.0373, "0.00%", "103,73%"),
        (9701 / 9352, "0.00%", "103,73%"),
        (0.035, "0%", "3,5%"),
        (0, "0%", "0%"),
        (9701.0, "#,##0", 9701),
        (9701.0, "[$-42A]#,##0", 9701),
        (1.5, "General", 1.5),
        (0.5, '0.0" %"', 0.5),
        (date(2015, 4, 24), "dd/mm/yyyy", date(2015, 4, 24)),
        (datetime(2015, 4, 24, 8, 15), "dd/mm/yyyy hh:mm", datetime(2015, 4, 24, 8, 15)),
        (42118, "General", 42118),
        (42118, "[$-42A]dd mmmm yyyy", date(2015, 4, 24)),
        (True, "General", True),
        ("#REF!", "General", "#REF!"),
        ("  chữ\u00a0", "General", "chữ"),
        (unicodedata.normalize("NFD", "Đất Đỏ"), "General", "Đất Đỏ"),
        ("a_x000D_\nb", "General", "a\nb"),
        ("\u200bBRVT\ufeff", "General", "BRVT"),
        ("a_x0000__xD800_b", "General", "ab"),
        ("   ", "General", None),
    ],
)
def test_values_are_what_a_person_reads(value, form, wanted):
    def shape(sheet):
        sheet["D2"].number_format = form

    [row] = read_table(saved(HEAD, ["An", "x", "y", value], prepare=shape), HEADINGS).rows
    assert row.cells["Giá trị"] == wanted
    assert type(row.cells["Giá trị"]) is type(wanted)


def test_a_formula_gives_its_stored_value_and_shows_itself_where_none_was_stored():
    file = saved(HEAD, ["An", "x", "y", "=1+1"])
    assert read_table(file, HEADINGS).rows[0].cells["Giá trị"] == "=1+1"
    stored = repacked(
        saved(HEAD, ["An", "x", "y", "=1+1"]),
        {
            "xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"<v></v>", b"<v>2</v>").replace(
                b"<v />", b"<v>2</v>"
            )
        },
    )
    assert read_table(stored, HEADINGS).rows[0].cells["Giá trị"] == 2


def test_dates_of_a_1904_workbook():
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)
    book.active.append(HEAD)
    book.active.append(["An", date(2015, 4, 24), "x"])
    file = io.BytesIO()
    book.save(file)
    assert read_table(file, HEADINGS).rows[0].cells["Sinh ngày"] == date(2015, 4, 24)


def test_rows_without_a_known_value_are_left_out_and_hidden_rows_are_read():
    def hide(sheet):
        sheet.row_dimensions[4].hidden = True

    rows = [
        HEAD,
        [],
        ["An", "x", "y"],
        ["Ẩn", "x", "y"],
        [None, None, None, None, "chỉ ghi chú"],
        [" "],
        ["Cuối"],
    ]
    table = read_table(saved(*rows, prepare=hide), HEADINGS)
    assert [(row.number, row.cells["Họ và tên"]) for row in table.rows] == [(3, "An"), (4, "Ẩn"), (7, "Cuối")]


def test_the_first_visible_sheet_unless_one_is_named():
    book = Workbook()
    book.active.title = "Ẩn"
    book.active.sheet_state = "hidden"
    for title in ("Một", "Hai"):
        book.create_sheet(title).append(HEAD)
        book[title].append([title, "x", "y"])
    file = io.BytesIO()
    book.save(file)
    assert read_table(file, HEADINGS).sheet == "Một"
    assert read_table(file, HEADINGS, sheet="hai").rows[0].cells["Họ và tên"] == "Hai"
    with pytest.raises(SheetError, match="“Một”, “Hai”"):
        read_table(file, HEADINGS, sheet="Ba")


def test_a_path_is_read_too(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(saved(HEAD, ["An", "x", "y"]).read())
    assert len(read_table(tmp_path / "a.xlsx", HEADINGS).rows) == 1


def test_pieces_do_not_lose_or_repeat_rows():
    rows = [[f"Người {i}", "x" * (i % 90), f"M-{i}", i] for i in range(5000)]
    table = read_table(saved(HEAD, *rows), HEADINGS)
    assert [row.cells["Giá trị"] for row in table.rows] == list(range(5000))
    assert [row.number for row in table.rows] == list(range(2, 5002))


def test_a_million_coloured_rows_cost_nothing_and_hide_nothing():
    empty = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % n for n in range(2, 1_000_000))
    started = time.process_time()
    assert read_table(with_rows(empty), HEADINGS).rows == []
    assert time.process_time() - started < 2
    short = b"".join(b'<row r="%d" s="1"/>' % n for n in range(2, 150_000))
    [row] = read_table(with_rows(short + b'<row r="150000"><c r="A150000"><v>7</v></c></row>'), HEADINGS).rows
    assert (row.number, row.cells["Họ và tên"]) == (150_000, 7)


def test_rows_and_cells_without_addresses_stand_where_they_stand():
    [row] = read_table(with_rows(b"<row><c/><c><v>5</v></c></row>"), HEADINGS).rows
    assert (row.number, row.cells["Sinh ngày"]) == (2, 5)


def test_prefixed_markup_is_the_same_markup():
    def prefixed(xml):
        xml = (
            xml.replace(b"</", b"</x:")
            .replace(b"<", b"<x:")
            .replace(b"<x:/x:", b"</x:")
            .replace(b"<x:?", b"<?")
        )
        return xml.replace(b"xmlns=", b"xmlns:x=")

    file = repacked(saved(HEAD, ["An", "x", "y", 3]), {"xl/worksheets/sheet1.xml": prefixed})
    assert read_table(file, HEADINGS).rows[0].cells["Giá trị"] == 3


def test_shared_texts_are_read_with_their_runs_and_without_pronunciation():
    rich = b"<si><r><t>An</t></r><r><rPr/><t> B</t></r><rPh><t>ghi</t></rPh></si>"
    file = repacked(
        shared(saved(HEAD, ["An", "x", "y"])),
        {"xl/sharedStrings.xml": lambda xml: xml.replace(b"<si><t>An</t></si>", rich)},
    )
    assert read_table(file, HEADINGS).rows[0].cells["Họ và tên"] == "An B"


def test_coloured_cells_do_not_count_as_rows():
    def paint(sheet):
        for n in range(3, 400):
            sheet.cell(n, 1).fill = PatternFill("solid", fgColor="FFFF00")

    assert len(read_table(saved(HEAD, ["An", "x", "y"], prepare=paint), HEADINGS).rows) == 1

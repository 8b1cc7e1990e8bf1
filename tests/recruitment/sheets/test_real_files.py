"""Tables as offices send them: headings over several rows, sums and sections between, old fonts, hidden rows."""

import io
import re

import pytest

from recruitment.sheets.between import FOOT, NUMBERING, SECTION, TOTAL
from recruitment.sheets.heads import Arranged, Synonyms, key
from recruitment.sheets.package import SheetError
from recruitment.sheets.read import HeadingError, read_table
from tests.recruitment.sheets.books import HEAD, HEADINGS, repacked, saved, shared

PEOPLE = [
    ("Họ và tên", True),
    ("Sinh ngày", True),
    ("Giới tính", True),
    ("Mã tổ chức", True),
    ("Học vấn", False),
]
WORDS = Synonyms(
    sure={"Sinh ngày": (key("Ngày sinh"),), "Học vấn": (key("GDPT"),)},
    likely={"Mã tổ chức": (key("Chi bộ"),)},
    wholes={"Giới tính": {"nam": "Nam", "nu": "Nữ"}},
)


def people(*rows, prepare=None, **options):
    return read_table(saved(*rows, prepare=prepare), PEOPLE, synonyms=WORDS, about_people=True, **options)


def two_rows(*rows, **options):
    """The sheet of office_practice.md §1.2: birth dates of men and women in columns of their own."""

    def merge(sheet):
        for cells in ("A1:G1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:G4"):
            sheet.merge_cells(cells)

    head = [
        ["ĐẢNG ỦY XÃ X"],
        [],
        ["TT", "Họ và tên", "Ngày sinh", None, "Trình độ", None, "Mã tổ chức"],
        [None, None, "Nam", "Nữ", "GDPT", "CM"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
    ]
    return people(*head, *rows, prepare=merge, **options)


def test_two_columns_under_one_heading_tell_birth_date_and_sex():
    table = two_rows(
        [1, "An", "06/05/1990", None, "12/12", "ĐH", "X"], [2, "Bé", None, "1991", None, None, "Y"]
    )
    assert table.missing == [] and table.unknown == ["TT", "Trình độ, CM"]
    assert [list(row.cells.values()) for row in table.rows] == [
        ["An", "06/05/1990", "Nam", "X", "12/12"],
        ["Bé", "1991", "Nữ", "Y", None],
    ]
    an, be = table.rows
    assert (an.address("Sinh ngày"), be.address("Sinh ngày"), be.address("Giới tính")) == ("C6", "D7", "D7")
    assert [(left.number, left.kind) for left in table.left] == [(5, NUMBERING)]


def test_the_same_table_without_its_merges_reads_the_same():
    row = [1, "An", None, "06/05/1990", "12/12", "ĐH", "X"]
    plain = people(
        ["TT", "Họ và tên", "Ngày sinh", None, "Trình độ", None, "Mã tổ chức"],
        [None, None, "Nam", "Nữ", "GDPT", "CM"],
        row,
    )
    assert plain.rows[0].cells == two_rows(row).rows[0].cells


def test_sums_sections_and_signers_are_left_out_and_told():
    table = people(
        ["Họ và tên", "Sinh ngày", "Giới tính", "Mã tổ chức"],
        ["I. Đảng bộ xã X"],
        ["An", "06/05/1990", "Nam", "X"],
        ["Cộng", 1],
        ["Chi bộ thôn 2"],
        ["Bé", "06/05/1990", "Nữ", "Y"],
        ["Lê Văn Cộng", "06/05/1990", "Nam", "Y"],
        ["Tổng cộng: 3 người"],
        [None, None, "X, ngày 3 tháng 2 năm 2015"],
        ["NGƯỜI LẬP BIỂU", None, "BÍ THƯ"],
        ["Trần Thị B", None, "Lê Văn C"],
    )
    assert [row.cells["Họ và tên"] for row in table.rows] == ["An", "Bé", "Lê Văn Cộng"]
    assert [row.section for row in table.rows] == ["I. Đảng bộ xã X", *["Chi bộ thôn 2"] * 2]
    assert [(left.number, left.kind) for left in table.left] == [
        (2, SECTION), (4, TOTAL), (5, SECTION), (8, TOTAL), (9, FOOT), (10, FOOT), (11, FOOT),
    ]  # fmt: skip
    assert table.left[1].said == "Cộng 1"


@pytest.mark.parametrize(
    "row",
    [
        ["An"],
        ["Tổng Thị Cộng Hòa"],
        ["An", "06/05/1990"],
        ["Cộng", "06/05/1990", "Nam", "X"],
        ["Tổng công ty Y", "06/05/1990", None, "X"],
        ["Cộng Hòa", "06/05/1990", "Nam", "X"],
        ["1", "2", "3", "X"],
    ],
)
def test_a_row_that_may_be_data_is_never_left_out(row):
    table = people(["Họ và tên", "Sinh ngày", "Giới tính", "Mã tổ chức"], ["Bé", "x", "Nữ", "Y"], row)
    assert len(table.rows) == 2 and table.left == []


@pytest.mark.parametrize(
    "marks", [["A", "B", 1, 2, 3], [1, 2, 3, 4, 5], ["(1)", "(2)", "(3)=2-1"], [1, 2, 3, 4, "5 = 2*100/3"]]
)
def test_numbers_under_the_headings_are_no_row(marks):
    head = ["STT", "Họ và tên", "Sinh ngày", "Giới tính", "Mã tổ chức"]
    table = people(head, marks, ["1", "An", "x", "Nam", "X"])
    assert len(table.rows) == 1 and table.left[0].kind == NUMBERING


def test_hidden_rows_are_read_and_told_and_formulas_nobody_computed_too():
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True

    rows = [HEAD, ["An", "x", "y", "=1+1"], ["Bé", "x", "y", 2], ["Cúc", "x", "y", None, "=1+2"]]
    table = read_table(saved(*rows, prepare=hide), HEADINGS)
    assert [row.cells["Họ và tên"] for row in table.rows] == ["An", "Bé", "Cúc"]
    assert (table.hidden, table.uncomputed) == ([3], ["D2"])
    prefixed = {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b'hidden="1"', b"hidden='true'")}
    assert read_table(repacked(saved(*rows, prepare=hide), prefixed), HEADINGS).hidden == [3]


def test_what_was_said_of_rows_and_columns_goes_before_the_words():
    file = saved(["Họ và tên", "Sinh ngày"], ["a", "b"], ["x", "An", "y", "Z"])
    arranged = Arranged(2, 1, {"Họ và tên": ["B"], "Mã tổ chức": ["C", "D"], "Giá trị": ["B"]})
    table = read_table(file, HEADINGS, arranged=arranged)
    assert table.heading_row == 2 and table.missing == ["Sinh ngày"]
    assert table.rows[0].cells == {"Họ và tên": "An", "Sinh ngày": None, "Mã tổ chức": "y", "Giá trị": "An"}
    assert table.titles == ["Họ và tên", "Sinh ngày"]


TCVN3 = [["NguyÔn V¨n H¶i", "x", "y"], ["TrÇn ThÞ Bëi", "x", "y"], ["Lª V¨n §µo", "x", "y"]]
VNI = [["Nguyeãn Vaên Haûi", "x", "y"], ["Traàn Thò Böôûi", "x", "y"], ["Leâ Vaên Ñaøo", "x", "y"]]


@pytest.mark.parametrize(("rows", "font"), [(TCVN3, "TCVN3"), (VNI, "VNI")])
def test_old_fonts_are_refused_with_the_way_out(rows, font):
    for head in (HEAD, ["Hä vµ tªn", "Ngµy sinh", "M· tæ chøc"], ["Hoï vaø teân", "Ngaøy sinh", "Maõ soá"]):
        with pytest.raises(SheetError, match=f"phông chữ cũ {font}|phông chữ cũ") as raised:
            read_table(saved(head, *rows), HEADINGS)
        assert "UniKey" in str(raised.value) and not isinstance(raised.value, HeadingError)


def test_foreign_names_are_no_old_font():
    rows = [
        ["Gaëlle Müller", "x", "y"],
        ["Bjørn Åse", "x", "y"],
        *[[f"Nguyễn Văn {c}", "x", "y"] for c in "ABCDEFGHIJ"],
    ]
    assert len(read_table(saved(HEAD, *rows), HEADINGS).rows) == 12
    words = "Khoá hoà loã quỳ ngoéo khuỷu huỳnh Đắk Ðỗ Y-Bliă 5 m² thoả thuận, ghi chú © 2015 ± 3 µm"
    assert len(read_table(saved(HEAD, *[[f"{words} {n}", "x", "y"] for n in range(5)]), HEADINGS).rows) == 5


def test_excels_own_way_of_writing_reads_the_same():
    rows = [HEAD, ["An", "x", "y", 1], ["Cộng", None, None, 1]]
    plain, packed = saved(*rows).read(), shared(saved(*rows)).read()
    one, two = (read_table(io.BytesIO(data), HEADINGS) for data in (plain, packed))
    assert [row.cells for row in one.rows] == [row.cells for row in two.rows]
    assert one.left == two.left and re.match("Cộng", one.left[0].said)

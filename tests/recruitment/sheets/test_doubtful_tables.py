"""Tables of which a program must not guess: what may be data is data, and where two columns may be meant a person says."""

from datetime import date

import pytest

from recruitment import fields
from recruitment.imports.layout import table
from recruitment.sheets.between import FOOT, SECTION, TOTAL
from recruitment.sheets.read import HeadingError
from tests.recruitment.sheets.books import repacked, saved

pytestmark = pytest.mark.once
PERSON = [
    "Mã tổ chức",
    "Họ và tên",
    "Sinh ngày",
    "Giới tính",
    "Ngày đưa vào nguồn",
    "Nghề nghiệp",
    "Đoàn viên",
]
AN = ["C", "An", "06/05/1990", "Nam", "01/02/2015"]


def merging(*spans):
    return lambda sheet: [sheet.merge_cells(span) for span in spans]


@pytest.mark.parametrize(
    ("below", "row", "members"),
    [
        (["Chính thức", "Dự bị", "Tổng số"], [27, 3, 30], (30, 3)),
        (["Nam", "Nữ", "Tổng"], [10, 20, 30], (30, None)),
        (["Tổng số", "Trong đó", None], [30, 12, 18], (30, None)),
    ],
)
def test_the_sum_under_a_heading_is_what_the_heading_says(below, row, members):
    head = [["Mã tổ chức", "Ngày", "Số đảng viên"], [None, None, *below], ["X", "31/12/2014", *row]]
    for prepare in (None, merging("A1:A2", "B1:B2", "C1:E1")):
        found = table("headcounts", saved(*head, prepare=prepare))
        [line] = found.rows
        assert (line.cells["Số đảng viên"], line.cells["Dự bị"]) == members
        assert found.left == [] and len(found.unknown) == (1 if members[1] else 2)


def test_a_column_without_a_heading_is_told():
    rows = [["Mã tổ chức", "Ngày", "Số đảng viên"], ["X", "31/12/2014", 27, 3]]
    assert table("headcounts", saved(*rows)).unknown == ["(cột D không có tiêu đề)"]


SIDE_BY_SIDE = ["Mã tổ chức", "Giới tính", "Họ tên", "Ngày sinh", "Họ tên", "Ngày sinh", "Ngày đưa vào nguồn"]
ADMITTED = ["Họ và tên", "Sinh ngày", "Giới tính", "Mã tổ chức"]


@pytest.mark.parametrize(
    ("kind", "rows", "merged"),
    [
        ("headcounts", [["Mã tổ chức", "Ngày", "Số đảng viên"], [None, None, "Nam", "Nữ"], ["X", "1/1/2014", 1, 2]], ()),
        ("headcounts", [["Mã tổ chức", "Ngày", "Số đảng viên"], ["X", "1/1/2014", 1, 2]], ("C1:D1",)),
        ("candidates", [["Mã tổ chức", "Giới tính", "Người giới thiệu", None, "Quần chúng", None, "Ngày đưa vào nguồn"],
                        [None, None, *SIDE_BY_SIDE[2:6]], ["C", "Nam", "A", "1/1/1970", "B", "1/1/1990", "1/1/2015"]], ()),
        ("candidates", [["Họ tên", "Sinh ngày", "Giới tính", "Mã tổ chức", "Ngày đưa vào nguồn",
                         "Họ và tên (vợ hoặc chồng)"], ["An", "1/1/1990", "Nam", "C", "1/1/2015", "Bình"]], ()),
        ("admissions", [[*ADMITTED, "Kết nạp", None, "Công nhận chính thức"],
                        [None] * 4 + ["Số QĐ", "Ngày QĐ", "Số quyết định", "Ngày quyết định"],
                        ["An", "1/1/1990", "Nam", "C", "1", "1/1/2015", "2", "1/1/2016"]], ()),
    ],
)  # fmt: skip
def test_two_columns_that_may_both_be_meant_are_asked_about(kind, rows, merged):
    with pytest.raises(HeadingError, match="có hai lần|không cột nào ghi là tổng"):
        table(kind, saved(*rows, prepare=merging(*merged)))


@pytest.mark.parametrize(
    ("men", "women", "said"),
    [
        ("06/05/1990", None, ("Nam", "06/05/1990")),
        ("-", "1991", ("Nữ", "1991")),
        (0, "Không", (None, None)),
        ("06/05/1990", "01/02/1991", ("cả hai cột Nam và Nữ đều có chữ",) * 2),
    ],
)
def test_of_two_columns_the_one_that_says_something_tells_the_sex(men, women, said):
    head = [["Họ và tên", "Ngày sinh", None, "Mã tổ chức", "Ngày đưa vào nguồn"], [None, "Nam", "Nữ"]]
    [row] = table("candidates", saved(*head, ["An", men, women, "C", "01/02/2015"])).rows
    assert (row.cells["Giới tính"], row.cells["Sinh ngày"]) == said


def test_ones_and_noughts_tell_the_sex_too():
    head = ["Họ và tên", "Sinh ngày", "Nam", "Nữ", "Mã tổ chức", "Ngày đưa vào nguồn"]
    people = [["An", "06/05/1990", 1, 0, "C", "01/02/2015"], ["Bé", "06/05/1990", 0, 1, "C", "01/02/2015"]]
    assert [row.cells["Giới tính"] for row in table("candidates", saved(head, *people)).rows] == ["Nam", "Nữ"]


@pytest.mark.parametrize(
    ("kind", "head", "row"),
    [
        ("candidates", [*PERSON, "Ghi chú"], [*AN, None, None, "Tổng cộng 30 tháng công tác"]),
        ("candidates", [*PERSON, "Ghi chú"], [None, *AN[1:], None, None, "Tổng cộng 30 tháng công tác"]),
        ("candidates", PERSON, ["C", "Lê Thị B", None, None, None, "Bí thư chi đoàn"]),
        ("candidates", PERSON, [None, "Lê Thị D", "ngày 3 tháng 2 năm 1990"]),
        ("candidates", PERSON, [None, "Lê Thị X", None, None, None, None, "X"]),
        ("candidates", PERSON, [None, "Cộng", "01/02/1990", "Nam", "01/02/2015"]),
        ("reported", ["Mã tổ chức", "Từ ngày", "Đến ngày", "Chỉ tiêu báo cáo", "Giá trị"],
         ["X", "01/01/2014", "31/12/2014", "Tổng số đảng viên", 30]),
        ("quotas", ["Mã kế hoạch", "Mã tổ chức", "Chỉ tiêu", "Lý do"], ["KH", "X", 5, "Cộng 2 người giao bổ sung"]),
        ("quotas", ["Mã kế hoạch", "Mã tổ chức", "Chỉ tiêu", "Lý do"], ["KH", None, 5, "Cộng 2 người giao bổ sung"]),
    ],
)  # fmt: skip
def test_a_row_that_lacks_something_is_told_as_faulty_and_not_passed_over(kind, head, row):
    first = AN if kind == "candidates" else [*row[:2], "5"] if kind == "quotas" else row
    found = table(kind, saved(head, first, row, first))
    assert (len(found.rows), found.left) == (3, [])


def test_nobody_signs_between_rows_of_data():
    signer, other = [None, "Bí thư Lê Văn B"], [None, "Trần Thị C"]
    ended = table("candidates", saved(PERSON, AN, signer, other))
    assert [(one.number, one.kind) for one in ended.left] == [(3, FOOT), (4, FOOT)]
    goes_on = table("candidates", saved(PERSON, AN, signer, other, AN))
    assert [row.number for row in goes_on.rows] == [2, 3, 4, 5] and goes_on.left == []
    dated = table("candidates", saved(PERSON, AN, signer, [None, "Lê Thị D", "03/02/1990"]))
    assert [row.number for row in dated.rows] == [2, 4], "a day is no signer's"


def test_what_says_itself_what_it_is_is_still_left_out():
    head = ["TT", *PERSON]
    rows = [["I", None, "Đảng bộ xã X"], [1, *AN], [None, None, "Cộng", 1], ["Tổng cộng", None, None, 1]]
    found = table("candidates", saved(head, *rows))
    assert [one.kind for one in found.left] == [SECTION, TOTAL, TOTAL] and len(found.rows) == 1
    counts = saved(["Mã tổ chức", "Ngày", "Số đảng viên"], ["X", "1/1/2014", 5], ["Tổng cộng", "1/1/2014", 5])
    assert [one.kind for one in table("headcounts", counts).left] == [TOTAL]
    signed = ["NGƯỜI LẬP", None, "TM. BAN THƯỜNG VỤ"], ["Lê A", None, "Trần B"]
    counts = saved(["Mã tổ chức", "Ngày", "Số đảng viên"], ["X", "1/1/2014", 5], *signed)
    assert [one.kind for one in table("headcounts", counts).left] == [FOOT, FOOT]


def test_cells_merged_down_a_column_are_read_in_each_row_but_numbers_are_not():
    rows = [
        ["Mã tổ chức", "Ngày", "Số đảng viên", "Dự bị"],
        ["X", date(2014, 12, 31), 30, 3],
        ["Y", None, 12, None],
        [None, None, None, None, "chỉ ghi chú"],
        ["Z", None, 7, None],
    ]
    found = table("headcounts", saved(*rows, prepare=merging("B2:B4", "D2:D3")))
    assert [(row.cells["Ngày"], row.cells["Dự bị"]) for row in found.rows] == [
        (date(2014, 12, 31), 3), (date(2014, 12, 31), None), (None, None),
    ]  # fmt: skip
    assert found.merged == ["B2:B4", "D2:D3"]


def test_a_formula_told_elsewhere_and_never_computed_is_told():
    file = saved(PERSON, [*AN, "=1+1"])
    shared = {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"<f>1+1</f>", b'<f t="shared" si="0"/>')}
    for one in (file, repacked(file, shared)):
        found = table("candidates", one)
        assert found.uncomputed == ["F2"]
        with pytest.raises(ValueError, match="công thức"):
            fields.text(160)(found.rows[0].cells["Nghề nghiệp"])


@pytest.mark.parametrize("broken", ["#N/A", "#REF!", "#NAME?", "#SPILL!", "Err:502", "=VLOOKUP(A1;B:C;2)"])
def test_what_a_spreadsheet_could_not_compute_is_no_text(broken):
    for sort in (fields.text(160), fields.name(80)):
        with pytest.raises(ValueError, match="bảng tính"):
            sort(broken)
    assert fields.text(160)("=> đã gửi, #1") == "=> đã gửi, #1"

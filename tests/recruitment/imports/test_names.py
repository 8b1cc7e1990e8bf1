"""Committees by name in place of codes, and the national sheet: what a department really has."""

import json
import unicodedata

import pytest

from committees.models import Headcount
from recruitment.imports.layout import table
from recruitment.imports.load import check, load, load_file, read
from recruitment.models import Admission, Candidacy
from tests.recruitment.sheets.books import raw, saved

from .conftest import COMMITTEES, committee_rows

pytestmark = pytest.mark.django_db
MORE = [
    ("T-H2-Y", "Đảng bộ xã Y", "Đảng bộ cơ sở", "T-H2", None, None),
    ("T-H2-Y-1", "Chi bộ thôn 1", "Chi bộ trực thuộc", "T-H2-Y", None, None),
    ("T-H2-Y-2", "Chi bộ thôn 2", "Chi bộ trực thuộc", "T-H2-Y", "01/01/2016", None),
]


@pytest.fixture
def twins(register):
    """A second commune, whose cells are called as those of the first."""
    assert load("committees", committee_rows([*COMMITTEES, *MORE]), name="thêm").new == len(MORE)


def judged(name, actor=None, day="31/12/2014"):
    """(the codes that would be written, the faults) of a headcount for a committee of that name."""
    file = saved(["Mã tổ chức", "Ngày", "Số đảng viên"], [name, day, 9])
    found = check("headcounts", read("headcounts", file, "x"), actor)
    codes = dict(zip(found.kind.known.structure.ids, found.kind.known.structure.codes, strict=True))
    return [codes[row.committee_id] for row in found.kind.fresh], found.faults


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Đảng bộ xã X", "T-H1-X"),
        ("ĐẢNG ỦY XÃ  X", "T-H1-X"),
        (unicodedata.normalize("NFD", "đảng bộ xã x"), "T-H1-X"),
        ("xã X", "T-H1-X"),
        ("Chi bộ cơ quan", "T-H2-C"),
        ("Chi bộ thôn 1, Đảng bộ xã Y", "T-H2-Y-1"),
        ("thôn 1 (xã X)", "T-H1-X-1"),
        ("Chi bộ thôn 1 - Đảng bộ xã Y - Đảng bộ huyện Hai", "T-H2-Y-1"),
        ("Chi bộ thôn 1; huyện Một", "T-H1-X-1"),
        ("T-H1-X", "T-H1-X"),
    ],
)
def test_a_name_is_read_as_its_committee(name, code, twins):
    assert judged(name) == ([code], [])


def test_a_name_is_that_of_the_row_s_day(twins):
    """“Chi bộ thôn 2” was one cell until 2015, another from 2016."""
    assert judged("Chi bộ thôn 2", day="31/12/2015")[0] == ["T-H1-X-2"]
    assert judged("Chi bộ thôn 2", day="01/01/2016")[0] == ["T-H2-Y-2"]


def test_a_name_of_several_asks_which_and_names_them(twins):
    codes, [fault] = judged("Chi bộ thôn 1")
    assert codes == [] and fault.cell == "A2" and fault.value == "Chi bộ thôn 1"
    assert "có 2 tổ chức tên này, T-H1-X-1 (Đảng bộ xã X), T-H2-Y-1 (Đảng bộ xã Y)" in fault.wanted
    codes, [fault] = judged("Chi bộ thôn 1, xã Z")
    assert codes == [] and "hoặc đúng tên" in fault.wanted


def test_names_reach_no_further_than_the_account(twins, give):
    alice, bob = give("alice", "staff", "T-H1"), give("bob", "staff", "T-H2")
    assert judged("Chi bộ thôn 1", alice) == (["T-H1-X-1"], []), (
        "the other is out of reach: not ambiguous, not told"
    )
    assert judged("Chi bộ thôn 1", bob) == (["T-H2-Y-1"], [])
    # A name that stands elsewhere and one that stands nowhere read the same.
    (_, [there]), (_, [nowhere]) = judged("Chi bộ cơ quan", alice), judged("Chi bộ cơ quam", alice)
    assert there.wanted == nowhere.wanted and "T-H2" not in there.wanted


NATIONAL = [
    "STT", "ID", "Họ và tên *", "Tên gọi khác", "Giới tính *", "Sinh ngày * (dd/mm/yyyy)", "Dân tộc *", "Tôn giáo *",
    "Số định danh cá nhân *", "Số thẻ Đảng* (12 số theo HD38-HD/BTCTW)", "Nơi cấp thẻ Đảng",
    "Ngày cấp thẻ Đảng (dd/mm/yyyy)", "Số thẻ theo Đảng quyết định 85", "Tổ chức Đảng đang sinh hoạt * (không sửa)",
    "Nơi đăng ký khai sinh - Quốc gia *", "Nơi đăng ký khai sinh - Tỉnh *", "Nơi đăng ký khai sinh - Địa chỉ chi tiết *",
    "Quê quán (theo mô hình 2 cấp) - Quốc gia *", "Quê quán (theo mô hình 2 cấp) - Tỉnh *",
    "Quê quán (theo mô hình 2 cấp) - Địa chỉ chi tiết *", "Thường trú (theo mô hình 2 cấp) - Quốc gia *",
    "Thường trú (theo mô hình 2 cấp) - Tỉnh *", "Thường trú (theo mô hình 2 cấp) - Địa chỉ chi tiết *",
    "Ngày vào Đảng* (dd/mm/yyyy)", "Ngày vào Đảng chính thức* (dd/mm/yyyy)", "Số CMND cũ (nếu có)",
    "Trạng thái hoạt động", "Ngày rời khỏi/ Ngày mất/ Ngày miễn sinh hoạt Đảng (dd/mm/yyyy)",
]  # fmt: skip


def member(name, citizen_id, cell, status="Đang sinh hoạt Đảng"):
    said = {
        "STT": 1, "Họ và tên *": name, "Giới tính *": "Nữ", "Sinh ngày * (dd/mm/yyyy)": "14/03/1990", "Dân tộc *": "Kinh",
        "Tôn giáo *": "Không", "Số định danh cá nhân *": citizen_id, "Tổ chức Đảng đang sinh hoạt * (không sửa)": cell,
        "Quê quán (theo mô hình 2 cấp) - Địa chỉ chi tiết *": "xã X", "Ngày vào Đảng* (dd/mm/yyyy)": "19/05/2014",
        "Ngày vào Đảng chính thức* (dd/mm/yyyy)": "19/05/2015", "Trạng thái hoạt động": status,
    }  # fmt: skip
    return [said.get(heading) for heading in NATIONAL]


MEMBERS = [
    member("Lê Thị Tám", "079190000123", "Chi bộ thôn 1, Đảng bộ xã X"),
    member("Ngô Thị Lan", "079190000124", "Chi bộ thôn 2", "Đã chuyển sinh hoạt"),
]


@pytest.mark.parametrize("extra", [0, 5])
def test_the_national_sheet_is_known_and_loads_as_it_comes(extra, register):
    """28 columns, and 33 of them; written by hand, no library in between."""
    more = [f"Cột thêm {n}" for n in range(extra)]
    file = raw(**{"Đảng viên": [["BIỂU MẪU"], [*NATIONAL, *more], *([*row, *more] for row in MEMBERS)]})
    report = load_file("admissions", file, name="x")
    assert report.new == 2 and not report.faults, [str(fault) for fault in report.faults]
    rows = Admission.objects.values_list(
        "person__citizen_id", "decided_on", "ceremony_on", "official_on", "cell__code"
    )
    assert [(who, *map(str, days), code) for who, *days, code in rows.order_by("person__citizen_id")] == [
        ("079190000123", "2014-05-19", "2014-05-19", "2015-05-19", "T-H1-X-1"),
        ("079190000124", "2014-05-19", "2014-05-19", "2015-05-19", "T-H1-X-2"),
    ]
    assert set(Admission.objects.values_list("person__native_place", flat=True)) == {"xã X"}
    found = table("admissions", file)
    assert [(left.number, left.said) for left in found.gone] == [(4, "Đã chuyển sinh hoạt")]
    assert "STT" in found.unknown and "Trạng thái hoạt động" not in found.unknown


def test_of_candidates_the_national_sheet_lacks_one_day_only(register):
    found = table("candidates", raw(Tờ=[NATIONAL, *MEMBERS]))
    assert found.missing == ["Ngày đưa vào nguồn"] and not Candidacy.objects.exists()


def test_the_command_tells_what_it_left_out_and_writes_the_rest(register, run, tmp_path):
    path = tmp_path / "số liệu.xlsx"
    head = ["Mã tổ chức *", "Ngày (dd/mm/yyyy)", "Số đảng viên"]
    rows = [
        ["ĐẢNG BỘ HUYỆN MỘT"],
        [],
        head,
        ["(1)", "(2)", "(3)"],
        ["xã X", "31.12.2014", "1.017"],
        ["Tổng cộng", None, "1.017"],
    ]
    path.write_bytes(raw(Biểu=rows).read())
    said = run("load", "headcounts", path, "--json")
    assert said.code == 0 and (said.json["new"], said.json["rows"]) == (1, 1)
    assert [(left["row"], left["kind"]) for left in said.json["left_out"]] == [(4, "numbering"), (6, "total")]
    assert json.dumps(said.json) and Headcount.objects.get().members == 1017
    assert "không đọc: 4, 6" in run("load", "headcounts", path, "--dry-run").out

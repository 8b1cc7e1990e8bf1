"""Single rows, one rule each: what is taken, what is refused and what the refusal says."""

from datetime import date

import pytest

from committees import journal
from committees.models import Committee
from recruitment.imports import fields
from recruitment.imports.load import load
from recruitment.imports.undo import unload
from recruitment.models import Admission, Candidacy, Certificate, Person, Plan, Quota

pytestmark = pytest.mark.django_db


def committee(code, kind, above=None, since=None, until=None, name="Tên"):
    return {
        "Mã tổ chức": code, "Tên tổ chức đảng": name, "Loại": kind, "Mã cấp trên": above, "Từ ngày": since,
        "Đến ngày": until,
    }  # fmt: skip


PROVINCE, UPPER, PARTY = "Đảng bộ tỉnh", "Đảng bộ cấp trên trực tiếp cơ sở", "Đảng bộ cơ sở"
BASE_CELL, SECTION, CELL = "Chi bộ cơ sở", "Đảng bộ bộ phận", "Chi bộ trực thuộc"
ALL = [PROVINCE, UPPER, PARTY, BASE_CELL, SECTION, CELL]
LAWFUL = {
    (None, PROVINCE), (PROVINCE, UPPER), (PROVINCE, PARTY), (PROVINCE, BASE_CELL), (UPPER, PARTY),
    (UPPER, BASE_CELL), (UPPER, CELL), (PARTY, SECTION), (PARTY, CELL), (SECTION, CELL),
}  # fmt: skip
ABOVE = {  # a lawful road down to a committee of each kind
    PROVINCE: [("A", PROVINCE, None)],
    UPPER: [("P", PROVINCE, None), ("A", UPPER, "P")],
    PARTY: [("P", PROVINCE, None), ("A", PARTY, "P")],
    BASE_CELL: [("P", PROVINCE, None), ("A", BASE_CELL, "P")],
    SECTION: [("P", PROVINCE, None), ("D", PARTY, "P"), ("A", SECTION, "D")],
    CELL: [("P", PROVINCE, None), ("D", PARTY, "P"), ("A", CELL, "D")],
}


def faults(kind, *rows):
    """Load as the operator; the faults, after making sure that a refusal wrote nothing."""
    head = journal.head()
    report = load(kind, rows, name="thử")
    if report.faults:
        assert journal.head() == head and report.batch is None
    return [(fault.cell, fault.wanted) for fault in report.faults]


@pytest.mark.parametrize("above", [None, *ALL])
@pytest.mark.parametrize("kind", ALL)
def test_lawful_pairs(db, above, kind):
    road = [committee(code, its, up) for code, its, up in ABOVE.get(above, ())]
    found = faults("committees", committee("X", kind, "A" if above else None), *road)
    assert bool(found) == ((above, kind) not in LAWFUL)
    if found:
        assert found[0][0] == "dòng 2, cột Loại" and kind in found[0][1]


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ([committee("A", PROVINCE, "A")], ["dòng 2, cột Mã cấp trên"]),
        ([committee("A", UPPER, "B"), committee("B", UPPER, "C"), committee("C", UPPER, "A"),
          committee("D", PARTY, "A")], ["dòng 2, cột Mã cấp trên"]),
        # Two levels under a row whose kind cannot be read, with no day of its own.
        ([committee("A", CELL, "B"), committee("B", PARTY, "C"), committee("C", "Đảng bộ", None)],
         ["dòng 4, cột Loại"]),
        ([committee("A", PROVINCE), committee("A", PROVINCE)], ["dòng 3, cột Mã tổ chức"]),
        ([committee("A", PROVINCE, "Z")], ["dòng 2, cột Mã cấp trên"]),
        ([committee("A", UPPER, "P", "31/12/1999"), committee("P", PROVINCE, None, "01/01/2000")],
         ["dòng 2, cột Mã cấp trên"]),
        ([committee("A", PROVINCE, None, "02/01/2000", "01/01/2000")], ["dòng 2, cột Đến ngày"]),
    ],
)  # fmt: skip
def test_committees_refused(db, rows, cells):
    assert [cell for cell, _ in faults("committees", *rows)] == cells


def test_a_known_code_with_other_content_is_a_fault(register):
    [(cell, wanted)] = faults("committees", committee("T-H1", UPPER, "T", name="Đảng bộ huyện Mới"))
    assert cell == "dòng 2, cột Mã tổ chức" and "dùng reorganisations" in wanted
    assert not faults("committees", committee("T-H1", UPPER, "T", name="Đảng bộ huyện Một"))


@pytest.mark.parametrize("code", ["A", "a.b-c_D9", "9", "x" * 40, "ĐB-01", "-A"])
def test_codes(code):
    assert fields.code(f" {code} ") == code


@pytest.mark.parametrize("code", ["a b", "a/b", "x" * 41, "A,B", "..", "a\nb"])
def test_no_codes(code):
    with pytest.raises(ValueError, match="1–40"):
        fields.code(code)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("079190000123", "079190000123"), (79190000123, "079190000123"), (1190000123, "001190000123"),
        ("079 190 000 123", "079190000123"), (123456789, "123456789"), (12345678, "012345678"), ("  ", None),
    ],
)  # fmt: skip
def test_citizen_ids(written, stored):
    assert fields.citizen_id(written) == stored


@pytest.mark.parametrize("written", ["79190000123", 1234567890123, "07919000012X", 12.5, "12345678"])
def test_no_citizen_ids(written):
    with pytest.raises(ValueError, match="12 chữ số"):
        fields.citizen_id(written)


def test_schooling_that_excel_took_for_a_day_is_read_back():
    assert fields.schooling(date(2026, 12, 12)) == "12/12"
    assert fields.schooling(date(2026, 12, 9)) == "9/12"


def quota(target, day=None, **more):
    return {"Mã kế hoạch": "KH", "Mã tổ chức": "T", "Chỉ tiêu": target, "Hiệu lực từ": day, **more}


@pytest.mark.parametrize(
    "written", ["0", 0, "9.352", "170-200", "170 – 200", "1.170-1.200", "7%", "3,5 %", "100%"]
)
def test_targets(plan, written):
    assert not faults("quotas", quota(written))


@pytest.mark.parametrize("written", [-1, "-1", "200-170", "9.35", 0.07, "101%", "bảy", "7,5", "1-2-3", True])
def test_no_targets(plan, written):
    [(cell, wanted)] = faults("quotas", quota(written))
    assert cell == "dòng 2, cột Chỉ tiêu" and "170-200" in wanted


def test_two_values_for_one_day_are_a_fault_in_the_file_and_against_the_register(plan):
    [(cell, wanted)] = faults("quotas", quota(5), quota(6, "01/01/2011"))  # an empty day is the plan's first
    assert cell == "dòng 3, cột Chỉ tiêu" and "dòng 2" in wanted
    assert not faults("quotas", quota(5), quota("5", "01/01/2011"))
    assert Quota.objects.count() == 1
    [(cell, wanted)] = faults("quotas", quota(6))
    assert cell == "dòng 2, cột Chỉ tiêu" and "01/01/2011" in wanted
    assert not faults("quotas", quota(6, "01/07/2012"), quota("5-6", Nhóm="Nữ"))
    assert Quota.objects.count() == 3


def test_a_target_after_the_plan_or_of_an_ended_committee_is_refused(plan):
    assert faults("quotas", quota(5, "01/01/2016"))[0][0] == "dòng 2, cột Hiệu lực từ"
    assert not faults("quotas", quota(5, "31/12/2015"))


def plan_row(code, previous=None, **more):
    return {
        "Mã kế hoạch": code, "Tên": "K", "Cơ quan ban hành": "Tỉnh ủy", "Từ ngày": "01/01/2011",
        "Đến ngày": "31/12/2015", "Kế hoạch trước": previous, **more,
    }  # fmt: skip


def test_plans_in_a_ring_or_ending_before_they_begin(register):
    assert [cell for cell, _ in faults("plans", plan_row("A", "B"), plan_row("B", "A"))] == [
        "dòng 2, cột Kế hoạch trước",
        "dòng 3, cột Kế hoạch trước",
    ]
    assert faults("plans", plan_row("A", "A"))[0][0] == "dòng 2, cột Kế hoạch trước"
    assert faults("plans", plan_row("A", **{"Đến ngày": "31/12/2010"}))[0][0] == "dòng 2, cột Đến ngày"
    assert not faults("plans", plan_row("A", **{"Đến ngày": "01/01/2011"}))  # one day is a period


def test_a_known_plan_is_given_a_plan_before_it(register):
    assert not faults("plans", plan_row("A"))
    report = load("plans", [plan_row("A", "Z"), plan_row("Z")], name="thử")
    assert (report.new, report.changed) == (1, 1)
    assert Plan.objects.get(code="A").previous.code == "Z"
    assert [cell for cell, _ in faults("plans", plan_row("Z", "A"))] == ["dòng 2, cột Kế hoạch trước"]


# People ----------------------------------------------------------------------------------------------


def person(name="Lê Văn Tám", born="14/03/1990", cell="T-H1-X-1", number=None, **more):
    return {
        "Họ và tên": name, "Sinh ngày": born, "Giới tính": "Nam", "Mã tổ chức": cell,
        "Số định danh cá nhân": number, **more,
    }  # fmt: skip


def admitted(day="19/05/2014", **more):
    return person(**{"Ngày quyết định": day, **more})


def followed(day="01/02/2014", **more):
    return person(**{"Ngày đưa vào nguồn": day, **more})


@pytest.mark.parametrize(
    ("row", "heading"),
    [
        ({"cell": "T-H1-X"}, "Mã tổ chức"),  # no chi bộ
        ({"cell": "T-H1-X-9"}, "Mã tổ chức"),
        ({"cell": "T-H1-X-2", "day": "01/01/2016"}, "Ngày quyết định"),  # ended the day before
        (
            {"cell": "T-H1-X-2", "day": "31/12/2004", "born": "14/03/1980"},
            "Ngày quyết định",
        ),  # founded the day after
        ({"day": "01/01/2999"}, "Ngày quyết định"),
        ({"born": "01/06/1996"}, "Sinh ngày"),  # 18 only next month
        ({"Ngày kết nạp": "18/05/2014"}, "Ngày kết nạp"),
        ({"Ngày kết nạp": "03/06/2014", "Ngày chính thức": "03/06/2014"}, "Ngày chính thức"),
        ({"number": "79190000123"}, "Số định danh cá nhân"),
        ({"Đoàn viên": "chưa rõ"}, "Đoàn viên"),
        ({"name": "x" * 81}, "Họ và tên"),
    ],
)
def test_admissions_refused(register, row, heading):
    assert [cell for cell, _ in faults("admissions", admitted(**row))] == [f"dòng 2, cột {heading}"]


def test_eighteen_is_reached_in_the_month_of_birth(register):
    assert not faults("admissions", admitted(born="31/05/1996"))


def test_a_number_that_is_someone_elses_is_a_fault(register):
    assert not faults("admissions", admitted(number="079190000123"))
    [(cell, wanted)] = faults("admissions", admitted(name="Trần Văn Hai", number="079190000123"))
    assert cell == "dòng 2, cột Số định danh cá nhân" and "Tám" not in wanted and "1990" not in wanted
    other_birth = admitted(born="15/03/1990", number="079190000123")
    assert [
        cell for cell, _ in faults("candidates", followed(**{"born": "15/03/1990", "number": "079190000123"}))
    ]
    assert [cell for cell, _ in faults("admissions", other_birth)] == ["dòng 2, cột Số định danh cá nhân"]
    twice = [followed(number="079190000999"), followed(number="079190000999", name="Ai khác", cell="T-H2-C")]
    assert [cell for cell, _ in faults("candidates", *twice)] == ["dòng 3, cột Số định danh cá nhân"]


def test_nobody_is_admitted_twice(register):
    assert not faults("admissions", admitted(number="079190000123"), admitted(name="Không Số"))
    # With the number: anywhere; without it: of the same name and birth date in the same cell.
    [(cell, wanted)] = faults("admissions", admitted("20/05/2014", cell="T-H2-C", number="079190000123"))
    assert cell == "dòng 2, cột Họ và tên" and "19/05/2014" in wanted
    [(cell, wanted)] = faults("admissions", admitted("20/05/2014", name="KHÔNG SỐ"))
    assert cell == "dòng 2, cột Họ và tên" and "Số định danh cá nhân" in wanted
    assert not faults(
        "admissions", admitted("20/05/2014", name="Không Số", cell="T-H2-C")
    )  # a namesake elsewhere
    rows = [
        admitted(name="Mới", number="079190000777"),
        admitted("21/05/2014", name="Mới", number="079190000777"),
    ]
    assert [cell for cell, _ in faults("admissions", *rows)] == ["dòng 3, cột Họ và tên"]
    rows = [admitted(name="Mới"), admitted("21/05/2014", name="mới")]
    assert [cell for cell, _ in faults("admissions", *rows)] == ["dòng 3, cột Họ và tên"]
    assert Admission.objects.count() == 3


def test_one_candidate_is_not_admitted_by_two_rows(register):
    assert not faults("candidates", followed(number="079190000123"))
    rows = [admitted(number="079190000123"), admitted("20/05/2014")]
    assert [cell for cell, _ in faults("admissions", *rows)] == ["dòng 3, cột Họ và tên"]


def test_a_cancelled_admission_stays_cancelled_and_another_may_follow(register):
    row = admitted(number="079190000123")
    assert not faults("admissions", row)
    with journal.pen(None, "test"):
        admission = Admission.objects.get()
        admission.cancelled_on = date(2014, 6, 1)
        admission.save()
    assert load("admissions", [row], name="thử").same == 1
    assert Admission.objects.get().cancelled_on
    assert not faults("admissions", admitted("20/07/2014", number="079190000123"))
    assert Admission.objects.count() == 2 and Person.objects.count() == 1


def test_a_number_learnt_later_goes_to_the_person_and_back(register, register_content):
    load("admissions", [admitted()], name="thử")
    before = register_content()
    report = load("admissions", [admitted(number="079190000123")], name="thử")
    assert (report.new, report.changed) == (0, 1)
    assert Person.objects.get().citizen_id == "079190000123"
    assert unload(report.batch).kept == []
    assert register_content() == before


def test_an_admission_before_the_candidacy_does_not_belong_to_it(register):
    assert not faults("candidates", followed("01/06/2014"))
    assert not faults("admissions", admitted())
    assert Admission.objects.get().candidacy is None and Candidacy.objects.get().stage == "source"
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "heading"),
    [
        ({"born": "01/02/2014"}, "Sinh ngày"),
        ({"Số chứng nhận": "12"}, "Ngày chứng nhận"),
        ({"Ngày chứng nhận": "14/03/1990"}, "Ngày chứng nhận"),
        ({"Bước": "Đảng viên chính thức"}, "Bước"),
        ({"day": None}, "Ngày đưa vào nguồn"),
    ],
)
def test_candidates_refused(register, row, heading):
    assert [cell for cell, _ in faults("candidates", followed(**row))] == [f"dòng 2, cột {heading}"]


def test_one_cell_follows_a_person_once_at_a_time(register):
    assert not faults("candidates", followed())
    [(cell, wanted)] = faults("candidates", followed("01/03/2014"))
    assert cell == "dòng 2, cột Họ và tên" and "01/02/2014" in wanted
    rows = [followed(name="Mới"), followed("02/02/2014", name="Mới")]
    assert [cell for cell, _ in faults("candidates", *rows)] == ["dòng 3, cột Họ và tên"]


def test_two_cells_may_follow_one_person_with_one_certificate(register):
    certified = {"number": "079190000123", "Ngày chứng nhận": "20/08/2014"}
    assert not faults("candidates", followed(**certified), followed(cell="T-H2-C", **certified))
    assert (Person.objects.count(), Candidacy.objects.count(), Certificate.objects.count()) == (1, 2, 1)
    both = {"number": "079190000123", "Ngày chứng nhận": "20/09/2014"}
    rows = [followed(**both), followed(cell="T-H2-C", **both, **{"Dân tộc": "Tày"})]
    report = load("candidates", rows, name="thử")
    assert (report.changed, report.faults) == (2, [])
    assert Certificate.objects.count() == 2 and Person.objects.get().ethnicity == "Tày"


def test_two_rows_that_change_one_person_both_count(register):
    number = {"number": "079190000123"}
    assert not faults("candidates", followed(**number), followed(cell="T-H2-C", **number))
    load(
        "candidates",
        [
            followed(**number, **{"Học vấn": "12/12"}),
            followed(cell="T-H2-C", **number, **{"Nghề nghiệp": "Nông dân"}),
        ],
        name="thử",
    )
    person = Person.objects.get()
    assert (person.education, person.occupation) == ("12/12", "Nông dân")


def test_an_old_file_moves_nobody_back(register):
    assert not faults("candidates", followed(**{"Bước": "Chờ quyết định"}))
    assert load("candidates", [followed(**{"Bước": "Trong danh sách nguồn"})], name="thử").same == 1


def test_a_fault_is_one_line_whatever_the_cell_holds(register):
    report = load("admissions", [admitted(cell="T\nT" + "x" * 200)], name="thử")
    assert "\n" not in str(report.faults[0]) and len(str(report.faults[0])) < 250


def test_a_mistyped_code_is_answered_with_the_nearest(register):
    [(_, wanted)] = faults("headcounts", {"Mã tổ chức": "T-H1-X-l", "Ngày": "31/12/2010", "Số đảng viên": 5})
    assert "T-H1-X-1" in wanted or "T-H1-X" in wanted
    assert Committee.objects.count() == 7

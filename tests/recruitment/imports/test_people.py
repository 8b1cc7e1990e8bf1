"""Rows about people, one rule each: who is who, who was admitted already, what a second row may say."""

from datetime import date

import pytest

from committees import journal
from recruitment.imports.load import load
from recruitment.imports.undo import unload
from recruitment.models import Admission, Candidacy, Certificate, Person

from .test_cases import faults

pytestmark = pytest.mark.django_db


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


def test_a_step_dated_after_the_decision_was_reached_by_then(register, register_content):
    """The file of candidates says a later day, as a file that comes late does; a road never goes back in time."""
    assert not faults("candidates", followed(**{"Ngày chứng nhận": "20/08/2014"}))
    before = register_content()
    report = load("admissions", [admitted(**{"Ngày kết nạp": "03/06/2014"})], name="thử")
    assert report.faults == [] and Candidacy.objects.get().stage == "probation"
    assert list(Candidacy.objects.get().steps.order_by("on", "pk").values_list("stage", "on")) == [
        ("source", date(2014, 2, 1)),
        ("class", date(2014, 5, 19)),
        ("decided", date(2014, 5, 19)),
        ("probation", date(2014, 6, 3)),
    ]
    assert unload(report.batch).kept == []
    assert register_content() == before


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

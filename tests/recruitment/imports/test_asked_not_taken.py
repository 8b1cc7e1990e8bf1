"""What a file seems to say and cannot mean is asked about, never taken as it stands."""

from datetime import date
from decimal import Decimal

import pytest

from committees import journal
from committees.models import Committee
from recruitment import columns
from recruitment.imports.load import load, load_file
from recruitment.models import Admission, Person, ReportedFigure
from recruitment.quotas.progress import progress
from tests.recruitment.sheets.books import saved

from .conftest import COMMITTEES, committee_rows
from .test_edits import cast  # noqa: F401 - a fixture
from .test_pages import ADMITTED, PERSON, applied, text, uploaded

pytestmark = pytest.mark.django_db
PERIOD = {"Từ ngày": "01/01/2011", "Đến ngày": "31/12/2015", "Chỉ tiêu báo cáo": "Kết nạp"}
ENTERED = {**PERSON, "Mã tổ chức": "T-H1-X-1", "Ngày đưa vào nguồn": "01/02/2014"}


def wanted(report):
    return [(fault.heading, fault.near) for fault in report.faults]


def test_errors_and_formulas_of_a_spreadsheet_are_nobody_s_traits(register):
    row = {**ADMITTED, "Dân tộc": "#N/A", "Tôn giáo": "#REF!", "Nghề nghiệp": "=VLOOKUP(A2,B:C,2,0)"}
    report = load("admissions", [row], name="x")
    assert sorted(heading for heading, _near in wanted(report)) == ["Dân tộc", "Nghề nghiệp", "Tôn giáo"]
    assert not Admission.objects.exists()
    assert load("admissions", [{**ADMITTED, "Tôn giáo": "=> Không"}], name="x").new == 1, "words are words"


def test_formulas_nobody_computed_are_told(register, run, tmp_path):
    path = tmp_path / "tệp.xlsx"
    head = ["Mã tổ chức", "Ngày", "Số đảng viên"]
    path.write_bytes(saved(head, ["T", "31/12/2012", "=1+1"]).read())
    ran = run("load", "headcounts", path, "--json")
    assert (ran.code, ran.json["uncomputed"]) == (2, ["C2"])
    assert load_file("headcounts", path).uncomputed == ["C2"]


def test_who_counts_people_counts_whole_ones(plan):
    """9.701 that Excel took for a decimal: asked about on the way in, and never cut to 9 where it stands."""
    row = {"Mã tổ chức": "T", **PERIOD, "Giá trị": 9.701}
    assert wanted(load("reported", [row], name="x")) == [("Giá trị", "9.701")]
    assert wanted(load("reported", [{**row, "Giá trị": 7666.5}], name="x")) == [("Giá trị", "")]
    assert load("reported", [{**row, "Chỉ tiêu báo cáo": "Bình quân"}], name="x").new == 1
    assert load("reported", [{**row, "Giá trị": "9.701"}], name="x").new == 1

    def admitted():
        found = progress(columns.current(), "KH", "T")
        return found.node.admitted, found.node.basis

    assert admitted() == (9701, "reported")
    with journal.pen(None, "test"):
        ReportedFigure.objects.filter(value=9701).update(value=Decimal("9.701"))
    assert admitted() == (0, "records")


def test_a_name_is_that_of_the_period_and_a_figure_of_one_that_stood(plan):
    twins = [
        ("T-XOLD", "Đảng bộ xã Cũ Mới", "Đảng bộ cơ sở", "T", "01/01/2000", "30/06/2013"),
        ("T-XNEW", "Đảng bộ xã Cũ Mới", "Đảng bộ cơ sở", "T", "01/07/2013", None),
    ]
    assert load("committees", committee_rows([*COMMITTEES, *twins]), name="nền").new == 2
    told = {**PERIOD, "Mã tổ chức": "Đảng bộ xã Cũ Mới", "Giá trị": 3}
    old = {**told, "Từ ngày": "01/01/2012", "Đến ngày": "31/12/2012"}
    assert load("reported", [told, old], name="x").new == 2
    assert dict(ReportedFigure.objects.values_list("since__year", "committee__code")) == {
        2011: "T-XNEW",
        2012: "T-XOLD",
    }
    quota = {"Mã kế hoạch": "KH", "Mã tổ chức": "Đảng bộ xã Cũ Mới", "Chỉ tiêu": 5}
    report = load("quotas", [quota, {**quota, "Hiệu lực từ": "01/03/2012"}], name="x")
    assert report.new == 2, report.faults
    quotas = Committee.objects.filter(quotas__isnull=False).order_by("code")
    assert [committee.code for committee in quotas] == ["T-XNEW", "T-XOLD"]
    early = {**old, "Mã tổ chức": "T-XNEW"}
    assert wanted(load("reported", [early], name="x")) == [("Mã tổ chức", "")]
    ended = {**old, "Mã tổ chức": "T-XOLD", "Đến ngày": "31/12/2013"}
    assert load("reported", [ended], name="x").new == 1, "it stood in the period, and has ended since"


TWICE = [
    ADMITTED,
    {**ADMITTED, "Họ và tên": ADMITTED["Họ và tên"].upper(), "Mã tổ chức": "T-H1-X-2", "Ngày quyết định": "03/02/2015"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("columns_", "one"),
    [
        ({}, True),
        ({"Số định danh cá nhân": "079190000123"}, True),
        ({"Sinh ngày": "15/03/1990"}, False),
    ],
)
def test_one_person_in_two_rows_is_asked_about(cast, columns_, one):  # noqa: F811
    alice = cast["alice"]
    rows = [TWICE[0], TWICE[1] | columns_]
    where = uploaded(alice, "admissions", rows)
    page = alice.get(where)
    assert (page.context["page"].doubt_count == 1) is one and ("dòng 2 của tệp" in text(page)) is one
    assert applied(alice, where).status_code == (409 if one else 302)
    if one:
        alice.post(f"{where}edits/", {page.context["page"].doubts[0].name: "other"})
        assert applied(alice, where).status_code == 302
    assert Person.objects.count() == 2


def test_the_command_tells_of_one_person_in_two_rows(register, run, workbook):
    path = workbook("admissions", TWICE)
    assert (
        "Có thể một người ghi hai lần: dòng 7 và dòng 6" in run("load", "admissions", path, "--dry-run").out
    )
    ran = run("load", "admissions", path, "--json")
    assert (ran.code, ran.json["new"], ran.json["maybe_twice"]) == (0, 2, [{"row": 7, "earlier": 6}])
    numbers = [row | {"Số định danh cá nhân": f"07919000012{k}"} for k, row in enumerate(TWICE)]
    assert not load("admissions", numbers, name="x", dry_run=True).twice


def test_who_is_admitted_is_no_candidate(register, give):
    number = {"Số định danh cá nhân": "079190000123"}
    assert load("admissions", [{**ADMITTED, **number}], name="x").new == 1
    assert wanted(load("candidates", [{**ENTERED, **number}], name="x")) == [("Họ và tên", "")]
    elsewhere = {**ENTERED, **number, "Mã tổ chức": "T-H2-C"}
    report = load("candidates", [elsewhere], name="x", actor=give("bob", "staff", "T-H2"))
    assert report.new == 1, "what lies outside the reach is not told"
    with journal.pen(None, "test"):
        Admission.objects.update(cancelled_on=date(2015, 1, 1))
    assert load("candidates", [{**ENTERED, **number}], name="x").new == 1

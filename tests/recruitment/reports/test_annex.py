"""The annex of the decision that hands targets down: what it says, on the screen, in a workbook and on paper."""

import html
import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from committees import journal
from committees.models import Entry, Role
from recruitment import columns
from recruitment.models import Allotment, Group, Portion
from recruitment.quotas import issuing
from recruitment.reports.annex import Annex
from recruitment.sheets.pdf import write_pdf
from tests import factories as make

pytestmark = pytest.mark.django_db
FIRST, LAST, TODAY = date(2027, 1, 1), date(2027, 12, 31), date(2026, 12, 22)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-12-22T05:00:00+00:00", tick=False):
        yield


@pytest.fixture
def draft():
    """T gives its two districts 12 and 20 of 40, women 5 and 8; T-2's members were counted later than T-1's."""
    with journal.pen(None, "test"):
        at = make.make_province(districts=2)
        plan = make.make_plan("KH-27", at["T"], first=FIRST, last=LAST)
        make.make_quota(plan, at["T"], 40)
        make.make_headcount(at["T-1"], date(2025, 12, 31), 100)
        make.make_headcount(at["T-2"], date(2026, 6, 30), 250)
        made = make.make_allotment(plan, at["T"], at["T-1"], 12)
        women = Group.objects.get(code="women")
        for unit, group, n, note in (
            ("T-2", None, 20, "nguồn tăng"),
            ("T-1", women, 5, ""),
            ("T-2", women, 8, ""),
        ):
            Portion(allotment=made, committee=at[unit], group=group, number=n, note=note).save()
    return made


def issued(draft):
    issuing.issue(
        draft,
        by=None,
        stamp=draft.stamp,
        document="12-QĐ/TU",
        issued_on=date(2026, 12, 20),
        effective_on=FIRST,
    )
    return Allotment.objects.select_related("plan", "committee").get(pk=draft.pk)


def told(draft, today=TODAY):
    (sheet,) = Annex(columns.current(), draft, today=today).report.sheets
    return [[text for _column, text in cells] for _row, cells in sheet.lines()], sheet


def text(answer):
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", answer.content.decode())).split())


def test_the_columns_of_the_form_and_the_last_row(draft):
    lines, sheet = told(draft)
    assert [column.heading for column in sheet.columns] == [
        "TT", "Đơn vị", "Tổng số đảng viên", "Chỉ tiêu", "Nữ", "Ghi chú",
    ]  # fmt: skip
    assert lines == [
        ["1", "Tổ chức T-1", "100", "12", "5", "đảng viên ngày 31/12/2025"],
        ["2", "Tổ chức T-2", "250", "20", "8", "nguồn tăng; đảng viên ngày 30/06/2026"],
        ["", "Tổng cộng", "350", "32", "13", ""],
    ]
    assert sheet.notes == (
        "Chỉ tiêu chung của Tổ chức T: 40; còn 8 chưa giao. Phần chưa giao giữ lại để giao bổ sung trong kỳ; không bắt"
        " buộc giao hết.",
    )


def test_one_day_of_counting_stands_in_the_heading(draft):
    make.make_headcount(draft.portions.first().committee, date(2026, 6, 30), 101)
    lines, sheet = told(draft)
    assert sheet.columns[2].heading == "Tổng số đảng viên (30/06/2026)"
    assert lines[0][-1] == "" and lines[1][-1] == "nguồn tăng"


def test_a_draft_says_so_and_what_was_issued_names_its_document(draft):
    report = Annex(columns.current(), draft, today=TODAY).report
    assert report.title == "Biểu giao chỉ tiêu kết nạp đảng viên năm 2027"
    assert report.period == "(Kèm theo Quyết định số ………… ngày …………)" and "Dự thảo" in report.notices[0]
    report = Annex(columns.current(), issued(draft), today=TODAY).report
    assert report.period == "(Kèm theo Quyết định số 12-QĐ/TU ngày 20/12/2026)" and not report.notices
    assert report.finding == "2 đơn vị, tổng cộng 32 người. Hiệu lực từ ngày 01/01/2027."


def test_what_was_issued_says_the_same_for_ever(draft):
    draft = issued(draft)
    before = told(draft)
    make.make_headcount(draft.portions.first().committee, date(2026, 12, 21), 999)
    assert told(draft, date(2030, 1, 1))[0] == before[0]


def test_a_line_without_a_number_is_no_line(draft):
    with journal.pen(None, "test"):
        draft.portions.filter(committee__code="T-2").update(number=None)
    assert [line[1] for line in told(draft)[0]] == ["Tổ chức T-1", "Tổng cộng"]
    with journal.pen(None, "test"):
        draft.portions.update(number=None)
    lines, sheet = told(draft)
    assert lines == [] and sheet.empty


@pytest.fixture
def alice(client, draft):
    client.force_login(make.make_account("thuong-vu", Role.STANDING, draft.committee))
    return client


def test_page_and_files_say_the_same(alice, draft):
    page = alice.get(reverse("recruitment:allotment-annex", args=[draft.pk]))
    assert "Tổng cộng" in text(page) and "Trong đó" in text(page)
    answer = alice.get(reverse("recruitment:allotment-annex-file", args=[draft.pk, "xlsx"]))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    cells = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    assert [1, "Tổ chức T-1", 100, 12, 5, "đảng viên ngày 31/12/2025"] in cells
    total = next(row for row in cells if row and row[0] == "Tổng cộng")
    assert all(str(formula).startswith("=SUM(") for formula in total[1:]), "a living sum"
    assert sheet.print_title_rows, "the headings repeat"
    assert ["NGƯỜI LẬP BIỂU", "T/M BAN THƯỜNG VỤ"] in cells, "the places to sign"
    answer = alice.get(reverse("recruitment:allotment-annex-file", args=[draft.pk, "pdf"]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    entry = Entry.objects.filter(chain=Entry.READS).latest("number")
    assert (entry.deed, entry.about, entry.committee_id) == ("export", "annex", draft.committee_id)


def test_three_hundred_units_on_paper(draft):
    with journal.pen(None, "test"):
        units = [make.make_committee(f"T-N{k:03}", "upper", draft.committee) for k in range(300)]
        Portion.objects.bulk_create([Portion(allotment=draft, committee=unit, number=2) for unit in units])
    report = Annex(columns.current(), draft, today=TODAY).report
    assert len(report.sheets[0].rows) == 303
    file = BytesIO()
    write_pdf(file, report)
    assert len(file.getvalue()) > 10_000


@pytest.mark.parametrize("more", [0, 2])
def test_queries_do_not_grow(alice, draft, more, django_assert_num_queries):
    with journal.pen(None, "test"):
        for k in range(more):
            unit = make.make_committee(f"T-9{k}", "upper", draft.committee)
            Portion(allotment=draft, committee=unit, number=2).save()
    where = reverse("recruitment:allotment-annex", args=[draft.pk])
    alice.get(where)
    with django_assert_num_queries(7):
        alice.get(where)

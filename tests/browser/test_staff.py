"""Staff of a department, at a desk: log an admission, find it in the list, take list and report away as files, set a
target; the dashboard is right each time."""

import re

import pytest
from playwright.sync_api import expect

from recruitment.models import Quota
from tests import factories as make

from .reading import SENTENCE, book, by_menu, headings, rows, text_of

pytestmark = pytest.mark.django_db(transaction=True)
both_sizes = pytest.mark.parametrize("size", ["desktop", "phone"])


def lead(page, code):
    page.goto(f"/dashboards/{code}/")
    return text_of(page.locator(".lead"))


def test_a_day_at_the_desk(enter, check_page, world):
    with enter(world.people["staff"]) as page:
        expect(page).to_have_url(re.compile("/desk/$"))
        check_page(page)

        # An admission is logged.
        page.get_by_role("link", name="Ghi kết nạp").last.click()
        check_page(page)
        page.fill("#id_full_name", "Phan Thị Bích Ngọc")
        page.fill("#id_born", "140390")
        page.select_option("#id_sex", label="Nữ")
        page.fill("#id_cell", "T-2-1-1")
        page.fill("#id_decision_number", "145-QĐ/HU")
        page.fill("#id_decided_on", "240415")
        page.fill("#id_ceremony_on", "190515")
        page.get_by_role("button", name="Lưu và ghi người tiếp").click()
        expect(page.locator(".notice")).to_contain_text("Đã lưu Phan Thị Bích Ngọc")
        check_page(page)

        # It stands in the list; the list leaves as a file of the same rows.
        by_menu(page, "Kết nạp")
        page.fill("#id_q", "phan thi bich")
        page.get_by_role("button", name="Lọc", exact=True).click()
        expect(page.locator("tbody tr")).to_have_count(1)
        expect(page.locator("tbody tr")).to_contain_text(
            re.compile("Phan Thị Bích Ngọc.*24/04/2015", re.DOTALL)
        )
        check_page(page)
        page.get_by_role("link", name="Bỏ lọc", exact=True).click()
        shown = page.locator(".chips b").first.inner_text()
        name, file = book(page, page.get_by_role("link", name=f"Tải Excel ({shown})"))
        assert name.endswith(".xlsx")
        listed = [row for row in rows(file.active) if str(row[0]).startswith(("Nguyễn Văn Thử", "Phan Thị"))]
        assert len(listed) == int(shown) == 28
        assert [str(row[1]) for row in listed if row[0] == "Phan Thị Bích Ngọc"] == ["1990-03-14 00:00:00"]

        # The dashboard counts it, and leads to the year's report.
        assert "kết nạp 28 đảng viên trên chỉ tiêu 30, đạt 93,33 %" in lead(page, "T")
        check_page(page)
        page.get_by_role("link", name="Báo cáo năm 2015").click()
        expect(headings(page)).to_have_text("Báo cáo năm 2015")
        check_page(page)
        name, file = book(page, page.get_by_role("link", name="Tải Excel"))
        assert re.fullmatch(r"bao-cao-nam-2015-.*\.xlsx", name), name
        told = {row[0]: row[1] for row in rows(file.worksheets[0]) if len(row) > 1}
        assert (told["Chỉ tiêu"], told["Đã kết nạp từ đầu kế hoạch"]) == (30, 28)
        assert round(told["Tỷ lệ hoàn thành"], 4) == 0.9333
        assert any("Phan Thị Bích Ngọc" in map(str, row) for sheet in file for row in rows(sheet)), "by name"

        # A target is changed by a document, and counts from its day.
        by_menu(page, "Kế hoạch")
        check_page(page)
        page.get_by_role("link", name="Kế hoạch 02").click()
        check_page(page)
        page.get_by_role("link", name="Giao chỉ tiêu").click()
        page.fill("#id_committee", "T-2")
        page.fill("#id_target", "4")
        page.fill("#id_effective_on", "010615")
        page.fill("#id_document", "09-CV/TU")
        page.fill("#id_reason", "Giao bổ sung")
        page.get_by_role("button", name="Giao và sang tổ chức kế tiếp").click()
        expect(page.locator(".notice")).to_contain_text("Đã giao 4 cho Tổ chức T-2.")
        expect(page.locator("#vua-giao")).to_have_text("Vừa giao hôm nay: 1")
        check_page(page)
        assert "kết nạp 4 đảng viên trên chỉ tiêu 4, đạt 100,00 %" in lead(page, "T-2")
        assert "kết nạp 4 đảng viên trên chỉ tiêu 10" in lead(page, "T-2/?on=31/05/2015#")
        check_page(page)
    assert Quota.objects.filter(committee=world.at["T-2"]).count() == 2


@both_sizes
def test_a_number_leads_to_a_person_and_the_journal_knows(enter, check_page, world, size):
    with enter(world.people["staff"], size, start="/dashboards/T/") as page:
        assert SENTENCE in text_of(page.locator(".lead"))
        page.locator("#don-vi tbody th a", has_text="T-2").click()
        page.locator(".lead a", has_text="3").first.click()
        assert text_of(page.locator(".chips li").first) == "3 người"
        expect(page.locator("tbody tr")).to_have_count(3)
        check_page(page)
        name = page.locator("tbody th a").first.inner_text()
        page.locator("tbody th a").first.click()
        expect(headings(page)).to_have_text(name)
        expect(page.get_by_text("Công giáo")).to_have_count(0)
        check_page(page)
        page.get_by_role("button", name="Hiện thông tin nhạy cảm").click()
        expect(page.get_by_text("Công giáo")).to_be_visible()
        check_page(page)
        page.goto("/admissions/?q=khong-ai-ten-nhu-the")
        expect(page.locator(".empty h2")).to_be_visible()
        check_page(page)
        page.goto("/committees/?under=T-1")
        check_page(page)
    with enter(world.people["inspector"], size) as page:
        told = page.locator("tbody tr", has_text="Hiện thông tin nhạy cảm")
        expect(told).to_have_count(1)
        expect(told).to_contain_text("can-bo")


def test_columns_and_a_filter_are_kept(enter, check_page, world):
    make.make_admission(world.at["T-1-1-1"], world.few[0].decided_on, occupation="Giáo viên")
    with enter(world.people["staff"], start="/admissions/?q=thu") as page:
        page.click("summary:has-text('Cột hiển thị')")
        page.check("#col-occupation")
        page.get_by_role("button", name="Hiện các cột đã chọn").click()
        expect(page.get_by_role("columnheader", name="Nghề nghiệp")).to_be_visible()
        page.click("summary:has-text('Cột hiển thị')")
        page.fill("#filter-name", "Người tôi tìm")
        page.get_by_role("button", name="Lưu bộ lọc", exact=True).click()
        check_page(page)
        page.goto("/admissions/")
        expect(page.get_by_role("columnheader", name="Nghề nghiệp")).to_be_visible()
        page.click("summary:has-text('1 bộ lọc đã lưu')")
        check_page(page)
        page.get_by_role("link", name="Người tôi tìm", exact=True).click()
        expect(page.locator("#id_q")).to_have_value("thu")

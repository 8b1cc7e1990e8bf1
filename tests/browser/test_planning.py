"""The standing committee plans next year for fifteen units: shares out by members, corrects by keyboard while the sum is
told, compares, issues with one document; the dashboard shows the targets at the next request."""

from datetime import date
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from committees import journal, vietnamese
from committees.models import Role
from recruitment.models import Quota
from tests import factories as make

from .reading import by_menu, headings, small, text_of

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.once]
UNITS, MEMBERS = 15, 100


@pytest.fixture
def world(transactional_db):
    """A province with fifteen units of 100 members each, and next year's plan: 150, of them 60 women."""
    year = vietnamese.today().year + 1
    with journal.pen(None, "test"):
        top = make.make_committee("T", "province", name="Đảng bộ tỉnh Thử")
        for k in range(1, UNITS + 1):
            unit = make.make_committee(f"T-{k:02}", "upper", top, name=f"Đảng bộ huyện {k:02}")
            make.make_headcount(unit, date(year - 2, 12, 31), MEMBERS)
        plan = make.make_plan(
            "KH", top, first=date(year, 1, 1), last=date(year, 12, 31), name=f"Chỉ tiêu năm {year}"
        )
        make.make_quota(plan, top, 150)
        make.make_quota(plan, top, 60, group="women")
    return SimpleNamespace(year=year, standing=make.make_account("thuong-vu", Role.STANDING, top))


def number(page, k):
    """The field of a unit's number."""
    return page.get_by_label(f"Đảng bộ huyện {k:02}", exact=True)


def draft(page, name, method, check_page=lambda page: None):
    page.get_by_role("link", name="Lập phương án").click()
    check_page(page)
    page.get_by_label("Tên phương án").fill(name)
    page.get_by_label("Cách chia gợi ý").select_option(method)
    page.get_by_role("button", name="Chia và xem").click()
    expect(headings(page)).to_contain_text(name)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_next_year_for_fifteen_units(enter, check_page, world, size):
    with enter(world.standing, size, refused=[400]) as page:
        by_menu(page, "Kế hoạch")
        page.get_by_role("link", name=f"Chỉ tiêu năm {world.year}").click()
        page.get_by_role("link", name="Giao cho các đơn vị").click()
        expect(page.locator(".lead")).to_contain_text("15 đơn vị được giao 0/150, còn 150 chưa giao")
        check_page(page)

        draft(page, "Theo đảng viên", "members", check_page)
        expect(number(page, 7)).to_have_value("10")
        status = page.get_by_role("status").last
        expect(status).to_contain_text("vừa đủ chỉ tiêu chung")
        check_page(page)
        assert size == "desktop" or not small(page)

        # By keyboard: a number typed is counted at once, Enter goes down, and the last one to the button that saves.
        number(page, 14).click()
        page.keyboard.press("Control+A")
        page.keyboard.type("16")
        expect(status).to_contain_text("Đã chia 156/150")
        expect(status).to_contain_text("giao hơn 6")
        page.keyboard.press("Enter")
        expect(number(page, 15)).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(number(page, 14)).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.type("1")
        expect(status).to_contain_text("còn 3 chưa giao")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Lưu và tính lại")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".wrong")).to_contain_text("Đảng bộ huyện 15, Nữ: Tìm thấy 4. Cần không quá 1")
        check_page(page)
        page.get_by_label("Đảng bộ huyện 15, Nữ").fill("1")
        page.get_by_role("button", name="Lưu và tính lại").click()
        expect(page.locator(".notice")).to_contain_text("Đã lưu Theo đảng viên")
        expect(page.get_by_role("status").last).to_contain_text("Đã chia 147/150")
        check_page(page)

        # Another draft beside it: only where they differ.
        page.locator(".crumbs a").last.click()
        draft(page, "Chia đều", "members")
        page.locator(".crumbs a").last.click()
        page.get_by_role("button", name="So các phương án đánh dấu").click()
        expect(page.locator("tbody tr")).to_have_count(3)  # two units, and the women of one
        check_page(page)

        page.locator(".crumbs a").last.click()
        page.get_by_role("link", name="Ban hành Theo đảng viên").click()
        expect(page.locator(".lead")).to_contain_text("30 chỉ tiêu sẽ được ghi")
        check_page(page)
        page.get_by_role("button", name="Ban hành 30 chỉ tiêu").click()
        expect(page.get_by_role("alert")).to_contain_text("Số văn bản")
        check_page(page)
        page.get_by_label("Số văn bản").fill("12-QĐ/TU")
        page.keyboard.press("Enter")
        expect(page.locator(".notice")).to_contain_text("Đã ban hành 30 chỉ tiêu theo 12-QĐ/TU")
        expect(page.locator(".lead")).to_contain_text("15 đơn vị được giao 147/150, còn 3 chưa giao")
        check_page(page)

        page.get_by_role("link", name="Theo đảng viên").click()
        expect(headings(page)).to_have_text(f"Biểu giao chỉ tiêu kết nạp đảng viên năm {world.year}")
        assert "Tổng cộng" in text_of(page.locator("tbody tr").last)
        check_page(page)

        page.goto("/dashboards/T/?plan=KH")
        expect(page.locator("#don-vi tbody tr")).to_have_count(UNITS)
        assert "16" in text_of(page.locator("#don-vi tbody tr", has_text="Huyện 14"))
        check_page(page)
    assert Quota.objects.filter(document="12-QĐ/TU").count() == 30


def test_without_script_the_page_counts_when_it_is_saved(enter, check_page, world):
    with enter(world.standing, java_script_enabled=False, start="/plans/KH/allotments/T/") as page:
        draft(page, "Theo đảng viên", "members")
        number(page, 1).fill("7")
        page.get_by_role("button", name="Lưu và tính lại").click()
        expect(page.locator("tfoot")).to_contain_text("Đã chia 147/150")
        expect(page.locator("tfoot")).to_contain_text("còn 3 chưa giao")
        page.get_by_role("button", name="Chia nốt phần còn lại").click()
        expect(page.locator("tfoot")).to_contain_text("Đã chia 150/150")
        expect(number(page, 1)).to_have_value("8")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_more_out_of_what_is_left(enter, check_page, world, size):
    with enter(world.standing, size, start="/plans/KH/allotments/T/more/", refused=[400]) as page:
        expect(page.locator(".lead")).to_contain_text("0/150, còn 150 chưa giao")
        page.get_by_label("Đơn vị").select_option("T-03")
        page.get_by_label("Giao thêm").fill("4")
        page.keyboard.press("Enter")
        expect(page.locator(".notice")).to_contain_text(
            "Đã giao thêm 4 cho Đảng bộ huyện 03: nay là 4. Còn 146 chưa giao."
        )
        check_page(page)
        page.get_by_label("Đơn vị").select_option("T-04")
        page.get_by_label("Giao thêm").fill("147")
        page.get_by_role("button", name="Giao thêm và sang đơn vị kế tiếp").click()
        expect(page.get_by_role("alert")).to_contain_text("còn 146 chưa giao")
        check_page(page)

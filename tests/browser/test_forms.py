"""The administrator puts the text of a form right: a slip is told by its line, the change is looked at before it is kept,
and the form then says by which document."""

import re

import pytest
from playwright.sync_api import expect

from .reading import headings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
OLD, NEW = "Kết nạp quần chúng {person.name}", "Kết nạp {person.name}"


def test_the_text_of_a_form_is_put_right(enter, check_page, world):
    with enter(world.people["administrator"], start="/forms/", refused=[400]) as page:
        expect(headings(page)).to_have_text("Mẫu giấy tờ kết nạp, công nhận đảng viên")
        check_page(page)
        page.get_by_role("link", name="Quyết định kết nạp đảng viên", exact=True).click()
        expect(headings(page)).to_have_text("Quyết định kết nạp đảng viên")
        check_page(page)
        page.get_by_role("link", name="Sửa lời văn").click()
        expect(headings(page)).to_have_text("Sửa lời văn mẫu 9-KNĐ")
        whole = page.locator("#id_text").input_value()
        page.fill("#id_text", whole.replace(OLD, "Kết nạp {person.nam}"))
        page.fill("#id_citation", "Hướng dẫn thử 12-HD/BTCTW")
        page.get_by_role("button", name="Lưu lời văn").click()
        expect(page).to_have_title(re.compile("^Lỗi:"))
        expect(page.get_by_role("alert")).to_contain_text("không có trường “person.nam”")
        check_page(page)

        page.fill("#id_text", whole.replace(OLD, NEW))
        page.get_by_role("button", name="Xem thay đổi trước").click()
        expect(page.locator("ins")).to_contain_text(NEW)
        expect(page.locator(".sheet")).to_contain_text("Điều 1. Kết nạp Trần Thị Thử")
        check_page(page)
        page.get_by_role("button", name="Lưu lời văn").click()
        expect(page.get_by_role("status")).to_contain_text("Giấy tờ từ ngày")
        expect(page.locator(".rows")).to_contain_text("Căn cứ: Hướng dẫn thử 12-HD/BTCTW.")
        expect(page.get_by_role("button", name="Rút lại lời văn")).to_be_visible()

"""A file of another office's words: its columns are matched by hand, once, and it is read."""

import re

import pytest
from playwright.sync_api import expect

from recruitment.models import Layout
from tests.recruitment.sheets.books import saved

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
HEAD = [["ĐẢNG BỘ X"], ["TT", "Họ tên", "Ngày sinh", None, "Chi bộ", "Ngày QĐ"], [None, None, "Nam", "Nữ"]]
ROW = [1, "Phan Thị Bích Ngọc", None, "14/03/1990", "T-1-1-1", "19/05/2015"]
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_columns_are_matched_and_remembered(enter, check_page, world):
    with enter(world.people["staff"], "desktop", start="/imports/", refused=(400,)) as page:
        page.select_option("#id_kind", label="Kết nạp")
        content = saved(*HEAD, ROW).read()
        page.set_input_files("#id_file", {"name": "danh-sach.xlsx", "mimeType": TYPE, "buffer": content})
        page.click("button:has-text('Kiểm tra tệp')")
        expect(page.locator("h1")).to_have_text("Ghép cột: danh-sach.xlsx")
        check_page(page)
        expect(page.get_by_label("Giới tính", exact=True)).to_have_value("?Giới tính")
        page.get_by_label("Mã tổ chức", exact=True).select_option("")
        page.get_by_role("button", name="Đọc tệp như vậy").click()
        expect(page.locator(".wrong")).to_contain_text("Mã tổ chức: Bắt buộc.")
        check_page(page)
        page.get_by_label("Mã tổ chức", exact=True).select_option("E")
        page.get_by_role("button", name="Đọc tệp như vậy").click()
        expect(page).to_have_title(re.compile("^Xem trước danh-sach.xlsx"))
        expect(page.get_by_role("button", name="Nhập 1 dòng")).to_be_visible()
        page.get_by_role("link", name="Ghép cột").click()
        expect(page.locator("h2:has-text('đã nhớ')")).to_be_visible()
        check_page(page)
    assert Layout.objects.count() == 1

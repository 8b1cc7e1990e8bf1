"""Two communes become one: ticked on the tree, tried out with both trees side by side, carried out, seen on the dashboard
and on the tree, and taken back, after which the tree is as it was."""

import re

import pytest
from playwright.sync_api import expect

from committees.models import Reorganisation

from .reading import by_menu, headings, text_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


COUNTED = "kết nạp 24 đảng viên trên chỉ tiêu 20"


def units(page):
    """The codes under T-1 as its page of the tree lists them."""
    page.goto("/committees/?under=T-1")
    return page.locator("main [name=pick]").evaluate_all("boxes => boxes.map((box) => box.value)")


def side(page, name):
    """The lines of one of the two trees."""
    section = page.locator("section", has=page.get_by_role("heading", name=name, exact=True)).last
    return [text_of(line) for line in section.locator("li").all()]


def test_a_merge_is_tried_out_carried_out_and_taken_back(enter, world, check_page):
    with enter(world.people["staff"], refused=[400]) as page:
        before = units(page)
        assert before == ["T-1-1", "T-1-2"]
        check_page(page)
        for code in before:
            page.locator(f"[name=pick][value={code}]").check()
        page.get_by_role("button", name="Sáp nhập các tổ chức đánh dấu").click()
        expect(headings(page)).to_have_text("Sắp xếp các tổ chức đã đánh dấu")
        check_page(page)
        page.get_by_label("Vào tổ chức đang có").fill("T-1-2")
        page.get_by_label("Tên đợt mới").fill("Nhập hai xã của T-1")
        page.get_by_label("Ngày hiệu lực").fill("1/7/2025")
        page.get_by_role("button", name="Ghi vào bản thảo").click()
        expect(headings(page)).to_have_text("Nhập hai xã của T-1")
        check_page(page)

        # What the act lacks is asked for, then another name is put beside it.
        page.get_by_role("link", name="Thêm việc").click()
        page.get_by_label("Đổi tên:").check()
        page.get_by_label("Tổ chức đảng", exact=True).fill("T-1-2")
        check_page(page)
        page.get_by_role("button", name="Tiếp").click()
        expect(headings(page)).to_have_text("Đổi tên Tổ chức T-1-2")
        page.get_by_role("button", name="Thêm việc này").click()
        expect(page).to_have_title(re.compile("^Lỗi:"))
        check_page(page)
        page.get_by_label("Tên mới").fill("Đảng bộ xã Mới")
        page.get_by_role("button", name="Thêm việc này").click()
        expect(page.locator(".notice")).to_contain_text("Đã ghi việc 2: đổi tên")

        page.get_by_role("link", name="Sửa phần chung").click()
        page.get_by_label("Số quyết định").fill("15-QĐ/TU")
        check_page(page)
        page.get_by_role("button", name="Lưu").click()
        page.get_by_role("link", name="Chạy thử").click()

        # The dry run: both trees, what breaks (nothing), one button.
        expect(page.locator(".lead")).to_contain_text(
            "1 tổ chức kết thúc, 1 tổ chức đổi cấp trên, 1 tổ chức đổi tên"
        )
        check_page(page)
        assert any(
            "T-1-1 " in line and "kết thúc; kế thừa: Đảng bộ xã Mới (T-1-2)" in line
            for line in side(page, "Trước")
        )
        after = side(page, "Sau")
        assert any("Đảng bộ xã Mới T-1-2" in line and "tên cũ: Tổ chức T-1-2" in line for line in after)
        assert any("T-1-1-1" in line and "chuyển đến từ Tổ chức T-1-1" in line for line in after)
        page.get_by_role("button", name="Thực hiện 2 việc").click()
        expect(page.get_by_role("alert")).to_contain_text("đánh dấu rồi bấm thực hiện")
        page.get_by_label("Thực hiện đủ 2 việc").check()
        page.get_by_role("button", name="Thực hiện 2 việc").click()
        expect(page.locator(".notice")).to_contain_text("Đã thực hiện 2 việc")
        check_page(page)
        record = page.url

        # The tree and the dashboard show it; what was admitted is still counted, by the heir.
        assert units(page) == ["T-1-2"]
        page.goto("/dashboards/T-1/?plan=KH-2&on=2015-12-31&tree_on=2025-07-01")
        expect(page.locator("main")).to_contain_text(re.compile("[Xx]ã Mới"))
        assert COUNTED in text_of(page.locator("main"))
        page.goto("/dashboards/T-1/?plan=KH-2&on=2015-12-31&tree_on=2015-12-31")
        assert COUNTED in text_of(page.locator("main"))
        expect(page.locator("main")).not_to_contain_text(re.compile("[Xx]ã Mới"))

        by_menu(page, "Sắp xếp")
        expect(page.locator("main table")).to_contain_text("Đã thực hiện")
        check_page(page)
        page.goto(record)
        page.get_by_role("button", name="Hoàn tác đợt này").click()
        expect(page.locator(".notice")).to_contain_text("Đã hoàn tác")
        check_page(page)
        assert units(page) == before
    assert Reorganisation.objects.get().state == "undone"

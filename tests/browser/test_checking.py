"""Figures are checked before they are printed: pasted, found wanting, mended in the box, kept; and two levels answer for the
number on which they differ."""

import re

import pytest
from playwright.sync_api import expect

from recruitment.models import GapAnswer, KeptCheck
from tests import factories as make

from .reading import headings

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.once]
PASTED = """# Cao Bằng
281 + 465 = 746
443.137 trong 46.706 = 92,36%
Số 12-QĐ/TU của Huyện ủy Đất Đỏ"""


def test_pasted_mended_kept_and_a_difference_answered(enter, check_page, world):
    make.make_gap(world.at["T-2"], 36, 35, year=2015)
    with enter(world.people["staff"], start="/figures/", refused=[400]) as page:
        page.fill("#id_text", "linh tinh")
        page.get_by_role("button", name="Kiểm", exact=True).click()
        expect(page).to_have_title(re.compile("^Lỗi:"))
        expect(page.locator("main")).to_contain_text("dòng 1")
        check_page(page)
        page.fill("#id_text", PASTED)
        page.get_by_role("button", name="Kiểm", exact=True).click()
        expect(headings(page)).to_have_text("2 trong 3 dòng không đứng vững")
        expect(page.locator("main")).to_contain_text("Nếu đọc 443.137 là 43.137")
        check_page(page)
        page.fill("#id_text", PASTED.replace("443.137", "43.137").replace("/TU", "/HU"))
        page.get_by_role("button", name="Kiểm lại").click()
        expect(headings(page)).to_have_text("3 dòng, không dòng nào mâu thuẫn")
        page.fill("#id_name", "Cao Bằng, đã sửa")
        page.get_by_role("button", name="Giữ lại").click()
        expect(page.locator(".notice")).to_contain_text("Đã giữ lại: Cao Bằng, đã sửa.")
        expect(page.locator("#id_text")).to_have_value(re.compile("43.137 trong"))

        page.goto("/discrepancies/")
        expect(headings(page)).to_contain_text("1 chỗ hai số khác nhau")
        check_page(page)
        page.locator("table a").first.click()
        expect(page.locator("main")).to_contain_text("Các bên trả lời")
        page.fill("#id_number", "36")
        page.fill("#id_reason", "Một người của năm sau")
        page.get_by_role("button", name="Gửi câu trả lời").click()
        expect(page.locator("table")).to_contain_text("Một người của năm sau")
        check_page(page)
    assert KeptCheck.objects.get().name == "Cao Bằng, đã sửa"
    assert GapAnswer.objects.get().side == world.at["T"]

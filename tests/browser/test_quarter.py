"""A quarter at the desk: a settlement is written down and found, members who came and went are entered, the count of the
last day does not agree and is put right."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from committees.models import Flow, Headcount, Settlement
from tests import factories as make

from .reading import headings

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.once]


def test_a_settlement_and_a_quarter_that_agrees(enter, check_page, world):
    make.make_headcount(world.at["T-2-1-1"], date(2014, 12, 31), 30)
    with enter(world.people["staff"], start="/settlements/new/?committee=T-2-1", refused=[400]) as page:
        page.fill("#id_code", "T-2-1-T01")
        page.fill("#id_name", "Ấp Phước Trung")
        page.select_option("#id_kind", "ap")
        page.select_option("#id_state", "own")
        page.fill("#id_since", "01/03/2012")
        page.get_by_role("button", name="Ghi thôn").click()
        expect(page).to_have_title(re.compile("^Lỗi:"))  # which cell is it?
        check_page(page)
        page.fill("#id_cell", "T-2-1-1")
        page.get_by_role("button", name="Ghi thôn").click()
        expect(headings(page)).to_have_text("Ấp Phước Trung")
        check_page(page)
        page.goto("/settlements/?q=phuoc+trung")
        expect(page.locator(".lead")).to_contain_text("1/1 có chi bộ riêng")
        check_page(page)

        page.goto("/flows/?committee=T-2-1-1&year=2015&part=1")
        expect(page.locator("main")).to_contain_text("Chưa ai ghi biến động của kỳ này.")
        page.get_by_role("link", name="Ghi biến động").click()
        page.fill("#id_died", "1")
        page.get_by_role("button", name="Ghi biến động").click()
        expect(page.locator("main")).to_contain_text("Chưa có số đảng viên ngày 31/03/2015 để so.")
        page.get_by_role("link", name="Ghi số ngày 31/03/2015").click()
        page.fill("#id_members", "31")
        page.get_by_role("button", name="Ghi số đảng viên").click()
        expect(page.locator("main")).to_contain_text(
            "Chênh +1: cộng ra 32, số đảng viên ngày 31/03/2015 là 31."
        )
        check_page(page)
        page.get_by_role("link", name="Ghi số ngày 31/03/2015").click()
        page.fill("#id_members", "32")
        page.fill("#id_reason", "đếm sót một người")
        page.get_by_role("button", name="Lưu sửa").click()
        expect(page.locator("main")).to_contain_text("Khớp: cộng ra 32, đúng số đảng viên ngày 31/03/2015.")
        check_page(page)
    assert Settlement.objects.get().coverage.get().cell == world.at["T-2-1-1"]
    assert (Flow.objects.get().died, Headcount.objects.get(day=date(2015, 3, 31)).members) == (1, 32)

"""A cell declares its candidates for next year on a phone, with and without scripts, and takes one back; the department
sees how far the cells are."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from committees.vietnamese import today
from recruitment.models import Declaration
from tests import factories as make

from .reading import headings, small

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.once]


@pytest.fixture
def plan(world):
    """A plan that begins in three weeks; the secretary's cell has four open candidates."""
    first = today() + timedelta(days=21)
    return make.make_plan(
        "KH-N", world.at["T"], first=first, last=first + timedelta(days=364), name="Chỉ tiêu năm tới"
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_names_are_ticked_on_a_phone(enter, check_page, world, plan, scripts):
    def check(page):
        if scripts:
            check_page(page)
            assert not (few := small(page)), "\n".join([page.url, *few])

    with enter(world.people["secretary"], "phone", java_script_enabled=scripts, refused=[400]) as page:
        page.get_by_role("link", name="Đăng ký người").click()
        expect(headings(page)).to_have_text("Đăng ký nguồn kết nạp")
        boxes = page.get_by_role("checkbox")
        expect(boxes).to_have_count(4)
        check(page)
        boxes.nth(0).check()
        boxes.nth(2).check()
        page.fill("#id_on", "31/02/2026")
        page.get_by_role("button", name="Lưu đăng ký").click()
        expect(page).to_have_title(re.compile("^Lỗi:"))
        expect(boxes.nth(0)).to_be_checked()
        check(page)
        page.fill("#id_on", "")
        page.get_by_role("button", name="Lưu đăng ký").click()
        expect(page.locator(".notice")).to_contain_text("Đã đăng ký 2 người.")
        check(page)
        boxes.nth(2).uncheck()
        page.get_by_role("button", name="Lưu đăng ký").click()
        expect(page.locator(".notice")).to_contain_text("Đã rút 1 người.")
        expect(boxes.nth(0)).to_be_checked()
        expect(boxes.nth(2)).not_to_be_checked()
        check(page)
    rows = Declaration.objects.order_by("pk").values_list("on", "withdrawn_on")
    assert list(rows) == [(today(), None), (today(), today())]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_standing_committee_sees_numbers(enter, check_page, world, plan, size):
    candidacy = world.at["T-2-1-1"].candidacies.order_by("pk")[0]
    make.make_declaration(plan, candidacy, today())
    with enter(world.people["standing"], size, start="/plans/KH-N/") as page:
        page.get_by_role("link", name="Đăng ký nguồn").click()
        expect(page.locator(".lead")).to_contain_text("1/4 chi bộ đã đăng ký 1 người")
        check_page(page)
        page.get_by_role("link", name="Tổ chức T-2", exact=True).click()
        page.get_by_role("link", name="Tổ chức T-2-1", exact=True).click()
        page.get_by_role("link", name="Tổ chức T-2-1-1").click()
        expect(page.locator("main")).to_contain_text("Họ tên chỉ hiện với người được xem hồ sơ.")
        expect(page.locator("main")).not_to_contain_text(candidacy.person.full_name)
        check_page(page)

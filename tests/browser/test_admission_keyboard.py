"""Staff's main job with the keyboard alone: two people logged, one known and one new, without leaving the page and
without the mouse; what is unusual is confirmed with Space and Enter."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests import factories as make

from .reading import text_of

pytestmark = pytest.mark.django_db(transaction=True)
ACTIVE = "document.activeElement.id"
NEXT = "**/admissions/new/?after=*"


def lead(page):
    page.goto("/dashboards/T-2/?plan=KH-2")
    return text_of(page.locator(".lead"))


def keys(page, *pressed):
    """Type each; a Tab, Enter, Space or arrow by its name."""
    for key in pressed:
        if key in {"Tab", "Enter", "Space", "ArrowDown"}:
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_two_people_are_logged_without_the_mouse(enter, check_page, world, size):
    known = make.make_candidacy(
        world.at["T-2-1-1"],
        date(2014, 5, 1),
        full_name="Nguyễn Thị Ngọc Ánh",
        sex="F",
        born=date(1992, 9, 21),
    )
    with enter(world.people["district"], size, refused=[400]) as page:
        assert "kết nạp 3 đảng viên trên chỉ tiêu 10" in lead(page)
        page.goto("/admissions/new/")
        assert page.evaluate(ACTIVE) == "id_full_name", "one types at once"
        check_page(page)

        # Someone the register knows is offered before anything is saved.
        keys(page, "nguyen thi ngoc anh", "Tab", "210992", "Tab", "n", "Tab", "t-2-1-1", "Tab", "145-QĐ/HU")
        keys(page, "Tab", "240415", "Tab", "280415", "Tab", "190515", "Enter")
        expect(page.get_by_role("radio")).to_have_count(2)
        assert page.evaluate(ACTIVE) == "same_1", "the question has the keyboard"
        check_page(page)
        keys(page, "Space", "Enter")
        page.wait_for_url(NEXT)
        notice = page.locator(".notice")
        expect(notice).to_contain_text("Đã lưu Nguyễn Thị Ngọc Ánh, Tổ chức T-2-1-1, quyết định 145-QĐ/HU")
        expect(notice.get_by_role("button", name="Hoàn tác")).to_be_visible()
        check_page(page)

        # The next one, a newcomer: cell and days are kept. The number was given before, which is asked about once.
        assert page.evaluate(ACTIVE) == "id_full_name"
        assert page.input_value("#id_cell") == "Tổ chức T-2-1-1 · T-2-1-1"
        assert (page.input_value("#id_decided_on"), page.input_value("#id_received_on")) == (
            "24/04/2015",
            "28/04/2015",
        )
        assert page.input_value("#id_full_name") == page.input_value("#id_decision_number") == ""
        keys(page, "Lê Văn Tám", "Tab", "1/2/1990", "Tab", "n", "n", "Tab", "Tab", "145-qd/hu", "Enter")
        expect(
            page.get_by_role("checkbox", name=re.compile("đã dùng cho Nguyễn Thị Ngọc Ánh"))
        ).to_be_focused()
        check_page(page)
        keys(page, "Space", "Enter")
        page.wait_for_url(NEXT)
        expect(page.locator("#vua-ghi")).to_have_text("Vừa ghi hôm nay: 2")
        check_page(page)
        assert "kết nạp 5 đảng viên trên chỉ tiêu 10" in lead(page)
    known.refresh_from_db()
    assert known.stage == "probation"


def test_a_wrong_day_has_the_keyboard_and_is_put_right(enter, check_page, world):
    with enter(world.people["secretary"], refused=[400]) as page:
        page.goto("/admissions/new/")
        keys(page, "Lê Văn Tám", "Tab", "1/2/1990", "Tab", "n", "n", "Tab", "Tab", "146-QĐ/HU")
        keys(page, "Tab", "240515", "Tab", "Tab", "190515", "Enter")
        expect(page).to_have_title(re.compile("^Lỗi:"))
        wrong = "Ngày quyết định 24/05/2015 sau ngày lễ kết nạp 19/05/2015. Xem lại một trong hai ngày."
        expect(page.get_by_role("alert")).to_contain_text(wrong)
        expect(page.locator("#id_decided_on_error")).to_have_text(wrong)
        assert page.evaluate(ACTIVE) == "id_decided_on"
        check_page(page)
        page.keyboard.press("Control+a")
        keys(page, "240415", "Enter")
        page.wait_for_url(NEXT)
        page.locator(".notice").get_by_role("button", name="Hoàn tác").focus()
        keys(page, "Enter")
        expect(page.locator(".notice")).to_contain_text("Đã hoàn tác")
        expect(page.locator("#vua-ghi")).to_have_text("Vừa ghi hôm nay: 0")

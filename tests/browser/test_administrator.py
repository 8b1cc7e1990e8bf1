"""The administrator: somebody new is let in with a one-time code, sent out everywhere, and loses the mandate; no figure
and no person is the administrator's to see."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import sign_in
from .reading import headings

pytestmark = pytest.mark.django_db(transaction=True)
both_sizes = pytest.mark.parametrize("size", ["desktop", "phone"])
OWN = "ngan-ha-2026-xa"


def enter_with(page, username, word):
    page.fill("#id_username", username)
    page.fill("#id_password", word)
    page.click("main form button")


def test_somebody_new_comes_in_and_goes_again(enter, visit, check_page, world):
    with enter(world.people["administrator"], refused=[403]) as office, visit("phone", refused=[400]) as cell:
        expect(office).to_have_url(re.compile("/accounts/$"))
        check_page(office)
        office.get_by_role("link", name="Thêm tài khoản").click()
        check_page(office)
        office.fill("#id_username", "bi-thu-moi")
        office.fill("#id_full_name", "Nguyễn Thị Hồng Ân")
        office.select_option("#id_role", label="Bí thư chi bộ")
        office.fill("#id_committee", "T-2-1-1")
        office.get_by_role("button", name="Thêm tài khoản và lấy mã").click()
        expect(headings(office)).to_have_text("Mã một lần của bi-thu-moi")
        code = office.locator(".lead").inner_text()
        check_page(office)

        # First the own password, then the workplace.
        cell.goto("/candidacies/")
        enter_with(cell, "bi-thu-moi", code)
        expect(cell).to_have_url(re.compile("/password/$"))
        check_page(cell)
        cell.goto("/today/")
        expect(cell).to_have_url(re.compile("/password/$"))
        cell.fill("#id_old_password", code)
        cell.fill("#id_new_password1", OWN)
        cell.fill("#id_new_password2", OWN)
        cell.get_by_role("button", name="Lưu mật khẩu mới").click()
        expect(cell).to_have_url(re.compile("/today/$"))
        expect(cell.locator(".todo > li", has_text="Chưa có người giúp đỡ")).to_have_count(3)
        check_page(cell)

        # Sent out everywhere; the password holds.
        office.goto("/accounts/?q=bi-thu-moi")
        office.locator("tbody th a").click()
        check_page(office)
        office.get_by_role("button", name="Thoát khỏi mọi nơi").click()
        expect(office.locator(".notice")).to_contain_text("thoát khỏi mọi nơi; có hiệu lực ngay")
        cell.goto("/today/")
        expect(cell).to_have_url(re.compile("/login/"))
        enter_with(cell, "bi-thu-moi", OWN)
        expect(cell).to_have_url(re.compile("/today/$"))

        # The mandate ends: nothing opens at the next click.
        office.click("summary:has-text('Kết thúc')")
        office.get_by_role("button", name="Kết thúc phân quyền").click()
        expect(office.locator(".notice")).to_contain_text("Đã kết thúc phân quyền của bi-thu-moi.")
        expect(office.get_by_role("heading", name="Đã kết thúc")).to_be_visible()
        check_page(office)
        cell.goto("/")
        expect(headings(cell)).to_have_text("Tài khoản chưa được phân quyền")
        check_page(cell)


def test_everyone_may_leave_every_other_place(visit, world):
    with visit() as here, visit("phone") as there:
        for page in (here, there):
            sign_in(page, world.people["secretary"])
            expect(page).to_have_url(re.compile("/today/$"))
        here.goto("/password/")
        here.get_by_role("button", name="Thoát khỏi mọi nơi khác").click()
        expect(here.locator(".notice")).to_contain_text("Anh chị vẫn làm việc tiếp ở đây.")
        there.goto("/today/")
        expect(there).to_have_url(re.compile("/login/"))
        here.goto("/today/")
        expect(here).to_have_url(re.compile("/today/$"))


@both_sizes
def test_accounts_are_kept_and_no_figure_is_seen(enter, check_page, world, size):
    with enter(world.people["administrator"], size, refused=[403]) as page:
        page.fill("#id_q", "bi-thu")
        page.keyboard.press("Enter")
        expect(page.locator("tbody tr")).to_have_count(1)
        page.get_by_role("button", name="Cấp mã một lần bi-thu").click()
        expect(page.locator(".lead")).to_have_text(re.compile(r"^\S{8,}$"))
        check_page(page)
        for address in ("/dashboards/T/", "/admissions/", f"/people/{world.women[0].person_id}/"):
            assert page.goto(address).status == 403
        check_page(page)
        page.goto("/committees/")
        check_page(page)

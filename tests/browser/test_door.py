"""Signing in as a person does it, at both sizes; the site's own pages hold up under axe."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from committees import accounts, journal
from recruitment.figures.published import load_published

FIXTURES = Path(__file__).parents[2] / "fixtures"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_public_pages_are_accessible(visit, check_page, size):
    with visit(size) as page:
        for address in ["/login/", "/glossary/", "/help/"]:
            page.goto(address)
            check_page(page)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_first_sign_in_asks_for_a_password_and_then_lets_in(visit, check_page, size):
    account, code = accounts.open_account("bi-thu-moi", by=None, full_name="Nguyễn Thị Hồng Ân")
    with visit(size) as page:
        page.goto("/login/?next=/help/")
        page.fill("#id_username", account.username)
        page.fill("#id_password", code)
        page.click("main button")
        expect(page).to_have_url(re.compile("/password/$"))
        check_page(page)
        page.fill("#id_old_password", code)
        page.fill("#id_new_password1", "ngan-ha-2026-xa")
        page.fill("#id_new_password2", "ngan-ha-2026-xb")
        page.click("main button")
        expect(page).to_have_title(re.compile("^Lỗi:"))
        check_page(page)
        page.fill("#id_old_password", code)
        page.fill("#id_new_password1", "ngan-ha-2026-xa")
        page.fill("#id_new_password2", "ngan-ha-2026-xa")
        page.click("main button")
        expect(page.locator("h1")).to_have_text("Tài khoản chưa được phân quyền")
        check_page(page)
        if size == "phone":
            page.click("summary:has-text('Mục lục')")
        page.click("button:has-text('Thoát') >> visible=true")
        expect(page).to_have_url(re.compile("/login/$"))


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_sceptic_reads_the_sources_then_comes_where_he_wanted(visit, enter, check_page, world, size):
    with journal.pen(None, "load"):
        load_published(FIXTURES)
    with visit(size) as page:
        page.goto("/sources/")
        expect(page.get_by_text("443.137 / 46.706 = 948,78 %").first).to_be_visible()
        check_page(page)
    with enter(world.people["staff"], size, start="/dashboards/T/?on=31/12/2014") as page:
        expect(page.locator(".hero .src")).to_contain_text("Tính đến hết ngày 31/12/2014")
        expect(page).to_have_url(re.compile(r"on=31/12/2014$"))
        check_page(page)

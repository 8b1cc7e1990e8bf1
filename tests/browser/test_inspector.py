"""The inspector: the journal names who read what, the readings just made among them, and each entry opens."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from committees import journal
from tests import factories as make

from .reading import text_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
both_sizes = pytest.mark.parametrize("size", ["desktop", "phone"])


def test_the_journal_names_the_readings_just_made(enter, check_page, world):
    with enter(world.people["secretary"], "phone") as page:
        expect(page).to_have_url(re.compile("/today/$"))
    with enter(world.people["staff"], start="/admissions/?unit=T-2") as page:
        with page.expect_download():
            page.get_by_role("link", name="Tải CSV").click()
        page.locator("tbody th a").first.click()
        page.get_by_role("button", name="Hiện thông tin nhạy cảm").click()
    with enter(world.people["standing"], start="/reports/annual/T/?year=2015") as page:
        with page.expect_download():
            page.get_by_role("link", name="Tải PDF").click()
    with enter(world.people["inspector"]) as page:
        expect(page).to_have_url(re.compile("/journal/$"))
        check_page(page)
        lines = [text_of(row) for row in page.locator("tbody tr").all()]
        for who, deed, about in [
            ("bi-thu", "Mở danh sách", "việc trong ngày"),
            ("can-bo", "Mở danh sách", "danh sách kết nạp"),
            ("can-bo", "Tải danh sách về tệp", "danh sách kết nạp"),
            ("can-bo", "Mở trang cá nhân", "người số"),
            ("can-bo", "Hiện thông tin nhạy cảm", "người số"),
            ("thuong-vu", "Tải danh sách về tệp", "báo cáo năm"),
        ]:
            found = [line for line in lines if who in line and deed in line and about in line]
            assert len(found) == 1, (who, deed, found, lines)
        page.locator("tbody tr", has_text="danh sách kết nạp").locator("a").first.click()
        expect(page).to_have_url(re.compile(r"/journal/reads/\d+/$"))
        expect(page.locator("main")).to_contain_text("can-bo")
        check_page(page)


@both_sizes
def test_an_entry_opens_with_its_values(enter, check_page, world, size):
    with journal.pen(None, "admission-cancel", committee=world.at["T-2"]):
        make.make_admission(world.at["T-2-1-1"], date(2015, 4, 2), cancelled_on=date(2015, 5, 2))
    with enter(world.people["inspector"], size) as page:
        page.goto("/journal/?chain=writes")
        page.locator("tbody a").first.click()
        expect(page).to_have_url(re.compile(r"/journal/writes/\d+/$"))
        check_page(page)
        page.goto("/journal/?since=31/02/2015")
        expect(page).to_have_title(re.compile("^Lỗi:"))
        check_page(page)

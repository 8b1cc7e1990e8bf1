"""The department looks at what is wrong in the register, opens the list behind a count, and takes it away as a long file."""

import pytest
from playwright.sync_api import expect

from recruitment import jobs
from recruitment.reports import filing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


def test_from_a_count_to_its_list_and_the_file_of_it(enter, check_page, world, monkeypatch):
    monkeypatch.setattr(filing, "LONG", 3)
    with enter(world.people["staff"], "desktop", start="/quality/") as page:
        expect(page.locator("h1")).to_have_text("Chất lượng dữ liệu")
        check_page(page)
        line = page.locator("tr", has_text="Chưa có số định danh cá nhân").last
        count = line.locator("a.n").inner_text()
        line.locator("a.n").click()
        expect(page.locator("h1")).to_have_text("Chưa có số định danh cá nhân")
        expect(page.locator(".chips")).to_contain_text(f"{count} dòng")
        check_page(page)
        page.get_by_role("link", name="Tải Excel").click()
        expect(page.locator("h1")).to_have_text("Đang làm tệp danh sách")
        check_page(page)
        jobs.drain()  # the page asks by itself how far it is, and then shows the way to the file
        link = page.get_by_role("link", name="Tải tệp về")
        expect(link).to_be_visible(timeout=15_000)
        with page.expect_download() as download:
            link.click()
        assert download.value.suggested_filename.startswith("ket-nap-co-dieu-can-xem-t-")
        page.goto("/files/")
        expect(page.locator("tbody tr")).to_contain_text("Đã xong")
        check_page(page)
        page.goto("/exchange/?since=01/01/2015&last=31/12/2015")
        expect(page.locator(".lead")).to_contain_text("người mới kết nạp trong kỳ")
        check_page(page)

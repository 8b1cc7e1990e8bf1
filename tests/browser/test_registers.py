"""The books of an office: found from the reports, narrowed to a year, printed as a bound book."""

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from .reading import headings

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.once]


def test_a_book_is_found_narrowed_and_printed(enter, check_page, world):
    with enter(world.people["staff"], start="/reports/") as page:
        page.get_by_role("link", name="Sổ sách").click()
        expect(headings(page)).to_have_text("Sổ sách")
        check_page(page)
        page.get_by_role("link", name="Sổ kết nạp đảng viên").click()
        expect(headings(page)).to_have_text("Sổ kết nạp đảng viên")
        check_page(page)
        page.fill("#id_year", "2015")
        page.get_by_role("button", name="Lọc", exact=True).click()
        expect(page.locator(".chips")).to_contain_text("Năm: 2015")
        count = page.locator(".chips b").first.inner_text()
        with page.expect_download() as printed:
            page.get_by_role("link", name="In sổ (PDF)").click()
        pdf = PdfReader(printed.value.path())
        said = " ".join(pdf.pages[-1].extract_text().split())
        assert (
            f"Sổ này có {len(pdf.pages)} trang, đánh số từ 1 đến {len(pdf.pages)}, ghi {count} người." in said
        )

        page.goto("/registers/documents/?committee=T-1&year=2001")
        expect(page.locator(".empty")).to_contain_text("chọn năm khác")
        check_page(page)

"""The organisation page and its chart, as a department goes there: find, read the history, print."""

import re

import pytest
from playwright.sync_api import expect

from committees.models import Kind
from tests.factories import make_committee

from .reading import headings
from .test_hands import on_paper, sheets_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@on_paper
def test_an_organisation_is_found_and_its_chart_printed(enter, check_page, world, tmp_path):
    for k in range(70):
        make_committee(f"T-2-9{k:02}", Kind.GRASSROOTS_PARTY, world.at["T-2"], name=f"Đảng bộ cơ quan số {k}")
    with enter(world.people["staff"], start="/committees/") as page:
        page.get_by_role("link", name="Tổ chức T", exact=True).click()
        expect(headings(page)).to_have_text("Tổ chức T")
        page.locator(".facts div", has_text="Đảng bộ cơ sở").get_by_role("link").click()
        expect(page.locator(".chips")).to_contain_text("74")
        page.get_by_label("Tìm tên hoặc mã").fill("co quan so 6")
        page.get_by_role("button", name="Xem").click()
        expect(page.locator(".chips")).to_contain_text("11")
        check_page(page)

        page.goto("/committees/?under=T-2")
        page.get_by_role("link", name="Sơ đồ tổ chức").click()
        expect(headings(page)).to_have_text("Sơ đồ tổ chức: Tổ chức T-2")
        sheets = page.locator(".sheets svg")
        expect(sheets.first).to_be_visible()
        check_page(page)
        file = tmp_path / "chart.pdf"
        told = [text for text in sheets_of(page, file) if text]
        assert len(told) == sheets.count() > 1
        assert all("Theo tổ chức hiện nay" in text for text in told)
        sizes = re.findall(rb"/MediaBox *\[0 0 ([0-9.]+) ([0-9.]+)\]", file.read_bytes())
        assert len(sizes) == len(told) and all(float(width) > float(height) for width, height in sizes)

        page.set_viewport_size({"width": 360, "height": 740})
        expect(sheets.first).to_be_hidden()
        expect(page.get_by_role("link", name="Đảng bộ cơ quan số 69", exact=True)).to_be_visible()
        check_page(page)

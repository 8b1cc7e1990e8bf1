"""Why this number? A clerk asks of a unit's percentage, at a desk and on a phone, and follows what was left out to the
people behind it."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests import factories as make

from .reading import headings, text_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_from_a_percentage_to_whom_it_leaves_out(enter, check_page, world, size):
    at, plan = world.at, world.plan
    make.make_quota(
        plan, at["T-2"], rate=3, effective_on=date(2015, 6, 1), document="09-CV/TU", reason="Bổ sung"
    )
    make.make_headcount(at["T-2"], plan.since, 467)
    with enter(world.people["staff"], size) as page:
        page.goto("/dashboards/T/")
        row = page.locator("#don-vi tbody tr", has_text="Tổ chức T-2")
        row.get_by_role("link", name=re.compile("^20,00.%, giải thích$")).click()
        expect(headings(page)).to_have_text(re.compile("^20,00.%: con số này tính thế nào$"))
        assert "3 % × 467 đảng viên (ngày 01/01/2014) = 14,01, làm tròn lên 15" in text_of(
            page.locator("main")
        )
        check_page(page)
        page.get_by_text("Hỏi kế hoạch, nhóm, ngày khác").click()
        check_page(page)
        page.locator("tr", has_text="Quyết định đã hủy").get_by_role("link").click()
        expect(page.locator("main")).to_contain_text(world.cancelled.person.full_name)
        expect(page.locator("main")).to_contain_text("Không tính: quyết định đã hủy")
        check_page(page)
        page.go_back()
        page.get_by_role("link", name="Tổ chức T-2").click()
        expect(page).to_have_url(re.compile("/dashboards/T-2/"))

"""A cell's secretary, on a phone: what is due today, and each thing answered from its card; without scripts too, and over
a slow line."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from committees.vietnamese import add_months, day, today
from recruitment.models import Candidacy, Stage
from tests import factories as make

from .reading import by_menu, headings, small

pytestmark = pytest.mark.django_db(transaction=True)
both_sizes = pytest.mark.parametrize("size", ["desktop", "phone"])
SLOW = 50 * 1024  # bytes a second
OVER_A_SLOW_LINE = 150 * 1024
HELPLESS = "#qua-han + .todo > li:has-text('Chưa có người giúp đỡ')"


@pytest.fixture
def bich(world):
    """The candidacy of somebody new in the secretary's cell, without a helper."""
    return make.make_candidacy(
        world.at["T-2-1-1"], today() - timedelta(days=40), full_name="Lý Thị Bích", sex="F", born=today().replace(year=1998, day=1)
    )  # fmt: skip


@pytest.fixture
def check_phone(check_page):
    """check_page, and that a thumb hits everything there is to press. Without scripts axe cannot look."""

    def check(page, scripts=True):
        if scripts:
            check_page(page)
            assert not (few := small(page)), "\n".join([page.url, *few])

    return check


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_day_of_a_secretary(enter, check_phone, world, bich, scripts):
    on = day(today() - timedelta(days=10))
    with enter(world.people["secretary"], "phone", java_script_enabled=scripts, refused=[400]) as page:
        expect(page).to_have_url(re.compile("/today/$"))
        expect(page.locator(HELPLESS)).to_have_count(4)
        check_phone(page, scripts)

        # A helper is assigned from the card, and the card is gone.
        page.get_by_role("link", name="Phân công người giúp đỡ cho Lý Thị Bích").click()
        expect(headings(page)).to_have_text("Người giúp đỡ của Lý Thị Bích")
        check_phone(page, scripts)
        page.get_by_role("button", name="Phân công").click()
        expect(page).to_have_title(re.compile("^Lỗi:"))
        expect(page.locator("#id_mentor_error")).to_contain_text("Ghi họ và tên đảng viên giúp đỡ.")
        check_phone(page, scripts)
        page.fill("#id_mentor", "Đỗ Thị Út")
        page.fill("#id_since", on)
        page.get_by_role("button", name="Phân công").click()
        expect(page).to_have_url(re.compile("/today/$"))
        expect(page.locator(".notice")).to_contain_text("Đã phân công Đỗ Thị Út giúp đỡ")
        expect(page.locator(HELPLESS)).to_have_count(3)
        check_phone(page, scripts)

        # The class is over: its certificate, which is a step; then the next one from the person's page.
        page.get_by_role("link", name="Lý Thị Bích").click()
        check_phone(page, scripts)
        page.get_by_role("link", name="Ghi chứng nhận").click()
        check_phone(page, scripts)
        page.fill("#id_number", "12/CN")
        page.fill("#id_issued_on", on)
        page.get_by_role("button", name="Ghi chứng nhận").click()
        expect(page.locator(".notice")).to_contain_text("Đã ghi chứng nhận")
        expect(page.locator(".road [aria-current=step] h3")).to_have_text(str(Stage.CLASS.label))
        page.get_by_role("link", name="Ghi: Đơn xin vào Đảng").click()
        check_phone(page, scripts)
        page.fill("#id_on", day(today()))
        page.get_by_label("Đơn do chính người xin vào Đảng viết tay").check()
        page.get_by_role("button", name="Ghi vào hồ sơ").click()
        expect(page.locator(".notice").first).to_contain_text("Đã ghi: Đơn xin vào Đảng")
        expect(page.locator(".road [aria-current=step] h3")).to_have_text(str(Stage.DOSSIER.label))
        check_phone(page, scripts)

        # Somebody new on the list.
        by_menu(page, "Quần chúng")
        page.get_by_role("link", name="Thêm quần chúng").click()
        check_phone(page, scripts)
        page.fill("#id_full_name", "Trần Văn Bảy")
        page.fill("#id_born", "020395")
        page.select_option("#id_sex", label="Nam")
        page.get_by_role("button", name="Lưu và thêm người tiếp").click()
        expect(page.locator(".notice")).to_contain_text("Đã đưa Trần Văn Bảy vào danh sách nguồn")
        check_phone(page, scripts)
        by_menu(page, "Hôm nay")
        expect(page.locator(HELPLESS).filter(has_text="Trần Văn Bảy")).to_have_count(1)
        check_phone(page, scripts)
    bich.refresh_from_db()
    assert bich.stage == Stage.DOSSIER
    assert Candidacy.objects.get(person__full_name="Trần Văn Bảy").cell == world.at["T-2-1-1"]


@both_sizes
def test_what_is_due_leads_to_its_list_and_no_further(enter, check_page, world, size):
    lapsed = make.make_candidacy(world.at["T-2-1-1"], add_months(today(), -62), mentor="Đỗ Thị Út")
    make.make_certificate(world.at["T-2-1-1"], add_months(today(), -61), person=lapsed.person)
    with enter(world.people["secretary"], size, refused=[404]) as page:
        cards = page.locator("#qua-han + .todo > li")
        expect(page).to_have_title(re.compile(f" {cards.count()} việc quá hạn"))
        card = cards.filter(has_text="lớp nhận thức về Đảng đã hết hạn")
        expect(card).to_have_count(1)
        expect(card.get_by_role("link", name=re.compile("^Ghi chứng nhận mới"))).to_be_visible()
        card.locator("details summary").click()
        expect(card.locator(".cite")).to_be_visible()
        check_page(page)
        page.get_by_role("link", name="In danh sách để họp chi bộ").click()
        expect(page.locator("[data-prints] button")).to_be_visible()
        check_page(page)
        page.goto("/candidacies/")
        expect(page.locator("tbody tr")).to_have_count(5)
        check_page(page)
        page.locator("tbody th a").first.click()
        expect(page.locator(".road")).to_be_visible()
        check_page(page)
        page.goto("/dashboards/T-2-1-1/")
        check_page(page)
        page.goto("/dashboards/T/")
        expect(headings(page)).to_have_text("Không tìm thấy trang này")
        check_page(page)


@pytest.mark.once
def test_today_comes_over_a_slow_line(enter, world):
    """50 KB a second, as at the end of a commune's line: the page works while nothing is in the cache, in few bytes, and
    the second time in very few. Bytes as the test server sends them, uncompressed."""
    with enter(world.people["secretary"], "phone") as page:
        session = page.context.new_cdp_session(page)
        received = []
        session.on("Network.loadingFinished", lambda told: received.append(told["encodedDataLength"]))
        session.send("Network.enable")
        session.send("Network.clearBrowserCache")
        slow = {"offline": False, "latency": 150, "downloadThroughput": SLOW, "uploadThroughput": SLOW}
        session.send("Network.emulateNetworkConditions", slow)
        page.goto("/today/", wait_until="load")
        page.evaluate("document.fonts.ready")
        expect(page.locator(HELPLESS)).to_have_count(3)
        first = sum(received)
        assert 20_000 < first <= OVER_A_SLOW_LINE, received
        received.clear()
        page.get_by_role("link", name=re.compile("^Phân công người giúp đỡ")).first.click()
        page.wait_for_load_state("networkidle")
        expect(headings(page)).to_have_text(re.compile("^Người giúp đỡ của"))
        assert 1_000 < sum(received) <= 40 * 1024, received

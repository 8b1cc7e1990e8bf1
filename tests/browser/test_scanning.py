"""A secretary scans a paper of the folder: what was chosen survives a fault of the form and of the network, and the pages
come out in order."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from recruitment.models import Scan
from tests import factories as make
from tests.factories_papers import picture
from tests.recruitment.sheets.scan_files import photo

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.once]
CHOSEN = "document.querySelector('#id_files').files.length"
NO_NETWORK = "XMLHttpRequest.prototype.sent = XMLHttpRequest.prototype.send; XMLHttpRequest.prototype.send = function () { this.onerror(); }; 0"
NETWORK = "XMLHttpRequest.prototype.send = XMLHttpRequest.prototype.sent; 0"


def test_photos_of_a_paper_are_sent_refused_sent_again_and_shown(enter, check_page, office):
    candidacy = make.make_candidacy(office.cell, date(2025, 8, 1), full_name="Trần Thị Bé")
    files = [
        {"name": "1.jpg", "mimeType": "image/jpeg", "buffer": photo()},
        {"name": "2.png", "mimeType": "image/png", "buffer": picture()},
    ]
    with enter(office.secretary, start=f"/people/{candidacy.person_id}/", refused=[400]) as page:
        page.get_by_role("link", name="Bản quét giấy tờ").click()
        expect(page.locator("main")).to_contain_text("Chưa có bản quét nào")
        check_page(page)
        page.get_by_label("Là bản quét của").select_option(label="Giấy tờ khác")
        page.set_input_files("#id_files", files)
        page.evaluate(NO_NETWORK)
        page.get_by_role("button", name="Tải lên").click()
        expect(page.locator("[data-broken]")).to_be_visible()
        page.evaluate(NETWORK)
        page.get_by_role("button", name="Tải lên").click()
        expect(page).to_have_title(re.compile("^Lỗi:"))
        expect(page.locator("main")).to_contain_text("Chưa ghi tên giấy tờ")
        expect(page.locator("[data-broken]")).to_be_hidden()
        page.wait_for_function(f"{CHOSEN} === 2")
        check_page(page)
        page.get_by_label("Tên giấy tờ").fill("Giấy khai sinh")
        page.get_by_role("button", name="Tải lên").click()
        expect(page.locator(".notice")).to_contain_text("Đã giữ bản quét “Giấy khai sinh”: 2 trang")
        page.get_by_role("link", name="Giấy khai sinh").click()
        page.get_by_label("Cách thay").select_option(label="Thay cả bản quét")
        page.set_input_files("#id_files", files[0])
        page.get_by_role("button", name="Tải lên").click()
        expect(page.locator(".notice")).to_contain_text("1 trang")
        shown = page.locator("figure.scan img")
        expect(shown).to_be_visible()
        page.wait_for_function("document.querySelector('figure.scan img').naturalHeight === 320")
        check_page(page)
        page.get_by_label("Lý do bỏ").fill("Thử")
        page.get_by_role("button", name="Bỏ bản quét").click()
        expect(page.locator(".notice")).to_contain_text("Đã bỏ bản quét")
    assert [scan.dropped_why for scan in Scan.objects.order_by("pk")] == ["Thay bằng bản quét khác", "Thử"]

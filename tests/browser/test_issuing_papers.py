"""A clerk issues a resolution, corrects it and prints the first one again, on the screen an office has."""

import pytest
from playwright.sync_api import expect

from committees.models import Role
from recruitment.imports import papers_said
from recruitment.models import IssuedPaper
from tests import factories as make
from tests.recruitment.papers import dossiers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
NAME = papers_said.PEOPLE[1][1]


def test_issue_correct_reprint(enter, check_page, transactional_db):
    made = dossiers.build()
    clerk = make.make_account("can-bo", Role.STAFF, made["BRVT"])
    pk = dossiers.case("6-KNĐ", NAME).candidacy.pk
    with enter(clerk, start=f"/candidacies/{pk}/papers/", refused=[400]) as page:
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Giấy tờ của {NAME}")
        check_page(page)
        page.get_by_role("link", name="Nghị quyết của chi bộ đề nghị kết nạp đảng viên").click()
        expect(page.locator(".sheet")).to_contain_text("NGHỊ QUYẾT")
        check_page(page)
        for tick in page.locator("main [name=confirmed]").all():
            tick.check()
        page.get_by_role("button", name="Phát hành").click()
        expect(page.get_by_role("link", name="Tải bản PDF")).to_be_visible()
        check_page(page)
        page.get_by_role("link", name="Lập bản đính chính").click()
        page.get_by_role("button", name="Phát hành bản đính chính").click()
        expect(page.locator(".wrong")).to_contain_text("Ghi nội dung đính chính")
        page.fill("#id_reason", "ghi nhầm tên thư ký")
        for tick in page.locator("main [name=confirmed]").all():
            tick.check()
        page.get_by_role("button", name="Phát hành bản đính chính").click()
        expect(page.locator("main")).to_contain_text("Thay thế số 07-NQ/CB")
        first = IssuedPaper.objects.get(corrects=None)
        page.goto(f"/issued/{first.pk}/")
        expect(page.locator(".notice")).to_contain_text("đã được thay bằng")
        with page.expect_download() as given:
            page.get_by_role("link", name="Tải bản PDF").click()
        with open(given.value.path(), "rb") as file:
            assert file.read() == bytes(first.files.get(form="pdf").content)

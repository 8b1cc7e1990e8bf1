"""A clerk brings a workbook in: one fault named, the mended file loaded, and taken back."""

import re

import pytest
from playwright.sync_api import expect

from recruitment.models import Admission, Upload
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
ROW = {
    "Họ và tên": "Phan Thị Bích Ngọc", "Sinh ngày": "14/03/1990", "Giới tính": "Nữ", "Mã tổ chức": "T-1-1-1",
    "Ngày quyết định": "19/05/2015",
}  # fmt: skip
WRONG = {**ROW, "Họ và tên": "Lý Văn Tâm", "Sinh ngày": "31/02/1990", "Giới tính": "Nam"}


def choose(page, name, rows):
    page.goto("/imports/")
    page.select_option("#id_kind", label="Kết nạp")
    content = make.make_workbook(list(ROW), rows)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("#id_file", {"name": name, "mimeType": kind, "buffer": content})
    page.click("button:has-text('Kiểm tra tệp')")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_fault_is_mended_the_file_loaded_and_taken_back(enter, check_page, world, size):
    before = Admission.objects.count()
    with enter(world.people["staff"], size, start="/imports/") as page:
        expect(page.locator("h1")).to_have_text("Nhập dữ liệu từ tệp Excel")
        check_page(page)
        choose(page, "ket-nap.xlsx", [ROW, WRONG])
        expect(page).to_have_title(re.compile("^Lỗi: 1 dòng cần sửa, Xem trước ket-nap.xlsx"))
        expect(page.locator("#loi")).to_contain_text("1 dòng cần sửa")
        fault = page.locator("section:has(h2:text-is('Cần sửa')) tbody tr")
        expect(fault).to_contain_text(
            re.compile("3.*Lý Văn Tâm.*Sinh ngày.*B3.*31/02/1990.*một ngày có thật", re.DOTALL)
        )
        expect(page.get_by_role("button", name=re.compile("^Nhập"))).to_have_count(0)
        check_page(page)
        with page.expect_download() as download:
            page.click("a:has-text('Tải 1 dòng lỗi')")
        assert download.value.suggested_filename == "Dòng cần sửa, ket-nap.xlsx"

        page.get_by_label("Sinh ngày, dòng 3").fill("21/02/1990")
        page.get_by_role("button", name="Lưu chỗ đã sửa và kiểm tra lại").click()
        expect(page.locator("section:has(h2:text-is('Đã sửa ở đây')) tbody tr")).to_contain_text("21/02/1990")
        expect(page.locator(".facts")).to_contain_text("Mới")
        check_page(page)
        page.get_by_role("button", name="Nhập 2 dòng").click()
        expect(page.locator(".notice")).to_contain_text("Đã nhập 2 dòng mới, 0 thay đổi.")
        assert Admission.objects.count() == before + 2
        check_page(page)
        page.locator(".notice").get_by_role("button", name="Hoàn tác").click()
        expect(page.locator(".notice")).to_contain_text("Đã hoàn tác “ket-nap.xlsx”: bỏ 4 bản ghi")
        assert Admission.objects.count() == before
        assert not Upload.objects.exists()


def test_what_is_no_workbook_is_told_beside_the_field(enter, check_page, world):
    with enter(world.people["staff"], refused=(400,), start="/imports/") as page:
        page.select_option("#id_kind", label="Kết nạp")
        page.set_input_files("#id_file", {"name": "ds.csv", "mimeType": "text/csv", "buffer": b"a;b"})
        page.click("button:has-text('Kiểm tra tệp')")
        expect(page).to_have_title(re.compile("^Lỗi:"))
        expect(page.locator("#id_file_error")).to_contain_text("Lưu thành")
        check_page(page)
        page.click("summary:has-text('Tải mẫu trống')")
        with page.expect_download() as download:
            page.get_by_role("link", name="Kết nạp", exact=True).last.click()
        assert download.value.suggested_filename == "Mẫu kết nạp.xlsx"

"""A cell sends its report of a year, the level above returns it, it is sent again and closed; afterwards it opens as sent."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from committees import vietnamese
from recruitment.models import Submission
from tests import factories as make

from .reading import by_menu, headings

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_cell_reports_its_year(enter, check_page, world):
    due = vietnamese.today() + timedelta(days=9)
    period = make.make_period(world.at["T"], 2015, due_on=due, name="Báo cáo năm 2015")
    with enter(world.people["secretary"]) as cell, enter(world.people["staff"]) as desk:
        by_menu(cell, "Báo cáo")
        expect(headings(cell)).to_have_text("Báo cáo")
        cell.get_by_role("link", name="Kỳ báo cáo", exact=True).click()
        expect(headings(cell)).to_have_text("Kỳ báo cáo")
        cell.get_by_role("link", name="Tổ chức T-2-1-1").click()
        expect(cell.locator("main")).to_contain_text("Chưa nộp, còn hạn")
        check_page(cell)
        cell.get_by_label("Ghi chú của đơn vị").fill("Một đảng viên chuyển đi giữa năm.")
        cell.get_by_role("button", name="Nộp lên cấp trên").click()
        expect(cell.get_by_role("status")).to_contain_text("chờ cấp trên kiểm tra")

        desk.goto(f"/periods/{period.pk}/?committee=T-2-1")
        expect(desk.locator(".lead")).to_contain_text("0/1")
        check_page(desk)
        desk.get_by_role("link", name="Tổ chức T-2-1-1").click()
        expect(desk.locator("main")).to_contain_text("Một đảng viên chuyển đi giữa năm.")
        check_page(desk)
        desk.get_by_label("Lý do trả lại").fill("Chưa kể người kết nạp tháng 3.")
        desk.get_by_role("button", name="Trả lại với lý do").click()
        expect(desk.get_by_role("status")).to_contain_text("Đã trả lại")

        cell.reload()
        expect(cell.locator("main")).to_contain_text("Chưa kể người kết nạp tháng 3.")
        expect(cell.get_by_label("Ghi chú của đơn vị")).to_have_value("Một đảng viên chuyển đi giữa năm.")
        cell.get_by_role("button", name="Nộp lên cấp trên").click()
        expect(cell.get_by_role("status")).to_contain_text("chờ cấp trên kiểm tra")
        desk.reload()
        desk.get_by_role("button", name="Nhận, khóa sổ").click()
        expect(desk.get_by_role("status")).to_contain_text("đã khóa sổ")

        cell.reload()
        expect(cell.locator("main")).to_contain_text("Đã nhận, khóa sổ")
        with cell.expect_download() as coming:
            cell.get_by_role("link", name="PDF như đã nộp").click()
        assert re.fullmatch(r"bao-cao-nam-2015-T-2-1-1\.pdf", coming.value.suggested_filename, re.IGNORECASE)
        cell.get_by_role("link", name="Lần 2").click()
        expect(headings(cell)).to_contain_text("năm 2015")
    sent = Submission.objects.order_by("number")
    assert [one.state for one in sent] == ["returned", "accepted"] and period.last_day == date(2015, 12, 31)

"""A day at a desk: a meeting's decisions entered with the keyboard, a corrected rule in what a secretary is told to do."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from committees.models import Role
from recruitment.models import Admission, Candidacy, Stage
from tests import factories as make
from tests.recruitment.pipeline import queue_world

from .desk import WHO, Desk
from .reading import headings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


def test_a_meetings_decisions_are_entered_with_the_keyboard(enter, check_page, clock, office):
    """From the desk through the queue to the batch: a number given before is asked about, then all is saved at once."""
    clock("23/11/2026")
    waiting = [queue_world.ready(office.cell, name) for name in ("Lê Văn An", "Lý Thị Bình")]
    make.make_admission(office.cell, date(2026, 10, 1), decision_number="146-QĐ/HU", full_name="Võ Dung")
    with enter(office.clerk, refused=[400]) as page:
        clerk, pressed = Desk(page, check_page), page.keyboard
        clerk.open("/desk/")
        page.locator("a[href*='/desk/to-decide/']").first.press("Enter")
        expect(page.locator("tbody tr")).to_have_count(2)
        clerk.look()
        page.get_by_role("link", name="Ghi quyết định của một kỳ họp").press("Enter")
        expect(headings(page)).to_have_text("Ghi quyết định kết nạp")
        clerk.look()
        page.locator("#id_on").focus()
        pressed.press("Control+a")
        pressed.type("201126")
        page.get_by_role("checkbox", name=waiting[0].person.full_name).focus()
        for number in ("145-QĐ/HU", "146-qd/hu"):
            pressed.press("Space")
            pressed.press("Tab")
            pressed.type(number)
            pressed.press("Tab")
            pressed.press("Tab")
        page.locator(f"[name=d{waiting[1].pk}-number]").press("Enter")
        expect(page).to_have_title(re.compile("^Chưa lưu:"))
        doubt = page.get_by_role("checkbox", name=re.compile("đã dùng cho Võ Dung"))
        clerk.look(again="asked")
        doubt.focus()
        pressed.press("Space")
        pressed.press("Enter")
        clerk.told("Đã ghi")
        expect(page.locator(".empty")).to_be_visible()
    assert {one.stage for one in Candidacy.objects.all()} == {Stage.DECIDED}
    told = Admission.objects.exclude(candidacy=None).order_by("decision_number")
    assert [one.decided_on for one in told] == [date(2026, 11, 20)] * 2


def test_a_corrected_rule_changes_the_secretarys_day(secretary, enter, check_page, office):
    """A review every three months is not due after two; every month it is, at once and with the new citation."""
    candidacy = make.make_candidacy(office.cell, date(2025, 7, 1), full_name=WHO, mentor="Đỗ Thị Út")
    secretary.no_card("Chưa có nhận xét định kỳ")
    with enter(make.make_account("quan-tri", Role.ADMINISTRATOR)) as page:
        administrator = Desk(page, check_page)
        administrator.open("/rules/2025-07/review/")
        administrator.write(
            "Lưu lần sửa",
            value="1",
            citation="Văn bản thử 12, điểm 3",
            document="12-HD/TU",
            since="01/07/2025",
        )
        administrator.told("Đã sửa")
    card = secretary.card("Chưa có nhận xét định kỳ")
    expect(card).to_contain_text("01/08/2025")
    card.locator("summary").click()
    expect(card.locator(".cite").first).to_contain_text("Văn bản thử 12, điểm 3")
    assert candidacy.reviews.count() == 0

"""The main path of each persona, at both sizes: what they come for, and what they must not meet."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from committees import journal
from recruitment.figures.published import load_published
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
both_sizes = pytest.mark.parametrize("size", ["desktop", "phone"])
FIXTURES = Path(__file__).parents[2] / "fixtures"
SENTENCE = "kết nạp 27 đảng viên trên chỉ tiêu 30, đạt 90,00 % Kế hoạch 02."


def text_of(locator):
    """The words on the page with every kind of space as one."""
    return " ".join(locator.inner_text().split())


def headings(page):
    return page.get_by_role("heading", level=1)


def addresses(page):
    return page.locator("a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")


@both_sizes
def test_standing_committee_reads_the_sentence_and_drills_to_a_cell(enter, check_page, world, size):
    with enter(world.people["standing"], size, refused=[403]) as page:
        expect(page).to_have_url(re.compile("/dashboards/T/$"))
        assert SENTENCE in text_of(page.locator(".lead"))
        check_page(page)
        for code in ("T-1", "T-1-1", "T-1-1-1"):
            page.locator("#don-vi tbody th a", has_text=f"Tổ chức {code}").first.click()
            expect(headings(page)).to_have_text(f"Tổ chức {code}")
            check_page(page)
            assert not [a for a in addresses(page) if re.search("/(people|admissions|candidacies)/", a)]
        assert "kết nạp 24 đảng viên" in text_of(page.locator(".lead"))

        page.goto("/dashboards/T/")
        figure = page.locator("#to-chuc a.n").first
        number = figure.inner_text()
        figure.click()
        assert text_of(page.locator(".chips li").first) == f"{number} tổ chức"
        expect(page.locator("tbody tr")).to_have_count(int(number))
        check_page(page)
        page.goto("/dashboards/T/")
        page.locator(".lead a", has_text="30").click()
        expect(headings(page)).to_have_text("Chỉ tiêu")
        check_page(page)
        page.goto(f"/people/{world.women[0].person_id}/")
        expect(headings(page)).to_have_text("Anh chị chưa được giao quyền này")
        check_page(page)


@both_sizes
def test_staff_follow_a_number_to_a_person_and_the_journal_knows(enter, check_page, world, size):
    with enter(world.people["staff"], size) as page:
        expect(page).to_have_url(re.compile("/desk/$"))
        check_page(page)
        page.goto("/dashboards/T/")
        page.locator("#don-vi tbody th a", has_text="T-2").click()
        page.locator(".lead a", has_text="3").first.click()
        assert text_of(page.locator(".chips li").first) == "3 người"
        expect(page.locator("tbody tr")).to_have_count(3)
        check_page(page)
        name = page.locator("tbody th a").first.inner_text()
        page.locator("tbody th a").first.click()
        expect(headings(page)).to_have_text(name)
        expect(page.get_by_text("Công giáo")).to_have_count(0)
        check_page(page)
        page.get_by_role("button", name="Hiện thông tin nhạy cảm").click()
        expect(page.get_by_text("Công giáo")).to_be_visible()
        check_page(page)
        page.goto("/admissions/?q=khong-ai-ten-nhu-the")
        expect(page.locator(".empty h2")).to_be_visible()
        check_page(page)
        page.goto("/committees/?under=T-1")
        check_page(page)
    with enter(world.people["inspector"], size) as page:
        expect(page).to_have_url(re.compile("/journal/$"))
        told = page.locator("tbody tr", has_text="Hiện thông tin nhạy cảm")
        expect(told).to_have_count(1)
        expect(told).to_contain_text("can-bo")
        check_page(page)


@both_sizes
def test_inspector_opens_an_entry(enter, check_page, world, size):
    with journal.pen(None, "admission-cancel", committee=world.at["T-2"]):
        make.make_admission(world.at["T-2-1-1"], date(2015, 4, 2), cancelled_on=date(2015, 5, 2))
    with enter(world.people["inspector"], size) as page:
        page.goto("/journal/?chain=writes")
        page.locator("tbody a").first.click()
        expect(page).to_have_url(re.compile(r"/journal/writes/\d+/$"))
        check_page(page)
        page.goto("/journal/?since=31/02/2015")
        expect(page).to_have_title(re.compile("^Lỗi:"))
        check_page(page)


@both_sizes
def test_secretary_begins_with_what_is_due_in_the_cell(enter, check_page, world, size):
    with enter(world.people["secretary"], size, refused=[404]) as page:
        expect(page).to_have_url(re.compile("/today/$"))
        expect(page.locator("#chua-co + .todo > li")).to_have_count(3)
        expect(page.locator("[data-prints] button")).to_be_visible()
        page.locator(".todo details summary").first.click()
        check_page(page)
        page.goto("/candidacies/")
        expect(page.locator("tbody tr")).to_have_count(4)
        check_page(page)
        page.locator("tbody th a").first.click()
        expect(page.locator(".road")).to_be_visible()
        check_page(page)
        page.goto("/dashboards/T-2-1-1/")
        check_page(page)
        page.goto("/dashboards/T/")
        expect(headings(page)).to_have_text("Không tìm thấy trang này")
        check_page(page)


@both_sizes
def test_administrator_keeps_accounts_and_sees_no_figure(enter, check_page, world, size):
    with enter(world.people["administrator"], size, refused=[403]) as page:
        expect(page).to_have_url(re.compile("/accounts/$"))
        check_page(page)
        page.fill("#id_q", "bi-thu")
        page.keyboard.press("Enter")
        expect(page.locator("tbody tr")).to_have_count(1)
        page.get_by_role("button", name="Cấp mã một lần bi-thu").click()
        expect(page.locator(".lead")).to_have_text(re.compile(r"^\S{8,}$"))
        check_page(page)
        for address in ("/dashboards/T/", "/admissions/", f"/people/{world.women[0].person_id}/"):
            assert page.goto(address).status == 403
        check_page(page)
        page.goto("/committees/")
        check_page(page)


@both_sizes
def test_a_sceptic_reads_the_sources_then_comes_where_he_wanted(visit, enter, check_page, world, size):
    with journal.pen(None, "load"):
        load_published(FIXTURES)
    with visit(size) as page:
        page.goto("/sources/")
        expect(page.get_by_text("443.137 / 46.706 = 948,78 %").first).to_be_visible()
        check_page(page)
    with enter(world.people["staff"], size, start="/dashboards/T/?on=31/12/2014") as page:
        expect(page.locator(".hero .src")).to_contain_text("Tính đến hết ngày 31/12/2014")
        expect(page).to_have_url(re.compile(r"on=31/12/2014$"))
        check_page(page)

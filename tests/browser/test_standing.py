"""The standing committee: the sentence, the units behind it, the year's report; at a desk, and on a projector where the
page is half again as large. Never the name of a person, never the way to one."""

import re

import pytest
from playwright.sync_api import expect

from recruitment.models import Mentorship, Person

from .reading import SENTENCE, addresses, book, by_menu, headings, rows, text_of

pytestmark = pytest.mark.django_db(transaction=True)
both_sizes = pytest.mark.parametrize("size", ["desktop", "phone"])
OF_PEOPLE = re.compile(
    "/(people|admissions|candidacies|today|desk)/|/exports/(admissions|candidacies|certificates)"
)


@pytest.fixture
def names(world):
    """Of everybody in the register and of those who help them."""
    helper = Mentorship.objects.values_list("mentor", flat=True)
    return {*Person.objects.values_list("full_name", flat=True), *helper}


@pytest.fixture
def check_nobody(check_page, names):
    """check_page, and that the page neither names a person nor leads to one."""

    def check(page):
        check_page(page)
        source = page.content()
        assert not [name for name in names if name in source], page.url
        assert not [where for where in addresses(page) if OF_PEOPLE.search(where or "")], page.url

    return check


@pytest.mark.parametrize("size", ["desktop", "projector"])
def test_an_evening_of_the_standing_committee(enter, check_nobody, names, world, size):
    assert len(names) > 30
    with enter(world.people["standing"], size, refused=[403]) as page:
        expect(page).to_have_url(re.compile("/dashboards/T/$"))
        assert SENTENCE in text_of(page.locator(".lead"))
        expect(page.locator(".lead")).to_be_in_viewport(ratio=1)
        check_nobody(page)
        page.locator(".lead a", has_text="30").click()
        expect(headings(page)).to_have_text("Chỉ tiêu")
        check_nobody(page)
        page.go_back()

        # Why 90 %? The percentage itself answers.
        page.get_by_role("link", name=re.compile("90,00.%, giải thích")).first.click()
        expect(headings(page)).to_have_text(re.compile("^90,00.%: con số này tính thế nào$"))
        expect(page.get_by_role("heading", name="Anh chị xem số, không xem từng người")).to_be_visible()
        check_nobody(page)
        page.go_back()

        # The year: on the screen and as a file, both without a name.
        page.get_by_role("link", name="Báo cáo năm 2015").click()
        expect(headings(page)).to_have_text("Báo cáo năm 2015")
        check_nobody(page)
        _name, file = book(page, page.get_by_role("link", name="Tải Excel"))
        told = {str(value) for sheet in file for row in rows(sheet) for value in row}
        assert {"30", "27"} <= told and not told & names
        assert not [sheet.title for sheet in file if "trích ngang" in sheet.title.lower()]

        for label in ("Kế hoạch", "Tổ chức đảng", "Nguồn số liệu"):
            by_menu(page, label)
            expect(headings(page)).to_be_visible()
            check_nobody(page)
        by_menu(page, "Kế hoạch")
        page.get_by_role("link", name="Kế hoạch 02").click()
        check_nobody(page)
        page.locator("tbody th a", has_text="T-1").click()
        expect(headings(page)).to_have_text("Chỉ tiêu của Tổ chức T-1")
        check_nobody(page)
        for where in (f"/people/{world.women[0].person_id}/", "/admissions/", "/candidacies/"):
            assert page.goto(where).status == 403
            expect(headings(page)).to_have_text("Anh chị chưa được giao quyền này")
            check_nobody(page)


@both_sizes
def test_the_sentence_leads_to_a_cell_and_its_units(enter, check_nobody, world, size):
    with enter(world.people["standing"], size) as page:
        for code in ("T-1", "T-1-1", "T-1-1-1"):
            page.locator("#don-vi tbody th a", has_text=f"Tổ chức {code}").first.click()
            expect(headings(page)).to_have_text(f"Tổ chức {code}")
            check_nobody(page)
        assert "kết nạp 24 đảng viên" in text_of(page.locator(".lead"))
        page.goto("/dashboards/T/")
        figure = page.locator("#to-chuc a.n").first
        number = figure.inner_text()
        figure.click()
        assert text_of(page.locator(".chips li").first) == f"{number} tổ chức"
        expect(page.locator("tbody tr")).to_have_count(int(number))
        check_nobody(page)

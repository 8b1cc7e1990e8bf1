"""Where the running plan will end, in a browser at a desk and on a phone: the sentence, its picture and table, from a
number to the dossiers behind it; a secretary's own dossiers by name; nobody named to who sees figures only."""

import re

import pytest
from playwright.sync_api import expect

from tests.recruitment.pipeline import running_world as worlds

from .reading import headings, text_of

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.once]
both_sizes = pytest.mark.parametrize("size", ["desktop", "phone"])


@pytest.fixture
def running(transactional_db):
    world = worlds.build()
    world.people = worlds.people(world)
    return world


def unfold(page):
    for details in page.locator("#du-bao details").all():
        details.evaluate("one => one.open = true")


@both_sizes
def test_from_the_sentence_to_the_dossiers(enter, check_page, running, size):
    with enter(running.people["staff"], size, "/dashboards/T/") as page:
        section = page.locator("#du-bao")
        assert re.match(
            r"Dự kiến đến \S+ đạt \d+ \(khoảng \d+–\d+\), khả năng", text_of(section.locator("h2"))
        )
        expect(section.locator("svg.ch")).to_be_visible()
        unfold(page)
        expect(section.get_by_text("Mỗi hồ sơ đang mở được thử")).to_be_visible()
        check_page(page)
        number = section.locator("p a.n").first.inner_text()
        section.locator("p a.n").first.click()
        expect(headings(page)).to_have_text("Hồ sơ còn thời gian")
        assert text_of(page.locator(".chips li").first).startswith(number)
        check_page(page)
        page.go_back()
        page.locator("#du-bao p a.n").nth(1).click()
        expect(page.locator("tbody tr")).to_have_count(1)
        expect(page.locator("tbody")).to_contain_text("Mất chứng nhận trước")
        check_page(page)


@both_sizes
def test_a_secretary_sees_the_cells_own(enter, check_page, running, size):
    with enter(running.people["secretary"], size, "/dashboards/T-2-1-1/") as page:
        expect(page.locator("#du-bao tbody tr")).to_have_count(3)
        expect(page.locator("#du-bao tbody tr").first).to_contain_text("Lê Văn Bên 2")
        check_page(page)
        page.locator("#du-bao tbody a").first.click()
        expect(headings(page)).to_have_text("Lê Văn Bên 2")


@both_sizes
def test_figures_alone(enter, check_page, running, size):
    with enter(running.people["standing"], size, "/dashboards/T/") as page:
        unfold(page)
        check_page(page)
        assert "dưới 5 mất chứng nhận trước" in text_of(page.locator("#du-bao"))
        assert page.locator("#du-bao a").count() == 0
        page.emulate_media(media="print")
        expect(page.locator("#du-bao svg.ch")).to_be_visible()

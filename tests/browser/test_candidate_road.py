"""The pages of a candidate's road, looked at on a phone and on a desk: the road itself, its papers, the background check,
the checklist, the mentors."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from committees.vietnamese import day, today
from recruitment.pipeline import actions
from tests import factories as make

from .reading import small

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def somebody(world):
    """A candidacy with papers, one of them about to lapse, a letter out, and a mentor."""
    since = today() - timedelta(days=400)
    made = make.make_candidacy(world.at["T-2-1-1"], since, full_name="Lý Thị Bích", mentor="Đỗ Thị Út")
    make.make_certificate(world.at["T-2-1-1"], since + timedelta(days=9), person=made.person)
    for kind, days in (("application", 30), ("declaration", 31), ("opinions", 60)):
        make.make_paper(made, kind, since + timedelta(days=days), number="" if days < 60 else "7-TH/CB")
    make.make_letter(made, since + timedelta(days=40))
    actions.review(made, on=today() - timedelta(days=5), verdict="good", note="Hăng hái", by=None)
    return made


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_every_page_of_it(enter, check_page, world, somebody, size):
    def look(page):
        check_page(page)
        if size == "phone":
            assert not (few := small(page)), "\n".join([page.url, *few])

    with enter(world.people["secretary"], size, refused=[400]) as page:
        page.goto(f"/people/{somebody.person_id}/")
        expect(page.locator(".road [aria-current=step] .btn:not(.btn-3)")).to_have_count(1)
        look(page)
        page.locator(".road summary").first.click()
        look(page)
        for name in ("step", "checklist", "verification", "move", "close", "review", "mentor"):
            page.goto(f"/candidacies/{somebody.pk}/{name}/")
            page.evaluate(
                "for (const folded of document.querySelectorAll('main details')) folded.open = true"
            )
            look(page)
        page.goto("/mentors/")
        look(page)
        page.goto(f"/candidacies/{somebody.pk}/record/cell_vote/")
        look(page)
        for name, typed in (("on", day(today())), ("members", "14"), ("present", "14"), ("in_favour", "14")):
            page.fill(f"#id_{name}", typed)
        page.get_by_role("button", name="Ghi vào hồ sơ").click()
        expect(page.locator(".wrong ol li").first).to_be_visible()
        expect(page.locator("#id_members")).to_have_value("14")
        look(page)

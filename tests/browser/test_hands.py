"""With the keyboard alone, without scripts, with htmx, on paper: the same page, the same numbers."""

import os
import re
import shutil
import subprocess
from datetime import date

import pytest
from playwright.sync_api import expect

from tests import factories as make

from .reading import SENTENCE, by_menu, text_of

pytestmark = pytest.mark.django_db(transaction=True)
ACTIVE = "document.activeElement"
RINGED = (
    f"parseFloat(getComputedStyle({ACTIVE}).outlineWidth) >= 2 && getComputedStyle({ACTIVE}).outlineStyle"
)


def test_the_keyboard_reaches_everything_and_shows_where_it_is(enter, world):
    with enter(world.people["staff"]) as page:
        page.goto("/dashboards/T/")
        page.keyboard.press("Tab")
        assert page.evaluate(f"{ACTIVE}.className") == "skip"
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("#noi-dung$"))
        page.keyboard.press("Tab")
        assert page.evaluate(f"{ACTIVE}.closest('main') !== null")
        for _ in range(60):
            assert page.evaluate(RINGED) == "solid", page.evaluate(f"{ACTIVE}.outerHTML")
            if page.evaluate(f"{ACTIVE}.id") == "id_on":
                break
            page.keyboard.press("Tab")
        page.keyboard.type("31/12/2014")
        page.keyboard.press("Enter")
        expect(page.locator(".hero .src")).to_contain_text("31/12/2014")
        assert (
            page.evaluate(f"{ACTIVE}.id") == "id_on"
        )  # whoever types the next day need not look for the field


def test_what_htmx_swaps_in_is_what_a_full_load_shows(enter, world):
    with enter(world.people["staff"]) as page:
        page.goto("/dashboards/T/")
        page.evaluate("window.kept = true")
        page.fill("#id_on", "31/12/2014")
        page.get_by_role("button", name="Xem", exact=True).click()
        expect(page.locator(".hero .src")).to_contain_text("31/12/2014")
        assert page.evaluate("window.kept") is True  # swapped, not loaded
        expect(page).to_have_url(re.compile("on=31%2F12%2F2014"))
        swapped = (page.title(), text_of(page.locator("main")))
        page.reload()
        assert page.evaluate("window.kept") is None
        assert (page.title(), text_of(page.locator("main"))) == swapped
        page.go_back()
        expect(page.locator(".hero .src")).to_contain_text("31/12/2015")


def test_a_wrong_day_is_named_beside_its_field_with_htmx_too(enter, check_page, world):
    with enter(world.people["staff"], "phone") as page:
        page.goto("/dashboards/T/")
        page.click("summary:has-text('Đổi kế hoạch')")
        page.fill("#id_on", "31/02/2015")
        page.get_by_role("button", name="Xem", exact=True).click()
        expect(page.locator("#id_on_error")).to_contain_text("không có ngày này")
        expect(page).to_have_title(re.compile("^Lỗi:"))
        check_page(page)


def test_the_text_for_zalo_is_copied_and_names_nobody(enter, world):
    with enter(world.people["standing"]) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.click("summary:has-text('Zalo')")
        page.get_by_role("button", name="Chép").click()
        expect(page.get_by_role("status")).to_have_text("Đã chép")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.input_value("#tin-nhan") and "27/30 đảng viên, đạt 90,00" in copied
        assert "Nguyễn Văn Thử" not in copied


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_everything_works_without_scripts(enter, world, size):
    with enter(world.people["staff"], size, start="/dashboards/T/", java_script_enabled=False) as page:
        assert SENTENCE in text_of(page.locator(".lead"))
        page.click("summary:has-text('Zalo')")
        assert "27/30 đảng viên" in page.input_value("#tin-nhan")
        expect(page.get_by_role("button", name="Chép")).to_be_hidden()
        if size == "phone":
            page.click("summary:has-text('Đổi kế hoạch')")
        page.fill("#id_on", "31/12/2014")
        page.get_by_role("button", name="Xem", exact=True).click()
        expect(page.locator(".hero .src")).to_contain_text("31/12/2014")
        page.locator(".lead a").first.click()
        expect(page.locator("tbody tr").first).to_be_visible()
        by_menu(page, "Tổ chức đảng")
        page.fill("#id_q", "t-2")
        page.get_by_role("button", name="Xem").click()
        expect(page.locator("main")).to_contain_text("Tổ chức T-2-1-1")
        if size == "phone":
            page.click("summary:has-text('Mục lục')")
        page.click("button:has-text('Thoát') >> visible=true")
        expect(page).to_have_url(re.compile("/login/$"))


on_paper = pytest.mark.skipif(
    not shutil.which("pdftotext") and os.environ.get("CI") != "true",
    reason="apt-get install -y poppler-utils",
)


def sheets_of(page, file):
    """The words of each sheet of paper that the page prints."""
    page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    said = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, timeout=30, check=True
    )
    return [" ".join(text.split()) for text in said.stdout.split("\f")]


@on_paper
def test_the_first_sheet_of_paper_stands_alone(enter, world, tmp_path):
    with enter(world.people["staff"]) as page:
        page.goto("/dashboards/T/")
        sheets = sheets_of(page, tmp_path / "dashboard.pdf")
    words = sheets[0]
    assert SENTENCE in words and "1 trong 2 đảng bộ đạt chỉ tiêu" in words
    assert "Tính đến hết ngày 31/12/2015" in words
    assert any(
        "Kế hoạch 02, số đến 31/12/2015" in text and "can-bo" in text for text in sheets
    )  # by whom, when
    for chrome in ("Thoát", "Đang xem", "Đổi mật khẩu", "Bảng thuật ngữ", "Zalo", "Cơ cấu"):
        assert chrome not in words, chrome


@on_paper
def test_an_explanation_is_one_sheet(enter, world, tmp_path):
    make.make_quota(
        world.plan, world.at["T"], 32, effective_on=date(2015, 6, 1), document="09-CV/TU", reason="Bổ sung"
    )
    make.end_committee(world.at["T-2"], date(2015, 10, 1), heir=world.at["T-1"])
    with enter(world.people["staff"]) as page:
        page.goto("/explanation/?committee=T&plan=KH-2")
        words, *rest = sheets_of(page, tmp_path / "explanation.pdf")
    assert not any(rest)
    for said in (
        "84,38 %: con số này tính thế nào",
        "09-CV/TU",
        "Quyết định đã hủy",
        "Ai mở được danh sách người",
    ):
        assert said in words.replace("\N{NO-BREAK SPACE}", " "), said
    assert "Kế hoạch 02, số đến 31/12/2015" in words.replace("\N{NO-BREAK SPACE}", " ") and "can-bo" in words
    assert "Hỏi kế hoạch" not in words

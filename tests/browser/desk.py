"""Whoever sits before the pages of the road, and the person it is about."""

import re

from playwright.sync_api import expect

from recruitment.models import Stage

from .reading import headings, small

WHO = "Lý Thị Bích"


class Desk:
    """Somebody's hands and eyes. Each kind of page is looked at closely the first time it is met."""

    def __init__(self, page, check_page):
        self.page, self.check_page, self.met = page, check_page, set()

    def look(self, again=""):
        """axe, no scrolling sideways, and on a phone everything a thumb presses is large enough. again: what makes a
        page of a known address worth another look."""
        path = re.sub(r"\d+", "*", self.page.url.split("?")[0]) + again
        if path not in self.met:
            self.met.add(path)
            self.check_page(self.page)
            if self.page.viewport_size["width"] < 768:
                assert not (few := small(self.page)), "\n".join([self.page.url, *few])

    def open(self, address):
        self.page.goto(address)
        self.look()

    def write(self, button, **typed):
        """Fill the form by the names of its fields and press its button."""
        for name, value in typed.items():
            field = self.page.locator(f"main form:has(button:text-is('{button}')) [name={name}]")
            if value is True:
                field.check()
            elif field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)
        self.page.get_by_role("button", name=button, exact=True).click()

    def told(self, words):
        expect(self.page.locator(".notice").first).to_contain_text(words)
        self.look()

    # A secretary's ways -----------------------------------------------------------------------------

    def card(self, words):
        """The one card of the day that says so."""
        self.open("/today/")
        found = self.page.locator(".todo > li").filter(has_text=words)
        expect(found).to_have_count(1)
        expect(found).to_contain_text(WHO)
        expect(found.locator(".btn")).to_have_count(1)
        return found

    def no_card(self, words):
        self.open("/today/")
        expect(self.page.locator(".todo > li").filter(has_text=words)).to_have_count(0)

    def follow(self, words, button):
        """From the card that says so through its one button to the form."""
        self.card(words).get_by_role("link", name=re.compile(f"^{button}")).click()
        expect(headings(self.page)).to_contain_text(WHO)
        self.look()

    def next(self, what, on, **typed):
        """The one next thing of the person's page, done on that day."""
        self.open(self.home)
        button = self.page.locator(".road [aria-current=step] .btn:not(.btn-3)")
        expect(button).to_have_count(1)
        expect(button).to_have_text(f"Ghi: {what}")
        button.click()
        self.look()
        self.write("Ghi vào hồ sơ", on=on, **typed)
        self.told(f"Đã ghi: {what}")

    def stands(self, stage, lies=""):
        """The person's page shows past, present and what is to come, and where the dossier lies."""
        self.open(self.home)
        states = self.page.locator(".road > li").evaluate_all("stops => stops.map(stop => stop.className)")
        here = list(Stage.road()).index(stage)
        assert states == ["done"] * here + ["now"] + ["next"] * (7 - here), states
        expect(self.page.locator(".road [aria-current=step] h3")).to_have_text(str(stage.label))
        expect(self.page.locator(".head")).to_contain_text(lies)
        self.look(again=stage)

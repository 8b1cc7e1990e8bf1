"""What a test reads off a page, or off the file that a page gives: words, addresses, rows, and how large is what one
presses."""

from openpyxl import load_workbook

SENTENCE = "kết nạp 27 đảng viên trên chỉ tiêu 30, đạt 90,00 % Kế hoạch 02."
LEAST = 44  # px, each way, of what a thumb shall hit
# A box to tick is pressed by its words too.
_SMALL = """least => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
    .filter(pressed => pressed.checkVisibility({visibilityProperty: true}) && !pressed.matches(".skip"))
    .map(pressed => [pressed, (pressed.matches("[type=checkbox], [type=radio]") && pressed.closest(".pick") || pressed)
        .getBoundingClientRect()])
    .filter(([pressed, box]) => Math.min(box.width, box.height) < least - 0.5)
    .map(([pressed, box]) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${pressed.outerHTML.slice(0, 160)}`)"""


def text_of(locator):
    """The words on the page with every kind of space as one."""
    return " ".join(locator.inner_text().split())


def headings(page):
    return page.get_by_role("heading", level=1)


def addresses(page):
    """Where the links of a page lead."""
    return page.locator("a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")


def small(page):
    """What can be pressed on the page as it stands and is too small for a thumb."""
    return page.evaluate(_SMALL, LEAST)


def by_menu(page, label):
    """To a page by the menu, which phones fold away."""
    if page.viewport_size["width"] < 768:
        page.click("summary:has-text('Mục lục')")
    menu = page.get_by_role("navigation", name="Mục chính")
    menu.get_by_role("link", name=label, exact=True).click()


def book(page, link):
    """(name, workbook) of the .xlsx that a link of the page gives; its values as its file has them."""
    with page.expect_download() as download:
        link.click()
    with open(download.value.path(), "rb") as file:
        return download.value.suggested_filename, load_workbook(file, data_only=True)


def rows(sheet):
    """[[text or value of each cell]] without what is empty."""
    found = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    return [row for row in found if row]

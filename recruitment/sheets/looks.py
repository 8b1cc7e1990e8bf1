"""How a workbook of ours looks: fonts, number formats, borders, and the paper it is printed on."""

import unicodedata

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from .xlsx import ILLEGAL, LONGEST_TEXT

FONT = "Times New Roman"
# 42A is Vietnamese: 9.701 and 103,73 %, whatever language the office that opens it speaks. (Excel takes the separators
# from the system it runs on.)
_VIETNAMESE = "[$-42A]"
FORMATS = {
    "ordinal": "0",
    "whole": f"{_VIETNAMESE}#,##0",
    "signed": f"{_VIETNAMESE}+#,##0;{_VIETNAMESE}\N{MINUS SIGN}#,##0;0",
    "percent": f"{_VIETNAMESE}#,##0.00\\ %",
    "decimal": f"{_VIETNAMESE}#,##0.00",
    "day": "dd/mm/yyyy",
    "text": "@",
}
_SIDES = {"text": "left", "day": "center", "ordinal": "center"}
_MM = 1 / 25.4
_MARGINS = {"top": 20 * _MM, "bottom": 20 * _MM, "left": 30 * _MM, "right": 15 * _MM}
_LINE = Side(style="thin", color="FF77726A")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_BAND = "FFEBE6DC"
POINTS = 15.5  # of a line of text


def clean(text):
    """Text as a workbook can hold it: composed (NFC), without what XML refuses, cut at what a cell takes."""
    return unicodedata.normalize("NFC", ILLEGAL.sub("", text))[:LONGEST_TEXT]


def name_styles(book):
    """One style a kind and look of cell: the workbook's own gallery shows them, and thousands of cells share them."""
    for look in ("plain", "part", "total"):
        bold = look != "plain"
        fill = PatternFill("solid", fgColor=_BAND) if look == "part" else PatternFill()
        for kind, number_format in FORMATS.items():
            side = _SIDES.get(kind, "right")
            for level in (0, 1, 2, 3) if kind == "text" else (0,):
                indent = 2 * level if kind == "text" else int(side == "right")
                book.add_named_style(
                    NamedStyle(
                        name=f"{kind} {look} {level}",
                        font=Font(name=FONT, size=11, bold=bold),
                        alignment=Alignment(horizontal=side, vertical="top", wrap_text=True, indent=indent),
                        border=_BOX,
                        fill=fill,
                        number_format=number_format,
                    )
                )
    for name, font, align in (
        ("head", Font(name=FONT, size=12), "center"),
        ("head bold", Font(name=FONT, size=12, bold=True), "center"),
        ("place", Font(name=FONT, size=12, italic=True), "center"),
        ("title", Font(name=FONT, size=14, bold=True), "center"),
        ("line", Font(name=FONT, size=12), "center"),
        ("said", Font(name=FONT, size=12, bold=True), "left"),
        ("prose", Font(name=FONT, size=12), "left"),
        ("notice", Font(name=FONT, size=11, italic=True), "left"),
    ):
        book.add_named_style(
            NamedStyle(
                name=name, font=font, alignment=Alignment(horizontal=align, vertical="top", wrap_text=True)
            )
        )
    book.add_named_style(
        NamedStyle(
            name="heading",
            font=Font(name=FONT, size=11, bold=True),
            alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
            fill=PatternFill("solid", fgColor=_BAND),
            border=_BOX,
        )
    )


def paper(page, report, *, wide, pages=0):
    """A4, one page wide, with the margins of party documents and the number of pages. pages: how many long, 0 for any."""
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = "landscape" if wide else "portrait"
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, pages
    for name, inches in _MARGINS.items():
        setattr(page.page_margins, name, inches)
    page.page_margins.header = page.page_margins.footer = 10 * _MM
    page.print_options.horizontalCentered = True
    page.oddFooter.left.text = clean(report.title).replace("&", "&&")
    page.oddFooter.right.text = "Trang &P/&N"
    for part in (page.oddFooter.left, page.oddFooter.right):
        part.font, part.size = FONT, 10


def lines_of(text, width):
    """How many lines a text takes in a column of that many characters; a little more rather than one too few."""
    return max(1, -(-len(text) // max(width, 1)))

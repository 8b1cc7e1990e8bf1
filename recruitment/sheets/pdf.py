"""A report to paper: A4, every Vietnamese letter, headings that repeat, "Trang x/y", bookmarks, a chart.

Takes any object with the shape of a report (title, sheets of typed cells) and prints the values its sheets say; knows
no domain. Text is composed (NFC) first: fonts draw a letter and its tone apart otherwise.
"""

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
    Table,
)

from .pdf_table import table
from .pdf_words import BOLD, FONT, INK, ITALIC, clean, fonts, style, words

# Of party documents: top and bottom 20, left 30, right 15 mm.
_TOP, _LEFT, _RIGHT = 20 * mm, 30 * mm, 15 * mm
_MET, _BEHIND = HexColor("#15508c"), HexColor("#c0660f")
_CHART = 430  # points: the most a chart may be high, on a page laid across with its heading above
_PAGES, _CLOSING = "pages", "closing"


class _Numbered(Canvas):
    """Knows how many pages there are only at the end: each page draws a form of that name, made last."""

    def save(self):
        self.beginForm(_PAGES, 0, 0, 100, 20)
        self.setFont(FONT, 9)
        pages = str(self.getPageNumber() - 1)
        self.drawString(0, 0, pages)
        self.endForm()
        if closing := getattr(self, "closing", ""):
            self.beginForm(_CLOSING, 0, -5, A4[1], 15)
            self.setFont(BOLD, 11)
            self.drawString(0, 0, closing.replace("{pages}", pages))
            self.endForm()
        super().save()


class _Bookmark(Flowable):
    """A line of the outline, leading to where it stands."""

    width = height = 0

    def __init__(self, key, title):
        super().__init__()
        self.key, self.title = key, title

    def wrap(self, *room):
        return 0, 0

    def draw(self):
        self.canv.bookmarkHorizontal(self.key, 0, 20 * mm)
        self.canv.addOutlineEntry(clean(self.title), self.key, level=0)


class _Closing(Flowable):
    """The line that says how many pages a book has; drawn when they are known."""

    def __init__(self, text):
        super().__init__()
        self.text = clean(text)

    def wrap(self, width, _height):
        return width, 24

    def draw(self):
        self.canv.closing = self.text
        self.canv.saveState()
        self.canv.translate(0, 6)
        self.canv.doForm(_CLOSING)
        self.canv.restoreState()


class _Document(BaseDocTemplate):
    def __init__(self, file, report):
        self.report = report
        super().__init__(
            file,
            pagesize=A4,
            title=clean(report.title),
            author=clean(report.committee),
            subject=clean(report.period),
            lang="vi",
        )
        templates = [_template("tall", A4), _template("wide", landscape(A4))]
        # The document begins with the first of them.
        self.addPageTemplates(templates[::-1] if report.sheets[0].wide else templates)

    def beforeDocument(self):
        self.canv.showOutline()


def _template(name, size):
    width, height = size
    frame = Frame(
        _LEFT, _TOP, width - _LEFT - _RIGHT, height - 2 * _TOP, leftPadding=0, rightPadding=0, topPadding=0,
        bottomPadding=0,
    )  # fmt: skip
    return PageTemplate(name, [frame], pagesize=size, onPage=_foot)


def _foot(canvas, document):
    canvas.saveState()
    canvas.setFont(FONT, 9)
    canvas.setFillColor(INK)
    right = canvas._pagesize[0] - _RIGHT - 8 * mm
    canvas.drawString(_LEFT, 10 * mm, clean(document.report.title))
    canvas.drawRightString(right, 10 * mm, f"Trang {document.page}/")
    canvas.translate(right, 10 * mm)
    canvas.doForm(_PAGES)
    canvas.restoreState()


def write_pdf(path_or_file, report, told=None):
    """Write the report as .pdf. About a second for two thousand rows. told(n) hears of every n rows of a table that stand
    on a page."""
    fonts()
    story = []
    for k, sheet in enumerate(report.sheets):
        if k:
            story += [NextPageTemplate("wide" if sheet.wide else "tall"), PageBreak()]
        story += _sheet(report, sheet, f"headings{k}", told)
    opening = [NextPageTemplate("wide" if report.sheets[0].wide else "tall")]  # and goes on with it
    _Document(path_or_file, report).build(opening + story, canvasmaker=_Numbered)


def _sheet(report, sheet, name, told):
    width = (A4[1] if sheet.wide else A4[0]) - _LEFT - _RIGHT
    story = [_Bookmark(sheet.key, sheet.title)]
    if sheet is report.sheets[0]:
        story += _head(report, width)
        story.append(words(sheet.heading.upper(), style(11, bold=True, spaceBefore=8, spaceAfter=4)))
    else:
        if sheet.headed:
            story += _upper(report, width)
        story.append(words(sheet.heading.upper(), style(13, bold=True, alignment=TA_CENTER)))
        about = f"{report.committee}. {report.period}"
        story.append(words(about, style(11, alignment=TA_CENTER, spaceAfter=6)))
    if sheet.prose:
        return story + [_prose(row) for row in sheet.rows]
    story.append(table(sheet, width, name, told) if sheet.rows else words(sheet.empty, style(11)))
    notes = style(10, spaceBefore=3)
    notes.fontName = ITALIC
    story += [words(note, notes) for note in sheet.notes]
    if sheet.chart:
        story.append(KeepTogether(_chart(sheet, width)))
    if sheet.signed:
        closing = [_Closing(report.closing)] if report.closing else []
        story.append(KeepTogether([*closing, *_sides(report.signers, sheet.signs or report.signs, width)]))
    return story


def _prose(row):
    """A paragraph of running text, the first line 10 mm in; an empty one is room to write in."""
    if not row.cells["text"]:
        return Spacer(1, 19)
    bold = row.look != "plain"
    face = style(13, bold, firstLineIndent=10 * mm, spaceBefore=3, alignment=TA_JUSTIFY, keepWithNext=bold)
    return words(row.cells["text"], face)


def _upper(report, width):
    """The lines at both sides."""
    middle = {"alignment": TA_CENTER}
    left = "\n".join(report.left)
    return [
        Table(
            [[words(left, style(11, **middle)), words("\n".join(report.right), style(11, **middle))]],
            colWidths=[width / 2] * 2,
            style=[("VALIGN", (0, 0), (-1, -1), "TOP")],
        ),
        Spacer(1, 6 * mm),
    ]


def _head(report, width):
    """The lines at both sides, the title, the finding, and what must be known before any number."""
    middle = {"alignment": TA_CENTER}
    story = [
        *_upper(report, width),
        words(report.title.upper(), style(14, bold=True, **middle)),
        words(report.committee, style(12, **middle)),
        words(report.period, style(12, spaceAfter=8, **middle)),
        words(report.finding, style(12, bold=True, spaceAfter=4)),
    ]
    notice = style(10.5, spaceAfter=2)
    notice.fontName = ITALIC
    return story + [words(text, notice) for text in report.notices]


def _sides(upper, lower, width):
    middle = {"alignment": TA_CENTER}
    rows = [
        [words(text, style(11, bold=True, **middle)) for text in upper],
        [words(text, style(10, **middle)) for text in lower],
    ]
    return [Spacer(1, 8 * mm), Table(rows, colWidths=[width / 2] * 2), Spacer(1, 18 * mm)]


def _chart(sheet, width):
    """The bars of a sheet's chart, labels at the left, values at their ends, a line at the mark."""
    drawn, columns = sheet.chart, {column.key: column for column in sheet.columns}
    label, values = columns[drawn.labels], columns[drawn.values[0]]
    rows = [sheet.row(key) for key in drawn.rows]
    numbers = [sheet.value(row, values) or 0 for row in rows]
    names, room = width * 0.34, 16 * mm
    step = min(13, _CHART / len(rows))  # a chart that is higher than its page cannot be printed at all
    size, thick = min(9, step - 2), step - 5
    longest = max([*numbers, drawn.mark or 0]) or 1
    scale = (width - names - room) / float(longest)
    drawing = Drawing(width, step * len(rows) + 6)
    for k, (row, number) in enumerate(zip(rows, numbers, strict=True)):
        y = step * (len(rows) - 1 - k) + 3
        name = _fitting(clean(sheet.written(row, label)), names - 4, size)
        drawing.add(String(names - 4, y + 2, name, fontName=FONT, fontSize=size, textAnchor="end"))
        met = drawn.mark is None or number >= drawn.mark
        length = float(number) * scale
        drawing.add(Rect(names, y, length, thick, fillColor=_MET if met else _BEHIND, strokeColor=None))
        said = sheet.written(row, values)
        drawing.add(String(names + length + 3, y + 1, said, fontName=FONT, fontSize=size))
    if drawn.mark is not None:
        x = names + float(drawn.mark) * scale
        drawing.add(Line(x, 0, x, step * len(rows) + 6, strokeColor=INK, strokeWidth=1))
    heading = words(drawn.title, style(11, bold=True, spaceBefore=10, spaceAfter=4))
    return [heading, drawing]


def _fitting(text, room, size):
    """The text, cut with an ellipsis where it is longer than its room."""
    if stringWidth(text, FONT, size) <= room:
        return text
    while text and stringWidth(text + "…", FONT, size) > room:
        text = text[:-1]
    return text.rstrip() + "…"

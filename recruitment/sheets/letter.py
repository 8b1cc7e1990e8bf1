"""A document to paper: A4, every Vietnamese letter, in the layout it names. Takes a `document.Document`; knows no domain."""

from xml.sax.saxutils import escape

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    KeepTogether,
    LongTable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from .document import BREAK, WIDE, Line, Sides
from .pdf_words import BOLD, FONT, ITALIC, clean, fonts

# What follows a break lies on a page of this size; the first page stands upright.
_SIZES = {BREAK: A4, WIDE: landscape(A4)}
_ALIGN = {"justify": TA_JUSTIFY, "left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}
_FACE = {(False, False): FONT, (True, False): BOLD, (False, True): ITALIC, (True, True): "Tinos-BoldItalic"}


def write_letter(path_or_file, document):
    """Write the document as .pdf. About 15 ms a page."""
    fonts()
    layout = document.layout
    page = BaseDocTemplate(
        path_or_file, pagesize=A4, title=clean(document.title), author="", lang="vi", invariant=1
    )

    def head(canvas, doc):
        if document.numbered and doc.page > 1:
            canvas.setFont(FONT, 12)
            across, up = canvas._pagesize
            canvas.drawCentredString(across / 2, up - 12 * mm, str(doc.page))

    page.addPageTemplates([_template(name, size, layout, head) for name, size in _SIZES.items()])
    story, across = [], A4[0]
    if document.corner:
        story.append(_line(Line(document.corner, "right", italic=True, size=11), layout))
    for block in document.blocks:
        if block in _SIZES:
            story += [NextPageTemplate(block), PageBreak()]
            across = _SIZES[block][0]
        else:
            drawn = _block(block, layout, across - (layout.left + layout.right) * mm)
            if isinstance(block, Sides) and story and isinstance(story[-1], Paragraph):
                drawn = KeepTogether([story.pop(), drawn])  # no signature stands alone on a page
            story.append(drawn)
    page.build(story)


def _template(name, size, layout, head):
    width, height = size
    frame = Frame(
        layout.left * mm, layout.bottom * mm, width - (layout.left + layout.right) * mm,
        height - (layout.top + layout.bottom) * mm,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    return PageTemplate(name, [frame], pagesize=size, onPage=head)


def _block(block, layout, width):
    if isinstance(block, Line):
        return _line(block, layout)
    if isinstance(block, Sides):
        return _sides(block, layout, width)
    return _grid(block, layout, width)


def _line(line, layout):
    size = line.size or layout.size
    style = ParagraphStyle(
        "", fontName=_FACE[line.bold, line.italic], fontSize=size, textColor=black,
        leading=layout.leading or size * 1.25, alignment=_ALIGN[line.align],
        spaceBefore=line.before, firstLineIndent=layout.indent * mm if line.indent else 0,
    )  # fmt: skip
    text = escape(clean(line.text))
    return Paragraph(f"<u>{text}</u>" if line.rule else text, style)


def _sides(block, layout, width):
    columns = [[_line(line, layout) for line in lines] for lines in (block.left, block.right)]
    look = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2), ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]  # fmt: skip
    table = Table([columns], colWidths=[width * block.share, width * (1 - block.share)], style=look)
    return KeepTogether([Spacer(1, block.before), table])


def _grid(block, layout, width):
    def cell(text, heading):
        align = "center" if heading else "left"
        return _line(Line(text, align, bold=heading, size=layout.size - 2), layout)

    rows = [[cell(text, k == 0) for text in row] for k, row in enumerate((block.headings, *block.rows))]
    look = [("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return LongTable(rows, colWidths=[width * part for part in block.parts], repeatRows=1, style=look)

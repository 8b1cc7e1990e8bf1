"""A document to Word, so that a clerk may correct its wording. Takes a `document.Document`; knows no domain."""

import io
import unicodedata
import zipfile
from datetime import datetime

from docx import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from .breaking import wide
from .document import WIDE, Grid, Line, Sides
from .pdf_words import BOLD, FONT, fonts

TIMES = "Times New Roman"
_ALIGN = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_WIDTH, _HEIGHT = 210, 297
_ASIDE = 1.9  # what a cell leaves free at each side
# Whoever opens the file is told no machine's hour and no account.
MADE = datetime(2000, 1, 1)
_PACKED = (1980, 1, 1, 0, 0, 0)  # the first hour a package knows


def write_docx(path_or_file, document):
    """Write the document as .docx: the same document gives the same bytes. No macros, no links, no name of an author. About
    50 ms a page."""
    word, layout = Word(), document.layout
    _page(word, layout, document.numbered)
    told = word.core_properties
    told.title, told.author, told.language = _clean(document.title), "", "vi-VN"
    told.created = told.modified = MADE
    told.comments = told.last_modified_by = ""
    width = _WIDTH - layout.left - layout.right
    if document.corner:
        _line(word.add_paragraph(), Line(document.corner, "right", italic=True, size=11), layout)
    last = ()  # the paragraphs of what stands right before the block
    before = None
    for block in document.blocks:
        if isinstance(block, Line):
            last = [word.add_paragraph()]
            _line(last[0], block, layout)
        elif isinstance(block, Sides | Grid):
            if isinstance(before, Sides | Grid):  # two tables without a line between them are one to Word
                last = [*last, _gap(word)]
            if isinstance(block, Sides):  # no signature stands alone on a page: what is before it goes along
                for paragraph in last:
                    paragraph.paragraph_format.keep_with_next = True
            made = (_sides if isinstance(block, Sides) else _grid)(word, block, layout, width)
            last = [paragraph for cell in made.rows[-1].cells for paragraph in cell.paragraphs]
        else:
            width = _turned(word, block == WIDE) - layout.left - layout.right
            last = ()
        before = block
    packed = io.BytesIO()  # Word wants to seek
    word.save(packed)
    kept = repacked(packed)
    if hasattr(path_or_file, "write"):
        path_or_file.write(kept)
    else:
        with open(path_or_file, "wb") as file:
            file.write(kept)


def repacked(file):
    """The bytes of a package with the hour of its making taken out of every part, in the order in which they stand."""
    kept = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _PACKED)
            part.compress_type, part.external_attr, part.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 0
            new.writestr(part, old.read(name))
    return kept.getvalue()


def _gap(word):
    """A line hardly to be seen."""
    paragraph = word.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(6)
    return paragraph


def _clean(text):
    """Composed, without what XML may not hold."""
    kept = (c for c in text if unicodedata.category(c) not in {"Cc", "Cs", "Cn"})
    return unicodedata.normalize("NFC", "".join(kept))


def _page(word, layout, numbered):
    style = word.styles["Normal"]
    style.font.name, style.font.size = TIMES, Pt(layout.size)
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        faces.set(qn(script), TIMES)
    section = word.sections[0]
    section.page_width, section.page_height = Mm(_WIDTH), Mm(_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(layout.top), Mm(layout.bottom)
    section.left_margin, section.right_margin = Mm(layout.left), Mm(layout.right)
    section.header_distance = Mm(10)
    if numbered:
        section.different_first_page_header_footer = True
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = _ALIGN["center"]
        _field(paragraph.add_run(), "PAGE")


def _turned(word, wide):
    """A new page, lying on its side or upright. Returns its width in millimetres."""
    across, up = (_HEIGHT, _WIDTH) if wide else (_WIDTH, _HEIGHT)
    if word.sections[-1].page_width == Mm(across):
        word.add_page_break()
    else:
        section = word.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(across), Mm(up)
        section.different_first_page_header_footer = False
    return across


def _field(run, name):
    for kind, text in (("begin", None), (None, name), ("end", None)):
        part = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def _line(paragraph, line, layout, room=None):
    """room: how wide the paragraph may be, in millimetres, where what is to stay whole goes to a line of its own."""
    shape = paragraph.paragraph_format
    shape.alignment = _ALIGN[line.align]
    shape.space_before, shape.space_after = Pt(line.before), Pt(0)
    if layout.leading:
        shape.line_spacing_rule, shape.line_spacing = (
            WD_LINE_SPACING.EXACTLY,
            Pt(layout.line(line.size or layout.size)),
        )
    if line.indent:
        shape.first_line_indent = Mm(layout.indent)
    if line.align == "center":  # a heading stays with what it heads
        shape.keep_with_next = True
    run, text = paragraph.add_run(), _clean(line.text)
    if room and _broken(text, line, layout, Mm(room).pt):
        run.add_text(text[: -len(line.whole)].rstrip() + " ")
        run.add_break()
        text = line.whole
    run.add_text(text)
    run.bold, run.italic = line.bold, line.italic
    run.underline = line.rule or None
    run.font.size = Pt(line.size or layout.size)


def _broken(text, line, layout, room):
    """Whether a line that is too long is to be broken before what stays whole."""
    if not line.whole or text == line.whole or not text.endswith(line.whole):
        return False
    fonts()
    face, size = BOLD if line.bold else FONT, line.size or layout.size
    return wide(text, face, size) > room >= wide(line.whole, face, size)


def _sides(word, block, layout, width):
    table = word.add_table(rows=1, cols=2)
    widths = [width * block.share, width * (1 - block.share)]
    _widths(table, widths)
    for cell, lines, room in zip(table.rows[0].cells, (block.left, block.right), widths, strict=True):
        _fill(cell, lines or (Line("", "left"),), layout, room - 2 * _ASIDE)
    if block.before:
        table.rows[0].cells[0].paragraphs[0].paragraph_format.space_before = Pt(block.before)
        table.rows[0].cells[1].paragraphs[0].paragraph_format.space_before = Pt(block.before)
    _whole(table.rows[0])
    return table


def _grid(word, block, layout, width):
    table = word.add_table(rows=0, cols=len(block.headings), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for k, row in enumerate((block.headings, *block.rows)):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            line = Line(text, "center" if k == 0 else "left", bold=k == 0, size=layout.size - 2, before=2)
            _fill(cell, (line,), layout)
        _whole(table.rows[k])
    _repeated(table.rows[0])
    _widths(table, [width * part for part in block.parts])
    return table


def _fill(cell, lines, layout, room=None):
    for k, line in enumerate(lines):
        _line(cell.paragraphs[0] if k == 0 else cell.add_paragraph(), line, layout, room)


def _widths(table, widths):
    table.autofit = False
    for column, width in zip(
        table.columns, widths, strict=True
    ):  # LibreOffice reads these, Word those of the cells
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _whole(row):
    """Not broken across pages: a signature stays under its words."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeated(row):
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

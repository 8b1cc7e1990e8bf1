"""Papers that are bytes already, bound into one PDF: their pages as they are, the page numbers of the whole small at the
foot, an outline. Knows no domain. The same parts give the same bytes."""

import io
from dataclasses import dataclass

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    StreamObject,
)
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from .pdf_words import FONT, INK, clean, fonts

PDF, JPEG, PNG = "pdf", "jpeg", "png"
_MARGIN = 12 * mm  # around a picture, so that a printer loses nothing of it


class Unbindable(ValueError):
    """Bytes that are no readable PDF or picture; its text is the title of the part."""


@dataclass(frozen=True)
class Part:
    """title: its line of the outline; kind: PDF, JPEG or PNG; content: its bytes."""

    title: str
    kind: str
    content: bytes


def pages_in(content):
    """How many pages a PDF has. Unbindable where it cannot be read. Some milliseconds."""
    try:
        return len(PdfReader(io.BytesIO(content)).pages)
    except (PyPdfError, ValueError, KeyError, TypeError) as problem:
        raise Unbindable("pdf") from problem


def bind(file, parts, title, told=lambda done, total: None, *, numbered=True):
    """Write all parts, one after another, into an open file; how many pages it has. A picture is put on a page of A4, lying
    where it is wider than high. numbered: whether every page is stamped with its
    number of the whole; told(done, total) hears of each. Unbindable names the part that cannot be read.
    About 20 ms a page."""
    book = PdfWriter()
    for part in parts:
        before = len(book.pages)
        try:
            for page in PdfReader(io.BytesIO(_as_pdf(part))).pages:
                book.add_page(page)
        except (PyPdfError, OSError, ValueError, KeyError, TypeError) as problem:
            raise Unbindable(part.title) from problem
        if len(book.pages) > before:
            book.add_outline_item(title=clean(part.title), page_number=before)
    if numbered:
        _number(book, told)
    book.add_metadata({"/Title": clean(title)})
    book.write(file)
    return len(book.pages)


def _as_pdf(part):
    if part.kind == PDF:
        return part.content
    picture = ImageReader(io.BytesIO(part.content))
    wide, high = picture.getSize()
    width, height = landscape(A4) if wide > high else A4
    scale = min((width - 2 * _MARGIN) / wide, (height - 2 * _MARGIN) / high)
    found = io.BytesIO()
    canvas = Canvas(found, pagesize=(width, height), invariant=1)
    left, foot = (width - wide * scale) / 2, (height - high * scale) / 2
    canvas.drawImage(picture, left, foot, wide * scale, high * scale, mask="auto")
    canvas.save()
    return found.getvalue()


def _number(book, told):
    """Stamp "n/N" at the foot of every page, inside whatever size it has and as it is turned. What a page draws is never
    read, only put between two streams: a hostile page costs no more than an honest one."""
    fonts()
    stamps, total = io.BytesIO(), len(book.pages)
    canvas = Canvas(stamps, invariant=1)
    for n, page in enumerate(book.pages, 1):
        width, height = _seen(page)
        canvas.setPageSize((width, height))
        canvas.setFont(FONT, 8)
        canvas.setFillColor(INK)
        canvas.drawRightString(width - 8 * mm, 6 * mm, f"{n}/{total}")
        canvas.showPage()
    canvas.save()
    begin = book._add_object(_stream(b"q"))
    for n, (page, stamp) in enumerate(zip(book.pages, PdfReader(stamps).pages, strict=True), 1):
        _put(book, page, stamp, begin)
        told(n, total)


def _turn(page):
    turn = page.rotation % 360
    return turn if turn % 90 == 0 else 0


def _seen(page):
    """How wide and how high a page is to whoever sees it."""
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    return (height, width) if _turn(page) in {90, 270} else (width, height)


def _put(book, page, stamp, begin):
    """Draw the stamp over the page. begin: the stream that keeps aside how pages draw."""
    left, low = float(page.mediabox.left), float(page.mediabox.bottom)
    right, high = float(page.mediabox.right), float(page.mediabox.top)
    across = {
        0: (1, 0, 0, 1, left, low),
        90: (0, 1, -1, 0, right, low),
        180: (-1, 0, 0, -1, right, high),
        270: (0, -1, 1, 0, left, high),
    }[_turn(page)]
    form = _stream(stamp.get_contents().get_data())
    form.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): ArrayObject(FloatObject(side) for side in stamp.mediabox),
        NameObject("/Resources"): stamp["/Resources"].clone(book),
    })  # fmt: skip
    # Pages may share what they draw with: each gets its own before a name is added.
    things = DictionaryObject(page.get("/Resources", DictionaryObject()).get_object())
    drawn = DictionaryObject(things.get("/XObject", DictionaryObject()).get_object())
    name = "/Page"
    while name in drawn:
        name += "N"
    drawn[NameObject(name)] = book._add_object(form)
    things[NameObject("/XObject")] = drawn
    page[NameObject("/Resources")] = things
    matrix = " ".join(f"{number:.4f}" for number in across)
    end = book._add_object(_stream(f"Q q {matrix} cm {name} Do Q".encode()))
    page[NameObject("/Contents")] = ArrayObject([begin, *_contents(page), end])


def _contents(page):
    """References to what a page draws."""
    there = page.get("/Contents", NullObject()).get_object()
    if isinstance(there, ArrayObject):
        return list(there)
    return [page.raw_get("/Contents")] if isinstance(there, StreamObject) else []


def _stream(data):
    made = StreamObject()
    made.set_data(data)
    return made

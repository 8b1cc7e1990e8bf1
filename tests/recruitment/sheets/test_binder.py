"""Papers bound into one PDF: each page bears its number, and what it draws is put in unread."""

import io
import time

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from recruitment.sheets import binder

from ..papers.folders import a_pdf, a_picture
from .reports import place_of
from .scan_files import written


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_of_any_size_and_turn_bears_its_number(rotate, tmp_path):
    odd, out = PdfWriter(clone_from=io.BytesIO(a_pdf("nho", size=(300, 200)))), io.BytesIO()
    odd.pages[0].rotate(rotate)
    odd.pages[0].mediabox.lower_left = (10, 10)
    parts = [
        binder.Part("Một", binder.PDF, written(odd)),
        binder.Part("Hai", binder.PNG, a_picture("png", (40, 60))),
    ]
    assert binder.bind(out, parts, "Tập") == 2
    said = [one.extract_text() for one in PdfReader(out).pages]
    assert "1/2" in said[0] and "nho" in said[0] and "2/2" in said[1]
    left, top, right, _foot = place_of("1/2", out, tmp_path)
    width, height = (290, 190) if rotate in {0, 180} else (190, 290)
    assert width - 24 < right < width - 22 and height - 24 < top < height - 22 and left < right < left + 15, (
        "seen upright"
    )
    with pytest.raises(binder.Unbindable, match="Hỏng"):
        binder.bind(out, [*parts, binder.Part("Hỏng", binder.PDF, b"%PDF-1.4 nothing")], "Tập")


def test_what_a_page_draws_is_put_in_unread():
    """A hostile scan of a few kilobytes, each of whose pages would be half a million words to read."""
    book, out = PdfWriter(), io.BytesIO()
    drawing = StreamObject()
    drawing.set_data(b"q Q\n" * 450_000)
    shared = book._add_object(drawing.flate_encode())
    for _page in range(12):
        book.add_blank_page(200, 200)[NameObject("/Contents")] = shared
    began = time.process_time()
    assert binder.bind(out, [binder.Part("Một", binder.PDF, written(book))], "Tập") == 12
    assert time.process_time() - began < 1 and len(out.getvalue()) < 100_000

"""A document on paper and in Word: pages lie as the blocks say, a signature never stands alone, nothing odd gets in."""

import re
import zipfile
from io import BytesIO

import pytest

from recruitment.sheets.document import BREAK, WIDE, Document, Grid, Line, Sides
from recruitment.sheets.docx import write_docx
from recruitment.sheets.letter import write_letter

from . import reports

SIGNED = Sides((), (Line("BÍ THƯ", "center"), Line("Người Ký", "center", before=64)), before=14)


def pages(blocks, folder, **about):
    file = BytesIO()
    write_letter(file, Document("Giấy thử", tuple(blocks), **about))
    return reports.read_pdf(file, folder, "-layout")


@pytest.mark.parametrize("lines", range(24, 40))
def test_no_signature_stands_alone(lines, tmp_path):
    found = pages([*(Line(f"Dòng {k}.", "left") for k in range(lines)), SIGNED], tmp_path)
    assert len(found) <= 2
    assert f"Dòng {lines - 1}." in found[-1] and "Người Ký" in found[-1]


def test_pages_upright_and_across(tmp_path):
    file = BytesIO()
    blocks = (Line("Một"), WIDE, Grid(("A", "B"), (("1", "2"),)), BREAK, Line("Ba"))
    write_letter(file, Document("Giấy thử", blocks))
    boxes = re.findall(rb"/MediaBox \[ 0 0 (\d+)", file.getvalue())
    assert [int(width) for width in boxes] == [595, 841, 595]
    assert [re.search(r"\S+", page)[0] for page in pages(blocks, tmp_path)] == ["Một", "2", "3"], (
        "numbers from page two"
    )
    word = BytesIO()
    write_docx(word, Document("Giấy thử", blocks))
    told = zipfile.ZipFile(word).read("word/document.xml").decode()
    assert re.findall(r'<w:pgSz[^>]*w:w="(\d+)"', told) == ["11906", "16838", "11906"]


def test_a_table_in_word_is_as_wide_as_it_says():
    file = BytesIO()
    write_docx(file, Document("Giấy thử", (Grid(("A", "B"), (("1", "2"),), (1, 4)),)))
    told = zipfile.ZipFile(file).read("word/document.xml").decode()
    narrow, broad = map(int, re.findall(r'<w:gridCol w:w="(\d+)"', told))
    assert abs(broad - 4 * narrow) < 10 and abs(narrow + broad - 165 * 56.7) < 10


def test_letters_that_no_font_draws_and_marks_of_other_languages(tmp_path):
    odd = "Nguyê\u0303n <b>Văn</b> & Ý\x00\x0b \ud800"
    for page in pages([Line(odd)], tmp_path, corner="Mẫu <1>"):
        assert "Nguyễn <b>Văn</b> & Ý" in page and "Mẫu <1>" in page
    file = BytesIO()
    write_docx(file, Document("Giấy thử", (Line(odd),)))
    told = zipfile.ZipFile(file).read("word/document.xml").decode()
    assert "Nguyễn &lt;b&gt;Văn&lt;/b&gt; &amp; Ý" in told


def test_word_tells_no_author_and_no_hour():
    file = BytesIO()
    write_docx(file, Document("Giấy thử", (Line("Một"),)))
    core = zipfile.ZipFile(file).read("docProps/core.xml").decode()
    assert (
        "python" not in core
        and "2000-01-01T00:00:00Z" in core
        and "<dc:creator></dc:creator>" in core.replace("<dc:creator/>", "<dc:creator></dc:creator>")
    )


def test_the_same_document_gives_the_same_bytes():
    first, second = BytesIO(), BytesIO()
    for file in (first, second):
        write_letter(file, Document("Giấy thử", (Line("Một"), SIGNED)))
    assert first.getvalue() == second.getvalue()

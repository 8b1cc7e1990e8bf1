"""A document on paper and in Word: pages lie as the blocks say, a signature never stands alone, nothing odd gets in."""

import re
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.sheets.breaking import balanced, broken, wide
from recruitment.sheets.document import BREAK, WIDE, Document, Grid, Line, Sides
from recruitment.sheets.docx import write_docx
from recruitment.sheets.letter import write_letter
from recruitment.sheets.pdf_words import FONT, fonts

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


@pytest.mark.parametrize("rows", range(26, 38))
def test_nor_after_a_table(rows, tmp_path):
    table = Grid(("TT", "Nội dung"), tuple((str(k), f"Hàng {k}.") for k in range(rows)), (1, 9))
    found = pages([table, SIGNED], tmp_path)
    assert len(found) <= 2 and f"Hàng {rows - 1}." in found[-1] and "Người Ký" in found[-1]


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


def test_a_signature_after_a_table_is_no_row_of_it_in_word():
    file = BytesIO()
    write_docx(file, Document("Giấy thử", (Line("Trước"), Grid(("A", "B"), (("1", "2"),)), SIGNED)))
    body = zipfile.ZipFile(file).read("word/document.xml").decode()
    between = body.split("</w:tbl>")[1].split("<w:tbl>")[0]
    assert "<w:p>" in between and "<w:keepNext/>" in between
    assert body.split("</w:tbl>")[0].rsplit("<w:tr>", 1)[1].count("<w:keepNext/>") == 2, (
        "its last row goes along"
    )


def test_a_long_name_in_a_head_is_broken_before_its_territory_in_word_too():
    head = Line("ĐẢNG BỘ TỈNH BÀ RỊA – VŨNG TÀU", "center", whole="TỈNH BÀ RỊA – VŨNG TÀU")
    for share, breaks in ((0.4, 1), (0.9, 0)):
        file = BytesIO()
        write_docx(file, Document("Giấy thử", (Sides((head,), (), share),)))
        told = zipfile.ZipFile(file).read("word/document.xml").decode()
        assert told.count("<w:br/>") == breaks
        assert "".join(re.findall(r"<w:t[^>]*>([^<]*)", told)) == head.text


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


def test_a_short_paper_with_its_signature_is_one_page(tmp_path):
    found = pages([SIGNED, Line("Một đoạn."), Line("Đoạn cuối."), SIGNED], tmp_path)
    assert len(found) == 1 and found[0].count("Người Ký") == 2


def test_headings_of_a_long_table_come_again_and_no_row_is_broken(tmp_path):
    rows = tuple((str(k), f"đầu{k} " + "chữ " * 30 + f"cuối{k}") for k in range(60))
    found = pages([Line("Trước"), Grid(("TT", "Nội dung"), rows, (1, 9)), SIGNED], tmp_path)
    assert len(found) > 3 and all(page.count("Nội dung") == 1 for page in found)
    for k in range(60):
        assert any(f"đầu{k} " in page and f"cuối{k}" in re.split(r"\s+", page) for page in found), k


def test_what_is_higher_than_a_page_or_wider_than_a_line_is_all_there(tmp_path):
    tall, long = "chữ " * 1_500, "x" * 300
    found = pages([Grid(("A", "B"), ((tall, "1"),)), Line(long), Line(long, "center")], tmp_path)
    text = "".join(found)
    assert text.count("chữ") == 1_500 and text.count("x") == 600


def test_a_word_that_no_column_holds_widens_it(tmp_path):
    narrow = Grid(("TT", "Văn"), (("1234567890123", "dài " * 40),), (1, 40))
    assert "1234567890123" in pages([narrow], tmp_path)[0]


@given(
    st.lists(st.sampled_from("a ă đ ng nghiêng – 12".split()), min_size=1, max_size=60), st.integers(40, 400)
)
def test_lines_hold_every_word_in_order_and_none_is_too_long(words, width):
    text = " ".join(words)
    fonts()
    for lines in (broken(text, FONT, 14, width), balanced(text, FONT, 14, width)):
        assert " ".join(line for line, _long in lines).replace(" ", "") == text.replace(" ", "")
        assert all(long <= width + 0.01 and abs(long - wide(line, FONT, 14)) < 0.01 for line, long in lines)
    assert len(balanced(text, FONT, 14, width)) == len(broken(text, FONT, 14, width))


def test_a_name_at_the_end_stays_whole_where_it_can():
    fonts()
    said = "ĐẢNG BỘ TỈNH BÀ RỊA – VŨNG TÀU"
    assert balanced(said, FONT, 14, 190)[0][0] == "ĐẢNG BỘ TỈNH BÀ", "the shape alone"
    assert [line for line, _long in balanced(said, FONT, 14, 190, "TỈNH BÀ RỊA – VŨNG TÀU")] == [
        "ĐẢNG BỘ",
        "TỈNH BÀ RỊA – VŨNG TÀU",
    ]
    assert len(broken(said, FONT, 14, 60, whole="TỈNH BÀ RỊA – VŨNG TÀU")) > 2, (
        "no line holds it: broken like any"
    )

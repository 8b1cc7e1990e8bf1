"""A report as a document to go on writing in: the layout of party documents, every letter, nothing that runs."""

import zipfile
from xml.etree import ElementTree

import pytest

from recruitment.reports.base import TEXT, Column, Row, Sheet
from recruitment.sheets.report_docx import write_docx

from .reports import a_report, a_sheet, written

pytestmark = pytest.mark.once

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SENTENCE = "Ủy ban nhân dân phường Quảng Tế: “đạt & vượt” <chỉ tiêu>, tỷ lệ 103,73\N{NO-BREAK SPACE}%."


def prose(*texts):
    rows = [Row("0", {"text": "I- ĐẶC ĐIỂM TÌNH HÌNH"}, "part")]
    rows += [Row(str(k), {"text": text}) for k, text in enumerate(texts, 1)]
    return Sheet(
        "de_cuong", "Đề cương", "Đề cương", (Column("text", "Nội dung", TEXT, 96),), rows, prose=True
    )


@pytest.fixture
def document():
    """(root of the document, its paragraphs' texts) of a report with prose, a tall and a wide table."""
    tall = a_sheet([(1, 2)], wide=False)
    report = a_report(
        a_sheet([(9701, 9352)]), prose(SENTENCE, "", "=HYPERLINK(1)\x07"), tall, numbered="Số      -BC/TU",
        receivers=("Cấp trên,", "Lưu Văn phòng."), signed_by=("T/M BAN THƯỜNG VỤ", "BÍ THƯ"),
    )  # fmt: skip
    with zipfile.ZipFile(written(write_docx, report)) as package:
        assert package.testzip() is None
        roots = {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}  # noqa: S314
    root = roots["word/document.xml"]
    return root, ["".join(part.itertext()) for part in root.iter(f"{W}p")]


def test_what_it_says(document):
    _root, texts = document
    text = "\n".join(texts)
    assert SENTENCE in texts and "=HYPERLINK(1)" in texts, "text as text, without what no document holds"
    order = [
        "TỈNH ỦY BÀ RỊA – VŨNG TÀU", "Số      -BC/TU", "ĐẢNG CỘNG SẢN VIỆT NAM", "I- ĐẶC ĐIỂM TÌNH HÌNH", SENTENCE,
        "Nơi nhận:", "- Lưu Văn phòng.", "T/M BAN THƯỜNG VỤ", "BÍ THƯ", "THEO ĐƠN VỊ", "103,73",
    ]  # fmt: skip
    places = [text.index(said) for said in order[:-1]]
    assert places == sorted(places), "the prose and who signs it stand before the tables"
    assert texts[texts.index(SENTENCE) + 1] == "", "a line to write in by hand"


def test_the_layout_of_party_documents(document):
    root, texts = document
    (first, wide, tall) = root.iter(f"{W}sectPr")
    margins = first.find(f"{W}pgMar")
    millimetres = [
        round(int(margins.get(f"{W}{side}")) / 1440 * 25.4) for side in ("top", "bottom", "left", "right")
    ]
    assert millimetres == [20, 20, 30, 15]
    assert [part.find(f"{W}pgSz").get(f"{W}orient") for part in (first, wide, tall)] == [
        None,
        "landscape",
        None,
    ]
    sentence = list(root.iter(f"{W}p"))[texts.index(SENTENCE)]
    spacing, indent = sentence.find(f".//{W}spacing"), sentence.find(f".//{W}ind")
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("380", "exact"), "19 points"
    assert round(int(indent.get(f"{W}firstLine")) / 1440 * 25.4) == 10
    assert sentence.find(f".//{W}sz").get(f"{W}val") == "28", "14 points"
    signer = list(root.iter(f"{W}p"))[texts.index("BÍ THƯ")]
    assert signer.find(f".//{W}b") is None, "the position is not bold"


def test_headings_of_tables_repeat(document):
    root, _texts = document
    heads = list(root.iter(f"{W}tblHeader"))
    assert len(heads) == 2

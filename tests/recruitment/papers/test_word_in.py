"""A Word file somebody corrected is taken in where it is one, cleaned, and still says what the paper is."""

import io
import zipfile

import pytest
from docx import Document as Word
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from recruitment import columns
from recruitment.imports import papers_said
from recruitment.models import IssuedPaper
from recruitment.papers import case as cases
from recruitment.papers import catalogue, filling, issuing, kept
from recruitment.papers.prepared import prepare, subjects
from recruitment.sheets import word_apart, word_in
from tests.undone import undone

from . import dossiers
from .test_issuing import contents, issue, says

pytestmark = pytest.mark.django_db
NAME = papers_said.PEOPLE[1][1]


@pytest.fixture(scope="module")
def paper(module_db):
    dossiers.build()
    candidacy = cases.candidacy(dossiers.case("6-KNĐ", NAME).candidacy.pk)
    return prepare(candidacy, "6-KNĐ", snapshot=columns.current(), today=dossiers.TODAY)


def corrected(paper, change):
    """The draft's Word with a change made to it."""
    word = Word(io.BytesIO(issuing._bytes(issuing.write_docx, paper.document)))
    change(word)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _nothing(word):
    word.core_properties.author = "Máy Của Ai"
    word.paragraphs[-1].insert_paragraph_before("Chi bộ giao đồng chí Bí thư chịu trách nhiệm hoàn chỉnh.")


def _renamed(word):
    for line in word.paragraphs:
        for run in line.runs:
            run.text = run.text.replace(NAME, "Người Khác")


def _lengthened(paper):
    """About somebody else, with another number and day, whose letters hold those of the paper."""

    def change(word):
        told = (
            f"{NAME}anh, số 1{paper.number}, ngày 2{paper.on:%d/%m/%Y}; {paper.number}-A và 1-{paper.number}"
        )
        for line in list(word.element.body.iter(qn("w:t"))):
            line.text = ""
        word.add_paragraph(told)

    return change


def _others(paper):
    """[(a change of one thing that makes it another paper, how what is lost begins, and what it tells)]."""
    born, head = paper.said["person.born"], f"Số {paper.number}"
    on = filling.long_day(paper.on)
    return [
        (_put(NAME, f"{NAME} Anh"), ("họ tên", "“Anh”")), (_put(born, "15/01/1970"), ("ngày sinh", born)),
        (_put(head, "Số 1 07-NQ/CB", paper.number), ("số", "ở phần đầu")), (_put(on, "ngày 02 tháng 02 năm 2025", on), ("ngày", "ở phần đầu")),
    ]  # fmt: skip


def _put(old, new, below=""):
    """A change: new for old wherever it stands; below: what the text further down says once more."""

    def change(word):
        for line in list(word.element.body.iter(qn("w:t"))):
            line.text = line.text.replace(old, new)
        word.add_paragraph(f"số {below}, {below}" if below else "")

    return change


def _emptied(word):
    """Nothing but whom it is about."""
    for line in list(word.element.body.iter(qn("w:t"))):
        line.text = ""
    word.add_paragraph(f"đồng chí {NAME}-Bí thư")


def _linked(word):
    word.part.relate_to(
        "http://example.org/x",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )


def _tracked(word):
    word.paragraphs[0]._p.append(OxmlElement("w:ins"))


def _reaching(word):
    """A field that reads from elsewhere, its name in two pieces."""
    for piece in ("INCLUDE", 'TEXT "C:/x"'):
        told = OxmlElement("w:instrText")
        told.text = piece
        word.paragraphs[0].add_run()._r.append(told)


def repacked(paper, change):
    """The draft's Word with its parts changed: {name: bytes}."""
    old, new = zipfile.ZipFile(io.BytesIO(corrected(paper, _nothing))), io.BytesIO()
    parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(new, "w") as package:
        for name, content in (parts | change(parts)).items():
            package.writestr(name, content)
    return new.getvalue()


def _quoted(parts):
    """A link to outside in a package whose attributes stand in single quotes."""
    rels = parts["word/_rels/document.xml.rels"].decode()
    link = "<Relationship Id='rX' Type='http://x/attachedTemplate' Target='http://example.org/' TargetMode='External'/>"
    return {
        "word/_rels/document.xml.rels": rels.replace("</Relationships>", f"{link}</Relationships>").encode()
    }


def _declared(parts):
    body = parts["word/document.xml"].decode().partition("?>")[2]
    return {"word/document.xml": f'<!DOCTYPE x [<!ENTITY a "b">]>{body}'.encode()}


def _related(kind):
    """A part of a kind that no paper is made of."""
    return lambda word: word.part.relate_to(
        Part(PackURI("/word/x.xml"), "text/xml", b"<x/>", word.part.package),
        f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}",
    )


def _drawn(inner):
    """Something of the old drawing language in the first paragraph."""
    spaces = (
        "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:v='urn:schemas-microsoft-com:vml' "
        "xmlns:o='urn:schemas-microsoft-com:office:office'"
    )
    return lambda word: word.paragraphs[0]._p.append(parse_xml(f"<w:r {spaces}>{inner}</w:r>"))


def _lying(paper):
    """A part that unpacks to many megabytes in a coding without bounds, while the package says 100 bytes."""
    file = io.BytesIO(corrected(paper, _nothing))
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("word/y.xml", b" " * 20_000_000, zipfile.ZIP_BZIP2)
    content = bytearray(file.getvalue())
    last = content.rfind(b"PK\1\2")
    content[last + 24 : last + 28] = (100).to_bytes(4, "little")
    return bytes(content)


@pytest.mark.once
@pytest.mark.parametrize(
    ("file", "words"),
    [
        (lambda paper: corrected(paper, _related("chart")), "không thuộc về văn bản"),
        (lambda paper: corrected(paper, _related("oleObject")), "tệp nhúng"),
        (lambda paper: corrected(paper, _drawn("<w:object><o:OLEObject/></w:object>")), "tệp nhúng"),
        (lambda paper: corrected(paper, _drawn("<v:imagedata src='HTTP://example.org/x'/>")), "liên kết ra ngoài"),
        (lambda paper: corrected(paper, _drawn("<v:rect href='//example.org/x'/>")), "liên kết ra ngoài"),
        (lambda paper: corrected(paper, _drawn("<w:instrText>HYPERLINK x</w:instrText>")), "liên kết ra ngoài"),
        (lambda paper: repacked(paper, lambda parts: {"word/media/a.png": b"MZ\x90"}), "tệp nhúng"),
        (lambda paper: repacked(paper, lambda parts: {"word/Document.xml": b"<x/>"}), "Không mở được"),
        (lambda paper: repacked(paper, lambda parts: {"word/y.xml": b"<a>" + b"<b/>" * 200_000 + b"</a>"}), "quá nhiều"),
        (_lying, "Không mở được"),
        (lambda paper: corrected(paper, _linked), "liên kết ra ngoài"),
        (lambda paper: corrected(paper, _tracked), "thay đổi đang theo dõi"),
        (lambda paper: corrected(paper, _reaching), "liên kết ra ngoài"),
        (lambda paper: repacked(paper, _quoted), "liên kết ra ngoài"),
        (lambda paper: repacked(paper, _declared), "khai báo lạ"),
        (lambda paper: repacked(paper, lambda parts: {"word/vbaProject.bin": b"x"}), "macro"),
        (lambda paper: repacked(paper, lambda parts: {"word/media/run.exe": b"MZ"}), "tệp nhúng"),
        (lambda paper: b"\xd0\xcf\x11\xe0" + b"x" * 99, ".doc cũ"),
        (lambda paper: b"PK\x03\x04 nothing", "không phải tệp Word"),
        (lambda paper: b"x" * 3_000_001, "nặng quá"),
    ],
)  # fmt: skip
def test_what_does_not_belong_in_a_paper_is_refused(paper, file, words):
    assert word_in.take(corrected(paper, _nothing)).text
    with pytest.raises(word_in.WordError, match=words):
        word_in.take(file(paper))


@pytest.mark.once
def test_a_draft_nobody_corrected_says_all_it_must(paper):
    snapshot = columns.current()
    for form in catalogue.forms():
        candidacy = cases.candidacy(dossiers.case(form).candidacy.pk)
        one = prepare(
            candidacy, form, snapshot=snapshot, subject=subjects(candidacy, form)[0], today=dossiers.TODAY
        )
        if one.issues:
            assert kept.lost(one, "\n".join(one.document.texts())) == [], form


def test_the_words_are_corrected_and_what_it_is_stays(paper, monkeypatch):
    with undone():
        with pytest.raises(issuing.Refused, match="không còn ghi họ tên"):
            issue(paper, word=corrected(paper, _renamed))
        with pytest.raises(issuing.Refused, match="không còn ghi họ tên.*; ngày.*; số"):
            issue(paper, word=corrected(paper, _lengthened(paper)))
        with pytest.raises(issuing.Refused, match="quá rắc rối"), monkeypatch.context() as no_time:
            no_time.setattr(word_apart.taken, "__defaults__", ("", 0.01))
            issue(paper, word=corrected(paper, _nothing))
        assert not IssuedPaper.objects.exists()
        for change, words in _others(paper):
            (lost,) = kept.lost(paper, word_in.take(corrected(paper, change)).text)
            assert lost.startswith(words[0]) and words[1] in lost
        first = issue(paper, word=corrected(paper, _nothing))
        files = contents(first)
        assert list(files) == ["docx"] and "hoàn chỉnh" in says(files["docx"])
        assert Word(io.BytesIO(files["docx"])).core_properties.author == ""
        # The number and the day that the note repeats are the old paper's.
        with pytest.raises(issuing.Refused, match="không còn ghi ngày"):
            issue(paper, word=corrected(paper, _emptied), corrects=first, reason="thiếu một dòng")
        second = issue(paper, word=corrected(paper, _nothing), corrects=first, reason="thiếu một dòng")
        lines = [one.text for one in Word(io.BytesIO(contents(second)["docx"])).paragraphs]
        assert any("nội dung đính chính: thiếu một dòng." in one for one in lines), "the note is put in"

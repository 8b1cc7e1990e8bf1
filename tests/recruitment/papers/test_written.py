"""Each form as Word and as PDF holds the same text as the document, every diacritic of it; Word's file opens in
LibreOffice and comes out with its text unchanged."""

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest

from recruitment.papers import catalogue
from recruitment.sheets.document import BREAK, Document
from recruitment.sheets.docx import write_docx
from recruitment.sheets.letter import write_letter
from tests.recruitment.sheets import reports

from . import dossiers

pytestmark = [pytest.mark.django_db, pytest.mark.once]
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def documents(module_db):
    dossiers.build()
    return {form: dossiers.document(form) for form in catalogue.forms()}


def words(text):
    """The words of a text in the order of the alphabet: columns side by side are read in another order by each reader."""
    return sorted(re.findall(r"\S+", text.replace("\xa0", " ")))


def test_word_files_say_the_same(documents):
    for form, document in documents.items():
        file = BytesIO()
        write_docx(file, document)
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            tree = ElementTree.fromstring(package.read("word/document.xml"))  # noqa: S314 - our own file
        told = "\n".join("".join(t.text or "" for t in p.iter(f"{_WORD}t")) for p in tree.iter(f"{_WORD}p"))
        assert words(told) == words("\n".join(document.texts())), form
        assert not any("vba" in name.lower() or "external" in name.lower() for name in names)
        margins = tree.find(f".//{_WORD}pgMar")
        assert [round(int(margins.get(f"{_WORD}{side}")) / 56.7) for side in ("top", "bottom", "right")] == [
            20,
            20,
            15,
        ]


def test_pdfs_say_the_same(documents, tmp_path):
    for form, document in documents.items():
        file = BytesIO()
        write_letter(file, document)
        pages = reports.read_pdf(file, tmp_path, "-layout")
        assert len(pages) <= 2, f"{form}: a paper of a page and a half lies on no more than two"
        told = "\n".join(re.sub(r"^\s*\d+\s*\n", "\n", page) if k else page for k, page in enumerate(pages))
        assert words(told) == words("\n".join(document.texts())), form


def test_libreoffice_reads_what_word_reads(documents, tmp_path):
    blocks = [block for document in documents.values() for block in (*document.blocks, BREAK)]
    whole = Document("Mọi mẫu", tuple(blocks))
    write_docx(tmp_path / "all.docx", whole)
    assert words(reports.words_of(tmp_path / "all.docx")) == words("\n".join(whole.texts()))

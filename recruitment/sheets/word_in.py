"""A Word file somebody corrected, taken in: opened, searched for what does not belong in a paper, freed of what tells of its
making, and read. Knows no domain."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext as _
from docx import Document as Word
from docx.oxml.ns import qn
from lxml import etree

from .docx import MADE, repacked

# What an office's paper of a few pages never is.
MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 3_000_000, 40_000_000, 300
_OLD_WORD = b"\xd0\xcf\x11\xe0"  # a .doc of before 2007, or one locked by a password
# A package holds text, pictures and letters; anything else runs, holds another file or only tells who wrote.
_TEXT, _PICTURES = (
    (".xml", ".rels"),
    (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".odttf"),
)
_RUNS = re.compile(r"vbaProject|vbaData|/activeX/|/embeddings/", re.IGNORECASE)
_TELLS = ("extended-properties", "custom-properties", "thumbnail", "people", "customXml")
_REMARKS = {"ins", "del", "moveFrom", "moveTo", "commentReference", "commentRangeStart"}
_REACHES_OUT = re.compile(r"INCLUDETEXT|INCLUDEPICTURE|DDE|\bLINK\b|\bIMPORT\b|\bDATABASE\b", re.IGNORECASE)
# What stands between letters without being one.
_GAPS = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "-"}


class WordError(ValueError):
    """The file is not taken; its text says why and what is wanted."""


@dataclass(frozen=True)
class Taken:
    """content: the bytes as they are kept; text: what it says, a paragraph a line, single-spaced, without the note."""

    content: bytes
    text: str


def take(content, note=""):
    """The Taken of the bytes of a .docx. note: a sentence put before the signature, where the file does not say it. WordError for a file that is too large, no .docx or damaged, and for one with
    macros, embedded files, links to outside, tracked changes or comments."""
    if len(content) > MOST_BYTES:
        raise WordError(
            _("Tệp nặng quá %s MB. Cần tệp Word chỉ có chữ của văn bản.") % (MOST_BYTES // 1_000_000)
        )
    if content.startswith(_OLD_WORD):
        raise WordError(_("Đây là tệp .doc cũ hoặc có mật khẩu. Lưu lại thành .docx, không đặt mật khẩu."))
    _search(content)
    try:
        word = Word(io.BytesIO(content))
        _forget(word)
        text, told = _text(word), " ".join(note.split())
        if told and told not in text:
            _say(word, note)
        packed = io.BytesIO()
        word.save(packed)
    except Exception as fault:  # whatever the parser stumbles over in a damaged file
        raise WordError(
            _("Không mở được tệp này. Mở bằng Word, lưu lại thành .docx rồi chọn lại.")
        ) from fault
    # What the note repeats of another paper is not what this one says.
    return Taken(repacked(packed), text.replace(told, " ") if told else text)


def says(text, words):
    """Whether these words stand in a text, in capitals or not, and not inside a longer word, number or day: neither
    "107-NQ/CB" nor "07-NQ/CB-A" says "07-NQ/CB"."""
    whole = rf"(?<!\w){re.escape(words.casefold())}(?!\w)"
    if any(letter.isdigit() for letter in words):
        whole = rf"(?<!\w[-./]){whole}(?![-/]\w)"
    return re.search(whole, text.casefold()) is not None


def _search(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise WordError(_("Tệp chứa quá nhiều thứ bên trong. Cần tệp Word chỉ có chữ của văn bản."))
            names = {part.filename for part in parts}
            if not {"[Content_Types].xml", "word/document.xml"} <= names:
                raise WordError(_("Đây không phải tệp Word (.docx)."))
            if any(
                _RUNS.search(name) or not name.lower().endswith((*_TEXT, *_PICTURES, "/")) for name in names
            ):
                raise WordError(_("Tệp có macro hoặc tệp nhúng. Bỏ đi rồi lưu lại thành .docx."))
            for part in parts:
                if part.filename.lower().endswith(_TEXT):
                    _search_part(part.filename, package.read(part))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as fault:
        raise WordError(_("Đây không phải tệp Word (.docx), hoặc tệp đã hỏng.")) from fault


def _search_part(name, content):
    """Read as XML, whatever its letters, quotes and prefixes."""
    try:
        root = etree.fromstring(
            content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
    except etree.XMLSyntaxError as fault:
        raise WordError(
            _("Không mở được tệp này. Mở bằng Word, lưu lại thành .docx rồi chọn lại.")
        ) from fault
    if root.getroottree().docinfo.doctype:
        raise WordError(_("Tệp có phần khai báo lạ. Mở bằng Word, lưu lại thành .docx rồi chọn lại."))
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    if any("macroEnabled" in value for one in elements for value in one.attrib.values()):
        raise WordError(_("Tệp có macro. Lưu lại thành .docx thường."))
    told = {etree.QName(one).localname for one in elements}
    fields = "".join(one.text or "" for one in elements if etree.QName(one).localname == "instrText")
    fields += " ".join(one.get(qn("w:instr")) or "" for one in elements)
    outside = any(one.get("TargetMode") == "External" for one in elements)
    if outside or "altChunk" in told or _REACHES_OUT.search(fields):
        raise WordError(_("Tệp có liên kết ra ngoài. Bỏ liên kết rồi lưu lại."))
    if name.startswith("word/") and told & _REMARKS:
        raise WordError(
            _("Tệp còn thay đổi đang theo dõi hoặc chú thích. Chấp nhận hết, xóa chú thích rồi lưu lại.")
        )


def _forget(word):
    told = word.core_properties
    for name in (
        "author", "last_modified_by", "comments", "keywords", "category", "subject", "identifier", "content_status",
        "version",
    ):  # fmt: skip
        setattr(told, name, "")
    told.created = told.modified = told.last_printed = MADE
    told.revision = 1
    for part in (word.part.package, word.part):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rpartition("/")[2] in _TELLS:
                del part.rels[key]


def _say(word, note):
    """The note as a paragraph of its own before the last table without lines (the signature), else at the end."""
    line = word.add_paragraph(note)
    signed = [table for table in word.tables if table.style is None or table.style.name != "Table Grid"]
    if signed:
        signed[-1]._tbl.addprevious(line._p)


def _text(word):
    bodies = [word.element.body]
    for section in word.sections:
        bodies += [section.header._element, section.footer._element]
    lines = []
    for body in bodies:
        for paragraph in body.iter(qn("w:p")):
            lines.append(
                "".join(_GAPS.get(one.tag, one.text or "") for one in paragraph.iter(qn("w:t"), *_GAPS))
            )
    return unicodedata.normalize("NFC", "\n".join(" ".join(line.split()) for line in lines))

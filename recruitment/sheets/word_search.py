"""What does not belong in an office's paper is found in the bytes of a .docx before anything else opens them: what runs,
what holds another file, what reaches outside, what tells who changed what, and what is no text of a few pages at all."""

import io
import re
import struct
import zipfile
import zlib

from docx.oxml.ns import nsmap, qn
from lxml import etree

# What an office's paper of a few pages never is: bytes unpacked, parts, elements of all parts.
MOST_UNPACKED, MOST_PARTS, MOST_ELEMENTS = 16_000_000, 300, 200_000
# A package holds text, pictures as their beginnings say, and letters; anything else runs or holds another file.
_TEXT, _LETTERS = (".xml", ".rels"), re.compile(r"word/fonts/[^/]+\.odttf")
_PICTURES = {
    ".png": (b"\x89PNG\r\n\x1a\n",), ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",), ".bmp": (b"BM",),
    ".gif": (b"GIF87a", b"GIF89a"), ".tif": (b"II*\0", b"MM\0*"), ".tiff": (b"II*\0", b"MM\0*"), ".emf": (b"\1\0\0\0",),
    ".wmf": (b"\xd7\xcd\xc6\x9a", b"\1\0\x09\0", b"\2\0\x09\0"),
}  # fmt: skip
# What parts a paper is made of, by the last word of their relationship: those that are kept, and those that only tell of
# its making, which `word_in` leaves out.
_PARTS = set(
    "officeDocument core-properties styles stylesWithEffects settings webSettings fontTable font theme numbering header footer image "
    "footnotes endnotes".split()
)
TELLING = set(
    "extended-properties custom-properties thumbnail people customXml customXmlProps glossaryDocument "
    "comments commentsExtended commentsIds commentsExtensible classificationlabels intelligence documenttasks "
    "webextensiontaskpanes webextension".split()
)
_RUNS = re.compile(r"vbaProject|vbaData|/activeX/|/embeddings/|macroEnabled|oleObject", re.IGNORECASE)
_EMBEDDED = {"OLEObject", "object", "control", "altChunk", "subDoc", "mailMerge"}
_REMARKS = {
    f"{{{nsmap['w']}}}{name}"
    for name in "ins del moveFrom moveTo commentReference commentRangeStart rPrChange pPrChange sectPrChange tblPrChange "
    "tcPrChange trPrChange tblGridChange cellIns cellDel cellMerge".split()
}
_REACHES_OUT = re.compile(
    r"INCLUDETEXT|INCLUDEPICTURE|DDE|HYPERLINK|MACROBUTTON|\bLINK\b|\bIMPORT\b|\bDATABASE\b", re.IGNORECASE
)
_ADDRESSES, _SCHEME = (
    {"src", "href", "althref"},
    re.compile(r"\s*([a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE),
)
# What reading a damaged package raises.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, KeyError, ValueError, EOFError, OSError, RuntimeError, OverflowError,
)  # fmt: skip


class WordError(ValueError):
    """The file is not taken; its Vietnamese text says why and what is wanted."""


def search(content):
    """WordError for bytes that are no .docx, or one with what does not belong in it. Reads each part once, within bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            _as_a_whole(parts)
            left = MOST_ELEMENTS
            for part in parts:
                with package.open(part) as file:
                    if part.filename.lower().endswith(_TEXT):
                        left -= _part(file.read(MOST_UNPACKED), left)
                    else:
                        _picture(part.filename.lower(), file.read(16))
    except WordError:
        raise
    except _BROKEN as fault:
        raise _none() from fault


def _none():
    return WordError("Đây không phải tệp Word (.docx), hoặc tệp đã hỏng.")


def unreadable():
    return WordError("Không mở được tệp này. Mở bằng Word, lưu lại thành .docx rồi chọn lại.")


def _full():
    return WordError("Tệp chứa quá nhiều thứ bên trong. Cần tệp Word chỉ có chữ của văn bản.")


def _as_a_whole(parts):
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _full()
    if not {"[Content_Types].xml", "word/document.xml"} <= set(names):
        raise _none()
    # The other codings unpack without a bound, and of two parts of one name each reader takes another.
    if len({name.lower() for name in names}) < len(names) or any(
        part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts
    ):
        raise unreadable()
    if any(_RUNS.search(name) for name in names):
        raise _holds()


def _holds():
    return WordError("Tệp có macro hoặc tệp nhúng. Bỏ đi rồi lưu lại thành .docx.")


def _picture(name, head):
    if name.endswith("/") or _LETTERS.fullmatch(name):
        return
    if not head.startswith(_PICTURES.get(name[name.rfind(".") :], ())):
        raise _holds()


def _part(content, most):
    """How many elements a part has, read as XML whatever its letters, quotes and prefixes."""
    elements, asked = [], {"resolve_entities": False, "no_network": True, "load_dtd": False}
    try:
        for _event, element in etree.iterparse(io.BytesIO(content), events=("start",), **asked):
            if not elements and element.getroottree().docinfo.doctype:
                raise WordError("Tệp có phần khai báo lạ. Mở bằng Word, lưu lại thành .docx rồi chọn lại.")
            elements.append(element)
            if len(elements) > most:
                raise _full()
    except etree.XMLSyntaxError as fault:
        raise unreadable() from fault
    _read(elements)
    return len(elements)


def _read(elements):
    told = {etree.QName(one).localname for one in elements}
    if told & _EMBEDDED or any(_RUNS.search(value) for one in elements for value in one.attrib.values()):
        raise _holds()
    fields = "".join(one.text or "" for one in elements if etree.QName(one).localname == "instrText")
    fields += " ".join(one.get(qn("w:instr")) or "" for one in elements)
    outside = any(one.get("TargetMode") == "External" for one in elements) or any(
        etree.QName(name).localname in _ADDRESSES and _SCHEME.match(value)
        for one in elements
        for name, value in one.attrib.items()
    )
    if outside or _REACHES_OUT.search(fields):
        raise WordError("Tệp có liên kết ra ngoài. Bỏ liên kết rồi lưu lại.")
    if any(one.tag in _REMARKS for one in elements):
        raise WordError(
            "Tệp còn thay đổi đang theo dõi hoặc chú thích. Chấp nhận hết, xóa chú thích rồi lưu lại."
        )
    for one in elements:
        kind = one.get("Type", "").rpartition("/")[2]
        if etree.QName(one).localname == "Relationship" and kind not in _PARTS | TELLING:
            raise WordError(
                f"Tệp chứa thứ không thuộc về văn bản (“{kind[:40]}”). Bỏ đi rồi lưu lại thành .docx."
            )

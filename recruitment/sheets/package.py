"""Opening a workbook someone sent: refuse what is not a plain .xlsx, then give its parts within bounds.

An .xlsx is a zip of XML. Nothing is unpacked to disk, no part is read whole unless it is small, and XML with a
document type (the door of entity bombs and outside files) is refused before any parser sees it.
"""

import re
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import chain
from posixpath import join, normpath
from xml.etree import ElementTree

from openpyxl.styles.numbers import BUILTIN_FORMATS

from .values import format_of, text_of, tidy

MB = 1024 * 1024
LARGEST_FILE = 20 * MB
LARGEST_UNPACKED = 128 * MB
# A real sheet shrinks ten- to fortyfold; only small parts may exceed this (a column of one value, a template).
LARGEST_RATIO, RATIO_MATTERS_FROM = 200, 16 * MB
MOST_PARTS = 2000
LARGEST_SMALL_PART = 4 * MB
_BLOCK = 128 * 1024
# What reading a damaged zip raises.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, KeyError, ValueError, EOFError, OSError, RuntimeError, OverflowError,
)  # fmt: skip
_LARGEST_PIECE = 8 * MB

_SAVE_AS = "Mở bằng Excel, chọn “Lưu thành” (Save As), kiểu “Excel Workbook (*.xlsx)”, rồi nhập lại."
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class SheetError(ValueError):
    """A file or table that cannot be read. The text is Vietnamese: what was found, and what to do about it."""


def _damaged():
    return SheetError(f"Tệp .xlsx bị hỏng hoặc không đúng chuẩn. {_SAVE_AS}")


def _refuse_other_kind(head, whole):
    """Raise the refusal that names the kind of a file that is no zip."""
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in whole():
            raise SheetError("Tệp có đặt mật khẩu. Bỏ mật khẩu mở tệp trong Excel, lưu lại, rồi nhập lại.")
        raise SheetError(f"Tệp là bản Excel đời cũ (.xls). {_SAVE_AS}")
    if not head:
        raise SheetError("Tệp rỗng. Chọn lại tệp .xlsx cần nạp.")
    raise SheetError(f"Tệp không phải là sổ tính .xlsx (có thể là .csv hoặc tệp đổi đuôi). {_SAVE_AS}")


def _refuse_other_package(names):
    """Raise the refusal that names the kind of a zip that is no .xlsx."""
    if any(name.endswith("vbaProject.bin") or "/macrosheets/" in name for name in names):
        raise SheetError(f"Tệp có macro nên không được nhận. {_SAVE_AS}")
    if "xl/workbook.bin" in names:
        raise SheetError(f"Tệp là sổ tính nhị phân (.xlsb). {_SAVE_AS}")
    if "mimetype" in names or "content.xml" in names:
        raise SheetError(f"Tệp là sổ tính OpenDocument (.ods). {_SAVE_AS}")
    if "word/document.xml" in names:
        raise SheetError("Tệp là văn bản Word. Chọn lại tệp sổ tính .xlsx.")
    if "[Content_Types].xml" not in names:
        raise SheetError(f"Tệp nén không phải là sổ tính .xlsx. {_SAVE_AS}")


@contextmanager
def open_package(path_or_file):
    """The workbook's `Package`; SheetError for anything but a plain, unencrypted, macro-free .xlsx in bounds.

    A file given is left open; a path is opened and closed. Reads at most 20 MB before the first refusal.
    """
    if hasattr(path_or_file, "read"):
        yield _checked(path_or_file)
        return
    with open(path_or_file, "rb") as file:
        yield _checked(file)


def _checked(file):
    size = file.seek(0, 2)
    file.seek(0)
    if size > LARGEST_FILE:
        raise SheetError(
            f"Tệp nặng {size / MB:.0f} MB, quá mức {LARGEST_FILE // MB} MB. Chia tệp rồi nhập từng phần."
        )
    head = file.read(8)
    if not head.startswith(b"PK"):
        _refuse_other_kind(head, lambda: head + file.read())
    try:
        # A copy in memory: the caller's file may be a one-way upload, and must not change while it is read.
        archive = zipfile.ZipFile(BytesIO(head + file.read()))
        parts = archive.infolist()
    except _BROKEN:
        raise _damaged() from None
    _refuse_other_package({part.filename for part in parts})
    unpacked = sum(part.file_size for part in parts)
    shrunk = unpacked > RATIO_MATTERS_FROM and unpacked > LARGEST_RATIO * size
    if unpacked > LARGEST_UNPACKED or shrunk or len(parts) > MOST_PARTS:
        raise SheetError(
            "Tệp nén quá nhiều dữ liệu so với một sổ tính thường. Chép bảng sang sổ mới rồi nhập lại."
        )
    if any(part.flag_bits & 1 for part in parts):
        raise SheetError("Tệp có đặt mật khẩu. Bỏ mật khẩu, lưu lại, rồi nhập lại.")
    names = [part.filename for part in parts]
    odd_name = any(name.startswith("/") or ".." in name.split("/") for name in names) or len(
        set(names)
    ) < len(names)
    if odd_name or any(
        part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts
    ):
        raise _damaged()
    package = Package(archive)
    for name in names:
        if name.endswith((".xml", ".rels")):
            package.refuse_document_type(name)
    if b"macroEnabled" in package.small("[Content_Types].xml"):
        raise SheetError(f"Tệp có macro nên không được nhận. {_SAVE_AS}")
    return package


class Package:
    """The parts of a checked workbook, its sheets in order, its texts and its formats."""

    def __init__(self, archive):
        self._archive = archive

    def _blocks(self, name):
        """The part's bytes, block by block; SheetError where it is missing or damaged."""
        try:
            with self._archive.open(name) as part:
                while block := part.read(_BLOCK):
                    yield block
        except _BROKEN:
            raise _damaged() from None

    def refuse_document_type(self, name):
        """SheetError if the part's beginning declares a document type or hides behind another encoding."""
        head = next(self._blocks(name), b"")[:4096]
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"\x00" in head:
            raise SheetError(f"Tệp có khai báo XML lạ, có thể gây hại, nên không được nhận. {_SAVE_AS}")

    def small(self, name):
        """A small part whole (4 MB at most)."""
        whole = b""
        for block in self._blocks(name):
            whole += block
            if len(whole) > LARGEST_SMALL_PART:
                raise _damaged()
        return whole

    def _tree(self, name):
        whole = self.small(name)
        # The parser reads UTF-8 here whatever the part says, so a document type cannot hide in another encoding.
        if b"<!DOCTYPE" in whole:
            raise _damaged()
        return _parsed(whole.decode("utf-8-sig", "replace"))

    def _targets(self, base, rels):
        """{relationship id: (its type's last word, part name)} of a .rels part."""
        return {
            rel.get("Id"): (
                rel.get("Type", "").rpartition("/")[2],
                normpath(join("/", base, rel.get("Target", ""))).lstrip("/"),
            )
            for rel in self._tree(rels).iter(_REL)
        }

    @cached_property
    def _workbook(self):
        """(workbook's tree, its relationships)."""
        kinds = dict(self._targets("", "_rels/.rels").values())
        folder, _, file = kinds.get("officeDocument", "xl/workbook.xml").rpartition("/")
        tree = self._tree(join(folder, file))
        return tree, self._targets(folder, join(folder, "_rels", f"{file}.rels"))

    def _part(self, wanted):
        return next((part for kind, part in self._workbook[1].values() if kind == wanted), None)

    @cached_property
    def counts_from_1904(self):
        """Whether serial dates count from 1904 (old Macintosh workbooks)."""
        settings = self._workbook[0].find("{*}workbookPr")
        return settings is not None and settings.get("date1904") in ("1", "true")

    @cached_property
    def sheets(self):
        """[(name, part name, visible)] in the order of the tabs; charts and dialogues are left out."""
        tree, targets = self._workbook
        found = []
        for sheet in tree.iterfind("{*}sheets/{*}sheet"):
            rel = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            kind, part = targets.get(rel, ("", ""))
            if kind == "worksheet":
                found.append((sheet.get("name", ""), part, sheet.get("state", "visible") == "visible"))
        return found

    @cached_property
    def texts(self):
        """The shared texts, tidied, in order."""
        part = self._part("sharedStrings")
        return (
            [tidy(text_of(item)) for piece in self.pieces(part, "si") for item in piece.tree()]
            if part
            else []
        )

    @cached_property
    def formats(self):
        """{cell style as the cell names it: None, "date", or the number of decimals a percentage shows}."""
        part = self._part("styles")
        if not part:
            return {}
        tree = self._tree(part)
        codes = dict(BUILTIN_FORMATS)
        for custom in tree.iterfind("{*}numFmts/{*}numFmt"):
            codes[whole_number(custom.get("numFmtId"))] = custom.get("formatCode", "")
        styles = (whole_number(xf.get("numFmtId", 0)) for xf in tree.iterfind("{*}cellXfs/{*}xf"))
        return {str(place): format_of(number, codes) for place, number in enumerate(styles)}

    def pieces(self, name, tag, container=None, rest_of=None):
        """Yield each `Piece` of a long part that holds complete children `tag`, a block at a time; then rest_of is called
        with the blocks that follow the container.

        The part is cut before the last opening of `tag` in what has been read, so each piece is well-formed;
        whoever hides an opening in a comment gets a parse error and a refusal. Memory stays below 10 MB a part.
        """
        rest, root, blocks = b"", None, self._blocks(name)
        for block in blocks:
            rest += block
            if root is None:
                root = re.search(rb"<(?:([\w.-]+):)?(worksheet|sst)\b[^>]*>", rest)
                if root is None:
                    break
                prefix = root[1] + b":" if root[1] else b""
                if root[0].endswith(b"/>"):
                    return
                closing = b"</" + prefix + root[2] + b">"
                end = b"</" + prefix + (container or root[2].decode()).encode()
                start = b"<" + prefix + tag.encode()
                rest = rest[root.end() :]
                started = not container
            if not started and (found := re.search(rb"<" + prefix + container.encode() + rb"\b[^>]*>", rest)):
                if found[0].endswith(b"/>"):
                    return
                started, rest = True, rest[found.end() :]
            last = rest.find(end) if started else -1
            cut = last if last >= 0 else rest.rfind(start) if started else 0
            if cut > 0:
                yield Piece(root[0], rest[:cut], closing, prefix, start)
                rest = rest[cut:]
            if last >= 0:
                if rest_of is not None:
                    rest_of(chain([rest], blocks))
                return
            if len(rest) > _LARGEST_PIECE:
                break
        raise _damaged()


@dataclass(slots=True)
class Piece:
    """Some complete children of a long part, still as written."""

    _opening: bytes
    _inner: bytes
    _closing: bytes
    _prefix: bytes
    _start: bytes

    @property
    def count(self):
        """How many children there are."""
        return self._inner.count(self._start)

    @property
    def prefixed(self):
        """Whether the elements carry a namespace prefix."""
        return bool(self._prefix)

    @property
    def empty(self):
        """Whether no cell holds a value, text or formula (a million coloured rows): nothing to parse then."""
        return not any(b"<" + self._prefix + mark in self._inner for mark in (b"v", b"is", b"f"))

    @property
    def text(self):
        """The children as text; SheetError where they are not UTF-8."""
        try:
            return self._inner.decode()
        except UnicodeDecodeError:
            raise _damaged() from None

    def tree(self):
        """The part's root with these children; SheetError where they are not well-formed."""
        return _parsed(self._opening + self._inner + self._closing)


def whole_number(text):
    """A whole number out of an attribute; SheetError where a damaged file holds something else."""
    try:
        return int(text)
    except (TypeError, ValueError):
        raise _damaged() from None


def _parsed(xml):
    try:
        # Document types were refused before: there is nothing to expand (Expat's own limits guard the rest).
        return ElementTree.fromstring(xml)  # noqa: S314
    except (ElementTree.ParseError, ValueError, LookupError):
        raise _damaged() from None

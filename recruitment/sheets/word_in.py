"""A Word file somebody corrected, taken in: opened, searched for what does not belong in a paper, freed of what tells of its
making, and read. Knows no domain."""

import io
import re
import unicodedata
from dataclasses import dataclass

from docx import Document as Word
from docx.oxml.ns import qn

from .docx import MADE, repacked
from .word_search import TELLING, WordError, search, unreadable

MOST_BYTES = 3_000_000
_OLD_WORD = b"\xd0\xcf\x11\xe0"  # a .doc of before 2007, or one locked by a password
# What stands between letters without being one.
_GAPS = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "-"}


@dataclass(frozen=True)
class Taken:
    """content: the bytes as they are kept; text: what it says, a paragraph a line, single-spaced, without the note."""

    content: bytes
    text: str


def take(content, note=""):
    """The Taken of the bytes of a .docx. note: a sentence put before the signature, where the file does not say it.
    WordError for a file that is too large, no .docx or damaged, and for one with what does not belong in a paper
    (`word_search`). What somebody sends goes through `word_apart.taken`."""
    if len(content) > MOST_BYTES:
        raise too_heavy()
    if content.startswith(_OLD_WORD):
        raise WordError("Đây là tệp .doc cũ hoặc có mật khẩu. Lưu lại thành .docx, không đặt mật khẩu.")
    search(content)
    try:
        word = Word(io.BytesIO(content))
        _forget(word)
        text, told = _text(word), " ".join(note.split())
        if told and told not in text:
            _say(word, note)
        packed = io.BytesIO()
        word.save(packed)
    except Exception as fault:  # whatever the parser stumbles over in a damaged file
        raise unreadable() from fault
    # What the note repeats of another paper is not what this one says.
    return Taken(repacked(packed), text.replace(told, " ") if told else text)


def says(text, words):
    """Whether these words stand in a text, in capitals or not, and not inside a longer word, number or day: neither
    "107-NQ/CB" nor "07-NQ/CB-A" says "07-NQ/CB"."""
    whole = rf"(?<!\w){re.escape(words.casefold())}(?!\w)"
    if any(letter.isdigit() for letter in words):
        whole = rf"(?<!\w[-./]){whole}(?![-/]\w)"
    return re.search(whole, text.casefold()) is not None


def too_heavy():
    return WordError(f"Tệp nặng quá {MOST_BYTES // 1_000_000} MB. Cần tệp Word chỉ có chữ của văn bản.")


def _forget(word):
    told = word.core_properties
    for name in (
        "author", "last_modified_by", "comments", "keywords", "category", "subject", "identifier", "content_status",
        "version",
    ):  # fmt: skip
        setattr(told, name, "")
    told.created = told.modified = told.last_printed = MADE
    told.revision = 1
    package = word.part.package
    for part in (package, *list(package.iter_parts())):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rpartition("/")[2] in TELLING:
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
        # Asked for one that is not there, the library would put it in.
        ends = (section.header, section.footer, section.first_page_header, section.first_page_footer)
        bodies += [end._element for end in ends if not end.is_linked_to_previous]
    lines = []
    for body in bodies:
        for paragraph in body.iter(qn("w:p")):
            lines.append(
                "".join(_GAPS.get(one.tag, one.text or "") for one in paragraph.iter(qn("w:t"), *_GAPS))
            )
    return unicodedata.normalize("NFC", "\n".join(" ".join(line.split()) for line in lines))

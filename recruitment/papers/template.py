"""A form as a readable file: lines "key: value", a line "---", then the text a line a paragraph. Pure.

A field is `{name}` or `{name:way}` (`terms`). A line of text may begin with what it is:

    = TYPE OF PAPER        == its subject          ** bold          // italic        ^ centred (^** and ^// too)
    | a | b                a row of a table, the first its headings
    > somebody             a line of "Nơi nhận"
    ? name: …              only where the name says something;  ! name: … only where it does not
    * kind: …              a paragraph for each standing record of a kind there are several of
    @grounds, @dossier, @compare    what `filling` puts there
    @signed                the signature stands here, not at the end;  @wide what follows lies across the page

and a line of `left` or `right` (the head of the page) with `**`, `//` or `__` (bold over a thin line).
"""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from ..rules.papers import KINDS
from ..rules.statute import MARKS
from .terms import FIELD, LABELS, WAYS, dotted

LAYOUTS = ("organisation", "office", "sheet")
DIRECTIVES = ("@grounds", "@dossier", "@compare", "@signed", "@wide")
_ONCE = {
    "form",
    "title",
    "edition",
    "mark",
    "source",
    "layout",
    "on",
    "authority",
    "position",
    "signer",
    "beside",
    "each",
}
_MANY = {"left", "right", "rules"}
ISSUERS = {"name", "body", "issuer", "organiser"}
_NEEDED = ("form", "title", "edition", "mark", "source", "layout", "on")
_HANGS = {"?": "only", "!": "unless", "*": "each"}
_NAMES = ("on", "signer", "beside")  # keys whose value names a field


class Unreadable(ValueError):
    """A form's text that cannot be used: where it stands (a file's name, or "" for what was typed), its line (0: of the
    whole) and what is wanted, for whoever writes it to read."""

    def __init__(self, words, *, name="", line=0):
        self.words, self.line = words, line
        place = [name] if name else []
        if line:
            place.append(_("dòng %d") % line)
        super().__init__(f"{', '.join(place)}: {words}" if place else words)


@dataclass(frozen=True)
class Text:
    """One line of the body. only, unless: the field on which it hangs, "" for none. each: the kind of which one paragraph
    a record is made, "" for one alone. line: in the file."""

    look: str
    text: str
    line: int
    only: str = ""
    unless: str = ""
    each: str = ""


@dataclass(frozen=True)
class Template:
    """form: its number or short name. edition: the code of the rule set from which it holds. mark: whether its body was
    seen ("S"), is from memory ("M") or open ("?"), source: by what. layout: whose way of printing. on: the field that
    gives its day. authority, position: above the signature; signer: the field with the name under it; beside: the field
    with the name of who signs at the left, after "=", its position before. each: the kind of which one paper a record is
    made. rules: codes of the rules by which it stands (its "Căn cứ"). text: the whole file."""

    form: str
    title: str
    edition: str
    mark: str
    source: str
    layout: str
    on: str
    body: tuple
    left: tuple = ()
    right: tuple = ()
    rules: tuple = ()
    authority: str = ""
    position: str = ""
    signer: str = "signer"
    beside: tuple = ()
    each: str = ""
    text: str = ""

    @property
    def issuer(self):
        """The field with the name of who the paper comes from: the last named in the head; "" where none is."""
        named = [name for one in self.left for name, _way in FIELD.findall(one.text)]
        return next((name for name in reversed(named) if name.rpartition(".")[2] in ISSUERS), "")

    def lines(self):
        """Every piece of text with fields, the head first."""
        yield from (self.authority, self.position)
        yield from (one.text for one in (*self.left, *self.right, *self.body))


def read(path):
    """The Template in a file. Unreadable names file and line."""
    return parse(Path(path).read_text(encoding="utf-8"), Path(path).name)


def parse(text, name=""):
    """The Template a text makes. Unreadable names the line, and `name` where one is given."""
    return _Reader(text, name).template()


class _Reader:
    def __init__(self, text, name):
        self.name, self.lines = name, [line.rstrip() for line in text.splitlines()]

    def stop(self, line, words):
        raise Unreadable(words, name=self.name, line=line)

    def template(self):
        if "---" not in self.lines:
            self.stop(len(self.lines), _("thiếu dòng --- giữa phần khai và phần lời văn"))
        end = self.lines.index("---")
        told = self._keys(end)
        for key in _NEEDED:
            if not told.get(key):
                self.stop(end + 1, _("thiếu mục “%s” ở phần khai") % key)
        body = tuple(
            self._text(k, line)
            for k, line in enumerate(self.lines[end + 1 :], end + 2)
            if line.strip() and not line.startswith("#")
        )
        if not body:
            self.stop(end + 1, _("mẫu chưa có lời văn"))
        self._tables(body)
        return Template(**told, body=body, text="\n".join(self.lines) + "\n")

    def _tables(self, body):
        cells = 0
        for one in body:
            here = one.text.count("|") + 1 if one.look == "|" else 0
            if here and cells and here != cells:
                self.stop(
                    one.line,
                    _("dòng này có %(here)d ô, bảng có %(cells)d cột") % {"here": here, "cells": cells},
                )
            cells = here

    def _keys(self, end):
        told = {key: [] for key in _MANY}
        for k, line in enumerate(self.lines[:end], 1):
            if not line.strip() or line.startswith("#"):
                continue
            key, colon, value = (part.strip() for part in line.partition(":"))
            if not colon or key not in _ONCE | _MANY:
                self.stop(k, _none(_("mục"), key, sorted(_ONCE | _MANY)))
            if key in {"left", "right"}:
                told[key].append(self._text(k, value))
            elif key in _MANY:
                told[key].append(value)
            elif key in told:
                self.stop(k, _("mục “%s” ghi hai lần") % key)
            else:
                told[key] = value
            self._check(k, key, value)
        told["rules"] = tuple(" ".join(told["rules"]).split())
        told["left"], told["right"] = tuple(told["left"]), tuple(told["right"])
        if "beside" in told:
            told["beside"] = tuple(part.strip() for part in told["beside"].split("="))
        return told

    def _check(self, k, key, value):
        if key == "mark" and value not in MARKS:
            self.stop(k, _none("mark", value, sorted(MARKS)))
        if key == "layout" and value not in LAYOUTS:
            self.stop(k, _none("layout", value, LAYOUTS))
        if key == "each":
            self._several(k, value)
        if key in {"left", "right"}:
            return
        if key in _NAMES:
            self._known(k, value.rpartition("=")[2].strip())
        else:
            self._fields(k, value)

    def _known(self, k, name):
        if name not in LABELS:
            self.stop(k, _("không có trường “%s”") % name)

    def _several(self, k, value):
        if value not in {"letter"} | {kind.code for kind in KINDS.values() if kind.many}:
            self.stop(k, _("“%s” không phải loại giấy tờ có thể có nhiều bản") % value)

    def _fields(self, k, text):
        for name, way in FIELD.findall(text):
            self._known(k, name)
            if way and way not in WAYS:
                self.stop(k, _none(_("cách viết trường"), way, WAYS))
        if "{" in FIELD.sub("", text) or "}" in FIELD.sub("", text):
            self.stop(k, _("ngoặc { hoặc } không bao một trường nào"))
        if dotted(text):
            self.stop(k, _("có dấu chấm để điền: giấy tờ viết thành lời văn liền"))

    def _text(self, k, line):
        hangs = {}
        text = line.strip()
        while text.startswith(("? ", "! ", "* ")):
            name, colon, rest = text[2:].partition(":")
            if not colon:
                self.stop(k, _("điều kiện ?, ! hoặc dòng lặp * cần một tên và dấu hai chấm"))
            check = self._several if text[0] == "*" else self._known
            check(k, name.strip())
            hangs[_HANGS[text[0]]] = name.strip()
            text = rest.strip()
        look, text = _look(text)
        if hangs.get("each") and look in {"|", ">", "@"}:
            self.stop(k, _("dòng lặp * chỉ dùng cho một đoạn văn"))
        if look == "@" and text not in DIRECTIVES:
            self.stop(k, _none(_("lệnh"), text, DIRECTIVES))
        self._fields(k, text)
        return Text(look, text, k, **hangs)


def _none(what, found, wanted):
    told = {"what": what, "found": found, "wanted": ", ".join(wanted)}
    return _("không có %(what)s “%(found)s”; cần một trong: %(wanted)s") % told


def _look(text):
    for look in ("^**", "^//", "==", "=", "**", "//", "__", "^", "|", ">"):
        if text.startswith(look):
            return look, text[len(look) :].strip()
    return ("@", text) if text.startswith("@") else ("", text)

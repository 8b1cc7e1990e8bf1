"""A form as a readable file: lines "key: value", a line "---", then the text a line a paragraph. Pure.

A field is `{name}` or `{name:way}` (`terms`). A line of text may begin with what it is:

    = TYPE OF PAPER        == its subject          ** bold          // italic        ^ centred
    | a | b                a row of a table, the first its headings
    > somebody             a line of "Nơi nhận"
    ? name: …              only where the name says something;  ! name: … only where it does not
    @grounds, @dossier, @compare    what `filling` puts there
    @signed                the signature stands here, not at the end;  @wide what follows lies across the page

and a line of `left` or `right` (the head of the page) with `**`, `//` or `__` (bold over a thin line).
"""

from dataclasses import dataclass
from pathlib import Path

from ..rules.papers import KINDS
from ..rules.statute import MARKS
from .terms import FIELD, LABELS, WAYS

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
_NAMES = ("on", "signer", "beside")  # keys whose value names a field


class Unreadable(ValueError):
    """A form's file that cannot be used: the file, its line and what is wanted."""


@dataclass(frozen=True)
class Text:
    """One line of the body. only, unless: the field on which it hangs, "" for none. line: in the file."""

    look: str
    text: str
    line: int
    only: str = ""
    unless: str = ""


@dataclass(frozen=True)
class Template:
    """form: its number or short name. edition: the code of the rule set from which it holds. mark: whether its body was
    seen ("S"), is from memory ("M") or open ("?"), source: by what. layout: whose way of printing. on: the field that
    gives its day. authority, position: above the signature; signer: the field with the name under it; beside: the field
    with the name of who signs at the left, after "=", its position before. each: the kind of which one paper a record is
    made. rules: codes of the rules by which it stands (its "Căn cứ")."""

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
    return _Reader(path).template()


class _Reader:
    def __init__(self, path):
        self.path = Path(path)
        self.lines = self.path.read_text(encoding="utf-8").splitlines()

    def stop(self, line, words):
        raise Unreadable(f"{self.path.name}, line {line}: {words}")

    def template(self):
        if "---" not in self.lines:
            self.stop(len(self.lines), "a line --- between the keys and the text is missing")
        end = self.lines.index("---")
        told = self._keys(end)
        for key in _NEEDED:
            if not told.get(key):
                self.stop(end + 1, f"the key “{key}” is missing")
        body = tuple(
            self._text(k, line)
            for k, line in enumerate(self.lines[end + 1 :], end + 2)
            if line.strip() and not line.startswith("#")
        )
        if not body:
            self.stop(end + 1, "the form has no text")
        self._tables(body)
        return Template(**told, body=body)

    def _tables(self, body):
        cells = 0
        for one in body:
            here = one.text.count("|") + 1 if one.look == "|" else 0
            if here and cells and here != cells:
                self.stop(one.line, f"{here} cells in a table of {cells}")
            cells = here

    def _keys(self, end):
        told = {key: [] for key in _MANY}
        for k, line in enumerate(self.lines[:end], 1):
            if not line.strip() or line.startswith("#"):
                continue
            key, colon, value = (part.strip() for part in line.partition(":"))
            if not colon or key not in _ONCE | _MANY:
                self.stop(k, f"“{key}” is no key; wanted one of {', '.join(sorted(_ONCE | _MANY))}")
            if key in {"left", "right"}:
                told[key].append(self._text(k, value))
            elif key in _MANY:
                told[key].append(value)
            elif key in told:
                self.stop(k, f"“{key}” stands twice")
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
            self.stop(k, f"mark “{value}”; wanted one of {', '.join(sorted(MARKS))}")
        if key == "layout" and value not in LAYOUTS:
            self.stop(k, f"layout “{value}”; wanted one of {', '.join(LAYOUTS)}")
        if key == "each" and value not in {"letter"} | {kind.code for kind in KINDS.values() if kind.many}:
            self.stop(k, f"“{value}” is no kind that stands several times")
        if key in {"left", "right"}:
            return
        if key in _NAMES:
            self._known(k, value.rpartition("=")[2].strip())
        else:
            self._fields(k, value)

    def _known(self, k, name):
        if name not in LABELS:
            self.stop(k, f"“{name}” is no field")

    def _fields(self, k, text):
        for name, way in FIELD.findall(text):
            self._known(k, name)
            if way and way not in WAYS:
                self.stop(k, f"“{way}” is no way to write a field; wanted one of {', '.join(WAYS)}")
        if "{" in FIELD.sub("", text) or "}" in FIELD.sub("", text):
            self.stop(k, "a bracket { or } that encloses no field")
        if "…" in text or "...." in text:
            self.stop(k, "dots to be filled: a paper is written in running text")

    def _text(self, k, line):
        hangs = {"only": "", "unless": ""}
        text = line.strip()
        while text.startswith(("? ", "! ")):
            name, colon, rest = text[2:].partition(":")
            if not colon:
                self.stop(k, "a condition wants a field and a colon")
            self._known(k, name.strip())
            hangs["only" if text[0] == "?" else "unless"] = name.strip()
            text = rest.strip()
        look, text = _look(text)
        if look == "@" and text not in DIRECTIVES:
            self.stop(k, f"“{text}”; wanted one of {', '.join(DIRECTIVES)}")
        self._fields(k, text)
        return Text(look, text, k, **hangs)


def _look(text):
    for look in ("==", "=", "**", "//", "__", "^", "|", ">"):
        if text.startswith(look):
            return look, text[len(look) :].strip()
    return ("@", text) if text.startswith("@") else ("", text)

"""Which forms there are, in which editions and layouts; asked for a day. Read once a process."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from committees.vietnamese import day as written
from committees.vietnamese import fold

from ..rules import statute
from ..rules.statute import MARKS, Rule
from ..sheets.document import Layout
from .template import LAYOUTS, Template, Unreadable, parse, read

HERE = Path(__file__).parent
FORMS, LAYOUT_FILE = HERE / "forms", HERE / "layouts.toml"
_SIZES = ("top", "bottom", "left", "right", "size", "leading", "indent")


@dataclass(frozen=True)
class Printed:
    """A layout from the day `since`. position_bold: whether the signer's position is. party: size of the letters of the
    Party's name in the head; under: what stands below what the paper is about, "" for nothing."""

    name: str
    since: date
    citation: str
    mark: str
    layout: Layout
    position_bold: bool
    party: float
    under: str


@dataclass(frozen=True)
class Edition:
    """A form as of a day: its Template and how it is printed. says: the Rule by which this form and no other holds.
    put_right: the FormText its words are, None where they came with the program; unread: one that would hold but names
    what this program no longer knows."""

    template: Template
    printed: Printed
    says: Rule
    put_right: object = None
    unread: object = None

    def doubts(self):
        """Sentences on what an official should look at before the paper is used; none where all was seen in a source. For
        the screen: no paper bears them."""
        found = []
        if self.unread:
            since = {"day": written(self.unread.since)}
            found.append(
                _("Lời văn sửa từ ngày %(day)s không còn đọc được; đang dùng bản của phần mềm.") % since
            )
        if self.template.mark != "S":
            words = (
                _("Nội dung dựng lại theo trí nhớ")
                if self.template.mark == "M"
                else _("Chưa thấy nội dung của mẫu")
            )
            found.append(f"{words} ({self.template.source}).")
        if self.says.mark != "S" and self.put_right is None:
            found.append(_("Mẫu đang có hiệu lực vào ngày này chưa đối chiếu: %s.") % self.says.citation)
        if self.printed.mark != "S":
            found.append(_("Thể thức chưa đối chiếu đủ: %s.") % self.printed.citation)
        return found


@cache
def forms(folder=FORMS):
    """{form: (Template, …)} of all files, editions in order of their rule sets. Unreadable for a wrong file, two editions
    of one rule set, or a rule or rule set that nobody knows."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        template = read(path)
        ruled(template, path.name)
        others = found.setdefault(template.form, [])
        if any(one.edition == template.edition for one in others):
            told = {"form": template.form, "edition": template.edition}
            raise Unreadable(_("tệp thứ hai của %(form)s cho bộ %(edition)s") % told, name=path.name)
        others.append(template)
    return {
        form: tuple(sorted(told, key=lambda one: _sets()[one.edition].since)) for form, told in found.items()
    }


def ruled(template, name=""):
    """Unreadable for a template of a rule set, or by a rule, that nobody knows. name: of its file."""
    sets = _sets()
    if template.edition not in sets:
        told = {"edition": template.edition, "wanted": ", ".join(sets)}
        raise Unreadable(_("không có bộ quy tắc “%(edition)s”; cần một trong: %(wanted)s") % told, name=name)
    if unknown := [code for code in template.rules if code not in sets[template.edition]]:
        raise Unreadable(_("không có quy tắc %s") % ", ".join(unknown), name=name)


@cache
def layouts(file=LAYOUT_FILE):
    """{layout: (Printed, …)} in order of day. Unreadable where one lacks a key, or a layout has none."""
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    if set(told) != set(LAYOUTS):
        raise Unreadable(_("cần các thể thức %s") % ", ".join(LAYOUTS), name=file.name)
    return {
        name: tuple(sorted((_printed(file, one) for one in rows), key=lambda one: one.since))
        for name, rows in told.items()
    }


def _printed(file, one):
    name = one.get("name", "?")
    try:
        sizes = {key: one[key] for key in _SIZES}
        if (
            one["mark"] not in MARKS
            or one["position"] not in {"bold", "plain"}
            or type(one["since"]) is not date
        ):
            raise Unreadable(_("%s: sai mark, position hoặc since") % name, name=file.name)
        bold = one["position"] == "bold"
        told = one["since"], one["citation"], one["mark"], Layout(**sizes), bold, one["party"], one["under"]
        return Printed(name, *told)
    except KeyError as fault:
        raise Unreadable(
            _("%(name)s: thiếu %(key)s") % {"name": name, "key": fault}, name=file.name
        ) from None


def numbered(form):
    """Whether people call the form by its number in the KNĐ series; any other by its title."""
    return "KNĐ" in form


def named(words, folder=FORMS):
    """The form somebody means: "6-KNĐ", "6-knd", "to-trinh". KeyError if there is none."""
    return {fold(form): form for form in forms(folder)}[fold(words)]


def edition(form, on, book, folder=FORMS, texts=()):
    """The Edition of a form for a paper dated `on`: the last whose rule set had begun by the one in force that day (the
    first for days before), or the text that was put right since. texts: [FormText] that stand, in order of day. KeyError
    for no such form."""
    template = delivered(form, on, book, folder)
    begins = _sets()[template.edition].since
    right = [row for row in texts if row.form == form and begins <= row.since <= on]
    put_right = unread = None
    if right:
        try:
            template, put_right = _right(right[-1].text, right[-1].citation), right[-1]
        except Unreadable:
            unread = right[-1]
    rows = layouts()[template.layout]
    printed = next((one for one in reversed(rows) if one.since <= on), rows[0])
    says = book.on(on)["signing" if template.layout == "office" else "forms"]
    return Edition(template, printed, says, put_right, unread)


def delivered(form, on, book, folder=FORMS):
    """The Template that came with the program for a paper dated `on`. KeyError for no such form."""
    began = [one for one in forms(folder)[form] if _sets()[one.edition].since <= book.on(on).since]
    return began[-1] if began else forms(folder)[form][0]


def _sets():
    return {one.code: one for one in statute.read().sets}


@lru_cache(maxsize=200)
def _right(text, citation):
    """The Template of a text put right: seen, where its citation says."""
    return replace(parse(text), mark="S", source=citation)

"""Which forms there are, in which editions and layouts; asked for a day. Read once a process."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from committees.vietnamese import fold

from ..rules import statute
from ..rules.statute import MARKS, Rule
from ..sheets.document import Layout
from .template import LAYOUTS, Template, Unreadable, read

HERE = Path(__file__).parent
FORMS, LAYOUT_FILE = HERE / "forms", HERE / "layouts.toml"
_SIZES = ("top", "bottom", "left", "right", "size", "leading", "indent")


@dataclass(frozen=True)
class Printed:
    """A layout from the day `since`. position_bold: whether the signer's position is."""

    name: str
    since: date
    citation: str
    mark: str
    layout: Layout
    position_bold: bool


@dataclass(frozen=True)
class Edition:
    """A form as of a day: its Template and how it is printed. says: the Rule by which this form and no other holds."""

    template: Template
    printed: Printed
    says: Rule

    def doubts(self):
        """Sentences on what an official should look at before the paper is used; none where all was seen in a source. For
        the screen: no paper bears them."""
        found = []
        if self.template.mark != "S":
            words = (
                _("Nội dung dựng lại theo trí nhớ")
                if self.template.mark == "M"
                else _("Chưa thấy nội dung của mẫu")
            )
            found.append(f"{words} ({self.template.source}).")
        if self.says.mark != "S":
            found.append(_("Mẫu đang có hiệu lực vào ngày này chưa đối chiếu: %s.") % self.says.citation)
        if self.printed.mark != "S":
            found.append(_("Thể thức chưa đối chiếu đủ: %s.") % self.printed.citation)
        return found


@cache
def forms(folder=FORMS):
    """{form: (Template, …)} of all files, editions in order of their rule sets. Unreadable for a wrong file, two editions
    of one rule set, or a rule or rule set that nobody knows."""
    sets = {one.code: one for one in statute.read().sets}
    found = {}
    for path in sorted(folder.glob("*.txt")):
        template = read(path)
        if template.edition not in sets:
            raise Unreadable(
                f"{path.name}: “{template.edition}” is no rule set; wanted one of {', '.join(sets)}"
            )
        if unknown := [code for code in template.rules if code not in sets[template.edition]]:
            raise Unreadable(f"{path.name}: {', '.join(unknown)}: no such rule")
        others = found.setdefault(template.form, [])
        if any(one.edition == template.edition for one in others):
            raise Unreadable(f"{path.name}: a second file of {template.form} for {template.edition}")
        others.append(template)
    return {
        form: tuple(sorted(told, key=lambda one: sets[one.edition].since)) for form, told in found.items()
    }


@cache
def layouts(file=LAYOUT_FILE):
    """{layout: (Printed, …)} in order of day. Unreadable where one lacks a key, or a layout has none."""
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    if set(told) != set(LAYOUTS):
        raise Unreadable(f"{file.name}: wanted the layouts {', '.join(LAYOUTS)}")
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
            raise Unreadable(f"{file.name}: {name}: a wrong mark, position or day")
        return Printed(
            name, one["since"], one["citation"], one["mark"], Layout(**sizes), one["position"] == "bold"
        )
    except KeyError as fault:
        raise Unreadable(f"{file.name}: {name}: {fault} missing") from None


def named(words, folder=FORMS):
    """The form somebody means: "6-KNĐ", "6-knd", "to-trinh". KeyError if there is none."""
    return {fold(form): form for form in forms(folder)}[fold(words)]


def edition(form, on, book, folder=FORMS):
    """The Edition of a form for a paper dated `on`: the last whose rule set had begun by the one in force that day (the
    first for days before). KeyError for no such form."""
    sets = {one.code: one for one in statute.read().sets}
    rules = book.on(on)
    began = [one for one in forms(folder)[form] if sets[one.edition].since <= rules.since]
    template = began[-1] if began else forms(folder)[form][0]
    rows = layouts()[template.layout]
    printed = next((one for one in reversed(rows) if one.since <= on), rows[0])
    says = rules["signing" if template.layout == "office" else "forms"]
    return Edition(template, printed, says)

"""The forms as their pages show them: which there are, what each says, how its text was put right."""

import difflib
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import journal

from ..models import FormText
from ..rules import statute
from . import catalogue, filling
from .preview import preview
from .sample import Sample
from .terms import BODIES, DIRECTED, FIELD, LABELS

_LAYOUTS = {
    "organisation": gettext_lazy("mẫu của Ban Tổ chức"),
    "office": gettext_lazy("thể thức văn bản của Đảng"),
    "sheet": gettext_lazy("tờ để chép tay"),
}
_OTHERS = {
    "youth": gettext_lazy("Đoàn thanh niên cơ sở"), "union": gettext_lazy("Công đoàn cơ sở"),
    "certificate": gettext_lazy("Đơn vị mở lớp"), "new_class": gettext_lazy("Đơn vị mở lớp"),
}  # fmt: skip
_LOOKS = {
    "=": gettext_lazy("tên loại"), "==": gettext_lazy("trích yếu"), ">": gettext_lazy("nơi nhận"), "|": gettext_lazy("dòng của bảng"),
}  # fmt: skip
_PUT = {
    "@grounds": gettext_lazy("các dòng “Căn cứ” theo quy tắc của ngày lập"),
    "@dossier": gettext_lazy("bảng thành phần hồ sơ"),
    "@compare": gettext_lazy("bảng những điều đã đối chiếu"),
    "@signed": gettext_lazy("chữ ký"),
    "@wide": gettext_lazy("trang sau nằm ngang"),
}


@dataclass(frozen=True)
class FormRow:
    """A form as of a day: its catalogue.Edition, the name of the rule set whose edition it is, whose paper it is."""

    form: str
    edition: object
    rule_set: str
    by: str

    @property
    def numbered(self):
        return catalogue.numbered(self.form)

    @property
    def called(self):
        return self.form if self.numbered else self.edition.template.title

    @property
    def layout(self):
        return _LAYOUTS[self.edition.template.layout]

    @property
    def confirmed(self):
        """Whether nothing is left to look up."""
        return not self.edition.doubts()


def form_row(snapshot, form, on):
    """The FormRow of a form. KeyError for none. No query."""
    edition = catalogue.edition(form, on, snapshot.statute, texts=snapshot.form_texts)
    names = {one.code: one.name for one in statute.read().sets}
    return FormRow(form, edition, names[edition.template.edition], _by(edition.template))


def _by(template):
    first = template.issuer.partition(".")[0]
    if told := BODIES.get(first) or _OTHERS.get(first):
        return told
    return template.authority.removeprefix("T/M ").capitalize() or _("cá nhân")


def form_rows(snapshot, on):
    """[FormRow] of all, the numbered ones first, in their order. No query."""
    return [form_row(snapshot, form, on) for form in sorted(catalogue.forms(), key=_order)]


def _order(form):
    number, dash, rest = form.partition("-KNĐ")
    digits = "".join(c for c in number if c.isdigit())
    return (not dash, int(digits or 0), number, rest)


@dataclass(frozen=True)
class Piece:
    """A line of a form's text for people: what it is, when it stands, its words with the names of the fields."""

    what: str
    when: str
    words: str


class FormPage:
    """One form on a day. Two queries: its texts and their entries."""

    def __init__(self, snapshot, form, on):
        self.snapshot, self.form, self.on = snapshot, form, on
        self.row = form_row(snapshot, form, on)
        self.edition, self.template = self.row.edition, self.row.edition.template

    @cached_property
    def delivered(self):
        """The text that came with the program for papers of the day, without its notes for those who work on it."""
        text = catalogue.delivered(self.form, self.on, self.snapshot.statute).text
        return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))

    @property
    def text(self):
        """The text that holds."""
        return self.edition.put_right.text if self.edition.put_right else self.delivered

    @cached_property
    def texts(self):
        """[(FormText, its Entry)], written last first."""
        rows = list(FormText.objects.filter(form=self.form).order_by("-stamp", "-pk"))
        entries = journal.entries_of(rows) if rows else {}
        return [(row, entries.get(row.stamp)) for row in rows]

    @property
    def stamp(self):
        """Of the text written last; 0 for none."""
        return self.texts[0][0].stamp if self.texts else 0

    @cached_property
    def pieces(self):
        """[Piece] of the head and the text."""
        template = self.template
        return [_piece(one) for one in (*template.left, *template.right, *template.body)]

    @cached_property
    def sample(self):
        """The Document of the form, filled with what never was."""
        return filling.fill(Sample(self.snapshot, self.on), self.edition)

    @property
    def blocks(self):
        """The sample, as a page draws it."""
        return preview(self.sample)

    @cached_property
    def changes(self):
        """What the text that holds says otherwise than the program's (`differences`)."""
        return differences(self.delivered, self.text)


def differences(before, after):
    """[(sign, line)]: "-" what went, "+" what came, " " the line before or after it; [] where nothing differs."""
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=1, lineterm=""))[2:]
    return [
        ("…" if line.startswith("@@") else line[:1], "" if line.startswith("@@") else line[1:])
        for line in lines
    ]


def _piece(one):
    when = []
    if one.only:
        when.append(_("chỉ khi có “%s”") % LABELS[one.only])
    if one.unless:
        when.append(_("chỉ khi không có “%s”") % LABELS[one.unless])
    if one.each:
        when.append(_("mỗi “%s” một đoạn") % DIRECTED[one.each])
    words = (
        str(_PUT[one.text]) if one.look == "@" else FIELD.sub(lambda found: f"‹{LABELS[found[1]]}›", one.text)
    )
    return Piece(_LOOKS.get(one.look, ""), "; ".join(when), words)

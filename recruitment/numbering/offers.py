"""The next number of a reserved block, offered where a number is typed; nothing writes it but whoever takes it."""

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from ..rules.papers import ABOVE, BASE, KINDS
from .blocks import next_number
from .bodies import body_of

# The type of document by which each paper of the road goes out; two forms have a number that no record holds.
SIGNS = {
    "decision": "QĐ", "recognition": "QĐ", "listing": "NQ", "cell_vote": "NQ", "base_vote": "NQ", "recognition_vote": "NQ",
    "base_recognition": "NQ", "mentorship": "NQ", "submission": "TTr", "resubmission": "TTr", "class_proposal": "CV",
    "recognition_submission": "TTr", "verification": "BC", "section_appraisal": "BC", "section_recognition": "BC",
    "letter": "CV", "giay-moi": "GM", "bao-cao-sau-le": "BC",
}  # fmt: skip


class Offered(forms.TextInput):
    """A text field beside which numbers stand that may be taken."""

    def __init__(self, offers, attrs=None):
        super().__init__(attrs)
        self.offers = offers

    def render(self, name, value, attrs=None, renderer=None):
        attrs = (attrs or {}) | {"list": f"{(attrs or {}).get('id', name)}_offers"}
        options = format_html_join("", '<option value="{}"></option>', ((one,) for one in self.offers))
        field = super().render(name, value, attrs, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', field, attrs["list"], options)


def offer(field, number):
    """Offer a number at a form's field; nothing changes where it is None."""
    if number is None:
        return
    field.widget = Offered([number], field.widget.attrs)
    hint = _("Số kế tiếp trong dải đã giữ: %s.") % number
    field.help_text = f"{field.help_text} {hint}".strip()


def by_of(kind):
    """Of whose deed a document is (as `rules.papers.Kind.by`), by its kind (`uses.SOURCES`, or of `rules.papers.KINDS`)."""
    if kind in KINDS:
        return KINDS[kind].by
    return {"letter": BASE, "decision": ABOVE, "recognition": ABOVE}.get(kind, KINDS["listing"].by)


def next_for(structure, kind, cell_id, on):
    """The next number reserved for a document of that kind made for a cell on a day; None where none is. One query where
    no block is open, else a dozen."""
    body = body_of(structure, cell_id, on, by_of(kind))
    if body < 0 or kind not in SIGNS:
        return None
    return next_number(structure.ids[body], SIGNS[kind], on, structure=structure)

"""What the page of a batch asks: which paper of which days, and the words all of them share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.vietnamese import day, fold

from .. import fields
from ..inputs import Day
from ..pipeline.rights import may_record
from . import catalogue
from .batch import COMMON, choosable
from .road import kind_of, written_fields
from .word_forms import word_field
from .words import DAYS

# Which form is meant where nobody says so: the first of these that is offered.
_FIRST = ("9-KNĐ", "6-KNĐ")


def offered(access, committee):
    """[form] of `choosable` whose kind the account, which keeps the committee's records, may record somewhere at and below
    it: beneath anything but a cell, all. No query."""
    top = access.tree.of(committee.pk)
    if access.tree.end[top] - top > 1:
        return choosable()
    return [form for form in choosable() if may_record(access, kind_of(form), committee.pk)]


class ChoiceForm(forms.Form):
    """Which form of those offered, and the days its papers bear, both inclusive."""

    form = forms.ChoiceField(label=_("Mẫu"))
    since = Day(fields.day, label=_("Từ ngày"), required=True)
    until = Day(fields.day, label=_("Đến ngày"), required=True)

    def __init__(self, data, *, mine, since, until):
        self.first = next((form for form in _FIRST if form in mine), mine[0])
        said = {name: data.get(name) for name in ("form", "since", "until") if data.get(name)}
        said["form"] = fold(said.get("form", self.first))
        super().__init__({"since": day(since), "until": day(until)} | said)
        names = catalogue.forms()
        self.fields["form"].choices = [
            (
                fold(form),
                f"{form} {names[form][-1].title}" if catalogue.numbered(form) else names[form][-1].title,
            )
            for form in mine
        ]

    def clean(self):
        said = super().clean()
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", _("Ngày cuối phải từ ngày đầu trở đi."))
        return said

    @property
    def chosen(self):
        """The form meant; the first where what was asked is none."""
        name = self.cleaned_data.get("form") if self.is_valid() else None
        return catalogue.named(name) if name else self.first


class CommonForm(forms.Form):
    """The words all papers of the batch share; what is left empty stays as each dossier has it."""

    def __init__(self, data=None, *, form):
        super().__init__(data)
        template = catalogue.forms()[form][-1]
        for name in written_fields(template):
            if name in COMMON:
                self.fields[name] = word_field(name)

    @property
    def words(self):
        """{field: text} as typed, days as 31/12/2025, without what was left empty."""
        told = ((name, value) for name, value in self.cleaned_data.items() if value)
        return {name: day(value) if name in DAYS else value for name, value in told}

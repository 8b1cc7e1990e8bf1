"""What the page of a batch asks: which paper of which days, and the words all of them share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.vietnamese import day, fold

from .. import fields
from ..inputs import Day
from . import catalogue
from .batch import COMMON, choosable
from .road import written_fields
from .word_forms import word_field
from .words import DAYS


class ChoiceForm(forms.Form):
    """Which form, and the days its papers bear, both inclusive."""

    form = forms.ChoiceField(label=_("Mẫu"))
    since = Day(fields.day, label=_("Từ ngày"), required=True)
    until = Day(fields.day, label=_("Đến ngày"), required=True)

    def __init__(self, data, *, since, until):
        said = {name: data.get(name) for name in ("form", "since", "until") if data.get(name)}
        said["form"] = fold(said.get("form", "9-KNĐ"))
        super().__init__({"since": day(since), "until": day(until)} | said)
        names = catalogue.forms()
        self.fields["form"].choices = [
            (
                fold(form),
                f"{form} {names[form][-1].title}" if catalogue.numbered(form) else names[form][-1].title,
            )
            for form in choosable()
        ]

    def clean(self):
        said = super().clean()
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", _("Ngày cuối phải từ ngày đầu trở đi."))
        return said

    @property
    def chosen(self):
        """The form meant; the decision where what was asked is none."""
        name = self.cleaned_data.get("form") if self.is_valid() else None
        return catalogue.named(name or "9-knd")


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

"""What the committees' pages ask: every parameter passes a form, so that a bad one is named and never guessed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import vietnamese


class DayField(forms.CharField):
    """A day as people write it (24/4/2015, 240415, 2015-04-24); gives a date, or None when left empty."""

    def __init__(self, **options):
        options |= {"required": False}
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-date"}), **options)

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            return vietnamese.parse_day(text)
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None


class TreeForm(forms.Form):
    """The tree page: which day, which words, below whom."""

    q = forms.CharField(
        label=_("Tìm tên hoặc mã"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    on = DayField(label=_("Cây tổ chức ngày"))
    under = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def asked(self):
        """(day, words, code): what is valid of what was asked; today where no day was."""
        self.is_valid()
        said = self.cleaned_data
        return said.get("on") or vietnamese.today(), said.get("q", ""), said.get("under", "")


class AccountForm(forms.Form):
    """The search above the list of accounts."""

    q = forms.CharField(
        label=_("Tìm tên, tên đăng nhập hoặc mã tổ chức"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def words(self):
        return self.cleaned_data["q"] if self.is_valid() else ""

"""Fields of pages made from the functions that read cells of workbooks (`fields`): what is typed and what is imported
pass the same gate."""

from django import forms
from django.utils.translation import gettext as _


class Parsed(forms.CharField):
    """A text field whose value is what `parse` makes of it; None where nothing was typed. The fault says what was found
    and what is wanted."""

    def __init__(self, parse, *, widget=None, **options):
        options.setdefault("required", False)
        options.setdefault("max_length", 400)
        self.parse = parse
        super().__init__(widget=widget or forms.TextInput(attrs={"autocomplete": "off"}), **options)

    def clean(self, value):
        text = super().clean(value)  # its checks are those of a text, so they come first
        try:
            return self.parse(text)
        except ValueError as wanted:
            raise forms.ValidationError(
                _("Tìm thấy “%(text)s”. Cần %(wanted)s.") % {"text": text, "wanted": wanted}
            ) from None


class Day(Parsed):
    """A day as people write it: 24/4/2015 or 240415."""

    def __init__(self, parse, **options):
        attrs = {"inputmode": "numeric", "class": "w-date", "autocomplete": "off"}
        super().__init__(parse, widget=forms.TextInput(attrs=attrs), **options)

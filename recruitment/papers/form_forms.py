"""What is typed of a form's text: the day asked about, the text put right."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.editing import VersionedForm
from committees.forms import DayField

from .. import fields
from ..inputs import Day, Parsed
from .form_deeds import LONGEST


class DayAsked(forms.Form):
    """For papers of which day."""

    on = DayField(label=gettext_lazy("Mẫu dùng cho giấy tờ ngày"))

    def day(self, today):
        """The day asked; today where none was, or none that can be read."""
        return self.is_valid() and self.cleaned_data["on"] or today


class FormTextForm(VersionedForm):
    """The text of a form, where it was seen, and from which day papers bear it."""

    text = forms.CharField(
        label=gettext_lazy("Lời văn của mẫu"), strip=False, max_length=LONGEST,
        widget=forms.Textarea({"rows": 26, "class": "in w-text", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Còn trống. Cần lời văn của mẫu.")},
    )  # fmt: skip
    citation = Parsed(
        fields.text(300), label=gettext_lazy("Căn cứ"), required=True,
        widget=forms.TextInput({"class": "w-name", "autocomplete": "off"}),
        help_text=gettext_lazy("Văn bản hoặc bản in đã thấy lời văn này. Ghi ở trang mẫu thay cho “cần xác nhận”."),
        error_messages={"required": gettext_lazy("Còn trống. Cần văn bản đã thấy lời văn này: số, ngày, nơi ban hành.")},
    )  # fmt: skip
    since = Day(
        fields.day, label=gettext_lazy("Dùng cho giấy tờ từ ngày"), required=True,
        help_text=gettext_lazy("Giấy tờ đã phát hành giữ nguyên như khi phát hành."),
        error_messages={"required": gettext_lazy("Còn trống. Cần một ngày, ví dụ 01/06/2026.")},
    )  # fmt: skip

    def __init__(self, data=None, *, page, since):
        self.page = page
        super().__init__(data, initial={"text": page.text, "since": since, "stamp": page.stamp})
        self.fields["stamp"].required = True

    def values_of(self, row):
        return {name: getattr(row, name) for name in ("text", "citation", "since")}

    def values(self):
        """What `form_deeds.put_right` takes."""
        return dict(self.cleaned_data)

    def refused(self, refusal):
        """Show each fault at its field."""
        for name, wanted in refusal.faults:
            words = _("Chưa dùng được: %s.") if name == "text" else _("Cần %s.")
            self.add_error(name if name in self.fields else None, words % wanted)

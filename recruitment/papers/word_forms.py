"""What a page asks of whoever writes, issues, corrects or withdraws a paper."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.editing import VersionedForm
from committees.vietnamese import day, today

from .. import fields
from ..inputs import Day, Parsed
from ..sheets.word_in import MOST_BYTES
from .terms import WRITTEN, dotted
from .words import DAYS, LONG, LONGEST, MOST


def word_field(name):
    """The field that asks for one of `terms.WRITTEN`."""
    label = WRITTEN[name]
    if name in DAYS:
        return Day(fields.day, label=label)
    most = MOST.get(name, LONGEST if name in LONG else 300)
    widget = forms.Textarea(attrs={"rows": 3}) if name in LONG else None
    return Parsed(fields.text(most), label=label, widget=widget, max_length=most + 200)


class PaperForm(VersionedForm):
    """The words of one copy of a form, and what issuing it asks. names: the fields it writes; defaults: {field: what stands where it is left empty}; corrects: the IssuedPaper
    that stands, None for the first. seen: the mark of what the page shows (`shown`), "" where it shows no draft."""

    reason = Parsed(
        fields.text(300), label=gettext_lazy("Nội dung đính chính"), max_length=500,
        help_text=gettext_lazy("Bản trước sai ở đâu, đúng là gì. Câu này được in trong văn bản mới."),
    )  # fmt: skip
    copies = forms.IntegerField(
        label=gettext_lazy("Số bản"), min_value=1, max_value=99, initial=1, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-num", "autocomplete": "off"}),
    )  # fmt: skip

    word = forms.FileField(
        label=gettext_lazy("Bản Word đã sửa lời văn, nếu có"), required=False,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text=gettext_lazy(
            "Tải bản thảo Word, sửa lời văn, rồi chọn tệp ở đây: khi đó chỉ bản Word này được lưu là bản phát hành. "
            "Họ tên, ngày sinh, số và ngày phải còn nguyên."
        ),
    )  # fmt: skip

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data=None, files=None, *, row, names, corrects=None, defaults=None, seen=""):
        self.names = names
        super().__init__(data, files=files, row=row, initial={"seen": seen})
        for name in names:
            self.fields[name] = word_field(name)
            self.initial[name] = row.said.get(name, "")
        for name, text in (defaults or {}).items():
            if name in self.fields and not row.said.get(name):
                self.fields[name].help_text = format_html(_("Để trống thì ghi “{}”."), text)
        if corrects is None:
            del self.fields["reason"]

    def values_of(self, row):
        return {name: row.said.get(name, "") for name in self.names}

    def clean_word(self):
        file = self.cleaned_data["word"]
        if file is not None and file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("Tệp nặng quá %s MB. Cần tệp Word chỉ có chữ của văn bản.") % (MOST_BYTES // 1_000_000)
            )
        return file

    def clean(self):
        said = super().clean()
        for name in (*self.names, "reason"):
            if isinstance(text := said.get(name), str) and dotted(text):
                self.add_error(name, _("Viết thành lời, không để dấu chấm chờ điền."))
        return said

    @property
    def words(self):
        """{field: text} as typed, days as 31/12/2025."""
        told = ((name, self.cleaned_data.get(name)) for name in self.names)
        return {name: day(value) if hasattr(value, "toordinal") else value or "" for name, value in told}

    @property
    def written(self):
        """The bound fields of the words."""
        return [self[name] for name in self.names]


class WithdrawForm(forms.Form):
    """From when, and why, nothing stands for a paper issued by mistake."""

    on = Day(fields.past_day, label=gettext_lazy("Thu hồi từ ngày"), required=True)
    why = Parsed(fields.text(300), label=gettext_lazy("Lý do thu hồi"), required=True)

    def __init__(self, data=None):
        super().__init__(data, initial={"on": day(today())})

"""What is given to the check: a workbook, or a pasted text."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..sheets.package import LARGEST_FILE, MB, SheetError
from .checked import Checked
from .pasted import MOST_LINES, read_text
from .workbook import read_claims

LONGEST = 200_000  # characters of a pasted text


class CheckForm(forms.Form):
    """Either a file or a text. Valid once it was read without faults: `checked` holds what was found. `faults` are those of
    its cells or lines."""

    text = forms.CharField(
        label=gettext_lazy("Các phép tính, mỗi dòng một phép"),
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Ví dụ 9.701/9.352 = 103,73%; 281 + 465 = 746; 9.701 - 7.666 = 2.035; 43.137 trong 46.706 = 92,36%; hoặc chép"
            " nguyên các cột của mẫu từ Excel."
        ),
        error_messages={
            "max_length": gettext_lazy("Phần dán dài quá. Chia ra vài lần kiểm."),
            "null_characters_not_allowed": gettext_lazy("Phần dán có ký tự lạ. Chép lại từ tệp gốc."),
        },
    )
    file = forms.FileField(
        label=gettext_lazy("Hoặc tệp Excel (.xlsx) theo mẫu"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
        max_length=400,
        error_messages={
            "max_length": gettext_lazy("Tên tệp dài quá. Đặt tên ngắn hơn rồi chọn lại."),
            "invalid": gettext_lazy("Chưa nhận được tệp. Chọn lại tệp Excel (.xlsx)."),
        },
    )

    checked, faults = None, ()

    def clean_file(self):
        """Refused by its size before anything of it is read."""
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("Tệp nặng hơn %s MB, mức lớn nhất nhận được. Chia tệp rồi kiểm từng phần.")
                % (LARGEST_FILE // MB)
            )
        return file

    def clean(self):
        text, file = self.cleaned_data.get("text"), self.cleaned_data.get("file")
        if {"text", "file"} & self.errors.keys():
            return
        if file:
            self._read_file(file)
        elif text and text.strip():
            self._judge(read_text(text), "text")
        else:
            self.add_error(
                "text", _("Chưa có gì để kiểm. Dán vài dòng vào ô này, hoặc chọn một tệp Excel theo mẫu.")
            )

    def _read_file(self, file):
        try:
            claims = read_claims(file)
        except SheetError as problem:
            self.add_error("file", str(problem))
            return
        if len(claims.entries) > MOST_LINES:
            said = _(
                "Tệp có %(found)s dòng; ở đây kiểm nhiều nhất %(most)s dòng một lần. Chia tệp rồi kiểm từng phần."
            )
            self.add_error("file", said % {"found": len(claims.entries), "most": MOST_LINES})
        elif not (claims.entries or claims.faults):
            self.add_error("file", _("Tệp không có dòng nào dưới dòng tiêu đề. Chọn lại tệp có số liệu."))
        else:
            self._judge(claims, "file")

    def _judge(self, claims, field):
        if claims.faults:
            self.faults = claims.faults
            said = _("Có %s chỗ không đọc được, kể ở dưới. Sửa rồi kiểm lại.")
            self.add_error(field, said % len(claims.faults))
        else:
            self.checked = Checked(claims)


class KeepForm(CheckForm):
    """A text with the name under which it is kept."""

    name = forms.CharField(
        label=gettext_lazy("Giữ lại dưới tên"),
        max_length=120,
        error_messages={
            "required": gettext_lazy(
                "Chưa đặt tên. Ghi tên để sau này tìm lại, ví dụ “Báo cáo năm 2025, bản nháp”."
            ),
            "max_length": gettext_lazy("Tên dài quá 120 chữ. Đặt tên ngắn hơn."),
        },
    )

    def clean(self):
        """There is nothing to name where nothing could be read."""
        super().clean()
        if self.checked is None:
            self.errors.pop("name", None)

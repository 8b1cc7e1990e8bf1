"""What is asked of the list of differences, and what a side answers."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import fields
from ..inputs import Parsed
from ..quotas.forms import OneOf
from .answers import AGREED, APART, OPEN

EARLIEST, LATEST = 1930, 2199


class GapFilter(forms.Form):
    """Of which year, and in which state; all of them where nothing is said."""

    committee = forms.CharField(required=False, widget=forms.HiddenInput)
    year = forms.IntegerField(
        label=gettext_lazy("Năm"), required=False, min_value=EARLIEST, max_value=LATEST,
        widget=forms.TextInput({"inputmode": "numeric", "class": "w-date", "autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("Cần một năm, như 2026, hoặc để trống."),
            "min_value": gettext_lazy("Cần một năm từ %(limit_value)s."),
            "max_value": gettext_lazy("Cần một năm đến %(limit_value)s."),
        },
    )  # fmt: skip
    state = OneOf(
        label=gettext_lazy("Tình trạng"), required=False,
        choices=(
            ("", gettext_lazy("Mọi trường hợp")), (OPEN, gettext_lazy("Chờ trả lời")),
            (APART, gettext_lazy("Vẫn khác nhau")), (AGREED, gettext_lazy("Đã thống nhất")),
        ),
    )  # fmt: skip

    def __init__(self, data, *, committee):
        said = {name: data.get(name, "") for name in ("year", "state")}
        super().__init__({**said, "committee": committee})


class AnswerForm(forms.Form):
    """One side's number and why. about: the figures as the page showed them, so that nobody answers about others."""

    side = OneOf(
        label=gettext_lazy("Trả lời thay mặt"),
        error_messages={"required": gettext_lazy("Chưa chọn đơn vị trả lời.")},
    )
    number = Parsed(
        fields.amount, label=gettext_lazy("Số đúng"), required=True,
        widget=forms.TextInput({"inputmode": "decimal", "class": "w-date", "autocomplete": "off"}),
        help_text=gettext_lazy("Số của đơn vị anh chị sau khi rà lại."),
        error_messages={"required": gettext_lazy("Còn trống. Cần một số, ví dụ 36.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Vì sao khác, căn cứ vào đâu; cấp kia đọc được."),
        error_messages={
            "required": gettext_lazy("Còn trống. Cần lý do, ví dụ: một người có quyết định ngày 02/01 năm sau."),
            "max_length": gettext_lazy("Dài quá 400 chữ. Viết gọn hơn."),
        },
    )  # fmt: skip
    about = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, line):
        """line: the difference; only sides the reader speaks for can be chosen."""
        mine = [words for words in line.sides if words.side.mine]
        whole = line.asked.whole  # else the figures of the level above are none of the reader's business
        self.now = f"{line.gap.said}|{line.gap.other}" if whole else str(line.sides[0].side.number)
        self.moved = False
        super().__init__(data, initial={"about": self.now, "side": mine[0].code if len(mine) == 1 else ""})
        self.fields["side"].choices = [
            *([("", _("Chọn…"))] if len(mine) > 1 else []), *((words.code, words.name) for words in mine)
        ]  # fmt: skip
        self.committees = {words.code: words.side.committee for words in mine}

    def clean(self):
        said = super().clean()
        if said.get("about") and said["about"] != self.now:
            self.moved = True
            self.data = {**self.data.dict(), "about": self.now}
            self.add_error(
                None, _("Số đã đổi từ khi anh chị mở trang; số hiện nay ở trên. Xem lại rồi gửi câu trả lời.")
            )
        return said

    @property
    def status(self):
        return 409 if self.moved else 400 if self.errors else 200

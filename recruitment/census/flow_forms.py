"""What is asked of the table of members who come and go, and what is typed into it."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese
from committees.editing import VersionedForm
from committees.models import Flow

from .. import fields
from ..inputs import Day, Parsed
from ..quotas.forms import NOW, Menu, OneOf
from ..quotas.plan_forms import Refusable
from .form1 import WORDS
from .period import EARLIEST, LATEST, Period, latest

PARTS = (
    ("1", gettext_lazy("Quý I")), ("2", gettext_lazy("Quý II")), ("3", gettext_lazy("Quý III")),
    ("4", gettext_lazy("Quý IV")), ("0", gettext_lazy("Cả năm")),
)  # fmt: skip


class PeriodForm(forms.Form):
    """Which quarter or year, by which tree. Bound to the address; the last quarter that is over where none is named."""

    committee = forms.CharField(required=False, widget=forms.HiddenInput)
    year = forms.IntegerField(
        label=gettext_lazy("Năm"), min_value=EARLIEST, max_value=LATEST,
        widget=forms.TextInput({"inputmode": "numeric", "class": "w-date", "autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("Cần một năm, như 2026."),
            "required": gettext_lazy("Còn trống. Cần một năm, như 2026."),
            "min_value": gettext_lazy("Cần một năm từ %(limit_value)s."),
            "max_value": gettext_lazy("Cần một năm đến %(limit_value)s."),
        },
    )  # fmt: skip
    part = OneOf(label=gettext_lazy("Kỳ"), choices=PARTS)
    tree_on = forms.CharField(
        label=gettext_lazy("Cây tổ chức"), required=False,
        widget=Menu(choices=[("", gettext_lazy("Theo tổ chức tại thời điểm")), (NOW, gettext_lazy("Theo tổ chức hiện nay"))]),
    )  # fmt: skip

    def __init__(self, data, *, committee, today):
        usual = latest(today)
        said = {"year": str(usual.year), "part": str(usual.part), "tree_on": ""}
        given = {name: data.get(name) for name in said if data.get(name)}
        super().__init__({**said, **given, "committee": committee})

    def clean_tree_on(self):
        asked = self.cleaned_data["tree_on"]
        if asked not in {"", NOW}:
            raise forms.ValidationError(_("Không có lựa chọn “%s” ở đây.") % asked)
        return asked

    def period(self):
        said = self.cleaned_data
        return Period(said["year"], int(said["part"]))


def _number(name):
    return Parsed(
        fields.count,
        label=WORDS[name],
        widget=forms.TextInput({"inputmode": "numeric", "class": "w-date", "autocomplete": "off"}),
    )


class FlowForm(Refusable, forms.Form):
    """Members who came and went in some days; an empty number is 0. Whoever was admitted is counted from records."""

    since = Day(fields.day, label=gettext_lazy("Từ ngày"), required=True)
    last = Day(
        fields.day, label=gettext_lazy("Đến hết ngày"), required=True,
        help_text=gettext_lazy("Cả quý thì ghi ngày cuối quý; một việc trong ngày thì ghi chính ngày ấy."),
    )  # fmt: skip
    from_other_province = _number("from_other_province")
    from_same_province = _number("from_same_province")
    restored = _number("restored")
    died = _number("died")
    expelled = _number("expelled")
    struck_off = _number("struck_off")
    struck_off_probationary = _number("struck_off_probationary")
    asked_out = _number("asked_out")
    moved_out = _number("moved_out")
    document = Parsed(
        fields.text(200), label=gettext_lazy("Nguồn, số văn bản"),
        widget=forms.TextInput({"class": "w-name", "autocomplete": "off"}),
        help_text=gettext_lazy("Ví dụ: sổ danh sách đảng viên, biểu 1-BTCTW quý I."),
    )  # fmt: skip

    named = {"until": "last"}

    def values(self):
        """What `flowing.enter` takes."""
        said = self.cleaned_data
        counts = {name: said[name] or 0 for name in Flow.NAMES}
        return counts | {
            "since": said["since"], "until": said["last"] + timedelta(days=1), "document": said["document"] or "",
        }  # fmt: skip


class NewFlowForm(FlowForm):
    """The quarter asked for stands in the days."""

    def __init__(self, data=None, *, period):
        days = {"since": vietnamese.day(period.since), "last": vietnamese.day(period.last_day)}
        super().__init__(data, initial=days)


class CorrectFlowForm(FlowForm, VersionedForm):
    """A row put right, with the reason."""

    reason = Parsed(
        fields.text(400), label=gettext_lazy("Lý do sửa"), required=True,
        widget=forms.TextInput({"class": "w-name", "autocomplete": "off"}),
        help_text=gettext_lazy("Ghi vào nhật ký, ví dụ: đối chiếu với huyện thấy thiếu một người."),
    )  # fmt: skip

    def values_of(self, row):
        return {name: getattr(row, name) for name in (*Flow.NAMES, "document")} | {
            "since": vietnamese.day(row.since), "last": vietnamese.day(row.last_day),
        }  # fmt: skip


class DropFlowForm(Refusable, VersionedForm):
    """Why a row is taken back."""

    reason = Parsed(
        fields.text(400), label=gettext_lazy("Lý do bỏ"), required=True,
        widget=forms.TextInput({"class": "w-name", "autocomplete": "off"}),
    )  # fmt: skip

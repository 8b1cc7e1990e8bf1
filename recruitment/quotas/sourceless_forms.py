"""What is typed of an organisation without source."""

from django import forms
from django.utils.translation import gettext_lazy

from committees import vietnamese
from committees.access import RECORD
from committees.editing import VersionedForm
from committees.models import Committee
from committees.picking import CommitteeField

from .. import fields
from ..inputs import Day, Parsed
from .plan_forms import Refusable

_WIDE = {"class": "w-name", "autocomplete": "off"}
CAUSES_ID = "nguyen-nhan"  # of the list of usual causes, which the page holds


def _cause():
    return Parsed(
        fields.text(200),
        label=gettext_lazy("Nguyên nhân"),
        required=True,
        widget=forms.TextInput(_WIDE | {"list": CAUSES_ID}),
        help_text=gettext_lazy("Chọn một nguyên nhân hay gặp, hoặc ghi chữ khác. Không ghi tên người."),
    )


def _measure():
    return Parsed(
        fields.text(400),
        label=gettext_lazy("Biện pháp"),
        widget=forms.TextInput(_WIDE),
        help_text=gettext_lazy(
            "Ví dụ: phân công đảng viên gặp thanh niên mới về địa phương; sinh hoạt ghép."
        ),
    )


def _document():
    return Parsed(
        fields.text(200),
        label=gettext_lazy("Số văn bản"),
        widget=forms.TextInput({"class": "w-code", "autocomplete": "off"}),
        help_text=gettext_lazy("Nghị quyết, báo cáo nêu việc này; bỏ trống nếu chưa có."),
    )


class MarkForm(Refusable, forms.Form):
    """An organisation that has nobody left to recruit."""

    committee = CommitteeField(label=gettext_lazy("Tổ chức đảng"))
    since = Day(
        fields.past_day, label=gettext_lazy("Không còn nguồn từ ngày"), required=True,
        help_text=gettext_lazy("Ngày chi bộ, đảng ủy kết luận như vậy."),
    )  # fmt: skip
    cause, measure, document = _cause(), _measure(), _document()

    def __init__(self, data=None, *, access, committee=None):
        super().__init__(data, initial={"since": vietnamese.day(access.today)})
        self.fields["committee"].within(access, RECORD)
        if isinstance(committee, Committee):
            self.initial["committee"] = committee

    def values(self):
        """What `sourceless_deeds.mark` takes."""
        return _plain(self.cleaned_data)


class ChangeForm(Refusable, VersionedForm):
    """Another cause, measure or document of a mark, from a day on."""

    on = Day(
        fields.past_day, label=gettext_lazy("Áp dụng từ ngày"), required=True,
        help_text=gettext_lazy("Điều ghi trước giữ nguyên đến hết ngày hôm trước."),
    )  # fmt: skip
    cause, measure, document = _cause(), _measure(), _document()

    def __init__(self, data=None, *, row, today):
        super().__init__(data, row=row, initial={"on": vietnamese.day(today)})

    def values(self):
        """What `sourceless_deeds.change` takes."""
        return _plain({name: value for name, value in self.cleaned_data.items() if name != "stamp"})


class SourceForm(Refusable, VersionedForm):
    """From which day there is a source again."""

    on = Day(fields.past_day, label=gettext_lazy("Có nguồn trở lại từ ngày"), required=True)

    def __init__(self, data=None, *, row, today):
        super().__init__(data, row=row, prefix="end", initial={"on": vietnamese.day(today)})


def _plain(said):
    return said | {name: said[name] or "" for name in ("measure", "document")}

"""What is typed of a settlement: read by the functions that read workbooks, judged by the deeds."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese
from committees.access import FIGURES, STRUCTURE
from committees.editing import VersionedForm
from committees.models import Committee, Coverage, Kind, Settlement
from committees.picking import CommitteeField

from .. import fields
from ..inputs import Day, Parsed
from ..quotas.forms import OneOf
from ..quotas.plan_forms import Refusable
from . import settling

_WIDE = {"class": "w-name", "autocomplete": "off"}
_CODE = {"class": "w-code", "autocomplete": "off"}
TERRITORIAL = settling.HOMES


def _name():
    return Parsed(fields.name(120), label=gettext_lazy("Tên"), required=True, widget=forms.TextInput(_WIDE))


def _kind():
    return OneOf(
        label=gettext_lazy("Loại"),
        choices=[("", gettext_lazy("Chọn loại")), *Settlement.Kind.choices],
        error_messages={"required": gettext_lazy("Còn trống. Cần loại: thôn, xóm, ấp, bản…")},
    )


def _reason():
    return Parsed(
        fields.text(400),
        label=gettext_lazy("Lý do sửa"),
        required=True,
        widget=forms.TextInput(_WIDE),
        help_text=gettext_lazy("Ghi vào nhật ký, ví dụ: gõ nhầm mã chi bộ."),
    )


class CoverageForm(Refusable, forms.Form):
    """Of which committee, which cell answers, since when. Bound to an account by `reach`."""

    committee = CommitteeField(
        label=gettext_lazy("Của tổ chức đảng"),
        help_text=gettext_lazy("Thường là đảng bộ xã, phường. Gõ vài chữ, không cần dấu, hoặc mã tổ chức."),
    )
    state = OneOf(
        label=gettext_lazy("Hình thức"),
        choices=[("", gettext_lazy("Chọn hình thức")), *Coverage.State.choices],
        error_messages={"required": gettext_lazy("Còn trống. Cần một hình thức trong danh sách.")},
    )
    cell = CommitteeField(
        label=gettext_lazy("Chi bộ"),
        required=False,
        help_text=gettext_lazy("Chi bộ của thôn, hoặc chi bộ mà thôn sinh hoạt ghép. Để trống nếu chưa có."),
    )
    since = Day(fields.past_day, label=gettext_lazy("Từ ngày"), required=True)
    document = Parsed(
        fields.text(200), label=gettext_lazy("Số văn bản"), widget=forms.TextInput(_CODE),
        help_text=gettext_lazy("Quyết định, nghị quyết nêu việc này; bỏ trống nếu chưa có."),
    )  # fmt: skip
    note = Parsed(fields.text(400), label=gettext_lazy("Ghi chú"), widget=forms.TextInput(_WIDE))

    def values_of(self, row):
        """Of a row, without a committee that has moved out of the account's reach."""
        return {
            name: None if isinstance(value, Committee) and not self.access.may(STRUCTURE, value.pk) else value
            for name, value in super().values_of(row).items()
        }

    def reach(self, access):
        self.fields["committee"].within(access, STRUCTURE, TERRITORIAL)
        # Who may found committees chooses among all that he sees; where there is one cell, it is not chosen unasked.
        self.fields["cell"].within(access, STRUCTURE, Kind.cells(), ended=True)
        self.fields["cell"].initial = None

    def coverage(self):
        """What the deeds take of it."""
        said = self.cleaned_data
        return {name: said[name] for name in ("committee", "state", "cell", "since")} | {
            name: said[name] or "" for name in ("document", "note")
        }


class NewForm(CoverageForm):
    """A settlement nobody wrote down yet."""

    code = Parsed(
        fields.code, label=gettext_lazy("Mã thôn"), required=True, widget=forms.TextInput(_CODE),
        help_text=gettext_lazy("Chữ, số, dấu . - _; dùng mãi, không sửa được. Ví dụ BRVT-DD-008-T01."),
    )  # fmt: skip
    name, kind = _name(), _kind()
    field_order = ["code", "name", "kind"]

    def __init__(self, data=None, *, access, committee=None):
        super().__init__(data, initial={"since": vietnamese.day(access.today)})
        self.reach(access)
        if committee is not None:
            self.initial["committee"] = committee

    def values(self):
        """What `settling.write_down` takes."""
        said = self.cleaned_data
        return {name: said[name] for name in ("code", "name", "kind")} | self.coverage()


class CoverForm(CoverageForm, VersionedForm):
    """Another coverage from a day on; shows what stands so far."""

    def __init__(self, data=None, *, row, access):
        self.access = access
        super().__init__(data, row=row, initial={"since": "", "document": "", "note": ""})
        self.reach(access)


class CorrectForm(CoverageForm, VersionedForm):
    """The newest coverage as it should have been written."""

    reason = _reason()

    def __init__(self, data=None, *, row, access):
        self.access = access
        super().__init__(data, row=row, initial={"since": vietnamese.day(row.since)})
        self.reach(access)


class NameForm(Refusable, VersionedForm):
    """The name and sort of a settlement, put right."""

    name, kind, reason = _name(), _kind(), _reason()


class SlipForm(Refusable, VersionedForm):
    """Why the newest entry is taken back."""

    reason = _reason()


class EndForm(Refusable, VersionedForm):
    """From which day a settlement stands no more, and what it was merged into."""

    on = Day(fields.past_day, label=gettext_lazy("Kết thúc từ ngày"), required=True)
    heir = forms.CharField(
        label=gettext_lazy("Mã thôn nhận sáp nhập"), required=False, max_length=40,
        widget=forms.TextInput(_CODE), help_text=gettext_lazy("Để trống nếu thôn không nhập vào thôn nào."),
    )  # fmt: skip
    document = Parsed(fields.text(200), label=gettext_lazy("Số văn bản"), widget=forms.TextInput(_CODE))

    def __init__(self, data=None, *, row, access):
        super().__init__(data, row=row, initial={"document": ""})
        self.access = access

    def clean_heir(self):
        code = self.cleaned_data["heir"].strip()
        if not code:
            return None
        found = Settlement.objects.filter(code=code).first()
        last = found and settling.last_row(found)
        if last is None or not self.access.may(FIGURES, last.committee_id):
            raise forms.ValidationError(
                _("Tìm thấy “%s”. Cần mã của một thôn trong phạm vi của anh chị.") % code
            )
        return found

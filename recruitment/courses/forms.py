"""What is asked of a class as a whole: itself, the list of classes, who is invited, the decision of completion."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.access import FIGURES, RECORD
from committees.editing import Overtaken, VersionedForm
from committees.models import Kind
from committees.picking import CommitteeField
from committees.vietnamese import day

from .. import fields
from ..inputs import Day, Parsed
from ..models import Course
from ..pipeline.actions import Refused
from ..quotas.forms import OneOf
from .deeds import Faulty
from .pages import STATES

# A class is run by a committee with a staff; a cell sends people to it.
RUNNING = [kind for kind in Kind if kind not in Kind.cells()]
_NAME = {"class": "w-name", "autocomplete": "off"}
_CODE = {"class": "w-code", "autocomplete": "off"}
_NUMBER = {"class": "w-num", "inputmode": "numeric", "autocomplete": "off"}


def done(form, deed):
    """Whether the deed was done with the form, valid; if not, the form says why. The deed returns nothing of use."""
    if not form.is_valid():
        return False
    try:
        form.outcome = deed(form.cleaned_data)
    except Overtaken as other:
        form.overtaken(other.fresh)
    except Faulty as refusal:
        for (pk, name), message in refusal.faults.items():
            form.add_error(f"{name}_{pk}", message)
    except Refused as refusal:
        form.add_error(refusal.field, list(refusal.reasons))
    else:
        return True
    return False


class CourseForm(VersionedForm):
    """A class, new or corrected. Its committee is chosen once."""

    committee = CommitteeField(label=gettext_lazy("Tổ chức đảng mở lớp"), required=True)
    kind = OneOf(label=gettext_lazy("Loại lớp"), choices=Course.Kind.choices)
    name = Parsed(
        fields.name(120), label=gettext_lazy("Tên lớp"), required=True, widget=forms.TextInput(_NAME),
        help_text=gettext_lazy("Như trong quyết định mở lớp, ví dụ: Lớp nhận thức về Đảng khóa II năm 2026."),
    )  # fmt: skip
    opened_on = Day(fields.day, label=gettext_lazy("Ngày khai giảng"), required=True)
    closed_on = Day(fields.day, label=gettext_lazy("Ngày bế giảng"), required=True)
    periods = Parsed(
        fields.count, label=gettext_lazy("Số tiết"), required=True, widget=forms.TextInput(_NUMBER)
    )
    opening_number = Parsed(
        fields.text(40), label=gettext_lazy("Số quyết định mở lớp"), widget=forms.TextInput(_CODE)
    )
    organiser = Parsed(
        fields.name(160), label=gettext_lazy("Đơn vị mở lớp, cấp chứng nhận"), widget=forms.TextInput(_NAME),
        help_text=gettext_lazy("Ví dụ: Trung tâm chính trị xã Đất Đỏ."),
    )  # fmt: skip
    place = Parsed(fields.name(120), label=gettext_lazy("Địa điểm"), widget=forms.TextInput(_NAME))

    def __init__(self, data=None, *, access, row=None):
        super().__init__(data, row=row, initial=None if row else {"periods": 50})
        if row is None:
            self.fields["committee"].within(access, RECORD, RUNNING)
        else:
            del self.fields["committee"]

    def values_of(self, row):
        names = [name for name in self.base_fields if name not in {"stamp", "committee"}]
        said = {name: getattr(row, name) for name in names}
        return said | {name: day(said[name]) for name in ("opened_on", "closed_on")}

    def values(self):
        """What the deeds take, of what is valid."""
        texts = ("opening_number", "organiser", "place")
        said = {name: value for name, value in self.cleaned_data.items() if name != "stamp"}
        return said | {name: said[name] or "" for name in texts}


class CourseFilter(forms.Form):
    """Which classes are listed: of a year, a kind, a state, a committee and all below it."""

    year = forms.IntegerField(label=gettext_lazy("Năm"), required=False, min_value=1930, max_value=2199)
    kind = OneOf(
        label=gettext_lazy("Loại lớp"),
        required=False,
        choices=[("", gettext_lazy("Cả hai loại"))] + Course.Kind.choices,
    )
    state = OneOf(
        label=gettext_lazy("Tình trạng"), required=False, choices=[("", gettext_lazy("Mọi lớp")), *STATES]
    )
    under = CommitteeField(label=gettext_lazy("Tổ chức đảng"), required=False)

    def __init__(self, data, *, access):
        super().__init__(data)
        self.fields["year"].widget = forms.TextInput({"inputmode": "numeric", "class": "w-num"})
        self.fields["under"].within(access, FIGURES)
        self.fields["under"].initial = None
        self.fields["under"].widget.attrs["class"] = ""

    def asked(self):
        """What `pages.Courses` takes; everything where the form has a fault."""
        said = self.cleaned_data if self.is_valid() else {}
        under = said.get("under")
        return {
            "year": said.get("year"),
            "kind": said.get("kind", ""),
            "state": said.get("state", ""),
            "under": under and under.pk,
        }


class FindForm(forms.Form):
    """Whom to look for among those who may be invited."""

    q = forms.CharField(
        label=gettext_lazy("Tìm họ tên"), required=False, max_length=80,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    under = CommitteeField(label=gettext_lazy("Chi bộ, tổ chức bên dưới"), required=False)

    def __init__(self, data, *, access):
        super().__init__(data, prefix=None)
        self.fields["under"].within(access, RECORD)
        self.fields["under"].initial = None
        self.fields["under"].widget.attrs["class"] = ""

    def asked(self):
        """What `Invitees` takes; everyone where the form has a fault."""
        said = self.cleaned_data if self.is_valid() else {}
        under = said.get("under")
        return {"words": said.get("q", ""), "under": under and under.pk}


class TickForm(VersionedForm):
    """People ticked on a page. `chosen` are their ids."""

    def __init__(self, data=None, *, row, name):
        """name: of the boxes."""
        super().__init__(data, row=row)
        self.name = name

    def values_of(self, row):
        return {}

    @property
    def chosen(self):
        ids = self.data.getlist(self.name) if hasattr(self.data, "getlist") else []
        return {int(pk) for pk in ids if pk.isdecimal() and len(pk) < 19}

    def clean(self):
        said = super().clean()
        if not self.chosen:
            raise forms.ValidationError(_("Chưa chọn ai. Đánh dấu ít nhất một người."))
        return said


class CompletionForm(VersionedForm):
    """The decision that recognises who completed the class; `do` tells recording from taking back."""

    RECORD, REOPEN = "record", "reopen"

    completion_number = Parsed(
        fields.text(40), label=gettext_lazy("Số quyết định công nhận hoàn thành"), widget=forms.TextInput(_CODE),
        help_text=gettext_lazy("Ghi đúng như trên giấy; ứng dụng không tự đặt số."),
    )  # fmt: skip
    completed_on = Day(fields.past_day, label=gettext_lazy("Ngày quyết định"))

    @property
    def reopens(self):
        return self.data.get("do") == self.REOPEN

    def values_of(self, row):
        on = row.completed_on
        return {"completion_number": row.completion_number, "completed_on": day(on) if on else ""}

    def clean(self):
        said = super().clean()
        if self.reopens:
            return said
        wanted = {
            "completion_number": _("Ghi số quyết định."),
            "completed_on": _("Ghi ngày quyết định."),
        }
        for name, message in wanted.items():
            if name not in self.errors and not said.get(name):
                self.add_error(name, message)
        return said

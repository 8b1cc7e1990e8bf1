"""What is typed of rules, days and criteria: read by the functions that read workbooks, judged by the deeds."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese
from committees.access import OFFICE
from committees.editing import VersionedForm
from committees.forms import DayField
from committees.picking import CommitteeField

from .. import fields
from ..inputs import Day, Parsed
from ..models import Holiday, Mark
from ..rules.working_days import FIRST, LAST
from . import values

_WIDE = {"class": "w-name", "autocomplete": "off"}
_SHORT = {"class": "w-code", "autocomplete": "off"}


class OneOf(forms.ChoiceField):
    """A choice that says what was found when it is none of them."""

    default_error_messages = {"invalid_choice": gettext_lazy("Không có lựa chọn “%(value)s” ở đây.")}


class Refusable:
    """A form to which a deed's refusal comes back, each fault at its field."""

    def refused(self, refusal):
        for name, wanted in refusal.faults:
            if name not in self.fields:
                self.add_error(None, _("Cần %s.") % wanted)
            elif text := self[name].value():
                if choices := dict(getattr(self.fields[name], "choices", ())):
                    text = choices.get(text, text)
                self.add_error(
                    name, _("Tìm thấy “%(text)s”. Cần %(wanted)s.") % {"text": text, "wanted": wanted}
                )
            else:
                self.add_error(name, _("Còn trống. Cần %s.") % wanted)


def document(**options):
    """A field for the number of a document."""
    options.setdefault("label", gettext_lazy("Số văn bản"))
    return Parsed(fields.text(120), widget=forms.TextInput(_SHORT), **options)


class DayAsked(forms.Form):
    """Which day is asked about."""

    on = DayField(label=gettext_lazy("Ngày của bước cần xét"))

    def day(self):
        """The day asked; None where none was, or none that can be read."""
        return self.cleaned_data.get("on") if self.is_valid() else None


class CorrectionForm(Refusable, VersionedForm):
    """One value corrected. Its fields begin as the rule stands; `row` is the correction made last, if there is one."""

    value = forms.CharField(label=gettext_lazy("Giá trị"))
    citation = Parsed(
        fields.text(400), label=gettext_lazy("Căn cứ"), required=True, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=gettext_lazy("Văn bản, điều, điểm. Không ghi điều chưa đọc."),
    )  # fmt: skip
    mark = OneOf(label=gettext_lazy("Mức tin cậy"), choices=Mark.choices)
    document = document(
        required=True,
        help_text=gettext_lazy("Văn bản sửa hoặc xác nhận giá trị này, ví dụ 12-HD/BTCTW."),
    )
    since = Day(
        fields.day, label=gettext_lazy("Áp dụng từ ngày"), required=True,
        help_text=gettext_lazy("Các bước có ngày từ ngày này trở đi được xét theo giá trị mới."),
    )  # fmt: skip

    def __init__(self, data=None, *, rule, last=None):
        super().__init__(data, initial=self._as_it_stands(rule) | {"stamp": last.stamp if last else 0})
        choices, said = values.choices(rule), {"label": self.fields["value"].label}
        if rule.value is None:
            del self.fields["value"]
        elif rule.code in values.SEVERAL:
            self.fields["value"] = forms.MultipleChoiceField(
                choices=choices, widget=forms.SelectMultiple({"size": len(choices)}), **said
            )
        elif choices:
            self.fields["value"] = OneOf(choices=choices, **said)
        else:
            self.fields["value"] = Parsed(
                values.parser(rule), required=True, widget=forms.TextInput({"class": "w-num"}),
                help_text=_("Đang là %s.") % values.say(rule), **said,
            )  # fmt: skip

    def _as_it_stands(self, rule):
        return {"value": values.typed(rule), "citation": rule.citation, "mark": rule.mark}

    def values_of(self, row):
        told = {name: getattr(row, name) for name in ("value", "citation", "mark", "document", "since")}
        if isinstance(self.fields.get("value"), forms.MultipleChoiceField):
            told["value"] = str(told["value"]).split()
        return {name: value for name, value in told.items() if name in self.fields}

    def values(self):
        """What `deeds.correct_rule` takes."""
        said = self.cleaned_data
        value = said.get("value")
        return {name: said[name] for name in ("citation", "mark", "document", "since", "stamp")} | {
            "value": " ".join(value) if isinstance(value, list) else value
        }


class RuleSetForm(Refusable, forms.Form):
    """A rule set to be added."""

    code = Parsed(
        fields.code, label=gettext_lazy("Mã bộ quy tắc"), required=True, max_length=20,
        widget=forms.TextInput(_SHORT), help_text=gettext_lazy("Dùng mãi, không sửa được. Ví dụ 2026-07."),
    )  # fmt: skip
    name = Parsed(fields.name(160), label=gettext_lazy("Tên"), required=True, widget=forms.TextInput(_WIDE))
    document = document(required=True, help_text=gettext_lazy("Văn bản có hiệu lực từ ngày ấy."))
    since = Day(fields.day, label=gettext_lazy("Có hiệu lực từ"), required=True)


class YearForm(forms.Form):
    """Which year of the calendar."""

    year = forms.IntegerField(
        label=gettext_lazy("Năm"),
        min_value=FIRST.year,
        max_value=LAST.year,
        widget=forms.TextInput({"inputmode": "numeric", "class": "w-num"}),
        error_messages={"invalid": gettext_lazy("Cần một năm, ví dụ 2026.")},
    )


class HolidayForm(Refusable, VersionedForm):
    """A day of the calendar: new with its day, or put right."""

    day = Day(fields.day, label=gettext_lazy("Ngày"), required=True)
    what = OneOf(label=gettext_lazy("Nghỉ hay làm"), choices=Holiday.What.choices)
    name = Parsed(
        fields.name(80), label=gettext_lazy("Tên"), required=True, widget=forms.TextInput(_WIDE),
        help_text=gettext_lazy("Ví dụ: Tết Nguyên đán; Làm bù ngày 02/01."),
    )  # fmt: skip
    mark = OneOf(label=gettext_lazy("Mức tin cậy"), choices=Mark.choices, initial=Mark.MEMORY)
    document = document(help_text=gettext_lazy("Cần khi đã đối chiếu văn bản."))

    def __init__(self, data=None, *, row=None, **options):
        super().__init__(data, row=row, **options)
        if row is not None:
            del self.fields["day"]

    def values_of(self, row):
        return {name: getattr(row, name) for name in ("what", "name", "mark", "document")}

    def values(self):
        """What the deeds take."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "stamp"}
        return said | {"document": said["document"] or ""}


class RemovalForm(Refusable, VersionedForm):
    """Why a day is taken out of the calendar."""

    reason = Parsed(
        fields.text(400), label=gettext_lazy("Lý do bỏ"), required=True, widget=forms.TextInput(_WIDE)
    )

    def values_of(self, row):
        return {}


class CriterionForm(Refusable, forms.Form):
    """A criterion of a committee within reach."""

    committee = CommitteeField(label=gettext_lazy("Tổ chức đảng"))
    text = Parsed(
        fields.text(200), label=gettext_lazy("Tiêu chí"), required=True, widget=forms.TextInput(_WIDE),
        help_text=gettext_lazy("Một câu trả lời được “có” hoặc “chưa”. Ví dụ: xếp loại lao động tiên tiến trở lên."),
    )  # fmt: skip
    since = Day(fields.day, label=gettext_lazy("Áp dụng từ ngày"), required=True)
    document = document(help_text=gettext_lazy("Văn bản của cấp ủy đặt ra tiêu chí; bỏ trống nếu chưa có."))

    def __init__(self, data=None, *, access):
        super().__init__(data, initial={"since": vietnamese.day(access.today)})
        self.fields["committee"].within(access, OFFICE)

    def values(self):
        """What `criteria.add_criterion` takes."""
        return self.cleaned_data | {"document": self.cleaned_data["document"] or ""}


class EndForm(Refusable, VersionedForm):
    """The last day on which a criterion is asked."""

    last = Day(
        fields.day, label=gettext_lazy("Áp dụng đến hết ngày"),
        help_text=gettext_lazy("Để trống để thôi áp dụng từ hôm nay."),
    )  # fmt: skip

    def values_of(self, row):
        return {}

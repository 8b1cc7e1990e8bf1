"""What is typed of a period, of a report that is sent, judged, or excepted from the rule."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese
from committees.access import OFFICE
from committees.editing import VersionedForm
from committees.picking import CommitteeField

from .. import fields
from ..inputs import Day, Parsed
from ..models import Allowance, ReportPeriod
from ..quotas.forms import OneOf
from ..quotas.plan_forms import Refusable

_WIDE = {"class": "w-name", "autocomplete": "off"}
_ROMAN = ("I", "II", "III", "IV")
# A report is due so many days after the last of its period, where nobody says otherwise.
USUAL_DAYS = 15


def templates(today):
    """[(code, name, first day, last day)] of the periods an office usually asks for: the quarter and half year that ended
    last, the one that runs, last year and this, the term of the congresses."""
    found = []
    for year in (today.year, today.year - 1):
        for k in (3, 2, 1, 0):
            first = date(year, 3 * k + 1, 1)
            last = _before(vietnamese.add_months(first, 3))
            found.append(
                (
                    f"q{k + 1}-{year}",
                    _("Quý %(part)s năm %(year)d") % {"part": _ROMAN[k], "year": year},
                    first,
                    last,
                )
            )
        found.append((f"h1-{year}", _("6 tháng đầu năm %d") % year, date(year, 1, 1), date(year, 6, 30)))
        found.append((f"y-{year}", _("Năm %d") % year, date(year, 1, 1), date(year, 12, 31)))
    begun = [one for one in found if one[2] <= today]
    begun.sort(key=lambda one: (abs((today - one[3]).days), one[2]))
    term = today.year - (today.year - 2020) % 5
    begun += [
        (
            f"t-{first}",
            _("Nhiệm kỳ %(a)d–%(b)d") % {"a": first, "b": first + 5},
            date(first, 7, 1),
            date(first + 5, 6, 30),
        )
        for first in (term - 5, term)
        if date(first, 7, 1) <= today
    ]
    return begun


def _before(day):
    return day - timedelta(days=1)


def initial(template, today):
    """What a template fills in: {field: text}; {} where there is none of that code."""
    for code, name, first, last in templates(today):
        if code == template:
            due = last + timedelta(days=USUAL_DAYS)
            days = {"since": first, "last_day": last, "due_on": due}
            return {"name": name, **{field: vietnamese.day(day) for field, day in days.items()}}
    return {}


class PeriodForm(Refusable, VersionedForm):
    """A period, new or corrected."""

    named = {"until": "last_day"}

    committee = CommitteeField(label=gettext_lazy("Cấp ủy mở kỳ"))
    name = Parsed(
        fields.name(120), label=gettext_lazy("Tên kỳ"), required=True, widget=forms.TextInput(_WIDE),
        help_text=gettext_lazy("Ví dụ: Quý I năm 2026; Báo cáo năm 2025."),
    )  # fmt: skip
    since = Day(fields.day, label=gettext_lazy("Từ ngày"), required=True)
    last_day = Day(fields.day, label=gettext_lazy("Đến hết ngày"), required=True)
    due_on = Day(
        fields.day, label=gettext_lazy("Hạn nộp, hết ngày"), required=True,
        help_text=gettext_lazy("Sau ngày cuối kỳ."),
    )  # fmt: skip
    reach = OneOf(label=gettext_lazy("Ai phải báo cáo"), choices=ReportPeriod.Reach.choices)
    document = Parsed(
        fields.text(200), label=gettext_lazy("Số văn bản"),
        widget=forms.TextInput({"class": "w-code", "autocomplete": "off"}),
        help_text=gettext_lazy("Công văn yêu cầu báo cáo; bỏ trống nếu không có."),
    )  # fmt: skip

    def __init__(self, data=None, *, access, row=None, initial=None):
        super().__init__(data, row=row, initial=initial)
        if row is None:
            self.fields["committee"].within(access, OFFICE)
        else:
            del self.fields["committee"]

    def values_of(self, row):
        days = {"since": row.since, "last_day": row.last_day, "due_on": row.due_on}
        said = {name: vietnamese.day(day) for name, day in days.items()}
        return said | {"name": row.name, "reach": row.reach, "document": row.document}

    def values(self):
        """What the deeds take."""
        said = self.cleaned_data
        return {name: said[name] for name in ("name", "since", "due_on", "reach")} | {
            "until": said["last_day"] + timedelta(days=1),
            "document": said["document"] or "",
        }


class SubmitForm(Refusable, forms.Form):
    """The committee's own words beside its figures. seen: the number of the last report the page showed; shown: the digest
    of the figures it showed, so that what is sent is what was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    notes = forms.CharField(
        label=gettext_lazy("Ghi chú của đơn vị"), required=False, max_length=4000,
        widget=forms.Textarea({"rows": 5, "class": "in"}),
        help_text=gettext_lazy(
            "Giải trình chỗ còn nghi vấn, khó khăn, kiến nghị; mỗi ý một dòng. Không ghi tên người: bản đã nộp giữ mãi."
        ),
    )  # fmt: skip


class StampForm(forms.Form):
    """A button about what a page showed: the version it showed. Without one nothing is done."""

    stamp = forms.IntegerField(widget=forms.HiddenInput)


class JudgeForm(Refusable, StampForm):
    """What the level above makes of a report."""

    reason = Parsed(
        fields.text(1000), label=gettext_lazy("Lý do trả lại"), widget=forms.Textarea({"rows": 3, "class": "in"}),
        max_length=1000, help_text=gettext_lazy("Chỉ cần khi trả lại: số nào, sai ở đâu, cần sửa gì."),
    )  # fmt: skip


class AllowForm(Refusable, forms.Form):
    """An exception for one committee."""

    kind = OneOf(label=gettext_lazy("Cho phép"), choices=Allowance.Kind.choices)
    last_day = Day(
        fields.day, label=gettext_lazy("Đến hết ngày"), required=True,
        help_text=gettext_lazy("Hết ngày này thì tự hết hiệu lực."),
    )  # fmt: skip
    reason = Parsed(
        fields.text(400), label=gettext_lazy("Lý do"), required=True, widget=forms.TextInput(_WIDE)
    )

    def values(self):
        return {name: self.cleaned_data[name] for name in ("kind", "last_day", "reason")}


class EndForm(Refusable, forms.Form):
    """Why an exception ends before its day."""

    reason = Parsed(
        fields.text(400),
        label=gettext_lazy("Lý do thôi cho phép"),
        required=True,
        widget=forms.TextInput(_WIDE),
    )

"""What is typed when a draft is issued, and when more is given out of what is left."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese
from committees.models import Committee

from .. import fields
from ..inputs import Day, Parsed
from .draft_forms import Count
from .forms import OneOf
from .plan_forms import Refusable

_WIDE = {"class": "w-name", "autocomplete": "off"}


def _within(plan, day, said):
    """What is wanted of a typed day from which targets hold, as an error; None where it is fine."""
    if day is None or plan.since <= day < plan.until:
        return None
    told = {"text": said, "first": vietnamese.day(plan.since), "last": vietnamese.day(plan.last_day)}
    return _("Tìm thấy “%(text)s”. Cần ngày từ %(first)s đến %(last)s, trong kỳ của kế hoạch.") % told


class _Document(Refusable, forms.Form):
    """A document by which targets are given, and the day from which they hold."""

    document = Parsed(
        fields.text(200),
        label=gettext_lazy("Số văn bản"),
        widget=forms.TextInput(attrs={"class": "w-code", "autocomplete": "off"}),
    )
    effective_on = Day(fields.day, label=gettext_lazy("Hiệu lực từ"), required=True)
    reason = Parsed(fields.text(400), label=gettext_lazy("Lý do"), widget=forms.TextInput(_WIDE))

    def __init__(self, data=None, *, plan, initial):
        self.plan = plan
        super().__init__(data, initial=initial)

    def clean_effective_on(self):
        day = self.cleaned_data["effective_on"]
        if wanted := _within(self.plan, day, self["effective_on"].value()):
            raise forms.ValidationError(wanted)
        return day


class IssueForm(_Document):
    """The document of a draft. `stamp` is that of the numbers read before issuing."""

    stamp = forms.IntegerField(widget=forms.HiddenInput)
    issued_on = Day(fields.day, label=gettext_lazy("Ngày ban hành"), required=True)
    field_order = ["document", "issued_on", "effective_on", "reason"]

    def __init__(self, data=None, *, draft, today):
        plan = draft.plan
        initial = {
            "stamp": draft.stamp,
            "issued_on": vietnamese.day(today),
            "effective_on": vietnamese.day(max(plan.since, min(today, plan.last_day))),
        }
        super().__init__(data, plan=plan, initial=initial)
        self.fields["document"].required = True
        self.fields["reason"].help_text = _(
            "Cần khi có đơn vị đang có chỉ tiêu khác; ví dụ: điều chỉnh giữa năm."
        )

    def values(self):
        said = self.cleaned_data
        return {name: said[name] for name in ("stamp", "document", "issued_on", "effective_on")} | {
            "reason": said["reason"] or ""
        }


class HandOutForm(_Document):
    """So many more for one unit out of what the committee's target still holds."""

    child = OneOf(label=gettext_lazy("Đơn vị"))
    more = Count(
        label=gettext_lazy("Giao thêm"),
        required=True,
        help_text=gettext_lazy("Số người, cộng vào chỉ tiêu đang có."),
    )
    group = OneOf(label=gettext_lazy("Nhóm"), required=False)
    beyond = forms.BooleanField(
        label=gettext_lazy("Giao hơn chỉ tiêu chung; lý do ghi ở trên"), required=False
    )
    field_order = ["child", "more", "group", "effective_on", "document", "reason", "beyond"]
    kept = ("group", "effective_on", "document", "reason")

    def __init__(self, data=None, *, below, today, asked):
        """asked: what the address keeps of the one before."""
        plan = below.plan
        day = vietnamese.day(max(plan.since, min(today, plan.last_day)))
        kept = {name: asked[name] for name in ("child", *self.kept) if asked.get(name)}
        super().__init__(data, plan=plan, initial={"effective_on": day, **kept})
        self.below = below
        self.fields["child"].widget.attrs["class"] = self.fields["group"].widget.attrs["class"] = "w-name"
        self.fields["child"].choices = [("", _("Chọn một đơn vị")), *((u.code, u.name) for u in below.units)]
        self.fields["group"].choices = [("", _("Tất cả")), *((g.code, g.name) for g in below.grouped)]

    def values(self):
        """What `handing.hand_out` takes."""
        said = self.cleaned_data
        unit = next(unit for unit in self.below.units if unit.code == said["child"])
        return {
            "child": Committee(id=unit.pk, code=unit.code),
            "more": said["more"],
            "group": next((g for g in self.below.grouped if g.code == said["group"]), None),
            "effective_on": said["effective_on"],
            "document": said["document"] or "",
            "reason": said["reason"] or "",
            "beyond": said["beyond"],
        }

    def to_keep(self):
        """{parameter: text} of what the next unit most likely shares."""
        return {name: self.data[name] for name in self.kept if self.data.get(name)}

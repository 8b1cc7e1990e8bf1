"""What is typed of a plan and of a target: read by the functions that read workbooks, judged by the deeds."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese
from committees.access import TARGETS
from committees.editing import VersionedForm
from committees.models import Committee
from committees.picking import CommitteeField

from .. import fields
from ..inputs import Day, Parsed
from ..models import Plan
from .forms import OneOf
from .groups import label, within
from .judgement import effect_fault

_WIDE = {"class": "w-name", "autocomplete": "off"}


class Refusable:
    """A form to which a deed's refusal comes back. `named`: names of the deed's values that are fields of another
    name."""

    named = {}

    def refused(self, refusal):
        """Show each fault at its field: what was found there, and what is wanted."""
        for name, wanted in refusal.faults:
            field = self.named.get(name, name)
            if field not in self.fields:
                self.add_error(None, _("Cần %s.") % wanted)
            elif text := self[field].value():
                text = dict(getattr(self.fields[field], "choices", ())).get(text, text)
                said = {"text": text, "wanted": wanted}
                self.add_error(field, _("Tìm thấy “%(text)s”. Cần %(wanted)s.") % said)
            else:
                self.add_error(field, _("Còn trống. Cần %s.") % wanted)


class PlanForm(Refusable, VersionedForm):
    """A plan, new or corrected. Its code is typed once."""

    named = {"until": "last_day"}

    code = Parsed(
        fields.code,
        label=gettext_lazy("Mã kế hoạch"),
        required=True,
        help_text=gettext_lazy("Chữ, số, dấu . - _; dùng mãi, không sửa được. Ví dụ BRVT-2026."),
        widget=forms.TextInput(attrs={"class": "w-code", "autocomplete": "off"}),
    )
    name = Parsed(fields.name(200), label=gettext_lazy("Tên"), required=True, widget=forms.TextInput(_WIDE))
    kind = OneOf(
        label=gettext_lazy("Loại kế hoạch"),
        choices=Plan.Kind.choices,
        help_text=gettext_lazy("Một kết quả được so với chỉ tiêu của từng loại."),
    )
    issuer = Parsed(
        fields.name(160), label=gettext_lazy("Cơ quan ban hành"), required=True, widget=forms.TextInput(_WIDE)
    )
    document = Parsed(
        fields.text(120),
        label=gettext_lazy("Số văn bản"),
        widget=forms.TextInput(attrs={"class": "w-code", "autocomplete": "off"}),
    )
    issued_on = Day(fields.day, label=gettext_lazy("Ngày ban hành"))
    committee = CommitteeField(label=gettext_lazy("Tổ chức đảng của kế hoạch"))
    since = Day(fields.day, label=gettext_lazy("Từ ngày"), required=True)
    last_day = Day(fields.day, label=gettext_lazy("Đến hết ngày"), required=True)
    counts = OneOf(label=gettext_lazy("Đếm"), choices=Plan.Counts.choices)
    counts_by = OneOf(label=gettext_lazy("Tính theo ngày"), choices=Plan.CountsBy.choices)
    previous = OneOf(
        label=gettext_lazy("Kế hoạch trước"),
        required=False,
        help_text=gettext_lazy("Kỳ trước để so sánh; bỏ trống nếu không so."),
    )
    term = OneOf(
        label=gettext_lazy("Thuộc kế hoạch nhiệm kỳ"),
        required=False,
        help_text=gettext_lazy("Kế hoạch của cả nhiệm kỳ mà năm này là một phần; bỏ trống nếu không thuộc."),
    )
    reason = Parsed(
        fields.text(400),
        label=gettext_lazy("Lý do sửa"),
        widget=forms.TextInput(_WIDE),
        help_text=gettext_lazy("Cần khi đổi tổ chức, thời gian, cách tính: các số đã xem sẽ đổi theo."),
    )

    def __init__(self, data=None, *, access, plans, row=None):
        """plans: those the reader may compare with."""
        self.plans = {plan.code: plan for plan in plans if row is None or plan.pk != row.pk}
        for other in (row.previous, row.term) if row is not None else ():
            if other is not None:
                self.plans.setdefault(other.code, other)  # perhaps another's: it must not be lost
        super().__init__(data, row=row)
        del self.fields["reason" if row is None else "code"]
        # A plan of nobody in particular is the whole register's.
        self.fields["committee"].required = not access.may(TARGETS, None)
        self.fields["committee"].within(access, TARGETS, ended=True)
        names = [(code, plan.name) for code, plan in self.plans.items()]
        for name, nothing in (
            ("previous", _("Không so với kế hoạch nào")),
            ("term", _("Không thuộc kế hoạch nào")),
        ):
            self.fields[name].widget.attrs["class"] = "w-name"
            self.fields[name].choices = [("", nothing), *names]

    def values_of(self, row):
        said = {name: getattr(row, name) for name in ("name", "issuer", "document", "committee")}
        days = {"issued_on": row.issued_on, "since": row.since, "last_day": row.last_day}
        said |= {name: vietnamese.day(day) if day else "" for name, day in days.items()}
        said |= {name: getattr(row, name) for name in ("kind", "counts", "counts_by")}
        return said | {
            name: plan.code if (plan := getattr(row, name)) else "" for name in ("previous", "term")
        }

    def values(self):
        """What the deeds take."""
        said = self.cleaned_data
        names = ("name", "kind", "issuer", "committee", "issued_on", "since", "counts", "counts_by")
        return {name: said[name] for name in names} | {
            "document": said["document"] or "",
            "until": said["last_day"] + timedelta(days=1),
            "previous": self.plans.get(said["previous"]),
            "term": self.plans.get(said["term"]),
        }


class QuotaForm(Refusable, forms.Form):
    """The whole target of a committee from a day on. Group, days and document stay for the next committee."""

    kept = ("group", "effective_on", "document", "base_on")

    committee = CommitteeField(label=gettext_lazy("Tổ chức đảng"))
    target = Parsed(
        fields.target,
        label=gettext_lazy("Chỉ tiêu"),
        required=True,
        widget=forms.TextInput(attrs={"class": "w-num", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Toàn bộ chỉ tiêu: 20; 15 trở lên; 120/năm; khoảng 170-200; tỷ lệ 7% số đảng viên."
        ),
    )
    group = OneOf(label=gettext_lazy("Nhóm"), required=False)
    effective_on = Day(
        fields.day,
        label=gettext_lazy("Hiệu lực từ"),
        help_text=gettext_lazy("Để trống: lần đầu thì từ ngày đầu kế hoạch, điều chỉnh thì từ hôm nay."),
    )
    document = Parsed(
        fields.text(200),
        label=gettext_lazy("Số văn bản"),
        widget=forms.TextInput(attrs={"class": "w-code", "autocomplete": "off"}),
        help_text=gettext_lazy("Cần khi điều chỉnh."),
    )
    reason = Parsed(
        fields.text(400),
        label=gettext_lazy("Lý do điều chỉnh"),
        widget=forms.TextInput(_WIDE),
        help_text=gettext_lazy("Cần khi điều chỉnh; ví dụ: giao bổ sung 2013–2015."),
    )
    base_on = Day(
        fields.day,
        label=gettext_lazy("Ngày lấy số đảng viên"),
        help_text=gettext_lazy("Chỉ cho tỷ lệ; để trống thì ngày đầu kế hoạch."),
    )

    def __init__(self, data=None, *, access, snapshot, plan, initial=None):
        super().__init__(data, initial=initial)
        self.snapshot, self.plan = snapshot, plan
        self.fields["committee"].within(access, TARGETS, ended=True)
        # Whether a group is one of the committee's is judged with the committee; here, whether of any within reach.
        groups = [group for group in within(access, snapshot, TARGETS) if group.offered_on(access.today)]
        named = [(group.code, label(snapshot, group, "", access.today)) for group in groups]
        self.fields["group"].widget.attrs["class"] = "w-name"
        self.fields["group"].choices = [("", _("Tất cả")), *named]

    def clean_effective_on(self):
        day = self.cleaned_data["effective_on"]
        if day is None:
            return None
        wanted = effect_fault(self.plan, day)
        if day < self.plan.since:
            # A workbook may say so (it counts from the first day); typed, it is more likely a slip.
            wanted = _("ngày từ %s trở đi, ngày đầu của kế hoạch") % vietnamese.day(self.plan.since)
        if wanted:
            said = {"text": self["effective_on"].value(), "wanted": wanted}
            raise forms.ValidationError(_("Tìm thấy “%(text)s”. Cần %(wanted)s.") % said)
        return day

    def values(self):
        """What `deeds.set_quota` takes."""
        said = self.cleaned_data
        chosen = next((group for group in self.snapshot.groups if group.code == said["group"]), None)
        return {
            "committee": said["committee"],
            "target": said["target"],
            "group": chosen,
            "effective_on": said["effective_on"],
            "document": said["document"] or "",
            "reason": said["reason"] or "",
            "base_on": said["base_on"],
        }

    def to_keep(self):
        """{parameter: text} of what the next committee most likely shares."""
        return {name: self.data[name] for name in self.kept if self.data.get(name)}


def asked(request, snapshot):
    """What the address says of a target to be set: the committee by its code, and what the last one left."""
    said = {name: request.GET[name] for name in QuotaForm.kept if request.GET.get(name)}
    i = snapshot.structure.by_code.get(request.GET.get("committee", ""))
    if i is not None and request.access.may(TARGETS, snapshot.structure.ids[i]):
        said["committee"] = Committee(id=snapshot.structure.ids[i], code=snapshot.structure.codes[i])
    return said

"""What the pages of admissions ask: the person, then the decision in the order of the paper."""

from types import SimpleNamespace

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.access import RECORD
from committees.models import Committee, Kind
from committees.picking import CommitteeField
from committees.vietnamese import day, today

from .. import fields
from ..inputs import Day, Parsed
from ..models import Candidacy, Stage, Traits
from ..numbering.offers import next_for, offer
from . import admissible, followed
from .candidate_forms import NearForm
from .people import PersonFields, WhoForm

NUMBER = fields.text(40)
# What stands folded away on the page that logs.
REST = (
    "citizen_id",
    "native_place",
    "official_on",
    *(name for name in Traits.NAMES if name not in {"sex", "born"}),
)
FACTS = ("cell", "decision_number", *admissible.DAYS)


class Confirmed(forms.Field):
    """The doubts the clerk has seen and said yes to: their keys."""

    widget = forms.MultipleHiddenInput

    def __init__(self):
        super().__init__(required=False)

    def clean(self, value):
        return list(value or ())


class DecisionFields(PersonFields):
    """The decision, its days, and the person as of that day. Days are judged by the deed, which names both where two
    contradict each other."""

    cell = CommitteeField(label=_("Chi bộ"), required=False)
    decision_number = Parsed(NUMBER, label=_("Số quyết định"))
    decided_on = Day(fields.day, label=_("Ngày quyết định"), required=True)
    received_on = Day(fields.day, label=_("Chi bộ nhận ngày"))
    ceremony_on = Day(fields.day, label=_("Ngày lễ kết nạp"))
    official_on = Day(fields.day, label=_("Ngày chính thức"))
    confirmed = Confirmed()

    doubts = offers = ()

    def full_clean(self):
        """Where a field is wrong the deed is not asked: the days are judged here too, so that one round tells all."""
        super().full_clean()
        if self.is_bound and self._errors:
            days = SimpleNamespace(**{n: self.cleaned_data.get(n) for n in ("born", *admissible.DAYS)})
            self.refuse({
                name: message
                for name, message in admissible.impossible_days(days, today()).items()
                if name not in self._errors
            })  # fmt: skip

    def facts(self):
        """What `admissions.admit` and `correct` take of the decision and of the traits."""
        return {name: self.cleaned_data[name] for name in (*FACTS, "confirmed")}

    def refuse(self, faults):
        """Say each fault at its field."""
        for name, message in faults.items():
            self.add_error(name if name in self.fields else None, message)

    def ask(self, doubts):
        """Ask about these; what was confirmed before stays so."""
        self.doubts = [(doubt, doubt.key in self.cleaned_data["confirmed"]) for doubt in doubts]

    def focus(self):
        """Lead the keyboard to where something is to be done: the first wrong field, a question, else the first field,
        or where somebody was named already, what is still to be typed."""
        self.question = "doubts" if self.doubts else None
        if self.offers and self.is_bound and not self["same"].value():
            self.question = "offers"
        if self.errors or self.question is None:
            names = [name for name in self.fields if not self.fields[name].widget.is_hidden]
            begun = ("cell", "decision_number") if self.offers and not self.is_bound else ()
            empty = next((name for name in begun if not self[name].value()), names[0])
            lead = next((name for name in names if name in self.errors), empty)
            self.fields[lead].widget.attrs["autofocus"] = True
            self.question = None
        return self


class AdmissionForm(WhoForm, DecisionFields):
    """One admission to be logged."""

    approval = Parsed(
        fields.text(160),
        label=_("Văn bản của cấp trên cho phép"),
        help_text=_("Số, ngày, nơi ban hành. Chỉ ghi khi cấp trên đã đồng ý bằng văn bản."),
    )

    field_order = ["full_name", "born", "sex", *FACTS]

    def __init__(self, data=None, *, access, **options):
        super().__init__(data, **options)
        self.access = access
        self.fields["cell"].within(access, RECORD, Kind.cells(), ended=True)
        for first, _end in access.spans(RECORD)[:1]:
            number = next_for(access.structure, "decision", access.tree.id(first), access.today)
            offer(self.fields["decision_number"], number)

    def clean(self):
        said = super().clean()
        if said.get("cell") is None and "cell" not in self.errors:
            said["cell"] = self._followed_in(said.get("same"))
            if said["cell"] is None:
                self.add_error("cell", _("Ghi chi bộ nơi kết nạp, hoặc chọn hồ sơ mà chi bộ đang theo dõi."))
                self.look_again()
        return said

    def _followed_in(self, same):
        """The cell that follows the person chosen, where the account may record and there is only one."""
        rows = (
            Candidacy.objects.filter(person_id=same, stage__in=Stage.open())
            if (same or "").isdecimal()
            else ()
        )
        structure, on = self.access.structure, self.cleaned_data.get("decided_on") or today()
        cells = {followed.cell_on(structure, row, on) for row in rows if self.access.may(RECORD, row.cell_id)}
        return Committee(id=cells.pop()) if len(cells) == 1 else None

    @property
    def asks_approval(self):
        """Whether an approving document would answer a doubt, or was named already."""
        return bool(self["approval"].value()) or any(doubt.approvable for doubt, _yes in self.doubts)

    @property
    def rest_open(self):
        """Whether something stands, or is wrong, where the page folds it away."""
        return self.is_bound and any(name in self.errors or self[name].value() for name in REST)

    @property
    def choices(self):
        """[(offer, whether it is chosen already)]: what was chosen before, else whoever bears the citizen ID typed."""
        chosen = self["same"].value()
        return [
            (offer, chosen == str(offer.person.pk) or (not chosen and offer.certain)) for offer in self.offers
        ]

    def asked(self):
        """What `admissions.admit` takes of what was typed."""
        said = self.cleaned_data
        return self.facts() | {
            "full_name": said["full_name"],
            "citizen_id": said["citizen_id"],
            "native_place": said["native_place"] or "",
            "approval": said["approval"] or "",
            "traits": self.traits(),
            **self.chosen(),
        }


class CorrectionForm(NearForm, DecisionFields):
    """An admission as it stands, to be put right: the days, the number, the cell, the person as of that day."""

    recognised_on = Day(fields.day, label=_("Ngày quyết định công nhận"))
    recognition_number = Parsed(NUMBER, label=_("Số quyết định công nhận"))
    approval = Parsed(fields.text(160), label=_("Văn bản cho phép quyết định muộn hoặc ngoài độ tuổi"))
    ceremony_approval = Parsed(fields.text(160), label=_("Văn bản cho phép tổ chức lễ muộn"))
    reason = Parsed(
        fields.text(300), label=_("Lý do sửa"),
        help_text=_("Cần khi đổi điều đã ghi; ghi thêm điều còn trống thì không cần."),
    )  # fmt: skip
    full_name = citizen_id = native_place = None  # the person's own, wherever they are admitted

    field_order = [*FACTS, *admissible.RECOGNISED, *admissible.APPROVALS, "reason", "born", "sex"]

    def __init__(self, data=None, *, row, access, **options):
        super().__init__(data, row=row, access=access, **options)
        self.fields["cell"].within(access, RECORD, ended=True)
        self.fields["cell"].required = True

    def values_of(self, row):
        named = (*FACTS, *admissible.RECOGNISED, *admissible.APPROVALS, *Traits.NAMES)
        values = {name: getattr(row, name) for name in named}
        return values | {name: day(value) for name, value in values.items() if hasattr(value, "toordinal")}

    @property
    def rest_open(self):
        """Whether an approving document stands, is wrong, or would answer a doubt."""
        said = any(name in self.errors or self[name].value() for name in admissible.APPROVALS)
        return said or any(doubt.approvable for doubt, _yes in self.doubts)

    def asked(self):
        """What `admissions.correct` takes of what was typed."""
        said = self.cleaned_data
        more = {name: said[name] for name in (*admissible.RECOGNISED, *admissible.APPROVALS)}
        return self.facts() | self.traits() | more | {"reason": said["reason"] or "", "stamp": said["stamp"]}

    def _said(self, name, value):
        return super()._said(name, self.fields["cell"].prepare_value(value) if name == "cell" else value)


class CancelForm(NearForm):
    """From which day an admission no longer counts, and why."""

    on = Day(fields.day, label=_("Hủy từ ngày"), required=True)
    reason = Parsed(
        fields.text(300),
        label=_("Lý do hủy"),
        required=True,
        help_text=_("Ghi văn bản hủy và lý do, như “QĐ 12-QĐ/HU: không đúng thẩm quyền”."),
    )

    def __init__(self, data=None, *, row, **options):
        super().__init__(data, row=row, initial={"on": day(today())}, **options)

    def values_of(self, row):
        return {}

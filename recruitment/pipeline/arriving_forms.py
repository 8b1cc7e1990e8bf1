"""What is asked of somebody who came with an organisation received from outside."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.access import RECORD
from committees.models import Committee
from committees.vietnamese import day

from .. import fields
from ..inputs import Day, Parsed
from ..models import Stage
from .arriving import STAGES
from .people import WhoForm

REST = ("ethnicity", "religion", "education", "qualification", "occupation", "union_member")
# Kept for the next person: several came by one decision.
KEPT = ("cell", "decision_number", "decided_on", "issuer", "ceremony_on")


class ReceivedForm(WhoForm):
    """One person. cells: {id: Came} where the account may record."""

    cell = forms.TypedChoiceField(label=_("Chi bộ"), coerce=int)
    decided_on = Day(fields.past_day, label=_("Ngày quyết định kết nạp"))
    decision_number = Parsed(fields.text(40), label=_("Số quyết định"))
    issuer = Parsed(fields.text(160), label=_("Cấp ra quyết định"))
    ceremony_on = Day(fields.past_day, label=_("Ngày lễ kết nạp"))
    entered_on = Day(fields.past_day, label=_("Nơi cũ đưa vào nguồn ngày"))
    stage = forms.ChoiceField(label=_("Bước đã tới"), required=False)
    stage_on = Day(fields.past_day, label=_("Tới bước ấy ngày"))
    mentor = Parsed(fields.name(80), label=_("Đảng viên giúp đỡ"))
    certificate = Parsed(fields.text(40), label=_("Số chứng nhận lớp nhận thức"))
    certified_on = Day(fields.past_day, label=_("Ngày chứng nhận"))

    def __init__(self, data=None, *, access, cells, structure, **options):
        super().__init__(data, **options)
        self.access, self.cells, self.structure = access, cells, structure
        told = sorted(cells.values(), key=lambda one: (one.day, one.name), reverse=True)
        self.fields["cell"].choices = [
            (one.cell, _("%(name)s, về ngày %(day)s") % {"name": one.name, "day": day(one.day)})
            for one in told
        ]
        self.fields["stage"].choices = [(stage.value, stage.label) for stage in STAGES]
        if not self.is_bound:
            self.fields["full_name"].widget.attrs["autofocus"] = True

    def clean(self):
        said = super().clean()
        if said.get("certificate") and not said.get("certified_on") and "certified_on" not in self.errors:
            self.add_error("certified_on", _("Ghi cả ngày cấp của chứng nhận này."))
        return said

    def asked(self):
        """What `arriving.receive` takes of what was typed."""
        said = self.cleaned_data
        cell = said["cell"]
        told = {name: said[name] or "" for name in ("decision_number", "issuer", "mentor", "certificate")}
        days = {
            name: said[name]
            for name in ("decided_on", "ceremony_on", "entered_on", "stage_on", "certified_on")
        }
        return {
            "cell": Committee(id=cell, code=self.structure.codes[self.structure.index[cell]]),
            "stage": said["stage"] or Stage.SOURCE,
            "person": self.person(),
            **told, **days, **self.chosen(),
        }  # fmt: skip

    @property
    def kept(self):
        """Of what was typed, what the next person is likely to share, as an address says it."""
        said = self.cleaned_data
        return {
            name: day(said[name]) if hasattr(said[name], "toordinal") else said[name]
            for name in KEPT
            if said[name]
        }

    @property
    def rest_open(self):
        """Whether something folded away was typed, or is wrong."""
        rest = ("mentor", "certificate", "certified_on", "citizen_id", "native_place", *REST)
        return any(self.data.get(name) or name in self.errors for name in rest)

    @property
    def sure(self):
        """Whether the citizen ID leaves no other choice."""
        return any(offer.certain for offer in self.offers)


def cells_of(access, found):
    """Of {cell id: Came} those where the account may record."""
    return {cell: one for cell, one in found.items() if access.may(RECORD, cell)}

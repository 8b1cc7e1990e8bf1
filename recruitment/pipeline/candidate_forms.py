"""What is asked of a person: on entering a cell's list, and to be put right."""

from django.utils.translation import gettext_lazy as _

from committees.access import RECORD
from committees.editing import VersionedForm
from committees.models import Committee, Kind
from committees.picking import CommitteeField
from committees.vietnamese import day, today

from .. import fields
from ..inputs import Day, Parsed
from ..models import Traits
from .people import PersonFields, WhoForm


def writer(access, entry):
    """The name of who wrote an entry within reach of RECORD; None for any other."""
    if entry is None or not access.may(RECORD, entry.committee_id):
        return None
    return str(entry.actor) if entry.actor_id else _("Người vận hành máy")


class NearForm(VersionedForm):
    """A form about one row, as a reader sees it whose `access` it is given."""

    def __init__(self, data=None, *, access, **options):
        super().__init__(data, **options)
        self.access = access

    @property
    def rival_name(self):
        """Who wrote what stands, unless that was done beyond the reader's reach."""
        return writer(self.access, self.rival) or _("Một tài khoản khác")


class CandidateForm(WhoForm):
    """A person put on a cell's list. Who may record in one cell only is not asked for it (`only`)."""

    cell = CommitteeField(label=_("Chi bộ"))
    entered_on = Day(fields.past_day, label=_("Ngày đưa vào nguồn"), required=True)
    mentor = Parsed(fields.name(80), label=_("Đảng viên giúp đỡ"))
    certificate = Parsed(fields.text(40), label=_("Số chứng nhận lớp nhận thức"))
    certified_on = Day(fields.past_day, label=_("Ngày chứng nhận"))

    def __init__(self, data=None, *, access, **options):
        options["initial"] = {"entered_on": day(today()), **(options.get("initial") or {})}
        super().__init__(data, **options)
        if not self.is_bound:
            self.fields["full_name"].widget.attrs["autofocus"] = True
        cell = self.fields["cell"]
        cell.within(access, RECORD, Kind.cells())
        self.access, self.only, only = access, None, cell.choosable.only()
        if only is not None:
            self.only = Committee(id=access.structure.ids[only], code=access.structure.codes[only])
            self.only_name = access.structure.last_place(only).name
            del self.fields["cell"]

    def clean(self):
        said = super().clean()
        born, entered, certified = (said.get(name) for name in ("born", "entered_on", "certified_on"))
        if born and entered and born >= entered:
            self.add_error("born", _("Ngày sinh phải trước ngày đưa vào nguồn."))
        if said.get("certificate") and not certified and "certified_on" not in self.errors:
            self.add_error("certified_on", _("Ghi cả ngày cấp của chứng nhận này."))
        return said

    def asked(self):
        """What `enrolment.enrol` takes of what was typed."""
        said = self.cleaned_data
        return {
            "cell": self.only or said["cell"],
            "entered_on": said["entered_on"],
            "person": self.person(),
            "mentor": said["mentor"] or "",
            "certified_on": said["certified_on"],
            "certificate": said["certificate"] or "",
            **self.chosen(),
        }

    @property
    def rest_open(self):
        """Whether something beyond the first fields was typed, or is wrong."""
        first = {"full_name", "born", "sex", "cell", "entered_on", "same", "offered"}
        return any(self.data.get(name) or name in self.errors for name in self.fields if name not in first)

    @property
    def sure(self):
        """Whether the citizen ID leaves no other choice."""
        return any(offer.certain for offer in self.offers)


class PersonForm(NearForm, PersonFields):
    """What is known of a person now, the sensitive part too."""

    def values_of(self, row):
        named = ("full_name", "citizen_id", "native_place", *Traits.NAMES)
        return {name: getattr(row, name) or "" for name in named} | {
            "born": row.born,
            "union_member": row.union_member,
        }

    def __init__(self, data=None, *, row, **options):
        super().__init__(data, row=row, initial={"born": day(row.born)}, **options)

    def asked(self):
        """What `actions.edit_person` takes of what was typed."""
        return {"stamp": self.cleaned_data["stamp"]} | self.person()

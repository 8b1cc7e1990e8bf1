"""A person as pages ask about them: the fields, and who in the register may be the same human being."""

from dataclasses import dataclass
from types import SimpleNamespace

from django import forms
from django.utils.translation import gettext_lazy as _

from committees import vietnamese
from committees.access import PEOPLE

from .. import fields
from ..inputs import Day, Parsed
from ..models import Person, Sex, Stage, Traits
from .matching import People

# The choice "none of them" among the people offered.
SOMEBODY_ELSE = "new"


class PersonFields(forms.Form):
    """What is asked of a person. The three first are needed, the rest is asked where it is known; the same parsers
    read the workbooks."""

    full_name = Parsed(fields.name(80), label=_("Họ và tên"), required=True)
    born = Day(fields.past_day, label=_("Sinh ngày"), required=True)
    sex = forms.ChoiceField(label=_("Giới tính"), choices=[("", "–"), *Sex.choices])
    citizen_id = Parsed(fields.citizen_id, label=_("Số định danh cá nhân"))
    ethnicity = Parsed(fields.text(40), label=_("Dân tộc"))
    religion = Parsed(fields.text(60), label=_("Tôn giáo"))
    education = Parsed(fields.schooling, label=_("Học vấn"))
    qualification = Parsed(fields.text(120), label=_("Chuyên môn"))
    occupation = Parsed(fields.text(120), label=_("Nghề nghiệp"))
    union_member = forms.BooleanField(label=_("Đoàn viên"), required=False)

    def traits(self):
        """What was said of the person, as stored (models.Traits)."""
        return {name: self.cleaned_data.get(name) or "" for name in Traits.NAMES} | {
            "union_member": bool(self.cleaned_data.get("union_member"))
        }


@dataclass(frozen=True)
class Alike:
    """Someone of the register who may be the one typed, within reach; `certain` where the citizen ID is the same."""

    person: Person
    certain: bool
    told: str  # where and how they stand: cell, stage or admission


def alike(access, snapshot, full_name, born, citizen_id=None):
    """[Alike] within reach of PEOPLE: the holder of the citizen ID first, then everyone of the folded name and birth
    date who is not registered under another number. Someone outside the reach is never told. Four queries."""
    line = SimpleNamespace(full_name=full_name, born=born, citizen_id=citizen_id)
    holder, namesakes = People([line]).of(line)
    found = {person.pk: person for person in filter(None, [holder, *namesakes])}
    said = {pk: [] for pk in found}
    people = Person.objects.filter(pk__in=found).prefetch_related("candidacies", "admissions")
    for person in people:
        for candidacy in person.candidacies.all():
            if access.may(PEOPLE, candidacy.cell_id):
                where = _cell(snapshot, candidacy.cell_id)
                said[person.pk].append(f"{where}, {Stage(candidacy.stage).label.lower()}")
        for admission in person.admissions.all():
            if access.may(PEOPLE, admission.cell_id):
                where, on = _cell(snapshot, admission.cell_id), vietnamese.day(admission.decided_on)
                undone = _("quyết định %s (đã hủy)") if admission.cancelled_on else _("quyết định kết nạp %s")
                said[person.pk].append(f"{where}, {undone % on}")
    return [
        Alike(person, holder is not None and pk == holder.pk, "; ".join(said[pk]))
        for pk, person in found.items()
        if said[pk]
    ]


def _cell(snapshot, committee_id):
    structure = snapshot.structure
    return structure.last_place(structure.index[committee_id]).name

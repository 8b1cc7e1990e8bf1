"""A person as pages ask about them: the fields, who in the register may be the same human being, and which was meant."""

from dataclasses import dataclass
from types import SimpleNamespace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import journal, vietnamese
from committees.access import PEOPLE
from committees.models import Committee

from .. import fields
from ..inputs import Day, Parsed
from ..models import Person, Sex, Stage, Traits
from .matching import People, same_human

# The choice "none of them" among the people offered.
SOMEBODY_ELSE = "new"


class PersonFields(forms.Form):
    """What is asked of a person. The three first are needed, the rest is asked where it is known; the same parsers
    read the workbooks."""

    full_name = Parsed(fields.name(80), label=gettext_lazy("Họ và tên"), required=True)
    born = Day(fields.past_day, label=gettext_lazy("Sinh ngày"), required=True)
    sex = forms.ChoiceField(label=gettext_lazy("Giới tính"), choices=[("", "–"), *Sex.choices])
    citizen_id = Parsed(fields.citizen_id, label=gettext_lazy("Số định danh cá nhân"))
    native_place = Parsed(fields.text(160), label=gettext_lazy("Quê quán"))
    ethnicity = Parsed(fields.text(40), label=gettext_lazy("Dân tộc"))
    religion = Parsed(fields.text(60), label=gettext_lazy("Tôn giáo"))
    education = Parsed(fields.schooling, label=gettext_lazy("Học vấn"))
    qualification = Parsed(fields.words(120), label=gettext_lazy("Chuyên môn"))
    occupation = Parsed(fields.words(120), label=gettext_lazy("Nghề nghiệp"))
    union_member = forms.BooleanField(label=gettext_lazy("Đoàn viên"), required=False)

    def traits(self):
        """What was said of the person, as stored (models.Traits)."""
        return {name: self.cleaned_data.get(name) or "" for name in Traits.NAMES} | {
            "union_member": bool(self.cleaned_data.get("union_member"))
        }

    def person(self):
        """The same with what is no trait: who it is."""
        said = self.cleaned_data
        named = {"full_name": said["full_name"], "citizen_id": said["citizen_id"]}
        return named | {"native_place": said["native_place"] or ""} | self.traits()


class WhoForm(PersonFields):
    """Who is meant, where the register may know them. `offers` are people to be chosen from; the choice stands in
    `same`. Give it `access`."""

    same = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    offered = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    offers = ()

    def offer(self, offers):
        """Show these people to choose from; the next sending says that they were shown."""
        self.offers = offers
        if self.is_bound:
            self.data = self.data.copy()
            self.data["offered"] = self.shown

    def look_again(self):
        """Show who may be the one typed, so that a choice may be made or changed."""
        said = self.cleaned_data
        if said.get("full_name") and said.get("born"):
            self.offer(alike(self.access, said["full_name"], said["born"], said.get("citizen_id")))

    @property
    def shown(self):
        return ",".join(str(offer.person.pk) for offer in self.offers)

    def chosen(self):
        """What `meant` takes of the choice."""
        said = self.cleaned_data
        return {
            "same": said["same"],
            "offered": [int(pk) for pk in said["offered"].split(",") if pk.isdecimal()],
        }


@dataclass(frozen=True)
class Alike:
    """Someone of the register who may be the one typed, within reach; `certain` where the citizen ID is the same."""

    person: Person
    certain: bool
    told: str  # where and how they stand: cell, stage or admission


class WhoIsIt(Exception):
    """Someone within reach may be the same human being: `offers` ([Alike]) are to be chosen from."""

    def __init__(self, offers):
        super().__init__()
        self.offers = offers


def alike(access, full_name, born, citizen_id=None):
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
                where = _cell(access, candidacy.cell_id)
                said[person.pk].append(f"{where}, {Stage(candidacy.stage).label.lower()}")
        for admission in person.admissions.all():
            if access.may(PEOPLE, admission.cell_id):
                where, on = _cell(access, admission.cell_id), vietnamese.day(admission.decided_on)
                undone = _("quyết định %s (đã hủy)") if admission.cancelled_on else _("quyết định kết nạp %s")
                said[person.pk].append(f"{where}, {undone % on}")
    return [
        Alike(person, holder is not None and pk == holder.pk, "; ".join(said[pk]))
        for pk, person in found.items()
        if said[pk]
    ]


def _cell(access, committee_id):
    """What a cell is called; nothing for one founded since the account's structure was read."""
    i = access.structure.index.get(committee_id)
    return "" if i is None else access.structure.name_on(i, access.today)


def meant(access, said, same="", offered=()):
    """(the person of the register that was meant, None for a newcomer; {field: message} against it). As the imports
    settle it: the citizen ID decides, also where its holder lies beyond the reach, of whom nothing is told then.

    said: full_name, born, sex, citizen_id as typed. same: the id of one of the `offered` (ids of people shown), or
    SOMEBODY_ELSE, or "" where nobody was offered. Raises WhoIsIt. Five queries.
    """
    holder = People([said]).of(said)[0]
    if holder is not None and not same_human(said, holder):
        words = _("Số này đã ghi cho người có họ tên hoặc ngày sinh khác. Xem lại số, họ tên, ngày sinh.")
        return holder, {"citizen_id": words}
    offers = alike(access, said.full_name, said.born, said.citizen_id)
    chosen = {str(offer.person.pk): offer.person for offer in offers}.get(same)
    passed_over = same == SOMEBODY_ELSE and {offer.person.pk for offer in offers} <= set(offered)
    if offers and chosen is None and not passed_over:
        raise WhoIsIt(offers)
    known = chosen or holder
    if holder is not None and (known.pk != holder.pk or (passed_over and any(o.certain for o in offers))):
        words = _("Số này là của một người khác anh chị không chọn. Xem lại số, hoặc chọn lại.")
        return known, {"citizen_id": words}
    if chosen is not None and chosen.sex != said.sex:
        return known, {"sex": _("Hồ sơ của người này ghi giới tính %s. Xem lại.") % chosen.get_sex_display()}
    return known, {}


def note_beyond(access, citizen_id):
    """Journal that an answer depended on the holder of a citizen ID who stands beyond the reach too: that the number is
    somebody's, or that their record was joined. Entered where they stand, so that whoever inspects there learns who
    asked; nothing for a number that is nobody's, or wholly within reach. Four queries at most."""
    rows = Person.objects.filter(citizen_id=citizen_id).select_related("merged_into")
    holder = rows.first() if citizen_id else None
    if holder is None:
        return
    holder = holder.kept
    cells = [row.cell_id for rows in (holder.admissions, holder.candidacies) for row in rows.all()]
    beyond = next((cell for cell in cells if not access.may(PEOPLE, cell)), None)
    if beyond is not None:
        note_met(access.account, f"recruitment.person:{holder.pk}", Committee(id=beyond))


def note_met(account, about, committee, **said):
    """The entry of it: about whom, and where they stand. Three queries."""
    journal.read_entry(account, "number-met", about=about, committee=committee, **said)


def learn(known, said):
    """The person, saved: a newcomer as said (full_name, citizen_id, native_place where it was asked, traits); of someone
    known what the register lacked, while what it says otherwise stays."""
    human = known or Person(full_name=said.full_name)
    lacking = {name: getattr(said, name, "") for name in ("citizen_id", "native_place", *Traits.NAMES)}
    lacking = {name: value for name, value in lacking.items() if value and not getattr(human, name)}
    if known is not None and (number := lacking.get("citizen_id")):
        if Person.objects.filter(citizen_id=number, merged_into=known).exists():  # theirs, and left there
            del lacking["citizen_id"]
    for name, value in lacking.items():
        setattr(human, name, value)
    if lacking or human.pk is None:
        human.save()
    return human

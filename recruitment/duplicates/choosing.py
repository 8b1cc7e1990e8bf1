"""What two records say of somebody, field by field, and which of it stands."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese

from ..models import Person, Traits

KEPT, GONE = "kept", "gone"
# {field: its label} of what is known of a person, who it is first.
FIELDS = {
    name: Person._meta.get_field(name).verbose_name
    for name in ("full_name", "born", "sex", "citizen_id", "native_place")
} | {name: Person._meta.get_field(name).verbose_name for name in Traits.NAMES if name not in {"born", "sex"}}


def value_of(person, name):
    """What the record says, "" where it says nothing."""
    value = getattr(person, name)
    return "" if value is None else value


def written(person, name):
    """The same as a reader sees it."""
    value = value_of(person, name)
    if name == "sex":
        return person.get_sex_display()
    if isinstance(value, bool):
        return _("có") if value else _("không")
    return vietnamese.day(value) if hasattr(value, "toordinal") else value


class Either(forms.RadioSelect):
    """Two to choose from; what is wrong leads to the first."""

    def id_for_label(self, id_, index=None):
        return super().id_for_label(id_, index or "0")


@dataclass(frozen=True)
class Line:
    """One field of both records: what each says; `field`: the form's, where a choice is asked."""

    label: str
    kept: str
    gone: str
    field: object
    chosen: str


class ChoiceForm(forms.Form):
    """For every field in which the records differ, whose word stands. Where only one says anything, that is proposed;
    where both do, nothing is. `stamp`, `other_stamp`: the versions of the record kept and the one that goes that the page
    showed; `known`: which list of what others learn was
    answered (`widening.key`)."""

    stamp = forms.IntegerField(widget=forms.HiddenInput)
    other_stamp = forms.IntegerField(widget=forms.HiddenInput)
    known = forms.CharField(
        required=False, widget=forms.HiddenInput, label=gettext_lazy("Những nơi ấy được biết các điều trên")
    )

    def __init__(self, data=None, *, kept, gone):
        self.kept, self.gone = kept, gone
        super().__init__(data, initial={"stamp": kept.stamp, "other_stamp": gone.stamp})
        for name in self.differing:
            said = [
                (side, person) for side, person in self._people if value_of(person, name) not in ("", False)
            ]
            self.fields[name] = forms.ChoiceField(
                label=FIELDS[name], widget=Either,
                choices=[(side, written(person, name) or _("(để trống)")) for side, person in self._people],
                initial=said[0][0] if len(said) == 1 else None,
                error_messages={"required": _("Chọn điều đúng.")},
            )  # fmt: skip

    @property
    def _people(self):
        return (KEPT, self.kept), (GONE, self.gone)

    @property
    def differing(self):
        return [name for name in FIELDS if value_of(self.kept, name) != value_of(self.gone, name)]

    @property
    def lines(self):
        """[Line] of all fields."""
        return [
            Line(
                FIELDS[name], written(self.kept, name), written(self.gone, name),
                self[name] if name in self.fields else None,
                self[name].value() if name in self.fields else "",
            )
            for name in FIELDS
        ]  # fmt: skip

    def values(self):
        """{field: value} as chosen. Of a form that is not valid: as proposed, the kept record's where nothing is."""
        people = dict(self._people)
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        chosen = {
            name: said.get(name) or self.fields[name].initial or KEPT for name in self.differing
        }  # fmt: skip
        return {name: value_of(people[chosen.get(name, KEPT)], name) for name in FIELDS}

"""What may be asked of the lists of this room, beside plan, day, tree and group."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees import vietnamese

from .forms import NOW, OneOf, QuestionForm
from .units import ALL, KINDS


class ListForm(QuestionForm):
    """A question whose conditions can be taken off one by one. committee: the one the list is about."""

    committee = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, committee, **options):
        super().__init__(data, code=committee.code, **options)
        self.data = {**self.data_items(), "committee": committee.code}

    def data_items(self):
        return self.data.dict() if hasattr(self.data, "dict") else dict(self.data)

    def label_of(self, name):
        """The words of the choice made in a field."""
        value = self.cleaned_data[name]
        return dict(self.fields[name].choices).get(value, value)

    def conditions(self):
        """[(parameter, words)] of what narrows the list, in the order of the form."""
        said, found = self.cleaned_data, []
        if said.get("plan") and not self.needs_plan:
            found.append(("plan", self.label_of("plan")))
        if said["group"]:
            found.append(("group", self.label_of("group")))
        if said["on"]:
            found.append(("on", _("Đến hết %(day)s") % {"day": vietnamese.day(said["on"])}))
        if said["tree_day"]:
            found.append(("tree_day", _("Cây ngày %(day)s") % {"day": vietnamese.day(said["tree_day"])}))
        elif said["tree_on"]:
            now = self.data.get("tree_on") == NOW
            words = (
                _("Cây hiện nay") if now else _("Cây ngày %(day)s") % {"day": vietnamese.day(said["tree_on"])}
            )
            found.append(("tree_on", words))
        return found


class UnitForm(ListForm):
    kind = OneOf(label=_("Tổ chức"), choices=KINDS, required=False)

    def conditions(self):
        kind = self.cleaned_data["kind"]
        own = [("kind", self.label_of("kind"))] if kind and kind != ALL else []
        return own + super().conditions()

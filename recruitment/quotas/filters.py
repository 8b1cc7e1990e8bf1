"""What may be asked of a list: the question of every figure, and conditions that narrow the mask behind it."""

from datetime import date

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from committees import vietnamese
from committees.access import PEOPLE
from committees.models import Committee

from .forms import OneOf, QuestionForm
from .place import name_on
from .two_views import offered
from .units import ALL, KINDS, of_kind

# Where one committee has more units below it than a menu can hold, its tree page serves better.
MOST_UNITS = 400


class ListForm(QuestionForm):
    """A question whose conditions can be taken off one by one. committee: the one the list is about."""

    committee = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, committee, **options):
        super().__init__(data, code=committee.code, **options)
        self.data = {**self.data_items(), "committee": committee.code}

    def data_items(self):
        return self.data.dict() if hasattr(self.data, "dict") else dict(self.data)

    def said(self, name):
        """What a field was given, in words."""
        if name == "tree_on":
            return str(dict(offered(self.data["tree_on"]))[self.data["tree_on"]])
        field, value = self.fields[name], self.cleaned_data[name]
        if choices := getattr(field, "choices", None):
            return str(dict(choices).get(value, value))
        if isinstance(value, date):
            return vietnamese.day(value)
        if isinstance(value, Committee):
            return name_on(self.snapshot, value.code, self.today)
        return f"“{value}”" if isinstance(value, str) else str(value)

    def conditions(self):
        """[(parameter, words)] of what the question itself asks beside its committee."""
        said, found = self.cleaned_data, []
        if said.get("plan") and not self.needs_plan:
            found.append(("plan", self.said("plan")))
        if said.get("group"):
            found.append(("group", self.said("group")))
        if said["on"]:
            found.append(("on", _("Đến hết %(day)s") % {"day": vietnamese.day(said["on"])}))
        if said.get("tree_day"):
            words = _("Theo tổ chức ngày %(day)s") % {"day": vietnamese.day(said["tree_day"])}
            found.append(("tree_day", words))
        elif said.get("tree_on"):
            found.append(("tree_on", self.said("tree_on")))
        return found


class AnytimeForm(ListForm):
    """No plan is needed to ask."""

    needs_plan = False


class Words(django_filters.CharFilter):
    """Words looked for anywhere in a name, without accents."""

    def __init__(self, **options):
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(max_length=80, **options)


class Choice(django_filters.Filter):
    """One of `choices`; the empty one leaves the list as it is."""

    field_class = OneOf


class Conditions(django_filters.FilterSet):
    """A FilterSet as ever, over rows of the snapshot in place of a queryset: each `method` is given a Narrowing and
    gives it back, narrowed. What is asked and what is filtered so stand in one line of the class."""

    class Meta:
        model = Committee  # django-filter wants one; nothing is read of it
        fields = []
        form = ListForm

    def __init__(self, params, *, snapshot, access, committee):
        super().__init__(params)
        self.snapshot, self.access, self.committee = snapshot, access, committee
        self.prepare()
        self._form = self.get_form_class()(params, snapshot=snapshot, committee=committee, today=access.today)

    def prepare(self):
        """Set what the filters offer, which depends on the snapshot."""

    def narrow(self, rows):
        """The rows (Narrowing) that meet every condition. The form must be valid."""
        for name, filter_ in self.filters.items():
            rows = filter_.filter(rows, self.form.cleaned_data[name])
        return rows

    def conditions(self):
        """[(parameter, words)] of what narrows the list, in the order of the form."""
        said = self.form.cleaned_data
        own = [
            (name, f"{filter_.label}: {self.form.said(name)}")
            for name, filter_ in self.filters.items()
            if said[name] not in {None, "", False}
        ]
        return own + self.form.conditions()


class UnitConditions(Conditions):
    """Grassroots organisations by what they did."""

    kind = Choice(label=_("Tổ chức"), choices=KINDS, method="of_kind")

    class Meta(Conditions.Meta):
        pass  # not inherited by itself

    def __init__(self, params, **about):
        super().__init__(params, **about)
        if not self.access.may(PEOPLE, self.committee.pk):
            # One organisation's count of a group is a count of persons' traits, often of one person.
            group = self.form.fields["group"]
            group.choices = group.choices[:1]
            group.error_messages["invalid_choice"] = _(
                "Số theo nhóm của từng tổ chức chỉ hiện với người được xem hồ sơ. Bỏ nhóm để xem danh sách."
            )

    def of_kind(self, units, name, kind):
        return units.narrow(of_kind(units.organisations, kind))

    def conditions(self):
        return [
            (name, words)
            for name, words in super().conditions()
            if (name, self.form.cleaned_data[name]) != ("kind", ALL)
        ]

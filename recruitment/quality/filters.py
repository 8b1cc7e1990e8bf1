"""What may be asked of the lists behind the standing checks: which check, and of whom."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..pipeline.filters import PeopleConditions
from ..quotas.filters import AnytimeForm, Choice, Conditions
from ..quotas.ground_filters import GroundConditions
from .checks import ADMISSIONS, CANDIDACIES, COMMITTEES, of_table


class FaultForm(AnytimeForm):
    """The register as it stands today: no plan, no group, no other tree."""

    def __init__(self, data, **options):
        super().__init__(data, **options)
        for name in ("plan", "group", "tree_on", "tree_day", "on"):
            del self.fields[name]

    @property
    def asked(self):
        return {"on": self.today}

    def conditions(self):
        return []


def _check(table):
    choices = [(check.code, check.label) for check in of_table(table)]
    return Choice(label=_("Điều cần xem"), choices=choices, method="failing", widget=forms.Select)


class _Failing:
    def failing(self, rows, name, code):
        return rows  # the rows are those of the check already


class CandidateConditions(_Failing, PeopleConditions):
    check = _check(CANDIDACIES)

    class Meta(PeopleConditions.Meta):
        form = FaultForm


class AdmissionConditions(_Failing, PeopleConditions):
    check = _check(ADMISSIONS)

    class Meta(PeopleConditions.Meta):
        form = FaultForm


class CommitteeConditions(_Failing, GroundConditions):
    check = _check(COMMITTEES)

    class Meta(Conditions.Meta):
        form = FaultForm

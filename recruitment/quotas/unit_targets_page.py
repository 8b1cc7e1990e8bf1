"""What the page of a committee's targets needs around them: place in the tree, the day, addresses, the moment."""

from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from committees.access import FIGURES, PEOPLE
from committees.forms import DayField

from .. import columns
from .forms import Answering, TreeField
from .links import Links
from .listing import where
from .place import crumbs, name_on
from .progress import REPORTED, Unanswerable
from .two_views import by_tree
from .unit_targets import unit_targets


def address(code, on=None, tree_on=""):
    """Where all targets of a committee stand, today or on a day."""
    said = {"committee": code, "on": on.isoformat() if on else "", "tree_on": tree_on}
    return f"{reverse('recruitment:unit-targets')}?{urlencode({k: v for k, v in said.items() if v})}"


class DayForm(Answering, forms.Form):
    """On which day (today where none is said), by which tree."""

    on = DayField(label=_("Vào ngày"))
    tree_on = TreeField()

    def __init__(self, data, *, today):
        super().__init__(data)
        self.fields["tree_on"].offer(self.data.get("tree_on"), today)


class UnitTargetsPage:
    """`found` is None where the address asked for what has no answer. 404, 403 as the door."""

    def __init__(self, access, params):
        self.access = access
        self.committee = where(access, FIGURES, params.get("committee"))
        self.snapshot = columns.current()
        self.people = access.may(PEOPLE, self.committee.pk)
        self.form = DayForm(params, today=access.today)
        self.moment = timezone.localtime()
        self.found = self._answer() if self.form.is_valid() else None

    def _answer(self):
        said, today = self.form.cleaned_data, self.access.today
        on = said["on"] or today
        # Of a day to come there is no other tree yet.
        tree_on = said["tree_on"] if on <= today else None
        try:
            return unit_targets(
                self.snapshot, self.committee.code, on=on, today=today, people=self.people, tree_on=tree_on
            )
        except Unanswerable as error:
            self.form.refused(error)
            return None

    @property
    def view(self):
        """Which of the two views it is."""
        return by_tree(self.on, self.found.question.tree_on)

    @property
    def status(self):
        return 400 if self.form.errors else 200

    @property
    def on(self):
        return self.found.question.on

    @cached_property
    def name(self):
        if self.found:
            return self.found.name
        return name_on(self.snapshot, self.committee.code, self.access.today)

    @cached_property
    def crumbs(self):
        question = self.found and self.found.question
        return crumbs(self.access, question.tree, question.position) if question else []

    @cached_property
    def terms(self):
        """[(Term, [(Held, Links)], [(Several, plan, Links)], Links of the plan of admissions beside the other)]."""
        return [
            (
                term,
                [(held, self._links(held)) for held in term.held],
                [(said, held.plan, self._links(held)) for said, held in term.several],
                term.beside and self._links(term.beside.admitted),
            )
            for term in (self.found.terms if self.found else ())
        ]

    def _links(self, held):
        return Links(held.question, people=self.people, reported=held.standing.basis == REPORTED)

    @property
    def others(self):
        """[(plan, address of its last day)] of other times, or of its first where it is still to come."""
        tree_on = self.form.data.get("tree_on", "")
        return [
            (
                plan,
                address(
                    self.committee.code, plan.last_day if plan.last_day < self.on else plan.since, tree_on
                ),
            )
            for plan in self.found.others
        ]

    @property
    def query(self):
        """The same question, for a file."""
        said = {
            "committee": self.committee.code,
            "on": self.on.isoformat(),
            "tree_on": self.form.data.get("tree_on"),
        }
        return urlencode({name: value for name, value in said.items() if value})

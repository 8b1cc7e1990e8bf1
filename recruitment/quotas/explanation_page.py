"""What the page of an explanation needs around it: place in the tree, form, addresses, who wrote what, the moment."""

from functools import partial

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from committees import journal
from committees.access import FIGURES, JOURNAL, PEOPLE

from .. import columns
from .explain import explain
from .forms import QuestionForm
from .left_out import MOVED_IN
from .links import Links
from .listing import where
from .place import crumbs, name_on
from .plan_tables import who
from .plans import concerns
from .who_may import who_may


class ExplanationForm(QuestionForm):
    """The question, also of one year of a plan that gives a count of each."""

    year = forms.IntegerField(label=_("Năm thứ mấy của kế hoạch"), required=False, widget=forms.HiddenInput)

    @property
    def asked(self):
        return super().asked | {"year": self.cleaned_data["year"]}


class YearLinks(Links):
    """Of one year of a plan: lists ask for a plan's whole period, and can be narrowed to a year of the calendar alone."""

    def admissions(self, code="", **narrower):
        plan = self.question.plan
        whole = (plan.since.month, plan.since.day, plan.last_day.year) == (1, 1, plan.since.year)
        return super().admissions(code, year=plan.since.year) if whole else ""

    def left_out(self, reason):
        return ""


class ExplanationPage:
    def __init__(self, access, snapshot, committee, form, found):
        self.access, self.snapshot, self.committee = access, snapshot, committee
        self.form, self.found = form, found
        self.moment = timezone.localtime()

    @classmethod
    def asked(cls, access, params):
        """The page for what an address asks; `found` is None where it has no answer. 404, 403 as the door."""
        committee = where(access, FIGURES, params.get("committee"))
        snapshot = columns.current()
        people = access.may(PEOPLE, committee.pk)
        form = ExplanationForm(params, snapshot=snapshot, code=committee.code, today=access.today)
        found = form.answer(partial(explain, snapshot, committee=committee.code, people=people))
        return cls(access, snapshot, committee, form, found)

    @property
    def status(self):
        return 400 if self.form.errors else 200

    @cached_property
    def name(self):
        if self.found:
            return self.found.node.name
        return name_on(self.snapshot, self.committee.code, self.access.today)

    @cached_property
    def crumbs(self):
        """The committees above the one whose figure it is."""
        if not self.found:
            return []
        question = self.found.question
        return crumbs(self.access, question.tree, question.position)

    @cached_property
    def links(self):
        found = self.found
        kind = YearLinks if found and found.year else Links
        return found and kind(found.question, people=found.people, reported=found.reported)

    @property
    def dashboard(self):
        return self.links.dashboard(self.committee.code)

    @property
    def plan_opens(self):
        """Whether the page of the plan itself opens for this reader."""
        return concerns(self.access, self.found.plan, FIGURES)

    @cached_property
    def _entries(self):
        return journal.entries_of([self.found.plan, *self.found.terms.rows])

    @property
    def plan_writer(self):
        """Who wrote the plan, and on which day."""
        return who(self._entries.get(self.found.plan.stamp))

    @cached_property
    def versions(self):
        """[(Version, who wrote it)] of the committee's own target, the oldest first."""
        return [(version, who(self._entries.get(version.stamp))) for version in self.found.terms.versions]

    @cached_property
    def parts(self):
        """[(Part, who wrote its row)] of the committees that ended here; a share has no row of its own."""
        return [
            (part, who(self._entries.get(part.version.stamp)) if part.version else "")
            for part in self.found.terms.parts
        ]

    @cached_property
    def lines(self):
        """[(Line, whether its count may be shown, address of the rows behind it)]."""
        return [(line, shown, self.links.left_out(line.reason)) for line, shown in self.found.lines]

    @property
    def moved_in(self):
        """The people counted elsewhere who belong here since; "" for who sees figures only."""
        return self.links.left_out(MOVED_IN)

    @cached_property
    def behind(self):
        """{right: Opens} of what lies behind the figure."""
        opens = {one.right: one for one in who_may(self.access, self.committee.pk)}
        return {"people": opens[PEOPLE], "journal": opens[JOURNAL]}

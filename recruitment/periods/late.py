"""The facts behind a correction: who was entered, corrected or cancelled since a report was sent, of the days it is of.
Worked out backwards from the journal, as every figure of the past is (`quotas.past`)."""

from functools import cached_property

from django.utils.translation import gettext as _

from committees import deeds
from committees.access import FIGURES, PEOPLE

from ..models import Admission, Plan
from ..quotas import since_words
from ..quotas.past import past
from ..quotas.progress import Unanswerable
from ..quotas.question import Question, Selection
from ..quotas.since import EFFECT, shifts_between

MOST = 100  # lines shown


class Line:
    """One fact of which the register says something else since. name: of the person, "" where it may not be told."""

    def __init__(self, shift, name, words):
        self.shift, self.person, self.words = shift, name, words

    @property
    def who(self):
        return deeds.doer(self.shift.told) if self.shift.told else "–"

    @property
    def at(self):
        return self.shift.told and self.shift.told.at

    @property
    def kind(self):
        return since_words.kind_words(self.shift.kind)

    @property
    def effect(self):
        return EFFECT[self.shift.kind]


class Late:
    """What came since a Submission, of the admissions decided in its period. `fault`: why it cannot be told; "" else."""

    def __init__(self, access, snapshot, owing, duty, submission):
        self.access, self.snapshot, self.owing = access, snapshot, owing
        self.duty, self.submission = duty, submission
        self.people = access.may(PEOPLE, duty.pk)
        self.fault, self.shifts = "", []
        try:
            self.shifts = self._shifts()
        except Unanswerable as why:
            self.fault = str(why)

    def _shifts(self):
        period = self.owing.period
        # The days alone are asked for: a plan that nobody set.
        self.plan = Plan(pk=0, code=":", name=period.name, since=period.since, until=period.until)
        tree = self.snapshot.tree(period.last_day)
        day, position = period.last_day, tree.of(self.duty.pk)
        question = Question(self.plan, None, day, day, day, tree, position)
        self.past = past(self.snapshot, self.plan, number=self.submission.as_of, tree_on=day)
        then, now = (Selection(of, question) for of in (self.past.snapshot, self.snapshot))
        return shifts_between(self.past, question, then, now)

    @property
    def effect(self):
        """By how many the count of the period moved."""
        return sum(EFFECT[shift.kind] for shift in self.shifts)

    @property
    def more(self):
        """How many facts are not shown."""
        return max(0, len(self.shifts) - MOST)

    @cached_property
    def lines(self):
        """[Line], the latest deed first; only for who may see persons. One query."""
        if not self.people:
            return []
        shown = self.shifts[:MOST]
        rows = Admission.objects.filter(pk__in=[shift.pk for shift in shown]).select_related("person")
        persons = {row.pk: row.person for row in rows if self.access.may(PEOPLE, row.cell_id)}
        return [Line(shift, persons.get(shift.pk), self._words(shift)) for shift in shown]

    def _words(self, shift):
        return since_words.shift_words(shift, self.snapshot.admissions, "decided", self._place)

    def _place(self, cell_id, day):
        if not self.access.may(FIGURES, cell_id):
            return _("nơi khác")
        structure = self.snapshot.structure
        return structure.name_on(structure.index[cell_id], day or self.owing.period.last_day)

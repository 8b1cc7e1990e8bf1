"""What the page of an explanation needs around it: place in the tree, form, addresses, the moment."""

from functools import partial

from django.utils import timezone
from django.utils.functional import cached_property

from committees.access import FIGURES, PEOPLE

from .. import columns
from .explain import explain
from .forms import QuestionForm
from .links import Links
from .listing import where
from .place import crumbs, name_on


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
        form = QuestionForm(params, snapshot=snapshot, code=committee.code, today=access.today)
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
        """The committees above, and this one, whose figure it is."""
        if not self.found:
            return []
        question = self.found.question
        return crumbs(self.access, question.tree, question.position)

    @cached_property
    def links(self):
        found = self.found
        return found and Links(found.question, people=found.people, has_units=False, reported=found.reported)

    @property
    def dashboard(self):
        return self.links.dashboard(self.committee.code)

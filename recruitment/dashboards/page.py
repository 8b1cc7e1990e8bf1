"""What the dashboard's template needs around a Summary: place in the tree, form, addresses, the moment."""

from functools import partial
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from committees.access import FIGURES, PEOPLE, RECORD
from committees.models import Kind

from .. import columns
from ..pipeline.still import dossiers
from ..quotas.forms import QuestionForm
from ..quotas.links import Links
from ..quotas.place import crumbs, name_on
from .summary import summary


class Page:
    def __init__(self, access, snapshot, committee, form, found):
        self.access, self.snapshot, self.committee = access, snapshot, committee
        self.form, self.found = form, found
        self.moment = timezone.localtime()

    @classmethod
    def asked(cls, access, committee, params):
        """The page of a committee the door gave, for what an address asks; `found` is None where it has no answer."""
        snapshot = columns.current()
        audience = PEOPLE if access.may(PEOPLE, committee.pk) else FIGURES
        form = QuestionForm(params, snapshot=snapshot, code=committee.code, today=access.today)
        found = form.answer(partial(summary, snapshot, committee=committee.code, audience=audience))
        return cls(access, snapshot, committee, form, found)

    @cached_property
    def name(self):
        if self.found:
            return self.found.node.name
        return name_on(self.snapshot, self.committee.code, self.access.today)

    @cached_property
    def crumbs(self):
        if self.found:
            return crumbs(self.access, self.found.question.tree, self.found.node.position)
        tree = self.snapshot.tree(self.access.today)
        p = tree.of(self.committee.pk)
        return crumbs(self.access, tree, p) if p >= 0 else []

    @cached_property
    def links(self):
        found = self.found
        if found is None:
            return None
        return Links(
            found.question, people=found.people, has_units=found.units is not None, reported=found.reported
        )

    @cached_property
    def dossiers(self):
        """(the table of a cell's own dossiers with their latest days, how many); None where there are none, the plan is
        not running, or who asks may not see persons. One query."""
        outlook = self.found and self.found.outlook
        if not outlook or not outlook.is_cell or not self.found.people or outlook.told.latest is None:
            return None
        table, count = dossiers(self.snapshot, self.found.question, outlook.told)
        return (table, count) if count else None

    @property
    def units_file(self):
        """The table of units as a workbook: the same question."""
        where = reverse("recruitment:children-export", args=["xlsx"])
        return f"{where}?{urlencode({'committee': self.committee.code})}&{self.links.query}"

    @property
    def may_mark(self):
        """Whether the reader may say of this very cell that it has nobody left to recruit."""
        tree, p = self.found.found.tree, self.found.node.position
        return tree.kind(p) in Kind.cells() and self.access.may(RECORD, self.committee.pk)

    @cached_property
    def message(self):
        found = self.found
        return found.words.message(
            found.admitted, instead=found.instead, unknown=found.unknown, veiled=found.veiled,
            several=found.several,
        )  # fmt: skip

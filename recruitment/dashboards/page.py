"""What the dashboard's template needs around a Summary: place in the tree, form, addresses, the moment."""

from django.utils import timezone
from django.utils.functional import cached_property

from ..quotas.links import Links
from ..quotas.place import crumbs, name_on


class Page:
    def __init__(self, access, snapshot, committee, form, found):
        self.access, self.snapshot, self.committee = access, snapshot, committee
        self.form, self.found = form, found
        self.moment = timezone.localtime()

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
    def message(self):
        return self.found.words.message(self.found.admitted, unknown=self.found.unknown)

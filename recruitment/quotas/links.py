"""Addresses of the lists and dashboards behind figures: the same question, carried on, never more than may be seen."""

from urllib.parse import urlencode

from django.urls import reverse


class Links:
    """Builds addresses from a Question. people: whether lists of persons may be offered at all."""

    def __init__(self, question, *, people, has_units=False, reported=False):
        self.question, self.people = question, people
        self.has_units, self.reported = has_units, reported
        self.said = {
            "plan": question.plan.code if question.plan else "",
            "on": question.on.isoformat(),
            "tree_on": question.tree_on.isoformat() if question.tree_on != question.on else "",
            "group": question.group.code if question.group else "",
        }

    def _query(self, **more):
        return urlencode({name: value for name, value in {**self.said, **more}.items() if value})

    def dashboard(self, code):
        return f"{reverse('recruitment:dashboard', args=[code])}?{self._query()}"

    def admissions(self, code="", **narrower):
        """The admissions counted for a committee (this one by default). Who sees figures only is led to the units
        below it instead, and nowhere from a part of them."""
        here = not code or code == self.question.code
        if self.people and not (self.reported and here):
            where = code or self.question.code
            return f"{reverse('recruitment:admission-list')}?{self._query(committee=where, **narrower)}"
        if narrower:
            return ""
        if not here:
            return self.dashboard(code)
        return "#so-bao-cao" if self.reported else "#don-vi" if self.has_units else ""

    def candidacies(self, stage):
        if not self.people:
            return ""
        query = self._query(committee=self.question.code, stage=stage)
        return f"{reverse('recruitment:candidacy-list')}?{query}"

    def part(self, partition, line):
        """The admissions in one line of a partition, or in one group."""
        return (
            self.admissions(also=line)
            if partition == "group"
            else self.admissions(band=f"{partition}:{line}")
        )

    def line(self, opens):
        """What a row of the pipeline opens: (list, filter value)."""
        which, value = opens
        return self.admissions(ceremony=value) if which == "admissions" else self.candidacies(value)

    def units(self, kind, code=""):
        """Grassroots organisations of a kind (admitted, none, no-source, idle, all) under a committee."""
        query = self._query(committee=code or self.question.code, kind=kind)
        return f"{reverse('recruitment:unit-list')}?{query}"

    def quotas(self, code=""):
        return f"{reverse('recruitment:quota-list')}?{self._query(committee=code or self.question.code)}"

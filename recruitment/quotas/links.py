"""Addresses of the lists, dashboards and explanations behind figures: the same question, carried on, never more than
may be seen. A count opens its list, a percentage its explanation."""

from functools import cache, lru_cache
from urllib.parse import quote, quote_plus, urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

_quoted = lru_cache(maxsize=8192)(quote_plus)


def explained(plan, committee, *, on=None, tree_on=None, group=""):
    """The address of the page that explains a percentage: plan, committee, group by code, days as dates."""
    said = {
        "plan": plan,
        "committee": committee,
        "on": on.isoformat() if on else "",
        "tree_on": tree_on.isoformat() if tree_on and tree_on != on else "",
        "group": group,
    }
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{reverse('recruitment:explanation')}?{query}"


def percentage(text, address):
    """A percentage as written, as a link to its explanation; plain where there is none. It looks and is called otherwise
    than a count, which opens a list."""
    if not address:
        return text
    return format_html(
        '<a class="why" href="{}" aria-label="{}">{}</a>', address, _("%s, giải thích") % text, text
    )


class Links:
    """Builds addresses from a Question. people: whether lists of persons may be offered at all."""

    def __init__(self, question, *, people, has_units=False, reported=False):
        self.question, self.people = question, people
        self.has_units, self.reported = has_units, reported
        self.said = {
            "plan": question.plan.code if question.plan else "",
            "on": question.on.isoformat(),
            # A committee that ended is shown by the tree of its last day, which is the default and may not be asked for.
            "tree_on": question.tree_on.isoformat() if question.tree_on > question.on else "",
            "group": question.group.code if question.group else "",
        }

        self.query = urlencode({name: value for name, value in self.said.items() if value})
        # Asked for each of a hundred numbers: resolved once.
        self._address = cache(reverse)
        self._dashboards = reverse("recruitment:dashboard", args=["-"]).removesuffix("-/")

    def _to(self, name, **more):
        narrower = "".join(f"&{key}={_quoted(str(value))}" for key, value in more.items())
        return f"{self._address(f'recruitment:{name}')}?{self.query}{narrower}"

    def dashboard(self, code):
        return f"{self._dashboards}{quote(code)}/?{self.query}"

    def under(self, plan):
        """The same dashboard under another plan (a code)."""
        query = urlencode({name: value for name, value in (self.said | {"plan": plan}).items() if value})
        return f"{self._dashboards}{quote(self.question.code)}/?{query}"

    def explained(self, code="", **otherwise):
        """The explanation of what a committee (this one by default) reached in per cent. otherwise: what of the question
        is another for this percentage (group, on). Nothing without a plan, nor for the children of a committee that
        ended: no address can ask for them by its last tree."""
        here = not code or code == self.question.code
        if self.question.plan is None or not (here or self.question.tree_on >= self.question.on):
            return ""
        if not otherwise:
            return self._to("explanation", committee=code or self.question.code)
        said = self.said | otherwise | {"committee": code or self.question.code}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{self._address('recruitment:explanation')}?{query}"

    def admissions(self, code="", **narrower):
        """The admissions counted for a committee (this one by default). Who sees figures only is led to the units
        below it instead, and nowhere from a part of them."""
        here = not code or code == self.question.code
        if self.people and not (self.reported and here):
            where = code or self.question.code
            return self._to("admission-list", committee=where, **narrower)
        if narrower:
            return ""
        if not here:
            return self.dashboard(code)
        return "#so-bao-cao" if self.reported else "#don-vi" if self.has_units else ""

    def left_out(self, reason):
        """The rows that one reason (`left_out.REASONS`) keeps out of the figure; nowhere for who sees figures only."""
        if not self.people:
            return ""
        return self._to("admission-list", committee=self.question.code, left_out=reason)

    def candidacies(self, stage):
        if not self.people:
            return ""
        return self._to("candidacy-list", committee=self.question.code, stage=stage)

    def still(self, which, stage=""):
        """The dossiers that have time enough (which: in time, or losing the certificate first), at a stage if named."""
        if not self.people:
            return ""
        narrower = {"stage": stage} if stage else {}
        return self._to("forecast-list", committee=self.question.code, still=which, **narrower)

    def part(self, partition, line):
        """The admissions in one line of a partition, or in one group."""
        return (
            self.admissions(also=line)
            if partition == "group"
            else self.admissions(band=f"{partition}:{line}")
        )

    def group(self, code):
        """The same dashboard asked for one group."""
        return f"{self.dashboard(self.question.code)}&group={_quoted(code)}"

    def line(self, opens):
        """What a row of the pipeline opens: (list, filter value)."""
        which, value = opens
        return self.admissions(ceremony=value) if which == "admissions" else self.candidacies(value)

    def units(self, kind, code=""):
        """Grassroots organisations of a kind (admitted, none, no-source, idle, all) under a committee."""
        return self._to("unit-list", committee=code or self.question.code, kind=kind)

    def changes(self, code="", since=None):
        """What was entered, corrected or cancelled since this figure was looked at on a day; the whole's, not a group's."""
        said = self.said | {"group": "", "committee": code or self.question.code}
        said |= {"since": since.isoformat() if since else ""}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{self._address('recruitment:change-list')}?{query}"

    def targets(self, code=""):
        """Every target of a committee on the same day, across plans."""
        said = {"committee": code or self.question.code} | {
            name: self.said[name] for name in ("on", "tree_on")
        }
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{self._address('recruitment:unit-targets')}?{query}"

    def road(self, code):
        """The open candidacies at and below a committee; nothing for who sees figures only."""
        return self._to("candidacy-list", committee=code) if self.people else ""

    def sourceless(self, code=""):
        """The organisations marked as having no source at and below a committee."""
        return self._to("sourceless-list", committee=code or self.question.code)

    def settlements(self, code="", state=""):
        """The settlements at and below a committee, those in a state where one is named."""
        narrower = {"state": state} if state else {}
        return self._to("settlement-list", committee=code or self.question.code, **narrower)

    def cells(self, code="", state=""):
        """The cells at and below a committee that are under three official members, or in the state named."""
        narrower = {"state": state} if state else {}
        return self._to("cell-list", committee=code or self.question.code, **narrower)

    def quotas(self, code=""):
        return self._to("quota-list", committee=code or self.question.code)

"""Our own figure beside a published one: asked of the same calculation every page uses, never stored."""

from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from functools import cache
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from committees import vietnamese
from committees.vietnamese import fold

from ..models import Claim
from ..quotas.breakdown import partition_counts
from ..quotas.links import explained
from ..quotas.organisations import Organisations
from ..quotas.progress import REPORTED, Unanswerable, progress
from ..quotas.question import Selection, ask


@dataclass(frozen=True)
class Ours:
    """A figure of this register: exact value (percentages as percentages), as written, and where it is computed.
    is_explained: whether that is the explanation of a share of a target, not a dashboard."""

    value: Fraction
    text: str
    address: str
    is_percent: bool = False
    is_reported: bool = False
    is_explained: bool = False


class Resolver:
    """Answers claims from one snapshot; each distinct question is computed once. No query."""

    def __init__(self, snapshot):
        self.snapshot = snapshot
        self.ask = cache(self._ask)

    def find(self, claim):
        """Ours for a Claim, or None where it names none or the register has nothing to answer with."""
        if not claim.ours:
            return None
        try:
            return _BY_KIND[claim.ours](self, claim)
        except Unanswerable:
            return None

    def _ask(self, plan, committee, on, group):
        return progress(self.snapshot, plan, committee, on=on, group=group or None)

    def _standing(self, claim, group=""):
        return self.ask(claim.plan_code, claim.committee_code, claim.on, group)

    def _attainment(self, claim):
        if claim.field in _COUNTED:
            return _COUNTED[claim.field](self, claim)
        found = self._standing(claim, claim.group_code)
        value = _FIELDS[claim.field](found)
        if value is None:
            return None
        said = found.previous if claim.field == "previous" else found
        ours = _ours(claim, value, claim.field == "percent", said.basis == REPORTED)
        if not ours.is_percent:
            return ours
        why = explained(claim.plan_code, claim.committee_code, on=claim.on, group=claim.group_code)
        return replace(ours, address=why, is_explained=True)

    def _share(self, claim):
        part, whole = self._standing(claim, claim.group_code), self._standing(claim)
        if part.basis != whole.basis:
            # A reported total and no word of the group: the records' nought would be a false 0 %.
            return None
        value = _percent(part.admitted, whole.admitted)
        return None if value is None else _ours(claim, value, True, whole.basis == REPORTED)

    def _selection(self, claim):
        question, found = ask(self.snapshot, claim.committee_code, plan=claim.plan_code, on=claim.on)
        return Selection(self.snapshot, question), found

    def _no_source(self, claim):
        """Organisations without source of all grassroots organisations, with its fraction."""
        selection, found = self._selection(claim)
        told = Organisations(self.snapshot, selection.question, found).no_source_at(
            selection.question.position
        )
        if not told.whole:
            return None
        share = _ours(claim, _percent(told.count, told.whole), True, told.figure is not None)
        fraction = f"{vietnamese.number(told.count)}/{vietnamese.number(told.whole)}"
        return replace(share, text=f"{fraction} = {share.text}")

    def _upper_secondary(self, claim):
        """New members with upper secondary schooling (THPT), of all."""
        selection, found = self._selection(claim)
        counts = partition_counts(selection.rows, selection.chosen, "education")
        if found.basis == REPORTED or not found.admitted:
            return None
        return _ours(claim, _percent(counts["THPT"], found.admitted), True, False)

    def _committee_id(self, claim):
        structure = self.snapshot.structure
        i = structure.by_code.get(claim.committee_code)
        return None if i is None else structure.ids[i]

    def _reported(self, claim):
        small = self.snapshot.small
        group = small.group_ids.get(claim.group_code) if claim.group_code else None
        wanted = (fold(claim.field), claim.on + timedelta(days=1), group)
        matching = [
            figure
            for figure in small.reported.get(self._committee_id(claim), ())
            if (fold(figure.indicator), figure.until, figure.group_id) == wanted
        ]
        if not matching:
            return None
        # Two periods may end on one day (the term, the year): a claim means the longer.
        return _ours(claim, min(matching, key=lambda figure: figure.since).value, False, True)

    def _headcount(self, claim):
        for count in self.snapshot.small.headcounts.get(self._committee_id(claim), ()):
            if count.day == claim.on:
                return _ours(claim, count.members, False, False)
        return None


def _percent(part, whole):
    """The exact percentage: what is printed is judged on the unrounded value. None without a whole."""
    return Fraction(100 * part, whole) if whole else None


_BY_KIND = {
    Claim.Ours.ATTAINMENT: Resolver._attainment,
    Claim.Ours.SHARE: Resolver._share,
    Claim.Ours.REPORTED: Resolver._reported,
    Claim.Ours.HEADCOUNT: Resolver._headcount,
}
_COUNTED = {"no_source": Resolver._no_source, "upper_secondary": Resolver._upper_secondary}
_FIELDS = {
    "admitted": lambda found: found.admitted,
    "target": lambda found: found.goal,
    "percent": lambda found: _percent(found.admitted, found.goal),
    "surplus": lambda found: found.surplus,
    "met": lambda found: found.met,
    "previous": lambda found: found.previous and found.previous.admitted,
    "difference": lambda found: found.previous and found.previous.difference,
    "yearly": lambda found: Fraction(found.admitted, found.plan.last_day.year - found.plan.since.year + 1),
}


def _ours(claim, value, percent, reported):
    exact = Fraction(value)
    if percent:
        text = vietnamese.percent_text(exact)
    else:
        text = vietnamese.number(int(exact)) if exact.denominator == 1 else vietnamese.decimal(exact)
    return Ours(exact, text, _address(claim), percent, reported)


def _address(claim):
    """The dashboard that shows the figure; empty as long as there is no such page."""
    asked = {"plan": claim.plan_code, "on": claim.on.isoformat() if claim.plan_code and claim.on else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    try:
        address = reverse("recruitment:dashboard", args=[claim.committee_code])
    except NoReverseMatch:
        return ""
    return f"{address}?{query}" if query else address

"""The list of what differs between levels and sources, and the page of one difference. Know no HTTP but the door."""

from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np
from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese
from committees.access import FIGURES, PEOPLE

from .. import columns
from ..quotas import veil
from ..quotas.listing import where
from ..quotas.reported import value_words
from .answers import AGREED, APART, OPEN, asked
from .gap_forms import GapFilter
from .gaps import CLOSING, FLOWS, RECORDS, find

PER_PAGE = 50
STATES = {
    OPEN: (gettext_lazy("chờ trả lời"), "ask", "t-ask"),
    AGREED: (gettext_lazy("đã thống nhất"), "check", "t-met"),
    APART: (gettext_lazy("vẫn khác nhau"), "ne", "t-over"),
}


@dataclass(frozen=True)
class SideWords:
    """A side as shown: who, its own number where it is a part of a sum, what it answered and whether that still stands."""

    side: object
    code: str
    name: str
    number: str
    answers: list  # [(GapAnswer, its number as written, whether it is about the figures of today)]

    @property
    def latest(self):
        return self.answers[0] if self.answers else None


class Line:
    """One difference, in words."""

    def __init__(self, access, snapshot, asked, groups):
        self.access, self.asked, self.gap = access, asked, asked.gap
        self.structure = snapshot.structure
        self.group = groups.get(self.gap.group, "")

    def _name(self, pk):
        return self.structure.name_on(self.structure.index[pk], self.gap.last_day)

    def _code(self, pk):
        return self.structure.codes[self.structure.index[pk]]

    @property
    def name(self):
        """Of the committee whose figure it is; only of a side where the reader may not see that."""
        return self._name(self.gap.committee if self.asked.whole else self.asked.sides[0].committee)

    @property
    def thing(self):
        return f"{self.gap.indicator}, {self.group}" if self.group else self.gap.indicator

    @property
    def period(self):
        first, last = self.gap.since, self.gap.last_day
        return vietnamese.day(last) if first == last else f"{vietnamese.day(first)} – {vietnamese.day(last)}"

    @property
    def said(self):
        return value_words(self.gap.said)

    @cached_property
    def veiled(self):
        """What stands for the second figure where who sees figures only would be told of fewer than five; "" where not."""
        gap = self.gap
        if gap.among is None or self.access.may(PEOPLE, gap.committee):
            return ""
        return veil.instead(int(gap.other), gap.among)

    @property
    def other(self):
        return self.veiled or value_words(self.gap.other)

    @property
    def difference(self):
        """Of the two figures; "" where the second is not told, which it would give away."""
        if self.veiled:
            return ""
        gap = self.gap.said - self.gap.other
        return vietnamese.signed(int(gap)) if gap.denominator == 1 else vietnamese.decimal(gap)

    @property
    def behind(self):
        """Where the second figure comes from: the admissions for who may see persons, or the table of movements."""
        gap, code = self.gap, self._code(self.gap.committee)
        if gap.kind == RECORDS and gap.group is None and self.access.may(PEOPLE, gap.committee):
            said = {"committee": code, "decided_from": gap.since.isoformat(), "on": gap.last_day.isoformat()}
            return f"{reverse('recruitment:admission-list')}?{urlencode(said)}"
        if gap.kind in (FLOWS, CLOSING):
            quarter = (gap.since.month + 2) // 3 if (gap.until - gap.since).days < 100 else 0
            said = {"committee": code, "year": gap.since.year, "part": quarter}
            return f"{reverse('recruitment:flow-sheet')}?{urlencode(said)}"
        return ""

    @property
    def state(self):
        return STATES[self.asked.state]

    @property
    def address(self):
        committee = self.gap.committee if self.asked.whole else self.asked.sides[0].committee
        return reverse("recruitment:gap", args=[self._code(committee), self.gap.key])

    @cached_property
    def sides(self):
        return [
            SideWords(
                side, self._code(side.committee), self._name(side.committee),
                "" if side.number is None else value_words(side.number),
                [(answer, value_words(answer.number), self.asked.holds(answer)) for answer in side.answers],
            )
            for side in self.asked.sides
        ]  # fmt: skip

    @property
    def waiting(self):
        """Names of the sides that have not answered yet."""
        return [self._name(side.committee) for side in self.asked.waiting]

    @property
    def mine(self):
        return bool(self.asked.mine)


def _lines(access, snapshot, inside):
    """[Line] of the differences of a mask over committee indexes, and of those above it of which a side lies in it."""
    tree, index = snapshot.tree(access.today), snapshot.structure.index
    tops = {int(tree.up[p]) for p in tree.position[inside].tolist() if p >= 0} - {-1}
    around = inside | np.isin(tree.position, sorted(tops))
    gaps = [
        gap
        for gap in find(snapshot, around, access.today)
        if inside[index[gap.committee]] or any(inside[index[pk]] for pk, _number in gap.parts)
    ]
    groups = {group.pk: group.name for group in snapshot.groups}
    found = asked(access, gaps, lambda gap: access.may(FIGURES, gap.committee))
    return [Line(access, snapshot, one, groups) for one in found]


def _below(snapshot, access, committee_id):
    """Mask of the committees that stand at and below a committee today."""
    tree = snapshot.tree(access.today)
    p = tree.of(committee_id)
    if p < 0:
        raise Http404
    return (tree.position >= p) & (tree.position < int(tree.end[p]))


class GapList:
    """What differs at and below a committee, as far as the account may see. 404, 403 as the door."""

    def __init__(self, access, params):
        self.access = access
        self.committee = where(access, FIGURES, params.get("committee"))
        self.snapshot = columns.current()
        self.moment = timezone.localtime()
        self.form = GapFilter(params, committee=self.committee.code)
        self.page_asked = params.get("page")

    @property
    def status(self):
        return 400 if self.form.errors else 200

    @cached_property
    def name(self):
        structure = self.snapshot.structure
        return structure.name_on(structure.by_code[self.committee.code], self.access.today)

    @cached_property
    def all(self):
        return _lines(self.access, self.snapshot, _below(self.snapshot, self.access, self.committee.pk))

    @cached_property
    def lines(self):
        if not self.form.is_valid():
            return []
        year, state = self.form.cleaned_data["year"], self.form.cleaned_data["state"]
        return [
            line
            for line in self.all
            if (not year or line.gap.last_day.year == year) and (not state or line.asked.state == state)
        ]

    @property
    def mine(self):
        """Differences that wait for an answer the account itself may give."""
        return [line for line in self.all if line.mine]

    @property
    def open(self):
        return [line for line in self.all if line.asked.state == OPEN]

    @cached_property
    def page(self):
        return Paginator(self.lines, PER_PAGE).get_page(self.page_asked)

    @property
    def conditions(self):
        """The filter in words, for an export."""
        said = self.form.cleaned_data
        year = [_("năm %d") % said["year"]] if said["year"] else []
        return year + ([str(STATES[said["state"]][0])] if said["state"] else [])


def one(access, code, key):
    """(Line, committee) of the difference of that key in which the committee of that code is a side or the whole. Http404
    where there is none (any more); 404, 403 as the door."""
    committee = access.committee(code, FIGURES)
    snapshot = columns.current()
    inside = np.zeros(len(snapshot.structure.ids), bool)
    inside[snapshot.structure.index[committee.pk]] = True
    for line in _lines(access, snapshot, inside):
        if line.gap.key == key:
            return line, committee
    raise Http404


def waiting(access):
    """How many differences wait for an answer that the account may give: for whoever leads to the page."""
    snapshot, mine = columns.current(), 0
    for first, _end in access.spans(FIGURES):
        inside = _below(snapshot, access, access.tree.id(first))
        mine += sum(line.mine for line in _lines(access, snapshot, inside))
    return mine

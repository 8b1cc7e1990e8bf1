"""The pages of periods: which there are, how complete one is. One committee's report stands in `unit_page`."""

from collections import Counter
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404

from committees.access import FIGURES, OFFICE, TREE

from ..models import ReportPeriod
from .owing import (
    ACCEPTED,
    AHEAD,
    LATE,
    LOOKS,
    REOPENED,
    RETURNED,
    SUBMITTED,
    WAITING,
    WORDS,
    Owing,
    load,
    within,
)

MOST_LISTED = 100
ROWS = 100  # of the units of one page
# Of a state, in the order in which a department looks for them.
ORDER = (LATE, RETURNED, SUBMITTED, REOPENED, WAITING, AHEAD, ACCEPTED)


def period_of(access, pk, structure):
    """(ReportPeriod, Owing, [Duty within reach]) of an address. 404 where none of its committees lies within reach, 403
    where one does but figures may not be seen."""
    access.require(TREE)
    period = get_object_or_404(ReportPeriod.objects.select_related("committee"), pk=pk)
    owing = Owing(period, structure)
    seen = within(owing, access, FIGURES)
    if not seen and not access.may(FIGURES, period.committee_id):
        if within(owing, access, TREE) or access.may(TREE, period.committee_id):
            raise PermissionDenied
        raise Http404
    return period, owing, seen


def duty_of(access, pk, code, structure, right=FIGURES):
    """(Owing, Duty) of a committee in a period. 404 outside reach or where it owes none, 403 without the right there."""
    committee = access.committee(code, right)
    period = get_object_or_404(ReportPeriod.objects.select_related("committee"), pk=pk)
    owing = Owing(period, structure)
    owing.duties  # noqa: B018 what was sent is read for all: units stand behind the report, and an ended one is found by it
    if period.dropped_on is not None or owing.find(committee.pk) is None:
        raise Http404
    return owing, owing.find(committee.pk)


class State:
    """A state as a page shows it."""

    def __init__(self, key):
        self.key, self.words = key, WORDS[key]
        self.icon, self.look = LOOKS[key]


class Line:
    """One committee in a list of reports. away: it lies beyond the reader's reach by now, and nothing but its name and state
    is shown."""

    def __init__(self, duty, today, away=False):
        self.duty, self.key = duty, duty.state(today)
        self.state, self.latest, self.due_on = State(self.key), duty.shown(today), duty.due_on
        self.granted = [one for one in duty.allowances if one.runs(today)]
        self.days_over = max(0, (today - self.due_on).days) if self.key == LATE else 0
        self.away = away
        if away:
            self.latest, self.due_on, self.granted, self.days_over = None, duty.period.due_on, [], 0


def counts_of(lines):
    """[(State, number)] of the states there are, in order."""
    found = Counter(line.key for line in lines)
    return [(State(key), found[key]) for key in ORDER if found[key]]


class PeriodLine:
    """A period in the list: what the reader's own committee owes, how far those below are."""

    def __init__(self, owing, seen, today):
        self.period, self.today = owing.period, today
        self.own = Line(seen[0], today) if seen else None
        below = [one for one in seen if seen and one.above == seen[0].pk]
        self.units = [Line(one, today) for one in below]
        self.accepted = sum(line.key == ACCEPTED for line in self.units)
        self.late = sum(line.key == LATE for line in self.units)


class PeriodList:
    """The periods that concern the reader, the latest first."""

    def __init__(self, access, structure):
        self.access = access
        access.require(FIGURES)
        rows = ReportPeriod.objects.filter(dropped_on=None).select_related("committee")
        found = []
        for row in rows.order_by("-until", "-since", "pk"):
            owing = Owing(row, structure)
            if seen := within(owing, access, FIGURES):
                found.append((owing, seen))
            if len(found) == MOST_LISTED:
                break
        load([owing for owing, _seen in found])
        self.lines = [PeriodLine(owing, seen, access.today) for owing, seen in found]
        self.may_open = access.holds(OFFICE)


class PeriodPage:
    """How complete a period is, below one committee. `here`: its Duty; lines: of the units directly below it."""

    def __init__(self, access, pk, params, structure):
        self.access, self.today, self.params = access, access.today, params
        self.period, self.owing, seen = period_of(access, pk, structure)
        if self.period.dropped_on is not None or not seen:
            raise Http404
        code = params.get("committee", "")
        self.here = next((one for one in seen if one.code == code), None) if code else seen[0]
        if self.here is None:
            raise Http404
        seen_ids = {one.pk for one in seen}
        self.lines = self._lines(self.owing.units(self.here))
        self.own = Line(self.here, self.today)
        below = self.owing.below(self.here)
        self.deeper = self._lines(below) if len(below) > len(self.lines) else []
        self.every = bool(self.deeper) and params.get("all") == "1"
        self.state = params.get("state", "") if params.get("state", "") in WORDS else ""
        self.up = next(
            (one for one in self.owing.duties if one.pk == self.here.above and one.pk in seen_ids), None
        )
        self.may_change = access.may(OFFICE, self.period.committee_id)

    def _lines(self, duties):
        """[Line]: a unit that was moved since is listed where it owed its report."""
        may = self.access.may
        return [Line(one, self.today, away=not may(FIGURES, one.pk)) for one in duties]

    @property
    def counts(self):
        return counts_of(self.lines)

    @property
    def deep_counts(self):
        return counts_of(self.deeper)

    @cached_property
    def shown(self):
        """The lines of the state asked for, of the units directly below or of all levels; those that want something first."""
        among = self.deeper if self.every else self.lines
        chosen = [line for line in among if not self.state or line.key == self.state]
        return sorted(chosen, key=lambda line: (ORDER.index(line.key), line.duty.position))

    @cached_property
    def page(self):
        """One page of these lines."""
        return Paginator(self.shown, ROWS).get_page(self.params.get("page"))

    @property
    def pages(self):
        return self.page.paginator.get_elided_page_range(self.page.number)

    @property
    def accepted(self):
        return sum(line.key == ACCEPTED for line in self.lines)

    @cached_property
    def has_units(self):
        return {one.above for one in self.owing.reached}

    @property
    def allowances(self):
        """[(Line, Allowance)] of the units, the latest first, those over included."""
        found = [(line, one) for line in self.lines if not line.away for one in line.duty.allowances]
        return sorted(found, key=lambda pair: -pair[1].pk)

    @property
    def chosen(self):
        return State(self.state) if self.state else None

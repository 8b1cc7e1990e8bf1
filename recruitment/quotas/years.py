"""A term and its years side by side: what each year was to reach and reached, and what the years' targets come to beside
the term's own. The difference is shown and explained, never forced. Knows no HTTP; no query."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial

import numpy as np
from django.utils.translation import gettext as _

from committees import vietnamese

from ..models import Plan
from .heirs import borne_on, targets_on
from .progress import RECORDS, Standing, Standings, counted
from .targets import Target, added, of_year, years_of

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Year:
    """One year of a term, both days inclusive. plan: its own, None where the term's yearly count alone speaks of it."""

    first: date
    last: date
    plan: Plan | None

    @property
    def name(self):
        if self.plan is not None:
            return self.plan.name
        whole = (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)
        return (
            str(self.first.year) if whole else f"{vietnamese.day(self.first)} – {vietnamese.day(self.last)}"
        )

    @property
    def short(self):
        """As it heads a column: "2026", "2026–27"."""
        first, last = self.first.year, self.last.year
        return str(first) if first == last else f"{first}–{last % 100:02}"


@dataclass(frozen=True)
class YearLine:
    """A committee in one year. standing: against the year's own target; aimed: what the term's yearly count wants of it,
    where the year has a plan of its own; total: reached of the term by its end; begun: whether its first day has come."""

    year: Year
    standing: Standing
    aimed: Target | None
    total: int
    begun: bool

    @property
    def goal(self):
        return self.standing.goal


@dataclass(frozen=True)
class Line:
    """A committee in all years of a term, and against the term's own target."""

    years: list
    term: Standing
    missing: list  # spans (first, last) of the term that no year covers

    @property
    def code(self):
        return self.term.code

    @property
    def name(self):
        return self.term.name

    @cached_property
    def target(self):
        """The years' targets added up; None where no year has one."""
        given = [line.standing.target for line in self.years if line.goal is not None]
        return added(given) if given else None

    @property
    def admitted(self):
        """What was reached in the years, added up."""
        return sum(line.standing.admitted for line in self.years if line.begun)

    @property
    def gap(self):
        """What the years' targets come to beyond the term's; None where either is missing."""
        if self.target is None or self.term.goal is None:
            return None
        return self.target.value - self.term.goal

    @property
    def explained(self):
        """Sentences: why the years do not add up to the term, where they do not."""
        return [*_of_targets(self), *_of_counts(self)]


def year_of(plan, k):
    """The plan cut to the k-th of its years (from 1): what its yearly count is held against, as a Plan that is never
    saved. IndexError where there is no such year."""
    first, last = years_of(plan)[k - 1]
    cut = Plan(**{field.attname: getattr(plan, field.attname) for field in Plan._meta.concrete_fields})
    cut.since, cut.until, cut.previous_id = first, last + _DAY, None
    cut.name = f"{plan.name}, {Year(first, last, None).name}"
    return cut


class Years:
    """The years of a plan by one tree, on a day. `spans` is empty where neither year plans nor a yearly count speak of
    years."""

    def __init__(self, snapshot, plan, tree, on):
        self.snapshot, self.plan, self.tree, self.on = snapshot, plan, tree, on
        self.day = min(on, plan.last_day)
        own = [other for other in snapshot.small.plans.values() if other.term_id == plan.pk]
        own.sort(key=lambda year: (year.since, year.until, year.code))
        self.spans = [Year(year.since, year.last_day, year) for year in own]
        self.of_plans = bool(own)
        if not own and self._counts_yearly():
            self.spans = [Year(first, last, None) for first, last in years_of(plan)]

    def _counts_yearly(self):
        quotas = self.snapshot.small.quotas.get((self.plan.pk, None), {})
        return any(quota.per_year for history in quotas.values() for quota in history)

    def line(self, p):
        """The Line of the committee at a position."""
        return Line(
            [
                YearLine(
                    year, self._standing(k, p), self._aims[k].get(p) if self.of_plans else None,
                    int(self._totals[k][p]), year.first <= self.on,
                )
                for k, year in enumerate(self.spans)
            ],
            self._term.standing(p),
            self._missing,
        )  # fmt: skip

    @property
    def aimed(self):
        """Whether the term wants a count of each year beside the years' own plans."""
        return self.of_plans and any(self._aims)

    def _standing(self, k, p):
        if self.of_plans:
            found = self._plans[k].standing(p)
            # Before its first day nothing holds yet: what is given for that day is what the year is to reach.
            target = self._first_targets[k].get(p, found.target)
            return Standing(p, found.code, found.name, target, found.admitted, found.basis)
        found = self._plans[k].standing(p)
        return Standing(p, found.code, found.name, self._aims[k].get(p), found.admitted, found.basis)

    @cached_property
    def _term(self):
        return Standings(self.snapshot, self.plan, self.tree, self.on, self.day, None)

    @cached_property
    def _plans(self):
        return [
            Standings(
                self.snapshot,
                year.plan or year_of(self.plan, k),
                self.tree,
                self.on,
                min(self.on, year.last),
                None,
            )
            for k, year in enumerate(self.spans, start=1)
        ]

    @cached_property
    def _first_targets(self):
        return [
            targets_on(self.snapshot, year.plan, year.first, self.tree, None) if self.on < year.first else {}
            for year in self.spans
        ]

    @cached_property
    def _aims(self):
        """[{position: Target}] of each year by the yearly count in force at its end, now while it runs, or at its
        beginning where it is still to come."""
        return [self._aim(year) for year in self.spans]

    def _aim(self, year):
        day = max(min(self.on, year.last), year.first)
        found = {}
        of = partial(of_year, first=year.first, last=year.last)
        for p, parts in borne_on(self.snapshot, self.plan, day, self.tree, None, worth=of).items():
            target = added([part.target for part in parts])
            if target is not None:
                found[p] = target
        return found

    @cached_property
    def _totals(self):
        return [self._count(self.plan.since, min(year.last, self.day)) for year in self.spans]

    def _count(self, first, last):
        if last < first:
            return np.zeros(len(self.tree), np.int64)
        mask, where, _rows = counted(self.snapshot, self.plan, first, last, on=self.on)
        return self.tree.roll(self.tree.count(where[np.flatnonzero(mask)]))

    @cached_property
    def _missing(self):
        """[(first, last)] of the term's days that no year covers."""
        missing, at = [], self.plan.since
        for year in self.spans:
            if year.first > at:
                missing.append((at, year.first - _DAY))
            at = max(at, year.last + _DAY)
        return [*missing, (at, self.plan.last_day)] if at < self.plan.until else missing


def _of_targets(line):
    if not line.gap:
        return
    number = vietnamese.number
    without = [one.year.name for one in line.years if one.goal is None]
    if without:
        yield _("Chưa có chỉ tiêu: %s.") % ", ".join(without)
    yearly = {
        one.standing.target.value for one in line.years if one.year.plan is None and one.goal is not None
    }
    if line.term.target.per_year is not None and len(yearly) > 1:
        said = {"now": number(line.term.target.per_year), "whole": number(line.term.goal)}
        yield (
            _(
                "Chỉ tiêu cả kỳ %(whole)s tính theo mức đang hiệu lực, %(now)s mỗi năm; năm đã qua giữ mức của năm ấy."
            )
            % said
        )
    elif not without and not line.missing:
        yield _("Chỉ tiêu nhiệm kỳ và chỉ tiêu từng năm giữ nguyên như văn bản giao.")


def _of_counts(line):
    if line.missing:
        spans = ", ".join(f"{vietnamese.day(first)} – {vietnamese.day(last)}" for first, last in line.missing)
        yield _("Chưa có kế hoạch năm cho: %s.") % spans
    if line.admitted > line.term.admitted and not line.missing:
        yield _("Thời gian của các năm chồng lên nhau: có người được tính ở hai năm.")
    reported = [one.year.name for one in line.years if one.standing.basis != RECORDS]
    if reported:
        yield _("Theo số báo cáo: %s.") % ", ".join(reported)

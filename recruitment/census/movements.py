"""Members who came and went, everywhere below a committee in one period: what each wrote, else the sum of those below it,
admissions from records, and the headcounts of both ends. Three queries: the rows of both years, and who wrote them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from committees.filters import among
from committees.models import Flow
from committees.vietnamese import add_months, fold

from ..quotas.counting import counts
from .form1 import Movement, added, summed

# How a reported indicator is called, and the row of the form it may stand in.
INDICATORS = {
    "ket nap": "admitted", "chuyen den": "moved_in", "phuc hoi": "restored", "tu tran": "died",
    "khai tru": "expelled", "xoa ten": "struck_off", "xin ra": "asked_out", "chuyen di": "moved_out",
}  # fmt: skip
OWN, BELOW, NOBODY = "own", "below", ""


@dataclass(frozen=True)
class Count:
    """Members on a day. brought: worked out from the count of an earlier day (`day`) and what was written since."""

    members: int
    day: date
    brought: bool = False


class Movements:
    """One period under one tree. A committee that ended stands where its heir does; where it and its superior have the
    same heir, only the superior's rows count."""

    def __init__(self, snapshot, question, period, rows):
        """rows: the Flow rows of everybody below the question's committee, of any time."""
        self.snapshot, self.period, self.tree = snapshot, period, question.tree
        self.structure = snapshot.structure
        self.rows = {}
        for row in rows:
            self.rows.setdefault(self.structure.index[row.committee_id], []).append(row)

    def _inside(self, i):
        return [row for row in self.rows.get(i, ()) if self.period.holds(row)]

    def astride(self, i):
        """Rows of a committee that reach over an end of the period: they belong to no sum of it."""
        period = self.period
        return [
            row
            for row in self.rows.get(i, ())
            if row.since < period.until and row.until > period.since and not period.holds(row)
        ]

    def _above(self, row):
        """Indexes of the committees above the one that wrote a row, on the row's own first day."""
        tree = self.snapshot.tree(row.since)
        q = int(tree.position[self.structure.index[row.committee_id]])
        return tree.order[tree.ancestors(q)].tolist() if q >= 0 else []

    @cached_property
    def own(self):
        """{position: {name: number}} of what committees wrote themselves."""
        found = {}
        for i in self.rows:
            p = int(self.tree.position[i])
            if p >= 0 and (inside := self._inside(i)):
                found.setdefault(p, {})[i] = inside
        return {p: numbers for p, told in found.items() if (numbers := added(self._spoken(told)))}

    def _spoken(self, told):
        """Of the rows {index: rows} of all who stand at one position, those for which none of them speaks that was above."""
        return [
            row
            for rows in told.values()
            for row in rows
            if len(told) == 1 or not any(above in told for above in self._above(row))
        ]

    @cached_property
    def _flows(self):
        """{position: {name: number}} of all: what it wrote, else the sum of those directly below. Deepest first."""
        found = dict(self.own)
        below = {}
        for p in sorted(self.own, reverse=True):
            below.setdefault(int(self.tree.up[p]), []).append(p)
        for p in sorted({a for own in self.own for a in self.tree.ancestors(own)}, reverse=True):
            if p not in found:
                found[p] = summed(found[child] for child in below.get(p, ()))
                below.setdefault(int(self.tree.up[p]), []).append(p)
        return found

    def flows(self, p):
        return self._flows.get(p)

    # What is missing -------------------------------------------------------------------------------------------

    def silent(self, p):
        """Positions directly below that wrote nothing, nor anybody under them."""
        return [child for child in self.tree.children(p) if child not in self._flows]

    def lacking(self, p):
        """Positions directly below of which a part is missing: somebody under them wrote nothing."""
        return [child for child in self.tree.children(p) if child in self._lacking]

    @cached_property
    def _lacking(self):
        """Positions whose sum lacks a unit. Deepest first."""
        found = set()
        for p in sorted(self._flows.keys() - self.own.keys(), reverse=True):
            if any(child not in self._flows or child in found for child in self.tree.children(p)):
                found.add(p)
        return found

    def cut(self, p):
        """[(first day, last day)] of rows that reach over an end of the period and so are in no sum of p, though they should
        be in a part."""
        return self._cut.get(p, [])

    @cached_property
    def _cut(self):
        told = {}
        for i in self.rows:
            p = int(self.tree.position[i])
            if p >= 0 and (astride := self.astride(i)):
                told.setdefault(p, {})[i] = [*self._inside(i), *astride]
        found = {}
        for p, rows in told.items():
            if self.basis(p) == BELOW:
                continue  # those below speak for it, and theirs are asked themselves
            cut = [row for row in self._spoken(rows) if not self.period.holds(row)]
            found.setdefault(p, []).extend(cut)
            # It is missing above as well, up to the first who wrote the whole of it.
            while (p := int(self.tree.up[p])) >= 0 and p not in self.own:
                found.setdefault(p, []).extend(cut)
        return {p: spans_of(rows) for p, rows in found.items() if rows}

    def whole(self, p):
        """Whether the flows of a position are all there were, as far as is known."""
        return p not in self._lacking and p not in self._cut

    def basis(self, p):
        """OWN: it wrote itself; BELOW: the sum of those below; NOBODY: nothing is written."""
        return OWN if p in self.own else BELOW if p in self._flows else NOBODY

    @cached_property
    def _admitted(self):
        return self.decided(self.period.since, self.period.last_day)

    def decided(self, first, last):
        """Admissions counted that were decided from a day to a day, both inclusive, in force at the end, at and below each position."""
        rows = self.snapshot.admissions
        mask = (
            counts(rows, last)
            & (rows["decided"] >= first.toordinal())
            & (rows["decided"] <= last.toordinal())
        )
        places = self.snapshot.places(rows)[np.flatnonzero(mask)]
        return self.tree.roll(self.tree.count(places))

    def admitted(self, p):
        return int(self._admitted[p])

    def own_admitted(self, p):
        """Recorded at the committee itself, or at one whose heir it is without a child here."""
        return self.admitted(p) - sum(self.admitted(child) for child in self.tree.children(p))

    def movement(self, p):
        opening = self.opening(p)
        return Movement(opening and opening.members, self.admitted(p), self.flows(p), self.whole(p))

    # Headcounts ------------------------------------------------------------------------------------------

    def _on(self, p, *days):
        """The Count of a position on the first of these days on which all were counted who stand there now and stood then:
        the committee, and those whose heir it is by the tree asked for. None where one of them was not."""
        for day in days:
            rows = [
                next((row for row in self.snapshot.small.headcounts.get(pk, ()) if row.day == day), None)
                for pk in self._stood(p, day)
            ]
            if rows and None not in rows:
                return Count(sum(row.members for row in rows), day)
        return None

    def _stood(self, p, day):
        """Ids of the committees that stood on a day and stand at p in the tree asked for, each spoken for by the highest."""
        tree = self.snapshot.tree(day)
        here = [i for i in self._at(p) if tree.stands(i)]
        spans = [(int(tree.position[i]), int(tree.end[tree.position[i]])) for i in here]
        return [
            self.structure.ids[i]
            for i in here
            if not any(first < int(tree.position[i]) < end for first, end in spans)
        ]

    def _at(self, p):
        """Indexes of the committees that stand at a position, itself and those whose heir it is."""
        return np.flatnonzero(self.tree.position == p).tolist()

    def opening(self, p):
        """Count at the beginning: of its first day or the eve; else the last of the year before, brought forward by what
        was written and recorded since. None where there is none, or a row of the time between reaches over an end of it."""
        period = self.period
        if (count := self._on(p, period.eve, period.since)) is not None:
            return count
        base, rows = self._between(p)
        moved = added(rows)
        if moved is None or self._broken(base, rows):
            return None
        admitted = int(self.decided(date.fromordinal(base.day.toordinal() + 1), period.eve)[p])
        gone = Movement(base.members, admitted, moved)
        return Count(gone.closing, base.day, brought=True)

    def _between(self, p):
        """(the last Count before the period, None without one; p's own rows that touch the days since)."""
        base = self.last_count(p, self.period.eve)
        if base is None:
            return None, []
        return base, [
            row
            for i in self._at(p)
            for row in self.rows.get(i, ())
            if base.day < row.until - timedelta(days=1) and row.since < self.period.since
            and not any(self.tree.position[above] == p for above in self._above(row))
        ]  # fmt: skip

    def _broken(self, base, rows):
        return [row for row in rows if row.since <= base.day or row.until > self.period.since]

    def broken(self, p):
        """(Count, [(first day, last day)]) where rows that reach over an end of the time between keep the count of an earlier
        day from being brought forward to the opening; (None, []) where none do."""
        if self._on(p, self.period.eve, self.period.since) is not None:
            return None, []
        base, rows = self._between(p)
        broken = self._broken(base, rows)
        return (base, spans_of(broken)) if broken else (None, [])

    def last_count(self, p, last):
        """The last Count of the year before the period, no later than `last` (inclusive), on a day on which all were counted
        whose numbers make it up; None where there was no such day."""
        first, headcounts = add_months(self.period.since, -12), self.snapshot.small.headcounts
        rows = [row for i in self._at(p) for row in headcounts.get(self.structure.ids[i], ())]
        return self._on(p, *sorted({row.day for row in rows if first <= row.day <= last}, reverse=True))

    def counted(self, p):
        """Count of the last day, or the first of the next period; None where nobody counted."""
        return self._on(p, self.period.last_day, self.period.until)

    # Reported figures ------------------------------------------------------------------------------------

    def reported(self, p):
        """{row of the form: ReportedFigure} of exactly the period; the last one entered."""
        figures = self.snapshot.small.reported.get(self.tree.id(p), ())
        return {
            INDICATORS[fold(figure.indicator)]: figure
            for figure in figures
            if fold(figure.indicator) in INDICATORS and figure.group_id is None
            and (figure.since, figure.until) == (self.period.since, self.period.until)
        }  # fmt: skip


def spans_of(rows):
    """[(first day, last day)] of rows of Flow, each once, in order."""
    return sorted({(row.since, row.last_day) for row in rows})


def rows_of(question, snapshot, first, until):
    """The Flow rows of everybody who stands at or below a question's committee, overlapping [first, until). One query."""
    here = np.flatnonzero(question.holds(question.tree.position))
    ids = [snapshot.structure.ids[i] for i in here.tolist()]
    rows = Flow.objects.filter(committee_id__in=among(ids), since__lt=until, until__gt=first)
    return list(rows.order_by("since", "pk"))

"""How the year goes here: in which months the people of past years were counted."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from ..quotas.progress import counted
from ..quotas.question import counting_days
from .waits import YEARS, calendar

KNOWN = 60  # people by which a season is the committee's own; of fewer, that of the committee above


@dataclass(frozen=True)
class Season:
    """People counted in each month (twelve numbers) of the calendar years from `first` to `last`, of the committee at a
    position."""

    months: list
    first: int
    last: int
    position: int

    def pace(self, plan, target):
        """How many of a target (Fractions) there are at the end of each month of a plan, were it reached so: every year
        of the plan bears the same, a broken one by its months."""
        begins, found, whole = plan.since.year * 12 + plan.since.month - 1, [Fraction(0)], sum(self.months)
        end = plan.last_day.year * 12 + plan.last_day.month
        for month in range(begins, end):
            found.append(found[-1] + Fraction(self.months[month % 12], whole))
        return [people * target / found[-1] for people in found[1:]] if found[-1] else []


def season(snapshot, found):
    """The Season of a Progress, before its day: of the nearest committee of which KNOWN people were counted in the five
    calendar years before; None where there is none. No query."""
    tree, p, year = found.tree, found.node.position, found.on.year
    first, last = date(year - YEARS, 1, 1), date(year - 1, 12, 31)
    mask, places, rows = counted(snapshot, found.plan, first, last, on=found.on)
    where, days = tree.position[places[mask]], counting_days(rows, found.plan)[mask]
    for q in (p, *reversed(tree.ancestors(p))):
        here = days[(where >= q) & (where < tree.end[q])]
        if len(here) >= KNOWN:
            months = np.bincount(calendar(here)[1] // 2, minlength=12)
            years = calendar(np.array([here.min(), here.max()]))[0].tolist()
            return Season(months.tolist(), *years, q)
    return None

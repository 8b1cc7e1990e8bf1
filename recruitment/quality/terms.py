"""Terms and ages of whole columns, each row by the rule set in force on its own day. No query."""

from datetime import date

import numpy as np

from ..facts import EPOCH, NEVER
from ..pipeline.terms import months_after


def ruled(statute, days, code):
    """The value of a rule for each of these day numbers; of NEVER the value is without meaning."""
    each, where = np.unique(days, return_inverse=True)
    values = [
        statute.on(date.fromordinal(int(day)) if day != NEVER else date.max)[code].value for day in each
    ]
    return np.array(values)[where]


def ends(statute, began, on, code, term):
    """term(day numbers, value of the rule) of the days in `began`, by the rule in force on the days in `on`; NEVER where
    either is."""
    found = np.full(len(began), NEVER, np.int32)
    dated = np.flatnonzero((began != NEVER) & (on != NEVER))
    if len(dated):
        values = ruled(statute, on[dated], code)
        for value in np.unique(values):
            rows = dated[values == value]
            found[rows] = term(began[rows], int(value))
    return found


def older(statute, born, on, code):
    """Months by which each person was older, on a day, than the age of a rule (months); negative: younger. By the calendar
    alone, or completed to the day, as the rule "age_day" of that day says. Only meant where both days are known."""
    known = (born != NEVER) & (on != NEVER)
    born, on = np.where(known, born, EPOCH), np.where(known, on, EPOCH)
    limit = ruled(statute, on, code).astype(np.int64)
    months = _month(on) - _month(born)
    by_day = np.flatnonzero(ruled(statute, on, "age_day") != "ignore")
    months[by_day] -= _unfinished(born[by_day], on[by_day], months[by_day])
    return months - limit


def _month(days):
    return (days.astype(np.int64) - EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _unfinished(born, on, months):
    """Whether the last of these months is not over yet on the day."""
    over = np.empty(len(born), np.int64)
    for count in np.unique(months):
        rows = months == count
        over[rows] = months_after(born[rows], int(count))
    return over > on

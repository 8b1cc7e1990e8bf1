"""Terms of whole arrays: what `rules.deadlines` says of one day, for the days of a table at once. Working days:
`rules.working_days.after_many`."""

import numpy as np

from ..facts import EPOCH, NEVER


def months_after(days, months):
    """`vietnamese.add_months` for an array of day numbers; NEVER stays NEVER."""
    dated = days != NEVER
    start = (np.where(dated, days, EPOCH).astype(np.int64) - EPOCH).astype("datetime64[D]")
    month = start.astype("datetime64[M]")
    last = month + months
    length = (last + 1).astype("datetime64[D]") - last.astype("datetime64[D]")
    inside = np.minimum(start - month.astype("datetime64[D]"), length - np.timedelta64(1, "D"))
    ends = (last.astype("datetime64[D]") + inside).astype(np.int64) + EPOCH
    return np.where(dated, ends, NEVER).astype(np.int32)


def last_of(where, days, taken, rows):
    """The latest of some days for each of `rows` rows, NEVER where there is none. where: the row each day belongs to;
    taken: which of them count."""
    latest = np.full(rows, -1, np.int32)
    np.maximum.at(latest, where[taken], days[taken])
    return np.where(latest < 0, NEVER, latest)

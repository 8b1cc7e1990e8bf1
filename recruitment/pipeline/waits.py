"""How long dossiers waited at each stage and how the wait ended: the past of a register as half months of waiting, the
stuff of which a forecast is made.

A wait is one stage of one candidacy, from its step to the next. It is cut into ticks of half a month; in each the
dossier stays, moves forward or is closed. A wait not over on the day asked has ticks too, and no end: what is still open
tells as much about how long things take as what is done.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from ..facts import EPOCH, NEVER, STAGES
from ..models import Stage

PARTS = 24  # half months of a year
TICK = 365.25 / PARTS  # days
HALF = 15  # days of the first half of a month
YEARS = 5  # calendar years looked at before the day's own
LONGEST = 48  # ticks told apart: whoever waited longer waited "two years or more"
# Ticks that are alike: the first of each span.
SPANS = np.array([0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 36, LONGEST])
SPAN_OF = np.searchsorted(SPANS, np.arange(LONGEST + 1), side="right") - 1
CLOSED = STAGES[Stage.CLOSED]


@dataclass(frozen=True)
class Waits:
    """What was known at the end of the day number `on` of roads to the stage code `goal`.

    Of each wait: `row` in the snapshot's candidacies, `where` (the position of its cell), `stage`, `begun`, `ended`
    (NEVER: not by the day), `then` (the stage it led to: the goal for all beyond it, CLOSED, -1), and whether the
    candidacy `came` with it. Of each tick: the `wait` it is of, its `span`, `year` (0 is the first looked at), `part` of
    the year, and whether the dossier `moved` forward or was `left` in it.
    """

    on: int
    goal: int
    first_year: int
    row: np.ndarray
    where: np.ndarray
    stage: np.ndarray
    begun: np.ndarray
    ended: np.ndarray
    then: np.ndarray
    came: np.ndarray
    wait: np.ndarray
    span: np.ndarray
    year: np.ndarray
    part: np.ndarray
    moved: np.ndarray
    left: np.ndarray

    years = YEARS + 1  # the day's own is the last

    @property
    def open(self):
        """Which waits are not over: one for each candidacy under way."""
        return self.ended == NEVER

    def within(self, tree, p):
        """Which waits belong to the committee at a position or one below it."""
        return (self.where >= p) & (self.where < tree.end[p])

    def standing(self, mask):
        """How many open waits of the mask there are, by stage and ticks waited (at most LONGEST)."""
        here = np.flatnonzero(self.open & mask)
        ticks = np.minimum(np.rint((self.on - self.begun[here]) / TICK), LONGEST).astype(np.int64)
        count = np.bincount(self.stage[here] * (LONGEST + 1) + ticks, minlength=self.goal * (LONGEST + 1))
        return count.reshape(self.goal, LONGEST + 1)


def waits(snapshot, tree, p, on, goal):
    """The Waits of the committee at position p of a tree and all below, at the end of a date: nothing later is looked
    at, and of what lies more than five calendar years back only what still went on. No query."""
    day, first_year = on.toordinal(), on.year - YEARS
    row, stage, when = snapshot.stage_days
    where = tree.position[snapshot.followers_on(day)]
    known = (when <= day) & (where[row] >= p) & (where[row] < tree.end[p])
    row, stage, when = row[known], stage[known].astype(np.int32), when[known]
    same = row[1:] == row[:-1]
    ended, then = np.full(len(row), NEVER, np.int32), np.full(len(row), -1, np.int32)
    ended[:-1][same], then[:-1][same] = when[1:][same], stage[1:][same]
    then = np.where((then >= goal) & (then != CLOSED), goal, then)
    came = np.ones(len(row), bool)
    came[1:] = ~same
    first = date(first_year, 1, 1).toordinal()
    taken = (stage < goal) & (ended >= first)
    told = [values[taken] for values in (row, where[row], stage, when, ended, then, came)]
    return Waits(day, goal, first_year, *told, *_ticks(*told[3:6], day, first, first_year))


def _ticks(begun, ended, then, day, first, first_year):
    over = ended != NEVER
    length = (np.where(over, ended, day) - begun) / TICK
    # An end lies in its tick; of a wait that goes on, a tick begun counts if more than half of it is over.
    count = np.where(over, np.floor(length) + 1, np.rint(length)).astype(np.int32)
    skipped = np.clip(np.floor((first - begun) / TICK), 0, count).astype(np.int32)
    kept = count - skipped
    wait = np.repeat(np.arange(len(begun), dtype=np.int32), kept)
    ends = np.cumsum(kept)
    nth = np.arange(len(wait), dtype=np.int32) + np.repeat((skipped - ends + kept).astype(np.int32), kept)
    last = np.zeros(len(wait), bool)
    last[ends[kept > 0] - 1] = over[kept > 0]
    when = np.minimum(begun[wait] + ((nth + 0.5) * TICK).astype(np.int32), day)
    when[last] = ended[wait[last]]
    year, part = calendar(when)
    closed = last & (then[wait] == CLOSED)
    return (
        wait,
        SPAN_OF[np.minimum(nth, LONGEST)],
        np.maximum(year - first_year, 0),
        part,
        last & ~closed,
        closed,
    )


def calendar(days):
    """(year, half month of the year from 0) of day numbers (an array) of 1900 to 2199; others are taken as the nearest."""
    first, years, parts = _days()
    at = np.clip(days - first, 0, len(years) - 1)
    return years[at], parts[at]


@cache
def _days():
    """(the first day number, the year of each day from it on, the half month)."""
    when = np.arange("1900-01-01", "2200-01-01", dtype="datetime64[D]")
    month = when.astype("datetime64[M]")
    months, late = month.astype(np.int32), (when - month).astype(np.int32) >= HALF
    first = int(when[0].astype(np.int64)) + EPOCH
    return first, months // 12 + 1970, months % 12 * 2 + late

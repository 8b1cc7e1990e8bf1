"""What may come of dossiers in a time: many futures, drawn with a fixed seed, as numbers of people who reach the goal.

The chance of every dossier follows from the stage at which it stands and how long it has stood there; it is worked out
backwards from the last day. Then each answer of the `rates` throws dice for every dossier, and for those who come anew.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from .waits import TICK, calendar

SEED = 20151231  # of every forecast: the same facts give the same answer, on any machine and day
ANSWERS, THROWS = 160, 8


@dataclass(frozen=True)
class Outcome:
    """People who reach the goal in the time: `mean`, and `drawn`, the number of every future."""

    mean: float
    drawn: np.ndarray

    def interval(self, share):
        """(low, high), both inclusive, in which at least that share of the futures lies: about as many lie below as above,
        and no person more is within than whole numbers need."""
        people, many = np.unique(self.drawn, return_counts=True)
        below, whole = np.cumsum(many), len(self.drawn)
        tail = (1 - share) / 2 * whole
        low, high = (int(np.searchsorted(below, place)) for place in (tail, whole - tail))
        within = below[high] - below[low] + many[low]
        while low < high and within - (less := min(many[low], many[high])) >= share * whole:
            within -= less
            low, high = (low + 1, high) if many[low] <= many[high] else (low, high - 1)
        return int(people[low]), int(people[high])

    def chance(self, people):
        """The share of the futures in which at least so many come."""
        return float(np.mean(self.drawn >= people))


@dataclass(frozen=True)
class Time:
    """From the end of the day `on` to the end of the day `last`, in ticks; who reaches the goal before the day `since`
    does not count."""

    on: date
    last: date
    since: date

    @property
    def ticks(self):
        return max(1, round(self._days / TICK))

    @property
    def step(self):
        """Days of one tick of this time."""
        return self._days / self.ticks

    @property
    def _days(self):
        return self.last.toordinal() - self.on.toordinal()

    def at(self, k):
        """(year, part of the year, whether it counts) of tick k, by its middle."""
        day = self.on.toordinal() + 1 + int((k + 0.5) * self.step)
        year, part = calendar(np.array(day))
        return int(year), int(part), float(day >= self.since.toordinal())


def outcome(rates, time, standing, coming, direct):
    """The Outcome of the dossiers that stand and of those who come in the time.

    standing: how many stand at each stage for each number of ticks waited; coming: by answer, part of the year and stage,
    how many a day are entered there; direct: by answer and part, how many a day are counted without being followed.
    """
    reach, fresh = _chances(rates, time)
    stage, ticks = np.nonzero(standing)
    many, chance = standing[stage, ticks], reach[:, stage, ticks]
    more = np.zeros(len(chance))
    for k in range(time.ticks):
        _year, part, counts = time.at(k)
        more += ((coming[:, part] * fresh[k]).sum(1) + direct[:, part] * counts) * time.step
    rng = np.random.default_rng(SEED)
    drawn = rng.binomial(many, np.repeat(chance, THROWS, axis=0)).sum(1)
    drawn += rng.poisson(np.repeat(more, THROWS))
    return Outcome(float((chance @ many + more).mean()), drawn)


def _chances(rates, time):
    """(by answer, stage and ticks waited the chance to reach the goal in the time; by tick of the time, answer and stage
    that of a dossier that enters the stage in the middle of it)."""
    answers, stages, _ticks = rates.forward.shape
    scale, factors = time.step / TICK, {}
    leave = np.minimum(rates.leave * scale, 0.5)
    after = np.zeros(rates.forward.shape)
    fresh = np.zeros((time.ticks, answers, stages))
    for k in reversed(range(time.ticks)):
        year, part, counts = time.at(k)
        if year not in factors:
            factors[year] = rates.year(np.random.default_rng([SEED, year]), this=year == time.on.year)
        pace = rates.season[:, part] * factors[year][:, None] * scale
        moving = np.minimum(rates.forward * pace[:, :, None], 0.95 - leave)
        staying = np.concatenate([after[:, :, 1:], after[:, :, -1:]], axis=2)
        now = np.empty_like(after)
        for stage in reversed(range(stages)):  # whoever moves has half a tick left at the stage reached
            onward = fresh[k] @ rates.to[stage, :stages] + rates.to[stage, stages] * counts
            moved, stays = moving[:, stage], 1 - moving[:, stage] - leave[:, stage]
            now[:, stage] = moved * onward[:, None] + stays * staying[:, stage]
            fresh[k, :, stage] = (now[:, stage, 0] + after[:, stage, 0]) / 2
        after = now
    return after, fresh

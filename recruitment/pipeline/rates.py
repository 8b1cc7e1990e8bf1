"""How fast dossiers of a committee move, with how sure one can be of it: many likely answers, each from another weighing
of the past years.

The shape (how the chance to move changes while a dossier waits, and over the year) is that of the highest committee
above; each level below says by what factor it is faster or slower at each stage. The factor is drawn towards one as if
BORROWED movements more had gone as above: a commune of three dossiers goes as its province, one of three hundred as
itself. How much whole years differ is told by the committee and its sisters, and what this year shows so far counts.
"""

from dataclasses import dataclass

import numpy as np

from .waits import PARTS, SPAN_OF, SPANS

BORROWED = 10  # movements
SMOOTH = 30  # ticks of waiting by which a span leans on its stage
SEASONED = 20  # movements by which a part of the year leans on the whole
# How much the pace of years differs where they are too few to tell, and how many years that counts for.
SPREAD, SPREAD_YEARS = 0.12, 3
# How much of what this year shows is expected of its rest: a pace seen until now does not always last.
SEEN = 1 / 3
LEAST_SPREAD, MOST_SPREAD = 0.03, 0.4


@dataclass(frozen=True)
class Rates:
    """Chances in a tick: `forward` and `leave` by answer, stage and ticks waited; `season`, the factor of each stage and
    part of the year; `to`: of those that go forward from a stage (rows), the shares that go to each. `spread`: the
    standard deviation of a year's factor; `shown`: (movements of this year, those expected)."""

    forward: np.ndarray
    leave: np.ndarray
    season: np.ndarray
    to: np.ndarray
    spread: float
    shown: tuple

    def year(self, rng, *, this):
        """A year's factor for each answer: of this one as far as it shows, or of another."""
        known = self.spread**-2
        moved, expected = (one * SEEN for one in self.shown) if this else (0, 0)
        return rng.gamma(known + moved, 1 / (known + expected), len(self.forward))


def rates(waits, tree, p, weights):
    """The Rates of the committee at a position, pooled with those above it, of Waits that hold them all. weights: by
    answer (rows) how much each year counts, ones on average."""
    past = _Past(waits)
    line = [*tree.ancestors(p), p]
    evenly = np.ones((1, waits.years))
    waited, moved, left = (past.table(mask, past.years, past.stages, past.spans) for mask in past.kinds)
    usual, loss = _smooth(evenly, moved, waited)[0], _smooth(evenly, left, waited)[0]
    got = past.table(waits.moved, past.stages, past.parts)
    due = past.table(None, past.stages, past.parts, weights=usual[past.stage, waits.span])
    season = (got + SEASONED) / (due + SEASONED)
    chance = usual[past.stage, waits.span] * season[past.stage, waits.part]
    loss = loss[past.stage, waits.span]
    faster = weaker = np.ones((len(weights), waits.goal))
    for q in line[1:]:
        here, keys = past.within(tree, q), (past.years, past.stages)
        due = past.table(here, *keys, weights=chance)
        faster = faster * _factor(weights, past.table(here & waits.moved, *keys), due, faster)
        due = past.table(here, *keys, weights=loss)
        weaker = weaker * _factor(weights, past.table(here & waits.left, *keys), due, weaker)
    forward = _smooth(weights, moved, waited) * faster[:, :, None]
    leave = _smooth(weights, left, waited) * weaker[:, :, None]
    return Rates(
        forward[:, :, SPAN_OF], leave[:, :, SPAN_OF], season, _to(waits), *_years(past, tree, p, chance)
    )


class _Past:
    """The ticks of Waits, counted by whatever keys."""

    def __init__(self, waits):
        self.waits = waits
        self.where, self.stage = waits.where[waits.wait], waits.stage[waits.wait]
        self.years, self.stages = (waits.year, waits.years), (self.stage, waits.goal)
        self.spans, self.parts = (waits.span, len(SPANS)), (waits.part, PARTS)
        self.kinds = (None, waits.moved, waits.left)

    def within(self, tree, p):
        return (self.where >= p) & (self.where < tree.end[p])

    def table(self, mask, *keys, weights=None):
        """How many ticks of a mask (None: all), or the sum of their weights, by keys: pairs (array, how many values)."""
        index = 0
        for values, size in keys:
            index = index * size + (values if mask is None else values[mask])
        if weights is not None and mask is not None:
            weights = weights[mask]
        sizes = [size for _values, size in keys]
        return np.bincount(index, weights, int(np.prod(sizes))).reshape(sizes).astype(float)


def _smooth(weights, events, waited):
    """Events a tick by answer, stage and span, of tables by year, stage and span: a span of few ticks leans on its whole
    stage."""
    got, over = np.tensordot(weights, events, 1), np.tensordot(weights, waited, 1)
    whole = (got.sum(2) + 0.5) / (over.sum(2) + 20)
    return (got + SMOOTH * whole[:, :, None]) / (over + SMOOTH)


def _factor(weights, got, due, above):
    """By answer and stage: what was got against what was due (tables by year and stage) by the pace above."""
    return (weights @ got + BORROWED) / (weights @ due * above + BORROWED)


def _to(waits):
    over = (waits.then >= 0) & (waits.then <= waits.goal)
    count = np.zeros((waits.goal, waits.goal + 1))
    np.add.at(count, (waits.stage[over], waits.then[over]), 1)
    # Of a stage that nobody left yet the next is the only way on.
    count[np.arange(waits.goal), np.arange(waits.goal) + 1] += 0.5
    return count / count.sum(1, keepdims=True)


def _years(past, tree, p, chance):
    """(the spread of the pace of years, what this year shows), of the committee and its sisters: one alone has few
    years. The spread is what the years differ by beyond what chance alone would have."""
    waits, up = past.waits, int(tree.up[p])
    sisters = np.array(tree.children(up) if up >= 0 else [p])
    here = (past.where >= sisters[0]) & (past.where < tree.end[sisters[-1]])
    unit = np.searchsorted(sisters, past.where, side="right") - 1, len(sisters)
    got = past.table(here & waits.moved, unit, past.years, past.stages)
    due = past.table(here, unit, past.years, past.stages, weights=chance)
    due *= ((got.sum(1) + BORROWED) / (due.sum(1) + BORROWED))[:, None]
    got, due = got.sum(2), due.sum(2)
    known = SPREAD_YEARS * ((due**2).mean() or 1)
    more = max(((got - due) ** 2 - due).sum() + SPREAD**2 * known, 0) / ((due**2).sum() + known)
    mine = sisters.tolist().index(p)
    return float(np.clip(more**0.5, LEAST_SPREAD, MOST_SPREAD)), (got[mine, -1], due[mine, -1])

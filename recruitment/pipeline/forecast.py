"""Where a committee will stand on the last day of a plan, from its dossiers on a day: expected, the interval that holds
in eight of ten futures, the chance to reach the target, and who can still count.

Stage by stage: `waits` tells how long dossiers lay at each stage in the past years and how they left it, `rates` what that
says of this committee, `outcome` throws the dice, `latest` counts back from the last day. Only what was known at the end
of the day asked is looked at, so the answer for a day is the same for ever. Pure arithmetic over one snapshot: no query.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
from django.utils.translation import gettext as _

from committees import vietnamese
from committees.models import Kind

from ..facts import STAGES
from ..models import Plan, Stage
from ..quotas.progress import Progress, counted
from ..quotas.question import counting_days
from .latest import Latest, usual
from .outcome import ANSWERS, SEED, Outcome, Time, outcome
from .rates import Rates, rates
from .waits import PARTS, YEARS, calendar, waits

INTERVAL = 0.8
# Fewer say nothing: roads that reached the goal in the years looked at, in the highest committee; roads of the committee
# itself, under way or over; days since the first step known; and years that a forecast may reach ahead.
FEWEST_DONE, FEWEST_OWN, FEWEST_DAYS, MOST_YEARS = 20, 5, 365, 6
DAYS = 365.25  # of a year
EVEN = 5  # people by which a part of the year leans on the whole
KEPT = 16  # forecasts, and pasts they rest on, of one snapshot
_known = WeakKeyDictionary()


@dataclass(frozen=True)
class Basis:
    """What a forecast rests on: roads of the committee seen in the years looked at, and of the whole it is pooled with
    (`above`, its name; "" where it stands alone); of these, how many reached the goal."""

    own: int
    own_done: int
    all: int
    all_done: int
    above: str


@dataclass(frozen=True)
class Forecast:
    """The answer for a Progress. `come` is what may come after the day; None where the plan is over, or where too little
    is known (`why_not` says what)."""

    found: Progress
    come: Outcome | None
    latest: Latest | None
    usual: list
    rates: Rates | None
    basis: Basis | None
    why_not: str | None = None

    @property
    def over(self):
        return self.found.on >= self.found.plan.last_day

    @property
    def admitted(self):
        return self.found.node.admitted

    @property
    def target(self):
        return self.found.node.goal

    @cached_property
    def interval(self):
        """(low, high), both inclusive; None where nothing is said."""
        if self.over:
            return self.admitted, self.admitted
        return self.come and tuple(self.admitted + people for people in self.come.interval(INTERVAL))

    @cached_property
    def expected(self):
        """People on the last day, half-up; within the interval."""
        if self.over or self.come is None:
            return self.admitted if self.over else None
        low, high = self.interval
        mean = int(Decimal(self.come.mean).quantize(Decimal(1), ROUND_HALF_UP))
        return min(max(self.admitted + mean, low), high)

    @property
    def chance(self):
        """Of reaching the target, 0 to 1; None without a target."""
        if self.target is None or self.expected is None:
            return None
        if self.admitted >= self.target or self.over:
            return float(self.admitted >= self.target)
        return round(self.come.chance(self.target - self.admitted), 3)

    def as_json(self):
        """The document of contracts §1 `forecast`, with the number of those who lose their certificate first."""
        low, high = self.interval or (None, None)
        return {
            "plan": self.found.plan.code,
            "committee": self.found.node.code,
            "on": self.found.on.isoformat(),
            "target": self.target,
            "admitted": self.admitted,
            "expected": self.expected,
            "low": low,
            "high": high,
            "chance": self.chance,
            **({"why_not": self.why_not} if self.why_not else {}),
            "in_time": self._count("in_time"),
            "lose_certificate": self._count("lapsing"),
            "candidacies": [] if self.latest is None else self._candidacies(),
        }

    def _count(self, which):
        return 0 if self.latest is None else int(np.count_nonzero(getattr(self.latest, which)))

    def _candidacies(self):
        latest, tree, found = self.latest, self.found.tree, []
        ids = latest.ids.tolist()
        steps = list(STAGES)[1 : latest.goal + 1]
        chosen = np.flatnonzero(latest.possible)
        for k in chosen[np.argsort(latest.next[chosen], kind="stable")].tolist():
            stage = int(latest.stages[k])
            days = latest.days[k, stage:].tolist()
            told = {
                step: date.fromordinal(day).isoformat() for step, day in zip(steps[stage:], days, strict=True)
            }
            lapses = date.fromordinal(int(latest.lapses[k])).isoformat() if latest.lapsing[k] else None
            found.append({
                "candidacy": ids[k], "cell": tree.code(int(latest.where[k])), "stage": list(STAGES)[stage],
                "latest": told, **({"certificate_lapses": lapses} if lapses else {}),
            })  # fmt: skip
        return found


def forecast(snapshot, found):
    """The Forecast for a Progress (without a group, by the tree of its own day). Worked out once a snapshot."""
    key = found.plan.pk, found.node.position, found.on, found.tree_on
    return _kept(snapshot, key, lambda: _forecast(snapshot, found))


def _kept(snapshot, key, make):
    """make() of the first who asks; nothing of what it gives may hold the snapshot, which goes when its readers do."""
    known = _known.setdefault(snapshot, OrderedDict())
    value = known.get(key)  # another thread may put it away at any time
    if value is None:
        value = known[key] = make()
        if len(known) > KEPT:
            known.popitem(last=False)
    return value


def goal_of(plan):
    """The stage at which a plan counts a road."""
    if plan.counts == Plan.Counts.TRAINED:
        return Stage.CLASS
    return Stage.PROBATION if plan.counts_by == Plan.CountsBy.CEREMONY else Stage.DECIDED


def _forecast(snapshot, found):
    plan, tree, p = found.plan, found.tree, found.node.position
    if found.on >= plan.last_day:
        return Forecast(found, None, None, [], None, None)
    if found.tree_on != found.on:
        why_not = _("tổ chức đã kết thúc ngày %s: xem ở tổ chức kế thừa") % vietnamese.day(found.tree_on)
        return Forecast(found, None, None, [], None, None, why_not)
    line = [*tree.ancestors(p), p]
    asked = line[0], found.on, STAGES[goal_of(plan)]
    past = _kept(snapshot, (found.tree_on, *asked), lambda: waits(snapshot, tree, *asked))
    mine = past.within(tree, p)
    basis = _basis(past, mine, "" if p == line[0] else tree.name(line[0]))
    why_not = _too_few(past, basis, found)
    if why_not:
        return Forecast(found, None, None, [], None, basis, why_not)
    steps = usual(past, tree, p)
    rules = snapshot.statute.on(found.on)
    latest = Latest(snapshot, past, mine, steps, plan.last_day.toordinal(), rules)
    why_not = _not_here(tree.kind(p), basis, found)
    if why_not:
        return Forecast(found, None, latest, steps, None, basis, why_not)
    weights = np.random.default_rng(SEED).dirichlet(np.ones(past.years), ANSWERS) * past.years
    speed = rates(past, tree, p, weights)
    coming = _coming(past, mine, weights)
    direct = _direct(snapshot, found, past, weights)
    time = Time(found.on, plan.last_day, plan.since)
    come = outcome(speed, time, past.standing(mine), coming, direct)
    return Forecast(found, come, latest, steps, speed, basis)


def _basis(past, mine, above):
    done = past.then == past.goal
    own, every = (len(np.unique(past.row[mask])) for mask in (mine, slice(None)))
    return Basis(own, int(np.count_nonzero(done & mine)), every, int(np.count_nonzero(done)), above)


def _too_few(past, basis, found):
    """Why nothing can be said, "" where something can."""
    number = vietnamese.number
    if basis.all_done < FEWEST_DONE:
        words = _(
            "chưa đủ dữ liệu: %(years)s năm qua sổ mới ghi %(done)s hồ sơ đi hết chặng, cần ít nhất %(fewest)s"
        )
        return words % {"years": YEARS, "done": number(basis.all_done), "fewest": FEWEST_DONE}
    if past.on - int(past.begun.min()) < FEWEST_DAYS:
        return _("chưa đủ dữ liệu: sổ theo dõi hồ sơ chưa được một năm")
    if found.plan.last_day.year - found.on.year > MOST_YEARS:
        return _("ngày cuối của kế hoạch còn quá xa, quá %s năm") % MOST_YEARS
    return ""


def _not_here(kind, basis, found):
    """Why dates are given here, but no numbers; "" where they are."""
    if kind in Kind.cells():
        return _("chi bộ không có dự báo bằng số: xem ngày muộn nhất của từng hồ sơ")
    if basis.own < FEWEST_OWN:
        words = _("chưa đủ dữ liệu: ở đây mới có %(own)s hồ sơ, cần ít nhất %(fewest)s")
        return words % {"own": vietnamese.number(basis.own), "fewest": FEWEST_OWN}
    return ""


def _coming(past, mine, weights):
    """By answer, part of the year and stage: how many a day are entered."""
    share = np.bincount(past.stage[past.came & mine], minlength=past.goal) + 0.0
    share /= max(share.sum(), 1)
    daily = _daily(past, past.begun[past.came], past.begun[past.came & mine], weights)
    return daily[:, :, None] * share


def _direct(snapshot, found, past, weights):
    """By answer and part of the year: how many a day are counted whose road nobody followed."""
    plan, tree, p = found.plan, found.tree, found.node.position
    mask, places, rows = counted(snapshot, plan, date.min, found.on)
    if plan.counts == Plan.Counts.TRAINED:
        mask &= ~np.isin(rows["person"], snapshot.candidacies["person"])
    else:
        mask &= rows["candidacy"] == 0
    where = tree.position[places]
    days = counting_days(rows, plan)[mask & (where >= p) & (where < tree.end[p])]
    return _daily(past, days, days, weights)


def _daily(past, every, own, weights):
    """By answer and part of the year: how many a day, of the day numbers of the committee's `own`, spread over the year
    as `every` one of the whole is. Of the calendar years known whole, or of the last twelve months where there is none."""
    begins = [date(past.first_year + k, 1, 1).toordinal() for k in range(past.years)]
    whole = np.array(begins[:-1]) >= past.begun.min()
    (year, part), own_year = calendar(every), calendar(own)[0] - past.first_year
    if whole.any():
        weights = weights[:, :-1][:, whole]
        people = np.bincount(own_year[(own_year >= 0) & (own_year < YEARS)], minlength=YEARS)[whole]
        daily = weights @ people / weights.sum(1) / DAYS
        part = part[np.isin(year - past.first_year, np.flatnonzero(whole))]
    else:
        daily = np.full(len(weights), np.count_nonzero(own > past.on - DAYS) / DAYS)
    spread = (np.bincount(part, minlength=PARTS) + EVEN) / (len(part) + EVEN * PARTS) * PARTS
    return daily[:, None] * spread

"""Targets follow heirs by derivation: summed in a merger, by the act's shares in a split, act by act; the whole stays the
whole."""

from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.tree import Structure
from recruitment.models import Plan, Quota
from recruitment.quotas.heirs import targets_on
from recruitment.quotas.targets import Target, shared

START = date(2020, 1, 1)
PLAN = Plan(pk=1, code="KH", since=START, until=date(2030, 1, 1))


def day(n):
    return START + timedelta(days=n)


class Map:
    """Units side by side under one province P, changed act by act; what each is to reach, worked out beside."""

    def __init__(self, goals):
        self.ids, self.since, self.until, self.heirs = {"P": 1}, {"P": 0}, {}, []
        self.quotas, self.goals = {}, {}
        for k, (low, width) in enumerate(goals):
            code = f"U{k}"
            self.found(code, 0)
            self.quotas[self.ids[code]] = [
                Quota(low=low, high=low + width if width else None, effective_on=START)
            ]
            self.goals[code] = (low, low + width)

    def found(self, code, on):
        self.ids[code], self.since[code] = len(self.ids) + 1, on

    def standing(self):
        return sorted(self.since.keys() - self.until.keys() - {"P"})

    def end(self, code, on, shares):
        """shares: [(heir, share)], the principal first."""
        self.until[code] = on
        for k, (heir, share) in enumerate(shares):
            self.heirs.append((self.ids[code], self.ids[heir], day(on), share, k == 0, f"{on}-NQ"))

    @property
    def structure(self):
        return Structure(
            [(pk, code) for code, pk in self.ids.items()],
            [
                (
                    self.ids[code], day(since), day(self.until[code]) if code in self.until else None,
                    None if code == "P" else 1, "upper", code, "", "",
                )
                for code, since in self.since.items()
            ],
            self.heirs,
        )  # fmt: skip

    def snapshot(self):
        small = SimpleNamespace(quotas={(1, None): self.quotas}, headcounts={})
        return SimpleNamespace(structure=self.structure, small=small)

    def targets(self, on):
        snapshot = self.snapshot()
        tree = snapshot.structure.at(day(on))
        found = targets_on(snapshot, PLAN, day(on), tree, None)
        return {tree.code(p): (target.value, target.to or target.value) for p, target in found.items()}


def by_remainder(whole, shares):
    """Whole numbers by largest remainder; of equal remainders the larger share first, then the one named first."""
    exact = [whole * share for share in shares]
    parts = [x // 1 for x in exact]
    order = sorted(range(len(shares)), key=lambda k: (parts[k] - exact[k], -shares[k], k))
    for k in order[: whole - sum(parts)]:
        parts[k] += 1
    return parts


@st.composite
def reorganised(draw):
    """A Map after up to eight acts, one a day; each time what every unit was to reach before."""
    world = Map(
        draw(st.lists(st.tuples(st.integers(0, 60), st.sampled_from([0, 0, 3])), min_size=2, max_size=6))
    )
    steps = [dict(world.goals)]
    for on in range(1, draw(st.integers(1, 8)) + 1):
        standing, goals = world.standing(), dict(world.goals)
        merge = len(standing) > 1 and draw(st.booleans())
        ended = draw(st.lists(st.sampled_from(standing), min_size=1, max_size=2 if merge else 1, unique=True))
        fresh = [f"N{on}-{k}" for k in range(3)]
        others = [code for code in standing if code not in ended] + fresh
        heirs = draw(st.lists(st.sampled_from(others), min_size=1, max_size=1 if merge else 3, unique=True))
        weights = draw(st.lists(st.integers(1, 9), min_size=len(heirs), max_size=len(heirs)))
        shares = [Fraction(weight, sum(weights)) for weight in weights]
        if (
            len(heirs) > 1
        ):  # the principal heir first, the others in order of code, as the rows of a Structure stand
            heirs[1:] = sorted(heirs[1:])
        for code in fresh:
            if code in heirs:
                world.found(code, on)
        for code in ended:
            world.end(code, on, list(zip(heirs, shares, strict=True)))
            if code in goals:
                low, high = goals.pop(code)
                lows, highs = by_remainder(low, shares), by_remainder(high, shares)
                if any(a > b for a, b in zip(lows, highs, strict=True)):
                    highs = [a + b for a, b in zip(lows, by_remainder(high - low, shares), strict=True)]
                for heir, a, b in zip(heirs, lows, highs, strict=True):
                    was = goals.get(heir, (0, 0))
                    goals[heir] = (was[0] + a, was[1] + b)
        world.goals = goals
        steps.append(goals)
    return world, steps


@pytest.mark.once
@given(reorganised())
def test_every_day_keeps_the_whole_and_each_heir_its_part(made):
    world, steps = made
    whole = tuple(map(sum, zip(*steps[0].values(), strict=True)))
    for on, goals in enumerate(steps):
        found = world.targets(on)
        assert found == goals, "by the tree of each day what that day's acts made of it"
        assert tuple(map(sum, zip(*found.values(), strict=True))) == whole


@pytest.mark.once
@given(st.integers(0, 500), st.integers(0, 40), st.lists(st.integers(1, 30), min_size=1, max_size=6))
def test_parts_make_the_whole_at_both_ends(low, width, weights):
    shares = [SimpleNamespace(share=Fraction(w, sum(weights)), day=730000, document="1") for w in weights]
    parts = shared(Target(low, low + width), shares)
    assert (sum(p.value for p in parts), sum(p.to for p in parts)) == (low, low + width)
    assert all(p.value <= p.to for p in parts)
    assert all(abs(p.value - low * share.share) < 1 for p, share in zip(parts, shares, strict=True))


@pytest.mark.once
def test_a_range_whose_upper_end_would_give_one_less_keeps_its_order():
    """Largest remainder may give one less of more: never below what the lower end gave."""
    weights = [5, 9, 9, 9, 9]
    for low in range(60):
        shares = [SimpleNamespace(share=Fraction(w, 41), day=730000, document="") for w in weights]
        parts = shared(Target(low, low + 1), shares)
        assert all(p.value <= p.to for p in parts) and sum(p.to for p in parts) == low + 1


@pytest.mark.once
def test_a_split_of_what_a_merger_brought_is_rounded_once():
    """A hundred ones merged, then halved, are fifty each: not a hundred for who comes first."""
    world = Map([(1, 0)] * 100)
    world.found("M", 1)
    for k in range(100):
        world.end(f"U{k}", 1, [("M", 1)])
    world.found("A", 2)
    world.found("B", 2)
    world.end("M", 2, [("A", Fraction(1, 2)), ("B", Fraction(1, 2))])
    assert world.targets(2) == {"A": (50, 50), "B": (50, 50)}


@pytest.mark.once
def test_shares_that_make_no_whole_leave_all_with_the_principal_heir():
    world = Map([(10, 0)])
    world.found("A", 1)
    world.found("B", 1)
    world.end("U0", 1, [("A", Fraction(1, 2)), ("B", Fraction(1, 4))])
    assert world.targets(1) == {"A": (10, 10)}


@pytest.mark.once
def test_heirs_in_a_ring_do_not_hang():
    world = Map([(10, 0), (4, 0)])
    world.found("A", 1)
    world.end("U0", 1, [("A", Fraction(1, 2)), ("U1", Fraction(1, 2))])
    world.end("U1", 2, [("U0", Fraction(1, 2)), ("A", Fraction(1, 2))])
    assert world.targets(2).keys() <= {"A"}

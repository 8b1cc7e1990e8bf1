"""The arithmetic under a forecast: waits cut into half months, chances worked backwards, intervals."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.pipeline.outcome import Outcome, Time, outcome
from recruitment.pipeline.rates import Rates
from recruitment.pipeline.waits import LONGEST, PARTS, TICK, calendar, waits
from tests.recruitment.pipeline import forecast_world as fw

ON = date(2026, 7, 1)


def constant(forward, leave=0.0, answers=4):
    """Rates of one stage at which every tick is alike, without years that differ."""
    shape = (answers, 1, LONGEST + 1)
    rates = Rates(
        np.full(shape, forward),
        np.full(shape, leave),
        np.ones((1, PARTS)),
        np.array([[0, 1.0]]),
        1e-6,
        (0, 0),
    )
    return rates


@given(st.integers(1, 40), st.floats(0.01, 0.3), st.floats(0, 0.2))
def test_one_stage_is_a_geometric_series(ticks, forward, leave):
    time = Time(ON, ON + timedelta(days=round(ticks * TICK)), date(2026, 1, 1))
    standing = np.zeros((1, LONGEST + 1), np.int64)
    standing[0, 3] = 100
    none = np.zeros((4, PARTS, 1))
    came = outcome(constant(forward, leave), time, standing, none, none[:, :, 0])
    scale = time.step / TICK
    stay = 1 - (forward + leave) * scale
    wanted = 100 * forward * scale * sum(stay**k for k in range(time.ticks))
    assert came.mean == pytest.approx(wanted, rel=0.01, abs=0.05)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=300))
def test_an_interval_holds_what_it_promises(drawn):
    low, high = Outcome(0, np.array(drawn)).interval(0.8)
    within = sum(low <= people <= high for people in drawn)
    assert within >= 0.8 * len(drawn)
    assert low in drawn and high in drawn


@given(
    standing=st.lists(st.integers(0, 50), min_size=LONGEST + 1, max_size=LONGEST + 1),
    more=st.integers(0, LONGEST), days=st.integers(1, 400),
)  # fmt: skip
def test_more_dossiers_are_never_fewer_people(standing, more, days):
    time = Time(ON, ON + timedelta(days=days), date(2026, 1, 1))
    none = np.zeros((4, PARTS, 1))
    means = []
    for extra in (0, 1):
        table = np.array([standing])
        table[0, more] += extra
        means.append(outcome(constant(0.07, 0.02), time, table, none, none[:, :, 0]).mean)
    assert means[1] >= means[0]


def test_who_comes_before_the_plan_begins_does_not_count():
    time = Time(date(2026, 6, 30), date(2026, 12, 31), date(2026, 10, 1))
    standing = np.zeros((1, LONGEST + 1), np.int64)
    standing[0, 0] = 1000
    none = np.zeros((4, PARTS, 1))
    whole = outcome(constant(0.05), Time(*(time.on, time.last), time.on), standing, none, none[:, :, 0]).mean
    early = outcome(
        constant(0.05), Time(time.on, date(2026, 9, 30), time.on), standing, none, none[:, :, 0]
    ).mean
    rest = outcome(constant(0.05), time, standing, none, none[:, :, 0]).mean
    assert rest == pytest.approx(whole - early, rel=0.02)


@given(st.dates(date(2020, 1, 1), date(2026, 6, 1)), st.integers(0, 900))
def test_a_wait_is_cut_into_half_months(begun, days):
    """An ended wait has one tick more than whole ones have passed, and ends in the last, on its own day's part."""
    end = begun + timedelta(days=days)
    shape = fw.structure({"A": "province"}, {})
    made = fw.snapshot(shape, [("A", [("source", begun), ("class", end)]), ("A", [("source", begun)])])
    on = max(end, date(2026, 7, 1))
    found = waits(made, made.tree(on), 0, on, 5)
    first = date(on.year - 5, 1, 1)
    mine = found.wait[found.stage[found.wait] == 0]
    ended = found.row[mine] == 0
    if begun >= first:
        assert ended.sum() == int(days / TICK) + 1
        assert (~ended).sum() == round((on - begun).days / TICK)
    assert found.moved.sum() == (end >= first)
    if found.moved.any():
        year, part = calendar(np.array([end.toordinal()]))
        assert (found.year[found.moved] + first.year, found.part[found.moved]) == (year, part)
    assert not found.left.any()


def test_halves_of_months():
    days = [date(2026, 1, 1), date(2026, 1, 15), date(2026, 1, 16), date(2026, 12, 31), date(2028, 2, 29)]
    years, parts = calendar(np.array([day.toordinal() for day in days]))
    assert years.tolist() == [2026, 2026, 2026, 2026, 2028]
    assert parts.tolist() == [0, 0, 1, 23, 3]

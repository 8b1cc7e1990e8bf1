"""The forecast against what came: the demo's past years, every unit, three days a year. It is held to what it promises:
the 80 % interval holds about eight times in ten, and of targets with a chance of so much that share is reached."""

from collections import Counter
from datetime import date

import numpy as np
import pytest

from recruitment.imports.organisations import BRVT, read
from recruitment.pipeline.forecast import forecast
from recruitment.quotas.progress import progress
from tests.recruitment.pipeline import forecast_world as fw

YEARS = range(2021, 2026)
DAYS = ((4, 1), (7, 1), (10, 1))


@pytest.fixture(scope="module")
def tried():
    """[(unit, day, the Forecast's document, what came by the end of the year)] by the targets of the demo's plans."""
    targets = {}
    of_years = {f"BRVT-{year}": year for year in YEARS}
    for row in read(f"{BRVT}/past_quotas.csv"):
        if year := of_years.get(row["Mã kế hoạch"]):
            targets.setdefault(year, {})[row["Mã tổ chức"]] = int(row["Chỉ tiêu"])
    plans = [(fw.year_plan(year), targets[year]) for year in YEARS]
    snapshot = fw.snapshot(fw.province(), fw.history_roads(date(2025, 12, 31)), plans)
    found = []
    for year in YEARS:
        ends = {unit: progress(snapshot, f"P-{year}", unit).admitted for unit in ("BRVT", *fw.UNITS)}
        for month, day in DAYS:
            on = date(year, month, day)
            for unit, came in ends.items():
                told = forecast(snapshot, progress(snapshot, f"P-{year}", unit, on=on))
                found.append((unit, on, told, came))
    return found


def test_the_interval_holds_eight_times_in_ten(tried, capsys):
    held = {(unit, on): told.interval[0] <= came <= told.interval[1] for unit, on, told, came in tried}
    units = [one for (unit, _on), one in held.items() if unit != "BRVT"]
    whole = [one for (unit, _on), one in held.items() if unit == "BRVT"]
    by_month = {
        month: np.mean([one for (unit, on), one in held.items() if on.month == month and unit != "BRVT"])
        for month, _day in DAYS
    }
    with capsys.disabled():
        said = ", ".join(f"1/{month}: {share:.0%}" for month, share in by_month.items())
        print(
            f"\nforecast: the 80 % interval held {sum(units)} of {len(units)} times ({np.mean(units):.1%}; {said});"
            f" of the whole province {sum(whole)} of {len(whole)}"
        )
    assert 0.7 <= np.mean(units) <= 0.9
    assert all(0.65 <= share <= 0.95 for share in by_month.values())
    assert np.mean(whole) >= 0.5  # fifteen, all of the same few years


def test_it_leans_to_neither_side(tried):
    units = [(told, came) for unit, _on, told, came in tried if unit != "BRVT"]
    expected = sum(told.come.mean for told, _came in units)
    assert 0.93 <= sum(came - told.admitted for told, came in units) / expected <= 1.07
    misses = Counter(
        "below" if came < told.interval[0] else "above" for told, came in units if not _holds(told, came)
    )
    assert min(misses.values()) * 4 >= max(misses.values())


def _holds(told, came):
    return told.interval[0] <= came <= told.interval[1]


def test_a_chance_is_how_often_the_target_is_reached(tried):
    pairs = np.array([
        (told.chance, came >= told.target) for unit, _on, told, came in tried if unit != "BRVT"
    ])  # fmt: skip
    assert abs(pairs[:, 0].mean() - pairs[:, 1].mean()) < 0.1
    for low, high in ((0, 1 / 3), (1 / 3, 2 / 3), (2 / 3, 1.01)):
        some = pairs[(pairs[:, 0] >= low) & (pairs[:, 0] < high)]
        assert len(some) > 15
        assert abs(some[:, 0].mean() - some[:, 1].mean()) < 0.2
    # Better than saying of each what is true of all.
    assert ((pairs[:, 0] - pairs[:, 1]) ** 2).mean() < 0.6 * pairs[:, 1].var()

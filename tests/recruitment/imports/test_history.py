"""The demo's years since 2018 as roads: dated as the rules of the day want them, the same whenever they are asked for."""

from collections import Counter
from datetime import date, timedelta

import pytest

from committees.vietnamese import add_months
from recruitment.imports import history, organisations, world
from recruitment.rules import statute, working_days

LAST = date(2026, 11, 30)


@pytest.fixture(scope="module")
def found():
    return organisations.brvt(world.SEED)[1]


@pytest.fixture(scope="module")
def roads(found):
    return history.roads(world.SEED, found, LAST)


def test_a_shorter_history_is_the_beginning_of_a_longer_one(found, roads):
    for day in (date(2021, 2, 3), date(2026, 1, 1)):
        cut = [road.until(day) for road in roads if road.entered <= day]
        assert history.roads(world.SEED, found, day) == cut


def test_every_unit_goes_on_every_year_and_years_differ(roads):
    admitted = Counter((road.unit, road.day("decided").year) for road in roads if road.day("decided"))
    units = {road.unit for road in roads}
    assert len(units) == 15
    assert all(admitted[unit, year] for unit in units for year in range(2020, 2027))
    yearly = [sum(admitted[unit, year] for unit in units) for year in range(2020, 2026)]
    assert all(230 <= count <= 380 for count in yearly)
    assert max(yearly) - min(yearly) > 40
    ends = Counter(road.steps[-1][0] for road in roads if road.entered.year == 2022)
    assert 0.25 < ends["closed"] / sum(ends.values()) < 0.5


def test_seasons_are_seen(roads):
    months = Counter(road.day("decided").month for road in roads if road.day("decided"))
    assert months[11] > 1.4 * months[6]


def test_nobody_where_there_is_no_source_or_a_list_is_written_by_hand(found, roads):
    cells = {road.cell for road in roads}
    assert not cells & history.KEPT_AWAY
    assert not cells & {cell for one in found if one.source != "open" for cell in one.cells}


def test_every_day_is_as_the_rules_of_that_day_want_it(roads):
    book = statute.read()
    calendar = working_days.calendar((day, what) for day, what, _name in working_days.read())
    for road in roads:
        steps, days = [stage for stage, _day in road.steps], [day for _stage, day in road.steps]
        assert days == sorted(days) and len(set(steps)) == len(steps)
        assert all(day.weekday() < 5 for day in days)
        if vote := road.day("cell"):
            assert vote <= add_months(road.day("class"), book.on(vote)["certificate"].value)
        if decided := road.day("decided"):
            assert decided <= calendar.after(vote, book.on(vote)["decision"].value)
            assert road.received is None or decided < road.received
        if held := road.day("probation"):
            assert (
                road.received
                <= held
                <= calendar.after(road.received, book.on(held)["ceremony"].value) + timedelta(10)
            )
        if recognised := road.day("official"):
            assert recognised > add_months(held, 12)


def test_days_come_after_the_day_asked_for_nobody(roads):
    assert all(day <= LAST for road in roads for _stage, day in road.steps)
    assert not any(road.received and road.received > LAST for road in roads)

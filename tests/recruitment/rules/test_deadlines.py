"""When a certificate lapses and a probation ends, at the corners of the calendar too; each with its source."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules import deadlines

RULES = [deadlines.CERTIFICATE, deadlines.PROBATION, deadlines.RECOGNITION, deadlines.MENTOR]
days = st.dates(date(1930, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("issued", "end"),
    [
        ((2020, 1, 15), (2025, 1, 15)),  # the example of the source; a cell that met on 03/02/2025 was wrong
        ((2020, 2, 29), (2025, 2, 28)),
        ((2015, 2, 28), (2020, 2, 28)),
        ((2019, 12, 31), (2024, 12, 31)),
    ],
)
def test_a_certificate_holds_sixty_months(issued, end):
    assert deadlines.certificate_lapses_on(date(*issued)) == date(*end)


@pytest.mark.parametrize(
    ("ceremony", "end"),
    [
        ((2025, 11, 28), (2026, 11, 28)),
        ((2024, 2, 29), (2025, 2, 28)),
        ((2023, 2, 28), (2024, 2, 28)),
        ((2025, 8, 31), (2026, 8, 31)),
    ],
)
def test_probation_lasts_twelve_months_from_the_ceremony(ceremony, end):
    assert deadlines.probation_ends_on(date(*ceremony)) == date(*end)


@given(days, st.sampled_from([(deadlines.certificate_lapses_on, 5), (deadlines.probation_ends_on, 1)]))
def test_the_same_day_some_years_later(day, term):
    ends_on, years = term
    end = ends_on(day)
    assert (end.year, end.month) == (day.year + years, day.month)
    assert end.day == day.day or (day.day, end.day, (end + timedelta(days=1)).day) == (29, 28, 1)
    assert ends_on(day + timedelta(days=1)) >= end


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_says_where_it_stands(rule):
    assert rule.citation and rule.mark in {"S", "M", "?"}
    assert rule.confirmed == (rule.mark == "S")
    assert (rule.value is None) == (rule.unit is None)

"""Every term with a worked example, at the corners of the calendar too, and by the rule set of its day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules import deadlines, statute, working_days
from recruitment.rules.eligibility.person import age_in_months
from recruitment.rules.statute import Change

STATUTE = statute.read()
RULES = STATUTE.on(date(2026, 11, 22))
VIETNAM = working_days.calendar((day, what) for day, what, _name in working_days.read())
BARE = working_days.calendar([])
DAY = timedelta(days=1)
days = st.dates(date(1930, 1, 1), date(2099, 12, 31))


def corrected(code, value):
    return STATUTE.with_(
        changes=[Change("2025-07", code, value, "Điểm 1", "S", "1-QĐ/TW", date(2025, 7, 1))]
    ).on(date(2026, 11, 22))


@pytest.mark.parametrize(
    ("issued", "end"),
    [
        ((2020, 1, 15), (2025, 1, 15)),
        ((2020, 2, 29), (2025, 2, 28)),
        ((2015, 2, 28), (2020, 2, 28)),
        ((2019, 12, 31), (2024, 12, 31)),
    ],
)
def test_a_certificate_holds_sixty_months(issued, end):
    assert deadlines.certificate_lapses_on(date(*issued), RULES) == date(*end)


def test_a_cell_that_met_after_the_certificate_lapsed_was_wrong():
    """The example of the source: issued 15/01/2020, met 03/02/2025. The set is the one of the day of the meeting."""
    met = date(2025, 2, 3)
    assert STATUTE.on(met).code == "2025-01"
    lapses = deadlines.certificate_lapses_on(date(2020, 1, 15), STATUTE.on(met))
    assert lapses == date(2025, 1, 15) < met


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ((2025, 11, 22), (2026, 11, 22)),
        ((2024, 2, 29), (2025, 2, 28)),
        ((2025, 8, 31), (2026, 8, 31)),
    ],
)
def test_papers_of_the_dossier_hold_twelve_months(day, end):
    assert deadlines.papers_lapse_on(date(*day), RULES) == date(*end)


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
    assert deadlines.probation_ends_on(date(*ceremony), RULES) == date(*end)


# Terms in working days, counted by hand where nothing is off: five to a week.
WEEKS = [
    (deadlines.decision_due_on, 60),
    (deadlines.decision_latest_on, 90),
    (deadlines.ceremony_due_on, 30),
    (deadlines.member_file_due_on, 30),
    (deadlines.recognition_decision_due_on, 30),
    (deadlines.transfer_due_on, 60),
    (deadlines.answer_due_on, 30),
]


@pytest.mark.parametrize(("due", "count"), WEEKS, ids=lambda value: getattr(value, "__name__", value))
def test_working_days_where_nothing_is_off(due, count):
    for begun in (date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)):  # Friday, Saturday, Sunday
        assert due(begun, RULES, BARE) == date(2026, 11, 20) + timedelta(weeks=count // 5)


def test_a_letter_abroad_has_ninety_working_days():
    assert deadlines.answer_due_on(date(2026, 11, 20), RULES, BARE, abroad=True) == date(2027, 3, 26)


@pytest.mark.parametrize(
    ("due", "begun", "end"),
    [
        # 5 weekdays to the end of 2025, then Tết: 16 to 20/02/2026; 01 and 02/01 off, Saturday 10/01 worked.
        (deadlines.decision_due_on, (2025, 12, 24), (2026, 3, 26)),
        # 30/4 and 01/5/2025 off, 02/5 off for the Saturday worked on 26/4.
        (deadlines.ceremony_due_on, (2025, 4, 25), (2025, 6, 10)),
        # 01 and 02/9/2025 off.
        (deadlines.recognition_decision_due_on, (2025, 8, 22), (2025, 10, 7)),
        (deadlines.member_file_due_on, (2026, 2, 13), (2026, 4, 3)),
    ],
)
def test_working_days_over_days_off(due, begun, end):
    assert due(date(*begun), RULES, VIETNAM) == date(*end)


@pytest.mark.parametrize(
    ("ceremony", "end"),
    [
        ((2025, 4, 15), (2026, 6, 1)),  # 27 and 30/4, 01/5/2026 off
        ((2024, 2, 29), (2025, 4, 14)),  # the 12 months end on 28/02; 07/4/2025 off
    ],
)
def test_the_cell_considers_within_thirty_working_days_after_the_probation(ceremony, end):
    due = deadlines.recognition_due_on(date(*ceremony), RULES, VIETNAM)
    assert due == date(*end)
    assert VIETNAM.between(deadlines.probation_ends_on(date(*ceremony), RULES), due) == 30


@pytest.mark.parametrize(("since", "end"), [((2026, 8, 22), (2026, 11, 22)), ((2025, 11, 30), (2026, 2, 28))])
def test_a_review_each_quarter(since, end):
    assert deadlines.review_due_on(date(*since), RULES) == date(*end)
    assert deadlines.review_due_on(date(2026, 1, 1), corrected("review", 6)) == date(2026, 7, 1)


def test_the_certificate_comes_fifteen_days_after_completion_was_recognised():
    assert deadlines.class_certificate_due_on(date(2026, 2, 14), RULES) == date(2026, 3, 1)  # Tết counts


@pytest.mark.parametrize(
    ("born", "on", "months"),
    [
        ((2008, 11, 30), (2026, 11, 1), 216),  # 18 by the month, though not yet by the day
        ((2008, 12, 1), (2026, 11, 30), 215),
        ((1966, 11, 1), (2026, 11, 30), 720),  # 60 until the month is over
        ((1966, 10, 31), (2026, 11, 1), 721),
        ((2008, 2, 29), (2026, 2, 1), 216),
    ],
)
def test_age_is_counted_by_months(born, on, months):
    assert age_in_months(date(*born), date(*on), by_day=False) == months


@pytest.mark.parametrize(
    ("born", "on", "months"),
    [
        ((2008, 11, 30), (2026, 11, 29), 215),
        ((2008, 11, 30), (2026, 11, 30), 216),
        ((1966, 11, 22), (2026, 12, 21), 720),
        ((1966, 11, 22), (2026, 12, 22), 721),
    ],
)
def test_age_with_the_day_where_the_rules_are_corrected_so(born, on, months):
    assert age_in_months(date(*born), date(*on), by_day=True) == months


BY_MONTHS = {
    "certificate": deadlines.certificate_lapses_on,
    "papers": deadlines.papers_lapse_on,
    "probation": deadlines.probation_ends_on,
    "review": deadlines.review_due_on,
}
BY_WORKING_DAYS = {
    "decision": deadlines.decision_due_on,
    "ceremony": deadlines.ceremony_due_on,
    "member_file": deadlines.member_file_due_on,
    "recognition": deadlines.recognition_due_on,
    "recognition_decision": deadlines.recognition_decision_due_on,
    "transfer": deadlines.transfer_due_on,
    "verification_answer": deadlines.answer_due_on,
}


@given(days, st.sampled_from(sorted(BY_MONTHS)))
def test_terms_in_months_end_on_the_same_day_or_the_last_of_the_month(day, code):
    end = BY_MONTHS[code](day, RULES)
    months = RULES[code].value
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end.day < day.day and (end + DAY).day == 1)
    assert BY_MONTHS[code](day + DAY, RULES) >= end


@pytest.mark.parametrize("code", sorted(BY_MONTHS))
def test_a_corrected_term_in_months_is_the_one_counted(code):
    assert BY_MONTHS[code](date(2026, 1, 15), corrected(code, 2)) == date(2026, 3, 15)


@pytest.mark.parametrize("code", sorted(BY_WORKING_DAYS))
def test_a_corrected_term_in_working_days_is_the_one_counted(code):
    begun = date(2026, 1, 15) if code != "recognition" else date(2025, 1, 15)
    assert BY_WORKING_DAYS[code](begun, corrected(code, 2), BARE) == date(2026, 1, 19)


def test_the_extension_is_a_rule_of_its_own():
    rules = corrected("decision_extension", 5)
    assert deadlines.decision_latest_on(date(2026, 11, 20), rules, BARE) == date(2027, 2, 19)

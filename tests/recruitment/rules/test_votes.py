"""Votes: the whole is everyone entitled, the share is exact, a cell too small may not vote, three failures go up."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules import statute, votes
from recruitment.rules.statute import Change
from recruitment.rules.votes import TooFew, entitled, goes_up, needed, passes

DAY = date(2026, 11, 22)
RULES = statute.read().on(DAY)
TWO_THIRDS = sorted(set(votes.KINDS) - {"board_vote"})
COMMITTEES = sorted(set(votes.KINDS) - votes.CELLS)


def with_value(code, value):
    change = Change("2025-07", code, value, "Điểm 1", "S", "1-QĐ/TW", date(2025, 7, 1))
    return statute.read().with_(changes=[change]).on(DAY)


@pytest.mark.parametrize(
    ("members", "away", "exempt", "whole"),
    [
        (15, 0, 0, 15),
        (15, 2, 0, 13),
        (15, 0, 3, 12),
        (15, 2, 3, 10),
        (3, 3, 0, 0),
    ],
)
def test_who_is_away_or_exempt_and_absent_is_not_counted(members, away, exempt, whole):
    assert entitled(members, away, exempt) == whole


def test_an_exempted_member_who_attends_is_counted():
    """Only the absent ones are given as exempt: of three exempted, one came."""
    assert entitled(15, 0, 3 - 1) == 13


@pytest.mark.parametrize("counts", [(3, 2, 2), (-1, 0, 0), (3, -1, 0), (3, 0, -1)])
def test_no_more_are_taken_off_than_there_are(counts):
    with pytest.raises(ValueError):
        entitled(*counts)


@pytest.mark.parametrize("kind", TWO_THIRDS)
@pytest.mark.parametrize(
    ("whole", "least"), [(3, 2), (4, 3), (5, 4), (6, 4), (7, 5), (14, 10), (15, 10), (30, 20)]
)
def test_two_thirds_of_all(kind, whole, least):
    assert needed(kind, whole, RULES) == least
    assert passes(kind, whole, least, RULES) and not passes(kind, whole, least - 1, RULES)


@pytest.mark.parametrize(("whole", "least"), [(1, 1), (2, 2), (3, 2), (10, 6), (11, 6)])
def test_more_than_a_half_of_the_board(whole, least):
    assert needed("board_vote", whole, RULES) == least
    assert passes("board_vote", whole, least, RULES) and not passes("board_vote", whole, least - 1, RULES)


@given(st.sampled_from(TWO_THIRDS), st.integers(3, 500), st.data())
def test_two_thirds_against_exact_arithmetic(kind, whole, data):
    in_favour = data.draw(st.integers(0, whole))
    assert passes(kind, whole, in_favour, RULES) == (Fraction(in_favour, whole) >= Fraction(2, 3))
    assert votes.share(in_favour, whole) == Fraction(in_favour, whole)


@given(st.integers(1, 500), st.data())
def test_a_half_against_exact_arithmetic(whole, data):
    in_favour = data.draw(st.integers(0, whole))
    assert passes("board_vote", whole, in_favour, RULES) == (Fraction(in_favour, whole) > Fraction(1, 2))


@given(st.fractions(Fraction(1, 2), 1, max_denominator=50), st.integers(3, 200), st.data())
def test_a_corrected_share_is_counted_as_exactly(fraction, whole, data):
    rules = with_value("cell_vote", f"{fraction.numerator}/{fraction.denominator}")
    in_favour = data.draw(st.integers(0, whole))
    share = Fraction(in_favour, whole)
    assert passes("cell_vote", whole, in_favour, rules) == (
        share > fraction or (share == fraction > Fraction(1, 2))
    )
    assert passes("base_vote", whole, in_favour, rules) == (share >= Fraction(2, 3))


@given(st.sampled_from(sorted(votes.KINDS)), st.integers(3, 300), st.integers(0, 299))
def test_one_more_in_favour_never_loses_a_vote(kind, whole, in_favour):
    if in_favour < whole and passes(kind, whole, in_favour, RULES):
        assert passes(kind, whole, in_favour + 1, RULES)
    assert passes(kind, whole, whole, RULES) and not passes(kind, whole, 0, RULES)


def test_the_share_is_not_that_of_those_present():
    """Ten of twelve who came are 83 %, of all sixteen 62,5 %."""
    assert not passes("cell_vote", entitled(16, 0, 0), 10, RULES)
    assert passes("cell_vote", entitled(16, 1, 0), 10, RULES)


@pytest.mark.parametrize("kind", sorted(votes.CELLS))
def test_a_cell_of_two_may_not_vote(kind):
    for ask in (lambda: needed(kind, 2, RULES), lambda: passes(kind, 2, 2, RULES)):
        with pytest.raises(TooFew) as refused:
            ask()
        assert (refused.value.entitled, refused.value.rule) == (2, RULES["cell_size"])
    assert passes(kind, 3, 2, RULES)


def test_a_cell_is_small_by_its_members_not_by_who_is_away():
    assert needed("cell_vote", 2, RULES, members=3) == 2
    assert passes("cell_vote", 2, 2, RULES, members=3)
    with pytest.raises(TooFew):
        passes("cell_vote", 2, 2, RULES, members=2)


@pytest.mark.parametrize("kind", COMMITTEES)
def test_a_committee_has_no_least_size(kind):
    assert passes(kind, 2, 2, RULES)


@pytest.mark.parametrize(("whole", "in_favour"), [(5, 6), (5, -1), (0, 0)])
def test_counts_that_cannot_be_are_refused(whole, in_favour):
    with pytest.raises(ValueError):
        passes("base_vote", whole, in_favour, RULES)


def test_no_other_body_votes():
    with pytest.raises(KeyError):
        passes("section_appraisal", 5, 5, RULES)


@pytest.mark.parametrize(
    ("told", "up"),
    [
        ([], False),
        ([False, False], False),
        ([False, False, False], True),
        ([False, False, False, False], True),
        ([False, True, False, False], False),
        ([True, False, False, False], True),
        ([False, False, False, True], False),
    ],
)
def test_three_failed_votes_go_up(told, up):
    assert goes_up(told, RULES) is up


def test_how_many_failures_is_a_rule():
    assert goes_up([False, False], with_value("failed_votes", 2))

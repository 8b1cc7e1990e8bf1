"""The largest remainder: sums are exact, nobody is a whole person away from the exact share, order is kept."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.quotas.allocation import Unshareable, share

WHOLE = st.integers(0, 5000)
PARTS = st.builds(Fraction, WHOLE, st.integers(1, 60))
WEIGHTS = st.lists(st.one_of(WHOLE, PARTS), min_size=1, max_size=40).filter(any)


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (10, [1, 1, 1], [4, 3, 3]),  # of equal remainders and weights, who stands first
        (7, [2, 1, 1], [3, 2, 2]),
        (1, [1, 3], [0, 1]),
        (3, [1, 1, 4], [1, 0, 2]),  # the two small ones have remainders of one half
        (2, [3, 1], [2, 0]),  # 1,5 and 0,5: equal remainders, the larger weight
        (0, [0, 0], [0, 0]),
        (0, [], []),
        (5, [0, 2], [0, 5]),
        (100, [Fraction(1, 3), Fraction(2, 3)], [33, 67]),
    ],
)
def test_by_hand(total, weights, shares):
    assert share(total, weights) == shares


@given(WHOLE, WEIGHTS)
def test_it_sums_exactly_and_nobody_is_a_person_off(total, weights):
    shares = share(total, weights)
    assert sum(shares) == total
    for weight, got in zip(weights, shares, strict=True):
        assert abs(got - Fraction(total * weight, sum(weights))) < 1
        assert isinstance(got, int)


@given(WHOLE, WEIGHTS)
def test_a_larger_weight_never_gets_less(total, weights):
    ranked = sorted(zip(weights, share(total, weights), strict=True))
    for (less, few), (more, many) in zip(ranked, ranked[1:], strict=False):
        assert few <= many if less < more else abs(few - many) <= 1


@given(WHOLE, WEIGHTS, st.integers(1, 50))
def test_only_proportions_count_and_order_does_not(total, weights, times):
    """Ten times the members are the same shares; and who stands where moves only what is a tie."""
    shares = share(total, weights)
    assert share(total, [weight * times for weight in weights]) == shares
    turned = share(total, weights[::-1])
    assert sorted(turned) == sorted(shares)


@given(st.integers(0, 5), WHOLE, WEIGHTS)
def test_with_a_least(least, beyond, weights):
    total = least * len(weights) + beyond
    shares = share(total, weights, least=least)
    assert sum(shares) == total and min(shares) >= least
    ranked = sorted(zip(weights, shares, strict=True))
    assert all(a[1] <= b[1] for a, b in zip(ranked, ranked[1:], strict=False) if a[0] < b[0])


def test_what_cannot_be_shared():
    with pytest.raises(Unshareable, match="chọn cách chia khác"):
        share(1, [0, 0])
    with pytest.raises(Unshareable, match="chọn cách chia khác"):
        share(1, [])
    with pytest.raises(Unshareable, match="2 đơn vị cần 6"):
        share(5, [1, 1], least=3)
    assert share(6, [0, 0], least=3) == [3, 3]
    assert share(6, [1, 1], least=3) == [3, 3]

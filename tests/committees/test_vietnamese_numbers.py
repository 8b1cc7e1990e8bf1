"""Numbers and percentages, written and read."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees import vietnamese as vi


def test_numbers_as_written():
    assert vi.number(9701) == "9.701" and vi.number(-498) == "−498" and vi.number(1234567) == "1.234.567"
    assert (vi.signed(349), vi.signed(0), vi.signed(-1000)) == ("+349", "0", "−1.000")
    assert vi.decimal(Decimal("103.734")) == "103,73" and vi.decimal(Fraction(2, 3), 1) == "0,7"
    assert vi.decimal(9701.5) == "9.701,50" and vi.decimal(12, 0) == "12"
    assert vi.decimal(Decimal("-0.001")) == "0,00" and vi.decimal(Decimal("-0.005")) == "−0,01"
    assert (
        vi.percent_text(Decimal("103.73")) == "103,73\u00a0%"
        and vi.percent_text(Decimal(64), 1) == "64,0\u00a0%"
    )


@pytest.mark.parametrize(
    ("part", "whole", "places", "wanted"),
    [
        (9701, 9352, 2, "103.73"),
        (141, 160, 2, "88.13"),  # exactly 88,125: half goes up
        (1, 8, 0, "13"),
        (1, 3, 4, "33.3333"),
        (0, 5, 2, "0.00"),
        (-1, 8, 0, "-13"),
        (10**40, 3, 2, "3" * 42 + ".33"),
    ],
)
def test_percent(part, whole, places, wanted):
    assert str(vi.percent(part, whole, places)) == wanted


def test_percent_of_nothing_is_none():
    assert vi.percent(5, 0) is None and vi.percent(0, 0) is None
    assert vi.percent(5, None) is None and vi.percent(None, 5) is None


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9), st.integers(0, 6))
def test_percent_is_rounded_once_and_away_from_zero_at_half(part, whole, places):
    exact = Fraction(100 * part, whole)
    error = Fraction(vi.percent(part, whole, places)) - exact
    half = Fraction(1, 2 * 10**places)
    assert abs(error) <= half and (abs(error) < half or (error > 0) == (exact > 0))


@given(st.integers(-(10**14), 10**14))
def test_what_number_writes_parse_number_reads(n):
    assert vi.parse_number(vi.number(n)) == n
    assert vi.parse_number(vi.number(n).replace(".", "\u00a0")) == n
    assert vi.parse_number(str(n)) == n == vi.parse_number(Decimal(n)) == vi.parse_number(n)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_what_decimal_writes_parse_decimal_reads(x):
    assert vi.parse_decimal(vi.decimal(x)) == x
    assert vi.parse_decimal(vi.percent_text(x)) == x


@pytest.mark.parametrize(
    "text",
    [
        "9.70",
        "9,5",
        "9.701 234",
        "0.701",
        "97.01",
        "1.2345",
        ".701",
        "",
        "  ",
        "abc",
        "12 người",
        "9,701",
        "٣",
        "1e3",
        "9" * 16,
    ],
)
def test_what_is_no_whole_number_is_refused(text):
    with pytest.raises(ValueError, match="Cần một số nguyên"):
        vi.parse_number(text)


@pytest.mark.parametrize(
    "value", [9.5, True, None, float("nan"), float("inf"), Decimal("NaN"), 10**400, 1e300, []]
)
def test_values_that_are_no_whole_number_are_refused(value):
    with pytest.raises(ValueError, match="Cần một số nguyên"):
        vi.parse_number(value)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("103,73", "103.73"),
        ("103,73 %", "103.73"),
        ("7%", "7"),
        ("9.701,5", "9701.5"),
        ("9.701", "9701"),
        ("−0,5", "-0.5"),
    ],
)
def test_parse_decimal(text, wanted):
    assert vi.parse_decimal(text) == Decimal(wanted)
    assert vi.parse_decimal(0.1) == Decimal("0.1")


@pytest.mark.parametrize("text", ["103.73", "1,2,3", "5,", ",5", "%", "", None, True, float("nan"), "5 %%"])
def test_what_is_no_decimal_is_refused(text):
    with pytest.raises(ValueError, match="dấu phẩy"):
        vi.parse_decimal(text)


def test_messages_say_what_was_found_and_stay_short():
    for value, found in (
        ("9.70", "“9.70”"),
        ("", "ô trống"),
        (None, "ô trống"),
        ("x" * 99, f"“{'x' * 39}…”"),
    ):
        with pytest.raises(ValueError) as raised:
            vi.parse_number(value)
        assert str(raised.value).startswith(f"Tìm thấy {found}.")

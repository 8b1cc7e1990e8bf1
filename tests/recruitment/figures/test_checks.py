"""Every verdict, on cases outside the seeds as well as theirs."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from committees.vietnamese import decimal, number
from recruitment.figures.checks import VERDICTS, check
from recruitment.figures.printed import fits, read
from recruitment.figures.statements import Unreadable, state
from recruitment.figures.words import WORDS


def one(operation, published, terms, *others, document="VB"):
    """The result of one claim, read beside (operation, published, terms) others of its document."""
    rows = [(operation, published, terms), *others]
    return check(state(f"C{k}", *row, document) for k, row in enumerate(rows))[0]


@pytest.mark.parametrize(
    "operation, published, terms, verdict, recomputed",
    [
        ("tỷ lệ", "103,73%", "9701;9352", "rounded", "103.73"),
        ("Tỉ lệ", "100%", "2.480;2.480", "exact", "100.00"),
        ("tỷ lệ", "948,78%", "443.137;46.706", "rounded", "948.78"),
        ("tỷ lệ", "66,66%", "2;3", "truncated", "66.67"),
        ("tỷ lệ", "trên 80%", "4;5", "wording", "80.00"),
        ("tỷ lệ", "gần 90%", "539;600", "exact", "89.83"),
        ("tỷ lệ", "1,5 lần", "3;2", "exact", "1.50"),
        ("tỷ lệ", "90%", "539;700", "mismatch", "77.00"),
        ("tỷ lệ", "5%", "1;0", "not_checkable", None),
        ("tỷ lệ", "từ 7% trở lên", "", "not_checkable", None),
        ("tổng", "746", "281;465", "exact", "746"),
        ("tổng", "12.133", "2.206;1.967;2.334;2.310", "sum_mismatch", "8817"),
        ("tổng", "hơn 8.800", "2.206;1.967;2.334;2.310", "exact", "8817"),
        ("tổng", "hơn 8.817", "2.206;1.967;2.334;2.310", "wording", "8817"),
        ("tổng", "hơn 9.000", "2.206;1.967;2.334;2.310", "sum_mismatch", "8817"),
        ("tổng", "3,8", "1,25;2,5", "rounded", "3.75"),
        ("hiệu", "2.035", "9.701;7.666", "exact", "2035"),
        ("hiệu", "2.036", "9.701;7.666", "mismatch", "2035"),
        ("hiệu", "-35", "100;135", "exact", "-35"),
        ("hiệu", "170-200", "300;110", "exact", "190"),
        ("bình quân", "2.245", "11.225;5", "exact", "2245"),
        ("bình quân", "51", "921;18", "rounded", "51.17"),
        ("bình quân", "52", "921;18", "mismatch", "51.17"),
        ("bộ phận", "92,36%", "443.137;46.706", "part_exceeds_whole", "948.78"),
        ("bộ phận", "150%", "3;2", "part_exceeds_whole", "150.00"),
        ("bộ phận", "", "5;4", "part_exceeds_whole", "125.00"),
        ("bộ phận", "", "4;5", "exact", "80.00"),
        ("bộ phận", "", "", "not_checkable", None),
        ("bộ phận", "5%", "5;0", "part_exceeds_whole", None),
        ("bộ phận", "25%", "9;36", "exact", "25.00"),
    ],
)
def test_verdicts(operation, published, terms, verdict, recomputed):
    result = one(operation, published, terms)
    assert (result.verdict, result.recomputed) == (verdict, recomputed)


def test_every_verdict_has_its_word():
    assert tuple(WORDS) == VERDICTS


def test_a_part_beyond_its_whole_is_offered_the_digit_too_many():
    result = one("bộ phận", "92,36%", "443.137;46.706")
    assert "43.137 / 46.706 = 92,36 %" in result.hint


@pytest.mark.parametrize(
    "terms, repaired",
    [
        ("539;60", "539 / 600 = 89,83 %"),  # a digit lost from the whole
        ("839;600", "539 / 600 = 89,83 %"),  # one digit mistaken for another
        ("5399;600", "539 / 600 = 89,83 %"),  # a digit doubled: rather dropped than changed
    ],
)
def test_one_digit_repairs(terms, repaired):
    assert repaired in one("bộ phận", "89,83%", terms).hint


def test_without_a_percentage_or_a_repair_only_the_fact_is_told():
    assert one("bộ phận", "", "5;4").hint == "Phần 5 lớn hơn toàn bộ 4."
    assert one("bộ phận", "1,23%", "9999;10").hint == "Phần 9.999 lớn hơn toàn bộ 10."


@pytest.mark.parametrize(
    "other, named",
    [
        (("tổng", "12.133", "2206;1967"), "12.133"),  # a whole figure printed elsewhere
        (("tổng", "12.133", ""), "12.133"),  # even where nothing can be recomputed
        (("tỷ lệ", "44,09%", "5350;12133"), "12.133"),  # a term
    ],
)
def test_the_denominator_that_fits_is_named(other, named):
    result = one("tỷ lệ", "93,63%", "11.360;18.817", other)
    assert result.verdict == "wrong_denominator"
    assert f"11.360 / {named} = 93,63 %" in result.hint


def test_a_number_of_another_document_does_not_help():
    rows = [("A", "tỷ lệ", "93,63%", "11360;18817", "VB1"), ("B", "tổng", "12.133", "", "VB2")]
    assert check(state(*row) for row in rows)[0].verdict == "mismatch"


def test_a_part_is_not_its_own_whole():
    assert one("tỷ lệ", "100%", "5;8").verdict == "mismatch"
    assert one("tỷ lệ", "100%", "5;8", ("tổng", "5", "")).verdict == "wrong_denominator"


def test_a_worded_share_finds_its_whole_only_where_it_is_also_near():
    assert (
        one("tỷ lệ", "trên 46%", "248;7025", ("tỷ lệ", "gần 90%", "539;600")).verdict == "wrong_denominator"
    )
    assert one("tỷ lệ", "trên 46%", "248;7025", ("tổng", "250", "")).verdict == "mismatch"


def test_percentages_words_and_ranges_of_others_are_no_denominators():
    others = [("tỷ lệ", "80%", ""), ("tổng", "hơn 80", ""), ("hiệu", "80-90", "")]
    assert one("tỷ lệ", "50%", "40;100", *others).verdict == "mismatch"


@pytest.mark.parametrize(
    "row, field",
    [
        (("tích", "5", "1;2"), "operation"),
        (("", "5", "1;2"), "operation"),
        (("tỷ lệ", "nhiều", "1;2"), "published"),
        (("tỷ lệ", "5%", "một;2"), "terms"),
        (("tỷ lệ", "5%", "1"), "terms"),
        (("hiệu", "5", "1;2;3"), "terms"),
        (("tỷ lệ", "5%", "1;;2"), "terms"),
    ],
)
def test_unreadable_fields_are_named(row, field):
    with pytest.raises(Unreadable) as caught:
        state("A", *row)
    assert caught.value.field == field and caught.value.wanted


counts = st.integers(1, 10**7)


@given(counts, counts, st.integers(0, 4))
def test_a_share_rounded_half_up_always_holds(part, whole, places):
    text = decimal(Fraction(100 * part, whole), places) + "%"
    assert one("tỷ lệ", text, f"{part};{whole}").verdict in ("exact", "rounded")


@given(counts, counts, st.integers(0, 4))
def test_a_share_cut_is_truncated_unless_cutting_is_rounding(part, whole, places):
    exact = Fraction(100 * part, whole)
    cut = Fraction(int(exact * 10**places), 10**places)
    verdict = one("tỷ lệ", decimal(cut, places) + "%", f"{part};{whole}").verdict
    assert verdict == (
        "exact" if cut == exact else "rounded" if 2 * (exact - cut) * 10**places < 1 else "truncated"
    )


@given(counts, counts, st.integers(1, 10**4))
def test_a_share_two_steps_off_never_holds(part, whole, steps):
    off = Fraction(int(Fraction(10_000 * part, whole)) + 1 + steps, 100)
    assert one("tỷ lệ", decimal(off) + "%", f"{part};{whole}").verdict == "mismatch"


@given(st.lists(counts, min_size=1, max_size=8), st.integers(-5, 5))
def test_a_sum_holds_only_at_its_value(terms, off):
    assume(sum(terms) + off >= 0)
    result = one("tổng", number(sum(terms) + off), ";".join(map(number, terms)))
    assert result.verdict == ("sum_mismatch" if off else "exact")
    assert result.recomputed == str(sum(terms))


@given(st.integers(1000, 10**6), st.integers(0, 6), st.data())
def test_a_digit_typed_twice_is_found(whole, at, data):
    part = data.draw(st.integers(whole // 2, whole))
    text = str(part)
    at %= len(text)
    doubled = text[: at + 1] + text[at:]
    printed_share = decimal(Fraction(100 * part, whole), 4) + "%"
    result = one("bộ phận", printed_share, f"{doubled};{whole}")
    assert result.verdict == "part_exceeds_whole"
    assert f"Nếu đọc {number(int(doubled))} là {number(part)} thì" in result.hint


def test_order_and_length_are_kept():
    rows = [state(f"C{k}", "tổng", str(k), str(k)) for k in range(5)]
    assert [result.statement.code for result in check(rows)] == ["C0", "C1", "C2", "C3", "C4"]


@given(
    st.integers(1, 10**4),
    st.sampled_from(
        ["{}%", "gần {}%", "trên {}%", "khoảng {}%", "dưới {}%", "từ {}% trở lên", "từ {} đến 130%"]
    ),
    st.integers(1, 130),
    st.lists(st.integers(1, 10**4), max_size=12),
)
def test_a_denominator_is_found_exactly_where_one_fits(part, words, share, others):
    """The quick search against trying every number of the document."""
    text = words.format(share)
    result = one("tỷ lệ", text, f"{part};10000000", *(("tổng", str(other), str(other)) for other in others))
    assume(result.verdict in ("wrong_denominator", "mismatch"))
    fitting = any(fits(read(text), Fraction(100 * part, other)) for other in others)
    assert (result.verdict == "wrong_denominator") == fitting

"""What a document prints, read: the number, its digits, and what the word beside it promises."""

from fractions import Fraction

import pytest

from recruitment.figures import printed


@pytest.mark.parametrize(
    "text, number, high, word",
    [
        ("103,73 %", "103.73", "103.73", "plain"),
        ("12.133", "12133", "12133", "plain"),
        ("2.035 đảng viên", "2035", "2035", "plain"),
        ("đạt 100%", "100", "100", "plain"),
        ("Trên  80%", "80", "80", "over"),
        ("hơn 8.000 người", "8000", "8000", "over"),
        ("từ 7% trở lên so với tổng số đảng viên", "7", "7", "at_least"),
        ("7% trở lên", "7", "7", "at_least"),
        ("ít nhất 3", "3", "3", "at_least"),
        ("không dưới 3", "3", "3", "at_least"),
        ("dưới 5%", "5", "5", "under"),
        ("chưa đến 5%", "5", "5", "under"),
        ("tối đa 5", "5", "5", "at_most"),
        ("5% trở xuống", "5", "5", "at_most"),
        ("đạt gần 90%", "90", "90", "nearly"),
        ("khoảng 500", "500", "500", "roughly"),
        ("170-200", "170", "200", "range"),
        ("170 – 200 đảng viên", "170", "200", "range"),
        ("từ 170 đến 200", "170", "200", "range"),
        ("80% - 85%", "80", "85", "range"),
        ("gần 1,37 triệu người", "1370000", "1370000", "nearly"),
        (12133, "12133", "12133", "plain"),
        (57.2, "57.2", "57.2", "plain"),
        ("-35", "-35", "-35", "plain"),
        ("gầ" + "n 90%", "90", "90", "nearly"),
    ],
)
def test_reads_figures_as_printed(text, number, high, word):
    seen = printed.read(text)
    assert (seen.number, seen.high, seen.word) == (Fraction(number), Fraction(high), word)


@pytest.mark.parametrize(
    "text", ["nhiều", "103.73%", "12.13", "200-170", "tích 80%", "10/15", "1 2", "trên 170-200", "%", True]
)
def test_refuses_what_is_no_figure(text):
    with pytest.raises(ValueError, match="số"):
        printed.read(text)


def test_digits_printed_are_remembered():
    assert printed.read("12,0%").step == Fraction(1, 10)
    assert printed.read("1,37 triệu").step == 10_000


@pytest.mark.parametrize(
    "text, value, verdict",
    [
        ("trên 80%", "80", "wording"),
        ("trên 80%", "80.001", "exact"),
        ("trên 80%", "79.996", "wording"),
        ("trên 80%", "79", None),
        ("hơn 8.000", "9701", "exact"),
        ("từ 80% trở lên", "80", "exact"),
        ("từ 80% trở lên", "79.9", "wording"),
        ("ít nhất 80%", "79.4", None),
        ("dưới 5%", "5", "wording"),
        ("dưới 5%", "4.999", "exact"),
        ("dưới 5%", "6", None),
        ("tối đa 5", "5", "exact"),
        ("gần 90%", "89.8333", "exact"),
        ("gần 90%", "90", "wording"),
        ("gần 90%", "90.1", "wording"),
        ("gần 90%", "85.5", "exact"),
        ("gần 90%", "85.4", None),
        ("gần 3%", "2.6", "exact"),
        ("khoảng 90%", "90", "exact"),
        ("khoảng 90%", "94.5", "exact"),
        ("khoảng 90%", "94.6", None),
        ("khoảng 3%", "3.9", "exact"),
        ("170-200", "170", "exact"),
        ("170-200", "200", "exact"),
        ("170-200", "200.4", "wording"),
        ("170-200", "201", None),
        ("66,67%", "66.6666", "rounded"),
        ("66,66%", "66.6666", "truncated"),
        ("66,65%", "66.6666", None),
        ("0,5%", "0.45", "rounded"),
        ("0,4%", "0.45", "truncated"),
        ("100%", "100", "exact"),
        ("-3", "-2.5", "rounded"),
        ("-2", "-2.5", "truncated"),
    ],
)
def test_judges_on_the_unrounded_value(text, value, verdict):
    assert printed.judge(printed.read(text), Fraction(value)) == verdict


def test_an_open_word_does_not_fit_what_is_far_away():
    seen = printed.read("trên 80%")
    assert printed.judge(seen, Fraction(900)) == "exact"
    assert not printed.fits(seen, Fraction(900))
    assert printed.fits(seen, Fraction(81))

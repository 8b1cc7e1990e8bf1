import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
import time_machine
from hypothesis import assume, given
from hypothesis import strategies as st

from committees import vietnamese as vi

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
WORDS = st.lists(st.text(LETTERS + LETTERS.upper() + "0123456789-.", min_size=1, max_size=7), max_size=4).map(
    " ".join
)


def forms(text):
    return unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)


# ---- fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đất  Đỏ", "dat do"),
        ("Ðất Ðỏ", "dat do"),  # eth, as old fonts leave it
        (" BÀ RỊA\u00a0– Vũng Tàu\n", "ba ria - vung tau"),
        ("Uỷ ban", "uy ban"),
        ("Ủy ban", "uy ban"),
        ("145—QĐ/HU", "145-qd/hu"),
        ("a\u2011b\u2212c", "a-b-c"),
        ("BRVT\u200b-DD\ufeff", "brvt-dd"),
        ("Ưng Ơ Ă Â Ê Ô", "ung o a a e o"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert [vi.fold(form) for form in forms(text)] == [folded, folded]


@given(st.text())
def test_folding_again_changes_nothing_and_forms_agree(text):
    assert vi.fold(vi.fold(text)) == vi.fold(text)
    assert len({vi.fold(form) for form in forms(text)}) == 1


@given(WORDS)
def test_folded_vietnamese_is_plain_ascii_in_any_case(text):
    assert vi.fold(text).isascii()
    assert vi.fold(text.upper()) == vi.fold(text.lower()) == vi.fold(text)


# ---- order


@pytest.mark.parametrize(
    "ordered",
    [
        ["ba", "bà", "bả", "bã", "bá", "bạ", "ba ba", "bàn", "bao", "băn", "bân"],
        ["da", "dz", "đa", "e", "ê", "o", "ô", "ơ", "u", "ư", "v"],
        ["an", "àn b", "ana"],  # a shorter word before any longer one, whatever its tone
        ["thôn 2", "thôn 10", "thôn 10a", "thôn mới"],
        ["hoa", "hòa", "hoá"],
    ],
)
def test_dictionary_order(ordered):
    keys = [vi.sort_key(text) for text in ordered]
    assert all(one < next_ for one, next_ in pairwise(keys)), list(zip(ordered, keys, strict=True))


def test_where_the_tone_mark_stands_does_not_matter():
    assert vi.sort_key("hòa") == vi.sort_key("hoà")
    assert vi.sort_key("Ủy") == vi.sort_key("uỷ")


def test_names_go_by_given_name_with_its_tone_then_by_the_rest():
    ordered = ["An", "Bùi An", "Trần An", "Lê Văn Àn", "Bùi Ánh", "Lê An Bình", "Lê Bá Bình", "Lê Đức"]
    assert all(vi.name_sort_key(one) < vi.name_sort_key(other) for one, other in pairwise(ordered))
    assert vi.name_sort_key("  ") == ""


@given(st.text(), st.text())
def test_keys_are_digits_the_same_for_both_forms_and_blind_to_case(one, other):
    for key in (vi.sort_key, vi.name_sort_key):
        assert key(one) == "" or (key(one).isascii() and key(one).isdigit())
        assert len({key(form) for form in forms(one)}) == 1
    assume(vi.fold(one) != vi.fold(other))
    if one.isalpha() and one.isascii() and other.isalpha() and other.isascii():
        assert (vi.sort_key(one) < vi.sort_key(other)) == (one.lower() < other.lower())


RANK = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
TONES = "\u0300\u0309\u0303\u0301\u0323"


def compared(text):
    """The order said another way: letters of each word, shorter first, then the tone of each word."""
    words = unicodedata.normalize("NFD", text.lower()).split()
    tones = [next((TONES.index(c) + 1 for c in word if c in TONES), 0) for word in words]
    bare = [unicodedata.normalize("NFC", "".join(c for c in word if c not in TONES)) for word in words]
    return [[RANK[c] for c in word] for word in bare], tones


@given(*[st.lists(st.text(LETTERS, min_size=1, max_size=4), min_size=1, max_size=3).map(" ".join)] * 2)
def test_the_order_of_keys_is_the_order_of_the_language_at_any_length(one, other):
    assert (vi.sort_key(one) < vi.sort_key(other)) == (compared(one) < compared(other))
    assert (vi.sort_key(one) == vi.sort_key(other)) == (compared(one) == compared(other))
    first, second = (
        (vi.sort_key(n.split()[-1]), vi.sort_key(" ".join(n.split()[:-1]))) for n in (one, other)
    )
    assert (vi.name_sort_key(one) < vi.name_sort_key(other)) == (first < second)


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_numbers_inside_compare_as_numbers(one, other):
    assert (vi.sort_key(f"Tổ {one}b") < vi.sort_key(f"Tổ {other}b")) == (one < other)


# ---- numbers


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


# ---- dates


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_way_of_writing_a_day_is_read(d):
    ways = [f"{d.day}{mark}{d.month}{mark}{d.year}" for mark in "/-."]
    ways += [
        vi.day(d),
        d.isoformat(),
        f"{d:%d%m}{d.year}",
        int(f"1{d:%d%m}{d.year}"[1:]),
        f" {d.day} / {d.month} / {d.year} ",
        f"Ngày {d:%d}  tháng {d:%m} năm {d.year}",
        f"{d.day} tháng {d.month}, năm {d.year}",
    ]
    ways += [
        d,
        datetime(d.year, d.month, d.day, 23, 59),
        f"{d.isoformat()} 00:00:00",
        f"{d.day}–{d.month}–{d.year}",
    ]
    if d.day < 10:
        ways.remove(int(f"{d:%d%m}{d.year}"))  # a number loses its leading zero: seven digits are refused
    assert {vi.parse_day(way) for way in ways} == {d}


def test_two_digit_years_are_the_ninety_past_and_the_ten_to_come():
    with time_machine.travel(datetime(2025, 6, 1, tzinfo=UTC)):
        read = [vi.parse_day(text).year for text in ("240415", "01/01/65", "1.1.35", "1-1-36", "010100")]
        assert read == [2015, 1965, 2035, 1936, 2000]


@pytest.mark.parametrize(
    "value",
    [
        "31/02/2015",
        "4/24/2015",
        "29/02/2015",
        "00/01/2015",
        "abc",
        "",
        None,
        42118,
        4042015,
        "24/4/0015",
        "24/4/2200",
        "1/1-2015",
        "ngày 31 tháng 2 năm 2015",
        "tháng 2 năm 2015",
        "24/4",
        1.5,
    ],
)
def test_what_is_no_day_is_refused(value):
    with pytest.raises(ValueError, match="Cần ngày/tháng/năm"):
        vi.parse_day(value)


def test_day_is_padded_and_in_vietnam():
    assert vi.day(date(2015, 4, 5)) == "05/04/2015"
    assert vi.day(datetime(2015, 4, 4, 17, 0, tzinfo=UTC)) == "05/04/2015"
    assert vi.day(datetime(2015, 4, 4, 17, 0)) == "04/04/2015"
    assert vi.parse_day(datetime(2015, 4, 4, 17, 0, tzinfo=UTC)) == date(2015, 4, 5)


def test_today_is_vietnams():
    with time_machine.travel(datetime(2025, 6, 30, 16, 59, tzinfo=UTC), tick=False):
        assert vi.today() == date(2025, 6, 30)
    with time_machine.travel(datetime(2025, 7, 1, 0, 0, tzinfo=timezone(timedelta(hours=7))), tick=False):
        assert vi.today() == date(2025, 7, 1)


def test_months_end_where_the_month_ends():
    assert vi.add_months(date(2015, 1, 31), 1) == date(2015, 2, 28)
    assert vi.add_months(date(2016, 1, 31), 1) == date(2016, 2, 29)
    assert vi.add_months(date(2015, 12, 15), 1) == date(2016, 1, 15)
    assert vi.add_months(date(2016, 3, 31), -1) == date(2016, 2, 29)
    assert vi.months_between(date(2015, 1, 31), date(2015, 2, 28)) == 1
    assert vi.months_between(date(2015, 1, 31), date(2015, 2, 27)) == 0
    assert vi.months_between(date(2015, 2, 1), date(2015, 1, 31)) == -1


@given(*[st.dates(date(1900, 1, 1), date(2199, 12, 31))] * 2)
def test_months_between_is_the_last_that_does_not_pass(a, b):
    n = vi.months_between(a, b)
    assert vi.add_months(a, n) <= b < vi.add_months(a, n + 1)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(1990, 5, 6), date(2020, 5, 5), 29),
        (date(1990, 5, 6), date(2020, 5, 6), 30),
        (date(1992, 2, 29), date(2010, 2, 28), 17),
        (date(1992, 2, 29), date(2010, 3, 1), 18),
        (date(1992, 2, 29), date(2012, 2, 29), 20),
        (date(2020, 1, 2), date(2020, 1, 1), -1),
    ],
)
def test_age(born, on, age):
    assert vi.age_on(born, on) == age

"""Words folded and put in the order of the language."""

import unicodedata
from itertools import pairwise

import pytest
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

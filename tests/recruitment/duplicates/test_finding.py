"""Which two records are offered as one human being, and why: over people made up to differ in one thing."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recruitment.duplicates.finding import (
    LETTER,
    NAME,
    NUMBER,
    SWAPPED,
    WHOLE,
    Known,
    Pair,
    one_letter,
    pairs,
    swapped,
)

pytestmark = pytest.mark.once
BORN = date(1990, 3, 14)


def known(pk, search="nguyen thi anh", born=BORN, citizen_id=None, native_place=""):
    return Known(pk, search, born, citizen_id, native_place)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ({}, {}, Pair(1, 2, NAME)),
        ({"native_place": "Đất Đỏ"}, {"native_place": "đất  đỏ"}, Pair(1, 2, WHOLE)),
        ({"native_place": "Đất Đỏ"}, {"native_place": "Long Điền"}, Pair(1, 2, NAME, ("native_place",))),
        ({"citizen_id": "077190000001"}, {"citizen_id": "077190000010"}, Pair(1, 2, NAME, ("citizen_id",))),
        ({"citizen_id": "077190000001"}, {"citizen_id": "079185123456"}, None),
        ({"citizen_id": "077190000001"}, {"citizen_id": "273456789"}, Pair(1, 2, NAME, ("citizen_id",))),
        (
            {"citizen_id": "000273456789", "search": "a"},
            {"citizen_id": "273456789"},
            Pair(1, 2, NUMBER, ("citizen_id",)),
        ),
        ({"born": date(1990, 3, 5)}, {"born": date(1990, 5, 3)}, Pair(1, 2, SWAPPED)),
        ({"born": date(1990, 3, 5)}, {"born": date(1990, 3, 6)}, None),
        ({}, {"search": "nguyen thi ahn"}, Pair(1, 2, LETTER)),
        ({}, {"search": "nguyen thi nanh"}, Pair(1, 2, LETTER)),
        ({}, {"search": "nguyen thi hong"}, None),
        ({}, {"search": "nguyen thi nah", "born": date(1991, 3, 14)}, None),
    ],
)
def test_two_people_are_paired_by_what_they_share(one, other, found):
    people = [known(1, **one), known(2, **other)]
    assert pairs(people) == pairs(people[::-1]) == ([found] if found else [])
    weak = found is not None and found.kind in (SWAPPED, LETTER)
    assert pairs(people, weak=False) == ([] if weak or found is None else [found])


WORDS = st.text("anh ", min_size=1, max_size=5)


def edits(word):
    """Every word one slip away, and itself."""
    yield word
    for k in range(len(word) + 1):
        yield from (word[:k] + letter + word[k:] for letter in "anh x")
        if k < len(word):
            yield word[:k] + word[k + 1 :]
            yield from (word[:k] + letter + word[k + 1 :] for letter in "anh x")
        if k + 1 < len(word):
            yield word[:k] + word[k + 1] + word[k] + word[k + 2 :]


@given(WORDS, WORDS)
@example("ab", "ba")
@settings(max_examples=150, deadline=None)
def test_one_letter_is_one_slip_of_the_hand(a, b):
    assert one_letter(a, b) == one_letter(b, a) == (b in set(edits(a)))


@given(st.dates(date(1930, 1, 1), date(2010, 12, 31)))
@settings(max_examples=100, deadline=None)
def test_day_and_month_change_places_and_back(born):
    turned = swapped(born)
    if turned is None:
        assert born.day > 12 or born.day == born.month
    else:
        assert swapped(turned) == born != turned


@given(
    st.lists(
        st.builds(
            known,
            pk=st.just(0),
            search=st.sampled_from(["tran van bay", "tran van bai", "le thi tam"]),
            born=st.sampled_from([date(1990, 3, 5), date(1990, 5, 3), date(1990, 3, 6)]),
            citizen_id=st.sampled_from([None, None, "077190000001", "077190000010", "273456789"]),
            native_place=st.sampled_from(["", "Đất Đỏ", "Long Điền"]),
        ),
        max_size=7,
    )
)
@settings(max_examples=80, deadline=None)
def test_many_together_are_paired_as_two_by_two(people):
    people = [known(k + 1, p.search, p.born, p.citizen_id, p.native_place) for k, p in enumerate(people)]
    alone = [pair for two in combinations(people, 2) for pair in pairs(two)]
    assert sorted(pairs(people), key=repr) == sorted(alone, key=repr)
    assert all(pair.one < pair.other for pair in alone)


def test_pairs_among_many_people_come_in_time():
    people = [known(k, f"nguyen van {k % 977}", BORN + timedelta(k % 9000)) for k in range(20_000)]
    assert {pair.kind for pair in pairs(people)} <= {NAME, SWAPPED, LETTER}

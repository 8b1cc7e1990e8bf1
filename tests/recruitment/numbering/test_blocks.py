"""What is left of a reserved block, and which number comes next."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from recruitment.models import NumberBlock
from recruitment.numbering.blocks import Left, next_number, sign_of
from tests import factories as make
from tests.factories_papers import make_block

ON = date(2026, 4, 24)


@pytest.mark.django_db
def test_the_next_number_passes_over_what_was_given_and_what_was_skipped():
    at = make.make_province("T")
    make_block(at["T-1"], 8, 12, since=date(2026, 4, 1), skipped=[9])
    assert next_number(at["T-1"].pk, "QĐ", date(2026, 3, 31)) is None
    assert next_number(at["T-1"].pk, "NQ", ON) is None
    assert next_number(at["T"].pk, "QĐ", ON) is None
    assert next_number(at["T-1"].pk, "QĐ", ON) == "08-QĐ/HU"
    make.make_admission(at["T-1-1-1"], date(2026, 4, 2), decision_number="8-QĐ/HU")
    make.make_admission(at["T-1-1-1"], date(2026, 4, 2), decision_number="10-QĐ/HU")
    assert next_number(at["T-1"].pk, "QĐ", ON) == "11-QĐ/HU"
    for n in (11, 12):
        make.make_admission(at["T-1-1-1"], date(2026, 4, 3), decision_number=f"{n}-QĐ/HU")
    assert next_number(at["T-1"].pk, "QĐ", ON) is None
    make_block(at["T-1"], 30, 31, since=date(2026, 4, 2), ended_on=date(2026, 4, 25))
    assert next_number(at["T-1"].pk, "QĐ", ON) == "30-QĐ/HU"
    assert next_number(at["T-1"].pk, "QĐ", date(2026, 4, 25)) is None  # ended that day


@given(
    some.integers(1, 400),
    some.integers(0, 60),
    some.sets(some.integers(1, 460)),
    some.sets(some.integers(1, 460)),
)
def test_what_was_used_what_was_skipped_and_what_is_left_make_the_block(first, more, used, skipped):
    block = NumberBlock(first=first, last=first + more, suffix="-QĐ/HU", skipped=sorted(skipped))
    left = Left(block, frozenset(used))
    every = set(range(first, first + more + 1))
    assert set(left.free) | ((used | skipped) & every) == every
    assert not set(left.free) & (used | skipped) and left.size == len(every)
    assert (left.next is None) == (not left.free)


def test_the_type_in_a_suffix():
    assert [sign_of(text) for text in ("-QĐ/HU", "-qd/hu", "-TTr/ĐU", "-XX/HU", "HU")] == [
        "QĐ",
        "QĐ",
        "TTr",
        "",
        "",
    ]

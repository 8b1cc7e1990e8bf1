import pytest

from recruitment.numbering.series import Block, skipped


def test_what_is_empty_takes_the_next_that_is_free():
    block = Block("08", suffix="-QĐ/HU", skipped=frozenset({10}))
    assert block.fill(["", "", "11-QĐ/HU", ""]) == ["08-QĐ/HU", "09-QĐ/HU", "11-QĐ/HU", "12-QĐ/HU"]


def test_as_wide_as_it_was_typed_without_the_gaps():
    block = Block("0099", "A-", "/CN", skipped("100, 102–103"))
    assert block.fill([""] * 3) == ["A-0099/CN", "A-0101/CN", "A-0104/CN"]


def test_numbers_named_in_words():
    assert skipped("147, 150-152; 9") == {9, 147, 150, 151, 152}
    assert skipped(" ") == skipped(None) == frozenset()


@pytest.mark.parametrize("text", ["x", "9-5", "1-99999", "-3"])
def test_gaps_that_are_none(text):
    with pytest.raises(ValueError, match="các số bỏ qua"):
        skipped(text)

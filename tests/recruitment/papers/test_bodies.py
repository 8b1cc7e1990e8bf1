"""What organisations are called on papers, where these are dated from, where tones stand, what is cited."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.papers.bodies import leading, place, territory, toned
from recruitment.papers.grounds import grounds
from recruitment.rules import statute


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("Đảng bộ tỉnh Bà Rịa – Vũng Tàu", "Tỉnh ủy Bà Rịa – Vũng Tàu"),
        ("Đảng bộ Thành phố Hồ Chí Minh", "Thành ủy Thành phố Hồ Chí Minh"),
        ("Đảng bộ thành phố Vũng Tàu", "Thành ủy Vũng Tàu"),
        ("Đảng bộ huyện Đất Đỏ", "Huyện ủy Đất Đỏ"),
        ("Đảng bộ xã Đất Đỏ", "Đảng ủy xã Đất Đỏ"),
        ("Đảng bộ Công an tỉnh", "Đảng ủy Công an tỉnh"),
        ("Chi bộ ấp Phước Trung", "Chi ủy ấp Phước Trung"),
        ("Huyện ủy Đất Đỏ", "Huyện ủy Đất Đỏ"),
    ],
)
def test_the_committee_that_leads(name, body):
    assert leading(name) == body


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("Đảng bộ xã Long Tân",), "Long Tân"),
        (("Chi bộ ấp 2, xã Phước Long Thọ", "Đảng bộ xã Phước Long Thọ"), "Phước Long Thọ"),
        (("Đảng bộ Công an tỉnh", "Đảng bộ tỉnh Bà Rịa – Vũng Tàu"), "Bà Rịa – Vũng Tàu"),
        (("Trung tâm Chính trị huyện Đất Đỏ",), "Đất Đỏ"),
        (("Đảng bộ Thành phố Hồ Chí Minh",), "Thành phố Hồ Chí Minh"),
        (("Chi bộ Đội 2", "Đảng bộ Công ty Thử"), ""),
    ],
)
def test_the_place_it_is_dated_from(names, found):
    assert place(*names) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ĐẢNG BỘ TỈNH BÀ RỊA – VŨNG TÀU", "TỈNH BÀ RỊA – VŨNG TÀU"),
        ("Huyện uỷ Đất Đỏ", "Đất Đỏ"),
        ("Đảng ủy xã Long Tân", "xã Long Tân"),
        ("TRUNG TÂM CHÍNH TRỊ HUYỆN ĐẤT ĐỎ", "HUYỆN ĐẤT ĐỎ"),
        ("CHI BỘ ĐỘI 2", ""),
    ],
)
def test_the_territory_a_name_ends_with(text, found):
    assert territory(text) == found


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("Đảng ủy, ĐẢNG ỦY, Ủy ban", "Đảng uỷ, ĐẢNG UỶ, Uỷ ban"),
        ("hòa, hóa, khỏe", "hoà, hoá, khoẻ"),
        ("quý, quỹ, toàn, hoàn, thủy", "quý, quỹ, toàn, hoàn, thuỷ"),
    ],
)
def test_where_the_tone_stands(text, moved):
    assert toned(text, last=True) == toned(moved, last=True) == moved
    assert toned(moved, last=False) == toned(text, last=False) == text


@given(st.text())
def test_a_tone_is_moved_once_and_nothing_else_is_touched(text):
    once = toned(text, last=True)
    assert toned(once, last=True) == once and len(once) == len(text)


@given(on=st.dates(date(2016, 8, 1), date(2027, 1, 1)), code=st.sampled_from(sorted(statute.read().sets[0])))
def test_nothing_is_cited_before_its_day_nor_unseen(on, code):
    rules = statute.read().on(on)
    known = {number: (since, mark) for number, _issuer, since, mark in rules.documents}
    for line in grounds(rules, [code], on):
        number = next(number for number in known if f" {number}," in line)
        assert known[number][0] <= on and known[number][1] == "S" and number in rules[code].citation

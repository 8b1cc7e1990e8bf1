"""Doubts about a number: given twice by one body in one term, or not written as that body writes."""

from datetime import date

import pytest

from committees import journal
from committees.models import Role
from recruitment import columns
from recruitment.models import IssuedPaper
from recruitment.numbering.doubts import doubts
from recruitment.rules.numbers import rightly
from tests import factories as make

pytestmark = pytest.mark.django_db
ON = date(2026, 4, 24)


@pytest.fixture
def here():
    """A district whose number 145 went to Oanh, and a cell whose 05 went to her resolution."""
    at = make.make_province("T", districts=2, communes=1, cells=2)
    admission = make.make_admission(
        at["T-1-1-1"], date(2026, 4, 2), full_name="Lý Oanh", decision_number="145-QĐ/HU"
    )
    candidacy = make.make_candidacy(at["T-1-1-1"], date(2025, 1, 5), person=admission.person)
    make.make_paper(candidacy, "cell_vote", date(2026, 2, 3), number="05-NQ/CB")
    at["admission"], at["candidacy"] = admission, candidacy
    return at


def asked(at, number, code, on=ON, **said):
    return [
        doubt.words
        for doubt in doubts(number, issuer=said.pop("issuer", ""), committee_id=at[code].pk, on=on, **said)
    ]


@pytest.mark.parametrize(
    ("number", "code", "on", "met"),
    [
        ("145-QĐ/HU", "T-1", ON, True),
        ("145/QĐ-HU", "T-1", ON, True),
        ("145 - qd/hu", "T-1", ON, True),
        ("146-QĐ/HU", "T-1", ON, False),
        ("1450-QĐ/HU", "T-1", ON, False),
        ("145-TTr/HU", "T-1", ON, False),  # another type has a series of its own
        ("145-QĐ/HU", "T-2", ON, False),  # another body
        ("145-QĐ/HU", "T-1", date(2031, 4, 2), True),  # five years to the day
        ("145-QĐ/HU", "T-1", date(2031, 4, 3), False),
        ("5-NQ/CB", "T-1-1-1", ON, True),
        ("5-NQ/CB", "T-1-1-2", ON, False),
        ("", "T-1", ON, False),
    ],
)
def test_a_number_is_doubted_per_body_type_and_term(here, number, code, on, met):
    found = doubts(number, issuer="", committee_id=here[code].pk, on=on)
    assert [doubt.double for doubt in found if doubt.double] == [True] * met


def test_a_congress_says_when_numbers_begin_anew(here):
    make.make_plan("DH", here["T-1"], first=date(2026, 4, 10), last=date(2031, 4, 9), kind="congress")
    assert asked(here, "145-QĐ/HU", "T-1") == []
    assert asked(here, "145-QĐ/HU", "T-1", on=date(2026, 4, 9))


def test_the_other_paper_is_named_to_whoever_may_see_it(here):
    own = make.door(make.make_account("an", Role.STAFF, here["T-1"]))
    beside = make.door(make.make_account("binh", Role.SECRETARY, here["T-1-1-2"]))
    assert asked(here, "145-QĐ/HU", "T-1", access=own) == [
        "Số 145-QĐ/HU đã dùng cho Lý Oanh (02/04/2026). Xem lại số văn thư đã cấp."
    ]
    for words in (asked(here, "145-QĐ/HU", "T-1", access=beside), asked(here, "145-QĐ/HU", "T-1")):
        assert len(words) == 1 and "một văn bản khác" in words[0] and "Oanh" not in words[0]
    assert (
        "Nghị quyết chi bộ đề nghị kết nạp của Lý Oanh" in asked(here, "05-NQ/CB", "T-1-1-1", access=own)[0]
    )


def test_one_sheet_of_paper_told_of_twice_is_no_double(here):
    """Its own record; what was issued and then recorded; one resolution that lists several."""
    assert asked(here, "145-QĐ/HU", "T-1", but=here["admission"]) == []
    assert asked(here, "05-NQ/CB", "T-1-1-1", on=date(2026, 2, 3), but=here["candidacy"]) == []
    assert asked(here, "05-NQ/CB", "T-1-1-1", on=date(2026, 2, 4), but=here["candidacy"])
    other = make.make_candidacy(here["T-1-1-1"], date(2025, 1, 5))
    make.make_paper(here["candidacy"], "listing", date(2025, 1, 5), number="01-NQ/CB")
    listed = {"on": date(2025, 1, 5), "but": other}
    assert asked(here, "01-NQ/CB", "T-1-1-1", kind="mentorship", **listed) == []
    assert asked(here, "01-NQ/CB", "T-1-1-1", kind="cell_vote", **listed)


def test_every_record_that_bears_a_number_is_looked_at(here):
    at, commune, cell = here, here["T-1-1"], here["T-1-1-1"]
    make.make_letter(at["candidacy"], ON, number="11-CV/ĐU")
    make.make_course(at["T-1"], ON, opening_number="12-QĐ/HU", completion_number="13-QĐ/HU", completed_on=ON)
    with journal.pen(None, "test"):
        at["admission"].recognition_number, at["admission"].recognised_on = "14-QĐ/HU", ON
        at["admission"].official_on = ON
        at["admission"].save()
        IssuedPaper(
            candidacy=at["candidacy"], form="6-KNĐ", edition="2016", title="Nghị quyết", committee=cell,
            number="15-NQ/CB", on=ON, issued_at="2026-04-24T08:00Z",
        ).save()  # fmt: skip
    make.make_candidacy(cell, ON, mentor="Trần Bảy").mentorships.get()
    found = {
        number: asked(here, number, code)
        for number, code in {
            "11-CV/ĐU": "T-1-1", "12-QĐ/HU": "T-1", "13-QĐ/HU": "T-1", "14-QĐ/HU": "T-1", "15-NQ/CB": "T-1-1-1",
        }.items()
    }  # fmt: skip
    assert commune and all(len(words) == 1 for words in found.values()), found


def test_what_a_number_should_be_is_said_and_offered(here):
    make.place(here["T-1"], "upper", here["T"], name="Đảng bộ xã Long Tân", since=date(2025, 7, 1))
    (found,) = doubts("7-QĐ/HU", issuer="", committee_id=here["T-1"].pk, on=ON)
    assert not found.double and found.right == "07-QĐ/ĐU" and "thiếu số 0 ở trước" in found.words
    assert asked(here, "07-QĐ/ĐU", "T-1") == []
    assert asked(here, "07-QĐ/XX", "T-2") == []  # a body whose letters nobody knows is not the clerk's slip


@pytest.mark.parametrize(
    ("text", "issuer", "right"),
    [
        ("12/QĐ-TU", "Tỉnh ủy Ninh Bình", "12-QĐ/TU"),
        ("5-nq/du", "Đảng ủy xã Kim Bảng", "05-NQ/ĐU"),
        ("12-QĐ/ĐU", "Chi bộ thôn 3", "12-QĐ/CB"),
        ("12-QĐ/ĐUCA", "Đảng ủy CA tỉnh", ""),
        ("12-QĐ/TU", "Tỉnh ủy Ninh Bình", ""),
        ("mười hai", "Tỉnh ủy Ninh Bình", ""),
    ],
)
def test_the_right_spelling(text, issuer, right):
    assert rightly(text, issuer, date(2026, 6, 1)) == right


def test_a_doubt_costs_the_same_for_one_other_and_for_three(here, django_assert_max_num_queries):
    for _ in range(3):
        make.make_admission(here["T-1-1-2"], date(2026, 4, 3), decision_number="145-QĐ/HU")
    structure = columns.current().structure
    with django_assert_max_num_queries(10):
        assert len(asked(here, "145-QĐ/HU", "T-1", structure=structure)) == 1

"""The very day on which each term, order and age turns: it holds on the one side and not on the other."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from recruitment.rules.dossier import Asked, Helper, Paper
from recruitment.rules.eligibility import objections
from recruitment.rules.papers import KINDS
from tests.recruitment.rules.road import (
    BOOK,
    MEETING,
    READY,
    also,
    before,
    letter,
    step,
    votes,
    with_,
    without,
)

NEXT = timedelta(days=1)
CONCLUDED = step("verification").on


def codes(facts, paper):
    return {one.code for one in objections(facts, paper, paper.on, BOOK)}


def asked(sent, answered=None, due=None):
    return {"letters": (Asked("Xã X", sent, due, answered),)}


def voted(**changes):
    return lambda: codes(before("cell_vote", **changes), step("cell_vote"))


def moved(kind, by):
    """The step of that kind, moved to another day."""
    return lambda: codes(before(kind), replace(step(kind), on=by))


def among(kind, *papers, on=None, **changes):
    """The step of that kind where these papers stand instead of those of their kinds."""
    paper = step(kind) if on is None else replace(step(kind), on=on)
    return lambda: codes(with_(before(kind, **changes), *papers), paper)


def _failed(on):
    return replace(step("cell_vote"), on=on, said=votes(12, 11, 7, 4), result="fail")


BACK = Paper("returned", date(2026, 3, 2))
LISTED = READY.entered_on
YOUNG = {"union_member": True}
# code: (where it does not stand, where it does)
EDGES = {
    "letter_open": (voted(**asked(MEETING - 9 * NEXT, MEETING)), voted(**asked(MEETING - 9 * NEXT, MEETING + NEXT))),
    "letter_open when sent": (voted(**asked(MEETING + NEXT)), voted(**asked(MEETING))),
    "concluded_early": (
        voted(**asked(CONCLUDED - NEXT, CONCLUDED)), voted(**asked(CONCLUDED - NEXT, CONCLUDED + NEXT))),
    "concluded_early when sent": (
        voted(**asked(CONCLUDED + NEXT, CONCLUDED + 2 * NEXT)), voted(**asked(CONCLUDED, CONCLUDED + NEXT))),
    "verification_old": (
        among("cell_vote", replace(step("verification"), on=date(2025, 2, 3)), entered_on=date(2025, 1, 1)),
        among("cell_vote", replace(step("verification"), on=date(2025, 2, 2)), entered_on=date(2025, 1, 1))),
    "no_new_member_class": (
        among("recognition_vote", new_member_certificates=(step("recognition_vote").on,)),
        among("recognition_vote", new_member_certificates=(step("recognition_vote").on + NEXT,))),
    "no_mentor": (
        among("ceremony", helpers=(Helper("A", LISTED, None, step("ceremony").on + NEXT),)),
        among("ceremony", helpers=(Helper("A", LISTED, None, step("ceremony").on),))),
    "no_youth": (
        voted(born=date(1995, 2, 3), **YOUNG), voted(born=date(1995, 2, 4), **YOUNG)),
    "no_certificate": (
        voted(certificates=(MEETING,)), voted(certificates=(MEETING + NEXT,))),
    "class_before_list": (
        voted(certificates=(LISTED,)), voted(certificates=(LISTED - NEXT,))),
    "class_before_list, the latest up to the day": (
        voted(certificates=(LISTED - NEXT, MEETING)), voted(certificates=(LISTED - NEXT, MEETING + NEXT))),
    "review_late": (
        voted(reviews=(MEETING,)), voted(reviews=(MEETING + NEXT,))),
    "before_entry": (moved("listing", LISTED), moved("listing", LISTED - NEXT)),
    "late_cell_vote": (moved("base_vote", MEETING), moved("base_vote", MEETING - NEXT)),
    "after_decision": (
        among("receipt", on=step("receipt").on, decided=step("receipt").on),
        among("receipt", on=step("receipt").on, decided=step("receipt").on - NEXT)),
    "passed_already": (
        lambda: codes(also(before("cell_vote"), step("cell_vote"), replace(BACK, on=MEETING)),
                      replace(step("cell_vote"), on=MEETING + NEXT)),
        lambda: codes(also(before("cell_vote"), step("cell_vote"), replace(BACK, on=MEETING - NEXT)),
                      replace(step("cell_vote"), on=MEETING + NEXT))),
    "passed_already, told late": (
        lambda: codes(also(before("cell_vote"), replace(step("cell_vote"), on=MEETING + NEXT)), _failed(MEETING)),
        lambda: codes(also(before("cell_vote"), step("cell_vote")), _failed(MEETING))),
    "sent_back": (
        among("decision", BACK, Paper("resubmission", BACK.on)),
        among("decision", BACK, Paper("resubmission", BACK.on - NEXT))),
    "after_its_use": (
        lambda: codes(also(before("application"), replace(step("declaration"), on=step("application").on)),
                      step("application")),
        lambda: codes(also(before("application"), replace(step("declaration"), on=step("application").on - NEXT)),
                      step("application"))),
    "after_its_use, sent back for it": (
        lambda: codes(also(without(before("receipt"), "opinion_home"), replace(BACK, on=step("submission").on)),
                      Paper("opinion_home", step("submission").on + NEXT)),
        lambda: codes(also(without(before("receipt"), "opinion_home"), replace(BACK, on=step("submission").on - NEXT)),
                      Paper("opinion_home", step("submission").on + NEXT))),
    "after_its_use, beside an earlier one": (
        lambda: codes(also(before("receipt"), Paper("opinion_home", MEETING)), Paper("opinion_home", MEETING + NEXT)),
        lambda: codes(also(without(before("receipt"), "opinion_home"), Paper("opinion_home", MEETING + 2 * NEXT)),
                      Paper("opinion_home", MEETING + NEXT))),
    "before_the_last": (
        lambda: codes(before("application"), Paper("died", LISTED)),
        lambda: codes(also(before("application"), Paper("class_proposal", LISTED + NEXT)), Paper("died", LISTED))),
    "no_probation": (
        lambda: codes(before("member_file"), Paper("struck_off", step("ceremony").on, said={"reason": "Bỏ sinh hoạt"})),
        lambda: codes(without(before("member_file"), *KINDS),
                      Paper("struck_off", step("ceremony").on - NEXT, said={"reason": "Bỏ sinh hoạt"}))),
    "official": (
        among("listing", on=LISTED, stage="official", recognised=LISTED),
        among("listing", on=LISTED, stage="official", recognised=LISTED - NEXT)),
    "together_too_short": (
        among("cell_vote", letter("A", since="2024-12-12"), letter("B")),
        among("cell_vote", letter("A", since="2024-12-13"), letter("B"))),
    "paper_lapsed": (
        among("cell_vote", letter("A", date(2025, 2, 3)), letter("B"), entered_on=date(2025, 1, 1)),
        among("cell_vote", letter("A", date(2025, 2, 2)), letter("B"), entered_on=date(2025, 1, 1))),
}  # fmt: skip


@pytest.mark.parametrize("name", EDGES)
def test_the_day_on_which_it_turns(name):
    holds, stands = EDGES[name]
    code = name.split(",")[0].split(" ")[0]
    assert code not in holds()
    assert code in stands()


@pytest.mark.parametrize(("due", "words"), [(MEETING, "chưa được trả lời"), (MEETING - NEXT, "quá hạn")])
def test_the_last_day_of_an_answer_is_not_overdue(due, words):
    facts = before("cell_vote", **asked(date(2025, 11, 1), due=due))
    told = {one.code: one for one in objections(facts, step("cell_vote"), MEETING, BOOK)}
    assert words in told["letter_open"].said


@pytest.mark.parametrize(("education", "rule"), [
    ("Tiểu học", "schooling_exception"), ("Biết đọc, viết chữ quốc ngữ", "schooling"),
])  # fmt: skip
def test_the_exception_of_hard_places_asks_for_primary_school(education, rule):
    told = objections(before("cell_vote", education=education), step("cell_vote"), MEETING, BOOK)
    assert {one.rule.code for one in told if one.code == "schooling"} == {rule}

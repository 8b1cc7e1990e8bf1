"""Who introduces and whose background is checked; what lapsed. Each refusal beside the road on which nothing is amiss."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from recruitment.rules.dossier import Asked, Paper, Relation
from recruitment.rules.eligibility import foreseen, objections
from tests.recruitment.rules.road import BOOK, MEETING, READY, also, before, letter, step, with_, without

NEXT = timedelta(days=1)
YOUTH = Paper("youth", date(2025, 12, 15), "08-NQ/ĐTN", said={"members": 15, "in_favour_of": 15})
UNION = replace(YOUTH, kind="union")
ONE = letter("Lê Văn An")
YOUNG = {"born": date(2000, 3, 14), "union_member": True}


def found(facts, paper):
    return {one.code: one for one in objections(facts, paper, paper.on, BOOK)}


def at_the_vote(*papers, **changes):
    facts = without(before("cell_vote", **changes), "introduction", "youth", "union")
    return found(also(facts, *papers), step("cell_vote"))


@pytest.mark.parametrize(("papers", "changes"), [
    ((ONE, letter("B")), {}), ((ONE, YOUTH), YOUNG), ((ONE, UNION), {}),
    # A tone makes another name, where it is written does not.
    ((letter("Lê Văn Hoa"), letter("Lê Văn Hòa")), {}),
    # The new letter of one introducer takes the place of the old; somebody who replaces another counts once.
    ((letter("Lê Văn An", date(2025, 11, 1)), ONE, YOUTH), YOUNG),
    ((ONE, letter("C", since="", replaces=True), YOUTH), YOUNG),
    # Who took another's place, and whoever helps after a move, is not bound by the twelve months.
    ((ONE, letter("C", since="2025-10-01", replaces=True), letter("B")), {}),
    ((ONE, letter("B", since="2025-10-01")), {"moved_here": True}),
    ((ONE, letter("B", since="2024-12-12")), {}),
])  # fmt: skip
def test_three_ways_of_being_introduced(papers, changes):
    assert at_the_vote(*papers, **changes) == {}


@pytest.mark.parametrize(("papers", "changes", "code", "verdict", "fault"), [
    ((), {}, "no_introduction", "need", None),
    ((ONE,), {}, "no_introduction", "need", None),
    ((letter("Lê Văn An", date(2025, 11, 1)), ONE), {}, "no_introduction", "need", None),
    ((letter("Lê Văn Hoà"), letter("LÊ VĂN  Hòa")), {}, "no_introduction", "need", None),
    ((YOUTH,), YOUNG, "no_introduction", "need", None),
    ((ONE, letter("B"), YOUTH), YOUNG, "mixed_introduction", "block", 17),
    ((ONE, letter("B"), UNION), {}, "mixed_introduction", "block", 17),
    ((ONE, YOUTH, UNION), YOUNG, "mixed_introduction", "block", 17),
    ((ONE, letter("B")), YOUNG, "no_youth", "need", 16),
    ((ONE, UNION), YOUNG, "no_youth", "need", 16),
    ((ONE, YOUTH), {}, "youth_no_member", "warn", None),
    ((ONE, YOUTH), {"union_member": True}, "youth_too_old", "warn", None),
    ((ONE, letter("B", since="2024-12-13")), {}, "together_too_short", "block", 13),
    ((ONE, letter("B", since="")), {}, "together_unknown", "need", 13),
    ((ONE, letter("B", introducer_unfit=True)), {}, "introducer_unfit", "warn", 14),
])  # fmt: skip
def test_introduced_wrongly(papers, changes, code, verdict, fault):
    one = at_the_vote(*papers, **changes)[code]
    assert (one.verdict, one.fault, one.approvable) == (verdict, fault, False)


def test_a_union_member_past_the_age_needs_two_members():
    assert at_the_vote(ONE, letter("B"), union_member=True) == {}


@pytest.mark.parametrize(("said", "code"), [
    ({}, "no_introducer"), ({"introducer": "B"}, "together_unknown"),
    ({"introducer": "B", "together_since": "2025-01-01"}, "together_too_short"),
])  # fmt: skip
def test_a_letter_says_who_and_since_when(said, code):
    facts, paper = before("introduction"), step("introduction")
    assert found(facts, paper) == {}
    assert set(found(facts, replace(paper, said=said))) == {code}
    assert foreseen(facts, "introduction", paper.on, BOOK) == []


CHECKED = {
    "the conclusion waits": (
        lambda f: with_(f, replace(step("verification"), result="wait")), "verification_wait", "block", None),
    "the conclusion is no": (
        lambda f: with_(f, replace(step("verification"), result="fail")), "verification_fail", "block", None),
    "a spouse not verified": (
        lambda f: replace(f, relations=(*f.relations, Relation("spouse_mother", "Bà Sáu"))), "relative_open", "need",
        10),
    "a child's result waits": (
        lambda f: replace(f, relations=(Relation("child", "X", result="wait"),)), "relative_open", "need", 10),
    "no list of relatives": (lambda f: replace(f, relations=()), "relatives_unlisted", "warn", 10),
    "an uncle verified": (
        lambda f: replace(f, relations=(*f.relations, Relation("other", "Chú Út", result="fail"))), "relative_needless",
        "warn", 11),
    "a letter without answer": (
        lambda f: replace(f, letters=(*f.letters, Asked("Xã X", date(2026, 1, 20)))), "letter_open", "need", 12),
    "an answer after the meeting": (
        lambda f: replace(f, letters=(Asked("Xã X", date(2026, 1, 20), answered_on=MEETING + NEXT),)), "letter_open",
        "need", 12),
    "concluded before the answer": (
        lambda f: replace(f, letters=(Asked("Xã X", date(2025, 10, 20), answered_on=date(2025, 12, 2)),)),
        "concluded_early", "order", 7),
    "the residence said nothing": (lambda f: without(f, "opinion_home"), "no_opinion_home", "need", 18),
    "the residence spoke a year ago": (
        lambda f: with_(f, Paper("opinion_home", date(2025, 2, 2))), "home_opinion_old", "need", 18),
    "opinions older than a year": (
        lambda f: with_(f, replace(step("opinions"), on=date(2025, 2, 2))), "paper_lapsed", "block", 25),
    "a letter older than a year": (
        lambda f: with_(f, letter("A", date(2025, 2, 2)), letter("B")), "paper_lapsed", "block", 25),
    "a background checked long ago": (
        lambda f: with_(f, replace(step("verification"), on=date(2025, 2, 2))), "verification_old", "warn", 25),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "code", "verdict", "fault"), CHECKED.values(), ids=CHECKED)
def test_what_the_cell_may_not_rest_on(spoil, code, verdict, fault):
    facts, paper = before("cell_vote", entered_on=date(2025, 1, 1)), step("cell_vote")
    assert found(facts, paper) == {}
    one = found(spoil(facts), paper)[code]
    assert (one.verdict, one.fault, one.approvable) == (verdict, fault, False)


@pytest.mark.parametrize("change", [
    lambda f: with_(f, replace(step("opinions"), on=date(2025, 2, 3))),
    lambda f: with_(f, Paper("opinion_home", date(2025, 2, 3))),
    lambda f: also(f, replace(step("opinions"), on=date(2025, 1, 5))),
    lambda f: replace(f, letters=(Asked("Xã X", MEETING + NEXT),)),
    lambda f: replace(f, relations=(Relation("father", declared=True),)),
    lambda f: also(f, replace(step("verification"), on=date(2025, 11, 25), result="wait")),
])  # fmt: skip
def test_the_last_day_the_newest_paper_and_who_need_not_be_verified(change):
    facts = before("cell_vote", entered_on=date(2025, 1, 1))
    assert found(change(facts), step("cell_vote")) == {}


def test_papers_that_will_have_lapsed_are_foreseen():
    facts = before("cell_vote")
    lapsing = {one.paper for one in foreseen(facts, "cell_vote", date(2026, 12, 20), BOOK) if one.fault == 25}
    assert lapsing == {"introduction", "opinions", "verification"}
    assert {
        one.code for one in foreseen(facts, "cell_vote", date(2026, 12, 10), BOOK) if one.fault == 25
    } == {"verification_old"}


@pytest.mark.parametrize(("change", "result", "code", "fault"), [
    (lambda f: replace(f, relations=(Relation("father"),)), "pass", "relative_open", 10),
    (lambda f: replace(f, letters=(Asked("Xã X", date(2025, 11, 1)),)), "pass", "letter_open", 12),
    (lambda f: replace(f, letters=(Asked("Xã X", date(2025, 11, 1), answered_on=date(2025, 12, 2)),)), "pass",
     "concluded_early", 7),
    (lambda f: f, "", "no_result", None),
])  # fmt: skip
def test_a_conclusion_waits_for_the_answers(change, result, code, fault):
    facts, paper = before("verification"), step("verification")
    assert found(facts, paper) == {}
    one = found(change(facts), replace(paper, result=result))[code]
    assert one.forbids and one.fault == fault
    assert found(change(facts), replace(paper, result="wait")) == {}


def test_an_overdue_letter_says_since_when():
    words = found(
        replace(before("cell_vote"), letters=(Asked("Xã X", date(2025, 10, 1)),)), step("cell_vote")
    )
    assert "quá hạn trả lời từ 12/11/2025" in words["letter_open"].said
    words = found(
        replace(before("cell_vote"), letters=(Asked("Xã X", date(2026, 1, 30)),)), step("cell_vote")
    )
    assert "chưa được trả lời" in words["letter_open"].said


@pytest.mark.parametrize("kind", ["opinions", "opinion_union", "probation_opinions"])
@pytest.mark.parametrize(("said", "right"), [
    ({"present": 12, "agree": 11, "disagree": 1}, True), ({"present": 12, "agree": 12}, True), ({}, True),
    ({"present": 12, "agree": 11}, False), ({"present": 12, "agree": 12, "disagree": 1}, False),
])  # fmt: skip
def test_who_agreed_and_who_did_not_were_there(kind, said, right):
    told = found(before(kind), replace(step(kind), said=said))
    assert ("opinions_sum" not in told) is right
    if not right:
        assert (told["opinions_sum"].verdict, told["opinions_sum"].fault) == ("arithmetic", 19)


def test_a_union_has_no_more_votes_than_members():
    facts = replace(READY, papers=before("youth").papers)
    assert found(facts, YOUTH) == {}
    assert "union_sum" in found(facts, replace(YOUTH, said={"members": 15, "in_favour_of": 16}))


def test_what_no_source_names_asks_for_confirmation():
    """That the summary of opinions, the opinion of the residence and the background lapse too is from memory."""
    old = {kind: replace(step(kind), on=date(2025, 2, 2)) for kind in ("opinions", "verification")}
    old["opinion_home"] = Paper("opinion_home", date(2025, 2, 2))
    confirmed = {}
    for kind, paper in old.items():
        told = objections(with_(before("cell_vote"), paper), step("cell_vote"), MEETING, BOOK)
        confirmed |= {(kind, one.code): one.rule.confirmed for one in told if one.paper == kind}
    assert set(confirmed.values()) == {False} and {kind for kind, _code in confirmed} == set(old)
    letters = with_(before("cell_vote"), letter("A", date(2025, 2, 2)), letter("B"))
    lapsed = found(letters, step("cell_vote"))["paper_lapsed"]
    assert lapsed.rule.confirmed and lapsed.paper == "introduction"

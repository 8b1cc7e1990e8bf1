"""The thirty faults: none in a good dossier, each found where it is made, alone, with the verdict of its row."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from recruitment.rules import faults
from recruitment.rules.dossier import Asked, Helper, Paper, Relation
from recruitment.rules.papers import TICKS
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
ON = date(2027, 5, 13)
# The whole dossier, voted on and decided, as it stands after the recognition was proposed.
WHOLE = before("recognition")
YOUTH = Paper("youth", date(2025, 12, 15), "08-NQ/ĐTN", said={"members": 15, "in_favour_of": 15})


def check(facts, book, on):
    return [one for row in faults.table(facts, book, on) for one in row.found]


def states(facts, on=ON):
    return {row.number: row.state for row in faults.table(facts, BOOK, on)}


def found(facts, on=ON):
    told = check(facts, BOOK, on)
    assert all(one.rule.citation and one.said and one.cure for one in told)
    return {one.fault for one in told}


def unticked(kind, tick):
    paper = step(kind)
    return lambda f: with_(f, replace(paper, said={k: v for k, v in paper.said.items() if k != tick}))


MADE = {
    1: lambda f: replace(f, certificates=(date(2021, 2, 2),), first_listed=date(2021, 1, 1)),
    2: lambda f: replace(f, certificates=(date(2025, 7, 31),)),
    3: lambda f: with_(f, replace(step("application"), on=step("declaration").on + NEXT)),
    4: unticked("application", "handwritten"),
    5: unticked("application", "own_words"),
    6: unticked("declaration", "sealed"),
    7: lambda f: replace(f, letters=(Asked("Xã X", date(2025, 11, 20), answered_on=date(2025, 12, 2)),)),
    8: unticked("declaration", "names_agree"),
    9: unticked("declaration", "places_by_date"),
    10: lambda f: replace(f, relations=(*f.relations, Relation("child", "Con cả"))),
    11: lambda f: replace(f, relations=(*f.relations, Relation("other", "Chú Út", result="pass"))),
    12: lambda f: replace(f, letters=(Asked("Xã X", date(2025, 12, 20)),)),
    13: lambda f: with_(f, letter("A"), letter("B", since="2025-06-01")),
    14: lambda f: with_(f, letter("A"), letter("B", introducer_unfit=True)),
    15: lambda f: replace(f, helpers=(Helper("A", date(2025, 8, 5)),)),
    16: lambda f: replace(f, born=date(2000, 1, 1), union_member=True),
    17: lambda f: replace(also(f, YOUTH), born=date(2000, 1, 1), union_member=True),
    18: lambda f: without(f, "opinion_home"),
    19: lambda f: with_(f, replace(step("opinions"), said={"present": 12, "agree": 12, "disagree": 1})),
    20: lambda f: with_(f, replace(step("cell_vote"), said=step("cell_vote").said | {"present": 13})),
    21: lambda f: with_(f, replace(step("cell_vote"), said=step("cell_vote").said | votes(12, 9, 7))),
    22: unticked("cell_vote", "minutes_agree"),
    23: unticked("recognition_vote", "one_each"),
    24: lambda f: with_(f, replace(step("base_vote"), on=MEETING - NEXT)),
    25: lambda f: with_(replace(f, entered_on=date(2025, 1, 1)), replace(step("opinions"), on=date(2025, 2, 2))),
    26: lambda f: replace(f, born=date(2008, 3, 1)),
    27: lambda f: with_(replace(f, entered_on=date(2025, 1, 1)), replace(step("application"), on=date(2025, 6, 30))),
    28: unticked("submission", "signed"),
    29: lambda f: replace(f, ceremony=BOOK.calendar.after(f.received, 30) + NEXT),
    30: lambda f: with_(f, replace(step("recognition_vote"), on=date(2027, 4, 10))),
}  # fmt: skip
# Other ways to make them.
ALSO = (
    (14, lambda f: replace(f, helpers=(*f.helpers, Helper("Lê văn An", date(2025, 9, 1), None, MEETING, "04-NQ/CB")))),
    (30, lambda f: replace(f, official=date(2027, 3, 20))),
    (30, lambda f: replace(f, official=date(2027, 4, 11))),
)  # fmt: skip


def test_a_good_dossier_has_none_of_them():
    assert check(WHOLE, BOOK, ON) == []
    assert set(states(WHOLE).values()) == {"ok"}
    assert list(states(WHOLE)) == list(faults.FAULTS) == list(range(1, 31))


@pytest.mark.parametrize("number", faults.FAULTS)
def test_each_fault_is_found_alone(number):
    facts = MADE[number](WHOLE)
    # A vote that did not pass leaves the committee's without its cell's; a paper a year old is of older rules; a later
    # ceremony ends the probation later.
    assert found(facts) - {number} == {21: {24}, 25: {27}, 29: {30}}.get(number, set())
    row = faults.table(facts, BOOK, ON)[number - 1]
    title, verdict = faults.FAULTS[number]
    assert row.state == ("tick" if verdict == "tick" else "found") and row.found
    assert (row.number, row.title, row.verdict) == (number, str(title), verdict)


@pytest.mark.parametrize(("number", "made"), ALSO)
def test_another_way_to_make_a_fault(number, made):
    assert found(made(WHOLE)) == {number}


def test_whom_somebody_replaced_and_who_was_able_at_the_meeting_introduce_well():
    unable = replace(WHOLE, helpers=(Helper("Lê Văn An", date(2025, 8, 5), None, MEETING, "03-NQ/CB"),))
    assert found(unable) == {14}
    assert (
        found(
            with_(
                unable,
                letter("Lê Văn An"),
                letter("Đỗ Thị Cúc", MEETING, replaces=True),
                letter("Trần Thị Bình"),
            )
        )
        == set()
    )
    assert (
        found(
            replace(
                unable, helpers=(Helper("Lê Văn An", date(2025, 8, 5), None, MEETING + NEXT, "03-NQ/CB"),)
            )
        )
        == set()
    )
    assert found(replace(WHOLE, official=date(2027, 4, 10))) == set(), "twelve months from the ceremony"


@pytest.mark.parametrize("number", [n for n in faults.FAULTS if n not in {10, 25, 26, 30}])
def test_what_is_found_weighs_as_its_row_says(number):
    """Rows 10, 25, 26 and 30 hold a lighter or a graver case beside the one the list names."""
    verdict = faults.FAULTS[number][1]
    assert {one.verdict for one in faults.table(MADE[number](WHOLE), BOOK, ON)[number - 1].found} == {verdict}


def test_nothing_to_look_at_is_open():
    told = states(READY, MEETING)
    assert {n for n, state in told.items() if state == "open"} == {
        3, 4, 5, 6, 8, 9, 19, 20, 21, 22, 23, 24, 27, 28, 29, 30,
    }  # fmt: skip
    assert {n for n, state in told.items() if state == "found"} == {18}


def test_a_vote_never_kept_as_a_paper_is_not_judged():
    """An admission logged from outside, or a stage a workbook told: what the cell looked at is not known."""
    bare = replace(READY, papers=(), stage="decided", decided=date(2026, 3, 20), certificates=())
    assert check(bare, BOOK, ON) == []
    told = replace(READY, papers=(), stage="cell", stated="cell", certificates=())
    assert check(told, BOOK, ON) == []


def test_before_the_vote_the_likely_day_of_the_meeting_is_judged():
    facts = before("cell_vote")
    assert found(facts, MEETING) == set()
    assert 25 in found(facts, date(2026, 12, 20))
    assert 1 in found(facts, date(2030, 9, 11)) and 1 not in found(facts, date(2030, 9, 10))


def test_an_approved_vote_keeps_its_approval():
    old = replace(WHOLE, born=date(1960, 1, 1))
    assert found(old) == {26}
    assert found(with_(old, replace(step("cell_vote"), approval="12-CV/TU"))) == set()


def test_a_ceremony_and_a_proposal_overdue_are_found_before_they_are_made():
    facts = before("ceremony")
    due = BOOK.calendar.after(facts.received, 30)
    assert 29 not in found(facts, due) and 29 in found(facts, due + NEXT)
    new = before("recognition_vote", new_member_certificates=())
    assert 30 not in found(new, date(2027, 4, 10)) and 30 in found(new, date(2027, 4, 11))


@pytest.mark.parametrize(("on", "old"), [(date(2025, 6, 30), True), (date(2025, 7, 1), False)])
def test_papers_of_the_rules_before_are_shown(on, old):
    facts = with_(replace(WHOLE, entered_on=date(2025, 1, 1)), replace(step("application"), on=on))
    assert (27 in found(facts)) is old


def test_each_fault_cites_the_rule_it_is_about():
    unticked_papers = [
        replace(p, said={k: v for k, v in p.said.items() if k not in TICKS}) for p in WHOLE.papers
    ]
    told = check(replace(WHOLE, papers=tuple(unticked_papers)), BOOK, ON)
    cited = {one.fault: one.rule.code for one in told}
    assert {number: cited[number] for number in (4, 6, 22, 23, 28)} == {
        4: "application", 6: "verification", 22: "cell_vote", 23: "one_by_one", 28: "signing",
    }  # fmt: skip


def test_a_late_ceremony_a_superior_allowed_is_no_fault():
    late = MADE[29](WHOLE)
    assert 29 in found(late) and 29 not in found(replace(late, ceremony_approval="9-CV/ĐU"))
    before_it = before("ceremony", ceremony_approval="9-CV/ĐU")
    assert 29 in found(before_it, BOOK.calendar.after(before_it.received, 30) + NEXT)


def test_opinions_on_a_probationary_member_are_counted_too():
    told = replace(step("probation_opinions"), said={"present": 12, "agree": 12, "disagree": 1})
    assert found(with_(WHOLE, told)) == {19} and found(WHOLE) == set()

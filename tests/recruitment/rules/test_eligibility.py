"""A road on which nothing is amiss may be walked; each thing spoiled is told, alone, with its rule and its cure."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.vietnamese import add_months
from recruitment.rules.dossier import Asks, Helper, Paper
from recruitment.rules.eligibility import concluded, foreseen, objections
from recruitment.rules.eligibility.case import Case
from recruitment.rules.eligibility.person import age_in_months
from recruitment.rules.papers import KINDS, ORDER, done_by
from tests.recruitment.rules.road import (
    BOOK,
    MEETING,
    READY,
    ROAD,
    also,
    before,
    letter,
    step,
    votes,
    with_,
    without,
)

NEXT = timedelta(days=1)


def found(facts, paper):
    """{code: Objection}; every one bears a rule with a citation, and says what to do."""
    told = objections(facts, paper, paper.on, BOOK)
    for one in told:
        assert one.rule.citation and one.rule.mark in {"S", "M", "?"} and one.said and one.cure
        assert one.paper in KINDS
        assert not one.said.endswith("!") and "%(" not in one.said + one.cure
    return {one.code: one for one in told}


@pytest.mark.parametrize("kind", dict.fromkeys(paper.kind for paper in ROAD))
def test_nothing_stands_against_a_step_of_a_good_road(kind):
    facts, paper = before(kind), step(kind)
    assert found(facts, paper) == {}
    assert foreseen(facts, kind, paper.on, BOOK) == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].needs])
def test_a_step_wants_what_comes_before_it(kind):
    paper = step(kind) if any(kind == p.kind for p in ROAD) else Paper(kind, date(2027, 6, 1), result="pass")
    facts = before(kind, levels=frozenset({"base", "section"}))
    bare = replace(
        facts, papers=(), decided=None, received=None, ceremony=None, recognised=None, stage="source"
    )
    told = found(bare, paper)
    assert {code for code in told if code.startswith("no_")} >= {f"no_{need}" for need in KINDS[kind].needs}
    assert all(
        told[f"no_{need}"].verdict == "need" and told[f"no_{need}"].paper == need
        for need in KINDS[kind].needs
    )


@pytest.mark.parametrize(("levels", "wanted"), [
    (set(), set()), ({"base"}, {"base_vote"}), ({"base", "section"}, {"base_vote", "section_appraisal"}),
])  # fmt: skip
def test_only_bodies_that_stand_above_the_cell_are_waited_for(levels, wanted):
    facts = without(before("submission", levels=frozenset(levels)), "base_vote")
    assert {code.removeprefix("no_") for code in found(facts, step("submission"))} == wanted


@pytest.mark.parametrize(
    "kind", ["base_vote", "section_appraisal", "base_recognition", "section_recognition"]
)
def test_a_body_that_does_not_stand_there_does_nothing(kind):
    facts = before(kind, levels=frozenset())
    paper = replace(step("base_vote"), kind=kind, on=step("base_recognition").on)
    assert "no_such_body" in found(facts, paper)
    assert "no_such_body" not in found(replace(facts, levels=frozenset({"base", "section"})), paper)


@pytest.mark.parametrize(("stated", "kind", "done"), [
    ("dossier", "declaration", True), ("dossier", "verification", True), ("dossier", "cell_vote", False),
    ("cell", "base_vote", True), ("cell", "submission", False), ("submitted", "decision", True),
    ("class", "declaration", False), ("probation", "recognition_vote", False),
])  # fmt: skip
def test_what_lies_before_a_stage_told_without_papers_is_done(stated, kind, done):
    facts = replace(without(before(kind), *ORDER), stated=stated)
    missing = [code for code in found(facts, step(kind)) if code.startswith("no_") and code[3:] in KINDS]
    assert (missing == []) is done


def test_every_kind_of_the_road_belongs_to_a_stage():
    assert {code: done_by(code) for code in ("listing", "verification", "base_vote", "receipt", "member_file")} == {
        "listing": "source", "verification": "cell", "base_vote": "submitted", "receipt": "decided",
        "member_file": "official",
    }  # fmt: skip
    assert done_by("withdrawn") == ""


ORDERLY = {
    "application after the declaration": (
        "declaration", lambda f, p: (with_(f, replace(step("application"), on=p.on + NEXT)), p), "late_application", 3),
    "committee before the cell": (
        "base_vote", lambda f, p: (f, replace(p, on=MEETING - NEXT)), "late_cell_vote", 24),
    "before the entry": (
        "application", lambda f, p: (f, replace(p, on=READY.entered_on - NEXT)), "before_entry", None),
    "a second application": (
        "application", lambda f, p: (also(f, replace(p, on=p.on - NEXT)), p), "twice", None),
    "a second decision": (
        "decision", lambda f, p: (replace(f, decided=p.on), p), "twice", None),
    "a vote after one that passed": (
        "cell_vote", lambda f, p: (also(f, replace(p, on=p.on - NEXT)), p), "passed_already", None),
    "stopped": ("application", lambda f, p: (replace(f, stage="closed"), p), "closed", None),
    "recognised": (
        "listing", lambda f, p: (replace(f, stage="official", recognised=READY.entered_on), replace(p, on=p.on + NEXT)),
        "official", None),
    "a dossier's paper after the decision": (
        "opinion_union", lambda f, p: (replace(f, decided=p.on - NEXT), p), "after_decision", None),
    "an application told late, after the declaration": (
        "application", lambda f, p: (also(f, replace(step("declaration"), on=p.on - NEXT)), p), "after_its_use", 3),
    "a cell's vote told late, after the submission": (
        "cell_vote", lambda f, p: (also(f, replace(step("submission"), on=p.on - NEXT)), p), "after_its_use", None),
    "decided while sent back": (
        "decision", lambda f, p: (also(f, Paper("returned", date(2026, 3, 2))), p), "sent_back", None),
    "appraised while sent back": (
        "appraisal", lambda f, p: (also(f, Paper("returned", date(2026, 3, 2))), p), "sent_back", None),
    "a vote on the recognition on the ceremony's eve": (
        "self_review", lambda f, p: (f, replace(p, on=f.ceremony - NEXT)), "late_ceremony", None),
    "the cell receives before it was decided": (
        "received", lambda f, p: (f, replace(p, on=f.decided - NEXT)), "late_decision", None),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "spoil", "code", "fault"), ORDERLY.values(), ids=ORDERLY)
def test_the_order_of_the_procedure(kind, spoil, code, fault):
    facts, paper = before(kind), step(kind)
    assert code not in found(facts, paper)
    one = found(*spoil(facts, paper))[code]
    assert one.forbids and not one.approvable and one.fault == fault


def test_sent_back_and_sent_again():
    facts = also(before("decision"), Paper("returned", date(2026, 3, 2)))
    again = Paper("resubmission", date(2026, 3, 9))
    assert found(facts, again) == {}
    facts = also(facts, again)
    assert found(facts, step("decision")) == {}
    assert "sent_again" in found(facts, replace(again, on=date(2026, 3, 11)))
    # What was missing may be made while the dossier lies with the cell, though the submission is older.
    bare = replace(without(facts, "opinion_home", "resubmission"), stated="submitted")
    assert "after_its_use" not in found(bare, Paper("opinion_home", date(2026, 3, 4)))
    assert "after_its_use" in found(bare, Paper("opinion_home", date(2026, 2, 27)))
    # So may the cell vote anew.
    assert "passed_already" not in found(
        without(facts, "resubmission"), replace(step("cell_vote"), on=date(2026, 3, 4))
    )


def test_what_was_done_by_the_recognition_may_be_told_after_it():
    facts = without(before("recognition", stage="official", recognised=date(2027, 5, 12)), "member_file")
    assert "official" not in found(facts, step("member_file"))
    assert "official" in found(facts, replace(step("member_file"), on=date(2027, 5, 13)))


PERSONAL = {
    # Certificates: the example of the sources.
    "certificate of 15/01/2020, meeting on 03/02/2025": (
        {"certificates": (date(2020, 1, 15),), "entered_on": date(2019, 12, 1)}, date(2025, 2, 3), "certificate_lapsed",
        "block", 1, False),
    "no certificate": ({"certificates": ()}, MEETING, "no_certificate", "block", 1, False),
    "certificate of tomorrow": ({"certificates": (MEETING + NEXT,)}, MEETING, "no_certificate", "block", 1, False),
    "class before the list": (
        {"certificates": (date(2025, 7, 1),)}, MEETING, "class_before_list", "order", 2, True),
    "a month too young": ({"born": date(2008, 3, 1)}, MEETING, "too_young", "block", 26, False),
    "a month too old": ({"born": date(1966, 1, 28)}, MEETING, "too_old", "block", 26, True),
    "primary school": ({"education": "Tiểu học"}, MEETING, "schooling", "block", None, True),
    "reads and writes": (
        {"education": "Biết đọc, viết chữ quốc ngữ"}, MEETING, "schooling", "block", None, True),
    "schooling not said": ({"education": "unknown"}, MEETING, "schooling_unknown", "need", None, False),
    "nobody helps": ({"helpers": ()}, MEETING, "no_mentor", "need", None, False),
    "nobody helps any more": (
        {"helpers": (Helper("A", date(2025, 8, 5), MEETING, document="1"),)}, MEETING, "no_mentor", "need", None, False),
    "the helper moved away": (
        {"helpers": (Helper("A", date(2025, 8, 5), None, MEETING, "1"),)}, MEETING, "mentor_unable", "need", None,
        False),
    "assigned without a resolution": (
        {"helpers": (Helper("A", date(2025, 8, 5)),)}, MEETING, "assignment_bare", "need", 15, False),
    "no remarks for a quarter": ({"reviews": (date(2025, 11, 2),)}, MEETING, "review_late", "warn", None, False),
    "a criterion nobody looked at": (
        {"criteria": (Asks(7, "Lao động tiên tiến", None, "12-NQ/ĐU"),)}, MEETING, "criterion_7", "need", None, False),
    "a criterion not met": (
        {"criteria": (Asks(7, "Lao động tiên tiến", False),)}, MEETING, "criterion_7", "need", None, False),
}  # fmt: skip


@pytest.mark.parametrize(
    ("spoilt", "on", "code", "verdict", "fault", "approvable"), PERSONAL.values(), ids=PERSONAL
)
def test_the_person_on_the_day_the_cell_considers(spoilt, on, code, verdict, fault, approvable):
    paper = replace(step("cell_vote"), on=on)
    assert code not in found(before("cell_vote"), step("cell_vote"))
    one = found(before("cell_vote", **spoilt), paper)[code]
    assert (one.verdict, one.fault, one.approvable) == (verdict, fault, approvable)
    assert code in {one.code for one in foreseen(before("cell_vote", **spoilt), "cell_vote", on, BOOK)}


GOOD = {
    "the certificate's last day": ({"certificates": (date(2021, 2, 3),), "first_listed": date(2021, 1, 1)}),
    "another cell's list": {"certificates": (date(2025, 7, 1),), "first_listed": date(2024, 7, 1)},
    "a move": {"certificates": (date(2025, 7, 1),), "moved_here": True},
    "the month of turning eighteen": {"born": date(2008, 2, 28)},
    "the month of turning sixty": {"born": date(1966, 2, 1)},
    "nine years of school": {"education": "THCS"},
    "a criterion met": {"criteria": (Asks(7, "Lao động tiên tiến", True),)},
    "one of two helpers able": {"helpers": (
        Helper("A", date(2025, 8, 5), None, MEETING, "1"), Helper("B", date(2025, 9, 5), document="2"))},
    "unable from tomorrow": {"helpers": (Helper("A", date(2025, 8, 5), None, MEETING + NEXT, "1"),)},
    "a quarter ends today": {"reviews": (date(2025, 11, 3),)},
}  # fmt: skip


@pytest.mark.parametrize("changes", GOOD.values(), ids=GOOD)
def test_the_last_day_still_holds(changes):
    assert found(before("cell_vote", **changes), step("cell_vote")) == {}


@given(st.dates(date(1940, 1, 1), date(2010, 12, 31)), st.dates(date(2025, 7, 1), date(2030, 12, 31)))
def test_ages_are_counted_in_months(born, on):
    told = {one.code for one in foreseen(replace(READY, born=born), "cell_vote", on, BOOK)}
    whole = on.replace(day=1)
    assert ("too_young" in told) == (add_months(born.replace(day=1), 216) > whole)
    assert ("too_old" in told) == (add_months(born.replace(day=1), 720) < whole)
    # To the day, nobody is older than by the calendar's months alone, nor younger by more than one.
    assert 0 <= age_in_months(born, on, by_day=False) - age_in_months(born, on, by_day=True) <= 1


def test_a_decision_rests_on_the_day_the_cell_voted():
    """Sixty by the decision, not by the vote; and what was found since speaks against the decision too."""
    paper = step("decision")
    assert found(before("decision", born=date(1966, 2, 1)), paper) == {}
    assert "too_old" in found(before("decision", born=date(1966, 1, 1)), paper)
    approved = with_(
        before("decision", born=date(1966, 1, 1)), replace(step("cell_vote"), approval="12-CV/TU")
    )
    assert found(approved, paper) == {}
    assert "no_certificate" in found(before("decision", certificates=()), paper)
    assert "no_certificate" in found(
        with_(before("decision", certificates=()), approved.last("cell_vote")), paper
    )


def test_one_look_tells_everything():
    facts = replace(READY, certificates=(), helpers=(), education="unknown")
    told = found(facts, replace(step("cell_vote"), said={}))
    assert told.keys() >= {
        "no_application", "no_declaration", "no_verification", "no_opinion_home", "no_opinions", "no_certificate",
        "no_mentor", "schooling_unknown", "no_introduction", "no_counts",
    }  # fmt: skip


def test_each_step_is_judged_by_the_rules_of_its_day():
    old = found(replace(READY, certificates=()), Paper("cell_vote", date(2025, 6, 30), said=votes()))
    new = found(replace(READY, certificates=()), Paper("cell_vote", date(2025, 7, 1), said=votes()))
    assert old["no_certificate"].rule.set != new["no_certificate"].rule.set == "2025-07"


@given(
    st.sampled_from(list(KINDS)), st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    st.sets(st.sampled_from(range(len(ROAD)))), st.sampled_from(["source", "dossier", "decided", "official", "closed"]),
    st.sampled_from(["", "class", "dossier", "cell", "submitted", "probation"]),
    st.dictionaries(st.sampled_from(["members", "present", "in_favour", "against", "away", "exempt", "agree"]),
                    st.integers(0, 20)),
    st.sampled_from(["", "pass", "wait", "fail"]), st.booleans(),
)  # fmt: skip
def test_every_objection_has_a_rule(kind, on, kept, stage, stated, said, result, admitted):
    papers = tuple(ROAD[k] for k in sorted(kept) if KINDS[ROAD[k].kind].stored == "paper")
    days = {"decided": date(2026, 3, 20), "ceremony": date(2026, 4, 10)} if admitted else {}
    facts = replace(READY, papers=papers, stage=stage, stated=stated, **days)
    told = found(facts, Paper(kind, on, said=said, result=result))
    assert stage != "closed" or "closed" in told
    assert all(one.rule.citation for one in foreseen(facts, kind, on, BOOK))


@pytest.mark.parametrize(("kind", "said", "result"), [
    ("cell_vote", votes(12, 11, 8), "pass"), ("cell_vote", votes(12, 11, 7), "fail"),
    ("cell_vote", votes(12, 10, 7, away=2), "pass"), ("cell_vote", votes(12, 10, 7, exempt=1), "fail"),
    ("base_vote", votes(15, 15, 10), "pass"), ("base_vote", votes(15, 12, 9), "fail"),
    ("cell_vote", votes(2, 2, 2), "fail"), ("cell_vote", {}, ""), ("verification", {}, ""),
])  # fmt: skip
def test_a_vote_concludes_what_its_counts_say(kind, said, result):
    assert concluded(Paper(kind, MEETING, said=said), BOOK.statute.on(MEETING)) == result


def test_a_case_reads_letters_and_days():
    case = Case(before("cell_vote"), letter("A"), BOOK)
    assert case.step.day("together_since") == date(2020, 1, 1)
    assert case.last("introduction").said["introducer"] == "Trần Thị Bình"

"""Votes, terms, ways out and the way back in, each with the road on which nothing is amiss beside it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from recruitment.rules.dossier import Paper
from recruitment.rules.eligibility import foreseen, objections
from tests.recruitment.rules.road import BOOK, MEETING, READY, also, before, step, votes, with_, without

NEXT = timedelta(days=1)


def found(facts, paper):
    return {one.code: one for one in objections(facts, paper, paper.on, BOOK)}


@pytest.mark.parametrize("kind", ["cell_vote", "base_vote", "recognition_vote", "base_recognition"])
@pytest.mark.parametrize(("said", "code", "verdict", "fault"), [
    ({"members": 12}, "no_counts", "need", None),
    (votes(12, 13, 10), "vote_sum", "arithmetic", 20),  # probationary members counted among those present
    (votes(12, 10, 8, away=3), "vote_sum", "arithmetic", 20),
    (votes(12, 10, 9, 2), "vote_sum", "arithmetic", 20),
    (votes(12, 9, 7), "share_of_present", "arithmetic", 21),  # 7 of 9 is more than two thirds, 7 of 12 is not
])  # fmt: skip
def test_the_sums_of_a_vote(kind, said, code, verdict, fault):
    facts, paper = before(kind), step(kind)
    assert found(facts, paper) == {}
    one = found(facts, replace(paper, said=said))[code]
    assert (one.verdict, one.fault, one.forbids) == (verdict, fault, True)


@pytest.mark.parametrize("said", [
    votes(12, 11, 8, 3), votes(12, 8, 8), votes(12, 10, 7, away=2), votes(12, 10, 7, away=1, exempt=1, probationers=4),
])  # fmt: skip
def test_two_thirds_of_all_who_count(said):
    assert found(before("cell_vote"), replace(step("cell_vote"), said=said)) == {}


def test_a_failed_vote_is_recorded():
    """The deed says what happened; what needs a vote that passed then misses it."""
    failed = replace(step("cell_vote"), said=votes(12, 11, 7, 4), result="fail")
    assert found(before("cell_vote"), failed) == {}
    assert "no_cell_vote" in found(with_(before("base_vote"), failed), step("base_vote"))
    again = replace(step("cell_vote"), on=MEETING + NEXT)
    assert found(also(before("cell_vote"), failed), again) == {}


def test_a_cell_of_two_may_not_vote():
    small = replace(step("cell_vote"), said=votes(2, 2, 2), result="")
    one = found(before("cell_vote", official_members=2), small)["cell_too_small"]
    assert one.verdict == "block" and not one.approvable and one.rule.code == "cell_size"
    assert "cell_too_small" not in found(
        before("cell_vote", official_members=3), replace(small, said=votes(3, 3, 3))
    )
    assert "cell_too_small" not in found(before("base_vote"), replace(step("base_vote"), said=votes(2, 2, 2)))
    assert "cell_too_small" in {
        one.code for one in foreseen(before("cell_vote", official_members=2), "cell_vote", MEETING, BOOK)
    }


def test_minutes_that_differ_from_the_register_are_shown():
    one = found(before("cell_vote", official_members=13), step("cell_vote"))["members_differ"]
    assert one.verdict == "warn" and not one.forbids


def _failures(count, kind="cell_vote", first=date(2026, 1, 5)):
    vote = replace(step(kind), said=votes(12, 11, 7, 4), result="fail")
    return [replace(vote, on=first + k * NEXT) for k in range(count)]


def test_after_three_failed_votes_the_matter_goes_up():
    vote = step("cell_vote")
    assert found(also(before("cell_vote"), *_failures(2)), vote) == {}
    told = found(also(before("cell_vote"), *_failures(3)), vote)
    assert told["gone_up"].rule.code == "failed_votes" and told["gone_up"].verdict == "block"
    # Whoever decides gets the dossier, though nobody below passed it; two failures alone send nothing up.
    bare = without(before("submission"), "cell_vote", "base_vote")
    assert {"no_cell_vote", "no_base_vote"} <= found(also(bare, *_failures(2)), step("submission")).keys()
    assert found(also(bare, *_failures(3)), step("submission")) == {}
    base = without(before("submission"), "base_vote")
    assert found(also(base, *_failures(3, "base_vote", date(2026, 2, 20))), step("submission")) == {}


def test_the_section_advises():
    facts = before("base_vote", levels=frozenset({"base", "section"}))
    paper = Paper("section_appraisal", date(2026, 2, 10), result="fail")
    assert "no_section_appraisal" in found(facts, step("base_vote"))
    told = found(also(facts, paper), step("base_vote"))
    assert [(one.code, one.verdict) for one in told.values()] == [("section_doubts", "warn")]
    assert found(also(facts, replace(paper, result="pass")), step("base_vote")) == {}


DUE = BOOK.calendar.after(MEETING, 60)
LATEST = BOOK.calendar.after(MEETING, 90)


@pytest.mark.parametrize(("on", "code", "approvable"), [
    (DUE, None, None), (DUE + NEXT, "decision_late", True), (LATEST, "decision_late", True),
    (LATEST + NEXT, "decision_too_late", False),
])  # fmt: skip
def test_sixty_working_days_to_decide_and_thirty_more(on, code, approvable):
    told = found(before("decision"), replace(step("decision"), on=on))
    assert set(told) == ({code} if code else set())
    assert code is None or (told[code].forbids and told[code].approvable is approvable)


def test_the_term_to_decide_leaves_out_tet():
    assert DUE - MEETING > timedelta(days=84 + 7)


@pytest.mark.parametrize(("result", "word"), [("wait", "còn chờ"), ("fail", "không đạt")])
def test_a_doubtful_appraisal_is_shown(result, word):
    facts = with_(before("decision"), replace(step("appraisal"), result=result))
    one = found(facts, step("decision"))["appraisal_open"]
    assert one.verdict == "warn" and word in one.said


def test_the_ceremony_within_thirty_working_days_of_the_receipt():
    facts, paper = before("ceremony"), step("ceremony")
    due = BOOK.calendar.after(facts.received, 30)
    assert found(facts, replace(paper, on=due)) == {}
    one = found(facts, replace(paper, on=due + NEXT))["ceremony_late"]
    assert (one.fault, one.approvable, one.verdict) == (29, True, "block")
    consent = Paper("ceremony_consent", due)
    assert found(facts, consent) == {}
    assert found(also(facts, consent), replace(paper, on=due + NEXT)) == {}
    assert "ceremony_late" in found(
        also(facts, replace(consent, on=due + 2 * NEXT)), replace(paper, on=due + NEXT)
    )
    assert "no_received" in found(replace(facts, received=None), paper)


def test_somebody_helps_the_new_member():
    assert found(before("ceremony", helpers=()), step("ceremony"))["no_mentor"].verdict == "warn"


def test_recognition_after_the_twelve_months_from_the_ceremony():
    facts, paper = before("recognition_vote"), step("recognition_vote")
    last = date(2027, 4, 10)
    one = found(facts, replace(paper, on=last))["probation_running"]
    assert (one.verdict, one.fault, one.approvable) == ("block", 30, False)
    assert "không từ ngày quyết định" in one.said
    assert (
        "không từ ngày quyết định"
        not in found(facts, replace(paper, on=date(2027, 3, 1)))["probation_running"].said
    )
    assert found(facts, replace(paper, on=last + NEXT)) == {}
    due = BOOK.calendar.after(last, 30)
    assert found(facts, replace(paper, on=due)) == {}
    assert found(facts, replace(paper, on=due + NEXT))["recognition_late"].verdict == "warn"


def test_the_class_for_new_members():
    facts, paper = before("recognition_vote", new_member_certificates=()), step("recognition_vote")
    assert (found(facts, paper)["no_new_member_class"].fault, found(facts, paper)["no_new_member_class"].verdict) == (
        30, "need",
    )  # fmt: skip
    late = before("recognition_vote", new_member_certificates=(paper.on + NEXT,))
    assert "no_new_member_class" in found(late, paper)


def test_late_recognition_and_late_files_are_shown():
    vote = step("recognition_vote").on
    due = BOOK.calendar.after(vote, 30)
    assert found(before("recognition"), replace(step("recognition"), on=due)) == {}
    told = found(before("recognition"), replace(step("recognition"), on=due + NEXT))
    assert told["recognition_decision_late"].verdict == "warn"
    filed = BOOK.calendar.after(before("member_file").ceremony, 30)
    assert found(before("member_file"), replace(step("member_file"), on=filed)) == {}
    assert (
        found(before("member_file"), replace(step("member_file"), on=filed + NEXT))[
            "member_file_late"
        ].verdict
        == "warn"
    )


OUT = date(2027, 3, 1)
WAYS = [("withdrawn", "application"), ("removed", "submission"), ("moved", "application"), ("moved", "decision"),
        ("moved", "recognition_vote"), ("struck_off", "self_review"), ("died", "application"), ("died", "self_review"),
        ("stopped", "cell_vote")]  # fmt: skip


def _out(kind, **said):
    return Paper(kind, OUT, said={"reason": "Chuyển nhà", "to": "Đảng ủy xã X"} | said)


@pytest.mark.parametrize(("kind", "at"), WAYS)
def test_ways_out(kind, at):
    facts = before(at) if at != "recognition_vote" else before("self_review")
    assert found(facts, _out(kind)) == {}
    silent = found(facts, Paper(kind, OUT))
    assert ("no_reason" in silent) is (kind != "died")
    early = found(also(facts, Paper("opinion_home", OUT + NEXT)), _out(kind))
    assert "before_the_last" in early


@pytest.mark.parametrize(("kind", "at", "code"), [
    ("withdrawn", "received", "decided_already"), ("removed", "received", "decided_already"),
    ("not_passed", "received", "decided_already"), ("struck_off", "cell_vote", "no_probation"),
    ("struck_off", "ceremony", "no_probation"), ("not_passed", "base_vote", "nobody_said_no"),
])  # fmt: skip
def test_ways_out_that_are_closed(kind, at, code):
    assert found(before(at), _out(kind))[code].forbids


@pytest.mark.parametrize("paper", [
    *_failures(1), Paper("appraisal", date(2026, 3, 1), result="fail"),
    Paper("section_appraisal", date(2026, 2, 10), result="fail"), Paper("verification", date(2026, 1, 2), result="fail"),
])  # fmt: skip
def test_not_passed_where_somebody_said_no(paper):
    assert found(also(before("cell_vote"), paper), _out("not_passed")) == {}
    assert "nobody_said_no" in found(before("cell_vote"), _out("not_passed"))


def consent(**said):
    return Paper(
        "readmission",
        date(2025, 9, 1),
        "77-CV/TU",
        said={"left_on": "2022-01-10", "left_as": "struck_off"} | said,
    )


@pytest.mark.parametrize(("paper", "changes", "code"), [
    (None, {}, "no_consent"),
    (replace(consent(), number=""), {}, "consent_bare"),
    (consent(left_on="2023-02-04"), {}, "out_too_short"),
    (consent(), {"earlier": (date(2023, 2, 4),)}, "out_too_short"),
    (consent(left_on=""), {"earlier": ()}, "left_unknown"),
    (consent(left_as="minor_crime"), {}, "not_expunged"),
    (consent(expunged_on="2021-02-04"), {}, "crime_too_recent"),
    (consent(), {"earlier": (date(2010, 5, 1), date(2022, 1, 10))}, "readmitted_before"),
    *((consent(left_as=why), {}, "never_again")
      for why in ("dropped_out", "resigned", "disunity", "corruption", "serious_crime")),
])  # fmt: skip
def test_readmission(paper, changes, code):
    known = {"earlier": (date(2022, 1, 10),)}
    good = also(before("cell_vote", **known), consent(left_on="2023-02-03", expunged_on="2021-02-03"))
    assert found(good, step("cell_vote")) == {}
    facts = before("cell_vote", **(known | changes))
    told = found(also(facts, paper) if paper else facts, step("cell_vote"))
    assert told[code].rule.code.startswith("readmission") and told[code].forbids
    assert told[code].paper == "readmission"


@pytest.mark.parametrize("why", ["struck_off", "expelled", "resigned_hardship"])
def test_reasons_that_let_somebody_back_in(why):
    facts = replace(READY, entered_on=date(2025, 8, 1), earlier=(date(2022, 1, 10),))
    assert found(facts, consent(left_as=why)) == {}
    assert foreseen(facts, "readmission", date(2025, 9, 1), BOOK) == []

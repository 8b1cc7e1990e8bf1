"""What stands against a paper before it is issued: nothing that forbids in a good dossier; each of the thirty faults before
the forms it concerns and no other; what the papers say against each other, field by field."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from committees import journal
from recruitment import columns
from recruitment.models import Candidacy, IssuedPaper
from recruitment.papers import case as cases
from recruitment.papers import catalogue, concerns, faults, places
from recruitment.papers.road import changes
from recruitment.rules import faults as thirty
from recruitment.rules.eligibility import order
from recruitment.rules.eligibility.case import Case as Judged
from recruitment.rules.papers import KINDS
from tests import factories_papers as papers
from tests.recruitment.rules import road
from tests.recruitment.rules.road import ADMISSION, BOOK, ROAD
from tests.recruitment.rules.test_faults import MADE, ON, WHOLE

from . import dossiers

FORMS = sorted(catalogue.forms())
FULL = "Âu Văn Thụy"


@pytest.fixture(scope="module")
def world(module_db):
    return dossiers.build()


def dated(form, name=""):
    """(the Candidacy of the demo's dossier that has the form's papers, the day of that paper)."""
    told = dossiers.case(form, name)
    return cases.candidacy(told.candidacy.pk), told.told(catalogue.forms()[form][-1].on)


def standing(form, name="", said=None):
    candidacy, on = dated(form, name)
    return faults.standing(candidacy, form, snapshot=columns.current(), on=on, said=said)


# ---- the thirty


def test_the_table_names_every_fault_and_only_forms_there_are():
    assert list(concerns.CONCERNS) == list(thirty.FAULTS)
    for number, concern in concerns.CONCERNS.items():
        named = set(concern.blocks) | set(concern.asks)
        assert named and named <= set(FORMS), number
        assert not set(concern.blocks) & set(concern.asks), number
        assert str(concern.elsewhere), number
    assert set(concerns.PART_OF) <= set(FORMS)


def numbers(facts, form):
    return {one.number: one.blocks for one in faults.of_the_thirty(facts, form, BOOK, ON)}


@pytest.mark.parametrize("number", thirty.FAULTS)
def test_each_fault_stands_before_the_forms_it_concerns_alone(number):
    """The same dossier with the fault and without, before every form. What is later than a form is none of its business."""
    spoiled, concern, found = MADE[number](WHOLE), concerns.CONCERNS[number], {}
    for form in FORMS:
        assert number not in numbers(WHOLE, form)
        told = numbers(spoiled, form)
        if number in told:
            assert concern.of(form), form
            found[form] = told[number]
    assert found
    verdict = thirty.FAULTS[number][1]
    if verdict in {"tick", "warn"}:
        assert not any(found.values())
    elif concern.blocks:
        assert any(found.values()) and not any(found.get(form) for form in concern.asks)


def test_counts_forbid_the_paper_that_bears_them_and_are_asked_where_it_is_quoted():
    spoiled = MADE[20](WHOLE)
    assert numbers(spoiled, "6-KNĐ")[20] and numbers(spoiled, "bien-ban-hop")[20]
    assert numbers(spoiled, "8-KNĐ")[20] is False and numbers(spoiled, "9-KNĐ")[20] is False
    assert 20 not in numbers(spoiled, "3-KNĐ")


@pytest.mark.parametrize(("number", "kind"), [
    (1, ""), (2, ""), (3, "application"), (4, "application"), (20, "cell_vote"), (22, "cell_vote"), (25, ""), (27, ""),
])  # fmt: skip
def test_a_fault_leads_to_the_paper_in_which_it_is_put_right(number, kind):
    told = faults.of_the_thirty(MADE[number](WHOLE), "9-KNĐ", BOOK, ON)
    assert {one.kind for one in told if one.number == number} == {kind}


def test_what_came_later_is_no_business_of_an_earlier_paper():
    vote = road.step("recognition_vote")
    spoiled = road.with_(WHOLE, replace(vote, said=vote.said | {"present": 13}))
    assert numbers(spoiled, "13-KNĐ")[20] and 20 not in numbers(spoiled, "6-KNĐ") | numbers(spoiled, "9-KNĐ")


def test_what_only_warns_forbids_nothing():
    """Nobody listed the relatives: of the row that forbids where one of them has no result."""
    assert (
        numbers(replace(WHOLE, relations=()), "6-KNĐ")[10] is False and numbers(MADE[10](WHOLE), "6-KNĐ")[10]
    )


@given(st.sampled_from(range(1, len(ROAD))), st.integers(1, 400))
def test_a_day_before_what_the_paper_needs_is_found(k, days):
    """One paper of a good road moved back: it is out of order exactly where something it needs is later now."""
    paper = ROAD[k]
    on = paper.on - timedelta(days=days)
    if paper.kind in ADMISSION:
        facts = replace(WHOLE, **{ADMISSION[paper.kind]: on}) if paper.kind != "recognition" else WHOLE
        on = paper.on if paper.kind == "recognition" else on
    else:
        facts = replace(WHOLE, papers=tuple(replace(p, on=on) if p is paper else p for p in WHOLE.papers))
    there = {}
    for one in facts.told():
        there.setdefault(one.kind, []).append(one.on)
    late = {need for need in KINDS[paper.kind].needs if need in there and min(there[need]) > on}
    told = list(order.needed(Judged(facts, replace(paper, on=on), BOOK)))
    assert {one.paper for one in told if one.verdict == "order"} == late
    form = next((f for f in FORMS if faults.part_of(f) == paper.kind), None)
    if form:
        codes = {
            one.key.rpartition("-")[0] for one in faults.out_of_order(facts, form, BOOK, date(2030, 1, 1))
        }
        numbered = {one.paper for one in told if one.fault}
        assert {f"late_{need}" for need in late - numbered} <= codes


# ---- what is none of the thirty

LOST = {"result": "fail", "said": {"members": 12, "present": 11, "in_favour": 7, "against": 4}}
CELL, BASE = road.step("cell_vote"), road.step("base_vote")
UNFOUNDED = {
    "no_cell_vote": lambda f: road.with_(replace(f, stated="cell"), replace(CELL, **LOST)),
    "no_base_vote": lambda f: road.with_(f, replace(BASE, **LOST)),
    "verification_fail": lambda f: road.with_(f, replace(road.step("verification"), result="fail")),
    "no_verification": lambda f: road.without(f, "verification"),
    "no_declaration": lambda f: road.without(f, "declaration"),
    "no_opinions": lambda f: road.without(f, "opinions"),
    "no_introduction": lambda f: road.without(f, "introduction"),
    "no_recognition_vote": lambda f: road.with_(f, replace(road.step("recognition_vote"), **LOST)),
    "no_self_review": lambda f: road.without(f, "self_review"),
}


RECOGNISED = replace(WHOLE, recognised=road.step("recognition").on)


def unfounded(facts, form, levels=None):
    told = sorted(faults.out_of_order(facts, form, BOOK, ON, levels), key=lambda one: one.blocks)
    return {one.key.rpartition("-")[0]: one.blocks for one in told}


@pytest.mark.parametrize("code", UNFOUNDED)
def test_what_a_paper_rests_on_stands_and_was_not_lost(code):
    spoiled = UNFOUNDED[code](RECOGNISED)
    of_probation = code in {"no_recognition_vote", "no_self_review"}
    for form in (
        "6-KNĐ",
        "8-KNĐ",
        "9-KNĐ",
        "9A-KNĐ",
        "13-KNĐ",
        "15-KNĐ",
        "16-KNĐ",
        "bien-ban-hop",
        "3-KNĐ",
        "giay-moi",
    ):
        assert unfounded(RECOGNISED, form) == {}, form
    told = {form: unfounded(spoiled, form) for form in ("6-KNĐ", "9-KNĐ", "9A-KNĐ", "16-KNĐ", "bien-ban-hop")}
    last = "16-KNĐ" if of_probation else "9-KNĐ"
    assert told[last] == {code: code != "no_self_review"}, (
        "a decision waits; one that only cites the vote asks"
    )
    assert told["9A-KNĐ"] == ({} if of_probation else told["9-KNĐ"])
    if not of_probation:
        assert told["16-KNĐ"] == {}
        of_the_cell = code not in {"no_cell_vote", "no_base_vote"}
        assert told["6-KNĐ"] == ({code: True} if of_the_cell else {})
        assert told["bien-ban-hop"] == ({code: False} if of_the_cell else {}), "minutes tell how it went"
    assert unfounded(spoiled, "13-KNĐ") == ({code: True} if code == "no_self_review" else {})


def test_a_vote_that_went_up_and_a_body_that_is_not_there_are_not_asked_for():
    lost = [replace(CELL, on=CELL.on - timedelta(days=days), **LOST) for days in (0, 7, 14)]
    assert unfounded(road.with_(RECOGNISED, *lost), "9-KNĐ") == {}
    assert "no_cell_vote" in unfounded(road.with_(RECOGNISED, *lost[:2]), "9-KNĐ")
    alone = road.without(replace(RECOGNISED, levels=frozenset()), "base_vote", "base_recognition")
    assert unfounded(alone, "9-KNĐ") == unfounded(alone, "16-KNĐ") == {}
    # The base was there for the vote and is gone by the day of the recognition.
    ended = road.step("decision").on + timedelta(days=1)
    then = road.without(replace(RECOGNISED, levels=frozenset()), "base_recognition")
    assert unfounded(then, "16-KNĐ", lambda day: {"base"} if day < ended else set()) == {}
    now = replace(RECOGNISED, levels=frozenset({"base", "section"}))  # a section was put in between since
    assert unfounded(now, "9-KNĐ", lambda day: {"base"}) == {} != unfounded(now, "9-KNĐ")


def test_a_doubt_of_the_appraisal_is_answered_by_who_decides():
    assert unfounded(road.with_(RECOGNISED, replace(road.step("appraisal"), result="fail")), "9-KNĐ") == {
        "appraisal_open": False
    }


# ---- the demo's dossiers


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_nothing_forbids_a_paper_of_a_good_dossier(form, world):
    found = standing(form)
    assert [one for one in found if one.blocks] == []
    assert all(
        one.citation and one.mark in {"S", "M", "?"} and one.said and one.cure and one.title for one in found
    )
    assert len({one.key for one in found}) == len(found)


def told_by(form):
    """What the register tells a form of the whole dossier."""
    candidacy, on = dated(form, FULL)
    return dict(faults.from_register(candidacy, form, columns.current(), on, None).told)


def issue(form, **changes):
    candidacy, on = dated(form, FULL)
    said = told_by(form) | {name.replace("__", "."): text for name, text in changes.items()}
    return papers.make_issued(candidacy, form, on, said, number="1", issuer="Chi bộ ấp Phước Sơn")


def found(form, said=None):
    return {(one.number, one.blocks) for one in standing(form, FULL, said) if one.number not in {27, 28}}


def across():
    candidacy, _on = dated("9-KNĐ", FULL)
    return faults.across(candidacy, snapshot=columns.current(), on=date(2025, 6, 1))


@pytest.mark.django_db
class TestAgainstWhatWasIssued:
    def test_papers_of_one_dossier_agree(self, world):
        issue("bien-ban-hop"), issue("6-KNĐ")
        assert found("9-KNĐ") == found("6-KNĐ") == found("bien-ban-hop") == set() and across() == []

    @pytest.mark.parametrize(("change", "number"), [
        ({"person__name": "Âu Văn Thuỵ Anh"}, 8), ({"cell_vote__in_favour": "7"}, 22), ({"cell_vote__number": "70-NQ/CB"}, 22),
    ])  # fmt: skip
    def test_a_field_said_otherwise_is_named(self, change, number, world):
        row = issue("bien-ban-hop", **change)
        told = [one for one in standing("6-KNĐ", FULL) if one.number == number]
        assert [one.blocks for one in told] == [False] and row.title in told[0].said
        assert [one.number for one in across()] == [number]

    def test_what_two_papers_differ_in_is_one_thing_to_put_right(self, world):
        issue("bien-ban-hop", cell_vote__in_favour="7")
        issue("6-KNĐ", chair="Người Khác")
        told = {one.key.rpartition("-")[0]: one.said for one in across()}
        assert set(told) == {"register_cell_vote.in_favour", "issued_chair"}
        assert "sổ ghi “9”" in told["register_cell_vote.in_favour"] and "Người Khác" in told["issued_chair"]

    def test_withdrawn_and_corrected_papers_say_nothing(self, world):
        wrong = issue("bien-ban-hop", person__name="Ai Đó")
        right = issue("bien-ban-hop")
        with journal.pen(None, "test"):
            right.corrects = wrong
            right.save()
        assert found("6-KNĐ") == set() and across() == []
        other = issue("giay-moi", person__name="Ai Đó")
        assert found("6-KNĐ") == {(8, False)}
        with journal.pen(None, "test"):
            other.withdrawn_on = date(2025, 9, 1)
            other.save()
        assert found("6-KNĐ") == set()

    def test_a_paper_says_what_the_register_says(self, world):
        said = told_by("9-KNĐ")
        assert found("9-KNĐ", said) == set()
        assert found("9-KNĐ", said | {"cell_vote.number": "99-NQ/CB"}) == {(22, True)}
        assert found("9-KNĐ", said | {"decision.number": "99-QĐ/HU"}) == {(None, True)}

    def test_counts_of_the_paper_itself(self, world):
        said = told_by("6-KNĐ")
        assert found("6-KNĐ", said | {"cell_vote.absent": "3"}) >= {(20, True)}
        assert found("6-KNĐ", said) == set()

    def test_old_names_after_the_districts_ended(self, world):
        """The demo's native place bears a district: as it was in the cell's resolution, no longer in what came later."""
        assert 9 not in {one.number for one in standing("6-KNĐ", FULL)}
        late = next(one for one in standing("16-KNĐ", FULL) if one.number == 9)
        assert "huyện Đất Đỏ" in late.said and not late.blocks

    def test_a_number_that_contradicts_the_person(self, world):
        """The fourth digit says a woman of the last century."""
        candidacy, _on = dated("9-KNĐ", FULL)
        for number, wrong in (("077086001234", set()), ("077186001234", {(8, False)})):
            with journal.pen(None, "test"):
                candidacy.person.citizen_id = number
                candidacy.person.save()
            assert found("9-KNĐ") == wrong

    def test_a_native_place_put_right_since_the_places_were_renamed(self, world):
        candidacy, _on = dated("9-KNĐ", FULL)
        issue("9-KNĐ")
        with journal.pen(None, "test"):
            candidacy.person.native_place = "xã Đất Đỏ, Thành phố Hồ Chí Minh"
            candidacy.person.save()
        later = cases.candidacy(candidacy.pk)
        assert faults.across(later, snapshot=columns.current(), on=date(2025, 9, 1)) == []
        assert [
            one.number for one in faults.across(later, snapshot=columns.current(), on=date(2025, 6, 1))
        ] == [8]

    def test_a_place_called_by_its_new_name_too_changes_no_earlier_paper(self, world):
        candidacy, on = dated("9-KNĐ", FULL)
        old, row = candidacy.person.native_place, issue("9-KNĐ")
        later = "xã Đất Đỏ, Thành phố Hồ Chí Minh"
        for place, said in ((f"{later} (trước là {old})", old), (later, later)):
            with journal.pen(None, "test"):
                candidacy.person.native_place = place
                candidacy.person.save()
            assert on < places.RENAMED_ON and told_by("9-KNĐ")["person.native_place"] == said
            assert [one for one in changes(row, told_by("9-KNĐ")) if one.now] == []
            assert told_by("16-KNĐ")["person.native_place"] == place

    def test_an_edition_that_is_not_the_one_of_its_day(self, world):
        issue("6-KNĐ")
        with journal.pen(None, "test"):
            row = IssuedPaper.objects.get(form="6-KNĐ")
            row.edition = "2021"
            row.save()
        assert [one.number for one in across()] == [27]

    def test_an_answer_holds_for_what_was_seen(self, world):
        issue("bien-ban-hop", person__name="Ai Đó")
        before = [one for one in standing("6-KNĐ", FULL) if one.number == 8]
        assert faults.unanswered(before, [before[0].key]) == []
        with journal.pen(None, "test"):
            row = IssuedPaper.objects.get(form="bien-ban-hop")
            row.said["person.name"] = "Người Khác"
            row.save()
        after = [one for one in standing("6-KNĐ", FULL) if one.number == 8]
        assert faults.unanswered(after, [before[0].key]) == after

    def test_cost(self, world):
        candidacy, on = dated("9-KNĐ", FULL)
        pk, snapshot = candidacy.pk, columns.current()

        def cost(given=None):
            with CaptureQueriesContext(connection) as seen:
                one = given or Candidacy.objects.get(pk=pk)
                faults.standing(one, "9-KNĐ", snapshot=snapshot, on=on)
            return len(seen)

        one = cost()
        for form in ("6-KNĐ", "bien-ban-hop", "giay-moi"):
            issue(form, person__name="Ai Đó")
        assert cost() == one <= 19
        assert cost(cases.candidacy(pk)) <= 8

"""What is due: each kind from its first to its last day, facts as they stood that day, and the same on small random
worlds as a plain walk over the rows says."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees import journal, vietnamese
from recruitment import columns
from recruitment.facts import NEVER
from recruitment.models import Candidacy, Mentorship, Paper, Review, Stage
from recruitment.pipeline import terms
from recruitment.pipeline.kinds import (
    CEREMONY_DUE,
    CLASS,
    DECISION,
    ENDING,
    KINDS,
    LAPSED,
    LAPSING,
    NO_MENTOR,
    OBJECTION,
    PAPERS_LAPSED,
    PAPERS_LAPSING,
    RECOGNITION,
    RETURNED,
    REVIEW,
    TRANSFER,
    UNABLE,
)  # fmt: skip
from recruitment.pipeline.worklist import IN_TIME, LATER, OVERDUE, Worklist
from recruitment.quotas.question import ask
from recruitment.rules.papers import FAIL
from tests import factories as make

ENTERED = date(2024, 1, 10)


@pytest.fixture
def at(db):
    return make.make_province(cells=2)


def work(on, committee="T", **asked):
    snapshot = columns.current()
    question, _ = ask(snapshot, committee, on=on, **asked)
    return Worklist(snapshot, question)


def shown(on, committee="T", **asked):
    """The kinds in which anyone stands on a day."""
    return {kind for kind, count in work(on, committee, **asked).counts().items() if count}


def due(on, kind):
    """The days on which those of a kind fall due."""
    found = work(on)
    return [date.fromordinal(n) for n in found.due(kind)[found.mask(kind)].tolist()]


def after(day, n):
    return day + timedelta(days=n)


def saved(model, **values):
    with journal.pen(None, "test"):
        row = model(**values)
        row.save()
    return row


class TestCertificate:
    @pytest.fixture
    def ends(self, at):
        candidacy = make.make_candidacy(at["T-1-1-1"], ENTERED)
        make.make_certificate(at["T-1-1-1"], date(2020, 2, 29), person=candidacy.person)
        return date(2025, 2, 28)

    @pytest.mark.parametrize(
        ("n", "kinds"), [(-91, set()), (-90, {LAPSING}), (0, {LAPSING}), (1, {LAPSED}), (900, {LAPSED})]
    )
    def test_in_its_last_ninety_days_then_after(self, ends, n, kinds):
        assert shown(after(ends, n)) == kinds | {NO_MENTOR}

    def test_the_due_day_is_its_last(self, ends):
        assert due(ends, LAPSING) == due(after(ends, 9), LAPSED) == [ends]
        assert work(date(2024, 6, 1)).candidacy_due.tolist() == [NEVER]
        assert work(ends).candidacy_due.dtype == np.int32

    def test_a_later_one_counts_from_its_own_day_on(self, ends):
        person, cell = Candidacy.objects.get().person, Candidacy.objects.get().cell
        make.make_certificate(cell, date(2025, 3, 10), person=person)
        assert LAPSED in shown(date(2025, 3, 9))
        assert shown(date(2025, 3, 10)) == {NO_MENTOR}

    def test_a_class_for_new_members_is_another_matter(self, at):
        candidacy = make.make_candidacy(at["T-1-1-1"], ENTERED)
        make.make_certificate(at["T-1-1-1"], date(2015, 1, 1), person=candidacy.person, kind="new_member")
        assert shown(date(2024, 6, 1)) == {NO_MENTOR}

    @pytest.mark.parametrize(
        ("stage", "lapsed"),
        [(Stage.CLASS, True), (Stage.SUBMITTED, True), (Stage.DECIDED, False), (Stage.CLOSED, False)],
    )
    def test_until_the_decision(self, at, stage, lapsed):
        candidacy = make.make_candidacy(at["T-1-1-1"], ENTERED, (stage, date(2024, 3, 1)))
        make.make_certificate(at["T-1-1-1"], date(2015, 1, 1), person=candidacy.person)
        assert LAPSED in shown(date(2024, 2, 29))
        assert (LAPSED in shown(date(2024, 3, 1))) is lapsed

    def test_a_cell_that_voted_while_it_held_is_not_asked_again_unless_the_dossier_comes_back(self, ends):
        candidacy = Candidacy.objects.get()
        saved(Paper, candidacy=candidacy, kind="cell_vote", on=date(2025, 2, 20))
        saved(Paper, candidacy=candidacy, kind="submission", on=date(2025, 2, 25))
        saved(Paper, candidacy=candidacy, kind="returned", on=date(2025, 4, 1))
        assert LAPSING in shown(date(2025, 2, 19))
        assert shown(date(2025, 2, 20)) == {NO_MENTOR, DECISION}
        assert shown(date(2025, 4, 1)) == {NO_MENTOR, DECISION, LAPSED, RETURNED}

    def test_not_before_the_candidate_was_on_the_list(self, ends):
        assert shown(after(ENTERED, -1)) == set()


class TestMentor:
    def test_while_there_is_none(self, at):
        candidacy = make.make_candidacy(at["T-1-1-1"], ENTERED)
        saved(
            Mentorship,
            candidacy=candidacy,
            mentor="Lê Thị Cúc",
            since=date(2024, 3, 1),
            until=date(2024, 5, 1),
        )
        days = (ENTERED, date(2024, 2, 29), date(2024, 3, 1), date(2024, 4, 30), date(2024, 5, 1))
        assert [NO_MENTOR in shown(day) for day in days] == [True, True, False, False, True]

    def test_it_has_no_due_day(self, at):
        make.make_candidacy(at["T-1-1-1"], ENTERED)
        assert work(ENTERED).candidacy_due.tolist() == [NEVER]

    def test_not_once_decided(self, at):
        make.make_candidacy(at["T-1-1-1"], ENTERED, (Stage.DECIDED, date(2024, 3, 1)))
        assert shown(date(2024, 3, 1)) == set()

    def test_declared_unable(self, at):
        candidacy = make.make_candidacy(at["T-1-1-1"], ENTERED)
        saved(
            Mentorship, candidacy=candidacy, mentor="Lê Thị Cúc", since=ENTERED, unable_on=date(2024, 3, 1),
            until=date(2024, 3, 9),
        )  # fmt: skip
        days = (date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 8), date(2024, 3, 9))
        assert [UNABLE in shown(day) for day in days] == [False, True, True, False]

    @pytest.mark.parametrize(
        ("cell", "facts", "unable"),
        [
            ("T-1-1-1", {}, True),
            ("T-1-1-2", {}, False),  # of another cell
            ("T-1-1-1", {"official_on": date(2024, 2, 1)}, False),
            ("T-1-1-1", {"official_on": date(2024, 2, 2)}, True),
            ("T-1-1-1", {"cancelled_on": date(2024, 2, 1)}, False),
            ("T-1-1-1", {"left_on": date(2024, 2, 1)}, False),
            ("T-1-1-1", {"decided_on": date(2024, 2, 2)}, False),
        ],
    )
    def test_who_is_in_probation_in_the_same_cell(self, at, cell, facts, unable):
        make.make_candidacy(at["T-1-1-1"], ENTERED, mentor="LÊ THỊ  Cúc")
        facts = {"decided_on": date(2023, 5, 1), **facts}
        left = facts.pop("left_on", None)
        admission = make.make_admission(at[cell], facts.pop("decided_on"), full_name="Lê Thị Cúc", **facts)
        if left:
            with journal.pen(None, "test"):
                admission.left_on = left
                admission.save()
        assert (UNABLE in shown(date(2024, 2, 1))) is unable

    @pytest.mark.parametrize(("name", "unable"), [("Lê Văn Hoà", True), ("Lê Văn Hoa", False)])
    def test_a_tone_makes_another_name_and_where_it_is_written_does_not(self, at, name, unable):
        make.make_candidacy(at["T-1-1-1"], ENTERED, mentor="Lê Văn Hòa")
        make.make_admission(at["T-1-1-1"], date(2023, 5, 1), full_name=name)
        assert (UNABLE in shown(date(2024, 2, 1))) is unable

    def test_a_namesake_who_was_recognised_is_meant(self, at):
        make.make_candidacy(at["T-1-1-1"], ENTERED, mentor="Lê Thị Cúc")
        make.make_admission(at["T-1-1-1"], date(2023, 5, 1), full_name="Lê Thị Cúc")
        make.make_admission(
            at["T-1-1-1"], date(2015, 5, 1), full_name="Lê Thị Cúc", official_on=date(2016, 6, 1)
        )
        assert UNABLE not in shown(date(2024, 2, 1))


class TestReview:
    @pytest.fixture
    def candidacy(self, at):
        return make.make_candidacy(at["T-1-1-1"], date(2024, 1, 31), mentor="Lê Thị Cúc")

    @pytest.mark.parametrize(("on", "late"), [(date(2024, 4, 30), False), (date(2024, 5, 1), True)])
    def test_three_months_after_the_mentor_began(self, candidacy, on, late):
        assert (REVIEW in shown(on)) is late
        if late:
            assert due(on, REVIEW) == [date(2024, 4, 30)]

    def test_three_months_after_the_last(self, candidacy):
        saved(Review, candidacy=candidacy, on=date(2024, 5, 20))
        assert REVIEW in shown(date(2024, 5, 19))
        assert REVIEW not in shown(date(2024, 8, 20))
        assert due(date(2024, 8, 21), REVIEW) == [date(2024, 8, 20)]

    def test_another_mentor_begins_anew_and_nobody_owes_none(self, candidacy):
        with journal.pen(None, "test"):
            Mentorship.objects.get().save()
            running = Mentorship.objects.get()
            running.until = date(2024, 6, 1)
            running.save()
        assert REVIEW in shown(date(2024, 5, 31))
        assert REVIEW not in shown(date(2024, 6, 1))
        saved(Mentorship, candidacy=candidacy, mentor="Đỗ Thị Út", since=date(2024, 7, 1))
        assert [REVIEW in shown(day) for day in (date(2024, 10, 1), date(2024, 10, 2))] == [False, True]

    @pytest.mark.parametrize(
        ("stage", "late"),
        [(Stage.SUBMITTED, True), (Stage.PROBATION, True), (Stage.OFFICIAL, False), (Stage.CLOSED, False)],
    )
    def test_whoever_is_helped(self, at, stage, late):
        make.make_candidacy(at["T-1-1-1"], ENTERED, (stage, date(2024, 3, 1)), mentor="Lê Thị Cúc")
        assert (REVIEW in shown(date(2024, 6, 1))) is late


class TestPapers:
    @pytest.fixture
    def candidacy(self, at):
        return make.make_candidacy(at["T-1-1-1"], ENTERED)

    def letter(self, candidacy, kind, on, **said):
        return saved(Paper, candidacy=candidacy, kind=kind, on=on, said=said)

    def test_the_oldest_in_force_sets_the_day(self, candidacy):
        self.letter(candidacy, "introduction", date(2024, 2, 29), introducer="Lê Thị Cúc")
        self.letter(candidacy, "introduction", date(2024, 4, 1), introducer="Đỗ Thị Út")
        self.letter(candidacy, "opinions", date(2024, 5, 1))
        ends = date(2025, 2, 28)
        found = [shown(after(ends, n)) - {NO_MENTOR} for n in (-91, -90, 0, 1)]
        assert found == [set(), {PAPERS_LAPSING}, {PAPERS_LAPSING}, {PAPERS_LAPSED}]
        assert due(ends, PAPERS_LAPSING) == [ends]
        assert work(ends).oldest_paper(0) == "introduction"
        # The same member writes again, then the summary is the oldest but one.
        self.letter(candidacy, "introduction", date(2025, 3, 10), introducer="LÊ thị cúc")
        assert due(date(2025, 3, 9), PAPERS_LAPSED) == [ends]
        assert due(date(2025, 3, 10), PAPERS_LAPSING) == [date(2025, 4, 1)]

    def test_until_the_cell_voted(self, candidacy):
        self.letter(candidacy, "opinions", date(2024, 2, 1))
        saved(Paper, candidacy=candidacy, kind="cell_vote", on=date(2024, 12, 1), result=FAIL)
        saved(Paper, candidacy=candidacy, kind="cell_vote", on=date(2025, 1, 5))
        assert PAPERS_LAPSING in shown(date(2025, 1, 4))
        assert PAPERS_LAPSING not in shown(date(2025, 1, 5))

    def test_other_papers_do_not_lapse(self, candidacy):
        for kind in ("application", "declaration", "listing"):
            self.letter(candidacy, kind, date(2024, 2, 1))
        assert shown(date(2026, 1, 1)) == {NO_MENTOR}


class TestUpwards:
    @pytest.fixture
    def candidacy(self, at):
        return make.make_candidacy(at["T-1-1-1"], date(2026, 1, 5))

    def test_sixty_working_days_from_the_resolution_that_carried(self, candidacy):
        saved(Paper, candidacy=candidacy, kind="cell_vote", on=date(2026, 5, 4), result=FAIL)
        saved(Paper, candidacy=candidacy, kind="cell_vote", on=date(2026, 6, 1))
        assert [DECISION in shown(day) for day in (date(2026, 5, 31), date(2026, 6, 1))] == [False, True]
        assert due(date(2026, 6, 1), DECISION) == [
            date(2026, 8, 22)
        ]  # a Saturday, worked for a day off in September
        assert DECISION in shown(date(2027, 6, 1))

    def test_until_decided(self, at):
        candidacy = make.make_candidacy(at["T-1-1-1"], ENTERED, (Stage.DECIDED, date(2024, 4, 1)))
        saved(Paper, candidacy=candidacy, kind="cell_vote", on=date(2024, 3, 1))
        assert [DECISION in shown(day) for day in (date(2024, 3, 31), date(2024, 4, 1))] == [True, False]

    def test_a_stage_that_was_only_stated_starts_no_clock(self, at):
        make.make_candidacy(at["T-1-1-1"], ENTERED, (Stage.SUBMITTED, date(2024, 4, 1)))
        assert shown(date(2024, 4, 1)) == {NO_MENTOR}

    def test_returned_until_it_is_sent_again(self, candidacy):
        for kind, on in (("submission", 1), ("returned", 5), ("resubmission", 9), ("returned", 9)):
            saved(Paper, candidacy=candidacy, kind=kind, on=date(2026, 6, on))
        days = [date(2026, 6, n) for n in (4, 5, 8, 9)]
        assert [RETURNED in shown(day) for day in days] == [False, True, True, False]


class TestObjection:
    @pytest.mark.parametrize(
        ("facts", "against"),
        [
            ({"born": date(2006, 2, 28)}, False),  # 18 in months of the calendar
            ({"born": date(2006, 3, 1)}, True),
            ({"born": date(1964, 2, 1)}, False),
            ({"born": date(1964, 1, 31)}, True),
            ({"education": "THCS"}, False),
            ({"education": "Tiểu học"}, True),
            ({"education": ""}, False),
        ],
    )
    def test_the_person(self, at, facts, against):
        make.make_candidacy(at["T-1-1-1"], ENTERED, **facts)
        assert (OBJECTION in shown(date(2024, 2, 10))) is against

    def test_a_check_that_failed_until_another_passes(self, at):
        candidacy = make.make_candidacy(at["T-1-1-1"], ENTERED)
        saved(Paper, candidacy=candidacy, kind="verification", on=date(2024, 3, 1), result=FAIL)
        saved(Paper, candidacy=candidacy, kind="verification", on=date(2024, 5, 1), result="pass")
        days = (date(2024, 2, 29), date(2024, 3, 1), date(2024, 4, 30), date(2024, 5, 1))
        assert [OBJECTION in shown(day) for day in days] == [False, True, True, False]

    def test_it_brings_its_own_rule(self, at):
        make.make_candidacy(at["T-1-1-1"], ENTERED, born=date(2010, 1, 1))
        found = work(ENTERED)
        assert found.rule(OBJECTION, 0).code == "age_min" and found.rule(NO_MENTOR, 0).code == "mentor"

    def test_who_left_the_list_since_was_on_it_then(self, at):
        candidacy = make.make_candidacy(
            at["T-1-1-1"], ENTERED, (Stage.CLOSED, date(2024, 6, 1)), born=date(2010, 1, 1)
        )
        assert candidacy.stage == Stage.CLOSED
        assert OBJECTION in shown(date(2024, 5, 31))
        assert shown(date(2024, 6, 1)) == set()


class TestProbation:
    CEREMONY, END = date(2024, 2, 29), date(2025, 2, 28)

    def admit(self, at, **facts):
        left = facts.pop("left_on", None)
        recognised = facts.pop("recognised_on", None)
        with journal.pen(None, "test"):
            admission = make.make_admission(
                at["T-1-1-1"], date(2024, 2, 1), **({"ceremony_on": self.CEREMONY} | facts)
            )
            admission.left_on, admission.recognised_on = left, recognised
            admission.save()
        return admission

    @pytest.mark.parametrize(
        ("n", "kinds"),
        [(-366, set()), (-365, {CLASS}), (-91, {CLASS}), (-90, {CLASS, ENDING}), (0, {CLASS, ENDING}),
         (1, {CLASS, RECOGNITION}), (900, {CLASS, RECOGNITION})],
    )  # fmt: skip
    def test_before_the_end_then_after(self, at, n, kinds):
        self.admit(at)  # nobody ever followed this person: loaded as admitted
        assert shown(after(self.END, n)) == kinds

    def test_due_days(self, at):
        self.admit(at)
        assert due(self.END, ENDING) == due(after(self.END, 5), CLASS) == [self.END]
        # 30 working days, without Thống nhất's day off: 7 April was that of the Hùng kings.
        assert due(after(self.END, 1), RECOGNITION) == [date(2025, 4, 14)]
        assert work(after(self.END, 1)).admission_due.tolist() == [self.END.toordinal()]

    @pytest.mark.parametrize(
        "way", [{"official_on": date(2025, 3, 20)}, {"cancelled_on": date(2025, 3, 20)}, {"left_on": date(2025, 3, 20)},
                {"official_on": date(2025, 2, 28), "recognised_on": date(2025, 3, 20)}]
    )  # fmt: skip
    def test_until_recognised_cancelled_or_left(self, at, way):
        self.admit(at, **way)
        assert shown(date(2025, 3, 19)) == {CLASS, RECOGNITION}
        assert shown(date(2025, 3, 20)) == set()

    def test_the_class_until_its_certificate(self, at):
        admission = self.admit(at)
        make.make_certificate(at["T-1-1-1"], date(2024, 5, 1), person=admission.person, kind="new_member")
        make.make_certificate(at["T-1-1-1"], date(2024, 3, 1), person=admission.person)  # another class
        assert [CLASS in shown(day) for day in (date(2024, 4, 30), date(2024, 5, 1))] == [True, False]

    def test_without_a_ceremony_it_has_not_begun(self, at):
        self.admit(at, ceremony_on=None)
        assert shown(date(2025, 6, 1)) == set()

    def test_the_ceremony_from_receipt_until_it_is_held(self, at):
        self.admit(at, received_on=date(2024, 2, 5))
        days = (date(2024, 2, 4), date(2024, 2, 5), date(2024, 2, 28), date(2024, 2, 29))
        assert [CEREMONY_DUE in shown(day) for day in days] == [False, True, True, False]
        # Tết takes five of the working days.
        assert due(date(2024, 2, 5), CEREMONY_DUE) == [date(2024, 3, 25)]

    def test_who_moved_is_the_cells_of_arrival_though_counted_where_they_were_admitted(self, at):
        candidacy = make.make_candidacy(at["T-1-1-1"], ENTERED, (Stage.PROBATION, self.CEREMONY))
        self.admit(at, person=candidacy.person, candidacy=candidacy)
        moved = date(2024, 6, 3)
        onward = make.make_candidacy(at["T-1-1-2"], moved, (Stage.PROBATION, moved), person=candidacy.person)
        with journal.pen(None, "test"):
            onward.origin = candidacy
            onward.save()
            admission = candidacy.admission
            admission.candidacy = onward
            admission.save()
        assert CLASS in shown(after(moved, -1), "T-1-1-1") and not shown(moved, "T-1-1-1")
        assert shown(moved, "T-1-1-2") == {CLASS, TRANSFER} and not shown(after(moved, -1), "T-1-1-2")
        assert due(moved, TRANSFER) == [date(2024, 8, 26)]
        saved(Mentorship, candidacy=onward, mentor="Đỗ Thị Út", since=date(2024, 7, 1))
        assert [TRANSFER in shown(day) for day in (date(2024, 6, 30), date(2024, 7, 1))] == [True, False]


class TestWhose:
    def test_only_under_the_committee_asked_and_of_the_group_asked(self, at):
        make.make_candidacy(at["T-1-1-1"], ENTERED, sex="F")
        make.make_candidacy(at["T-1-1-2"], ENTERED)
        make.make_admission(at["T-1-1-1"], date(2022, 1, 1), ceremony_on=date(2022, 2, 1), sex="F")
        both = dict.fromkeys(KINDS, 0) | {NO_MENTOR: 1, CLASS: 1, RECOGNITION: 1}
        assert work(ENTERED, "T-1-1-1").counts() == both
        assert work(ENTERED, "T-1-1-2").counts() == both | {CLASS: 0, RECOGNITION: 0}
        assert work(ENTERED, "T").counts() == both | {NO_MENTOR: 2}
        assert work(ENTERED, "T", group="women").counts() == both

    def test_a_kind_of_the_other_table_concerns_none(self, at):
        make.make_candidacy(at["T-1-1-1"], ENTERED)
        found = work(ENTERED)
        assert found.candidacies(ENDING).tolist() == [False]
        assert found.admissions(NO_MENTOR).tolist() == []
        with pytest.raises(KeyError):
            found.candidacies("review")

    def test_every_kind_has_its_rule(self, at):
        rules = columns.current().statute.on(ENTERED)
        assert all(rules[kind.rule].citation for kind in KINDS.values())

    @pytest.mark.parametrize(
        ("left", "terms"),
        [(-1, [OVERDUE]), (0, [IN_TIME, "30"]), (30, [IN_TIME, "30"]), (31, [IN_TIME, "60"]), (60, [IN_TIME, "60"]),
         (61, [IN_TIME, "90"]), (90, [IN_TIME, "90"]), (91, [IN_TIME, LATER])],
    )  # fmt: skip
    def test_terms(self, at, left, terms):
        make.make_admission(at["T-1-1-1"], date(2024, 2, 1), ceremony_on=date(2024, 2, 29))
        found = work(after(date(2025, 2, 28), -left))
        every = (OVERDUE, IN_TIME, "30", "60", "90", LATER)
        assert [term for term in every if found.admissions(CLASS, term).any()] == terms


@given(st.lists(st.dates(date(1930, 1, 1), date(2199, 12, 31)), max_size=20), st.integers(1, 120))
def test_months_after_is_the_one_of_single_days(days, months):
    numbers = np.array([*[day.toordinal() for day in days], NEVER], np.int32)
    wanted = [vietnamese.add_months(day, months).toordinal() for day in days]
    assert terms.months_after(numbers, months).tolist() == [*wanted, NEVER]

"""What is due: each kind from its first to its last day, facts as they stood that day, and the same on small random
worlds as a plain walk over the rows says."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from committees import journal, vietnamese
from recruitment import columns
from recruitment.facts import NEVER
from recruitment.models import Admission, Candidacy, Mentorship, Stage
from recruitment.pipeline import worklist
from recruitment.pipeline.worklist import ENDING, LAPSED, LAPSING, NO_MENTOR, RECOGNITION, Worklist
from recruitment.quotas.question import ask
from recruitment.rules import deadlines
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


def after(day, n):
    return day + timedelta(days=n)


class TestCertificate:
    @pytest.fixture
    def ends(self, at):
        candidacy = make.make_candidacy(at["T-1-1-1"], ENTERED, mentor="Lê Thị Cúc")
        make.make_certificate(at["T-1-1-1"], date(2020, 2, 29), person=candidacy.person)
        return date(2025, 2, 28)

    @pytest.mark.parametrize(
        ("n", "kinds"), [(-91, set()), (-90, {LAPSING}), (0, {LAPSING}), (1, {LAPSED}), (900, {LAPSED})]
    )
    def test_in_its_last_ninety_days_then_after(self, ends, n, kinds):
        assert shown(after(ends, n)) == kinds

    def test_the_due_day_is_its_last(self, ends):
        due = work(date(2024, 6, 1)).candidacy_due
        assert due.tolist() == [ends.toordinal()] and due.dtype == np.int32

    def test_a_later_one_counts_from_its_own_day_on(self, ends):
        person = Candidacy.objects.get().person
        cell = Candidacy.objects.get().cell
        make.make_certificate(cell, date(2025, 3, 10), person=person)
        assert shown(date(2025, 3, 9)) == {LAPSED}
        assert shown(date(2025, 3, 10)) == set()

    def test_a_class_for_new_members_is_another_matter(self, at):
        candidacy = make.make_candidacy(at["T-1-1-1"], ENTERED, mentor="Lê Thị Cúc")
        make.make_certificate(at["T-1-1-1"], date(2015, 1, 1), person=candidacy.person, kind="new_member")
        assert shown(date(2024, 6, 1)) == set()

    @pytest.mark.parametrize(
        ("stage", "kinds"),
        [
            (Stage.CLASS, {LAPSED}),
            (Stage.SUBMITTED, {LAPSED}),
            (Stage.DECIDED, set()),
            (Stage.CLOSED, set()),
        ],
    )
    def test_until_the_decision(self, at, stage, kinds):
        candidacy = make.make_candidacy(
            at["T-1-1-1"], ENTERED, (stage, date(2024, 3, 1)), mentor="Lê Thị Cúc"
        )
        make.make_certificate(at["T-1-1-1"], date(2015, 1, 1), person=candidacy.person)
        assert shown(date(2024, 2, 29)) == {LAPSED}
        assert shown(date(2024, 3, 1)) == kinds

    def test_not_before_the_candidate_was_on_the_list(self, ends):
        assert shown(after(ENTERED, -1)) == set()


class TestMentor:
    def test_while_there_is_none(self, at):
        candidacy = make.make_candidacy(at["T-1-1-1"], ENTERED)
        with journal.pen(None, "test"):
            Mentorship(
                candidacy=candidacy, mentor="Lê Thị Cúc", since=date(2024, 3, 1), until=date(2024, 5, 1)
            ).save()
        found = [
            NO_MENTOR in shown(day)
            for day in (ENTERED, date(2024, 2, 29), date(2024, 3, 1), date(2024, 4, 30), date(2024, 5, 1))
        ]
        assert found == [True, True, False, False, True]

    def test_it_has_no_due_day(self, at):
        make.make_candidacy(at["T-1-1-1"], ENTERED)
        assert work(ENTERED).candidacy_due.tolist() == [NEVER]

    def test_not_once_decided(self, at):
        make.make_candidacy(at["T-1-1-1"], ENTERED, (Stage.DECIDED, date(2024, 3, 1)))
        assert shown(date(2024, 3, 1)) == set()


class TestProbation:
    CEREMONY, END = date(2024, 2, 29), date(2025, 2, 28)

    def admit(self, at, **facts):
        return make.make_admission(
            at["T-1-1-1"], date(2024, 2, 1), **({"ceremony_on": self.CEREMONY} | facts)
        )

    @pytest.mark.parametrize(
        ("n", "kinds"),
        [(-91, set()), (-90, {ENDING}), (0, {ENDING}), (1, {RECOGNITION}), (900, {RECOGNITION})],
    )
    def test_before_the_end_then_after(self, at, n, kinds):
        self.admit(at)  # nobody ever followed this person: loaded as admitted
        assert shown(after(self.END, n)) == kinds

    def test_the_due_day_is_the_end_and_none_after_it(self, at):
        self.admit(at)
        assert work(self.END).admission_due.tolist() == [self.END.toordinal()]
        assert work(after(self.END, 1)).admission_due.tolist() == [NEVER]
        assert work(after(self.END, 1)).probation_ends.tolist() == [self.END.toordinal()]

    def test_until_recognised(self, at):
        self.admit(at, official_on=date(2025, 3, 20))
        assert shown(date(2025, 3, 19)) == {RECOGNITION}
        assert shown(date(2025, 3, 20)) == set()

    def test_until_cancelled(self, at):
        self.admit(at, cancelled_on=date(2025, 3, 20))
        assert shown(date(2025, 3, 19)) == {RECOGNITION}
        assert shown(date(2025, 3, 20)) == set()

    def test_without_a_ceremony_it_has_not_begun(self, at):
        self.admit(at, ceremony_on=None)
        assert shown(date(2025, 6, 1)) == set()


class TestWhose:
    def test_only_under_the_committee_asked_and_of_the_group_asked(self, at):
        make.make_candidacy(at["T-1-1-1"], ENTERED, sex="F")
        make.make_candidacy(at["T-1-1-2"], ENTERED)
        make.make_admission(at["T-1-1-1"], date(2022, 1, 1), ceremony_on=date(2022, 2, 1), sex="F")
        both = {NO_MENTOR: 1, LAPSING: 0, LAPSED: 0, ENDING: 0, RECOGNITION: 1}
        assert work(ENTERED, "T-1-1-1").counts() == both
        assert work(ENTERED, "T-1-1-2").counts() == both | {RECOGNITION: 0}
        assert work(ENTERED, "T").counts() == both | {NO_MENTOR: 2}
        assert work(ENTERED, "T", group="women").counts() == both

    def test_a_kind_of_the_other_table_concerns_none(self, at):
        make.make_candidacy(at["T-1-1-1"], ENTERED)
        found = work(ENTERED)
        assert found.candidacies(ENDING).tolist() == [False]
        assert found.admissions(NO_MENTOR).tolist() == []
        with pytest.raises(KeyError):
            found.candidacies("review")

    def test_every_kind_has_its_rule(self):
        assert set(worklist.RULES) == {kind for kind, _label in worklist.KINDS}


# The same by a plain walk over the rows ----------------------------------------------------------------

moments = st.dates(date(2019, 11, 1), date(2026, 12, 31))
candidates = st.tuples(
    moments,
    st.lists(st.tuples(st.sampled_from([*Stage.road(), Stage.CLOSED]), st.integers(0, 900)), max_size=2),
    st.lists(st.tuples(moments, st.none() | st.integers(1, 500)), max_size=2),
    st.lists(
        st.tuples(st.integers(-1800, 0), st.booleans()), min_size=1, max_size=3, unique_by=lambda c: c[0]
    ),
)
admitted = st.tuples(moments, st.integers(0, 60) | st.none(), *[st.integers(250, 500) | st.none()] * 2)


def kinds_of_candidacy(candidacy, on):
    steps = sorted((step.on, step.pk, step.stage) for step in candidacy.steps.all() if step.on <= on)
    if not steps or steps[-1][2] not in {"source", "class", "dossier", "cell", "submitted"}:
        return set()
    helped = [m for m in candidacy.mentorships.all() if m.since <= on and (m.until is None or on < m.until)]
    kinds = set() if helped else {NO_MENTOR}
    issued = [c.issued_on for c in aware(candidacy) if c.issued_on <= on]
    if issued:
        left = (deadlines.certificate_lapses_on(max(issued)) - on).days
        kinds |= {LAPSED} if left < 0 else {LAPSING} if left <= 90 else set()
    return kinds


def kinds_of_admission(admission, on):
    held, official, cancelled = admission.ceremony_on, admission.official_on, admission.cancelled_on
    if held is None or held > on or (official and official <= on) or (cancelled and cancelled <= on):
        return set()
    left = (deadlines.probation_ends_on(held) - on).days
    return {RECOGNITION} if left < 0 else {ENDING} if left <= 90 else set()


def aware(candidacy):
    return [c for c in candidacy.person.certificates.all() if c.kind == "awareness"]


def turning_days(candidacies, admissions):
    """The days on which an answer may change, and those before them."""
    facts, ends = [], []
    for c in candidacies:
        facts += [step.on for step in c.steps.all()]
        facts += [day for m in c.mentorships.all() for day in (m.since, m.until)]
        facts += [certificate.issued_on for certificate in aware(c)]
        ends += [deadlines.certificate_lapses_on(certificate.issued_on) for certificate in aware(c)]
    for a in admissions:
        facts += [a.ceremony_on, a.official_on, a.cancelled_on]
        ends += [deadlines.probation_ends_on(a.ceremony_on)] if a.ceremony_on else []
    days = {*filter(None, facts), *ends, *(after(end, 1) for end in ends), *(after(end, -90) for end in ends)}
    return sorted(days | {after(day, -1) for day in days})


class TestAgainstPlainWalk(TestCase):
    @profile(max_examples=40)
    @given(st.lists(candidates, min_size=2, max_size=3), st.lists(admitted, min_size=2, max_size=3))
    def test_masks(self, followed, came_in):
        with journal.pen(None, "test"):
            cell = make.make_province()["T-1-1-1"]
            for one in followed:
                self.follow(cell, *one)
            for decided, *days in came_in:
                held, official, cancelled = (None if n is None else after(decided, n) for n in days)
                make.make_admission(
                    cell, decided, ceremony_on=held, official_on=official, cancelled_on=cancelled
                )
        candidacies = list(
            Candidacy.objects.select_related("person").prefetch_related(
                "steps", "mentorships", "person__certificates"
            )
        )
        admissions = list(Admission.objects.all())
        for on in turning_days(candidacies, admissions):
            found = work(on)
            self.compare(found.snapshot.candidacies, found.candidacies, candidacies, kinds_of_candidacy, on)
            self.compare(found.snapshot.admissions, found.admissions, admissions, kinds_of_admission, on)

    def follow(self, cell, entered, steps, helpers, certificates):
        road = [(stage, after(entered, n)) for stage, n in sorted(steps, key=lambda step: step[1])]
        candidacy = make.make_candidacy(cell, entered, *road)
        for since, n in helpers:
            until = after(since, n) if n else None
            Mentorship(candidacy=candidacy, mentor="Lê Thị Cúc", since=since, until=until).save()
        for n, awareness in certificates:
            kind = "awareness" if awareness else "new_member"
            make.make_certificate(cell, after(entered, n), person=candidacy.person, kind=kind)

    def compare(self, rows, mask, records, kinds, on):
        wanted = {record.pk: kinds(record, on) for record in records}
        for kind, _label in worklist.KINDS:
            found = set(rows["id"][mask(kind)].tolist())
            assert found == {pk for pk, said in wanted.items() if kind in said}, (kind, on)
        assert set(rows["id"][mask()].tolist()) == {pk for pk, said in wanted.items() if said}, on


@given(st.lists(st.dates(date(1930, 1, 1), date(2199, 12, 31)), max_size=20), st.integers(1, 120))
def test_months_after_is_the_one_of_single_days(days, months):
    numbers = np.array([*[day.toordinal() for day in days], NEVER], np.int32)
    wanted = [vietnamese.add_months(day, months).toordinal() for day in days]
    assert worklist.months_after(numbers, months).tolist() == [*wanted, NEVER]

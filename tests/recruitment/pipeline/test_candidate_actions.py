"""Deeds on a candidacy beside its steps forward: taking a step back, mentors, certificates, the person's own data."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from committees import journal, vietnamese
from committees.editing import Overtaken, unchanged
from recruitment import columns
from recruitment.models import Candidacy, Certificate, Course, Mentorship, Paper, Person, Stage
from recruitment.pipeline import actions
from tests import factories as make

ENTERED, LATER = date(2014, 1, 10), date(2014, 6, 1)


@pytest.fixture
def at(db):
    return make.make_province()


@pytest.fixture
def candidacy(at):
    return make.make_candidacy(at["T-1-1-1"], ENTERED)


def road(candidacy):
    return list(candidacy.steps.order_by("on", "pk").values_list("stage", "on"))


def refused(deed, match):
    """The deed is refused for this reason and nothing is written."""
    before = journal.head()
    with pytest.raises(actions.Refused, match=match):
        deed()
    assert journal.head() == before


class TestRetract:
    def test_the_last_step_goes_and_the_journal_keeps_it(self, candidacy):
        make.tell_step(candidacy, Stage.DOSSIER, LATER, by=None)
        actions.retract(candidacy, by=None, reason="ghi nhầm người")
        assert Candidacy.objects.get().stage == candidacy.stage == Stage.SOURCE
        assert road(candidacy) == [(Stage.SOURCE, ENTERED)]
        said = journal.entry_of(journal.head()[0]).payload
        assert "ghi nhầm người" in said and "dossier" in said

    def test_a_stop_may_be_taken_back(self, candidacy):
        make.tell_step(candidacy, Stage.CLOSED, LATER, by=None)
        actions.retract(candidacy, by=None, reason="chưa chuyển")
        assert Candidacy.objects.get().stage == Stage.SOURCE

    def test_not_where_the_cell_follows_the_person_anew(self, candidacy):
        make.tell_step(candidacy, Stage.CLOSED, LATER, by=None)
        make.make_candidacy(candidacy.cell, LATER, person=candidacy.person)
        refused(lambda: actions.retract(candidacy, by=None, reason="nhầm"), "theo dõi lại")

    def test_not_what_a_paper_led_to(self, candidacy):
        actions.record(candidacy, "application", on=LATER, snapshot=columns.current(), by=None)
        refused(lambda: actions.retract(candidacy, by=None, reason="nhầm"), "theo giấy tờ")

    def test_not_the_first(self, candidacy):
        refused(lambda: actions.retract(candidacy, by=None, reason="nhầm"), "Bước đầu tiên")

    def test_not_without_a_reason(self, candidacy):
        make.tell_step(candidacy, Stage.DOSSIER, LATER, by=None)
        refused(lambda: actions.retract(candidacy, by=None, reason=" "), "lý do")

    def test_not_what_an_admission_did(self, at):
        led = make.make_candidacy(at["T-1-1-1"], ENTERED, (Stage.DECIDED, LATER))
        refused(lambda: actions.retract(led, by=None, reason="nhầm"), "quyết định kết nạp")

    def test_who_saw_an_older_road_is_told(self, candidacy):
        make.tell_step(candidacy, Stage.DOSSIER, LATER, by=None)
        stamp = candidacy.stamp
        make.tell_step(candidacy, Stage.CELL, LATER, by=None)
        with pytest.raises(Overtaken):
            actions.retract(candidacy, by=None, reason="nhầm", stamp=stamp)
        assert Candidacy.objects.get().stage == Stage.CELL


class TestMentor:
    def told(self):
        return list(Mentorship.objects.order_by("since").values_list("mentor", "since", "until"))

    def test_the_first(self, candidacy):
        actions.assign_mentor(candidacy, mentor="Trần Văn Bảy", since=LATER, by=None)
        assert self.told() == [("Trần Văn Bảy", LATER, None)]

    def test_the_next_follows_the_day_after_the_last(self, candidacy):
        actions.assign_mentor(candidacy, mentor="Trần Văn Bảy", since=ENTERED, by=None)
        actions.assign_mentor(candidacy, mentor="Lê Thị Tám", since=LATER, by=None)
        assert self.told() == [("Trần Văn Bảy", ENTERED, LATER), ("Lê Thị Tám", LATER, None)]

    def test_on_its_own_first_day_the_name_is_corrected(self, candidacy):
        actions.assign_mentor(candidacy, mentor="Trần Văn Bẩy", since=LATER, by=None)
        actions.assign_mentor(candidacy, mentor="Trần Văn Bảy", since=LATER, by=None)
        assert self.told() == [("Trần Văn Bảy", LATER, None)]

    def test_the_end_is_a_last_day(self, candidacy):
        actions.assign_mentor(candidacy, mentor="Trần Văn Bảy", since=ENTERED, by=None)
        actions.end_mentor(candidacy, on=LATER, by=None)
        assert self.told() == [("Trần Văn Bảy", ENTERED, LATER + timedelta(days=1))]

    def test_refusals(self, candidacy):
        def assign(mentor="Lê Thị Tám", since=LATER):
            return lambda: actions.assign_mentor(candidacy, mentor=mentor, since=since, by=None)

        refused(lambda: actions.end_mentor(candidacy, on=LATER, by=None), "chưa có")
        refused(assign(since=ENTERED - timedelta(days=1)), "đưa vào nguồn")
        refused(assign(since=vietnamese.today() + timedelta(days=1)), "chưa đến")
        assign("Trần Văn Bảy")()
        refused(assign("Trần Văn Bảy", LATER + timedelta(days=9)), "đang giúp đỡ")
        refused(assign(since=ENTERED), "đang giúp đỡ bắt đầu")
        make.tell_step(candidacy, Stage.CLOSED, LATER, by=None)
        refused(assign(since=LATER + timedelta(days=9)), "không cần")

    def test_it_overtakes_who_opened_the_candidacy_before(self, candidacy):
        stamp = candidacy.stamp
        actions.assign_mentor(candidacy, mentor="Trần Văn Bảy", since=LATER, by=None, stamp=stamp)
        with pytest.raises(Overtaken):
            actions.assign_mentor(candidacy, mentor="Lê Thị Tám", since=LATER, by=None, stamp=stamp)
        assert self.told() == [("Trần Văn Bảy", LATER, None)]


class TestCertificate:
    def add(self, candidacy, **said):
        said = {"kind": Course.Kind.AWARENESS, "number": "0312", "issued_on": LATER} | said
        return actions.add_certificate(candidacy, by=None, **said)

    def test_who_stood_in_the_source_has_been_to_the_class(self, candidacy):
        self.add(candidacy)
        assert road(candidacy) == [(Stage.SOURCE, ENTERED), (Stage.CLASS, LATER)]
        assert Certificate.objects.get().cell_id == candidacy.cell_id

    def test_a_class_before_the_list_counts_from_the_list(self, candidacy):
        self.add(candidacy, issued_on=date(2013, 1, 1))
        assert road(candidacy)[-1] == (Stage.CLASS, ENTERED)

    def test_further_on_it_moves_nobody(self, candidacy):
        make.tell_step(candidacy, Stage.DOSSIER, LATER, by=None)
        self.add(candidacy)
        assert Candidacy.objects.get().stage == Stage.DOSSIER

    def test_refusals(self, candidacy):
        refused(lambda: self.add(candidacy, issued_on=vietnamese.today() + timedelta(days=1)), "chưa đến")
        refused(lambda: self.add(candidacy, issued_on=make.BORN), "sau ngày sinh")
        self.add(candidacy)
        refused(lambda: self.add(candidacy, number="0313"), "đã có chứng nhận")


class TestPerson:
    def edit(self, person, **said):
        said = {"full_name": person.full_name, "citizen_id": person.citizen_id, **person.traits()} | said
        return actions.edit_person(person, by=None, committee=None, **said)

    def test_an_admission_keeps_what_was_true_on_its_day(self, at):
        admission = make.make_admission(at["T-1-1-1"], LATER, occupation="Nông dân")
        self.edit(admission.person, occupation="Giáo viên", full_name="Trần Thị Bé Em")
        admission.refresh_from_db()
        assert admission.occupation == "Nông dân"
        human = Person.objects.get()
        assert (human.occupation, human.search) == ("Giáo viên", "tran thi be em")

    def test_not_the_number_of_somebody_else(self, candidacy):
        make.make_person(citizen_id="001090000001")
        refused(lambda: self.edit(candidacy.person, citizen_id="001090000001"), "người khác")
        self.edit(candidacy.person, citizen_id="001090000002")
        assert Person.objects.get(pk=candidacy.person_id).citizen_id == "001090000002"

    def test_not_born_after_the_list(self, candidacy):
        refused(lambda: self.edit(candidacy.person, born=ENTERED), "trước ngày đưa vào nguồn")


class TestAnyWalk(TestCase):
    """Whatever is tried in whatever order, the road stays one: its last step is the stage, its days do not go back."""

    deeds = st.lists(
        st.tuples(
            st.sampled_from(["application", "opinion_home", "tell", "stopped", "retract", "certificate"]),
            st.sampled_from([Stage.DOSSIER, Stage.CELL, Stage.SUBMITTED]),
            st.dates(ENTERED - timedelta(days=30), ENTERED + timedelta(days=900)),
        ),
        max_size=12,
    )

    @given(deeds)
    def test_the_road_stays_one(self, deeds):
        candidacy = make.make_candidacy(make.make_province()["T-1-1-1"], ENTERED)
        for deed, stage, on in deeds:
            snapshot, before = columns.current(), journal.head()
            try:
                if deed == "tell":
                    last = actions.last_step(candidacy)
                    if actions.rank(stage) > actions.rank(last.stage) >= 0:
                        make.tell_step(candidacy, stage, max(on, last.on))
                elif deed == "stopped":
                    actions.leave(candidacy, deed, on=on, reason="rút", snapshot=snapshot, by=None)
                elif deed == "retract":
                    actions.retract(candidacy, by=None, reason="nhầm")
                elif deed == "certificate":
                    actions.add_certificate(
                        candidacy, kind=Course.Kind.AWARENESS, number="", issued_on=on, by=None
                    )
                else:
                    actions.record(candidacy, deed, on=on, snapshot=snapshot, by=None)
            except actions.Refused as refusal:
                assert refusal.reasons and journal.head() == before
            steps = [(step.stage, step.on) for step in actions.road(candidacy)]
            assert steps[-1][0] == Candidacy.objects.get(pk=candidacy.pk).stage == candidacy.stage
            assert [on for _, on in steps] == sorted(on for _, on in steps)
            ranks = [actions.rank(stage) for stage, _ in steps if stage != Stage.CLOSED]
            assert ranks == sorted(set(ranks))
            assert steps[0] == (Stage.SOURCE, ENTERED)


def race(candidacy, deed):
    """Two editors who saw the same page do `deed(candidacy, name, stamp)` each, at once. What happened to each."""
    said, start = [], threading.Barrier(2)

    def work(name):
        try:
            seen = Candidacy.objects.get(pk=candidacy.pk)
            start.wait(5)
            deed(seen, name, candidacy.stamp)
            said.append("done")
        except Overtaken:
            said.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(name,)) for name in ("Trần Văn Bảy", "Lê Thị Tám")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(said)


def assign(candidacy, name, stamp):
    actions.assign_mentor(candidacy, mentor=name, since=LATER, by=None, stamp=stamp)


def introduce(candidacy, name, stamp):
    told = {"introducer": name, "together_since": date(2010, 1, 1)}
    snapshot = columns.current()
    actions.record(candidacy, "introduction", on=LATER, said=told, snapshot=snapshot, by=None, stamp=stamp)


@pytest.fixture
def shown():
    return make.make_candidacy(make.make_province()["T-1-1-1"], ENTERED)


RACES = pytest.mark.parametrize(
    ("deed", "module", "rows"), [(assign, "helping", Mentorship), (introduce, "papers", Paper)]
)


@RACES
@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_once_the_second_is_told(shown, deed, module, rows):
    assert race(shown, deed) == ["done", "told"]
    assert rows.objects.count() == 1
    assert journal.verify() is None


@RACES
@pytest.mark.django_db(transaction=True)
def test_the_same_race_where_nobody_asks_for_the_stamp_tells_nobody(shown, monkeypatch, deed, module, rows):
    """The control: both write upon the same page and nobody is told. If one were told here too, the test above would
    prove nothing."""
    monkeypatch.setattr(getattr(actions, module), "unchanged", lambda row, stamp: unchanged(row, None))
    assert race(shown, deed) == ["done", "done"]

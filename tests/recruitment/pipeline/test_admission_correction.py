"""Putting an admission right, and cancelling it: what a figure counts changes only for a reason, nobody overwrites
anybody unseen, and no past day changes."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client

from committees import journal, vietnamese
from committees.editing import Overtaken
from committees.models import Entry
from recruitment import columns
from recruitment.models import Admission, Candidacy, Stage
from recruitment.pipeline import actions, admissions
from tests import factories as make

from .admission_world import DECIDED, admitted, build

pytestmark = pytest.mark.django_db
HELD = date(2015, 5, 19)


@pytest.fixture
def world():
    world = build()
    cell = world.at["T-1-1-1"]
    world.candidacy = make.make_candidacy(cell, date(2014, 1, 1), religion="Công giáo", occupation="Nông dân")
    world.admission = make.make_admission(
        cell, DECIDED, person=world.candidacy.person, candidacy=world.candidacy, decision_number="145-QĐ/HU",
        ceremony_on=HELD,
    )  # fmt: skip
    with make._pen():
        for stage, on in ((Stage.DECIDED, DECIDED), (Stage.PROBATION, HELD)):
            actions.advance(world.candidacy, stage, on=on)
    return world


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def edit(admission):
    return f"/admissions/{admission.pk}/edit/"


def cancel(admission):
    return f"/admissions/{admission.pk}/cancel/"


def standing(client, admission):
    """What the page sends back when nobody touches it."""
    form = client.get(edit(admission)).context["form"]
    sent = {field.html_name: field.value() for field in form if field.value() not in (None, False, "")}
    return {name: str(value) for name, value in sent.items()}


def road(candidacy):
    return dict(candidacy.steps.values_list("stage", "on"))


def errors(response):
    return {name: " ".join(said) for name, said in response.context["form"].errors.items()}


def said(deed):
    return json.loads(Entry.objects.filter(deed=deed).latest("number").payload)


class TestCorrect:
    def test_the_number_and_a_day_with_old_and_new_in_the_journal(self, world):
        alice = signed_in(world.alice)
        form = standing(alice, world.admission) | {
            "decision_number": "154-QĐ/HU",
            "ceremony_on": "20/05/2015",
            "reason": "Đọc nhầm số",
        }
        response = alice.post(edit(world.admission), form)
        assert response.url == f"/people/{world.admission.person_id}/"
        world.admission.refresh_from_db()
        assert (world.admission.decision_number, world.admission.ceremony_on) == (
            "154-QĐ/HU",
            date(2015, 5, 20),
        )
        row = next(r for r in said("admission-correct")["rows"] if r["model"] == "recruitment.admission")
        assert row["old"] == {"decision_number": "145-QĐ/HU", "ceremony_on": "2015-05-19"}
        assert row["new"] == {"decision_number": "154-QĐ/HU", "ceremony_on": "2015-05-20"}
        assert road(world.candidacy)[Stage.PROBATION] == date(2015, 5, 20)

    def test_untouched_it_stays_as_it_was(self, world):
        alice = signed_in(world.alice)
        before = Admission.objects.values().get()
        assert alice.post(edit(world.admission), standing(alice, world.admission)).status_code == 302
        assert Admission.objects.values().get() | {"stamp": 0} == before | {"stamp": 0}

    @pytest.mark.parametrize(
        "change",
        [
            {"decided_on": "23/04/2015"}, {"cell": "T-1-1-2"}, {"decision_number": "1-QĐ/HU"}, {"received_on": ""},
            {"ceremony_on": "18/05/2015"}, {"ceremony_on": ""}, {"official_on": "20/05/2016"},
            {"recognised_on": "02/06/2016"}, {"recognition_number": "5-QĐ/HU"}, {"approval": ""},
            {"occupation": "Công nhân"},
        ],
    )  # fmt: skip
    def test_what_was_said_changes_only_for_a_reason(self, world, change):
        for name, value in {
            "received_on": DECIDED, "official_on": date(2016, 5, 19), "recognised_on": date(2016, 6, 1),
            "recognition_number": "4-QĐ/HU", "approval": "7-CV/HU", "occupation": "Nông dân",
        }.items():  # fmt: skip
            setattr(world.admission, name, value)
        with make._pen():
            world.admission.save()
        alice = signed_in(world.alice)
        form = standing(alice, world.admission) | change
        response = alice.post(edit(world.admission), form)
        assert response.status_code == 400 and list(errors(response)) == ["reason"]
        assert Admission.objects.get().stamp == world.admission.stamp
        assert alice.post(edit(world.admission), form | {"reason": "Gõ nhầm"}).status_code == 302
        assert said("admission-correct")["reason"] == "Gõ nhầm"

    @pytest.mark.parametrize(
        "added",
        [
            {"received_on": "27/04/2015"},
            {"official_on": "19/05/2016", "recognised_on": "01/06/2016"},
            {"approval": "7-CV"},
        ],
    )
    def test_what_was_not_said_yet_is_added_without(self, world, added):
        alice = signed_in(world.alice)
        assert alice.post(edit(world.admission), standing(alice, world.admission) | added).status_code == 302

    @pytest.mark.parametrize(
        ("said", "field", "words"),
        [
            ({"recognised_on": "01/06/2016"}, "official_on", "Ghi cả ngày chính thức"),
            (
                {"recognised_on": "18/05/2016", "official_on": "19/05/2016"},
                "recognised_on",
                "trước ngày chính thức",
            ),
            ({"recognised_on": "01/06/2199", "official_on": "19/05/2016"}, "recognised_on", "chưa đến"),
        ],
    )
    def test_the_decision_that_recognised_holds_from_a_day_before_it(self, world, said, field, words):
        alice = signed_in(world.alice)
        form = standing(alice, world.admission)
        answer = alice.post(edit(world.admission), form | said)
        assert (
            answer.status_code == 400 and list(errors(answer)) == [field] and words in errors(answer)[field]
        )
        right = {"official_on": "19/05/2016", "recognised_on": "19/05/2016", "recognition_number": "4-QĐ/HU"}
        page = alice.post(edit(world.admission), form | right, follow=True).content.decode()
        assert "quyết định 4-QĐ/HU, 19/05/2016" in page

    def test_taking_back_the_official_day_takes_its_decision_along(self, world):
        alice = signed_in(world.alice)
        right = {"official_on": "19/05/2016", "recognised_on": "20/05/2016", "recognition_number": "4-QĐ/HU"}
        alice.post(edit(world.admission), standing(alice, world.admission) | right)
        back = standing(alice, world.admission) | {"official_on": "", "reason": "Ghi nhầm người"}
        assert alice.post(edit(world.admission), back).status_code == 302
        world.admission.refresh_from_db()
        assert (world.admission.recognised_on, world.admission.recognition_number) == (None, "")

    def test_approving_documents_stand_on_the_persons_page(self, world):
        alice = signed_in(world.alice)
        form = standing(alice, world.admission) | {"approval": "7-CV/HU", "ceremony_approval": "9-CV/ĐU"}
        page = alice.post(edit(world.admission), form, follow=True).content.decode()
        assert "Cho phép: 7-CV/HU." in page and "Cho phép: 9-CV/ĐU." in page

    def test_the_road_of_the_cell_left_ends_where_it_stood(self, world):
        there = make.make_candidacy(world.at["T-1-1-2"], date(2014, 2, 1), person=world.candidacy.person)
        alice = signed_in(world.alice)
        form = standing(alice, world.admission) | {"cell": "T-1-1-2", "reason": "Gõ nhầm chi bộ"}
        assert alice.post(edit(world.admission), form).status_code == 302
        world.candidacy.refresh_from_db()
        assert (world.candidacy.stage, road(world.candidacy)) == (
            Stage.SOURCE, {Stage.SOURCE: date(2014, 1, 1)},
        )  # fmt: skip
        assert Admission.objects.get().candidacy == there and road(there)[Stage.DECIDED] == DECIDED

    def test_the_same_days_are_refused_as_when_logged(self, world):
        alice = signed_in(world.alice)
        form = standing(alice, world.admission) | {"received_on": "20/05/2015"}
        assert "trước ngày chi bộ nhận" in errors(alice.post(edit(world.admission), form))["ceremony_on"]

    def test_not_into_a_decision_cancelled_before(self, world):
        make.make_admission(
            world.at["T-1-1-2"], DECIDED, person=world.admission.person, cancelled_on=date(2015, 5, 1)
        )
        alice = signed_in(world.alice)
        form = standing(alice, world.admission) | {"cell": "T-1-1-2", "reason": "Nhầm chi bộ"}
        assert "đã có một quyết định" in errors(alice.post(edit(world.admission), form))["decided_on"]

    @pytest.mark.parametrize("changed", [True, False])
    def test_a_cell_that_ended_while_the_page_was_open_is_seen(self, world, changed):
        door, snapshot = make.door(world.alice), columns.current()
        if changed:
            make.end_committee(world.at["T-1-1-1"], date(2015, 4, 1), world.at["T-1-1-2"])
        else:
            make.make_person()  # something else was written meanwhile
        facts = {
            name: getattr(world.admission, name) for name in ("decision_number", *admissions.admissible.DAYS)
        }
        said = facts | world.admission.traits() | {"cell": world.admission.cell}
        try:
            admissions.correct(
                door, snapshot, world.admission, stamp=world.admission.stamp, by=world.alice, **said
            )
        except admissions.Impossible as refusal:
            assert changed and "đến hết 31/03/2015" in refusal.faults["decided_on"]
        else:
            assert not changed

    def test_its_own_number_is_no_double(self, world):
        alice = signed_in(world.alice)
        other = make.make_admission(world.at["T-1-1-2"], DECIDED, decision_number="146-QĐ/HU")
        form = standing(alice, world.admission)
        assert alice.post(edit(world.admission), form).status_code == 302
        form = standing(alice, world.admission) | {"decision_number": "146-qd/hu", "reason": "Đọc nhầm"}
        response = alice.post(edit(world.admission), form)
        (doubt, _yes) = response.context["form"].doubts[0]
        assert response.status_code == 400 and other.person.full_name in doubt.said
        assert alice.post(edit(world.admission), form | {"confirmed": doubt.key}).status_code == 302

    def test_who_comes_second_sees_both_and_loses_nothing(self, world):
        alice, bob = signed_in(world.alice), signed_in(world.bob)
        read = {"reason": "Đọc nhầm"}
        mine = standing(alice, world.admission) | {"decision_number": "154-QĐ/HU"} | read
        theirs = standing(bob, world.admission) | {"decision_number": "451-QĐ/HU"} | read
        assert bob.post(edit(world.admission), theirs).status_code == 302
        response = alice.post(edit(world.admission), mine)
        form = response.context["form"]
        assert response.status_code == 409 and form["decision_number"].value() == "154-QĐ/HU"
        assert [(d.label, d.mine, d.theirs) for d in form.differences] == [
            ("Số quyết định", "154-QĐ/HU", "451-QĐ/HU")
        ]
        assert form.rival_name == "bob" and Admission.objects.get().decision_number == "451-QĐ/HU"
        again = mine | {"stamp": form["stamp"].value()}
        assert alice.post(edit(world.admission), again).status_code == 302
        assert Admission.objects.get().decision_number == "154-QĐ/HU"

    def test_opening_it_is_a_reading_of_what_is_sensitive(self, world):
        assert "Công giáo" in signed_in(world.alice).get(edit(world.admission)).content.decode()
        read = Entry.objects.filter(chain=Entry.READS).latest("number")
        assert (read.deed, read.actor, read.committee) == (
            "person-sensitive", world.alice, world.at["T-1-1-1"],
        )  # fmt: skip

    def test_not_for_who_records_elsewhere(self, world):
        for address in (edit(world.admission), cancel(world.admission)):
            assert signed_in(world.bob).get(address).status_code == 200
            assert signed_in(world.charlie).get(address).status_code == 404
            assert signed_in(world.charlie).post(address, {"undo": "1"}).status_code == 404

    def test_moved_only_to_a_cell_within_reach(self, world):
        bob = signed_in(world.bob)
        form = standing(bob, world.admission) | {"cell": "T-1-1-2", "reason": "Nhầm"}
        assert "Không có tổ chức" in errors(bob.post(edit(world.admission), form))["cell"]


class TestCancel:
    FORM = {"on": "01/06/2015", "reason": "QĐ 12-QĐ/HU: không đúng thẩm quyền"}

    def send(self, client, admission, **changes):
        stamp = client.get(cancel(admission)).context["form"]["stamp"].value()
        return client.post(cancel(admission), self.FORM | {"stamp": stamp} | changes)

    def test_from_that_day_it_no_longer_counts_and_before_it_does(self, world):
        alice = signed_in(world.alice)
        plan = make.make_plan("KH", world.at["T"])
        make.make_quota(plan, world.at["T-1"], 1)
        assert admitted(alice, "31/05/2015") == admitted(alice, "01/06/2015") == 1
        response = self.send(alice, world.admission)
        assert response.status_code == 302
        assert (admitted(alice, "31/05/2015"), admitted(alice, "01/06/2015")) == (1, 0)
        page = alice.get(response.url).content.decode()
        assert "đã hủy" in page and "không đúng thẩm quyền" in page

    def test_the_candidacy_stops_and_its_road_stays(self, world):
        self.send(signed_in(world.alice), world.admission)
        assert Candidacy.objects.get().stage == Stage.CLOSED
        assert road(world.candidacy)[Stage.PROBATION] == HELD
        assert road(world.candidacy)[Stage.CLOSED] == date(2015, 6, 1)
        snapshot = columns.current()
        assert list(snapshot.stages_on(date(2015, 5, 31).toordinal())) == [6]

    @pytest.mark.parametrize(
        ("changes", "field", "words"),
        [
            ({"reason": " "}, "reason", "Còn trống"),
            ({"on": "23/04/2015"}, "on", "Ngày hủy 23/04/2015 trước ngày quyết định 24/04/2015."),
            ({"on": "31/12/2199"}, "on", "chưa đến"),
            ({"on": ""}, "on", "Còn trống"),
        ],
    )
    def test_refused(self, world, changes, field, words):
        alice = signed_in(world.alice)
        before = journal.head()
        response = self.send(alice, world.admission, **changes)
        assert response.status_code == 400 and list(errors(response)) == [field]
        assert words in errors(response)[field] and journal.head() == before
        assert self.send(alice, world.admission).status_code == 302

    def test_on_the_very_day_it_was_decided_it_never_counts(self, world):
        self.send(signed_in(world.alice), world.admission, on="24/04/2015")
        assert Admission.objects.get().cancelled_on == DECIDED
        assert Candidacy.objects.get().stage == Stage.CLOSED
        today = vietnamese.today().toordinal()
        assert list(columns.current().stages_on(today)) == [8], "the stop is the end of the road"

    def test_cancelled_is_cancelled(self, world):
        alice = signed_in(world.alice)
        self.send(alice, world.admission)
        world.admission.refresh_from_db()
        assert alice.get(edit(world.admission)).url == f"/people/{world.admission.person_id}/"
        facts = {
            name: getattr(world.admission, name) for name in ("decision_number", *admissions.admissible.DAYS)
        }
        with pytest.raises(admissions.Impossible, match="đã hủy"):
            admissions.correct(
                make.door(world.alice), columns.current(), world.admission, stamp=world.admission.stamp,
                by=world.alice, cell=world.admission.cell, **facts, **world.admission.traits(),
            )  # fmt: skip
        assert self.send(alice, world.admission).status_code == 400
        assert "đã hủy từ ngày 01/06/2015" in alice.get(cancel(world.admission)).content.decode()

    def test_who_comes_second_is_told(self, world):
        alice, bob = signed_in(world.alice), signed_in(world.bob)
        stamp = alice.get(cancel(world.admission)).context["form"]["stamp"].value()
        bob.post(
            edit(world.admission),
            standing(bob, world.admission) | {"decision_number": "1-QĐ/HU", "reason": "Nhầm"},
        )
        assert alice.post(cancel(world.admission), self.FORM | {"stamp": stamp}).status_code == 409
        assert Admission.objects.get().cancelled_on is None
        with pytest.raises(Overtaken):
            admissions.cancel(
                world.admission, on=vietnamese.today() - timedelta(days=1), reason="x", by=None,
                stamp=world.admission.stamp,
            )  # fmt: skip

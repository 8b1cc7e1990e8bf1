"""Logging an admission: one after the other, the person recognised, what cannot be refused by name, what is unusual
asked about once."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client

from committees import vietnamese
from committees.models import Entry, Kind, Role
from recruitment.models import Admission, Candidacy, Person, Stage
from tests import factories as make

from .admission_world import DECIDED, NEW, admitted, build, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return build()


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def alice(world):
    return signed_in(world.alice)


def errors(response):
    return {name: " ".join(said) for name, said in response.context["form"].errors.items()}


def last_entry():
    return Entry.objects.filter(chain=Entry.WRITES).latest("number")


class TestOverSixty:
    def test_the_approving_document_answers_the_question(self, world, alice):
        old = typed(born="21/09/1950")
        page = alice.post(NEW, old)
        assert page.status_code == 400 and not Admission.objects.exists()
        assert "quá 60 tuổi" in page.content.decode() and 'name="approval"' in page.content.decode()
        assert alice.post(NEW, old | {"approval": "12-CV/TU, 03/03/2015"}).status_code == 302
        assert json.loads(last_entry().payload)["approval"] == "12-CV/TU, 03/03/2015"
        assert Admission.objects.latest("pk").approval == "12-CV/TU, 03/03/2015"

    def test_nobody_else_is_asked_for_one(self, alice):
        assert 'name="approval"' not in alice.get(NEW).content.decode()
        page = alice.post(NEW, typed(decided_on=""))
        assert page.status_code == 400 and 'name="approval"' not in page.content.decode()


class TestSaved:
    def test_one_is_written_and_the_page_comes_back_for_the_next(self, world, alice):
        response = alice.post(NEW, typed())
        admission = Admission.objects.get()
        assert response.status_code == 302 and response.url == f"{NEW}?after={admission.pk}"
        assert (admission.cell, admission.decided_on, admission.decision_number) == (
            world.at["T-1-1-1"], DECIDED, "145-QĐ/HU",
        )  # fmt: skip
        assert (admission.received_on, admission.ceremony_on) == (date(2015, 4, 28), date(2015, 5, 19))
        assert (admission.person.full_name, admission.sex) == ("Nguyễn Thị Ngọc Ánh", "F")
        entry = last_entry()
        assert (entry.deed, entry.actor, entry.committee) == ("admit", world.alice, world.at["T-1-1-1"])
        assert entry.number == admission.stamp
        assert entry.about == f"recruitment.admission:{admission.pk}"
        page = alice.get(response.url)
        initial = page.context["form"].initial
        assert initial["cell"] == world.at["T-1-1-1"] and initial["decided_on"] == "24/04/2015"
        assert initial["received_on"] == "28/04/2015"
        assert "full_name" not in initial and "decision_number" not in initial
        text = page.content.decode()
        assert "Đã lưu" in text and "Hoàn tác" in text and "Vừa ghi hôm nay: 1" in text
        assert 'value="Tổ chức T-1-1-1 · T-1-1-1"' in text

    def test_or_the_person_is_opened(self, alice):
        response = alice.post(NEW, typed(do="open"))
        assert response.url == f"/people/{Person.objects.get().pk}/"
        assert alice.get(response.url).status_code == 200

    def test_the_dashboard_is_right_at_the_next_request(self, world, alice):
        plan = make.make_plan("KH", world.at["T"])
        make.make_quota(plan, world.at["T-1"], 1)
        assert admitted(alice) == 0
        alice.post(NEW, typed())
        assert admitted(alice) == 1
        admission = Admission.objects.get()
        alice.post(f"/admissions/{admission.pk}/cancel/", {"undo": "1"})
        assert admitted(alice) == 0

    def test_who_has_one_cell_finds_it_filled_in(self, world):
        assert signed_in(world.bob).get(NEW).content.decode().count('value="Tổ chức T-1-1-1 · T-1-1-1"') == 1

    def test_the_type_of_organisation_is_that_of_the_nearest_above(self, world, alice):
        with make._pen():
            placement = world.at["T-1-1"].placements.get()
            placement.organisation_type = "Xã, phường, thị trấn"
            placement.save()
        alice.post(NEW, typed())
        assert Admission.objects.get().organisation_type == "Xã, phường, thị trấn"

    def test_only_today_and_only_ones_own_stand_beside(self, world, alice):
        make.make_admission(world.at["T-1-1-1"], DECIDED)
        signed_in(world.bob).post(NEW, typed())
        alice.post(NEW, typed(full_name="Lê Văn Tám", sex="M", decision_number="146-QĐ/HU"))
        page = alice.get(NEW)
        assert [row.person.full_name for row, _cell in page.context["today"]] == ["Lê Văn Tám"]
        assert page.context["count"] == 1

    def test_the_cell_is_called_as_on_that_day(self, world, alice):
        make.place(
            world.at["T-1-1-1"], "cell", world.at["T-1-1"], name="Chi bộ Tên Mới", since=date(2020, 1, 1)
        )
        page = alice.get(alice.post(NEW, typed()).url)
        assert "Tổ chức T-1-1-1, quyết định 145-QĐ/HU" in page.content.decode()

    def test_queries_do_not_grow(self, world, alice, django_assert_num_queries):
        def asked():
            alice.get(NEW)
            with django_assert_num_queries(7):
                alice.get(NEW)

        alice.post(NEW, typed())
        asked()
        for n in range(2):
            alice.post(NEW, typed(full_name=f"Lê Văn {n}", decision_number=f"{n}-QĐ/HU"))
        asked()


class TestWhoItIs:
    def test_a_namesake_is_offered_before_anything_is_saved(self, world, alice):
        known = make.make_candidacy(
            world.at["T-1-1-2"], date(2014, 1, 1), full_name="Nguyễn Thị Ngọc Ánh", sex="F",
            born=date(1992, 9, 21),
        ).person  # fmt: skip
        response = alice.post(NEW, typed(full_name="nguyen thi ngoc anh"))
        assert response.status_code == 400 and not Admission.objects.exists()
        (offer, chosen), *rest = response.context["form"].choices
        assert not rest and offer.person == known and not chosen
        assert "Chưa lưu:" in response.content.decode()
        again = {"offered": response.context["form"]["offered"].value()}
        assert alice.post(NEW, typed(same=str(known.pk), **again)).status_code == 302
        assert Admission.objects.get().person == known and Person.objects.count() == 1

    def test_or_it_is_somebody_else(self, world, alice):
        make.make_candidacy(
            world.at["T-1-1-2"], date(2014, 1, 1), full_name="Nguyễn Thị Ngọc Ánh", sex="F",
            born=date(1992, 9, 21),
        )  # fmt: skip
        offered = alice.post(NEW, typed()).context["form"]["offered"].value()
        assert alice.post(NEW, typed(same="new", offered=offered)).status_code == 302
        assert Person.objects.count() == 2
        assert alice.post(NEW, typed(same="new", offered="")).status_code == 400, "nobody was shown"

    def test_the_holder_of_the_citizen_id_is_chosen_already(self, world, alice):
        person = make.make_person(
            "Nguyễn Thị Ngọc Ánh", sex="F", born=date(1992, 9, 21), citizen_id="077192000001"
        )
        make.make_candidacy(world.at["T-1-1-1"], date(2014, 1, 1), person=person)
        response = alice.post(NEW, typed(citizen_id="077192000001"))
        assert [chosen for _offer, chosen in response.context["form"].choices] == [True]

    def test_who_was_passed_over_cannot_be_the_holder_and_may_be_chosen_again(self, world, alice):
        person = make.make_person(
            "Nguyễn Thị Ngọc Ánh", sex="F", born=date(1992, 9, 21), citizen_id="077192000001"
        )
        make.make_candidacy(world.at["T-1-1-1"], date(2014, 1, 1), person=person)
        said = typed(citizen_id="077192000001", offered=str(person.pk))
        response = alice.post(NEW, said | {"same": "new"})
        assert "không chọn" in errors(response)["citizen_id"]
        assert [offer.person for offer, _chosen in response.context["form"].choices] == [person]
        assert alice.post(NEW, said | {"same": str(person.pk)}).status_code == 302

    def test_one_round_tells_the_wrong_field_and_the_impossible_days(self, alice):
        response = alice.post(NEW, typed(full_name="", decided_on="24/05/2015", official_on="01/01/2090"))
        assert response.status_code == 400 and not Admission.objects.exists()
        assert set(errors(response)) == {"full_name", "received_on", "decided_on", "official_on"}

    def test_a_citizen_id_of_somebody_of_another_name_is_refused(self, world, alice):
        make.make_candidacy(world.at["T-1-1-1"], date(2014, 1, 1), citizen_id="077192000001")
        response = alice.post(NEW, typed(citizen_id="077192000001"))
        assert "họ tên hoặc ngày sinh khác" in errors(response)["citizen_id"]

    def test_someone_outside_the_reach_is_never_told(self, world, alice):
        make.make_candidacy(
            world.at["T-2-1-1"], date(2014, 1, 1), full_name="Nguyễn Thị Ngọc Ánh", sex="F",
            born=date(1992, 9, 21), citizen_id="077192000009",
        )  # fmt: skip
        charlie = signed_in(world.charlie).post(NEW, typed(cell="T-2-1-1"))
        assert charlie.context["form"].offers, "the same set-up offers to who may see"
        response = alice.post(NEW, typed())
        assert response.status_code == 302 and Person.objects.count() == 2

    def test_the_register_learns_what_it_lacked_and_keeps_what_it_says(self, world, alice):
        person = make.make_person(
            "Nguyễn Thị Ngọc Ánh", sex="F", born=date(1992, 9, 21), religion="Không", education="THPT"
        )
        make.make_candidacy(world.at["T-1-1-1"], date(2014, 1, 1), person=person)
        said = {"citizen_id": "077192000001", "occupation": "Nông dân", "education": "THCS"}
        alice.post(NEW, typed(same=str(person.pk), offered=str(person.pk), **said))
        person.refresh_from_db()
        assert (person.citizen_id, person.occupation, person.education) == (
            "077192000001",
            "Nông dân",
            "THPT",
        )
        snapshot = Admission.objects.get()
        assert (snapshot.religion, snapshot.education, snapshot.occupation) == ("Không", "THCS", "Nông dân")

    def test_the_candidacy_of_the_cell_goes_along_its_road(self, world, alice):
        candidacy = make.make_candidacy(
            world.at["T-1-1-1"], date(2014, 1, 1), (Stage.SUBMITTED, date(2015, 3, 1)), sex="F"
        )
        page = alice.get(f"{NEW}?candidacy={candidacy.pk}")
        assert page.context["form"].initial["cell"] == world.at["T-1-1-1"]
        assert f'value="{candidacy.person_id}" id="same_1" checked' in page.content.decode()
        person = candidacy.person
        said = {"full_name": person.full_name, "born": vietnamese.day(person.born), "same": str(person.pk)}
        assert alice.post(NEW, typed(cell=None, **said)).status_code == 302, "the cell is that of the choice"
        assert Admission.objects.get().candidacy == candidacy
        assert list(candidacy.steps.order_by("on", "pk").values_list("stage", "on")) == [
            (Stage.SOURCE, date(2014, 1, 1)),
            (Stage.SUBMITTED, date(2015, 3, 1)),
            (Stage.DECIDED, DECIDED),
            (Stage.PROBATION, date(2015, 5, 19)),
        ]
        assert Candidacy.objects.get().stage == Stage.PROBATION

    def test_a_page_begun_with_somebody_is_for_who_may_see_them(self, world):
        candidacy = make.make_candidacy(world.at["T-1-1-1"], date(2014, 1, 1), religion="Công giáo")
        for address in (f"{NEW}?candidacy={candidacy.pk}", f"{NEW}?person={candidacy.person_id}"):
            page = signed_in(world.alice).get(address)
            assert page.status_code == 200 and page.context["form"].initial["cell"] == world.at["T-1-1-1"]
            assert "Công giáo" not in page.content.decode(), "sensitive traits open elsewhere, by a click"
            assert signed_in(world.charlie).get(address).status_code == 404
        for address in (f"{NEW}?candidacy=x", f"{NEW}?person=99999999"):
            assert signed_in(world.alice).get(address).status_code == 404

    def test_sent_twice_it_is_written_once(self, alice):
        assert alice.post(NEW, typed()).status_code == 302
        second = alice.post(NEW, typed())
        assert second.status_code == 400 and Admission.objects.count() == Person.objects.count() == 1
        (offer, _chosen), *_rest = second.context["form"].choices
        assert "quyết định kết nạp 24/04/2015" in offer.told
        third = alice.post(NEW, typed(same=str(offer.person.pk), offered=str(offer.person.pk)))
        assert "đã được kết nạp theo quyết định ngày 24/04/2015" in errors(third)["full_name"]
        assert Admission.objects.count() == 1


class TestRefused:
    @pytest.mark.parametrize(
        ("changes", "field", "words"),
        [
            ({"decided_on": "24/05/2015", "received_on": None}, "decided_on",
             "Ngày quyết định 24/05/2015 sau ngày lễ kết nạp 19/05/2015. Xem lại một trong hai ngày."),
            ({"received_on": "23/04/2015"}, "received_on", "23/04/2015, trước ngày quyết định 24/04/2015"),
            ({"ceremony_on": "27/04/2015"}, "ceremony_on", "27/04/2015 trước ngày chi bộ nhận quyết định 28/04/2015"),
            ({"official_on": "19/05/2015"}, "official_on", "19/05/2015 không sau ngày lễ kết nạp 19/05/2015"),
            ({"born": "01/05/1997"}, "born", "chưa đủ 18 tuổi vào ngày quyết định 24/04/2015"),
            ({"cell": "T-1-1"}, "cell", "Có 2 tổ chức khớp"),
            ({"cell": "T-2-1-1"}, "cell", "Không có tổ chức"),
            ({"cell": None}, "cell", "Ghi chi bộ"),
            ({"decided_on": "31/02/2015"}, "decided_on", "Tìm thấy “31/02/2015”. Cần một ngày có thật"),
            ({"decided_on": None}, "decided_on", "Còn trống"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_names_its_field_and_nothing_is_written(self, world, alice, changes, field, words):
        before = Entry.objects.filter(chain=Entry.WRITES).count()
        response = alice.post(NEW, typed(**changes))
        assert response.status_code == 400
        assert list(errors(response)) == [field] and words in errors(response)[field]
        assert response.content.decode().count("<title>Lỗi:") == 1
        assert Entry.objects.filter(chain=Entry.WRITES).count() == before and not Person.objects.exists()
        assert alice.post(NEW, typed()).status_code == 302, "the same without the change is saved"

    def test_eighteen_is_counted_in_months(self, alice):
        assert alice.post(NEW, typed(born="30/04/1997")).status_code == 302

    def test_decision_receipt_and_ceremony_may_be_one_day(self, alice):
        said = typed(decided_on="19/5/2015", received_on="19/5/2015", ceremony_on="19/5/2015")
        assert alice.post(NEW, said).status_code == 302

    def test_a_day_to_come(self, alice):
        tomorrow = vietnamese.day(vietnamese.today() + timedelta(days=1))
        response = alice.post(NEW, typed(decided_on=tomorrow, received_on=None, ceremony_on=None))
        assert errors(response) == {"decided_on": f"Ngày quyết định {tomorrow} chưa đến."}

    def test_a_cell_that_became_a_party_committee_takes_what_was_decided_before(self, world, alice):
        grown = make.make_committee("T-1-9", Kind.GRASSROOTS_CELL, world.at["T-1"])
        make.place(grown, Kind.GRASSROOTS_PARTY, world.at["T-1"], since=DECIDED + timedelta(days=1))
        late = (DECIDED + timedelta(days=1)).strftime("%d/%m/%Y")
        refused = alice.post(NEW, typed(cell="T-1-9", decided_on=late))
        assert "là Đảng bộ cơ sở. Kết nạp chỉ ghi ở chi bộ." in errors(refused)["cell"]
        assert alice.post(NEW, typed(cell="T-1-9")).status_code == 302
        assert Admission.objects.get().cell == grown

    def test_a_cell_that_had_ended_names_its_last_day_and_its_heir(self, world, alice):
        make.end_committee(world.at["T-1-1-1"], date(2015, 4, 1), world.at["T-1-1-2"])
        said = errors(alice.post(NEW, typed()))["decided_on"]
        assert "chỉ hoạt động đến hết 31/03/2015" in said and "kế thừa là Tổ chức T-1-1-2" in said
        days = {"decided_on": "31/03/2015", "received_on": None, "ceremony_on": None}
        assert alice.post(NEW, typed(**days)).status_code == 302, "its earlier days may still be entered late"

    def test_a_cell_not_yet_founded(self, world, alice):
        make.make_committee("T-1-1-9", "cell", world.at["T-1-1"], since=date(2016, 1, 1))
        assert "trước ngày thành lập" in errors(alice.post(NEW, typed(cell="T-1-1-9")))["decided_on"]

    def test_a_candidate_entered_later(self, world, alice):
        person = make.make_candidacy(
            world.at["T-1-1-1"], date(2015, 5, 1), full_name="Nguyễn Thị Ngọc Ánh", sex="F",
            born=date(1992, 9, 21),
        ).person  # fmt: skip
        response = alice.post(NEW, typed(same=str(person.pk)))
        assert "trước ngày chi bộ đưa vào nguồn 01/05/2015" in errors(response)["decided_on"]

    def test_an_admission_beyond_the_reach_is_not_told(self, world, alice):
        person = make.make_person("Nguyễn Thị Ngọc Ánh", sex="F", born=date(1992, 9, 21))
        make.make_candidacy(world.at["T-1-1-1"], date(2014, 1, 1), person=person)
        there = make.make_admission(world.at["T-2-1-1"], date(2014, 6, 1), person=person)
        response = alice.post(NEW, typed(same=str(person.pk)))
        assert errors(response) == {"full_name": "Người này đã được kết nạp."}
        with make._pen():
            there.cancelled_on = date(2014, 7, 1)
            there.save()
        assert alice.post(NEW, typed(same=str(person.pk))).status_code == 302

    def test_a_decision_cancelled_before_is_not_logged_again(self, world, alice):
        person = make.make_person("Nguyễn Thị Ngọc Ánh", sex="F", born=date(1992, 9, 21))
        make.make_admission(world.at["T-1-1-1"], DECIDED, person=person, cancelled_on=date(2015, 5, 1))
        response = alice.post(NEW, typed(same=str(person.pk)))
        assert "đã có một quyết định ngày 24/04/2015" in errors(response)["decided_on"]


class TestAskedOnce:
    @pytest.mark.parametrize("number", ["145-QĐ/HU", "145 - QĐ/HU", "145-qd/hu", "145–QĐ/HU"])
    def test_a_number_given_before_by_the_same_committee(self, world, alice, number):
        make.make_admission(
            world.at["T-1-1-2"], date(2015, 4, 2), full_name="Lý Thị Kim Oanh", decision_number="145-QĐ/HU"
        )
        response = alice.post(NEW, typed(decision_number=number))
        (doubt, yes) = response.context["form"].doubts[0]
        assert response.status_code == 400 and not yes and Admission.objects.count() == 1
        assert (
            doubt.said == f"Số {number} đã dùng cho Lý Thị Kim Oanh (02/04/2015). Xem lại số văn thư đã cấp."
        )
        assert alice.post(NEW, typed(decision_number=number, confirmed="number 9-qd/hu")).status_code == 400
        assert alice.post(NEW, typed(decision_number=number, confirmed=doubt.key)).status_code == 302
        assert json.loads(last_entry().payload)["confirmed"] == [doubt.said]

    @pytest.mark.parametrize(
        ("cell", "on"),
        [("T-2-1-1", date(2015, 4, 2)), ("T-1-1-2", date(2010, 4, 23)), ("T-1-1-2", date(2020, 4, 25))],
    )
    def test_but_not_by_another_committee_or_in_another_term(self, world, alice, cell, on):
        make.make_admission(world.at[cell], on, decision_number="145-QĐ/HU")
        assert alice.post(NEW, typed()).status_code == 302

    def test_nor_one_that_was_cancelled_or_merely_begins_alike(self, world, alice):
        cell = world.at["T-1-1-2"]
        make.make_admission(cell, DECIDED, decision_number="145-QĐ/HU", cancelled_on=date(2015, 5, 1))
        make.make_admission(cell, DECIDED, decision_number="1450-QĐ/HU")
        make.make_admission(cell, DECIDED, decision_number="145-QĐ/TU")
        assert alice.post(NEW, typed()).status_code == 302

    def test_who_bears_it_beyond_the_reach_is_not_told(self, world):
        make.make_admission(
            world.at["T-1-1-2"], date(2015, 4, 2), full_name="Lý Thị Kim Oanh", decision_number="145-QĐ/HU"
        )
        page = signed_in(world.bob).post(NEW, typed()).content.decode()
        assert "Số 145-QĐ/HU đã dùng trong cùng nhiệm kỳ" in page and "Kim Oanh" not in page
        assert "Kim Oanh" in signed_in(world.alice).post(NEW, typed()).content.decode()

    def test_recognised_before_twelve_months(self, alice):
        response = alice.post(NEW, typed(official_on="18/05/2016"))
        (doubt, _yes) = response.context["form"].doubts[0]
        assert "đến 19/05/2016 mới đủ (Quy định 29-QĐ/TW" in doubt.said
        assert alice.post(NEW, typed(official_on="19/05/2016")).status_code == 302

    def test_a_step_dated_after_the_decision_moves_back_once_confirmed(self, world, alice):
        candidacy = make.make_candidacy(
            world.at["T-1-1-1"], date(2014, 1, 1), (Stage.SUBMITTED, date(2015, 5, 4)), sex="F"
        )
        person = candidacy.person
        said = typed(full_name=person.full_name, born=vietnamese.day(person.born), same=str(person.pk))
        (doubt, _yes) = alice.post(NEW, said).context["form"].doubts[0]
        assert "bước “Chờ quyết định” ngày 04/05/2015" in doubt.said
        assert alice.post(NEW, said | {"confirmed": doubt.key}).status_code == 302
        assert dict(candidacy.steps.values_list("stage", "on"))[Stage.SUBMITTED] == DECIDED
        assert Candidacy.objects.get().stage == Stage.PROBATION


class TestUndone:
    def test_it_is_as_if_it_had_not_been_and_the_journal_knows(self, world, alice):
        candidacy = make.make_candidacy(
            world.at["T-1-1-1"], date(2014, 1, 1), (Stage.DECIDED, date(2015, 4, 20)), sex="F"
        )
        person = candidacy.person

        def standing():
            candidacy.refresh_from_db()
            person.refresh_from_db()
            steps = list(candidacy.steps.order_by("pk").values_list("stage", "on"))
            return candidacy.stage, steps, person.citizen_id, person.traits()

        before = standing()
        said = typed(full_name=person.full_name, born=vietnamese.day(person.born), same=str(person.pk))
        alice.post(NEW, said | {"citizen_id": "077192000001", "education": "THPT"})
        admission = Admission.objects.get()
        assert standing() != before
        response = alice.post(f"/admissions/{admission.pk}/cancel/", {"undo": "1"}, follow=True)
        assert "Đã hoàn tác" in response.content.decode()
        assert not Admission.objects.exists() and standing() == before
        assert last_entry().deed == "admission-undo"
        assert alice.post(NEW, said).status_code == 302, "and it may be logged again"

    def test_a_newcomer_goes_too(self, alice):
        alice.post(NEW, typed())
        alice.post(f"/admissions/{Admission.objects.get().pk}/cancel/", {"undo": "1"})
        assert not Person.objects.exists() and not Admission.objects.exists()

    @pytest.mark.parametrize("meanwhile", ["another account", "another day", "edited", "built upon", ""])
    def test_only_by_who_wrote_it_today_and_untouched(self, world, alice, meanwhile, monkeypatch):
        alice.post(NEW, typed())
        admission, client = Admission.objects.get(), alice
        if meanwhile == "another account":
            client = signed_in(make.make_account("dung", Role.STAFF, world.at["T-1"]))
        elif meanwhile == "another day":
            later = vietnamese.today() + timedelta(days=1)
            monkeypatch.setattr(vietnamese, "today", lambda: later)
        elif meanwhile == "edited":
            with make._pen():
                person = Person.objects.get()
                person.education = "THPT"
                person.save()
        elif meanwhile == "built upon":
            make.make_certificate(world.at["T-1-1-1"], date(2014, 1, 1), person=admission.person)
        response = client.post(f"/admissions/{admission.pk}/cancel/", {"undo": "1"}, follow=True)
        assert Admission.objects.exists() == bool(meanwhile)
        assert ("Hãy sửa hoặc hủy" in response.content.decode()) == bool(meanwhile)

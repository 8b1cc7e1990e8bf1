"""Putting somebody on a cell's list: the least typing, nobody twice, and nothing told of what lies beyond the reach."""

import html
import threading
from datetime import date

import pytest
from django.db import connections
from django.urls import reverse

from committees import journal, vietnamese
from committees.access import Access
from committees.models import Kind, Placement, Role
from recruitment.models import Candidacy, Certificate, Mentorship, Person, Stage, Step, Traits
from recruitment.pipeline import actions, enrolment
from recruitment.pipeline.people import SOMEBODY_ELSE
from tests import factories as make

NEW = "/candidacies/new/"
ENTERED, BORN = date(2014, 1, 10), date(1990, 3, 14)
TYPED = {"full_name": "Trần Thị Bé", "born": "140390", "sex": "F", "entered_on": "10/1/2014", "do": "open"}
NUMBER = "001190000001"


@pytest.fixture
def at(db):
    return make.make_province(districts=2, cells=2)


@pytest.fixture
def alice(at):
    """Keeps the records of the commune T-1-1: two cells."""
    return make.make_account("alice", Role.STAFF, at["T-1-1"])


@pytest.fixture
def bob(at):
    """Secretary of T-1-1-1."""
    return make.make_account("bob", Role.SECRETARY, at["T-1-1-1"])


def send(client, account, **said):
    client.force_login(account)
    return client.post(NEW, TYPED | said)


def text(answer):
    return html.unescape(answer.content.decode())


def refused(client, account, **said):
    """The page comes back with what was typed, nothing is written. Its text."""
    before = journal.head()
    answer = send(client, account, **said)
    assert answer.status_code == 400 and journal.head() == before
    assert 'value="Trần Thị Bé"' in text(answer)
    return text(answer)


class TestLeastTyping:
    def test_a_secretary_of_one_cell_types_name_birth_sex(self, client, bob, at):
        client.force_login(bob)
        page = client.get(NEW)
        assert "cell" not in page.context["form"].fields
        assert page.context["form"]["entered_on"].value() == vietnamese.day(vietnamese.today())
        answer = send(client, bob)
        candidacy = Candidacy.objects.get()
        assert answer.url == reverse("recruitment:person", args=[candidacy.person_id])
        assert (candidacy.cell, candidacy.stage, candidacy.entered_on) == (
            at["T-1-1-1"],
            Stage.SOURCE,
            ENTERED,
        )
        assert list(Step.objects.values_list("stage", "on")) == [(Stage.SOURCE, ENTERED)]

    def test_who_keeps_several_cells_names_one_by_a_few_words(self, client, alice, at):
        assert "Chọn một" in refused(client, alice, cell="T-1-1")
        send(client, alice, cell="t-1-1-2")
        assert Candidacy.objects.get().cell == at["T-1-1-2"]

    def test_not_a_cell_beyond_the_reach(self, client, alice):
        assert "Không có tổ chức đảng nào" in refused(client, alice, cell="T-2-1-1")

    def test_the_rest_where_it_is_known(self, client, bob):
        said = {
            "mentor": "Trần Văn Bảy",
            "certificate": "0312",
            "certified_on": "1/6/2014",
            "occupation": "Nông dân",
        }
        send(client, bob, **said)
        candidacy = Candidacy.objects.get()
        assert candidacy.stage == Stage.CLASS
        assert candidacy.person.occupation == "Nông dân"
        assert Mentorship.objects.get().since == ENTERED
        assert Certificate.objects.get().number == "0312"
        said = journal.entry_of(journal.head()[0])
        assert said.deed == "candidacy-enter" and "0312" in said.payload, "the journal keeps what was written"
        assert said.about == f"recruitment.candidacy:{candidacy.pk}"

    def test_a_class_finished_before_leads_on_from_the_day_entered(self, client, bob):
        send(client, bob, certificate="0312", certified_on="1/6/2013")
        assert list(Step.objects.order_by("pk").values_list("stage", "on")) == [
            (Stage.SOURCE, ENTERED),
            (Stage.CLASS, ENTERED),
        ]
        assert Certificate.objects.get().issued_on == date(2013, 6, 1)

    def test_the_next_one_keeps_cell_and_day(self, client, alice):
        answer = send(client, alice, cell="T-1-1-2", do="next")
        page = client.get(answer.url)
        assert 'value="Tổ chức T-1-1-2 · T-1-1-2"' in text(page)
        assert 'value="10/01/2014"' in text(page)
        assert "Đã đưa" in text(page)

    def test_under_age_is_said_not_refused(self, client, bob):
        page = client.get(send(client, bob, born="1/3/1997").url)
        assert "chưa đủ 18 tuổi" in text(page)
        page = client.get(send(client, bob, full_name="Lê Văn Tư", born="31/1/1996").url)
        assert "chưa đủ 18 tuổi" not in text(page), "counted in months"


class TestFaults:
    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ({"born": "30/02/1990"}, "không có ngày này|ngày có thật"),
            ({"born": "10/01/2014"}, "trước ngày đưa vào nguồn"),
            ({"entered_on": "1/1/2100"}, "không sau hôm nay"),
            ({"sex": ""}, "Giới tính"),
            ({"citizen_id": "12"}, "12 chữ số"),
            ({"certificate": "0312"}, "ngày cấp"),
            ({"certificate": "0312", "certified_on": "1/3/1990"}, "sau ngày sinh"),
        ],
    )
    def test_each_is_named_at_its_field(self, client, bob, said, told):
        page = refused(client, bob, **said)
        assert any(words in page for words in told.split("|"))
        assert "Lỗi:" in page

    def test_the_cell_must_have_stood_that_day(self, client, at, bob):
        young = make.make_committee("T-1-1-9", "cell", at["T-1-1"], since=date(2015, 1, 1))
        owner = make.make_account("owner", Role.SECRETARY, young)
        assert "chưa thành lập" in refused(client, owner)

    def test_and_have_been_a_cell(self, client, at):
        grown = make.make_committee("T-1-1-8", "section", at["T-1-1"], since=date(2010, 1, 1))
        place = Placement.objects.get(committee=grown)
        with journal.pen(None, "test"):
            place.until = date(2015, 1, 1)
            place.save()
            since = {"since": date(2015, 1, 1), "until": None, "kind": Kind.CELL, "name": "Chi bộ mới"}
            Placement(committee=grown, parent=at["T-1-1"], **since).save()
        owner = make.make_account("owner", Role.SECRETARY, grown)
        assert "là Đảng bộ bộ phận. Chỉ chi bộ theo dõi" in refused(client, owner)
        assert send(client, owner, entered_on="1/1/2015").status_code == 302


class TestNobodyTwice:
    def test_whom_the_cell_follows_is_refused_with_the_way_to_the_page(self, client, bob, at):
        there = make.make_candidacy(at["T-1-1-1"], ENTERED, full_name="Trần Thị Bé", born=BORN, sex="F")
        for name in ("Trần Thị Bé", "TRAN THI BE"):
            client.force_login(bob)
            answer = client.post(NEW, TYPED | {"full_name": name})
            assert answer.status_code == 400
            assert reverse("recruitment:person", args=[there.person_id]) in text(answer)
        assert Candidacy.objects.count() == 1

    def test_the_same_form_sent_twice_makes_one(self, client, bob):
        assert send(client, bob).status_code == 302
        assert send(client, bob).status_code == 400
        assert send(client, bob, same=SOMEBODY_ELSE).status_code == 400
        assert (Candidacy.objects.count(), Person.objects.count()) == (1, 1)

    def test_whom_another_cell_within_reach_follows_is_offered_first(self, client, alice, at):
        there = make.make_candidacy(at["T-1-1-1"], ENTERED, full_name="Trần Thị Bé", born=BORN, sex="F")
        page = refused(client, alice, cell="T-1-1-2")
        assert f'name="same" value="{there.person_id}"' in page
        said = {"cell": "T-1-1-2", "offered": str(there.person_id)}
        refused(client, alice, **said)  # shown, and still not chosen
        assert send(client, alice, same=str(there.person_id), **said).status_code == 302
        assert there.person.candidacies.count() == 2
        assert Person.objects.count() == 1

    def test_or_is_somebody_else(self, client, alice, at):
        there = make.make_candidacy(at["T-1-1-1"], ENTERED, full_name="Trần Thị Bé", born=BORN, sex="F")
        said = {"cell": "T-1-1-2", "same": "new"}
        refused(client, alice, **said)  # nobody was shown yet
        assert send(client, alice, offered=str(there.person_id), **said).status_code == 302
        assert Person.objects.filter(search="tran thi be").count() == 2

    def test_who_appeared_since_the_offer_is_offered_too(self, client, alice, at):
        first = make.make_candidacy(at["T-1-1-1"], ENTERED, full_name="Trần Thị Bé", born=BORN, sex="F")
        said = {"cell": "T-1-1-2", "same": "new", "offered": str(first.person_id)}
        second = make.make_admission(at["T-1-1-1"], ENTERED, full_name="Trần Thị Bé", born=BORN, sex="F")
        assert f'name="same" value="{second.person_id}"' in refused(client, alice, **said)

    def test_a_member_is_not_followed(self, client, alice, at):
        there = make.make_admission(
            at["T-1-1-1"], ENTERED, full_name="Trần Thị Bé", born=BORN, sex="F"
        ).person
        said = {"cell": "T-1-1-2", "same": str(there.pk), "offered": str(there.pk)}
        assert "đã được kết nạp theo quyết định ngày 10/01/2014" in refused(client, alice, **said)

    def test_whose_admission_was_cancelled_may_be_followed_anew(self, client, alice, at):
        there = make.make_admission(
            at["T-1-1-1"], ENTERED, full_name="Trần Thị Bé", born=BORN, sex="F", cancelled_on=date(2014, 2, 1)
        ).person
        said = {"cell": "T-1-1-2", "same": str(there.pk), "offered": str(there.pk)}
        assert send(client, alice, **said).status_code == 302

    def test_of_another_sex_than_the_one_chosen_it_is_looked_at_again(self, client, alice, at):
        there = make.make_candidacy(
            at["T-1-1-1"], ENTERED, full_name="Trần Thị Bé", born=BORN, sex="M"
        ).person
        said = {"cell": "T-1-1-2", "same": str(there.pk), "offered": str(there.pk)}
        assert "ghi giới tính Nam" in refused(client, alice, **said)

    def test_a_number_of_another_name_is_mistyped(self, client, bob):
        make.make_person("Lê Thị Tám", citizen_id=NUMBER)
        page = refused(client, bob, citizen_id=NUMBER)
        assert "họ tên hoặc ngày sinh khác" in page and "Lê Thị Tám" not in page

    def test_what_the_register_lacked_is_added_what_it_says_stays(self, client, alice, at):
        there = make.make_candidacy(
            at["T-1-1-1"], ENTERED, full_name="Trần Thị Bé", born=BORN, sex="F", occupation="Giáo viên"
        ).person
        said = {"cell": "T-1-1-2", "same": str(there.pk), "offered": str(there.pk)}
        send(client, alice, occupation="Nông dân", education="12/12", citizen_id=NUMBER, **said)
        there.refresh_from_db()
        assert (there.occupation, there.education, there.citizen_id) == ("Giáo viên", "12/12", NUMBER)

    def test_one_stopped_is_followed_anew_from_another_day(self, client, bob, at):
        there = make.make_candidacy(at["T-1-1-1"], ENTERED, full_name="Trần Thị Bé", born=BORN, sex="F")
        make.tell_step(there, Stage.CLOSED, ENTERED, by=None)
        said = {"same": str(there.person_id), "offered": str(there.person_id)}
        assert "Một lần theo dõi trước" in refused(client, bob, **said)
        assert send(client, bob, entered_on="1/2/2014", **said).status_code == 302
        assert there.person.candidacies.count() == 2


class TestBeyondTheReach:
    """Charlie's candidate in T-2-1-1: whatever Bob types, the page says no more than for somebody unknown."""

    @pytest.fixture
    def hers(self, at):
        return make.make_candidacy(
            at["T-2-1-1"], ENTERED, full_name="Trần Thị Bé", born=BORN, sex="F", citizen_id=NUMBER
        )

    def test_a_namesake_is_not_told(self, client, bob, hers):
        assert send(client, bob).status_code == 302
        assert Person.objects.filter(search="tran thi be").count() == 2

    def test_the_same_number_joins_the_one_record_silently(self, client, bob, hers, at):
        answer = send(client, bob, citizen_id=NUMBER)
        assert answer.status_code == 302
        assert Person.objects.get().candidacies.count() == 2
        page = text(client.get(answer.url))
        assert "T-2" not in page and page.count("Chặng đường") == 1

    def test_nor_that_she_is_a_member(self, client, bob, hers, at):
        make.make_admission(at["T-2-1-1"], ENTERED, person=hers.person)
        assert send(client, bob, citizen_id=NUMBER).status_code == 302

    def test_her_number_is_not_given_to_a_namesake_of_ours(self, client, alice, hers, at):
        ours = make.make_candidacy(at["T-1-1-1"], ENTERED, full_name="Trần Thị Bé", born=BORN, sex="F").person
        said = {"cell": "T-1-1-2", "citizen_id": NUMBER, "same": str(ours.pk), "offered": str(ours.pk)}
        page = refused(client, alice, **said)
        assert "Số này là của một người khác" in page
        assert f'name="same" value="{ours.pk}"' in page, "and one may choose anew"

    def test_the_pages_of_both_are_equal(self, client, bob, hers):
        known = send(client, bob, citizen_id=NUMBER)
        unknown = send(client, bob, full_name="Trần Thị Lạ", citizen_id="001190000002")
        assert known.status_code == unknown.status_code == 302


def twice(at, account):
    """The same form sent by two threads at once: what each was told."""
    said, start = [], threading.Barrier(2)
    person = dict.fromkeys(Traits.NAMES, "") | {
        "full_name": "Trần Thị Bé",
        "citizen_id": None,
        "sex": "F",
        "born": BORN,
    }

    def work():
        try:
            access = Access(account)
            assert access.may("record", at["T-1-1-1"].pk)
            start.wait(5)
            enrolment.enrol(access, cell=at["T-1-1-1"], entered_on=ENTERED, person=dict(person), by=account)
            said.append("done")
        except actions.Refused:
            said.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(said)


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_makes_one_candidacy(at, bob):
    assert twice(at, bob) == ["done", "refused"]
    assert (Candidacy.objects.count(), Person.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_judged_before_the_pen_is_held_it_makes_two(at, bob, monkeypatch):
    """The control: who it is, asked before anyone writes, is no longer true when both write."""
    judged = threading.Barrier(2)
    real, pen = enrolment.known_here, journal.pen
    answers = threading.local()

    def early(*args, **kwargs):
        answers.known = real(*early_args(), **{})
        judged.wait(5)
        return pen(*args, **kwargs)

    def early_args():
        from types import SimpleNamespace

        line = SimpleNamespace(full_name="Trần Thị Bé", citizen_id=None, born=BORN)
        return Access(bob), line, [at["T-1-1-1"].pk], "", ()

    monkeypatch.setattr(enrolment.journal, "pen", early)
    monkeypatch.setattr(enrolment, "known_here", lambda *args: answers.known)
    assert twice(at, bob) == ["done", "done"]
    assert Candidacy.objects.count() == 2

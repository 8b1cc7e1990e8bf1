"""The background check and the mentors on pages: Bob is secretary of the cell, Alice keeps the commune's records,
Charlie keeps those of another district."""

import html
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees import journal, vietnamese
from committees.models import Entry, Role
from recruitment.models import Letter, Mentorship, Relative
from recruitment.pipeline import actions
from tests import factories as make

ENTERED = date(2025, 8, 1)


@pytest.fixture
def at(db):
    return make.make_province(districts=2, cells=2)


@pytest.fixture
def alice(at):
    return make.make_account("alice", Role.STAFF, at["T-1-1"])


@pytest.fixture
def bob(at):
    return make.make_account("bob", Role.SECRETARY, at["T-1-1-1"])


@pytest.fixture
def charlie(at):
    return make.make_account("charlie", Role.STAFF, at["T-2"])


@pytest.fixture
def candidacy(at):
    return make.make_candidacy(at["T-1-1-1"], ENTERED, full_name="Trần Thị Bé", mentor="Trần Văn Bảy")


def verification(candidacy):
    return reverse("recruitment:candidacy-verification", args=[candidacy.pk])


def answering(letter):
    return reverse("recruitment:letter-answer", args=[letter.pk])


def text(answer):
    return html.unescape(answer.content.decode())


def stamped(candidacy, **said):
    candidacy.refresh_from_db()
    return {"stamp": candidacy.stamp, **said}


class TestVerification:
    def test_a_relative_a_letter_and_its_answer(self, client, bob, candidacy):
        client.force_login(bob)
        here = verification(candidacy)
        said = stamped(candidacy, do="relative", relation="father", full_name="Trần Văn Sáu")
        assert client.post(here, said).status_code == 302
        father = Relative.objects.get()
        said = stamped(
            candidacy, do="letter", to="Đảng ủy xã Long Tân", number="5-CV/ĐU", sent_on="1/9/2025",
            carried_by="Lê Tám", relative=father.pk,
        )  # fmt: skip
        assert client.post(here, said).status_code == 302
        letter = Letter.objects.get()
        assert letter.relative == father and letter.due_on > date(2025, 10, 10)
        told = text(client.get(here))
        assert "Đảng ủy xã Long Tân" in told and "Quá hạn" in told and "Cha đẻ: Trần Văn Sáu" in told
        assert (
            client.post(answering(letter), stamped(candidacy, on="20/9/2025", result="pass")).status_code
            == 302
        )
        father.refresh_from_db()
        assert (father.result, father.result_on) == ("pass", date(2025, 9, 20))
        assert "Quá hạn" not in text(client.get(here))

    def test_a_result_without_a_letter(self, client, bob, candidacy):
        client.force_login(bob)
        client.post(verification(candidacy), stamped(candidacy, do="relative", relation="spouse"))
        spouse = Relative.objects.get()
        said = {"do": "settle", "relative": spouse.pk, "result": "pass"}
        assert client.post(verification(candidacy), stamped(candidacy, **said)).status_code == 400
        said["on"] = "1/10/2025"
        assert client.post(verification(candidacy), stamped(candidacy, **said)).status_code == 302
        spouse.refresh_from_db()
        assert spouse.result == "pass"

    def test_an_uncle_goes_from_the_list_unless_a_letter_asks_about_him(self, client, bob, candidacy):
        client.force_login(bob)
        here = verification(candidacy)
        client.post(here, stamped(candidacy, do="relative", relation="other", full_name="Trần Văn Bảy"))
        uncle = Relative.objects.get()
        letter = {"do": "letter", "to": "Đảng ủy xã Long Tân", "sent_on": "1/9/2025", "relative": uncle.pk}
        client.post(here, stamped(candidacy, **letter))
        kept = client.post(here, stamped(candidacy, do="drop", relative=uncle.pk))
        assert kept.status_code == 400 and "Đã có công văn hỏi về người này" in text(kept)
        with make._pen():
            Letter.objects.get().delete()
        assert client.post(here, stamped(candidacy, do="drop", relative=uncle.pk)).status_code == 302
        assert not Relative.objects.exists()

    @pytest.mark.parametrize(
        "said",
        [
            {"do": "letter", "to": "", "sent_on": "1/9/2025"},
            {"do": "letter", "to": "Đảng ủy", "sent_on": "31/2/2025"},
            {"do": "letter", "to": "Đảng ủy", "sent_on": "1/9/2025", "due_on": "1/8/2025"},
            {"do": "letter", "to": "Đảng ủy", "sent_on": "1/9/2025", "relative": "999999"},
            {"do": "relative", "relation": "uncle"},
            {"do": "settle", "relative": "999999", "result": "pass", "on": "1/9/2025"},
            {"do": "drop", "relative": "999999"},
            {},
        ],
    )
    def test_what_is_not_right_writes_nothing(self, client, bob, candidacy, said):
        client.force_login(bob)
        before = journal.head()
        answer = client.post(verification(candidacy), stamped(candidacy, **said))
        assert answer.status_code == 400 and journal.head() == before
        assert "<title>Lỗi:" in text(answer)

    def test_an_answer_before_the_letter_is_none(self, client, bob, candidacy):
        letter = make.make_letter(candidacy, date(2025, 9, 1))
        client.force_login(bob)
        answer = client.post(answering(letter), stamped(candidacy, on="1/8/2025"))
        assert answer.status_code == 400 and "trước ngày gửi" in text(answer)

    def test_two_at_once(self, client, alice, bob, candidacy):
        letter = make.make_letter(candidacy, date(2025, 9, 1))
        old = stamped(candidacy, on="10/9/2025", result="pass")
        actions.answer_letter(letter, on=date(2025, 9, 12), result="wait", by=alice)
        client.force_login(bob)
        answer = client.post(answering(letter), old)
        assert answer.status_code == 409 and "12/09/2025" in text(answer)

    def test_a_letter_still_out_leads_to_the_letters(self, client, bob, candidacy):
        make.make_letter(candidacy, date(2025, 9, 1))
        client.force_login(bob)
        told = text(client.get(reverse("recruitment:candidacy-checklist", args=[candidacy.pk])))
        assert "quá hạn trả lời" in told and verification(candidacy) in told

    def test_nothing_of_it_is_seen_beyond(self, client, bob, charlie, candidacy):
        letter = make.make_letter(candidacy, date(2025, 9, 1))
        for account, status in ((charlie, 404), (bob, 200)):
            client.force_login(account)
            for address in (verification(candidacy), answering(letter)):
                assert client.get(address).status_code == status


class TestMentors:
    def listed(self, client, account, query=""):
        client.force_login(account)
        return client.get(reverse("recruitment:mentor-list") + query)

    def test_who_helps_how_many_and_whom_nobody_helps(self, client, alice, at, candidacy):
        make.make_candidacy(at["T-1-1-1"], ENTERED, full_name="Lê Văn Hai", mentor="Trần Văn Bảy")
        make.make_candidacy(at["T-1-1-2"], ENTERED, full_name="Võ Thị Ba")
        make.make_candidacy(at["T-2-1-1"], ENTERED, full_name="Người Xa", mentor="Kẻ Xa")
        told = text(self.listed(client, alice))
        assert "1 người chưa có đảng viên giúp đỡ" in told and "Võ Thị Ba" in told
        assert "Trần Văn Bảy" in told and "Lê Văn Hai" in told and "Trần Thị Bé" in told
        assert "Người Xa" not in told and "Kẻ Xa" not in told
        read = Entry.objects.filter(chain=Entry.READS).latest("number")
        assert (read.deed, read.about) == ("list", "mentors")

    def test_found_from_the_list_of_candidates(self, client, alice, bob, candidacy):
        for account, code in ((alice, "T-1-1"), (bob, "T-1-1-1")):
            client.force_login(account)
            address = f"{reverse('recruitment:mentor-list')}?committee={code}"
            assert address in text(client.get(reverse("recruitment:candidacy-list")))
            assert client.get(address).status_code == 200

    def test_below_one_committee(self, client, alice, at, candidacy):
        told = text(self.listed(client, alice, "?committee=T-1-1-2"))
        assert "Trần Văn Bảy" not in told and "Chưa phân công ai" in told
        assert self.listed(client, alice, "?committee=T-2").status_code == 404

    def test_costs_as_much_for_three_as_for_one(self, client, alice, at, candidacy):
        def cost():
            self.listed(client, alice)
            with CaptureQueriesContext(connection) as seen:
                client.get(reverse("recruitment:mentor-list"))
            return len(seen)

        make.make_candidacy(at["T-1-1-2"], ENTERED)
        one = cost()
        for k in (1, 2):
            make.make_candidacy(at["T-1-1-1"], ENTERED, mentor=f"Trần Văn {k}")
            make.make_candidacy(at["T-1-1-2"], ENTERED)
        assert cost() == one

    def test_no_longer_able_then_handed_over(self, client, bob, candidacy):
        mentorship = Mentorship.objects.get()
        client.force_login(bob)
        unable = reverse("recruitment:mentor-unable", args=[mentorship.pk])
        said = stamped(candidacy, on="1/11/2025", why="chuyển sinh hoạt")
        assert client.post(unable, stamped(candidacy, on="1/11/2025")).status_code == 400
        assert client.post(unable, said).status_code == 302
        assert "Không còn đủ điều kiện từ 01/11/2025" in text(self.listed(client, bob))
        handing = reverse("recruitment:candidacy-mentor", args=[candidacy.pk])
        said = stamped(candidacy, mentor="Lê Thị Tám", since="5/11/2025", document="15-NQ/CB")
        assert client.post(handing, said).status_code == 302
        running = actions.running_mentorship(candidacy)
        assert (running.mentor, running.document) == ("Lê Thị Tám", "15-NQ/CB")

    def test_the_number_of_the_assignment_may_follow(self, client, bob, candidacy):
        client.force_login(bob)
        handing = reverse("recruitment:candidacy-mentor", args=[candidacy.pk])
        assert "chưa có số nghị quyết" in text(client.get(handing))
        said = {"mentor": "Trần Văn Bảy", "since": "1/8/2025"}
        assert client.post(handing, stamped(candidacy, **said)).status_code == 400
        assert client.post(handing, stamped(candidacy, **said, document="2-NQ/CB")).status_code == 302
        assert Mentorship.objects.get().document == "2-NQ/CB"

    def test_a_review_stands_on_the_persons_page(self, client, bob, candidacy):
        client.force_login(bob)
        on = vietnamese.today() - timedelta(days=3)
        said = stamped(candidacy, on=vietnamese.day(on), verdict="good", note="Hoàn thành tốt")
        assert (
            client.post(reverse("recruitment:candidacy-review", args=[candidacy.pk]), said).status_code == 302
        )
        told = text(client.get(reverse("recruitment:person", args=[candidacy.person_id])))
        assert "Tiến bộ" in told and "Hoàn thành tốt" in told

"""The papers of a dossier on pages: Alice keeps the commune's records, Bob is secretary of the cell, Charlie keeps those
of another district."""

import html
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees import journal
from committees.models import Role
from recruitment.models import Admission, Candidacy, Paper, Stage
from recruitment.pipeline import actions, rights
from recruitment.rules.papers import ABOVE, KINDS
from tests import factories as make
from tests.factories_papers import gather

ENTERED = date(2025, 8, 1)


@pytest.fixture
def at(db):
    return make.make_province(districts=2, cells=2)


@pytest.fixture
def alice(at):
    return make.make_account("alice", Role.STAFF, at["T-1-1"], full_name="Lê Thị Cúc")


@pytest.fixture
def bob(at):
    return make.make_account("bob", Role.SECRETARY, at["T-1-1-1"], full_name="Phạm Văn Bình")


@pytest.fixture
def charlie(at):
    return make.make_account("charlie", Role.STAFF, at["T-2"])


@pytest.fixture
def candidacy(at):
    made = make.make_candidacy(
        at["T-1-1-1"],
        ENTERED,
        full_name="Trần Thị Bé",
        born=date(1990, 3, 14),
        education="12/12",
        mentor="Lê Tám",
    )
    make.make_certificate(at["T-1-1-1"], date(2025, 9, 1), person=made.person)
    return made


def page(name, *args):
    return reverse(f"recruitment:{name}", args=args)


def record(candidacy, kind):
    return page("candidacy-record", candidacy.pk, kind)


def text(answer):
    return html.unescape(answer.content.decode())


def stamped(candidacy, **said):
    candidacy.refresh_from_db()
    return {"stamp": candidacy.stamp, **said}


VOTE = {
    "on": "10/12/2025",
    "number": "12-NQ/CB",
    "members": "14",
    "present": "13",
    "in_favour": "13",
    "against": "0",
}


class TestRecord:
    def test_a_paper(self, client, bob, candidacy):
        client.force_login(bob)
        said = stamped(candidacy, on="1/10/2025", handwritten="on")
        answer = client.post(record(candidacy, "application"), said)
        assert (answer.status_code, answer.url) == (302, page("person", candidacy.person_id))
        paper = Paper.objects.get()
        assert (paper.kind, paper.on, paper.said["handwritten"]) == ("application", date(2025, 10, 1), True)
        assert Candidacy.objects.get().stage == Stage.DOSSIER
        assert "Đã ghi: Đơn xin vào Đảng, 01/10/2025." in text(client.get(answer.url))

    def test_a_refusal_cites_its_rule_leads_on_and_loses_nothing(self, client, bob, candidacy):
        client.force_login(bob)
        before = journal.head()
        answer = client.post(
            record(candidacy, "declaration"), stamped(candidacy, on="1/10/2025", sealed="on")
        )
        told = text(answer)
        assert answer.status_code == 400 and journal.head() == before
        assert "<title>Lỗi:" in told and "Chưa có “Đơn xin vào Đảng”" in told and 'class="cite"' in told
        assert record(candidacy, "application") in told
        assert 'value="1/10/2025"' in told and "checked" in told

    def test_what_no_official_confirmed_says_so(self, client, bob, candidacy):
        client.force_login(bob)
        answer = client.post(record(candidacy, "cell_vote"), stamped(candidacy, **VOTE))
        assert answer.status_code == 400 and "cần xác nhận" in text(answer)

    def test_a_vote_tells_its_share_of_all_official_members(self, client, bob, candidacy):
        gather(candidacy)
        client.force_login(bob)
        answer = client.post(record(candidacy, "cell_vote"), stamped(candidacy, **VOTE), follow=True)
        told = text(answer)
        assert "13/14 = 92,86 % tổng số đảng viên chính thức, cần từ 10." in told
        assert Paper.objects.get(kind="cell_vote").result == "pass"

    def test_a_vote_that_failed_is_recorded_and_says_so(self, client, bob, candidacy):
        gather(candidacy)
        client.force_login(bob)
        said = stamped(candidacy, **VOTE | {"in_favour": "9", "against": "4"})
        told = text(client.post(record(candidacy, "cell_vote"), said, follow=True))
        assert "cần từ 10. Không đủ để thông qua." in told
        assert Paper.objects.get(kind="cell_vote").result == "fail"

    @pytest.mark.parametrize(
        "said",
        [
            {"on": "31/2/2025"},
            {"members": "mười"},
            {"in_favour": ""},
            {"members": "2", "present": "2", "in_favour": "2"},
            {"away": "20"},
            {"in_favour": "15"},
        ],
    )
    def test_counts_that_cannot_be_are_refused(self, client, bob, candidacy, said):
        gather(candidacy)
        client.force_login(bob)
        before = journal.head()
        answer = client.post(record(candidacy, "cell_vote"), stamped(candidacy, **VOTE | said))
        assert answer.status_code == 400 and journal.head() == before

    def test_the_approval_is_asked_only_where_the_rules_leave_room(self, client, bob, candidacy):
        gather(candidacy)
        person = candidacy.person
        with journal.pen(None, "test"):
            person.born = date(1960, 1, 1)
            person.save()
        client.force_login(bob)
        assert 'name="approval"' not in text(client.get(record(candidacy, "cell_vote")))
        refused = client.post(record(candidacy, "cell_vote"), stamped(candidacy, **VOTE))
        assert refused.status_code == 400 and 'name="approval"' in text(refused)
        said = stamped(candidacy, **VOTE, approval="12-CV/TU, 01/12/2025")
        assert client.post(record(candidacy, "cell_vote"), said).status_code == 302
        assert Paper.objects.get(kind="cell_vote").approval == "12-CV/TU, 01/12/2025"

    def test_two_editors(self, client, alice, bob, candidacy):
        old = stamped(candidacy, on="1/10/2025", number="", result="pass")
        make.make_paper(candidacy, "class_proposal", date(2025, 8, 20), number="3-CV/CB")
        with journal.pen(alice, "test"):
            Candidacy.objects.get().save()
        before = journal.head()
        client.force_login(bob)
        answer = client.post(record(candidacy, "class_proposal"), old | {"number": "4-CV/CB"})
        told = text(answer)
        assert answer.status_code == 409 and journal.head() == before
        assert "Lê Thị Cúc đã sửa bản ghi này lúc" in told and "3-CV/CB" in told and 'value="4-CV/CB"' in told
        again = {name: field.value() or "" for name in answer.context["form"].fields
                 if (field := answer.context["form"][name])}  # fmt: skip
        assert client.post(record(candidacy, "class_proposal"), again).status_code == 302

    def test_from_the_decision_to_the_official_member(self, client, alice, bob, candidacy):
        gather(candidacy)
        client.force_login(alice)
        for kind, said in (
            ("cell_vote", VOTE),
            (
                "base_vote",
                {"on": "20/12/2025", "members": "9", "present": "9", "in_favour": "9", "against": "0"},
            ),
            ("submission", {"on": "22/12/2025", "to": "Ban Xây dựng Đảng", "signed": "on"}),
            ("decision", {"on": "5/1/2026", "number": "12-QĐ/ĐU"}),
            ("received", {"on": "9/1/2026"}),
            ("ceremony", {"on": "3/2/2026"}),
        ):
            answer = client.post(record(candidacy, kind), stamped(candidacy, **said))
            assert answer.status_code == 302, (kind, [one.said for one in answer.context["form"].objections])
        admission = Admission.objects.get()
        assert (admission.decision_number, admission.ceremony_on) == ("12-QĐ/ĐU", date(2026, 2, 3))
        assert Candidacy.objects.get().stage == Stage.PROBATION
        judged = "06-HD/TW: quyết định kết nạp, chi bộ nhận quyết định, lễ kết nạp"
        assert judged in text(client.get(page("person", candidacy.person_id)))

    def test_one_member_who_writes_twice_is_not_two(self, client, bob, candidacy):
        gather(candidacy)
        second = Paper.objects.filter(kind="introduction").latest("pk")
        for name, missing in (("LÊ  tám", True), ("Lê Tam", False)):
            with journal.pen(None, "test"):
                second.said = second.said | {"introducer": name}
                second.save()
            client.force_login(bob)
            told = text(client.get(page("person", candidacy.person_id)))
            assert ("Còn phải có: Giấy giới thiệu của đảng viên chính thức." in told) is missing, name

    def test_no_such_kind(self, client, bob, candidacy):
        client.force_login(bob)
        for kind in ("nothing", "withdrawn"):
            assert client.get(record(candidacy, kind)).status_code == 404

    def test_every_kind_has_its_form(self, client, alice, candidacy):
        client.force_login(alice)
        for kind in KINDS.values():
            if not kind.ends:
                answer = client.get(record(candidacy, kind.code))
                assert answer.status_code == 200 and str(kind.label) in text(answer), kind.code
                assert set(kind.fields) <= set(answer.context["form"].fields)


class TestWho:
    def test_one_rule_a_role(self, at, alice, bob, charlie):
        cell = at["T-1-1-1"].pk
        district = make.make_account("huyen", Role.STAFF, at["T-1"])
        standing = make.make_account("thuong-vu", Role.STANDING, at["T-1"])
        inspector = make.make_account("kiem-tra", Role.INSPECTOR, at["T-1"])
        for account, its_own, above in (
            (bob, True, False),
            (alice, True, True),
            (district, True, True),
            (charlie, False, False),
            (standing, False, False),
            (inspector, False, False),
        ):
            access = make.door(account)
            for kind in KINDS.values():
                may = above if kind.by == ABOVE else its_own
                assert rights.may_record(access, kind.code, cell) == may, (account.username, kind.code)

    def test_the_secretary_does_not_decide(self, client, alice, bob, candidacy):
        for account, status in ((bob, 403), (alice, 200)):
            client.force_login(account)
            assert client.get(record(candidacy, "decision")).status_code == status

    def test_nor_puts_right_what_came_from_above(self, client, alice, bob, candidacy):
        paper = make.make_paper(candidacy, "returned", date(2025, 12, 1), said={"missing": "giấy giới thiệu"})
        for name in ("paper-correct", "paper-retract"):
            for account, status in ((bob, 403), (alice, 200)):
                client.force_login(account)
                assert client.get(page(name, paper.pk)).status_code == status
                told = text(client.get(page("person", candidacy.person_id)))
                assert (page(name, paper.pk) in told) == (status == 200)


class TestCorrection:
    @pytest.fixture
    def paper(self, candidacy):
        return make.make_paper(candidacy, "application", date(2025, 10, 1), said={"handwritten": True})

    def test_with_its_reason(self, client, bob, candidacy, paper):
        client.force_login(bob)
        assert 'value="01/10/2025"' in text(client.get(page("paper-correct", paper.pk)))
        said = stamped(candidacy, on="2/10/2025", reason_of_change="gõ nhầm ngày", own_words="on")
        assert client.post(page("paper-correct", paper.pk), said).status_code == 302
        paper.refresh_from_db()
        assert paper.on == date(2025, 10, 2) and "gõ nhầm ngày" in journal.entry_of(journal.head()[0]).payload

    def test_not_without(self, client, bob, candidacy, paper):
        client.force_login(bob)
        answer = client.post(page("paper-correct", paper.pk), stamped(candidacy, on="2/10/2025"))
        assert answer.status_code == 400 and "Lý do sửa" in text(answer)
        paper.refresh_from_db()
        assert paper.on == date(2025, 10, 1)

    def test_two_editors_see_both(self, client, alice, bob, candidacy, paper):
        old = stamped(candidacy, on="5/10/2025", reason_of_change="nhầm")
        client.force_login(alice)
        said = stamped(candidacy, on="2/10/2025", reason_of_change="nhầm")
        assert client.post(page("paper-correct", paper.pk), said).status_code == 302
        client.force_login(bob)
        answer = client.post(page("paper-correct", paper.pk), old)
        assert answer.status_code == 409 and "02/10/2025" in text(answer) and "05/10/2025" in text(answer)

    def test_taken_back(self, client, bob, candidacy, paper):
        with journal.pen(None, "test"):
            actions.settle(Candidacy.objects.get())
        client.force_login(bob)
        answer = client.post(page("paper-retract", paper.pk), stamped(candidacy, reason="ghi nhầm người"))
        assert answer.status_code == 302 and not Paper.objects.exists()
        assert "Hồ sơ đang ở bước “" in text(client.get(answer.url))

    def test_not_where_something_rests_on_it(self, client, bob, candidacy, paper):
        make.make_paper(candidacy, "declaration", date(2025, 10, 3))
        client.force_login(bob)
        answer = client.post(page("paper-retract", paper.pk), stamped(candidacy, reason="nhầm"))
        assert answer.status_code == 400 and "Chưa ghi được" in text(answer)
        assert Paper.objects.count() == 2


class TestAReceiptLeftBehind:
    def test_is_told_where_the_decision_was_received_and_not_put_right_there(
        self, at, client, alice, candidacy
    ):
        decided = {"person": candidacy.person, "candidacy": candidacy, "received_on": date(2025, 11, 7)}
        make.make_admission(at["T-1-1-1"], date(2025, 11, 3), **decided)
        with journal.pen(None, "test"):
            actions.settle(candidacy)
        client.force_login(alice)
        said = stamped(candidacy, on="20/11/2025", to_cell="T-1-1-2")
        assert client.post(page("candidacy-move", candidacy.pk), said).status_code == 302
        kept = Paper.objects.get(candidacy=candidacy, kind="received")
        answer = text(client.get(page("person", candidacy.person_id)))
        assert "Chi bộ nhận quyết định, 07/11/2025" in answer
        for name in ("paper-correct", "paper-retract"):
            assert page(name, kept.pk) not in answer
            assert client.get(page(name, kept.pk)).status_code == 404


class TestAMoveTakenBack:
    def test_by_who_records_at_both_ends(self, at, client, alice, bob, candidacy):
        client.force_login(alice)
        said = stamped(candidacy, on="20/11/2025", to_cell="T-1-1-2")
        assert client.post(page("candidacy-move", candidacy.pk), said).status_code == 302
        moved, told = Paper.objects.get(kind="moved"), page("person", candidacy.person_id)
        retract = page("paper-retract", moved.pk)
        for who, status, offered in ((bob, 403, False), (alice, 200, True)):
            client.force_login(who)
            assert client.get(retract).status_code == status
            assert (retract in text(client.get(told))) is offered
        answer = client.post(retract, stamped(candidacy, reason="nhầm người"))
        assert answer.status_code == 302
        assert Candidacy.objects.get().stage == Stage.SOURCE


class TestNext:
    def test_what_may_be_recorded_now_and_why_not_the_rest(self, client, alice, bob, candidacy):
        client.force_login(bob)
        told = text(client.get(page("candidacy-step", candidacy.pk)))
        now, later = told.split("Chưa ghi được:", 1)
        assert record(candidacy, "application") in now and "Lý lịch của người xin vào Đảng: vì" in later
        assert record(candidacy, "decision") not in told
        client.force_login(alice)
        assert record(candidacy, "decision") in text(client.get(page("candidacy-step", candidacy.pk)))

    def test_cost_as_much_with_three_papers_as_with_one(self, client, bob, candidacy):
        client.force_login(bob)
        make.make_paper(candidacy, "listing", ENTERED)
        addresses = [page("candidacy-step", candidacy.pk), page("person", candidacy.person_id)]

        def cost():
            found = []
            for address in addresses:
                client.get(address)
                with CaptureQueriesContext(connection) as seen:
                    client.get(address)
                found.append(len(seen))
            return found

        one = cost()
        for k in (1, 2):
            make.make_paper(candidacy, "opinions", ENTERED + timedelta(days=k))
        assert cost() == one
        assert max(one) <= 25


class TestBeyondTheReach:
    def test_as_if_there_were_none(self, client, charlie, bob, candidacy):
        paper = make.make_paper(candidacy, "application", date(2025, 10, 1))
        addresses = [record(candidacy, "declaration")]
        addresses += [page(name, paper.pk) for name in ("paper-correct", "paper-retract")]
        before = journal.heads()
        client.force_login(charlie)
        for address in addresses:
            assert client.get(address).status_code == 404
        assert journal.heads() == before
        client.force_login(bob)
        for address in addresses:
            assert client.get(address).status_code == 200

"""The pages of one person: Alice keeps the commune's records, Bob is secretary of the cell, Charlie keeps those of
another district and must not see what is theirs."""

import html
import json
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from committees import journal, vietnamese
from committees.models import Entry, Role
from recruitment.models import Candidacy, Certificate, Mentorship, Person, Stage
from recruitment.pipeline import actions
from tests import factories as make

ENTERED, LATER = date(2014, 1, 10), date(2014, 6, 1)
DEEDS = ("retract", "mentor", "certificate", "close", "review", "move")
PAGES = (*DEEDS, "step", "checklist", "verification")


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
    return make.make_account("charlie", Role.STAFF, at["T-2"], full_name="Đỗ Thị Châu")


@pytest.fixture
def inspector(at):
    return make.make_account("kiem-tra", Role.INSPECTOR, at["T-1"])


@pytest.fixture
def candidacy(at):
    return make.make_candidacy(
        at["T-1-1-1"], ENTERED, full_name="Trần Thị Bé", sex="F", religion="Công giáo", occupation="Nông dân"
    )


def deed(name, candidacy):
    return reverse(f"recruitment:candidacy-{name}", args=[candidacy.pk])


def home(candidacy):
    return reverse("recruitment:person", args=[candidacy.person_id])


def record(candidacy, kind):
    return reverse("recruitment:candidacy-record", args=[candidacy.pk, kind])


def editing(candidacy):
    return reverse("recruitment:person-edit", args=[candidacy.person_id])


def text(answer):
    return html.unescape(answer.content.decode())


def sent(name, candidacy, **said):
    """What each form sends where nothing else is said."""
    usual = {
        "review": {"on": "1/6/2014", "verdict": "good", "note": "Siêng năng"},
        "move": {"on": "1/6/2014", "to": "Đảng ủy xã khác"},
        "retract": {"stage": "source", "reason": "ghi nhầm"},
        "mentor": {"stage": "source", "mentor": "Trần Văn Bảy", "since": "1/6/2014"},
        "certificate": {"stage": "source", "kind": "awareness", "number": "0312", "issued_on": "1/6/2014"},
        "close": {"way": "withdrawn", "on": "1/6/2014", "reason": "chuyển nơi ở"},
    }
    return {"stamp": candidacy.stamp, **usual[name], **said}


def typed(person, **said):
    """What the page of a person's data sends."""
    known = {"full_name": person.full_name, **person.traits(), "born": vietnamese.day(person.born)}
    return {"stamp": person.stamp} | {k: v for k, v in known.items() if v is not False} | said


def reads():
    return list(Entry.objects.filter(chain=Entry.READS).order_by("number").values_list("deed", "about"))


class TestPage:
    def test_who_and_how_far(self, client, bob, at):
        today = vietnamese.today()
        person = make.make_person("Trần Thị Bé", sex="F", born=date(1990, 3, 14), occupation="Nông dân")
        long = today - timedelta(days=348)
        make.make_candidacy(at["T-1-1-1"], long, (Stage.DOSSIER, long), person=person)
        client.force_login(bob)
        age = vietnamese.age_on(person.born, today)
        page = text(client.get(reverse("recruitment:person", args=[person.pk])))
        assert f"Nữ, {age} tuổi · Nông dân · bước 3/8: Đang lập, thẩm tra hồ sơ, đã 348 ngày" in page

    def test_the_next_step_is_the_one_main_button(self, client, bob, candidacy):
        client.force_login(bob)
        page = text(client.get(home(candidacy)))
        assert page.count('class="btn"') == 1
        assert deed("mentor", candidacy) in page and "Ghi: Phân công đảng viên giúp đỡ" in page
        assert "Còn phải có: Phân công đảng viên giúp đỡ; Chứng nhận lớp" in page

    def test_why_not_yet_with_the_rules_that_say_so(self, client, bob, candidacy):
        client.force_login(bob)
        page = text(client.get(home(candidacy)))
        assert "Vì sao chưa? “Nghị quyết chi bộ đề nghị kết nạp” còn vướng" in page
        assert "Chưa có “Đơn xin vào Đảng”" in page and 'class="cite"' in page
        assert record(candidacy, "application") in page

    def test_after_the_dossier_went_up_it_is_the_superiors_turn(self, client, alice, bob, candidacy):
        make.tell_step(candidacy, Stage.SUBMITTED, LATER, by=None)
        for account, its in ((bob, False), (alice, True)):
            client.force_login(account)
            page = text(client.get(home(candidacy)))
            assert (record(candidacy, "decision") in page) == its
            assert ("Việc tiếp theo là của cấp trên: Quyết định kết nạp" in page) == (not its)

    def test_where_the_dossier_lies(self, client, bob, candidacy):
        client.force_login(bob)
        assert "Hồ sơ ở: Chi bộ, từ 10/01/2014" in text(client.get(home(candidacy)))

    def test_a_paper_with_its_number_and_the_rules_that_judged_it(self, client, bob, inspector, candidacy):
        paper = make.make_paper(candidacy, "listing", ENTERED, number="07-NQ/CB")
        for account, writes in ((bob, True), (inspector, False)):
            client.force_login(account)
            page = text(client.get(home(candidacy)))
            assert "10/01/2014, số 07-NQ/CB" in page and "Xét theo " in page
            assert (reverse("recruitment:paper-correct", args=[paper.pk]) in page) == writes

    def test_party_age_from_the_decision_probation_from_the_ceremony(self, client, bob, at):
        admission = make.make_admission(
            at["T-1-1-1"], date(2014, 5, 13), ceremony_on=date(2014, 6, 5), official_on=date(2015, 6, 5)
        )
        client.force_login(bob)
        page = text(client.get(reverse("recruitment:person", args=[admission.person_id])))
        years = vietnamese.age_on(date(2014, 5, 13), vietnamese.today())
        assert f"{years} năm, tính từ ngày quyết định 13/05/2014" in page
        assert "tính từ ngày lễ 05/06/2014" in page

    def test_who_may_only_read_is_offered_nothing(self, client, inspector, candidacy):
        client.force_login(inspector)
        page = text(client.get(home(candidacy)))
        assert "Chặng đường" in page
        led = set(re.findall(rf"/candidacies/{candidacy.pk}/(\w*)/?", page))
        assert led == {"folder", "papers", "scans"}, "what lies there, to read"
        assert editing(candidacy) not in page and "lập, phát hành" not in page

    def test_mentors_and_certificates_with_their_days(self, client, bob, candidacy):
        actions.assign_mentor(candidacy, mentor="Trần Văn Bảy", since=ENTERED, by=None)
        actions.assign_mentor(candidacy, mentor="Lê Thị Tám", since=LATER, by=None)
        actions.add_certificate(candidacy, kind="awareness", number="0312", issued_on=LATER, by=None)
        client.force_login(bob)
        page = text(client.get(home(candidacy)))
        assert "Trần Văn Bảy, 10/01/2014 – 31/05/2014" in page and "Lê Thị Tám, từ 01/06/2014" in page
        assert "0312, 01/06/2014" in page and "Hết hạn 01/06/2019" in page

    def test_who_wrote_last_within_the_reach(self, client, alice, bob, candidacy):
        actions.assign_mentor(candidacy, mentor="Trần Văn Bảy", since=LATER, by=bob)
        client.force_login(alice)
        assert "Phạm Văn Bình ghi lần cuối" in text(client.get(home(candidacy)))

    def test_costs_as_much_for_three_as_for_one(
        self, client, alice, at, candidacy, django_assert_num_queries, django_assert_max_num_queries
    ):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        client.force_login(alice)
        client.get(home(candidacy))

        def cost():
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert client.get(home(candidacy)).status_code == 200
            return len(seen)

        for rounds in (1, 2):
            if rounds == 1:
                actions.assign_mentor(candidacy, mentor="Trần Văn Bảy", since=ENTERED, by=None)
                actions.add_certificate(candidacy, kind="awareness", number="1", issued_on=LATER, by=None)
                client.get(home(candidacy))
                one = cost()
                continue
            for k in (1, 2):
                other = make.make_candidacy(
                    at["T-1-1-2"], ENTERED + timedelta(days=k), person=candidacy.person, mentor="Lê Thị Tám"
                )
                actions.add_certificate(
                    other, kind="awareness", number="2", issued_on=LATER + timedelta(days=k), by=None
                )
            client.get(home(candidacy))
            assert cost() == one


class TestDeeds:
    def do(self, client, account, name, candidacy, query="", **said):
        client.force_login(account)
        return client.post(deed(name, candidacy) + query, sent(name, candidacy, **said))

    def test_a_mentor_a_certificate_a_stop_and_a_mistake(self, client, bob, candidacy):
        for name in ("mentor", "certificate", "review", "close"):
            candidacy.refresh_from_db()
            answer = self.do(client, bob, name, candidacy)
            assert (answer.status_code, answer.url) == (302, home(candidacy)), name
        candidacy.refresh_from_db()
        assert candidacy.stage == Stage.CLOSED and candidacy.papers.get().kind == "withdrawn"
        assert candidacy.reviews.get().note == "Siêng năng"
        assert Mentorship.objects.get().mentor == "Trần Văn Bảy"
        assert Certificate.objects.get().number == "0312"

    def test_a_mentor_ends_by_the_other_button(self, client, bob, candidacy):
        actions.assign_mentor(candidacy, mentor="Trần Văn Bảy", since=ENTERED, by=None)
        self.do(client, bob, "mentor", candidacy, mentor="", do_what="end")
        assert Mentorship.objects.get().until == LATER + timedelta(days=1)

    @pytest.mark.parametrize(
        ("query", "lands"),
        [
            ("?next=/candidacies/", "/candidacies/"),
            ("?next=https://evil.example/", None),
            ("?next=//evil.example/", None),
            ("?next=javascript:alert(1)", None),
            ("", None),
        ],
    )
    def test_the_way_back_stays_on_this_site(self, client, bob, candidacy, query, lands):
        assert self.do(client, bob, "mentor", candidacy, query).url == (lands or home(candidacy))

    def test_ways_out_are_those_open_where_it_stands(self, client, alice, bob, candidacy):
        for stage, account, ways in (
            (Stage.SOURCE, bob, {"withdrawn", "removed", "not_passed", "died", "stopped"}),
            (Stage.PROBATION, bob, {"died"}),
            (Stage.PROBATION, alice, {"died", "struck_off"}),
        ):
            there = make.make_candidacy(
                candidacy.cell, ENTERED, *([(stage, LATER)] if stage != "source" else [])
            )
            client.force_login(account)
            form = client.get(deed("close", there)).context["form"]
            assert {code for code, _ in form.fields["way"].choices} == ways

    def test_moving_to_a_cell_goes_on_there(self, client, alice, at, candidacy):
        self.do(client, alice, "move", candidacy, to="", to_cell="T-1-1-2", number="4-GCN/ĐU")
        onward = Candidacy.objects.get(origin=candidacy)
        paper = candidacy.papers.get(kind="moved")
        assert (paper.number, paper.said["to"]) == ("4-GCN/ĐU", "Tổ chức T-1-1-2")
        assert onward.cell.code == "T-1-1-2" and Candidacy.objects.get(pk=candidacy.pk).stage == Stage.CLOSED
        client.force_login(alice)
        assert "Chuyển đến khi đang được xét" in text(client.get(home(candidacy)))

    def test_a_cell_beyond_the_reach_is_none_to_move_to(self, client, bob, candidacy):
        answer = self.do(client, bob, "move", candidacy, to="", to_cell="T-2-1-1")
        assert answer.status_code == 400 and Candidacy.objects.get().stage == Stage.SOURCE

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("close", {"reason": " "}),
            ("close", {"on": "1/1/2014"}),
            ("close", {"way": "struck_off"}),
            ("move", {"to": ""}),
            ("move", {"to_cell": "T-1-1-1", "to": ""}),
            ("review", {"on": "31/2/2014"}),
            ("mentor", {"mentor": ""}),
            ("mentor", {"mentor": "", "do_what": "end"}),
            ("certificate", {"issued_on": ""}),
            ("retract", {}),
        ],
    )
    def test_what_is_not_right_writes_nothing(self, client, bob, candidacy, name, said):
        before = journal.head()
        answer = self.do(client, bob, name, candidacy, **said)
        assert answer.status_code == 400 and journal.head() == before
        assert 'role="alert"' in text(answer)

    def test_each_page_stands_alone_and_is_a_reading(self, client, bob, candidacy):
        client.force_login(bob)
        for name in PAGES:
            assert client.get(deed(name, candidacy)).status_code == 200, name
        assert reads() == [("person", f"recruitment.person:{candidacy.person_id}")] * len(PAGES)


class TestTwoAtOnce:
    @pytest.mark.parametrize("name", DEEDS)
    def test_the_second_sees_both_versions(self, client, alice, bob, candidacy, name):
        old = Candidacy.objects.get()
        make.tell_step(candidacy, Stage.DOSSIER, LATER, by=alice)
        before = journal.head()
        client.force_login(bob)
        answer = client.post(deed(name, old), sent(name, old))
        page = text(answer)
        assert answer.status_code == 409 and journal.head() == before
        assert "Lê Thị Cúc đã sửa bản ghi này lúc" in page
        assert "Đang lập, thẩm tra hồ sơ" in page

    def test_and_may_go_on_from_what_stands(self, client, alice, bob, candidacy):
        old = Candidacy.objects.get()
        make.tell_step(candidacy, Stage.CLASS, LATER, by=alice)
        client.force_login(bob)
        form = client.post(deed("mentor", old), sent("mentor", old)).context["form"]
        said = {name: form[name].value() or "" for name in form.fields}
        assert said["mentor"] == "Trần Văn Bảy"
        assert client.post(deed("mentor", old), said).status_code == 302
        assert Mentorship.objects.get().mentor == "Trần Văn Bảy"


class TestEdit:
    def test_what_is_known_is_put_right(self, client, bob, candidacy):
        client.force_login(bob)
        said = typed(candidacy.person, occupation="Giáo viên", born="15/3/1990")
        answer = client.post(editing(candidacy), said)
        assert (answer.status_code, answer.url) == (302, home(candidacy))
        person = Person.objects.get()
        assert (person.occupation, person.born, person.religion) == (
            "Giáo viên",
            date(1990, 3, 15),
            "Công giáo",
        )
        entry = journal.entry_of(journal.head()[0])
        assert (entry.deed, entry.committee.code) == ("person-edit", "T-1-1-1")
        (row,) = json.loads(entry.payload)["rows"]
        assert row["old"]["occupation"] == "Nông dân"

    def test_opening_it_reads_the_sensitive_part(self, client, bob, candidacy):
        client.force_login(bob)
        page = text(client.get(editing(candidacy)))
        assert "Công giáo" in page and "ghi vào nhật ký" in page
        assert reads() == [("person-sensitive", f"recruitment.person:{candidacy.person_id}")]

    def test_two_editors(self, client, alice, bob, candidacy):
        said = typed(candidacy.person, occupation="Giáo viên")
        client.force_login(alice)
        client.post(editing(candidacy), typed(candidacy.person, occupation="Công nhân"))
        before = journal.head()
        client.force_login(bob)
        answer = client.post(editing(candidacy), said)
        page = text(answer)
        assert answer.status_code == 409 and journal.head() == before
        assert "Lê Thị Cúc đã sửa" in page and "Công nhân" in page and 'value="Giáo viên"' in page
        form = answer.context["form"]
        again = {name: form[name].value() or "" for name in form.fields if form[name].value() is not False}
        assert client.post(editing(candidacy), again).status_code == 302
        assert Person.objects.get().occupation == "Giáo viên"

    def test_who_wrote_beyond_the_reach_stays_unnamed(self, client, bob, charlie, candidacy, at):
        make.make_candidacy(at["T-2-1-1"], ENTERED, person=candidacy.person)
        said = typed(candidacy.person, occupation="Giáo viên")
        client.force_login(charlie)
        client.post(editing(candidacy), typed(candidacy.person, occupation="Công nhân"))
        client.force_login(bob)
        page = text(client.post(editing(candidacy), said))
        assert "Đỗ Thị Châu" not in page and "Một tài khoản khác đã sửa" in page

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ({"citizen_id": "001190000001"}, "người khác"),
            ({"born": "10/1/2014"}, "trước ngày đưa vào nguồn"),
            ({"full_name": ""}, "Họ và tên"),
        ],
    )
    def test_refusals(self, client, bob, candidacy, said, told):
        make.make_person("Lê Thị Tám", citizen_id="001190000001")
        client.force_login(bob)
        before = journal.head()
        answer = client.post(editing(candidacy), typed(candidacy.person, **said))
        assert answer.status_code == 400 and journal.head() == before
        assert told in text(answer) and "Lê Thị Tám" not in text(answer)


class TestBeyondTheReach:
    def test_another_district_sees_what_it_sees_of_nobody(self, client, charlie, candidacy):
        client.force_login(charlie)
        before, token = journal.heads(), 'name="csrfmiddlewaretoken"'
        addresses = [home, editing, *(lambda c, name=name: deed(name, c) for name in DEEDS)]
        addresses.append(lambda c: record(c, "application"))
        nobody = Candidacy(pk=999_999, person_id=999_999)
        for address in addresses:
            for method in (client.get, client.post):
                there, nowhere = method(address(candidacy)), method(address(nobody))
                assert there.status_code == nowhere.status_code == 404
                cut = [answer.content.split(token.encode())[0] for answer in (there, nowhere)]
                assert cut[0] == cut[1]
        assert journal.heads() == before
        assert Candidacy.objects.get().stage == Stage.SOURCE

    def test_the_same_form_does_for_whom_it_may(self, client, bob, charlie, candidacy):
        for account, status in ((charlie, 404), (bob, 302)):
            client.force_login(account)
            assert client.post(deed("mentor", candidacy), sent("mentor", candidacy)).status_code == status
        assert Mentorship.objects.get().mentor == "Trần Văn Bảy"

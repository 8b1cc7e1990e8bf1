"""A meeting's decisions entered at once. Alice keeps the district that decides, Bob a cell of it, Charlie another district.

Each refusal is the success with one thing changed; nothing is written unless all is.
"""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committees.models import Entry, Role
from recruitment.models import Admission, Candidacy, Stage
from recruitment.pipeline import actions
from tests import factories as make

from . import queue_world as world

ADDRESS = "/decisions/new/"


@pytest.fixture(autouse=True)
def clock():
    with world.clock():
        yield


@pytest.fixture
def here(db):
    made = world.build()
    made.waiting = [
        world.ready(made.at[cell], name)
        for cell, name in (("T-1-1-1", "An"), ("T-1-1-1", "Bình"), ("T-1-1-2", "Cúc"))
    ]
    return made


def typed(candidacies, numbers=(), *, favours=(), **changes):
    """What the page sends with these dossiers ticked."""
    data = {"on": "20/11/2026", "line": [one.pk for one in candidacies]} | changes
    for k, one in enumerate(candidacies):
        data |= {
            f"d{one.pk}-chosen": "on",
            f"d{one.pk}-stamp": one.stamp,
            f"d{one.pk}-number": numbers[k] if k < len(numbers) else "",
            f"d{one.pk}-in_favour": favours[k] if k < len(favours) else "",
        }
    return {name: value for name, value in data.items() if value is not None}


def send(client, account, data, mode="decide", committee="T-1"):
    client.force_login(account)
    return client.post(f"{ADDRESS}?mode={mode}&committee={committee}", data)


NUMBERS = ["145-QĐ/HU", "146-QĐ/HU", "147-QĐ/HU"]


def written():
    return list(Admission.objects.order_by("decision_number").values_list("decision_number", flat=True))


class TestSentTwice:
    def test_it_is_done_once_and_said(self, client, here):
        data = typed(here.waiting, NUMBERS) | {"csrfmiddlewaretoken": "a" * 64}
        first, second = (send(client, here.alice, data) for _ in range(2))
        assert (second.status_code, second.url) == (302, first.url) and written() == NUMBERS
        assert "lần thứ hai không ghi thêm gì" in client.get(second.url).content.decode()
        assert send(client, here.alice, data | {"csrfmiddlewaretoken": "b" * 64}).status_code == 409


class TestUndone:
    def test_one_of_a_meeting_is_taken_back_on_the_persons_page_and_the_others_stay(self, client, here):
        send(client, here.alice, typed(here.waiting, NUMBERS))
        slip = Admission.objects.get(decision_number=NUMBERS[1])
        told, undo = f"/people/{slip.person_id}/", f"/admissions/{slip.pk}/cancel/"
        client.force_login(here.bob)
        assert "Ghi nhầm: hoàn tác" not in client.get(told).content.decode(), "not his own"
        client.force_login(here.alice)
        assert "Ghi nhầm: hoàn tác" in client.get(told).content.decode()
        answer = client.post(undo, {"undo": "person"})
        assert answer.url == told and written() == [NUMBERS[0], NUMBERS[2]]
        candidacy = Candidacy.objects.get(person=slip.person_id)
        assert candidacy.stage == Stage.SUBMITTED and not candidacy.steps.filter(stage=Stage.DECIDED).exists()
        assert {one.stage for one in Candidacy.objects.exclude(pk=candidacy.pk)} == {Stage.DECIDED}
        assert "Ghi nhầm: hoàn tác" not in client.get(told).content.decode()

    def test_not_once_somebody_wrote_of_it(self, client, here):
        send(client, here.alice, typed(here.waiting, NUMBERS))
        slip = Admission.objects.get(decision_number=NUMBERS[1])
        actions.review(slip.candidacy, on=date(2026, 11, 21), verdict="good", by=here.bob)
        answer = client.post(f"/admissions/{slip.pk}/cancel/", {"undo": "person"}, follow=True)
        assert "Đã có người ghi thêm" in answer.content.decode() and written() == NUMBERS


class TestPapers:
    """The decisions of a meeting are issued from where they were written, or from the queue in which they wait."""

    def test_what_was_written_leads_to_its_papers(self, client, here):
        client.force_login(here.alice)
        shown = client.get(send(client, here.alice, typed(here.waiting, NUMBERS)).url).content.decode()
        ways = re.findall(r'href="(/issuing/[^"]+)"', shown)
        assert len(ways) == 1 and "3 hồ sơ, đã phát hành 0" in client.get(unescape(ways[0])).content.decode()
        queue = client.get("/desk/to-hand-over/").content.decode()
        assert client.get(unescape(re.search(r'href="(/issuing/[^"]+)"', queue)[1])).status_code == 200

    def test_not_for_who_may_not_issue_them(self, client, here):
        send(client, here.alice, typed(here.waiting, NUMBERS))
        bob = Client()
        bob.force_login(here.bob)
        queue = bob.get("/desk/to-hand-over/")
        assert queue.status_code == 200 and "/issuing/" not in queue.content.decode()


class TestDecide:
    def test_all_at_once_under_one_entry(self, client, here):
        answer = send(client, here.alice, typed(here.waiting, NUMBERS))
        assert answer.status_code == 302, answer.context["batch"].wrong[0].faults
        assert written() == NUMBERS
        assert {one.decided_on for one in Admission.objects.all()} == {date(2026, 11, 20)}
        assert {one.stage for one in Candidacy.objects.all()} == {Stage.DECIDED}
        assert len({one.stamp for one in Admission.objects.all()}) == 1
        entry = Entry.objects.filter(chain=Entry.WRITES).latest("number")
        assert (entry.deed, entry.actor) == ("decision-batch", here.alice)

    def test_the_next_batch_keeps_the_day(self, client, here):
        data = typed(here.waiting[:1], NUMBERS, favours=["9"], members="11")
        page = client.get(send(client, here.alice, data)["Location"])
        form = page.context["batch"].form
        assert (form["on"].value(), form["members"].value()) == ("20/11/2026", "11")
        assert [line.row.person.full_name for line in page.context["batch"].lines] == ["Bình", "Cúc"]

    def test_a_grassroots_committee_empowered_to_decide_needs_two_thirds(self, client, here):
        grace = make.make_account("grace", Role.STAFF, here.at["T-1-1"])
        waiting = here.waiting[:2]  # of cells below it
        for favours, status in ((["8", "7"], 400), (["8", "8"], 302)):
            data = typed(waiting, NUMBERS, favours=favours, members="11")
            answer = send(client, grace, data, committee="T-1-1")
            assert answer.status_code == status
            if status == 400:
                assert "7 trên 11 ủy viên tán thành, cần từ 8" in answer.content.decode()
        assert written() == NUMBERS[:2]

    def test_only_who_is_ticked(self, client, here):
        data = typed(here.waiting, NUMBERS)
        del data[f"d{here.waiting[1].pk}-chosen"]
        assert send(client, here.alice, data).status_code == 302
        assert written() == [NUMBERS[0], NUMBERS[2]]

    @pytest.mark.parametrize(
        ("numbers", "changes", "said"),
        [
            (["145-QĐ/HU", "", "147-QĐ/HU"], {}, "Ghi số quyết định"),
            (["145-QĐ/HU", "145 - qđ/hu", "147-QĐ/HU"], {}, "đã ghi cho An"),
            (NUMBERS, {"on": "24/11/2026"}, "không sau hôm nay"),
            (NUMBERS, {"on": ""}, "Còn trống, cần ghi"),
            (NUMBERS, {"members": "11", "favours": ["9", "5", "9"]}, "5 trên 11 ủy viên tán thành, cần từ 6"),
            (NUMBERS, {"members": "11", "favours": ["9", "12", "9"]}, "12 phiếu tán thành trong 11"),
            (NUMBERS, {"first": "x"}, "Tìm thấy “x”"),
            (NUMBERS, {"skip": "abc"}, "147, 150-152"),
            (NUMBERS, {"on": "01/09/2026"}, "sau “Quyết định kết nạp”"),
        ],
    )
    def test_one_wrong_line_writes_nothing(self, client, here, numbers, changes, said):
        favours = changes.pop("favours", ())
        answer = send(client, here.alice, typed(here.waiting, numbers, favours=favours, **changes))
        assert answer.status_code == 400
        page = answer.content.decode()
        assert "<title>Lỗi:" in page and said in page
        assert written() == []

    def test_nobody_ticked(self, client, here):
        answer = send(client, here.alice, {"on": "20/11/2026", "line": []})
        assert answer.status_code == 400 and "Chưa đánh dấu ai" in answer.content.decode()

    def test_a_number_given_before_is_asked_about_once(self, client, here):
        make.make_admission(
            here.at["T-1-1-2"], date(2026, 10, 1), decision_number="0146-QĐ/HU", full_name="Dung"
        )
        data = typed(here.waiting, NUMBERS)
        answer = send(client, here.alice, data)
        assert answer.status_code == 400
        page = answer.content.decode()
        assert "<title>Chưa lưu:" in page and "đã dùng cho Dung" in page
        assert Admission.objects.count() == 1
        ((_name, doubt, _yes),) = answer.context["batch"].doubts
        assert send(client, here.alice, data | {"confirmed": [doubt.key]}).status_code == 302
        assert Admission.objects.count() == 4

    def test_a_block_of_numbers_is_shown_before_it_is_saved(self, client, here):
        data = typed(here.waiting, ["", "9-QĐ/HU", ""], first="8", suffix="-QĐ/HU", skip="10-11")
        answer = send(client, here.alice, data)
        assert answer.status_code == 200 and written() == []
        filled = [line["number"].value() for line in answer.context["batch"].lines]
        assert filled == ["08-QĐ/HU", "9-QĐ/HU", "12-QĐ/HU"]
        assert send(client, here.alice, typed(here.waiting, filled)).status_code == 302

    def test_of_two_clerks_the_second_is_told(self, client, here):
        early = typed(here.waiting, NUMBERS)
        assert send(client, here.alice, typed(here.waiting[1:2], ["200-QĐ/HU"])).status_code == 302
        answer = send(client, here.alice, early)
        assert answer.status_code == 409
        assert "200-QĐ/HU" in answer.content.decode()
        assert written() == ["200-QĐ/HU"]
        again = {line.candidacy.pk: line["stamp"].value() for line in answer.context["batch"].lines}
        assert again[here.waiting[1].pk] == Candidacy.objects.get(pk=here.waiting[1].pk).stamp
        assert (
            send(client, here.alice, typed(here.waiting[::2], NUMBERS)).status_code == 302
        )  # without that one

    def test_the_rules_refuse_a_dossier_that_is_not_ready(self, client, here):
        bare = make.make_candidacy(
            here.at["T-1-1-1"], world.ENTERED, (Stage.CLASS, date(2026, 2, 1)), full_name="Khuyết"
        )
        answer = send(client, here.alice, typed([here.waiting[0], bare], NUMBERS))
        assert answer.status_code == 400 and written() == []
        wrong = {line.row.person.full_name: line.faults for line in answer.context["batch"].wrong}
        assert list(wrong) == ["Khuyết"]

    def test_who_may_not_decide(self, client, here):
        data = typed(here.waiting[:1], NUMBERS)
        assert send(client, here.bob, data, committee="T-1-1-1").status_code == 403
        assert send(client, here.dan, data).status_code == 403
        assert send(client, here.eve, data).status_code == 403
        assert send(client, here.charlie, data).status_code == 404
        assert send(client, here.charlie, data, committee="T-2").status_code == 404
        assert written() == []
        assert send(client, here.alice, data).status_code == 302

    def test_opening_it_is_journalled(self, client, here):
        client.force_login(here.alice)
        assert len(client.get(ADDRESS).context["batch"].lines) == 3
        entry = Entry.objects.filter(chain=Entry.READS).latest("number")
        assert (entry.deed, entry.about) == ("list", "queue:to-decide")

    def test_queries_of_the_page_do_not_grow(self, client, here):
        client.force_login(here.alice)
        counts = []
        for more in ((), ("Dung", "Em")):
            for name in more:
                world.ready(here.at["T-1-1-1"], name)
            client.get("/desk/")
            with CaptureQueriesContext(connection) as queries:
                client.get(ADDRESS)
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_a_mode_that_is_none(self, client, here):
        client.force_login(here.alice)
        assert client.get(f"{ADDRESS}?mode=dance").status_code == 404


class TestOtherModes:
    def test_received_on_one_day(self, client, here):
        send(client, here.alice, typed(here.waiting, NUMBERS))
        there = list(Candidacy.objects.order_by("pk"))
        data = typed(there[:2], on="22/11/2026")
        assert send(client, here.alice, data, mode="receive").status_code == 302
        assert [one.received_on for one in Admission.objects.order_by("decision_number")] == [
            date(2026, 11, 22), date(2026, 11, 22), None,
        ]  # fmt: skip
        early = typed(there[2:], on="19/11/2026")
        assert send(client, here.alice, early, mode="receive").status_code == 400

    def test_recognised_with_numbers_of_their_own(self, client, here):
        members = [world.member(here.at["T-1-1-1"], name) for name in ("Dung", "Em")]
        data = typed(members, ["21-QĐ/HU", "22-QĐ/HU"])
        answer = send(client, here.alice, data, mode="recognise")
        assert answer.status_code == 302, [line.faults for line in answer.context["batch"].wrong]
        found = Admission.objects.order_by("recognition_number")
        assert [(one.recognition_number, one.recognised_on, one.official_on) for one in found] == [
            ("21-QĐ/HU", date(2026, 11, 20), date(2026, 10, 20)),
            ("22-QĐ/HU", date(2026, 11, 20), date(2026, 10, 20)),
        ]
        assert {one.stage for one in Candidacy.objects.filter(pk__in=[m.pk for m in members])} == {
            Stage.OFFICIAL
        }

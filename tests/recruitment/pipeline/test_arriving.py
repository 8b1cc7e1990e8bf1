"""People who came with a cell received from outside: never counted here, while their clocks and dossiers go on."""

import html
from datetime import date, timedelta

import pytest
from django.urls import reverse

from committees import journal, reorganise
from committees.models import Committee, Entry, Role
from recruitment import columns
from recruitment.dashboards.structure import structure
from recruitment.models import Admission, Candidacy, Certificate, Course, Person, Stage
from recruitment.pipeline import actions, arriving
from recruitment.pipeline.worklist import Worklist
from recruitment.quotas.left_out import OUTSIDE, LeftOut
from recruitment.quotas.question import ask
from tests import factories as make
from tests.test_html import faults

from .road_world import step

pytestmark = pytest.mark.once
DAY = date(2026, 1, 1)
PAGE = "/received/"
MEMBER = {
    "full_name": "Nguyễn Thị Ngân", "born": "1/2/1995", "sex": "F", "decision_number": "77-QĐ/ĐUK",
    "decided_on": "10/3/2025", "issuer": "Đảng ủy Khối Doanh nghiệp", "ceremony_on": "20/3/2025",
}  # fmt: skip
DOSSIER = {
    "full_name": "Trần Văn Hàng", "born": "5/6/1996", "sex": "M", "entered_on": "15/4/2024", "stage": "dossier",
    "stage_on": "1/9/2025", "certificate": "12", "certified_on": "3/6/2024",
}  # fmt: skip


@pytest.fixture
def world(db):
    at = make.make_province("T", districts=2)
    row = {
        "Ngày": DAY, "Việc": "Tiếp nhận từ ngoài", "Mã tổ chức": "NH", "Loại": "Chi bộ trực thuộc",
        "Tên mới": "Chi bộ Ngân hàng", "Mã cấp trên mới": "T-1-1", "Số quyết định": "9-QĐ/TU",
    }  # fmt: skip
    at["record"] = reorganise.apply([row], by=None, name="Tiếp nhận ngân hàng")
    at["NH"] = Committee.objects.get(code="NH")
    at["alice"] = make.make_account("alice", Role.STAFF, at["T-1"])
    at["outside"] = make.make_account("outside", Role.STAFF, at["T-2"])
    return at


def send(client, world, said, **more):
    client.force_login(world["alice"])
    answer = client.post(PAGE, {"cell": world["NH"].pk, **said, **more}, follow=True)
    return answer, html.unescape(answer.content.decode())


def due(code, on):
    snapshot = columns.current()
    return {item.kind for item in Worklist(snapshot, ask(snapshot, code, on=on)[0]).items()}


class TestMember:
    def test_never_counted_and_the_probation_runs_from_the_ceremony(self, client, world):
        make.make_plan("KH", world["T"], first=date(2025, 1, 1), last=date(2030, 12, 31))
        answer, text = send(client, world, MEMBER)
        assert answer.status_code == 200 and "về cùng tổ chức" in text
        admission = Admission.objects.get()
        assert (admission.arrived_on, admission.issuer) == (DAY, MEMBER["issuer"])
        assert admission.candidacy.stage == Stage.PROBATION
        page = client.get(reverse("recruitment:person", args=[admission.person_id])).content.decode()
        assert "Đơn xin vào Đảng" not in page, "what led to the decision is not asked for"
        snapshot = columns.current()
        for code in ("T", "T-1-1", "NH"):
            told = structure(snapshot, code, date(2025, 1, 1), date(2026, 12, 31))
            assert told["total"] == 0, code
        question, found = ask(snapshot, "T", plan="KH", on=date(2026, 2, 1))
        left = LeftOut(snapshot, question)
        assert (found.node.admitted, [(one.reason, one.count) for one in left.lines]) == (0, [(OUTSIDE, 1)])
        assert left.whole == left.counted + sum(one.count for one in left.lines)
        earlier = ask(snapshot, "T", plan="KH", on=date(2025, 12, 31), tree_on=date(2026, 2, 1))[0]
        assert LeftOut(snapshot, earlier).whole == 0, "before they came nothing was known of them"
        assert "probation_ending" in due("NH", date(2026, 3, 1)) and "recognition_due" in due(
            "NH", date(2026, 4, 1)
        )
        before = ask(columns.current(), "T", on=date(2025, 12, 31), tree_on=date(2026, 2, 1))[0]
        assert Worklist(columns.current(), before).items() == [], "nothing of theirs was ours to do"

    def test_the_page_says_so_and_lists_say_nothing(self, client, world):
        send(client, world, MEMBER)
        human = Person.objects.get()
        page = html.unescape(client.get(reverse("recruitment:person", args=[human.pk])).content.decode())
        assert "không tính vào kết quả kết nạp ở đây" in page and MEMBER["issuer"] in page
        listed = client.get(reverse("recruitment:admission-list")).content.decode()
        assert "Ngân" not in listed
        assert (
            "Ngân"
            in client.get(reverse("recruitment:candidacy-list"), {"stage": "probation"}).content.decode()
        )

    def test_recognised_here(self, client, world):
        send(client, world, MEMBER)
        candidacy = Candidacy.objects.get()
        make.make_certificate(world["NH"], date(2025, 9, 1), person=candidacy.person, kind="new_member")
        for kind, on, more in (
            ("self_review", date(2026, 3, 21), {}), ("mentor_remarks", date(2026, 3, 21), {}),
            ("probation_opinions", date(2026, 3, 22), {"said": {"present": 8, "agree": 8, "disagree": 0}}),
            ("recognition_vote", date(2026, 3, 25), {"said": {"members": 9, "present": 9, "in_favour": 9, "against": 0}}),
            ("base_recognition", date(2026, 3, 28), {"said": {"members": 15, "present": 14, "in_favour": 14, "against": 0}}),
            ("recognition_submission", date(2026, 4, 1), {"said": {"to": "Ban Tổ chức"}}),
            ("recognition", date(2026, 4, 10), {"number": "5-QĐ/ĐU"}),
        ):  # fmt: skip
            step(candidacy, kind, on, **more)
            candidacy.refresh_from_db()
        assert candidacy.stage == Stage.OFFICIAL
        assert structure(columns.current(), "T", date(2025, 1, 1), date(2026, 12, 31))["total"] == 0

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("decided_on", "2/1/2026", "ghi ở trang Ghi kết nạp"),
            ("issuer", "", "Ghi cấp đã ra quyết định"),
            ("decision_number", "", "Ghi số quyết định kết nạp của nơi cũ"),
            ("ceremony_on", "1/3/2025", "sau ngày lễ kết nạp"),
            ("entered_on", "1/4/2025", "sau ngày quyết định"),
            ("decided_on", "", "Ghi cả ngày quyết định"),
        ],
    )
    def test_faults(self, client, world, field, value, said):
        head = journal.head()
        answer, text = send(client, world, MEMBER, **{field: value})
        assert answer.status_code == 400 and said in text and 'value="Nguyễn Thị Ngân"' in text
        assert journal.head() == head
        assert send(client, world, MEMBER)[0].status_code == 200


class TestDossier:
    def test_goes_on_with_its_true_days(self, client, world):
        send(client, world, DOSSIER)
        candidacy = Candidacy.objects.get()
        assert (candidacy.stage, candidacy.entered_on, candidacy.arrived_on) == (
            "dossier",
            date(2024, 4, 15),
            DAY,
        )
        assert [step.on for step in candidacy.steps.order_by("on")] == [date(2024, 4, 15), date(2025, 9, 1)]
        snapshot = columns.current()
        before = DAY - timedelta(days=1)
        assert (snapshot.stages_on(before.toordinal()) == -1).all(), "ours only from the day it came"
        question, _found = ask(snapshot, "T", on=before, tree_on=DAY)
        assert not Worklist(snapshot, question).road.mask.any()
        assert Certificate.objects.get().arrived_on == DAY
        make.make_plan("H", world["T"], first=date(2024, 1, 1), last=date(2026, 12, 31), counts="trained")
        assert ask(columns.current(), "T", plan="H", on=date(2026, 2, 1), tree_on=None)[1].node.admitted == 0
        assert Course.Kind.AWARENESS == Certificate.objects.get().kind

    def test_in_no_other_cell_and_by_nobody_else(self, client, world):
        client.force_login(world["outside"])
        page = client.get(PAGE).content.decode()
        assert "Chưa có chi bộ nào được tiếp nhận" in html.unescape(page)
        client.force_login(world["alice"])
        other = client.post(PAGE, DOSSIER | {"cell": world["T-1-1-1"].pk})
        assert other.status_code == 400 and not Candidacy.objects.exists()

    def test_not_twice(self, client, world):
        send(client, world, DOSSIER)
        answer, text = send(client, world, DOSSIER)
        assert answer.status_code == 400 and "đang theo dõi" in text

    def test_nor_once_more_after_somebody_wrote_on(self, client, world):
        said = DOSSIER | {"csrfmiddlewaretoken": "a" * 64}
        for _time in range(2):
            assert send(client, world, said)[0].status_code == 200, "one page sent twice is done"
        with make._pen():
            Candidacy.objects.get().save()
        answer, text = send(client, world, said)
        assert answer.status_code == 400 and "đang theo dõi" in text


class TestTakenBack:
    def test_somebody_recorded_by_mistake(self, client, world):
        send(client, world, MEMBER)
        candidacy = Candidacy.objects.get()
        told = client.post(PAGE, {"drop": candidacy.pk, "stamp": "x"}, follow=True)
        assert (
            Candidacy.objects.filter(pk=candidacy.pk).exists()
            and "Trang này thiếu dấu" in told.content.decode()
        )
        client.post(PAGE, {"drop": candidacy.pk, "stamp": candidacy.stamp})
        assert not (Candidacy.objects.exists() or Admission.objects.exists() or Person.objects.exists())

    def test_not_once_something_was_written(self, client, world):
        send(client, world, DOSSIER)
        candidacy = Candidacy.objects.get()
        actions.assign_mentor(candidacy, mentor="Lê Văn Năm", since=DAY, by=None)
        answer = client.post(
            PAGE, {"drop": candidacy.pk, "stamp": Candidacy.objects.get().stamp}, follow=True
        )
        assert "Đã ghi thêm vào hồ sơ này" in html.unescape(answer.content.decode())
        assert Candidacy.objects.exists()

    def test_the_act_is_not_undone_while_they_are_here(self, client, world):
        send(client, world, MEMBER)
        assert "Đã ghi 1 người về cùng tổ chức tiếp nhận." in reorganise.prevents(world["record"])
        with pytest.raises(reorganise.Refused):
            reorganise.undo(world["record"], by=None)
        arriving.drop(Candidacy.objects.get(), by=None)
        reorganise.undo(world["record"], by=None)
        assert arriving.came(columns.current().structure) == {}


def test_the_page_is_valid_with_people_and_with_faults(client, world):
    send(client, world, MEMBER)
    assert faults(client.get(PAGE).content.decode()) == []
    answer, _text = send(client, world, MEMBER)  # somebody of that name is followed already
    assert answer.status_code == 400 and faults(answer.content.decode()) == []


def test_somebody_known_is_offered_first(client, world):
    """A namesake within reach is shown before anything is saved; chosen, one record goes on."""
    known = make.make_person(DOSSIER["full_name"], sex="M", born=date(1996, 6, 5))
    make.make_candidacy(world["T-1-1-1"], date(2022, 1, 5), person=known)
    answer, text = send(client, world, DOSSIER)
    assert answer.status_code == 400 and "trước hết chọn xem đây là ai" in text
    assert faults(answer.content.decode()) == []
    send(client, world, DOSSIER, same=known.pk, offered=known.pk)
    assert Candidacy.objects.get(arrived_on=DAY).person == known


def test_a_decision_that_stands_cancelled_in_the_book_is_not_written_twice(client, world):
    known = make.make_person(MEMBER["full_name"], sex="F", born=date(1995, 2, 1))
    make.make_admission(
        world["NH"],
        date(2025, 3, 10),
        person=known,
        decision_number="77",
        cancelled_on=DAY,
        cancel_reason="Nhầm",
    )
    said = MEMBER | {"same": known.pk, "offered": known.pk}
    answer, text = send(client, world, said, entered_on="1/2/2025")
    assert answer.status_code == 400 and "đã có một quyết định ngày 10/03/2025" in text
    assert send(client, world, said, decided_on="11/3/2025")[0].status_code == 200


def test_a_reading_is_entered_in_every_cell_it_was_of(client, world):
    row = {
        "Ngày": DAY, "Việc": "Tiếp nhận từ ngoài", "Mã tổ chức": "BH", "Loại": "Chi bộ trực thuộc",
        "Tên mới": "Chi bộ Bảo hiểm", "Mã cấp trên mới": "T-1-1",
    }  # fmt: skip
    reorganise.apply([row], by=None)
    other = Committee.objects.get(code="BH")
    send(client, world, DOSSIER)
    for name in ("Trần Văn Một", "Trần Văn Hai"):
        send(client, world, DOSSIER, full_name=name, cell=other.pk)
    before = journal.head("reads")[0]
    client.get(PAGE)
    read = Entry.objects.filter(chain=Entry.READS, number__gt=before)
    assert {row.committee_id: row.payload for row in read} == {
        world["NH"].pk: '{"count": 1}', other.pk: '{"count": 2}'
    }  # fmt: skip


def test_nobody_takes_away_what_lies_beyond(client, world):
    send(client, world, MEMBER)
    candidacy = Candidacy.objects.get()
    client.force_login(world["outside"])
    answer = client.post(PAGE, {"drop": candidacy.pk, "stamp": candidacy.stamp})
    assert answer.status_code == 404 and Candidacy.objects.exists()
    client.force_login(world["alice"])
    assert client.post(PAGE, {"drop": "x"}).status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_queries(client, world, n, django_assert_max_num_queries):
    for k in range(n):
        send(client, world, DOSSIER, full_name=f"Trần Văn {'ABC'[k]}")
    client.force_login(world["alice"])
    client.get(PAGE)
    with django_assert_max_num_queries(16):
        assert client.get(PAGE).status_code == 200

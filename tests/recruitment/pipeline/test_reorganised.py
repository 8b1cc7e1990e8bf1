"""Dossiers under way when cells merge, split or leave the tree: the heir goes on where the cell stopped, no figure of an
earlier day changes, and taken back all stands as before."""

import re
from datetime import date, timedelta

import numpy as np
import pytest
from django.urls import reverse

from committees import journal, reorganise, tree, vietnamese
from committees.acts import DOSSIERS
from committees.models import Reorganisation, Role
from recruitment import columns
from recruitment.dashboards.structure import structure
from recruitment.facts import STAGES
from recruitment.models import Admission, Candidacy, FormerCell, Stage, Step
from recruitment.pipeline import actions, admissions, followed
from recruitment.pipeline.declaring import declare
from recruitment.pipeline.queues import RECOGNISE, VOTE, of
from recruitment.pipeline.waits import waits
from recruitment.pipeline.worklist import Worklist
from recruitment.quotas.deeds import Refused
from recruitment.quotas.question import ask
from tests import factories as make

from .road_world import admission_of, build, candidate, walk

DAY = date(2024, 8, 10)  # after the cell voted, before the committee above it did
BEFORE = DAY - timedelta(days=1)
CELL = "Chi bộ trực thuộc"


@pytest.fixture
def world(db):
    world = build()
    world.voted = walk(world.candidacy, "cell_vote")
    world.another = candidate(world.cell, full_name="Lê Thị Hai")
    return world


def act(what, code, day=DAY, **more):
    names = {
        "heir": "Mã kế thừa",
        "above": "Mã cấp trên mới",
        "name": "Tên mới",
        "kind": "Loại",
        "goes": DOSSIERS,
    }
    row = {"Ngày": day, "Việc": what, "Mã tổ chức": code, "Số quyết định": "15-QĐ/HU"}
    return row | {names[name]: value for name, value in more.items()}


def carry_out(*rows):
    return reorganise.apply(list(rows), by=None, name="Sắp xếp thử")


def split(*goes):
    """T-1-1-1 becomes Mới Một (principal) and Mới Hai; goes: what the column `Hồ sơ` says of each, where it does."""
    told = [{"goes": one} if one is not None else {} for one in goes or (None, None)]
    return [
        act("Thành lập", "M-1", kind=CELL, name="Chi bộ Mới Một", above="T-1-1"),
        act("Thành lập", "M-2", kind=CELL, name="Chi bộ Mới Hai", above="T-1-1"),
        act("Chia tách", "T-1-1-1", heir="M-1", **told[0]),
        act("Chia tách", "T-1-1-1", heir="M-2", **told[1]),
    ]


def everything():
    return [
        sorted(model.objects.values_list(), key=repr) for model in (Candidacy, Admission, Step, FormerCell)
    ]


def as_it_stood(on, tree_on=None):
    """What pages count of dossiers on a day, at every committee of the tree."""
    snapshot = columns.current()
    at = snapshot.tree(tree_on or on)
    places, stages = snapshot.followers_on(on.toordinal()), snapshot.stages_on(on.toordinal())
    told = {stage: at.roll(at.count(places[stages == code])).tolist() for stage, code in STAGES.items()}
    past = waits(snapshot, at, 0, on, STAGES[Stage.DECIDED])
    return told, [at.code(p) for p in range(len(at))], np.sort(past.begun).tolist(), len(past.wait)


def here(code, on):
    """(ids of the candidacies at a committee, kinds of work there) on a day."""
    snapshot = columns.current()
    question, _progress = ask(snapshot, code, on=on)
    work = Worklist(snapshot, question)
    ids = snapshot.candidacies["id"][work.road.mask].tolist()
    return sorted(ids), {(item.kind, item.cell) for item in work.items()}


class TestMerged:
    def test_the_heir_goes_on_where_the_cell_stopped(self, world, client):
        stood = as_it_stood(BEFORE)
        carry_out(act("Sáp nhập", "T-1-1-1", heir="T-1-1-2"))
        assert as_it_stood(BEFORE) == stood
        assert Candidacy.objects.get(pk=world.voted.pk).cell == world.cell, "nothing is rewritten"
        ids, work = here("T-1-1-2", DAY)
        assert ids == sorted([world.voted.pk, world.another.pk]) and ("decision_due", "T-1-1-2") in work
        done = walk(world.voted, "recognition", first="cell_vote")
        admission = admission_of(done)
        assert (done.stage, admission.cell) == (Stage.OFFICIAL, world.other)
        admitted = structure(columns.current(), "T-1-1-2", date(2024, 1, 1), date(2024, 12, 31))
        assert admitted["total"] == 1

    def test_pages_of_the_heirs_secretary(self, world, client):
        carry_out(act("Sáp nhập", "T-1-1-1", heir="T-1-1-2"))
        person = reverse("recruitment:person", args=[world.voted.person_id])
        client.force_login(world.charlie)
        assert "nay do Tổ chức T-1-1-2 theo dõi" in client.get(person).content.decode()
        for name in ("today", "meeting-sheet", "mentor-list", "candidacy-list"):
            answer = client.get(reverse(f"recruitment:{name}"))
            assert answer.status_code == 200
            assert world.voted.person.full_name in answer.content.decode(), name
        mentor = client.get(reverse("recruitment:mentor-list")).content.decode()
        assert "Tổ chức T-1-1-1" not in mentor, "one mentor, of the cell that answers"
        step = reverse("recruitment:candidacy-record", args=[world.voted.pk, "base_vote"])
        assert client.get(step).status_code == 200
        client.force_login(world.bob)
        assert client.get(person).status_code in (403, 404), "the mandate ended with the cell"

    def test_a_decision_dated_before_counts_at_the_cell_that_stood(self, world):
        on = date(2024, 8, 28)
        late = walk(world.voted, "appraisal", first="cell_vote")
        carry_out(act("Sáp nhập", "T-1-1-1", day=date(2024, 10, 1), heir="T-1-1-2"))
        done = walk(late, "decision", first="appraisal")
        assert admission_of(done).cell == world.cell and on < date(2024, 10, 1)

    def test_an_admission_logged_at_the_heir_ends_the_dossier(self, world, client):
        carry_out(act("Sáp nhập", "T-1-1-1", heir="T-1-1-2"))
        human = world.another.person
        client.force_login(world.alice)
        page = client.get(
            reverse("recruitment:admission-new"), {"candidacy": world.another.pk}
        ).content.decode()
        assert "T-1-1-2" in re.search(r'<input[^>]*name="cell"[^>]*>', page)[0], "the heir is offered"
        door = make.door(world.alice)
        admission = admissions.admit(
            door, columns.current(), full_name=human.full_name, citizen_id=None, same=str(human.pk), cell=world.other,
            decided_on=date(2024, 9, 2), decision_number="", received_on=None, ceremony_on=None, official_on=None,
            by=world.alice, traits=human.traits(),
        )  # fmt: skip
        assert (admission.candidacy, admission.cell) == (world.another, world.other)

    def test_the_heir_declares_them_for_a_plan(self, world):
        plan = make.make_plan("KH", world.at["T"], first=date(2024, 1, 1), last=date(2027, 12, 31))
        carry_out(act("Sáp nhập", "T-1-1-1", heir="T-1-1-2"))
        on = date(2024, 9, 1)
        with pytest.raises(Refused):
            declare(plan, world.at["T-2-1-1"], by=None, on=on, ticked=[world.voted.pk])
        assert declare(plan, world.other, by=None, on=on, ticked=[world.voted.pk]) == (1, 0)

    def test_the_heir_does_not_follow_the_same_person_twice(self, world):
        carry_out(act("Sáp nhập", "T-1-1-1", heir="T-1-1-2"))
        cells = followed.together(tree.structure(), world.other.pk, DAY)
        assert set(cells) == {world.cell.pk, world.other.pk}
        with pytest.raises(actions.Refused, match="chi bộ hiện nay"):
            actions.move_away(
                world.another, on=date(2024, 9, 1), to_cell=world.other, snapshot=columns.current(), by=None
            )


class TestSplit:
    def test_who_is_named_goes_with_votes_clock_and_mentor(self, world):
        stood, was = as_it_stood(BEFORE), everything()
        record = carry_out(*split(str(world.another.pk), str(world.voted.pk)))
        assert as_it_stood(BEFORE) == stood
        assert here("M-1", DAY)[0] == [world.another.pk] and here("M-2", DAY)[0] == [world.voted.pk]
        assert ("decision_due", "M-2") in here("M-2", DAY)[1]
        snapshot = columns.current()
        waiting, since = of(snapshot, ask(snapshot, "M-2", on=DAY)[0], VOTE)
        assert [date.fromordinal(day) for day in since] == [date(2024, 8, 5)], (
            "the clock of the cell's vote runs on"
        )
        moved = Candidacy.objects.get(pk=world.voted.pk)
        assert moved.papers.filter(kind="cell_vote").exists() and moved.origin_id is None
        assert actions.running_mentorship(moved).mentor == "Trần Văn Bảy"
        assert FormerCell.objects.get().document == "15-QĐ/HU"
        assert followed.cell_on(tree.structure(), moved, BEFORE) == world.cell.pk
        reorganise.undo(record, by=None)
        assert everything() == was and as_it_stood(BEFORE) == stood

    def test_the_road_goes_on_and_counts_at_the_heir(self, world):
        carry_out(*split(str(world.another.pk), str(world.voted.pk)))
        done = walk(world.voted, "ceremony", first="cell_vote")
        assert admission_of(done).cell.code == "M-2"
        for code, n in (("M-2", 1), ("M-1", 0), ("T-1-1", 1)):
            told = structure(columns.current(), code, date(2024, 1, 1), date(2024, 12, 31))
            assert told["total"] == n

    def test_in_probation_the_heir_recognises(self, world):
        member = walk(world.voted, "ceremony", first="cell_vote")
        carry_out(*[row | {"Ngày": date(2025, 2, 1)} for row in split(str(world.another.pk), str(member.pk))])
        on = date(2025, 10, 20)
        snapshot = columns.current()
        late = date(2025, 12, 20)
        waiting = [
            len(of(snapshot, ask(snapshot, code, on=late)[0], RECOGNISE)[0]) for code in ("M-1", "M-2")
        ]
        assert waiting == [0, 1], "in the line of the heir that was named"
        assert ("recognition_due", "M-2") in here("M-2", on)[1] and ("recognition_due", "M-1") not in here(
            "M-1", on
        )[1]
        done = walk(member, "recognition", first="ceremony")
        assert done.stage == Stage.OFFICIAL and admission_of(done).cell == world.cell, (
            "counted where it was decided"
        )

    def test_unnamed_all_stay_with_the_principal_heir(self, world):
        planned = reorganise.plan(split(), by=None)
        assert planned.warnings == [
            "T-1-1-1: 2 hồ sơ đều về M-1, tổ chức kế thừa chính; ghi cột “Hồ sơ” nếu chia."
        ]
        carry_out(*split())
        assert len(here("M-1", DAY)[0]) == 2 and here("M-2", DAY)[0] == []

    @pytest.mark.parametrize(
        ("goes", "said"),
        [
            (("", "{voted}"), "còn 1 hồ sơ của T-1-1-1 chưa ghi về chi bộ nào: {another}"),
            ((";", ";"), "còn 2 hồ sơ"),
            (("{another};{voted}", "{voted}"), "hồ sơ ghi hai lần: {voted}"),
            (("{another}", "{voted}; 99999"), "không phải hồ sơ đang mở hoặc dự bị của T-1-1-1: 99999"),
        ],
    )
    def test_what_is_not_named_is_asked_for(self, world, goes, said):
        told = {"voted": world.voted.pk, "another": world.another.pk}
        with pytest.raises(reorganise.Refused) as refusal:
            carry_out(*split(*(one.format(**told) for one in goes)))
        assert said.format(**told) in str(refusal.value)
        assert not FormerCell.objects.exists()
        carry_out(*split(str(told["another"]), str(told["voted"])))

    def test_written_since_it_is_not_taken_back(self, world):
        record = carry_out(*split(str(world.another.pk), str(world.voted.pk)))
        actions.review(Candidacy.objects.get(pk=world.voted.pk), on=date(2024, 9, 1), verdict="good", by=None)
        assert "1 hồ sơ chia hoặc chuyển đi theo đợt này đã được ghi thêm sau đó." in reorganise.prevents(
            record
        )


class TestHandedOver:
    def test_dossiers_close_and_admissions_stay_counted(self, world, client):
        member = walk(candidate(world.cell, full_name="Trần Thị Ba"), "ceremony")
        make.make_admission(
            world.cell, date(2024, 3, 1), ceremony_on=date(2024, 3, 5)
        )  # came in without a dossier
        day = date(2025, 3, 1)
        stood, was = as_it_stood(day - timedelta(days=1)), everything()
        record = carry_out(act("Chuyển ra ngoài", "T-1-1-1", day=day))
        assert as_it_stood(day - timedelta(days=1)) == stood
        assert here("T-1-1", date(2025, 3, 2))[1] == set(), "nothing of theirs is due here"
        gone = Candidacy.objects.get(pk=member.pk)
        assert (gone.stage, gone.departed_on) == (Stage.CLOSED, day)
        assert not gone.papers.filter(kind="moved").exists()
        assert set(Admission.objects.values_list("left_on", "left_as")) == {(day, "handed_over")}
        client.force_login(world.alice)
        page = client.get(reverse("recruitment:person", args=[gone.person_id])).content.decode()
        assert "cùng tổ chức ngày 01/03/2025 (Sắp xếp thử, 15-QĐ/HU)" in page
        assert "đang dự bị khi chuyển ra ngoài cùng tổ chức ngày 01/03/2025" in page
        with pytest.raises(actions.Refused, match="chuyển ra ngoài cùng tổ chức"):
            actions.retract(gone, by=None, reason="Nhầm")
        told = structure(columns.current(), "T-1-1", date(2024, 1, 1), date(2025, 12, 31))
        assert told["total"] == 2
        reorganise.undo(record, by=None)
        assert everything() == was

    def test_what_was_merged_on_an_earlier_day_of_the_package_goes_too(self, world):
        record = carry_out(
            act("Sáp nhập", "T-1-1-1", heir="T-1-1-2"),
            act("Chuyển ra ngoài", "T-1-1-2", day=date(2024, 12, 1)),
        )
        stages = Candidacy.objects.filter(pk__in=[world.voted.pk, world.another.pk]).values_list(
            "stage", "departed_on"
        )
        assert set(stages) == {(Stage.CLOSED, date(2024, 12, 1))}
        reorganise.undo(record, by=None)
        assert not Candidacy.objects.filter(stage=Stage.CLOSED).exists()

    def test_not_before_what_was_done_there(self, world):
        with pytest.raises(reorganise.Refused, match="có bước từ ngày 01/08/2024 trở đi"):
            carry_out(act("Chuyển ra ngoài", "T-1-1-1", day=date(2024, 8, 1)))


@pytest.mark.once
class TestOfADayToCome:
    """Where it is written at once, the cell that stands until then would be shut out of its own dossiers."""

    LATER = vietnamese.today() + timedelta(days=30)

    @pytest.mark.parametrize("what", ["handed over", "split"])
    def test_what_touches_dossiers_waits_for_its_day(self, world, what):
        def rows(day):
            if what == "split":
                return [row | {"Ngày": day} for row in split(str(world.another.pk), str(world.voted.pk))]
            return [act("Chuyển ra ngoài", "T-1-1-1", day=day)]

        was = everything()
        with pytest.raises(
            reorganise.Refused, match="T-1-1-1 còn hồ sơ đang mở: chọn ngày không sau hôm nay"
        ):
            carry_out(*rows(self.LATER))
        assert everything() == was
        carry_out(*rows(vietnamese.today()))

    def test_what_touches_none_does_not(self, world):
        carry_out(act("Chuyển ra ngoài", "T-1-1-2", day=self.LATER))
        carry_out(*[row | {"Ngày": self.LATER} for row in split()])

    def test_a_dossier_opened_since_it_was_judged_is_not_closed(self, world):
        planned = reorganise.plan([act("Chuyển ra ngoài", "T-1-1-2", day=self.LATER)], by=None)
        opened = candidate(world.other, full_name="Lê Thị Ba")
        with (
            pytest.raises(reorganise.Refused, match="còn hồ sơ đang mở"),
            journal.pen(None, "reorganise") as pen,
        ):
            reorganise.write(pen, planned, Reorganisation(name="Thử"))
        assert Candidacy.objects.get(pk=opened.pk).stage != Stage.CLOSED


class TestTold:
    def test_who_decides_before_and_after(self, world):
        make.make_committee("T-3", "upper", world.at["T"], name="Đảng bộ phường Ba")
        planned = reorganise.plan([act("Chuyển", "T-1-1", above="T-3")], by=None)
        follower = next(one for one in reorganise.followers if one.name == "dossiers")
        (told,) = follower.describe(planned, make.door(world.alice))
        assert (told.title, told.count) == ("Hồ sơ đang mở", 2)
        assert told.lines[0].startswith("Tổ chức T-1 quyết định, nay Đảng bộ phường Ba quyết định: 2 (")
        assert world.voted.person.full_name not in " ".join(told.lines)
        standing = make.make_account("standing", Role.STANDING, world.at["T-1"])
        (few,) = follower.describe(planned, make.door(standing))
        assert few.lines == ["Tổ chức T-1 quyết định, nay Đảng bộ phường Ba quyết định: dưới 5"] and (
            few.count,
            few.address,
        ) == (0, "")
        outside = make.make_account("outside", Role.STAFF, world.at["T-2"])
        assert follower.describe(planned, make.door(outside)) == []

    def test_a_cell_dissolved_into_a_committee_is_warned_of(self, world):
        planned = reorganise.plan([act("Giải thể", "T-1-1-1")], by=None)
        assert "2 hồ sơ sẽ đứng ở T-1-1, không phải chi bộ" in planned.warnings[0]

    def test_admissions_logged_from_the_day_on_are_told(self, world):
        make.make_admission(world.cell, DAY)
        planned = reorganise.plan([act("Sáp nhập", "T-1-1-1", heir="T-1-1-2")], by=None)
        assert (
            "T-1-1-1: đã ghi 1 kết nạp từ ngày 10/08/2024; tổ chức kế thừa trả lời cho số ấy."
            in planned.warnings
        )

    def test_classes_go_on_at_the_heir(self, world, client):
        course = make.make_course(world.at["T-1-1"], date(2026, 1, 5), name="Lớp một")
        follower = next(one for one in reorganise.followers if one.name == "courses")
        rows = [act("Sáp nhập", "T-1-1", heir="T-2-1")]
        (told,) = follower.describe(reorganise.plan(rows, by=None), None)
        assert told.lines == ["Lớp một: Tổ chức T-1-1 mở, nay do Tổ chức T-2-1 mở tiếp"]
        carry_out(*rows)
        heir = make.make_account("heir", Role.STAFF, world.at["T-2-1"])
        client.force_login(heir)
        for name in ("course", "course-edit", "course-invite"):
            assert client.get(reverse(f"recruitment:{name}", args=[course.pk])).status_code == 200, name

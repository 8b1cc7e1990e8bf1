"""The deeds of a class: each done, and refused for each reason it knows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from committees import journal
from committees.editing import Overtaken
from recruitment import columns
from recruitment.courses import deeds, issuing
from recruitment.courses.judgement import Standard, grade
from recruitment.models import Candidacy, Certificate, Course, Stage
from recruitment.pipeline import actions
from recruitment.pipeline.actions import Refused
from tests import factories as make

from . import course_world as w


@pytest.fixture
def world(db):
    return w.build()


class TestRules:
    @pytest.mark.parametrize(("periods", "needed"), [(50, 40), (51, 41), (40, 32), (1, 1), (9, 8)])
    def test_eighty_percent_of_the_periods_rounded_up(self, db, periods, needed):
        course = Course(periods=periods, closed_on=date(2026, 3, 1))
        assert Standard.of(course, columns.current().statute).needed == needed

    @pytest.mark.parametrize(
        ("mark", "word"),
        [("4.99", ""), ("5", "Trung bình"), ("6.99", "Trung bình"), ("7", "Khá"), ("8", "Giỏi"), ("9", "Xuất sắc"),
         ("10", "Xuất sắc")],
    )  # fmt: skip
    def test_a_mark_on_the_border_earns_the_better_grade(self, mark, word):
        assert grade(Decimal(mark)) == word

    def test_a_second_essay_counts_instead_of_the_first(self, world):
        w.invited(world)
        w.attended(world, 39, 40, 50)
        w.marked(world, None, (Decimal("4.9"), Decimal(5)), (Decimal(4), None))
        judged = w.standard(world)
        assert [judged.may_write(row) for row in w.rows(world)] == [False, True, True]
        assert [judged.passed(row) for row in w.rows(world)] == [False, True, False]
        assert [judged.must_rewrite(row) for row in w.rows(world)] == [False, False, True]


class TestList:
    def test_invited_once_and_told(self, world):
        assert w.invited(world) == deeds.Invited(3, [])
        again = w.invited(world)
        assert again.added == 0 and [why for _name, why in again.skipped] == ["đã có trong lớp này"] * 3
        assert {row.cell_id for row in w.rows(world)} == {world.at["T-1-1-1"].pk}

    def test_not_in_two_classes_at_once(self, world):
        w.invited(world)
        other = make.make_course(world.at["T-1"], world.today, name="Lớp khóa II")
        people = [(one.person, one.cell_id) for one in world.people]
        told = deeds.invite(other, people, by=world.alice)
        assert told.added == 0 and told.skipped[0] == ("Nguyễn Văn An", "đang ở Lớp khóa I")
        members = make.make_course(world.at["T-1"], world.today, name="Lớp mới", kind="new_member")
        assert deeds.invite(members, people, by=world.alice).added == 3

    def test_taken_off_until_it_is_completed(self, world):
        w.invited(world)
        first, *_ = w.rows(world)
        assert deeds.take_off(world.course, {first.pk}, by=world.alice) == 1
        w.attended(world)
        w.marked(world)
        w.decided(world)
        with pytest.raises(Refused, match="đã có quyết định công nhận hoàn thành"):
            deeds.take_off(world.course, {w.rows(world)[0].pk}, by=world.alice)
        assert len(w.rows(world)) == 2

    def test_who_comes_second_is_told(self, world):
        w.invited(world)
        with pytest.raises(Overtaken):
            deeds.take_off(world.course, {w.rows(world)[0].pk}, by=world.dung, stamp=world.course.stamp)
        assert len(w.rows(world)) == 3


class TestResults:
    def test_no_more_periods_than_the_class_has(self, world):
        w.invited(world)
        with pytest.raises(deeds.Faulty) as refused:
            w.attended(world, 51)
        assert list(refused.value.faults) == [(w.rows(world)[0].pk, "attended")]
        assert [row.attended for row in w.rows(world)] == [None] * 3, "all or nothing"

    def test_not_before_it_begins(self, world):
        world.course = make.make_course(world.at["T-1"], world.today + timedelta(days=1))
        w.invited(world)
        with pytest.raises(Refused, match="chưa điểm danh được"):
            w.attended(world)

    def test_who_attended_too_little_writes_no_essay(self, world):
        w.invited(world)
        w.attended(world, 39)
        with pytest.raises(deeds.Faulty, match="Cần dự từ 40 tiết .80 %.*1147-QĐ/BTGDVTW"):
            w.marked(world)
        w.marked(world, None)
        assert [row.mark for row in w.rows(world)] == [None, Decimal("7.5"), Decimal("7.5")]

    @pytest.mark.parametrize("marks", [(Decimal(5), Decimal(6)), (None, Decimal(6))])
    def test_a_second_essay_only_after_a_failed_one(self, world, marks):
        w.invited(world)
        w.attended(world)
        with pytest.raises(deeds.Faulty, match="Chỉ viết lại khi bài đầu dưới 5 điểm"):
            w.marked(world, marks)

    def test_who_has_a_mark_keeps_the_periods_for_it(self, world):
        w.invited(world)
        w.attended(world)
        w.marked(world)
        with pytest.raises(deeds.Faulty, match="đã có điểm thu hoạch"):
            w.attended(world, 39)


class TestCompletion:
    def test_recorded_and_taken_back(self, world):
        w.completed(world)
        assert world.course.completion_number == "45-QĐ/TTCT"
        course = deeds.reopen(world.course, by=world.alice)
        assert (course.completion_number, course.completed_on) == ("", None)

    def test_not_before_the_last_day_nor_ahead_nor_for_nobody(self, world):
        w.invited(world)
        w.attended(world)
        with pytest.raises(Refused, match="Chưa học viên nào đạt"):
            w.decided(world)
        w.marked(world)
        with pytest.raises(Refused, match="trước ngày bế giảng"):
            w.decided(world, world.course.opened_on)
        with pytest.raises(Refused, match="chưa đến"):
            w.decided(world, world.today + timedelta(days=1))
        w.decided(world, world.course.closed_on)

    def test_a_class_with_learners_keeps_its_kind_and_periods(self, world):
        w.invited(world)
        w.attended(world)
        said = {
            name: getattr(world.course, name)
            for name in ("kind", "name", "opened_on", "closed_on", "periods")
        }
        for wrong, field in (({"kind": "new_member"}, "kind"), ({"periods": 49}, "periods")):
            with pytest.raises(Refused) as refused:
                deeds.edit_course(world.course, by=world.alice, **{**said, **wrong})
            assert refused.value.field == field
        with pytest.raises(Refused, match="trước ngày khai giảng"):
            deeds.edit_course(
                world.course, by=world.alice, **{**said, "closed_on": said["opened_on"] - timedelta(days=1)}
            )
        assert deeds.edit_course(world.course, by=world.alice, **{**said, "name": "Lớp 1"}).name == "Lớp 1"


class TestIssue:
    def test_all_in_one_go_and_the_source_reaches_the_class(self, world):
        w.completed(world)
        last = world.people[2]
        make.tell_step(last, Stage.CLOSED, world.today, by=world.alice)
        told = w.issue(world)
        assert (told.count, told.skipped) == (3, [])
        assert w.certificates() == [
            ("Nguyễn Văn An", "01", "1", "Khá"), ("Nguyễn Văn Bình", "02", "2", "Khá"), ("Nguyễn Văn Chi", "03", "3", "Khá"),
        ]  # fmt: skip
        stages = [Candidacy.objects.get(pk=one.pk).stage for one in world.people]
        assert stages == [Stage.CLASS, Stage.CLASS, Stage.CLOSED]
        step = world.people[0].steps.get(stage=Stage.CLASS)
        assert step.on == world.today
        assert set(Certificate.objects.values_list("course_id", "cell_id")) == {
            (world.course.pk, world.at["T-1-1-1"].pk)
        }
        assert journal.verify() is None

    def test_a_class_for_new_members_moves_no_stage(self, db):
        world = w.build(kind="new_member")
        w.completed(world)
        w.issue(world)
        assert set(Candidacy.objects.values_list("stage", flat=True)) == {Stage.SOURCE}

    def test_nobody_without_a_number_and_nobody_twice(self, world):
        w.completed(world)
        first, second, third = w.rows(world)
        assert w.issue(world, {first.pk: ("01", "")}).count == 1
        told = w.issue(world, {first.pk: ("09", ""), second.pk: ("02", "")})
        assert told.count == 1 and told.skipped == [("Nguyễn Văn An", "đã được cấp chứng nhận số 01")]
        assert [number for _name, number, *_ in w.certificates()] == ["01", "02"]

    def test_who_did_not_pass_gets_none(self, world):
        w.invited(world)
        w.attended(world, 39)
        w.marked(world, None)
        w.decided(world)
        with pytest.raises(deeds.Faulty, match="Nguyễn Văn An chưa đạt"):
            w.issue(world)
        assert w.certificates() == []

    def test_not_before_the_decision_nor_without_one(self, world):
        w.invited(world)
        with pytest.raises(Refused, match="chưa có quyết định công nhận"):
            w.issue(world)
        w.attended(world)
        w.marked(world)
        w.decided(world)
        with pytest.raises(Refused, match="trước ngày quyết định công nhận"):
            w.issue(world, issued_on=world.course.completed_on - timedelta(days=1))
        with pytest.raises(Refused, match="chưa đến"):
            w.issue(world, issued_on=world.today + timedelta(days=1))

    def test_a_number_twice_on_the_page_is_refused(self, world):
        w.completed(world)
        first, second, _third = w.rows(world)
        with pytest.raises(deeds.Faulty, match="Số 01 đã gõ cho Nguyễn Văn An"):
            w.issue(world, {first.pk: ("01", ""), second.pk: ("01", "")})

    def test_a_number_of_the_year_is_asked_about(self, world):
        w.completed(world)
        person = make.make_person("Lê Văn Cũ")
        other = make.make_course(world.at["T-1"], date(2020, 1, 1))
        make.make_certificate(
            world.at["T-1-1-1"], world.today, person=person, course=other, number="01", register_number="2"
        )
        with pytest.raises(issuing.InUse) as asked:
            w.issue(world)
        assert asked.value.numbers == {"01": "Lê Văn Cũ", "sổ gốc 2": "Lê Văn Cũ"}
        assert w.issue(world, confirmed=True).count == 3

    def test_undone_the_same_day(self, world):
        w.completed(world)
        w.issue(world)
        with pytest.raises(Refused):
            issuing.undo(world.course, by=world.dung)
        assert issuing.undo(world.course, by=world.alice) == 3
        assert w.certificates() == []
        assert set(Candidacy.objects.values_list("stage", flat=True)) == {Stage.SOURCE}
        assert w.issue(world).count == 3, "and issued again"

    def test_not_undone_once_somebody_went_on(self, world):
        w.completed(world)
        w.issue(world)
        one = Candidacy.objects.get(pk=world.people[0].pk)
        actions.assign_mentor(one, mentor="Trần Văn Bảy", since=world.today, by=world.alice)
        with pytest.raises(Refused, match="ghi thêm vào hồ sơ"):
            issuing.undo(world.course, by=world.alice)
        assert len(w.certificates()) == 3

    def test_the_decision_stays_once_they_are_issued(self, world):
        w.completed(world)
        w.issue(world)
        with pytest.raises(Refused, match="đã cấp giấy chứng nhận"):
            deeds.reopen(world.course, by=world.alice)

"""Why a figure shown on 30/06 differs today: each deed since, and what of the past nobody can tell."""

from datetime import date

import pytest
from django.db import connection

from committees import journal, reorganise
from committees.models import Entry
from recruitment import columns
from recruitment.fields import Aim
from recruitment.models import Admission
from recruitment.pipeline import admissions
from recruitment.quotas import deeds
from recruitment.quotas import past as pasts
from recruitment.quotas.past import entry_at_the_end_of
from tests import factories as make

from .since_world import AFTER, BEFORE, FIRST, LAST, SEEN, answer, at_moment, build, counts, enter


@pytest.fixture
def world(db):
    return build()


class TestDeeds:
    def test_nothing_since(self, world):
        assert counts() == (23, {}, 23)
        enter(world, on=date(2026, 7, 2))
        assert counts() == (23, {}, 23), "decided after the day asked: it was never this figure's"

    def test_entered_later(self, world):
        enter(world)
        assert counts() == (23, {"entered": 1}, 24)
        (shift,) = answer().reconciliation.shifts
        assert shift.told.number == Admission.objects.latest("pk").stamp

    def test_logged_by_the_deed_itself(self, world):
        door = make.door(world.staff)
        with at_moment(AFTER):
            admissions.admit(
                door, columns.current(), full_name="Trần Thị Muộn", citizen_id=None,
                traits={"sex": "F", "born": date(1990, 3, 14), "ethnicity": "", "religion": "", "education": "",
                        "qualification": "", "occupation": "", "union_member": False},
                cell=world.at["T-2-1-1"], decision_number="", decided_on=date(2026, 6, 1), received_on=None,
                ceremony_on=None, official_on=None, by=world.staff,
            )  # fmt: skip
        (shift,) = answer().reconciliation.shifts
        assert (shift.kind, shift.told.deed, shift.told.actor) == ("entered", "admit", world.staff)

    def correct(self, row, **values):
        with at_moment(AFTER), journal.pen(None, "admission-correct"):
            fresh = Admission.objects.get(pk=row.pk)
            for name, value in values.items():
                setattr(fresh, name, value)
            fresh.save()

    def test_corrected_out_of_the_period_and_into_it(self, world):
        first, second = Admission.objects.order_by("pk")[:2]
        with at_moment(BEFORE):
            early = make.make_admission(world.at["T-1-1-1"], date(2025, 12, 31))
        self.correct(first, decided_on=date(2026, 7, 1))
        self.correct(early, decided_on=date(2026, 1, 2))
        assert counts() == (23, {"corrected_in": 1, "corrected_out": 1}, 23)
        assert second.pk not in {shift.pk for shift in answer().reconciliation.shifts}

    def test_corrected_to_another_unit_counts_still_and_is_told(self, world):
        row = Admission.objects.order_by("pk").first()
        self.correct(row, cell=world.at["T-2-1-1"])
        assert counts() == (23, {"moved": 1}, 23)
        assert counts(code="T-1") == (20, {"corrected_out": 1}, 19)
        assert counts(code="T-2") == (3, {"corrected_in": 1}, 4)

    def test_a_correction_of_what_does_not_count_is_none(self, world):
        self.correct(
            Admission.objects.order_by("pk").first(), decision_number="9-QĐ", received_on=date(2026, 6, 2)
        )
        assert counts() == (23, {}, 23) and answer().reconciliation.same

    def test_twice_corrected_it_is_what_it_was_first(self, world):
        row = Admission.objects.order_by("pk").first()
        self.correct(row, decided_on=date(2026, 8, 1))
        self.correct(row, decided_on=date(2026, 5, 1))
        assert counts() == (23, {"moved": 1}, 23)
        (shift,) = answer().reconciliation.shifts
        assert shift.was == {"decided": date(2026, 2, 1).toordinal()}

    def test_cancelled_from_a_day_before(self, world):
        row = Admission.objects.order_by("pk").first()
        with at_moment(AFTER):
            admissions.cancel(row, on=date(2026, 6, 25), reason="không đủ", stamp=row.stamp, by=world.staff)
        assert counts() == (23, {"cancelled": 1}, 22)
        with at_moment(AFTER):
            other = Admission.objects.order_by("pk")[1]
            admissions.cancel(other, on=date(2026, 7, 5), reason="x", stamp=other.stamp, by=world.staff)
        assert counts() == (23, {"cancelled": 1}, 22), "cancelled after the day asked, it stood then"

    def test_a_certificate_dropped_since_is_back_in_the_past(self, world):
        with at_moment(BEFORE):
            plan = make.make_plan("BD", world.at["T"], first=FIRST, last=LAST, counts="trained")
            row = make.make_certificate(world.at["T-1-1-1"], date(2026, 4, 1))
            make.make_certificate(world.at["T-1-1-1"], date(2026, 4, 1))
        with at_moment(AFTER), journal.pen(None, "certificate-drop"):
            row.delete()
        make.make_certificate(world.at["T-1-1-1"], date(2026, 5, 1))
        assert counts(plan=plan.code) == (2, {"entered": 1, "removed": 1}, 2)


class TestTargetsAndPlans:
    def test_a_target_entered_late_moves_the_percentage(self, world):
        with at_moment(AFTER):
            deeds.set_quota(
                world.plan, world.at["T"], by=world.staff, target=Aim(46), effective_on=date(2026, 6, 1),
                document="09-CV", reason="giao bổ sung",
            )  # fmt: skip
        told = answer()
        assert (told.former.goal, told.found.goal, told.reconciliation.same) == (40, 46, True)

    def test_one_from_a_later_day_does_not(self, world):
        with at_moment(AFTER):
            make.make_quota(world.plan, world.at["T"], 46, effective_on=date(2026, 7, 1))
        assert answer().former.goal == answer().found.goal == 40

    def test_a_plan_put_right(self, world):
        enter(world)
        with at_moment(AFTER):
            deeds.change_plan(world.plan, by=None, reason="gõ nhầm", since=date(2026, 2, 11))
        told = answer().reconciliation
        assert (told.then, told.counts, told.by_plan, told.now) == (23, {"entered": 1}, -10, 14)

    def test_a_plan_that_was_not_there(self, world):
        with at_moment(AFTER):
            plan = make.make_plan("KH-2", world.at["T"], first=FIRST, last=LAST, previous=world.plan)
            make.make_quota(plan, world.at["T"], 50)
        told = answer(plan="KH-2")
        assert told.past.new_plan and (told.former.goal, told.former.admitted, told.found.goal) == (
            None,
            23,
            50,
        )

    def test_the_snapshot_of_now_is_left_as_it_is(self, world):
        with at_moment(BEFORE):
            make.make_plan("KH-2", world.at["T"], first=FIRST, last=LAST, previous=world.plan)
        answer(plan="KH-2")
        assert columns.current().small.plans["KH-2"].previous == world.plan

    def test_an_organisation_that_came_since(self, world):
        with at_moment(AFTER):
            act = {"Ngày": "01/06/2026", "Việc": "Chuyển", "Mã tổ chức": "T-1-1", "Mã cấp trên mới": "T-2"}
            reorganise.apply([act], by=None)
        told = answer(code="T-2")
        assert told.past.restructured
        assert (told.reconciliation.then, told.reconciliation.by_tree, told.reconciliation.now) == (3, 20, 23)
        assert not answer(code="T-2", on=date(2026, 5, 31)).past.restructured, (
            "before its day it is another's still"
        )


class TestWhatCannotBeTold:
    def test_an_entry_whose_words_were_erased(self, world):
        enter(world)
        number = Admission.objects.latest("pk").stamp
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE committees_entry SET payload = '' WHERE number = %s AND chain = 'writes'", [number]
            )
        told = answer()
        assert (told.past.erased, told.past.untold, told.reconciliation.then) == (1, 1, 24)

    def test_rows_changed_many_at_a_time(self, world):
        with at_moment(AFTER), journal.pen(None, "test"):
            Admission.objects.filter(pk__in=[row.pk for row in Admission.objects.all()[:4]]).update(
                decided_on=date(2026, 6, 1)
            )
        assert answer().past.untold == 4

    def test_too_many_entries_are_refused_with_the_day_one_may_ask_from(self, world, monkeypatch):
        enter(world, n=3)
        monkeypatch.setattr(pasts, "MOST", 2)
        with pytest.raises(pasts.TooMuch, match="Chọn ngày gần hơn"):
            answer()
        assert answer(seen=date(2026, 7, 15)).reconciliation.same

    def test_the_end_of_a_day_is_vietnams(self, world):
        last = Entry.objects.filter(chain=Entry.WRITES).latest("number").number
        with at_moment("2026-06-30T16:59:00+00:00"):
            make.make_admission(world.at["T-1-1-1"], date(2026, 6, 1))
        with at_moment("2026-06-30T17:01:00+00:00"):
            make.make_admission(world.at["T-1-1-1"], date(2026, 6, 1))
        assert entry_at_the_end_of(SEEN) == last + 1
        assert counts() == (24, {"entered": 1}, 25)
        assert entry_at_the_end_of(date(2000, 1, 1)) == 0

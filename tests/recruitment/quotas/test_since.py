"""Why a figure shown on 30/06 differs today: each deed since, who may see it, what of the past nobody can tell."""

import html
import json
from datetime import date
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from committees import journal, reorganise
from committees.models import Entry, Role
from recruitment import columns
from recruitment.fields import Aim
from recruitment.imports.load import load
from recruitment.imports.undo import unload
from recruitment.models import Admission, Plan
from recruitment.pipeline import admissions
from recruitment.quotas import deeds
from recruitment.quotas import past as pasts
from recruitment.quotas.past import entry_at_the_end_of, past
from recruitment.quotas.question import ask
from recruitment.quotas.since import since
from tests import factories as make

FIRST, LAST, SEEN = date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 30)
BEFORE, AFTER, NOW = "2026-06-20T03:00:00+00:00", "2026-07-10T03:00:00+00:00", "2026-07-20T03:00:00+00:00"


def at_moment(moment):
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def world(db):
    """T in 2026 with 40: 20 admitted at T-1-1-1 and 3 at T-2-1-1 by 19/06, all entered by 20/06."""
    with at_moment(BEFORE):
        at = make.make_province(districts=2, cells=2)
        plan = make.make_plan("KH", at["T"], first=FIRST, last=LAST, name="Kế hoạch năm")
        make.make_quota(plan, at["T"], 40, document="01-KH")
        make.make_admissions(at["T-1-1-1"], 20, date(2026, 2, 1))
        make.make_admissions(at["T-2-1-1"], 3, date(2026, 3, 1))
        staff = make.make_account("can-bo", Role.STAFF, at["T"])
    return SimpleNamespace(at=at, plan=plan, staff=staff)


def answer(code="T", plan="KH", on=SEEN, seen=SEEN):
    snapshot = columns.current()
    question, found = ask(snapshot, code, plan=plan, on=on)
    known = past(snapshot, question.plan, since=seen, tree_on=question.tree_on)
    told = since(snapshot, known, question, found)
    assert told.reconciliation.adds_up
    return told


def counts(**asked):
    told = answer(**asked).reconciliation
    return told.then, told.counts, told.now


def enter(world, code="T-1-1-1", on=date(2026, 6, 15), n=1, **more):
    with at_moment(AFTER):
        return [make.make_admission(world.at[code], on, **more) for _ in range(n)]


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


PERSON = {
    "Sinh ngày": "14/03/1990",
    "Giới tính": "Nam",
    "Ngày quyết định": "15/06/2026",
    "Mã tổ chức": "T-1-1-1",
}


def rows(n, first=0, **more):
    return [{**PERSON, "Họ và tên": f"Lê Văn Tệp {first + k}", **more} for k in range(n)]


class TestWorkbooks:
    def load(self, moment, kind, these):
        with at_moment(moment):
            report = load(kind, these, name="tệp.xlsx")
        assert not report.faults
        return report.batch

    def test_loaded_since(self, world):
        self.load(AFTER, "admissions", rows(7))
        assert counts() == (23, {"entered": 7}, 30)

    def test_loaded_and_undone_since_is_nothing(self, world):
        batch = self.load(AFTER, "admissions", rows(7))
        with at_moment(NOW):
            unload(batch)
        assert counts() == (23, {}, 23)

    def test_loaded_before_and_undone_since(self, world):
        batch = self.load(BEFORE, "admissions", rows(7))
        with at_moment(AFTER):
            unload(batch)
        told = answer()
        assert (told.reconciliation.then, told.reconciliation.counts, told.past.untold) == (
            30,
            {"removed": 7},
            0,
        )
        assert [counts_ for _where, counts_ in told.units] == [{"removed": 7}]

    def test_what_an_undone_load_had_changed_is_known(self, world):
        self.load(BEFORE, "admissions", rows(1))
        batch = self.load(BEFORE, "admissions", rows(1, **{"Ngày kết nạp": "18/06/2026"}))
        with at_moment(BEFORE):
            deeds.change_plan(Plan.objects.get(), by=None, reason="x", counts_by="ceremony")
        with at_moment(AFTER):
            unload(batch)
        assert counts() == (1, {"corrected_out": 1}, 0)

    def test_of_an_old_undoing_that_kept_nothing_the_number_is_told(self, world):
        batch = self.load(BEFORE, "admissions", rows(7))
        with at_moment(AFTER):
            unload(batch)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE recruitment_batch SET taken = '{}' WHERE id = %s", [batch])
        told = answer()
        assert (told.past.untold, told.reconciliation.then, told.reconciliation.counts) == (7, 23, {})

    def test_targets_members_and_reports_of_a_workbook(self, world):
        self.load(BEFORE, "quotas", [{"Mã kế hoạch": "KH", "Mã tổ chức": "T-1", "Chỉ tiêu": "3%"}])
        first = self.load(
            BEFORE, "headcounts", [{"Mã tổ chức": "T-1", "Ngày": "31/12/2025", "Số đảng viên": 467}]
        )
        self.load(AFTER, "headcounts", [{"Mã tổ chức": "T-1", "Ngày": "31/12/2025", "Số đảng viên": 1000}])
        told = answer(code="T-1")
        assert (told.former.goal, told.found.goal) == (15, 30)
        with at_moment(NOW):
            unload(first)
        assert answer(code="T-1").former.goal == 15, (
            "the later load keeps the row; the earlier's was not put back"
        )
        batch = self.load(BEFORE, "quotas", [{"Mã kế hoạch": "KH", "Mã tổ chức": "T-2", "Chỉ tiêu": 9}])
        with at_moment(AFTER):
            unload(batch)
        assert (answer(code="T-2").former.goal, answer(code="T-2").found.goal) == (9, None)

    def test_a_report_that_stood_in_and_was_undone(self, world):
        batch = self.load(
            BEFORE, "reported",
            [{"Mã tổ chức": "T-2-1-2", "Từ ngày": "01/01/2026", "Đến ngày": "31/12/2026", "Chỉ tiêu báo cáo": "Kết nạp",
              "Giá trị": 4, "Nguồn": "Báo cáo"}],
        )  # fmt: skip
        with at_moment(AFTER):
            unload(batch)
        told = answer(code="T-2-1-2", on=LAST)
        assert (told.reconciliation.then, told.reconciliation.now, told.reconciliation.by_report) == (
            4,
            0,
            -4,
        )


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


class TestReorganised:
    """Merged and split on 10/07 with effect in June, perhaps undone on 15/07; the figure was looked at before and between."""

    ON = "15/06/2026"
    MERGED = [{"Ngày": ON, "Việc": "Sáp nhập", "Mã tổ chức": "T-2", "Mã kế thừa": "T-1"}]
    SPLIT = [
        {"Ngày": ON, "Việc": "Thành lập", "Mã tổ chức": "T-3", "Tên mới": "Mới", "Mã cấp trên mới": "T",
         "Loại": "Đảng bộ cấp trên trực tiếp cơ sở"},
        {"Ngày": ON, "Việc": "Chia tách", "Mã tổ chức": "T-2", "Mã kế thừa": "T-1", "Tỷ lệ": "60%"},
        {"Ngày": ON, "Việc": "Chia tách", "Mã tổ chức": "T-2", "Mã kế thừa": "T-3", "Tỷ lệ": "40%"},
        {"Ngày": ON, "Việc": "Chuyển", "Mã tổ chức": "T-2-1", "Mã cấp trên mới": "T-3"},
    ]  # fmt: skip
    BETWEEN, LATER = date(2026, 7, 12), "2026-07-15T03:00:00+00:00"

    def children(self, found):
        return [(row.code, row.admitted, row.goal) for row in found.children]

    @pytest.mark.parametrize("acts", [MERGED, SPLIT], ids=["merged", "split"])
    def test_before_and_between_and_undone(self, world, acts):
        with at_moment(BEFORE):
            make.make_quota(world.plan, world.at["T-2"], 10)
        before = self.children(answer().found)
        with at_moment(AFTER):
            record = reorganise.apply(acts, by=None)
        told = answer()
        between = self.children(told.found)
        assert self.children(told.former) == before != between and told.past.restructured
        with at_moment(self.LATER):
            reorganise.undo(record, by=None)
        told = answer(seen=self.BETWEEN)
        assert self.children(told.found) == before, "it is as if nothing had been"
        assert self.children(told.former) == between and told.past.restructured, "but it was shown so between"
        told = answer()
        assert self.children(told.former) == before and not told.past.restructured

    def test_one_upon_another_the_first_undone_is_told_back(self, world):
        other = [{"Ngày": self.ON, "Việc": "Đổi tên", "Mã tổ chức": "T-1-1", "Tên mới": "Tên khác"}]
        with at_moment(AFTER):
            record = reorganise.apply(self.MERGED, by=None)
            reorganise.apply(other, by=None)
        between = self.children(answer().found)
        with at_moment(self.LATER):
            reorganise.undo(record, by=None)
        assert self.children(answer(seen=self.BETWEEN).former) == between
        told = answer()
        assert self.children(told.former) == [("T-1", 20, None), ("T-2", 3, None)]
        tree = told.past.snapshot.tree(SEEN)
        assert tree.name(tree.of(world.at["T-1-1"].pk)) == "Tổ chức T-1-1"

    def test_loaded_and_unloaded(self, world):
        with at_moment(AFTER):
            batch = load("reorganisations", self.MERGED, name="sắp xếp.xlsx").batch
        between = self.children(answer().found)
        assert self.children(answer().former) == [("T-1", 20, None), ("T-2", 3, None)] and len(between) == 1
        with at_moment(self.LATER):
            unload(batch)
        assert self.children(answer(seen=self.BETWEEN).former) == between

    def test_one_written_before_records_were_kept_is_told_by_its_days(self, world):
        with at_moment(AFTER):
            reorganise.apply(self.MERGED, by=None)
        entry = Entry.objects.get(deed="reorganise")
        said = json.loads(entry.payload)
        del said["record"]
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE committees_entry SET payload = %s WHERE id = %s", [json.dumps(said), entry.pk]
            )
        assert self.children(answer().former) == [("T-1", 20, None), ("T-2", 3, None)]

    def test_the_page_tells_of_both(self, client, world):
        with at_moment(AFTER):
            record = reorganise.apply(self.MERGED, by=None)
        with at_moment(self.LATER):
            reorganise.undo(record, by=None)
        client.force_login(world.staff)
        asked = {"committee": "T-2", "plan": "KH", "on": SEEN.isoformat(), "since": self.BETWEEN.isoformat()}
        said = html.unescape(client.get(reverse("recruitment:change-list"), asked).content.decode())
        assert "Hoàn tác" in said


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


def page(client, status=200, **asked):
    got = client.get(
        reverse("recruitment:change-list"),
        {"committee": "T", "on": "2026-06-30", "since": "30/06/2026"} | asked,
    )
    assert got.status_code == status
    text = " ".join(html.unescape(got.content.decode()).replace("\N{NO-BREAK SPACE}", " ").split())
    return got.context and got.context["page"], text


class TestPage:
    @pytest.fixture(autouse=True)
    def now(self, world):
        with at_moment(NOW):
            yield

    @pytest.fixture
    def staff(self, client, world):
        client.force_login(world.staff)
        return client

    def changed(self, world):
        enter(world, n=6, full_name="Nguyễn Thị Ghi Sau")
        row = Admission.objects.order_by("pk").first()
        with at_moment(AFTER):
            admissions.cancel(row, on=date(2026, 6, 25), reason="x", stamp=row.stamp, by=world.staff)
        return row

    def test_the_sum_first(self, staff, world):
        self.changed(world)
        _page, text = page(staff)
        assert '<p class="lead">Khi ấy 23 + ghi sau 6 − hủy 1 = nay 28</p>' in text
        assert "57,50 %" in text and "70,00 %" in text

    def test_each_deed_with_who_when_and_whom(self, staff, world):
        row = self.changed(world)
        found, text = page(staff)
        assert [(line.kind, line.who) for line in found.lines][:1] == [("cancelled", "can-bo")]
        assert row.person.full_name in text and "10:00 10/07/2026" in text
        assert "hủy từ ngày 25/06/2026" in text and "15/06/2026, Tổ chức T-1-1-1" in text
        entry = Entry.objects.filter(chain=Entry.READS).latest("number")
        assert (entry.deed, entry.about, entry.committee.code) == ("list", "changes", "T")

    def test_figures_only_no_name_no_small_number(self, client, world):
        row = self.changed(world)
        client.force_login(make.make_account("thuong-vu", Role.STANDING, world.at["T"]))
        before = Entry.objects.filter(chain=Entry.READS).count()
        found, text = page(client)
        assert (
            row.person.full_name not in text
            and "Ghi Sau" not in text
            and "hủy" not in text.split("Theo đơn vị")[0].split("Khi ấy 23")[1][:60]
        )
        assert '<p class="lead">Khi ấy 23 + các thay đổi nhỏ gộp lại 5 = nay 28</p>' in text
        assert found.lines == [] and Entry.objects.filter(chain=Entry.READS).count() == before

    def test_a_workbook_is_one_line(self, staff, client, world):
        with at_moment(AFTER):
            load("admissions", rows(7), name="danh sách tháng 6.xlsx")
        found, text = page(staff)
        (line,) = found.lines
        assert (line.count, line.effect, line.person) == (7, 7, None)
        assert "7 người; tệp “danh sách tháng 6.xlsx”" in text
        client.force_login(make.make_account("thuong-vu", Role.STANDING, world.at["T"]))
        found, text = page(client)
        assert [line.count for line in found.lines] == [7] and "ghi sau 7" in text

    def test_units(self, staff, client, world):
        self.changed(world)
        enter(world, "T-2-1-1", n=2)
        assert page(staff)[0].units == [("Tổ chức T-1", "T-1", 7, 5), ("Tổ chức T-2", "T-2", 2, 2)]
        client.force_login(make.make_account("thuong-vu", Role.STANDING, world.at["T"]))
        assert page(client)[0].units == [("Các đơn vị còn lại, gộp", "", 9, None)]

    def test_of_a_place_out_of_reach_no_name(self, client, world):
        row = Admission.objects.filter(cell=world.at["T-1-1-1"]).first()
        with at_moment(AFTER), journal.pen(None, "admission-correct"):
            row.cell = world.at["T-2-1-1"]
            row.save()
        client.force_login(make.make_account("huyen", Role.STAFF, world.at["T-2"]))
        _page, text = page(client, committee="T-2")
        assert "nơi khác thành Tổ chức T-2-1-1" in text and "T-1-1-1" not in text

    def test_who_was_put_out_of_reach_is_named_no_more(self, client, world):
        row = Admission.objects.filter(cell=world.at["T-1-1-1"]).first()
        with at_moment(AFTER), journal.pen(None, "admission-correct"):
            row.cell = world.at["T-2-1-1"]
            row.save()
        client.force_login(make.make_account("huyen", Role.STAFF, world.at["T-1"]))
        found, text = page(client, committee="T-1")
        assert [line.kind for line in found.lines] == ["corrected_out"]
        assert row.person.full_name not in text and "Tổ chức T-1-1-1 thành nơi khác" in text
        client.force_login(world.staff)
        assert row.person.full_name in page(client, committee="T-1")[1]

    def test_a_target_entered_late(self, staff, world):
        with at_moment(AFTER):
            deeds.set_quota(
                world.plan, world.at["T"], by=world.staff, target=Aim(46), effective_on=date(2026, 6, 1),
                document="09-CV", reason="giao bổ sung",
            )  # fmt: skip
        found, text = page(staff)
        assert "Chỉ tiêu khi ấy 40, nay 46" in text and not found.same
        assert "Tổ chức T: 46, hiệu lực từ 01/06/2026, 09-CV, giao bổ sung" in text
        assert "57,50 %" in text and "50,00 %" in text

    def test_nothing_since_is_said(self, staff, world):
        found, text = page(staff)
        assert (
            found.same
            and "Không có gì ghi, sửa hoặc hủy sau ngày 30/06/2026 làm đổi số này: vẫn là 23." in text
        )

    def test_what_nobody_can_tell_is_said_with_its_number(self, staff, world):
        with at_moment(AFTER), journal.pen(None, "test"):
            Admission.objects.filter(pk=Admission.objects.first().pk).update(decided_on=date(2026, 6, 1))
        assert "1 dòng đã bỏ hoặc sửa hàng loạt mà sổ không giữ nội dung cũ" in page(staff)[1]

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"since": "21/07/2026"}, "Đã xem vào ngày: Ngày này chưa đến."),
            ({"since": "31/2/2026"}, "Đã xem vào ngày: Tìm thấy “31/2/2026”"),
            ({"group": "women"}, "Trang này xem số chung của mọi nhóm"),
            ({"plan": "X"}, "Kế hoạch: Không có lựa chọn “X” ở đây."),
            ({"tree_on": "2026-01-01"}, "Ngày của cây tổ chức"),
        ],
    )
    def test_what_is_refused(self, staff, world, wrong, said):
        _page, text = page(staff, 400, **wrong)
        assert said in text and "<title>Lỗi: " in text
        assert page(staff)[0].found is not None

    def test_without_days_the_last_figure_that_was_seen(self, staff, world):
        found, _text = page(staff, on="", since="")
        assert (found.question.on, found.since) == (date(2026, 7, 20), date(2026, 7, 19))
        assert page(staff, since="")[0].since == SEEN

    def test_many_lines_are_paged(self, staff, world):
        enter(world, n=30)
        found, _text = page(staff)
        assert found.page.paginator.num_pages == 2 and len(found.lines) == 25
        assert len(page(staff, page=2)[0].lines) == 5

    @pytest.mark.parametrize("more", [1, 3])
    def test_queries_do_not_grow(self, staff, world, more, django_assert_num_queries):
        enter(world, n=more)
        page(staff)
        with django_assert_num_queries(14):
            assert len(page(staff)[0].lines) == more

    def test_the_way_there(self, staff, world):
        for name, parts, asked in (
            ("dashboard", ["T"], {"plan": "KH"}), ("report-annual", ["T"], {"year": 2026}),
            ("explanation", [], {"committee": "T", "plan": "KH"}),
        ):  # fmt: skip
            text = html.unescape(
                staff.get(reverse(f"recruitment:{name}", args=parts), asked).content.decode()
            )
            assert 'href="/changes/?plan=KH&on=' in text, name

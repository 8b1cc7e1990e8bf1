"""Why a figure shown on 30/06 differs today: workbooks loaded and taken back since."""

import pytest
from django.db import connection

from recruitment.imports.load import load
from recruitment.imports.undo import unload
from recruitment.models import Plan
from recruitment.quotas import deeds

from .since_world import AFTER, BEFORE, LAST, NOW, answer, at_moment, build, counts, rows


@pytest.fixture
def world(db):
    return build()


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

"""Workbooks of plans and targets in the shapes of the templates before and since: what a column does not say stays."""

from datetime import date
from decimal import Decimal

import pytest

from recruitment import columns
from recruitment.imports.load import load
from recruitment.imports.undo import unload
from recruitment.models import Batch, Plan, Quota
from recruitment.quotas.progress import progress

from .every_kind import A_PLAN

pytestmark = pytest.mark.django_db
NEW = ("Loại kế hoạch", "Kế hoạch nhiệm kỳ")
TERM = {**A_PLAN, "Mã kế hoạch": "NK", "Tên": "Nhiệm kỳ", "Loại kế hoạch": "Nghị quyết đại hội"}
YEAR = {
    **A_PLAN, "Mã kế hoạch": "NK-11", "Tên": "Năm 2011", "Đến ngày": "31/12/2011", "Kế hoạch nhiệm kỳ": "NK",
    "Loại kế hoạch": "Kế hoạch của đơn vị",
}  # fmt: skip


def loaded(kind, *rows):
    report = load(kind, list(rows), name="thử")
    assert not report.faults, list(map(str, report.faults))
    return report


def wanted(kind, *rows):
    return [fault.wanted for fault in load(kind, list(rows), name="thử").faults]


def target(**said):
    return {"Mã kế hoạch": "KH", "Mã tổ chức": "T", "Chỉ tiêu": "3%"} | said


class TestPlans:
    def test_kind_and_term_in_whichever_order_the_rows_come(self, register):
        loaded("plans", YEAR, TERM)
        year = Plan.objects.get(code="NK-11")
        assert (year.kind, year.term.code, year.term.kind) == ("own", "NK", "congress")

    def test_without_a_word_of_the_kind_the_issuer_tells(self, register):
        loaded(
            "plans",
            A_PLAN,
            {**A_PLAN, "Mã kế hoạch": "ĐH", "Cơ quan ban hành": "Đại hội Đảng bộ tỉnh lần VI"},
        )
        assert dict(Plan.objects.values_list("code", "kind")) == {"KH-1": "assigned", "ĐH": "congress"}

    def test_a_template_of_before_leaves_what_it_does_not_say(self, register):
        loaded("plans", YEAR, TERM)
        old = [{name: value for name, value in row.items() if name not in NEW} for row in (YEAR, TERM)]
        assert loaded("plans", *old).same == 2
        report = loaded("plans", {**old[0], "Tên": "Năm đầu"})
        year = Plan.objects.get(code="NK-11")
        assert report.changed == 1 and (year.name, year.kind, year.term.code) == ("Năm đầu", "own", "NK")

    def test_what_changed_is_told_and_taken_back(self, register):
        loaded("plans", TERM, {**YEAR, "Kế hoạch nhiệm kỳ": None, "Loại kế hoạch": None})
        batch = loaded("plans", YEAR).batch
        assert Plan.objects.get(code="NK-11").term.code == "NK"
        assert unload(batch).restored == 1
        year = Plan.objects.get(code="NK-11")
        assert (year.term, year.kind) == (None, "assigned")

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"Kế hoạch nhiệm kỳ": "KHÔNG"}, "mã của một kế hoạch đã có"),
            ({"Kế hoạch nhiệm kỳ": "NK-11"}, "một kế hoạch nhiệm kỳ, không phải kế hoạch của một năm"),
            ({"Đến ngày": "31/12/2016"}, "một kế hoạch bao trùm thời gian này"),
            ({"Đếm": "Cử học nhận thức"}, "một kế hoạch đếm cùng một cách"),
            ({"Loại kế hoạch": "Tự phát"}, "Nghị quyết đại hội"),
        ],
    )
    def test_what_is_refused(self, register, wrong, said):
        assert any(said in text for text in wanted("plans", {**YEAR, **wrong}, TERM))
        assert not Plan.objects.exists()
        assert loaded("plans", YEAR, TERM).new == 2


class TestTargets:
    def test_every_shape_with_its_reason_and_base(self, plan):
        loaded(
            "quotas",
            target(**{"Ngày lấy số đảng viên": "31/12/2010", "Lý do": "theo nghị quyết"}),
            target(**{"Mã tổ chức": "T-H1", "Chỉ tiêu": "15 trở lên"}),
            target(**{"Mã tổ chức": "T-H2", "Chỉ tiêu": "120/năm"}),
        )
        said = {
            q.committee.code: (q.low, q.rate, q.at_least, q.per_year, q.base_on, q.reason)
            for q in Quota.objects.all()
        }
        assert said == {
            "T": (None, Decimal(3), False, False, date(2010, 12, 31), "theo nghị quyết"),
            "T-H1": (15, None, True, False, None, ""),
            "T-H2": (120, None, False, True, None, ""),
        }

    def test_a_template_of_before_says_the_same_again(self, plan):
        loaded("quotas", target(**{"Ngày lấy số đảng viên": "31/12/2010"}))
        assert loaded("quotas", target()).same == 1
        assert wanted("quotas", target(**{"Ngày lấy số đảng viên": "30/06/2010"}))
        assert Quota.objects.get().base_on == date(2010, 12, 31)

    @pytest.mark.parametrize("other", ["3,5%", "15", "từ 3% trở lên"])
    def test_another_value_of_the_same_day_is_no_correction(self, plan, other):
        loaded("quotas", target())
        assert "thay đổi thì ghi ngày hiệu lực mới" in wanted("quotas", target(**{"Chỉ tiêu": other}))[0]
        assert loaded("quotas", target(**{"Chỉ tiêu": other, "Hiệu lực từ": "01/07/2013"})).new == 1

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"Chỉ tiêu": "20", "Ngày lấy số đảng viên": "31/12/2010"}, "để trống; chỉ tỷ lệ mới cần"),
            ({"Ngày lấy số đảng viên": "01/01/2016"}, "ngày không sau ngày cuối của kế hoạch (31/12/2015)"),
            ({"Chỉ tiêu": "3%/năm"}, "tỷ lệ của cả kỳ"),
        ],
    )
    def test_what_is_refused(self, plan, wrong, said):
        assert any(said in text for text in wanted("quotas", target(**wrong)))
        assert not Quota.objects.exists()

    def test_a_load_goes_whole_and_comes_again(self, plan, register_content):
        """A target is added only, so its batch changed none; taking it back removes what it added."""
        loaded("quotas", target(**{"Chỉ tiêu": "20"}))
        before = register_content()
        batch = loaded(
            "quotas",
            target(**{"Chỉ tiêu": "25", "Hiệu lực từ": "01/07/2013"}),
            target(**{"Mã tổ chức": "T-H1"}),
        ).batch
        assert Batch.objects.get(pk=batch).changed == {}
        assert progress(columns.current(), "KH", "T").goal == 25
        done = unload(batch)
        assert (done.removed, done.restored, done.kept) == (2, 0, [])
        assert register_content() == before and progress(columns.current(), "KH", "T").goal == 20
        assert loaded("quotas", target(**{"Chỉ tiêu": "25", "Hiệu lực từ": "01/07/2013"})).new == 1

    def test_members_loaded_later_give_a_rate_its_base(self, plan):
        loaded("quotas", target())
        assert progress(columns.current(), "KH", "T").goal is None
        loaded("headcounts", {"Mã tổ chức": "T", "Ngày": "31/12/2010", "Số đảng viên": 467})
        assert progress(columns.current(), "KH", "T").goal == 15

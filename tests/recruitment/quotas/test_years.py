"""A term and its years side by side: each year's target and result, their sum against the term's, the difference told."""

import html
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from committees.models import Role
from committees.vietnamese import add_months
from recruitment import columns
from recruitment.models import Plan, Quota
from recruitment.quotas.targets import in_years, of_year, years_of
from recruitment.quotas.years import Years
from tests import factories as make

SINCE, UNTIL = date(2021, 1, 1), date(2025, 12, 31)
NOON = "2023-06-30T05:00:00+00:00"  # the day the pages are looked at


@pytest.fixture
def at(db):
    """A term 2021–2025 of T with 100; years 2021: 20, 2022: 25, 2023: 18, 2024: 22. T-1 has years too. Admitted at
    T-1's cell 21 in 2021, 15 in 2022, 6 by 30/06/2023; at T-2's 4 in 2022."""
    at = make.make_province(districts=2)
    term = make.make_plan("NK", at["T"], first=SINCE, last=UNTIL, name="Nhiệm kỳ", kind="congress")
    make.make_quota(term, at["T"], 100)
    make.make_quota(term, at["T-1"], 60)
    for year, n in ((2021, 20), (2022, 25), (2023, 18), (2024, 22)):
        plan = make.make_plan(
            f"N-{year}",
            at["T"],
            first=date(year, 1, 1),
            last=date(year, 12, 31),
            name=f"Năm {year}",
            term=term,
        )
        make.make_quota(plan, at["T"], n)
        make.make_quota(plan, at["T-1"], n - 8)
    for cell, n, first in (
        ("T-1-1-1", 21, date(2021, 3, 1)), ("T-1-1-1", 15, date(2022, 3, 1)), ("T-2-1-1", 4, date(2022, 3, 1)),
        ("T-1-1-1", 6, date(2023, 6, 20)),
    ):  # fmt: skip
        make.make_admissions(at[cell], n, first)
    return at


def line(code="T", plan="NK", on=date(2023, 6, 30)):
    snapshot = columns.current()
    tree = snapshot.tree(on)
    years = Years(snapshot, snapshot.small.plans[plan], tree, on)
    return years.line(tree.of(snapshot.structure.ids[snapshot.structure.by_code[code]]))


def told(found):
    return [(one.year.short, one.goal, one.standing.admitted, one.total, one.begun) for one in found.years]


class TestYearsWithPlans:
    def test_each_year_by_its_own_plan(self, at):
        found = line()
        assert told(found) == [
            ("2021", 20, 21, 21, True), ("2022", 25, 19, 40, True), ("2023", 18, 6, 46, True), ("2024", 22, 0, 46, False),
        ]  # fmt: skip
        assert (found.target.value, found.term.goal, found.gap, found.admitted) == (85, 100, -15, 46)
        assert found.explained == ["Chưa có kế hoạch năm cho: 01/01/2025 – 31/12/2025."]

    def test_the_same_for_a_unit(self, at):
        found = line("T-1")
        assert [(goal, admitted) for _, goal, admitted, *_ in told(found)] == [
            (12, 21),
            (17, 15),
            (10, 6),
            (14, 0),
        ]
        assert (found.target.value, found.term.goal, found.gap) == (53, 60, -7)

    def test_a_unit_without_years(self, at):
        found = line("T-2")
        assert (found.target, found.gap, found.term.goal) == (None, None, None)
        assert [goal for _, goal, *_ in told(found)] == [None] * 4

    def test_targets_are_those_of_the_day_a_year_to_come_those_of_its_first(self, at):
        make.make_quota(Plan.objects.get(code="N-2022"), at["T"], 30, effective_on=date(2022, 7, 1))
        make.make_quota(Plan.objects.get(code="N-2024"), at["T"], 40, effective_on=date(2024, 7, 1))
        assert [goal for _, goal, *_ in told(line())] == [20, 30, 18, 22]
        assert [goal for _, goal, *_ in told(line(on=date(2022, 6, 30)))] == [20, 25, 18, 22]

    def test_a_year_without_target_is_named(self, at):
        make.make_plan(
            "N-2025",
            at["T"],
            first=date(2025, 1, 1),
            last=UNTIL,
            name="Năm 2025",
            term=Plan.objects.get(code="NK"),
        )
        assert line().explained == ["Chưa có chỉ tiêu: Năm 2025."]

    def test_whole_and_equal_nothing_is_left_to_explain(self, at):
        plan = make.make_plan(
            "N-2025",
            at["T"],
            first=date(2025, 1, 1),
            last=UNTIL,
            name="Năm 2025",
            term=Plan.objects.get(code="NK"),
        )
        make.make_quota(plan, at["T"], 15)
        assert (line().gap, line().explained) == (0, [])
        make.make_quota(plan, at["T"], 20, effective_on=date(2025, 2, 1))
        assert line(on=date(2025, 3, 1)).gap == 5
        assert line(on=date(2025, 3, 1)).explained == [
            "Chỉ tiêu nhiệm kỳ và chỉ tiêu từng năm giữ nguyên như văn bản giao."
        ]

    def test_years_that_overlap_count_somebody_twice_and_say_so(self, at):
        make.make_plan(
            "N-X",
            at["T"],
            first=date(2022, 1, 1),
            last=UNTIL,
            name="Còn lại",
            term=Plan.objects.get(code="NK"),
        )
        found = line()
        assert found.admitted > found.term.admitted == 46
        assert "Thời gian của các năm chồng lên nhau: có người được tính ở hai năm." in found.explained

    def test_a_reported_year_says_so(self, at):
        make.make_reported(at["T-2"], "Kết nạp", 9, date(2021, 1, 1), date(2021, 12, 31))
        found = line("T-2")
        assert (found.years[0].standing.admitted, found.years[0].standing.basis) == (9, "reported")
        assert "Theo số báo cáo: Năm 2021." in found.explained


class TestAYearlyCount:
    @pytest.fixture
    def yearly(self, at):
        plan = make.make_plan("MN", at["T"], first=date(2020, 7, 1), last=date(2025, 6, 30), name="Mỗi năm")
        make.make_quota(plan, at["T"], 12, per_year=True, at_least=True)
        return plan

    def test_twelve_months_each_from_the_first_day_of_the_term(self, yearly):
        found = line(plan="MN")
        assert told(found) == [
            ("2020–21", 12, 21, 21, True), ("2021–22", 12, 19, 40, True), ("2022–23", 12, 6, 46, True),
            ("2023–24", 12, 0, 46, False), ("2024–25", 12, 0, 46, False),
        ]  # fmt: skip
        assert (found.target.value, found.term.goal, found.gap, found.explained) == (60, 60, 0, [])
        assert found.years[0].year.name == "01/07/2020 – 30/06/2021"

    def test_a_change_holds_for_the_years_from_then_and_the_difference_is_told(self, at, yearly):
        make.make_quota(yearly, at["T"], 15, per_year=True, effective_on=date(2022, 7, 1))
        found = line(plan="MN")
        assert [goal for _, goal, *_ in told(found)] == [12, 12, 15, 15, 15]
        assert (found.target.value, found.term.goal, found.gap) == (69, 75, -6)
        (said,) = found.explained
        assert said.startswith("Chỉ tiêu cả kỳ 75 tính theo mức đang hiệu lực, 15 mỗi năm")

    def test_beside_plans_of_the_years(self, at):
        make.make_quota(
            Plan.objects.get(code="NK"), at["T"], 21, per_year=True, effective_on=date(2021, 2, 1)
        )
        found = line()
        assert [one.aimed.value for one in found.years] == [21] * 4
        assert found.years[0].goal == 20, "the year's own plan is what it is held against"

    def test_an_heir_bears_the_yearly_counts_of_both(self, at, yearly):
        for code, n in (("T-1", 5), ("T-2", 3)):
            make.make_quota(yearly, at[code], n, per_year=True)
        make.end_committee(at["T-2"], date(2023, 1, 1), at["T-1"])
        assert [goal for _, goal, *_ in told(line("T-1", "MN"))] == [8] * 5

    def test_where_nothing_speaks_of_years_there_are_none(self, at):
        snapshot = columns.current()
        assert Years(snapshot, snapshot.small.plans["N-2021"], snapshot.tree(UNTIL), UNTIL).spans == []


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(1, 84), st.integers(0, 10**5))
def test_the_years_of_a_yearly_count_come_to_the_term(since, months, number):
    plan = Plan(since=since, until=add_months(since, months))
    quota = Quota(low=number, per_year=True, effective_on=since)
    assert sum(of_year(quota, *span).value for span in years_of(plan)) == in_years(plan, number)


def page(client, name, *parts, **asked):
    answer = client.get(reverse(f"recruitment:{name}", args=parts), asked)
    assert answer.status_code == 200
    return answer, " ".join(html.unescape(answer.content.decode()).split())


class TestPages:
    @pytest.fixture(autouse=True)
    def now(self, at):
        with time_machine.travel(NOON, tick=False):
            yield

    @pytest.fixture
    def staff(self, client, at):
        client.force_login(make.make_account("can-bo", Role.STAFF, at["T"]))
        return client

    def test_on_the_plan_of_the_term(self, staff):
        _answer, said = page(staff, "plan", "NK")
        assert "Chỉ tiêu từng năm cộng lại 85, nhiệm kỳ 100: chênh −15" in said
        assert "Chưa có kế hoạch năm cho: 01/01/2025 – 31/12/2025." in said
        assert 'href="/plans/N-2021/"' in said and 'href="/plans/NK/years/"' in said

    def test_a_year_leads_to_its_term_and_has_no_years(self, staff):
        answer, said = page(staff, "plan", "N-2021")
        assert answer.context["card"].years is None
        assert 'Thuộc nhiệm kỳ</dt><dd><a href="/plans/NK/">' in said

    def test_from_where_one_stands(self, client, at):
        client.force_login(make.make_account("huyen", Role.STAFF, at["T-1"]))
        answer, _said = page(client, "plan", "NK")
        assert answer.context["card"].years_here.target.value == 53

    def test_unit_by_unit(self, staff):
        answer, said = page(staff, "plan-years", "NK")
        assert [found.code for found in answer.context["lines"]] == ["T-1", "T-2"]
        assert "21/12" in said and "–/14" in said and "4/–" in said

    def test_a_page_of_many(self, staff, at):
        for k in range(30):
            make.make_committee(f"T-9{k:02}", "upper", at["T"])
        answer, _said = page(staff, "plan-years", "NK")
        assert len(answer.context["lines"]) == 25
        answer, _said = page(staff, "plan-years", "NK", page=2)
        assert len(answer.context["lines"]) == 7

    def test_of_a_plan_without_years_it_says_when_there_are(self, staff):
        _answer, said = page(staff, "plan-years", "N-2021")
        assert "Không có năm nào để xếp cạnh nhau" in said

    @pytest.mark.parametrize("more", [1, 3])
    @pytest.mark.parametrize("name", ["plan", "plan-years"])
    def test_queries_do_not_grow(self, staff, at, name, more, django_assert_num_queries):
        for k in range(more):
            make.make_committee(f"T-9{k}", "upper", at["T"])
            make.make_plan(
                f"N-9{k}", at["T"], first=date(2025, 1, 1), last=UNTIL, term=Plan.objects.get(code="NK")
            )
        page(staff, name, "NK")
        with django_assert_num_queries(6 if name == "plan" else 5):
            page(staff, name, "NK")

    def test_as_a_file(self, staff):
        answer = staff.get(reverse("recruitment:list-export", args=["years", "xlsx"]), {"plan": "NK"})
        rows = list(
            load_workbook(BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True)
        )
        k = next(k for k, row in enumerate(rows) if "Mã tổ chức" in row)
        found = {row[1]: dict(zip(rows[k], row, strict=True)) for row in rows[k + 1 :]}
        assert list(found) == ["T-1", "T-2", "T"]
        assert (found["T"]["Chỉ tiêu Năm 2021"], found["T"]["Đã có Năm 2021"]) == (20, 21)
        assert (found["T"]["Các năm cộng lại"], found["T"]["Chênh"]) == (85, -15)
        assert found["T-1"]["Đã có Năm 2024"] is None, "that year has not begun"

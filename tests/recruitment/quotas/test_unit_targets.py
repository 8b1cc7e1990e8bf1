"""Every target a committee has on a day, on one page: kinds, versions and groups; sent to class beside admitted."""

import html
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from committees.models import Entry, Role
from tests import factories as make

FIRST, LAST, ON = date(2024, 1, 1), date(2024, 12, 31), "2024-06-30"


@pytest.fixture
def at(db):
    """T in 2024: admissions 20 (congress) and 25 (assigned), class 40; a term 2020–2025 with 100. Below: T-1 12 and 24,
    T-2 8 and 16. Admitted by 30/06: 9 at T-1 (4 women), 6 at T-2; certificates 10 and 3."""
    at = make.make_province(districts=2)
    span = {"first": FIRST, "last": LAST}
    congress = make.make_plan("ĐH", at["T"], name="Nghị quyết năm", kind="congress", **span)
    assigned = make.make_plan("KN", at["T"], name="Chỉ tiêu kết nạp", document="01-KH/TU", **span)
    trained = make.make_plan("BD", at["T"], name="Chỉ tiêu bồi dưỡng", counts="trained", **span)
    term = make.make_plan("NK", at["T"], first=date(2020, 1, 1), last=date(2025, 12, 31), name="Nhiệm kỳ")
    make.make_plan("CŨ", at["T"], first=date(2019, 1, 1), last=date(2019, 12, 31), name="Năm 2019")
    make.make_quota(congress, at["T"], 20)
    make.make_quota(assigned, at["T"], 22)
    make.make_quota(
        assigned, at["T"], 25, effective_on=date(2024, 3, 1), document="09-CV", reason="giao bổ sung"
    )
    make.make_quota(assigned, at["T"], 5, group="women")
    make.make_quota(trained, at["T"], 40)
    make.make_quota(term, at["T"], 100)
    for code, kn, bd in (("T-1", 12, 24), ("T-2", 8, 16)):
        make.make_quota(assigned, at[code], kn)
        make.make_quota(trained, at[code], bd)
    make.make_admissions(at["T-1-1-1"], 4, date(2024, 2, 1), sex="F")
    make.make_admissions(at["T-1-1-1"], 5, date(2024, 2, 1))
    make.make_admissions(at["T-2-1-1"], 6, date(2024, 2, 1))
    for cell, n in (("T-1-1-1", 10), ("T-2-1-1", 3)):
        for _ in range(n):
            make.make_certificate(at[cell], date(2024, 4, 1))
    return at


@pytest.fixture
def staff(client, at):
    client.force_login(make.make_account("can-bo", Role.STAFF, at["T"]))
    return client


def page(client, status=200, **asked):
    answer = client.get(reverse("recruitment:unit-targets"), {"committee": "T", "on": ON} | asked)
    assert answer.status_code == status
    return answer.context["page"], " ".join(html.unescape(answer.content.decode()).split())


def targets(found):
    return [
        (term.since.year, held.plan.code, held.standing.goal, held.standing.admitted)
        for term in found.found.terms
        for held in term.held
    ]


class TestWhatStandsThere:
    def test_every_plan_that_runs_that_day_the_newest_period_first(self, staff):
        found, said = page(staff)
        assert targets(found) == [
            (2024, "ĐH", 20, 15), (2024, "KN", 25, 15), (2024, "BD", 40, 13), (2020, "NK", 100, 15),
        ]  # fmt: skip
        assert [plan.code for plan in found.found.others] == ["CŨ"]
        assert "/targets/?committee=T&on=2019-12-31" in said

    def test_by_the_version_of_the_day_with_its_document_and_reason(self, staff):
        _found, said = page(staff)
        assert "09-CV" in said and "từ 01/03/2024; giao bổ sung" in said
        assert (2024, "KN", 22, 15) in targets(page(staff, on="2024-02-29")[0])

    def test_one_result_against_both_and_groups_with_their_own(self, staff):
        found, said = page(staff)
        (several, plan, _links), *others = found.terms[0][2]
        assert (plan.counts, others) == ("admissions", [])
        assert [part.code for part in several.parts] == ["ĐH", "KN"]
        (group,) = found.found.terms[0].held[1].groups.rows
        assert (group.code, group.standing.admitted, group.standing.goal) == ("women", 4, 5)
        assert "80,00" in said

    def test_sent_to_class_beside_admitted_unit_by_unit(self, staff):
        beside = page(staff)[0].found.terms[0].beside
        assert (beside.trained.plan.code, beside.admitted.plan.code) == ("BD", "KN")
        assert [
            (row.code, row.trained.goal, row.trained.admitted, row.admitted.goal, row.admitted.admitted)
            for row in [*beside.rows, beside.whole]
        ] == [("T-1", 24, 10, 12, 9), ("T-2", 16, 3, 8, 6), ("T", 40, 13, 25, 15)]
        assert page(staff)[0].found.terms[1].beside is None, "the term sets no target of people sent to class"

    def test_a_rate_says_its_base(self, staff, at):
        plan = make.make_plan("TL", at["T-1"], first=FIRST, last=LAST, kind="own")
        make.make_quota(plan, at["T-1"], rate=3)
        _found, said = page(staff, committee="T-1")
        assert "3 %, chưa có số đảng viên trong 12 tháng trước ngày 01/01/2024" in said
        make.make_headcount(at["T-1"], date(2023, 12, 31), 467)
        _found, said = page(staff, committee="T-1")
        assert "3 % của 467 đảng viên ngày 31/12/2023" in said and "15 (3 %)" in said

    def test_of_no_plan_that_day_it_says_what_to_do(self, staff):
        found, said = page(staff, on="2012-01-01")
        assert targets(found) == [] and "không có chỉ tiêu nào có hiệu lực ngày 01/01/2012" in said
        assert len(found.found.others) == 5

    def test_a_day_that_is_none_is_told_at_its_field(self, staff):
        _found, said = page(staff, 400, on="31/2/2024")
        assert "Vào ngày: Tìm thấy “31/2/2024”" in said and "<title>Lỗi: " in said

    def test_a_committee_that_ended_is_asked_by_its_last_tree(self, staff, at):
        make.end_committee(at["T-2"], date(2025, 7, 1), at["T-1"])
        assert targets(page(staff, committee="T-2")[0])[0] == (2024, "KN", 8, 6)

    def test_one_founded_since_by_todays(self, staff, at):
        heir = make.make_committee("T-N", "upper", at["T"], since=date(2025, 7, 1))
        make.end_committee(at["T-2"], date(2025, 7, 1), heir)
        assert targets(page(staff, committee="T-N")[0])[0] == (2024, "KN", 8, 6)


class TestWhoSeesWhat:
    def test_small_counts_of_groups_are_not_told_to_who_sees_figures_only(self, client, at):
        shown = {}
        for name, role in (("can-bo", Role.STAFF), ("thuong-vu", Role.STANDING)):
            client.force_login(make.make_account(name, role, at["T"]))
            found, said = page(client)
            row = found.found.terms[0].held[1].groups.rows[0]
            shown[name] = (row.said, "80,00" in said)
        assert shown == {"can-bo": ("", True), "thuong-vu": ("dưới 5", False)}

    def test_nor_in_the_file(self, client, at):
        client.force_login(make.make_account("thuong-vu", Role.STANDING, at["T"]))
        rows = file(client, "alltargets")
        assert rows["KN", "Nữ"]["Đã có"] == "dưới 5" and rows["KN", "Nữ"]["Tỷ lệ %"] is None
        assert rows["KN", None]["Đã có"] == 15

    def test_reach(self, client, at):
        client.force_login(make.make_account("huyen", Role.STAFF, at["T-2"]))
        assert client.get(reverse("recruitment:unit-targets"), {"committee": "T"}).status_code == 404
        assert targets(page(client, committee="T-2")[0])[0] == (2024, "KN", 8, 6)
        answer = client.get(
            reverse("recruitment:list-export", args=["alltargets", "csv"]), {"committee": "T"}
        )
        assert answer.status_code == 404

    @pytest.mark.parametrize("more", [1, 3])
    def test_queries_do_not_grow(self, staff, at, more, django_assert_num_queries):
        for k in range(more):
            plan = make.make_plan(f"K-{k}", at["T"], first=FIRST, last=LAST, kind="own")
            make.make_quota(plan, at["T"], 5 + k)
        page(staff)
        with django_assert_num_queries(5):
            assert len(page(staff)[0].found.terms[0].held) == 3 + more


def file(client, name):
    """{(plan, group): {heading: value}} of the workbook of a list; {(unit, None): …} of the other."""
    answer = client.get(reverse("recruitment:list-export", args=[name, "xlsx"]), {"committee": "T", "on": ON})
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    at = next(k for k, row in enumerate(rows) if {"Mã kế hoạch", "Mã tổ chức"} & set(row))
    found = [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]]
    return {(row.get("Mã kế hoạch") or row.get("Mã tổ chức"), row.get("Nhóm")): row for row in found}


class TestFiles:
    def test_every_row_of_the_page_with_real_numbers_and_days(self, staff):
        rows = file(staff, "alltargets")
        assert list(rows) == [("ĐH", None), ("KN", None), ("KN", "Nữ"), ("BD", None), ("NK", None)]
        row = rows["KN", None]
        assert (row["Chỉ tiêu"], row["Đã có"], float(row["Tỷ lệ %"]), row["Chênh"]) == (25, 15, 60.0, -10)
        assert (row["Loại kế hoạch"], row["Văn bản"], row["Lý do điều chỉnh"]) == (
            "Ban thường vụ giao", "09-CV", "giao bổ sung",
        )  # fmt: skip
        assert row["Hiệu lực từ"].date() == date(2024, 3, 1)

    def test_the_two_targets_side_by_side(self, staff):
        rows = file(staff, "sidebyside")
        assert list(rows) == [("T-1", None), ("T-2", None), ("T", None)]
        row = rows["T-1", None]
        assert [row[name] for name in ("CT bồi dưỡng", "Đã bồi dưỡng", "CT kết nạp", "Đã kết nạp")] == [
            24,
            10,
            12,
            9,
        ]

    def test_taking_it_away_is_an_entry(self, staff):
        file(staff, "alltargets")
        entry = Entry.objects.filter(chain=Entry.READS).latest("number")
        assert (entry.deed, entry.about, entry.committee.code) == ("export", "alltargets", "T")

    def test_a_question_without_answer_leads_to_the_page(self, staff):
        where = reverse("recruitment:list-export", args=["alltargets", "csv"])
        answer = staff.get(where, {"committee": "T", "on": "x"})
        assert answer.status_code == 302 and answer.url.startswith("/targets/?committee=T&on=x")


def test_the_way_there(staff, at):
    for name, parts in (("dashboard", ["T"]), ("plan", ["KN"])):
        said = html.unescape(
            staff.get(reverse(f"recruitment:{name}", args=parts), {"plan": "KN"}).content.decode()
        )
        assert 'href="/targets/?committee=T&on=' in said

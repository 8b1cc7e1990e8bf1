"""One result, several percentages: the congress's, the standing committee's, the unit's own, each with its target's name."""

import html
import re
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from committees.models import Role
from recruitment import columns
from recruitment.quotas.progress import progress
from recruitment.quotas.several import several, term_of
from tests import factories as make

FIRST, LAST, ON = date(2020, 7, 1), date(2025, 6, 30), date(2023, 10, 31)
SAID = "27 = 90,00 % của Nghị quyết đại hội (30) và 67,50 % của Ban thường vụ giao (40)"


@pytest.fixture
def at(db):
    """Under T: the congress wants 30, the committee above 40; 27 admitted by 31/10/2023, 3 of them in T-1's cell."""
    at = make.make_province(districts=2)
    congress = make.make_plan("ĐH", at["T"], first=FIRST, last=LAST, name="Nghị quyết XXX", kind="congress")
    assigned = make.make_plan("BTV", at["T"], first=FIRST, last=LAST, name="Chỉ tiêu tỉnh giao")
    make.make_quota(congress, at["T"], 30, document="01-NQ/ĐH")
    make.make_quota(assigned, at["T"], 40, document="02-KH/TU")
    make.make_admissions(at["T-1-1-1"], 3, date(2021, 1, 5), sex="F")
    make.make_admissions(at["T-2-1-1"], 24, date(2021, 1, 5))
    return at


def told(code="T", plan="ĐH", **asked):
    snapshot = columns.current()
    return several(snapshot, progress(snapshot, plan, code, **{"on": ON} | asked))


def plain(text):
    """Without the spaces that hold a percentage together."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def page(client, name, *parts, **asked):
    answer = client.get(reverse(f"recruitment:{name}", args=parts), asked)
    assert answer.status_code == 200
    return answer, plain(" ".join(html.unescape(answer.content.decode()).split()))


class TestWhichPlans:
    def test_the_same_sentence_from_whichever_plan_one_looks(self, at):
        assert plain(told().said) == plain(told(plan="BTV").said) == SAID
        assert [part.code for part in told().others(told().parts[0].plan)] == ["BTV"]
        assert told().parts[1].version == "02-KH/TU, từ 01/07/2020"

    @pytest.mark.parametrize(
        "other", [{"last": date(2025, 12, 31)}, {"counts": "trained"}, {"counts_by": "ceremony"}]
    )
    def test_another_period_or_another_count_is_another_result(self, at, other):
        plan = make.make_plan("K", at["T"], **{"first": FIRST, "last": LAST} | other)
        make.make_quota(plan, at["T"], 5)
        assert [part.code for part in told().parts] == ["ĐH", "BTV"]
        plan = make.make_plan("K-2", at["T"], first=FIRST, last=LAST, kind="own")
        make.make_quota(plan, at["T"], 27)
        assert [part.code for part in told().parts] == ["ĐH", "BTV", "K-2"], (
            "but for that it would stand there"
        )
        assert plain(told().said).endswith(
            ", 67,50 % của Ban thường vụ giao (40) và 100,00 % của Kế hoạch của đơn vị (27)"
        )

    def test_two_of_one_kind_are_called_by_their_names(self, at):
        plan = make.make_plan("H", at["T"], first=FIRST, last=LAST, name="Huyện giao")
        make.make_quota(plan, at["T"], 54)
        assert [part.label for part in told().parts] == [
            "Nghị quyết đại hội",
            "Chỉ tiêu tỉnh giao",
            "Huyện giao",
        ]

    def test_one_target_alone_is_no_comparison(self, at):
        assert told("T-1") is None
        plan = make.make_plan("Đ", at["T-1"], first=FIRST, last=LAST, kind="own")
        make.make_quota(plan, at["T-1"], 6)
        assert told("T-1") is None and told("T-1", plan="Đ") is None
        make.make_quota(make.Plan.objects.get(code="BTV"), at["T-1"], 4)
        assert (
            plain(told("T-1").said)
            == "3 = 75,00 % của Ban thường vụ giao (4) và 50,00 % của Kế hoạch của đơn vị (6)"
        )

    def test_a_plan_of_a_committee_beside_says_nothing_here(self, at):
        plan = make.make_plan("B", at["T-2"], first=FIRST, last=LAST, kind="own")
        make.make_quota(plan, at["T-1"], 3)
        make.make_quota(make.Plan.objects.get(code="BTV"), at["T-1"], 4)
        assert told("T-1", plan="BTV") is None
        assert told("T-1", plan="B") is not None, "from its own page it is the one looked at"

    def test_targets_are_those_of_the_day(self, at):
        make.make_quota(make.Plan.objects.get(code="BTV"), at["T"], 54, effective_on=date(2024, 1, 1))
        assert plain(told().said) == SAID
        assert "(54)" in plain(told(on=date(2024, 1, 1)).said)

    def test_of_a_group_its_own_targets(self, at):
        for plan, n in (("ĐH", 2), ("BTV", 4)):
            make.make_quota(make.Plan.objects.get(code=plan), at["T"], n, group="women")
        assert plain(told(group="women").said).startswith(
            "3 = 150,00 % của Nghị quyết đại hội (2) và 75,00 %"
        )

    def test_a_target_that_cannot_be_counted_gives_no_percentage(self, at):
        plan = make.make_plan("R", at["T"], first=FIRST, last=LAST, kind="own")
        make.make_quota(plan, at["T"], rate=3)
        assert plain(told().said) == SAID


class TestWhereItStands:
    @pytest.fixture
    def staff(self, client, at):
        client.force_login(make.make_account("can-bo", Role.STAFF, at["T"]))
        return client

    def test_on_the_dashboard_with_name_version_and_link(self, staff):
        answer, said = page(staff, "dashboard", "T", plan="ĐH", on="2023-10-31")
        assert plain(answer.context["page"].found.several.said) == SAID
        assert "(40; 02-KH/TU, từ 01/07/2020)" in said
        assert "/dashboards/T/?plan=BTV&on=2023-10-31" in said
        assert "plan=BTV" in said and SAID in plain(answer.context["page"].message)

    def test_on_the_plan_and_in_the_report(self, staff):
        _answer, said = page(staff, "plan", "BTV")
        assert "90,00 %" in said and "67,50 %" in said
        answer, said = page(staff, "report-annual", "T", year=2023, plan="ĐH")
        assert SAID in re.sub(r"<[^>]+>", "", said) and "Chỉ tiêu: Ban thường vụ giao" in said
        answer = staff.get(
            reverse("recruitment:report-annual-file", args=["T", "xlsx"]), {"year": 2023, "plan": "ĐH"}
        )
        sheet = load_workbook(BytesIO(b"".join(answer.streaming_content)))["Tổng hợp"]
        rows = {row[0].value: row for row in sheet.iter_rows()}
        assert rows["Chỉ tiêu: Ban thường vụ giao"][1].value == 40
        assert str(rows["Tỷ lệ theo chỉ tiêu ấy"][1].value).startswith("="), "a living formula"

    def test_a_count_that_may_not_be_told_is_told_by_no_percentage(self, client, at):
        for plan, n in (("ĐH", 2), ("BTV", 4)):
            make.make_quota(make.Plan.objects.get(code=plan), at["T"], n, group="women")
        shown = {}
        for name, role in (("can-bo", Role.STAFF), ("thuong-vu", Role.STANDING)):
            client.force_login(make.make_account(name, role, at["T"]))
            _answer, said = page(client, "dashboard", "T", plan="ĐH", on="2023-10-31", group="women")
            shown[name] = "150,00 %" in said or "75,00 %" in said
        assert shown == {"can-bo": True, "thuong-vu": False}

    @pytest.mark.parametrize("more", [1, 3])
    def test_queries_do_not_grow(self, staff, at, more, django_assert_num_queries):
        for k in range(more):
            plan = make.make_plan(f"K-{k}", at["T"], first=FIRST, last=LAST, kind="own")
            make.make_quota(plan, at["T"], 5 + k)
        page(staff, "dashboard", "T", plan="ĐH", on="2023-10-31")
        with django_assert_num_queries(5):
            answer, _said = page(staff, "dashboard", "T", plan="ĐH", on="2023-10-31")
        assert len(answer.context["page"].found.several.parts) == 2 + more


class TestTheTermBesideAYear:
    """2023 stands beside the term it is a year of, else beside the last longer plan begun by then."""

    @pytest.fixture
    def year(self, at):
        made = make.make_plan("N-2023", at["T"], first=date(2023, 1, 1), last=date(2023, 12, 31))
        make.make_quota(made, at["T"], 6)
        return made

    def term(self, plan="N-2023", **asked):
        snapshot = columns.current()
        return term_of(snapshot, progress(snapshot, plan, "T", **{"on": ON} | asked))

    def test_the_last_longer_plan_with_a_target(self, at, year):
        make.make_plan("SAU", at["T"], first=date(2022, 1, 1), last=date(2026, 12, 31))  # no target here
        term, standing = self.term()
        assert (term.code, standing.admitted, standing.goal) == ("ĐH", 27, 30), (
            "of two of a day, the later code"
        )
        assert self.term(on=date(2020, 6, 1)) is None, "no term has begun"

    def test_its_own_term_first(self, at, year):
        own = make.make_plan("NK", at["T"], first=date(2018, 1, 1), last=date(2024, 12, 31))
        make.make_quota(own, at["T"], 54)
        named = make.make_plan("N-2023b", at["T"], first=date(2023, 1, 1), last=date(2023, 12, 31), term=own)
        make.make_quota(named, at["T"], 6)
        term, standing = self.term("N-2023b")
        assert (term.code, str(standing.percent)) == ("NK", "50.00")

    def test_a_term_has_none_beside_it(self, at):
        assert self.term("ĐH") is None

    def test_the_dashboard_tells_and_opens_it(self, client, at, year):
        client.force_login(make.make_account("thuong-vu", Role.STANDING, at["T"]))
        _answer, text = page(client, "dashboard", "T", plan="N-2023", on="2023-10-31")
        assert "Nhiệm kỳ gần nhất" in text and "27/30" in text and "90,00 %" in text

    def test_a_year_ahead_has_a_target_and_no_share(self, client, at):
        later = date.today().year + 1
        ahead = make.make_plan("N-SAU", at["T"], first=date(later, 1, 1), last=date(later, 12, 31))
        make.make_quota(ahead, at["T"], 9)
        client.force_login(make.make_account("thuong-vu", Role.STANDING, at["T"]))
        _answer, text = page(client, "plan", "N-SAU")
        assert f"kỳ bắt đầu ngày 01/01/{later}" in text and "kết nạp đạt" not in text

"""The page that explains a percentage: who may open it, what it says, what it costs."""

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from committees import journal
from tests import factories as make
from tests.recruitment import world as worlds


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def people(world):
    return worlds.people(world)


def page(client, committee="T", **asked):
    return client.get(reverse("recruitment:explanation"), {"committee": committee, **asked})


def shown(answer):
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("more", [0, 2])
def test_queries_whatever_lies_below(client, world, people, more, django_assert_num_queries):
    for k in range(more):
        make.make_committee(f"T-9{k}", "upper", world.at["T"])
        make.make_quota(world.plan, world.at["T"], 30 + k, effective_on=date(2015, 1, 1 + k))
    client.force_login(people["staff"])
    page(client)
    with django_assert_num_queries(7):
        assert page(client).status_code == 200


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"on": "31/02/2015"}, "không có ngày này"),
        ({"on": "hôm qua"}, "Cần ngày/tháng/năm"),
        ({"plan": "X"}, "Không có lựa chọn “X”"),
        ({"group": "X"}, "Không có lựa chọn “X”"),
        ({"on": "2015-01-01", "tree_on": "2014-01-01"}, "không được trước ngày tính"),
    ],
)
def test_a_wrong_address_is_named_in_vietnamese(client, people, asked, said):
    client.force_login(people["staff"])
    answer = page(client, **asked)
    assert answer.status_code == 400 and said in shown(answer)


def test_a_committee_that_ended_is_explained_by_its_last_tree(client, world, people):
    """The address of a dashboard's own percentage may not name a tree older than the day: that is refused."""
    make.end_committee(world.at["T-2"], worlds.LAST, heir=world.at["T-1"])
    client.force_login(people["staff"])
    text = shown(client.get(reverse("recruitment:dashboard", args=["T-2"]), {"on": "2016-02-01"}))
    address = re.search(r'<a class="why" href="([^"]+)"', text)[1]
    assert client.get(address).status_code == 200


# What is said ------------------------------------------------------------------------------------------------------


def numbers(answer):
    """[(address, number)] of every count that opens something."""
    return [
        (address, int(number.replace(".", "")))
        for address, number in re.findall(r'<a class="n" href="([^"]+)">([\d.]+)</a>', shown(answer))
    ]


def test_the_formula_and_the_sentence(client, people):
    client.force_login(people["staff"])
    text = shown(page(client))
    assert "<h1>90,00\N{NO-BREAK SPACE}%: con số này tính thế nào</h1>" in text
    assert "27 : 30 × 100 = 90,000000\N{NO-BREAK SPACE}%, làm tròn 90,00\N{NO-BREAK SPACE}%" in text
    assert "có ngày quyết định kết nạp trong kỳ 01/01/2014 đến 31/12/2015" in text


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"on": "2015-04-15"},
        {"on": "2014-12-31"},
        {"plan": "LE"},
        {"group": "women"},
        {"committee": "T-2"},
    ],
)
def test_each_number_opens_as_many(client, world, people, asked):
    plan = make.make_plan("LE", world.at["T"], first=worlds.FIRST, last=worlds.LAST, counts_by="ceremony")
    make.make_quota(plan, world.at["T"], 20)
    make.make_admission(world.at["T-2-1-1"], date(2013, 12, 1), ceremony_on=date(2014, 1, 5))
    client.force_login(people["staff"])
    found = numbers(page(client, **asked))
    for address, number in found:
        assert client.get(address).context["page"].count == number, address
    assert len(found) >= 2


def test_the_list_of_a_reason_says_so_and_is_for_who_may_see_persons(client, world, people):
    client.force_login(people["staff"])
    cancelled = next(a for a, _n in numbers(page(client)) if "left_out=cancelled" in a)
    text = shown(client.get(cancelled))
    assert world.cancelled.person.full_name in text and "Không tính: quyết định đã hủy" in text
    assert "left_out=cancelled" not in shown(page(client, on="2015-04-30")), "the day before it was cancelled"
    client.force_login(people["standing"])
    assert client.get(cancelled).status_code == 403
    text = shown(page(client))
    assert "/admissions/" not in text and "Quyết định đã hủy, tính đến hết ngày 31/12/2015" in text


def test_without_a_plan_nothing_is_left_out(client, people):
    client.force_login(people["staff"])
    answer = client.get(reverse("recruitment:admission-list"), {"committee": "T", "left_out": "cancelled"})
    assert answer.context["page"].count == 0
    assert client.get(reverse("recruitment:admission-list"), {"left_out": "?"}).status_code == 400


def test_who_moved_in_probation_is_counted_where_they_were_admitted(client, world, people):
    at = world.at
    first = make.make_candidacy(at["T-1-1-1"], date(2014, 1, 1))
    on = make.make_candidacy(at["T-2-1-1"], date(2015, 5, 1), person=first.person)
    with journal.pen(None, "test"):
        on.origin = first
        on.save()
    make.make_admission(at["T-1-1-1"], date(2014, 5, 5), person=first.person, candidacy=on)
    client.force_login(people["district"])
    answer = page(client, "T-2")
    assert "người nay sinh hoạt ở đây nhưng kết nạp ở nơi khác" in shown(answer)
    address, number = next((a, n) for a, n in numbers(answer) if "moved-in" in a)
    listed = client.get(address)
    assert (number, listed.context["page"].count) == (1, 1) and first.person.full_name in shown(listed)
    assert client.get(reverse("recruitment:person", args=[first.person_id])).status_code == 200
    assert "moved-in" not in shown(page(client, "T-2", on="2015-04-30")), "before the move"
    client.force_login(people["staff"])
    assert "1 người đã chuyển đi nơi khác" in shown(page(client, "T-1"))


def test_versions_with_document_reason_and_writer(client, world, people):
    make.make_quota(
        world.plan,
        world.at["T"],
        40,
        effective_on=date(2015, 6, 1),
        document="09-CV/TU",
        reason="Giao bổ sung",
    )
    client.force_login(people["standing"])
    for on, states, goal in (
        ("2015-12-31", ["before", "current"], 40),
        ("2015-05-31", ["current", "coming"], 30),
    ):
        answer = page(client, on=on)
        versions = answer.context["page"].versions
        assert [version.state for version, _who in versions] == states
        assert [(version.words, version.quota.document) for version, _who in versions] == [
            ("30", "05-KH/TU"), ("40", "09-CV/TU"),
        ]  # fmt: skip
        assert all("gười vận hành máy" in who for _version, who in versions)
        found = answer.context["page"].found
        assert found.node.goal == goal and f": {goal} × 100 = " in shown(answer)
        assert "Giao bổ sung" in shown(answer)


def test_a_merged_target_names_its_parts(client, world, people):
    make.end_committee(world.at["T-2"], date(2015, 10, 1), heir=world.at["T-1"])
    client.force_login(people["staff"])
    answer = page(client, "T-1")
    found = answer.context["page"].found
    assert found.terms.summed and [(part.code, part.version.words) for part in found.terms.parts] == [
        ("T-2", "10")
    ]
    text = shown(answer)
    assert "30 là tổng chỉ tiêu của những tổ chức đã kết thúc" in text
    assert "Tổ chức T-2 (T-2), đến hết ngày 30/09/2015: <b>10</b>" in text
    assert "Trong số được tính có 3 người của những tổ chức đã kết thúc" in text


def test_a_report_that_stands_in_and_those_that_do_not(client, world, people):
    at = world.at
    make.make_reported(at["T"], "Kết nạp", 11, date(2012, 1, 1), date(2012, 12, 31), source="Sổ tay")
    make.make_reported(at["T"], "Kết nạp", 8, date(2012, 1, 1), date(2013, 12, 31), group="women")
    make.make_reported(at["T"], "Đảng viên", 900, date(2012, 1, 1), date(2013, 12, 31))
    make.make_quota(world.before, at["T"], 40)
    client.force_login(people["staff"])
    answer = page(client, plan="KH-1")
    why = {said.value: said.why_not for said in answer.context["page"].found.said}
    assert why == {"20": "", "11": "không phải của đúng cả kỳ", "8": "của nhóm khác"}
    assert "Theo số báo cáo, chưa có hồ sơ từng người" in shown(answer) and "Nguồn: Bài báo" in shown(answer)
    early = page(client, plan="KH-1", on="2013-06-30").context["page"].found
    assert not early.reported and early.said[0].why_not.startswith("chỉ thay khi kỳ đã hết")
    make.make_admission(at["T-1-1-1"], date(2012, 5, 5))
    late = page(client, plan="KH-1").context["page"].found
    assert (late.node.admitted, late.said[0].why_not) == (1, "sổ đã có hồ sơ từng người trong kỳ")


def test_no_target_no_percentage(client, people):
    client.force_login(people["staff"])
    text = shown(page(client, "T-1-2"))
    assert "<h1>Con số này tính thế nào</h1>" in text and "chưa giao chỉ tiêu" in text
    assert "Phép tính" not in text


@pytest.fixture
def term(world):
    """The committees' yearly counts: by the calendar, and by terms that begin in July."""
    for code, first, last in (
        ("NK", date(2013, 1, 1), date(2015, 12, 31)),
        ("NK-7", date(2013, 7, 1), date(2016, 6, 30)),
    ):
        plan = make.make_plan(code, world.at["T"], first=first, last=last)
        make.make_quota(plan, world.at["T"], 9, per_year=True)
        make.make_quota(plan, world.at["T-1"], 40)


def test_one_year_of_a_yearly_count(client, world, people, term):
    client.force_login(people["staff"])
    answer = page(client, plan="NK", year=2)
    found = answer.context["page"].found
    decided = [row.decided_on for row in (*world.women, *world.men) if row.decided_on.year == 2014]
    assert (found.node.admitted, found.node.goal) == (len(decided), 9)
    assert found.plan.name == "Kế hoạch NK, 2014" and "9 mỗi năm × 1 năm = 9" in shown(answer)
    assert {line.reason for line in found.left_out.lines} == {"after"}
    address, number = numbers(answer)[0]
    assert client.get(address).context["page"].count == number == len(decided)
    july = page(client, plan="NK-7", year=1)
    assert july.context["page"].found.plan.name == "Kế hoạch NK-7, 01/07/2013 – 30/06/2014"
    assert not numbers(july), "no list is of such a year"


def test_a_year_of_which_only_a_report_tells_is_told_alike_on_both_pages(client, world, people, term):
    make.make_reported(world.at["T"], "Kết nạp", 6, date(2013, 1, 1), date(2013, 12, 31))
    client.force_login(people["staff"])
    plan = client.get(reverse("recruitment:plan", args=["NK"]))
    told = plan.context["card"].years_here.years[0].standing
    found = page(client, plan="NK", year=1).context["page"].found
    assert (told.admitted, told.basis) == (found.node.admitted, found.node.basis) == (6, "reported")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"year": "4"}, "có 3 năm; không có năm thứ 4"),
        ({"year": "0"}, "không có năm thứ 0"),
        ({"year": "hai"}, "Năm thứ mấy"),
        ({"year": "1", "committee": "T-1"}, "không giao theo từng năm"),
        ({"year": "1", "group": "women"}, "không giao theo từng năm"),
    ],
)
def test_a_year_that_there_is_not(client, people, term, asked, said):
    client.force_login(people["staff"])
    answer = page(client, **{"plan": "NK"} | asked)
    assert answer.status_code == 400 and said in shown(answer)


# Who may see more --------------------------------------------------------------------------------------------------


def behind(answer):
    return {right: (one.mine, one.holders) for right, one in answer.context["page"].behind.items()}


def test_who_may_see_more_is_said_by_role_and_committee(client, world, people):
    make.make_account("kiem-tra", "inspector", world.at["T"])
    make.make_account("cu", "staff", world.at["T"], until=date(2016, 1, 1))
    client.force_login(people["standing"])
    holders = ["Kiểm tra của Tổ chức T", "Cán bộ ban tổ chức của Tổ chức T"]
    assert behind(page(client)) == {"people": (False, holders), "journal": (False, holders[:1])}
    text = shown(page(client))
    assert (
        "Anh chị xem số, không xem từng người" in text and "bí thư chi bộ, chỉ trong chi bộ của mình" in text
    )
    assert "kiem-tra" not in text and "can-bo" not in text, "no account is named"


def test_above_ones_reach_no_committee_is_named(client, world, people):
    make.make_account("xa", "staff", world.at["T-2-1"])
    client.force_login(people["secretary"])
    answer = page(client, "T-2-1-1")
    assert behind(answer)["people"] == (
        True,
        ["Cán bộ ban tổ chức của cấp trên", "Bí thư chi bộ của Tổ chức T-2-1-1"],
    )
    assert "Tổ chức T-2-1<" not in shown(answer) and "bí thư chi bộ, chỉ trong" not in shown(answer)


def test_who_keeps_the_accounts_sees_them(client, world, people):
    both = make.make_account("hai-vai", "standing", world.at["T"])
    make.make_mandate(both, "administrator", world.at["T"])
    client.force_login(both)
    assert behind(page(client))["people"][1] == ["Cán bộ ban tổ chức của Tổ chức T (can-bo)"]

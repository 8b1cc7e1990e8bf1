"""The page: five queries at any size, nothing a reader may not see, a clear answer to every wrong address."""

import html
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import reverse

from tests import factories as make
from tests.recruitment import world as worlds


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def people(world):
    return worlds.people(world)


def page(client, code="T", **asked):
    return client.get(reverse("recruitment:dashboard", args=[code]), asked)


def shown(answer):
    return html.unescape(answer.content.decode())


class TestQueries:
    @pytest.mark.parametrize("more", [0, 2])
    def test_five_however_many_children(self, client, world, people, more, django_assert_num_queries):
        for k in range(more):
            make.make_committee(f"T-9{k}", "upper", world.at["T"])
        client.force_login(people["staff"])
        page(client)  # the first request of a worker reads the snapshot
        with django_assert_num_queries(5):
            assert page(client).status_code == 200


class TestWords:
    def test_sentence_and_title(self, client, people):
        client.force_login(people["staff"])
        text = shown(page(client))
        assert "<title>Tổ chức T: 90,00\N{NO-BREAK SPACE}% Kế\N{NO-BREAK SPACE}hoạch" in text
        assert "1 trong 2 đảng bộ đạt chỉ tiêu" in text
        assert "Con số này tính thế nào?" in text

    def test_days_are_read_as_people_and_as_machines_write_them(self, client, people):
        client.force_login(people["staff"])
        for day in ("31/12/2014", "2014-12-31", "311214"):
            assert "Tính đến hết ngày 31/12/2014" in shown(page(client, on=day))

    def test_nothing_inline(self, client, people):
        client.force_login(people["staff"])
        text = page(client).content.decode()
        assert " style=" not in text and not re.search(r"<script(?![^>]*src=)", text)


class TestWrongAddresses:
    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ({"on": "31/02/2015"}, "không có ngày này"),
            ({"on": "hôm qua"}, "Cần ngày/tháng/năm"),
            ({"plan": "X"}, "Không có lựa chọn “X”"),
            ({"group": "X"}, "Không có lựa chọn “X”"),
            ({"tree_on": "x"}, "Cần ngày/tháng/năm"),
            ({"on": "2015-01-01", "tree_on": "2014-01-01"}, "không được trước ngày tính"),
        ],
    )
    def test_are_named_in_vietnamese(self, client, people, asked, said):
        client.force_login(people["staff"])
        answer = page(client, **asked)
        assert answer.status_code == 400
        assert said in shown(answer)

    def test_a_committee_that_ended_names_its_heir(self, client, world, people):
        make.end_committee(world.at["T-2"], worlds.LAST, heir=world.at["T-1"])
        client.force_login(people["staff"])
        answer = page(client, "T-2", tree_on="now")
        assert answer.status_code == 400 and "kế thừa: T-1" in shown(answer)
        assert page(client, "T-2").status_code == 200  # by the tree of its last day

    def test_a_plan_of_another_province_is_no_choice(self, client, people):
        make.make_plan("U-KH", make.make_committee("U", "province"))
        client.force_login(people["staff"])
        assert page(client, plan="U-KH").status_code == 400

    def test_without_any_plan_the_page_says_what_is_missing(self, client, db):
        other = make.make_committee("U", "province")
        client.force_login(make.make_account("u", "staff", other))
        answer = page(client, "U")
        assert answer.status_code == 200 and "Chưa có kế hoạch nào cho Tổ chức U" in shown(answer)


class TestChoice:
    def test_the_nearest_plan_comes_first(self, client, world, people):
        make.make_plan("KH-T2", world.at["T-2"], name="Kế hoạch của huyện")
        client.force_login(people["staff"])
        assert page(client, "T-2-1").context["page"].found.found.plan.code == "KH-T2"
        assert page(client, "T-1").context["page"].found.found.plan.code == "KH-2"


class TestWhoSeesWhat:
    def test_figures_alone_open_no_list_of_persons(self, client, people):
        client.force_login(people["standing"])
        text = page(client).content.decode()
        assert "/admissions/" not in text and "/candidacies/" not in text and "/people/" not in text

    def test_outside_is_404(self, client, people):
        client.force_login(people["district"])
        assert page(client, "T").status_code == 404
        assert page(client, "T-1").status_code == 404
        assert page(client, "T-2").status_code == 200

    def test_crumbs_end_where_sight_ends(self, client, people):
        client.force_login(people["district"])
        crumbs = page(client, "T-2-1-1").context["page"].crumbs
        assert [crumb.code for crumb in crumbs] == ["T-2", "T-2-1"]


def figures(text):
    """[(number as written, address)] of every number that opens something."""
    return re.findall(r'<a class="n" href="(/[^"]+)">([\d.]+)</a>', text)


class TestEveryNumberOpensItsList:
    @pytest.mark.parametrize("code", ["T", "T-1", "T-2", "T-2-1-1"])
    @pytest.mark.parametrize(
        "asked", [{}, {"on": "2014-12-31"}, {"tree_on": "now"}, {"group": "women"}, {"on": "2015-01-31"}]
    )
    def test_with_the_same_count(self, client, people, code, asked):
        client.force_login(people["staff"])
        links = figures(shown(page(client, code, **asked)))
        for address, number in links:
            if address.startswith(("/quotas/", "/dashboards/")):
                continue
            answer = client.get(urlsplit(address).path, dict(parse_qsl(urlsplit(address).query)))
            assert answer.status_code == 200, address
            assert answer.context["page"].count == int(number.replace(".", "")), address
        assert links or code == "T-2-1-1"

    def test_by_ceremony_too(self, client, world, people):
        plan = make.make_plan("LE", world.at["T"], first=worlds.FIRST, last=worlds.LAST, counts_by="ceremony")
        make.make_quota(plan, world.at["T"], 20)
        client.force_login(people["staff"])
        for address, number in figures(shown(page(client, plan="LE", on="2015-07-01"))):
            if address.startswith(("/admissions/", "/units/")):
                answer = client.get(urlsplit(address).path, dict(parse_qsl(urlsplit(address).query)))
                assert answer.context["page"].count == int(number), address

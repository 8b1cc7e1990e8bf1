"""Targets for groups with what was reached, where a group is offered, and what who sees figures only is told of it."""

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from committees import access
from recruitment import columns
from recruitment.dashboards.structure import structure
from recruitment.dashboards.summary import summary
from recruitment.quotas import veil
from recruitment.quotas.groups import concerning
from tests import factories as make
from tests.recruitment import world as worlds

OLD = {"field": "age", "from": 35, "to": 200}
KINH = {"field": "ethnicity", "in": ["kinh"]}


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def people(world):
    return worlds.people(world)


def rows(committee="T", *, audience=access.PEOPLE, **asked):
    found = summary(columns.current(), "KH-2", committee, audience=audience, **asked).group_targets
    return {row.code: row for row in found.rows} if found else {}


class TestAttainment:
    def test_one_admission_counts_in_each_of_its_groups_and_nothing_is_summed(self, world):
        make.make_quota(world.plan, world.at["T"], 10, group="women")
        make.make_quota(world.plan, world.at["T"], 2, group="religious")
        make.make_quota(world.plan, world.at["T"], 20, group="farmers")
        found = {code: row.standing for code, row in rows().items()}
        # Twelve women of one cell are farmers; three more, of another, are Catholics.
        assert {code: (one.admitted, one.goal, one.state) for code, one in found.items()} == {
            "women": (15, 10, "met"), "religious": (3, 2, "met"), "farmers": (12, 20, "behind"),
        }  # fmt: skip

    def test_only_targets_of_the_committee_itself_in_force_that_day(self, world):
        make.make_quota(world.plan, world.at["T-1"], 10, group="women")
        make.make_quota(world.plan, world.at["T"], 9, group="women", effective_on=date(2015, 1, 1))
        make.make_quota(world.before, world.at["T"], 9, group="youth")
        assert list(rows()) == ["women"]
        assert rows(on=date(2014, 12, 31)) == {}
        assert rows("T-1")["women"].standing.admitted == 12
        assert rows("T-2") == {}

    def test_no_section_where_a_group_is_asked_for(self, world):
        make.make_quota(world.plan, world.at["T"], 9, group="women")
        assert rows(group="youth") == {}

    def test_the_page_opens_the_group_and_the_list_behind_its_count(self, client, world, people):
        make.make_quota(world.plan, world.at["T"], 10, group="women")
        client.force_login(people["staff"])
        for name, args in (("dashboard", ["T"]), ("plan", ["KH-2"])):
            page = html.unescape(client.get(reverse(f"recruitment:{name}", args=args)).content.decode())
            assert "Chỉ tiêu theo nhóm: 1 trong 1 nhóm đạt" in page
            section = page[page.index('id="chi-tieu-nhom"') :]
            opened = re.findall(r'href="([^"]+)"', section)[:2]
            assert client.get(opened[0]).context["page"].found.admitted == 15
            assert client.get(opened[1]).context["page"].count == 15

    @pytest.mark.parametrize("groups", [["women"], ["women", "youth", "religious"]])
    def test_queries_do_not_grow(self, client, world, people, groups, django_assert_num_queries):
        for group in groups:
            make.make_quota(world.plan, world.at["T"], 3, group=group)
        client.force_login(people["staff"])
        address = reverse("recruitment:dashboard", args=["T"])
        client.get(address)
        with django_assert_num_queries(5):
            assert len(client.get(address).context["page"].found.group_targets.rows) == len(groups)


class TestVeil:
    def test_small_counts_and_those_that_tell_of_them_are_hidden_with_what_follows_from_them(self, world):
        for group in ("women", "religious", "farmers", "workers"):
            make.make_quota(world.plan, world.at["T"], 2, group=group)
        found = rows(audience=access.FIGURES)
        # 27 admitted: 15 women, 3 Catholics, 12 farmers, 12 workers; three of no occupation are merged with the workers.
        assert {code: row.said for code, row in found.items()} == {
            "women": "", "religious": "dưới 5", "farmers": "", "workers": "không hiện",
        }  # fmt: skip
        assert {row.said for row in rows().values()} == {""}

    def test_the_page_does_not_tell_it_either(self, client, world, people):
        make.make_quota(world.plan, world.at["T"], 3, group="religious")
        client.force_login(people["standing"])
        page = client.get(reverse("recruitment:dashboard", args=["T"])).content.decode()
        section = page[page.index('id="chi-tieu-nhom"') :].split("</section>")[0]
        assert "dưới 5" in section and "100,00" not in section and "Đạt" not in section
        assert "1 trong 1" not in section and "/admissions/" not in section

    def test_all_but_a_few_tells_of_those_few(self, world):
        """T-2-1-1 admitted three women; a man more, and the count of women is that of the man."""
        make.make_admissions(world.at["T-2-1-1"], 4, date(2015, 5, 1), sex="F", religion="Công giáo")
        make.make_admission(world.at["T-2-1-1"], date(2015, 6, 1))
        make.make_quota(world.plan, world.at["T-2"], 3, group="women")
        assert rows("T-2", audience=access.FIGURES)["women"].said == "trên 3"
        for audience, shown in ((access.PEOPLE, 7), (access.FIGURES, None)):
            asked = summary(columns.current(), "KH-2", "T-2", group="women", audience=audience)
            assert asked.admitted == shown
            assert any(unit.hidden for unit in asked.units.rows) == (shown is None)
        assert asked.instead == "trên 3" and "trên 3" in asked.words.message(None, instead=asked.instead)

    def test_of_fewer_than_five_admitted_no_group_is_told(self, world):
        make.make_quota(world.plan, world.at["T-2"], 3, group="ethnic_minority")
        assert rows("T-2", audience=access.FIGURES)["ethnic_minority"].said == "dưới 5"

    def test_an_own_group_cannot_be_laid_beside_another_to_single_somebody_out(self, world):
        make.make_admissions(
            world.at["T-1-1-1"], 2, date(2015, 5, 1), ethnicity="Kinh", born=date(1975, 1, 1)
        )
        own = make.make_group("Kinh", KINH, committee=world.at["T"])
        young = make.make_group(
            "Kinh trẻ", KINH, {"field": "age", "from": 0, "to": 34}, committee=world.at["T"]
        )
        wide = make.make_group(
            "Mọi dân tộc", {"field": "ethnicity", "not_in": ["x"]}, committee=world.at["T"]
        )
        for group in (own, young, wide):
            make.make_quota(world.plan, world.at["T"], 3, group=group.code)
        found = rows(audience=access.FIGURES)
        # 14 of them, 12 of those under 35: either alone says nothing, both together tell of two.
        assert {code: row.said for code, row in found.items()} == {
            "kinh": "không hiện", "kinh-tre": "không hiện", "moi-dan-toc": "",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("conditions", "said"),
        [
            ([{"field": "age", "from": 18, "to": 30}], ""),  # a line of the ages, which is shown
            ([{"field": "age", "from": 18, "to": 31}], "không hiện"),  # and three more
            ([{"field": "occupation", "in": ["nong dan"]}], ""),
            ([{"field": "occupation", "in": ["cong nhan"]}], "không hiện"),  # a line merged with another
            ([{"field": "sex", "in": ["f"]}, {"field": "age", "from": 18, "to": 31}], "không hiện"),
        ],
    )
    def test_an_own_group_does_not_tell_what_lines_hide(self, world, conditions, said):
        """24 of 18–30; three women of 31, and six of 32 and 33 in the same line of the ages."""
        of = {"occupation": "Nông dân"}
        make.make_admissions(world.at["T-1-1-1"], 3, date(2015, 5, 1), sex="F", born=date(1984, 4, 1), **of)
        make.make_admissions(world.at["T-1-1-1"], 6, date(2015, 5, 1), born=date(1982, 4, 1), **of)
        make.make_group("Riêng", *conditions, committee=world.at["T"])
        make.make_quota(world.plan, world.at["T"], 3, group="rieng")
        assert rows(audience=access.FIGURES)["rieng"].said == said

    def test_nor_by_how_few_it_goes_beyond_a_line(self, world):
        """Of eight in the line 36–40 two are 36: "up to 36" beside the lines tells of those two."""
        for n, born in ((9, 1983), (2, 1979), (6, 1977)):
            make.make_admissions(
                world.at["T-1-1-1"], n, date(2015, 5, 1), born=date(born, 1, 1), occupation="Nông dân"
            )
        for last, said in ((35, ""), (36, "không hiện")):
            make.make_group(f"Đến {last}", {"field": "age", "from": 31, "to": last}, committee=world.at["T"])
            make.make_quota(world.plan, world.at["T"], 3, group=f"den-{last}")
            assert rows(audience=access.FIGURES)[f"den-{last}"].said == said

    def test_hidden_counts_of_parts(self):
        assert veil.hidden([9, 20], [10, 40]) == {0, 1}
        assert veil.hidden([9, 20], [20, 40]) == set()


class TestWhom:
    @pytest.fixture
    def own(self, world):
        return make.make_group("Ngư dân", OLD, committee=world.at["T-1"], code="ngu-dan")

    def codes(self, committee):
        common = {"women", "youth", "youth_union", "ethnic_minority", "religious", "farmers", "workers", "students",
                  "business_owners", "private_enterprise"}  # fmt: skip
        found = [group.code for group in concerning(columns.current(), committee)]
        assert common <= set(found)
        return set(found) - common

    def test_a_group_concerns_its_committee_those_above_and_those_below(self, own):
        assert {code: self.codes(code) for code in ("T", "T-1", "T-1-1-1", "T-2", "T-2-1-1")} == {
            "T": {"ngu-dan"}, "T-1": {"ngu-dan"}, "T-1-1-1": {"ngu-dan"}, "T-2": set(), "T-2-1-1": set(),
        }  # fmt: skip

    def test_menus_makeup_and_the_structure_command_name_it_to_nobody_else(self, client, world, own, people):
        client.force_login(people["staff"])
        for committee, told in (("T-1", True), ("T", True), ("T-2", False)):
            page = client.get(reverse("recruitment:dashboard", args=[committee])).content.decode()
            assert ("Ngư dân" in html.unescape(page)) == told
            groups = structure(columns.current(), committee, worlds.FIRST, worlds.LAST)["groups"]
            assert ("ngu-dan" in groups) == told and "private_enterprise" in groups
            asked = {"committee": committee, "also": "ngu-dan"}
            assert client.get(reverse("recruitment:admission-list"), asked).status_code == (
                200 if told else 400
            )
            asked = {"committee": committee, "group": "ngu-dan"}
            assert client.get(reverse("recruitment:candidacy-list"), asked).status_code == (
                200 if told else 400
            )

    def test_a_menu_above_says_whose_it_is(self, client, own, people):
        client.force_login(people["staff"])
        above, there = (
            client.get(reverse("recruitment:dashboard", args=[code])).content.decode()
            for code in ("T", "T-1")
        )
        assert "Ngư dân (Tổ chức T-1)" in html.unescape(above)
        assert "Ngư dân (" not in html.unescape(there)

    def test_an_ended_group_is_offered_no_more_and_stays_readable(self, client, world, people):
        ended = make.make_group("Cũ", KINH, committee=world.at["T"], ended_on=date(2015, 7, 1))
        make.make_quota(world.plan, world.at["T"], 3, group=ended.code)
        client.force_login(people["staff"])
        address = reverse("recruitment:dashboard", args=["T"])
        assert 'value="cu"' not in client.get(address).content.decode()
        assert client.get(address, {"group": "cu"}).context["page"].found.admitted == 12
        assert rows()["cu"].standing.admitted == 12
        day = {"on": "2015-06-30"}
        assert "Cũ" in str(client.get(address, day).context["page"].found.makeup.figures[0].bars)

    def test_a_target_is_set_for_a_group_of_the_committee_only(self, client, world, own, people):
        client.force_login(people["staff"])
        address = reverse("recruitment:quota-new", args=["KH-2"])
        typed = {"committee": "T-2", "target": "5", "group": "ngu-dan"}
        refused = client.post(address, typed)
        assert refused.status_code == 400
        assert "nhóm của tổ chức này" in html.unescape(refused.content.decode())
        assert client.post(address, typed | {"committee": "T-1"}).status_code == 302
        client.force_login(people["district"])
        assert "Ngư dân" not in html.unescape(client.get(address).content.decode())
        assert client.post(address, typed).status_code == 400

"""A department's own groups: made with what they mean shown first, renamed, ended, brought back; whom they concern."""

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from committees import vietnamese
from committees.editing import Overtaken
from committees.models import Entry
from recruitment import columns
from recruitment.models import Group
from recruitment.quotas import group_deeds as deeds
from recruitment.quotas.deeds import Refused
from recruitment.quotas.group_terms import sentence
from tests import factories as make
from tests.recruitment import world as worlds
from tests.recruitment.snapshots import differences, full

OLDER = [{"field": "sex", "in": ["f"]}, {"field": "age", "from": 34, "to": 120}]
NEW = "recruitment:group-new"


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def people(world):
    return worlds.people(world)


def define(world, name="Nữ trung niên", at="T-1", predicate=OLDER):
    return deeds.define(by=None, committee=world.at[at], name=name, predicate=predicate)


def wanted(refused):
    return dict(refused.value.faults)


def count(code):
    return int(((columns.current().admissions["groups"] & columns.current().bit(code)) != 0).sum())


class TestDeeds:
    def test_a_group_is_counted_at_once_and_its_code_is_made_of_its_name(self, world):
        columns.current()
        group = define(world)
        assert (group.code, group.committee, group.ended_on) == ("nu-trung-nien", world.at["T-1"], None)
        assert count("nu-trung-nien") == 3 and count("women") == 15
        assert differences(columns.current(), full()) == []
        assert Entry.objects.get(deed="group-define").about == "group:nu-trung-nien"

    def test_a_name_and_a_meaning_stand_once_among_those_that_concern_one_committee(self, world):
        define(world)
        for at in ("T", "T-1", "T-1-1-1"):
            with pytest.raises(Refused) as refused:
                define(world, "nữ Trung Niên", at, [{"field": "sex", "in": ["m"]}])
            assert wanted(refused)["name"].startswith("một tên khác")
            with pytest.raises(Refused) as refused:
                define(world, "Khác", at, list(reversed(OLDER)))
            assert "gồm đúng những người này" in wanted(refused)[""]
        # Another district's own: neither hinders it.
        assert define(world, at="T-2").code == "nu-trung-nien-2"

    @pytest.mark.parametrize("name", ["Nữ", "women", "thanh niên", "Có đạo", "Học sinh sinh viên"])
    def test_no_name_by_which_workbooks_mean_another(self, world, name):
        with pytest.raises(Refused) as refused:
            define(world, name)
        assert "name" in wanted(refused)
        assert define(world, name + " vùng biển")

    def test_sixty_are_the_most(self, world):
        have = Group.objects.count()
        for k in range(deeds.MOST - have - 1):
            make.make_group(f"Nhóm {k}", {"field": "age", "from": k, "to": 120}, committee=world.at["T-2"])
        define(world, "Nhóm cuối")
        with pytest.raises(Refused) as refused:
            define(world, "Một nữa", predicate=[{"field": "sex", "in": ["m"]}])
        assert "60 nhóm" in wanted(refused)[""]
        assert Group.objects.count() == deeds.MOST
        assert count("nhom-cuoi") == 3, "the highest bit counts too"

    def test_a_code_that_is_an_address_is_not_given(self, world):
        assert define(world, "New").code == "new-2"
        assert define(world, "…", predicate=[{"field": "sex", "in": ["m"]}]).code == "nhom"

    def test_renamed_it_means_the_same(self, world):
        group = define(world)
        before = columns.current()
        renamed = deeds.rename(group, by=None, name="Phụ nữ từ 34", stamp=group.stamp)
        assert (renamed.code, renamed.predicate) == (group.code, group.predicate)
        after = columns.current()
        assert after.tables["admissions"] is before.tables["admissions"], "no fact is read again for a name"
        assert [g.name for g in after.groups if g.pk == group.pk] == ["Phụ nữ từ 34"]
        with pytest.raises(Overtaken):
            deeds.rename(group, by=None, name="Khác", stamp=group.stamp)
        for name in ("Phụ nữ từ 34", "Nữ"):
            with pytest.raises(Refused):
                deeds.rename(renamed, by=None, name=name)

    def test_ended_and_brought_back(self, world):
        group = define(world)
        with pytest.raises(Refused):
            deeds.bring_back(group, by=None)
        ended = deeds.end(group, by=None, stamp=group.stamp)
        assert ended.ended_on == vietnamese.today()
        assert count(group.code) == 3, "figures that name it keep it"
        with pytest.raises(Refused):
            deeds.end(ended, by=None)
        back = deeds.bring_back(ended, by=None, stamp=ended.stamp)
        assert back.ended_on is None
        # A name given away meanwhile is not taken back.
        deeds.end(back, by=None)
        define(world, predicate=[{"field": "sex", "in": ["m"]}])
        with pytest.raises(Refused) as refused:
            deeds.bring_back(back, by=None)
        assert "name" in wanted(refused)


class TestPages:
    TYPED = {"committee": "T-1", "name": "Nữ Khmer, Chăm", "sex": "f", "age_from": "20", "ethnicity_is": "in",
             "ethnicity": "Kinh, Chăm", "do": "look"}  # fmt: skip

    def test_what_is_saved_was_shown_with_how_many_it_means(self, client, world, people):
        client.force_login(people["staff"])
        shown = client.post(reverse(NEW), self.TYPED)
        text = html.unescape(shown.content.decode())
        assert shown.status_code == 200
        assert "Gồm người: nữ; từ 20 tuổi trở lên; dân tộc Kinh hoặc Chăm." in text
        assert "Trong 24 người" in text and "<b>12</b>" in text
        assert not Group.objects.filter(committee=world.at["T-1"]).exists()
        seen = html.unescape(re.search('name="seen" value="([^"]+)"', shown.content.decode())[1])
        # Changed after it was shown: shown again.
        changed = self.TYPED | {"seen": seen, "do": "save", "age_from": "30"}
        assert "<b>" in client.post(reverse(NEW), changed).content.decode()
        assert not Group.objects.filter(committee=world.at["T-1"]).exists()
        saved = client.post(reverse(NEW), self.TYPED | {"seen": seen, "do": "save"})
        assert saved.url == "/groups/nu-khmer-cham/"
        group = Group.objects.get(code="nu-khmer-cham")
        assert sentence(group.predicate) == "nữ; từ 20 tuổi trở lên; dân tộc Kinh hoặc Chăm"
        assert count(group.code) == 12
        assert client.post(reverse(NEW), self.TYPED | {"seen": seen, "do": "save"}).status_code == 400

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"name": ""}, "Tên nhóm"),
            ({"sex": "", "age_from": "", "ethnicity_is": "", "ethnicity": ""}, "ít nhất một điều kiện"),
            ({"age_from": "200"}, "một số tuổi từ 0 đến 120"),
            ({"age_to": "19"}, "Đến 19 tuổi trước từ 20 tuổi"),
            ({"ethnicity": ""}, "Cần ít nhất một dân tộc"),
            ({"ethnicity_is": ""}, "Cần chọn những dân tộc đã ghi là một trong, hay là khác"),
            ({"religion": "Công giáo"}, "Cần chọn những tôn giáo"),
            ({"ethnicity": "x" * 61}, "mỗi từ không quá 60 ký tự"),
            ({"committee": "T-9"}, "Không có tổ chức đảng nào khớp"),
            ({"occupation_rows": ["Phi công"]}, "Phi công"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_saved(self, client, world, people, typed, said):
        client.force_login(people["staff"])
        answer = client.post(reverse(NEW), self.TYPED | typed)
        assert answer.status_code == 400 and said in html.unescape(answer.content.decode())
        assert client.post(reverse(NEW), self.TYPED).status_code == 200
        assert not Group.objects.filter(committee__isnull=False).exists()

    def test_only_for_a_committee_of_ones_own(self, client, world, people):
        client.force_login(people["district"])
        assert client.post(reverse(NEW), self.TYPED).status_code == 400
        assert client.post(reverse(NEW), self.TYPED | {"committee": "T-2"}).status_code == 200

    @pytest.mark.parametrize(
        ("more", "said"), [({}, "dưới 5"), ({"age_from": "", "ethnicity": "Kinh, Châu Ro"}, "dưới 20")]
    )
    def test_who_sees_figures_only_learns_the_order_of_a_count_alone(self, client, world, people, more, said):
        """Any definition may be tried: exact numbers would tell of single persons by what two of them differ in."""
        client.force_login(people["standing"])
        typed = self.TYPED | {"age_from": "36"} | more
        text = html.unescape(client.post(reverse(NEW), typed).content.decode())
        assert f"<b>{said}</b>" in text

    def test_the_list_tells_meaning_count_and_targets(self, client, world, people):
        define(world)
        first = vietnamese.today().replace(month=1, day=1)
        make.make_admissions(world.at["T-1-1-1"], 7, first, sex="F", every=0, born=date(1970, 1, 1))
        make.make_admissions(world.at["T-1-1-1"], 6, first, every=0)
        make.make_quota(world.plan, world.at["T-1"], 3, group="nu-trung-nien")
        client.force_login(people["staff"])
        answer = client.get(reverse("recruitment:group-list"), {"committee": "T-1"})
        rows = {row.group.code: row for row in answer.context["page"].rows}
        own = rows["nu-trung-nien"]
        assert (own.count, own.sentence) == (7, "nữ; từ 34 tuổi trở lên")
        assert [(plan.code, n) for plan, n in own.plans] == [("KH-2", 1)]
        assert rows["women"].sentence == "nữ" and rows["women"].plans == []
        opened = re.search(r'href="(/admissions/[^"]+also=nu-trung-nien)"', answer.content.decode())[1]
        assert client.get(html.unescape(opened)).context["page"].count == 7
        other = client.get(reverse("recruitment:group-list"), {"committee": "T-2"}).context["page"]
        assert "nu-trung-nien" not in {row.group.code for row in other.rows}

    def test_figures_only_are_told_no_small_count(self, client, world, people):
        first = vietnamese.today().replace(month=1, day=1)
        make.make_admissions(world.at["T-1-1-1"], 7, first, sex="F", every=0)
        make.make_admissions(world.at["T-1-1-1"], 2, first, every=0)
        client.force_login(people["standing"])
        for name, args in (("group-list", []), ("group", ["women"])):
            text = html.unescape(client.get(reverse(f"recruitment:{name}", args=args)).content.decode())
            assert "trên 4" in text and "/admissions/" not in text

    def test_a_group_is_renamed_ended_and_brought_back_on_its_page(self, client, world, people):
        group = define(world)
        address = reverse("recruitment:group", args=[group.code])
        client.force_login(people["staff"])

        def post(**typed):
            stamp = Group.objects.get(pk=group.pk).stamp
            return client.post(address, {"stamp": stamp, "name": "Nữ trung niên", **typed}, follow=True)

        assert "Đã đổi tên nhóm thành Nữ từ 34." in html.unescape(
            post(name="Nữ từ 34", do="rename").content.decode()
        )
        assert post(name="Nữ", do="rename").status_code == 400
        assert post(do="return").status_code == 400
        assert "Đã thôi dùng" in html.unescape(post(do="end").content.decode())
        assert client.post(address, {"stamp": 1, "do": "return"}).status_code == 409
        post(do="return")
        assert Group.objects.get(pk=group.pk).ended_on is None

    @pytest.mark.parametrize("more", [0, 2])
    def test_queries_do_not_grow(self, client, world, people, more, django_assert_num_queries):
        define(world)
        for k in range(more):
            make.make_group(f"Thêm {k}", {"field": "age", "from": k, "to": 50}, committee=world.at["T"])
        client.force_login(people["staff"])
        for name, args, asked in (("group-list", [], {"committee": "T-1"}), ("group", ["nu-trung-nien"], {})):
            address = reverse(f"recruitment:{name}", args=args)
            client.get(address, asked)
            with django_assert_num_queries(5):
                client.get(address, asked)

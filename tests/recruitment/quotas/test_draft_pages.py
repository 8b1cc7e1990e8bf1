"""Drafts of a handing down on pages: begun, listed, put away, laid side by side; and who may."""

from datetime import date

import pytest

from committees.models import Entry
from recruitment.models import Allotment, Plan
from tests import factories as make

from .handing_down import accounts, at, at_the_desk, build, issue, new, numbers, page, save, text, the_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with at_the_desk():
        yield


@pytest.fixture
def world():
    return build()


@pytest.fixture
def people(world):
    return accounts(world)


@pytest.fixture
def alice(client, people):
    client.force_login(people["standing"])
    return client


class TestList:
    def test_begins_empty_and_says_what_to_do(self, alice):
        answer = alice.get(at("allotment-list", "KH-27", "T"))
        assert "3 đơn vị được giao 0/40 , còn 40 chưa giao" in text(answer)
        assert "Chưa có phương án nào" in text(answer)
        assert "không bắt buộc giao hết" in text(answer)

    def test_the_plans_page_leads_there(self, client, people):
        for name, code in (("staff", "T"), ("standing", "T"), ("district", "T-2")):
            client.force_login(people[name])
            assert at("allotment-list", "KH-27", code) in client.get(at("plan", "KH-27")).content.decode()
        client.force_login(people["inspector"])
        assert "Giao cho các đơn vị" not in text(client.get(at("plan", "KH-27")))

    def test_a_cell_has_nobody_to_hand_down_to(self, client, people):
        client.force_login(people["staff"])
        answer = client.get(at("allotment-list", "KH-27", "T-1-1-1"))
        assert "Không có đơn vị trực thuộc nào để giao" in text(answer)

    def test_who_sees_figures_sees_what_was_issued_and_no_draft(self, client, alice, people):
        issued, draft = the_draft(alice, name="Ban hành rồi"), the_draft(alice, name="Còn bàn")
        assert issue(alice, issued).status_code == 302
        client.cookies.clear()  # what was said to Alice
        client.force_login(people["inspector"])
        answer = client.get(at("allotment-list", "KH-27", "T"))
        assert "Ban hành rồi" in text(answer) and "Còn bàn" not in text(answer)
        assert client.get(at("allotment-annex", issued.pk)).status_code == 200
        for name, of in (("allotment", draft), ("allotment-annex", draft), ("allotment-issue", draft)):
            assert client.get(at(name, of.pk)).status_code == 403, name
        for name in ("allotment-new", "allotment-compare", "hand-out"):
            assert client.get(at(name, "KH-27", "T")).status_code == 403, name
        for name in ("copy", "drop", "undo"):
            assert client.post(at(f"allotment-{name}", issued.pk)).status_code == 403, name
        client.force_login(people["district"])
        assert client.get(at("allotment", draft.pk)).status_code == 404
        assert client.get(at("allotment-list", "KH-27", "T")).status_code == 404

    @pytest.mark.parametrize("more", [1, 3])
    def test_queries_do_not_grow(self, alice, more, django_assert_num_queries):
        for k in range(more):
            the_draft(alice, name=f"Phương án {k}")
        alice.get(at("allotment-list", "KH-27", "T"))
        with django_assert_num_queries(7):
            assert len(alice.get(at("allotment-list", "KH-27", "T")).context["page"].drafts) == more


class TestNew:
    def test_by_members(self, alice):
        draft = the_draft(alice)
        assert numbers(draft) == [10, 20, 10]

    @pytest.mark.parametrize(
        ("said", "shares"),
        [
            ({"method": "pool"}, [40, 0, 0]),
            ({"method": "pool", "least": "2"}, [36, 2, 2]),
            ({"method": "members", "total": "41"}, [10, 21, 10]),
            ({"method": "hand"}, [None, None, None]),
            ({"method": "declared"}, [0, 40, 0]),
        ],
    )
    def test_other_ways(self, alice, world, said, shares):
        if said["method"] == "declared":
            candidacy = make.make_candidacy(world["T-2-1-1"], date(2026, 1, 5))
            make.make_declaration(Plan.objects.get(code="KH-27"), candidacy, date(2026, 1, 6))
        assert numbers(the_draft(alice, **said)) == shares

    def test_the_methods_say_what_there_is_to_share_out_by(self, alice):
        choices = dict(alice.get(at("allotment-new", "KH-27", "T")).context["form"].fields["method"].choices)
        assert choices["members"] == "Theo số đảng viên: 400, ở 3/3 đơn vị"
        assert choices["pool"].endswith(": 2, ở 1/3 đơn vị")

    def test_a_group_is_shared_out_as_the_whole_was(self, alice, world):
        make.make_quota(Plan.objects.get(code="KH-27"), world["T"], 9, group="women")
        draft = the_draft(alice, groups=["women", "youth"])
        found = {
            (row.committee.code, row.group.code): row.number for row in draft.portions.exclude(group=None)
        }
        assert [found[f"T-{k}", "women"] for k in (1, 2, 3)] == [2, 5, 2], "halves go to the larger"
        assert [found[f"T-{k}", "youth"] for k in (1, 2, 3)] == [None] * 3, "no target to share out"

    @pytest.mark.parametrize(
        ("said", "field", "wanted"),
        [
            ({"name": ""}, "name", ""),
            ({"method": "x"}, "method", "“x”"),
            ({"method": "last"}, "method", "chọn cách chia khác"),
            ({"total": "9,5"}, "total", "Tìm thấy “9,5”. Cần"),
            ({"least": "20"}, "method", "3 đơn vị cần 60"),
            ({"groups": ["x"]}, "groups", "x"),
        ],
    )
    def test_what_is_refused(self, alice, said, field, wanted):
        before = Entry.objects.count()
        answer = new(alice, **said)
        assert answer.status_code == 400 and wanted in " ".join(answer.context["form"].errors[field])
        assert Entry.objects.count() == before and not Allotment.objects.exists()
        assert new(alice).status_code == 302, "the rest of it was right"

    def test_without_a_target_of_the_whole_one_says_how_many(self, alice):
        answer = new(alice, committee="T-1", method="pool")
        assert "chưa có chỉ tiêu chung" in " ".join(answer.context["form"].errors["total"])
        assert new(alice, committee="T-1", method="pool", total="8").status_code == 302
        assert numbers(Allotment.objects.get()) == [8, 0]


class TestPuttingAway:
    def test_copied_put_away_and_brought_back(self, alice):
        draft = the_draft(alice)
        copied = alice.post(at("allotment-copy", draft.pk))
        assert copied.url == at("allotment", Allotment.objects.latest("pk").pk)
        assert numbers(Allotment.objects.latest("pk")) == numbers(draft)
        listed = alice.get(alice.post(at("allotment-drop", draft.pk)).url)
        assert [line.draft.pk for line in listed.context["page"].dropped] == [draft.pk]
        assert page(alice, draft).status_code == 302, "one put away is not typed in"
        assert "cần một phương án đang dùng" in text(
            alice.get(alice.post(at("allotment-drop", draft.pk)).url)
        )
        alice.post(at("allotment-drop", draft.pk), {"do": "restore"})
        assert page(alice, draft).status_code == 200


class TestComparing:
    def compare(self, client, *drafts):
        return client.get(at("allotment-compare", "KH-27", "T"), {"draft": [draft.pk for draft in drafts]})

    def test_differences_only(self, alice, world):
        one, two = the_draft(alice), the_draft(alice, name="Phương án 2")
        save(alice, two, T_1="13", T_3="")
        make.make_quota(world["plan"], world["T-2"], 20)
        make.make_quota(world["plan"], world["T-3"], 8)
        answer = self.compare(alice, one, two)
        told = [(row.name, row.now, row.cells) for row in answer.context["page"].differences]
        assert told == [
            ("Tổ chức T-1", "–", [(13, None), (10, None)]),
            ("Tổ chức T-3", "8", [(None, None), (10, 2)]),
        ]
        assert [balance.given for _draft, balance in answer.context["page"].columns] == [33, 40]
        assert "1 đơn vị còn lại giống nhau" in text(answer)

    def test_three_at_most_the_newest_where_none_is_named(self, alice):
        made = [the_draft(alice, name=f"P{k}") for k in range(4)]
        assert [draft.name for draft in self.compare(alice).context["page"].drafts] == ["P3", "P2", "P1"]
        assert "nhiều nhất ba" in text(self.compare(alice, *made))

    def test_nothing_to_compare(self, alice):
        assert "Chưa có phương án nào để so" in text(self.compare(alice))

    @pytest.mark.parametrize("more", [1, 3])
    def test_queries_do_not_grow(self, alice, more, django_assert_num_queries):
        for k in range(more):
            the_draft(alice, name=f"P{k}")
        self.compare(alice)
        with django_assert_num_queries(7):
            self.compare(alice)

"""Plans on pages: who finds which, what each says, who writes them, and what may change."""

import html
import json
from datetime import date

import pytest
from django.urls import reverse

from committees.models import Entry, Role
from recruitment import columns
from recruitment.models import Plan
from recruitment.quotas.progress import progress
from tests import factories as make
from tests.recruitment import world as worlds

NEW = {
    "code": "KH-3", "name": "Kế hoạch 03", "issuer": "Ban Thường vụ", "document": "07-KH/TU",
    "issued_on": "5/1/2016", "committee": "T", "since": "1/1/2016", "last_day": "31/12/2020",
    "counts": "admissions", "counts_by": "decision", "kind": "assigned", "previous": "KH-2",
}  # fmt: skip


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def people(world):
    """Alice writes for the province, Bob for its second district, Charlie for a province of his own."""
    make.make_province("U")
    return worlds.people(world) | {
        "charlie": make.make_account("charlie", Role.STAFF, make.Committee.objects.get(code="U"))
    }


@pytest.fixture
def alice(client, people):
    client.force_login(people["staff"])
    return client


def text(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def plans(client):
    return client.get(reverse("recruitment:plan-list"))


def page(client, code="KH-2", **asked):
    return client.get(reverse("recruitment:plan", args=[code]), asked)


def edited(plan, **values):
    """What the form of a plan sends, some of it changed."""
    return {
        "stamp": plan.stamp, "name": plan.name, "issuer": plan.issuer, "document": plan.document,
        "issued_on": "", "committee": plan.committee.code, "since": "01/01/2014", "last_day": "31/12/2015",
        "counts": plan.counts, "counts_by": plan.counts_by, "kind": plan.kind, "previous": "KH-1", "reason": "", **values,
    }  # fmt: skip


def edit(client, plan, **values):
    return client.post(reverse("recruitment:plan-edit", args=[plan.code]), edited(plan, **values))


class TestList:
    def test_the_newest_first_each_with_its_figures(self, alice):
        answer = plans(alice)
        cards = answer.context["table"].data.data
        assert [card.plan.code for card in cards] == ["KH-2", "KH-1"]
        node = cards[0].found.node
        assert (node.code, node.admitted, cards[0].target, cards[0].found.day) == (
            "T",
            27,
            "30",
            date(2015, 12, 31),
        )
        assert "90,00 %" in text(answer) and "27/30" in text(answer)
        assert "01/01/2014 – 31/12/2015" in text(answer), "both days inclusive"
        assert cards[1].found.basis == "reported" and "theo số báo cáo" in text(answer)

    def test_from_where_one_stands(self, client, people):
        """The plan of the committee above, with the figures of one's own."""
        client.force_login(people["district"])
        node = plans(client).context["table"].data.data[0].found.node
        assert (node.code, node.admitted, node.goal) == ("T-2", 3, 10)

    def test_nobody_elses(self, client, world, people):
        make.make_plan("KH-1-1", world.at["T-1"], first=date(2016, 1, 1), last=date(2016, 12, 31))
        found = {}
        for name in ("staff", "district", "charlie"):
            client.force_login(people[name])
            found[name] = [card.plan.code for card in plans(client).context["table"].data.data]
        assert found == {"staff": ["KH-1-1", "KH-2", "KH-1"], "district": ["KH-2", "KH-1"], "charlie": []}
        assert page(client, "KH-1-1").status_code == page(client, "KH-X").status_code == 404

    def test_empty_says_what_to_do(self, client, people):
        client.force_login(people["charlie"])
        assert "Thêm kế hoạch rồi giao chỉ tiêu" in text(plans(client))
        client.force_login(make.make_account("xem", Role.INSPECTOR, make.Committee.objects.get(code="U")))
        assert "Thêm kế hoạch" not in text(plans(client)).replace("Ban tổ chức thêm kế hoạch", "")

    def test_a_plan_of_nobody_in_particular(self, client, world, people):
        plan = make.make_plan("KH-0", None, first=worlds.FIRST, last=worlds.LAST)
        make.make_quota(plan, world.at["T-1"], 7)
        client.force_login(make.make_account("toan-so", Role.INSPECTOR))
        card = next(c for c in plans(client).context["table"].data.data if c.plan == plan)
        assert card.found.code == "T-1" and card.target == "7", "where its targets lead"
        client.force_login(people["district"])
        card = next(c for c in plans(client).context["table"].data.data if c.plan == plan)
        assert card.found.code == "T-2"

    @pytest.mark.parametrize("more", [0, 2])
    def test_queries_do_not_grow(self, alice, world, more, django_assert_num_queries):
        for k in range(more):
            make.make_plan(f"KH-{k + 5}", world.at["T"])
        plans(alice)
        with django_assert_num_queries(5):
            assert len(plans(alice).context["table"].rows) == 2 + more

    def test_a_committee_founded_since_is_seen_in_todays_tree(self, client, world):
        """A commune of the reform looks back at what it succeeded."""
        heir = make.make_committee("T-N", "upper", world.at["T"], since=date(2025, 7, 1))
        make.end_committee(world.at["T-2"], date(2025, 7, 1), heir)
        client.force_login(make.make_account("xa", Role.STAFF, heir))
        node = plans(client).context["table"].data.data[0].found.node
        assert (node.code, node.admitted, node.goal) == ("T-N", 3, 10)


class TestPage:
    def test_targets_in_force_with_the_sum_of_the_units(self, alice, world):
        make.make_quota(world.plan, world.at["T-2"], 12, effective_on=date(2015, 6, 1), document="09-CV/TU")
        answer = page(alice)
        rows = {row.standing.code: row for row in answer.context["table"].data.data}
        assert list(rows) == ["T", "T-1", "T-2"]
        assert (rows["T"].target, rows["T"].below, rows["T"].gap) == ("30", 32, 2)
        assert (rows["T-2"].target, rows["T-2"].changes, rows["T-2"].standing.admitted) == ("12", 1, 3)
        assert "hơn chỉ tiêu chung 2" in text(answer) and "hơn 2" in text(answer)
        assert "Người vận hành máy" in text(answer)

    def test_less_given_than_there_is(self, alice, world):
        make.make_quota(world.plan, world.at["T-2"], 7, effective_on=date(2015, 6, 1))
        assert "cộng lại là 27, còn 3 chưa giao" in text(page(alice))

    def test_rows_within_reach_only(self, client, people):
        client.force_login(people["district"])
        assert [row.standing.code for row in page(client).context["table"].data.data] == ["T-2"]
        assert "Tổ chức T-1<" not in page(client).content.decode()

    def test_groups_of_persons_are_not_told_to_who_sees_figures_only(self, client, world, people):
        make.make_quota(world.plan, world.at["T-2"], 2, group="women")
        told = {}
        for name in ("staff", "standing"):
            client.force_login(people[name])
            (row,) = [row for row in page(client).context["table"].data.data if row.group]
            told[name] = (row.told, "3/2" in text(page(client)))
        assert told == {"staff": (True, True), "standing": (False, False)}

    def test_a_target_of_a_day_to_come(self, alice, world):
        plan = make.make_plan("KH-9", world.at["T"], first=date(2090, 1, 1), last=date(2090, 12, 31))
        make.make_quota(plan, world.at["T-1"], 7)
        make.make_quota(plan, world.at["T-1"], 9, effective_on=date(2090, 7, 1))
        (row,) = page(alice, "KH-9").context["table"].data.data
        assert (row.target, row.later.low) == ("7", 9), "a plan to come is seen as of its first day"
        assert "từ 01/07/2090: 9" in text(page(alice, "KH-9"))

    def test_targets_of_those_that_ended_are_added_up_at_the_heir(self, alice, world):
        at = world.at
        plan = make.make_plan("KH-7", at["T"], first=date(2014, 1, 1), last=date(2090, 12, 31))
        for code, n in (("T-1", 20), ("T-2", 10)):
            make.make_quota(plan, at[code], n)
        make.end_committee(at["T-2"], date(2016, 1, 1), at["T-1"])
        (row,) = page(alice, "KH-7").context["table"].data.data
        assert (row.standing.code, row.target, row.parts, row.stamp) == ("T-1", "30", 2, None)
        assert "2 tổ chức đã sáp nhập vào, cộng lại" in text(page(alice, "KH-7"))

    @pytest.mark.parametrize("more", [0, 2])
    def test_queries_do_not_grow(self, alice, world, more, django_assert_num_queries):
        for k in range(more):
            make.make_quota(world.plan, world.at[f"T-{k + 1}-1"], 5)
        page(alice)
        with django_assert_num_queries(6):
            assert len(page(alice).context["table"].rows) == 3 + more


class TestWriting:
    def test_a_plan_as_typed(self, alice):
        answer = alice.post(reverse("recruitment:plan-new"), NEW)
        assert answer.status_code == 302 and answer.url == reverse("recruitment:plan", args=["KH-3"])
        plan = Plan.objects.get(code="KH-3")
        assert (plan.since, plan.until, plan.last_day) == (
            date(2016, 1, 1),
            date(2021, 1, 1),
            date(2020, 12, 31),
        )
        assert (plan.committee.code, plan.previous.code) == ("T", "KH-2")
        entry = Entry.objects.get(chain=Entry.WRITES, number=plan.stamp)
        assert (entry.deed, entry.about, entry.committee.code, entry.actor.username) == (
            "plan-add", "plan:KH-3", "T", "can-bo",
        )  # fmt: skip
        assert "Kế hoạch 03" in text(plans(alice))

    @pytest.mark.parametrize(
        ("wrong", "field", "said"),
        [
            ({"code": "KH-2"}, "code", "Tìm thấy “KH-2”. Cần một mã chưa kế hoạch nào dùng."),
            ({"code": "có dấu cách"}, "code", "Cần mã gồm"),
            (
                {"last_day": "31/12/2015"},
                "last_day",
                "Tìm thấy “31/12/2015”. Cần ngày không trước “Từ ngày”.",
            ),
            ({"since": "31/2/2016"}, "since", "Cần một ngày có thật"),
            ({"committee": ""}, "committee", ""),
            ({"committee": "U-1-1-1"}, "committee", "phạm vi của anh chị"),
            ({"previous": "KH-X"}, "previous", "KH-X"),
            ({"name": "=A1"}, "name", "tên viết bằng chữ"),
        ],
    )
    def test_what_is_refused(self, alice, wrong, field, said):
        before = Plan.objects.count()
        answer = alice.post(reverse("recruitment:plan-new"), NEW | wrong)
        assert answer.status_code == 400 and said in " ".join(answer.context["form"].errors[field])
        assert "<title>Lỗi: " in answer.content.decode().replace("\n", "")
        assert Plan.objects.count() == before

    def test_only_within_ones_own(self, client, people):
        client.force_login(people["district"])
        assert client.post(reverse("recruitment:plan-new"), NEW | {"committee": "T"}).status_code == 400
        assert client.post(reverse("recruitment:plan-new"), NEW | {"committee": "T-2"}).status_code == 302
        assert client.get(reverse("recruitment:plan-edit", args=["KH-2"])).status_code == 403

    def test_nor_under_a_plan_one_only_looks_at(self, client, world):
        """Who sets targets in T-2 and sees figures in T-1 sets none under the plan of T-1."""
        make.make_plan("KH-T1", world.at["T-1"])
        both = make.make_account("hai-noi", Role.STAFF, world.at["T-2"])
        make.make_mandate(both, Role.INSPECTOR, world.at["T-1"])
        client.force_login(both)
        assert page(client, "KH-T1").status_code == 200
        assert client.get(reverse("recruitment:quota-new", args=["KH-T1"])).status_code == 403
        assert client.get(reverse("recruitment:quota-new", args=["KH-2"])).status_code == 200

    def test_without_a_committee_only_for_the_whole_register(self, client, people):
        client.force_login(make.make_account("toan-so", Role.STAFF))
        assert client.post(reverse("recruitment:plan-new"), NEW | {"committee": ""}).status_code == 302
        assert Plan.objects.get(code="KH-3").committee_id is None
        client.force_login(people["staff"])
        assert page(client, "KH-3").status_code == 200
        assert client.get(reverse("recruitment:plan-edit", args=["KH-3"])).status_code == 403


class TestChanging:
    def test_words_need_no_reason(self, alice, world):
        assert edit(alice, world.plan, name="Kế hoạch 02-KH/TU").status_code == 302
        fresh = Plan.objects.get(code="KH-2")
        assert fresh.name == "Kế hoạch 02-KH/TU"
        told = json.loads(Entry.objects.get(chain=Entry.WRITES, number=fresh.stamp).payload)
        assert told["rows"][0]["old"] == {"name": "Kế hoạch 02"}

    def test_what_changes_figures_needs_a_reason_and_is_right_at_the_next_request(self, alice, world):
        answer = edit(alice, world.plan, last_day="31/12/2014")
        assert answer.status_code == 400 and "lý do" in " ".join(answer.context["form"].errors["reason"])
        assert edit(alice, world.plan, last_day="31/12/2014", reason="Gõ nhầm năm").status_code == 302
        fresh = Plan.objects.get(code="KH-2")
        told = json.loads(Entry.objects.get(chain=Entry.WRITES, number=fresh.stamp).payload)
        assert told["reason"] == "Gõ nhầm năm" and fresh.last_day == date(2014, 12, 31)
        counted = progress(columns.current(), "KH-2").admitted
        assert 0 < counted < 27
        shown = alice.get(reverse("recruitment:dashboard", args=["T"]), {"plan": "KH-2"})
        assert shown.context["page"].found.node.admitted == counted

    def test_another_plan_to_compare_with_needs_one_too(self, alice, world):
        assert "reason" in edit(alice, world.plan, previous="").context["form"].errors
        assert edit(alice, world.plan, previous="", reason="Không so").status_code == 302

    def test_the_counting_date(self, alice, world):
        assert edit(alice, world.plan, counts_by="ceremony", reason="Văn bản tính theo lễ").status_code == 302
        assert progress(columns.current(), "KH-2").admitted == 12

    def test_the_period_covers_every_target_given(self, alice, world):
        make.make_quota(world.plan, world.at["T-2"], 12, effective_on=date(2015, 6, 1))
        answer = edit(alice, world.plan, last_day="31/05/2015", reason="x")
        assert "Cần ngày không trước 01/06/2015" in " ".join(answer.context["form"].errors["last_day"])
        assert edit(alice, world.plan, last_day="01/06/2015", reason="x").status_code == 302

    def test_no_ring_of_plans(self, alice, world):
        answer = alice.post(
            reverse("recruitment:plan-edit", args=["KH-1"]),
            edited(world.before, since="01/01/2012", last_day="31/12/2013", previous="KH-2", reason="x"),
        )
        assert "không vòng lại chính nó" in " ".join(answer.context["form"].errors["previous"])

    def test_the_code_never_changes(self, alice, world):
        assert edit(alice, world.plan, code="KH-X", name="Tên khác").status_code == 302
        assert Plan.objects.filter(code="KH-2", name="Tên khác").exists()

    def test_nothing_changed_writes_nothing(self, alice, world):
        before = Entry.objects.count()
        assert edit(alice, world.plan).status_code == 400
        assert Entry.objects.count() == before

    def test_the_second_of_two_sees_both_versions(self, alice, world):
        assert edit(alice, world.plan, name="Bản thứ nhất").status_code == 302
        answer = edit(alice, world.plan, name="Bản thứ hai")
        assert answer.status_code == 409
        assert [(d.mine, d.theirs) for d in answer.context["form"].differences] == [
            ("Bản thứ hai", "Bản thứ nhất")
        ]
        assert Plan.objects.get(code="KH-2").name == "Bản thứ nhất"
        again = edited(world.plan, name="Bản thứ hai", stamp=answer.context["form"]["stamp"].value())
        assert alice.post(reverse("recruitment:plan-edit", args=["KH-2"]), again).status_code == 302
        assert Plan.objects.get(code="KH-2").name == "Bản thứ hai"

    def test_an_earlier_plan_out_of_reach_is_kept(self, client, world, people):
        """One's own plan may be compared with one that concerns somebody else: saving must not lose it."""
        foreign = make.make_plan("KH-U", make.Committee.objects.get(code="U"))
        plan = make.make_plan("KH-5", world.at["T-2"], first=worlds.FIRST, last=worlds.LAST, previous=foreign)
        client.force_login(people["district"])
        assert edit(client, plan, previous="KH-U", name="Tên khác").status_code == 302
        assert Plan.objects.get(code="KH-5").previous == foreign

"""Targets set by hand: a change is a new row with its day, a past day keeps its answer, what was set today may go again."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from committees.models import Entry, Role
from recruitment import columns
from recruitment.fields import Aim
from recruitment.models import Plan, Quota
from recruitment.quotas import deeds
from recruitment.quotas.judgement import shape
from recruitment.quotas.progress import progress
from tests import factories as make
from tests.recruitment import world as worlds
from tests.undone import undone

from .giving import accounts, give, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture
def people(world):
    return accounts(world)


@pytest.fixture
def alice(client, people):
    client.force_login(people["staff"])
    return client


def goal(committee="T-1", **asked):
    return progress(columns.current(), "KH-2", committee, **asked).goal


class TestSetting:
    def test_a_change_is_a_new_row_and_past_days_keep_their_answer(self, alice, world):
        before = progress(columns.current(), "KH-2", "T", on=date(2015, 5, 31)).as_json()
        assert give(alice).status_code == 302
        assert progress(columns.current(), "KH-2", "T", on=date(2015, 5, 31)).as_json() == before
        assert [goal(on=on) for on in (date(2015, 5, 31), date(2015, 6, 1))] == [20, 25]
        rows = Quota.objects.filter(committee=world.at["T-1"]).order_by("effective_on")
        assert [(row.low, row.document) for row in rows] == [(20, "05-KH/TU"), (25, "09-CV")]

    def test_the_dashboard_is_right_at_the_next_request(self, alice):
        where = reverse("recruitment:dashboard", args=["T-1"])
        assert alice.get(where).context["page"].found.node.goal == 20
        give(alice)
        assert alice.get(where).context["page"].found.node.goal == 25

    def test_who_wrote_it(self, alice, people):
        give(alice, reason="Giao bổ sung")
        entry = Entry.objects.filter(chain=Entry.WRITES).latest("number")
        assert (entry.deed, entry.about, entry.committee.code, entry.actor) == (
            "quota-set", "plan:KH-2", "T-1", people["staff"],
        )  # fmt: skip
        assert "Giao bổ sung" in entry.payload

    def test_one_stays_for_the_next_committee(self, alice):
        answer = alice.get(give(alice, group="women").url)
        form = answer.context["form"]
        assert {name: form[name].value() for name in ("committee", "target", "group", "effective_on", "document")} == {
            "committee": None, "target": None, "group": "women", "effective_on": "1/6/2015", "document": "09-CV",
        }  # fmt: skip
        (row,) = answer.context["lately"]
        assert (row.name, row.words, row.group, row.last) == ("Tổ chức T-1", "25", "Nữ", True)

    def test_what_a_rate_means_is_said_at_once(self, alice, world):
        make.make_headcount(world.at["T-1"], date(2013, 12, 31), 467)
        answer = alice.get(give(alice, target="7%").url)
        assert "7 % của 467 đảng viên ngày 31/12/2013 = ít nhất 33 người" in text(answer).replace("</b>", "")
        answer = alice.get(give(alice, "T-2", "7 %").url)
        assert "chưa tính được: chưa có số đảng viên trong 12 tháng" in text(answer)
        assert goal("T-1") == 33 and goal("T-2") is None

    def test_an_empty_day(self, alice, world):
        """The plan's first for the first value; today for a change; never past the plan's last day."""
        give(alice, "T-1-1", "5", effective_on="", document="")
        assert Quota.objects.get(committee=world.at["T-1-1"]).effective_on == worlds.FIRST
        with time_machine.travel("2015-02-03T05:00:00+00:00"):
            give(alice, "T-1-1", "6", effective_on="")
        give(alice, "T-1-1", "7", effective_on="")
        days = Quota.objects.filter(committee=world.at["T-1-1"]).values_list("low", "effective_on")
        assert set(days) == {(5, worlds.FIRST), (6, date(2015, 2, 3)), (7, worlds.LAST)}

    @pytest.mark.parametrize(
        ("wrong", "field", "said"),
        [
            (
                {"effective_on": "1/1/2016"},
                "effective_on",
                "Cần ngày không sau ngày cuối của kế hoạch (31/12/2015)",
            ),
            ({"effective_on": "31/12/2013"}, "effective_on", "Cần ngày từ 01/01/2014 trở đi"),
            ({"effective_on": "1/1/2014"}, "effective_on", "Cần ngày khác: từ 01/01/2014 đã giao 20."),
            ({"document": ""}, "document", "Cần số văn bản của lần điều chỉnh"),
            ({"target": "200-170"}, "target", "Cần một số nguyên từ 0 trở lên"),
            ({"target": "170-200 trở lên"}, "target", "khoảng như 170-200"),
            ({"target": "3%/năm"}, "target", "tỷ lệ của cả kỳ"),
            ({"base_on": "1/1/2015"}, "base_on", "chỉ tỷ lệ mới cần"),
            ({"reason": ""}, "reason", "Cần lý do của lần điều chỉnh"),
            ({"target": "9,5"}, "target", "Tìm thấy “9,5”. Cần"),
            ({"target": ""}, "target", ""),
            ({"committee": "U-1-1-1"}, "committee", "phạm vi của anh chị"),
            ({"committee": "T-9"}, "committee", "Cần một tổ chức hoạt động trong thời gian của kế hoạch"),
            ({"group": "x"}, "group", "“x”"),
        ],
    )
    def test_what_is_refused(self, alice, world, wrong, field, said):
        make.make_committee("T-9", "upper", world.at["T"], since=date(2020, 1, 1))
        before = (Quota.objects.count(), Entry.objects.count())
        answer = give(alice, **wrong)
        assert answer.status_code == 400, answer
        assert said in " ".join(answer.context["form"].errors[field])
        assert (Quota.objects.count(), Entry.objects.count()) == before
        assert answer.context["form"]["document"].value() == wrong.get("document", "09-CV"), (
            "nothing typed is lost"
        )
        assert give(alice).status_code == 302, "the rest of it was right"

    def test_the_same_value_again_writes_nothing(self, alice):
        give(alice)
        before = Entry.objects.count()
        answer = alice.get(give(alice).url)
        assert "đã được giao đúng 25 từ trước" in text(answer)
        assert Entry.objects.count() == before

    def test_reach(self, client, people):
        client.force_login(people["district"])
        assert give(client, "T-2-1", "4").status_code == 302
        assert give(client, "T-1", "4").status_code == 400
        client.force_login(people["charlie"])
        assert give(client, "U-1", "4").status_code == 404, "that plan is nobody's business there"
        client.force_login(people["secretary"])
        assert give(client).status_code == 403
        assert Quota.objects.count() == 4
        client.force_login(people["standing"])
        assert give(client).status_code == 302, "a standing committee hands targets down"

    @pytest.mark.parametrize("more", [1, 3])
    def test_queries_do_not_grow(self, alice, more, django_assert_num_queries):
        for k in range(more):
            give(alice, effective_on=f"{k + 1}/6/2015")
        where = reverse("recruitment:quota-new", args=["KH-2"])
        alice.get(where)
        with django_assert_num_queries(6):
            assert len(alice.get(where).context["lately"]) == more


def test_the_period_is_that_of_the_plan_as_it_stands_under_the_pen(world):
    """The plan was shortened after the page that sets a target had read it."""
    deeds.change_plan(Plan.objects.get(code="KH-2"), by=None, until=date(2015, 7, 1), reason="rút ngắn")
    asked = {
        "target": Aim(25), "document": "09-CV", "reason": "Giao bổ sung", "effective_on": date(2015, 8, 1),
    }  # fmt: skip
    with pytest.raises(deeds.Refused, match="ngày cuối của kế hoạch"):
        deeds.set_quota(world.plan, world.at["T-1"], by=None, **asked)


class TestTakingBack:
    def undo(self, client, quota):
        return client.post(reverse("recruitment:quota-undo", args=[quota.pk]))

    def last(self):
        return Quota.objects.latest("pk")

    def test_the_same_day_by_who_set_it(self, alice):
        give(alice)
        answer = alice.get(self.undo(alice, self.last()).url)
        assert "Đã bỏ lần giao 25" in text(answer) and answer.context["lately"] == []
        assert goal() == 20
        entry = Entry.objects.filter(chain=Entry.WRITES).latest("number")
        assert entry.deed == "quota-take-back" and "25, 01/06/2015" in entry.payload

    def test_whatever_was_set_for_a_group_since(self, alice, world):
        group = columns.current().groups[0]
        give(alice)
        quota = self.last()
        give(alice, target="5", group=group.code)
        assert self.last().group_id == group.pk
        self.undo(alice, quota)
        assert not Quota.objects.filter(pk=quota.pk).exists()

    @pytest.mark.parametrize(
        "why",
        [
            "another",
            "a day later",
            "followed",
            "an earlier day, later set",
            "before one of a later day",
            "loaded",
        ],
    )
    def test_refused(self, client, alice, world, people, why):
        give(alice)
        quota = self.last()
        if why == "another":
            client.force_login(make.make_account("khac", Role.STAFF, world.at["T"]))
        elif why == "followed":
            give(alice, target="30", effective_on="1/7/2015")
        elif why == "an earlier day, later set":
            give(alice, target="30", effective_on="1/5/2015")
        elif why == "before one of a later day":
            give(alice, target="30", effective_on="1/5/2015")
            quota = self.last()
        elif why == "loaded":
            quota = Quota.objects.get(committee=world.at["T-1"], low=20)
        if why == "a day later":
            with time_machine.travel(timedelta(days=1, hours=1)):
                client.force_login(people["staff"])
                self.undo(client, quota)
        else:
            self.undo(client, quota)
        assert Quota.objects.filter(pk=quota.pk).exists()
        client.force_login(people["staff"])
        if why in {"another", "a day later"}:
            self.undo(client, quota)
            assert not Quota.objects.filter(pk=quota.pk).exists(), "but for that, it would have gone"


DAYS = st.dates(worlds.FIRST, worlds.LAST)
SHAPES = st.one_of(
    st.tuples(st.integers(0, 500), st.booleans(), st.booleans()).map(
        lambda of: Aim(of[0], None, None, *of[1:])
    ),
    st.tuples(st.integers(0, 200), st.integers(0, 100)).map(lambda pair: Aim(pair[0], sum(pair))),
)


@given(
    said=st.lists(st.tuples(DAYS, SHAPES), min_size=1, max_size=6),
    asked=st.lists(DAYS, min_size=1, max_size=4),
)
@undone()
def test_what_counts_is_the_last_value_effective_by_the_day(said, asked):
    top = make.make_committee("H", "province")
    plan = make.make_plan("KH-H", top, first=worlds.FIRST, last=worlds.LAST)
    account = make.make_account("ai")
    known = {}
    for day, target in said:
        try:
            deeds.set_quota(plan, top, by=account, target=target, effective_on=day, document="1", reason="2")
        except deeds.Stands as there:
            assert day in known and shape(there.quota) == (known[day], None)
        else:
            assert day not in known
            known[day] = target
    for on in [*asked, *known]:
        valid = [day for day in known if day <= on]
        aim = known[max(valid)] if valid else Aim()
        # The plan of this world lasts two years.
        wanted = tuple(n if n is None else n * (1 + aim.per_year) for n in (aim.low, aim.high))
        target = progress(columns.current(), plan.code, on=on).node.target
        assert ((target.value, target.to) if target else (None, None)) == wanted

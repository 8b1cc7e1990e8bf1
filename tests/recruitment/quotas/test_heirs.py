"""Targets follow heirs by derivation, in a register: shares of a split, what is set later, what each page says of it. No
row is written."""

import html
import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.urls import reverse

from committees import journal, reorganise
from committees.models import Placement, Role, Succession
from recruitment import columns
from recruitment.models import Quota
from recruitment.quotas import issuing
from recruitment.quotas.handing import hand_out, remainder
from recruitment.quotas.heirs import borne_on
from recruitment.quotas.history import heirs_of, history
from recruitment.quotas.progress import progress
from recruitment.quotas.question import ask
from recruitment.quotas.target_terms import terms
from recruitment.quotas.units import quota_rows
from recruitment.quotas.years import Years
from tests import factories as make
from tests.recruitment.snapshots import differences, full

SPLIT = date(2014, 7, 1)


def split(old, on, *heirs, document="12-NQ/TU"):
    """heirs: (committee, share), the principal first."""
    with journal.pen(None, "test"):
        make.end_committee(old, on)
        for k, (heir, share) in enumerate(heirs):
            Succession(
                old=old, heir=heir, day=on, share=Decimal(share), principal=k == 0, document=document
            ).save()


@pytest.fixture
def world(db):
    """T over T-1 (target 10) and T-2 (25); on 01/07/2014 T-2 is split: 60 % to T-1, 40 % to the new T-3, whither T-2-2
    moves."""
    with journal.pen(None, "test"):
        at = make.make_province("T", districts=2, communes=2)
        plan = make.make_plan("KH", at["T"])
        for code, low in (("T", 40), ("T-1", 10), ("T-2", 25)):
            make.make_quota(plan, at[code], low)
        at["T-3"] = make.make_committee("T-3", "upper", at["T"], since=SPLIT, name="Huyện ủy mới")
        make.place(at["T-2-1"], "grassroots_party", at["T-1"], since=SPLIT)
        make.place(at["T-2-2"], "grassroots_party", at["T-3"], since=SPLIT)
        make.make_admissions(at["T-2-1-1"], 3, date(2014, 2, 1))
        make.make_admissions(at["T-2-2-1"], 2, date(2014, 2, 1))
    split(at["T-2"], SPLIT, (at["T-1"], "0.6"), (at["T-3"], "0.4"))
    return SimpleNamespace(at=at, plan=plan)


def goals(on=date(2014, 12, 31), **asked):
    found = progress(columns.current(), "KH", "T", on=on, **asked)
    return {child.code: (child.goal, child.admitted) for child in found.children}


def test_a_split_gives_each_heir_its_share_and_facts_follow_their_cells(world):
    assert goals() == {"T-1": (25, 3), "T-3": (10, 2)}


def test_as_it_stood_nothing_moves(world):
    on = SPLIT - timedelta(days=1)
    assert goals(on) == {"T-1": (10, 0), "T-2": (25, 5)}
    assert goals(on, tree_on=SPLIT) == {"T-1": (25, 3), "T-3": (10, 2)}, "the same day by today's structure"


def test_a_rate_is_shared_of_the_old_units_own_members(world):
    make.make_headcount(world.at["T-2"], date(2010, 12, 31), 233)
    make.make_quota(world.plan, world.at["T-2"], rate=Decimal(7), group="women")  # 16,31: 17 people
    assert {code: goal for code, (goal, _) in goals(group="women").items()} == {"T-1": 10, "T-3": 7}


def test_a_rate_without_members_leaves_every_heirs_sum_unknown(world):
    make.make_quota(world.plan, world.at["T-2"], rate=Decimal(7), group="women")
    found = progress(columns.current(), "KH", "T", on=SPLIT, group="women")
    assert all(child.goal is None and child.target.why_not for child in found.children)


def test_a_commune_that_ended_with_its_district_is_in_the_districts_share(world):
    """T-2-1 ended into one of the heirs of T-2: only T-2's target is shared out (contracts §1)."""
    at, plan = world.at, world.plan
    make.make_quota(plan, at["T-2-1"], 7)
    with journal.pen(None, "test"):
        Placement.objects.get(committee=at["T-2-1"], since=SPLIT).delete()
        Succession(old=at["T-2-1"], heir=at["T-3"], day=SPLIT).save()
    assert {code: goal for code, (goal, _) in goals().items()} == {"T-1": 25, "T-3": 10}


def test_a_target_of_its_own_set_later_is_the_whole(world):
    """Chỉ tiêu is the whole target from its day on (contracts §2): what had come by then is in it."""
    make.make_quota(world.plan, world.at["T-3"], 12, effective_on=date(2014, 10, 1))
    assert goals(date(2014, 9, 30))["T-3"] == (10, 2) and goals()["T-3"] == (12, 2)
    make.make_quota(world.plan, world.at["T-1"], 11, effective_on=date(2014, 6, 1))
    assert goals()["T-1"] == (26, 3), "what was set before the act is added to"
    (side,) = history(columns.current(), world.plan, "T-3", today=date(2014, 12, 31), people=True)
    assert [(part.words, part.current) for part in side.parts] == [("10", False)] and side.total == ""


def test_an_heir_that_is_merged_on_passes_on_what_it_bears(world):
    make.end_committee(world.at["T-3"], date(2014, 9, 1), world.at["T-1"])
    assert goals() == {"T-1": (35, 5)}


def test_years_of_a_yearly_count_are_shared_as_the_whole_is(world):
    plan = make.make_plan("NK", world.at["T"])
    make.make_quota(plan, world.at["T-2"], 5, per_year=True)
    snapshot = columns.current()
    tree = snapshot.tree(SPLIT)
    years = Years(snapshot, snapshot.small.plans["NK"], tree, SPLIT)
    lines = {tree.code(p): years.line(p) for p in tree.children(tree.of(world.at["T"].pk))}
    assert [one.goal for one in lines["T-1"].years] == [3] * 5
    assert [one.goal for one in lines["T-3"].years] == [2] * 5
    assert (lines["T-1"].term.goal, lines["T-3"].term.goal) == (15, 10)


def test_history_tells_what_came_as_a_dated_line(world):
    (side,) = history(columns.current(), world.plan, "T-3", today=date(2014, 12, 31), people=True)
    (part,) = side.parts
    assert (part.on, part.document, part.words, part.said) == (
        SPLIT, "12-NQ/TU", "10", "kế thừa 40 % chỉ tiêu của Tổ chức T-2 (25)",
    )  # fmt: skip
    assert side.values == [] and side.total == "10"
    heirs = [(one.code, one.share, one.document) for one in heirs_of(columns.current(), "T-2", SPLIT)]
    assert heirs == [("T-1", "60 %", "12-NQ/TU"), ("T-3", "40 %", "12-NQ/TU")]
    assert Quota.objects.count() == 3, "no row is written"


def test_the_page_says_so_too(client, world):
    client.force_login(make.make_account("can-bo", Role.STAFF, world.at["T"]))

    def page(code):
        answer = client.get(reverse("recruitment:quota-history", args=["KH", code]))
        return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(answer.content.decode())).split())

    assert "01/07/2014 10 12-NQ/TU kế thừa 40 % chỉ tiêu của Tổ chức T-2 (25)" in page("T-3")
    told = page("T-2")
    assert "Từ ngày 01/07/2014, theo 12-NQ/TU: Tổ chức T-1 kế thừa 60 %, Huyện ủy mới kế thừa 40 %" in told
    answer = client.get(
        reverse("recruitment:explanation"), {"committee": "T-3", "plan": "KH", "on": "2014-12-31"}
    )
    said = " ".join(re.sub(r"<[^>]+>", " ", html.unescape(answer.content.decode())).split())
    assert "kế thừa 40 % chỉ tiêu của Tổ chức T-2 (25): 10" in said and "12-NQ/TU" in said


def test_everything_that_tells_of_a_target_agrees(client, world):
    """The progress, the explanation, the plan's rows, the list, what is left to hand out: all say ten."""
    snapshot = columns.current()
    tree, on = snapshot.tree(date(2014, 12, 31)), date(2014, 12, 31)
    p = tree.of(world.at["T-3"].pk)
    (borne,) = borne_on(snapshot, world.plan, on, tree, None)[p]
    assert (borne.target.value, borne.of.value, borne.quota) == (10, 25, None)
    question = SimpleNamespace(plan=world.plan, tree=tree, position=p, group=None, day=on, tree_on=on)
    found = terms(snapshot, question, borne.target)
    assert [part.words for part in found.parts] == ["10"] and found.versions == []
    left = remainder(snapshot, world.plan, world.at["T"], on=SPLIT)
    assert (left.goal, left.given, left.left) == (40, 35, 5)


def test_the_rows_behind_are_listed_under_every_heir(world):
    for code, wanted in (("T-1", ["T-1", "T-2"]), ("T-3", ["T-2"]), ("T", ["T", "T-1", "T-2"])):
        question, _found = ask(columns.current(), code, plan="KH", on=date(2014, 12, 31))
        assert sorted(row.code for row in quota_rows(columns.current(), question)) == wanted


def test_a_plan_of_no_committee_is_asked_above_every_heir(world):
    plan = make.make_plan("CHUNG")
    make.make_quota(plan, world.at["T-2"], 5)
    assert progress(columns.current(), "CHUNG", on=SPLIT).code == "T"
    assert progress(columns.current(), "CHUNG", on=SPLIT - timedelta(days=1)).code == "T-2"


def test_more_is_handed_out_on_top_of_what_came(world):
    account = make.make_account("ai")
    quota, left = hand_out(
        world.plan, world.at["T"], world.at["T-3"], more=2, by=account, snapshot=columns.current(),
        effective_on=date(2014, 8, 1), document="9", reason="Bù",
    )  # fmt: skip
    assert (quota.low, left.given, left.left) == (12, 37, 3)
    assert goals()["T-3"] == (12, 2)


def test_a_draft_is_issued_against_all_that_a_unit_bears(world):
    """T-1 bears 10 of its own and 15 that came: 25 stands already, 10 is a change."""
    account = make.make_account("ai")

    def issued(number):
        draft = make.make_allotment(world.plan, world.at["T"], world.at["T-1"], number, name=f"Giao {number}")
        return issuing.issue(
            draft, by=account, stamp=None, document="15-KH", issued_on=date(2014, 8, 1),
            effective_on=date(2014, 8, 1), reason="Sau chia tách",
        )  # fmt: skip

    with pytest.raises(issuing.Unissued, match="khác chỉ tiêu đang giao"):
        issued(25)
    assert [quota.low for quota in issued(10)] == [10]
    assert goals()["T-1"] == (10, 3)


def test_a_kept_snapshot_learns_of_shares(world):
    columns.current()
    split(world.at["T-3"], date(2014, 11, 1), (world.at["T-1"], "0.5"), (world.at["T-2-1"], "0.5"))
    assert differences(columns.current(), full()) == []


def test_a_dry_run_knows_the_shares(world):
    on = "01/12/2014"
    planned = reorganise.plan(
        [
            {"Ngày": on, "Việc": "Chuyển", "Mã tổ chức": "T-2-2", "Mã cấp trên mới": "T-1"},
            *(
                {"Ngày": on, "Việc": "Chia tách", "Mã tổ chức": "T-3", "Mã kế thừa": heir, "Tỷ lệ": share}
                for heir, share in (("T-1", "30%"), ("T-2-2", "70%"))
            ),
        ],
        by=None,
    )  # fmt: skip
    assert planned.faults == []
    after = planned.after
    shares = after.passes_to(after.by_code["T-3"], date(2014, 12, 1).toordinal())
    assert [(after.codes[one.heir], one.share) for one in shares] == [
        ("T-1", Fraction(3, 10)), ("T-2-2", Fraction(7, 10)),
    ]  # fmt: skip
    assert planned.before.shares == columns.current().structure.shares

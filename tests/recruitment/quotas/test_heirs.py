"""Targets follow heirs by derivation: summed in a merger, by the act's shares in a split, act by act. No row is written."""

import html
import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from committees import journal, reorganise
from committees.models import Placement, Role, Succession
from committees.tree import Structure
from recruitment import columns
from recruitment.models import Plan, Quota
from recruitment.quotas import issuing
from recruitment.quotas.handing import hand_out, remainder
from recruitment.quotas.heirs import borne_on, targets_on
from recruitment.quotas.history import heirs_of, history
from recruitment.quotas.progress import progress
from recruitment.quotas.question import ask
from recruitment.quotas.target_terms import terms
from recruitment.quotas.targets import Target, shared
from recruitment.quotas.units import quota_rows
from recruitment.quotas.years import Years
from tests import factories as make
from tests.recruitment.snapshots import differences, full

START = date(2020, 1, 1)
PLAN = Plan(pk=1, code="KH", since=START, until=date(2030, 1, 1))


def day(n):
    return START + timedelta(days=n)


class Map:
    """Units side by side under one province P, changed act by act; what each is to reach, worked out beside."""

    def __init__(self, goals):
        self.ids, self.since, self.until, self.heirs = {"P": 1}, {"P": 0}, {}, []
        self.quotas, self.goals = {}, {}
        for k, (low, width) in enumerate(goals):
            code = f"U{k}"
            self.found(code, 0)
            self.quotas[self.ids[code]] = [
                Quota(low=low, high=low + width if width else None, effective_on=START)
            ]
            self.goals[code] = (low, low + width)

    def found(self, code, on):
        self.ids[code], self.since[code] = len(self.ids) + 1, on

    def standing(self):
        return sorted(self.since.keys() - self.until.keys() - {"P"})

    def end(self, code, on, shares):
        """shares: [(heir, share)], the principal first."""
        self.until[code] = on
        for k, (heir, share) in enumerate(shares):
            self.heirs.append((self.ids[code], self.ids[heir], day(on), share, k == 0, f"{on}-NQ"))

    @property
    def structure(self):
        return Structure(
            [(pk, code) for code, pk in self.ids.items()],
            [
                (
                    self.ids[code], day(since), day(self.until[code]) if code in self.until else None,
                    None if code == "P" else 1, "upper", code, "", "",
                )
                for code, since in self.since.items()
            ],
            self.heirs,
        )  # fmt: skip

    def snapshot(self):
        small = SimpleNamespace(quotas={(1, None): self.quotas}, headcounts={})
        return SimpleNamespace(structure=self.structure, small=small)

    def targets(self, on):
        snapshot = self.snapshot()
        tree = snapshot.structure.at(day(on))
        found = targets_on(snapshot, PLAN, day(on), tree, None)
        return {tree.code(p): (target.value, target.to or target.value) for p, target in found.items()}


def by_remainder(whole, shares):
    """Whole numbers by largest remainder; of equal remainders the larger share first, then the one named first."""
    exact = [whole * share for share in shares]
    parts = [x // 1 for x in exact]
    order = sorted(range(len(shares)), key=lambda k: (parts[k] - exact[k], -shares[k], k))
    for k in order[: whole - sum(parts)]:
        parts[k] += 1
    return parts


@st.composite
def reorganised(draw):
    """A Map after up to eight acts, one a day; each time what every unit was to reach before."""
    world = Map(
        draw(st.lists(st.tuples(st.integers(0, 60), st.sampled_from([0, 0, 3])), min_size=2, max_size=6))
    )
    steps = [dict(world.goals)]
    for on in range(1, draw(st.integers(1, 8)) + 1):
        standing, goals = world.standing(), dict(world.goals)
        merge = len(standing) > 1 and draw(st.booleans())
        ended = draw(st.lists(st.sampled_from(standing), min_size=1, max_size=2 if merge else 1, unique=True))
        fresh = [f"N{on}-{k}" for k in range(3)]
        others = [code for code in standing if code not in ended] + fresh
        heirs = draw(st.lists(st.sampled_from(others), min_size=1, max_size=1 if merge else 3, unique=True))
        weights = draw(st.lists(st.integers(1, 9), min_size=len(heirs), max_size=len(heirs)))
        shares = [Fraction(weight, sum(weights)) for weight in weights]
        if (
            len(heirs) > 1
        ):  # the principal heir first, the others in order of code, as the rows of a Structure stand
            heirs[1:] = sorted(heirs[1:])
        for code in fresh:
            if code in heirs:
                world.found(code, on)
        for code in ended:
            world.end(code, on, list(zip(heirs, shares, strict=True)))
            if code in goals:
                low, high = goals.pop(code)
                lows, highs = by_remainder(low, shares), by_remainder(high, shares)
                if any(a > b for a, b in zip(lows, highs, strict=True)):
                    highs = [a + b for a, b in zip(lows, by_remainder(high - low, shares), strict=True)]
                for heir, a, b in zip(heirs, lows, highs, strict=True):
                    was = goals.get(heir, (0, 0))
                    goals[heir] = (was[0] + a, was[1] + b)
        world.goals = goals
        steps.append(goals)
    return world, steps


@pytest.mark.once
@given(reorganised())
def test_every_day_keeps_the_whole_and_each_heir_its_part(made):
    world, steps = made
    whole = tuple(map(sum, zip(*steps[0].values(), strict=True)))
    for on, goals in enumerate(steps):
        found = world.targets(on)
        assert found == goals, "by the tree of each day what that day's acts made of it"
        assert tuple(map(sum, zip(*found.values(), strict=True))) == whole


@pytest.mark.once
@given(st.integers(0, 500), st.integers(0, 40), st.lists(st.integers(1, 30), min_size=1, max_size=6))
def test_parts_make_the_whole_at_both_ends(low, width, weights):
    shares = [SimpleNamespace(share=Fraction(w, sum(weights)), day=730000, document="1") for w in weights]
    parts = shared(Target(low, low + width), shares)
    assert (sum(p.value for p in parts), sum(p.to for p in parts)) == (low, low + width)
    assert all(p.value <= p.to for p in parts)
    assert all(abs(p.value - low * share.share) < 1 for p, share in zip(parts, shares, strict=True))


@pytest.mark.once
def test_a_range_whose_upper_end_would_give_one_less_keeps_its_order():
    """Largest remainder may give one less of more: never below what the lower end gave."""
    weights = [5, 9, 9, 9, 9]
    for low in range(60):
        shares = [SimpleNamespace(share=Fraction(w, 41), day=730000, document="") for w in weights]
        parts = shared(Target(low, low + 1), shares)
        assert all(p.value <= p.to for p in parts) and sum(p.to for p in parts) == low + 1


@pytest.mark.once
def test_a_split_of_what_a_merger_brought_is_rounded_once():
    """A hundred ones merged, then halved, are fifty each: not a hundred for who comes first."""
    world = Map([(1, 0)] * 100)
    world.found("M", 1)
    for k in range(100):
        world.end(f"U{k}", 1, [("M", 1)])
    world.found("A", 2)
    world.found("B", 2)
    world.end("M", 2, [("A", Fraction(1, 2)), ("B", Fraction(1, 2))])
    assert world.targets(2) == {"A": (50, 50), "B": (50, 50)}


@pytest.mark.once
def test_shares_that_make_no_whole_leave_all_with_the_principal_heir():
    world = Map([(10, 0)])
    world.found("A", 1)
    world.found("B", 1)
    world.end("U0", 1, [("A", Fraction(1, 2)), ("B", Fraction(1, 4))])
    assert world.targets(1) == {"A": (10, 10)}


@pytest.mark.once
def test_heirs_in_a_ring_do_not_hang():
    world = Map([(10, 0), (4, 0)])
    world.found("A", 1)
    world.end("U0", 1, [("A", Fraction(1, 2)), ("U1", Fraction(1, 2))])
    world.end("U1", 2, [("U0", Fraction(1, 2)), ("A", Fraction(1, 2))])
    assert world.targets(2).keys() <= {"A"}


# In the register -----------------------------------------------------------------------------------------

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

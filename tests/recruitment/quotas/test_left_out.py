"""What a figure leaves out: with what it counts, everything on record, each row under one reason. Counted again row by
row from the database, along a tree that is climbed by hand."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from committees import journal
from committees.models import Kind
from recruitment import columns
from recruitment.models import Admission, Certificate
from recruitment.quotas.explain import explain
from recruitment.quotas.left_out import MOVED_IN, REASONS
from tests import factories as make

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2012, 1, 1), date(2015, 12, 31)
MERGED, CLOSED = date(2013, 7, 1), date(2014, 4, 1)
CELLS = [f"T-{a}-{b}-{c}" for a in (1, 2) for b in (1, 2) for c in (1, 2)]
DAYS = st.dates(date(2011, 6, 1), date(2016, 6, 30))
PLANS = ("KH", "LE", "HOC")


def build():
    """Province T, plans by decision, by ceremony and of certificates. District T-2 ends in mid-term: T-1 answers for it,
    its communes move there. Cell T-1-1-2 ends later, into T-1-1-1."""
    chance = random.Random(20260701)
    first, span = date(2011, 1, 1), 6 * 365
    with journal.pen(None, "test"):
        at = make.make_province(districts=2, communes=2, cells=2)
        for code, about in zip(PLANS, ({}, {"counts_by": "ceremony"}, {"counts": "trained"}), strict=True):
            plan = make.make_plan(code, at["T"], first=FIRST, last=LAST, **about)
            make.make_quota(plan, at["T"], 50)
        for _ in range(120):
            cell, decided = chance.choice(CELLS), first + timedelta(days=chance.randrange(span))
            if cell == "T-1-1-2":
                decided = min(decided, CLOSED - timedelta(days=1))
            held = chance.choice([None, decided + timedelta(days=chance.randrange(400))])
            cancelled = decided + timedelta(days=chance.randrange(500)) if chance.random() < 0.25 else None
            arrived = decided + timedelta(days=1 + chance.randrange(400)) if chance.random() < 0.1 else None
            make.make_admission(
                at[cell], decided, ceremony_on=held, cancelled_on=cancelled, sex=chance.choice("MF"), arrived_on=arrived
            )  # fmt: skip
        for _ in range(40):
            kind = chance.choice(["awareness", "awareness", "new_member"])
            on = first + timedelta(days=chance.randrange(span))
            person = make.make_person(sex=chance.choice("MF"))
            arrived = on + timedelta(days=90) if chance.random() < 0.1 else None
            make.make_certificate(at[chance.choice(CELLS)], on, kind=kind, person=person, arrived_on=arrived)
        for code in ("T-2-1", "T-2-2"):
            make.place(at[code], Kind.GRASSROOTS_PARTY, at["T-1"], since=MERGED)
        make.end_committee(at["T-2"], MERGED, at["T-1"])
        make.end_committee(at["T-1-1-2"], CLOSED, at["T-1-1-1"])
    return at


def chain(cell, day):
    """The codes a cell's rows count for by the tree of a day: its own, or its heir's, and all above."""
    if cell == "T-1-1-2" and day >= CLOSED:
        cell = "T-1-1-1"
    commune, district = cell[:5], cell[:3]
    if district == "T-2" and day >= MERGED:
        district = "T-1"
    return {cell, commune, district, "T"}


def stands(code, day):
    return not (code == "T-2" and day >= MERGED or code == "T-1-1-2" and day >= CLOSED)


def by_hand(plan, code, on, tree_on, group):
    """(counted, {reason: count}, whole) row by row."""
    day, counts, counted, whole = min(on, LAST), {}, 0, 0
    rows = Certificate.objects.all() if plan == "HOC" else Admission.objects.all()
    for row in rows.select_related("cell", "person"):
        if code in chain(row.cell.code, tree_on) and not (row.arrived_on and row.arrived_on > on):
            whole += 1
            reason = _reason(plan, row, on, day, group)
            counted += reason is None
            if reason:
                counts[reason] = counts.get(reason, 0) + 1
    return counted, counts, whole


def _reason(plan, row, on, day, group):
    if row.arrived_on:
        return "outside"
    if plan == "HOC":
        when = other = row.issued_on
    else:
        when, other = row.decided_on, row.ceremony_on
    if plan == "LE":
        when, other = other, when
    if not (when and FIRST <= when <= day):
        if other and other != when and FIRST <= other <= day:
            return "other-day"
        when = when or other
        return "before" if when < FIRST else "after" if when > LAST else "later"
    if plan != "HOC" and row.cancelled_on and row.cancelled_on <= on:
        return "cancelled"
    if plan == "HOC" and row.kind != "awareness":
        return "other-kind"
    sex = row.person.sex if plan == "HOC" else row.sex
    return "not-group" if group and sex != "F" else None


def test_counted_and_left_out_are_everything_on_record():
    build()
    snapshot = columns.current()
    everything, seen = ["T", "T-1", "T-2", "T-1-1", "T-2-1", "T-1-1-1", "T-1-1-2", "T-2-2-1"], set()

    @settings(max_examples=120)
    @given(
        st.sampled_from(PLANS), st.sampled_from(everything), DAYS, st.integers(0, 700), st.sampled_from([None, "women"])
    )  # fmt: skip
    def one(plan, code, on, later, group):
        tree_on = on + timedelta(days=later)
        if not stands(code, tree_on):
            return
        found = explain(snapshot, plan, code, on=on, tree_on=tree_on, group=group, people=True)
        counted, counts, whole = by_hand(plan, code, on, tree_on, group)
        told = {line.reason: line.count for line in found.left_out.lines}
        assert (found.node.admitted, found.left_out.counted) == (counted, counted)
        assert told == counts
        assert counted + sum(told.values()) == whole == found.left_out.whole
        seen.update(told)

    one()
    assert seen == {reason for reason, _words in REASONS} - {MOVED_IN}, "each reason was met"


def test_a_reader_of_figures_gets_no_line_from_which_a_small_group_could_be_told():
    at = make.make_province()
    plan = make.make_plan("KH", at["T"], first=FIRST, last=LAST)
    make.make_quota(plan, at["T"], 10, group="women")
    make.make_admissions(at["T-1-1-1"], 3, FIRST, sex="F")
    make.make_admissions(at["T-1-1-1"], 9, FIRST)
    make.make_admission(at["T-1-1-1"], date(2011, 3, 3))

    def ask(people, group="women"):
        return explain(columns.current(), "KH", "T", group=group, people=people)

    plain, veiled = ask(True), ask(False)
    assert (plain.admitted, plain.percent, plain.instead) == (3, "30,00\N{NO-BREAK SPACE}%", "")
    assert (veiled.admitted, veiled.percent, veiled.instead) == (None, None, "dưới 5")
    assert [(line.reason, shown) for line, shown in veiled.lines] == [("before", True), ("not-group", False)]
    assert (veiled.moved_in, veiled.inherited) == (None, None)
    assert not ask(False, None).instead, "without a group there is nothing to hide"
    make.make_admissions(at["T-1-1-1"], 20, FIRST, sex="F")
    assert [shown for _line, shown in ask(False).lines] == [True, True]


@pytest.mark.parametrize(("men", "shown"), [(1, False), (4, False), (5, True)])
def test_nor_one_that_tells_of_the_few_outside_the_group(men, shown):
    at = make.make_province()
    make.make_plan("KH", at["T"], first=FIRST, last=LAST)
    make.make_admissions(at["T-1-1-1"], 20, FIRST, sex="F")
    make.make_admissions(at["T-1-1-1"], men, FIRST)
    found = explain(columns.current(), "KH", "T", group="women")
    assert [told for _line, told in found.lines] == [shown]
    assert (found.admitted is not None) == shown


# Whom the figure answers for ----------------------------------------------------------------------------------------


def test_committees_that_ended_are_told_with_what_they_brought():
    at = build()
    found = explain(columns.current(), "KH", "T-1", on=LAST, people=True).inherited
    told = {line.code: (line.last_day, line.count) for line in found.lines}

    def people(cells, last):
        rows = Admission.objects.filter(cell__code__in=cells, decided_on__range=(FIRST, last))
        return sum(row.cancelled_on is None or row.cancelled_on > LAST for row in rows)

    closed, merged = CLOSED - timedelta(days=1), MERGED - timedelta(days=1)
    assert told == {
        "T-1-1-2": (closed, people(["T-1-1-2"], closed)),
        "T-2": (merged, people([c for c in CELLS if c.startswith("T-2")], merged)),
    }
    assert found.total == sum(count for _day, count in told.values()) and not found.others
    heirs = {line.code: line.heir for line in found.lines}
    assert heirs == {"T-2": "Tổ chức T-1", "T-1-1-2": "Tổ chức T-1-1-1"}
    assert explain(columns.current(), "KH", "T-1-2", on=LAST).inherited is None
    assert at


def test_a_row_is_told_by_the_committee_that_ended_last():
    """A cell that ended into one of a district that then ended itself: its people came with the district."""
    at = make.make_province(districts=2, cells=2)
    make.make_plan("KH", at["T"], first=FIRST, last=LAST)
    make.make_admissions(at["T-2-1-2"], 4, FIRST)
    make.end_committee(at["T-2-1-2"], MERGED, at["T-2-1-1"])
    make.place(at["T-2-1"], Kind.GRASSROOTS_PARTY, at["T-1"], since=CLOSED)
    make.end_committee(at["T-2"], CLOSED, at["T-1"])
    found = explain(columns.current(), "KH", "T-1").inherited
    assert [(line.code, line.count) for line in found.lines] == [("T-2", 4)]
    assert found.total == explain(columns.current(), "KH", "T-1").node.admitted == 4


def test_committees_that_ended_together_are_told_by_the_one_above_them():
    """As a district and its communes did on one day: the district says it all."""
    at = make.make_province(districts=2, communes=2, cells=2)
    make.make_plan("KH", at["T"], first=FIRST, last=LAST)
    make.make_admissions(at["T-2-1-1"], 4, FIRST)
    make.make_admissions(at["T-2-2-1"], 3, FIRST)
    for code in ("T-2-1-1", "T-2-2-1", "T-2-1", "T-2-2", "T-2"):
        make.end_committee(at[code], MERGED, at["T-1-1-1" if code.count("-") == 3 else "T-1"])
    found = explain(columns.current(), "KH", "T-1").inherited
    assert [(line.code, line.count) for line in found.lines] == [("T-2", 7)]

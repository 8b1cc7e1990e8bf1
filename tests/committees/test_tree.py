"""The tree on any day, over random forests: what holds for every history, lawful or not. No database."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from committees.tree import Structure, Tree

START = date(2000, 1, 1)
SPAN = 40


def day(n):
    return START + timedelta(days=n)


@st.composite
def histories(draw, lawful=True):
    """(structure arguments, raw): up to 12 committees founded, moved, ended and inherited over 40 days.

    lawful: parents and heirs come before their children in number and time, so no rings; else anything goes.
    """
    n = draw(st.integers(1, 12))
    placements, successions, raw = [], [], []
    for i in range(n):
        cuts = sorted(draw(st.sets(st.integers(0, SPAN), min_size=1, max_size=4)))
        ends = draw(st.booleans()) and len(cuts) > 1
        others = list(range(i)) if lawful else [j for j in range(n) if j != i]
        periods = []
        for k, since in enumerate(cuts[:-1] if ends else cuts):
            until = cuts[k + 1] if k + 1 < len(cuts) else None
            founded = [j for j in others if not lawful or raw[j][0][0][0] <= since]
            parent = draw(st.sampled_from([None, *founded]))
            periods.append((since, until, parent))
            placements.append(
                (i, day(since), None if until is None else day(until), parent, "cell", f"Chi bộ {i}", "", "")
            )
        heir = draw(st.sampled_from([None, *others])) if ends else None
        if heir is not None:
            successions.append((i, heir, day(cuts[-1])))
        raw.append((periods, heir))
    # Codes in the order of the ids, so that an id is an index.
    committees = [(i, f"C{i:02}") for i in range(n)]
    return Structure(committees, placements, successions), raw


def standing(raw, i, on):
    """The period in which i stands on day number `on`, by hand."""
    return next((p for p in raw[i][0] if p[0] <= on and (p[1] is None or on < p[1])), None)


def stands_for(raw, i, on):
    """Who answers for i on the day, by the words of contracts §2: itself, else its heir, else the one above it."""
    while i is not None:
        if standing(raw, i, on):
            return i
        begun = [p for p in raw[i][0] if p[0] <= on]
        if not begun:
            return None
        i = raw[i][1] if raw[i][1] is not None else begun[-1][2]
    return None


@given(histories(), st.integers(-1, SPAN + 1))
def test_every_committee_stands_where_its_heir_stands(history, on):
    structure, raw = history
    tree = structure.at(day(on))
    for i in range(len(raw)):
        expected = stands_for(raw, i, on)
        if expected is None:
            assert tree.position[i] == -1
        else:
            assert tree.order[tree.position[i]] == expected
        assert tree.stands(i) == (standing(raw, i, on) is not None)


@given(histories(), st.integers(-1, SPAN + 1))
def test_the_parent_is_the_one_of_that_day_or_who_answers_for_it(history, on):
    structure, raw = history
    tree = structure.at(day(on))
    for p, i in enumerate(tree.order):
        above = stands_for(raw, standing(raw, i, on)[2], on)
        assert (None if tree.up[p] < 0 else tree.order[tree.up[p]]) == above


@given(histories(lawful=False), st.integers(-1, SPAN + 1))
def test_positions_are_a_preorder_whatever_the_rings(history, on):
    structure, raw = history
    tree = structure.at(day(on))
    expected = {i for i in range(len(raw)) if standing(raw, i, on)}
    assert sorted(tree.order.tolist()) == sorted(expected), "each standing committee exactly once"
    assert all(-1 <= p < len(tree) for p in tree.position)
    for p in range(len(tree)):
        assert p < tree.end[p] <= len(tree)
        assert tree.ancestors(p) == ([*tree.ancestors(tree.up[p]), tree.up[p]] if tree.up[p] >= 0 else [])
        assert tree.depth[p] == len(tree.ancestors(p))
        children = tree.children(p)
        assert children == [c for c in range(len(tree)) if tree.up[c] == p]
        assert [tree.code(c) for c in children] == sorted(tree.code(c) for c in children)
    assert tree.roots() == [p for p in range(len(tree)) if tree.up[p] < 0]


@given(
    histories(lawful=False),
    st.integers(-1, SPAN + 1),
    st.lists(st.integers(0, 11), max_size=60),
)
def test_own_and_children_make_the_total(history, on, facts):
    structure, raw = history
    tree = structure.at(day(on))
    facts = np.array([fact % len(raw) for fact in facts], np.int32)
    own = tree.count(facts)
    total = tree.roll(own)
    for p in range(len(tree)):
        assert total[p] == own[p] + sum(total[c] for c in tree.children(p))
        assert total[p] == own[p : tree.end[p]].sum()
    assert sum(total[p] for p in tree.roots()) == sum(tree.position[fact] >= 0 for fact in facts)


@given(histories(lawful=False), st.integers(-1, SPAN))
def test_days_between_changes_share_one_tree_and_it_is_the_right_one(history, on):
    structure, _ = history
    changes = {p.since for rows in structure.places for p in rows}
    changes |= {p.until for rows in structure.places for p in rows}
    changes |= {since for rows in structure.heirs.values() for since, _ in rows}
    same = day(on + 1).toordinal() not in changes
    assert (structure.at(day(on)) is structure.at(day(on + 1))) == same
    anew = Tree(structure, day(on).toordinal())
    kept = structure.at(day(on))
    for name in ("order", "position", "end", "up", "depth"):
        assert (getattr(anew, name) == getattr(kept, name)).all(), name


@given(histories())
def test_facts_never_move_out_of_a_register_whose_roots_stay(history):
    """Whoever once answers for a fact, someone answers for it ever after (invariant 2: totals agree on every tree)."""
    structure, raw = history
    founded = [min(p[0] for p in periods) for periods, _ in raw]
    for i in range(len(raw)):
        answered = [structure.at(day(on)).position[i] >= 0 for on in range(founded[i], SPAN + 2)]
        for on, (before, after) in enumerate(zip(answered, answered[1:], strict=False), start=founded[i]):
            if before and not after:
                # Only where the whole line of heirs and superiors has ended.
                assert stands_for(raw, i, on + 1) is None


def build(*rows, heirs=()):
    """Structure from (code, since, until, parent code) rows; days as numbers."""
    codes = sorted({row[0] for row in rows})
    ids = {code: k for k, code in enumerate(codes)}
    return Structure(
        [(pk, code) for code, pk in ids.items()],
        [
            (
                ids[c],
                day(a),
                None if b is None else day(b),
                None if up is None else ids[up],
                "upper",
                c,
                "",
                "",
            )
            for c, a, b, up in rows
        ],
        [(ids[old], ids[heir], day(on)) for old, heir, on in heirs],
    )


def test_heirs_that_close_a_ring_do_not_hang():
    ring = build(("A", 0, 10, None), ("B", 0, 12, None), heirs=[("A", "B", 10), ("B", "A", 12)])
    assert ring.at(day(11)).position.tolist() == [0, 0]
    assert ring.at(day(20)).position.tolist() == [-1, -1]


def test_parents_that_close_a_ring_stay_in_the_tree():
    ring = build(("A", 0, None, "B"), ("B", 0, None, "A"), ("C", 0, None, "B"))
    tree = ring.at(day(5))
    assert [tree.code(p) for p in range(len(tree))] == ["A", "B", "C"]
    assert tree.roots() == [0]


def test_a_ring_is_cut_at_the_same_place_wherever_it_is_entered():
    """A child of lower code leads into the ring at B; A still goes on top, as without the child."""
    ring = build(("A", 0, None, "B"), ("B", 0, None, "A"), ("0", 0, None, "B"))
    tree = ring.at(day(5))
    assert [tree.code(p) for p in tree.roots()] == ["A"]


def test_a_district_answered_for_by_its_own_commune_does_not_hang():
    structure = build(
        ("D", 0, 10, "P"), ("D-1", 0, None, "D"), ("D-2", 0, None, "D"), ("P", 0, None, None),
        heirs=[("D", "D-1", 10)],
    )  # fmt: skip
    tree = structure.at(day(10))
    at = structure.by_code
    assert tree.position[at["D"]] == tree.position[at["D-1"]]
    assert len(tree) == 3, "P, D-1 and D-2 stand"
    assert tree.end[tree.position[at["P"]]] == 3, "all of them still under the province"


def test_superiors_that_ended_in_a_ring_do_not_hang():
    structure = build(("A", 0, 10, "B"), ("B", 0, 10, "A"), ("C", 0, None, "A"))
    tree = structure.at(day(20))
    assert [tree.code(p) for p in tree.roots()] == ["C"]


def test_a_merger_is_followed_over_generations():
    structure = build(
        ("A", 0, 10, "P"), ("B", 0, 20, "P"), ("C", 0, None, "P"), ("P", 0, None, None),
        heirs=[("A", "B", 10), ("B", "C", 20)],
    )  # fmt: skip
    at = structure.by_code
    for on, heir in [(9, "A"), (10, "B"), (19, "B"), (20, "C"), (30, "C")]:
        tree = structure.at(day(on))
        assert tree.code(tree.position[at["A"]]) == heir


def test_without_an_act_the_one_above_answers_until_an_act_names_another():
    rows = [("A", 0, 10, "P"), ("H", 0, None, "P"), ("P", 0, None, None)]
    structure = build(*rows, heirs=[("A", "H", 15)])
    at = structure.by_code
    assert structure.at(day(12)).code(structure.at(day(12)).position[at["A"]]) == "P"
    assert structure.at(day(15)).code(structure.at(day(15)).position[at["A"]]) == "H"

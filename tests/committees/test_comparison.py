"""Two trees side by side: what is said of each committee, and that nothing that changed is left out."""

from datetime import date

from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from committees.comparison import NAMED, SINGLY, Sides
from committees.tree import Structure

DAY, EVE = date(2025, 7, 1), date(2025, 6, 30)
START = date(2000, 1, 1)


class Everywhere:
    """An access that reaches all."""

    def __init__(self, structure):
        self.structure = structure

    def may(self, right, committee_id):
        return True


def grown(parents, names=None, kinds=None, ended=(), founded=()):
    """A Structure of committees named by number. parents: {number: (before, after)}, 0 for the top; what changes does so on
    DAY."""
    placements = []
    for number, (before, after) in parents.items():
        old_name, new_name = (names or {}).get(number, (f"Tên {number}",) * 2)
        old_kind, new_kind = (kinds or {}).get(number, ("upper",) * 2)
        was = (before or None, old_kind, old_name, "", "")
        will = (after or None, new_kind, new_name, "", "")
        if number in founded:
            placements.append((number, DAY, None, *will))
        elif number in ended:
            placements.append((number, START, DAY, *was))
        elif was == will:
            placements.append((number, START, None, *was))
        else:
            placements += [(number, START, DAY, *was), (number, DAY, None, *will)]
    return Structure([(number, f"C{number:03}") for number in parents], placements, [])


def compared(structure):
    return Sides(Everywhere(structure), (structure, EVE), (structure, DAY), set(structure.codes))


def words(lines):
    return {line.code: (line.sign, line.words) for line in lines if line.sign}


def test_each_change_is_said_on_both_sides():
    structure = grown(
        {1: (0, 0), 2: (1, 1), 3: (1, 1), 4: (2, 3), 5: (2, 2), 6: (3, 3), 7: (1, 1)},
        names={5: ("Cũ", "Mới")}, kinds={6: ("grassroots_cell", "grassroots_party")}, ended={2}, founded={7},
    )  # fmt: skip
    sides = compared(structure)
    before, after = words(sides.before), words(sides.after)
    assert before["C002"] == ("cross", "kết thúc; kế thừa: Tên 1 (C001)") and "C002" not in after
    assert after["C007"] == ("plus", "mới") and "C007" not in before
    assert before["C004"] == ("ne", "chuyển về Tên 3 (C003)")
    assert after["C004"] == ("ne", "chuyển đến từ Tên 2 (C002)")
    assert before["C006"] == ("ne", "đổi loại") and after["C006"] == ("ne", "loại cũ: Chi bộ cơ sở")
    assert "đổi tên" in before["C005"][1] and "tên cũ: Cũ" in after["C005"][1]
    assert [(line.code, line.depth) for line in sides.before if not line.sign] == [("C001", 0), ("C003", 1)]
    assert sides.counts.words == (
        "1 tổ chức mới, 1 tổ chức kết thúc, 2 tổ chức đổi cấp trên, 1 tổ chức đổi tên, 1 tổ chức đổi loại"
    )


def test_many_that_go_the_same_way_are_one_line_that_names_the_first():
    many = range(10, 10 + NAMED + 5)
    structure = grown({1: (0, 0), 2: (1, 1), 3: (1, 1)} | dict.fromkeys(many, (2, 3)))
    (line,) = [line for line in compared(structure).before if line.sign]
    assert (line.name, line.words) == ("11 tổ chức", "chuyển về Tên 3 (C003)")
    assert len(line.names) == NAMED and line.rest == 5
    few = grown({1: (0, 0), 2: (1, 1), 3: (1, 1)} | dict.fromkeys(range(10, 10 + SINGLY), (2, 3)))
    assert len([line for line in compared(few).after if line.sign]) == SINGLY


def test_what_is_beyond_the_reach_is_not_named():
    structure = grown({1: (0, 0), 2: (1, 1), 3: (2, 1)})
    narrow = Everywhere(structure)
    narrow.may = lambda right, committee_id: committee_id != 1
    sides = Sides(narrow, (structure, EVE), (structure, DAY), set(structure.codes))
    told = [(line.name, line.words) for line in [*sides.before, *sides.after]]
    assert (
        not any("Tên 1" in part for pair in told for part in pair) and ("Tên 3", "chuyển về cấp trên") in told
    )


def test_what_is_not_its_own_is_not_told():
    structure = grown({1: (0, 0), 2: (1, 1), 3: (1, 2), 4: (1, 2)})
    sides = Sides(Everywhere(structure), (structure, EVE), (structure, DAY), {"C003"})
    assert words(sides.after).keys() == {"C003"} and sides.counts.moved == 1


@given(st.data())
@profile(max_examples=60)
def test_every_committee_that_changed_is_told_and_no_other(data):
    n = data.draw(st.integers(2, 12))
    parents = {
        k: (data.draw(st.integers(0, k - 1)), data.draw(st.integers(0, k - 1))) for k in range(1, n + 1)
    }
    fates = {k: data.draw(st.sampled_from(["stays", "ends", "begins"])) for k in parents}
    ended = {k for k, fate in fates.items() if fate == "ends"}
    founded = {k for k, fate in fates.items() if fate == "begins"}
    structure = grown(parents, ended=ended, founded=founded)
    sides = compared(structure)
    was, will = structure.at(EVE), structure.at(DAY)

    def above(tree, code):
        p = int(tree.position[structure.by_code[code]])
        return tree.code(tree.up[p]) if tree.up[p] >= 0 else None

    codes = {f"C{k:03}" for k in parents}
    standing = [{code for code in codes if tree.stands(structure.by_code[code])} for tree in (was, will)]
    moved = {code for code in standing[0] & standing[1] if above(was, code) != above(will, code)}
    assert sides.changed == moved | (standing[0] ^ standing[1])
    assert len(standing[0]) + sides.counts.fresh - sides.counts.ended == len(standing[1])
    for lines, there in ((sides.before, standing[0]), (sides.after, standing[1])):
        told = {line.code for line in lines if line.sign and line.code}
        gathered = sum(len(line.names) + line.rest for line in lines)
        assert len(told) + gathered == len(sides.changed & there) and told <= sides.changed

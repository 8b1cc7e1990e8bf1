"""Acts on structure: each alone, packages judged at their end, and totals that survive any of them."""

import contextlib
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from committees import journal, tree
from committees.models import Account, Committee, Mandate, Placement, Succession
from committees.reorganise import Refused, apply, found

PROVINCE, UPPER, PARTY, CELL = (
    "Đảng bộ tỉnh", "Đảng bộ cấp trên trực tiếp cơ sở", "Đảng bộ cơ sở", "Chi bộ trực thuộc",
)  # fmt: skip
START, DAY, BEFORE = date(2000, 1, 1), date(2025, 7, 1), date(2025, 6, 30)
ROWS = [
    ("T", "province", None), ("H1", "upper", "T"), ("H2", "upper", "T"), ("X1", "grassroots_party", "H1"),
    ("X2", "grassroots_party", "H1"), ("X3", "grassroots_party", "H2"), ("C11", "cell", "X1"), ("C12", "cell", "X1"),
    ("C21", "cell", "X2"), ("C31", "cell", "X3"),
]  # fmt: skip


def plant():
    with journal.pen(None, "test"):
        found(
            [
                (code, above, Placement(name=f"Tên {code}", kind=kind, since=START))
                for code, kind, above in ROWS
            ],
            lambda model, rows: model.objects.bulk_create(rows),
        )


@pytest.fixture
def planted(db):
    plant()


def act(what, code, day="01/07/2025", **more):
    names = {
        "heir": "Mã kế thừa",
        "above": "Mã cấp trên mới",
        "name": "Tên mới",
        "kind": "Loại",
        "share": "Tỷ lệ",
    }
    return {
        "Ngày": day,
        "Việc": what,
        "Mã tổ chức": code,
        **{names[name]: value for name, value in more.items()},
    }


def carry_out(*rows, by=None):
    apply(rows, by=by)


def shape(day):
    """{code: code of the one above} of the tree that day."""
    at = tree.structure().at(day)
    return {at.code(p): at.code(at.up[p]) if at.up[p] >= 0 else None for p in range(len(at))}


def place(code, day):
    return Placement.objects.standing_on(day).get(committee__code=code)


def refused(*rows, by=None):
    """The faults, after making sure that nothing was written."""
    head, placements = journal.head(), sorted(Placement.objects.values_list())
    with pytest.raises(Refused) as told:
        carry_out(*rows, by=by)
    assert journal.head() == head and sorted(Placement.objects.values_list()) == placements
    assert not Succession.objects.filter(day=DAY).exists()
    return told.value.faults


def answers_for(code, day):
    structure = tree.structure()
    return structure.codes[structure.heir(structure.by_code[code], day.toordinal())]


def test_found(planted):
    carry_out(act("Thành lập", "X9", kind="đảng bộ cơ sở", name="Đảng bộ xã Chín", above="H2"))
    assert "X9" not in shape(BEFORE) and shape(DAY)["X9"] == "H2"
    assert place("X9", DAY).name == "Đảng bộ xã Chín"


def test_rename_change_and_move_keep_what_was(planted):
    carry_out(
        act("Đổi tên", "X1", name="Đảng bộ xã Mới"),
        act("Đổi loại", "X2", kind=UPPER),
        act("Chuyển", "X2", above="T"),
        act("Chuyển", "C11", above="X3"),
    )
    assert [place("X1", day).name for day in (BEFORE, DAY)] == ["Tên X1", "Đảng bộ xã Mới"]
    assert [place("X2", day).kind for day in (BEFORE, DAY)] == ["grassroots_party", "upper"]
    assert [shape(day)["X2"] for day in (BEFORE, DAY)] == ["H1", "T"]
    assert [shape(day)["C11"] for day in (BEFORE, DAY)] == ["X1", "X3"]
    assert place("X1", DAY).search == "dang bo xa moi"


def test_merge_takes_the_children_along(planted):
    carry_out(act("Sáp nhập", "X1", heir="X2"), act("Sáp nhập", "X3", heir="X2"))
    assert {code for code, above in shape(DAY).items() if above == "X2"} == {"C11", "C12", "C21", "C31"}
    assert answers_for("X1", DAY) == answers_for("X3", DAY) == "X2" and answers_for("X1", BEFORE) == "X1"
    assert Succession.objects.get(old__code="X1").principal


def test_heirs_are_followed_through_several_acts(planted):
    carry_out(act("Sáp nhập", "X1", heir="X2"))
    carry_out(act("Sáp nhập", "X2", "01/01/2026", heir="X3"))
    assert answers_for("X1", date(2025, 12, 31)) == "X2" and answers_for("X1", date(2026, 1, 1)) == "X3"
    assert shape(date(2026, 1, 1))["C11"] == "X3"


def test_a_chain_within_one_package_in_any_order(planted):
    carry_out(act("Sáp nhập", "X1", heir="X2"), act("Sáp nhập", "X2", heir="X3"), act("Giải thể", "C11"))
    assert answers_for("X1", DAY) == answers_for("C11", DAY) == "X3"
    assert shape(DAY)["C12"] == "X3"


def test_a_chain_of_mergers_takes_the_children_along_in_any_order(planted):
    carry_out(act("Sáp nhập", "X2", heir="X3"), act("Sáp nhập", "X1", heir="X2"))
    assert {shape(DAY)[code] for code in ("C11", "C12", "C21", "C31")} == {"X3"}
    assert answers_for("X1", DAY) == answers_for("X2", DAY) == "X3"


def test_a_row_may_lean_on_what_a_later_one_founds(planted):
    founding = act("Thành lập", "X9", kind=PARTY, name="Chín", above="H1")
    assert refused(act("Đổi tên", "X9", name="Mới"), founding) == [
        "Dòng 2: tổ chức “X9” không hoạt động vào ngày 01/07/2025."
    ]
    cell = act("Thành lập", "C91", kind=CELL, name="Chi bộ 91", above="X9")
    carry_out(act("Sáp nhập", "X1", heir="X9"), cell, founding)
    assert {shape(DAY)[code] for code in ("C11", "C12", "C91")} == {"X9"}


def test_dissolve_leaves_it_to_the_one_above_or_the_one_named(planted):
    carry_out(act("Giải thể", "C11"), act("Giải thể", "C12", heir="C21"))
    assert (answers_for("C11", DAY), answers_for("C12", DAY)) == ("X1", "C21")


def test_split_with_shares_and_a_principal_heir(planted):
    carry_out(
        act("Thành lập", "X8", kind=PARTY, name="Tám", above="H1"),
        act("Chia tách", "X1", heir="X8", share="60%"),
        act("Chia tách", "X1", heir="X2", share=40),
        act("Chuyển", "C11", above="X8"),
        act("Chuyển", "C12", above="X2"),
    )
    heirs = {s.heir.code: (s.principal, float(s.share)) for s in Succession.objects.filter(old__code="X1")}
    assert heirs == {"X8": (True, 0.6), "X2": (False, 0.4)}
    assert answers_for("X1", DAY) == "X8"
    assert (shape(DAY)["C11"], shape(DAY)["C12"]) == ("X8", "X2")


def test_a_split_that_forgets_a_child_or_a_share_is_refused(planted):
    half = [
        act("Chia tách", "X1", heir="X2"),
        act("Chia tách", "X1", heir="X3"),
        act("Chuyển", "C11", above="X2"),
    ]
    [fault] = refused(act("Đổi tên", "H2", name="Hai"), *half)
    assert "C12" in fault and "X1" in fault and fault.startswith("Dòng 4:"), "told at the split"
    moved = [act("Chuyển", code, above="X2") for code in ("C11", "C12")]
    assert (
        "100%"
        in refused(
            *moved,
            act("Chia tách", "X1", heir="X2", share="60%"),
            act("Chia tách", "X1", heir="X3", share="30%"),
        )[0]
    )
    assert refused(*moved, act("Chia tách", "X1", heir="X2"), act("Chia tách", "X1", heir="X2"))


def test_hand_over_and_receive_again(planted):
    carry_out(act("Chuyển ra ngoài", "C31"))
    assert answers_for("C31", DAY) == "X3" and not Succession.objects.exists()
    carry_out(act("Sáp nhập", "C31", "01/09/2025", heir="C21"))  # an act names its heir later
    assert (answers_for("C31", date(2025, 8, 31)), answers_for("C31", date(2025, 9, 1))) == ("X3", "C21")
    carry_out(act("Chuyển ra ngoài", "C21", "01/10/2025"))
    carry_out(act("Tiếp nhận từ ngoài", "C21", "01/12/2025", kind=CELL, name="Về lại", above="X3"))
    assert shape(date(2025, 12, 1))["C21"] == "X3"
    carry_out(act("Tiếp nhận từ ngoài", "N1", kind=CELL, name="Từ ngoài", above="X3"))
    assert shape(DAY)["N1"] == "X3"
    assert any(
        "N1" in fault for fault in refused(act("Tiếp nhận từ ngoài", "N1", kind=CELL, name="x", above="X3"))
    )


def test_mandates_end_with_their_committee(planted):
    x1, x2 = Committee.objects.get(code="X1"), Committee.objects.get(code="X2")
    with journal.pen(None, "test"):
        account = Account(username="a")
        account.save()
        for committee, since, until in [
            (x1, START, None), (x1, date(2025, 7, 1), None), (x1, date(2026, 1, 1), date(2026, 6, 1)),
            (x1, date(2001, 1, 1), date(2002, 1, 1)), (x2, START, None),
        ]:  # fmt: skip
            Mandate(account=account, committee=committee, role="staff", since=since, until=until).save()
    carry_out(act("Sáp nhập", "X1", heir="X2"))
    ends = [m.until for m in Mandate.objects.filter(committee=x1).order_by("since")]
    assert ends == [DAY, date(2002, 1, 1), DAY, date(2026, 1, 1)]
    assert Mandate.objects.get(committee=x2).until is None


def test_a_package_is_judged_at_its_end_alone(planted):
    # Between the two acts a party committee stands under another: lawful only when both are done.
    carry_out(act("Chuyển", "X2", above="X3"), act("Đổi loại", "X2", kind="Đảng bộ bộ phận"))
    assert shape(DAY)["X2"] == "X3"
    [fault] = refused(act("Chuyển", "X1", "02/07/2025", above="X3"))
    assert "X1" in fault and "Đảng bộ cơ sở không được đứng dưới" in fault


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([act("Đổi tên", "KHONG", name="x")], "KHONG"),
        ([act("Sáp nhập", "X1", heir="KHONG")], "KHONG"),
        ([act("Sáp nhập", "X1", heir="X1")], "chính nó"),
        ([act("Sáp nhập", "X1", heir="X2"), act("Sáp nhập", "X2", heir="X1")], "kế thừa"),
        ([act("Sáp nhập", "X1", heir="X2"), act("Sáp nhập", "X1", heir="X3")], "không hoạt động"),
        ([act("Sáp nhập", "X1", heir="C21")], "không được đứng"),
        ([act("Giải thể", "T")], "Mã kế thừa"),
        ([act("Chuyển ra ngoài", "X1")], "không còn hoạt động"),
        ([act("Thành lập", "X1", kind=PARTY, name="x", above="H1")], "đã dùng"),
        ([act("Thành lập", "X 9", kind=PARTY, name="x", above="H1")], "1–40"),
        ([act("Thành lập", "X9", kind=PARTY, name="x", above="H1"), act("Giải thể", "X9")], "cùng một ngày"),
        ([act("Thành lập", "X9", kind=PARTY, name="x")], "trên cùng"),
        ([act("Thành lập", "X9", above="H1")], "Loại"),
        ([act("Chuyển", "H1", above="C11")], "vòng lại"),
        ([act("Chuyển", "X1")], "Mã cấp trên mới"),
        ([act("Phá", "X1")], "danh mục"),
        ([act("Đổi tên", "X1", "31/02/2025", name="x")], "31/02/2025"),
        ([act("Đổi tên", "X1", "31/12/1999", name="x")], "sau ngày"),
        ([act("Chia tách", "X1", heir="X2", share="0%")], "Tỷ lệ"),
        ([{"Việc": "Giải thể"}], "Mã tổ chức"),
    ],
)
def test_refusals_write_nothing_and_say_why(planted, rows, word):
    assert any(word in fault for fault in refused(*rows)), refused(*rows)


def test_all_faults_of_a_package_are_told_together(planted):
    told = refused(act("Phá", "X1"), act("Chuyển", "X2"), act("Thành lập", "X9"))
    assert len(told) == 4 and [line.split(" ")[1] for line in told] == ["2:", "3:", "4:", "4:"]
    told = refused(act("Đổi tên", "K1", name="x"), act("Đổi tên", "K2", name="x"))
    assert len(told) == 2


def test_a_refusal_on_the_second_day_takes_the_first_back(planted):
    refused(act("Đổi tên", "X1", name="Mới"), act("Giải thể", "X9", "01/08/2025"))
    assert place("X1", DAY).name == "Tên X1"


def test_what_changed_later_is_not_overwritten(planted):
    carry_out(act("Đổi tên", "X1", "01/01/2026", name="Mới"))
    assert "sau ngày" in refused(act("Sáp nhập", "X1", heir="X2"))[0]


def test_two_packages_of_one_day(planted):
    carry_out(act("Đổi tên", "X1", name="Một"))
    carry_out(act("Đổi tên", "X1", name="Hai"), act("Chuyển", "C11", above="X2"))
    carry_out(act("Sáp nhập", "X1", heir="X2"), act("Sáp nhập", "C11", heir="C21"))
    assert "X1" not in shape(DAY) and place("X1", BEFORE).name == "Tên X1"
    assert answers_for("C11", DAY) == "C21"


def test_an_account_reorganises_within_its_reach_alone(planted):
    with journal.pen(None, "test"):
        account = Account(username="a")
        account.save()
        Mandate(account=account, committee=Committee.objects.get(code="H1"), role="staff", since=START).save()
    assert "ngoài phạm vi" in refused(act("Sáp nhập", "X1", heir="X3"), by=account)[0]
    assert "ngoài phạm vi" in refused(act("Chuyển", "X3", above="H1"), by=account)[0]
    assert refused(act("Thành lập", "T9", kind=PROVINCE, name="x"), by=account)
    # The one above answers where no heir is named: beyond the reach it may not.
    assert "cần “Mã kế thừa”" in refused(act("Giải thể", "H1"), by=account)[0]
    carry_out(act("Sáp nhập", "X1", heir="X2"), by=account)
    assert shape(DAY)["C11"] == "X2"


def test_nothing_to_do_writes_nothing(planted):
    head = journal.head()
    carry_out()
    assert journal.head() == head


# Whatever lawful acts follow each other, the totals stay ---------------------------------------------

CELLS = ["C11", "C12", "C21", "C31"]
PARTIES = ["X1", "X2", "X3"]
deeds = st.one_of(
    st.tuples(st.just("Sáp nhập"), st.sampled_from(PARTIES), st.sampled_from(PARTIES)),
    st.tuples(st.just("Sáp nhập"), st.sampled_from(CELLS), st.sampled_from(CELLS)),
    st.tuples(st.just("Chuyển"), st.sampled_from(CELLS), st.sampled_from(PARTIES)),
    st.tuples(st.just("Chuyển"), st.sampled_from(PARTIES), st.sampled_from(["H1", "H2"])),
    st.tuples(st.just("Giải thể"), st.sampled_from([*CELLS, *PARTIES]), st.none()),
    st.tuples(st.just("Chuyển ra ngoài"), st.sampled_from(CELLS), st.none()),
)


class Totals(TestCase):
    @profile(max_examples=60)
    @given(acts=st.lists(deeds, max_size=8), counts=st.lists(st.integers(0, 50), min_size=4, max_size=4))
    def test_the_total_by_any_later_tree_is_the_total_by_the_first(self, acts, counts):
        plant()
        structure = tree.read_structure()
        facts = [structure.by_code[code] for code, n in zip(CELLS, counts, strict=True) for _ in range(n)]
        facts = np.array(facts, np.int64)
        for month, (what, code, other) in enumerate(acts, start=1):
            more = {"above" if what == "Chuyển" else "heir": other} if other else {}
            with contextlib.suppress(Refused):
                apply([act(what, code, f"01/{month:02}/2026", **more)], by=None)
        structure = tree.read_structure()
        for day in [DAY, *(date(2026, month, 1) for month in range(1, 10))]:
            at = structure.at(day)
            own = at.count(facts)
            totals = at.roll(own)
            self.assertEqual(totals[at.position[structure.by_code["T"]]], sum(counts))
            for p in range(len(at)):
                self.assertEqual(totals[p], own[p] + sum(totals[child] for child in at.children(p)))

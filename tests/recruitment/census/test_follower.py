"""Settlements in a reorganisation: heirs answer without a row rewritten; a split says where each goes; undone exactly."""

from datetime import date

import pytest

from committees import journal, reorganise
from committees.models import Coverage, Kind, Reorganisation
from recruitment import columns
from recruitment.census import settling
from recruitment.census.settlement_rows import SettlementRows
from recruitment.quotas.question import ask
from tests import factories as make

DAY, TODAY = date(2016, 7, 1), date(2016, 12, 31)


@pytest.fixture
def at(db):
    """A commune X with three cells and one settlement more than it has; a commune Y beside it."""
    with journal.pen(None, "test"):
        made = {"P": make.make_committee("P", Kind.PROVINCE)}
        made["H"] = make.make_committee("H", Kind.UPPER, made["P"])
        for code in ("X", "Y"):
            made[code] = make.make_committee(code, Kind.GRASSROOTS_PARTY, made["H"])
        for code in ("X1", "X2", "X3"):
            made[code] = make.make_committee(code, Kind.CELL, made["X"])
        make.make_settlement("T1", made["X"], "own", made["X1"])
        make.make_settlement("T2", made["X"], "shared", made["X2"])
        make.make_settlement("T3", made["X"], "shared", made["X2"])
        make.make_settlement("T4", made["X"])
    return made


def act(what, code, **said):
    names = {
        "kind": "Loại",
        "heir": "Mã kế thừa",
        "above": "Mã cấp trên mới",
        "name": "Tên mới",
        "of": "Thôn",
    }
    return {"Ngày": "01/07/2016", "Việc": what, "Mã tổ chức": code} | {names[k]: v for k, v in said.items()}


def founded(code, above="X", kind="Chi bộ trực thuộc"):
    return act("Thành lập", code, kind=kind, above=above, name=f"Tổ chức {code}")


def rows():
    return list(Coverage.objects.order_by("settlement__code", "since").values())


def told(committee="P", on=TODAY):
    snapshot = columns.current()
    found = SettlementRows(snapshot, ask(snapshot, committee, on=on)[0])
    return {row.code: (row.state, row.cell_code) for row in found.fetch(found.chosen)}


def faults(*acts):
    return " ".join(map(str, reorganise.plan(list(acts), by=None).faults))


SPLIT = [founded("X2A"), founded("X2B")]


def split(a="T2", b="T3"):
    return [*SPLIT, act("Chia tách", "X2", heir="X2A", of=a), act("Chia tách", "X2", heir="X2B", of=b)]


def test_a_merge_rewrites_nothing_and_the_heir_answers(at):
    before = rows()
    reorganise.apply([act("Sáp nhập", "X2", heir="X1")], by=None)
    assert rows() == before
    assert told() == {
        "T1": ("own", "X1"), "T2": ("shared", "X1"), "T3": ("shared", "X1"), "T4": ("none", ""),
    }  # fmt: skip


def test_a_split_cell_s_settlements_go_where_the_act_says(at):
    planned = reorganise.plan(split(), by=None)
    (moving,) = [
        one
        for one in sum((f.describe(planned, None) for f in reorganise.followers), [])
        if "Thôn" in one.title
    ]
    assert (moving.count, moving.lines) == (2, ["Thôn T2 (T2): X2A", "Thôn T3 (T3): X2B"])
    before, head = rows(), journal.head()
    record = reorganise.apply(split(), by=None)
    assert told()["T2"] == ("shared", "X2A") and told()["T3"] == ("shared", "X2B")
    assert told(on=date(2016, 6, 30))["T3"] == ("shared", "X2"), "what was is as it was"
    assert Coverage.objects.filter(since=DAY).count() == 1, "the principal heir answers by the tree"
    assert journal.head()[0] == head[0] + 1, "one entry"
    reorganise.undo(record, by=None)
    assert rows() == before
    assert Reorganisation.objects.get().state == "undone"


def test_an_heir_that_is_a_settlement_s_own_cell_is_shared_by_what_comes_to_it(at):
    make.make_settlement("T5", at["X"], "own", at["X3"])
    before = rows()
    for heir, state, others in (("X3", "shared", []), ("X1B", "own", [founded("X1B")])):
        acts = [founded("X1A"), *others, act("Chia tách", "X1", heir="X1A")]
        record = reorganise.apply([*acts, act("Chia tách", "X1", heir=heir, of="T1")], by=None)
        assert told()["T1"] == (state, heir) and told()["T5"] == ("own", "X3")
        reorganise.undo(record, by=None)
        assert rows() == before


def test_what_a_split_must_say_and_may_not(at):
    assert faults(*split()) == ""
    assert "T9" in faults(*split(b="T3;T9"))
    assert "T1" in faults(*split(b="T3;T1")), "another cell's"
    assert "chưa nêu T3" in faults(*split(b=""))
    assert "kế thừa khác" in faults(*split(a="T2;T3"))
    assert "chỉ ghi ở dòng Chia tách" in faults(act("Sáp nhập", "X2", heir="X1", of="T2"))
    alone = [founded("X1A"), founded("X1B"), *(act("Chia tách", "X1", heir=f"X1{k}") for k in "AB")]
    assert faults(*alone) == "", "the only one goes with the principal heir"
    row = settling.last_row(make.Settlement.objects.get(code="T3"))
    later = {"by": None, "committee": at["X"], "state": "none", "cell": None}
    settling.cover(row, since=date(2016, 9, 1), **later)
    assert "lần ghi sau" in faults(*split())


def test_a_split_that_says_nothing_of_settlements_leaves_them_all_with_the_principal_heir(at):
    silent = [*SPLIT, act("Chia tách", "X2", heir="X2A"), act("Chia tách", "X2", heir="X2B")]
    planned, before = reorganise.plan(silent, by=None), rows()
    assert not planned.faults
    assert [text for text in planned.warnings if "T2, T3" in text and "X2A" in text]
    assert not reorganise.plan(split(), by=None).warnings
    assert "chưa nêu T2, T3" in faults(*split(a=";", b=";")), "once the column is written it names all"
    reorganise.apply(silent, by=None)
    assert rows() == before
    assert told()["T2"] == ("shared", "X2A") and told()["T3"] == ("shared", "X2A")


def test_a_split_commune_s_settlements_follow_their_cells(at):
    acts = [
        founded("XA", "H", "Đảng bộ cơ sở"), founded("XB", "H", "Đảng bộ cơ sở"),
        act("Chuyển", "X1", above="XA"), act("Chuyển", "X2", above="XB"), act("Chuyển", "X3", above="XB"),
        act("Chia tách", "X", heir="XA"),
    ]  # fmt: skip
    assert "chưa nêu T4" in faults(*acts, act("Chia tách", "X", heir="XB", of=";"))
    planned = reorganise.plan([*acts, act("Chia tách", "X", heir="XB")], by=None)
    assert not planned.faults and [text for text in planned.warnings if "T4 đều theo XA" in text]
    before = rows()
    record = reorganise.apply([*acts, act("Chia tách", "X", heir="XB", of="T4")], by=None)
    assert set(told("XA")) == {"T1"} and set(told("XB")) == {"T2", "T3", "T4"}
    reorganise.undo(record, by=None)
    assert rows() == before


def test_a_settlement_written_since_prevents_the_undo(at):
    record = reorganise.apply(split(), by=None)
    row = settling.last_row(make.Settlement.objects.get(code="T3"))
    settling.cover(row, by=None, since=date(2017, 1, 1), committee=at["X"], state="none", cell=None)
    assert "Thôn T3 đã được ghi lại sau đó." in reorganise.prevents(record)
    with pytest.raises(reorganise.Refused):
        reorganise.undo(record, by=None)


def test_a_cell_that_moves_away_from_its_settlement_is_told(at):
    planned = reorganise.plan([act("Chuyển", "X1", above="Y")], by=None)
    assert [text for text in planned.warnings if "T1" in text and "X1" in text]
    assert not reorganise.plan([act("Chuyển", "X3", above="Y")], by=None).warnings

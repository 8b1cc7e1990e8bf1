"""The workbook of settlements against history: later days are changes, no cell is two settlements' own."""

import pytest

from committees.models import Coverage, Role
from recruitment.imports.load import load

pytestmark = pytest.mark.django_db


def row(code="X-T1", since="01/01/2010", cell="T-H1-X-1", **said):
    return {
        "Mã thôn": code, "Tên": f"Thôn {code}", "Loại": "Thôn", "Mã tổ chức": "T-H1-X", "Từ ngày": since,
        "Chi bộ": cell, **said,
    }  # fmt: skip


def spans(code="X-T1"):
    rows = Coverage.objects.filter(settlement__code=code).order_by("since")
    return [(f"{r.since:%d/%m/%Y}", r.until and f"{r.until:%d/%m/%Y}", r.state) for r in rows]


def faults(*rows, **options):
    report = load("settlements", list(rows), name="thôn", **options)
    assert report.batch is None
    return [(fault.heading, fault.wanted) for fault in report.faults]


def test_a_later_day_ends_what_stood_and_unload_opens_it_again(register, run):
    assert load("settlements", [row()], name="thôn").new == 1
    later = load("settlements", [row(since="01/07/2014", cell=None)], name="thôn")
    assert (later.new, later.changed) == (1, 0)
    assert spans() == [("01/01/2010", "01/07/2014", "own"), ("01/07/2014", None, "none")]
    assert run("unload", later.batch, "--json").json["kept"] == []
    assert spans() == [("01/01/2010", None, "own")]


def test_what_the_rows_may_not_say(register):
    load("settlements", [row(), row(since="01/07/2014", cell=None)], name="thôn")
    assert [h for h, _ in faults(row(since="01/01/2012"))] == ["Từ ngày"], "between two days"
    assert [h for h, _ in faults(row(cell=None))] == ["Từ ngày"], "not the newest any more"
    assert [h for h, _ in faults(row("X-T2", cell="T-H2-C"))] == ["Chi bộ"], "of another commune"
    assert [h for h, _ in faults(row("X-T2"))] == ["Chi bộ"], "the cell is X-T1's until 2014"
    assert load("settlements", [row("X-T2", since="01/07/2014")], name="thôn").new == 1
    two = faults(row("X-T3", cell="T-H1-X-2"), row("X-T4", cell="T-H1-X-2"))
    assert two == [("Chi bộ", "một chi bộ chưa là chi bộ riêng của thôn khác; đã là của X-T3 ở dòng 2")]
    assert [h for h, _ in faults(row("X-T5", cell=None), row("X-T5", cell=None))] == ["Từ ngày"]
    assert [h for h, _ in faults(row("X-T5", cell=None), row("X-T5", "01/01/2012", None, Loại="Bản"))] == [
        "Tên"
    ]


def test_one_file_hands_a_cell_from_one_settlement_to_another(register):
    load("settlements", [row()], name="thôn")
    given = [row(since="01/07/2014", cell=None), row("X-T2", since="01/07/2014")]
    assert load("settlements", given, name="thôn").new == 2
    assert spans("X-T2") == [("01/07/2014", None, "own")]


def test_nobody_writes_on_settlements_out_of_reach(register, give):
    load("settlements", [row()], name="thôn")
    stranger = give("huyen-hai", Role.STAFF, "T-H2")
    mine = row(since="01/07/2014", cell="T-H2-C", **{"Mã tổ chức": "T-H2"})
    assert [h for h, _ in faults(mine, actor=stranger)] == ["Mã thôn"]
    assert [h for h, _ in faults(row("X-T9"), actor=stranger)] == ["Mã tổ chức", "Chi bộ"]
    assert load("settlements", [mine | {"Mã thôn": "H2-T1"}], name="thôn", actor=stranger).new == 1

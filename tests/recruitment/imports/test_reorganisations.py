"""The workbook of acts: judged as one package, told at its cells, by whoever loads it."""

import pytest

from committees import tree
from committees.models import Headcount, Reorganisation
from committees.vietnamese import parse_day

pytestmark = pytest.mark.django_db


def act(what, code, **more):
    return {"Ngày": "01/07/2025", "Việc": what, "Mã tổ chức": code, **more}


def faults(ran):
    assert ran.code == 2 and ran.json["batch"] is None
    return [(fault["cell"], fault["wanted"]) for fault in ran.json["faults"]]


def test_a_split_by_shares_of_excel(plan, workbook, run):
    rows = [
        act("Thành lập", "T-H1-Y", **{"Loại": "Đảng bộ cơ sở", "Tên mới": "Xã Y", "Mã cấp trên mới": "T-H1"}),
        act("Thành lập", "T-H1-Z", **{"Loại": "Đảng bộ cơ sở", "Tên mới": "Xã Z", "Mã cấp trên mới": "T-H1"}),
        act("Chia tách", "T-H1-X", **{"Mã kế thừa": "T-H1-Y", "Tỷ lệ": 0.6, "Số đảng viên": 0}),
        act("Chia tách", "T-H1-X", **{"Mã kế thừa": "T-H1-Z", "Tỷ lệ": 0.4}),
        act("Chuyển", "T-H1-X-1", **{"Mã cấp trên mới": "T-H1-Z"}),
    ]
    ran = run("load", "reorganisations", workbook("reorganisations", rows, formats={"Tỷ lệ": "0%"}), "--json")
    assert (ran.code, ran.json["new"]) == (0, 5), ran.err
    at = tree.structure().at(parse_day("01/07/2025"))
    assert at.code(at.up[at.position[at.structure.by_code["T-H1-X-1"]]]) == "T-H1-Z"
    assert Headcount.objects.get(committee__code="T-H1-Y").members == 0
    assert len(Reorganisation.objects.get().acts) == 5
    # With a row more it goes on from there.
    rows.append(act("Đổi tên", "T-H1-Z", **{"Tên mới": "Xã Z mới"}))
    again = run("load", "reorganisations", workbook("reorganisations", rows), "--json")
    assert (again.json["new"], again.json["same"]) == (1, 5)
    # The first stands while the second does.
    kept = run("unload", ran.json["batch"], "--json").json
    assert kept["removed"] == 0 and "T-H1-Z" in kept["kept"][0]["why"]
    assert run("unload", again.json["batch"], "--json").json["kept"] == []
    assert run("unload", ran.json["batch"], "--json").json["removed"] == 5
    assert not Headcount.objects.exists()


def test_what_is_amiss_is_told_at_its_cell(plan, workbook, run):
    split = [act("Chia tách", "T-H1-X", **{"Mã kế thừa": "T-H1-X", "Tỷ lệ": "0%"})]
    [(cell, wanted)] = faults(run("load", "reorganisations", workbook("reorganisations", split), "--json"))
    assert cell == "I6" and "Tỷ lệ" in wanted
    rows = [act("Đổi tên", "T-H2", **{"Tên mới": "Hai"}), act("Giải thể", "T")]
    [(cell, wanted)] = faults(run("load", "reorganisations", workbook("reorganisations", rows), "--json"))
    assert cell == "D7" and "Mã kế thừa" in wanted


def test_beside_an_unreadable_cell_unknown_codes_are_told_too(plan, workbook, run):
    rows = [
        act("Phá", "T-H1"),
        act("Thành lập", "MOI", **{"Loại": "Đảng bộ cơ sở", "Tên mới": "Mới", "Mã cấp trên mới": "KHONG"}),
        act("Chuyển", "T-H1-X-1", **{"Mã cấp trên mới": "MOI"}),
    ]
    told = faults(run("load", "reorganisations", workbook("reorganisations", rows), "--json"))
    assert [cell for cell, _wanted in told] == ["C6", "G7"]


def test_within_the_reach_of_who_loads(plan, workbook, run, give):
    give("huyen", "staff", "T-H1")
    within = workbook("reorganisations", [act("Đổi tên", "T-H1-X", **{"Tên mới": "Xã mới"})])
    beyond = workbook(
        "reorganisations", [act("Đổi tên", "T-H2", **{"Tên mới": "Huyện mới"})], name="khác.xlsx"
    )
    assert faults(run("load", "reorganisations", beyond, "--as", "huyen", "--json"))
    assert run("load", "reorganisations", within, "--as", "huyen", "--json").json["new"] == 1
    give("bi-thu", "secretary", "T-H2")
    assert run("load", "reorganisations", beyond, "--as", "bi-thu", "--json").code == 2

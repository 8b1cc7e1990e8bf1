"""The official forms in a report: a corrected annex needs no code, every number is as the pages say, gaps are said."""

import json
from datetime import date
from io import BytesIO

import pytest

from committees import journal
from committees.models import Entry, Flow, Role
from recruitment import columns
from recruitment.quotas.progress import find_group
from recruitment.reports import annual_forms
from recruitment.reports.annual_forms import MERGED
from recruitment.reports.annual_report import whole
from recruitment.reports.official import TO_CONFIRM
from recruitment.rules import official_forms
from tests import factories as make
from tests.recruitment import world as worlds
from tests.recruitment.rules.test_official_forms import altered
from tests.recruitment.sheets.reports import read_pdf

from .annuals import asked, table


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def annex(tmp_path, monkeypatch):
    """Forms read from copies that may be changed: annex(file, (old, new), …)."""
    for path in official_forms.FILES.glob("*.txt"):
        altered(tmp_path, path.name)

    def change(name, *changes):
        altered(tmp_path, name, *changes)
        official_forms.read.cache_clear()
        monkeypatch.setattr(
            annual_forms, "edition", lambda code, day: official_forms.edition(code, day, tmp_path)
        )

    yield change
    official_forms.read.cache_clear()


def write_flow(committee, since=date(2015, 1, 1), until=date(2016, 1, 1), **more):
    with journal.pen(None, "test"):
        Flow(committee=committee, since=since, until=until, **more).save()


def words(sheet, column="note"):
    return {row.cells["name"]: row.cells.get(column) for row in sheet.rows}


def test_a_corrected_annex_changes_the_sheet(world, annex):
    """Other bands of ages, two rows joined, a new label, another number, a row more: no line of code."""
    before = whole(asked()).sheet("bieu_2")
    annex(
        "2A-BTCTW.txt",
        (
            "row | 1 | | 18–30 tuổi | line:age:18-30 | S",
            "row | 1 | a | Từ 18 đến 34 tuổi | line:age:18-34 | ?",
        ),
        ("row | 1 | | 31–35 tuổi | line:age:31-35 | S\n", ""),
        ("row | 1 | | 36–40 tuổi | line:age:36-40 | S", "row | 1 | b | 35–40 tuổi | line:age:35-40 | S"),
        ("row | 1 | | Học sinh | line:occupation:Học sinh | S\n", ""),
        (
            "| Sinh viên | line:occupation:Sinh viên |",
            "| Học sinh, sinh viên | line:occupation:Sinh viên + Học sinh |",
        ),
        ("row | 1 | | Kết nạp lại | - | S", "row | 1 | | Nữ | group:women | S"),
        ("| Kỳ này | Thực hiện | 2", "| Báo cáo kỳ này | Thực hiện | 2"),
    )
    sheet = whole(asked()).sheet("bieu_2")
    labels = [row.cells["name"] for row in sheet.rows]
    assert "a. Từ 18 đến 34 tuổi" in labels and "31–35 tuổi" not in labels and "Học sinh, sinh viên" in labels
    assert len(labels) == len(before.rows) - 2
    told = {row.cells["name"]: sheet.value(row, sheet.columns[1]) for row in sheet.rows}
    assert told["Nữ"] == 3 and told["II.1. Nghề nghiệp"] == told["II.2. Tuổi đời"] == 4
    assert told["a. Từ 18 đến 34 tuổi"] + told["b. 35–40 tuổi"] == 4
    assert words(sheet)["a. Từ 18 đến 34 tuổi"] == TO_CONFIRM and words(sheet)["b. 35–40 tuổi"] is None
    assert any(TO_CONFIRM in note and "Dòng ghi" in note for note in sheet.notes)
    assert sheet.columns[1].heading == "Báo cáo kỳ này"


def test_who_sees_figures_only_learns_nothing_by_another_cut(world, annex):
    """Bands other than those everybody sees would tell, beside them, of a few."""
    annex("2A-BTCTW.txt", ("line:age:18-30", "line:age:18-33"), ("line:age:31-35", "line:age:34-35"))
    report = whole(asked(people=False))
    form = table(report, "bieu_2")
    bands = [cells["now"] for row, cells in form.items() if row.startswith("line:age:")]
    assert set(bands) == {MERGED} and form["partition:age"]["now"] == 4
    assert "bieu_2b" not in {sheet.key for sheet in report.sheets}


def test_by_ethnic_group_and_religion(world):
    make.make_admission(world.at["T-1-1-1"], date(2015, 8, 8), ethnicity="  tày ", religion="Không", sex="F")
    make.make_admission(world.at["T-1-1-1"], date(2015, 8, 9), ethnicity="Tày", religion="")
    make.make_admission(world.at["T-1-1-1"], date(2015, 8, 10), ethnicity="Tày", religion="Phật giáo")
    report = whole(asked())
    sheet, form = report.sheet("bieu_2b"), table(report, "bieu_2b")
    assert form["total"]["now"] == 7 and form["total"]["women"] == 4
    assert (form["line:ethnicity:tay"]["now"], form["line:ethnicity:tay"]["women"]) == (3, 1)
    assert words(sheet, "name")["Tày"] == "Tày" and words(sheet)["Tày"] == TO_CONFIRM
    parts = [row for row in sheet.rows if row.look == "part"]
    assert [sheet.value(row, sheet.columns[1]) for row in parts] == [7, 4], "all, and those with a religion"
    group = find_group(columns.current(), "religious")
    assert group is not None and form["line:religion:cong giao"]["women"] == 3
    assert form["line:religion:phat giao"]["share"] * 7 == 1
    before = form["total"]["before"]
    assert before == sum(cells["before"] for row, cells in form.items() if row.startswith("line:ethnicity"))


def test_movement_of_members(world):
    make.make_headcount(world.at["T"], date(2014, 12, 31), 100)
    write_flow(
        world.at["T"], from_other_province=2, died=1, struck_off=3, struck_off_probationary=1, moved_out=4
    )
    report = whole(asked())
    form = table(report, "bieu_1")
    assert [form[f"flow:{name}"]["now"] for name in ("opening", "admitted", "moved_in", "increase", "decrease")] == [
        100, 4, 2, 6, 8,
    ]  # fmt: skip
    assert form["flow:closing"]["now"] == 98 and form["flow:closing"]["before"] is None
    assert form["flow:struck_off_probationary"]["now"] == 1
    sheet = report.sheet("bieu_1")
    assert sheet.headed and sheet.signs[0] == "(Ký, họ tên, số điện thoại di động và cố định)"
    assert "chưa có trong sổ" not in set(words(sheet).values())
    assert table(report, "bieu_7")["flow:moved_out"]["now"] == 4


def test_rows_over_the_edge_of_the_period_leave_its_end_open(world):
    """Written by quarters: from 15/05 on a part of the second quarter cannot be told, nor what stood before it."""
    make.make_headcount(world.at["T"], date(2014, 12, 31), 100)
    starts = [date(2015, month, 1) for month in (1, 4, 7, 10)] + [date(2016, 1, 1)]
    for since, until in zip(starts, starts[1:], strict=False):
        write_flow(world.at["T"], since, until, from_other_province=5)
    assert table(whole(asked()), "bieu_1")["flow:closing"]["now"] == 124, "100, 4 admitted, 20 came"
    halves = {"year": None, "last": date(2015, 12, 31)}
    assert table(whole(asked(since=date(2015, 4, 1), **halves)), "bieu_1")["flow:opening"]["now"] == 109
    report = whole(asked(since=date(2015, 5, 15), **halves))
    form, notes = table(report, "bieu_1"), report.sheet("bieu_1").notes
    assert (form["flow:opening"]["now"], form["flow:closing"]["now"]) == (None, None)
    assert form["flow:increase"]["now"] == 10
    assert any("Có số ghi từ 01/04/2015 đến 30/06/2015, không nằm gọn trong kỳ" in note for note in notes)
    # Counted in the middle of what was written in one: what came after it cannot be told.
    make.make_headcount(world.at["T"], date(2015, 2, 15), 102)
    report = whole(asked(since=date(2015, 4, 1), **halves))
    assert table(report, "bieu_1")["flow:opening"]["now"] is None
    said = "ngày 15/02/2015 chưa chuyển sang đầu kỳ được: có số ghi từ 01/01/2015 đến 31/03/2015"
    assert any(said in note for note in report.sheet("bieu_1").notes)
    # Where the eve is counted the opening stands, and the end is still open.
    make.make_headcount(world.at["T"], date(2015, 5, 14), 110)
    form = table(whole(asked(since=date(2015, 5, 15), **halves)), "bieu_1")
    assert (form["flow:opening"]["now"], form["flow:closing"]["now"]) == (110, None)


def test_a_sum_that_lacks_units_has_no_end_and_names_them(world):
    make.make_headcount(world.at["T"], date(2014, 12, 31), 1000)
    write_flow(world.at["T-1-1"], died=7)
    report = whole(asked())
    assert table(report, "bieu_1")["flow:closing"]["now"] is None
    notes = " ".join(report.sheet("bieu_1").notes)
    assert "1/2 đơn vị chưa báo: Tổ chức T-2; " in notes and "1/2 đơn vị báo chưa đủ: Tổ chức T-1; " in notes
    assert "Số đảng viên ngày 31/12/2014: 1.000." in outline(report), "and no number made of a part"
    # A row of a year at T-1-2 is no part of a quarter; those of its cells are, and speak for it.
    write_flow(world.at["T-1-2"], died=1)
    write_flow(world.at["T-2"], died=2)
    report = whole(asked())
    assert table(report, "bieu_1")["flow:closing"]["now"] == 1000 + 4 - 10
    assert "đơn vị" not in " ".join(report.sheet("bieu_1").notes).replace("đơn vị trực thuộc", "")
    assert "Số đảng viên ngày 31/12/2015: 994." in outline(report)
    quarter = {"year": None, "since": date(2015, 1, 1), "last": date(2015, 3, 31)}
    for code in ("T-1-1-1", "T-1-2-1", "T-2-1-1", "T-2-2-1"):
        write_flow(world.at[code], quarter["since"], date(2015, 4, 1), died=1)
    assert table(whole(asked(**quarter)), "bieu_1")["flow:closing"]["now"] == 1000 + 4 - 4


def outline(report):
    return [row.cells["text"] for row in report.sheet("de_cuong").rows]


def test_what_nobody_wrote_is_no_zero(world):
    report = whole(asked())
    form = table(report, "bieu_1")
    assert form["flow:died"]["now"] is None and form["flow:admitted"]["now"] == 4
    assert words(report.sheet("bieu_1"))["Từ trần"] == "chưa có trong sổ"
    assert any("Chưa ai ghi biến động" in note for note in report.sheet("bieu_1").notes)
    cards = words(report.sheet("bieu_7"))
    for label in ("I. Khen thưởng", "II. Huy hiệu Đảng", "Phát cho đảng viên chính thức", "Cấp lại", "Đổi"):
        assert cards[label] == "chưa có trong sổ"
    assert cards["Chuyển đi"] == f"chưa có trong sổ; {TO_CONFIRM}"


def test_recognised_in_the_period(world):
    make.make_admission(world.at["T-2-1-1"], date(2013, 12, 1), official_on=date(2014, 12, 31))
    make.make_admission(world.at["T-2-1-1"], date(2014, 3, 1), official_on=date(2015, 3, 1))
    form = table(whole(asked()), "bieu_7")
    assert (form["recognised"]["now"], form["recognised"]["before"]) == (1, 1)
    assert table(whole(asked(people=False)), "bieu_7")["recognised"]["now"] == "dưới 5"


# Form 1-BTCTW from the page of members who come and go -------------------------------------------


def test_form_1_leaves_its_page_as_the_form(client, world, tmp_path):
    make.make_headcount(world.at["T"], date(2014, 12, 31), 100)
    write_flow(world.at["T"], died=1)
    client.force_login(make.make_account("can-bo", Role.STAFF, world.at["T"]))
    asked_for = {"committee": "T", "year": 2015, "part": 0}
    page = client.get("/flows/", asked_for).content.decode()
    assert "/flows/pdf/?committee=T&amp;year=2015" in page and "/flows/xlsx/" in page
    answer = client.get("/flows/pdf/", asked_for)
    text = " ".join(" ".join(read_pdf(BytesIO(answer.getvalue()), tmp_path)).split())
    for said in (
        "ĐẢNG CỘNG SẢN VIỆT NAM", "BAN TỔ CHỨC", "BIỂU 1-BTCTW: BIẾN ĐỘNG ĐẢNG VIÊN", "4(=2*100/3)", "NGƯỜI LẬP BIỂU",
        "(Ký, họ tên, số điện thoại di động và cố định)", "TRƯỞNG BAN", "(Ký, đóng dấu)", "cuối kỳ có 103 đảng viên",
        "D. Đảng viên có đến cuối kỳ 103",
    ):  # fmt: skip
        assert said in text, said
    entry = Entry.objects.filter(chain=Entry.READS).get()
    assert (entry.about, json.loads(entry.payload)["filter"]) == ("flows", {"year": 2015, "part": 0})
    assert client.get("/flows/pdf/", {"committee": "T", "year": "x"}).status_code == 302
    assert client.get("/flows/docx/", asked_for).status_code == 404

"""The annual report in an office's hands: LibreOffice calculates the workbook anew, and every number in it is laid beside
`attainment` and `structure`; poppler reads the paper."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from committees import vietnamese
from recruitment.reports.annual_report import whole
from recruitment.reports.official import key
from recruitment.rules import official_forms
from recruitment.sheets.book import write_book
from recruitment.sheets.naming import FIGURES
from recruitment.sheets.pdf import write_pdf
from recruitment.sheets.xlsx import sheet_name
from tests import factories as make
from tests.recruitment import world as worlds
from tests.recruitment.sheets.flat import calculated
from tests.recruitment.sheets.reports import read_pdf, recalculated, written

from .annuals import asked


@pytest.fixture
def world(db):
    """The small province, with percentages that end in a half: 1 of 32 is 3,125 %."""
    found = worlds.build()
    make.make_quota(found.plan, found.at["T-2"], 32, effective_on=date(2014, 6, 1))
    make.make_quota(found.plan, found.at["T-1"], 160, effective_on=date(2014, 6, 1))
    make.make_quota(found.plan, found.at["T"], 800, effective_on=date(2014, 6, 1))
    return found


def answer(*arguments):
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def percent(value):
    """A calculated share as `attainment` writes percentages."""
    return None if value is None else f"{Decimal(repr(value)) * 100:.2f}"


def grid(told, sheet):
    """{row key: {column key: value}} of a calculated tab: its table stands where the first row's first words do."""
    cells = told[sheet.title]
    names = [column.key for column in sheet.columns]
    letters = dict(zip(names, "ABCDEFGHIJKL", strict=False))
    label = letters["name"]
    first = next(at for at in range(1, 60) if cells.get(f"{label}{at}") == sheet.rows[0].cells["name"])
    return {
        row.key: {name: cells.get(f"{letter}{first + k}") for name, letter in letters.items()}
        for k, row in enumerate(sheet.rows)
    }


def expected(said, what, name="", line=""):
    """What `structure` says of a row of the form."""
    if what in {"total", "partition"}:
        return said["total"]
    if what == "mean_age":
        return said["mean_age"]
    return said["groups"][name] if what == "group" else said[name][line]


def test_every_number_of_the_workbook(world, tmp_path):
    report = whole(asked())
    told = recalculated(written(write_book, report), tmp_path)
    attainment = answer("attainment", "--plan", "KH-2", "--committee", "T", "--on", "2015-12-31")

    summary = {row: cells["value"] for row, cells in grid(told, report.sheet("tong_hop")).items()}
    assert (
        (summary["target"], summary["admitted"])
        == (attainment["target"], attainment["admitted"])
        == (800, 27)
    )
    assert percent(summary["percent"]) == attainment["percent"] == "3.38", "27 of 800 is 3,375 %"
    assert (summary["surplus"], summary["assigned"], summary["met"]) == (
        attainment["surplus"], attainment["assigned"], attainment["met"],
    )  # fmt: skip

    units = grid(told, report.sheet("theo_don_vi"))
    for child in attainment["children"]:
        row = units[child["code"]]
        assert (row["target"], row["admitted"]) == (child["target"], child["admitted"])
        assert (percent(row["percent"]), row["surplus"]) == (child["percent"], child["surplus"])
        for column, year in (("now", 2015), ("before", 2014)):
            about = ("--from", f"{year}-01-01", "--to", f"{year}-12-31")
            assert row[column] == answer("structure", "--committee", child["code"], *about)["total"]
    assert units[":sum"]["target"] == sum(child["target"] for child in attainment["children"])
    assert units[":whole"]["target"] == attainment["target"]
    assert units[":gap"]["target"] == attainment["target"] - units[":sum"]["target"]

    form, compared = grid(told, report.sheet("bieu_2")), 0
    for column, year in (("now", 2015), ("before", 2014)):
        said = answer("structure", "--committee", "T", "--from", f"{year}-01-01", "--to", f"{year}-12-31")
        for line in official_forms.edition("2A-BTCTW", date(2015, 12, 31)).lines:
            if line.asks and line.asks[0] != "organisations":
                assert form[key(line.asks)][column] == expected(said, *line.asks), line
                compared += 1
    assert compared > 80
    for row in form.values():
        now, before = row["now"], row["before"]
        if isinstance(row["ratio"], float | int):
            assert percent(row["ratio"]) == f"{vietnamese.percent(now, before):.2f}"


def test_the_paper_says_the_headline(world, tmp_path):
    report = whole(asked())
    pages = read_pdf(written(write_pdf, report), tmp_path)
    first = " ".join(pages[0].split())
    assert " ".join(report.finding.split()) in first
    for said in ("BÁO CÁO KẾT QUẢ KẾT NẠP ĐẢNG VIÊN NĂM 2015", "27/800", "3,38 %", "ĐẢNG CỘNG SẢN VIỆT NAM"):
        assert said in first
    text = " ".join(" ".join(pages).split())
    for sheet in report.sheets:
        assert sheet.heading.upper() in text
    assert "4(=2*100/3)" in text and text.count("Châu Ro") == 1, "in 2B-BTCTW alone"


def test_every_cell_shows_what_the_page_shows(world, tmp_path):
    """Calculated and shown by LibreOffice, read from its own XML: each cell of each table says, to the last digit and
    letter, what the report's own words are; a formula comes with the value that is calculated, for who does not calculate;
    and every figure has a name that leads to it."""
    make.make_headcount(world.at["T"], date(2014, 12, 31), 1234)
    report = whole(asked())
    file = written(write_book, report)
    told, living, held = calculated(file, tmp_path), load_workbook(file), load_workbook(file, data_only=True)
    cells = figures = formulas = 0
    for sheet in filter(lambda sheet: sheet.rows, report.sheets):
        tab = sheet_name(sheet.title)
        wanted = [[plain(sheet.written(row, column)) for column in sheet.columns] for row in sheet.rows]
        rows = [[plain(text) for _, text in row] for row in told[tab]]
        first = next(k for k, row in enumerate(rows) if row[: len(sheet.columns)] == wanted[0])
        for k, row in enumerate(sheet.rows):
            assert (rows[first + k] + [""] * len(wanted[k]))[: len(wanted[k])] == wanted[k], (
                sheet.key,
                row.key,
            )
            for place, column in enumerate(sheet.columns):
                cells += 1
                figures += row.cells.get(column.key) is not None and sheet.kind(row, column) in FIGURES
                if living[tab].cell(first + k + 1, place + 1).data_type == "f":
                    formulas += 1
                    value = told[tab][first + k][place][0]
                    assert held[tab].cell(first + k + 1, place + 1).value == (value and float(value))
    assert cells > 700 and figures > 300 and formulas > 40
    names = living.defined_names
    assert sum("." in name for name in names) == figures, "each figure has one name"
    assert names["tong_hop.target.value"].attr_text == names["chi_tieu"].attr_text
    assert {"theo_don_vi.t_1.now", "bieu_1.flow_opening.now", "nhiem_ky.whole.term_now"} <= {*names}


def plain(text):
    """Spaces as a spreadsheet shows them."""
    return text.replace("\N{NO-BREAK SPACE}", " ")

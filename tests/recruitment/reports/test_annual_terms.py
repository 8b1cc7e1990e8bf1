"""A report beside the term before, and what became of the organisations meanwhile."""

from datetime import date

import pytest

from committees import journal
from committees.models import Reorganisation
from recruitment.models import Admission
from recruitment.reports.annual_report import whole
from tests import factories as make
from tests.recruitment import world as worlds

from .annuals import asked, summary_of, table
from .test_annual_sheets import FIGURES, only


@pytest.fixture
def world(db):
    return worlds.build()


def test_beside_the_term_before(world):
    """KH-2 (2014–2015) follows KH-1 (2012–2013), of which the province reported 20; one dossier of it is on record."""
    make.make_admission(world.at["T-1-1-1"], date(2012, 5, 5))
    make.make_admission(world.at["T-2-1-1"], date(2013, 8, 5))
    found = asked(on=date(2015, 6, 30))
    assert (found.term.plan.code, found.term.before.code) == ("KH-2", "KH-1")
    assert (found.term.same.first, found.term.same.last) == (date(2012, 1, 1), date(2013, 6, 30))
    report = whole(found)
    said, units = summary_of(report), table(report, "nhiem_ky")
    rows = Admission.objects.filter(cancelled_on=None)
    now = rows.filter(decided_on__range=(date(2014, 1, 1), date(2015, 6, 30))).count()
    assert (said["term_now"], said["term_same"], said["term_whole"]) == (now, 1, 2)
    assert said["term_ratio"] == now and said["term_share"] * 2 == now
    assert (units["T-1"]["term_same"], units["T-2"]["term_same"], units["T-2"]["term_whole"]) == (1, 0, 1)
    assert sum(units[code]["term_now"] for code in ("T-1", "T-2")) == units[":whole"]["term_now"]
    assert asked().term.same.last == date(2013, 12, 31)
    chart = report.sheet("nhiem_ky").chart
    assert (chart.rows, chart.values, chart.mark) == (("T-1", "T-2"), ("term_ratio",), 1)


def test_a_term_of_which_only_a_report_is_known(world):
    report = whole(asked())
    said, units = summary_of(report), table(report, "nhiem_ky")
    assert (said["term_now"], said["term_same"], said["term_whole"]) == (27, None, 20)
    notes = {row.key: row.cells["note"] for row in report.sheet("tong_hop").rows if "note" in row.cells}
    assert notes["term_whole"] == "Kế hoạch 01, theo số báo cáo" and "chưa có trong sổ" in notes["term_same"]
    assert units["T-1"]["term_whole"] is None and units[":whole"]["note"] == "theo số báo cáo"


def test_without_a_plan_of_several_years(world):
    make.make_plan("KH-16", world.at["T"], first=date(2016, 1, 1), last=date(2016, 12, 31))
    report = whole(asked(year=2016))
    assert "term_now" not in summary_of(report) and not report.sheet("nhiem_ky").rows
    assert "Không có kế hoạch nhiều năm nào" in report.sheet("nhiem_ky").empty


def test_a_plan_that_follows_none_is_laid_beside_as_many_years_before(world):
    plan = make.make_plan("KH-3", world.at["T"], first=date(2016, 1, 1), last=date(2018, 12, 31))
    report = whole(asked(year=2017))
    assert asked(year=2017).term.plan.code == plan.code
    assert asked(year=2017).term.same.first == date(2013, 1, 1)
    assert "term_whole" not in summary_of(report)
    assert "không nêu kế hoạch trước" in " ".join(report.sheet("nhiem_ky").notes)


# Reorganisations ----------------------------------------------------------------------------------


def told(report):
    found = [row.cells for row in report.sheet("sap_xep").rows]
    return {(row["name"], row["what"]): (row["day"], row["told"], row["document"]) for row in found}


def test_what_became_of_the_organisations(world):
    at, day = world.at, date(2015, 7, 1)
    make.end_committee(at["T-2"], day, at["T-1"])
    for code in ("T-2-1", "T-2-2"):
        make.place(at[code], "grassroots_party", at["T-1"], since=day)
    newer = make.make_committee("T-9", "upper", at["T"], since=date(2015, 12, 31))
    make.make_committee("T-8", "upper", at["T"], since=date(2016, 1, 1))
    make.place(at["T-1-1"], "grassroots_party", at["T-1"], name="Tổ chức mới", since=date(2015, 3, 1))
    make.place(at["T-1-2"], "grassroots_party", newer, since=date(2015, 12, 31))
    with journal.pen(None, "test"):
        Reorganisation(
            name="Sắp xếp", document="12-QĐ/TU", day=day, state=Reorganisation.State.APPLIED,
            acts=[{"Mã tổ chức": "T-2", "Việc": "Sáp nhập", "Mã kế thừa": "T-1", "Số quyết định": ""}],
        ).save()  # fmt: skip
    found = told(whole(asked()))
    assert found == {
        ("Tổ chức T-1-1", "Đổi tên"): (date(2015, 3, 1), "nay là Tổ chức mới", ""),
        ("Tổ chức T-2", "Kết thúc"): (day, "kế thừa: Tổ chức T-1", "12-QĐ/TU"),
        ("Tổ chức T-9", "Thành lập"): (
            date(2015, 12, 31),
            "Đảng bộ cấp trên trực tiếp cơ sở, thuộc Tổ chức T",
            "",
        ),
        ("Tổ chức T-1-2", "Chuyển"): (date(2015, 12, 31), "về Tổ chức T-9", ""),
    }
    below = told(whole(asked("T-9", tree_on=None)))
    assert ("Tổ chức T-2", "Kết thúc") not in below and ("Tổ chức T-1-2", "Chuyển") in below
    seen = whole(asked(sees=only("T-1", FIGURES))).sheet("sap_xep")
    assert "tổ chức ngoài phạm vi được xem" in " ".join(seen.notes)
    assert not [row for row in seen.rows if row.cells["name"] == "Tổ chức T-9"]


def test_a_period_in_which_nothing_moved(world):
    sheet = whole(asked(year=2014)).sheet("sap_xep")
    assert not sheet.rows and "Không có tổ chức nào" in sheet.empty

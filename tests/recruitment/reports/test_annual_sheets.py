"""The annual report's further sheets: form 2, small numbers hidden, dossiers, classes, organisations, persons."""

from datetime import date

import numpy as np
import pytest

from committees import journal, vietnamese
from committees.access import FIGURES, PEOPLE
from recruitment import columns
from recruitment.dashboards.structure import structure
from recruitment.models import Course
from recruitment.quotas import veil
from recruitment.quotas.breakdown import PARTITIONS
from recruitment.reports.annual import annual
from recruitment.reports.annual_forms import MERGED
from recruitment.reports.annual_report import named, whole
from recruitment.reports.official import key
from recruitment.rules import official_forms
from tests import factories as make
from tests.recruitment import world as worlds

from .annuals import LATER, asked, summary_of, table

NOT_HELD = "chưa có trong sổ"


@pytest.fixture
def world(db):
    return worlds.build()


# Form 2-BTCTW -------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2014, 2015])
def test_form_2_is_what_structure_says(world, year):
    form = table(whole(asked(year=year)), "bieu_2")
    for column, which in (("now", year), ("before", year - 1)):
        told = structure(columns.current(), "T", date(which, 1, 1), date(which, 12, 31))
        if which == 2013:
            assert form[key(("total",))][column] is None
            continue
        assert form[key(("total",))][column] == told["total"]
        for group in ("ethnic_minority", "youth_union", "business_owners"):
            assert form[key(("group", group))][column] == told["groups"][group]
        for partition in PARTITIONS:
            for line, n in told[partition].items():
                assert form[key(("line", partition, line))][column] == n
            assert form[key(("partition", partition))][column] == told["total"]
        mean = form[key(("mean_age",))][column]
        assert mean is None if told["mean_age"] is None else float(mean) == told["mean_age"]


def test_the_rows_of_form_2():
    """Every line of every partition once, in the form's order, and the parts of the public copy."""
    form = official_forms.edition("2A-BTCTW", date(2015, 12, 31))
    lines = form.asked
    assert len(lines) == len(set(lines))
    for partition, rows in PARTITIONS.items():
        assert [asks[2] for asks in lines if asks[:2] == ("line", partition)] == list(rows)
    heads = [line.number for line in form.lines if line.level == 0]
    assert heads == ["I", "II.1", "II.2", "II.3", "II.4", "II.5", "III"]


def test_what_the_register_does_not_hold_is_empty_and_says_so(world):
    sheet = whole(asked()).sheet("bieu_2")
    rows = {row.cells["name"]: row.cells for row in sheet.rows}
    for label in ("Quần chúng vi phạm chính sách KHHGĐ", "Kết nạp lại", "Phó giáo sư", "Giáo sư"):
        assert rows[label].get("now") is None and rows[label]["note"] == NOT_HELD


def test_organisations_of_the_form(world):
    form = table(whole(asked()), "bieu_2")
    assert form["organisations:grassroots_party:all"]["now"] == 4
    assert form["organisations:grassroots_party:admitted"]["now"] == 2
    assert form["organisations:grassroots_party:no_source"]["now"] == 1
    assert form["organisations:grassroots_party:no_source"]["before"] is None, "nobody kept that in 2014"
    assert form["organisations:grassroots_cell:all"]["now"] == 0


# Small numbers ------------------------------------------------------------------------------------


def test_who_sees_figures_only_learns_of_no_few(world):
    report = whole(asked(year=2015, people=False))
    assert named(report) == 0 and "danh_sach" not in {sheet.key for sheet in report.sheets}
    assert any("gộp lại" in notice for notice in report.notices)
    form, told = table(report, "bieu_2"), table(whole(asked(year=2015)), "bieu_2")
    for column in ("now", "before"):
        for partition, lines in PARTITIONS.items():
            shown = [form[key(("line", partition, line))][column] for line in lines]
            exact = [told[key(("line", partition, line))][column] for line in lines]
            numbers = [n for n in shown if n != MERGED]
            assert all(n == 0 or n >= veil.FEWEST for n in numbers)
            merged = form.get(f"merged:{partition}", {}).get(column)
            hidden = [n for said, n in zip(shown, exact, strict=True) if said == MERGED]
            assert (merged or 0) == sum(hidden) and len(hidden) != 1
            assert form[key(("partition", partition))][column] == told[key(("partition", partition))][column]
        assert form[key(("mean_age",))][column] is None
        for group in ("ethnic_minority", "youth_union"):
            said, n = form[key(("group", group))][column], told[key(("group", group))][column]
            total = told[key(("total",))][column]
            if not isinstance(said, str):
                assert said == n and (n in {0, total} or veil.FEWEST <= n <= total - veil.FEWEST)


def test_there_was_something_to_hide(world):
    form = table(whole(asked(year=2014, people=False)), "bieu_2")
    assert form[key(("line", "age", "31-35"))]["now"] == 0
    assert form[key(("line", "education", "THPT"))]["now"] == 12
    small = table(whole(asked(year=2015, people=False)), "bieu_2")
    assert small[key(("line", "age", "31-35"))]["now"] == MERGED, "four persons tell of each other"
    assert small["merged:age"]["now"] == 4


# The further sheets -------------------------------------------------------------------------------


def test_dossiers_by_step(world):
    steps = table(whole(asked()), "tien_do")
    counts = {
        stage: steps[stage]["now"] for stage in ("source", "class", "dossier", "cell", "submitted", "decided")
    }
    assert counts == {"source": 1, "class": 1, "dossier": 1, "cell": 0, "submitted": 1, "decided": 1}
    assert (steps["steps"]["now"], steps["undecided"]["now"]) == (5, 1)
    assert steps["steps"]["before"] is None, "no dossier was kept in 2014"
    assert steps["ceremonies"]["now"] == summary_of(whole(asked()))["now"]


def test_a_unit_that_follows_nobody_says_0(world):
    """The province keeps dossiers, so their absence in one unit is known."""
    report = whole(asked("T-2-2"))
    steps = table(report, "tien_do")
    assert (summary_of(report)["open"], steps["source"]["now"], steps["steps"]["now"]) == (0, 0, 0)
    assert steps["steps"]["before"] is None, "nobody in the province kept a dossier in 2014"


def test_classes_and_certificates(world):
    at = world.at
    with journal.pen(None, "test"):
        for closed in (date(2015, 5, 1), date(2014, 5, 1)):
            Course(committee=at["T-1"], name="Lớp", opened_on=closed, closed_on=closed).save()
    for day in (date(2015, 2, 1), date(2015, 3, 1), date(2014, 3, 1)):
        make.make_certificate(at["T-1-1-1"], day)
    make.make_certificate(at["T-2-1-1"], date(2015, 3, 1), kind="new_member")
    rows = table(whole(asked()), "lop")
    assert [rows["T-1"][f"awareness_{name}"] for name in ("courses", "now", "before", "ratio")] == [
        1,
        2,
        1,
        2,
    ]
    assert [rows["T-2"][f"awareness_{name}"] for name in ("courses", "now", "before")] == [0, 0, 0]
    assert rows["T-2"]["new_member_now"] == 1 and rows["T-2"]["new_member_before"] is None
    assert rows["T-2"]["new_member_courses"] is None, "no class of new members on record"
    assert rows[":whole"]["awareness_now"] == 2


def test_organisations_that_admitted_nobody(world):
    sheet = whole(asked()).sheet("chua_ket_nap")
    rows = [row.cells for row in sheet.rows if "state" in row.cells]
    assert [(row["tt"], row["name"], row["state"]) for row in rows] == [
        (1, "Tổ chức T-2-2", "không còn nguồn"),
        (2, "Tổ chức T-1-2", "ba năm liền không kết nạp"),
    ]


def test_the_nominal_list_says_the_least(world):
    report = whole(asked())
    sheet = report.sheet("danh_sach")
    assert len(sheet.rows) == named(report) == summary_of(report)["now"]
    keys = [vietnamese.name_sort_key(row.cells["name"]) for row in sheet.rows]
    assert keys == sorted(keys)
    text = " ".join(text for _, cells in sheet.lines() for _, text in cells)
    assert "Công giáo" not in text and "Châu Ro" not in text
    assert not {"ethnicity", "religion", "citizen_id"} & {column.key for column in sheet.columns}


def only(code, limited):
    """What an account sees that holds one right only in the committee of that code, all others everywhere."""
    snapshot = columns.current()
    tree, i = snapshot.tree(LATER), snapshot.structure.by_code[code]
    p = int(tree.position[i])

    def sees(right, places):
        where = tree.position[places]
        return (where >= p) & (where < tree.end[p]) if right == limited else np.ones(len(places), bool)

    return sees


def test_no_organisation_beyond_the_reader_s_reach_is_named(world):
    sheet = whole(asked(sees=only("T-1", FIGURES))).sheet("chua_ket_nap")
    assert "2 tổ chức ngoài phạm vi" in " ".join(sheet.notes)
    assert not [row.key for row in sheet.rows if row.key.startswith("T-2")]


def test_nobody_beyond_the_reader_s_reach_is_named(world):
    """As of 2015 T-2-1-1 lay under T-2; the reader of today's T-2 sees it, who sees only T-1 does not."""
    report = whole(asked(sees=only("T-1", PEOPLE)))
    total = summary_of(report)["now"]
    assert named(report) == total - 3
    assert "3 người khác ngoài phạm vi" in " ".join(report.sheet("danh_sach").notes)
    assert not {row.cells["cell"] for row in report.sheet("danh_sach").rows} - {"Tổ chức T-1-1-1"}


def test_queries_do_not_grow(world, django_assert_num_queries):
    snapshot = columns.current()
    for year in (2015, 2014):
        found = annual(snapshot, "T", year, today=LATER)
        with django_assert_num_queries(5):  # flows, names in both periods, classes, persons
            whole(found)
    with django_assert_num_queries(2):  # flows, classes
        whole(annual(snapshot, "T", 2015, today=LATER, people=False))


def test_a_cell_has_its_report_too(world):
    report = whole(asked("T-2-1-1"))
    assert [row.key for row in report.sheet("theo_don_vi").rows] == [":whole"]
    assert summary_of(report)["now"] == 3 and "organisations" not in summary_of(report)
    assert report.left == ("TỔ CHỨC T-2-1-1",) and report.signers[1] == "BÍ THƯ"

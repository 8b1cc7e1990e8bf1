"""Every figure by the organisation as it stood and by today's: the same choice on every page, files and prints say which,
totals agree, a merged unit's past is the sum of its parts, a split unit's follows its cells."""

import html
import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from committees import journal, reorganise
from committees.models import Role
from recruitment import columns
from recruitment.quotas.progress import progress
from recruitment.quotas.two_views import by_tree, offered
from recruitment.reports.annual import annual
from tests import factories as make
from tests.recruitment import world as worlds

AS_STOOD, AS_NOW = "theo tổ chức tại thời điểm", "theo tổ chức hiện nay"
TODAY = date(2026, 11, 22)
ON = "01/07/2025"
ACTS = [
    {"Ngày": ON, "Việc": "Thành lập", "Mã tổ chức": "T-3", "Loại": "Đảng bộ cấp trên trực tiếp cơ sở",
     "Tên mới": "Xã mới", "Mã cấp trên mới": "T"},
    {"Ngày": ON, "Việc": "Chia tách", "Mã tổ chức": "T-2", "Mã kế thừa": "T-3", "Tỷ lệ": "70%"},
    {"Ngày": ON, "Việc": "Chia tách", "Mã tổ chức": "T-2", "Mã kế thừa": "T-4", "Tỷ lệ": "30%"},
    {"Ngày": ON, "Việc": "Thành lập", "Mã tổ chức": "T-4", "Loại": "Đảng bộ cấp trên trực tiếp cơ sở",
     "Tên mới": "Phường mới", "Mã cấp trên mới": "T"},
    {"Ngày": ON, "Việc": "Sáp nhập", "Mã tổ chức": "T-1", "Mã kế thừa": "T-3"},
    {"Ngày": ON, "Việc": "Chuyển", "Mã tổ chức": "T-2-1", "Mã cấp trên mới": "T-4"},
    {"Ngày": ON, "Việc": "Chuyển", "Mã tổ chức": "T-2-2", "Mã cấp trên mới": "T-3"},
]  # fmt: skip
# Founded first: an act takes effect in the order of its row.
ACTS = [*ACTS[:1], *ACTS[3:4], *ACTS[1:3], *ACTS[4:]]


@pytest.fixture
def world(db):
    """T-1 (24 of 20) merges into T-3; T-2 (3 of 10) is split between T-3 (70 %, without a cell that admitted anyone) and
    T-4, to which the cell of its three goes."""
    with time_machine.travel("2026-11-22T03:00:00+00:00", tick=False):
        found = worlds.build()
        make.make_headcount(found.at["T"], date(2014, 12, 31), 500)
        reorganise.apply(ACTS, by=None)
        yield found


@pytest.fixture
def staff(client, world):
    client.force_login(make.make_account("can-bo", Role.STAFF, world.at["T"]))
    return client


def shown(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(answer.content.decode())).split())


def test_totals_agree_and_the_past_is_that_of_its_parts(world):
    snapshot = columns.current()
    stood = progress(snapshot, "KH-2", "T", on=worlds.LAST)
    now = progress(snapshot, "KH-2", "T", on=worlds.LAST, tree_on=TODAY)
    assert stood.node.as_json() == now.node.as_json()
    assert [(row.code, row.admitted, row.goal) for row in stood.children] == [("T-1", 24, 20), ("T-2", 3, 10)]
    assert [(row.code, row.admitted, row.goal) for row in now.children] == [("T-3", 24, 27), ("T-4", 3, 3)]


def test_the_year_by_either_view(world):
    snapshot = columns.current()
    stood, now = (annual(snapshot, "T", 2015, today=TODAY, tree_on=tree) for tree in (None, TODAY))
    assert (stood.now.total, stood.before.total) == (now.now.total, now.before.total)
    assert [stood.tree.code(p) for p in stood.children] == ["T-1", "T-2"]
    assert [now.tree.code(p) for p in now.children] == ["T-3", "T-4"]
    assert sum(now.now.at(p) for p in now.children) == stood.now.total
    assert (stood.view, now.view) == (AS_STOOD, AS_NOW)


PAGES = [
    ("dashboard", ["T"], {"plan": "KH-2"}),
    ("report-annual", ["T"], {"year": 2015}),
    ("unit-targets", [], {"committee": "T", "on": "2015-12-31"}),
    ("plan", ["KH-2"], {}),
    ("explanation", [], {"committee": "T", "plan": "KH-2"}),
    ("unit-list", [], {"committee": "T", "plan": "KH-2"}),
    ("quota-list", [], {"committee": "T", "plan": "KH-2"}),
    ("admission-list", [], {"committee": "T", "plan": "KH-2"}),
    ("candidacy-list", [], {"committee": "T", "on": "2015-12-31"}),
    ("certificate-register", [], {"committee": "T", "on": "2015-12-31"}),
    ("idle-list", [], {"committee": "T", "on": "2016-12-31"}),
    ("sourceless-list", [], {"committee": "T", "on": "2016-12-31"}),
    ("change-list", [], {"committee": "T", "plan": "KH-2"}),
]


@pytest.mark.once
@pytest.mark.parametrize(("name", "parts", "asked"), PAGES, ids=[name for name, *_ in PAGES])
def test_every_page_of_a_day_has_the_choice_and_says_which(staff, name, parts, asked):
    for tree, words in (({}, AS_STOOD), ({"tree_on": "now"}, AS_NOW)):
        answer = staff.get(reverse(f"recruitment:{name}", args=parts), asked | tree)
        page = html.unescape(answer.content.decode())
        assert answer.status_code == 200 and 'name="tree_on"' in page
        assert "Theo tổ chức tại thời điểm</option>" in page and "Theo tổ chức hiện nay</option>" in page
        assert words in shown(answer), f"{name} says which view it is"


def test_the_years_of_a_plan_by_either_view(staff, world):
    plan = make.make_plan("NK", world.at["T"], first=date(2011, 1, 1), last=date(2015, 12, 31))
    make.make_quota(plan, world.at["T-1"], 5, per_year=True)
    where = reverse("recruitment:plan-years", args=["NK"])
    assert "Tổ chức T-1" in shown(staff.get(where)) and AS_STOOD in shown(staff.get(where))
    now = staff.get(where, {"tree_on": "now"})
    assert "Xã mới" in shown(now) and AS_NOW in shown(now)
    assert [line.term.goal for line in now.context["lines"]] == [25, None]


def first_line(answer):
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    return sheet["A1"].value


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("units", {"committee": "T", "plan": "KH-2"}), ("quotas", {"committee": "T", "plan": "KH-2"}),
        ("admissions", {"committee": "T", "plan": "KH-2"}), ("targets", {"plan": "KH-2"}),
        ("alltargets", {"committee": "T", "on": "2015-12-31"}), ("idle", {"committee": "T", "on": "2016-12-31"}),
    ],
)  # fmt: skip
def test_files_say_which_view_they_are(staff, name, asked):
    for tree, words in (({}, AS_STOOD), ({"tree_on": "now"}, AS_NOW)):
        answer = staff.get(reverse("recruitment:list-export", args=[name, "xlsx"]), asked | tree)
        line = first_line(answer).lower()
        assert line.count("theo tổ chức") == 1 and words in line


def test_the_units_of_a_dashboard_and_the_report_as_files(staff):
    for tree, words in (({}, AS_STOOD), ({"tree_on": "now"}, AS_NOW)):
        answer = staff.get(
            reverse("recruitment:children-export", args=["xlsx"]), {"committee": "T", "plan": "KH-2"} | tree
        )
        assert words in first_line(answer)
        answer = staff.get(
            reverse("recruitment:report-annual-file", args=["T", "xlsx"]), {"year": 2015} | tree
        )
        sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
        assert any(words in str(cell.value) for row in sheet.iter_rows(max_row=8) for cell in row)


def test_one_that_ended_leads_to_those_who_answer_for_it(staff, client, world):
    for name, parts, asked in (
        ("dashboard", ["T-2"], {"plan": "KH-2"}), ("report-annual", ["T-2"], {"year": 2015}),
        ("unit-targets", [], {"committee": "T-2", "on": "2015-12-31"}),
        ("admission-list", [], {"committee": "T-2", "plan": "KH-2"}),
        ("explanation", [], {"committee": "T-2", "plan": "KH-2"}),
    ):  # fmt: skip
        answer = staff.get(reverse(f"recruitment:{name}", args=parts), asked | {"tree_on": "now"})
        said = shown(answer)
        assert "Tổ chức này đã kết thúc" in said and "30/06/2025, kế thừa: T-3, T-4" in said, name
        links = re.findall(
            r'<a class="btn btn-2" href="([^"]*)">Xem (.*?), tổ chức', html.unescape(answer.content.decode())
        )
        assert [called for _, called in links] == ["Xã mới", "Phường mới"], name
        for address, _called in links:
            assert staff.get(address).status_code == 200, address
    account = make.make_account("phuong", Role.STAFF, world.at["T-2"], until=date(2030, 1, 1))
    client.force_login(account)
    answer = client.get(reverse("recruitment:dashboard", args=["T-2"]), {"tree_on": "now", "plan": "KH-2"})
    assert "Phường mới, tổ chức" not in shown(answer), "who may not see an heir is not led there"


def test_a_plan_of_one_that_ended_is_told_by_its_heir(staff, world):
    make.make_plan("RIENG", world.at["T-1"], first=date(2014, 1, 1), last=date(2015, 12, 31))
    answer = staff.get(reverse("recruitment:plan", args=["RIENG"]), {"tree_on": "now"})
    assert "số ở đây là của Xã mới, tổ chức kế thừa" in shown(answer)


def test_what_cannot_be_read_is_told(staff):
    answer = staff.get(
        reverse("recruitment:report-annual", args=["T"]), {"year": 2015, "tree_on": "2014-01-01"}
    )
    assert answer.status_code == 400 and "không được trước ngày tính" in shown(answer)
    answer = staff.get(reverse("recruitment:unit-targets"), {"committee": "T", "tree_on": "x"})
    assert answer.status_code == 400 and "Cây tổ chức" in shown(answer)


@pytest.mark.once
def test_by_a_day_of_its_own():
    on = date(2015, 12, 31)
    assert by_tree(on, date(2020, 1, 1), TODAY) == "theo tổ chức ngày 01/01/2020"
    assert by_tree(TODAY, TODAY, TODAY) == AS_STOOD
    assert [value for value, _words in offered("2020-01-01")] == ["", "now", "2020-01-01"]
    assert offered("x")[-1] == ("x", "Theo tổ chức ngày x")


def test_a_read_is_journalled_with_its_view(staff):
    staff.get(reverse("recruitment:report-annual-file", args=["T", "xlsx"]), {"year": 2015, "tree_on": "now"})
    entry = journal.Entry.objects.filter(deed="export").order_by("-number").first()
    assert TODAY.isoformat() in entry.payload

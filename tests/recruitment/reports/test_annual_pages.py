"""The annual report in the browser: the page, the files, who may have them, what the journal remembers."""

import io
import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from committees import deeds
from committees.models import Entry
from recruitment import columns
from recruitment.reports.annual_report import FURTHER
from tests import factories as make
from tests.recruitment import world as worlds

PAGE, XLSX = "/reports/annual/T/", "/reports/annual/T/xlsx/"


@pytest.fixture
def world(db):
    found = worlds.build()
    found.people = worlds.people(found)
    return found


@pytest.fixture
def staff(client, world):
    client.force_login(world.people["staff"])
    return client


def text_of(response):
    return " ".join(response.content.decode().replace("&quot;", '"').split())


def book(response):
    assert response.status_code == 200
    return load_workbook(io.BytesIO(response.getvalue()))


def reads():
    return Entry.objects.filter(chain=Entry.READS)


def test_the_page_says_the_year_and_opens_its_lists(staff):
    page = staff.get(PAGE, {"year": 2015})
    text = text_of(page)
    assert "<h1>Báo cáo năm 2015</h1>" in text and "Năm 2015 kết nạp 4 đảng viên" in text
    assert "27/30, đạt 90,00\N{NO-BREAK SPACE}%" in re.sub(r"<[^>]+>", "", page.content.decode())
    assert "/reports/annual/T/xlsx/?year=2015" in text and "/reports/annual/T/pdf/?year=2015" in text
    assert '<a href="/reports/annual/T-1/?year=2015">Tổ chức T-1</a>' in text
    assert not reads().exists(), "figures alone are no personal data"


@pytest.mark.parametrize("what", ["now", "before", "admitted"])
def test_a_number_opens_as_many(staff, what):
    """Every linked number of a column holds as many persons as it says."""
    page = staff.get(PAGE, {"year": 2015}).content.decode()
    units = page[page.index('id="theo_don_vi"') :]
    wanted = {"now": "on=2015-12-31&amp;committee", "before": "on=2014-12-31", "admitted": "plan=KH-2"}[what]
    links = re.findall(r'<a class="n" href="(/admissions/[^"]+)">([\d.]+)</a>', units)
    found = [(address.replace("&amp;", "&"), int(n)) for address, n in links if wanted in address]
    assert len(found) >= 2
    for address, n in found:
        assert staff.get(address).context["page"].count == n


def test_a_quarter_opens_its_lists_and_files(staff):
    days = {"since": "2015-01-01", "last": "2015-03-31"}
    page = staff.get(PAGE, days)
    text = text_of(page)
    assert "<h1>Báo cáo quý I năm 2015</h1>" in text and 'aria-current="page">Quý I/2015' in text
    assert "/reports/annual/T/xlsx/?since=2015-01-01&amp;last=2015-03-31" in text
    links = re.findall(r'<a class="n" href="(/admissions/[^"]+decided_from[^"]+)">([\d.]+)</a>', text)
    assert len(links) >= 3
    for address, n in links:
        assert staff.get(address.replace("&amp;", "&")).context["page"].count == int(n)
    answer = staff.get(XLSX, days)
    assert answer["Content-Disposition"].endswith('"bao-cao-ky-2015-01-01-den-2015-03-31-t.xlsx"')
    assert json.loads(reads().last().payload)["filter"] == {**days, "plan": "KH-2"}


def test_the_first_year_shown_is_the_plan_s_last(staff):
    assert "<h1>Báo cáo năm 2015</h1>" in text_of(staff.get(PAGE))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"year": "20xx"}, "Tìm thấy “20xx”. Cần một năm từ 1930"),
        ({"year": "2999"}, "Tìm thấy “2999”"),
        ({"since": "1/1/2015"}, "Một kỳ khác năm cần cả ngày đầu và ngày cuối"),
        ({"since": "1/1/2015", "last": "31/2/2015"}, "Tìm thấy “31/2/2015”"),
        ({"year": "2015", "plan": "KH-1"}, "không có ngày nào trong năm 2015"),
        ({"year": "2015", "plan": "LA"}, "Không có lựa chọn “LA” ở đây"),
    ],
)
@pytest.mark.parametrize("where", [PAGE, XLSX])
def test_what_cannot_be_answered_says_why(staff, where, asked, words):
    page = staff.get(where, asked)
    assert page.status_code == 400 and words in text_of(page) and "<title>Lỗi:" in text_of(page)
    assert not reads().exists()


def test_the_workbook_is_sent_and_journalled(staff, world):
    answer = staff.get(XLSX, {"year": 2015})
    tabs = book(answer).sheetnames
    assert "Danh sách trích ngang" in tabs and "Cơ cấu (2A-BTCTW)" in tabs
    assert answer["Content-Disposition"] == 'attachment; filename="bao-cao-nam-2015-t.xlsx"'
    assert "no-store" in answer["Cache-Control"]
    entry = reads().get()
    assert (entry.deed, entry.about, entry.committee, entry.actor) == (
        "export", "annual", world.at["T"], world.people["staff"],
    )  # fmt: skip
    said = json.loads(entry.payload)
    assert said == {"form": "xlsx", "filter": {"year": 2015, "plan": "KH-2"}, "count": 4}
    assert str(deeds.word("export")) != "export" and deeds.concerned("annual") != "annual"


def test_the_paper_is_sent(staff):
    answer = staff.get("/reports/annual/T/pdf/", {"year": 2015})
    assert answer["Content-Type"] == "application/pdf" and answer.getvalue().startswith(b"%PDF-")
    assert json.loads(reads().get().payload)["form"] == "pdf"


def test_who_sees_figures_only_gets_no_names(client, world):
    client.force_login(world.people["standing"])
    page = text_of(client.get(PAGE, {"year": 2015}))
    assert "gộp lại" in page and "/admissions/" not in page
    found = book(client.get(XLSX, {"year": 2015}))
    assert "Danh sách trích ngang" not in found.sheetnames
    words = {str(cell.value) for sheet in found for row in sheet.iter_rows() for cell in row}
    assert not [word for word in words if "Nguyễn Văn Thử" in word]
    assert json.loads(reads().get().payload)["count"] == 0


def test_the_door(client, world):
    """Charlie, of the other district: what the standing committee of the province may open does not exist here."""
    client.force_login(world.people["district"])
    assert client.get("/reports/annual/T-2/", {"year": 2015}).status_code == 200
    for where in (PAGE, XLSX, "/reports/annual/T-1/", "/reports/annual/T-1/pdf/", "/reports/annual/KHONG/"):
        assert client.get(where, {"year": 2015}).status_code == 404
    assert client.get("/reports/annual/T-2/odt/", {"year": 2015}).status_code == 404
    page = book(client.get("/reports/annual/T-2/xlsx/", {"year": 2015}))["Danh sách trích ngang"]
    cells = {cell.value for row in page.iter_rows() for cell in row}
    assert "Tổ chức T-2-1-1" in cells and "Tổ chức T-1-1-1" not in cells


def test_queries_do_not_grow(staff, world):
    def cost(where):
        staff.get(where, {"year": 2015})
        columns.current()
        with CaptureQueriesContext(connection) as caught:
            staff.get(where, {"year": 2015})
        return len(caught)

    few = cost(PAGE), cost(XLSX)
    make.make_admissions(world.at["T-2-1-1"], 3, date(2015, 6, 1))
    make.make_committee("T-3", "upper", world.at["T"])
    assert (cost(PAGE), cost(XLSX)) == few


def test_a_name_that_begins_as_a_formula_stays_a_name(staff, world):
    make.make_admission(world.at["T-2-1-1"], date(2015, 8, 1), full_name="=HYPERLINK(1)")
    sheet = book(staff.get(XLSX, {"year": 2015}))["Danh sách trích ngang"]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=HYPER")]
    assert cell.data_type == "s"


@pytest.mark.parametrize("key", list(FURTHER))
def test_every_sheet_is_a_page(staff, world, key):
    """The page shows what the files hold, and its numbers open their lists."""
    make.make_certificate(world.at["T-1-1-1"], date(2015, 3, 1))
    page = staff.get(PAGE, {"year": 2015, "sheet": key})
    text = text_of(page)
    sheet = next(sheet for sheet in page.context["page"].report.sheets)
    assert sheet.key == key and sheet.heading in text and 'aria-current="page"' in text
    assert sheet.rows or sheet.empty in text
    links = re.findall(r'<a class="n" href="(/admissions/[^"]+)">([\d.]+)</a>', page.content.decode())
    assert len(links) >= {"bieu_2": 12, "bieu_1": 1, "nhiem_ky": 2}.get(key, 0)
    for address, n in links:
        assert staff.get(address.replace("&amp;", "&")).context["page"].count == int(n), address


def test_forms_that_tell_of_persons_stay_with_who_may_see_them(client, world):
    client.force_login(world.people["standing"])
    page = client.get(PAGE, {"year": 2015, "sheet": "bieu_2b"})
    assert not page.context["page"].report.sheets and "2B-BTCTW" not in text_of(page)
    assert "/admissions/" not in client.get(PAGE, {"year": 2015, "sheet": "bieu_2"}).content.decode()

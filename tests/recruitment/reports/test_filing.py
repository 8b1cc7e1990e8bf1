"""Long lists as files made in the background: the rows of the page, one's own, as long as one's reach is what it was, and
a week; no cell of any file is run by who opens it."""

import csv
import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from committees import access as door
from committees import accounts, journal
from committees.models import Entry, Kind, Mandate, Role
from committees.vietnamese import today
from recruitment import columns, jobs
from recruitment.models import Job, PreparedFile
from recruitment.reports import annual_page, filing
from recruitment.reports.catalogue import PREPARED
from tests import factories as make
from tests.recruitment import world as worlds


@pytest.fixture
def world(db, monkeypatch):
    monkeypatch.setattr(filing, "LONG", 10)
    return worlds.build()


@pytest.fixture
def people(world):
    return worlds.people(world)


def content(answer):
    assert answer.status_code == 200, answer
    return b"".join(answer.streaming_content)


def asked(client, form="csv", **params):
    """The page that an export of the admissions leads to."""
    answer = client.get(f"/exports/admissions.{form}", params)
    assert answer.status_code == 302, "long enough"
    return answer.url


def fetched(client, page):
    return client.get(f"{page}fetch/")


def test_a_long_list_is_made_meanwhile_and_fetched_by_who_asked(client, world, people):
    client.force_login(people["staff"])
    page = asked(client, committee="T-1", q="thử")
    assert asked(client, committee="T-1", q="thử") == page, "two clicks ask once"
    assert client.get(page).context["ready"] is False and fetched(client, page).status_code == 404
    reads = Entry.objects.filter(chain=Entry.READS).count()
    jobs.drain()
    assert Entry.objects.filter(chain=Entry.READS).count() == reads, "nobody has read it yet"
    shown = client.get(page)
    assert shown.context["may"] and f"{page}fetch/" in shown.content.decode()
    job = Job.objects.get(kind=filing.KIND)
    assert (job.state, job.done, job.total, job.result["count"]) == ("done", 24, 24, 24)
    answer = fetched(client, page)
    rows = list(csv.reader(io.StringIO(content(answer).decode("utf-8-sig")), delimiter=";"))
    listed = client.get(reverse("recruitment:admission-list"), {"committee": "T-1", "q": "thử"}).context[
        "page"
    ]
    assert len(rows) == listed.count + 1 == 25 and rows[1][0] == listed.window.records[0].person.full_name
    entry = Entry.objects.filter(chain=Entry.READS, deed="export").get()
    said = json.loads(entry.payload)
    assert (entry.about, entry.committee.code, said["count"], said["filter"]) == (
        "admissions",
        "T-1",
        24,
        {"q": "thử"},
    )
    name = answer["Content-Disposition"]
    assert f"nguoi-duoc-ket-nap-t-1-{today()}-theo-to-chuc-tai-thoi-diem.csv" in name, (
        "a .csv tells its view by its name"
    )
    assert page in client.get(reverse("recruitment:file-list")).content.decode()


def test_a_short_list_comes_at_once(client, world, people):
    client.force_login(people["staff"])
    assert content(client.get("/exports/admissions.csv", {"committee": "T-2"})) and not Job.objects.exists()


@pytest.mark.parametrize("change", ["mandate", "account", "narrower", "moved", "none"])
def test_withdrawn_rights_leave_nothing_to_fetch(client, world, people, change):
    client.force_login(people["district"])
    other = make.make_admissions(world.at["T-2-1-1"], 12, date(2015, 5, 4))
    page = asked(client)
    jobs.drain()
    assert client.get(page).context["may"]
    mandate = Mandate.objects.get(account=people["district"])
    if change == "mandate":
        accounts.end_mandate(mandate, by=None, on=today())
    elif change == "account":
        accounts.close(people["district"], by=None)
    elif change == "narrower":
        accounts.end_mandate(mandate, by=None, on=today())
        make.make_mandate(people["district"], Role.STAFF, world.at["T-2-1"])
    elif change == "moved":
        make.place(world.at["T-2-1"], Kind.GRASSROOTS_PARTY, world.at["T-1"], since=today())
    reads = journal.heads()["reads"]
    answer = fetched(client, page)
    if change == "none":
        assert len(content(answer).splitlines()) == len(other) + 3 + 1
        return
    assert answer.status_code in {302, 403} and "streaming_content" not in vars(answer), "refused"
    assert journal.heads()["reads"] == reads
    assert change == "account" or client.get(page).context["may"] is False


@pytest.mark.parametrize("change", ["mandate", "account", "none"])
def test_rights_withdrawn_before_it_is_made_leave_no_file(client, world, people, change):
    client.force_login(people["staff"])
    page = asked(client)
    if change == "mandate":
        accounts.end_mandate(Mandate.objects.get(account=people["staff"]), by=None, on=today())
    elif change == "account":
        accounts.close(people["staff"], by=None)
    jobs.drain()
    assert PreparedFile.objects.exists() == (change == "none")
    assert change == "account" or client.get(page).context["may"] == (change == "none")
    assert Job.objects.get(kind=filing.KIND).state == Job.State.DONE


def test_nobody_sees_another_account_s_file(client, world, people):
    client.force_login(people["staff"])
    page = asked(client)
    jobs.drain()
    for account in (people["district"], make.make_account("hai", Role.STAFF, world.at["T"])):
        client.force_login(account)
        assert client.get(page).status_code == fetched(client, page).status_code == 404
        assert page not in client.get(reverse("recruitment:file-list")).content.decode()


def test_a_file_goes_after_a_week_without_the_register_read_anew(client, world, people, monkeypatch):
    client.force_login(people["staff"])
    page = asked(client)
    jobs.drain()
    assert filing.due(timezone.now()) == []
    later = timezone.now() + filing.KEPT + timedelta(minutes=1)
    (job,) = filing.due(later)
    whole = journal.head()[2]
    monkeypatch.setattr(timezone, "now", lambda: later)
    client.force_login(people["staff"])
    assert client.get(page).status_code == fetched(client, page).status_code == 404
    filing.sweep(job)
    assert bytes(PreparedFile.objects.get().content) == b"" and filing.due(later) == []
    assert journal.head()[2] == whole


def report_asked(client, form, where="T"):
    answer = client.get(f"/reports/annual/{where}/{form}/", {"year": 2015})
    assert answer.status_code == 302, "long enough"
    return answer.url


@pytest.mark.parametrize("form", ["xlsx", "pdf", "docx"])
def test_a_long_report_is_made_meanwhile(client, world, people, monkeypatch, form):
    """No request waits for it; what is fetched is told as what is sent at once: how many persons it names."""
    client.force_login(people["staff"])
    address = f"/reports/annual/T/{form}/"
    assert client.get(address, {"year": 2015}).status_code == 200
    at_once = Entry.objects.filter(chain=Entry.READS).latest("number")
    monkeypatch.setattr(annual_page, "LONG", 3)
    assert "Yêu cầu tệp PDF" in client.get("/reports/annual/T/", {"year": 2015}).content.decode()
    page = report_asked(client, form)
    assert report_asked(client, form) == page and fetched(client, page).status_code == 404
    assert "Đang làm tệp báo cáo" in client.get(page).content.decode()
    jobs.drain()
    job = Job.objects.get(kind=filing.KIND)
    assert job.state == job.State.DONE and job.done == job.total > 4, "it told how far it was"
    assert Entry.objects.filter(chain=Entry.READS).latest("number") == at_once, "nobody has read it yet"
    assert "4 người có tên" in client.get(page).content.decode()
    answer = fetched(client, page)
    assert content(answer)[:4] == {"pdf": b"%PDF"}.get(form, b"PK\3\4")
    assert f'filename="bao-cao-nam-2015-t.{form}"' in answer["Content-Disposition"]
    entry = Entry.objects.filter(chain=Entry.READS).latest("number")
    told = [(e.deed, e.about, e.committee, json.loads(e.payload)) for e in (at_once, entry)]
    assert entry != at_once and told[0] == told[1] and told[0][3]["count"] == 4


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_report_goes_with_the_right_to_it(client, world, people, monkeypatch, when):
    monkeypatch.setattr(annual_page, "LONG", 0)
    client.force_login(people["district"])
    assert client.get("/reports/annual/T/pdf/", {"year": 2015}).status_code == 404
    page = report_asked(client, "pdf", "T-2")
    if when == "after":
        jobs.drain()
        assert client.get(page).context["may"]
    accounts.end_mandate(Mandate.objects.get(account=people["district"]), by=None, on=today())
    jobs.drain()
    assert PreparedFile.objects.exists() == (when == "after")
    reads = journal.heads()["reads"]
    assert fetched(client, page).status_code == (403 if when == "after" else 404)
    assert journal.heads()["reads"] == reads


def test_a_long_report_for_figures_alone_names_nobody(client, world, people, monkeypatch):
    monkeypatch.setattr(annual_page, "LONG", 0)
    client.force_login(people["standing"])
    page = report_asked(client, "docx")
    jobs.drain()
    with zipfile.ZipFile(io.BytesIO(content(fetched(client, page)))) as package:
        said = package.read("word/document.xml").decode()
    assert "Nguyễn Văn Thử" not in said and "2B-BTCTW" not in said
    assert json.loads(Entry.objects.filter(chain=Entry.READS).latest("number").payload)["count"] == 0


def test_a_worker_that_lost_its_job_leaves_no_second_file(world, people):
    job = make.make_file(people["staff"], "admissions")
    (kept,) = PreparedFile.objects.values_list("pk", flat=True)
    filing.make(job, PREPARED)
    assert [file.pk for file in PreparedFile.objects.all()] == [kept]
    fresh = make.background.ask(filing.KIND, by=people["staff"], args=job.args)
    with journal.pen(None, "test"):
        Job.objects.filter(pk=fresh.pk).update(attempts=2)
    filing.make(fresh, PREPARED)
    assert not PreparedFile.objects.filter(job=fresh).exists()


def test_the_reach_is_what_a_mandate_opens(world, people):
    columns.current()
    told = {name: door.Access(account).mark() for name, account in people.items()}
    assert len(set(told.values())) == len(told)
    assert told["district"] == door.Access(people["district"]).mark()


HOSTILE = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    '=HYPERLINK("http://x")',
    " =cmd|' /C calc'!A0",
    "＝1+1",
]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_of_a_file_is_a_formula(client, world, people, form):
    """Read back by a library that did not write it: openpyxl, and the bare XML."""
    for k, words in enumerate(HOSTILE):
        who = make.make_person(f"Nguyễn {k}", occupation=words)
        make.make_admission(world.at["T-2-2-1"], date(2015, 5, 4), person=who)
    client.force_login(people["staff"])
    answer = client.get(f"/exports/admissions.{form}", {"committee": "T-2-2", "columns": "occupation"})
    data = content(answer)
    if form == "csv":
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))[1:]
        assert [row[1] for row in rows] == ["'" + words for words in HOSTILE]
        return
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert "<f" not in package.read("xl/worksheets/sheet1.xml").decode().replace("<family", "")
    cells = [row[1] for row in load_workbook(io.BytesIO(data)).active.iter_rows(min_row=4)]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}

"""A dossier as one file and as a list: its order, its pages, what is told of what is not there. Alice keeps the commune's
records, Inga inspects the cell, Stan sees figures only, Charlie works in another district."""

import hashlib
import io
import re
from datetime import date
from html import unescape
from urllib.parse import unquote

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from committees import journal
from committees.models import Entry, Role
from recruitment import columns, jobs
from recruitment.models import IssuedFile, PreparedFile, Scan, ScanFile
from recruitment.papers import case as cases
from recruitment.papers import catalogue, folder, folder_scans, issuing, procedure, scans
from recruitment.reports import folder_file
from recruitment.rules.papers import KINDS
from tests import factories as make

from .folders import a_pdf, a_picture, make_issued_row, make_scan_row

pytestmark = pytest.mark.once
ENTERED, VOTED, DECIDED = date(2025, 8, 1), date(2026, 3, 5), date(2026, 6, 1)


@pytest.fixture
def at(db):
    return make.make_province(districts=2)


@pytest.fixture
def alice(at, client):
    account = make.make_account("alice", Role.STAFF, at["T-1-1"])
    client.force_login(account)
    return account


@pytest.fixture
def candidacy(at):
    made = make.make_candidacy(at["T-1-1-1"], ENTERED, full_name="Trần Thị Bé", mentor="Lê Tám")
    make.make_certificate(at["T-1-1-1"], date(2025, 9, 1), person=made.person, number="0214")
    return made


@pytest.fixture
def whole(candidacy):
    """Recorded papers, what was issued and corrected, what was scanned: laid down in no order."""
    vote = make.make_paper(candidacy, "cell_vote", VOTED, number="07-NQ/CB", result="pass")
    application = make.make_paper(candidacy, "application", date(2025, 11, 3))
    make.make_paper(candidacy, "opinions", date(2026, 2, 1))
    first = make_issued_row(
        candidacy, "6-KNĐ", VOTED, pdf=a_pdf("cu"), number="07-NQ/CB", title="Nghị quyết chi bộ"
    )
    last = make_issued_row(
        candidacy,
        "6-KNĐ",
        VOTED,
        pdf=a_pdf("hai", "trang"),
        number="07a-NQ/CB",
        title="Nghị quyết chi bộ",
        corrects=first,
    )
    make_issued_row(candidacy, "bien-ban-hop", VOTED, title="Biên bản họp chi bộ")
    make_scan_row(candidacy, a_picture(), "jpeg", title="ảnh đơn", paper=application)
    make_scan_row(candidacy, a_pdf("ngoai"), title="Giấy khai sinh")
    make_scan_row(candidacy, a_pdf("da ky"), title="bản đã ký", issued=last)
    make_scan_row(candidacy, a_pdf("bo"), title="quét nhầm", dropped_at=VOTED.isoformat() + "T00:00Z")
    return {"vote": vote, "first": first, "last": last}


def page(candidacy, name="candidacy-folder", **query):
    address = reverse(f"recruitment:{name}", args=[candidacy.pk])
    return address + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def bytes_of(response):
    return b"".join(response.streaming_content)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_order_knows_every_form_once_and_only_kinds_there_are():
    assert set(procedure.AT) == set(catalogue.forms())
    assert set(procedure.AT.values()) <= set(KINDS) and procedure.BESIDE <= set(procedure.AT)
    assert procedure.PAPERLESS <= set(KINDS)
    for kind in KINDS.values():  # what has a number in the series is issued as just that
        assert not kind.form or kind.form in {*procedure.forms_of(kind.code), "1-HSĐV"}


@pytest.mark.parametrize("issued", [False, True])
def test_what_is_recorded_and_scanned_lies_there_once(client, at, alice, candidacy, whole, issued):
    """The vote, the decision and the certificate, each with its picture; issued: the decision went out from here, too."""
    make.make_admission(
        at["T-1-1-1"], DECIDED, candidacy=candidacy, person=candidacy.person, decision_number="12-QĐ/HU"
    )
    if issued:
        make_issued_row(
            candidacy,
            "9-KNĐ",
            DECIDED,
            pdf=a_pdf("qd"),
            number="12-QĐ/HU",
            title="Quyết định kết nạp đảng viên",
        )
    things = folder_scans.things_of(candidacy)
    told = [thing.label for thing in things]
    assert (
        sum("12-QĐ/HU" in label for label in told) == 1 and sum("07a-NQ/CB" in label for label in told) == 0
    )
    assert any("0214" in label for label in told) and "07-NQ/CB" in next(
        x for x in told if "Nghị quyết chi bộ" in x
    )
    assert folder_scans.folder(candidacy).covered == 2, "the application and the signed vote"
    before = len(folder.folder(cases.candidacy(candidacy.pk), columns.current(), make.door(alice)).entries)
    for thing in things:
        if thing.form in {"9-KNĐ", "CN-NTVĐ"}:
            make_scan_row(candidacy, a_pdf(thing.form), title=thing.label, **thing.scan)
    assert folder_scans.folder(candidacy).covered == 4
    laid = folder.folder(cases.candidacy(candidacy.pk), columns.current(), make.door(alice))
    assert len(laid.entries) == before + issued, "the signed copy lies behind what was issued"
    copies = [(entry.source, entry.label) for entry in laid.entries if entry.number in {"12-QĐ/HU", "0214"}]
    assert [source for source, _label in copies] == ["scan", *(["issued"] if issued else []), "scan"]
    assert ("bản đã ký" in copies[-1][1]) is issued


class TestOnePdf:
    def test_it_lies_in_the_order_of_the_procedure_with_the_last_versions_alone(
        self, client, alice, candidacy, whole
    ):
        answer = client.get(page(candidacy, "candidacy-folder-file"))
        found = bytes_of(answer)
        read = PdfReader(io.BytesIO(found))
        said = [one.extract_text() for one in read.pages]
        assert [one.title for one in read.outline] == [
            "Mục lục", "Đơn xin vào Đảng", "Nghị quyết chi bộ 07a-NQ/CB", "Nghị quyết chi bộ (bản đã ký) 07a-NQ/CB",
            "Giấy khai sinh",
        ]  # fmt: skip
        assert [read.get_destination_page_number(one) for one in read.outline] == [0, 1, 2, 4, 5]
        assert len(said) == 6 and all(f"{n}/6" in one for n, one in enumerate(said, 1))
        assert "hai" in said[2] and "trang" in said[3] and "da ky" in said[4] and "ngoai" in said[5]
        contents = re.sub(r"\s+", " ", said[0])
        assert "3–4 bản phát hành" in contents and "2 bản quét" in contents and "6 bản quét" in contents
        assert "bản Word, in riêng" in contents and "chưa có bản" in contents and "còn thiếu" in contents
        assert read.pages[1].mediabox.width > read.pages[1].mediabox.height, "a picture wider than high lies"
        assert (
            answer["Content-Disposition"].startswith("attachment") and "no-store" in answer["Cache-Control"]
        )
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert found == bytes_of(client.get(page(candidacy, "candidacy-folder-file"))), (
            "the same at each time"
        )

    def test_each_copy_opens_from_its_line(self, client, alice, candidacy, whole):
        shown = client.get(page(candidacy)).content.decode()
        led = re.findall(r'href="(/(?:issued|scans)/[0-9]+/)"', shown)
        assert len(led) == 5 and all(client.get(where).status_code == 200 for where in led)

    def test_with_what_was_corrected(self, client, alice, candidacy, whole):
        read = PdfReader(
            io.BytesIO(bytes_of(client.get(page(candidacy, "candidacy-folder-file", corrected=1))))
        )
        assert len(read.pages) == 7 and "thay bằng số 07a-NQ/CB" in re.sub(
            r"\s+", " ", read.pages[0].extract_text()
        )
        shown = text(client.get(page(candidacy, corrected=1)))
        assert "Đã được thay bằng số 07a-NQ/CB" in shown
        assert "Đã được thay" not in text(client.get(page(candidacy)))

    def test_each_is_one_entry_of_the_reads_chain(self, client, alice, candidacy, whole):
        for name, deed, about in (
            ("candidacy-folder", "person", f"recruitment.person:{candidacy.person_id}"),
            ("candidacy-folder-file", "export", "folder"),
            ("candidacy-inventory", "export", "folder"),
        ):
            before = journal.head(Entry.READS)[0]
            assert client.get(page(candidacy, name)).status_code == 200
            assert journal.head(Entry.READS)[0] == before + 1
            entry = journal.entry_of(before + 1, Entry.READS)
            assert (entry.deed, entry.about, entry.committee_id) == (deed, about, candidacy.cell_id)

    @pytest.mark.parametrize("what", ["Nghị quyết chi bộ 07a-NQ/CB", "Giấy khai sinh"])
    def test_changed_bytes_are_not_printed_nor_with_their_digest(
        self, client, alice, candidacy, whole, monkeypatch, what
    ):
        """At once and in the background, where it is told at the first try which they are."""
        address = page(candidacy, "candidacy-folder-file")
        assert client.get(address).status_code == 200
        other = a_pdf("hai", "khac")
        digest = hashlib.sha256(other).hexdigest()
        if what == "Giấy khai sinh":
            QuerySet(ScanFile).filter(scan__title=what).update(content=other)  # past the pen
            QuerySet(Scan).filter(title=what).update(digest=digest)
        else:
            QuerySet(IssuedFile).filter(issued=whole["last"]).update(content=other, digest=digest)
        before = journal.heads()
        answer = client.get(address, follow=True)
        assert "không còn khớp dấu nhận dạng" in text(answer) and f"“{what}”" in text(answer)
        assert journal.heads()["writes"] == before["writes"]
        monkeypatch.setattr("recruitment.reports.folder_views.LONG", 4)
        asked = client.get(address)
        assert jobs.run(jobs.claim()).state == "failed"
        assert f"“{what}”" in text(client.get(asked.url)) and jobs.claim() is None

    def test_bytes_that_are_no_pdf_any_more_leave_the_page_to_be_read(self, client, alice, candidacy, whole):
        QuerySet(IssuedFile).filter(issued=whole["last"]).update(content=b"nothing")
        assert "07a-NQ/CB" in text(client.get(page(candidacy, "candidacy-folder-file"), follow=True))

    def test_a_file_made_before_a_paper_ended_is_not_given_out(
        self, client, alice, candidacy, whole, monkeypatch
    ):
        monkeypatch.setattr("recruitment.reports.folder_views.LONG", 1)

        def made():
            asked = client.get(page(candidacy, "candidacy-folder-file")).url
            jobs.run(jobs.claim())
            assert client.get(f"{asked}fetch/").status_code == 200
            return asked

        first = made()
        issuing.withdraw(whole["last"], on=VOTED, why="sai", by=alice)
        assert client.get(f"{first}fetch/").url == first
        shown = client.get(first)
        assert "không đưa ra nữa" in text(shown)
        assert f'href="{page(candidacy, "candidacy-folder-file")}"' in shown.content.decode()
        second = made()
        assert second != first
        scans.drop(Scan.objects.get(title="Giấy khai sinh"), why="nhầm người", by=alice)
        assert client.get(f"{second}fetch/").url == second
        assert {bytes(one.content) for one in PreparedFile.objects.all()} == {b""}

    def test_a_scan_dropped_while_the_file_is_made_leaves_no_file(
        self, client, alice, candidacy, whole, monkeypatch
    ):
        monkeypatch.setattr("recruitment.reports.folder_views.LONG", 4)
        asked, true = client.get(page(candidacy, "candidacy-folder-file")).url, folder_file.FolderFile.make

        def make_and_drop(self, *said):
            count = true(self, *said)
            scans.drop(Scan.objects.get(title="Giấy khai sinh"), why="nhầm người", by=alice)
            return count

        with monkeypatch.context() as patch:
            patch.setattr(folder_file.FolderFile, "make", make_and_drop)
            assert jobs.run(jobs.claim()).state == "waiting"
        assert not PreparedFile.objects.exists() and client.get(f"{asked}fetch/").status_code == 404

    def test_a_long_one_is_made_in_the_background_and_fetched(
        self, client, alice, candidacy, whole, monkeypatch
    ):
        monkeypatch.setattr("recruitment.reports.folder_views.LONG", 4)
        asked = client.get(page(candidacy, "candidacy-folder-file"))
        assert asked.status_code == 302 and "/files/" in asked.url
        assert client.get(page(candidacy, "candidacy-folder-file")).url == asked.url, "two clicks ask once"
        assert "Đang làm tệp hồ sơ" in text(client.get(asked.url))
        jobs.run(jobs.claim())
        assert len(PdfReader(io.BytesIO(bytes_of(client.get(f"{asked.url}fetch/")))).pages) == 6
        assert "6 trang" in text(client.get(asked.url))
        make.make_mandate(alice, Role.SECRETARY, candidacy.cell)
        assert client.get(f"{asked.url}fetch/").status_code == 403, "made under another reach"

    @pytest.mark.parametrize(
        "bound, words", [("MOST_PAGES", "chứa nhiều nhất 3 trang"), ("MOST_BYTES", "nhiều nhất 0 MB")]
    )
    def test_what_is_too_much_for_one_file_is_said(
        self, client, alice, candidacy, whole, monkeypatch, bound, words
    ):
        assert words not in text(client.get(page(candidacy)))
        monkeypatch.setattr(folder, bound, 3)
        assert words in text(client.get(page(candidacy)))
        assert client.get(page(candidacy, "candidacy-folder-file")).url == page(candidacy)


def test_the_list_is_signed_by_who_gives_and_who_takes(client, alice, candidacy, whole):
    said = "".join(
        one.extract_text()
        for one in PdfReader(io.BytesIO(bytes_of(client.get(page(candidacy, "candidacy-inventory"))))).pages
    )
    said = re.sub(r"\s+", " ", said)
    for words in (
        "MỤC LỤC HỒ SƠ",
        "Trần Thị Bé",
        "07a-NQ/CB, 05/03/2026",
        "bản gốc",
        "bản sao",
        "NGƯỜI GIAO",
        "NGƯỜI NHẬN",
    ):
        assert words in said
    assert "Có 7/11 giấy tờ" in said and "không kể 1 bản đã đính chính" in said


def test_an_empty_folder_and_many_cost_no_more_queries(client, at, alice, candidacy, whole):
    other = make.make_candidacy(at["T-1-1-1"], ENTERED, full_name="Lê Văn Không")
    with CaptureQueriesContext(connection) as few:
        told = text(client.get(page(other)))
    assert "Còn thiếu" in told and "Có bản" in told
    for k in range(3):
        make_issued_row(candidacy, "3-KNĐ", VOTED, pdf=a_pdf(str(k)), subject=f"introduction:{k}")
        make_scan_row(candidacy, a_pdf(str(k)), title=f"Bản quét {k}")
    with CaptureQueriesContext(connection) as many:
        client.get(page(candidacy))
    assert len(many) <= len(few) + 1  # one more where a certificate is older than the entry


def test_a_line_without_a_copy_leads_to_its_scan(client, at, alice, candidacy, whole):
    """By who may add one and who may only look."""
    shown = client.get(page(candidacy)).content.decode()
    for name in ("candidacy-papers", "candidacy-scans"):
        assert f'href="{page(candidacy, name)}"' in shown
    led = [unescape(at) for at in re.findall(r'href="(/[^"]+#them)"', shown)]
    assert len(led) == 2, "the opinions and the certificate; what is missing is not there to be scanned"
    for where in led:
        form = client.get(where).content.decode()
        chosen = re.search(r'<option value="([^"]+)" selected>', form)[1]
        assert chosen == unquote(where.partition("of=")[2].partition("#")[0]) and 'id="them"' in form
    client.force_login(make.make_account("inga", Role.INSPECTOR, at["T-1-1-1"]))
    assert "#them" not in client.get(page(candidacy)).content.decode()


def test_who_may_open_it(client, at, alice, candidacy, whole):
    for username, role, where, status in (
        ("inga", Role.INSPECTOR, "T-1-1-1", 200), ("stan", Role.STANDING, "T-1-1", 403), ("charlie", Role.STAFF, "T-2", 404),
    ):  # fmt: skip
        client.force_login(make.make_account(username, role, at[where]))
        for name in ("candidacy-folder", "candidacy-folder-file", "candidacy-inventory"):
            assert client.get(page(candidacy, name)).status_code == status
    params = {"candidacy": str(candidacy.pk), "corrected": ""}
    assert folder_file.of_page(make.door(alice), params).count == 5

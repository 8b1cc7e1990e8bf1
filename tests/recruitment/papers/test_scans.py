"""Scans of a folder: Alice keeps the commune's records, Bob is secretary of the cell, Charlie keeps those of another
district, Dung inspects."""

import html
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from committees import journal
from committees.models import Entry, Role
from recruitment.models import IssuedPaper, Scan, ScanFile
from recruitment.papers import scans
from recruitment.papers.folder_scans import kind_of, may_add
from recruitment.papers.procedure import AT
from recruitment.rules.papers import ABOVE, KINDS
from recruitment.sheets import scan as scanning
from tests import factories as make
from tests.factories_papers import make_scan, picture

from ..sheets.scan_files import SECRETS, laid_open, paper, photo


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """Files are cleaned in this process: what another one adds is asked in test_scan.py."""
    monkeypatch.setattr("recruitment.sheets.scan_apart.clean", scanning.clean)


@pytest.fixture
def at(db):
    return make.make_province(districts=2, cells=2)


@pytest.fixture
def accounts(at):
    return {
        "alice": make.make_account("alice", Role.STAFF, at["T-1"], full_name="Lê Thị Cúc"),
        "bob": make.make_account("bob", Role.SECRETARY, at["T-1-1-1"]),
        "charlie": make.make_account("charlie", Role.STAFF, at["T-2"]),
        "dung": make.make_account("dung", Role.INSPECTOR, at["T-1"]),
        "em": make.make_account("em", Role.STANDING, at["T-1"]),
    }


@pytest.fixture
def candidacy(at):
    made = make.make_candidacy(at["T-1-1-1"], make.date(2025, 8, 1), full_name="Trần Thị Bé")
    make.make_paper(made, "application", make.date(2025, 10, 1))
    return made


@pytest.fixture
def application(candidacy):
    return candidacy.papers.get()


def page(name, pk):
    return reverse(f"recruitment:{name}", args=[pk])


def text(answer):
    return html.unescape(answer.content.decode())


def files(*named):
    return [SimpleUploadedFile(name, content) for name, content in named]


def reads(about):
    return list(
        Entry.objects.filter(chain=Entry.READS, about=about)
        .order_by("number")
        .values_list("actor__username", "deed")
    )


def written():
    return journal.heads()["writes"][0]


def test_several_photos_become_the_pages_of_one_paper(client, accounts, candidacy, application):
    client.force_login(accounts["bob"])
    shown = text(client.get(page("candidacy-scans", candidacy.pk)))
    assert "Chưa có bản quét nào" in shown and "Có bản quét cho 0/1 giấy tờ" in shown
    sent = {"of": f"paper:{application.pk}", "files": files(("1.jpg", photo()), ("2.png", picture()))}
    answer = client.post(page("candidacy-scans", candidacy.pk), sent, follow=True)
    shown = text(answer)
    assert answer.redirect_chain and "2 trang" in shown and "Có bản quét cho 1/1 giấy tờ" in shown
    scan = Scan.objects.get()
    assert (scan.kind, scan.pages, scan.paper, scan.form) == ("pdf", 2, application, "1-KNĐ")
    assert scan.title == "Đơn xin vào Đảng, 01/10/2025" and scan.added_by == accounts["bob"]
    kept = bytes(scan.file.content)
    assert len(kept) == scan.size and scans.hashlib.sha256(kept).hexdigest() == scan.digest
    assert not any(word in laid_open(kept) for word in SECRETS)
    entry = journal.entry_of(scan.stamp)
    assert (entry.deed, entry.about, entry.committee) == (
        "scan-add",
        f"recruitment.scan:{scan.pk}",
        candidacy.cell,
    )
    assert json.loads(entry.payload)["digest"] == scan.digest and len(entry.payload) < 2000, (
        "no copy of the bytes"
    )


def test_a_paper_without_a_row_is_named(client, accounts, candidacy):
    client.force_login(accounts["bob"])
    sent = {"of": "other", "title": "", "files": files(("bằng.pdf", paper()))}
    answer = client.post(page("candidacy-scans", candidacy.pk), sent)
    assert answer.status_code == 400 and "Chưa ghi tên giấy tờ" in text(answer) and not Scan.objects.exists()
    sent = {"of": "other", "title": "Bằng tốt nghiệp", "files": files(("bằng.pdf", paper()))}
    client.post(page("candidacy-scans", candidacy.pk), sent)
    assert [(scan.title, scan.paper, scan.form) for scan in scans.of(candidacy)] == [
        ("Bằng tốt nghiệp", None, "")
    ]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ([], "Chưa chọn tệp nào"),
        ([("a.pdf", b"MZ" * 90)], "Không phải tệp PDF, JPEG hay PNG"),
        ([("a.png", photo())], "Đặt lại đuôi cho đúng"),
        ([("a.pdf", b"")], "Tệp rỗng"),
        ([("a.jpg", photo()[:-300])], "cắt giữa chừng"),
        ([("a.pdf", b"%PDF-1.4" + b" " * 11 * 1024 * 1024)], "nặng hơn 10 MB"),
        ([("a.png", b"\0" * 9 * 1024 * 1024)] * 3, "hơn 24 MB"),
        ([("a.png", picture())] * 31, "nhiều nhất 30 tệp"),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(client, accounts, candidacy, sent, said):
    client.force_login(accounts["bob"])
    before = written()
    answer = client.post(
        page("candidacy-scans", candidacy.pk),
        {"of": "other", "title": "Giấy khai sinh", "files": files(*sent)},
    )
    assert answer.status_code == 400 and said in text(answer) and 'value="Giấy khai sinh"' in text(answer)
    assert written() == before and not Scan.objects.exists()


def test_the_same_file_is_kept_once(client, accounts, candidacy, application):
    client.force_login(accounts["bob"])
    sent = {"of": f"paper:{application.pk}"}
    client.post(page("candidacy-scans", candidacy.pk), sent | {"files": files(("a.jpg", photo()))})
    before = written()
    answer = client.post(page("candidacy-scans", candidacy.pk), sent | {"files": files(("b.jpg", photo()))})
    assert answer.status_code == 400 and "Tệp này đã có trong hồ sơ" in text(answer)
    assert (Scan.objects.count(), written()) == (1, before)
    scans.drop(Scan.objects.get(), why="Quét mờ", by=accounts["bob"])
    client.post(page("candidacy-scans", candidacy.pk), sent | {"files": files(("b.jpg", photo()))})
    assert len(scans.of(candidacy)) == 1, "what was dropped may come back"


def test_a_folder_has_room_for_so_much(monkeypatch, accounts, candidacy):
    monkeypatch.setattr(scans, "MOST_OF_DOSSIER", 300)
    scans.add(candidacy, [("a.png", picture())], title="A", by=None)
    before = written()
    with pytest.raises(scans.Refused, match="gần đủ"):
        scans.add(candidacy, [("b.jpg", photo())], title="B", by=None)
    assert (len(scans.of(candidacy)), written()) == (1, before)


def test_every_opening_is_an_entry_and_the_file_can_do_nothing(client, accounts, candidacy, application):
    scan = make_scan(candidacy, paper=application)
    about = f"recruitment.scan:{scan.pk}"
    client.force_login(accounts["dung"])
    shown = text(client.get(page("scan", scan.pk)))
    assert page("scan-file", scan.pk) in shown and page("scan-drop", scan.pk) not in shown
    answer = client.get(page("scan-file", scan.pk))
    assert answer.content == picture() and answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"] == f'inline; filename="don-xin-vao-dang-{scan.pk}.png"'
    assert (
        "sandbox" in answer["Content-Security-Policy"]
        and "default-src 'none'" in answer["Content-Security-Policy"]
    )
    assert "no-store" in answer["Cache-Control"] and answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(page("scan-file", scan.pk) + "?take=1")["Content-Disposition"].startswith("attachment")
    assert reads(about) == [("dung", "scan")] * 3
    whole = make_scan(candidacy, paper_bytes := paper(), kind="pdf", title="Lý lịch: <b>")
    answer = client.get(page("scan-file", whole.pk))
    assert answer["Content-Disposition"] == f'attachment; filename="ly-lich-b-{whole.pk}.pdf"'
    assert answer.content == paper_bytes
    with CaptureQueriesContext(connection) as asked:
        assert client.head(page("scan-file", whole.pk)).status_code == 200
    assert len(asked) <= 12


def test_the_door_is_that_of_the_persons_page(client, accounts, candidacy, application):
    scan = make_scan(candidacy, paper=application)
    addresses = [page("candidacy-scans", candidacy.pk), page("scan", scan.pk), page("scan-file", scan.pk)]
    told = {}
    for name, account in accounts.items():
        client.force_login(account)
        told[name] = [client.get(at).status_code for at in addresses]
    assert told == {
        "alice": [200] * 3,
        "bob": [200] * 3,
        "charlie": [404] * 3,
        "dung": [200] * 3,
        "em": [403] * 3,
    }
    assert len(reads(f"recruitment.scan:{scan.pk}")) == 6


def test_what_the_committee_above_decided_is_added_by_who_keeps_its_records(client, accounts, candidacy):
    decision = make.make_paper(candidacy, "appraisal", make.date(2025, 12, 1), result="pass")
    sent = {"of": f"paper:{decision.pk}"}
    told = {}
    for name in ("dung", "bob", "alice"):
        client.force_login(accounts[name])
        files_sent = {"files": files(("a.png", picture()))}
        told[name] = client.post(page("candidacy-scans", candidacy.pk), sent | files_sent).status_code
    assert told == {"dung": 403, "bob": 400, "alice": 302}
    scan = Scan.objects.get()
    client.force_login(accounts["bob"])
    assert client.post(page("scan-drop", scan.pk), {"why": "Nhầm"}).status_code == 403
    assert scans.of(candidacy) == [scan]
    client.force_login(accounts["alice"])
    assert client.post(page("scan-drop", scan.pk), {"why": "Nhầm"}).status_code == 302


def test_dropped_the_bytes_are_gone_and_the_row_tells_why(client, accounts, candidacy, application):
    scan = make_scan(candidacy, paper=application)
    client.force_login(accounts["bob"])
    assert "Chưa ghi lý do" in text(client.post(page("scan-drop", scan.pk), {"why": " "}))
    answer = client.post(page("scan-drop", scan.pk), {"why": "Quét nhầm người"}, follow=True)
    assert "Quét nhầm người" in text(answer) and scans.of(candidacy) == []
    scan.refresh_from_db()
    assert scan.digest and bytes(ScanFile.objects.get(scan=scan).content) == b""
    assert client.get(page("scan-file", scan.pk)).status_code == 404
    assert "Quét nhầm người" in text(client.get(page("scan", scan.pk)))
    before = written()
    answer = client.post(page("scan-drop", scan.pk), {"why": "Lần nữa"})
    assert answer.status_code == 400 and "đã có người bỏ" in text(answer) and written() == before


def test_pages_are_added_behind_and_a_scan_is_replaced(client, accounts, candidacy, application):
    first = scans.add(candidacy, [("a.jpg", photo())], title="Đơn", by=None, paper=application, form="1-KNĐ")
    client.force_login(accounts["bob"])
    sent = {"how": "after", "files": files(("b.pdf", paper(2)))}
    client.post(page("scan-replace", first.pk), sent)
    (second,) = scans.of(candidacy)
    assert (second.pages, second.paper, second.title) == (3, application, "Đơn")
    pages = PdfReader(io.BytesIO(scans.content(second))).pages
    assert [one.extract_text().strip() for one in pages] == ["", "Trang 1", "Trang 2"]
    client.post(page("scan-replace", second.pk), {"how": "instead", "files": files(("c.png", picture()))})
    (third,) = scans.of(candidacy)
    assert (third.kind, third.pages, Image.open(io.BytesIO(scans.content(third))).size) == (
        "png",
        1,
        (64, 48),
    )
    assert [scan.pk for scan in scans.dropped(candidacy)] == [first.pk, second.pk]
    before = written()
    answer = client.post(
        page("scan-replace", third.pk), {"how": "instead", "files": files(("c.png", picture()))}
    )
    assert answer.status_code == 400 and "Tệp này đã có" in text(answer) and written() == before
    answer = client.post(
        page("scan-replace", first.pk), {"how": "instead", "files": files(("d.png", picture(9)))}
    )
    assert answer.status_code == 400 and "đã có người bỏ hoặc thay" in text(answer) and written() == before


def test_bytes_that_changed_behind_the_register_are_not_given_out(client, accounts, candidacy):
    scan = scans.add(candidacy, [("a.png", picture())], title="Đơn", by=None)
    client.force_login(accounts["bob"])
    assert client.get(page("scan-file", scan.pk)).status_code == 200
    other, digest = picture(7), scans.hashlib.sha256(picture(7)).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE recruitment_scanfile SET content = %s", [other])
    answer = client.get(page("scan-file", scan.pk))
    assert answer.status_code == 409 and "không còn nguyên" in text(answer) and other not in answer.content
    with connection.cursor() as cursor:
        cursor.execute("UPDATE recruitment_scan SET digest = %s", [digest])
    assert client.get(page("scan-file", scan.pk)).status_code == 409, "the journal knows better"


def test_as_many_queries_for_three_scans_as_for_one(client, accounts, candidacy, application):
    client.force_login(accounts["bob"])
    client.get(page("candidacy-scans", candidacy.pk))  # the snapshot is read
    counts = []
    for shade in (10, 20, 30):
        make_scan(candidacy, picture(shade), paper=application, added_by=accounts["alice"])
        if shade != 20:
            with CaptureQueriesContext(connection) as asked:
                client.get(page("candidacy-scans", candidacy.pk))
            counts.append(len(asked))
    assert counts[0] == counts[1] and not any("scanfile" in one["sql"] for one in asked), (
        "no page reads bytes"
    )


def test_a_signed_copy_is_kept_by_who_may_issue_the_paper(accounts, candidacy):
    bob, alice = make.door(accounts["bob"]), make.door(accounts["alice"])
    assert {kind.code: AT[kind.form] for kind in KINDS.values() if kind.form in AT}.items() <= {
        (kind, kind) for kind in KINDS
    }, "the two tables agree"
    assert "9A-KNĐ" in AT and "phieu-tham-dinh" in AT, "of which the other knows nothing"
    for form, kind in AT.items():
        issued = IssuedPaper(candidacy=candidacy, form=form, on=make.date(2025, 12, 1))
        for scan in (
            Scan(candidacy=candidacy, form=form),
            Scan(candidacy=candidacy, form=form, issued=issued),
            Scan(candidacy=candidacy, issued=issued),
        ):
            may = [may_add(access, candidacy, kind_of(scan), scan.issued) for access in (bob, alice)]
            assert may == [KINDS[kind].by != ABOVE, True], form

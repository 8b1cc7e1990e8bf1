"""Workbooks in a browser: uploaded, checked, loaded, taken back. Alice uploads; Bob works in another district; Charlie
may only look."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from committees import journal
from committees.access import Access
from committees.models import Entry
from recruitment.imports import desk, kept
from recruitment.imports.kinds import KINDS
from recruitment.imports.layout import headings
from recruitment.imports.load import load, read
from recruitment.imports.preview import BAD_ROWS, Preview
from recruitment.imports.telling import ROWS
from recruitment.models import Admission, Batch, Person, Upload
from tests.factories import make_upload, make_workbook

from .test_kinds import CASES

pytestmark = pytest.mark.django_db
LIST = "/imports/"
PERSON = {"Họ và tên": "Lê Văn Tám", "Sinh ngày": "14/03/1990", "Giới tính": "Nam"}
ADMITTED = {**PERSON, "Mã tổ chức": "T-H1-X-1", "Ngày quyết định": "19/05/2014"}


@pytest.fixture
def cast(plan, give):
    """{name: signed-in client} with `.account`."""

    def enter(name, role, code):
        client = Client()
        client.account = give(name, role, code)
        client.force_login(client.account)
        return client

    return {
        "alice": enter("alice", "staff", "T-H1"),
        "bob": enter("bob", "staff", "T-H2"),
        "charlie": enter("charlie", "inspector", "T-H1"),
    }


def workbook(kind, rows):
    return make_workbook([heading for heading, _ in headings(kind)], rows)


def send(client, kind, content, name="tệp.xlsx"):
    return client.post(LIST, {"kind": kind, "file": SimpleUploadedFile(name, content)})


def uploaded(client, kind, rows, **options):
    """The address of the preview."""
    answer = send(client, kind, workbook(kind, rows), **options)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def text(answer):
    return " ".join(answer.content.decode().split())


def applied(client, where):
    [upload] = Upload.objects.filter(pk=where.split("/")[2])
    return client.post(f"{where}apply/", {"digest": upload.digest})


def test_a_file_is_checked_loaded_and_taken_back(cast, register_content):
    alice, before = cast["alice"], register_content()
    where = uploaded(
        alice, "admissions", [ADMITTED, {**ADMITTED, "Họ và tên": "Ngô Thị Lan", "Giới tính": "Nữ"}]
    )
    page = text(alice.get(where))
    assert "Nhập 2 dòng" in page and "Lê Văn Tám" in page and not Admission.objects.exists()
    answer = applied(alice, where)
    assert (answer.status_code, answer.url) == (302, LIST)
    page = text(alice.get(LIST))
    batch = Batch.objects.get(kind="admissions")
    assert "Đã nhập 2 dòng mới, 0 thay đổi." in page and f"/imports/batches/{batch.pk}/undo/" in page
    assert Admission.objects.count() == 2 and not Upload.objects.exists()
    entry = journal.entry_of(journal.head()[0])
    assert (entry.deed, entry.actor) == ("load", alice.account)
    assert alice.get(where).status_code == 404
    assert alice.post(f"/imports/batches/{batch.pk}/undo/").url == LIST
    assert "Đã hoàn tác “tệp.xlsx”: bỏ 4 bản ghi" in text(alice.get(LIST))
    content = register_content()
    assert content.pop("recruitment.Upload") == [] and before.pop("recruitment.Upload") == []
    assert content == before
    assert "Đã hoàn tác</span>" in text(alice.get(LIST))
    assert journal.verify() is None


@pytest.mark.parametrize("kind", CASES)
def test_the_page_says_what_the_command_says(kind, plan, give, run, tmp_path):
    """For an account that may load all of it: faulty rows, then sound ones."""
    rows, _, faulty, _ = CASES[kind]
    client = Client()
    client.force_login(give("hai", "administrator" if kind == "mandates" else "staff", "T"))
    if kind == "committees":  # a tree of its own would need the whole register
        rows = [{**row, "Mã cấp trên": row.get("Mã cấp trên") or "T"} for row in rows[:0]] or [
            {
                "Mã tổ chức": "T-MOI",
                "Tên tổ chức đảng": "Chi bộ mới",
                "Loại": "Chi bộ cơ sở",
                "Mã cấp trên": "T",
            }
        ]
    for case in ([*rows, faulty], rows):
        content = workbook(kind, case)
        path = tmp_path / "tệp.xlsx"
        path.write_bytes(content)
        said = run("load", kind, path, "--dry-run", "--json", "--as", "hai").json
        page = client.get(send(client, kind, content).url).context["page"]
        assert page.report.as_json() == said
        if not said["faults"]:
            assert (page.new, page.changed, page.same) == (said["new"], said["changed"], said["same"])
    where = uploaded(client, kind, rows, name="bản hai.xlsx")
    assert applied(client, where).url == LIST
    assert Batch.objects.latest("pk").rows == len(rows)


@pytest.mark.parametrize("kind", [kind for kind in CASES if CASES[kind][1]])
def test_a_change_is_shown_field_by_field(kind, plan):
    rows, changed, _, _ = CASES[kind]
    assert not load(kind, rows, name="nền").faults
    page = Preview(kind, read(kind, BytesIO(workbook(kind, [changed])), "x"), None)
    assert (page.new, page.changed) == (0, 1)
    [change] = page.changes
    assert change.fields and all(old != new for _, old, new in change.fields)
    written = {heading for heading, _ in headings(kind)}
    assert {heading for heading, _, _ in change.fields} <= written


def test_a_fault_names_row_person_cell_and_what_is_wanted(cast):
    alice = cast["alice"]
    bad = {**ADMITTED, "Họ và tên": "Lý Văn Tâm", "Sinh ngày": "31/02/1990", "Mã tổ chức": "T-H1X-1"}
    where = uploaded(alice, "admissions", [ADMITTED, bad])
    answer = alice.get(where)
    page = text(answer)
    assert "<title>Lỗi: 1 dòng cần sửa" in page
    for words in ("Lý Văn Tâm, T-H1X-1", "ô B3", "“31/02/1990”", "một ngày có thật", "có phải “T-H1-X-1”?"):
        assert words in page, words
    assert "apply/" not in page
    assert (answer.context["page"].new, answer.context["page"].bad_count) == (1, 1)
    book = load_workbook(BytesIO(b"".join(alice.get(f"{where}faults.xlsx").streaming_content)))
    head, row = book.active.iter_rows(values_only=True)
    assert (head[0], *head[-2:]) == ("Dòng trong tệp gốc", "Cần sửa", "Dấu đối chiếu (giữ nguyên)")
    assert row[0] == 3
    assert "Lý Văn Tâm" in row and "Sinh ngày: cần một ngày có thật" in row[-2]
    # The mended rows come back as they are: the columns we added are not ours to complain of.
    mended = make_workbook(
        head, [dict(zip(head, row, strict=True)) | {"Sinh ngày": "01/02/1990", "Mã tổ chức": "T-H1-X-1"}]
    )
    page = alice.get(send(alice, "admissions", mended).url).context["page"]
    assert (page.ready, page.unknown) == (1, [])


def test_a_suggestion_never_reaches_beyond_the_account(cast):
    bad = {**ADMITTED, "Mã tổ chức": "T-H2-Ç"}
    page = text(cast["alice"].get(uploaded(cast["alice"], "admissions", [{**bad, "Mã tổ chức": "T-H2-D"}])))
    assert "trong phạm vi" in page and "có phải" not in page
    page = text(cast["bob"].get(uploaded(cast["bob"], "admissions", [{**bad, "Mã tổ chức": "T-H2-D"}])))
    assert "có phải “T-H2-C”?" in page


def test_bob_neither_sees_nor_loads_what_is_alices(cast):
    alice, bob, charlie = cast["alice"], cast["bob"], cast["charlie"]
    where = uploaded(alice, "admissions", [ADMITTED])
    head = journal.heads()
    for client in (bob, charlie):
        assert [client.get(where).status_code, client.get(f"{where}faults.xlsx").status_code] == [404, 404]
        assert [client.post(f"{where}{deed}/").status_code for deed in ("apply", "drop")] == [404, 404]
    assert journal.heads() == head
    page = bob.get(uploaded(bob, "admissions", [ADMITTED])).context["page"]
    assert page.ready == 0 and [fault.heading for fault in page.judged.faults] == ["Mã tổ chức"]
    [upload] = Upload.objects.filter(account=bob.account)
    answer = bob.post(f"/imports/{upload.pk}/apply/")
    assert answer.status_code == 409 and not Admission.objects.exists()
    assert applied(alice, where).url == LIST
    batch = Batch.objects.get(kind="admissions")
    assert batch.name not in text(bob.get(LIST)).partition("Các lần nhập")[2]
    assert bob.post(f"/imports/batches/{batch.pk}/undo/").status_code == 404
    assert charlie.post(f"/imports/batches/{batch.pk}/undo/").status_code == 403
    assert Admission.objects.count() == 1


def test_who_may_load_nothing_is_refused_and_others_choose_among_what_they_may(cast, give):
    charlie = cast["charlie"]
    assert charlie.get(LIST).status_code == 403
    assert send(charlie, "admissions", workbook("admissions", [ADMITTED])).status_code == 403
    secretary = Client()
    secretary.force_login(give("bi-thu", "secretary", "T-H1-X-1"))
    page = secretary.get(LIST)
    assert [name for name, _ in page.context["templates"]] == ["candidates", "admissions"]
    answer = send(secretary, "plans", workbook("plans", CASES["plans"][0]))
    assert answer.status_code == 400 and "Chọn lại một loại" in text(answer)
    assert secretary.get("/imports/templates/plans.xlsx").status_code == 403
    assert secretary.get("/imports/templates/khac.xlsx").status_code == 404


def test_a_right_that_ended_ends_the_preview(cast):
    alice = cast["alice"]
    where = uploaded(alice, "admissions", [ADMITTED])
    with journal.pen(None, "test"):
        alice.account.mandates.update(role="standing")
    assert alice.get(where).status_code == 403
    assert alice.post(f"{where}apply/").status_code == 403
    assert not Admission.objects.exists()


def test_the_same_file_is_recognised_waiting_and_loaded(cast):
    alice = cast["alice"]
    where = uploaded(alice, "admissions", [ADMITTED])
    assert uploaded(alice, "admissions", [ADMITTED], name="tên khác.xlsx") == where
    assert "đã tải lên rồi" in text(alice.get(where)) and Upload.objects.count() == 1
    applied(alice, where)
    again = uploaded(alice, "admissions", [ADMITTED], name="lần hai.xlsx")
    page = text(alice.get(again))
    assert "giống hệt tệp “tệp.xlsx”" in page and "không có gì để nhập" in page and "apply/" not in page
    head = journal.head()
    assert alice.post(f"{again}apply/").url == again and journal.head() == head


def test_a_second_click_on_a_button_that_worked(cast):
    alice = cast["alice"]
    where = uploaded(alice, "admissions", [ADMITTED])
    digest = Upload.objects.get().digest
    first, second = (alice.post(f"{where}apply/", {"digest": digest}) for _ in range(2))
    assert (first.url, second.url) == (LIST, LIST) and Batch.objects.filter(kind="admissions").count() == 1
    assert "không còn chờ" in text(alice.get(LIST))
    for other in ("", "\x00", f"{digest}\x00", "0" * 64):
        assert alice.post(f"{where}apply/", {"digest": other}).status_code == 404


def test_faults_that_appeared_meanwhile_come_back_with_the_preview(cast):
    alice = cast["alice"]
    where = uploaded(alice, "admissions", [ADMITTED])
    assert "Nhập 1 dòng" in text(alice.get(where))
    assert load("admissions", [{**ADMITTED, "Ngày quyết định": "03/02/2013"}], name="khác").batch
    answer = applied(alice, where)
    page = text(answer)
    assert answer.status_code == 409 and page.startswith("<!doctype") and "<title>Lỗi:" in page
    assert "Dữ liệu đã đổi từ lần kiểm tra trước" in page and "người chưa kết nạp" in page
    assert Admission.objects.count() == 1 and Upload.objects.count() == 1


def test_what_was_edited_since_is_kept_and_said_in_words(cast):
    alice = cast["alice"]
    applied(alice, uploaded(alice, "admissions", [ADMITTED]))
    with journal.pen(None, "test"):
        admission = Admission.objects.get()
        admission.decision_number = "12-QĐ/TU"
        admission.save()
    batch = Batch.objects.get(kind="admissions")
    alice.post(f"/imports/batches/{batch.pk}/undo/")
    page = text(alice.get(LIST))
    assert "Chưa hoàn tác được “tệp.xlsx”." in page
    assert "1 lần kết nạp (đã sửa sau khi nạp), 1 người (đã có dữ liệu khác dựa vào)" in page
    assert Admission.objects.count() == 1


def test_every_table_a_load_makes_has_a_word(plan, cast):
    for kind, (rows, *_) in CASES.items():
        assert not load(kind, rows, name="thử").faults
    made = {label for batch in Batch.objects.all() for label in batch.made}
    assert made <= set(ROWS) and len(made) > 10


def test_an_undo_that_came_second_is_told(cast):
    alice = cast["alice"]
    applied(alice, uploaded(alice, "admissions", [ADMITTED]))
    where = f"/imports/batches/{Batch.objects.get(kind='admissions').pk}/undo/"
    alice.post(where)
    assert alice.post(where).url == LIST
    assert "đã được hoàn tác trước đó" in text(alice.get(LIST))


def test_the_deeds_know_whose_a_file_is(cast):
    uploaded(cast["alice"], "admissions", [ADMITTED])
    kept = Upload.objects.get()
    with pytest.raises(desk.Gone):
        desk.drop(kept, by=cast["bob"].account)
    assert Upload.objects.get() == kept


def test_a_dropped_file_is_gone_and_the_entries_keep_no_row_of_it(cast):
    alice = cast["alice"]
    number = {"Số định danh cá nhân": "079190000123"}
    where = uploaded(alice, "admissions", [{**ADMITTED, **number}])
    whole = journal.head()[2]
    assert alice.post(f"{where}drop/").url == LIST
    assert "Đã bỏ tệp tệp.xlsx. Không có gì được ghi." in text(alice.get(LIST))
    assert not Upload.objects.exists() and alice.post(f"{where}drop/").status_code == 404
    up, down = Entry.objects.filter(chain="writes").order_by("-number")[:2][::-1]
    assert (up.deed, down.deed, up.actor, up.committee.code) == (
        "upload",
        "upload-drop",
        alice.account,
        "T-H1",
    )
    assert all("079190000123" not in entry.payload and "Tám" not in entry.payload for entry in (up, down))
    assert journal.head()[2] == whole, "no snapshot need be read anew for it"


def test_a_desk_holds_a_few_files_for_a_day(cast):
    alice, bob = cast["alice"], cast["bob"]
    rows = [{**ADMITTED, "Họ và tên": f"Lê Văn {n}"} for n in ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu")]
    where = [uploaded(alice, "admissions", [row]) for row in rows[: desk.MOST_WAITING]]
    head = journal.head()
    answer = send(alice, "admissions", workbook("admissions", [rows[-1]]))
    assert answer.status_code == 400 and "đang có 5 tệp chờ" in text(answer)
    assert (Upload.objects.count(), journal.head()) == (5, head)
    with journal.pen(None, "test"):
        Upload.objects.update(made_at=timezone.now() - timedelta(days=1, seconds=1))
    assert alice.get(where[0]).status_code == 404 and "đang chờ nhập" not in text(alice.get(LIST))
    uploaded(bob, "admissions", [rows[0]])
    assert [upload.account for upload in Upload.objects.all()] == [bob.account]


def reads():
    return list(Entry.objects.filter(chain="reads").order_by("number"))


def test_a_preview_that_tells_more_of_people_than_the_file_is_journalled(cast):
    alice = cast["alice"]
    new = uploaded(alice, "admissions", [ADMITTED])
    alice.get(new)
    assert reads() == []  # one's own file
    applied(alice, new)
    other = uploaded(alice, "admissions", [{**ADMITTED, "Số quyết định": "12-QĐ/TU"}])
    assert "12-QĐ/TU" in text(alice.get(other))
    known = uploaded(alice, "admissions", [{**ADMITTED, "Ngày quyết định": "20/05/2014"}])
    assert "đã có quyết định ngày 19/05/2014" in text(alice.get(known))
    first, second = reads()
    for entry in (first, second):
        assert (entry.deed, entry.about, entry.actor) == ("list", "import:admissions", alice.account)
        assert entry.committee.code == "T-H1-X-1" and '"count": 1' in entry.payload


@pytest.mark.parametrize("kind", KINDS)
def test_the_template_of_a_kind_is_read_as_that_kind(kind, give, plan):
    client = Client()
    client.force_login(give("hai", "administrator" if kind == "mandates" else "staff", "T"))
    answer = client.get(reverse("recruitment:import-template", args=[kind]))
    content = b"".join(answer.streaming_content)
    assert "attachment" in answer["Content-Disposition"] and ".xlsx" in answer["Content-Disposition"]
    source = read(kind, BytesIO(content), "mẫu")
    assert (source.missing, source.table.unknown, source.rows) == ({}, [], [])
    sheet = load_workbook(BytesIO(content)).active
    notes = {cell.value.removesuffix(" *"): cell.comment.text if cell.comment else "" for cell in sheet[1]}
    assert list(notes) == [heading for heading, _ in headings(kind)]
    for column in KINDS[kind].columns:
        assert ("Bắt buộc." in notes[column.heading]) == column.required
    refused = send(client, kind, content)
    assert refused.status_code == 400 and "không có dòng nào dưới dòng tiêu đề (dòng 1)" in text(refused)


def queries(client, where):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(where).status_code == 200
    return len(caught)


def test_the_list_asks_as_often_for_three_as_for_one(cast):
    alice = cast["alice"]
    rows = [{**ADMITTED, "Họ và tên": name} for name in ("Lê A", "Lê B", "Lê C")]
    applied(alice, uploaded(alice, "admissions", rows[:1]))
    make_upload(alice.account, "admissions", rows[:1])
    alice.get(LIST)
    once = queries(alice, LIST)
    for k in (1, 2):
        applied(alice, uploaded(alice, "admissions", rows[: k + 1]))
        make_upload(alice.account, "admissions", rows[k:], name=f"{k}.xlsx")
    alice.get(LIST)
    assert queries(alice, LIST) == once
    assert len(alice.get(LIST).context["batches"]) == 3


def test_the_list_turns_its_pages(cast):
    alice = cast["alice"]
    with journal.pen(None, "load", committee=alice.account.mandates.get().committee):
        for k in range(55):
            Batch(kind="admissions", name=f"tệp {k}.xlsx", digest="0", rows=1).save()
    first, second = alice.get(LIST), alice.get(f"{LIST}?page=2")
    assert [len(page.context["batches"]) for page in (first, second)] == [50, 5]
    assert "tệp 54.xlsx" in text(first) and "tệp 0.xlsx" in text(second)


def test_a_preview_stays_the_same_size_whatever_the_file_holds(cast):
    alice = cast["alice"]
    names = [f"Lê Văn {chr(97 + k // 26)}{chr(97 + k % 26)}" for k in range(300)]

    def page(count):
        rows = [{**ADMITTED, "Họ và tên": name} for name in names[:count]]
        bad = [{**row, "Giới tính": "?"} for row in rows]
        return alice.get(uploaded(alice, "admissions", rows + bad))

    small, large = page(210), page(300)
    assert abs(len(small.content) - len(large.content)) < 1000
    shown = large.context["page"]
    assert (len(large.context["rows"]), shown.bad_count) == (BAD_ROWS, 300)
    assert (len(shown.additions), shown.more_additions) == (50, 250)
    assert "Dòng 1–50 trong 300" in text(large) and "và 250 dòng nữa" in text(large)
    last = alice.get(f"{large.wsgi_request.path}?page=6")
    assert [row.number for row in last.context["rows"]][-1] == 601


def test_the_page_of_an_undo_tells_before_and_after_what_stays_and_leads_there(cast):
    alice = cast["alice"]
    other = {**ADMITTED, "Họ và tên": "Ngô Thị Lan", "Giới tính": "Nữ"}
    applied(alice, uploaded(alice, "admissions", [ADMITTED, other]))
    batch = Batch.objects.get(kind="admissions")
    where = f"/imports/batches/{batch.pk}/"
    page = text(alice.get(where))
    assert "2 <small>lần kết nạp" in page and "2 <small>người" in page and "Sẽ giữ lại" not in page
    with journal.pen(None, "test"):
        admission = Admission.objects.get(person__search="ngo thi lan")
        admission.decision_number = "12-QĐ/TU"
        admission.save()
    heads = journal.heads()["writes"]
    once = queries(alice, where)
    page = text(alice.get(where))
    assert f'<a href="/people/{admission.person_id}/">Ngô Thị Lan, 14/03/1990</a>' in page
    assert "đã sửa sau khi nạp" in page and "đã có dữ liệu khác dựa vào" in page
    assert journal.heads()["writes"] == heads and Admission.objects.count() == 2
    assert cast["bob"].get(where).status_code == 404 and cast["charlie"].get(where).status_code == 403
    alice.post(f"{where}undo/")
    page = text(alice.get(where))
    assert "Đã giữ lại" in page and "Ngô Thị Lan" in page and f"{where}undo/" not in page
    assert Admission.objects.get() == admission
    rows = [{**ADMITTED, "Họ và tên": f"Lê {name}"} for name in ("Hai", "Ba", "Bốn")]
    applied(alice, uploaded(alice, "admissions", rows))
    with journal.pen(None, "test"):
        for row in Admission.objects.exclude(pk=admission.pk):
            row.decision_number = "13-QĐ/TU"
            row.save()
    latest = Batch.objects.latest("pk")
    alice.get(f"/imports/batches/{latest.pk}/")
    assert queries(alice, f"/imports/batches/{latest.pk}/") <= once
    assert text(alice.get(f"/imports/batches/{latest.pk}/")).count("đã sửa sau khi nạp") == 3


def test_what_stays_out_of_reach_is_not_named(cast, give):
    """Another load of Alice's that stands upon rows of Bob's district tells her that, not whose."""
    root = Client()
    root.account = give("root", "staff", "T")
    root.force_login(root.account)
    there = {**ADMITTED, "Họ và tên": "Trần Kín", "Mã tổ chức": "T-H2-C"}
    assert not load("admissions", [there, ADMITTED], name="cả hai", actor=root.account).faults
    person = Person.objects.get(search="tran kin")
    told = kept.lines(Access(cast["alice"].account), [("recruitment.person", person.pk, "vì")])
    assert [(line.name, line.address, line.personal) for line in told] == [("", "", False)]
    [line] = kept.lines(Access(root.account), [("recruitment.person", person.pk, "vì")])
    assert "Trần Kín" in line.name and line.address == f"/people/{person.pk}/"

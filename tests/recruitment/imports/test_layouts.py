"""The page of columns: files whose headings are not ours are kept, read as their user says, and remembered for their
sender. Alice works in one district, Bob in another."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from committees import journal
from committees.models import Headcount
from recruitment.imports import desk
from recruitment.imports.layout import headings
from recruitment.models import Admission, Layout, Upload
from tests.recruitment.sheets.books import saved

pytestmark = pytest.mark.django_db
COUNTS = ["TT", "Đơn vị", "Tổng số", "Ghi chú"]
ROWS = [[1, "Đảng bộ xã X", 12], [2, "Chi bộ thôn 1", "1.005"], [None, "Cộng", "1.017"]]


@pytest.fixture
def cast(register, give):
    def enter(name, role, code):
        client = Client()
        client.account = give(name, role, code)
        client.force_login(client.account)
        return client

    return {"alice": enter("alice", "staff", "T-H1"), "bob": enter("bob", "staff", "T-H2")}


def send(client, file, kind="headcounts", **data):
    content = file if isinstance(file, bytes) else file.read()
    return client.post("/imports/", {"kind": kind, "file": SimpleUploadedFile("tệp.xlsx", content), **data})


def text(answer):
    return " ".join(answer.content.decode().split())


def said(page, **wanted):
    """What the page's form would send, with some of our columns said otherwise: {heading: source or (source, value)}."""
    form = page.context["form"]
    sent = dict(page.context["head"])
    for k, column in enumerate(form.kind.columns):
        sent[f"from-{k}"], sent[f"value-{k}"] = form[f"from-{k}"].value(), form[f"value-{k}"].value()
        if column.heading in wanted:
            found = wanted[column.heading]
            sent[f"from-{k}"], sent[f"value-{k}"] = found if isinstance(found, tuple) else (found, "")
    for name in ("remember", "skip"):
        if name in form.fields and wanted.get(name, form[name].value()):
            sent[name] = "on"
    return sent


def test_a_file_of_other_words_is_kept_matched_loaded_and_remembered(cast):
    alice = cast["alice"]
    answer = send(alice, saved(["ĐẢNG BỘ HUYỆN MỘT"], COUNTS, *ROWS))
    where = answer.url
    assert where.endswith("/columns/") and Upload.objects.count() == 1
    assert alice.get(where.removesuffix("columns/")).url == where, "every page of it leads there first"
    page = alice.get(where)
    assert page.context["head"]["row"] == 2
    for words in ("Tổng số", "Đảng bộ xã X", "1.005"):
        assert words in text(page)
    refused = alice.post(where, said(page, **{"Mã tổ chức": "B", "Số đảng viên": "C"}))
    assert refused.status_code == 400 and "Ngày: Bắt buộc." in text(refused)
    wrong = {"Mã tổ chức": "B", "Số đảng viên": "C", "Ngày": ("=", "31/2/2012")}
    assert "cần một ngày có thật" in text(alice.post(where, said(page, **wrong)))
    right = {**wrong, "Ngày": ("=", "31/12/2012")}
    preview = alice.get(alice.post(where, said(page, **right)).url)
    assert preview.context["page"].ready == 2
    assert "1 dòng không phải dữ liệu" in text(preview) and "dòng cộng: Cộng 1.017" in text(preview)
    alice.post(preview.wsgi_request.path + "apply/")
    assert sorted(Headcount.objects.values_list("committee__code", "members")) == [
        ("T-H1-X", 12),
        ("T-H1-X-1", 1005),
    ]
    # Next year's file has a title line more; what was said is found again by its headings.
    layout = Layout.objects.get()
    assert (layout.committee.code, layout.kind) == ("T-H1", "headcounts")
    again = send(alice, saved(["ĐẢNG BỘ"], ["NĂM 2013"], COUNTS, [1, "Đảng bộ xã X", 14]))
    assert alice.get(again.url.removesuffix("columns/")).url == again.url, (
        "the day of last year's file is no day of this"
    )
    page = alice.get(again.url)
    assert "đã nhớ" in text(page) and "Mã tổ chức: B" in text(page) and page.context["head"]["row"] == 3
    sent = said(page)
    assert [sent[f"from-{k}"] for k in range(3)] == ["B", "=", "C"] and sent["value-1"] == ""
    assert "Chưa ghi giá trị" in text(alice.post(again.url, sent))
    preview = alice.get(alice.post(again.url, {**sent, "value-1": "31/12/2013"}).url)
    assert (preview.context["page"].new, preview.context["page"].changed) == (1, 0)
    bob = cast["bob"]
    assert send(bob, saved(COUNTS, [1, "Chi bộ cơ quan", 14])).url.endswith("/columns/"), (
        "another sender, other habits"
    )
    forgotten = alice.post(again.url + "forget/", {"layout": layout.pk})
    assert forgotten.status_code == 302 and not Layout.objects.exists()
    assert alice.post(again.url + "forget/", {"layout": layout.pk}).status_code == 404
    assert journal.verify() is None


def test_nobody_elses_columns_are_seen_said_or_forgotten(cast):
    alice, bob = cast["alice"], cast["bob"]
    where = send(alice, saved(COUNTS, *ROWS)).url
    page = alice.get(where)
    sent = said(page, **{"Mã tổ chức": "B", "Số đảng viên": "C", "Ngày": ("=", "31/12/2012")})
    assert alice.post(where, sent).status_code == 302
    layout, head = Layout.objects.get(), journal.heads()
    assert (bob.get(where).status_code, bob.post(where, sent).status_code) == (404, 404)
    mine = send(bob, saved(COUNTS, [1, "Chi bộ cơ quan", 14])).url
    assert bob.post(mine + "forget/", {"layout": layout.pk}).status_code == 404
    assert "Mã tổ chức: B" not in text(bob.get(mine))
    elsewhere = send(bob, saved(COUNTS, [2, "Chi bộ cơ quan", 15]), sender="T-H1")
    assert elsewhere.status_code == 400 and Layout.objects.count() == 1
    assert journal.heads() != head and alice.get(where).status_code == 200


def sheets(**tables):
    book = Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


PERSON = ["TT", "Họ tên", "Ngày sinh", None, "Ngày QĐ"]
SEXES = [None, None, "Nam", "Nữ", None]


def test_one_sheet_a_unit_the_unit_from_its_name(cast):
    alice = cast["alice"]
    file = sheets(
        Chi_bộ_thôn_1=[PERSON, SEXES, [1, "Lê Văn Tám", "14/03/1990", None, "19/05/2014"]],
        Chi_bộ_thôn_2=[["DANH SÁCH"], PERSON, SEXES, [1, "Ngô Thị Lan", None, "1-2-1991", "19.5.2014"]],
        Hướng_dẫn=[["Ghi theo mẫu"]],
    )
    where = send(alice, file, kind="admissions").url
    page = alice.get(where + "?sheet=*&row=1&rows=2")
    sent = said(page, **{"Mã tổ chức": "@sheet"})
    preview = alice.get(alice.post(where, sent).url)
    found = preview.context["page"]
    assert found.ready == 2, [str(fault) for fault in found.judged.faults]
    assert "không đọc: Hướng dẫn" in text(preview)
    alice.post(preview.wsgi_request.path + "apply/")
    assert sorted(Admission.objects.values_list("person__full_name", "sex", "cell__code")) == [
        ("Lê Văn Tám", "M", "T-H1-X-1"),
        ("Ngô Thị Lan", "F", "T-H1-X-2"),
    ]


def test_a_fault_among_several_sheets_names_its_sheet(cast):
    alice = cast["alice"]
    row = ["Lê Văn Tám", "14/03/1990", "Nam", "19/05/2014"]
    head = ["Họ và tên", "Sinh ngày", "Giới tính", "Ngày quyết định"]
    file = sheets(Chi_bộ_thôn_1=[head, row], Thôn_2=[head, [*row[:1], "31/02/1990", *row[2:]]])
    where = send(alice, file, kind="admissions").url
    page = alice.get(where + "?sheet=*&row=1&rows=1")
    preview = alice.get(alice.post(where, said(page, **{"Mã tổ chức": "@sheet"})).url)
    [fault] = preview.context["page"].judged.faults
    assert (fault.cell, fault.row) == ("Thôn 2!B2", 2)


def test_the_section_or_the_title_gives_the_unit(cast):
    alice = cast["alice"]
    head = ["Họ và tên", "Sinh ngày", "Giới tính", "Ngày quyết định"]
    tam, lan = (
        ["Lê Văn Tám", "14/03/1990", "Nam", "19/05/2014"],
        ["Ngô Thị Lan", "01/02/1991", "Nữ", "19/05/2014"],
    )
    by_section = saved(["DANH SÁCH"], head, ["Chi bộ thôn 1"], tam, ["Chi bộ thôn 2"], lan)
    by_title = saved(["ĐẢNG BỘ XÃ X"], ["CHI BỘ THÔN 1"], ["DANH SÁCH"], head, tam)
    for file, source, count in ((by_section, "@section", 2), (by_title, "@title", 1)):
        where = send(alice, file, kind="admissions").url.removesuffix("columns/") + "columns/"
        preview = alice.get(alice.post(where, said(alice.get(where), **{"Mã tổ chức": source})).url)
        assert preview.context["page"].ready == count, [str(f) for f in preview.context["page"].judged.faults]


def test_edits_stay_where_the_same_rows_are_read(cast):
    alice = cast["alice"]
    where = send(alice, saved(COUNTS, *ROWS)).url
    sent = said(alice.get(where), **{"Mã tổ chức": "B", "Số đảng viên": "C", "Ngày": ("=", "31/12/2012")})
    alice.post(where, sent)
    upload = Upload.objects.get()
    with journal.pen(None, "test"):
        Upload.objects.update(edits={"2": {"Số đảng viên": "13"}})
    assert desk.opened(Upload.objects.get()).rows[0][1]["Số đảng viên"] == "13"
    again = {**sent, "value-1": "31/12/2011"}
    assert alice.post(where, again).status_code == 302 and Upload.objects.get().edits
    other = said(
        alice.get(where + "?row=2&rows=1"),
        **{"Mã tổ chức": "B", "Số đảng viên": "C", "Ngày": ("=", "1/1/2012")},
    )
    assert alice.post(where, other).status_code == 302 and Upload.objects.get().edits == {}
    assert Upload.objects.get().digest != upload.digest


def test_a_choice_that_leaves_nothing_to_read_is_refused(cast):
    alice = cast["alice"]
    where = send(alice, saved(COUNTS, *ROWS)).url
    page = alice.get(where + "?row=4&rows=1")
    wanted = {"Mã tổ chức": "B", "Số đảng viên": "C", "Ngày": ("=", "31/12/2012")}
    answer = alice.post(where, said(page, **wanted))
    assert answer.status_code == 400 and "không có dòng dữ liệu nào" in text(answer)
    odd = {**said(alice.get(where), **wanted), "from-0": "ZZ"}
    assert "Chọn lại một cột" in text(alice.post(where, odd))
    assert Upload.objects.get().choices.keys() == {"sender"} and not Layout.objects.exists()
    assert alice.get(where + "?sheet=khác&row=x&rows=99").status_code == 200


def test_the_page_asks_as_often_for_three_layouts_as_for_one(cast):
    alice = cast["alice"]
    where = send(alice, saved(COUNTS, *ROWS)).url

    def remember(*notes):
        with journal.pen(None, "test"):
            for note in notes:
                Layout(
                    committee=alice.account.mandates.get().committee, kind="headcounts", signature=note * 64,
                    choices={"columns": {"Mã tổ chức": ["B"]}},
                ).save()  # fmt: skip
        alice.get(where)
        with CaptureQueriesContext(connection) as caught:
            alice.get(where)
        return len(caught)

    assert remember("a") == remember("b", "c")


def test_the_sheet_that_was_chosen_is_remembered_by_its_name(cast):
    alice = cast["alice"]
    head = ["Đơn vị", "Ngày", "Số đảng viên"]
    both = {
        "Quý_3": [head, ["Đảng bộ xã X", "30/09/2012", 11]],
        "Quý_4": [head, ["Đảng bộ xã X", "31/12/2012", 12]],
    }

    def days(where):
        return [raw["Ngày"] for _number, raw in alice.get(where).context["page"].source.rows]

    where = send(alice, sheets(**both)).url
    assert (
        alice.post(where, said(alice.get(where + "?sheet=Quý 4&row=1"), **{"Mã tổ chức": "A"})).status_code
        == 302
    )
    again = send(alice, sheets(Bìa=[["x"]], **both)).url
    assert not again.endswith("columns/") and days(again) == ["31/12/2012"]
    first = send(alice, sheets(Quý_1=both["Quý_3"], Bìa=[["x"]])).url
    assert first.endswith("columns/"), "no such sheet: asked, with what is remembered filled in"
    assert said(alice.get(first))["from-0"] == "A"


def test_edits_go_with_their_rows_and_what_cannot_is_told(cast):
    """Of three sheets one is read no more: the rows after it have other numbers, and nobody gets another's birth date."""
    alice = cast["alice"]
    head = ["Họ và tên", "Sinh ngày", "Giới tính", "Ngày quyết định", "Quê", "Nơi sinh"]

    def row(name):
        return [name, "31/02/1990", "Nam", "19/05/2014", "xã A", "xã B"]

    file = sheets(
        Chi_bộ_thôn_1=[head, row("Một A")],
        Chi_bộ_thôn_2=[[*head[:5], "Ghi chú"], row("Hai A"), row("Hai B")],
        Chi_bộ_cơ_quan=[head, row("Ba A"), row("Ba B")],
    )
    where = send(alice, file, kind="admissions").url.removesuffix("columns/") + "columns/"
    sent = said(alice.get(where + "?sheet=*&row=1&rows=1"), **{"Mã tổ chức": "@sheet"})
    alice.post(where, sent)
    typed = {"2": {"Sinh ngày": "21/02/1990"}, "3": {"": "drop"}, "5": {"Sinh ngày": "25/02/1990"}}
    with journal.pen(None, "test"):
        Upload.objects.update(edits=typed)
    answer = alice.post(where, {**sent, **column(sent, "Quê quán", "F")}, follow=True)
    assert "2 chỗ đã sửa không giữ được" in text(answer)
    assert Upload.objects.get().edits == {"3": {"Sinh ngày": "25/02/1990"}}
    rows = [(raw["Họ và tên"], raw["Sinh ngày"]) for _n, raw in desk.opened(Upload.objects.get()).rows]
    assert rows == [("Một A", "31/02/1990"), ("Ba A", "31/02/1990"), ("Ba B", "25/02/1990")]
    assert alice.post(where, {**sent, **column(sent, "Sinh ngày", "D")}, follow=True).status_code == 200
    assert Upload.objects.get().edits == {}, "another column is another date"


def column(sent, heading, source):
    """The part of a form that says where one of our columns of `admissions` comes from."""
    names = [name for name, _required in headings("admissions")]
    return {f"from-{names.index(heading)}": source}


def test_a_file_of_its_own_words_keeps_what_was_mended_when_a_column_is_added(cast):
    alice = cast["alice"]
    head = ["Mã tổ chức", "Ngày", "Số đảng viên", "Trong đó"]
    where = send(alice, saved(head, ["T-H1-X", "31/12/2012", "mười", 2])).url
    with journal.pen(None, "test"):
        Upload.objects.update(edits={"2": {"Số đảng viên": "12"}})
    answer = alice.post(
        f"{where}columns/", said(alice.get(f"{where}columns/"), **{"Dự bị": "D"}), follow=True
    )
    assert Upload.objects.get().edits == {"2": {"Số đảng viên": "12"}} and "không giữ được" not in text(
        answer
    )
    assert answer.context["page"].new == 1

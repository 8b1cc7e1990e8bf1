"""Files no browser should have sent: each refused in words that say what to do, nothing kept, never a failure of ours."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from committees import journal
from recruitment.imports import forms
from recruitment.imports.forms import LONGEST_NAME, tidy_name
from recruitment.imports.intake import Bounded
from recruitment.models import Upload
from recruitment.sheets.package import LARGEST_FILE
from tests.factories import make_workbook
from tests.recruitment.sheets.books import repacked, saved

pytestmark = pytest.mark.django_db
HEAD = ["Mã tổ chức", "Ngày", "Số đảng viên"]
ROW = ["T-H1", "31/12/2012", 9]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
SAVE_AS = "Lưu thành"


@pytest.fixture
def clerk(register, give):
    client = Client()
    client.force_login(give("alice", "staff", "T-H1"))
    return client


def send(client, content, name="tệp.xlsx", **data):
    return client.post("/imports/", {"kind": "headcounts", "file": SimpleUploadedFile(name, content), **data})


def coloured():
    """Headings and a million rows with a colour and nothing in them."""
    empty = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % n for n in range(2, 1_000_000))
    change = {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</sheetData>", empty + b"</sheetData>")}
    return repacked(saved(HEAD), change).read()


HOSTILE = {
    "empty": (lambda: b"", "Tệp rỗng"),
    "text": (lambda: "Họ tên;Sinh ngày\nAn;1990".encode(), SAVE_AS),
    "pdf": (lambda: b"%PDF-1.7\n" + b"x" * 400, SAVE_AS),
    "old Excel": (lambda: OLE, SAVE_AS),
    "password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "Bỏ mật khẩu"),
    "macro": (lambda: repacked(saved(HEAD, ROW), add={"xl/vbaProject.bin": b"x"}).read(), "macro"),
    "calc": (lambda: repacked(saved(HEAD, ROW), add={"content.xml": b"x"}).read(), ".ods"),
    "bomb": (lambda: repacked(saved(HEAD, ROW), add={"a.bin": b"\0" * 17 * 1024 * 1024}).read(), "nén quá nhiều"),
    "broken": (lambda: saved(HEAD, ROW).read()[:-300], "hỏng"),
    "bare zip": (lambda: b"PK\x05\x06" + b"\0" * 18, "không phải là sổ tính"),
    "entities": (
        lambda: repacked(
            saved(HEAD, ROW), {"xl/workbook.xml": lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml}
        ).read(),
        "khai báo XML lạ",
    ),
    "no sheet filled": (lambda: saved().read(), "không tìm thấy dòng tiêu đề"),
    "headings alone": (lambda: saved(HEAD).read(), "không có dòng nào dưới dòng tiêu đề (dòng 1)"),
    "a million empty rows": (coloured, "không có dòng nào dưới dòng tiêu đề"),
    "too large": (lambda: b"PK" + b"x" * (LARGEST_FILE + 5_000_000), "nặng hơn 20 MB"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_is_refused(case, clerk):
    make, words = HOSTILE[case]
    head = journal.heads()
    answer = send(clerk, make())
    page = answer.content.decode()
    assert answer.status_code == 400 and "<title>Lỗi:" in page
    assert list(answer.context["form"].errors) == ["file"] and words in page
    assert not Upload.objects.exists() and journal.heads() == head


def test_more_rows_than_a_request_bears_are_refused_by_their_number(clerk, monkeypatch):
    monkeypatch.setattr(forms, "MOST_LINES", 2)
    three = saved(HEAD, *[["T-H1", f"{day:02}/12/2012", 9] for day in (1, 2, 3)]).read()
    answer = send(clerk, three)
    assert (
        answer.status_code == 400 and "Tệp có 3 dòng; ở đây nhận nhiều nhất 2 dòng" in answer.content.decode()
    )
    assert send(clerk, saved(HEAD, ROW, ["T-H1", "01/01/2012", 9]).read()).status_code == 302


def test_nothing_chosen_is_named_field_by_field(clerk):
    answer = clerk.post("/imports/", {})
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["kind", "file"]
    assert "Chưa chọn tệp." in answer.content.decode()


def test_the_same_set_up_with_a_sound_file_is_kept(clerk):
    answer = send(clerk, saved(HEAD, ROW).read())
    assert answer.status_code == 302 and Upload.objects.count() == 1


def test_a_sound_workbook_under_a_false_name_is_what_it_is(clerk):
    assert send(clerk, saved(HEAD, ROW).read(), name="bang.csv").status_code == 302


def test_of_two_sheets_the_first_visible_is_read_and_both_are_named(clerk):
    book = Workbook()
    book.active.title = "Quý II"
    for row in (HEAD, ROW):
        book.active.append(row)
    book.create_sheet("Quý I").append(["khác"])
    book.create_sheet("Ẩn").sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    page = clerk.get(send(clerk, file.getvalue()).url).content.decode()
    assert "Trang tính “Quý II”" in page and "không đọc: Quý I." in " ".join(page.split())
    assert "Ẩn" not in page


def test_a_missing_column_is_told_on_the_preview(clerk):
    where = send(clerk, make_workbook(HEAD[:2], [dict(zip(HEAD, ROW, strict=True))])).url
    answer = clerk.get(where.removesuffix("columns/"))
    page = answer.content.decode()
    assert "Cần sửa dòng tiêu đề trước khi nhập" in page and "cột “Số đảng viên” trong dòng tiêu đề" in page
    assert answer.context["page"].bad_count == 0 and "apply/" not in page and "faults.xlsx" not in page


def test_what_a_cell_says_stays_text_on_the_page_and_in_the_file(clerk):
    rows = [["<script>alert(1)</script>", "31/12/2012", '=HYPERLINK("http://x.vn")']]
    where = send(clerk, saved(HEAD, *rows, prepare=as_text).read()).url
    page = clerk.get(where).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    file = b"".join(clerk.get(f"{where}faults.xlsx").streaming_content)
    assert b"<f>" not in repacked(io.BytesIO(file)).read()


def as_text(sheet):
    sheet["C2"].data_type = "s"


def test_what_is_too_large_is_let_go_while_it_comes():
    handler = Bounded()
    handler.new_file("file", "x", "application/zip", None)
    chunk = b"x" * 1024 * 1024
    kept = sum(len(handler.receive_data_chunk(chunk, 0) or b"") for _ in range(60))
    assert LARGEST_FILE < kept <= LARGEST_FILE + len(chunk)
    handler.new_file("file", "y", "application/zip", None)
    assert handler.receive_data_chunk(chunk, 0) == chunk, "the next file is counted by itself"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("../../etc/tệp.xlsx", "tệp.xlsx"),
        ("ke\u0302\u0301t na\u0323p.xlsx", "kết nạp.xlsx"),
        ("hai\r\ndòng\u202exslx.xlsx", "hai dòng xslx.xlsx"),
        ("", "tệp.xlsx"),
    ],
)
def test_names_of_files_are_plain(name, wanted):
    assert tidy_name(name) == wanted


def test_a_long_name_keeps_its_ending():
    assert tidy_name("x" * 300 + ".xlsx") == "x" * (LONGEST_NAME - 5) + ".xlsx"

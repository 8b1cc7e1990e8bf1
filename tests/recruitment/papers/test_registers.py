"""The five books: every line there is and no other, as it stood on a day, in the form's columns, with numbers that are
missing, on numbered pages; read by who may see the people, each time with an entry."""

import io
import json
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from committees.models import Entry
from recruitment import jobs
from recruitment.models import Admission, Stage
from recruitment.reports import filing
from tests import factories as make
from tests.factories_papers import make_issued

from . import registers_world as world
from .registers_world import book, text

BOOK = {
    "candidates": "bookcandidates", "admissions": "bookadmissions", "documents": "bookdocuments",
    "endings": "bookendings",
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(world.NOW, tick=False):
        yield


@pytest.fixture
def here(db):
    return world.build()


@pytest.fixture
def alice(client, here):
    client.force_login(here.alice)
    return client


def paper(client, name, **asked):
    answer = client.get(f"/registers/{name}/pdf/", asked)
    assert answer.status_code == 200, answer
    return PdfReader(io.BytesIO(b"".join(answer.streaming_content)))


def words(pdf):
    return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def last_read():
    entry = Entry.objects.filter(chain=Entry.READS).latest("number")
    return entry.deed, entry.about, json.loads(entry.payload)


def test_the_book_of_candidates_says_the_whole_road(alice):
    an, cuc = book(alice, "candidates", committee="T-1")
    assert (an["Họ và tên"], cuc["Họ và tên"]) == ("Nguyễn Văn An", "Phạm Thị Cúc"), "in order of the day"
    said = {
        "Số NQ công nhận cảm tình": "3-NQ/CB", "Ngày chi bộ công nhận, vào danh sách": "05/01/2024", "Kết nạp": "x",
        "Đảng viên giúp đỡ": "Lê Thị Cúc", "Số QĐ mở lớp": "9-QĐ/HU", "Thời gian lớp": "03/03/2025 – 07/03/2025",
        "Mã số chứng nhận": "77", "Đơn vị cấp chứng nhận": "TTCT huyện", "Số quyết định": "12-QĐ/HU",
        "Ngày kết nạp": "20/10/2025", "Đảng viên hướng dẫn": "Lê Thị Cúc", "Trạng thái": "Đảng viên dự bị",
        "Chi bộ sinh hoạt khi cấp": "Tổ chức T-1-1-1", "Đảng ủy khi cấp": "Tổ chức T-1-1",
        "Tỉnh ủy khi cấp": "Tổ chức T", "Nhận xét từng quý": "Q2/2024 Giữ mức",
    }  # fmt: skip
    assert {name: an[name] for name in said} == said
    assert (an["Dân tộc"], an["Quê quán"], an["Số điện thoại"]) == ("", "", ""), "masked, or not held"
    assert cuc["Kết nạp"] == cuc["Số quyết định"] == cuc["Ngày cấp chứng nhận"] == ""


def test_as_it_stood_on_a_day(alice):
    (an,) = book(alice, "candidates", committee="T-1", on="01/04/2025")
    assert (an["Mã số chứng nhận"], an["Kết nạp"], an["Số quyết định"]) == ("77", "", "")
    assert an["Trạng thái"] == "Trong danh sách nguồn"
    for on, moved in (("10/11/2026", "Đảng ủy phường Bà Rịa"), ("09/11/2026", "")):
        assert book(alice, "candidates", committee="T-1", on=on)[1]["Nơi chuyển tới"] == moved
    (told,) = book(alice, "admissions", committee="T-1", on="10/10/2025")
    assert (told["Ngày giao quyết định"], told["Ngày lễ"], told["Ngày hết dự bị"]) == ("09/10/2025", "", "")
    assert book(alice, "endings", committee="T-1", on="01/01/2026") == []


@pytest.mark.once
def test_a_year_and_a_term(alice, here):
    make.make_plan(
        "NK", here.at["T-1"], first=date(2020, 7, 1), last=date(2025, 6, 30), name="Kế hoạch nhiệm kỳ"
    )
    make.make_plan("N25", here.at["T-1"], first=date(2025, 1, 1), last=date(2025, 12, 31))
    for asked, names in (
        ({"year": 2025}, ["Nguyễn Văn An"]), ({"year": 2026}, ["Trần Thị Bình"]), ({"span": "NK"}, []),
        ({}, ["Nguyễn Văn An", "Trần Thị Bình"]),
    ):  # fmt: skip
        assert [row["Họ và tên"] for row in book(alice, "admissions", committee="T-1", **asked)] == names
    assert [row["Họ và tên"] for row in book(alice, "candidates", committee="T-1", span="NK")] == [
        "Nguyễn Văn An"
    ]
    assert alice.get("/registers/admissions/", {"span": "N25"}).status_code == 400, "a year's plan is no term"


def test_the_book_of_admissions_counts_the_twelve_months(alice):
    an, binh = book(alice, "admissions", committee="T-1")
    assert (an["Ngày hết dự bị"], binh["Ngày hết dự bị"]) == ("20/10/2026", "19/10/2027")
    assert (an["Số quyết định"], an["Ngày giao quyết định"]) == ("12-QĐ/HU", "09/10/2025")


def test_whose_probation_ends_with_the_cells_last_day(alice, here):
    (an,) = book(alice, "endings", committee="T-1")
    assert (an["Họ và tên"], an["Hết 12 tháng"], an["Hạn chi bộ xét"]) == (
        "Nguyễn Văn An", "20/10/2026", "02/12/2026",
    ), "30 working days after, one of them a holiday"  # fmt: skip
    assert (an["Người giúp đỡ"], an["Số, ngày quyết định"]) == ("Lê Thị Cúc", "12-QĐ/HU, 06/10/2025")
    for asked, count in (("over", 1), ("30", 0), ("60", 0)):
        assert len(book(alice, "endings", committee="T-1", ends=asked)) == count
    with make._pen():
        row = Admission.objects.get(pk=here.admitted.pk)
        row.official_on, row.recognised_on = date(2026, 10, 21), date(2026, 11, 2)
        row.save()
    assert book(alice, "endings", committee="T-1") == []


@pytest.mark.once
def test_on_paper_as_a_bound_book(alice, here, monkeypatch):
    with make._pen():
        make.make_admissions(
            here.at["T-1-1-1"], 60, date(2026, 1, 5), full_name="Lâm Thị Ngọc Trường Hoàng Vân"
        )
    pdf = paper(alice, "bookadmissions", committee="T-1", year=2026)
    pages = len(pdf.pages)
    assert pages > 2 and last_read()[:2] == ("export", "bookadmissions") and last_read()[2]["form"] == "pdf"
    for k, page in enumerate(pdf.pages, 1):
        told = " ".join(page.extract_text().split())
        assert float(page.mediabox.width) > float(page.mediabox.height)
        assert f"Trang {k}/" in told
        if k < pages or "Họ và tên" in told:
            assert "(1)" in told and "(14)" in told, "headings and the form's numbers on each page"
    said = words(pdf)
    assert f"Sổ này có {pages} trang, đánh số từ 1 đến {pages}, ghi 61 người." in said
    assert "SỔ KẾT NẠP ĐẢNG VIÊN" in said and "NGƯỜI GIỮ SỔ" in said and "Ký, đóng dấu" in said
    assert said.count("Trường Hoàng") == 60 or said.count("Lâm Thị Ngọc") == 60
    monkeypatch.setattr(filing, "LONG", 10)
    page = alice.get("/registers/bookadmissions/pdf/", {"committee": "T-1", "year": 2026})
    assert page.status_code == 302 and page.url.startswith("/files/")
    jobs.drain()
    answer = alice.get(f"{page.url}fetch/")
    made = PdfReader(io.BytesIO(b"".join(answer.streaming_content)))
    assert len(made.pages) == pages and answer["Content-Type"] == "application/pdf"


@pytest.mark.once
def test_the_long_form_goes_over_parts_and_a_cell_has_a_short_one(alice, client, here):
    pdf = paper(alice, "bookcandidates", committee="T-1")
    said = words(pdf)
    assert len(pdf.pages) == 3 and "(34)" in said and "(35)" not in said
    assert "PHẦN 3. KẾT NẠP" in said and "ghi tay" in said
    assert not any(word in said for word in ("Chơ Ro", "Láng Dài", "077090001234"))
    client.force_login(here.bob)
    short = words(paper(client, "bookcandidates", short="1"))
    assert "Nghề nghiệp, trình độ" in short and "Q2/2024 Giữ mức" in short and "(9)" not in short
    assert "chi bộ không đóng dấu" in short


@pytest.mark.once
def test_the_permanent_register_has_a_printed_form(alice):
    said = words(paper(alice, "register", committee="T-1"))
    assert "SỔ GỐC CẤP GIẤY CHỨNG NHẬN" in said and "Người nhận ký" in said and "ghi 1 chứng nhận." in said


def test_by_who_may_see_the_people_with_an_entry(client, here):
    for account, asked, status in (
        (here.alice, "T-1", 200), (here.bob, "T-1-1-1", 200), (here.alice, "T-2", 404), (here.bob, "T-1", 404),
        (here.charlie, "T-1", 404), (here.dan, "T-1", 403),
    ):  # fmt: skip
        client.force_login(account)
        for name, about in BOOK.items():
            before = Entry.objects.filter(chain=Entry.READS).count()
            page = client.get(f"/registers/{name}/", {"committee": asked})
            file = client.get(f"/registers/{about}/pdf/", {"committee": asked})
            assert (page.status_code, file.status_code) == (status, status), (account, name)
            assert Entry.objects.filter(chain=Entry.READS).count() - before == (2 if status == 200 else 0)
            if status == 200:
                said = text(page) + words(PdfReader(io.BytesIO(b"".join(file.streaming_content))))
                assert "Charlie" not in said
                assert last_read() == (
                    "export",
                    about,
                    {"form": "pdf", "filter": {}, "count": said_count(page)},
                )
    assert client.get("/registers/").status_code == 403, "figures alone"


def said_count(page):
    return page.context["page"].count


@pytest.mark.once
def test_asks_no_more_for_three_than_for_one(alice, here):
    def queries(address):
        alice.get(address)  # the arrays are read anew
        with CaptureQueriesContext(connection) as caught:
            assert alice.get(address).status_code == 200
        return len(caught)

    addresses = [f"/registers/{name}/?committee=T-1" for name in BOOK]
    addresses += [f"/registers/{about}/pdf/?committee=T-1" for about in BOOK.values()]
    one = [queries(address) for address in addresses]
    with make._pen():
        for full_name in ("Lê Thị Hai", "Lê Thị Ba"):
            followed = make.make_candidacy(
                here.at["T-1-1-1"], date(2025, 1, 6), (Stage.PROBATION, date(2025, 11, 3)), full_name=full_name,
                mentor="Hồ Thị Tám",
            )  # fmt: skip
            make.make_certificate(here.at["T-1-1-1"], date(2025, 3, 20), person=followed.person)
            make.make_admission(
                here.at["T-1-1-1"], date(2025, 10, 6), person=followed.person, candidacy=followed,
                ceremony_on=date(2025, 11, 3), decision_number="20-QĐ/HU",
            )  # fmt: skip
            make_issued(followed, "16-KNĐ", date(2026, 2, 3), {}, committee=here.at["T-1"], number="40-QĐ/HU")
    assert [queries(address) for address in addresses] == one


@pytest.mark.once
def test_the_hub_leads_to_each_and_an_empty_book_says_so(alice, here):
    page = text(alice.get("/registers/"))
    for address in (*(f"/registers/{name}/" for name in BOOK), "/certificates/"):
        assert f'href="{address}"' in page
    assert "/registers/" in text(alice.get("/reports/")) and "/registers/" in text(alice.get("/desk/"))
    make.make_committee("T-1-9", "Chi bộ mới", parent=here.at["T-1"])
    for name in BOOK:
        assert "chưa có dòng nào" in text(alice.get(f"/registers/{name}/", {"committee": "T-1-9"}))

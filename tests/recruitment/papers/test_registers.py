"""The five books: every line there is and no other, as it stood on a day, in the form's columns, with numbers that are
missing, on numbered pages; read by who may see the people, each time with an entry."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as some
from pypdf import PdfReader

from committees import vietnamese
from committees.models import Entry, Kind, Role
from recruitment import jobs
from recruitment.models import Admission, Candidacy, IssuedPaper, Stage
from recruitment.papers.registers.gaps import with_gaps
from recruitment.papers.registers.sent import Document, numbered
from recruitment.reports import filing
from tests import factories as make
from tests.factories_papers import make_block, make_issued

NOW = datetime(2026, 11, 23, 9, tzinfo=vietnamese.ZONE)
BOOK = {
    "candidates": "bookcandidates", "admissions": "bookadmissions", "documents": "bookdocuments",
    "endings": "bookendings",
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def here(db):
    """The district T-1: An was put on the list, taught, admitted in 2025 and is past the twelve months; Bình was admitted
    this year; Cúc is on the list alone. T-2 has somebody nobody here may see."""
    at = make.make_province(districts=2, communes=2, cells=2)
    cell = at["T-1-1-1"]
    with make._pen():
        an = make.make_candidacy(
            cell, date(2024, 1, 8), (Stage.PROBATION, date(2025, 10, 20)), full_name="Nguyễn Văn An",
            mentor="Lê Thị Cúc", ethnicity="Chơ Ro", native_place="Xã Láng Dài", citizen_id="077090001234",
        )  # fmt: skip
        course = make.make_course(
            at["T-1"], date(2025, 3, 3), organiser="TTCT huyện", opening_number="9-QĐ/HU"
        )
        make.make_certificate(cell, date(2025, 3, 20), person=an.person, course=course, number="77")
        make.make_paper(an, "listing", date(2024, 1, 5), number="3-NQ/CB")
        make.make_review(an, date(2024, 5, 6))
        admitted = make.make_admission(
            cell, date(2025, 10, 6), person=an.person, candidacy=an, decision_number="12-QĐ/HU",
            received_on=date(2025, 10, 9), ceremony_on=date(2025, 10, 20),
        )  # fmt: skip
        make.make_admission(
            at["T-1-1-2"], date(2026, 10, 5), full_name="Trần Thị Bình", decision_number="15-QĐ/HU",
            ceremony_on=date(2026, 10, 19),
        )  # fmt: skip
        cuc = make.make_candidacy(cell, date(2026, 2, 2), full_name="Phạm Thị Cúc")
        make.make_paper(cuc, "moved", date(2026, 11, 10), said={"to": "Đảng ủy phường Bà Rịa"})
        make.make_candidacy(at["T-2-1-1"], date(2025, 2, 2), full_name="Charlie Quần Chúng")
        make.make_admission(
            at["T-2-1-1"], date(2025, 2, 3), full_name="Charlie Kết Nạp", decision_number="13-QĐ/HU",
            ceremony_on=date(2025, 2, 20),
        )  # fmt: skip
    return SimpleNamespace(
        at=at, an=an, admitted=admitted,
        alice=make.make_account("alice", Role.STAFF, at["T-1"]),
        bob=make.make_account("bob", Role.SECRETARY, cell),
        charlie=make.make_account("charlie", Role.STAFF, at["T-2"]),
        dan=make.make_account("dan", Role.STANDING, at["T-1"]),
    )  # fmt: skip


@pytest.fixture
def alice(client, here):
    client.force_login(here.alice)
    return client


def text(answer):
    assert answer.status_code == 200, answer
    return answer.content.decode()


def rows(answer):
    """[{heading: cell}] of a book's CSV."""
    assert answer.status_code == 200, answer
    told = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(told), delimiter=";"))


def book(client, name, **asked):
    """The whole book as its page leads to it as a file."""
    page = client.get(f"/registers/{name}/", asked).context["page"]
    return rows(client.get(page.csv))


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


def test_documents_stand_by_number_with_those_nobody_wrote_down(alice, here):
    with make._pen():
        make.make_plan("NK", here.at["T-1"], first=date(2025, 7, 1), last=date(2030, 6, 30))
        issued = partial(make_issued, here.an, said={})
        issued(
            "9-KNĐ",
            date(2025, 10, 6),
            committee=here.at["T-1"],
            number="12-QĐ/HU",
            signer="Hồ Văn Ký",
            copies=3,
        )
        issued("to-trinh", date(2026, 1, 2), committee=here.at["T-1"], number="02-TTr/HU")
        issued("8-KNĐ", date(2026, 1, 2), committee=here.at["T-1-1"], number="9-NQ/ĐU")
        wrong = issued("phieu-tham-dinh", date(2026, 2, 3), committee=here.at["T-1-2"], number="4-BC/ĐU")
        issued(
            "phieu-tham-dinh", date(2026, 2, 9), committee=here.at["T-1-2"], number="5-BC/ĐU", corrects=wrong
        )
        other = Candidacy.objects.get(person__full_name="Phạm Thị Cúc")
        for one in (here.an, other):
            make_issued(
                one, "to-trinh-chung", date(2026, 3, 2), {}, committee=here.at["T-1-1"], number="6-TTr/ĐU"
            )
        make.make_admission(
            here.at["T-1-1-1"], date(2026, 11, 2), full_name="Đỗ Thị Hủy", decision_number="15 - QĐ/HU",
            cancelled_on=date(2026, 11, 3),
        )  # fmt: skip
        make.make_admission(here.at["T-1-1-1"], date(2026, 11, 9), full_name="Võ Không Số")
    told = book(alice, "documents", committee="T-1", span="NK")
    assert [row["Số"] for row in told] == ["12-QĐ/HU", "13–14", "15-QĐ/HU", "15 - QĐ/HU", "02-TTr/HU", ""]
    assert told[-1]["Ghi chú"] == "Chưa ghi số" and "Võ Không Số" in told[-1]["Trích yếu"]
    by = {row["Số"]: row for row in told}
    assert "Nguyễn Văn An" in by["12-QĐ/HU"]["Trích yếu"] and by["12-QĐ/HU"]["Người ký"] == "Hồ Văn Ký"
    assert by["12-QĐ/HU"]["Số bản"] == "3", "one decision, issued from here, is one line"
    with make._pen():
        make_block(here.at["T-1"], 10, 20, skipped=[13])
    skips = {row["Số"]: row["Trích yếu"] for row in book(alice, "documents", committee="T-1", span="NK")}
    assert (skips["13"], skips["14"]) == ("Đã dùng cho văn bản khác", "Trong dải đã giữ, chưa dùng")
    assert by["13–14"]["Trích yếu"] == "Số không dùng, hoặc chưa ghi ở đây"
    assert by["15 - QĐ/HU"]["Ghi chú"] == "Đã hủy ngày 03/11/2026; trùng số với dòng trên"
    assert [row["Số"] for row in book(alice, "documents", committee="T-1", span="NK", sign="TTr")] == [
        "02-TTr/HU"
    ]
    assert [row["Số"] for row in book(alice, "documents", committee="T-1-1", year=2026)] == [
        "9-NQ/ĐU",
        "6-TTr/ĐU",
    ]
    assert [row["Số"] for row in book(alice, "documents", committee="T-1", q="binh")] == ["15-QĐ/HU"]
    notes = [row["Ghi chú"] for row in book(alice, "documents", committee="T-1-2", year=2026)]
    assert notes == [
        "Đã thay bằng văn bản số 5-BC/ĐU ngày 09/02/2026", "Đính chính văn bản số 4-BC/ĐU ngày 03/02/2026",
    ]  # fmt: skip
    (together,) = book(alice, "documents", committee="T-1-1", year=2026, sign="TTr")
    assert "Nguyễn Văn An, Phạm Thị Cúc" in together["Trích yếu"], "one proposal is one line"
    page = text(alice.get("/registers/documents/", {"committee": "T-1", "span": "NK"}))
    assert f'href="/issued/{IssuedPaper.objects.get(form="9-KNĐ").pk}/">12-QĐ/HU' in page
    assert "Sổ của 2 tổ chức trực thuộc" in page
    before = book(alice, "documents", committee="T-1", span="NK", on="02/11/2026")
    assert [row["Ghi chú"] for row in before if row["Số"] == "15 - QĐ/HU"] == ["trùng số với dòng trên"]


def test_a_number_another_year_bears_is_no_gap(alice, here):
    """12 and 20 are of 2025; 15 of 2026 is told, 21 was given, 22 is kept, of 16–19 nobody knows."""
    with make._pen():
        for number, on in (("20", date(2025, 11, 3)), ("23", date(2026, 10, 6))):
            make.make_admission(here.at["T-1-1-1"], on, decision_number=f"{number}-QĐ/HU")
        make_block(here.at["T-1"], 21, 24, skipped=[21])
    told = {row["Số"]: row["Trích yếu"] for row in book(alice, "documents", committee="T-1", year=2026)}
    unknown, other = "Số không dùng, hoặc chưa ghi ở đây", "Văn bản của năm khác trong nhiệm kỳ"
    assert (told["16–19"], told["20"]) == (unknown, other)
    assert (told["21"], told["22"]) == ("Đã dùng cho văn bản khác", "Trong dải đã giữ, chưa dùng")
    early = book(alice, "documents", committee="T-1", year=2026, on="05/10/2026")
    assert [row["Số"] for row in early] == ["15-QĐ/HU"]


def test_what_was_issued_and_cancelled_or_put_right_for_one_is_told_once(alice, here):
    with make._pen():
        here.admitted.cancelled_on = date(2026, 1, 9)
        here.admitted.save()
        at, other = here.at, Candidacy.objects.get(person__full_name="Phạm Thị Cúc")
        make_issued(here.an, "9-KNĐ", date(2025, 10, 6), {}, committee=at["T-1"], number="12-QĐ/HU")
        said = {"said": {}, "committee": at["T-1-1"], "number": "6-TTr/ĐU", "on": date(2026, 3, 2)}
        common = partial(make_issued, form="to-trinh-chung", printed=True, **said)
        wrong = [common(one) for one in (here.an, other)]
        for one in wrong:
            common(one.candidacy, corrects=one, title=f"Tờ trình {one.pk}")
    for on, note in (("08/01/2026", ""), ("09/01/2026", "Đã hủy ngày 09/01/2026")):
        make.make_plan(f"N{on[:2]}", at["T-1"], first=date(2025, 1, 1), last=date(2029, 12, 31))
        rows = book(alice, "documents", committee="T-1", span=f"N{on[:2]}", on=on)
        assert [row["Ghi chú"] for row in rows if row["Số"] == "12-QĐ/HU"] == [note]
    together, *right = book(alice, "documents", committee="T-1-1", year=2026, sign="TTr")
    assert "Nguyễn Văn An, Phạm Thị Cúc" in together["Trích yếu"] and "Đã thay bằng" in together["Ghi chú"]
    assert ["Văn An" in row["Trích yếu"] for row in right] == [True, False], "each has a text of its own"


def test_a_document_about_somebody_out_of_reach_is_neither_told_nor_a_gap(alice, here):
    with make._pen():
        make.make_admission(
            here.at["T-1-1-1"], date(2026, 10, 12), full_name="Lý Văn Dũng", decision_number="16-QĐ/HU"
        )
    before = [row["Số"] for row in book(alice, "documents", committee="T-1", year=2026)]
    make.place(here.at["T-1-1-2"], Kind.CELL, here.at["T-2-1"], since=date(2026, 11, 1))
    page = alice.get("/registers/documents/", {"committee": "T-1", "year": 2026})
    assert (before, page.context["page"].out_of_reach) == (["15-QĐ/HU", "16-QĐ/HU"], 1)
    assert "Trần Thị Bình" not in text(page)
    make.make_admission(here.at["T-1-1-1"], date(2026, 9, 7), decision_number="13-QĐ/HU")
    told = [row["Số"] for row in book(alice, "documents", committee="T-1", year=2026)]
    assert told == ["13-QĐ/HU", "14", "16-QĐ/HU"], "15 is borne by a document"


def _numbers(told):
    return [
        numbered(Document(k, f"{n:02}-QĐ/{body}", date(2026, 1, 1), "", 0))
        for k, (n, body) in enumerate(sorted(told, key=lambda one: (one[1], one[0])), 1)
    ]


@given(
    some.lists(some.tuples(some.integers(1, 60), some.sampled_from(["HU", "TU"])), max_size=25),
    some.sets(some.integers(1, 60), max_size=8),
)
def test_every_number_between_two_is_told_once(told, others):
    found = with_gaps(_numbers(told), 0, {"qd/hu": dict.fromkeys(others, "khác")})
    for body in ("HU", "TU"):
        used = sorted(n for n, letters in told if letters == body)
        series = [one for one in found if one.series == f"qd/{body.lower()}"]
        covered = [n for one in series for n in range(one.n, (one.last or one.n) + 1)]
        assert sorted(set(covered)) == (list(range(used[0], used[-1] + 1)) if used else [])
        assert covered == sorted(covered) and len(covered) - len(set(covered)) == len(used) - len(set(used))
        elsewhere = {n for one in series for n in range(one.n, (one.last or 0) + 1) if "khác" in one.about}
        assert elsewhere == (others & set(covered) - set(used) if body == "HU" else set())
    assert len({one.pk for one in found}) == len(found)
    assert [replace(one, note="") for one in found if one.last is None] == _numbers(told)


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

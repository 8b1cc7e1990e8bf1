"""The page of checking: pasted or uploaded, judged, mended, downloaded, kept on purpose; and the seeds run through it."""

import csv
import io
import time
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from committees import journal, vietnamese
from committees.models import Entry, Role
from recruitment.figures import printed
from recruitment.figures.checked import Checked
from recruitment.figures.checks import check
from recruitment.figures.pasted import LONGEST_LINE, MOST_LINES, SHORTER, read_text
from recruitment.figures.workbook import CODE
from recruitment.models import KeptCheck
from recruitment.rules.numbers import FILE, judge, rules
from tests import factories as make

FIXTURES = Path(__file__).parents[3] / "fixtures"
PAGE = "/figures/"


@pytest.fixture
def office(db):
    """A province with a clerk, and a clerk elsewhere."""
    made = make.make_province("A") | make.make_province("B")
    return {name: make.make_account(name, Role.STAFF, made[name.upper()]) for name in ("a", "b")}


@pytest.fixture
def clerk(client, office):
    client.force_login(office["a"])
    return client


def _said(response):
    return " ".join(response.content.decode().split()).replace("\N{NO-BREAK SPACE}", " ")


def _book(headings, rows):
    return io.BytesIO(make.make_workbook(headings, [dict(zip(headings, row, strict=True)) for row in rows]))


def verdicts(text):
    return {result.statement.code: result.verdict for result in check(read_text(text).statements)}


# Reading --------------------------------------------------------------------------------------------------


def test_lines_as_people_write_them():
    text = """# Cao Bằng
        281 + 465 = 746
        S1-05: 443.137 trong 46.706 = 92,36%
        2.206 + 1.967 + 2.334 + 2.310 = 12.133
        11.360 đảng viên / 12.133 đảng viên = 93,63%
        9.701 − 7.666 = 2.035
        11.225/5 = 2.245
        12.133
        Đạt 89,83% (539/600), gần 83% (539/650)."""
    assert verdicts(text) == {
        "D2": "exact",
        "S1-05": "part_exceeds_whole",
        "D4": "sum_mismatch",
        "D5": "rounded",
        "D6": "exact",
        "D7": "exact",
        "D8": "not_checkable",
        "D9.1": "rounded",
        "D9.2": "exact",
    }
    # What came from Excel, with or without the line of headings, in whatever order it names them.
    named = "Công bố\tSố hạng\tMã\tPhép tính\n103,73%\t9.701;9.352\tA\ttỷ lệ"
    assert verdicts(named) == verdicts("A\ttỷ lệ\t103,73%\t9.701;9.352") == {"A": "rounded"}
    # Lines of one text lend each other their numbers: the very denominators of another document do not count.
    assert verdicts("# Bài\n539/600 = 82,92%\n650") == {"D2": "wrong_denominator", "D3": "not_checkable"}
    assert verdicts("# Bài\n539/600 = 82,92%\n# Bài khác\n650")["D2"] == "mismatch"


def test_faults_name_the_line_and_what_is_wanted():
    found = read_text("281 + 465 = 746\nlinh tinh\nA\txyz\tmột ít\t1;2\n5/0 = 3%\nA\ttổng\t3\t1;2")
    places = [fault.place for fault in found.faults]
    assert places == ["dòng 2", "dòng 3, cột “Phép tính”", "dòng 3, cột “Công bố”", "dòng 5, cột “Mã”"]
    assert "103,73%" in found.faults[0].wanted and found.faults[0].found == "“linh tinh”"
    (many,) = read_text("1 + 1 = 2\n" * (MOST_LINES + 1)).faults
    assert many.place == f"dòng {MOST_LINES + 1}"


def test_no_short_text_holds_up_a_reader():
    long = LONGEST_LINE + 1
    for line in ("," * 8000 + "1", "1.1" * 3000 + "x", "a: " * 1000 + "1/2=50%", "1" * long):
        (fault,) = read_text(f"1 + 1 = 2\n{line}").faults
        assert (fault.place, fault.wanted) == ("dòng 2", SHORTER)
    told = read_text("a: " * 600 + "1/2=50%")
    assert [entry.cells[CODE] for entry in told.entries] == ["a"], "one name is taken off, the rest is read"
    # What is as long as a line or a cell may be is read at once, however it is made.
    began = time.process_time()
    for piece in (",", "1.1", "(", "1/2 ,,", "đạt ", "1 - "):
        read_text(f"{(piece * LONGEST_LINE)[: LONGEST_LINE - 1]}x\n" * 8)
    with pytest.raises(ValueError):
        printed.read("1.1" * 10_000 + "x")
    assert time.process_time() - began < 2.5
    (fault,) = read_text(f"A\ttỷ lệ\t{'1.1' * 3000}x\t1;2").faults
    assert fault.place == "dòng 1, cột “Công bố”"


@given(st.text(max_size=120) | st.text(alphabet="0123456789./+-=%;\t ,:trongQĐTUsố()", max_size=60))
def test_no_text_breaks_the_reader(text):
    found = read_text(text)
    Checked(found)
    assert (
        found.entries
        or found.faults
        or not text.strip()
        or all(
            line.strip().startswith("#") or not line.strip() or "văn bản" in line.casefold() or "\t" in line
            for line in text.splitlines()
        )
    )


@given(st.integers(0, 99_999), st.integers(1, 99_999))
def test_what_was_checked_reads_the_same_again(part, whole):
    share = vietnamese.decimal(vietnamese.percent(part, whole))
    text = f"X: {vietnamese.number(part)}/{vietnamese.number(whole)} = {share}%\nSố 5-NQ/ĐU của Chi bộ thôn 3"
    first = Checked(read_text(text))
    again = Checked(read_text(first.text))
    assert first.lines[0].result.verdict in ("exact", "rounded")
    assert [line.entry.statement for line in again.lines] == [line.entry.statement for line in first.lines]
    assert [line.number for line in again.lines] == [line.number for line in first.lines]


# Numbers of documents ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "issuer", "day", "verdict", "hint"),
    [
        ("1115-QĐ/TU", "Tỉnh ủy Bình Thuận", "18/01/2023", "fits", ""),
        ("4854-QĐ/QU", "Quận ủy 1", "13/05/2024", "fits", ""),
        ("Số 05-NQ/ĐU", "Đảng ủy xã Kim Bảng", "01/06/2026", "fits", ""),
        ("12-NQ/CB", "Chi bộ thôn 3", None, "fits", ""),
        ("12-QĐ/ĐUCA", "Đảng ủy Công an tỉnh", None, "fits", ""),
        ("9-QĐ/TU", "Thành ủy Cần Thơ", "01/06/2023", "fits", ""),
        ("1115-QĐ/TU", "Huyện ủy La Gi", None, "wrong_body", "1115-QĐ/HU"),
        ("12-QĐ/ĐU", "Chi bộ thôn 3", None, "wrong_body", "12-QĐ/CB"),
        ("12-QĐ/HU", "Huyện ủy Đất Đỏ", "05/08/2025", "wrong_time", "chỉ đến 30/06/2025"),
        ("5-NQ/ĐU", "Đảng ủy xã Kim Bảng", "01/06/2026", "unpadded", "05-NQ/ĐU"),
        ("12/QĐ-TU", "", None, "wrong_form", "Viết là 12-QĐ/TU"),
        ("12-qd/tu", "", None, "wrong_form", "Viết là 12-QĐ/TU"),
        ("mười hai", "", None, "wrong_form", "gạch nối"),
        ("12-QX/TU", "", None, "wrong_type", "QX"),
        ("12-QĐ/TU", "", None, "no_issuer", "nơi ban hành"),
        ("12-QĐ/UBND", "", None, "unknown_body", "UBND"),
        ("12-QĐ/TU", "Ủy ban nhân dân tỉnh", None, "unknown_body", "Ủy ban nhân dân"),
    ],
)
def test_the_body_in_a_number_is_the_one_that_issued_it(text, issuer, day, verdict, hint):
    found = judge(text, issuer, vietnamese.parse_day(day) if day else None)
    assert found.verdict == verdict
    assert hint in found.hint


def test_letters_that_go_on_from_the_usual_ones_are_not_surely_wrong():
    assert judge("12-QĐ/TU", "Đảng ủy Bộ đội tỉnh").confirmed
    assert not judge("12-QĐ/ĐUCA", "Đảng ủy CA tỉnh").confirmed
    assert not judge("12-QĐ/ĐUQS", "Đảng ủy Quân sự tỉnh").confirmed


def test_rules_of_numbers_are_data(tmp_path):
    path = tmp_path / "document_numbers.toml"
    whole = FILE.read_text(encoding="utf-8")
    path.write_text(whole.replace('bodies = ["HU"]', 'bodies = ["HUX"]'), encoding="utf-8")
    assert rules(path).of("huyện ủy Đất Đỏ").bodies == ("HUX",)
    for wrong in (
        whole.replace('mark = "S"', 'mark = "X"', 1),
        whole.replace("since = 2026-01-09", 'since = "2026"'),
        "[",
    ):
        path.write_text(wrong, encoding="utf-8")
        rules.cache_clear()
        with pytest.raises(ValueError, match=r"document_numbers\.toml"):
            rules(path)


# The page -----------------------------------------------------------------------------------------------------


def test_the_five_seeds_run_through_the_page(clerk):
    with (FIXTURES / "published.csv").open(encoding="utf-8-sig", newline="") as file:
        claims = [row for row in csv.DictReader(file) if row["published"] or row["operation"] == "bộ phận"]
    rows = [
        [
            row["code"],
            row["operation"] or "tổng",
            row["published"],
            row["terms"],
            row["document"],
            row["quote"],
        ]
        for row in claims
    ]
    text = "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
    response = clerk.post(PAGE, {"text": text})
    assert response.status_code == 200, [str(fault) for fault in response.context["form"].faults]
    page, found = _said(response), response.context["found"]
    assert len(found.lines) == len(claims)
    assert dict(found.counts)["phần lớn hơn toàn bộ"] == dict(found.counts)["tổng không khớp"] == 1
    assert "Nếu đọc 443.137 là 43.137 thì 43.137 / 46.706 = 92,36 %" in page
    assert "Cộng lại được 8.817, kém số in ra 3.316" in page
    assert len(found.contradictions) == 2
    # The file says the same, cell by cell, to another reader.
    file = clerk.post(f"{PAGE}file/", {"text": text})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(file.streaming_content)))
    told = {row[0]: row for row in book.active.iter_rows(values_only=True)}
    for line in found.lines:
        assert (told[line.code][6], told[line.code][7] or "") == (line.word, line.hint)


def test_a_workbook_with_numbers_of_documents_and_one_with_faults(clerk):
    headings = [
        "Mã",
        "Phép tính",
        "Công bố",
        "Số hạng",
        "Văn bản",
        "Nội dung",
        "Số văn bản",
        "Cơ quan ban hành",
        "Ngày văn bản",
    ]
    rows = [
        [
            "P1",
            "tỷ lệ",
            "103,73%",
            "9701;9352",
            "KH 02",
            "=HYPERLINK(1)",
            "12-QĐ/TU",
            "Huyện ủy Đất Đỏ",
            None,
        ],
        ["P2", None, None, None, None, None, "5-NQ/ĐU", "Đảng ủy xã Kim Bảng", "01/06/2026"],
    ]
    upload = _book(headings, rows)
    upload.name = "số liệu.xlsx"
    before = journal.heads()
    response = clerk.post(PAGE, {"file": upload})
    assert dict(response.context["found"].counts) == {
        "khớp (làm tròn)": 1,
        "sai nơi ban hành": 1,
        "thiếu số 0 ở trước": 1,
    }
    assert "05-NQ/ĐU" in _said(response) and journal.heads() == before, "nothing is stored"
    # The box holds the rows, to be mended there.
    mended = clerk.post(PAGE, {"text": response.context["text"].replace("12-QĐ/TU", "12-QĐ/HU")})
    assert "sai nơi ban hành" not in dict(mended.context["found"].counts)

    upload = _book(headings[:4], [["P1", "tỷ lệ", "103,73%", "9701"], ["P1", "x", "3", "1;2"]])
    upload.name = "lỗi.xlsx"
    response = clerk.post(PAGE, {"file": upload})
    assert response.status_code == 400
    assert [fault.cell for fault in response.context["form"].faults] == ["D2", "A3", "B3"]
    for content in (b"PK nothing", b""):
        upload = io.BytesIO(content)
        upload.name = "x.xlsx"
        assert clerk.post(PAGE, {"file": upload}).status_code == 400
    assert clerk.post(PAGE, {"text": " \n "}).status_code == 400
    assert clerk.get(f"{PAGE}template/").status_code == 200


def test_kept_on_purpose_and_ones_own_alone(client, office, django_assert_num_queries):
    client.force_login(office["a"])
    text = "X: 9.701/9.352 = 103,73%"
    refused = client.post(f"{PAGE}keep/", {"text": text, "name": ""})
    assert refused.status_code == 400 and "Chưa đặt tên" in _said(refused)
    assert not KeptCheck.objects.exists()
    there = client.post(f"{PAGE}keep/", {"text": text, "name": "Bản nháp"}).url
    again = client.post(f"{PAGE}keep/", {"text": text, "name": "Tên khác"}).url
    assert there == again and KeptCheck.objects.count() == 1
    entry = Entry.objects.filter(deed="figures-keep").first()
    assert "9.701" not in entry.payload and "Bản nháp" in entry.payload
    page = client.get(there)
    assert "Bản nháp: 1 dòng, không dòng nào mâu thuẫn" in _said(page)
    with django_assert_num_queries(5):
        client.get(PAGE)
    for k in range(2):
        client.post(f"{PAGE}keep/", {"text": f"{k} + 1 = {k + 1}", "name": f"Lần {k}"})
    client.get(PAGE)  # what was done is told once
    with django_assert_num_queries(5):
        client.get(PAGE)

    client.force_login(office["b"])
    assert client.get(there).status_code == 404
    assert "Bản nháp" not in _said(client.get(PAGE))
    pk = there.rpartition("=")[2]
    client.post(f"{PAGE}drop/", {"kept": pk})
    assert KeptCheck.objects.filter(pk=pk).exists(), "somebody else's"
    client.force_login(office["a"])
    client.post(f"{PAGE}drop/", {"kept": pk})
    assert not KeptCheck.objects.filter(pk=pk).exists()
    assert client.get(there).status_code == 404
    assert client.post(f"{PAGE}drop/", {"kept": "x"}).url == reverse("recruitment:figure-check")

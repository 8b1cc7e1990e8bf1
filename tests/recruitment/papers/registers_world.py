"""Who is in the books of the tests, who reads them, and how a book is read."""

import csv
import io
from datetime import date, datetime
from types import SimpleNamespace

from committees import vietnamese
from committees.models import Role
from recruitment.models import Stage
from tests import factories as make

NOW = datetime(2026, 11, 23, 9, tzinfo=vietnamese.ZONE)


def build():
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

"""The book of documents sent out: every document once, numbers nobody wrote down, those of other years and of blocks apart."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as some

from committees.models import Kind
from recruitment.models import Candidacy, IssuedPaper
from recruitment.papers.registers.gaps import with_gaps
from recruitment.papers.registers.sent import Document, numbered
from tests import factories as make
from tests.factories_papers import make_block, make_issued

from . import registers_world as world
from .registers_world import book, text


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

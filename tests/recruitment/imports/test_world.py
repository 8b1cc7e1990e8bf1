"""The demo's rows by themselves: what the articles print must come out of them, and every row must be lawful."""

import unicodedata
from collections import Counter, defaultdict
from datetime import date

import pytest

from committees.vietnamese import fold, parse_day
from recruitment.imports import organisations, reform, world
from recruitment.rules import form2

PARTY, CELL_BASE, SECTION, CELL = (
    organisations.PARTY,
    organisations.CELL_BASE,
    organisations.SECTION,
    organisations.CELL,
)
PROVINCE, UPPER = "Đảng bộ tỉnh", "Đảng bộ cấp trên trực tiếp cơ sở"
LAWFUL = {
    (None, PROVINCE), (PROVINCE, UPPER), (PROVINCE, PARTY), (PROVINCE, CELL_BASE),
    (UPPER, PARTY), (UPPER, CELL_BASE), (UPPER, CELL), (PARTY, SECTION), (PARTY, CELL), (SECTION, CELL),
}  # fmt: skip
PRINTED = {  # Kế hoạch 02 as published, by unit: admitted and target
    "BRVT-BP": (152, 100), "BRVT-CA": (515, 358), "BRVT-QS": (368, 276), "BRVT-DD": (433, 301),
    "BRVT-CD": (184, 154), "BRVT-LD": (692, 589), "BRVT-TT": (917, 802), "BRVT-CDU": (1108, 998),
    "BRVT-XM": (876, 822), "BRVT-BR": (1060, 1058), "BRVT-VT": (1310, 1450), "BRVT-CS": (104, 120),
    "BRVT-HH": (141, 160), "BRVT-K1": (1020, 1200), "BRVT-K2": (821, 964),
}  # fmt: skip


@pytest.fixture(scope="module")
def rows():
    found = defaultdict(list)
    for step in world.steps():
        found[step.kind] += step.rows
    return found


@pytest.fixture(scope="module")
def committees(rows):
    return {row["Mã tổ chức"]: row for row in rows["committees"]}


@pytest.fixture(scope="module")
def road(committees):
    """code → codes from the committee up to its province."""

    def climb(code):
        found = []
        while code:
            found.append(code)
            code = committees[code]["Mã cấp trên"]
        return found

    return {code: climb(code) for code in committees}


def admitted(rows, road, code, since, until):
    return [
        row
        for row in rows["admissions"]
        if since <= day(row["Ngày quyết định"]) <= until and code in road[row["Mã tổ chức"]]
    ]


def day(value):
    return parse_day(value) if value else None


def age(row, on):
    born = day(row["Sinh ngày"])
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


TERM = (date(2011, 1, 1), date(2015, 12, 31))
THANH_LIEM = (date(2020, 7, 1), date(2023, 10, 31))


def test_every_committee_is_unique_and_lawful(rows, committees):
    assert len(committees) == len(rows["committees"])
    for row in committees.values():
        above = committees[row["Mã cấp trên"]]["Loại"] if row["Mã cấp trên"] else None
        assert (above, row["Loại"]) in LAWFUL, row
    with_cells = {row["Mã cấp trên"] for row in committees.values()}
    childless = {c for c, row in committees.items() if row["Loại"] in (PARTY, SECTION)} - with_cells
    assert not childless
    assert {row["Loại"] for row in committees.values()} == {PROVINCE, UPPER, PARTY, CELL_BASE, SECTION, CELL}


def test_brvt_has_657_organisations_of_which_30_without_source(rows, committees, road):
    base = [c for c, row in committees.items() if row["Loại"] in (PARTY, CELL_BASE) and "BRVT" in road[c]]
    assert len(base) == 657
    dry = {
        row["Mã tổ chức"]
        for row in rows["reported"]
        if row["Chỉ tiêu báo cáo"] == world.NO_SOURCE and row["Mã tổ chức"] in set(base)
    }
    assert len(dry) == 30
    by_unit = Counter(committees[code]["Mã cấp trên"] for code in dry)
    assert sorted(by_unit.values(), reverse=True) == [7, 6, 6, 4, 3, 2, 2]
    late = {
        code
        for row in admitted(rows, road, "BRVT", date(2013, 1, 1), TERM[1])
        for code in road[row["Mã tổ chức"]]
    }
    assert not late & dry
    assert len(set(base) - late - dry) == 41
    people_there = {code for row in rows["candidates"] for code in road[row["Mã tổ chức"]]}
    assert not people_there & dry


@pytest.mark.parametrize(("unit", "printed"), PRINTED.items())
def test_each_unit_admits_and_aims_at_what_was_published(rows, road, unit, printed):
    assert len(admitted(rows, road, unit, *TERM)) == printed[0]
    of_term = [row for row in rows["quotas"] if row["Mã kế hoạch"] == "BRVT-2010-2015"]
    last = [int(row["Chỉ tiêu"]) for row in of_term if row["Mã tổ chức"] == unit][-1]
    assert last == printed[1]


def test_brvt_totals(rows, road):
    assert len(admitted(rows, road, "BRVT", *TERM)) == 9701
    assert not admitted(rows, road, "BRVT", date(1900, 1, 1), date(2010, 12, 31))
    assert len({row["Mã tổ chức"] for row in rows["quotas"] if row["Hiệu lực từ"] == "01/03/2013"}) == 3


def test_thanh_liem_has_the_structure_that_was_published(rows, road):
    new = admitted(rows, road, "HN-TL", *THANH_LIEM)
    assert len(new) == 539 == len(admitted(rows, road, "HN", date(1900, 1, 1), date(2100, 1, 1)))
    assert sum(row["Đoàn viên"] == "x" for row in new) / 539 > 0.46
    assert sum(age(row, day(row["Ngày quyết định"])) <= 30 for row in new) / 539 > 0.46
    assert sum(row["Giới tính"] == "Nữ" for row in new) / 539 > 0.72
    assert sum(row["Tôn giáo"] != "Không" for row in new) == 24
    assert sum(row["Học vấn"] == "THPT" for row in new) >= 517
    kien_khe = admitted(rows, road, "HN-TL-KK", *THANH_LIEM)
    assert len(kien_khe) == 36
    assert sum(row["Tôn giáo"] != "Không" for row in kien_khe) == 9
    assert len(admitted(rows, road, "HN-TL-KK", date(2023, 1, 1), date(2023, 12, 31))) == 12
    trained = [row for row in rows["candidates"] if "HN-TL" in road[row["Mã tổ chức"]]]
    assert len(trained) == 406
    assert all(row["Số chứng nhận"] and day(row["Ngày chứng nhận"]) <= THANH_LIEM[1] for row in trained)


def test_every_admission_is_possible(rows, committees):
    for row in rows["admissions"]:
        cell = committees[row["Mã tổ chức"]]
        decided, held = day(row["Ngày quyết định"]), day(row["Ngày kết nạp"])
        official = day(row["Ngày chính thức"])
        assert cell["Loại"] in (CELL, CELL_BASE)
        assert day(cell["Từ ngày"]) <= decided <= held
        assert official is None or (official - held).days in (365, 366)
        assert 18 <= age(row, decided) <= 64


def test_every_candidate_came_before_the_certificate(rows, committees):
    for row in rows["candidates"]:
        entered, certified = day(row["Ngày đưa vào nguồn"]), day(row["Ngày chứng nhận"])
        assert committees[row["Mã tổ chức"]]["Loại"] in (CELL, CELL_BASE)
        assert certified is None or certified >= entered
        assert (certified is None) == (row["Bước"] == "Trong danh sách nguồn")
        assert 18 <= age(row, entered)


def test_nobody_is_two_people_and_numbers_are_given_once(rows):
    everybody = [(fold(r["Họ và tên"]), day(r["Sinh ngày"])) for r in rows["admissions"] + rows["candidates"]]
    assert len(set(everybody)) == len(everybody)
    given = Counter(
        (row["Mã tổ chức"].split("-")[1], row["Số quyết định"], day(row["Ngày quyết định"]).year)
        for row in rows["admissions"]
    )
    assert max(given.values()) == 1


def test_every_word_is_one_the_form_knows(rows):
    for row in rows["admissions"] + rows["candidates"]:
        assert form2.education(row["Học vấn"]) != form2.UNKNOWN
        assert form2.qualification(row["Chuyên môn"]) != form2.UNKNOWN
        assert form2.occupation(row["Nghề nghiệp"]) != form2.UNKNOWN, row["Nghề nghiệp"]


def test_all_text_is_composed(rows):
    for kind in rows.values():
        for row in kind:
            for value in row.values():
                assert not isinstance(value, str) or unicodedata.is_normalized("NFC", value)


def test_reconstructed_numbers_say_so(rows):
    for row in rows["quotas"]:
        sourced = row["Mã tổ chức"] in ("BRVT", "HN-TL", "HN-TL-KK")
        assert sourced or "dựng lại" in row["Số văn bản"]


def test_the_same_world_comes_out_again():
    first = world.steps()
    world._generated.cache_clear()
    assert world.steps() == first


def test_reform_leaves_nobody_behind(committees):
    """Played by hand: everything that ends has no child left, and whatever stands has a lawful place."""
    there = committees | {row["Mã tổ chức"]: row for row in world.read("reform/committees.csv")}
    above = {code: row["Mã cấp trên"] for code, row in there.items()}
    kind = {code: row["Loại"] for code, row in there.items()}
    for row in (row for packet in reform.packets() for row in packet.rows):
        code, deed, heir = row["Mã tổ chức"], row["Việc"], row.get("Mã kế thừa")
        if deed == "Thành lập":
            above[code], kind[code] = "", row["Loại"]
        elif deed == "Đổi loại":
            kind[code] = row["Loại"]
        elif deed == "Chuyển":
            above[code] = row["Mã cấp trên mới"]
        elif deed in ("Sáp nhập", "Giải thể"):
            children = [child for child, parent in above.items() if parent == code]
            assert deed == "Sáp nhập" or not children
            for child in children:
                above[child] = heir
            assert heir in above
            del above[code], kind[code]
        else:
            assert deed == "Đổi tên"
            assert code in above
    for code, parent in above.items():
        assert (kind[parent] if parent else None, kind[code]) in LAWFUL, code

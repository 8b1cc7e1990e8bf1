"""The organisation chart: its geometry on sheets of A4, and the page that prints it."""

import re
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from committees import journal
from committees.chart import BOX, HEIGHT, MOST_BOXES, WIDTH, Unit, sheets
from committees.models import Account, Headcount, Kind, Role
from tests.factories import end_committee, make_account, make_committee, make_province

CHART = reverse("committees:chart")
names = st.text("Đảng bộ xã ", min_size=1, max_size=120)
leaves = st.lists(names.map(Unit), max_size=40).map(tuple)
branches = st.lists(st.builds(Unit, names, st.just(("X-1 · 3 trực thuộc",)), leaves), max_size=18).map(tuple)


def more(n):
    return f"và {n} tổ chức nữa"


def drawn(root):
    return sheets(root, more)


def boxes(sheet):
    return [tuple(map(float, box)) for box in sheet.boxes]


def folded(found):
    return sum(
        int(told[1]) for sheet in found for text in sheet.texts if (told := re.fullmatch(r"và (\d+) tổ chức nữa", text.words))
    )  # fmt: skip


@given(names, branches)
def test_nothing_overlaps_and_all_of_it_lies_on_its_sheet(name, below):
    found = drawn(Unit(name, ("T",), below))
    assert sum(len(sheet.boxes) for sheet in found) == 1 + len(below)
    for sheet in found:
        height, laid = float(sheet.height), boxes(sheet)
        assert height <= HEIGHT
        for k, (x, y, w, h) in enumerate(laid):
            assert x >= 0 and y >= 0 and x + w <= WIDTH + 0.01 and y + h <= height + 0.01
            for x2, y2, w2, h2 in laid[:k]:
                assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
        for text in sheet.texts:
            assert 0 <= float(text.x) <= WIDTH and 0 <= float(text.y) <= height + 0.01
        for x1, y1, x2, y2 in sheet.lines:
            assert all(0 <= float(x) <= WIDTH for x in (x1, x2)) and all(
                0 <= float(y) <= HEIGHT for y in (y1, y2)
            )


@given(st.lists(st.integers(0, 60), max_size=30))
def test_whoever_is_not_drawn_is_counted(numbers):
    """Each hanging name is a dash of its own; what is left out is told as a number."""
    root = Unit(
        "T",
        (),
        tuple(Unit(f"H{k}", (), tuple(Unit(f"X{k}.{n}") for n in range(m))) for k, m in enumerate(numbers)),
    )
    found = drawn(root)
    hung = [text.words for sheet in found for text in sheet.texts if re.fullmatch(r"X\d+\.\d+", text.words)]
    assert len(hung) == len(set(hung)) and len(hung) + folded(found) == sum(numbers)


def test_fifteen_units_stand_on_one_sheet_and_hundreds_are_paged():
    fifteen = tuple(Unit(f"Đảng bộ huyện thứ {k} có tên dài", (f"T-{k}",)) for k in range(15))
    assert len(drawn(Unit("Đảng bộ tỉnh", ("T",), fifteen))) == 1
    found = drawn(Unit("Đảng bộ tỉnh", ("T",), tuple(Unit(f"Xã {k}", (f"T-{k}",)) for k in range(1000))))
    assert 3 < len(found) < 20 and folded(found) == 1000 - MOST_BOXES
    assert all(boxes(sheet) for sheet in found)


def test_each_box_of_the_second_level_hangs_on_the_bus_and_the_rows_are_joined():
    found = drawn(Unit("T", (), tuple(Unit(f"H{k}") for k in range(70))))
    for sheet in found:
        ends = {(x2, y2) for _x1, _y1, x2, y2 in sheet.lines}
        tops = [(f"{round(x + w / 2, 2):g}", f"{y:g}") for x, y, w, _h in boxes(sheet) if w < BOX + 1]
        assert tops and set(tops) <= ends
        buses = sorted({y1 for x1, y1, x2, y2 in sheet.lines if y1 == y2}, key=float)
        trunk = [line for line in sheet.lines if line[0] == line[2] == "2.5"]
        assert len(buses) == 1 or trunk == [("2.5", trunk[0][1], "2.5", buses[-1])]


# The page -------------------------------------------------------------------------------------------


@pytest.fixture
def world(db):
    return make_province("T", districts=2, communes=2) | make_province("U")


def see(client, role, committee, status=200, **query):
    name = f"{role}-{committee.code if committee else 'all'}"
    client.force_login(Account.objects.filter(username=name).first() or make_account(name, role, committee))
    response = client.get(CHART, query)
    assert response.status_code == status
    return response.content.decode()


def in_drawing(page):
    return re.findall(r"<text[^>]*>([^<]*)</text>", page)


def test_the_drawing_names_what_the_list_names(client, world):
    page = see(client, Role.STAFF, world["T"], levels="3")
    assert {"Tổ chức T", "Tổ chức T-1", "Tổ chức T-2", "Tổ chức T-1-1", "Tổ chức T-2-2"} <= set(
        in_drawing(page)
    )
    listed = set(re.findall(r"<b>(Tổ chức [T0-9-]+)</b>", page)) | {"Tổ chức T"}
    assert listed == {text for text in in_drawing(page) if text.startswith("Tổ chức ")}
    assert "Sơ đồ tổ chức Tổ chức T, 7 tổ chức" in page and "Theo tổ chức hiện nay, ngày" in page
    two = see(client, Role.STAFF, world["T"])
    assert "Tổ chức T-1-1" not in two and "2 trực thuộc" in two


def test_it_shows_the_day_asked_and_names_the_view(client, world):
    with journal.pen(None, "test"):
        Headcount(committee=world["T-1"], day=date(2014, 12, 31), members=321).save()
    end_committee(world["T-2"], date(2020, 1, 1), world["T-1"])
    page = see(client, Role.STANDING, world["T"], under="T", on="31/12/2019")
    assert "Theo tổ chức tại thời điểm 31/12/2019" in page and "Tổ chức T-2" in in_drawing(page)
    assert "321 đảng viên, 31/12/2014" in in_drawing(page)
    assert "Tổ chức T-2" not in in_drawing(see(client, Role.STANDING, world["T"], under="T"))
    assert "321" not in see(client, Role.ADMINISTRATOR, world["T"], under="T", on="31/12/2019")
    ended = see(client, Role.STANDING, world["T"], under="T-2")
    assert "không hoạt động vào ngày ấy" in ended and "31/12/2019" in ended and "under=T-1" in ended


def test_several_at_the_top_are_chosen_from(client, world):
    page = see(client, Role.STAFF, None)
    assert "Chọn tổ chức" in page and "under=T" in page and "under=U" in page and not in_drawing(page)


def test_who_is_out_of_reach_is_neither_drawn_nor_listed(client, world):
    make_committee("T-1-9", Kind.GRASSROOTS_PARTY, world["T-1"], name="Đảng bộ đã đi", until=date(2020, 1, 1))
    with journal.pen(None, "test"):
        world["T-1-9"] = world["T-1"].child_placements.get(committee__code="T-1-9").committee
    end_committee(world["T-1-9"], date(2020, 1, 1), world["T-2-1"])
    page = see(client, Role.STAFF, world["T-1"], under="T-1", on="01/01/2015")
    assert "Đảng bộ đã đi" not in page and "Tổ chức T-1-1" in in_drawing(page)
    assert "Đảng bộ đã đi" in see(client, Role.STAFF, world["T"], under="T-1", on="01/01/2015")
    see(client, Role.STAFF, world["T-1"], 404, under="T-2")


def test_it_costs_the_same_for_one_unit_and_for_many(client, django_assert_max_num_queries, world):
    see(client, Role.STAFF, world["U"], levels="3")
    with journal.pen(None, "test"):
        for k in range(60):
            make_committee(f"U-9-{k}", Kind.GRASSROOTS_PARTY, world["U-1"])
    for top in ("U", "T"):
        see(client, Role.STAFF, world[top], levels="3")
        with django_assert_max_num_queries(7):
            client.get(CHART, {"levels": "3"})


def test_a_wrong_day_or_number_of_levels_is_named(client, world):
    assert "không có ngày này trong lịch" in see(client, Role.STAFF, world["T"], on="31/02/2015")
    assert "Lỗi:" in see(client, Role.STAFF, world["T"], levels="9")

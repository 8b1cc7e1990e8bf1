"""The sheet for the national database: its 28 headings word for word, the people of the list of admissions and no other, and
what it would lack told before it leaves."""

import io
import json
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from committees import journal
from committees.models import Entry, Kind
from committees.vietnamese import today
from recruitment.reports.exchange import COLUMNS, split_place
from tests import factories as make
from tests.recruitment import world as worlds

# As offices pass it round (vn_software.md), read off the sheet and not off our table.
HEADINGS = (
    "STT|ID|Họ và tên *|Tên gọi khác|Giới tính *|Sinh ngày * (dd/mm/yyyy)|Dân tộc *|Tôn giáo *|Số định danh cá nhân *|"
    "Số thẻ Đảng* (12 số theo HD38-HD/BTCTW)|Nơi cấp thẻ Đảng|Ngày cấp thẻ Đảng (dd/mm/yyyy)|Số thẻ theo Đảng quyết định 85|"
    "Tổ chức Đảng đang sinh hoạt * (không sửa)|Nơi đăng ký khai sinh - Quốc gia *|Nơi đăng ký khai sinh - Tỉnh *|"
    "Nơi đăng ký khai sinh - Địa chỉ chi tiết *|Quê quán (theo mô hình 2 cấp) - Quốc gia *|"
    "Quê quán (theo mô hình 2 cấp) - Tỉnh *|Quê quán (theo mô hình 2 cấp) - Địa chỉ chi tiết *|"
    "Thường trú (theo mô hình 2 cấp) - Quốc gia *|Thường trú (theo mô hình 2 cấp) - Tỉnh *|"
    "Thường trú (theo mô hình 2 cấp) - Địa chỉ chi tiết *|Ngày vào Đảng* (dd/mm/yyyy)|"
    "Ngày vào Đảng chính thức* (dd/mm/yyyy)|Số CMND cũ (nếu có)|Trạng thái hoạt động|"
    "Ngày rời khỏi/ Ngày mất/ Ngày miễn sinh hoạt Đảng (dd/mm/yyyy)"
).split("|")


pytestmark = pytest.mark.once  # what both databases may answer otherwise is asked in test_checks, test_filing


@pytest.fixture
def world(db):
    found = worlds.build()
    who = make.make_person(
        "Bùi Thị Ánh", sex="F", born=date(1996, 2, 9), ethnicity="Kinh", religion="Không", citizen_id="001196000001",
        native_place="Xã Lộc An, tỉnh Đồng Nai",
    )  # fmt: skip
    found.whole = make.make_admission(
        found.at["T-2-1-1"], date(2015, 5, 4), person=who, official_on=date(2016, 5, 20)
    )
    return found


@pytest.fixture
def people(world):
    return worlds.people(world)


ASKED = {"committee": "T-2", "since": "01/05/2015", "last": "31/12/2016"}


def sheet(client, **asked):
    answer = client.get("/exports/exchange.xlsx", {**ASKED, **asked})
    assert answer.status_code == 200
    return [list(row) for row in load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values]


def test_the_sheet_holds_what_the_register_knows_and_nothing_made_up(client, world, people):
    client.force_login(people["staff"])
    headings, row = sheet(client)
    assert headings == HEADINGS and len(COLUMNS) == 28
    told = {heading: value for heading, value in zip(headings, row, strict=True) if value not in {None, ""}}
    assert told == {
        "STT": 1, "Họ và tên *": "Bùi Thị Ánh", "Giới tính *": "Nữ", "Sinh ngày * (dd/mm/yyyy)": "09/02/1996",
        "Dân tộc *": "Kinh", "Tôn giáo *": "Không", "Số định danh cá nhân *": "001196000001",
        "Tổ chức Đảng đang sinh hoạt * (không sửa)": "Tổ chức T-2-1-1, Tổ chức T-2-1",
        "Quê quán (theo mô hình 2 cấp) - Tỉnh *": "tỉnh Đồng Nai",
        "Quê quán (theo mô hình 2 cấp) - Địa chỉ chi tiết *": "Xã Lộc An",
        "Ngày vào Đảng* (dd/mm/yyyy)": "04/05/2015", "Ngày vào Đảng chính thức* (dd/mm/yyyy)": "20/05/2016",
        "Trạng thái hoạt động": "Đang sinh hoạt Đảng",
    }  # fmt: skip
    entry = Entry.objects.filter(chain=Entry.READS).latest("pk")
    said = json.loads(entry.payload)
    assert (entry.deed, entry.about, entry.committee.code, said["count"]) == ("export", "exchange", "T-2", 1)
    assert said["filter"] == {"since": "2015-05-01", "last": "2016-12-31"}


def test_the_page_says_what_is_lacking_and_opens_the_same_people(client, world, people):
    client.force_login(people["district"])
    asked = {"since": "01/01/2014", "last": "31/12/2015"}
    page = client.get(reverse("recruitment:exchange"), asked).context["page"]
    rows = sheet(client, **asked)
    assert page.count == len(rows) - 1 == client.get(page.listed).context["page"].count == 4
    told = {heading: (n, str(why)) for heading, n, why in page.lacking}
    for k, heading in enumerate(HEADINGS):
        empty = sum(row[k] in {None, ""} for row in rows[1:])
        assert ("*" in heading and empty > 0) == (heading in told)
        assert heading not in told or told[heading][0] == empty
    assert told["Số định danh cá nhân *"] == (3, "Chưa ghi trong sổ.")
    assert told["Thường trú (theo mô hình 2 cấp) - Tỉnh *"] == (4, "Sổ này không giữ; điền ở tệp tải về.")


def test_who_left_says_so(client, world, people):
    with journal.pen(None, "test"):
        world.whole.left_on, world.whole.left_as = date(2016, 3, 1), "died"
        world.whole.save()
    client.force_login(people["staff"])
    (row,) = sheet(client)[1:]
    assert row[-2:] == ["Đã từ trần", "01/03/2016"]
    (row,) = sheet(client, last="29/02/2016")[1:]
    assert row[-2:] in (["Đang sinh hoạt Đảng", None], ["Đang sinh hoạt Đảng", ""])


def test_who_went_out_of_reach_since_is_in_no_sheet_of_then(client, world, people):
    client.force_login(people["district"])
    assert len(sheet(client)) == 2
    make.place(world.at["T-2-1"], Kind.GRASSROOTS_PARTY, world.at["T-1"], since=today())
    page = client.get(reverse("recruitment:exchange"), ASKED).context["page"]
    assert (page.count, len(sheet(client))) == (0, 1)


def test_days_that_make_no_period_are_told_at_their_field(client, people):
    client.force_login(people["staff"])
    for asked in (
        {"since": "02/05/2015", "last": "01/05/2015"},
        {"last": "31/12/2199"},
        {"since": "hôm qua"},
    ):
        answer = client.get(reverse("recruitment:exchange"), asked)
        assert answer.status_code == 400 and answer.context["page"].form.errors
        assert client.get("/exports/exchange.xlsx", asked).status_code == 302
    assert "Không có ai được kết nạp" in client.get(reverse("recruitment:exchange")).content.decode()


@pytest.mark.parametrize("more", [0, 2])
def test_queries_do_not_grow(client, world, people, more, django_assert_num_queries):
    make.make_admissions(world.at["T-2-1-1"], more, date(2015, 6, 4))
    client.force_login(people["staff"])
    client.get(reverse("recruitment:exchange"), ASKED)
    with django_assert_num_queries(6):
        assert client.get(reverse("recruitment:exchange"), ASKED).context["page"].count == 1 + more


@given(st.lists(st.text("abc đỏ.", max_size=6), max_size=4))
def test_no_word_of_a_place_is_lost(parts):
    place = ",".join(parts)
    province, rest = split_place(place)
    said = [part.strip() for part in (rest, province)]
    assert "".join("".join(said).split()).replace(",", "") == "".join(place.split()).replace(",", "")
    assert "," not in province

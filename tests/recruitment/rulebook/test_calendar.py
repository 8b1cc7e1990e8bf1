"""The calendar: days off and days worked in their place, by whom they are kept, and that the terms follow at once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees import journal
from recruitment import columns
from recruitment.models import Holiday
from recruitment.rulebook import calendar_deeds
from recruitment.rulebook.deeds import Refused
from recruitment.rules import deadlines
from tests.test_html import faults

from .book_world import build

# A Tuesday and a Saturday of a year nobody wrote anything of.
OFF, WORKED = date(2031, 3, 4), date(2031, 3, 8)
SAID = {"day": "04/03/2031", "what": "nghỉ", "name": "Nghỉ thử", "mark": "M", "document": ""}


@pytest.fixture
def world(db):
    return build()


def add(day=OFF, *, by=None, **said):
    return calendar_deeds.add_holiday(
        by=by, day=day, **{"what": "nghỉ", "name": "Nghỉ thử", "mark": "M"} | said
    )


def test_everyone_reads_the_year_and_a_year_without_rows_warns(world):
    page = world.secretary.get("/calendar/?year=2011").content.decode()
    assert "Giỗ Tổ Hùng Vương" in page and "12/04/2011" in page and "cần xác nhận" in page
    assert "chưa có ngày nghỉ nào" not in page and "Ghi một ngày" not in page
    empty = world.secretary.get("/calendar/?year=2031").content.decode()
    assert "Năm 2031 chưa có ngày nghỉ nào" in empty
    add(WORKED, what="làm")
    assert "chưa có ngày nghỉ nào" in world.secretary.get("/calendar/?year=2031").content.decode()
    add()
    assert "chưa có ngày nghỉ nào" not in world.secretary.get("/calendar/?year=2031").content.decode()


@pytest.mark.parametrize("year", ["1899", "2200", "nay"])
def test_a_year_the_calendar_does_not_reach_is_named(world, year):
    answer = world.bob.get("/calendar/", {"year": year})
    page = answer.content.decode()
    assert answer.status_code == 400 and "<title>Lỗi:" in page and faults(page) == []


def test_a_day_off_moves_the_deadlines_at_once(world):
    def due():
        book = columns.current().book
        return deadlines.ceremony_due_on(date(2031, 3, 3), book.statute.on(OFF), book.calendar)

    before = due()
    assert world.alice.post("/calendar/new/", SAID).status_code == 302
    assert due() > before
    world.alice.post("/calendar/new/", SAID | {"day": "08/03/2031", "what": "làm"})
    assert due() == before
    page = world.bob.get("/calendar/?year=2031").content.decode()
    assert "04/03/2031" in page and "thứ Ba" in page and "Làm bù" in page and faults(page) == []


@pytest.mark.parametrize("who", ["bob", "charlie", "secretary"])
def test_nobody_else_keeps_the_calendar(world, who):
    row, client = add(), getattr(world, who)
    edit, remove = (reverse(f"recruitment:holiday-{deed}", args=[row.pk]) for deed in ("edit", "remove"))
    before = journal.heads()
    asked = [
        ("/calendar/new/", SAID | {"day": "05/03/2031"}), (edit, SAID | {"name": "Khác", "stamp": row.stamp}),
        (remove, {"reason": "Ghi nhầm", "stamp": row.stamp + 2}),  # by then two entries were written
    ]  # fmt: skip
    assert [client.post(*one).status_code for one in asked] == [403, 403, 403]
    assert journal.heads() == before
    assert [world.alice.post(*one).status_code for one in asked] == [302, 302, 302]
    assert list(Holiday.objects.filter(day__year=2031).values_list("day", flat=True)) == [date(2031, 3, 5)]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"what": "làm"}, "chỉ thứ Bảy, Chủ nhật mới làm bù"),
        ({"day": "01/01/2011"}, "Tết Dương lịch"),
        ({"day": "30/02/2031"}, "Cần một ngày có thật"),
        ({"day": "01/01/2250"}, "Cần một ngày"),
        ({"mark": "S"}, "số văn bản đã đối chiếu"),
        ({"name": ""}, "Tên"),
    ],
)
def test_a_day_that_cannot_be_is_named(world, said, told):
    answer = world.alice.post("/calendar/new/", SAID | said)
    page = answer.content.decode()
    assert answer.status_code == 400 and told in page and faults(page) == []
    assert not Holiday.objects.filter(day__year=2031).exists()


def test_a_holiday_at_a_weekend_and_a_confirmed_day_are_written(world):
    add(date(2031, 3, 9))
    row = add(mark="S", document="123/TB-BNV")
    assert (row.mark, row.document) == ("S", "123/TB-BNV")


def test_a_day_is_put_right_and_two_administrators_are_told_apart(world):
    row = add()
    where = reverse("recruitment:holiday-edit", args=[row.pk])
    assert faults(world.alice.get(where).content.decode()) == []
    said = {key: value for key, value in SAID.items() if key != "day"} | {"stamp": row.stamp}
    assert world.alice.post(where, said).status_code == 400, "nothing was changed"
    assert world.alice.post(where, said | {"mark": "S", "document": "1/TB"}).status_code == 302
    answer = world.alice.post(where, said | {"name": "Tên khác"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Tên khác" in page and faults(page) == []
    assert Holiday.objects.get(pk=row.pk).name == "Nghỉ thử"


def test_a_day_is_taken_out_with_a_reason(world):
    row = add()
    where = reverse("recruitment:holiday-remove", args=[row.pk])
    assert world.alice.post(where, {"reason": "", "stamp": row.stamp}).status_code == 400
    with pytest.raises(Refused):
        calendar_deeds.remove_holiday(row, by=None, reason=" ")
    assert columns.current().calendar.works(OFF) is False
    assert world.alice.post(where, {"reason": "Ghi nhầm"}).status_code == 400, "not without its version"
    assert world.alice.post(where, {"reason": "Ghi nhầm", "stamp": row.stamp}).status_code == 302
    assert columns.current().calendar.works(OFF)


def test_a_full_year_costs_what_an_empty_one_does(world):
    def queries(year):
        world.alice.get(f"/calendar/?year={year}")
        with CaptureQueriesContext(connection) as seen:
            world.alice.get(f"/calendar/?year={year}")
        return len(seen)

    assert queries(2011) == queries(2031)

"""At the province, dossiers of two committees wait: each takes its numbers from its own block, on the days it is kept for.

The blocks: 501 and 502-QĐ/TU of the province, from 08-QĐ/ĐU of Đất Đỏ from 16 November, 21-QĐ/ĐU alone of Long Tân.
"""

from datetime import date

import pytest

from committees.models import Entry, Kind, Role
from recruitment.models import Admission
from tests import factories as make
from tests.factories_papers import make_block

from . import queue_world as world
from .test_decision_batch import send, typed, written


@pytest.fixture(autouse=True)
def clock():
    with world.clock():
        yield


@pytest.fixture
def here(db):
    made = world.build()
    at = made.at
    for code, kind, above, name in (
        ("T", Kind.PROVINCE, None, "Đảng bộ tỉnh"),
        ("T-1", Kind.UPPER, at["T"], "Đảng bộ xã Đất Đỏ"),
        ("T-2", Kind.UPPER, at["T"], "Đảng bộ xã Long Tân"),
    ):
        make.place(at[code], kind, above, name=name, since=date(2025, 7, 1))
    made.blocks = [
        make_block(at["T"], 501, 502, suffix="-QĐ/TU"),
        make_block(at["T-1"], 8, 20, suffix="-QĐ/ĐU", since=date(2026, 11, 16)),
        make_block(at["T-2"], 21, 21, suffix="-QĐ/ĐU"),
    ]
    made.waiting = [
        world.ready(at[cell], name)
        for cell, name in (("T-1-1-1", "An"), ("T-2-1-1", "Bình"), ("T-2-1-2", "Cúc"))
    ]
    made.fay = make.make_account("fay", Role.STAFF, at["T"])
    return made


def press(client, here, block, who=None, **changes):
    """The Batch as the page shows it after the button of a block was pressed."""
    data = typed(here.waiting if who is None else who, reserved=block.pk, **changes)
    answer = send(client, here.fay, data, committee="T")
    assert answer.status_code == 200 and written() == []
    return answer.context["batch"], answer.content.decode()


def shown(batch):
    return [line["number"].value() for line in batch.lines]


def test_each_committees_lines_are_filled_from_its_own_block(client, here):
    client.force_login(here.fay)
    batch = client.get("/decisions/new/?committee=T").context["batch"]
    offers = {offer.name: offer.left.next for offer in batch.reserved}
    assert offers == {"Đảng bộ xã Đất Đỏ": "08-QĐ/ĐU", "Đảng bộ xã Long Tân": "21-QĐ/ĐU"}
    batch, page = press(client, here, here.blocks[1])
    assert shown(batch) == ["08-QĐ/ĐU", "", ""]
    assert "Đã điền 1 số. Còn 2 dòng đánh dấu của cấp ủy khác chưa có số." in page
    batch, page = press(client, here, here.blocks[0])
    assert shown(batch) == ["", "", ""], "of the province, whose number none of them bears"


def test_too_few_numbers_are_told_and_where(client, here):
    batch, page = press(client, here, here.blocks[2])
    assert shown(batch) == ["", "21-QĐ/ĐU", ""]
    assert "Dải chỉ còn 1 số: 1 dòng đánh dấu chưa có số. Còn 1 dòng" in page
    assert [line.row.person.full_name for line in batch.lines if line.faults] == ["Cúc"]


def test_a_block_gives_numbers_on_its_days_alone(client, here):
    an = here.waiting[:1]
    batch, page = press(client, here, here.blocks[1], an, on="15/11/2026")
    assert shown(batch)[0] == "" and "không dùng cho ngày đã ghi" in page
    batch, _page = press(client, here, here.blocks[1], an, on="16/11/2026")
    assert shown(batch)[0] == "08-QĐ/ĐU"


@pytest.mark.parametrize(
    ("numbers", "on", "said"),
    [
        (["501-QĐ/TU", "30-QĐ/ĐU"], "20/11/2026", "An: Số 501-QĐ/TU: sai nơi ban hành."),
        (["09-QĐ/ĐU", "30-QĐ/ĐU"], "15/11/2026", "An: Số 09-QĐ/ĐU thuộc dải giữ cho văn bản từ 16/11/2026"),
        (["09-QĐ/ĐU", "30-QĐ/ĐU"], "16/11/2026", None),
    ],
)
def test_a_number_of_another_body_or_of_other_days_is_asked_about(client, here, numbers, on, said):
    data = typed(here.waiting[:2], numbers, on=on)
    answer = send(client, here.fay, data, committee="T")
    if said is not None:
        assert answer.status_code == 400 and said in answer.content.decode() and written() == []
        ((_name, doubt, _yes),) = answer.context["batch"].doubts
        answer = send(client, here.fay, data | {"confirmed": [doubt.key]}, committee="T")
        assert doubt.said in Entry.objects.filter(chain=Entry.WRITES).latest("number").payload
    assert answer.status_code == 302 and Admission.objects.count() == 2

"""What a draft of a day long past tells of committees that lie elsewhere today, and what its record keeps for others."""

from datetime import date

import pytest

from committees.models import Kind, Role
from tests.factories import end_committee, make_account, make_allotment, make_committee, make_plan, place

from .arranging import MERGE, add, applied, drafted, fresh, text, where

pytestmark = [pytest.mark.django_db, pytest.mark.once]
THEN, LEFT = date(2015, 1, 2), date(2018, 1, 1)


@pytest.fixture
def away(made):
    """A cell that stood under T-1-1 until 2017 and stands in the other province since."""
    cell = make_committee("X-1", Kind.CELL, made["T-1-1"])
    place(cell, Kind.CELL, made["U-1-1"], since=LEFT)
    return cell


@pytest.fixture
def old(staff, made, away):
    """An empty draft of a day when that cell still stood under T-1-1."""
    return drafted(made["T"], day=THEN, by=staff.account)


def test_a_level_is_abolished_but_for_those_that_lie_elsewhere_today(staff, old):
    said = {"stamp": old.stamp, "committee": "Tổ chức T-1-1 · T-1-1"}
    page = text(staff.post(where("act-level", old.pk), said | {"kind": Kind.SECTION}), 400)
    assert "Có: Chi bộ trực thuộc (2)." in page
    assert staff.post(where("act-level", old.pk), said | {"kind": Kind.CELL}).status_code == 302
    assert [row["Mã tổ chức"] for row in fresh(old).acts] == ["T-1-1-1", "T-1-1-2"]


def test_a_split_asks_of_the_children_that_are_still_within_reach(staff, old):
    page = text(staff.get(where("act-new", old.pk), {"what": "split", "committee": "T-1-1"}))
    assert "child_T-1-1-1" in page and "X-1" not in page


def test_an_act_on_one_that_has_gone_elsewhere_is_not_opened(staff, made):
    merge = MERGE | {"Mã tổ chức": "X-1"}
    cell = make_committee("X-1", Kind.CELL, made["T-1-1"])
    record = drafted(made["T"], merge, day=THEN, by=staff.account)
    address = where("act-edit", record.pk, 1)
    assert "Tổ chức X-1" in text(staff.get(address))
    place(cell, Kind.CELL, made["U-1-1"], since=LEFT)
    assert staff.get(address).status_code == 302


def test_only_what_left_from_within_reach_may_be_received_again(staff, made, draft):
    said = {"name": "Về lại", "kind": "Chi bộ trực thuộc", "above": "Tổ chức T-1-2 · T-1-2"}
    for code in ("T-1-1-1", "U-1-1-1"):
        end_committee(made[code], LEFT)
    assert "Mã U-1-1-1 đã dùng. Chọn" in text(
        add(staff, draft, "receive", "", 400, code="U-1-1-1", **said), 400
    )
    add(staff, draft, "receive", code="T-1-1-1", **said)
    assert [row["Mã tổ chức"] for row in fresh(draft).acts] == ["T-1-1", "T-1-1-1"]


def test_the_record_keeps_what_everybody_who_opens_it_may_know(client, staff, made):
    plan = make_plan("KH", made["T"])
    make_allotment(plan, made["T"], made["T-1-1"], 5, name="Phương án của tỉnh")
    make_allotment(plan, made["T-1"], made["T-1-1"], 5, name="Phương án của huyện")
    record = drafted(made["T-1"], MERGE, by=staff.account)
    page = where("reorganisation", record.pk)
    assert "Phương án của tỉnh" in text(staff.get(page)), "the province works on both"
    assert applied(staff, record).status_code == 302
    client.force_login(make_account("huyen", Role.STAFF, made["T-1"]))
    told = text(client.get(page))
    assert "Phương án của huyện" in told and "Phương án của tỉnh" not in told

"""The acts of a draft: put in one by one by a form a kind of act, many at once, from the tree; two people at once."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from committees import drafting, journal, vietnamese
from committees.models import Kind, Reorganisation, Role
from tests.factories import (
    end_committee,
    make_account,
    make_candidacy,
    make_headcount,
    make_mandate,
    make_settlement,
)

from .arranging import MERGE, add, applied, drafted, fresh, text, where

pytestmark = pytest.mark.django_db


# Acts, one by one ----------------------------------------------------------------------------------


def test_every_kind_of_act_is_put_in(staff, made, draft):
    drafting.put(draft, [], by=None, stamp=None, instead=[0])
    add(staff, draft, "found", **{"code": "T-9", "name": "Xã Mới", "kind": "Đảng bộ cơ sở", "above": "T-1 "})
    add(staff, draft, "rename", "T-2", name="Đảng bộ huyện Hai")
    add(staff, draft, "change", "T-2-1", kind="Đảng bộ cấp trên trực tiếp cơ sở")
    add(staff, draft, "move", "T-2-1", above="T")
    add(staff, draft, "merge", "T-1-1", heir="T-9")
    add(staff, draft, "dissolve", "T-1-2-1")
    received = {"code": "T-NH", "name": "Chi bộ Ngân hàng", "kind": "Chi bộ trực thuộc", "above": "T-9"}
    add(staff, draft, "receive", **received, members="12", probationary="2")
    add(staff, draft, "hand-over", "T-1-2-2")
    assert [(row["Việc"], row["Mã tổ chức"]) for row in fresh(draft).acts] == [
        ("Thành lập", "T-9"), ("Đổi tên", "T-2"), ("Đổi loại", "T-2-1"), ("Chuyển", "T-2-1"), ("Sáp nhập", "T-1-1"),
        ("Giải thể", "T-1-2-1"), ("Tiếp nhận từ ngoài", "T-NH"), ("Chuyển ra ngoài", "T-1-2-2"),
    ]  # fmt: skip
    assert fresh(draft).acts[6]["Số đảng viên"] == 12 and fresh(draft).acts[4]["Mã kế thừa"] == "T-9"
    page = text(staff.get(where("reorganisation", draft.pk)))
    assert "Chưa thực hiện được" not in page and "12 đảng viên, trong đó 2 dự bị" in page


@pytest.mark.once  # forms: nothing of it depends on the database
@pytest.mark.parametrize(
    ("what", "code", "said", "wanted"),
    [
        ("found", "", {"code": "T-2", "name": "A", "kind": "Đảng bộ cơ sở", "above": "T-1-1"}, "Mã T-2 đã dùng"),
        ("found", "", {"code": "T 2", "name": "A", "kind": "Đảng bộ cơ sở", "above": "T-1-1"}, "không có dấu cách"),
        ("rename", "T-2", {"name": ""}, "Tên mới"),
        ("change", "T-2-1", {"kind": "Đảng bộ cơ sở"}, "đang là loại ấy"),
        ("move", "T-2-1", {"above": "T-2-1"}, "khác chính nó"),
        ("merge", "T-1-1", {"heir": "U-1-1"}, "Không có tổ chức đảng nào khớp"),
        ("merge", "T-1-1", {"heir": "T-1-2", "takers": "ai-do"}, "Người tiếp quản"),
        ("receive", "", {"code": "N", "name": "A", "kind": "Chi bộ cơ sở", "above": "T-1", "members": "3",
                         "probationary": "4"}, "Cần không quá 3"),
    ],
)  # fmt: skip
def test_an_act_that_lacks_something_is_refused_at_its_field(staff, draft, what, code, said, wanted):
    page = text(add(staff, draft, what, code, 400, **said), 400)
    assert wanted in page and "Lỗi:" in page
    assert fresh(draft).acts == [MERGE]


def test_an_act_is_asked_of_a_committee_that_stands_that_day_and_lies_within_reach(staff, draft):
    address = where("act-new", draft.pk)
    assert "Cần tổ chức mà việc này nói đến" in text(staff.get(address, {"what": "merge"}), 400)
    assert "Không có tổ chức đảng nào khớp" in text(
        staff.get(address, {"what": "merge", "committee": "U-1"}), 400
    )
    assert "Sáp nhập Tổ chức T-1-1" in text(staff.get(address, {"what": "merge", "committee": "T-1-1"}))


@pytest.mark.once
def test_nor_of_one_that_will_have_ended_by_then(staff, made):
    end_committee(made["T-2-2"], vietnamese.today() + timedelta(days=10), made["T-2-1"])
    said = {"what": "rename", "committee": "T-2-2"}
    for days, status in ((9, 200), (10, 400)):
        record = drafted(made["T"], by=staff.account, day=vietnamese.today() + timedelta(days=days))
        page = text(staff.get(where("act-new", record.pk), said), status)
        assert ("không hoạt động vào ngày" in page) is (status == 400)


def test_a_merge_asks_who_takes_over(staff, made, draft):
    make_mandate(make_account("bi-thu-xa"), Role.SECRETARY, made["T-2-1"])
    page = text(staff.get(where("act-new", draft.pk), {"what": "merge", "committee": "T-2-1"}))
    assert "bi-thu-xa (bi-thu-xa), Bí thư chi bộ" in page
    add(staff, draft, "merge", "T-2-1", heir="T-2-2", takers="bi-thu-xa")
    assert fresh(draft).acts[-1]["Người tiếp quản"] == "bi-thu-xa"
    edited = text(staff.get(where("act-edit", draft.pk, 2)))
    assert re.search(r'value="bi-thu-xa"[^>]*checked', edited) and "Tổ chức T-2-2 · T-2-2" in edited


def test_acts_are_put_in_order_and_taken_out(staff, draft):
    drafting.put(draft, [{"Việc": "Đổi tên", "Mã tổ chức": "T-2", "Tên mới": "Hai"}], by=None, stamp=None)
    address = where("act-list", draft.pk)

    def codes():
        return [row["Mã tổ chức"] for row in fresh(draft).acts]

    staff.post(address, {"do": "up:2", "stamp": fresh(draft).stamp})
    assert codes() == ["T-2", "T-1-1"]
    staff.post(address, {"do": "down:1", "stamp": fresh(draft).stamp})
    assert codes() == ["T-1-1", "T-2"]
    for wrong in ("up:1", "down:2", "down:3", "up:x", "drop:", "", "drop:99999999999"):
        staff.post(address, {"do": wrong, "stamp": fresh(draft).stamp})
        assert codes() == ["T-1-1", "T-2"], wrong
    staff.post(address, {"do": "drop:1", "stamp": draft.stamp})
    assert codes() == ["T-1-1", "T-2"], "a stale page changes nothing"
    staff.post(address, {"do": "drop:1", "stamp": fresh(draft).stamp})
    assert codes() == ["T-2"]


def test_two_at_once_the_second_is_told_keeps_what_was_typed_and_may_save_again(staff, draft):
    stamp = draft.stamp
    drafting.put(draft, [{"Việc": "Đổi tên", "Mã tổ chức": "T-2", "Tên mới": "Hai"}], by=None, stamp=stamp)
    address = f"{where('act-new', draft.pk)}?what=rename&committee=T-1"
    page = text(staff.post(address, {"stamp": stamp, "name": "Huyện Một"}), 409)
    assert "đã sửa đợt này lúc" in page and 'value="Huyện Một"' in page
    assert len(fresh(draft).acts) == 2
    again = re.search(r'name="stamp" value="(\d+)"', page).group(1)
    assert staff.post(address, {"stamp": again, "name": "Huyện Một"}).status_code == 302
    assert [row["Mã tổ chức"] for row in fresh(draft).acts] == ["T-1-1", "T-2", "T-1"]


def test_an_act_being_edited_is_found_again_where_others_moved_it_and_kept_where_they_took_it_out(
    staff, draft
):
    rename = {"Việc": "Đổi tên", "Mã tổ chức": "T-2", "Tên mới": "Hai"}
    drafting.put(draft, [rename], by=None, stamp=None)
    page = text(staff.get(where("act-edit", draft.pk, 2)))
    shown = {
        name: re.search(rf'name="{name}" value="([^"]*)"', page).group(1)
        for name in ("stamp", "was", "slug", "subject")
    }
    drafting.put(draft, [], by=None, stamp=None, instead=[0])
    said = {**shown, "name": "Huyện Hai"}
    page = text(staff.post(where("act-edit", draft.pk, 2), said), 409)
    assert f'action="{where("act-edit", draft.pk, 1)}"' in page and 'value="Huyện Hai"' in page
    drafting.put(draft, [], by=None, stamp=None, instead=[0])
    page = text(staff.post(where("act-edit", draft.pk, 2), said), 409)
    assert "đã được sửa hoặc bỏ" in page and 'value="Huyện Hai"' in page and "what=rename" in page
    assert fresh(draft).acts == []


@pytest.mark.once
def test_an_act_that_both_changed_shows_both_versions_and_saving_again_takes_its_place(staff, draft):
    rename = {"Việc": "Đổi tên", "Mã tổ chức": "T-2", "Tên mới": "Hai"}
    drafting.put(draft, [rename], by=None, stamp=None)
    page = text(staff.get(where("act-edit", draft.pk, 2)))
    names = ("stamp", "was", "slug", "subject")
    said = {name: re.search(rf'name="{name}" value="([^"]*)"', page).group(1) for name in names}
    drafting.put(draft, [rename | {"Tên mới": "Tên của người kia"}], by=None, stamp=None, instead=[1])
    page = text(staff.post(where("act-edit", draft.pk, 2), said | {"name": "Tên của tôi"}), 409)
    assert "thành Tên của người kia" in page and 'value="Tên của tôi"' in page
    said = {name: re.search(rf'name="{name}" value="([^"]*)"', page).group(1) for name in names}
    assert staff.post(where("act-edit", draft.pk, 2), said | {"name": "Tên của tôi"}).status_code == 302
    assert [row.get("Tên mới") for row in fresh(draft).acts] == [None, "Tên của tôi"]


# A split -------------------------------------------------------------------------------------------


SPLIT = {
    "heirs": "2", "h1_code": "T-1-2", "h1_share": "60", "h1_members": "30", "h1_probationary": "2", "h2_code": "T-8",
    "h2_name": "Xã Tám", "h2_kind": "Đảng bộ cơ sở", "h2_above": "T-1 ", "h2_share": "40", "h2_members": "20",
    "child_T-1-1-1": "1", "child_T-1-1-2": "2",
}  # fmt: skip


def test_a_split_says_where_each_part_goes(staff, made, empty):
    make_headcount(made["T-1-1"], date(2024, 12, 31), 50, 3)
    page = text(staff.get(where("act-new", empty.pk), {"what": "split", "committee": "T-1-1"}))
    assert "Tổ chức T-1-1-1" in page and "50" in page
    add(staff, empty, "split", "T-1-1", **SPLIT)
    assert fresh(empty).acts == [
        {"Việc": "Thành lập", "Mã tổ chức": "T-8", "Tên mới": "Xã Tám", "Loại": "Đảng bộ cơ sở", "Mã cấp trên mới": "T-1"},
        {"Việc": "Chia tách", "Mã tổ chức": "T-1-1", "Mã kế thừa": "T-1-2", "Tỷ lệ": "60%", "Số đảng viên": 30, "Dự bị": 2},
        {"Việc": "Chia tách", "Mã tổ chức": "T-1-1", "Mã kế thừa": "T-8", "Tỷ lệ": "40%", "Số đảng viên": 20},
        {"Việc": "Chuyển", "Mã tổ chức": "T-1-1-1", "Mã cấp trên mới": "T-1-2"},
        {"Việc": "Chuyển", "Mã tổ chức": "T-1-1-2", "Mã cấp trên mới": "T-8"},
    ]  # fmt: skip
    edited = text(staff.get(where("act-edit", empty.pk, 2)))
    assert 'value="Xã Tám"' in edited and 'value="40"' in edited
    mark = re.search(r'name="was" value="([^"]*)"', edited).group(1)
    said = {**SPLIT, "stamp": fresh(empty).stamp, "was": mark, "child_T-1-1-1": "2"}
    assert staff.post(where("act-edit", empty.pk, 2), said).status_code == 302
    acts = fresh(empty).acts
    assert len(acts) == 5 and acts[3]["Mã cấp trên mới"] == "T-8"


def test_a_split_is_taken_out_as_a_whole(staff, empty):
    rename = {"Việc": "Đổi tên", "Mã tổ chức": "T-2", "Tên mới": "Hai"}
    drafting.put(empty, [rename], by=None, stamp=None)
    add(staff, empty, "split", "T-1-1", **SPLIT)
    assert len(fresh(empty).acts) == 6
    staff.post(where("act-list", empty.pk), {"do": "drop:4", "stamp": fresh(empty).stamp})
    assert fresh(empty).acts == [rename]


@pytest.mark.once  # forms: nothing of it depends on the database
@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"child_T-1-1-2": ""}, "Chưa chọn tổ chức nhận"),
        ({"h2_share": "30"}, "cộng lại là 90,00 %"),
        ({"h2_share": ""}, "Ghi tỷ lệ cho mọi tổ chức kế thừa"),
        ({"h2_name": ""}, "vì T-8 là tổ chức lập mới"),
        ({"h2_code": "T-1-2"}, "Trùng với tổ chức 1"),
        ({"h2_code": "T-1-1"}, "khác chính nó"),
        ({"h1_probationary": "31"}, "Cần không quá 30"),
    ],
)
def test_what_a_split_does_not_say_is_asked_for(staff, empty, said, wanted):
    assert wanted in text(add(staff, empty, "split", "T-1-1", 400, **SPLIT | said), 400)
    assert fresh(empty).acts == []


@pytest.mark.once
def test_a_third_heir_may_be_asked_for(staff, empty):
    page = text(add(staff, empty, "split", "T-1-1", 200, **SPLIT, do="more"))
    assert "h3_code" in page and 'value="Xã Tám"' in page and "Lỗi:" not in page and fresh(empty).acts == []


@pytest.fixture
def dossiers(made):
    """Two people followed at cell T-1-1-1."""
    names = ("Trần Văn Ất", "Lê Thị Bính")
    return [make_candidacy(made["T-1-1-1"], date(2024, 1, 2), full_name=name) for name in names]


CELLS = {
    "h1_code": "T-1-1-2", "h2_code": "T-1-1-9", "h2_name": "Chi bộ Chín", "h2_kind": "Chi bộ trực thuộc",
    "h2_above": "T-1-1",
}  # fmt: skip


def test_a_split_cell_asks_where_each_dossier_and_settlement_goes(staff, made, empty, dossiers):
    ất, bính = dossiers
    thon = make_settlement("T-THON", made["T-1-1"], "own", cell=made["T-1-1-1"])
    reads = journal.head("reads")[0]
    page = text(staff.get(where("act-new", empty.pk), {"what": "split", "committee": "T-1-1-1"}))
    assert "Trần Văn Ất, " in page and thon.code in page
    assert journal.head("reads")[0] == reads + 1, "that people were named is journalled"
    said = CELLS | {f"part0_{ất.pk}": "2", f"part0_{bính.pk}": "1", f"part1_{thon.code}": "2"}
    for left_out in (f"part0_{ất.pk}", f"part1_{thon.code}"):
        refused = text(add(staff, empty, "split", "T-1-1-1", 400, **said | {left_out: ""}), 400)
        assert "Chưa chọn tổ chức nhận" in refused
    add(staff, empty, "split", "T-1-1-1", **said)
    first, second = [row for row in fresh(empty).acts if row["Việc"] == "Chia tách"]
    assert (first["Hồ sơ"], second["Hồ sơ"]) == (str(bính.pk), str(ất.pk))
    assert "Thôn" not in first and second["Thôn"] == "T-THON"
    assert "Chưa thực hiện được" not in text(staff.get(where("reorganisation", empty.pk)))
    assert applied(staff, empty).status_code == 302
    staff.post(where("reorganisation-undo", empty.pk))
    assert fresh(empty).state == "undone"


def test_of_a_split_commune_only_settlements_without_a_cell_are_asked_for(staff, made, empty):
    make_settlement("T-CO", made["T-1-1"], "own", cell=made["T-1-1-1"])
    make_settlement("T-KHONG", made["T-1-1"])
    page = text(staff.get(where("act-new", empty.pk), {"what": "split", "committee": "T-1-1"}))
    assert "T-KHONG" in page and "T-CO" not in page


# Many at once --------------------------------------------------------------------------------------


def test_a_whole_level_is_abolished(staff, made, empty):
    said = {"stamp": empty.stamp, "committee": "Tổ chức T · T", "kind": Kind.UPPER}
    staff.post(where("act-level", empty.pk), said)
    assert fresh(empty).acts == [{"Việc": "Giải thể", "Mã tổ chức": code} for code in ("T-1", "T-2")]
    page = text(staff.get(where("reorganisation", empty.pk)))
    assert "2 tổ chức kết thúc, 4 tổ chức đổi cấp trên" in page and "Thực hiện 2 việc" in page


def test_a_level_may_go_to_one_that_is_chosen(staff, empty):
    said = {"committee": "T-1 ", "kind": Kind.GRASSROOTS_PARTY, "heir": "Tổ chức T-1-2 · T-1-2"}
    staff.post(where("act-level", empty.pk), {"stamp": empty.stamp, **said})
    assert fresh(empty).acts == [MERGE]


@pytest.mark.once
def test_a_level_that_is_not_there_names_those_that_are(staff, empty):
    said = {"stamp": empty.stamp, "committee": "Tổ chức T-1 · T-1", "kind": Kind.SECTION}
    page = text(staff.post(where("act-level", empty.pk), said), 400)
    assert "Có: Chi bộ trực thuộc (4), Đảng bộ cơ sở (2)" in page


def test_from_the_tree_by_hand(staff, made):
    under = text(staff.get(reverse("committees:tree"), {"under": "T-1"}))
    assert re.findall(r'name="pick" value="([^"]+)"', under) == ["T-1-1", "T-1-2"]
    many = where("act-many")
    assert "2 tổ chức" in text(staff.get(many, {"pick": ["T-1-1", "T-1-2"]}))
    new = {"code": "T-1-9", "called": "Xã Chín", "kind": "Đảng bộ cơ sở", "above": "Tổ chức T-1 · T-1"}
    said = {"pick": ["T-1-1", "T-1-2"], "do": "merge", "name": "Từ cây", "day": "1/7/2025", **new}
    staff.post(many, said)
    record = Reorganisation.objects.get()
    assert record.committee == made["T-1"] and [row["Việc"] for row in record.acts] == [
        "Thành lập",
        *["Sáp nhập"] * 2,
    ]
    staff.post(many, {"pick": ["T-2-1"], "do": "move", "draft": record.pk, "target": "Tổ chức T-1 · T-1"})
    assert fresh(record).acts[-1] == {"Việc": "Chuyển", "Mã tổ chức": "T-2-1", "Mã cấp trên mới": "T-1"}


@pytest.mark.once
def test_from_the_tree_something_is_wanted(staff):
    many, picked = where("act-many"), {"pick": ["T-1-1", "T-1-2"], "do": "merge"}
    page = text(staff.post(many, picked), 400)
    assert "Cần cho một đợt mới" in page and "Chọn một tổ chức đang có" in page
    assert "Chưa đánh dấu tổ chức nào" in text(staff.get(many))
    assert staff.get(many, {"pick": ["U-1"]}).status_code == 404
    assert not Reorganisation.objects.exists()

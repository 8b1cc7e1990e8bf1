"""The pages of a reorganisation: a draft put together, its dry run, carrying it out, undoing it; and two people at once."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from committees import drafting, journal, reorganise, tree, vietnamese
from committees.models import Kind, Reorganisation, Role
from tests.factories import (
    end_committee,
    make_account,
    make_candidacy,
    make_headcount,
    make_mandate,
    make_province,
    make_settlement,
)

pytestmark = pytest.mark.django_db
LIST = reverse("committees:reorganisation-list")
DAY, EVE = date(2025, 7, 1), date(2025, 6, 30)
MERGE = {"Việc": "Sáp nhập", "Mã tổ chức": "T-1-1", "Mã kế thừa": "T-1-2"}


def where(name, *parts):
    return reverse(f"committees:{name}", args=parts)


def text(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


@pytest.fixture
def made():
    """Province T: district T-1 with communes T-1-1, T-1-2 of two cells each, district T-2; and province U."""
    return make_province("T", districts=2, communes=2, cells=2) | make_province("U")


@pytest.fixture
def staff(client, made):
    account = make_account("can-bo", Role.STAFF, made["T"])
    client.force_login(account)
    client.account = account
    return client


def drafted(committee, *acts, by=None, **said):
    said = {"name": "Sắp xếp xã", "day": DAY, "document": "12-QĐ/TU"} | said
    return drafting.draft(by=by, committee=committee, acts=acts, **said)


@pytest.fixture
def draft(made, staff):
    return drafted(made["T"], MERGE, by=staff.account)


def shape(day=DAY):
    at = tree.structure().at(day)
    return {at.code(p): at.code(at.up[p]) if at.up[p] >= 0 else None for p in range(len(at))}


def fresh(record):
    return Reorganisation.objects.get(pk=record.pk)


def add(client, record, what, on="", status=302, **said):
    """Sends the form of an act as its page would."""
    address = f"{where('act-new', record.pk)}?what={what}&committee={on}"
    response = client.post(address, {"stamp": fresh(record).stamp, **said})
    assert response.status_code == status, re.findall(r'class="err".*?</div>', response.content.decode())
    return response


# The list and the head -----------------------------------------------------------------------------


def test_the_list_is_empty_then_tells_each_package(staff, made):
    assert "Chưa có đợt sắp xếp nào" in text(staff.get(LIST))
    drafted(made["T"], MERGE, by=staff.account)
    drafted(made["U"], MERGE, name="Của tỉnh khác")
    page = text(staff.get(LIST))
    for words in ("Sắp xếp xã", "12-QĐ/TU", "01/07/2025", "Bản thảo", "can-bo"):
        assert words in page
    assert "Của tỉnh khác" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_however_many(staff, made, count, django_assert_max_num_queries):
    ends = [("T-1-1", "T-1-2"), ("T-2-1", "T-2-2"), ("T-2-2-1", "T-2-2-2")]
    acts = [{"Việc": "Sáp nhập", "Mã tổ chức": code, "Mã kế thừa": heir} for code, heir in ends]
    for code, _heir in ends:
        make_mandate(make_account(f"o-{code}"), Role.SECRETARY, made[code])
    for k in range(count):
        record = drafted(made["T"], *acts[:count], name=f"Đợt {k}", by=staff.account)
    assert f"{count} việc" in text(staff.get(where("reorganisation", record.pk)))
    with django_assert_max_num_queries(8):
        staff.get(LIST)
    with django_assert_max_num_queries(22):
        staff.get(where("reorganisation", record.pk))
    with django_assert_max_num_queries(15):
        staff.get(where("act-list", record.pk))


def test_a_draft_is_made_with_its_documents(staff, made):
    said = {
        "name": " Sắp xếp  xã ", "committee": "Tổ chức T-1 · T-1", "day": "1/7/2025", "document": "12-QĐ/TU",
        "number1": "05-NQ/TU", "day1": "2/6/2025", "issuer1": "Tỉnh ủy",
    }  # fmt: skip
    response = staff.post(where("reorganisation-new"), said)
    record = Reorganisation.objects.get()
    assert response.url == where("act-list", record.pk)
    assert (record.name, record.day, record.committee, record.state) == (
        "Sắp xếp xã",
        DAY,
        made["T-1"],
        "draft",
    )
    assert record.documents == [{"number": "05-NQ/TU", "day": "2025-06-02", "issuer": "Tỉnh ủy"}]
    assert "05-NQ/TU, 02/06/2025, Tỉnh ủy" in text(staff.get(where("reorganisation", record.pk)))


@pytest.mark.once
def test_a_draft_wants_a_name_a_day_and_a_number_beside_a_document_s_day(staff):
    said = {"name": "", "committee": "T-1", "day": "31/6/2025", "day1": "2/6/2025"}
    page = text(staff.post(where("reorganisation-new"), said), 400)
    assert "không có ngày này trong lịch" in page and "Cần số của văn bản" in page
    assert not Reorganisation.objects.exists()


def test_a_draft_is_not_made_beyond_the_reach(staff):
    said = {"name": "Đợt", "committee": "U-1", "day": "1/7/2025"}
    assert "Không có tổ chức đảng nào khớp" in text(staff.post(where("reorganisation-new"), said), 400)


def test_who_overtook_the_head_is_told_and_nothing_typed_is_lost(staff, draft):
    stamp = draft.stamp
    drafting.describe(draft, by=None, stamp=stamp, name="Tên khác", day=DAY, document="", documents=[])
    said = {"stamp": stamp, "name": "Tên tôi", "day": "1/7/2025", "document": "13-QĐ/TU"}
    page = text(staff.post(where("reorganisation-edit", draft.pk), said), 409)
    assert "Tên khác" in page and 'value="Tên tôi"' in page and fresh(draft).name == "Tên khác"


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


@pytest.fixture
def empty(draft):
    return drafting.put(draft, [], by=None, stamp=None, instead=[0])


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


# The dry run, carrying out, undoing ----------------------------------------------------------------


def applied(client, record, page=None, **said):
    page = page or text(client.get(where("reorganisation", record.pk)))
    hidden = {name: re.search(rf'name="{name}" value="(\d+)"', page).group(1) for name in ("stamp", "seen")}
    return client.post(where("reorganisation-apply", record.pk), {**hidden, "sure": "on", **said})


def test_the_dry_run_writes_nothing_and_shows_both_trees(staff, draft):
    head = journal.head()
    page = text(staff.get(where("reorganisation", draft.pk)))
    assert journal.head() == head and shape()["T-1-1-1"] == "T-1-1"
    assert "1 tổ chức kết thúc, 2 tổ chức đổi cấp trên" in page
    assert "kết thúc; kế thừa: Tổ chức T-1-2 (T-1-2)" in page
    assert (
        page.count("chuyển về Tổ chức T-1-2 (T-1-2)")
        == 2
        == page.count("chuyển đến từ Tổ chức T-1-1 (T-1-1)")
    )


def test_it_is_carried_out_shown_as_a_record_and_undone(staff, made, draft):
    make_mandate(make_account("o-xa"), Role.SECRETARY, made["T-1-1"])
    before = shape()
    assert applied(staff, draft).status_code == 302
    assert shape()["T-1-1-1"] == "T-1-2" and "T-1-1" not in shape() and "T-1-1" in shape(EVE)
    record = fresh(draft)
    assert record.state == "applied"
    page = text(staff.get(where("reorganisation", draft.pk)))
    assert "Đã thực hiện" in page and "kết thúc; kế thừa: Tổ chức T-1-2 (T-1-2)" in page and "can-bo" in page
    assert "o-xa, Bí thư chi bộ, T-1-1: kết thúc ngày 01/07/2025" in page
    assert "Hoàn tác đợt này" in page and "Thực hiện 1 việc" not in page
    assert staff.get(where("act-list", draft.pk)).status_code == 302, "no draft any more"
    staff.post(where("reorganisation-undo", draft.pk))
    assert shape() == before and fresh(draft).state == "undone"
    assert "Đã hoàn tác" in text(staff.get(where("reorganisation", draft.pk)))


def test_what_others_did_that_day_is_theirs(staff, made, draft):
    for code in ("T-2", "U-1"):
        other = {"Ngày": "01/07/2025", "Việc": "Đổi tên", "Mã tổ chức": code, "Tên mới": "Tên của đợt khác"}
        reorganise.apply([other], by=None)
    mine, one = "1 tổ chức kết thúc, 2 tổ chức đổi cấp trên.", where("reorganisation", draft.pk)
    assert mine in (page := text(staff.get(one))) and "của đợt khác" not in page
    assert applied(staff, draft).status_code == 302
    assert mine in (page := text(staff.get(one))) and "của đợt khác" not in page


def test_what_was_received_leads_to_recording_its_people(staff, empty):
    said = {
        "code": "T-NH",
        "name": "Chi bộ Ngân hàng",
        "kind": "Chi bộ trực thuộc",
        "above": "T-1-1",
        "members": "9",
    }
    add(staff, empty, "receive", **said)
    assert applied(staff, empty).status_code == 302
    page = text(staff.get(where("reorganisation", empty.pk)))
    assert "Ghi người đã tiếp nhận" in page and "T-NH: 9 đảng viên" in page


def test_what_prevents_an_undo_is_listed(staff, draft):
    applied(staff, draft)
    again = drafted(
        None, {"Việc": "Chuyển", "Mã tổ chức": "T-1-1-1", "Mã cấp trên mới": "T-2-1"}, day=date(2025, 8, 1)
    )
    again.committee_id = draft.committee_id
    with journal.pen(None, "test"):
        again.save()
    assert applied(staff, again).status_code == 302
    page = text(staff.get(where("reorganisation", draft.pk)))
    assert "Chưa hoàn tác được" in page and "T-1-1-1 đã được sắp xếp tiếp" in page
    shape_now = shape(date(2025, 8, 1))
    staff.post(where("reorganisation-undo", draft.pk))
    assert shape(date(2025, 8, 1)) == shape_now and fresh(draft).state == "applied"


def test_it_is_not_carried_out_unless_sure(staff, draft):
    page = text(applied(staff, draft, sure=""), 400)
    assert "Đọc lại đợt này, đánh dấu" in page and fresh(draft).state == "draft"


def test_nor_without_a_decision_nor_with_a_fault_nor_away(staff, made, draft):
    page = text(staff.get(where("reorganisation", draft.pk)))
    drafting.describe(draft, by=None, stamp=None, name="Đợt", day=DAY, document="", documents=[])
    assert "Chưa thực hiện" in text(applied(staff, draft, page), 400)
    drafting.describe(draft, by=None, stamp=None, name="Đợt", day=DAY, document="1", documents=[])
    drafting.put(
        draft, [{"Việc": "Chuyển", "Mã tổ chức": "T-2", "Mã cấp trên mới": "T-2-1"}], by=None, stamp=None
    )
    refused = text(applied(staff, draft, page), 400)
    assert "Chưa thực hiện được: " in refused and where("act-edit", draft.pk, 2) in refused
    drafting.put(draft, [], by=None, stamp=None, instead=[1])
    drafting.put_away(draft, by=None)
    assert "Chưa thực hiện" in text(applied(staff, draft, page), 400)
    assert fresh(draft).state == "draft" and "T-1-1" in shape()


def test_nor_on_another_draft_or_another_tree_than_was_seen(staff, made, draft):
    page = text(staff.get(where("reorganisation", draft.pk)))
    drafting.put(draft, [{"Việc": "Đổi tên", "Mã tổ chức": "T-2", "Tên mới": "Hai"}], by=None, stamp=None)
    assert "trong khi anh chị đang xem" in text(applied(staff, draft, page), 409)
    page = text(staff.get(where("reorganisation", draft.pk)))
    other = drafted(made["T"], {"Việc": "Đổi tên", "Mã tổ chức": "T", "Tên mới": "Tỉnh Tê"}, by=staff.account)
    assert applied(staff, other).status_code == 302
    assert "cây tổ chức đã thay đổi" in text(applied(staff, draft, page), 409)
    assert fresh(draft).state == "draft" and applied(staff, draft).status_code == 302


def test_what_was_undone_may_be_copied_into_a_draft(staff, draft):
    applied(staff, draft)
    assert applied(staff, draft, page='name="stamp" value="1" name="seen" value="1"').status_code == 302, (
        "once"
    )
    staff.post(where("reorganisation-undo", draft.pk))
    response = staff.post(where("reorganisation-copy", draft.pk))
    made = Reorganisation.objects.latest("pk")
    assert response.url == where("act-list", made.pk)
    assert (made.acts, made.state, made.day, made.document) == ([MERGE], "draft", DAY, "12-QĐ/TU")
    assert applied(staff, made).status_code == 302 and "T-1-1" not in shape()


@pytest.mark.once
def test_all_acts_stand_on_one_page_for_paper(staff, made):
    acts = [{"Việc": "Đổi tên", "Mã tổ chức": "T-2", "Tên mới": f"Huyện {k}"} for k in range(50)]
    record = drafted(made["T"], *acts, by=staff.account)
    page = where("reorganisation", record.pk)
    assert "Huyện 49" not in text(staff.get(page)).partition("Các việc</h2>")[2]
    assert "Huyện 49" in text(staff.get(page, {"all": 1})).partition("Các việc</h2>")[2]


def test_a_draft_is_put_away_and_brought_back(staff, draft):
    staff.post(where("reorganisation-drop", draft.pk))
    page = text(staff.get(LIST))
    assert "Chưa có đợt sắp xếp nào" in page and "1 đợt đã cất" in page
    assert staff.get(where("act-list", draft.pk)).status_code == 302
    with pytest.raises(drafting.Closed, match="đã cất"):
        drafting.put(draft, [], by=None, stamp=None, instead=[0])
    staff.post(where("reorganisation-drop", draft.pk), {"do": "restore"})
    assert "12-QĐ/TU" in text(staff.get(LIST))


@pytest.mark.once
def test_a_draft_of_hundreds_stays_usable(staff, made):
    acts = [{"Việc": "Đổi tên", "Mã tổ chức": "T-2", "Tên mới": f"Huyện {k}"} for k in range(300)]
    record = drafted(made["T"], *acts, by=staff.account)
    page = text(staff.get(where("act-list", record.pk), {"page": 3}))
    assert "Dòng 81–120 trong 300" in page and "Huyện 80" in page and "Huyện 200" not in page
    response = staff.post(where("act-list", record.pk), {"do": "drop:100", "stamp": record.stamp})
    assert response.url.endswith("?page=3") and len(fresh(record).acts) == 299
    said = {"do": "place", "which": "299", "to": "2", "stamp": fresh(record).stamp}
    assert staff.post(where("act-list", record.pk), said | {"to": "300"}).status_code == 302
    assert fresh(record).acts[1]["Tên mới"] == "Huyện 1", "there is no such place"
    staff.post(where("act-list", record.pk), said)
    assert [row["Tên mới"] for row in fresh(record).acts[:3]] == ["Huyện 0", "Huyện 299", "Huyện 1"]


def test_only_who_holds_the_right_there_sees_a_draft(client, made, draft):
    pages = [
        where(name, draft.pk) for name in ("reorganisation", "act-list", "reorganisation-edit", "act-level")
    ]
    for role, code, status in (
        ("secretary", "T", 403),
        ("inspector", "T", 403),
        ("staff", "U", 404),
        ("staff", "T-1", 404),
    ):
        client.force_login(make_account(f"{role}-{code}", Role(role), made[code]))
        assert [client.get(page).status_code for page in pages] == [status] * 4


def test_a_draft_is_seen_by_nobody_whose_reach_its_acts_leave(client, made, staff):
    record = drafted(made["T-1"], MERGE, by=staff.account)
    assert record.committee_id == made["T-1"].pk
    lower = make_account("huyen", Role.STAFF, made["T-1"])
    client.force_login(lower)
    assert client.get(where("reorganisation", record.pk)).status_code == 200
    client.force_login(staff.account)
    add(client, record, "move", "T-1-2-1", above="T-2-1")
    assert fresh(record).committee_id == made["T"].pk
    assert client.get(where("reorganisation", record.pk)).status_code == 200
    client.force_login(lower)
    assert client.get(where("reorganisation", record.pk)).status_code == 404


def test_who_reaches_two_places_keeps_sight_of_a_draft_that_joins_them(client, made):
    account = make_account("hai-noi", Role.STAFF, made["T-1"])
    make_mandate(account, Role.STAFF, made["T-2"])
    client.force_login(account)
    record = drafted(made["T-1"], MERGE, by=account)
    add(client, record, "move", "T-1-2-1", above="T-2-1")
    assert client.get(where("reorganisation", record.pk)).status_code == 200

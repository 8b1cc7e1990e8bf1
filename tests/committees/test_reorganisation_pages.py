"""The pages of a reorganisation: the list, a draft's head, its dry run, carrying it out, undoing it; and two people at once."""

from datetime import date

import pytest
from django.urls import reverse

from committees import drafting, journal, reorganise
from committees.models import Entry, Reorganisation, Role
from committees.split_form import _per_cent
from tests.factories import (
    make_account,
    make_mandate,
)

from .arranging import DAY, EVE, MERGE, add, applied, drafted, fresh, shape, text, where

pytestmark = pytest.mark.django_db
LIST = reverse("committees:reorganisation-list")


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


# The dry run, carrying out, undoing ----------------------------------------------------------------


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


def test_a_record_of_a_workbook_is_shown_however_its_rows_were_written(staff, made):
    said = {"Ngày": "01/07/2025", "Mã tổ chức": "T-1-1"}
    record = reorganise.apply(
        [
            said | {"Việc": "tiep nhan tu ngoai", "Mã tổ chức": "T-NH", "Loại": "chi bộ trực thuộc", "Tên mới": "Ngân hàng",
                    "Mã cấp trên mới": "T-1-2", "Số đảng viên": "1.234"},
            said | {"Việc": "CHIA TÁCH", "Mã kế thừa": "T-1-2", "Tỷ lệ": 0.6},
            said | {"Việc": "chia tách", "Mã kế thừa": "T-2-1", "Tỷ lệ": "40"},
            said | {"Việc": "Chuyển", "Mã tổ chức": "T-1-1-1", "Mã cấp trên mới": "T-1-2"},
            said | {"Việc": "Chuyển", "Mã tổ chức": "T-1-1-2", "Mã cấp trên mới": "T-1-2"},
        ],
        by=staff.account,
    )  # fmt: skip
    page = text(staff.get(where("reorganisation", record.pk)))
    assert "1.234 đảng viên" in page and "phần 60 %" in page and "phần 40 %" in page
    assert "Ghi người đã tiếp nhận" in page
    staff.post(where("reorganisation-copy", record.pk))
    made_of = Reorganisation.objects.latest("pk")
    assert [row["Việc"] for row in made_of.acts][:3] == ["Tiếp nhận từ ngoài", "Chia tách", "Chia tách"]


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


def test_a_draft_joins_no_two_places_without_one_above_both(client, made):
    """Whoever works in the one alone would read there of the other, and could undo it."""
    account = make_account("hai-noi", Role.STAFF, made["T-1"])
    make_mandate(account, Role.STAFF, made["T-2"])
    client.force_login(account)
    record = drafted(made["T-1"], MERGE, by=account)
    address = f"{where('act-new', record.pk)}?what=move&committee=T-1-2-1"
    answer = client.post(address, {"stamp": record.stamp, "above": "T-2-1"})
    assert "cùng một cấp trên" in text(answer, 400) and len(fresh(record).acts) == 1
    make_mandate(account, Role.STAFF, made["T"])
    add(client, record, "move", "T-1-2-1", above="T-2-1")
    assert fresh(record).committee == made["T"]
    entry = Entry.objects.filter(chain=Entry.WRITES).latest("number")
    assert (entry.deed, entry.committee_id) == ("reorganisation-change", made["T"].pk)


def test_no_number_is_too_long(staff, made, draft):
    """What is no version of a draft or of a tree is refused, not failed at."""
    long = "9" * 5000
    answer = staff.post(where("act-list", draft.pk), {"do": "drop:1", "stamp": long})
    assert answer.status_code == 302 and len(fresh(draft).acts) == 1
    one = where("reorganisation-apply", draft.pk)
    assert staff.post(one, {"stamp": draft.stamp, "seen": "9" * 20, "sure": "on"}).status_code == 400
    assert fresh(draft).state == "draft"


def test_a_share_of_a_workbook_is_shown_per_cent(staff, made, draft):
    for share, shown in ((0.6, "60"), ("60%", "60"), ("0,125", "12,5"), ("nửa", "nửa")):
        assert _per_cent(share) == shown

"""The organisation page: finding by kind and by names of the past, counts that open their lists, members as last counted,
and a committee's history in words with its documents."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees import access, deeds, journal, reorganise
from committees.browse import Browser
from committees.finding import find, kinds_below
from committees.history import line
from committees.models import Account, Entry, Headcount, Kind, Reorganisation, Role
from tests.factories import end_committee, make_account, make_committee, make_province, place

pytestmark = pytest.mark.django_db
TREE = reverse("committees:tree")
DAY, LATER = date(2025, 7, 1), date(2025, 9, 1)
PARTY, CELL = "Đảng bộ cơ sở", "Chi bộ trực thuộc"


@pytest.fixture
def world():
    """T: districts T-1 and T-2, two communes each, a cell in each; U beside it. T-1 was called Huyện Đất Đỏ until 2013."""
    made = make_province("T", districts=2, communes=2) | make_province("U")
    with journal.pen(None, "test"):
        row = made["T-1"].placements.get()
        row.name = "Huyện Đất Đỏ"
        row.save()
    place(made["T-1"], Kind.UPPER, made["T"], name="Huyện Long Đất", since=date(2013, 7, 1))
    return made


def see(client, role, committee, **query):
    name = f"{role}-{committee.code}"
    known = Account.objects.filter(username=name).first()
    client.force_login(known or make_account(name, role, committee))
    response = client.get(TREE, query)
    assert response.status_code == 200
    return response.content.decode()


def browser(role, committee, day=date(2026, 1, 1)):
    return Browser(access.Access(make_account(f"xem-{committee.code}-{day}", role, committee)), day)


def act(what, code, day="01/07/2025", document="12-QĐ/TU", **more):
    names = {
        "heir": "Mã kế thừa",
        "above": "Mã cấp trên mới",
        "name": "Tên mới",
        "kind": "Loại",
        "share": "Tỷ lệ",
    }
    said = {names[name]: value for name, value in more.items()}
    return {"Ngày": day, "Việc": what, "Mã tổ chức": code, "Số quyết định": document, **said}


def told(code, role=Role.STAFF, committee=None, *, at):
    """The history as text: one line a day."""
    door = access.Access(make_account(f"đọc-{code}-{role}", role, committee or at["T"]))
    looking = Browser(door, date(2026, 1, 1))
    return [
        f"{moment.day}: "
        + "; ".join(" ".join([said.words, *(other.code for other, _share in said.others), said.more]) for said in moment.said)
        + "".join(f" [{paper.words}]" for paper in moment.papers)
        for moment in line(looking, looking.find(code), door)
    ]  # fmt: skip


# Finding --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["dat do", "HUYỆN ĐẤT ĐỎ", "đất đỏ"])
def test_found_by_a_name_of_the_past_it_says_so(client, world, words):
    page = see(client, Role.STAFF, world["T"], q=words)
    assert "<b>Huyện Long Đất</b>" in page and "trước là Huyện Đất Đỏ, đến hết 30/06/2013" in page


def test_found_by_the_name_it_bears_nothing_is_said_of_the_past(client, world):
    page = see(client, Role.STAFF, world["T"], q="long dat")
    assert "<b>Huyện Long Đất</b>" in page and "trước là" not in page
    then = see(client, Role.STAFF, world["T-1"], q="dat do", on="30/06/2013")
    assert "<b>Huyện Đất Đỏ</b>" in then and "trước là" not in then
    assert "Không có tổ chức nào khớp" in see(
        client, Role.STANDING, world["T"], q="long dat", on="30/06/2013"
    )


def test_a_kind_lists_all_of_it_below_and_nothing_else(client, world):
    page = see(client, Role.STAFF, world["T"], kind="cell", under="T-1")
    assert set(re.findall(r"<b>Tổ chức (T[0-9-]+)</b>", page)) == {"T-1-1-1", "T-1-2-1"}
    assert "trong Huyện Long Đất" in page and "Chi bộ trực thuộc" in page
    wide = see(client, Role.STANDING, world["T"], kind="cell", q="2-1")
    assert set(re.findall(r"<b>Tổ chức (T[0-9-]+)</b>", wide)) == {"T-1-2-1", "T-2-1-1", "T-2-2-1"}


def test_every_count_of_a_kind_is_that_of_its_list(world):
    end_committee(world["T-1-1-1"], date(2020, 1, 1))
    for role, committee in ((Role.STAFF, world["T"]), (Role.ADMINISTRATOR, None)):
        looking = browser(role, committee or world["U"])
        for here in (-1, looking.find("T"), looking.find("T-1"), looking.find("T-1-1-1")):
            for kind, _word, count in kinds_below(looking, here):
                assert count == len(find(looking, kind=kind, here=here)) > 0
    looking = browser(Role.STAFF, world["T-1"])
    counts = {kind: n for kind, _word, n in kinds_below(looking, looking.find("T-1"))}
    assert counts == {"grassroots_party": 2, "cell": 1}
    assert kinds_below(looking, looking.find("T-1-1-1")) == []


def test_a_kind_that_is_none_is_named_and_not_guessed(client, world):
    assert "Lỗi:" in see(client, Role.STAFF, world["T"], kind="huyen")


def test_who_belongs_elsewhere_today_is_not_named_among_the_children_of_the_past(client, world):
    """T-2-1-1 stood under T-1-1 until 2020; T-1's clerk may not see it today."""
    with journal.pen(None, "test"):
        row = world["T-2-1-1"].placements.get()
        row.parent, row.name = world["T-1-1"], "Chi bộ đã đi"
        row.save()
    place(world["T-2-1-1"], Kind.CELL, world["T-2-1"], name="Chi bộ đã đi", since=date(2020, 1, 1))
    for query in ({"under": "T-1-1"}, {"kind": "cell"}, {"q": "da di"}, {}):
        page = see(
            client, Role.SECRETARY if query == {} else Role.STAFF, world["T-1"], on="01/01/2015", **query
        )
        assert "Chi bộ đã đi" not in page
    assert "Chi bộ đã đi" in see(client, Role.STAFF, world["T"], under="T-1-1", on="01/01/2015")


# Members --------------------------------------------------------------------------------------------


def count_members(committee, *rows):
    with journal.pen(None, "test"):
        for day, members, *probationary in rows:
            Headcount(
                committee=committee, day=day, members=members, probationary=(*probationary, None)[0]
            ).save()


def test_members_are_the_last_counted_by_the_day_with_their_day(client, world):
    count_members(
        world["T-1"], (date(2014, 12, 31), 1500), (date(2015, 12, 31), 1612, 40), (date(2030, 1, 1), 9999)
    )
    page = see(client, Role.STAFF, world["T"], under="T-1")
    assert "1.612 đảng viên ngày 31/12/2015</a> (40 dự bị)" in page and "9.999" not in page
    behind = re.search('<a class="n" href="([^"]+)">1.612', page)[1].replace("&amp;", "&")
    sheet = client.get(behind)
    assert sheet.status_code == 200 and "1.612" in sheet.content.decode(), (
        "the number opens what it was counted from"
    )
    before = see(client, Role.STANDING, world["T"], under="T", on="30/12/2015")
    assert "1.500 đảng viên ngày 31/12/2014" in before and "1.612" not in before
    assert "đảng viên ngày" not in see(client, Role.INSPECTOR, world["T"], under="T-1", on="01/01/2010")


def test_members_are_a_figure_and_shown_to_who_may_see_figures_only(client, world):
    count_members(world["T-1"], (date(2015, 12, 31), 1612))
    assert "1.612" not in see(client, Role.ADMINISTRATOR, world["T"], under="T-1")
    assert "1.612" in see(client, Role.STANDING, world["T"], under="T-1")


def test_what_was_counted_after_its_end_is_not_told_of_a_committee(client, world):
    count_members(world["T-1-1-1"], (date(2019, 12, 31), 12), (date(2021, 12, 31), 77))
    end_committee(world["T-1-1-1"], date(2020, 1, 1))
    page = see(client, Role.STAFF, world["T"], under="T-1-1-1")
    assert "12 đảng viên ngày 31/12/2019" in page and "77" not in page


# History --------------------------------------------------------------------------------------------


def test_every_act_is_told_on_its_day_with_its_document(world):
    reorganise.apply(
        [
            act("Thành lập", "T-3", kind=PARTY, name="Đảng bộ xã Ba", above="T-1"),
            act("Đổi tên", "T-1-1", name="Đảng bộ xã Mới", document="13-QĐ/TU"),
            act("Chuyển", "T-1-1", above="T-2", document="14-QĐ/TU"),
            act("Sáp nhập", "T-1-2", heir="T-1-1"),
            act("Chia tách", "T-2-1", heir="T-3", share="60%"),
            act("Chia tách", "T-2-1", heir="T-2-2", share="40%"),
            act("Chuyển", "T-2-1-1", above="T-3", document="15-QĐ/TU"),
            act("Giải thể", "T-2-2-1", document="16-QĐ/TU"),
            act("Tiếp nhận từ ngoài", "T-9", kind=CELL, name="Chi bộ Ngân hàng", above="T-1-1"),
            act("Đổi loại", "T-3", LATER.strftime("%d/%m/%Y"), kind="Chi bộ cơ sở", document="20-QĐ/TU"),
            act("Chuyển", "T-2-1-1", LATER.strftime("%d/%m/%Y"), above="T-2-2", document="20-QĐ/TU"),
            act("Chuyển ra ngoài", "T-9", LATER.strftime("%d/%m/%Y"), document="21-QĐ/TU"),
        ],
        by=None,
    )  # fmt: skip
    assert told("T-3", at=world) == [
        "2025-07-01: thành lập: Đảng bộ xã Ba, đảng bộ cơ sở, thuộc T-1 ; tách ra từ T-2-1  [12-QĐ/TU]",
        "2025-09-01: đổi loại từ đảng bộ cơ sở thành chi bộ cơ sở  [20-QĐ/TU]",
    ]
    assert told("T-1-1", at=world)[1] == (
        "2025-07-01: đổi tên từ Tổ chức T-1-1 thành Đảng bộ xã Mới ; chuyển về T-2 ; nhận sáp nhập từ T-1-2 "
        " [13-QĐ/TU] [14-QĐ/TU] [12-QĐ/TU]"
    )
    assert told("T-1-2", at=world)[-1] == "2025-07-01: sáp nhập vào T-1-1  [12-QĐ/TU]"
    assert told("T-2-1", at=world)[-1] == "2025-07-01: chia tách thành T-3 T-2-2  [12-QĐ/TU]"
    assert told("T-2-2-1", at=world)[-1] == "2025-07-01: giải thể; kế thừa là T-2-2  [16-QĐ/TU]"
    assert (
        told("T-2-2", at=world)[-1]
        == "2025-07-01: tách ra từ T-2-1 ; kế thừa tổ chức giải thể T-2-2-1  [12-QĐ/TU] [16-QĐ/TU]"
    )
    assert told("T-9", at=world) == [
        "2025-07-01: tiếp nhận từ ngoài: Chi bộ Ngân hàng, chi bộ trực thuộc, thuộc T-1-1  [12-QĐ/TU]",
        "2025-09-01: chuyển ra ngoài  [21-QĐ/TU]",
    ]
    # Its superior ended: it went along, by that act.
    assert told("T-1-2-1", at=world)[-1] == "2025-07-01: chuyển về T-1-1  [12-QĐ/TU]"


def test_older_acts_are_told_by_the_journal(world):
    """Done before reorganisations were kept: only the entry knows the document."""
    reorganise.apply([act("Đổi tên", "T-1-1", name="Đảng bộ xã Mới", document="13-QĐ/TU")], by=None)
    reorganise.apply([act("Đổi loại", "T-1-1", "01/09/2025", kind="Chi bộ cơ sở", document="14-QĐ/TU"),
                      act("Sáp nhập", "T-1-1-1", "01/09/2025", heir="T-1-2-1")], by=None)  # fmt: skip
    with journal.pen(None, "test"):
        Reorganisation.objects.all().delete()
    first, second = told("T-1-1", at=world)[1:]
    assert first.endswith("thành Đảng bộ xã Mới  [13-QĐ/TU]")
    assert second.endswith("thành chi bộ cơ sở  [14-QĐ/TU]")


def test_undone_it_is_told_no_longer(world):
    record = reorganise.apply([act("Đổi tên", "T-1-1", name="Đảng bộ xã Mới")], by=None)
    assert len(told("T-1-1", at=world)) == 2
    reorganise.undo(record, by=None)
    assert told("T-1-1", Role.STANDING, at=world) == [
        "None: đã có trong sổ: Tổ chức T-1-1, đảng bộ cơ sở, thuộc T-1 "
    ]


def test_whoever_is_out_of_reach_stays_unnamed(client, world):
    reorganise.apply(
        [act("Chuyển", "T-2-1-1", above="T-1-1"), act("Sáp nhập", "T-2-2-1", heir="T-1-1-1")], by=None
    )
    lines = told("T-2-1-1", committee=world["T-1-1"], at=world)
    assert lines[0].endswith("thuộc 1 tổ chức ngoài phạm vi của anh chị")
    assert lines[1] == "2025-07-01: chuyển về T-1-1  [12-QĐ/TU]"
    page = see(client, Role.STAFF, world["T-1-1"], under="T-2-1-1")
    assert "Tổ chức T-2-1<" not in page and "Tổ chức T-2<" not in page


def test_the_document_leads_to_its_reorganisation_where_that_opens(client, world):
    """Staff change structure; a standing committee reads the document's number only, and so does who lies below it."""
    record = reorganise.apply([act("Sáp nhập", "T-1-2", heir="T-1-1")], by=None)
    where = reverse("committees:reorganisation", args=[record.pk])
    seen = {
        (role, code): see(client, role, world[code], under="T-1-1")
        for role, code in ((Role.STAFF, "T"), (Role.STANDING, "T"), (Role.STAFF, "T-1-1"))
    }
    assert all("12-QĐ/TU" in page for page in seen.values())
    assert [where in page for page in seen.values()] == [True, False, False]


def test_the_page_shows_the_line_and_costs_as_much_for_one_act_as_for_many(
    client, world, django_assert_num_queries
):
    reorganise.apply([act("Sáp nhập", "T-1-2-1", heir="T-1-1-1")], by=None)
    client.force_login(make_account("xem", Role.STAFF, world["T"]))
    client.get(TREE, {"under": "T-1-1-1"})
    with CaptureQueriesContext(connection) as first:
        page = client.get(TREE, {"under": "T-1-1-1"}).content.decode()
    spent = len(first)
    assert "nhận sáp nhập từ" in page and "12-QĐ/TU" in page
    reorganise.apply(
        [act("Sáp nhập", code, "02/07/2025", heir="T-1-1-1") for code in ("T-2-1-1", "T-2-2-1")], by=None
    )
    client.get(TREE, {"under": "T-1-1-1"})
    with django_assert_num_queries(spent):
        page = client.get(TREE, {"under": "T-1-1-1"}).content.decode()
    assert "02/07/2025" in page


def test_the_file_holds_what_the_page_shows(client, world):
    made = make_committee("T-1-9", Kind.GRASSROOTS_PARTY, world["T-1"], name="Đảng bộ Chín")
    count_members(made, (date(2015, 12, 31), 321))
    client.force_login(make_account("tai-ve", Role.STAFF, world["T"]))
    where = reverse("recruitment:list-export", args=["tree", "csv"])
    sent = b"".join(client.get(where, {"kind": "grassroots_party", "under": "T-1"}).streaming_content).decode(
        "utf-8-sig"
    )
    rows = sent.splitlines()
    assert len(rows) == 4 and any("Đảng bộ Chín" in row and "321" in row for row in rows)


def test_the_journal_tells_a_package_by_how_many_acts_it_had(world):
    reorganise.apply([act("Đổi tên", "T-1-1", name="Đảng bộ xã Mới")], by=None)
    about = Entry.objects.filter(deed="reorganise").latest("pk").about
    assert deeds.concerned(about) == "1 việc sắp xếp"

"""The workplaces: Bob keeps the cell T-1-1-1, Alice the district T-1 above it, Charlie another district and must not
see what is theirs. Every count equals the list it opens."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees import journal, vietnamese
from committees.models import Entry, Kind, Role
from recruitment import columns
from recruitment.models import Batch, Review, Stage
from recruitment.pipeline import today as pages
from recruitment.pipeline.things import THINGS
from tests import factories as make

TODAY = date(2026, 11, 23)  # a Monday
ROLES = {"standing": Role.STANDING, "inspector": Role.INSPECTOR, "administrator": Role.ADMINISTRATOR}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=vietnamese.ZONE), tick=False):
        yield


@pytest.fixture
def at(db):
    return make.make_province(districts=2, cells=2)


@pytest.fixture
def alice(at):
    return make.make_account("alice", Role.STAFF, at["T-1"])


@pytest.fixture
def bob(at):
    return make.make_account("bob", Role.SECRETARY, at["T-1-1-1"])


@pytest.fixture
def charlie(at):
    return make.make_account("charlie", Role.STAFF, at["T-2"])


def days(n):
    return TODAY + timedelta(days=n)


def years(n, plus=0):
    return vietnamese.add_months(days(plus), -12 * n)


def fill(cell, mark="A"):
    """One of every kind in a cell; names begin with the kind and end in `mark`."""

    def follow(name, *steps, mentor="Lê Thị Cúc", certified=None):
        candidacy = make.make_candidacy(
            cell, date(2026, 1, 5), *steps, full_name=f"{name} {mark}", mentor=mentor
        )
        if certified:
            make.make_certificate(cell, certified, person=candidacy.person)
        Review(candidacy=candidacy, on=days(-10)).save()
        return candidacy

    def admit(name, ceremony, **more):
        decided = (ceremony or days(-30)) - timedelta(days=9)
        made = make.make_admission(cell, decided, ceremony_on=ceremony, full_name=f"{name} {mark}", **more)
        if ceremony:
            make.make_certificate(cell, ceremony, person=made.person, kind="new_member")
        return made

    with journal.pen(None, "test"):
        follow("Quý", certified=years(2))  # nothing to do
        follow("Mận", mentor="")
        follow("Lý", certified=years(5, -7))
        follow("Sen", certified=years(5, 17))
        follow("Gửi", (Stage.SUBMITTED, days(-53)))
        follow("Chờ", (Stage.DECIDED, days(-20)))
        waits = follow("Lễ", (Stage.DECIDED, days(-30)))
        admit("Lễ", None, candidacy=waits, person=waits.person)
        admit("Hết", years(1, 5))
        admit("Xét", years(1, -20))
        admit("Muộn", years(1, -61))


def cards(answer):
    """{section: [name of each card]}"""
    return {
        section.anchor: [card.name for card in section.cards] for section in answer.context["page"].sections
    }


def today(client, account, **asked):
    client.force_login(account)
    return client.get(reverse("recruitment:today"), asked)


def desk(client, account, **asked):
    client.force_login(account)
    return client.get(reverse("recruitment:desk"), asked)


def listed(client, address):
    """How many rows the list at an address shows."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.context["page"].count


class TestToday:
    def test_everything_has_its_place_and_what_is_overdue_comes_first(self, client, at, bob):
        fill(at["T-1-1-1"])
        answer = today(client, bob)
        assert cards(answer) == {
            "qua-han": ["Mận A", "Muộn A", "Lý A"],
            "den-han": ["Hết A", "Xét A"],
            "den-han-60": [],
            "den-han-90": [],
            "het-han": ["Sen A"],
            "cho": ["Gửi A", "Lễ A", "Chờ A"],
        }
        text = answer.content.decode()
        assert "Thứ Hai, 23/11/2026 · Tổ chức T-1-1-1" in text
        assert "<title>Hôm nay: 3 việc quá hạn" in text
        for words in ("Quá 7 ngày", "Còn 17 ngày", "Còn 5 ngày", "Chờ 53 ngày"):
            assert words in text

    def test_a_missed_note_comes_after_what_voids_a_dossier(self, client, at, bob):
        fill(at["T-1-1-1"])
        with journal.pen(None, "test"):
            make.make_candidacy(at["T-1-1-1"], date(2019, 1, 5), full_name="Xoan A", mentor="Lê Thị Cúc")
        assert cards(today(client, bob))["qua-han"] == ["Mận A", "Muộn A", "Lý A", "Xoan A"]

    def test_only_what_is_within_reach(self, client, at, alice, bob, charlie):
        fill(at["T-1-1-1"], "Một")
        fill(at["T-1-1-2"], "Hai")
        fill(at["T-2-1-1"], "Ba")
        assert set(re.findall(r"Mận (\w+)", today(client, bob).content.decode())) == {"Một"}
        assert set(re.findall(r"Mận (\w+)", today(client, alice).content.decode())) == {"Một", "Hai"}
        assert set(re.findall(r"Mận (\w+)", today(client, charlie).content.decode())) == {"Ba"}
        assert today(client, alice, committee="T-1-1-2").context["page"].sections[0].count == 3
        assert today(client, charlie, committee="T-1-1-1").status_code == 404

    def test_above_a_cell_each_card_says_where(self, client, at, alice, bob):
        fill(at["T-1-1-1"])
        assert "Tổ chức T-1-1-1. Đã vào danh sách nguồn" in today(client, alice).content.decode()
        assert "Tổ chức T-1-1-1. " not in today(client, bob).content.decode()

    def test_every_button_leads_to_a_page_that_opens(self, client, at, bob):
        fill(at["T-1-1-1"])
        answer = today(client, bob)
        found = {
            card.name: card.address for section in answer.context["page"].sections for card in section.cards
        }
        assert [name for name, address in found.items() if not address] == ["Gửi A"]
        for name, address in found.items():
            if address:
                assert f'href="{address.replace("&", "&amp;")}"' in answer.content.decode()
                page = client.get(address)
                assert page.status_code == 200 and name in page.content.decode(), address

    def test_who_may_not_write_is_offered_no_deed(self, client, at):
        fill(at["T-1-1-1"])
        reader = make.make_account("kiem-tra", Role.INSPECTOR, at["T-1"])
        answer = today(client, reader)
        assert cards(answer)["qua-han"][0] == "Mận A"
        assert 'class="btn" href' not in answer.content.decode()

    def test_the_rule_stands_behind_vi_sao_and_says_if_it_is_to_be_confirmed(self, client, at, bob):
        fill(at["T-1-1-1"])
        text = today(client, bob).content.decode()
        assert text.count("cần xác nhận") == 1
        assert re.search(r"09-HD/BTCTW[^<]*<span[^>]*>.*?cần xác nhận", text)
        citation = columns.current().statute.on(TODAY)["certificate"].citation
        assert text.count(citation) == 2

    def test_thousands_stay_a_page(self, client, at, bob, monkeypatch):
        monkeypatch.setattr(pages, "MOST_CARDS", 2)
        monkeypatch.setattr(pages, "MOST_NAMES", 2)
        with journal.pen(None, "test"):
            for k in range(5):
                make.make_candidacy(at["T-1-1-1"], days(-k))
        answer = today(client, bob)
        page = answer.context["page"]
        section = page.sections[0]
        assert (section.count, len(section.cards)) == (5, 2)
        [(_words, count, address)] = section.rest
        assert count == listed(client, address) == 5
        assert "Trên đây là 2 việc đầu trong 5 việc." in answer.content.decode()
        assert (page.standings[0].count, len(page.standings[0].people)) == (5, 2)

    def test_candidates_by_step_the_longest_there_first(self, client, at, bob):
        fill(at["T-1-1-1"])
        page = today(client, bob).context["page"]
        assert [
            (standing.label, standing.count, [(person.full_name, n) for person, n in standing.people])
            for standing in page.standings[1:]
        ] == [
            (Stage.SUBMITTED.label, 1, [("Gửi A", 53)]),
            (Stage.DECIDED.label, 2, [("Lễ A", 30), ("Chờ A", 20)]),
        ]
        for standing in page.standings:
            assert listed(client, standing.address) == standing.count

    def test_opening_it_is_journalled_once(self, client, at, bob):
        fill(at["T-1-1-1"])
        today(client, bob)
        entry = Entry.objects.get(chain=Entry.READS)
        assert (entry.deed, entry.about, entry.committee_id) == ("list", "worklist", at["T-1-1-1"].pk)
        assert '"count": 9' in entry.payload

    def test_the_message_to_pass_on_names_nobody(self, client, at, bob):
        fill(at["T-1-1-1"])
        message = today(client, bob).context["page"].message
        assert message.splitlines() == [
            "Tổ chức T-1-1-1, ngày 23/11/2026:",
            "- Quá hạn: 3",
            "- Đến hạn: 2",
            "- Giấy tờ sắp hết: 1",
            "- Đang chờ: 3",
            "Họ tên và hồ sơ xem trong phần mềm, không gửi qua Zalo.",
        ]

    def test_nothing_to_do_says_what_to_begin_with(self, client, at, bob):
        text = today(client, bob).content.decode()
        assert "Hôm nay không có việc nào đến hạn" in text and "Đưa người đầu tiên" in text
        assert reverse("recruitment:candidacy-new") in text

    def test_a_secretary_of_two_cells_finds_the_other(self, client, at, bob):
        make.make_mandate(bob, Role.SECRETARY, at["T-2-1-1"])
        fill(at["T-2-1-1"], "Hai")
        answer = today(client, bob)
        assert '<a href="?committee=T-2-1-1">Tổ chức T-2-1-1</a>' in answer.content.decode()
        assert cards(today(client, bob, committee="T-2-1-1"))["qua-han"][0] == "Mận Hai"

    def test_who_keeps_the_whole_register_finds_every_province(self, client, at):
        make.make_province("U")
        everywhere = make.make_account("khap-noi", Role.STAFF)
        assert [place.code for place in today(client, everywhere).context["others"]] == ["U"]
        assert desk(client, everywhere, committee="U").status_code == 200


class TestDesk:
    def test_every_count_equals_its_list(self, client, at, alice):
        fill(at["T-1-1-1"])
        fill(at["T-1-1-2"], "B")
        fill(at["T-2-1-1"], "C")
        page = desk(client, alice).context["page"]
        queues = [queue for _title, found in page.groups for queue in found]
        assert {queue.label: queue.count for queue in queues} == {
            "Chờ lễ, chưa có quyết định trong sổ": 2,
            "Có quyết định, chưa ghi ngày lễ": 2,
            "Đến hạn xét công nhận chính thức": 4,
            "Hết dự bị trong 90 ngày": 2,
            "Chứng nhận đã hết hạn": 2,
            "Chứng nhận hết hạn trong 90 ngày": 2,
            "Chưa có người giúp đỡ": 2,
        }
        for queue in queues:
            assert listed(client, queue.address) == queue.count, queue.label
        page = desk(client, alice, committee="T-1-1").context["page"]
        assert [(unit.code, [n for _label, n, _address in unit.figures]) for unit in page.units] == [
            ("T-1-1-1", [7, 1, 2, 1, 1]),
            ("T-1-1-2", [7, 1, 2, 1, 1]),
        ]
        for unit in page.units:
            for label, count, address in unit.figures:
                assert listed(client, address) == count, (unit.code, label)

    def test_it_names_the_oldest(self, client, at, alice):
        fill(at["T-1-1-1"])
        text = desk(client, alice).content.decode()
        assert "chờ lâu nhất từ 01/10/2026, 53 ngày" in text
        assert "hết hạn sớm nhất 16/11/2026" in text
        assert "vào nguồn sớm nhất 05/01/2026" in text

    def test_units_and_targets_of_the_plan_that_runs(self, client, at, alice):
        plan = make.make_plan(
            "KH", at["T"], first=date(2026, 1, 1), last=date(2026, 12, 31), name="Kế hoạch năm"
        )
        make.make_plan("CU", at["T-1"], first=date(2025, 1, 1), last=date(2025, 12, 31))
        make.make_quota(plan, at["T-1"], 4)
        make.make_quota(plan, at["T-2"], 4)
        spent = make.make_committee("T-1-2", Kind.GRASSROOTS_CELL, at["T-1"])
        make.make_reported(spent, "Tổ chức đảng không còn nguồn", 1, date(2026, 1, 1), date(2026, 12, 31))
        answer = desk(client, alice)
        queues = {queue.label: queue for queue in answer.context["page"].plan_queues}
        assert "Kế hoạch năm" in answer.content.decode()
        assert {label: queue.count for label, queue in queues.items()} == {
            "Đơn vị trực thuộc chưa giao chỉ tiêu": 2,
            "Tổ chức cơ sở đảng chưa kết nạp ai": 2,
            "Tổ chức cơ sở đảng không còn nguồn": 1,
        }
        for label in list(queues)[1:]:
            assert listed(client, queues[label].address) == queues[label].count
        assert client.get(next(iter(queues.values())).address).status_code == 200

    def test_without_a_plan_for_today_it_offers_to_make_one(self, client, at, alice):
        make.make_plan("CU", at["T-1"], first=date(2025, 1, 1), last=date(2025, 12, 31))
        answer = desk(client, alice)
        assert answer.context["page"].plan is None
        assert reverse("recruitment:plan-new") in answer.content.decode()

    def test_what_the_account_logged_today_and_loaded_last(self, client, at, alice, charlie):
        for account, when in ((alice, 0), (alice, -1), (charlie, 0)):
            with time_machine.travel(datetime(2026, 11, 23 + when, 0, 5, tzinfo=vietnamese.ZONE)):
                with journal.pen(account, "admit"):
                    make.make_admission(at["T-1-1-1"], date(2026, 11, 2))
                with journal.pen(account, "admit"):
                    pass  # one taken back since: its entry stays, its row is gone
                with journal.pen(account, "load"):
                    Batch(kind="quotas", name=f"{account.username}{when}.xlsx", digest="x", rows=3).save()
        answer = desk(client, alice)
        assert "Hôm nay anh chị đã ghi 1 lần kết nạp." in answer.content.decode()
        loads = answer.context["page"].loads
        assert [(str(what), name, rows) for what, name, rows, _at in loads] == [
            ("chỉ tiêu", "alice-1.xlsx", 3),
            ("chỉ tiêu", "alice0.xlsx", 3),
        ]

    def test_other_roles_have_none(self, client, at, alice, bob):
        assert desk(client, alice).status_code == 200
        assert desk(client, bob).status_code == 403
        assert desk(client, alice, committee="T-2").status_code == 404

    def test_empty_it_says_so(self, client, at, alice):
        assert desk(client, alice).content.decode().count("Không có việc nào đang chờ.") == 2


@pytest.mark.parametrize("name", ["today", "desk", "meeting-sheet"])
def test_queries_do_not_grow(name, client, at, alice):
    make.make_plan("KH", at["T"], first=date(2026, 1, 1), last=date(2026, 12, 31))
    client.force_login(alice)
    address = reverse(f"recruitment:{name}")
    counts = []
    for cells in (["T-1-1-1"], ["T-1-1-1", "T-1-1-2"]):
        for cell in cells:
            fill(at[cell], cell)
        client.get(address)  # the snapshot is read
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[1] <= counts[0], [query["sql"][:150] for query in queries]


class TestMeeting:
    def sheet(self, client, account, **asked):
        client.force_login(account)
        return client.get(reverse("recruitment:meeting-sheet"), asked)

    def test_the_matters_of_the_next_meeting_votes_first(self, client, at, bob):
        fill(at["T-1-1-1"])
        make.make_headcount(at["T-1-1-1"], date(2026, 1, 1), 12, 2)
        make.make_candidacy(
            at["T-1-1-1"],
            date(2026, 1, 5),
            (Stage.DOSSIER, date(2026, 6, 1)),
            full_name="Họp A",
            mentor="Lê Thị Cúc",
        )
        answer = self.sheet(client, bob, on="10/12/2026")
        rows = [(row.name, row.matter, row.votes) for row in answer.context["page"].rows]
        assert rows[:3] == [
            ("Họp A", "Xét đề nghị kết nạp", "7 trên 10"),
            ("Hết A", "Xét công nhận chính thức", "7 trên 10"),
            ("Muộn A", "Xét công nhận chính thức", "7 trên 10"),
        ]
        assert ("Mận A", "Phân công đảng viên giúp đỡ", "") in rows
        assert answer.context["page"].rows[0].papers.startswith("Còn thiếu: ")
        assert "10-KNĐ" in answer.context["page"].rows[1].papers

    def test_before_the_twelve_months_are_over_nobody_is_recognised(self, client, at, bob):
        fill(at["T-1-1-1"])
        for on, there in (("28/11/2026", False), ("29/11/2026", True)):
            rows = self.sheet(client, bob, on=on).context["page"].rows
            assert (
                ("Hết A", "Xét công nhận chính thức") in [(row.name, row.matter) for row in rows]
            ) is there

    def test_what_leaves_the_building_names_nobody_and_opening_it_is_journalled(self, client, at, bob):
        fill(at["T-1-1-1"])
        page = self.sheet(client, bob).context["page"]
        assert not any(row.name in page.message for row in page.rows)
        assert "- Xét công nhận chính thức: 3" in page.message
        entry = Entry.objects.get(chain=Entry.READS)
        assert (entry.deed, entry.about) == ("list", "meeting") and f'"count": {page.count}' in entry.payload

    def test_only_within_reach_and_a_day_that_is_none_is_refused(self, client, at, bob, charlie):
        fill(at["T-1-1-1"])
        assert self.sheet(client, bob).status_code == 200
        assert self.sheet(client, charlie, committee="T-1-1-1").status_code == 404
        answer = self.sheet(client, bob, on="31/02/2026")
        assert answer.status_code == 400 and "<title>Lỗi:" in answer.content.decode()


def test_every_kind_leads_to_a_condition_of_its_own():
    conditions = [(thing.table, *sorted(thing.condition.items())) for thing in THINGS.values()]
    assert len(set(conditions)) == len(THINGS)


class TestWhereTheDayBegins:
    @pytest.mark.parametrize(
        ("role", "address"),
        [
            (Role.STAFF, "/desk/"),
            (Role.SECRETARY, "/today/"),
            (Role.STANDING, "/dashboards/T-1/"),
            (Role.INSPECTOR, "/journal/"),
            (Role.ADMINISTRATOR, "/accounts/"),
        ],
    )
    def test_each_role_has_its_workplace_and_a_menu_that_opens(self, client, at, role, address):
        client.force_login(make.make_account("ai-do", role, at["T-1"]))
        answer = client.get(reverse("home"))
        assert answer.headers["Location"] == address
        page = client.get(address)
        assert page.status_code == 200
        assert page.context["menu"][0].address == address and page.context["menu"][0].current
        for entry in page.context["menu"]:
            opened = client.get(entry.address)
            assert opened.status_code == 200, entry
            assert [one.address for one in opened.context["menu"] if one.current] == [entry.address]

    def test_the_secretary_is_offered_a_cell_and_no_more(self, client, at, bob):
        client.force_login(bob)
        labels = [entry.label for entry in client.get("/today/").context["menu"]]
        assert labels == [
            "Hôm nay",
            "Quần chúng",
            "Kết nạp",
            "Lớp học",
            "Kết quả chi bộ",
            "Báo cáo",
            "Trợ giúp",
        ]

    def test_a_page_below_belongs_to_its_entry(self, client, at, alice):
        fill(at["T-1-1-1"])
        client.force_login(alice)
        person = make.make_candidacy(at["T-1-1-1"], days(-1)).person
        for address, label in [(f"/people/{person.pk}/", "Hồ sơ"), ("/admissions/new/", "Ghi kết nạp")]:
            menu = client.get(address).context["menu"]
            assert [entry.label for entry in menu if entry.current] == [label]

    def test_an_empty_register_begins_with_its_tree(self, client, db):
        client.force_login(make.make_account("dau-tien", Role.STAFF))
        assert client.get(reverse("home")).headers["Location"] == reverse("committees:tree")

"""Cells declare their candidates for a plan by name; units and standing committees see numbers."""

import html
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from committees import vietnamese
from committees.models import Entry
from recruitment import columns
from recruitment.models import Declaration, Plan, Stage
from recruitment.pipeline.declaring import declare
from recruitment.quotas.below import Below
from recruitment.quotas.deeds import Refused
from tests import factories as make
from tests.recruitment import world as worlds

CELL, OTHER = "T-2-1-1", "T-1-1-1"


@pytest.fixture
def world(db):
    """The usual province, with a plan of next year; T-2-1-1 has four open candidates, T-1-1-1 one."""
    world = worlds.build()
    today = vietnamese.today()
    world.today = today
    world.next = make.make_plan(
        "KH-N", world.at["T"], first=date(today.year + 1, 1, 1), last=date(today.year + 1, 12, 31), name="Chỉ tiêu năm sau"
    )  # fmt: skip
    world.open = list(world.at[CELL].candidacies.order_by("pk"))
    world.foreign = world.at[OTHER].candidacies.get()
    return world


@pytest.fixture
def people(world):
    return worlds.people(world) | {"bob": make.make_account("bob", "secretary", world.at[OTHER])}


def say(world, ticked=(), unticked=(), *, on=None, plan=None, cell=CELL):
    ids = [{row.pk for row in rows} for rows in (ticked, unticked)]
    return declare(
        plan or world.next, world.at[cell], by=None, on=on or world.today, ticked=ids[0], unticked=ids[1]
    )


def refused(*args, **said):
    before = Declaration.objects.count()
    with pytest.raises(Refused) as problem:
        say(*args, **said)
    assert Declaration.objects.count() == before
    return dict(problem.value.faults)


class TestDeed:
    def test_declared_taken_back_and_declared_again(self, world):
        first, second, *_rest = world.open
        before = world.today - timedelta(days=9)
        assert say(world, [first, second], on=before) == (2, 0)
        assert say(world, [first], [second]) == (0, 1), "who is declared already stays as declared"
        rows = {row.candidacy_id: (row.on, row.withdrawn_on) for row in Declaration.objects.all()}
        assert rows == {first.pk: (before, None), second.pk: (before, world.today)}
        assert say(world, [second]) == (1, 0)
        assert Declaration.objects.get(candidacy=second).withdrawn_on is None
        entry = Entry.objects.filter(deed="declare").latest("number")
        assert entry.about == "plan:KH-N" and entry.committee == world.at[CELL]

    def test_what_may_not_be_declared_and_nothing_of_it_is_written(self, world):
        first, second, third, fourth = world.open
        assert "của chính chi bộ này" in refused(world, [first, world.foreign])[""]
        assert "của chính chi bộ này" in refused(world, [first], cell=OTHER)[""]
        make.tell_step(second, Stage.CLOSED, world.today)
        assert "hồ sơ đang mở" in refused(world, [first, second])[""]
        assert "hết ngày 31/12/2015" in refused(world, [first], plan=world.plan)[""]
        assert "không sau hôm nay" in refused(world, [first], on=world.today + timedelta(days=1))["on"]
        assert "từ 05/01/2015" in refused(world, [first], on=date(2015, 1, 4))["on"]
        trained = make.make_plan("KH-T", world.at["T"], first=world.next.since, last=world.next.last_day,
                                 counts=Plan.Counts.TRAINED)  # fmt: skip
        assert "kế hoạch kết nạp" in refused(world, [first], plan=trained)[""]
        assert "một thay đổi" in refused(world)[""]
        assert say(world, [first, third, fourth], on=date(2015, 1, 5)) == (3, 0)
        assert "một thay đổi" in refused(world, [first])[""]
        assert "từ 05/01/2015" in refused(world, [], [first], on=date(2015, 1, 4))["on"]

    def test_one_whose_road_has_ended_may_still_be_taken_back(self, world):
        first = world.open[0]
        say(world, [first])
        make.tell_step(first, Stage.CLOSED, world.today)
        assert say(world, [], [first]) == (0, 1)

    def test_a_running_plan_still_takes_them(self, world):
        running = make.make_plan(
            "KH-R", world.at["T"], first=world.today - timedelta(days=30), last=world.today
        )
        assert say(world, world.open[:1], plan=running) == (1, 0)


class TestNumbers:
    def test_shared_out_by_what_was_declared(self, world):
        say(world, world.open[:3])
        say(world, [world.foreign], cell=OTHER)
        make.tell_step(world.open[2], Stage.CLOSED, world.today)
        below = Below(columns.current(), world.next, world.at["T"].pk, today=world.today)
        found = {unit.code: below.declared[unit.position] for unit in below.units}
        assert found == {"T-1": 1, "T-2": 2}, "who has left the road is declared no more"

    def test_what_each_unit_said(self, client, world, people):
        say(world, world.open[:2])
        make.make_sourceless(world.at["T-1-2-1"], date(2015, 1, 1))
        make.make_quota(world.next, world.at["T-2"], 7)
        client.force_login(people["standing"])
        page = client.get(reverse("recruitment:plan-declared", args=["KH-N"])).context["page"]
        rows = {row.code: row for row in page.rows}
        assert {code: (row.answer.people, row.answer.cells, row.answer.of) for code, row in rows.items()} == {
            "T-1": (0, 2, {"declared": 0, "waiting": 1, "nobody": 0, "sourceless": 1}),
            "T-2": (2, 2, {"declared": 1, "waiting": 0, "nobody": 1, "sourceless": 0}),
        }  # fmt: skip
        assert (rows["T-2"].target, rows["T-1"].target) == ("7", "–")
        assert page.answer.people == 2 and page.answer.cells == 4

    def test_the_time_before_stands_beside(self, client, world, people):
        year = world.today.year
        make.make_admissions(world.at[CELL], 3, date(year, 1, 1), every=0)
        client.force_login(people["standing"])
        address = reverse("recruitment:plan-declared", args=["KH-N"])
        page = client.get(address).context["page"]
        assert {row.code: row.last for row in page.rows} == {"T-1": 0, "T-2": 3}
        assert f"01/01/{year}" in page.last_said

    def test_taken_back_by_all_is_an_answer(self, client, world, people):
        say(world, world.open[:1])
        say(world, [], world.open[:1])
        client.force_login(people["staff"])
        answer = client.get(reverse("recruitment:plan-declared", args=["KH-N"]), {"committee": "T-2-1"})
        (row,) = answer.context["page"].rows
        assert row.cell and row.answer.state == "nobody"
        assert "Không có người để đăng ký" in html.unescape(answer.content.decode())


class TestPages:
    def address(self, committee="", plan="KH-N"):
        where = reverse("recruitment:plan-declared", args=[plan])
        return f"{where}?committee={committee}" if committee else where

    def test_a_secretary_ticks_her_own(self, client, world, people):
        client.force_login(people["secretary"])
        page = client.get(self.address())
        assert page.context["page"].committee.code == CELL and len(page.context["page"].candidates) == 4
        first, second = world.open[:2]
        typed = {"candidacy": [first.pk, second.pk], "on": ""}
        done = client.post(self.address(CELL), typed, follow=True)
        assert "Đã đăng ký 2 người." in html.unescape(done.content.decode())
        assert set(Declaration.objects.values_list("candidacy", "on")) == {
            (first.pk, world.today), (second.pk, world.today),
        }  # fmt: skip
        shown = done.content.decode()
        assert re.findall(r'name="before" value="(\d+)"', shown) == [str(first.pk), str(second.pk)]
        untick = {"candidacy": [second.pk], "before": [first.pk, second.pk]}
        assert "Đã rút 1 người." in html.unescape(
            client.post(self.address(CELL), untick, follow=True).content.decode()
        )

    def test_what_somebody_else_ticked_meanwhile_is_not_taken_back(self, client, world, people):
        """Alice's page was shown before Bob ticked the second: left alone by her, it stays."""
        first, second = world.open[:2]
        client.force_login(people["secretary"])
        client.get(self.address(CELL))
        say(world, [second])
        client.post(self.address(CELL), {"candidacy": [first.pk]})
        assert Declaration.objects.filter(withdrawn_on=None).count() == 2

    def test_refused_it_keeps_what_was_ticked(self, client, world, people):
        client.force_login(people["secretary"])
        typed = {"candidacy": [world.open[0].pk], "on": "01/01/2015"}
        page = client.post(self.address(CELL), typed)
        assert page.status_code == 400
        text = html.unescape(page.content.decode())
        assert "ngày từ 05/01/2015" in text
        assert re.search(rf'value="{world.open[0].pk}" id="c\d+" checked', page.content.decode())
        assert client.post(self.address(CELL), {"candidacy": [world.foreign.pk]}).status_code == 400
        assert not Declaration.objects.exists()
        assert client.post(self.address(CELL), typed | {"on": ""}).status_code == 302

    def test_others_may_not(self, client, world, people):
        typed = {"candidacy": [world.open[0].pk]}
        for who, status in (("bob", 404), ("standing", 403), ("staff", 302)):
            client.force_login(people[who])
            assert client.post(self.address(CELL), typed).status_code == status
        client.force_login(people["staff"])
        assert client.post(self.address("T-2"), typed).status_code == 404, "no names are ticked at a unit"

    def test_names_for_who_may_see_persons_alone_and_journalled(self, client, world, people):
        say(world, world.open[:1])
        name = world.open[0].person.full_name
        for who, told in (("staff", True), ("standing", False)):
            client.force_login(people[who])
            reads = Entry.objects.filter(chain=Entry.READS).count()
            text = html.unescape(client.get(self.address(CELL)).content.decode())
            assert (name in text) == told
            assert "Đã đăng ký <b>1</b> người" in text
            entries = Entry.objects.filter(chain=Entry.READS)[reads:]
            assert [entry.about for entry in entries] == (["declared"] if told else [])
        text = html.unescape(client.get(self.address("T-2")).content.decode())
        assert "declared=KH-N" not in text and name not in text

    def test_the_number_opens_its_list(self, client, world, people):
        say(world, world.open[:3])
        make.tell_step(world.open[0], Stage.PROBATION, world.today)
        client.force_login(people["staff"])
        page = client.get(self.address("T-2")).content.decode()
        opened = html.unescape(re.search(r'href="(/candidacies/[^"]+declared=KH-N[^"]*)"', page)[1])
        listed = client.get(opened).context["page"]
        assert listed.count == 3 and ("declared", "Đăng ký: Chỉ tiêu năm sau") in listed.listing.conditions
        assert client.get(opened + "&declared=X").status_code == 400

    def test_a_plan_that_is_not_the_committees_to_answer(self, client, world, people):
        make.make_plan("KH-2X", world.at["T-2"], first=world.next.since, last=world.next.last_day)
        client.force_login(people["staff"])
        assert client.get(self.address("T-2-1", "KH-2X")).status_code == 200
        for code in ("T", "T-1"):
            assert client.get(self.address(code, "KH-2X")).status_code == 404
        client.force_login(people["bob"])
        assert client.get(self.address("", "KH-2X")).status_code == 404

    def test_a_cell_without_candidates_is_led_to_say_so(self, client, world, people):
        empty = make.make_account("carol", "secretary", world.at["T-1-2-1"])
        client.force_login(empty)
        text = html.unescape(client.get(self.address()).content.decode())
        assert "/sourceless/new/?committee=T-1-2-1" in text
        make.make_sourceless(world.at["T-1-2-1"], date(2015, 1, 1), cause="Đảng viên cao tuổi")
        text = html.unescape(client.get(self.address()).content.decode())
        assert "không còn nguồn từ 01/01/2015: Đảng viên cao tuổi" in text and "/sourceless/new/" not in text

    def test_the_message_and_the_file_name_nobody(self, client, world, people):
        say(world, world.open[:1])
        client.force_login(people["staff"])
        page = client.get(self.address("T")).context["page"]
        assert "1/4 chi bộ đã đăng ký 1 người" in page.message and "- Tổ chức T-1: 1" in page.message
        assert world.open[0].person.full_name not in page.message
        file = client.get(reverse("recruitment:list-export", args=["declared", "csv"]), {"plan": "KH-N"})
        lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
        assert len(lines) == 3 and lines[2].startswith("Tổ chức T-2")
        for asked in ({"plan": "KH-N", "committee": CELL}, {"plan": "X"}, {}):
            answer = client.get(reverse("recruitment:list-export", args=["declared", "csv"]), asked)
            assert answer.status_code == 404

    def test_a_plan_that_is_over_is_only_read(self, client, world, people):
        client.force_login(people["staff"])
        text = html.unescape(client.get(self.address(CELL, "KH-2")).content.decode())
        assert "Lưu đăng ký" not in text and "hết thời gian" in text

    def test_a_secretarys_day_leads_there_before_the_plan_begins(self, client, world, people):
        soon = make.make_plan("KH-S", world.at["T-2"], first=world.today + timedelta(days=20),
                              last=world.today + timedelta(days=300), name="Năm tới")  # fmt: skip
        client.force_login(people["secretary"])
        text = html.unescape(client.get(reverse("recruitment:today")).content.decode())
        assert f"/plans/{soon.code}/declared/?committee={CELL}" in text
        client.force_login(people["bob"])
        assert "Năm tới" not in html.unescape(client.get(reverse("recruitment:today")).content.decode())

    @pytest.mark.parametrize("n", [1, 3])
    def test_queries_do_not_grow(self, client, world, people, n, django_assert_num_queries):
        say(world, world.open[:n])
        client.force_login(people["staff"])
        for committee, queries in (("T", 6), (CELL, 12)):
            client.get(self.address(committee))
            with django_assert_num_queries(queries):
                client.get(self.address(committee))

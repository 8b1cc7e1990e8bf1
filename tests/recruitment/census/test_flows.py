"""Members who come and go: matched with headcounts and with the units below, never forced to agree."""

import html
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from committees import vietnamese
from committees.access import Access
from committees.editing import Overtaken
from committees.models import Flow, Kind, Role
from recruitment.census import flowing
from recruitment.census.flow_page import FlowPage
from recruitment.quotas.deeds import Refused
from tests import factories as make
from tests.recruitment import world as worlds

Q1, Q2, Q3 = date(2015, 1, 1), date(2015, 4, 1), date(2015, 7, 1)
EVE = Q1 - timedelta(days=1)


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def people(world):
    return worlds.people(world)


def enter(world, code, since=Q1, until=Q2, **counts):
    return flowing.enter(by=None, committee=world.at[code], since=since, until=until, **counts)


def refused(deed, *args, **said):
    with pytest.raises(Refused) as problem:
        deed(*args, **said)
    return dict(problem.value.faults)


def page(account, code="T", year=2015, part=1, **asked):
    params = {"committee": code, "year": str(year), "part": str(part), **asked}
    return FlowPage(Access(account), MultiValueDict({name: [value] for name, value in params.items()}))


class TestDeeds:
    def test_what_may_not_be_said(self, world):
        row = enter(world, "T-1-1-1", died=1)
        assert "01/01/2015 – 31/03/2015" in refused(enter, world, "T-1-1-1", date(2015, 3, 31), Q3)["since"]
        assert (
            "01/01/2015"
            in refused(enter, world, "T-1-1-1", date(2015, 2, 3), date(2015, 2, 4), died=1)["since"]
        )
        assert (
            "không quá số xóa tên"
            in refused(enter, world, "T-1-1-1", Q2, Q3, struck_off=1, struck_off_probationary=2)[
                "struck_off_probationary"
            ]
        )
        today = vietnamese.today()
        assert (
            "không sau hôm nay" in refused(enter, world, "T-1-1-1", today, today + timedelta(days=2))["last"]
        )
        assert "một năm" in refused(enter, world, "T-1-1-1", Q2, date(2016, 4, 3))["last"]
        assert "không trước" in refused(enter, world, "T-1-1-1", Q2, Q2)["last"]
        make.end_committee(world.at["T-1-1-1"], Q2, world.at["T-1-1"])
        assert "hoạt động" in refused(enter, world, "T-1-1-1", Q2, Q3)["since"]
        assert enter(world, "T-1-2", Q2, Q3) and Flow.objects.get(pk=row.pk).died == 1

    def test_put_right_and_taken_back(self, world):
        row, later = enter(world, "T-1-1-1", died=1), enter(world, "T-1-1-1", Q2, Q3)
        said = {"by": None, "reason": "đối chiếu", "since": Q1}
        assert "đã có số" in refused(flowing.correct, row, until=Q2 + timedelta(days=1), **said)["since"]
        fixed = flowing.correct(row, until=Q2, stamp=row.stamp, died=2, **said)
        assert (fixed.died, Flow.objects.get(pk=row.pk).died) == (2, 2)
        with pytest.raises(Overtaken):
            flowing.correct(row, until=Q2, stamp=row.stamp, died=3, **said)
        flowing.drop(later, by=None, reason="nhầm", stamp=later.stamp)
        assert list(Flow.objects.values_list("pk", flat=True)) == [row.pk]


class TestMatching:
    def test_opening_and_flows_against_the_count_of_the_last_day(self, world, people):
        make.make_headcount(world.at["T-2-1-1"], EVE, 30)
        make.make_headcount(world.at["T-2-1-1"], Q2 - timedelta(days=1), 30)
        enter(world, "T-2-1-1", from_same_province=2, died=1, moved_out=1)
        found = page(people["secretary"], "T-2-1-1")
        assert (found.movement.opening, found.movement.admitted, found.movement.closing) == (30, 3, 33)
        assert found.gap == 3
        told = {line.key: line.now for line in found.lines}
        assert (told["increase"], told["decrease"], told["closing"]) == (5, 2, 33)
        link = next(line.link for line in found.lines if line.key == "admitted")
        assert "decided_from=2015-01-01" in link

    def test_without_a_count_of_the_eve_the_last_one_is_brought_forward(self, world, people):
        make.make_headcount(world.at["T-2-1-1"], EVE, 30)
        enter(world, "T-2-1-1", died=2)
        # Neither what was there when it was counted nor what the quarter itself brings belongs to its beginning.
        enter(world, "T-2-1-1", date(2014, 10, 1), Q1, died=7)
        enter(world, "T-2-1-1", Q2, Q3, died=5)
        found = page(people["staff"], "T-2-1-1", part=2)
        assert (found.opening.members, found.opening.day, found.opening.brought) == (30 + 3 - 2, EVE, True)
        assert page(people["staff"], "T-1-1-1", part=2).opening is None

    def test_a_row_over_the_edge_is_told_and_not_counted(self, world, people):
        enter(world, "T-1-1-1", date(2015, 2, 1), date(2015, 5, 1), died=1)
        found = page(people["staff"], "T-1-1-1")
        assert found.movement.flows is None and len(found.astride) == 1
        assert page(people["staff"], "T-1-1-1", part=0).movement.flows["died"] == 1

    def test_days_and_months_add_up_to_the_quarter_and_the_year(self, world, people):
        enter(world, "T-1-1-1", date(2015, 2, 3), date(2015, 2, 4), died=1)
        enter(world, "T-1-1-1", date(2015, 3, 1), Q2, died=2, asked_out=1)
        enter(world, "T-1-1-1", Q2, Q3, died=4)
        assert page(people["staff"], "T-1-1-1").movement.flows["died"] == 3
        assert page(people["staff"], "T-1-1-1", part=0).movement.flows["died"] == 7

    def test_a_unit_against_those_below_it(self, world, people):
        """T-1 says three died; its communes say one and, summed from a cell, one; nobody answers for T-2."""
        enter(world, "T-1", died=3)
        enter(world, "T-1-2", died=1)
        enter(world, "T-1-1-1", died=1, struck_off=1, struck_off_probationary=1)
        found = page(people["staff"], "T-1")
        died = next(match for match in found.matches if match.words == "Từ trần")
        assert (died.own, died.below, died.difference, died.told, died.units) == (3, 2, 1, 2, 2)
        assert [(unit.code, unit.basis) for unit in found.units] == [("T-1-1", "below"), ("T-1-2", "own")]
        top = page(people["staff"])
        assert top.basis == "below" and [unit.code for unit in top.silent] == ["T-2"]
        assert top.movement.flows["died"] == 3, "what T-1 says itself, not what is below it once more"
        assert next(m for m in top.matches if m.words == "Từ trần").own is None, "never matched with itself"

    def test_by_today_s_tree_heirs_answer_and_the_highest_speaks(self, world, people):
        """T-2 and its communes end: by today's tree T-1 bears T-2's own figure and not its communes' once more."""
        enter(world, "T-2", died=5)
        enter(world, "T-2-1", died=2)
        make.make_headcount(world.at["T-1"], EVE, 100)
        make.make_headcount(world.at["T-2"], EVE, 40)
        for code in ("T-2-1-1", "T-2-2-1", "T-2-1", "T-2-2", "T-2"):
            make.end_committee(world.at[code], date(2016, 1, 1), world.at["T-1"])
        then, now = page(people["staff"], "T-1"), page(people["staff"], "T-1", tree_on="now")
        assert then.movement.flows is None and now.movement.flows["died"] == 5
        assert (then.opening.members, now.opening.members) == (100, 140)
        assert page(people["staff"]).movement.flows == page(people["staff"], tree_on="now").movement.flows

    @pytest.mark.parametrize(("heir", "above"), [("T-1-2", None), ("T-2-2", "T-2-2")])
    def test_a_unit_that_ended_within_the_period_is_not_counted_beside_its_superior(
        self, world, people, heir, above
    ):
        """A cell goes to its superior, or both to a third: what the superior wrote holds the cell's."""
        ended = date(2015, 2, 1)
        enter(world, "T-1-2-1", until=ended, died=1)
        enter(world, "T-1-2", until=ended if above else Q2, died=3)
        make.end_committee(world.at["T-1-2-1"], ended, world.at[heir])
        if above:
            make.end_committee(world.at["T-1-2"], ended, world.at[above])
        for code, members in (("T-1-2", 20), ("T-2-2", 10)):
            make.make_headcount(world.at[code], EVE, members)
        assert page(people["staff"], heir, part=2).opening.members == (27 if above else 17)
        for asked in ({}, {"tree_on": "now"}):
            assert page(people["staff"], heir, **asked).movement.flows["died"] == 3
            assert page(people["staff"], heir[:3], **asked).movement.flows["died"] == 3

    @pytest.mark.parametrize("counted", [True, False])
    def test_what_was_counted_before_a_merger_is_brought_forward_of_all_or_of_none(
        self, world, people, counted
    ):
        cell, heir, merged = world.at["T-1-2-1"], world.at["T-2-2-1"], date(2015, 2, 1)
        make.make_headcount(heir, EVE, 50)
        if counted:
            make.make_headcount(cell, EVE, 30)
        make.make_admissions(cell, 3, date(2015, 1, 5))
        make.make_admissions(heir, 4, date(2015, 2, 5))
        enter(world, "T-1-2-1", until=merged, asked_out=2)
        enter(world, "T-2-2-1", died=1)
        make.end_committee(cell, merged, heir)
        first, second = (page(people["staff"], "T-2-2-1", part=part) for part in (1, 2))
        admitted, base, percent, _link = second.share
        if counted:
            assert (first.movement.opening, first.movement.closing) == (80, 84)
            assert (second.opening.members, second.opening.day, second.opening.brought) == (84, EVE, True)
            assert (admitted, base.members, base.day, str(percent)) == (7, 80, EVE, "8.75")
        else:
            assert (first.opening, second.opening, admitted, base, percent) == (None, None, 7, None, None)

    def test_reported_figures_stand_only_where_nobody_wrote(self, world, people):
        year = (Q1, date(2015, 12, 31))
        make.make_reported(world.at["T-1-2"], "Khai trừ", 20, *year, source="Bài báo")
        make.make_reported(world.at["T-1-2"], "Xóa tên", 97, *year, source="Bài báo")
        lines = {line.key: line for line in page(people["standing"], "T-1-2", part=0).lines}
        assert (lines["expelled"].told, lines["expelled"].source, lines["expelled"].now) == (
            "20",
            "Bài báo",
            None,
        )
        assert lines["struck_off"].told == "97" and lines["closing"].now is None
        assert not page(people["standing"], "T-1-2").reported, "the year's, not a quarter's"
        enter(world, "T-1-2", expelled=1)
        lines = {line.key: line for line in page(people["standing"], "T-1-2", part=0).lines}
        assert (lines["expelled"].told, lines["expelled"].source, lines["struck_off"].told) == ("1", "", "0")

    def test_the_share_of_the_year_says_its_base(self, world, people):
        make.make_headcount(world.at["T-2-1-1"], date(2014, 6, 30), 100)
        admitted, base, percent, link = page(people["staff"], "T-2-1-1", part=2).share
        assert (admitted, base.members, base.day, str(percent)) == (3, 100, date(2014, 6, 30), "3.00")
        assert "year=2015" in link and "on=2015-06-30" in link
        assert page(people["staff"], "T-1").share[1:3] == (None, None)


class TestPages:
    SHEET = "recruitment:flow-sheet"
    TYPED = {"since": "01/01/2015", "last": "31/03/2015", "died": "1", "document": "Biểu 1"}

    def test_a_secretary_writes_for_her_cell_corrects_and_takes_back(self, client, world, people):
        client.force_login(people["secretary"])
        new = reverse("recruitment:flow-new") + "?committee=T-2-1-1&year=2015&part=1"
        assert 'value="31/03/2015"' in client.get(new).content.decode()
        assert client.post(new, self.TYPED | {"died": "một"}).status_code == 400
        assert client.post(new, self.TYPED | {"last": "31/02/2015"}).status_code == 400
        done = client.post(new, self.TYPED, follow=True)
        text = html.unescape(done.content.decode())
        assert "Biểu 1" in text and "Chưa có số đảng viên ngày 31/12/2014" in text
        row = Flow.objects.get()
        edit = reverse("recruitment:flow-edit", args=[row.pk])
        assert client.post(edit, self.TYPED | {"died": "2", "stamp": row.stamp}).status_code == 400, (
            "no reason"
        )
        fixed = self.TYPED | {"died": "2", "stamp": row.stamp, "reason": "đếm lại"}
        assert client.post(edit, fixed).status_code == 302
        assert client.post(edit, fixed | {"died": "3"}).status_code == 409
        assert Flow.objects.get().died == 2
        drop = reverse("recruitment:flow-drop", args=[row.pk])
        said = {"stamp": Flow.objects.get().stamp, "reason": ""}
        assert client.post(drop, said).status_code == 400
        assert client.post(drop, said | {"reason": "nhầm quý"}).status_code == 302
        assert not Flow.objects.exists()
        assert client.get(new.replace("T-2-1-1", "T-2-1")).status_code == 404

    def test_differences_are_said_in_words(self, client, world, people):
        make.make_headcount(world.at["T-2-1-1"], EVE, 30)
        make.make_headcount(world.at["T-2-1-1"], Q2, 28)
        enter(world, "T-2-1-1", died=1)
        client.force_login(people["standing"])
        asked = {"committee": "T-2-1-1", "year": 2015, "part": 1}
        text = html.unescape(client.get(reverse(self.SHEET), asked).content.decode())
        assert "Chênh +4: cộng ra 32, số đảng viên ngày 01/04/2015 là 28." in text
        asked["committee"] = "T-2"
        make.make_headcount(world.at["T-2"], date(2015, 1, 15), 50)
        enter(world, "T-2-2-1", date(2015, 2, 1), date(2015, 5, 1))
        enter(world, "T-2", date(2014, 12, 1), date(2015, 2, 1))
        text = html.unescape(client.get(reverse(self.SHEET), asked).content.decode())
        assert "1/2 đơn vị chưa báo" in text and "cộng từ cấp dưới" in text
        assert "Còn thiếu số của đơn vị bên dưới nên chưa tính số cuối kỳ." in text
        assert "Có số ghi từ 01/02/2015 đến 30/04/2015, không nằm gọn trong kỳ này" in text
        text = html.unescape(client.get(reverse(self.SHEET), asked | {"part": 2}).content.decode())
        assert (
            "Số đảng viên ngày 15/01/2015 chưa chuyển sang đầu kỳ được: có số ghi từ 01/12/2014 đến 31/01/2015"
            in text
        )
        assert client.get(reverse(self.SHEET), asked | {"year": "x"}).status_code == 400
        assert client.get(reverse(self.SHEET), asked | {"part": "7"}).status_code == 400

    def test_the_count_of_admissions_opens_as_many(self, client, world, people):
        client.force_login(people["staff"])
        found = client.get(reverse(self.SHEET), {"committee": "T-2-1-1", "year": 2015, "part": 1}).context[
            "page"
        ]
        line = next(line for line in found.lines if line.key == "admitted")
        assert line.now == 3 and client.get(line.link).context["page"].count == 3
        early = line.link.replace("2015-01-01", "2015-03-02")
        assert client.get(early).context["page"].count == 2
        assert client.get(found.share[3]).context["page"].count == found.share[0] == 3
        client.force_login(people["standing"])
        found = client.get(reverse(self.SHEET), {"committee": "T-2-1-1", "year": 2015, "part": 1}).context[
            "page"
        ]
        assert all(not line.link for line in found.lines) and not found.share[3]

    def test_as_files(self, client, world, people):
        enter(world, "T-1", died=3)
        client.force_login(people["standing"])
        asked = {"committee": "T", "year": 2015, "part": 1}
        for name, words in (
            ("flows", ["Từ trần", "3"]),
            ("flowunits", ["Tổ chức T-1", "tự ghi", "chưa báo"]),
        ):
            file = client.get(reverse("recruitment:list-export", args=[name, "csv"]), asked)
            text = b"".join(file.streaming_content).decode("utf-8-sig")
            assert all(word in text for word in words), text
        wrong = client.get(reverse("recruitment:list-export", args=["flows", "csv"]), asked | {"part": "9"})
        assert wrong.status_code == 302

    @pytest.mark.parametrize("more", [0, 2])
    def test_queries_do_not_grow(self, client, world, people, more, django_assert_num_queries):
        enter(world, "T")
        for code in ["T-1", "T-2"][:more]:
            enter(world, code, died=1)
            enter(world, code, Q2, Q3)
        client.force_login(people["staff"])
        asked = {"committee": "T", "year": 2015, "part": 1}
        client.get(reverse(self.SHEET), asked)
        with django_assert_num_queries(7):
            client.get(reverse(self.SHEET), asked)


def test_a_committee_not_yet_founded_says_so(client, db):
    world = worlds.build()
    late = make.make_committee("T-9", Kind.UPPER, world.at["T"], since=date(2016, 1, 1))
    client.force_login(make.make_account("moi", Role.STAFF, late))
    answer = client.get(reverse("recruitment:flow-sheet"), {"year": 2015, "part": 1})
    assert answer.status_code == 400 and "chưa thành lập" in html.unescape(answer.content.decode())

"""Organisations without source: marked from a day, changed, ended, told apart wherever they stand."""

import html
from datetime import date, timedelta

import pytest
from django.urls import reverse

from committees import vietnamese
from committees.editing import Overtaken
from recruitment import columns
from recruitment.dashboards.summary import summary
from recruitment.models import Sourceless
from recruitment.quotas import sourceless_deeds as deeds
from recruitment.quotas.deeds import Refused
from recruitment.quotas.progress import progress
from recruitment.reports.annual_report import whole
from tests import factories as make
from tests.recruitment import world as worlds
from tests.recruitment.reports.annuals import asked, summary_of, table
from tests.recruitment.snapshots import differences, full

SINCE, CAUSE = date(2015, 3, 1), "Quần chúng đi làm ăn xa"


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def people(world):
    return worlds.people(world)


def mark(world, code="T-1-2", since=SINCE, **said):
    return deeds.mark(by=None, committee=world.at[code], since=since, cause=CAUSE, **said)


def refused(deed, *args, **said):
    with pytest.raises(Refused) as problem:
        deed(*args, **said)
    return dict(problem.value.faults)


class TestDeeds:
    def test_marked_it_has_no_source_from_that_day(self, world):
        columns.current()
        row = mark(world, measure="Sinh hoạt ghép", document="12-NQ/ĐU")
        assert (row.since, row.until, row.cause) == (SINCE, None, CAUSE)
        assert differences(columns.current(), full()) == []
        for on, count in ((SINCE - timedelta(days=1), 1), (SINCE, 2)):
            assert summary(columns.current(), "KH-2", "T", on=on).ground.no_source == count

    def test_what_may_not_be_marked(self, world):
        make.end_committee(world.at["T-2-2-1"], date(2014, 1, 1), world.at["T-2-2"])
        tomorrow = vietnamese.today() + timedelta(days=1)
        assert "đảng bộ cấp trên" in refused(mark, world, "T-1")["committee"]
        assert "không sau hôm nay" in refused(mark, world, since=tomorrow)["since"]
        assert "hoạt động" in refused(mark, world, "T-2-2-1")["since"]
        mark(world)
        assert "đã đánh dấu từ ngày 01/03/2015" in refused(mark, world)["committee"]
        for code in ("T-1-1", "T-1-2-1"):
            assert mark(world, code)

    def test_a_new_measure_from_a_day_keeps_what_was_said_before(self, world):
        row = mark(world)
        later = deeds.change(
            row, by=None, on=date(2015, 9, 1), cause=CAUSE, measure="Sinh hoạt ghép", stamp=row.stamp
        )
        rows = list(Sourceless.objects.order_by("since").values_list("since", "until", "measure"))
        assert rows == [(SINCE, date(2015, 9, 1), ""), (date(2015, 9, 1), None, "Sinh hoạt ghép")]
        found = {
            on: columns.current().small.sourceless[world.at["T-1-2"].pk][k].measure
            for k, on in enumerate((SINCE, date(2015, 9, 1)))
        }
        assert list(found.values()) == ["", "Sinh hoạt ghép"]
        with pytest.raises(Overtaken):
            deeds.change(row, by=None, on=date(2015, 10, 1), cause="Khác", stamp=row.stamp - 1)
        assert "đã kết thúc" in refused(deeds.change, row, by=None, on=date(2015, 10, 1), cause="Khác")[""]
        same = {"by": None, "cause": CAUSE, "measure": "Sinh hoạt ghép"}
        assert "một thay đổi" in refused(deeds.change, later, on=date(2015, 10, 1), **same)[""]
        before = {"by": None, "cause": "Khác"}
        assert "ngày bắt đầu" in refused(deeds.change, later, on=date(2015, 8, 31), **before)["on"]

    def test_on_its_first_day_it_is_put_right_in_place(self, world):
        row = mark(world)
        assert deeds.change(row, by=None, on=SINCE, cause="Đảng viên cao tuổi").pk == row.pk
        assert Sourceless.objects.get().cause == "Đảng viên cao tuổi"

    def test_a_source_again_from_a_day_and_none_once_more_later(self, world):
        row = mark(world)
        ended = deeds.end(row, by=None, on=date(2015, 6, 1), stamp=row.stamp)
        assert ended.until == date(2015, 6, 1)
        assert "đã kết thúc" in refused(deeds.end, ended, by=None, on=date(2015, 7, 1))[""]
        assert "từ 01/06/2015" in refused(mark, world, since=date(2015, 5, 31))["since"]
        assert mark(world, since=date(2015, 6, 1))
        counts = {
            on: summary(columns.current(), "KH-2", "T-1", on=on).ground.no_source
            for on in (date(2015, 5, 31), date(2015, 6, 1), date(2015, 2, 28))
        }
        assert list(counts.values()) == [1, 1, 0]

    def test_a_slip_is_taken_back_the_same_day_by_who_made_it(self, world, people):
        row = mark(world)
        said = refused(deeds.end, row, by=people["staff"], on=SINCE)["on"]
        assert "chính người ghi bỏ ngay trong ngày" in said
        assert deeds.end(row, by=None, on=SINCE) is None
        assert not Sourceless.objects.exists()
        assert differences(columns.current(), full()) == []


class TestToldApart:
    def test_a_mark_decides_and_a_report_stands_in_where_there_is_none(self, world):
        """T-2-2 reported for 2015 that it has no source; T-1-2 is marked; a source again is a word of the marks too."""
        mark(world)
        ground = summary(columns.current(), "KH-2", "T").ground
        assert (ground.no_source, ground.marked, ground.told) == (2, 1, 1)
        row = mark(world, "T-2-2", since=date(2014, 6, 1))
        ground = summary(columns.current(), "KH-2", "T").ground
        assert (ground.no_source, ground.marked, ground.told) == (2, 2, 0)
        deeds.end(row, by=None, on=date(2015, 6, 1))
        ground = summary(columns.current(), "KH-2", "T").ground
        assert (ground.no_source, ground.marked, ground.told) == (1, 1, 0)

    def test_a_total_reported_above_gives_way_to_what_is_marked_below(self, world):
        make.make_reported(
            world.at["T-1"], "Tổ chức đảng không còn nguồn", 2, worlds.FIRST, worlds.LAST, source="BC 12"
        )
        ask = {"plan": "KH-2", "committee": "T-1"}
        ground = summary(columns.current(), **ask).ground
        assert (ground.no_source, ground.source, ground.marked) == (2, "BC 12", 0)
        mark(world)
        ground = summary(columns.current(), **ask).ground
        assert (ground.no_source, ground.source, ground.marked) == (1, "", 1)

    def test_an_heir_does_not_take_it_over(self, world):
        mark(world)
        make.end_committee(world.at["T-1-2"], date(2015, 7, 1), world.at["T-1-1"])
        assert summary(columns.current(), "KH-2", "T-1", on=date(2015, 6, 30)).ground.no_source == 1
        assert summary(columns.current(), "KH-2", "T-1").ground.no_source == 0

    def test_nought_of_nought_is_no_source_with_its_cause_and_attainment_stays_as_it_was(self, world):
        before = progress(columns.current(), "KH-2", "T-1").as_json()
        make.make_quota(world.plan, world.at["T-1-1"], 5)
        assigned = progress(columns.current(), "KH-2", "T-1").as_json()
        mark(world)
        mark(world, "T-1-1", since=date(2015, 1, 1))
        assert progress(columns.current(), "KH-2", "T-1").as_json() == assigned != before
        units = {unit.standing.code: unit for unit in summary(columns.current(), "KH-2", "T-1").units.rows}
        assert (units["T-1-2"].state, units["T-1-2"].standing.state) == ("no_source", "no_target")
        assert units["T-1-2"].remark == f"không còn nguồn từ 01/03/2015: {CAUSE}"
        # A target and people: it keeps the state they give it, and is told to be looked at again.
        assert units["T-1-1"].state == "met"
        assert units["T-1-1"].remark.endswith("cần xem lại")

    def test_who_admits_somebody_afterwards_is_to_be_looked_at_again(self, world):
        row = mark(world, "T-2-1", since=date(2015, 3, 3))
        found = summary(columns.current(), "KH-2", "T-2-1", on=date(2015, 3, 3)).mark
        assert found.doubtful and found.admitted == date(2015, 3, 3)
        deeds.change(row, by=None, on=date(2015, 3, 4), cause=CAUSE, measure="Khác")
        assert not summary(columns.current(), "KH-2", "T-2-1").mark.doubtful
        make.make_admission(world.at["T-2-1-1"], date(2015, 9, 1), cancelled_on=date(2015, 9, 2))
        assert not summary(columns.current(), "KH-2", "T-2-1").mark.doubtful

    def test_the_annual_report_counts_them_at_the_end_of_the_period_and_says_by_what(self, world):
        row = mark(world, measure="Sinh hoạt ghép")
        report = whole(asked())
        assert summary_of(report)["no_source"] == 2
        assert (
            report.sheet("tong_hop").row("no_source").cells["note"]
            == "1 đánh dấu trong sổ, 1 theo số báo cáo"
        )
        assert table(report, "bieu_2")["organisations:grassroots_party:no_source"]["now"] == 2
        sources = {code: cells["source"] for code, cells in table(report, "chua_ket_nap").items()}
        assert sources["T-1-2"] == f"từ 01/03/2015: {CAUSE}; Sinh hoạt ghép"
        assert sources["T-2-2"] == "Báo cáo thử"
        deeds.end(row, by=None, on=date(2015, 12, 31))
        report = whole(asked())
        assert summary_of(report)["no_source"] == 1
        assert report.sheet("tong_hop").row("no_source").cells["note"] == "theo số báo cáo của từng tổ chức"

    def test_without_a_report_the_marks_are_what_is_kept(self, world):
        assert summary_of(whole(asked(year=2014)))["no_source"] is None
        mark(world, "T-1-1-1", since=date(2014, 2, 1))
        assert summary_of(whole(asked(year=2014)))["no_source"] is None, (
            "a cell below says nothing of organisations"
        )
        mark(world, since=date(2014, 2, 1))
        report = whole(asked(year=2014))
        assert summary_of(report)["no_source"] == 1
        assert report.sheet("tong_hop").row("no_source").cells["note"] == "đánh dấu trong sổ"


class TestPages:
    TYPED = {"committee": "T-1-2", "since": "01/03/2015", "cause": CAUSE, "measure": "Sinh hoạt ghép"}

    def test_a_secretary_marks_her_own_cell_and_no_other(self, client, world, people):
        client.force_login(people["secretary"])
        address = reverse("recruitment:sourceless-new")
        assert "T-2-1-1" in client.get(address).content.decode(), "the only one there is stands in the field"
        done = client.post(address, self.TYPED | {"committee": "T-2-1-1"}, follow=True)
        assert "Không còn nguồn từ 01/03/2015" in html.unescape(done.content.decode())
        for code in ("T-2-1", "T-1-2"):
            assert client.post(address, self.TYPED | {"committee": code}).status_code == 400
        assert Sourceless.objects.count() == 1

    def test_her_cells_page_leads_there_until_it_is_marked(self, client, world, people):
        offered = "/sourceless/new/?committee=T-2-1-1"
        address = reverse("recruitment:dashboard", args=["T-2-1-1"])
        for who, told in (("secretary", True), ("standing", False)):
            client.force_login(people[who])
            assert (offered in client.get(address).content.decode()) == told
        mark(world, "T-2-1-1")
        client.force_login(people["secretary"])
        page = html.unescape(client.get(address).content.decode())
        assert offered not in page and "Không còn nguồn từ 01/03/2015" in page

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"committee": "T-1"}, "chi bộ, đảng bộ bộ phận hoặc tổ chức cơ sở đảng"),
            ({"since": "31/02/2015"}, "một ngày có thật"),
            ({"since": "01/01/2199"}, "ngày không sau hôm nay"),
            ({"cause": ""}, "Nguyên nhân"),
            ({"cause": "x" * 201}, "tối đa 200 ký tự"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_saved(self, client, world, people, typed, said):
        client.force_login(people["staff"])
        answer = client.post(reverse("recruitment:sourceless-new"), self.TYPED | typed)
        assert answer.status_code == 400 and said in html.unescape(answer.content.decode())
        assert not Sourceless.objects.exists()
        assert client.post(reverse("recruitment:sourceless-new"), self.TYPED).status_code == 302

    def test_changed_and_ended_on_its_page(self, client, world, people):
        row = mark(world)
        client.force_login(people["staff"])
        address = reverse("recruitment:sourceless", args=[row.pk])
        said = {
            "do": "change",
            "stamp": row.stamp,
            "on": "01/09/2015",
            "cause": CAUSE,
            "measure": "Sinh hoạt ghép",
        }
        assert client.post(address, said | {"on": "01/01/2015"}).status_code == 400
        later = client.post(address, said)
        assert later.status_code == 302 and later.url != address
        assert client.post(address, said).status_code == 409
        page = html.unescape(client.get(later.url).content.decode())
        assert "Sinh hoạt ghép" in page and "01/03/2015" in page and "can-bo" in page
        stamp = Sourceless.objects.get(until=None).stamp
        ending = {"do": "end", "end-stamp": stamp, "end-on": "31/02/2016"}
        assert client.post(later.url, ending).status_code == 400
        assert client.post(later.url, ending | {"end-on": "01/02/2016"}).status_code == 302
        assert not Sourceless.objects.filter(until=None).exists()
        assert 'name="cause"' not in client.get(later.url).content.decode(), "nothing to change any more"

    def test_the_list_by_unit_cause_day_and_state(self, client, world, people):
        mark(world, measure="Sinh hoạt ghép")
        mark(world, "T-2-1", since=date(2015, 3, 1))
        ended = mark(world, "T-1-1-1", since=date(2014, 1, 5))
        deeds.end(ended, by=None, on=date(2015, 1, 5))
        deeds.mark(by=None, committee=world.at["T-2-2-1"], since=date(2015, 4, 1), cause="Đảng viên cao tuổi")
        client.force_login(people["standing"])

        def listed(**asked):
            answer = client.get(reverse("recruitment:sourceless-list"), asked)
            return [row.record.code for row in answer.context["page"].table.paginated_rows]

        assert listed() == ["T-1-2", "T-2-1", "T-2-2-1"]
        assert listed(unit="T-2") == ["T-2-1", "T-2-2-1"]
        assert listed(committee="T-1") == ["T-1-2"]
        assert listed(cause="cao tuoi") == ["T-2-2-1"]
        assert listed(since_from="02/03/2015") == ["T-2-2-1"]
        assert listed(since_to="01/03/2015") == ["T-1-2", "T-2-1"]
        assert listed(state="review") == ["T-2-1"]
        assert listed(state="ended") == ["T-1-1-1"]
        assert listed(state="all") == ["T-1-1-1", "T-1-2", "T-2-1", "T-2-2-1"]
        assert listed(on="2014-06-01") == ["T-1-1-1"]
        assert listed(sort="-since") == ["T-2-2-1", "T-1-2", "T-2-1"]
        client.force_login(people["district"])
        assert listed() == ["T-2-1", "T-2-2-1"]

    def test_the_list_tells_of_those_that_only_report_it(self, client, world, people):
        client.force_login(people["staff"])
        asked = {"on": "2015-12-31"}
        page = client.get(reverse("recruitment:sourceless-list"), asked)
        assert page.context["page"].listing.aside == 1 and "chưa đánh dấu ở đây" in html.unescape(
            page.content.decode()
        )
        mark(world, "T-2-2")
        assert client.get(reverse("recruitment:sourceless-list"), asked).context["page"].listing.aside == 0

    def test_as_a_file(self, client, world, people):
        mark(world, measure="Sinh hoạt ghép")
        client.force_login(people["standing"])
        file = client.get(reverse("recruitment:list-export", args=["sourceless", "csv"]))
        text = b"".join(file.streaming_content).decode("utf-8-sig")
        assert CAUSE in text and "Sinh hoạt ghép" in text and "01/03/2015" in text

    def test_the_list_of_organisations_tells_cause_and_report_apart(self, client, world, people):
        mark(world)
        client.force_login(people["standing"])
        text = html.unescape(
            client.get(reverse("recruitment:unit-list"), {"kind": "no-source"}).content.decode()
        )
        assert (
            f"Không còn nguồn từ 01/03/2015: {CAUSE}" in text and "Báo không còn nguồn. Báo cáo thử" in text
        )

    @pytest.mark.parametrize("more", [0, 2])
    def test_queries_do_not_grow(self, client, world, people, more, django_assert_num_queries):
        row = mark(world)
        for code in ["T-2-1", "T-2-2"][:more]:
            mark(world, code)
        client.force_login(people["staff"])
        for address, queries in (
            (reverse("recruitment:sourceless-list"), 6),
            (reverse("recruitment:sourceless", args=[row.pk]), 8),
            (reverse("recruitment:dashboard", args=["T"]), 5),
        ):
            client.get(address)
            with django_assert_num_queries(queries):
                client.get(address)

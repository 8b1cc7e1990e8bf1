"""Settlements: which cell answers for each on any day, and nothing that was said of a day is overwritten."""

import html
from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from committees import journal, vietnamese
from committees.editing import Overtaken
from committees.models import Coverage, Kind, Settlement
from recruitment import columns
from recruitment.census import settling
from recruitment.census.land import STATES, answered, land
from recruitment.census.settlement_rows import SettlementRows
from recruitment.quotas.deeds import Refused
from recruitment.quotas.question import ask
from tests import factories as make
from tests.recruitment import world as worlds
from tests.recruitment.snapshots import differences, full

SINCE, LATER = date(2012, 3, 1), date(2014, 7, 1)


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def people(world):
    return worlds.people(world)


def write_down(world, code="T01", *, home="T-1-1", state="own", cell="T-1-1-1", since=SINCE, **said):
    return settling.write_down(
        by=None, code=code, name=said.pop("name", f"Thôn {code}"), kind="thon", committee=world.at[home],
        state=state, cell=world.at[cell] if cell else None, since=since, **said,
    )  # fmt: skip


def covered(world, settlement, since, state, cell=None, home="T-1-1", **said):
    return settling.cover(
        settling.last_row(settlement), by=None, since=since, committee=world.at[home], state=state,
        cell=world.at[cell] if cell else None, **said,
    )  # fmt: skip


def refused(deed, *args, **said):
    with pytest.raises(Refused) as problem:
        deed(*args, **said)
    return dict(problem.value.faults)


def rows(on, committee="T", tree_on=None):
    snapshot = columns.current()
    return SettlementRows(snapshot, ask(snapshot, committee, on=on, tree_on=tree_on)[0])


def told(on, committee="T", tree_on=None):
    whole = rows(on, committee, tree_on).units()[0]
    return whole.own, whole.shared, whole.none


class TestDeeds:
    def test_written_down_it_stands_from_that_day(self, world):
        columns.current()
        write_down(world, document="12-QĐ/ĐU")
        assert [told(on) for on in (SINCE - timedelta(days=1), SINCE)] == [(0, 0, 0), (1, 0, 0)]
        assert differences(columns.current(), full()) == []

    def test_what_may_not_be_said(self, world):
        make.end_committee(world.at["T-2-2-1"], date(2011, 1, 1), world.at["T-2-2"])
        write_down(world)
        assert "mã chưa dùng" in refused(write_down, world)["code"]
        assert (
            "đảng bộ hoạt động"
            in refused(write_down, world, "T02", home="T-1-1-1", cell="T-1-1-1")["committee"]
        )
        assert "thuộc Tổ chức T-1-1" in refused(write_down, world, "T02", cell="T-2-1-1")["cell"]
        assert "hoạt động vào ngày" in refused(write_down, world, "T02", home="T-2-2", cell="T-2-2-1")["cell"]
        assert "chi bộ hoạt động" in refused(write_down, world, "T02", home="T-1", cell="T-1-1")["cell"]
        assert "chi bộ riêng" in refused(write_down, world, "T02", cell=None)["cell"]
        assert "ô trống" in refused(write_down, world, "T02", state="none")["cell"]
        assert "Thôn T01 (T01)" in refused(write_down, world, "T02")["cell"]
        assert write_down(world, "T02", state="shared") and write_down(
            world, "T03", state="shared", cell=None
        )
        assert write_down(world, "T04", state="none", cell=None)

    def test_a_change_keeps_what_was_said_before(self, world):
        one = write_down(world)
        covered(world, one, LATER, "none", note="chi bộ còn hai đảng viên")
        kept = list(Coverage.objects.order_by("since").values_list("since", "until", "state"))
        assert kept == [(SINCE, LATER, "own"), (LATER, None, "none")]
        assert [told(on) for on in (LATER - timedelta(days=1), LATER)] == [(1, 0, 0), (0, 0, 1)]
        assert "sau 01/07/2014" in refused(covered, world, one, LATER, "shared", "T-1-1-1")["since"]
        # Its cell may be another's own from that day on, and not a day earlier.
        assert "T01" in refused(write_down, world, "T02", since=LATER - timedelta(days=1))["cell"]
        assert write_down(world, "T02", since=LATER)

    def test_put_right_with_a_reason_in_the_journal(self, world):
        one = write_down(world)
        covered(world, one, LATER, "none")
        row = settling.last_row(one)
        said = {"by": None, "reason": "gõ nhầm ngày", "committee": world.at["T-1-1"]}
        none = said | {"state": "none", "cell": None}
        assert "sau 01/03/2012" in refused(settling.correct, row, since=SINCE, **none)["since"]
        assert Coverage.objects.filter(until=LATER).exists(), "nothing was written"
        settling.correct(row, since=date(2013, 1, 1), stamp=row.stamp, **none)
        assert [told(on) for on in (date(2012, 12, 31), date(2013, 1, 1))] == [(1, 0, 0), (0, 0, 1)]
        assert "gõ nhầm ngày" in journal.entry_of(journal.head()[0]).payload
        with pytest.raises(Overtaken):
            settling.correct(row, since=LATER, stamp=row.stamp, **none)
        first = one.coverage.order_by("since").first()
        assert "mới nhất" in refused(settling.correct, first, since=SINCE, **none)[""]

    def test_a_slip_is_taken_back_and_what_stood_before_goes_on(self, world):
        one = write_down(world)
        assert "sửa" in refused(settling.take_back, settling.last_row(one), by=None, reason="x")[""]
        covered(world, one, LATER, "none")
        settling.take_back(settling.last_row(one), by=None, reason="nhầm thôn")
        assert list(Coverage.objects.values_list("since", "until", "state")) == [(SINCE, None, "own")]
        assert differences(columns.current(), full()) == []

    def test_ended_and_merged_and_the_end_taken_back(self, world):
        one, other = write_down(world), write_down(world, "T02", state="none", cell=None)
        row = settling.last_row(one)
        assert "thôn khác" in refused(settling.end, row, by=None, on=LATER, heir=one)["heir"]
        assert "sau 01/03/2012" in refused(settling.end, row, by=None, on=SINCE, heir=other)["on"]
        settling.end(row, by=None, on=LATER, heir=other, document="7-QĐ/UBND")
        assert [told(on) for on in (LATER - timedelta(days=1), LATER)] == [(1, 0, 1), (0, 0, 1)]
        assert "chưa kết thúc" in refused(settling.end, settling.last_row(one), by=None, on=LATER)["on"]
        assert "chưa kết thúc" in refused(covered, world, one, date(2015, 1, 1), "none")[""]
        assert (
            "còn hoạt động"
            in refused(settling.end, settling.last_row(other), by=None, on=LATER, heir=one)["heir"]
        )
        settling.take_back(settling.last_row(one), by=None, reason="nhầm")
        one.refresh_from_db()
        assert (one.heir, one.ended_by, told(LATER)) == (None, "", (1, 0, 1))

    def test_the_database_holds_the_shape_too(self, world):
        one = write_down(world)
        for wrong in (
            {"state": "own", "cell": None, "since": LATER},
            {"state": "none", "cell": world.at["T-1-1-1"], "since": LATER},
            {"state": "none", "since": LATER, "until": LATER},
            {"state": "none", "since": SINCE},
        ):
            with pytest.raises(IntegrityError), journal.pen(None, "test"):
                Coverage(settlement=one, committee=world.at["T-1-1"], **wrong).save()


class TestByTheTree:
    def test_a_cell_that_ended_is_answered_for_by_its_heir(self, world):
        """One hamlet goes with its cell; where two meet in the heir, both share it; a cell dissolved into no cell leaves
        its hamlet without. Nothing is rewritten, and nothing changes for the days before."""
        at = world.at
        with journal.pen(None, "test"):
            for k in (2, 3, 4):
                at[f"C{k}"] = make.make_committee(f"C{k}", Kind.CELL, at["T-1-1"])
        write_down(world, "T01")
        write_down(world, "T02", cell="C2")
        write_down(world, "T03", cell="C3")
        stamps = list(Coverage.objects.values_list("stamp", flat=True))
        make.end_committee(at["C3"], date(2014, 1, 1), at["C4"])
        assert told(date(2014, 1, 1)) == (3, 0, 0), "alone in the heir: still a cell of its own"
        make.end_committee(at["C2"], LATER, at["T-1-1-1"])
        assert told(LATER - timedelta(days=1)) == (3, 0, 0)
        assert told(LATER) == (2, 1, 0), "T02 meets in the cell of T01"
        make.end_committee(at["C4"], date(2015, 1, 1), at["T-1-1"])
        assert told(date(2015, 1, 1)) == (1, 1, 1)
        found = {row.code: row for row in rows(date(2015, 1, 1)).fetch(range(3))}
        assert found["T02"].remark == "kế thừa Tổ chức C2" and "cần ghi lại chi bộ" in found["T03"].remark
        assert list(Coverage.objects.values_list("stamp", flat=True)) == stamps

    def test_units_as_they_stood_and_as_they_stand(self, world):
        """The same settlements by two trees: the totals agree, only under whom they stand differs."""
        write_down(world, "T01")
        write_down(world, "T02", home="T-2-1", cell="T-2-1-1")
        make.place(world.at["T-2-1"], Kind.GRASSROOTS_PARTY, world.at["T-1"], since=LATER)
        on = LATER - timedelta(days=1)

        def units(tree_on):
            whole, below = rows(on, tree_on=tree_on).units()
            assert sum(one.all for one in below) == whole.all == 2
            return {one.code: one.all for one in below}

        assert units(None) == {"T-1": 1, "T-2": 1}
        assert units(vietnamese.today()) == {"T-1": 2}

    def test_a_committee_that_ended_hands_its_settlements_on(self, world):
        write_down(world, home="T-1-1")
        make.end_committee(world.at["T-1-1-1"], LATER, world.at["T-1-2-1"])
        make.end_committee(world.at["T-1-1"], LATER, world.at["T-1-2"])
        assert told(LATER, "T-1-2") == (1, 0, 0)


class TestPages:
    LIST = "recruitment:settlement-list"
    TYPED = {
        "code": "T09", "name": "Thôn Chín", "kind": "thon", "committee": "T-1-1", "state": "own",
        "cell": "T-1-1-1", "since": "01/03/2012", "document": "12-QĐ/ĐU",
    }  # fmt: skip

    @pytest.fixture(autouse=True)
    def settled(self, world):
        write_down(world, "T01", name="Xóm Phước Trung")
        write_down(world, "T02", state="none", cell=None)
        write_down(world, "T03", home="T-2-1", state="shared", cell="T-2-1-1")

    def listed(self, client, **asked):
        return [row.record.code for row in client.get(reverse(self.LIST), asked).context["page"].table.rows]

    def test_the_list_by_words_unit_state_and_day(self, client, people):
        client.force_login(people["standing"])
        assert self.listed(client) == ["T01", "T02", "T03"]
        assert self.listed(client, q="phuoc trung") == ["T01"]
        assert self.listed(client, q="t03") == ["T03"]
        assert self.listed(client, unit="T-2") == ["T03"]
        assert self.listed(client, state="lacking") == ["T02", "T03"]
        assert self.listed(client, state="none") == ["T02"]
        assert self.listed(client, on="29/02/2012") == []
        assert self.listed(client, kind="xom") == []
        client.force_login(people["district"])
        assert self.listed(client) == ["T03"]

    def test_each_count_opens_as_many_rows(self, client, people):
        client.force_login(people["standing"])
        page = client.get(reverse(self.LIST)).context["page"]
        for counts, links in [(page.total, page.whole_links), *page.units]:
            for what in ("all", "own", "lacking", "shared", "none"):
                opened = client.get(links[what]).context["page"].count
                assert opened == getattr(counts, what), (counts, what)

    def test_reported_figures_stand_beside_with_their_source(self, client, world, people):
        day = date(2013, 12, 31)
        for what, n in (("Thôn có chi bộ", 2480), ("Xóm, bản, tổ dân phố", 2480), ("Thôn chưa có chi bộ", 4)):
            make.make_reported(world.at["T"], what, n, day, day, source="Bài báo")
        client.force_login(people["standing"])
        text = " ".join(html.unescape(client.get(reverse(self.LIST)).content.decode()).split())
        assert "Thôn có chi bộ 2.480/2.480 (31/12/2013). Nguồn: Bài báo" in text
        assert "Thôn chưa có chi bộ 4/2.480" in text
        assert "1/" in text and "còn" in text

    def test_written_down_changed_ended_on_its_pages(self, client, people):
        client.force_login(people["staff"])
        new = reverse("recruitment:settlement-new")
        assert client.post(new, self.TYPED).status_code == 400, "the cell is T01's own"
        assert client.post(new, self.TYPED | {"state": "shared"}).status_code == 302
        stamp = settling.last_row(Settlement.objects.get(code="T09")).stamp
        change = self.TYPED | {"state": "none", "cell": "", "since": "01/07/2014", "stamp": stamp}
        where = reverse("recruitment:settlement-cover", args=["T09"])
        assert client.post(where, change | {"since": "31/02/2014"}).status_code == 400
        assert client.post(where, change).status_code == 302
        assert client.post(where, change | {"since": "01/08/2014"}).status_code in {400, 409}
        page = html.unescape(client.get(reverse("recruitment:settlement", args=["T09"])).content.decode())
        assert page.index("01/03/2012") < page.index("01/07/2014") and "12-QĐ/ĐU" in page and "can-bo" in page
        stamp = settling.last_row(Settlement.objects.get(code="T09")).stamp
        end = {"on": "01/01/2015", "heir": "T03", "stamp": stamp}
        where = reverse("recruitment:settlement-end", args=["T09"])
        assert client.post(where, end | {"heir": "T99"}).status_code == 400
        assert client.post(where, end).status_code == 302
        page = client.get(reverse("recruitment:settlement", args=["T09"])).content.decode()
        assert "Thôn T03" in html.unescape(page) and "change/" not in page

    def test_who_may_not_see_a_settlement_may_not_name_it(self, client, people):
        client.force_login(people["district"])
        row = settling.last_row(Settlement.objects.get(code="T03"))
        typed = {"on": "01/01/2015", "heir": "T01", "stamp": row.stamp}
        where = reverse("recruitment:settlement-end", args=["T03"])
        foreign = client.post(where, typed)
        missing = client.post(where, typed | {"heir": "T99"})
        assert (foreign.status_code, missing.status_code) == (400, 400)
        assert foreign.context["form"].errors["heir"] == [
            error.replace("T99", "T01") for error in missing.context["form"].errors["heir"]
        ]

    def test_as_a_file(self, client, people):
        client.force_login(people["standing"])
        address = reverse("recruitment:list-export", args=["settlements", "csv"])
        text = b"".join(client.get(address, {"state": "lacking"}).streaming_content).decode("utf-8-sig")
        assert "Thôn T02" in text and "Chưa có chi bộ" in text and "Xóm Phước Trung" not in text

    @pytest.mark.parametrize("more", [0, 2])
    def test_queries_do_not_grow(self, client, world, people, more, django_assert_num_queries):
        one = Settlement.objects.get(code="T02")
        for k in range(more):
            write_down(world, f"M{k}", state="none", cell=None)
            covered(world, one, date(2014, 1, 1 + k), "none")
        client.force_login(people["staff"])
        for address, queries in (
            (reverse(self.LIST), 6),
            (reverse("recruitment:settlement", args=["T02"]), 9),
        ):
            client.get(address)
            with django_assert_num_queries(queries):
                client.get(address)


def test_the_arrays_tell_what_the_rows_say(db):
    world = worlds.build()
    one = write_down(world)
    covered(world, one, LATER, "none")
    snapshot = columns.current()
    assert [int(k) for k in land(snapshot).running(SINCE)] == [0]
    for on in (SINCE - timedelta(days=1), SINCE, LATER - timedelta(days=1), LATER):
        found = answered(snapshot, on)
        there = Coverage.objects.running_on(on).first()
        said = STATES[found.state[0]] if found.standing[0] else None
        assert said == (there.state if there else None)

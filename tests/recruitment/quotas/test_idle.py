"""Organisations that admitted nobody for years: by the tree of the day, whatever they were called before."""

import html
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from committees.models import Kind
from recruitment import columns
from recruitment.quotas import question
from recruitment.quotas.ground_rows import GRASSROOTS, IdleRows
from recruitment.quotas.latest import NEVER_YET, up
from tests import factories as make
from tests.recruitment import world as worlds


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def people(world):
    return worlds.people(world)


def ask(client, **asked):
    return client.get(reverse("recruitment:idle-list"), {"on": "2015-12-31"} | asked)


def listed(client, **asked):
    table = ask(client, **asked).context["page"].table
    return [row.record.code for row in table.paginated_rows]


class TestList:
    def test_both_levels_and_any_number_of_years(self, client, world, people):
        client.force_login(people["standing"])
        assert listed(client) == ["T-1-2", "T-2-2"]
        assert listed(client, level="cells") == ["T-1-2-1", "T-2-2-1"]
        assert listed(client, unit="T-1") == ["T-1-2"]
        # The last of T-1-1 was admitted on 25 January 2015.
        assert listed(client, on="2016-02-01", years="1") == ["T-1-1", "T-1-2", "T-2-2"]
        assert listed(client, on="2016-02-01", years="2") == ["T-1-2", "T-2-2"]

    @pytest.mark.parametrize(("on", "there"), [("2016-03-02", False), ("2016-03-03", True)])
    def test_to_the_day(self, client, world, people, on, there):
        """T-2-1 admitted its last one on 3 March 2015: a year later to the day, the year without one is full. T-1 must
        admit somebody too, for silence of all says nothing."""
        make.make_admission(world.at["T-1-1-1"], date(2016, 3, 1))
        client.force_login(people["standing"])
        assert ("T-2-1" in listed(client, on=on, years="1")) == there

    def test_a_cancelled_admission_is_none_and_one_of_a_merged_cell_is_its_heirs(self, client, world, people):
        make.make_admission(world.at["T-1-2-1"], date(2015, 2, 1), cancelled_on=date(2015, 6, 1))
        client.force_login(people["standing"])
        assert "T-1-2" in listed(client)
        assert "T-1-2" not in listed(client, on="2015-05-31"), "in force until it was cancelled"
        make.end_committee(world.at["T-2-1-1"], date(2015, 9, 1), world.at["T-2-2-1"])
        assert listed(client, level="cells") == ["T-1-2-1"]
        assert listed(client) == ["T-1-2", "T-2-1"], "the cell's people are the other commune's now"

    def test_what_a_row_tells(self, client, world, people):
        new = make.make_committee("T-3", Kind.GRASSROOTS_PARTY, world.at["T-1"], since=date(2015, 7, 1))
        make.make_sourceless(world.at["T-1-2"], date(2015, 1, 1), cause="Đảng viên cao tuổi")
        make.make_candidacy(world.at["T-1-2-1"], date(2015, 1, 5))
        make.make_admission(world.at["T-1-2-1"], date(2010, 5, 4))
        client.force_login(people["staff"])
        answer = ask(client)
        rows = {row.record.code: row.record for row in answer.context["page"].table.paginated_rows}
        assert set(rows) == {"T-1-2", "T-2-2", new.code}
        idle = rows["T-1-2"]
        assert (idle.last, idle.young, idle.open, idle.mark.cause) == (
            date(2010, 5, 4), None, 1, "Đảng viên cao tuổi",
        )  # fmt: skip
        assert (rows[new.code].last, rows[new.code].young) == (None, date(2015, 7, 1))
        text = html.unescape(answer.content.decode())
        assert "chưa từng ghi" in text and "01/07/2015" in text
        assert listed(client, mark="marked") == ["T-1-2"] and listed(client, mark="unmarked") == [
            "T-3",
            "T-2-2",
        ]
        assert listed(client, sort="last")[0] != "T-1-2" and listed(client, sort="-open")[0] == "T-1-2"
        opened = client.get(reverse("recruitment:candidacy-list"), {"committee": "T-1-2", "on": "2015-12-31"})
        assert opened.context["page"].count == 1 and "committee=T-1-2" in text

    def test_where_nobody_at_all_is_on_record_the_list_says_nothing(self, client, world, people):
        client.force_login(people["standing"])
        answer = ask(client, on="2012-06-01")
        assert answer.context["page"].count == 0
        assert "Sổ không ghi ai được kết nạp" in html.unescape(answer.content.decode())
        # One cell alone may be asked about, as long as the province has somebody.
        assert listed(client, committee="T-1-2-1", level="cells") == ["T-1-2-1"]

    def test_as_a_file_and_for_whom(self, client, world, people):
        client.force_login(people["district"])
        assert listed(client) == ["T-2-2"] and ask(client, committee="T-1").status_code == 404
        file = client.get(reverse("recruitment:list-export", args=["idle", "csv"]), {"on": "2015-12-31"})
        lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
        assert len(lines) == 2 and "Tổ chức T-2-2" in lines[1]

    @pytest.mark.parametrize("asked", [{"years": "4"}, {"level": "x"}, {"on": "31/02/2015"}])
    def test_what_cannot_be_asked_is_named(self, client, world, people, asked):
        client.force_login(people["standing"])
        assert ask(client, **asked).status_code == 400

    @pytest.mark.parametrize("more", [0, 2])
    def test_queries_do_not_grow(self, client, world, people, more, django_assert_num_queries):
        for k in range(more):
            make.make_committee(f"T-1-{k + 7}", Kind.GRASSROOTS_PARTY, world.at["T-1"])
        client.force_login(people["staff"])
        ask(client)
        with django_assert_num_queries(6):
            assert len(listed(client)) == 2 + more


@given(st.lists(st.integers(-1, 6), min_size=1, max_size=12), st.data())
def test_the_greatest_of_each_subtree(parents, data):
    """parents: each position's parent, made earlier; as in preorder, -1 at the top."""
    above = [min(parent, k - 1) for k, parent in enumerate(parents)]
    depth = []
    for parent in above:
        depth.append(0 if parent < 0 else depth[parent] + 1)
    values = data.draw(st.lists(st.integers(NEVER_YET, 50), min_size=len(above), max_size=len(above)))
    tree = SimpleNamespace(depth=np.array(depth), up=np.array(above))
    found = up(tree, np.array(values, np.int64)).tolist()

    def below(p):
        return [values[p], *(v for child, parent in enumerate(above) if parent == p for v in below(child))]

    assert found == [max(below(p)) for p in range(len(above))]


def test_days_are_counted_from_the_day_asked(world):
    """Three years before 31/12/2015 is 31/12/2012: an admission of that very day is older than three years."""
    for day, idle in ((date(2012, 12, 31), True), (date(2013, 1, 1), False)):
        make.make_admission(world.at["T-1-2-1"], day)
        snapshot = columns.current()
        asked, _progress = question.ask(snapshot, "T", on=date(2015, 12, 31))
        rows = IdleRows(snapshot, asked, level=GRASSROOTS, years=3)
        codes = [row.code for row in rows.fetch(rows.chosen)]
        assert ("T-1-2" in codes) == idle

"""Why a figure shown on 30/06 differs today: the tree was changed since, perhaps changed back."""

import html
import json
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from committees import reorganise
from committees.models import Entry
from recruitment.imports.load import load
from recruitment.imports.undo import unload
from tests import factories as make

from .since_world import AFTER, BEFORE, SEEN, answer, at_moment, build


@pytest.fixture
def world(db):
    return build()


class TestReorganised:
    """Merged and split on 10/07 with effect in June, perhaps undone on 15/07; the figure was looked at before and between."""

    ON = "15/06/2026"
    MERGED = [{"Ngày": ON, "Việc": "Sáp nhập", "Mã tổ chức": "T-2", "Mã kế thừa": "T-1"}]
    SPLIT = [
        {"Ngày": ON, "Việc": "Thành lập", "Mã tổ chức": "T-3", "Tên mới": "Mới", "Mã cấp trên mới": "T",
         "Loại": "Đảng bộ cấp trên trực tiếp cơ sở"},
        {"Ngày": ON, "Việc": "Chia tách", "Mã tổ chức": "T-2", "Mã kế thừa": "T-1", "Tỷ lệ": "60%"},
        {"Ngày": ON, "Việc": "Chia tách", "Mã tổ chức": "T-2", "Mã kế thừa": "T-3", "Tỷ lệ": "40%"},
        {"Ngày": ON, "Việc": "Chuyển", "Mã tổ chức": "T-2-1", "Mã cấp trên mới": "T-3"},
    ]  # fmt: skip
    BETWEEN, LATER = date(2026, 7, 12), "2026-07-15T03:00:00+00:00"

    def children(self, found):
        return [(row.code, row.admitted, row.goal) for row in found.children]

    @pytest.mark.parametrize("acts", [MERGED, SPLIT], ids=["merged", "split"])
    def test_before_and_between_and_undone(self, world, acts):
        with at_moment(BEFORE):
            make.make_quota(world.plan, world.at["T-2"], 10)
        before = self.children(answer().found)
        with at_moment(AFTER):
            record = reorganise.apply(acts, by=None)
        told = answer()
        between = self.children(told.found)
        assert self.children(told.former) == before != between and told.past.restructured
        with at_moment(self.LATER):
            reorganise.undo(record, by=None)
        told = answer(seen=self.BETWEEN)
        assert self.children(told.found) == before, "it is as if nothing had been"
        assert self.children(told.former) == between and told.past.restructured, "but it was shown so between"
        told = answer()
        assert self.children(told.former) == before and not told.past.restructured

    def test_one_upon_another_the_first_undone_is_told_back(self, world):
        other = [{"Ngày": self.ON, "Việc": "Đổi tên", "Mã tổ chức": "T-1-1", "Tên mới": "Tên khác"}]
        with at_moment(AFTER):
            record = reorganise.apply(self.MERGED, by=None)
            reorganise.apply(other, by=None)
        between = self.children(answer().found)
        with at_moment(self.LATER):
            reorganise.undo(record, by=None)
        assert self.children(answer(seen=self.BETWEEN).former) == between
        told = answer()
        assert self.children(told.former) == [("T-1", 20, None), ("T-2", 3, None)]
        tree = told.past.snapshot.tree(SEEN)
        assert tree.name(tree.of(world.at["T-1-1"].pk)) == "Tổ chức T-1-1"

    def test_loaded_and_unloaded(self, world):
        with at_moment(AFTER):
            batch = load("reorganisations", self.MERGED, name="sắp xếp.xlsx").batch
        between = self.children(answer().found)
        assert self.children(answer().former) == [("T-1", 20, None), ("T-2", 3, None)] and len(between) == 1
        with at_moment(self.LATER):
            unload(batch)
        assert self.children(answer(seen=self.BETWEEN).former) == between

    def test_one_written_before_records_were_kept_is_told_by_its_days(self, world):
        with at_moment(AFTER):
            reorganise.apply(self.MERGED, by=None)
        entry = Entry.objects.get(deed="reorganise")
        said = json.loads(entry.payload)
        del said["record"]
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE committees_entry SET payload = %s WHERE id = %s", [json.dumps(said), entry.pk]
            )
        assert self.children(answer().former) == [("T-1", 20, None), ("T-2", 3, None)]

    def test_the_page_tells_of_both(self, client, world):
        with at_moment(AFTER):
            record = reorganise.apply(self.MERGED, by=None)
        with at_moment(self.LATER):
            reorganise.undo(record, by=None)
        client.force_login(world.staff)
        asked = {"committee": "T-2", "plan": "KH", "on": SEEN.isoformat(), "since": self.BETWEEN.isoformat()}
        said = html.unescape(client.get(reverse("recruitment:change-list"), asked).content.decode())
        assert "Hoàn tác" in said

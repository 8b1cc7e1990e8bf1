"""A target's versions: added, never overwritten; what counted on a day counts for ever."""

import html
from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace

import numpy as np
import pytest
import time_machine
from django.db.models import F
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from committees import journal
from committees.models import Role
from recruitment import columns
from recruitment.models import Quota
from recruitment.quotas.heirs import borne_on
from recruitment.quotas.progress import progress
from recruitment.quotas.versions import late, versions
from tests import factories as make
from tests.recruitment import world as worlds


@pytest.fixture
def world(db):
    return worlds.build()


class TestNothingIsOverwritten:
    def content(self):
        return sorted(Quota.objects.values_list())

    @pytest.mark.parametrize(
        "write",
        [
            lambda quota: quota.save(),
            lambda quota: quota.save(update_fields=["low"]),
            lambda quota: quota.save(force_update=True),
            lambda quota: Quota.objects.filter(pk=quota.pk).update(low=5),
            lambda quota: quota.plan.quotas.update(low=F("low") + 1),
            lambda quota: quota.committee.quotas.all().update(effective_on=date(2014, 2, 1)),
            lambda quota: Quota._base_manager.update(low=5),
            lambda quota: Quota.objects.bulk_update([quota], ["low"]),
            lambda quota: Quota.objects.update_or_create({"low": 5}, pk=quota.pk),
            lambda quota: Quota.objects.bulk_create(
                [quota], update_conflicts=True, update_fields=["low"], unique_fields=["id"]
            ),
        ],
    )
    def test_by_no_way_of_writing(self, world, write):
        quota = Quota.objects.get(committee=world.at["T-1"])
        quota.low = 5
        before = self.content()
        with pytest.raises(TypeError, match="never overwritten"), journal.pen(None, "test"):
            write(quota)
        assert self.content() == before
        with journal.pen(None, "test"):
            Quota(plan=world.plan, committee=world.at["T-1"], low=5, effective_on=date(2015, 1, 1)).save()
        assert len(self.content()) == len(before) + 1, "another row from another day is the way"


days = st.dates(worlds.FIRST, worlds.LAST)
later = st.integers(1, 400)


@given(st.dictionaries(days, st.integers(0, 500), max_size=6), days, later, st.integers(0, 500))
def test_a_day_is_answered_by_the_last_value_effective_by_it_whatever_comes_later(rows, day, after, number):
    """Over rows as the snapshot holds them, in whichever order they were entered."""

    def on(rows, day):
        history = [
            SimpleNamespace(effective_on=since, committee_id=1, low=low)
            for since, low in sorted(rows.items())
        ]
        snapshot = SimpleNamespace(
            structure=SimpleNamespace(index={1: 0}),
            small=SimpleNamespace(quotas={(1, None): {1: history}} if history else {}),
        )
        tree = SimpleNamespace(position=[0], stands=lambda i: True, bearers=None)
        found = borne_on(snapshot, SimpleNamespace(pk=1), day, tree, None, worth=lambda quota: quota.low)
        return found[0][0].target if found else None

    begun = [since for since in rows if since <= day]
    assert on(rows, day) == (rows[max(begun)] if begun else None)
    assert on({**rows, day + timedelta(days=after): number}, day) == on(rows, day)


def test_so_is_the_whole_answer_of_a_day(world):
    day = date(2015, 5, 31)
    before = progress(columns.current(), "KH-2", "T", on=day).as_json()
    for k in range(3):
        make.make_quota(world.plan, world.at["T-1"], 40 + k, effective_on=date(2015, 6, 1 + k))
    assert progress(columns.current(), "KH-2", "T", on=day).as_json() == before
    assert progress(columns.current(), "KH-2", "T-1", on=date(2015, 6, 2)).goal == 41


# Each version as a dated line -----------------------------------------------------------------------------


def said(client, name, *parts, **asked):
    answer = client.get(reverse(f"recruitment:{name}", args=parts), asked)
    assert answer.status_code == 200
    return answer, " ".join(html.unescape(answer.content.decode()).split())


@pytest.fixture
def staff(client, world):
    client.force_login(make.make_account("can-bo", Role.STAFF, world.at["T"]))
    return client


def added(world, **more):
    """A change of both districts on 01/06/2015: 20 to 25 and 10 to 16."""
    with journal.pen(None, "quota-set"):
        for code, n in (("T-1", 25), ("T-2", 16)):
            make.make_quota(
                world.plan, world.at[code], n, effective_on=date(2015, 6, 1), document="09-CV", reason="giao bổ sung",
                **more,
            )  # fmt: skip


def found():
    snapshot = columns.current()
    plan = snapshot.small.plans["KH-2"]
    return versions(snapshot, plan, lambda places: np.ones(len(places), bool))


class TestVersions:
    def test_each_day_document_and_reason_is_one_with_its_sums(self, world):
        added(world)
        first, second = found()
        assert (first.on, first.document, first.first) == (worlds.FIRST, "05-KH/TU", True)
        assert first.said == (
            "tổ chức của kế hoạch: giao lần đầu, cộng 30; 2 đơn vị trực thuộc: giao lần đầu, cộng 30"
        )
        assert (second.on, second.document, second.reason, second.first) == (
            date(2015, 6, 1), "09-CV", "giao bổ sung", False,
        )  # fmt: skip
        assert second.said == "2 đơn vị trực thuộc: từ 30 thành 41 (+11)"
        assert [(c.code, c.words_before, c.words, c.difference) for c in second.changes] == [
            ("T-1", "20", "25", 5), ("T-2", "10", "16", 6),
        ]  # fmt: skip

    def test_another_document_of_the_same_day_is_another_line(self, world):
        added(world)
        make.make_quota(world.plan, world.at["T"], 41, effective_on=date(2015, 6, 1), document="10-CV")
        assert [version.said for version in found()[1:]] == [
            "2 đơn vị trực thuộc: từ 30 thành 41 (+11)", "tổ chức của kế hoạch: từ 30 thành 41 (+11)",
        ]  # fmt: skip

    def test_groups_are_told_and_never_added_up(self, world):
        added(world)
        make.make_quota(
            world.plan, world.at["T-1"], 9, group="women", effective_on=date(2015, 6, 1), document="09-CV",
            reason="giao bổ sung",
        )  # fmt: skip
        assert found()[1].said == "2 đơn vị trực thuộc: từ 30 thành 41 (+11); 1 chỉ tiêu theo nhóm"

    def test_what_cannot_be_counted_is_left_out_of_the_sums_and_told(self, world):
        make.make_quota(world.plan, world.at["T-1"], rate=3, effective_on=date(2015, 6, 1))
        (level,) = found()[1].levels
        assert (level.changed, level.known, level.untold) == (1, 0, 1)
        assert found()[1].said == "1 đơn vị trực thuộc: 1 chỉ tiêu chưa tính được thành số"


class TestLate:
    @pytest.fixture
    def belated(self, world):
        """The districts' change of 01/06/2015 was entered on 10/07/2015, that of T-1 from 01/08/2015 a day before."""
        quotas = {}
        for moment, code, n, day in (
            ("2015-07-10T02:00:00+00:00", "T-1", 25, date(2015, 6, 1)),
            ("2015-07-31T02:00:00+00:00", "T-1", 28, date(2015, 8, 1)),
        ):
            with time_machine.travel(moment, tick=False), journal.pen(None, "quota-set"):
                quotas[n] = make.make_quota(
                    world.plan, world.at[code], n, effective_on=day, document="09-CV", reason="giao bổ sung"
                )
        return quotas

    def tardy(self):
        changes = [change for version in found() for change in version.changes]
        entries = journal.entries_of(changes)
        return [
            change.words for change in changes if late(change.quota, change.history, entries[change.stamp])
        ]

    def test_entered_after_its_day_when_another_value_stood(self, belated):
        assert self.tardy() == ["25"]

    def test_first_values_of_a_past_term_are_no_surprise(self, world):
        assert self.tardy() == []
        added(world)
        assert self.tardy() == ["25", "16"]

    def test_a_history_that_comes_in_whole_is_none_either(self, world):
        plan = make.make_plan("KH-9", world.at["T"], first=worlds.FIRST, last=worlds.LAST)
        with journal.pen(None, "load"):
            for n, day in ((5, worlds.FIRST), (9, date(2015, 1, 1))):
                make.make_quota(plan, world.at["T-1"], n, effective_on=day)
        changes = [
            c for v in versions(columns.current(), plan, lambda p: np.ones(len(p), bool)) for c in v.changes
        ]
        entries = journal.entries_of(changes)
        assert not any(late(c.quota, c.history, entries[c.stamp]) for c in changes)

    def test_on_the_plan_its_versions_and_the_history(self, staff, belated):
        assert "Ghi muộn 1 chỉ tiêu" in said(staff, "plan", "KH-2")[1]
        answer, text = said(staff, "plan-versions", "KH-2")
        assert text.count('<br><small class="soft">ghi muộn</small>') == 1
        assert [change.words for change in answer.context["page"]] == ["28", "25", "30", "20", "10"]
        assert said(staff, "quota-history", "KH-2", "T-1")[1].count("Ghi muộn</span>") == 1
        assert "Ghi muộn</span>" not in said(staff, "quota-history", "KH-2", "T-2")[1]


class TestVersionPages:
    def test_lines_on_the_plan(self, staff, world):
        added(world)
        text = said(staff, "plan", "KH-2")[1]
        assert '<b class="nb">01/06/2015</b> 09-CV, giao bổ sung' in text
        assert "2 đơn vị trực thuộc: từ 30 thành 41 (+11)." in text

    def test_of_many_the_latest(self, staff, world):
        for k in range(8):
            make.make_quota(world.plan, world.at["T-1"], 30 + k, effective_on=date(2015, 2, 1 + k))
        answer, text = said(staff, "plan", "KH-2")
        assert len(answer.context["versions"]) == 6 and "Xem cả 3 lần trước" in text

    def test_within_reach_only(self, client, world):
        added(world)
        client.force_login(make.make_account("huyen", Role.STAFF, world.at["T-2"]))
        answer, text = said(client, "plan-versions", "KH-2")
        assert [change.code for change in answer.context["page"]] == ["T-2", "T-2"]
        assert "1 đơn vị trực thuộc: từ 10 thành 16 (+6)" in text

    def test_empty_says_what_will_stand_there(self, staff):
        assert "Chưa giao chỉ tiêu nào" in said(staff, "plan-versions", "KH-1")[1]

    @pytest.mark.parametrize("more", [1, 3])
    @pytest.mark.parametrize("name", ["plan", "plan-versions"])
    def test_queries_do_not_grow(self, staff, world, name, more, django_assert_num_queries):
        for k in range(more):
            make.make_quota(world.plan, world.at["T-1"], 30 + k, effective_on=date(2015, 2, 1 + k))
        said(staff, name, "KH-2")
        with django_assert_num_queries(6):
            said(staff, name, "KH-2")

    def test_as_a_file(self, staff, world):
        added(world)
        answer = staff.get(reverse("recruitment:list-export", args=["versions", "xlsx"]), {"plan": "KH-2"})
        rows = list(
            load_workbook(BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True)
        )
        k = next(k for k, row in enumerate(rows) if "Mã tổ chức" in row)
        told = [dict(zip(rows[k], row, strict=True)) for row in rows[k + 1 :]]
        assert [(row["Mã tổ chức"], row["Thành"], row["Chênh"], row["Lý do điều chỉnh"]) for row in told[:2]] == [
            ("T-1", "25", 5, "giao bổ sung"), ("T-2", "16", 6, "giao bổ sung"),
        ]  # fmt: skip
        assert len(told) == 5 and told[0]["Hiệu lực từ"].date() == date(2015, 6, 1)

"""A committee hands its target down: drafts, what is issued of them, and what was issued by a slip taken back."""

from datetime import date

import pytest
import time_machine

from committees import journal
from committees.editing import Overtaken
from committees.models import Entry
from recruitment import columns
from recruitment.models import Allotment, Quota
from recruitment.quotas import deeds, drafts, issuing
from recruitment.quotas.progress import progress
from tests import factories as make

from .draft_world import FIRST, TODAY, at_the_desk, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return build()


@pytest.fixture(autouse=True)
def today():
    with at_the_desk():
        yield


def draft(world, numbers=(10, 12, 8, 6), **said):
    said = {"name": "Phương án 1", "method": "hand", "by": world.alice} | said
    portions = {(world.at[f"T-{k}"].pk, None): n for k, n in enumerate(numbers, 1)}
    return drafts.draft(world.plan, world.at["T"], portions=portions, **said)


def issue(world, made, **said):
    said = {
        "by": world.alice, "stamp": made.stamp, "document": "12-QĐ/TU", "issued_on": TODAY, "effective_on": FIRST,
    } | said  # fmt: skip
    return issuing.issue(made, **said)


def given_to(plan="KH-27", on=FIRST):
    return {child.code: child.goal for child in progress(columns.current(), plan, "T", on=on).children}


def numbers(made):
    rows = made.portions.order_by("committee__code")
    return [row.number for row in rows]


class TestDrafts:
    def test_a_draft_is_no_target(self, world):
        made = draft(world)
        assert numbers(made) == [10, 12, 8, 6] and set(given_to().values()) == {None}
        entry = journal.entry_of(made.stamp)
        assert (entry.deed, entry.about, entry.committee_id) == (
            "allotment-draft", f"recruitment.allotment:{made.pk}", world.at["T"].pk,
        )  # fmt: skip

    def test_a_committee_without_units_has_nothing_to_hand_down(self, world):
        with pytest.raises(deeds.Refused, match="đơn vị trực thuộc"):
            drafts.draft(
                world.plan, world.at["T-1-1-1"], by=world.alice, name="x", method="hand", portions={}
            )

    def test_hundreds_of_rows_in_one_deed(self, world):
        made = draft(world)
        at, before = world.at, journal.head()[0]
        changed = drafts.change(
            made, by=world.alice, stamp=made.stamp, name="Phương án 1",
            portions={
                (at["T-1"].pk, None): (11, "đã bàn"),
                (at["T-2"].pk, None): (12, ""),
                (at["T-3"].pk, None): (None, ""),
            },
        )  # fmt: skip
        assert changed == 2 and numbers(made) == [11, 12, None, 6]
        assert journal.head()[0] == before + 1
        assert '"portions": {"T-1": [10, 11], "T-3": [8, null]}' in Entry.objects.latest("number").payload

    def test_the_second_of_two_editors_is_told(self, world):
        made = draft(world)
        key = (world.at["T-1"].pk, None)
        said = {"stamp": made.stamp, "name": "Phương án 1"}
        drafts.change(made, by=world.bob, portions={key: (20, "")}, **said)
        with pytest.raises(Overtaken) as other:
            drafts.change(made, by=world.alice, portions={key: (30, "")}, **said)
        assert numbers(made)[0] == 20
        drafts.change(made, by=world.alice, portions={key: (30, "")}, stamp=other.value.fresh.stamp, name="x")
        assert numbers(made)[0] == 30

    def test_nothing_changed_writes_nothing(self, world):
        made = draft(world)
        before = journal.head()
        with pytest.raises(deeds.Refused, match="ít nhất một thay đổi"):
            drafts.change(
                made, by=world.alice, stamp=made.stamp, name="Phương án 1",
                portions={(world.at["T-1"].pk, None): (10, "")},
            )  # fmt: skip
        assert journal.head() == before

    def test_copied_dropped_and_brought_back(self, world):
        made = draft(world)
        other = drafts.copy(made, by=world.bob, name="Phương án 2")
        assert numbers(other) == numbers(made) and other.name == "Phương án 2"
        drafts.drop(made, by=world.alice)
        for refused in (
            lambda: drafts.drop(made, by=world.alice),
            lambda: drafts.change(made, by=world.alice, stamp=None, name="x", portions={}),
            lambda: issue(world, made, stamp=None),
        ):
            with pytest.raises(deeds.Refused, match="đã cất"):
                refused()
        drafts.restore(made, by=world.alice)
        with pytest.raises(deeds.Refused, match="đang dùng"):
            drafts.restore(made, by=world.alice)
        assert issue(world, made, stamp=None)


class TestIssuing:
    def test_the_targets_of_the_draft_by_one_document(self, world):
        made = draft(world)
        before = journal.head()[0]
        assert len(issue(world, made)) == 4
        assert given_to() == {"T-1": 10, "T-2": 12, "T-3": 8, "T-4": 6}
        assert progress(columns.current(), "KH-27", "T", on=FIRST).goal == 40, "the whole stays as it was"
        assert set(Quota.objects.exclude(committee=world.at["T"]).values_list("document", flat=True)) == {
            "12-QĐ/TU"
        }
        made.refresh_from_db()
        assert (made.document, made.issued_on, made.effective_on) == ("12-QĐ/TU", TODAY, FIRST)
        assert journal.head()[0] == before + 1

    def test_only_what_differs_is_written(self, world):
        issue(world, draft(world))
        again = draft(world, (10, 15, None, 6))
        with pytest.raises(issuing.Unissued) as refusal:
            issue(world, again, effective_on=date(2027, 6, 1))
        assert [name for name, _ in refusal.value.faults] == ["reason"], "a change says why"
        (quota,) = issue(world, again, effective_on=date(2027, 6, 1), reason="Giao bổ sung")
        assert (quota.committee_id, quota.low, quota.reason) == (world.at["T-2"].pk, 15, "Giao bổ sung")
        assert given_to(on=date(2027, 5, 31))["T-2"] == 12
        assert given_to(on=date(2027, 6, 1)) == {"T-1": 10, "T-2": 15, "T-3": 8, "T-4": 6}

    def test_a_group_beside_the_whole(self, world):
        women = next(group for group in columns.current().groups if group.code == "women")
        at = world.at
        made = drafts.draft(
            world.plan, at["T"], by=world.alice, name="x", method="hand",
            portions={(at["T-1"].pk, None): 10, (at["T-1"].pk, women.pk): 4},
        )  # fmt: skip
        issue(world, made)
        assert progress(columns.current(), "KH-27", "T-1", on=FIRST, group="women").goal == 4
        assert progress(columns.current(), "KH-27", "T-1", on=FIRST).goal == 10

    def test_every_line_refused_is_named_and_nothing_is_written(self, world):
        at = world.at
        make.make_quota(world.plan, at["T-1"], 9, effective_on=date(2027, 3, 1))
        make.place(at["T-2"], "upper", make.make_committee("U", "province"), since=date(2027, 2, 1))
        make.end_committee(at["T-3"], date(2026, 12, 1), at["T-4"])
        made = draft(world)
        before = (Quota.objects.count(), journal.head())
        with pytest.raises(issuing.Unissued) as refusal:
            issue(world, made, effective_on=date(2027, 3, 1), document="")
        said = {Allotment.objects.get().portions.get(committee=key[0]).committee.code: " ".join(wanted)
                for key, wanted in refusal.value.lines.items()}  # fmt: skip
        assert said.keys() == {"T-1", "T-2", "T-3"}
        assert "từ 01/03/2027 đã giao 9" in said["T-1"]
        assert "không phải đơn vị trực thuộc vào ngày 01/03/2027" in said["T-2"]
        assert "hoạt động trong thời gian của kế hoạch" in said["T-3"]
        assert {name for name, _ in refusal.value.faults} == {"document", "reason"}
        with pytest.raises(issuing.Unissued) as refusal:
            issue(world, made, effective_on=date(2027, 3, 1), reason="điều chỉnh")
        assert len(refusal.value.lines) == 3 and not refusal.value.faults
        assert (Quota.objects.count(), journal.head()) == before
        made.refresh_from_db()
        assert made.issued_on is None
        fine = draft(world, (None, None, None, 6))
        assert issue(world, fine, effective_on=date(2027, 3, 1)), "the fourth line was right"

    @pytest.mark.parametrize(
        ("said", "name"),
        [({"document": ""}, "document"), ({"effective_on": date(2028, 1, 1)}, "effective_on")],
    )
    def test_what_the_whole_wants(self, world, said, name):
        made = draft(world)
        with pytest.raises(issuing.Unissued) as refusal:
            issue(world, made, **said)
        assert [one for one, _ in refusal.value.faults] == [name] and not refusal.value.lines
        assert issue(world, made)

    def test_nothing_to_issue(self, world):
        issue(world, draft(world))
        for same in ((10, 12, 8, 6), (None,) * 4):
            with pytest.raises(issuing.Unissued, match="ít nhất một chỉ tiêu khác"):
                issue(world, draft(world, same))

    def test_what_was_not_read_is_not_issued(self, world):
        made = draft(world)
        drafts.change(
            made, by=world.bob, stamp=made.stamp, name="x", portions={(world.at["T-1"].pk, None): (99, "")}
        )
        with pytest.raises(Overtaken):
            issue(world, made)
        assert set(given_to().values()) == {None}

    def test_once(self, world):
        made = draft(world)
        issue(world, made)
        with pytest.raises(deeds.Refused, match="đã thành chỉ tiêu"):
            issue(world, made, stamp=None)

    def test_three_hundred_units_in_a_few_queries(self, world, django_assert_max_num_queries):
        with journal.pen(None, "test"):
            units = [make.make_committee(f"T-N{k:03}", "upper", world.at["T"]) for k in range(300)]
        portions = {(unit.pk, None): 2 for unit in units}
        made = drafts.draft(
            world.plan, world.at["T"], by=world.alice, name="x", method="hand", portions=portions
        )
        columns.current()
        with django_assert_max_num_queries(26):  # bulk_create of SQLite takes as many as its variables need
            assert len(issue(world, made)) == 300
        assert sum(n or 0 for n in given_to().values()) == 600


class TestTakingBack:
    def test_the_same_day_by_who_issued(self, world):
        made = draft(world)
        issue(world, made)
        assert issuing.take_back(made, by=world.alice) == 4
        assert set(given_to().values()) == {None}
        made.refresh_from_db()
        assert (made.issued_on, made.document) == (None, "")
        issue(world, made), "and it is a draft again"
        assert given_to()["T-1"] == 10

    @pytest.mark.parametrize(
        "why", ["another", "a day later", "changed since", "an earlier day since", "passed on"]
    )
    def test_refused(self, world, why):
        made = draft(world)
        issue(world, made)
        by, at = world.alice, world.at
        if why == "another":
            by = world.bob
        elif why == "changed since":
            make.make_quota(world.plan, at["T-1"], 20, effective_on=date(2027, 5, 1))
        elif why == "an earlier day since":
            make.make_quota(world.plan, at["T-1"], 20, effective_on=date(2026, 12, 1))
        elif why == "passed on":
            passed = drafts.draft(
                world.plan, at["T-1"], by=by, name="x", method="hand", portions={(at["T-1-1"].pk, None): 10}
            )
            issue(world, passed)
        days = 1 if why == "a day later" else 0
        with time_machine.travel(f"2026-11-{22 + days}T05:00:00+00:00"):
            with pytest.raises(deeds.Refused):
                issuing.take_back(made, by=by)
        assert given_to(on=date(2027, 4, 1))["T-2"] == 12
        if why in {"another", "a day later"}:
            assert issuing.take_back(made, by=world.alice) == 4, "but for that, it would have gone"

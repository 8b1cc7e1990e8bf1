"""What is told before committees change: which targets move and to what numbers, drafts and marks of those that end,
which figures by today's structure change, and that none does as it stood."""

from datetime import date, timedelta

import pytest

from committees import reorganise
from committees.models import Role
from recruitment import columns
from recruitment.models import Quota
from recruitment.quotas.followers import After, Targets
from recruitment.quotas.progress import progress
from tests import factories as make
from tests.recruitment import world as worlds

DAY = date(2015, 7, 1)
ON = "01/07/2015"
SPLIT = [
    {"Ngày": ON, "Việc": "Thành lập", "Mã tổ chức": "T-3", "Loại": "Đảng bộ cấp trên trực tiếp cơ sở",
     "Tên mới": "Huyện mới", "Mã cấp trên mới": "T"},
    {"Ngày": ON, "Việc": "Chia tách", "Mã tổ chức": "T-2", "Mã kế thừa": "T-1", "Tỷ lệ": "60%",
     "Số quyết định": "12-NQ/TU"},
    {"Ngày": ON, "Việc": "Chia tách", "Mã tổ chức": "T-2", "Mã kế thừa": "T-3", "Tỷ lệ": "40%"},
    {"Ngày": ON, "Việc": "Chuyển", "Mã tổ chức": "T-2-1", "Mã cấp trên mới": "T-1"},
    {"Ngày": ON, "Việc": "Chuyển", "Mã tổ chức": "T-2-2", "Mã cấp trên mới": "T-3"},
]  # fmt: skip
MERGE = [{"Ngày": ON, "Việc": "Sáp nhập", "Mã tổ chức": "T-2", "Mã kế thừa": "T-1"}]


@pytest.fixture
def world(db):
    return worlds.build()


def told(acts, access=None):
    planned = reorganise.plan(acts, by=None)
    assert planned.faults == []
    return {str(one.title): (one.count, one.lines) for one in Targets().describe(planned, access)}


def words(found, start):
    return next((value for title, value in found.items() if title.startswith(start)), None)


def test_a_split_tells_the_whole_numbers_to_which_targets_come(world):
    make.make_quota(world.plan, world.at["T-2"], 3, group="women")
    count, lines = words(told(SPLIT), "Chỉ tiêu đang chạy")
    assert (count, lines) == (
        2,
        [
            "Kế hoạch 02: Tổ chức T-2 → Tổ chức T-1 6 (60 %); Huyện mới 4 (40 %)",
            "Kế hoạch 02, nữ: Tổ chức T-2 → Tổ chức T-1 2 (60 %); Huyện mới 1 (40 %)",
        ],
    )


def test_what_it_tells_is_what_is_then(world):
    make.make_quota(world.plan, world.at["T-2-1"], 4)
    tells = words(told(SPLIT), "Số theo tổ chức hiện nay")[1]
    assert tells == [
        "Kế hoạch 02, Tổ chức T-1: 24/20 → 27/26",
        "Kế hoạch 02, Huyện mới: – → 0/4",
    ]
    reorganise.apply(SPLIT, by=None)
    found = progress(columns.current(), "KH-2", "T", on=worlds.LAST, tree_on=worlds.LAST)
    assert [(row.code, row.admitted, row.goal) for row in found.children] == [("T-1", 27, 26), ("T-3", 0, 4)]


def test_nothing_changes_as_it_stood(world):
    found = told(MERGE)
    count, lines = words(found, "số theo tổ chức tại thời điểm, đến hết ngày 30/06/2015")
    assert lines == [] and count == 11, "every committee of the day under the one plan that ran"
    before = progress(columns.current(), "KH-2", "T", on=DAY - timedelta(days=1)).as_json()
    rows = list(Quota.objects.order_by("pk").values())
    reorganise.apply(MERGE, by=None)
    assert progress(columns.current(), "KH-2", "T", on=DAY - timedelta(days=1)).as_json() == before
    assert list(Quota.objects.order_by("pk").values()) == rows, "no row is rewritten"


def test_it_would_tell_if_something_did(world):
    """The proof can fail: a package whose structure forgets the past is found out."""
    planned = reorganise.plan(MERGE, by=None)
    planned.register.rows["T-2"].clear()
    planned.after = planned.register.structure()
    assert After(columns.current(), planned, None).moved_as_stood() != []


def test_drafts_and_marks_of_those_that_end(world):
    make.make_allotment(world.plan, world.at["T"], world.at["T-2"], 5, name="Phương án một")
    make.make_allotment(world.plan, world.at["T"], world.at["T-1"], 5, name="Phương án hai")
    make.make_sourceless(world.at["T-2-2"], date(2015, 1, 1))
    merged = [*MERGE, {"Ngày": ON, "Việc": "Giải thể", "Mã tổ chức": "T-2-2", "Mã kế thừa": "T-2-1"}]
    found = told([merged[1], merged[0]])
    assert words(found, "Phương án giao") == (
        1, ["Phương án một (Kế hoạch 02): 1 tổ chức kết thúc; sửa lại trước khi ban hành"],
    )  # fmt: skip
    assert words(found, "Tổ chức đánh dấu")[0] == 1


def test_one_that_is_counted_within_its_superior_says_so(world):
    make.make_quota(world.plan, world.at["T-2-1"], 4)
    acts = [
        {"Ngày": ON, "Việc": "Sáp nhập", "Mã tổ chức": "T-2-1", "Mã kế thừa": "T-1"},
        *MERGE,
        {"Ngày": ON, "Việc": "Chuyển", "Mã tổ chức": "T-2-1-1", "Mã cấp trên mới": "T-1"},
    ]
    lines = words(told(acts), "Chỉ tiêu đang chạy")[1]
    assert lines[0].startswith("Kế hoạch 02: Tổ chức T-2 → Tổ chức T-1 10")
    assert "không cộng thêm" in lines[1]


def test_a_plan_that_is_over_does_not_move(world):
    found = told([{**act, "Ngày": "01/07/2026"} for act in MERGE])
    assert words(found, "Chỉ tiêu đang chạy") is None and words(found, "Số theo tổ chức hiện nay") is None


def test_only_what_the_reader_may_see(world):
    account = make.make_account("huyen", Role.STAFF, world.at["T-1"])
    found = told(MERGE, make.door(account))
    assert words(found, "Chỉ tiêu đang chạy") is None, "T-2 is none of its business"
    assert words(found, "Số theo tổ chức hiện nay")[1] == ["Kế hoạch 02, Tổ chức T-1: 24/20 → 27/30"]


def test_a_draft_is_told_to_who_hands_down_there_alone(world):
    make.make_allotment(world.plan, world.at["T"], world.at["T-2"], 5, name="Phương án của tỉnh")
    make.make_allotment(world.plan, world.at["T-2"], world.at["T-2-1"], 5, name="Phương án của huyện")
    assert words(told(MERGE), "Phương án giao")[0] == 2
    lower = make.door(make.make_account("huyen", Role.STAFF, world.at["T-2"]))
    count, lines = words(told(MERGE, lower), "Phương án giao")
    assert count == 1 and lines[0].startswith("Phương án của huyện")


@pytest.mark.parametrize("more", [0, 3])
def test_queries_do_not_grow(world, more, django_assert_num_queries):
    acts = list(MERGE)
    for k in range(more):
        code = f"X-{k}"
        make.make_quota(world.plan, make.make_committee(code, "upper", world.at["T"]), 5)
        acts.append({**MERGE[0], "Mã tổ chức": code})
    planned = reorganise.plan(acts, by=None)
    columns.current()
    with django_assert_num_queries(2):
        Targets().describe(planned, None)

"""A reorganisation taken back: everything as it stood, unless something was built on it."""

from datetime import date

import pytest

from committees import journal, reorganise, tree
from committees.models import Account, Committee, Headcount, Mandate, Placement, Reorganisation, Succession
from tests.committees.test_reorganise import CELL, DAY, PARTY, START, act, carry_out, planted, shape  # noqa: F401

MODELS = (Committee, Placement, Succession, Mandate, Headcount)


def everything():
    return {model: sorted(model.objects.values_list(), key=repr) for model in MODELS}


@pytest.fixture
def people(planted):  # noqa: F811
    with journal.pen(None, "test"):
        for name, code in (("an", "X1"), ("binh", "X1"), ("chi", "C11")):
            account = Account(username=name)
            account.save()
            committee = Committee.objects.get(code=code)
            Mandate(account=account, committee=committee, role="staff", since=START).save()


PACKAGE = [
    act("Thành lập", "X8", kind=PARTY, name="Tám", above="H1"),
    {**act("Thành lập", "C81", kind=CELL, name="Chi bộ 81", above="X8"), "Số đảng viên": "5", "Dự bị": 1},
    {**act("Chia tách", "X1", heir="X8", share="60%"), "Người tiếp quản": "an"},
    act("Chia tách", "X1", heir="X2", share=40),
    act("Chuyển", "C11", above="X8"),
    {**act("Sáp nhập", "C12", heir="C81"), "Số đảng viên": 4},
    act("Đổi tên", "X3", name="Ba mới"),
    act("Chuyển", "C31", above="X2"),
]


@pytest.fixture
def applied(people):
    was = everything()
    record = reorganise.apply(PACKAGE, by=None, name="Sắp xếp xã Một")
    assert everything() != was
    return was, record


def test_what_was_done_is_kept_with_its_record(applied):
    _was, record = applied
    record.refresh_from_db()
    assert (record.state, record.day, len(record.acts)) == (Reorganisation.State.APPLIED, DAY, len(PACKAGE))
    assert record.committee == Committee.objects.get(code="T")
    assert Headcount.objects.get(committee__code="C81").members == 9
    going_on = Mandate.objects.get(committee__code="X8")
    assert (going_on.account.username, going_on.since, going_on.until) == ("an", DAY, None)
    assert set(Mandate.objects.filter(committee__code="X1").values_list("until", flat=True)) == {DAY}


def test_undo_restores_exactly_and_once(applied):
    was, record = applied
    assert reorganise.prevents(record) == []
    reorganise.undo(record, by=None)
    assert everything() == was and shape(DAY)["C11"] == "X1"
    assert record.state == Reorganisation.State.UNDONE
    with pytest.raises(reorganise.Refused):
        reorganise.undo(record, by=None)
    assert journal.verify() is None
    again = reorganise.apply(PACKAGE, by=None)
    reorganise.undo(again, by=None)
    assert everything() == was


def test_packages_are_undone_from_the_last_back(applied):
    was, first = applied
    second = reorganise.apply([act("Đổi tên", "X8", "01/09/2025", name="Tám mới")], by=None)
    [said] = reorganise.prevents(first)
    assert "X8" in said
    with pytest.raises(reorganise.Refused):
        reorganise.undo(first, by=None)
    reorganise.undo(second, by=None)
    reorganise.undo(first, by=None)
    assert everything() == was


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (lambda at: Headcount(committee=at["X8"], day=date(2025, 12, 31), members=40), "X8"),
        (lambda at: Headcount(committee=at["X2"], day=date(2025, 12, 31), members=40), "X2"),
        (lambda at: Mandate(account=Account.objects.get(username="binh"), committee=at["X8"], role="staff", since=DAY), "X8"),
    ],
)  # fmt: skip
def test_what_was_built_on_it_prevents_it(applied, build, said):
    was, record = applied
    built = everything()
    with journal.pen(None, "test"):
        row = build({committee.code: committee for committee in Committee.objects.all()})
        row.save()
    [told] = reorganise.prevents(record)
    assert said in told
    with pytest.raises(reorganise.Refused):
        reorganise.undo(record, by=None)
    with journal.pen(None, "test"):
        row.delete()
    assert everything() == built
    reorganise.undo(record, by=None)
    assert everything() == was


def test_a_mandate_changed_since_prevents_it(applied):
    _was, record = applied
    with journal.pen(None, "test"):
        Mandate.objects.filter(committee__code="X8").update(until=date(2026, 1, 1))
    assert any("an" in told for told in reorganise.prevents(record))


def test_what_does_not_lean_on_it_does_not_prevent_it(applied):
    _was, record = applied
    with journal.pen(None, "test"):
        Headcount(committee=Committee.objects.get(code="H2"), day=DAY, members=9).save()
    reorganise.apply([act("Đổi tên", "C21", "01/09/2025", name="Khác")], by=None)
    assert reorganise.prevents(record) == []


def _back(code, day):
    return {**act("Tiếp nhận từ ngoài", code, day, kind=CELL, name="Về lại", above="X3")}


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        # Its superior ended since.
        ([act("Giải thể", "C11")], [act("Sáp nhập", "X1", "01/09/2025", heir="X2")], "cấp trên X1 không còn"),
        # Cells stand since under what was one.
        (
            [act("Đổi loại", "C31", kind=PARTY), act("Chuyển", "C31", above="H2")],
            [act("Thành lập", "C39", "01/09/2025", kind=CELL, name="Chín", above="C31")],
            "Chi bộ trực thuộc không được đứng dưới Chi bộ trực thuộc",
        ),
    ],
)  # fmt: skip
def test_an_undo_leaves_nobody_where_nobody_may_stand(planted, first, then, said):  # noqa: F811
    record = reorganise.apply(first, by=None)
    before = everything()
    later = reorganise.apply(then, by=None)
    [told] = reorganise.prevents(record)
    assert said in told and "01/09/2025" in told
    with pytest.raises(reorganise.Refused):
        reorganise.undo(record, by=None)
    reorganise.undo(later, by=None)
    assert everything() == before
    reorganise.undo(record, by=None)


def test_what_was_built_on_who_came_back_or_became_a_cell_prevents_it(planted):  # noqa: F811
    carry_out(act("Chuyển ra ngoài", "C31"))
    came = reorganise.apply([_back("C31", "01/09/2025")], by=None)
    cell = [
        act("Sáp nhập", "C21", "01/09/2025", heir="C11"),
        act("Đổi loại", "X2", "01/09/2025", kind="Chi bộ cơ sở"),
    ]
    became = reorganise.apply(cell, by=None)
    assert reorganise.prevents(came) == reorganise.prevents(became) == []
    for record, code in ((came, "C31"), (became, "X2")):
        with journal.pen(None, "test"):
            Headcount(committee=Committee.objects.get(code=code), day=date(2025, 12, 31), members=40).save()
        assert [code in told for told in reorganise.prevents(record)] == [True]


def test_a_dry_run_writes_nothing_and_tells_the_tree_to_be(people):
    was, head = everything(), journal.head()
    planned = reorganise.plan(PACKAGE, by=None)
    assert everything() == was and journal.head() == head
    assert (planned.faults, planned.fresh, planned.ended) == ([], ["X8", "C81"], {"X1": "X8", "C12": "C81"})
    before, after = planned.before.at(DAY), planned.after.at(DAY)
    assert len(after) == len(before) and after.name(after.of(planned.register.ids["X3"])) == "Ba mới"
    assert {"X1", "X8", "C81", "C11", "C12", "X3", "C31"} == set(planned.touched)
    record = reorganise.apply(PACKAGE, by=None, seen=planned.version)
    told = tree.read_structure().at(DAY)
    codes = [after.code(p) for p in range(len(after))]
    assert codes == [told.code(p) for p in range(len(told))]
    assert [after.code(after.up[p]) for p in range(len(after))] == [
        told.code(told.up[p]) for p in range(len(told))
    ]
    assert record.pk


def test_who_saw_an_older_tree_is_told(people):
    planned = reorganise.plan([act("Đổi tên", "X3", name="Ba mới")], by=None)
    carry_out(act("Đổi tên", "C21", name="Khác"))
    head = journal.head()
    with pytest.raises(reorganise.Overtaken):
        reorganise.apply([act("Đổi tên", "X3", name="Ba mới")], by=None, seen=planned.version)
    assert journal.head() == head


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"Người tiếp quản": "ai"}, "không có tài khoản"),
        ({"Người tiếp quản": "chi"}, "không có phân quyền"),
        ({"Hồ sơ": "x"}, "Hồ sơ"),
        ({"Số đảng viên": 3, "Dự bị": 4}, "không quá"),
        ({"Số đảng viên": -1}, "không âm"),
    ],
)
def test_what_goes_along_is_judged_too(people, more, word):
    rows = [{**act("Sáp nhập", "X1", heir="X2"), **more}]
    [fault] = reorganise.plan(rows, by=None).faults
    assert fault.number == 2 and word in fault.text
    with pytest.raises(reorganise.Refused):
        reorganise.apply(rows, by=None)


def test_a_cell_with_under_three_official_members_is_warned_of(people):
    row = {**act("Thành lập", "C13", kind=CELL, name="Chi bộ 13", above="X1"), "Số đảng viên": 4, "Dự bị": 2}
    [told] = reorganise.plan([row], by=None).warnings
    assert "Chi bộ 13" in told and "2" in told
    assert reorganise.plan([{**row, "Dự bị": 1}], by=None).warnings == []


# Taking over is no way to more (security.md S19) ---------------------------------------------------


@pytest.fixture
def merging(people):
    """merging(username, role, code, *rows) -> the faults told to `an`, who works at H1, of rows that name the account as
    taking over its role there."""
    with journal.pen(None, "test"):
        Mandate(
            account=Account.objects.get(username="an"),
            committee=Committee.objects.get(code="H1"),
            role="staff",
            since=START,
        ).save()

    def faults(username, role, code, heir, by="an"):
        committee, account = Committee.objects.get(code=code), Account.objects.get(username=username)
        with journal.pen(None, "test"):
            Mandate(account=account, committee=committee, role=role, since=date(2001, 1, 1)).save()
        rows = [{**act("Sáp nhập", code, heir=heir), "Người tiếp quản": username}]
        by = Account.objects.get(username=by) if by else None
        return [fault.text for fault in reorganise.plan(rows, by=by).faults]

    return faults


def test_a_neighbour_is_taken_over_to(merging):
    assert merging("binh", "secretary", "C11", "C21") == []


def test_nobody_takes_over_themself(merging):
    assert merging("an", "secretary", "C11", "C21") == ["không tự nhận phân quyền cho chính mình."]


@pytest.mark.parametrize("role", ["inspector", "administrator"])
def test_a_role_of_control_is_not_taken_over_on_a_department_s_word(merging, role):
    [told] = merging("binh", role, "C11", "C21")
    assert "quản trị hệ thống" in told
    assert merging("chi", role, "C12", "C21", by=None) == []


def test_nobody_rises_to_the_one_above(merging):
    [told] = merging("binh", "secretary", "X1", "H1")
    assert "H1" in told and "cấp trên" in told

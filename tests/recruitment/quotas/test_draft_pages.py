"""Handing down on pages: what a clerk types, what is shown beside it, what comes back refused, and who may."""

import html
import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from committees import journal
from committees.models import Entry, Role
from recruitment import columns
from recruitment.models import Allotment, Plan, Quota
from recruitment.quotas.progress import progress
from tests import factories as make

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22T05:00:00+00:00", tick=False):
        yield


@pytest.fixture
def world():
    """T with three districts of 100, 200 and 100 members; a target of 40 next year; two open candidacies in T-1."""
    with journal.pen(None, "test"):
        at = make.make_province(districts=3, communes=2)
        plan = make.make_plan("KH-27", at["T"], first=FIRST, last=LAST, name="Chỉ tiêu năm 2027")
        make.make_quota(plan, at["T"], 40)
        for k, n in ((1, 100), (2, 200), (3, 100)):
            make.make_headcount(at[f"T-{k}"], date(2025, 12, 31), n)
        for _k in range(2):
            make.make_candidacy(at["T-1-1-1"], date(2026, 3, 1))
        make.make_province("U")
    at["plan"] = plan
    return at


@pytest.fixture
def people(world):
    return {
        "staff": make.make_account("can-bo", Role.STAFF, world["T"]),
        "standing": make.make_account("thuong-vu", Role.STANDING, world["T"]),
        "inspector": make.make_account("kiem-tra", Role.INSPECTOR, world["T"]),
        "district": make.make_account("huyen", Role.STAFF, world["T-2"]),
    }


@pytest.fixture
def alice(client, people):
    client.force_login(people["standing"])
    return client


def text(answer):
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", answer.content.decode())).split())


def at(name, *args):
    return reverse(f"recruitment:{name}", args=args)


def new(client, committee="T", **typed):
    said = {"name": "Phương án 1", "method": "members", "total": "", "least": ""} | typed
    return client.post(at("allotment-new", "KH-27", committee), said)


def the_draft(client, **typed):
    assert new(client, **typed).status_code == 302
    return Allotment.objects.latest("pk")


def page(client, draft, **asked):
    return client.get(at("allotment", draft.pk), asked)


def typed(client, draft, **numbers):
    """What the page of a draft sends, some of it changed: T_1="12" is the number of T-1, note_T_1 its note."""
    form = page(client, draft).context["form"]
    said = {"stamp": form["stamp"].value(), "name": form["name"].value()}
    said |= {name: form[name].value() or "" for name in form.fields if name not in said}
    units = {unit.code.replace("-", "_"): unit.pk for unit in form.units}
    for name, value in numbers.items():
        if name in {"name", "stamp", "do"}:
            said[name] = value
        elif name.startswith("note_"):
            said[f"note{units[name[5:]]}"] = value
        else:
            said[f"n{units[name]}"] = value
    return said


def save(client, draft, **numbers):
    return client.post(at("allotment", draft.pk), typed(client, draft, **numbers))


def numbers(draft):
    return list(
        draft.portions.filter(group=None).order_by("committee__code").values_list("number", flat=True)
    )


def issue(client, draft, **said):
    stamp = Allotment.objects.get(pk=draft.pk).stamp
    said = {
        "stamp": stamp, "document": "12-QĐ/TU", "issued_on": "22/11/2026", "effective_on": "01/01/2027", "reason": "",
    } | said  # fmt: skip
    return client.post(at("allotment-issue", draft.pk), said)


def goals(**asked):
    found = progress(columns.current(), "KH-27", "T", on=FIRST, **asked)
    return {child.code: child.goal for child in found.children}


class TestList:
    def test_begins_empty_and_says_what_to_do(self, alice):
        answer = alice.get(at("allotment-list", "KH-27", "T"))
        assert "3 đơn vị được giao 0/40 , còn 40 chưa giao" in text(answer)
        assert "Chưa có phương án nào" in text(answer)
        assert "không bắt buộc giao hết" in text(answer)

    def test_the_plans_page_leads_there(self, client, people):
        for name, code in (("staff", "T"), ("standing", "T"), ("district", "T-2")):
            client.force_login(people[name])
            assert at("allotment-list", "KH-27", code) in client.get(at("plan", "KH-27")).content.decode()
        client.force_login(people["inspector"])
        assert "Giao cho các đơn vị" not in text(client.get(at("plan", "KH-27")))

    def test_a_cell_has_nobody_to_hand_down_to(self, client, people):
        client.force_login(people["staff"])
        answer = client.get(at("allotment-list", "KH-27", "T-1-1-1"))
        assert "Không có đơn vị trực thuộc nào để giao" in text(answer)

    def test_who_sees_figures_sees_what_was_issued_and_no_draft(self, client, alice, people):
        issued, draft = the_draft(alice, name="Ban hành rồi"), the_draft(alice, name="Còn bàn")
        assert issue(alice, issued).status_code == 302
        client.cookies.clear()  # what was said to Alice
        client.force_login(people["inspector"])
        answer = client.get(at("allotment-list", "KH-27", "T"))
        assert "Ban hành rồi" in text(answer) and "Còn bàn" not in text(answer)
        assert client.get(at("allotment-annex", issued.pk)).status_code == 200
        for name, of in (("allotment", draft), ("allotment-annex", draft), ("allotment-issue", draft)):
            assert client.get(at(name, of.pk)).status_code == 403, name
        for name in ("allotment-new", "allotment-compare", "hand-out"):
            assert client.get(at(name, "KH-27", "T")).status_code == 403, name
        for name in ("copy", "drop", "undo"):
            assert client.post(at(f"allotment-{name}", issued.pk)).status_code == 403, name
        client.force_login(people["district"])
        assert client.get(at("allotment", draft.pk)).status_code == 404
        assert client.get(at("allotment-list", "KH-27", "T")).status_code == 404

    @pytest.mark.parametrize("more", [1, 3])
    def test_queries_do_not_grow(self, alice, more, django_assert_num_queries):
        for k in range(more):
            the_draft(alice, name=f"Phương án {k}")
        alice.get(at("allotment-list", "KH-27", "T"))
        with django_assert_num_queries(7):
            assert len(alice.get(at("allotment-list", "KH-27", "T")).context["page"].drafts) == more


class TestNew:
    def test_by_members(self, alice):
        draft = the_draft(alice)
        assert numbers(draft) == [10, 20, 10]

    @pytest.mark.parametrize(
        ("said", "shares"),
        [
            ({"method": "pool"}, [40, 0, 0]),
            ({"method": "pool", "least": "2"}, [36, 2, 2]),
            ({"method": "members", "total": "41"}, [10, 21, 10]),
            ({"method": "hand"}, [None, None, None]),
            ({"method": "declared"}, [0, 40, 0]),
        ],
    )
    def test_other_ways(self, alice, world, said, shares):
        if said["method"] == "declared":
            candidacy = make.make_candidacy(world["T-2-1-1"], date(2026, 1, 5))
            make.make_declaration(Plan.objects.get(code="KH-27"), candidacy, date(2026, 1, 6))
        assert numbers(the_draft(alice, **said)) == shares

    def test_the_methods_say_what_there_is_to_share_out_by(self, alice):
        choices = dict(alice.get(at("allotment-new", "KH-27", "T")).context["form"].fields["method"].choices)
        assert choices["members"] == "Theo số đảng viên: 400, ở 3/3 đơn vị"
        assert choices["pool"].endswith(": 2, ở 1/3 đơn vị")

    def test_a_group_is_shared_out_as_the_whole_was(self, alice, world):
        make.make_quota(Plan.objects.get(code="KH-27"), world["T"], 9, group="women")
        draft = the_draft(alice, groups=["women", "youth"])
        found = {
            (row.committee.code, row.group.code): row.number for row in draft.portions.exclude(group=None)
        }
        assert [found[f"T-{k}", "women"] for k in (1, 2, 3)] == [2, 5, 2], "halves go to the larger"
        assert [found[f"T-{k}", "youth"] for k in (1, 2, 3)] == [None] * 3, "no target to share out"

    @pytest.mark.parametrize(
        ("said", "field", "wanted"),
        [
            ({"name": ""}, "name", ""),
            ({"method": "x"}, "method", "“x”"),
            ({"method": "last"}, "method", "chọn cách chia khác"),
            ({"total": "9,5"}, "total", "Tìm thấy “9,5”. Cần"),
            ({"least": "20"}, "method", "3 đơn vị cần 60"),
            ({"groups": ["x"]}, "groups", "x"),
        ],
    )
    def test_what_is_refused(self, alice, said, field, wanted):
        before = Entry.objects.count()
        answer = new(alice, **said)
        assert answer.status_code == 400 and wanted in " ".join(answer.context["form"].errors[field])
        assert Entry.objects.count() == before and not Allotment.objects.exists()
        assert new(alice).status_code == 302, "the rest of it was right"

    def test_without_a_target_of_the_whole_one_says_how_many(self, alice):
        answer = new(alice, committee="T-1", method="pool")
        assert "chưa có chỉ tiêu chung" in " ".join(answer.context["form"].errors["total"])
        assert new(alice, committee="T-1", method="pool", total="8").status_code == 302
        assert numbers(Allotment.objects.get()) == [8, 0]


class TestEditing:
    def test_beside_each_number_what_speaks_for_it(self, client, people, alice):
        client.force_login(people["staff"])
        draft = the_draft(client)
        answer = page(client, draft)
        line = answer.context["page"].lines[0]
        assert (line.members.value, line.members.day, line.suggested) == (100, date(2025, 12, 31), 10)
        assert [(heading, n) for heading, n, _ in line.facts] == [("Nguồn đang có", 2)]
        assert (
            f"{reverse('recruitment:candidacy-list')}?committee=T-1&amp;on=2026-11-22"
            in answer.content.decode()
        )
        opened = client.get(f"{reverse('recruitment:candidacy-list')}?committee=T-1&on=2026-11-22")
        assert opened.context["page"].count == 2, "the list behind it holds as many"
        assert "31/12/2025" in text(answer)

    def test_who_sees_figures_only_is_led_to_no_person(self, alice):
        assert "/candidacies/" not in page(alice, the_draft(alice)).content.decode()

    def test_the_sum_is_told_and_the_difference_explained(self, alice):
        draft = the_draft(alice)
        assert page(alice, draft).context["page"].balances[0][1].words == "vừa đủ chỉ tiêu chung"
        save(alice, draft, T_1="5")
        assert "Đã chia 35/40" in text(page(alice, draft)) and "còn 5 chưa giao" in text(page(alice, draft))
        save(alice, draft, T_1="22")
        answer = page(alice, draft)
        assert "giao hơn 12" in text(answer) and "được phép hơn chỉ tiêu chung" in text(answer)
        assert answer.context["page"].lines[0].cells[0].moved == 12

    def test_an_empty_field_keeps_what_is_in_force(self, alice, world):
        make.make_quota(world["plan"], world["T-1"], 15)
        draft = the_draft(alice)
        save(alice, draft, T_1="")
        (_group, balance), *_ = page(alice, draft).context["page"].balances
        assert balance.given == 15 + 20 + 10

    def test_a_wrong_number_is_named_by_its_unit_and_nothing_typed_is_lost(self, alice):
        draft = the_draft(alice)
        before = journal.head()
        answer = save(alice, draft, T_1="mười", T_2="21", note_T_2="đã bàn")
        assert answer.status_code == 400 and journal.head() == before
        assert "Tổ chức T-1: Tìm thấy “mười”. Cần một số nguyên từ 0 trở lên, như 9.701." in text(answer)
        form = answer.context["form"]
        unit = next(unit for unit in form.units if unit.code == "T-2")
        assert (form[f"n{unit.pk}"].value(), form[f"note{unit.pk}"].value()) == ("21", "đã bàn")
        save(alice, draft, T_1="1.010", T_2="21", note_T_2="đã bàn")
        assert numbers(draft) == [1010, 21, 10]
        assert draft.portions.get(committee__code="T-2").note == "đã bàn"

    def test_no_more_for_a_group_than_in_all(self, alice, world):
        make.make_quota(world["plan"], world["T"], 9, group="women")
        draft = the_draft(alice, groups=["women"])
        said = typed(alice, draft)
        said[f"n{world['T-1'].pk}_women"] = "11"
        answer = alice.post(at("allotment", draft.pk), said)
        assert "Tổ chức T-1, Nữ: Tìm thấy 11. Cần không quá 10, chỉ tiêu của cả đơn vị." in text(answer)

    def test_a_column_for_another_group(self, alice, world):
        draft = the_draft(alice)
        answer = page(alice, draft, group="youth")
        assert [group and group.code for group in answer.context["form"].columns] == [None, "youth"]
        said = typed(alice, draft) | {"group": "youth", f"n{world['T-1'].pk}_youth": "6"}
        assert alice.post(at("allotment", draft.pk), said).status_code == 302
        assert draft.portions.get(group__code="youth").number == 6

    def test_the_rest_is_shared_out_on_top_and_not_saved(self, alice):
        draft = the_draft(alice)
        answer = save(alice, draft, T_1="2", T_2="", T_3="10", do="rest")
        assert answer.status_code == 200 and "Đã chia nốt 28" in text(answer)
        form = answer.context["form"]
        shown = [form[form.keys[unit.pk, None]].value() for unit in form.units]
        assert shown == ["9", "14", "17"] and numbers(draft) == [10, 20, 10]
        assert save(alice, draft, do="rest").status_code == 400, "nothing is left"

    def test_two_editors(self, client, people, alice):
        draft = the_draft(alice)
        stale = typed(alice, draft, T_1="12")
        client.force_login(people["staff"])
        save(client, draft, T_1="14", T_2="18")
        answer = client.post(at("allotment", draft.pk), stale)
        assert answer.status_code == 409 and numbers(draft) == [14, 18, 10]
        told = {row.label: (row.mine, row.theirs) for row in answer.context["form"].differences}
        assert told == {"Tổ chức T-1": ("12", "14"), "Tổ chức T-2": ("20", "18")}
        again = stale | {"stamp": answer.context["form"]["stamp"].value()}
        assert client.post(at("allotment", draft.pk), again).status_code == 302
        assert numbers(draft) == [12, 20, 10]

    def test_a_page_without_its_stamp_clears_nothing(self, alice):
        draft = the_draft(alice)
        assert alice.post(at("allotment", draft.pk), {"name": "x"}).status_code == 400
        assert numbers(draft) == [10, 20, 10]

    def test_a_unit_that_moved_away_is_shown_to_be_emptied(self, alice, world):
        draft = the_draft(alice)
        make.place(world["T-3"], "upper", world["U"] if "U" in world else make.Committee.objects.get(code="U"),
                   since=date(2026, 12, 1))  # fmt: skip
        assert "không còn trực thuộc" in text(page(alice, draft))
        answer = issue(alice, draft)
        assert "Tổ chức T-3 (10): cần để trống" in text(answer)
        save(alice, draft, T_3="")
        assert issue(alice, draft).status_code == 302

    @pytest.mark.parametrize("more", [0, 2])
    def test_queries_do_not_grow(self, alice, world, more, django_assert_num_queries):
        for k in range(more):
            make.make_committee(f"T-9{k}", "upper", world["T"])
        draft = the_draft(alice)
        page(alice, draft)
        with django_assert_num_queries(8):
            page(alice, draft)


def test_a_thousand_units(client, people, world, django_assert_max_num_queries):
    """The page, its saving and its issue, each a few statements more than for three."""
    with journal.pen(None, "test"):
        for k in range(1000):
            make.make_committee(f"T-N{k:04}", "upper", world["T"])
    client.force_login(people["standing"])
    draft = the_draft(client, method="hand")
    said = typed(client, draft)
    said |= {name: "1" for name in said if re.fullmatch(r"n\d+", name)}
    with django_assert_max_num_queries(60):
        assert client.post(at("allotment", draft.pk), said).status_code == 302
    assert sum(numbers(draft)) == 1003
    page(client, draft)  # which reads what the saving wrote
    with django_assert_max_num_queries(8):
        assert "Đã chia 1.003/40" in text(page(client, draft))
    assert issue(client, draft).status_code == 302
    assert sum(goals().values()) == 1003


class TestIssuing:
    def test_the_dashboard_is_right_at_the_next_request(self, alice):
        draft = the_draft(alice)
        where = at("dashboard", "T") + "?plan=KH-27"
        assert {child.goal for child in alice.get(where).context["page"].found.found.children} == {None}
        answer = issue(alice, draft)
        assert answer.status_code == 302
        assert "Đã ban hành 3 chỉ tiêu theo 12-QĐ/TU" in text(alice.get(answer.url))
        found = alice.get(where).context["page"].found.found
        assert [child.goal for child in found.children] == [10, 20, 10] and found.goal == 40
        assert found.on == FIRST, "a plan that has not begun is seen as of its first day"
        assert Quota.objects.filter(document="12-QĐ/TU").count() == 3

    def test_what_would_change_is_shown_first(self, alice, world):
        make.make_quota(world["plan"], world["T-1"], 7)
        make.make_quota(world["plan"], world["T-2"], 20)
        answer = alice.get(at("allotment-issue", the_draft(alice).pk))
        told = [
            (change.name, change.before, change.number, change.moved)
            for change in answer.context["page"].changes
        ]
        assert told == [("Tổ chức T-1", "7", 10, 3), ("Tổ chức T-3", "", 10, None)]
        assert "2 chỉ tiêu sẽ được ghi, 1 giữ nguyên" in text(answer)

    @pytest.mark.parametrize(
        ("said", "field", "wanted"),
        [
            ({"document": ""}, "document", ""),
            ({"issued_on": "31/2/2026"}, "issued_on", "Tìm thấy “31/2/2026”"),
            ({"effective_on": "31/12/2026"}, "effective_on", "trong kỳ của kế hoạch"),
            ({"effective_on": "1/1/2028"}, "effective_on", "trong kỳ của kế hoạch"),
        ],
    )
    def test_what_is_refused(self, alice, said, field, wanted):
        draft = the_draft(alice)
        answer = issue(alice, draft, **said)
        assert answer.status_code == 400 and wanted in " ".join(answer.context["form"].errors[field])
        assert set(goals().values()) == {None}
        assert issue(alice, draft).status_code == 302

    def test_a_change_wants_a_reason_and_a_free_day(self, alice):
        assert issue(alice, the_draft(alice)).status_code == 302
        draft = the_draft(alice, total="50")
        answer = issue(alice, draft, reason="điều chỉnh")
        assert "Tổ chức T-1 (13): cần ngày hiệu lực khác: từ 01/01/2027 đã giao 10." in text(answer)
        answer = issue(alice, draft, effective_on="01/07/2027")
        assert "lý do: có đơn vị đang có chỉ tiêu khác" in text(answer)
        assert issue(alice, draft, effective_on="01/07/2027", reason="điều chỉnh").status_code == 302

    def test_a_draft_changed_meanwhile_is_read_again_first(self, client, people, alice):
        draft = the_draft(alice)
        stamp = draft.stamp
        client.force_login(people["staff"])
        save(client, draft, T_1="14")
        answer = issue(client, draft, stamp=stamp)
        assert answer.status_code == 409 and "can-bo đã sửa phương án này" in text(answer)
        assert answer.context["page"].changes[0].number == 14 and not Quota.objects.filter(low=14).exists()
        assert issue(client, draft, stamp=answer.context["form"]["stamp"].value()).status_code == 302
        assert goals()["T-1"] == 14

    def test_taken_back_by_a_button(self, alice):
        draft = the_draft(alice)
        issue(alice, draft)
        assert "Rút lại" in text(alice.get(at("allotment-list", "KH-27", "T")))
        answer = alice.post(at("allotment-undo", draft.pk))
        assert "Đã rút lại 3 chỉ tiêu" in text(alice.get(answer.url))
        assert set(goals().values()) == {None}
        assert "Chưa rút lại được" in text(alice.get(alice.post(at("allotment-undo", draft.pk)).url))

    def test_children_pass_it_on(self, client, people, alice):
        issue(alice, the_draft(alice))
        client.force_login(people["district"])
        draft = the_draft(client, committee="T-2", method="hand")
        save(client, draft, T_2_1="11", T_2_2="9")
        assert issue(client, draft).status_code == 302
        found = progress(columns.current(), "KH-27", "T-2", on=FIRST)
        assert [child.goal for child in found.children] == [11, 9] and found.goal == 20


class TestPuttingAway:
    def test_copied_put_away_and_brought_back(self, alice):
        draft = the_draft(alice)
        copied = alice.post(at("allotment-copy", draft.pk))
        assert copied.url == at("allotment", Allotment.objects.latest("pk").pk)
        assert numbers(Allotment.objects.latest("pk")) == numbers(draft)
        listed = alice.get(alice.post(at("allotment-drop", draft.pk)).url)
        assert [line.draft.pk for line in listed.context["page"].dropped] == [draft.pk]
        assert page(alice, draft).status_code == 302, "one put away is not typed in"
        assert "cần một phương án đang dùng" in text(
            alice.get(alice.post(at("allotment-drop", draft.pk)).url)
        )
        alice.post(at("allotment-drop", draft.pk), {"do": "restore"})
        assert page(alice, draft).status_code == 200


class TestComparing:
    def compare(self, client, *drafts):
        return client.get(at("allotment-compare", "KH-27", "T"), {"draft": [draft.pk for draft in drafts]})

    def test_differences_only(self, alice, world):
        one, two = the_draft(alice), the_draft(alice, name="Phương án 2")
        save(alice, two, T_1="13", T_3="")
        make.make_quota(world["plan"], world["T-2"], 20)
        make.make_quota(world["plan"], world["T-3"], 8)
        answer = self.compare(alice, one, two)
        told = [(row.name, row.now, row.cells) for row in answer.context["page"].differences]
        assert told == [
            ("Tổ chức T-1", "–", [(13, None), (10, None)]),
            ("Tổ chức T-3", "8", [(None, None), (10, 2)]),
        ]
        assert [balance.given for _draft, balance in answer.context["page"].columns] == [33, 40]
        assert "1 đơn vị còn lại giống nhau" in text(answer)

    def test_three_at_most_the_newest_where_none_is_named(self, alice):
        made = [the_draft(alice, name=f"P{k}") for k in range(4)]
        assert [draft.name for draft in self.compare(alice).context["page"].drafts] == ["P3", "P2", "P1"]
        assert "nhiều nhất ba" in text(self.compare(alice, *made))

    def test_nothing_to_compare(self, alice):
        assert "Chưa có phương án nào để so" in text(self.compare(alice))

    @pytest.mark.parametrize("more", [1, 3])
    def test_queries_do_not_grow(self, alice, more, django_assert_num_queries):
        for k in range(more):
            the_draft(alice, name=f"P{k}")
        self.compare(alice)
        with django_assert_num_queries(7):
            self.compare(alice)


class TestHandingOut:
    def hand(self, client, **said):
        said = {
            "child": "T-1",
            "more": "3",
            "group": "",
            "effective_on": "01/01/2027",
            "document": "",
            "reason": "",
        } | said
        return client.post(at("hand-out", "KH-27", "T"), said)

    def test_from_the_remainder_and_on_to_the_next(self, alice):
        answer = self.hand(alice, document="05-CV")
        assert answer.status_code == 302
        after = alice.get(answer.url)
        assert "Đã giao thêm 3 cho Tổ chức T-1: nay là 3. Còn 37 chưa giao." in text(after)
        assert (
            after.context["form"]["document"].value() == "05-CV"
            and not after.context["form"]["child"].value()
        )
        assert goals()["T-1"] == 3

    @pytest.mark.parametrize(
        ("said", "field", "wanted"),
        [
            ({"more": "41"}, "more", "còn 40 chưa giao"),
            ({"more": "41", "beyond": "on"}, "reason", "lý do giao hơn chỉ tiêu chung"),
            ({"more": "0"}, "more", "từ 1 trở lên"),
            ({"child": ""}, "child", ""),
            ({"effective_on": "1/1/2029"}, "effective_on", "trong kỳ của kế hoạch"),
        ],
    )
    def test_what_is_refused(self, alice, said, field, wanted):
        answer = self.hand(alice, **said)
        assert answer.status_code == 400 and wanted in " ".join(answer.context["form"].errors[field])
        assert goals()["T-1"] is None
        assert self.hand(alice).status_code == 302

    def test_beyond_with_a_reason(self, alice):
        answer = self.hand(alice, more="41", beyond="on", reason="bù nơi không đạt")
        assert "Giao hơn chỉ tiêu chung 1." in text(alice.get(answer.url))

    def test_the_same_unit_twice_a_day_is_told_what_stands(self, alice):
        self.hand(alice)
        answer = self.hand(alice)
        assert "từ 01/01/2027 đã giao 3" in " ".join(answer.context["form"].errors["effective_on"])

    def test_without_a_target_of_the_whole(self, alice):
        assert "Chưa có chỉ tiêu chung" in text(alice.get(at("hand-out", "KH-27", "T-1")))

"""The page of a draft: what a clerk types, what is shown beside it, what comes back refused."""

import re
from datetime import date

import pytest
from django.urls import reverse

from committees import journal
from tests import factories as make

from .handing_down import (
    accounts,
    at,
    at_the_desk,
    build,
    goals,
    issue,
    numbers,
    page,
    save,
    text,
    the_draft,
    typed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with at_the_desk():
        yield


@pytest.fixture
def world():
    return build()


@pytest.fixture
def people(world):
    return accounts(world)


@pytest.fixture
def alice(client, people):
    client.force_login(people["standing"])
    return client


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

"""The tree on any day, the journal and the accounts, as each role meets them."""

import ast
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from committees import accounts, deeds, journal, vietnamese
from committees.models import Account, Entry, Kind, Mandate, Role
from tests.factories import (
    end_committee,
    make_account,
    make_committee,
    make_mandate,
    make_person,
    make_province,
    place,
)

pytestmark = pytest.mark.django_db
TREE, JOURNAL, ACCOUNTS = (reverse(f"committees:{name}") for name in ("tree", "journal", "account-list"))


@pytest.fixture
def as_role(client):
    """Signs the client in as someone with one mandate; returns the client."""

    def enter(role, committee):
        client.force_login(make_account(f"{role}-thu", role, committee))
        return client

    return enter


def text(response):
    assert response.status_code == 200
    return response.content.decode()


# The tree -------------------------------------------------------------------------------------------


@pytest.fixture
def dat_do():
    """Province T; district T-1, renamed on 01/07/2013; commune T-1-1 merged into T-1-2 on 01/07/2020."""
    made = make_province("T", communes=2)
    place(made["T-1"], Kind.UPPER, made["T"], name="Huyện Đất Đỏ", since=date(2013, 7, 1))
    place(made["T-1-1-1"], Kind.CELL, made["T-1-2"], name="Ấp Phước Trung", since=date(2020, 7, 1))
    end_committee(made["T-1-1"], date(2020, 7, 1), made["T-1-2"])
    return made


@pytest.mark.parametrize("words", ["dat do", "Đất Đỏ", "ĐẤT", "huyen", "T-1"])
def test_search_needs_no_accents_and_knows_codes(as_role, dat_do, words):
    page = text(as_role(Role.STAFF, dat_do["T"]).get(TREE, {"q": words}))
    assert "<b>Huyện Đất Đỏ</b>" in page


def test_names_are_those_of_the_day(as_role, dat_do):
    client = as_role(Role.STAFF, dat_do["T"])
    for written in ("30/06/2013", "2013-06-30", "300613"):
        page = text(client.get(TREE, {"under": "T", "on": written}))
        assert "<b>Tổ chức T-1</b>" in page and "Huyện Đất Đỏ" not in page
    assert "<b>Huyện Đất Đỏ</b>" in text(client.get(TREE, {"under": "T", "on": "01/07/2013"}))


def test_a_committee_that_ended_names_its_heir_and_last_day(as_role, dat_do):
    client = as_role(Role.STAFF, dat_do["T"])
    page = text(client.get(TREE, {"under": "T-1-1"}))
    assert "30/06/2020" in page and "under=T-1-2" in page
    assert "1 tổ chức đã kết thúc trước ngày này" in text(client.get(TREE, {"under": "T-1"}))
    assert "đã kết thúc" not in text(client.get(TREE, {"under": "T-1", "on": "30/06/2020"}))


def test_a_day_that_is_none_is_said_beside_the_field(as_role, dat_do):
    page = text(as_role(Role.STAFF, dat_do["T"]).get(TREE, {"on": "31/02/2013"}))
    assert "không có ngày này trong lịch" in page and "Lỗi:" in page


def test_the_history_shows_every_name_the_committee_bore(as_role, dat_do):
    page = text(as_role(Role.STAFF, dat_do["T"]).get(TREE, {"under": "T-1"}))
    assert "Quá trình" in page and "Tổ chức T-1" in page and "01/07/2013" in page


def test_one_level_is_paged_and_costs_the_same_queries(as_role, django_assert_max_num_queries):
    commune = make_committee("X", Kind.UPPER)
    with journal.pen(None, "found"):
        for k in range(120):
            make_committee(f"X-{k:03}", Kind.CELL, commune)
    client = as_role(Role.STAFF, commune)
    client.get(TREE)
    with django_assert_max_num_queries(11):
        page = text(client.get(TREE, {"under": "X", "page": 2}))
    codes = set(re.findall(r"under=(X-\d+)", page))
    assert codes == {f"X-{k:03}" for k in range(50, 100)}
    assert "Dòng 51–100 trong 120" in page


def test_nothing_beyond_the_reach_is_named(as_role, dat_do):
    client = as_role(Role.SECRETARY, dat_do["T-1-2"])
    for query in ({}, {"q": "to chuc"}, {"under": "T-1-2"}, {"on": "01/01/2012"}, {"under": "T-1-1-1"}):
        page = text(client.get(TREE, query))
        assert "Đất Đỏ" not in page and "Tổ chức T-1<" not in page and "Tổ chức T<" not in page


# The journal ----------------------------------------------------------------------------------------


@pytest.fixture
def written():
    """In province T and province U, one person each; and one deed on the whole register."""
    made = make_province("T") | make_province("U")
    for code in ("T-1-1-1", "U-1-1-1"):
        with journal.pen(None, "admit", about=f"person:{code}", committee=made[code]):
            make_person(f"Người của {code}", ethnicity="Tày")
    return made


def test_the_journal_shows_the_reach_and_nothing_else(as_role, written):
    page = text(as_role(Role.INSPECTOR, written["T"]).get(JOURNAL))
    assert "person:T-1-1-1" in page and "person:U-1-1-1" not in page
    assert "account:" not in page, "deeds without a committee belong to the whole register"
    assert "Người của" not in page, "the list tells no names"


def test_the_whole_register_shows_everything_and_the_heads(as_role, written):
    page = text(as_role(Role.INSPECTOR, None).get(JOURNAL))
    assert {"person:T-1-1-1", "person:U-1-1-1"} <= set(re.findall(r"person:[TU0-9-]+", page))
    assert re.search(r"tài khoản \w", page), "entries without a committee tell whose account they concern"
    assert journal.heads()[Entry.WRITES][1][:32] in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"chain": "writes"}, True),
        ({"chain": "reads"}, False),
        ({"deed": "admit"}, True),
        ({"deed": "load"}, False),
        ({"account": "ai-do"}, False),
        ({"committee": "T-1"}, True),
        ({"committee": "T-1-1-1"}, True),
        ({"committee": "U-1-1-1"}, False),
        ({"committee": "nowhere"}, False),
        ({"since": "01/01/2020"}, True),
        ({"until": "01/01/2020"}, False),
    ],
)
def test_each_condition_narrows(as_role, written, query, found):
    page = text(as_role(Role.INSPECTOR, written["T"]).get(JOURNAL, query))
    assert ("person:T-1-1-1" in page) == found
    assert "person:U-1-1-1" not in page


def test_both_ends_of_the_days_are_inclusive(as_role, written):
    today = vietnamese.day(vietnamese.today())
    page = text(as_role(Role.INSPECTOR, written["T"]).get(JOURNAL, {"since": today, "until": today}))
    assert "person:T-1-1-1" in page


def test_a_bad_day_shows_nothing_and_says_why(as_role, written):
    page = text(as_role(Role.INSPECTOR, written["T"]).get(JOURNAL, {"since": "31/02/2020"}))
    assert "không có ngày này trong lịch" in page and "person:T-1-1-1" not in page


def test_pages_follow_each_other_without_loss_or_repeat_while_others_write(as_role, written):
    with_committee = {"committee": written["T-1-1-1"]}
    for k in range(120):
        with journal.pen(None, "load", about=f"row:{k}", **with_committee):
            pass
    client, seen, query = as_role(Role.INSPECTOR, written["T"]), [], {}
    for _ in range(5):
        page = text(client.get(JOURNAL, query))
        seen += re.findall(r"row:(\d+)", page)
        older = re.search(r"before=(\d+)", page)
        if not older:
            break
        query = {"before": older[1]}
        with journal.pen(None, "load", about="meanwhile", **with_committee):
            pass
    assert seen == [str(k) for k in reversed(range(120))]


def entry_page(chain=Entry.WRITES, **about):
    entry = Entry.objects.get(chain=chain, **about)
    return reverse("committees:entry", args=[entry.chain, entry.number])


def test_an_entry_shows_old_and_new_and_that_it_was_read(as_role, written):
    client = as_role(Role.INSPECTOR, written["T"])
    page = text(client.get(entry_page(about="person:T-1-1-1")))
    assert "Người của T-1-1-1" in page and "Tày" in page
    read = Entry.objects.get(chain=Entry.READS)
    assert (read.deed, read.committee, read.actor.username) == (
        "journal-read",
        written["T-1-1-1"],
        "inspector-thu",
    )


def test_personal_values_stay_hidden_without_the_right_to_see_people(as_role, written, monkeypatch):
    from committees import access

    monkeypatch.setitem(access.RIGHTS, Role.INSPECTOR, {access.TREE, access.JOURNAL})
    page = text(as_role(Role.INSPECTOR, written["T"]).get(entry_page(about="person:T-1-1-1")))
    assert "Người của" not in page and "Tày" not in page
    assert "Họ và tên" in page, "which fields were written is no secret"
    assert not Entry.objects.filter(chain=Entry.READS).exists()


def test_an_erased_entry_has_a_page(as_role, written):
    Entry.objects.get(about="person:T-1-1-1")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE committees_entry SET payload = '', salt = %s WHERE about = 'person:T-1-1-1'", [b""]
        )
    assert "không giữ nội dung" in text(
        as_role(Role.INSPECTOR, written["T"]).get(entry_page(about="person:T-1-1-1"))
    )


def test_every_deed_has_a_word():
    """Whoever adds a deed gives it a word for the journal's page and its filter."""
    root, found = Path(deeds.__file__).resolve().parents[1], set()
    for file in [*root.glob("committees/**/*.py"), *root.glob("recruitment/**/*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", ""))
            if (
                name in {"pen", "_deed", "read_entry"}
                and len(node.args) > 1
                and isinstance(node.args[1], ast.Constant)
            ):
                found.add(node.args[1].value)
    assert len(found) > 10
    assert not found - set(deeds.DEEDS), "no word in committees/deeds.py"


# Accounts -------------------------------------------------------------------------------------------


@pytest.fixture
def staffed():
    made = make_province("T", districts=2)
    make_account("an", Role.STAFF, made["T-1"], full_name="Nguyễn Văn Ân")
    make_account("binh", Role.STAFF, made["T-2"])
    both = make_account("chi", Role.STAFF, made["T-1"])
    make_mandate(both, Role.STAFF, made["T-2"])
    make_account("lone")
    return made


def test_the_list_shows_accounts_and_mandates_within_reach(as_role, staffed):
    page = text(as_role(Role.ADMINISTRATOR, staffed["T-1"]).get(ACCOUNTS))
    assert "Nguyễn Văn Ân" in page and "chi" in page
    assert "binh" not in page and "lone" not in page and "Tổ chức T-2" not in page


def test_the_whole_registers_administrator_sees_everyone(as_role, staffed):
    page = text(as_role(Role.ADMINISTRATOR, None).get(ACCOUNTS))
    assert all(name in page for name in ("Nguyễn Văn Ân", "binh", "chi", "lone"))
    assert "Nguyễn Văn Ân" in text(as_role(Role.ADMINISTRATOR, None).get(ACCOUNTS, {"q": "nguyen van an"}))


def test_a_new_code_is_shown_once_and_opens_the_account(as_role, staffed):
    client = as_role(Role.ADMINISTRATOR, staffed["T-1"])
    account = Account.objects.get(username="an")
    response = client.post(reverse("committees:account-code", args=[account.pk]))
    code = re.search(r"<b>([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})</b>", text(response))[1]
    account.refresh_from_db()
    assert account.check_password(code) and account.must_change_password
    assert "no-store" in response["Cache-Control"]
    assert code not in str(response.cookies) and code not in text(client.get(ACCOUNTS))
    assert Entry.objects.latest("pk").actor.username == "administrator-thu"


@pytest.mark.parametrize(
    ("username", "status"), [("chi", 403), ("binh", 404), ("lone", 404), ("administrator-thu", 403)]
)
def test_no_code_for_who_holds_more_than_one_reaches_nor_for_oneself(as_role, staffed, username, status):
    client = as_role(Role.ADMINISTRATOR, staffed["T-1"])
    account = Account.objects.get(username=username)
    before = journal.heads()
    assert client.post(reverse("committees:account-code", args=[account.pk])).status_code == status
    assert journal.heads() == before
    assert f"/accounts/{account.pk}/code/" not in text(client.get(ACCOUNTS))


def test_ending_a_mandate_is_told_and_works_at_once(as_role, staffed):
    client = as_role(Role.ADMINISTRATOR, staffed["T-1"])
    mandate = Mandate.objects.get(account__username="an")
    response = client.post(reverse("committees:mandate-end", args=[mandate.pk]), follow=True)
    page = reverse("committees:account", args=[mandate.account_id])
    assert response.redirect_chain == [(page, 302)] and "Đã kết thúc phân quyền của an" in text(response)
    mandate.refresh_from_db()
    assert mandate.until == vietnamese.today()


def test_a_mandate_that_has_ended_is_not_ended_again(as_role, staffed):
    mandate = Mandate.objects.get(account__username="an")
    long_ago = vietnamese.today() - timedelta(days=90)
    accounts.end_mandate(mandate, by=None, on=long_ago)
    client = as_role(Role.ADMINISTRATOR, staffed["T-1"])
    before = journal.heads()
    client.post(reverse("committees:mandate-end", args=[mandate.pk]))
    mandate.refresh_from_db()
    assert mandate.until == long_ago and journal.heads() == before


def test_the_whole_registers_mandate_is_ended_by_nobody_on_a_page(as_role, staffed):
    first = make_account("first", Role.ADMINISTRATOR)
    client = as_role(Role.ADMINISTRATOR, None)
    where = reverse("committees:mandate-end", args=[first.mandates.get().pk])
    assert client.post(where).status_code == 403
    assert where not in text(client.get(reverse("committees:account", args=[first.pk])))

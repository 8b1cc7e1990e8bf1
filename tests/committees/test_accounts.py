"""Accounts: somebody new, and what Alice may with Bob (cast.py) and not with Charlie, with Dora, or with herself."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees import access, accounts, journal, vietnamese
from committees.models import Account, Role
from tests.factories import door, end_committee, make_account, make_mandate, make_province

from .cast import TODAY, TOMORROW, YESTERDAY, build, entered, last_entry, text, to

pytestmark = pytest.mark.django_db
NEW = reverse("committees:account-new")


@pytest.fixture
def at():
    return make_province("T", districts=2)


@pytest.fixture
def cast(at):
    return build(at)


@pytest.fixture
def alice(cast):
    return entered(cast["alice"])


def somebody(**said):
    """What is typed to add somebody."""
    typed = {"username": "can-bo-moi", "full_name": "Nguyễn Thị  Hoa", "role": "staff", "committee": "T-1"}
    return typed | {"since": "", "last": ""} | said


# Somebody new ---------------------------------------------------------------------------------------


def test_a_new_account_has_its_mandate_and_its_code_is_shown_once(cast, alice, at):
    before = journal.head()[0]
    response = alice.post(NEW, somebody(last=vietnamese.day(TOMORROW)))
    code = re.search(r"<b>([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})</b>", text(response))[1]
    assert "no-store" in response["Cache-Control"] and code not in str(response.cookies)
    made = Account.objects.get(username="can-bo-moi")
    assert made.full_name == "Nguyễn Thị Hoa" and made.check_password(code) and made.must_change_password
    mandate = made.mandates.get()
    assert (mandate.role, mandate.committee, mandate.since, mandate.until) == (
        Role.STAFF, at["T-1"], TODAY, TOMORROW + timedelta(days=1),
    )  # fmt: skip
    assert journal.head()[0] == before + 1, "account and mandate in one deed"
    entry = last_entry()
    assert (entry.actor, entry.about, entry.committee) == (cast["alice"], "account:can-bo-moi", at["T-1"])
    assert code not in entry.payload


def refused_new(client, status=400, **said):
    """The request that succeeds, with only this changed: refused, and nothing is written."""
    before = journal.heads()
    page = text(client.post(NEW, somebody(**said)), status)
    assert journal.heads() == before and not Account.objects.filter(username="can-bo-moi").exists()
    return page


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"committee": "T-2"}, "Không có tổ chức đảng nào khớp “T-2” trong phạm vi của anh chị."),
        ({"committee": "nowhere"}, "Không có tổ chức đảng nào khớp “nowhere” trong phạm vi của anh chị."),
        ({"committee": ""}, "Còn trống"),
        ({"role": ""}, "Còn trống"),
        ({"role": "owner"}, "owner"),
        ({"username": "can bo"}, "không có dấu cách"),
        ({"full_name": "  "}, "Còn trống"),
        ({"since": "31/02/2026"}, "không có ngày này trong lịch"),
        ({"last": "01/01/2020"}, "Ngày cuối 01/01/2020 trước ngày bắt đầu"),
        ({"since": "01/01/2020", "last": "02/01/2020"}, "Ngày cuối 02/01/2020 đã qua."),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(cast, alice, said, told):
    page = refused_new(alice, **said)
    assert told in page and "<title>Lỗi:" in page


def test_a_name_in_reach_leads_to_its_account_and_one_beyond_tells_nothing_more(cast, alice):
    for written in ("bob", "Bob", "BOB"):
        page = refused_new(alice, username=written)
        assert "Tên này đã có người dùng" in page and to("account", cast["bob"].pk) in page
    page = refused_new(alice, username="charlie")
    assert "Tên này đã có người dùng" in page
    assert to("account", cast["charlie"].pk) not in page and "Lê Thị Cúc" not in page


@pytest.mark.parametrize("reach", ["within", "beyond"])
def test_no_mandate_goes_beyond_the_last_day_of_a_committee_that_will_end(cast, alice, at, reach):
    """It would open the heir, which is named where it lies within reach."""
    heir = at["T-1-1"] if reach == "within" else at["T-2"]
    make_mandate(cast["alice"], Role.ADMINISTRATOR, at["T-1-1"])
    end_committee(at["T-1"], TOMORROW, heir)
    for last in ("", vietnamese.day(TOMORROW)):
        page = refused_new(alice, last=last)
        assert f"chỉ hoạt động đến hết {vietnamese.day(TODAY)}" in page
        assert (f"({heir.code})" in page) == (reach == "within")
        answer = alice.post(to("mandate-new", cast["ended"].pk), somebody(role="inspector", last=last))
        assert f"chỉ hoạt động đến hết {vietnamese.day(TODAY)}" in text(answer, 400)
    assert alice.post(NEW, somebody(last=vietnamese.day(TODAY))).status_code == 200


def test_who_holds_no_such_right_adds_nobody(cast):
    refused_new(entered(cast["bob"]), status=403)
    with pytest.raises(PermissionDenied):
        accounts.create(
            "can-bo-moi", full_name="x", role="staff", committee=cast["bob"].mandates.get().committee,
            by=cast["bob"], since=TODAY,
        )  # fmt: skip
    assert not Account.objects.filter(username="can-bo-moi").exists()


# One account ----------------------------------------------------------------------------------------


def test_the_page_tells_mandates_by_their_days(cast, alice, at):
    make_mandate(cast["bob"], Role.SECRETARY, at["T-1"], since=TOMORROW)
    make_mandate(cast["bob"], Role.STANDING, at["T-1"], until=TODAY)
    page = text(alice.get(to("account", cast["bob"].pk)))
    order = [
        "Đang có hiệu lực",
        "Cán bộ ban tổ chức",
        "Sắp có hiệu lực",
        "Bí thư",
        "Đã kết thúc",
        "Ban thường vụ",
    ]
    places = [page.index(word) for word in order]
    assert places == sorted(places)
    assert vietnamese.day(YESTERDAY) in page, "the last day is the last on which it held"


def test_what_lies_beyond_the_reach_is_not_told(cast, alice):
    page = text(alice.get(to("account", cast["dora"].pk)))
    assert "T-1" in page and "T-2" not in page
    for deed in ("account-code", "account-sessions", "account-close"):
        assert to(deed, cast["dora"].pk) not in page
    assert all(to(deed, cast["bob"].pk) in text(alice.get(to("account", cast["bob"].pk)))
               for deed in ("account-code", "account-sessions", "account-close", "mandate-new"))  # fmt: skip


DEEDS = {
    "account-code": {},
    "account-sessions": {},
    "account-close": {},
    "account-reopen": {},
    "account": {"full_name": "Tên Khác"},
}


@pytest.mark.parametrize("name", DEEDS)
def test_what_alice_may_with_bob_she_may_with_nobody_beyond(cast, alice, name):
    def asked(whose):
        account = Account.objects.get(username=whose)
        before = journal.heads()
        status = alice.post(to(name, account.pk), DEEDS[name] | {"stamp": account.stamp}).status_code
        return status, journal.heads() != before

    assert asked("bob") in {(302, True), (200, True)}
    assert asked("ended") in {(302, True), (200, True)}
    assert asked("charlie") == (404, False)
    assert asked("root") == (404, False)
    assert asked("dora") == (403, False)
    if name != "account-sessions":
        assert asked("alice") == (403, False)


def test_the_whole_registers_administrator_reaches_everyone(cast):
    root = entered(cast["root"])
    for whose in ("bob", "charlie", "dora", "alice"):
        assert root.post(to("account-sessions", cast[whose].pk)).status_code == 302


def test_the_deeds_refuse_without_any_page(cast, at):
    deeds = (
        lambda account, by: accounts.open_account(account.username, by=by),
        lambda account, by: accounts.close(account, by=by),
        lambda account, by: accounts.reopen(account, by=by),
        lambda account, by: accounts.rename(account, "x", by=by, stamp=None),
    )
    for whose, deed in product(("charlie", "dora", "root", "alice"), deeds):
        before = journal.heads()
        with pytest.raises(PermissionDenied):
            deed(cast[whose], cast["alice"])
        assert journal.heads() == before
    with pytest.raises(PermissionDenied):
        accounts.end_sessions(cast["charlie"], by=cast["alice"])
    with pytest.raises(PermissionDenied):
        accounts.grant(cast["alice"], Role.STAFF, at["T-1"], by=cast["alice"], since=TODAY)
    with pytest.raises(PermissionDenied):
        accounts.grant(cast["bob"], Role.STAFF, at["T-2"], by=cast["alice"], since=TODAY)
    with pytest.raises(PermissionDenied):
        accounts.grant(cast["bob"], Role.ADMINISTRATOR, None, by=cast["root"], since=TODAY)


def test_a_code_does_not_open_an_account_that_was_closed(cast):
    accounts.close(cast["bob"], by=cast["alice"])
    with pytest.raises(PermissionDenied):
        accounts.open_account("bob", by=cast["alice"])
    assert not Account.objects.get(username="bob").is_active
    accounts.reopen(cast["bob"], by=cast["alice"])
    accounts.open_account("bob", by=cast["alice"])


def test_a_right_that_ended_a_moment_ago_does_nothing_more(cast):
    """The door is asked under the pen: what a request knew when it began is not enough."""
    by = cast["alice"]
    assert door(by).holds(access.ACCOUNTS)
    accounts.end_mandate(by.mandates.get(), by=None, on=TODAY)
    with pytest.raises(PermissionDenied):
        accounts.close(cast["bob"], by=by)


def test_two_who_write_a_name_at_once_see_both_versions(cast, alice):
    page = to("account", cast["bob"].pk)
    stamp = Account.objects.get(username="bob").stamp
    assert alice.post(page, {"full_name": "Trần Văn Bình", "stamp": stamp}).status_code == 302
    overtaken = text(entered(cast["root"]).post(page, {"full_name": "Trần Bảo", "stamp": stamp}), 409)
    assert "alice đã sửa" in overtaken and "Trần Văn Bình" in overtaken and 'value="Trần Bảo"' in overtaken
    assert Account.objects.get(username="bob").full_name == "Trần Văn Bình"
    again = re.search(r'name="stamp" value="(\d+)"', overtaken)[1]
    assert entered(cast["root"]).post(page, {"full_name": "Trần Bảo", "stamp": again}).status_code == 302
    assert Account.objects.get(username="bob").full_name == "Trần Bảo"


def test_a_page_asks_as_many_queries_for_three_as_for_one(cast, alice, at):
    def queries(address):
        alice.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            text(alice.get(address))
        return len(asked)

    page, index = to("account", cast["bob"].pk), reverse("committees:account-list")
    one = queries(page), queries(index)
    for role in (Role.SECRETARY, Role.STANDING):
        make_mandate(cast["bob"], role, at["T-1"])
        make_account(f"more-{role}", role, at["T-1"])
    assert (queries(page), queries(index)) == one
    assert one[0] <= 8

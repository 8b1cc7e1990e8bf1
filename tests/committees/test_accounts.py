"""Accounts and mandates. The cast: Alice administers T-1, Zoe administers T-2, Root the whole register. Bob works in
T-1, Charlie in T-2, Dora in both. What Alice may with Bob she may not with Charlie, with Dora, or with herself."""

import re
from datetime import date, timedelta
from itertools import product
from types import SimpleNamespace

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from committees import access, accounts, journal, vietnamese
from committees.forms import MandateForm
from committees.models import Account, Entry, Mandate, Role
from tests.factories import PASSWORD, door, end_committee, make_account, make_mandate, make_province

pytestmark = pytest.mark.django_db
TODAY = vietnamese.today()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
NEW = reverse("committees:account-new")


@pytest.fixture
def at():
    return make_province("T", districts=2)


@pytest.fixture
def cast(at):
    made = {
        "alice": make_account("alice", Role.ADMINISTRATOR, at["T-1"]),
        "zoe": make_account("zoe", Role.ADMINISTRATOR, at["T-2"]),
        "root": make_account("root", Role.ADMINISTRATOR),
        "bob": make_account("bob", Role.STAFF, at["T-1"], full_name="Trần Văn Bảo"),
        "charlie": make_account("charlie", Role.STAFF, at["T-2"], full_name="Lê Thị Cúc"),
        "dora": make_account("dora", Role.STAFF, at["T-1"]),
        "ended": make_account("ended", Role.STAFF, at["T-1"], until=TODAY),
    }
    make_mandate(made["dora"], Role.STAFF, at["T-2"])
    return made


def entered(account):
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def alice(cast):
    return entered(cast["alice"])


def to(name, pk):
    return reverse(f"committees:{name}", args=[pk])


def text(response, status=200):
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def last_entry(chain=Entry.WRITES):
    return Entry.objects.filter(chain=chain).latest("number")


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


# Mandates -------------------------------------------------------------------------------------------


def given_to(client, account, **said):
    typed = {"role": "secretary", "committee": "T-1", "since": "", "last": ""} | said
    return client.post(to("mandate-new", account.pk), typed)


def test_a_mandate_given_holds_from_its_first_day_to_its_last(cast, alice, at):
    said = {"since": vietnamese.day(TOMORROW), "last": vietnamese.day(TOMORROW)}
    assert given_to(alice, cast["bob"], **said).status_code == 302
    mandate = Mandate.objects.get(account=cast["bob"], role=Role.SECRETARY)
    assert (mandate.since, mandate.until) == (TOMORROW, TOMORROW + timedelta(days=1))
    assert last_entry().deed == "mandate-grant" and last_entry().committee == at["T-1"]


def test_nobody_gives_beyond_their_reach_or_to_themself(cast, alice):
    before = journal.heads()
    assert "Không có tổ chức đảng nào khớp" in text(given_to(alice, cast["bob"], committee="T-2"), 400)
    assert given_to(alice, cast["alice"]).status_code == 403
    assert alice.get(to("mandate-new", cast["alice"].pk)).status_code == 403
    assert given_to(alice, cast["charlie"]).status_code == 404
    assert given_to(entered(cast["bob"]), cast["dora"]).status_code == 403
    assert journal.heads() == before
    assert given_to(alice, cast["bob"]).status_code == 302


def test_the_same_role_twice_on_one_day_is_refused_with_its_days(cast, alice):
    last = TODAY + timedelta(days=30)
    assert given_to(alice, cast["bob"], last=vietnamese.day(last)).status_code == 302
    before = journal.heads()
    page = text(given_to(alice, cast["bob"], since=vietnamese.day(last)), 400)
    assert f"ngày cuối {vietnamese.day(last)}" in page and journal.heads() == before
    after = last + timedelta(days=1)
    assert given_to(alice, cast["bob"], since=vietnamese.day(after)).status_code == 302


def test_a_mandate_ended_on_its_first_day_may_be_given_again(cast, alice):
    given_to(alice, cast["bob"])
    mandate = Mandate.objects.get(account=cast["bob"], role=Role.SECRETARY)
    alice.post(to("mandate-end", mandate.pk))
    assert given_to(alice, cast["bob"]).status_code == 302
    again = Mandate.objects.get(account=cast["bob"], role=Role.SECRETARY)
    assert (again.since, again.until) == (TODAY, None)


def ended_by(client, mandate, last=""):
    return client.post(to("mandate-end", mandate.pk), {f"m{mandate.pk}-last": last})


def test_a_mandate_ends_after_the_day_typed_and_at_once_without_one(cast, alice):
    mandate = cast["bob"].mandates.get()
    assert ended_by(alice, mandate, vietnamese.day(TOMORROW)).status_code == 302
    mandate.refresh_from_db()
    assert mandate.until == TOMORROW + timedelta(days=1)
    assert ended_by(alice, mandate).status_code == 302
    mandate.refresh_from_db()
    assert mandate.until == TODAY


@pytest.mark.parametrize("typed", [YESTERDAY, "32/01/2026"])
def test_a_day_that_cannot_end_it_is_refused_beside_its_field(cast, alice, typed):
    mandate, before = cast["bob"].mandates.get(), journal.heads()
    written = typed if isinstance(typed, str) else vietnamese.day(typed)
    page = text(ended_by(alice, mandate, written), 400)
    assert written in page and "<title>Lỗi:" in page and f'id="id_m{mandate.pk}-last_error"' in page
    assert journal.heads() == before


def test_ending_never_lengthens(cast, alice):
    mandate = cast["bob"].mandates.get()
    ended_by(alice, mandate, vietnamese.day(TOMORROW))
    before = journal.heads()
    page = text(alice.post(to("mandate-end", mandate.pk),
                           {f"m{mandate.pk}-last": vietnamese.day(TODAY + timedelta(days=9))}, follow=True))  # fmt: skip
    assert "không có gì thay đổi" in page and journal.heads() == before


def test_an_administrator_does_not_end_it_in_the_past(cast):
    mandate = accounts.end_mandate(cast["bob"].mandates.get(), by=cast["alice"], on=date(2020, 1, 1))
    assert mandate.until == TODAY
    with pytest.raises(PermissionDenied):
        accounts.end_mandate(cast["charlie"].mandates.get(), by=cast["alice"], on=TODAY)


days = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@given(since=days, last=st.none() | days, asked=days)
def test_what_is_typed_is_what_holds(since, last, asked):
    """A form that passes gives a mandate in force on exactly the days from the first to the last, both included; one
    that is refused had no day left, today or later."""

    class Days(MandateForm):
        role = committee = None

        def __init__(self, *args, access):
            super(MandateForm, self).__init__(*args)
            self.today = access.today

    typed = {"since": vietnamese.day(since), "last": "" if last is None else vietnamese.day(last)}
    form = Days(typed, access=SimpleNamespace(today=TODAY))
    assert form.is_valid() == (last is None or last >= max(since, TODAY))
    if form.is_valid():
        form.cleaned_data |= {"role": "staff", "committee": None}
        granted = form.granted()
        holds = granted["since"] <= asked and (granted["until"] is None or asked < granted["until"])
        assert holds == (since <= asked and (last is None or asked <= last))


@given(first=st.tuples(days, st.none() | days), second=st.tuples(days, st.none() | days))
def test_two_that_overlap_are_found_on_exactly_their_common_days(first, second):
    (a, b), (c, d) = (
        (since, until if until is None or until >= since else since) for since, until in (first, second)
    )
    if d == c:
        return  # nothing is given for no day at all
    far = date(2040, 1, 1)
    account = Account.objects.filter(username="pair").first() or make_account("pair")
    make_mandate(account, Role.STAFF, since=a, until=b)
    found = account.mandates.all().overlapping(c, d).exists()
    with journal.pen(None, "test"):
        account.mandates.all().delete()
    assert found == (max(a, c) < min(b or far, d or far))


# Sessions -------------------------------------------------------------------------------------------


def is_in(client):
    return client.get(reverse("password-change")).status_code == 200


def signed_in(username):
    client = Client()
    assert client.post("/login/", {"username": username, "password": PASSWORD}).status_code == 302
    return client


def test_an_administrator_ends_every_session_of_bob_and_of_nobody_else(cast, alice):
    desk, phone, other = signed_in("bob"), signed_in("bob"), signed_in("dora")
    assert is_in(desk) and is_in(phone)
    assert alice.post(to("account-sessions", cast["bob"].pk)).status_code == 302
    assert not is_in(desk) and not is_in(phone) and is_in(other)
    assert is_in(signed_in("bob")), "the password is still his"
    entry = last_entry()
    assert (entry.deed, entry.actor, entry.about) == ("sessions-end", cast["alice"], "account:bob")


@pytest.mark.parametrize("who", ["bob", "alice"])
def test_one_ends_ones_other_sessions_and_goes_on_here(cast, who):
    here, there = signed_in(who), signed_in(who)
    page = text(here.get(reverse("password-change")))
    assert to("account-sessions", cast[who].pk) in page
    response = here.post(to("account-sessions", cast[who].pk))
    assert response.status_code == 302 and response.url == reverse("password-change")
    assert is_in(here) and not is_in(there)


def test_nobody_ends_anothers_sessions_without_the_right(cast):
    bob, charlie = signed_in("bob"), signed_in("charlie")
    assert bob.post(to("account-sessions", cast["charlie"].pk)).status_code == 403
    assert is_in(charlie)


def test_a_closed_account_is_out_at_the_next_click_and_its_sessions_stay_ended(cast, alice):
    bob = signed_in("bob")
    alice.post(to("account-close", cast["bob"].pk))
    assert not is_in(bob)
    assert Client().post("/login/", {"username": "bob", "password": PASSWORD}).status_code == 200
    assert alice.post(to("account-code", cast["bob"].pk)).status_code == 403, "a code is no way around it"
    for page in (reverse("committees:account-list"), to("account", cast["bob"].pk)):
        assert to("account-code", cast["bob"].pk) not in text(alice.get(page))
    alice.post(to("account-reopen", cast["bob"].pk))
    assert not is_in(bob) and is_in(signed_in("bob"))


def test_a_password_chosen_meanwhile_takes_nothing_back(cast):
    """Bob's request was let in before Alice closed the account, or ended its sessions; it writes after her."""
    for deed in (accounts.close, accounts.end_sessions):
        accounts.reopen(cast["bob"], by=None)
        bob = Account.objects.get(username="bob")
        deed(cast["bob"], by=cast["alice"])
        with pytest.raises(PermissionDenied):
            accounts.set_password(bob, "mat-khau-thu-9", by=bob)
        now = Account.objects.get(username="bob")
        assert now.check_password(PASSWORD)
    bob = accounts.reopen(cast["bob"], by=None)
    accounts.rename(bob, "Trần Mới", by=cast["alice"], stamp=None)
    assert accounts.set_password(bob, "mat-khau-thu-9", by=bob).full_name == "Trần Mới"


def test_a_mandate_is_not_readable_before_its_day_nor_after(cast, at):
    eva = make_account("eva", Role.STAFF, at["T-1"], since=TOMORROW, until=TOMORROW + timedelta(days=1))
    tree = reverse("committees:tree")

    def opens(day):
        # By day: a session of its own, for nine hours end one however busy.
        with time_machine.travel(f"{day.isoformat()} 10:00:00+07:00", tick=False):
            return entered(eva).get(tree).status_code

    assert [opens(TODAY), opens(TOMORROW), opens(TOMORROW + timedelta(days=1))] == [403, 200, 403]


def test_what_is_ended_or_given_holds_in_a_session_that_goes_on(cast, alice, at):
    bob, tree = signed_in("bob"), reverse("committees:tree")
    assert bob.get(tree).status_code == 200
    ended_by(alice, cast["bob"].mandates.get())
    assert bob.get(tree).status_code == 403 and is_in(bob)
    given_to(alice, cast["bob"])
    assert bob.get(tree).status_code == 200


# Who signed in --------------------------------------------------------------------------------------


def tried(username, password):
    before = journal.head(Entry.READS)[0]
    Client().post("/login/", {"username": username, "password": password})
    return list(
        Entry.objects.filter(chain=Entry.READS, number__gt=before).values_list(
            "deed", "actor__username", "about", "payload"
        )
    )


def test_who_signs_in_and_who_is_refused_stands_in_the_journal(cast, alice):
    assert tried("bob", PASSWORD) == [("sign-in", "bob", "account:bob", "{}")]
    assert tried("bob", "sai") == [("sign-in-refused", None, "account:bob", "{}")]
    assert tried("mat-khau-go-nham", "x") == [("sign-in-refused", None, "", "{}")], "perhaps a password"
    alice.post(to("account-close", cast["bob"].pk))
    assert tried("bob", PASSWORD) == [("sign-in-refused", None, "account:bob", "{}")]
    assert tried("", "") == []


def test_whoever_goes_on_trying_while_locked_out_does_not_fill_the_journal(cast):
    told = [len(tried("bob", "sai")) for _ in range(8)]
    assert told == [1, 1, 1, 1, 1, 0, 0, 0]


def test_the_inspector_reads_that_it_was_nobody_known(cast):
    tried("bob", "sai")
    kim = entered(make_account("kim", Role.INSPECTOR))
    page = text(kim.get(reverse("committees:journal"), {"deed": "sign-in-refused"}))
    assert "Người chưa đăng nhập" in page and "Người vận hành máy" not in page
    entry = last_entry(Entry.READS)
    assert "Người chưa đăng nhập" in text(
        kim.get(reverse("committees:entry", args=[entry.chain, entry.number]))
    )

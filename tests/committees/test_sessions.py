"""Sessions of the cast (cast.py): who ends them, what goes on in them, and what the journal says of who signed in."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from committees import accounts, journal
from committees.models import Account, Entry, Role
from tests.factories import PASSWORD, make_account, make_province

from .cast import TODAY, TOMORROW, build, ended_by, entered, given_to, last_entry, text, to

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make_province("T", districts=2)


@pytest.fixture
def cast(at):
    return build(at)


@pytest.fixture
def alice(cast):
    return entered(cast["alice"])


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

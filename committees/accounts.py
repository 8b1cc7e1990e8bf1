"""Deeds on accounts and mandates. Each holds the pen and asks, under it, what its doer may; none trusts the page that
calls it. `by` is the Account that does it, None the operator of the machine, who may everything."""

import secrets
from contextlib import contextmanager
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from . import access, journal, vietnamese
from .editing import unchanged
from .models import Account, Mandate, Role
from .roster import Roster

# No letter or digit that is mistaken for another when read out over the telephone.
ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"
CODE_DAYS = 7


class Taken(Exception):
    """Another account bears that name already (upper and lower case are one)."""

    def __init__(self, account):
        super().__init__(account.username)
        self.account = account


class AlreadyHeld(Exception):
    """The account holds that role there on some of these days: `mandate`."""

    def __init__(self, mandate):
        super().__init__(f"mandate:{mandate.pk}")
        self.mandate = mandate


class CommitteeEnds(Exception):
    """The committee stands no more from the day `on`, and the mandate would go beyond: its heir would be open to it."""

    def __init__(self, on):
        super().__init__(str(on))
        self.on = on


class AlreadyEnded(Exception):
    """The mandate ends by that day anyway."""


def new_code():
    """A one-time code of 12 signs (58 bits), in groups of four."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


@contextmanager
def _deed(by, deed, username, committee=None):
    """The pen, and the Access of who writes (None: the operator). Its mandates are read under the pen: who lost the
    right a moment ago does nothing more."""
    door = None if by is None else access.Access(by)
    if door is not None:
        _ = (
            door.tree
        )  # the structure is remembered outside the pen; read inside it, it would cost the whole of it
    with journal.pen(by, deed, about=f"account:{username}", committee=committee):
        yield door


def _require_reach(door, account):
    if door is not None and not Roster(door).may_change(account, list(account.mandates.all())):
        raise PermissionDenied


def _coded(account, code, password):
    """A one-time code takes the place of the password; sessions of the old one end."""
    account.must_change_password = True
    account.code_until = timezone.now() + timedelta(days=CODE_DAYS)
    account.password = password
    account.save()
    return account, code


def open_account(username, *, by, full_name="", administrator=False):
    """The operator's way: make the account or open it again, with a new one-time code. Returns (account, code).

    administrator: also the whole register's administrator. An administrator (by) may only give a code to an account
    that is there, open and within reach: `Roster.may_change`. Raises PermissionDenied.
    """
    code = new_code()
    password = make_password(code)
    with _deed(by, "account-open", username) as door:
        account = Account.objects.filter(username=username).first() or Account(username=username)
        if door is not None:
            if administrator or account.pk is None or not account.is_active:
                raise PermissionDenied
            _require_reach(door, account)
        account.full_name = full_name or account.full_name
        account.is_active = True
        _coded(account, code, password)
        if (
            administrator
            and not account.mandates.filter(role=Role.ADMINISTRATOR, committee=None, until=None).exists()
        ):
            Mandate(account=account, role=Role.ADMINISTRATOR, since=vietnamese.today()).save()
    return account, code


def create(username, *, full_name, role, committee, by, since, until=None):
    """A new account with its first mandate, [since, until) half-open: both or neither. Returns (account, code).

    Raises Taken where the name is another's, PermissionDenied and CommitteeEnds as `grant`.
    """
    code = new_code()
    password = make_password(code)
    with _deed(by, "account-open", username, committee) as door:
        taken = Account.objects.filter(username__iexact=username).first()
        if taken is not None:
            raise Taken(taken)
        account, code = _coded(Account(username=username, full_name=full_name), code, password)
        _give(door, account, role, committee, since, until)
    return account, code


def rename(account, full_name, *, by, stamp):
    """Write the holder's name otherwise. Raises Overtaken (`editing`) if the account was written after `stamp`."""
    with _deed(by, "account-rename", account.username) as door:
        account = unchanged(account, stamp)
        _require_reach(door, account)
        account.full_name = full_name
        account.save()
    return account


def close(account, *, by):
    """Nothing opens with the account any more; who works with it is out at the next request. Raises PermissionDenied
    beyond one's reach and for oneself."""
    with _deed(by, "account-close", account.username) as door:
        return _set_open(door, account, False)


def reopen(account, *, by):
    """The account opens again with the password and the mandates it had; no session of before comes back."""
    with _deed(by, "account-reopen", account.username) as door:
        return _set_open(door, account, True)


def _set_open(door, account, is_open):
    account = Account.objects.get(pk=account.pk)
    _require_reach(door, account)
    account.is_active = is_open
    account.sessions_ended += 1
    account.save()
    return account


def end_sessions(account, *, by):
    """End every session of the account, wherever it is signed in, at its next request. One's own, or those of who is
    within reach; whoever ends one's own renews the session one works in (`update_session_auth_hash`)."""
    with _deed(by, "sessions-end", account.username) as door:
        account = Account.objects.get(pk=account.pk)
        if by is None or by.pk != account.pk:
            _require_reach(door, account)
        account.sessions_ended += 1
        account.save()
    return account


def set_password(account, raw, *, by):
    """Set a chosen password: the holder's own deed (by=account), or the operator's (by=None). Ends the one-time
    state; other sessions of the account end because their hash no longer matches. `account` is brought up to date.

    Raises PermissionDenied for who is not the holder, or is no longer: an account closed, or whose sessions were
    ended, after this request was let in.
    """
    if by is not None and by.pk != account.pk:
        raise PermissionDenied
    known, password = account.get_session_auth_hash(), make_password(raw)
    with journal.pen(by, "password-set", about=f"account:{account.username}"):
        account.refresh_from_db()
        if by is not None and not (account.is_active and account.get_session_auth_hash() == known):
            raise PermissionDenied
        account.password = password
        account.must_change_password = False
        account.code_until = None
        account.save()
    return account


def grant(account, role, committee, *, by, since, until=None):
    """Give a mandate. Nobody grants beyond the committees over which they administer, and nobody grants to themself:
    an administrator sees no personal data, and must not become someone who does alone.

    since and until are half-open days. Raises PermissionDenied, CommitteeEnds where the committee has a last day and the
    mandate goes beyond it, and AlreadyHeld where the account holds the same role there on one of these days.
    """
    with _deed(by, "mandate-grant", account.username, committee) as door:
        return _give(door, account, role, committee, since, until)


def _give(door, account, role, committee, since, until):
    if door is not None and (
        door.account.pk == account.pk or committee is None or not door.may(access.ACCOUNTS, committee.pk)
    ):
        raise PermissionDenied
    last = committee and committee.placements.order_by("since").last()
    if last and last.until and (until is None or until > last.until):
        raise CommitteeEnds(last.until)
    same = Mandate.objects.filter(account=account, committee=committee, role=role)
    held = same.overlapping(since, until).first()
    if held is not None:
        raise AlreadyHeld(held)
    # One ended on the very day it began was never in force: given again from that day, it is taken up again.
    mandate = same.filter(since=since).first() or Mandate(
        account=account, committee=committee, role=role, since=since
    )
    mandate.until = until
    mandate.save()
    return mandate


def end_mandate(mandate, *, by, on):
    """The mandate is in force for the last time on the day before `on`; never lengthens. An administrator ends from
    today on: what could be done until now stays told. Raises PermissionDenied outside one's reach and for the whole
    register's mandates, AlreadyEnded where nothing would change."""
    with _deed(by, "mandate-end", mandate.account.username, mandate.committee) as door:
        mandate = unchanged(mandate, None)
        if door is not None:
            if not (mandate.committee_id and door.may(access.ACCOUNTS, mandate.committee_id)):
                raise PermissionDenied
            on = max(on, door.today)
        on = max(on, mandate.since)
        if mandate.until is not None and mandate.until <= on:
            raise AlreadyEnded
        mandate.until = on
        mandate.save()
    return mandate

"""Deeds on accounts and mandates. Each holds the pen; none trusts the page that calls it."""

import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from . import access, journal
from .models import Account, Mandate, Role

# No letter or digit that is mistaken for another when read out over the telephone.
ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"
CODE_DAYS = 7


def new_code():
    """A one-time code of 12 signs (58 bits), in groups of four."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


def open_account(username, *, by, full_name="", administrator=False):
    """Make the account, or give an existing one a new one-time code. Returns (account, code).

    administrator: also the whole register's administrator; only the machine's operator (by=None) may give that.
    Raises PermissionDenied for an account that holds a mandate beyond the giver's reach.
    """
    if by is not None and (administrator or not may_reset(access.Access(by), username)):
        raise PermissionDenied
    code = new_code()
    with journal.pen(by, "account-open", about=f"account:{username}"):
        account = Account.objects.filter(username=username).first() or Account(username=username)
        account.full_name = full_name or account.full_name
        account.is_active = True
        account.must_change_password = True
        account.code_until = timezone.now() + timedelta(days=CODE_DAYS)
        account.set_password(code)
        account.save()
        if (
            administrator
            and not account.mandates.filter(role=Role.ADMINISTRATOR, committee=None, until=None).exists()
        ):
            Mandate(account=account, role=Role.ADMINISTRATOR, since=access.vietnamese.today()).save()
    return account, code


def may_reset(door, username):
    """Whether a one-time code may be given: never to oneself, and never to who holds a mandate beyond one's own
    reach, for a code opens everything the account may do."""
    if not door.holds(access.ACCOUNTS) or username == door.account.username:
        return False
    running = Mandate.objects.filter(account__username=username).exclude(until__lte=door.today)
    return all(
        door.may(access.ACCOUNTS, committee) for committee in running.values_list("committee_id", flat=True)
    )


def set_password(account, raw, *, by):
    """Set a chosen password: the holder's own deed (by=account), or the operator's (by=None). Ends the one-time
    state; other sessions of the account end because their hash no longer matches."""
    if by is not None and by.pk != account.pk:
        raise PermissionDenied
    with journal.pen(by, "password-set", about=f"account:{account.username}"):
        account.set_password(raw)
        account.must_change_password = False
        account.code_until = None
        account.save()
    return account


def grant(account, role, committee, *, by, since, until=None):
    """Give a mandate. Nobody grants beyond the committees over which they administer, and nobody grants to themself:
    an administrator sees no personal data, and must not become someone who does alone.

    since and until are half-open days; by=None is the machine's operator. Raises PermissionDenied.
    """
    if by is not None:
        door = access.Access(by)
        if by.pk == account.pk or committee is None or not door.may(access.ACCOUNTS, committee.pk):
            raise PermissionDenied
    with journal.pen(by, "mandate-grant", about=f"account:{account.username}", committee=committee):
        mandate = Mandate(account=account, committee=committee, role=role, since=since, until=until)
        mandate.save()
    return mandate


def end_mandate(mandate, *, by, on):
    """The mandate is in force for the last time on the day before `on`. Raises PermissionDenied outside one's reach."""
    if by is not None and not (
        mandate.committee_id and access.Access(by).may(access.ACCOUNTS, mandate.committee_id)
    ):
        raise PermissionDenied
    with journal.pen(
        by, "mandate-end", about=f"account:{mandate.account.username}", committee=mandate.committee
    ):
        # One that had ended by then stays ended: this deed never lengthens.
        mandate.until = min(max(on, mandate.since), mandate.until or on)
        mandate.save()

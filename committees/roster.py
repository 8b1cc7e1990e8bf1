"""Accounts and mandates as one administrator may see them."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404
from django.shortcuts import get_object_or_404

from . import access as door
from .browse import reach
from .models import Account, Mandate, Role
from .vietnamese import fold, sort_key


@dataclass(frozen=True)
class Held:
    """One mandate in a line of the list."""

    pk: int
    role: str
    code: str
    name: str
    since: object
    last: object  # its last day, inclusive; None: no end is set
    in_force: bool
    ended: bool
    may_end: bool


@dataclass(frozen=True)
class Row:
    """An account, what of its mandates lies within reach, and whether it is wholly within reach."""

    account: Account
    mandates: list
    may_change: bool

    @property
    def may_reset(self):
        """Whether a one-time code may be given: a closed account is opened again first."""
        return self.may_change and self.account.is_active


class Roster:
    """What the ACCOUNTS right of one account reaches. Accounts without any mandate belong to the whole register."""

    def __init__(self, access):
        self.access, self.structure = access, access.structure
        self.everywhere = access.may(door.ACCOUNTS, None)
        self.mask = reach(access, door.ACCOUNTS)

    def _reaches(self, mandate):
        if self.everywhere:
            return True
        i = self.structure.index.get(mandate.committee_id)
        return i is not None and bool(self.mask[i])

    def sees(self, mandates):
        """Whether an account with these mandates stands in the list."""
        return self.everywhere or any(self._reaches(mandate) for mandate in mandates)

    def may_change(self, account, mandates):
        """Whether the account itself may be changed: a code given, its sessions ended, closed, opened, renamed. Never
        one's own, and never that of who holds or will hold a mandate beyond one's own reach: a code opens everything
        the account may do."""
        running = [m for m in mandates if m.until is None or m.until > self.access.today]
        mine = account.pk == self.access.account.pk
        return not mine and self.sees(mandates) and all(self._reaches(mandate) for mandate in running)

    def row(self, pk):
        """One account within reach, as its page shows it. Http404 for another, and for none. Two queries."""
        account = get_object_or_404(Account, pk=pk)
        mandates = list(account.mandates.order_by("-since", "pk"))
        if not self.sees(mandates):
            raise Http404
        return self._row(account, mandates)

    def _row(self, account, mandates):
        shown = [self._held(mandate) for mandate in mandates if self._reaches(mandate)]
        return Row(account, shown, self.may_change(account, mandates))

    def rows(self, words=""):
        """Rows by account name, filtered by words without accents. Two queries."""
        wanted, rows, by_account = fold(words), [], {}
        for mandate in Mandate.objects.order_by("-since", "pk"):
            by_account.setdefault(mandate.account_id, []).append(mandate)
        for account in Account.objects.all():
            mandates = by_account.get(account.pk, [])
            if not self.sees(mandates):
                continue
            row = self._row(account, mandates)
            told = [
                account.username,
                account.full_name,
                *(f"{held.code} {held.name}" for held in row.mandates),
            ]
            if wanted in fold(" ".join(told)):
                rows.append(row)
        return sorted(rows, key=lambda row: sort_key(row.account.username))

    def _held(self, mandate):
        i, today = self.structure.index.get(mandate.committee_id), self.access.today
        place = None if i is None else self.structure.last_place(i)
        running = mandate.until is None or mandate.until > today
        return Held(
            pk=mandate.pk,
            role=Role(mandate.role).label,
            code="" if i is None else self.structure.codes[i],
            name="" if place is None else place.name,
            since=mandate.since,
            last=mandate.until and mandate.until - timedelta(days=1),
            in_force=running and mandate.since <= today,
            ended=not running,
            may_end=running and mandate.committee_id is not None,
        )

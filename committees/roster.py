"""Accounts and mandates as one administrator may see them."""

from dataclasses import dataclass

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
    until: object
    in_force: bool
    may_end: bool


@dataclass(frozen=True)
class Row:
    account: Account
    mandates: list
    may_reset: bool


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

    def may_reset(self, account, mandates):
        """Whether a new one-time code may be given: never to oneself, and never to who holds a mandate beyond one's
        own reach, for a code opens everything the account may do."""
        running = [m for m in mandates if m.until is None or m.until > self.access.today]
        mine = account.pk == self.access.account.pk
        return not mine and self.sees(mandates) and all(self._reaches(mandate) for mandate in running)

    def rows(self, words=""):
        """Rows by account name, filtered by words without accents. Two queries."""
        wanted, rows, by_account = fold(words), [], {}
        for mandate in Mandate.objects.order_by("-since", "pk"):
            by_account.setdefault(mandate.account_id, []).append(mandate)
        for account in Account.objects.all():
            mandates = by_account.get(account.pk, [])
            if not self.sees(mandates):
                continue
            shown = [self._held(mandate) for mandate in mandates if self._reaches(mandate)]
            told = " ".join([account.username, account.full_name, *(f"{m.code} {m.name}" for m in shown)])
            if wanted in fold(told):
                rows.append(Row(account, shown, self.may_reset(account, mandates)))
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
            until=mandate.until,
            in_force=running and mandate.since <= today,
            may_end=running and mandate.committee_id is not None,
        )

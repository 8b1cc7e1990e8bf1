"""A register with its administrator (Alice), department staff (Bob) and an administrator of one commune (Charlie)."""

from types import SimpleNamespace

from django.test import Client

from committees.models import Role
from tests import factories as make


def build():
    """T, T-1, T-1-1, T-1-1-1 and S beside them."""
    at = make.make_province() | make.make_province("S")
    accounts = {
        "alice": make.make_account("alice", Role.ADMINISTRATOR),
        "bob": make.make_account("bob", Role.STAFF, at["T"]),
        "charlie": make.make_account("charlie", Role.ADMINISTRATOR, at["T-1-1"]),
        "secretary": make.make_account("secretary", Role.SECRETARY, at["T-1-1-1"]),
    }
    return SimpleNamespace(at=at, accounts=accounts, **{name: client(one) for name, one in accounts.items()})


def client(account):
    found = Client()
    found.force_login(account)
    return found

"""Who puts a reorganisation together, and where."""

import pytest

from committees import drafting
from committees.models import Role
from tests.factories import make_account, make_province

from .arranging import MERGE, drafted


@pytest.fixture
def made():
    """Province T: district T-1 with communes T-1-1, T-1-2 of two cells each, district T-2; and province U."""
    return make_province("T", districts=2, communes=2, cells=2) | make_province("U")


@pytest.fixture
def staff(client, made):
    account = make_account("can-bo", Role.STAFF, made["T"])
    client.force_login(account)
    client.account = account
    return client


@pytest.fixture
def draft(made, staff):
    return drafted(made["T"], MERGE, by=staff.account)


@pytest.fixture
def empty(draft):
    return drafting.put(draft, [], by=None, stamp=None, instead=[0])

import pytest

from committees import accounts


@pytest.fixture
def account(db):
    """Someone who signs in and holds no mandate."""
    account, _code = accounts.open_account("can-bo", by=None, full_name="Lê Thị Cúc")
    return accounts.set_password(account, "mat-khau-thu-1", by=None)

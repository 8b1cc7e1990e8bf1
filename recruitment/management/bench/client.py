"""A browser signed in as staff, inside the process."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from committees import journal, vietnamese
from committees.models import Mandate, Role


def signed_in(committee):
    """A browser signed in as staff of the committee."""
    account = get_user_model().objects.filter(username="bench").first()
    if account is None:
        with journal.pen(None, "bench"):
            account = get_user_model()(username="bench")
            account.set_unusable_password()
            account.save()
            Mandate(account=account, committee=committee, role=Role.STAFF, since=vietnamese.today()).save()
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0].lstrip("."))
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def opened(client, address):
    """Open a page; RuntimeError where it is not answered as it should be."""
    answer = client.get(address, secure=True)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")

"""Who meets in the tests of accounts, mandates and sessions: Alice administers T-1, Zoe administers T-2, Root the whole
register. Bob works in T-1, Charlie in T-2, Dora in both. What Alice may with Bob she may not with Charlie, with Dora,
or with herself."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from committees import vietnamese
from committees.models import Entry, Role
from tests.factories import make_account, make_mandate

TODAY = vietnamese.today()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def build(at):
    """{name: Account}: the cast in province `at`."""
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


def to(name, pk):
    return reverse(f"committees:{name}", args=[pk])


def text(response, status=200):
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def last_entry(chain=Entry.WRITES):
    return Entry.objects.filter(chain=chain).latest("number")


def given_to(client, account, **said):
    typed = {"role": "secretary", "committee": "T-1", "since": "", "last": ""} | said
    return client.post(to("mandate-new", account.pk), typed)


def ended_by(client, mandate, last=""):
    return client.post(to("mandate-end", mandate.pk), {f"m{mandate.pk}-last": last})

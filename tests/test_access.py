"""Every address × method × role × whose object it is, against one table that people read too: tests/access_matrix.txt.

The addresses come from Django's resolver: one that the table does not know fails the suite, and so does one it knows
that is gone. A refusal repeats the request that succeeds with only the role or the object changed, and must leave
both chains of the journal as they were: nothing is written without an entry.
"""

import re
from itertools import product

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, path, reverse

from committees import accounts, journal, vietnamese
from committees.models import Entry, Mandate, Role
from recruitment.models import Person
from tests.access_addresses import PARTS, address
from tests.access_world import EXPECTED, METHODS, OBJECTS, ROLES, answer, clients, sessions, taken_back, world  # noqa: F401
from tests.factories import (
    end_committee,
    make_account,
)

# The same doors whatever the database behind them; each address is asked on the other one by tests/test_html.py.
pytestmark = [pytest.mark.takes_long, pytest.mark.once]


def walk(patterns=None, before=""):
    """The names of all addresses the site answers, with their namespaces."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            namespace = f"{before}{pattern.namespace}:" if pattern.namespace else before
            yield from walk(pattern.url_patterns, namespace)
        else:
            assert pattern.name, f"{pattern.pattern} has no name"
            yield before + pattern.name


def test_the_table_knows_every_address_and_no_other():
    assert sorted(set(walk())) == sorted(EXPECTED)


def test_the_table_is_whole(capsys):
    for name, cells in EXPECTED.items():
        missing = set(product(METHODS, ROLES)) - set(cells)
        assert not missing, f"{name}: {sorted(missing)[:3]} not said"
    with capsys.disabled():
        tried = sum(
            len(ASKED_OF_CLOSED) * len(closed_methods(name))
            + len(ROLES) * (len(METHODS) - len(closed_methods(name))) * (len(OBJECTS) if name in PARTS else 1)
            for name in EXPECTED
        )
        print(f"\naccess: {len(EXPECTED)} addresses, {tried} cells tried")


def without_code(response):
    """The page without what differs at each request: the code to tell the administrator, the form's token, the minute
    printed below it."""
    text = re.sub(r"<b>[0-9A-Z]{3}-[0-9A-Z]{3}</b>|\b[0-2][0-9]:[0-5][0-9]\b", "", response.content.decode())
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


# A method that an address refuses to everybody is refused before anybody is looked at: asked as somebody who may all
# and as a stranger. These cells were more than half of all, and of the time.
ASKED_OF_CLOSED = ("staff", "anonymous")


def closed_methods(name):
    """The methods that the table refuses with 405 whoever asks for whatever."""
    return {
        method for method in METHODS if all(set(EXPECTED[name][method, role]) == {"405"} for role in ROLES)
    }


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_cell(name, world, clients):  # noqa: F811
    wrong, refused = [], {}
    before = journal.heads()
    closed = closed_methods(name)
    for method, role in product(METHODS, ROLES):
        if method in closed and role not in ASKED_OF_CLOSED:
            continue
        answers = EXPECTED[name][method, role]
        # An address without an object is asked once, and so is a method it does not know.
        for k, whose in enumerate(OBJECTS if name in PARTS and method not in closed else ["own"]):
            expected = answers[k % len(answers)]
            where = address(name, world["things"][whose])
            with taken_back(clients[role]):
                said, response = answer(clients[role], method, where)
                if said != expected:
                    wrong.append(f"{method} {where} as {role} ({whose}): {said}, not {expected}")
                if said in {"login", "403", "404", "405"} and journal.heads() != before:
                    wrong.append(f"{method} {where} as {role} ({whose}): refused, yet something was written")
                if said == "404":
                    refused.setdefault((method, role), {})[whose] = without_code(response)
    for (method, role), pages in refused.items():
        if len(set(pages.values())) > 1:
            wrong.append(f"{method} {name} as {role}: a foreign and a missing object differ in their 404")
    assert not wrong, "\n".join(wrong)


# What the table cannot say --------------------------------------------------------------------------


def forgetful(request):
    return HttpResponse("everything")


urlpatterns = [
    path("forgetful/", forgetful, name="forgetful"),
    *get_resolver("recruitment.urls").url_patterns,
]


@pytest.mark.urls(__name__)
def test_a_view_that_never_asked_is_refused(client, db, settings):
    with pytest.raises(ImproperlyConfigured, match="forgetful"):
        client.get("/forgetful/")
    settings.DEBUG = settings.TESTING = False
    assert client.get("/forgetful/", secure=True).status_code == 403


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_a_mandate_that_ended_is_gone_at_the_next_click(role, world, clients):  # noqa: F811
    client, where = clients[role.value], reverse("recruitment:dashboard", args=["A-1-1"])
    assert client.get(where).status_code == 200
    mandate = Mandate.objects.get(account__username=f"{role.value}-a11")
    accounts.end_mandate(mandate, by=None, on=vietnamese.today())
    assert client.get(where).status_code == 404
    assert client.get(reverse("committees:tree")).status_code == 403
    assert client.get(reverse("home")).status_code == 200, "still signed in, with nothing to open"


def test_an_account_that_is_closed_is_out_at_the_next_click(world, clients):  # noqa: F811
    account = Mandate.objects.get(account__username="staff-a11").account
    with journal.pen(None, "close"):
        account.is_active = False
        account.save()
    assert answer(clients["staff"], "GET", reverse("committees:tree"))[0] == "login"


def test_a_new_code_ends_the_sessions_of_the_old_password(world, clients):  # noqa: F811
    accounts.open_account("staff-a11", by=None)
    assert answer(clients["staff"], "GET", reverse("committees:tree"))[0] == "login"


def test_the_reach_of_a_mandate_follows_the_heir(world, clients):  # noqa: F811
    """A mandate in a committee that is merged reaches what answers for it, and no further."""
    made = world["made"]
    end_committee(made["A-1-1-1"], vietnamese.today(), made["A-1-1-2"])
    make_account("cell", Role.SECRETARY, made["A-1-1-1"])
    client = Client()
    client.force_login(Mandate.objects.get(account__username="cell").account)
    codes = {"A-1-1-1": 200, "A-1-1-2": 200, "A-1-1": 404}
    found = {code: client.get(reverse("committees:tree") + f"?under={code}").status_code for code in codes}
    assert found == codes


SEES_PEOPLE = ("staff", "secretary", "inspector")


@pytest.mark.parametrize("role", SEES_PEOPLE)
@pytest.mark.parametrize("name", ["recruitment:admission-list", "recruitment:candidacy-list"])
def test_people_in_lists_are_those_whose_page_opens(name, role, world, clients):  # noqa: F811
    page = clients[role].get(reverse(name))
    listed = {int(pk) for pk in re.findall(r"/people/(\d+)/", page.content.decode())}
    opened = {
        pk
        for pk in Person.objects.filter(admissions__isnull=False).values_list("pk", flat=True)
        if clients[role].get(reverse("recruitment:person", args=[pk])).status_code == 200
    }
    assert listed == opened == {world["things"]["own"]["person"], world["things"]["below"]["person"]}


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_committees_found_are_those_whose_page_opens(role, world, clients):  # noqa: F811
    tree = reverse("committees:tree")
    text = clients[role].get(f"{tree}?q=to chuc").content.decode()
    found = set(re.findall(r"<b>Tổ chức ([^<]+)</b>", text))
    opened = {code for code in world["made"] if clients[role].get(f"{tree}?under={code}").status_code == 200}
    assert found == opened == {"A-1-1", "A-1-1-1", "A-1-1-2"}
    for code in {"A", "A-1", "A-1-2", "B"}:
        assert f"Tổ chức {code}<" not in text, "no name beyond the reach, in no path either"


@pytest.mark.parametrize("role", ROLES)
def test_help_leads_nobody_to_a_closed_door(role, clients):  # noqa: F811
    page = clients[role].get(reverse("help")).content.decode()
    led = re.findall(r'href="(/[^"#?]*)', page[page.index("<main") : page.index("</main>")])
    assert [where for where in led if clients[role].get(where).status_code != 200] == []


def test_entries_in_the_journal_are_those_whose_page_opens(world, clients):  # noqa: F811
    text = clients["inspector"].get(reverse("committees:journal")).content.decode()
    listed = set(re.findall(r"/journal/(\w+)/(\d+)/", text))
    opened = {
        (entry.chain, str(entry.number))
        for entry in Entry.objects.all()
        if clients["inspector"].get(reverse("committees:entry", args=[entry.chain, entry.number])).status_code
        == 200
    }
    assert listed == opened and listed


def test_accounts_listed_are_those_that_may_be_given_a_code(world, clients):  # noqa: F811
    text = clients["administrator"].get(reverse("committees:account-list")).content.decode()
    offered = {int(pk) for pk in re.findall(r"/accounts/(\d+)/code/", text)}
    accepted = set()
    for account in accounts.Account.objects.all():
        with taken_back(clients["administrator"]):
            where = reverse("committees:account-code", args=[account.pk])
            if clients["administrator"].post(where).status_code == 200:
                accepted.add(account.pk)
    assert (
        offered == accepted
        and {world["things"]["own"]["account"], world["things"]["below"]["account"]} <= offered
    )
    assert not {world["things"][whose]["account"] for whose in ("above", "beside", "other")} & offered

"""A citizen ID tried from outside: the answer cannot help telling whether it is somebody's, so that it was asked is
told where that somebody stands."""

from datetime import date

import pytest

from committees import accounts, vietnamese
from committees.models import Entry, Role
from recruitment.models import Person
from tests import factories as make

from .admission_world import NEW, build, typed

HERS, NOBODYS = "077192000009", "077192000008"
FUTURE = f"1/1/{vietnamese.today().year + 1}"

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Charlie's candidate in T-2-1-1, and Alice's in T-1-1-1."""
    found = build()
    make.make_candidacy(
        found.at["T-2-1-1"], date(2014, 1, 1), full_name="Phạm Thị Xa", sex="F", citizen_id=HERS
    )
    found.ours = make.make_candidacy(found.at["T-1-1-1"], date(2014, 1, 1), sex="F")
    return found


def admit(client, world, number, **changes):
    return client.post(NEW, typed(citizen_id=number, **changes))


def enter(client, world, number, **changes):
    said = {"cell": "T-1-1-1", "entered_on": "1/1/2015", "citizen_id": number}
    return client.post("/candidacies/new/", typed() | said | changes)


def edit(client, world, number, **changes):
    person = world.ours.person
    said = {
        "full_name": person.full_name,
        "born": vietnamese.day(person.born),
        "sex": "F",
        "citizen_id": number,
    }
    return client.post(f"/people/{person.pk}/edit/", said | {"stamp": person.stamp} | changes)


def met():
    rows = Entry.objects.filter(chain=Entry.READS, deed="number-met").order_by("number")
    return [
        (entry.actor.username, entry.about, entry.committee.code)
        for entry in rows.select_related("committee")
    ]


@pytest.mark.parametrize("ask", [admit, enter, edit])
def test_a_number_that_is_somebody_s_beyond_the_reach_is_told_there(client, world, ask):
    client.force_login(world.alice)
    answer = ask(client, world, HERS)
    assert answer.status_code == 400 and "Phạm Thị Xa" not in answer.content.decode()
    hers = Person.objects.get(citizen_id=HERS)
    assert met() == [("alice", f"recruitment.person:{hers.pk}", "T-2-1-1")]
    assert ask(client, world, NOBODYS).status_code == 302
    assert len(met()) == 1, "a number that is nobody's is nobody's affair"


def test_a_trial_that_would_write_nothing_anyway_is_told_too(client, world):
    client.force_login(world.alice)
    assert admit(client, world, HERS, decided_on=FUTURE).status_code == 400
    assert admit(client, world, NOBODYS, decided_on=FUTURE).status_code == 400
    assert len(met()) == 1


@pytest.mark.parametrize("ask", [admit, enter])
def test_joining_her_record_is_told_there(client, world, ask):
    client.force_login(world.alice)
    answer = ask(client, world, HERS, full_name="Phạm Thị Xa", born=vietnamese.day(make.BORN))
    assert answer.status_code == 302
    assert [place for _who, _about, place in met()] == ["T-2-1-1"]


def test_within_the_reach_it_is_a_list_like_any_other(client, world):
    client.force_login(world.charlie)
    said = {"full_name": "Phạm Thị Xa", "born": vietnamese.day(make.BORN), "cell": "T-2-1-1"}
    assert admit(client, world, HERS, **said).context["form"].offers
    assert met() == []


def test_what_was_logged_where_a_mandate_has_ended_is_no_longer_shown(client, world):
    client.force_login(world.bob)
    logged = client.post(NEW, typed()).url
    assert "Nguyễn Thị Ngọc Ánh" in client.get(logged).content.decode()
    make.make_mandate(world.bob, Role.SECRETARY, world.at["T-2-1-1"])
    accounts.end_mandate(
        world.bob.mandates.get(committee=world.at["T-1-1-1"]), by=None, on=vietnamese.today()
    )
    page = client.get(logged)
    assert page.status_code == 200 and "Nguyễn Thị Ngọc Ánh" not in page.content.decode()


@pytest.mark.parametrize("name", ["person", "candidacy"])
@pytest.mark.parametrize("number", ["9" * 18, "9" * 19, "9" * 4400, "٣", "-1", "x"])
def test_a_beginning_with_nobody_is_not_found(client, world, name, number):
    client.force_login(world.alice)
    assert client.get(NEW, {name: number}).status_code == 404
    theirs = {"person": world.ours.person_id, "candidacy": world.ours.pk}
    assert client.get(NEW, {name: theirs[name]}).status_code == 200

"""One page sent twice, by a double click or after the way back: done once, and whoever did it is not told that somebody
else was quicker."""

import html
from datetime import date

import pytest
from django.test import Client

from committees import journal
from committees.models import Entry
from recruitment.models import Admission, Candidacy, Paper, Person
from tests import factories as make

from .admission_world import DECIDED, NEW, build, typed

pytestmark = pytest.mark.django_db
PAGE, ANOTHER = "a" * 64, "b" * 64


@pytest.fixture
def world():
    world = build()
    world.candidacy = make.make_candidacy(world.at["T-1-1-1"], date(2014, 1, 1), full_name="Trần Thị Bé")
    return world


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def text(answer):
    return html.unescape(answer.content.decode())


class TestOfARow:
    def send(self, client, world, page=PAGE, **said):
        address = f"/candidacies/{world.candidacy.pk}/record/application/"
        return client.post(
            address, {"on": "02/02/2014", "stamp": self.stamp, "csrfmiddlewaretoken": page} | said
        )

    @pytest.fixture(autouse=True)
    def opened(self, world):
        world.candidacy.refresh_from_db()
        self.stamp = world.candidacy.stamp

    def test_the_second_is_told_it_is_done(self, world):
        bob = signed_in(world.bob)
        first, second = self.send(bob, world), self.send(bob, world)
        assert (first.status_code, second.status_code) == (302, 302) and first.url == second.url
        assert Paper.objects.count() == 1
        assert "lần thứ hai không ghi thêm gì" in text(bob.get(second.url))

    @pytest.mark.parametrize(
        "other", [{"page": ANOTHER}, {"on": "03/02/2014"}, {"page": ""}, {"handwritten": "on"}]
    )
    def test_what_was_typed_otherwise_or_anew_is_another(self, world, other):
        bob = signed_in(world.bob)
        self.send(bob, world)
        assert self.send(bob, world, **other).status_code == 409
        assert Paper.objects.count() == 1

    def test_and_what_somebody_else_sent(self, world):
        self.send(signed_in(world.bob), world)
        assert self.send(signed_in(world.alice), world).status_code == 409

    def test_nor_once_something_was_written_since(self, world):
        bob = signed_in(world.bob)
        self.send(bob, world)
        with make._pen():
            Candidacy.objects.get().save()
        assert self.send(bob, world).status_code == 409

    def test_the_mark_says_nothing_and_is_not_shown(self, world):
        self.send(signed_in(world.bob), world)
        entry = Entry.objects.filter(chain=Entry.WRITES).latest("number")
        assert '"sent": "' in entry.payload and PAGE not in entry.payload
        inspector = signed_in(make.make_account("kiem-tra", "inspector", world.at["T"]))
        shown = text(inspector.get(f"/journal/writes/{entry.number}/"))
        assert entry.payload.split('"sent": "')[1][:32] not in shown
        assert journal.verify() is None


def test_a_page_that_stays_says_it_too(world):
    bob = signed_in(world.bob)
    person = world.candidacy.person
    said = {
        "full_name": person.full_name, "born": "14/03/1990", "sex": person.sex, "occupation": "Giáo viên",
        "stamp": person.stamp, "csrfmiddlewaretoken": PAGE,
    }  # fmt: skip
    assert bob.post(f"/people/{person.pk}/edit/", said).status_code == 302
    again = bob.post(f"/people/{person.pk}/edit/", said)
    assert again.status_code == 200 and "Trang này được gửi hai lần" in text(again)
    assert "đã sửa bản ghi này" not in text(again)


def test_an_admission_is_logged_once_and_the_next_page_comes(world):
    alice = signed_in(world.alice)
    said = typed(csrfmiddlewaretoken=PAGE)
    first, second = alice.post(NEW, said), alice.post(NEW, said)
    assert (second.status_code, second.url) == (302, first.url)
    assert Admission.objects.count() == 1
    assert alice.post(NEW, said | {"csrfmiddlewaretoken": ANOTHER}).status_code == 400, "logged anew it asks"
    assert Admission.objects.get().decided_on == DECIDED


def test_a_candidate_is_entered_once(world):
    bob = signed_in(world.bob)
    said = {
        "full_name": "Lê Thị Mới", "born": "05/06/1999", "sex": "F", "entered_on": "01/02/2020",
        "csrfmiddlewaretoken": PAGE, "do": "open",
    }  # fmt: skip
    first, second = bob.post("/candidacies/new/", said), bob.post("/candidacies/new/", said)
    assert (second.status_code, second.url) == (302, first.url)
    assert Person.objects.filter(full_name="Lê Thị Mới").count() == 1
    assert bob.post("/candidacies/new/", said | {"csrfmiddlewaretoken": ANOTHER}).status_code == 400
    with make._pen():
        Candidacy.objects.get(person__full_name="Lê Thị Mới").save()
    assert bob.post("/candidacies/new/", said).status_code == 400, "somebody wrote on meanwhile"

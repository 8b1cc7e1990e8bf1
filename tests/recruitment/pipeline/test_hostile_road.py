"""What only somebody who means harm, or slips badly, sends to the pages of the road: no error of the program, nothing
half-written."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from committees import journal
from recruitment.models import Paper
from tests import factories as make
from tests.recruitment.pipeline import road_world


@pytest.fixture
def world(db):
    return road_world.build()


def page(name, *args):
    return reverse(f"recruitment:{name}", args=args)


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


VOTE = {"on": "05/08/2024", "number": "03-NQ/CB", "against": "0"}


@pytest.mark.parametrize(
    ("kind", "after", "said", "status"),
    [
        # Three official members, one away: the two who remain are all who vote.
        ("cell_vote", "introduction", {"members": "3", "present": "2", "in_favour": "2", "away": "1"}, 302),
        ("cell_vote", "introduction", {"members": "3", "present": "0", "in_favour": "0", "away": "3"}, 400),
        ("base_vote", "cell_vote", {"members": "0", "present": "0", "in_favour": "0"}, 400),
    ],
)
def test_votes_of_few_and_of_none(world, kind, after, said, status):
    candidacy = road_world.walk(world.candidacy, after)
    before, votes = journal.heads()["writes"], Paper.objects.filter(kind=kind)
    said = VOTE | {"on": "20/08/2024" if kind == "base_vote" else VOTE["on"], "stamp": candidacy.stamp} | said
    answer = signed_in(world.alice).post(page("candidacy-record", candidacy.pk, kind), said)
    assert answer.status_code == status
    assert votes.exists() == (status == 302) == (journal.heads()["writes"] != before)


def test_a_letter_without_a_term_can_be_answered(world):
    letter = make.make_letter(world.candidacy, date(2024, 6, 1), due_on=None)
    assert signed_in(world.bob).get(page("letter-answer", letter.pk)).status_code == 200

"""What only somebody who means harm, or slips badly, sends to the pages of the road: no error of the program, nothing
half-written."""

from datetime import date
from random import Random

import pytest
from django.test import Client
from django.urls import reverse

from committees import journal, vietnamese
from recruitment.models import Candidacy, Paper, Stage
from recruitment.rules.papers import ABOVE, KINDS
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


# Addresses -----------------------------------------------------------------------------------------------


def test_each_kind_of_paper_opens_to_whoever_records_it_and_to_nobody_else(world):
    clients = [signed_in(account) for account in (world.alice, world.bob, world.charlie)]
    before, wrong = journal.heads()["writes"], []
    # What the form does not ask is not taken, and an empty form writes nothing.
    forged = {"stage": "official", "cell": world.other.pk, "said": '{"x": 1}', "candidacy": 1}
    for kind in KINDS:
        answers = (200, 403 if KINDS[kind].by == ABOVE else 200, 404)
        for client, opened in zip(clients, answers, strict=True):
            where, opened = (
                page("candidacy-record", world.candidacy.pk, kind),
                404 if KINDS[kind].ends else opened,
            )
            found = client.post(where, forged).status_code
            if found != (400 if opened == 200 else opened):
                wrong.append((kind, clients.index(client), found))
    assert wrong == [] and journal.heads()["writes"] == before
    assert Candidacy.objects.get().stage == Stage.CLASS


OF_CANDIDACY = (
    "step", "checklist", "verification", "move", "close", "mentor", "review", "certificate", "retract",
)  # fmt: skip


def test_the_dossiers_of_a_dissolved_cell_reach_the_secretary_of_its_heir(world):
    candidacy = road_world.walk(world.candidacy, "application")
    paper, letter = candidacy.papers.get(), make.make_letter(candidacy, date(2024, 6, 1))
    addresses = [page(f"candidacy-{name}", candidacy.pk) for name in OF_CANDIDACY]
    addresses += [page("person", candidacy.person_id), page("paper-correct", paper.pk)]
    addresses += [page("paper-retract", paper.pk), page("letter-answer", letter.pk)]
    addresses += [page("candidacy-record", candidacy.pk, "declaration")]
    charlie = signed_in(world.charlie)
    assert {charlie.get(where).status_code for where in addresses} == {404}
    make.end_committee(world.cell, vietnamese.today(), world.other)
    assert {where: charlie.get(where).status_code for where in addresses} == dict.fromkeys(addresses, 200)


# Values --------------------------------------------------------------------------------------------------

HOSTILE = (
    "", "\0", "a\0b", "<script>alert(1)</script>", "=1+1", "@SUM(A1)", "e\u0301\u0323", "\u202eabc", "😀" * 50, "x" * 5000,
    "-1", "0", "1.5", "NaN", "1e9", "9" * 30, "1000000000000", "2000000000", "0x10", "2/3", "٣", "01/01/0001", "31/12/9999",
    "31/12/1899", "01/01/1900", "31/12/2199", "29/02/2025", "01/08/2024", "null", "[]", "%s", "{{ 7|add:7 }}", "official", "pass",
)  # fmt: skip


def told(form):
    """What a form would send as it is shown."""
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


@pytest.fixture
def hostile(world):
    """[(who, address)] of everything of a road that is written by a form."""
    candidacy = road_world.walk(world.candidacy, "declaration")
    paper, letter = candidacy.papers.last(), make.make_letter(candidacy, date(2024, 6, 1))
    kinds = [kind for kind in KINDS if not KINDS[kind].ends]
    addresses = [page("candidacy-record", candidacy.pk, kind) for kind in kinds]
    addresses += [page(f"candidacy-{name}", candidacy.pk) for name in OF_CANDIDACY[2:]]
    addresses += [
        page("paper-correct", paper.pk),
        page("paper-retract", paper.pk),
        page("letter-answer", letter.pk),
    ]
    addresses += [
        page("mentor-unable", candidacy.mentorships.get().pk),
        page("decision-batch"),
        page("course-new"),
    ]
    addresses += [
        page("course-edit", make.make_course(world.at["T-1"]).pk),
        page("criterion-new"),
        page("digest"),
    ]
    return signed_in(world.alice), addresses


def test_no_value_breaks_a_form_or_is_half_written(hostile):
    """Each form as shown with one to three fields spoiled. The choice is the same at every run."""
    client, addresses = hostile
    chance, answers = Random(4), set()
    for where in addresses:
        shown = client.get(where)
        if shown.status_code == 404:  # its object was taken back on the way
            continue
        form = shown.context["form"] if "form" in shown.context else shown.context["batch"].form
        said = told(form)
        for name in chance.sample(sorted(said), min(len(said), chance.randint(1, 3))):
            said[name] = chance.choice(HOSTILE)
        before = journal.heads()["writes"]
        answer = client.post(where, said)
        answers.add(answer.status_code)
        assert answer.status_code in {302, 400, 404, 409}, (where, said)
        assert (journal.heads()["writes"] != before) == (answer.status_code == 302), (where, said)
        assert "<script>alert" not in answer.content.decode()
    assert {302, 400} <= answers
    assert journal.verify() is None


DAYS = ("01/01/0001", "01/01/1900", "31/12/2199", "31/12/9999", "\0")


def test_no_day_asked_breaks_a_page(world):
    candidacy = road_world.walk(world.candidacy, "ceremony")
    client = signed_in(world.alice)
    asked = [(page("candidacy-checklist", candidacy.pk), "on"), (page("meeting-sheet"), "on")]
    asked += [(page("rule-set-list"), "on"), (page("rule-set", "2025-07"), "on"), (page("calendar"), "year")]
    asked += [(page("queue", queue), "meeting") for queue in ("to-decide", "to-recognise")]
    asked += [(page("decision-batch"), "on"), (page("course-list"), "year")]
    for where, name in asked:
        found = {client.get(where, {name: day}).status_code for day in DAYS}
        assert found <= {200, 400}, where

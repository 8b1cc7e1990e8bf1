"""The demo's dossiers of today: every queue alive, the common reasons seen, played once."""

import pytest

from committees import vietnamese
from committees.models import Kind
from recruitment import columns
from recruitment.imports import road
from recruitment.models import Candidacy, Paper
from recruitment.pipeline import evidence, queues
from recruitment.quotas.question import ask
from recruitment.rules import eligibility
from tests import factories as make


@pytest.fixture
def played(db):
    above = None
    for code, kind in (
        ("BRVT", Kind.PROVINCE),
        ("BRVT-DD", Kind.UPPER),
        ("BRVT-DD-008", Kind.GRASSROOTS_PARTY),
    ):
        above = make.make_committee(code, kind, above)
    for code in road.CELLS:
        make.make_committee(code, Kind.CELL, above)
    assert road.play_road()


def test_every_queue_has_somebody_and_every_step_too(played):
    snapshot = columns.current()
    question, _ = ask(snapshot, "BRVT")
    asked = queues.Queues(snapshot, question)
    assert [name for name in queues.QUEUES if not len(asked.of(name)[0])] == []
    stages = set(Candidacy.objects.values_list("stage", flat=True))
    assert stages >= {"source", "class", "dossier", "cell", "submitted", "decided", "probation", "official"}


def test_a_second_time_writes_nothing(played):
    count = Paper.objects.count()
    assert not road.play_road()
    assert Paper.objects.count() == count


def test_nothing_without_its_cells(db):
    assert not road.play_road()


def test_the_rules_stop_whom_they_should_and_nobody_else(played):
    today, snapshot = vietnamese.today(), columns.current()
    stopped = {}
    for candidacy in Candidacy.objects.filter(stage="dossier").select_related("person"):
        facts = evidence.facts_of(candidacy, snapshot.structure, today)
        found = eligibility.foreseen(facts, "cell_vote", today, snapshot.book)
        stopped[candidacy.person.full_name] = {one.code for one in found if one.forbids}
    assert not stopped["Phạm Văn Hòa"] and not stopped["Ngô Gia Khánh"] and not stopped["Lý Thành Long"]
    for name, _sex, _born, _since, last, amiss in road.PEOPLE:
        if last == "introduction" and amiss not in {"", "lapsing"}:
            assert stopped[name], name


def test_a_vote_that_was_short_leads_nowhere(played):
    candidacy = Candidacy.objects.get(person__full_name="Mạc Văn Tường")
    assert candidacy.stage == "dossier"
    vote = candidacy.papers.get(kind="cell_vote")
    fact = evidence.as_fact(vote)
    assert vote.result == eligibility.concluded(fact, columns.current().statute.on(vote.on)) == "fail"

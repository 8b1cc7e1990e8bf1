"""The demo's years since 2018 in the database: once, as a whole, and nothing of 2015 changed."""

from datetime import date

import pytest

from committees import journal, vietnamese
from committees.models import Committee
from recruitment import columns
from recruitment.imports import organisations, past, world
from recruitment.imports.load import load
from recruitment.models import Admission, Candidacy, Certificate, Mentorship, Review, Stage, Step
from recruitment.pipeline.stages import Road
from recruitment.quotas.question import ask
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def brvt():
    """The committees of the province, and somebody on a list of 2015."""
    rows = [*organisations.read("ba-ria-vung-tau/committees.csv"), *organisations.brvt(world.SEED)[0]]
    assert not load("committees", rows, name="tổ chức", actor=None).faults
    cell = Committee.objects.get(code="BRVT-DD-001-01")
    return make.make_candidacy(cell, date(2015, 3, 4), (Stage.CLASS, date(2015, 9, 4)))


def open_on(day):
    snapshot = columns.current()
    return int(Road(snapshot, ask(snapshot, "BRVT", on=day)[0]).open.sum())


def test_the_years_stand_once_and_2015_as_it_stood(brvt):
    assert past.play_history()
    once, today = journal.head(), vietnamese.today()
    assert not past.play_history()
    assert journal.head() == once
    assert open_on(date(2015, 12, 31)) == 1
    brvt.refresh_from_db()
    assert brvt.stage == Stage.CLOSED and brvt.steps.get(stage=Stage.CLOSED).on.year in range(2016, 2020)
    assert open_on(today) == Candidacy.objects.filter(stage__in=Stage.open()).count() > 300
    made = Admission.objects.select_related("candidacy")
    assert made.count() == Step.objects.filter(stage=Stage.DECIDED).count() > 2000
    for one in made[:300]:
        assert one.organisation_type and one.decision_number and one.candidacy.entered_on < one.decided_on
        assert one.decided_on <= today and (one.official_on is None) == (one.recognised_on is None)
    # Each stage is what the last step says, and each road has somebody who helps.
    last = {step.candidacy_id: step.stage for step in Step.objects.order_by("on", "pk")}
    assert all(last[pk] == stage for pk, stage in Candidacy.objects.values_list("pk", "stage"))
    assert Mentorship.objects.count() == Candidacy.objects.count() - 1
    assert Review.objects.exists() and not Review.objects.filter(on__gt=today).exists()
    assert not Certificate.objects.filter(issued_on__gt=today).exists()


def test_nothing_without_its_cells():
    assert not past.play_history()

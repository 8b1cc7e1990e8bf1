"""Any two lives: merged they are one whole life and parted the two they were, or nothing is written and it is said why."""

from datetime import date

import pytest
from django.apps import apps
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from committees import journal
from recruitment import columns
from recruitment.duplicates import parting
from recruitment.duplicates.joining import of_a_person
from recruitment.models import Admission, Candidacy, Certificate, Merge, Participant, Person, Stage, Step
from recruitment.pipeline.actions import Refused
from tests import factories as make
from tests.recruitment.snapshots import differences, full
from tests.undone import undone

from .pair_world import HERE, THERE, build, followed, merged, person

pytestmark = pytest.mark.django_db
DAYS = [date(2014, 2, 3), date(2014, 2, 4)]
ADMITTED = date(2015, 4, 24)

LIFE = st.fixed_dictionaries(
    {
        "dossiers": st.lists(
            st.tuples(
                st.sampled_from([HERE, HERE, THERE]), st.sampled_from(DAYS),
                st.sampled_from(["open", "open", "class", "paper", "closed"]),
                st.sampled_from(["", "", "Trần Văn Bảy", "Lê Thị Tám"]),
            ),
            max_size=2, unique_by=lambda row: row[:2],
        ),
        "admitted": st.sampled_from([None, None, "alone", "led", "cancelled"]),
        "certified": st.sampled_from([None, None, "", "12/CN", "13/CN"]),
        "learns": st.booleans(),
        "citizen_id": st.booleans(),
    }
)  # fmt: skip
EMPTY = {"dossiers": [], "admitted": None, "certified": None, "learns": False, "citizen_id": False}


def live(world, course, life, number):
    """Somebody who has lived so; their dossiers lie as the register would let them."""
    human = person(citizen_id=number if life["citizen_id"] else None)
    for cell, on, state, mentor in life["dossiers"]:
        steps = {"class": [(Stage.CLASS, date(2014, 4, 1))], "closed": [(Stage.CLOSED, date(2014, 5, 1))]}
        row = followed(world, cell, human, on, *steps.get(state, ()), mentor=mentor)
        if state == "paper":
            make.make_paper(row, "application", date(2014, 3, 1))
    said, open_ones = life["admitted"], [row for row in human.candidacies.all() if row.stage in Stage.open()]
    if said:
        led = open_ones[0] if said == "led" and open_ones else None
        cancelled = {"cancelled_on": date(2016, 1, 1)} if said == "cancelled" else {}
        make.make_admission(world.at[HERE], ADMITTED, person=human, candidacy=led, **cancelled)
    if life["certified"] is not None:
        make.make_certificate(world.at[HERE], DAYS[0], person=human, number=life["certified"])
    if life["learns"]:
        make.make_participant(course, world.at[HERE], person=human)
    return human


def everything():
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if hasattr(model, "stamp")
    }


def counts():
    return [model.objects.count() for model in (Admission, Candidacy, Certificate, Participant, Step)]


@pytest.fixture
def world():
    return build()


@given(LIFE, LIFE)
@example(
    {**EMPTY, "dossiers": [(HERE, DAYS[0], "open", "")]}, {**EMPTY, "admitted": "alone", "citizen_id": True}
)
@example(
    {**EMPTY, "dossiers": [(HERE, DAYS[0], "open", "Trần Văn Bảy")], "certified": ""},
    {**EMPTY, "dossiers": [(HERE, DAYS[0], "paper", "")], "certified": "12/CN"},
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_two_lives_become_one_and_two_again(world, one, other):
    with undone():
        course = make.make_course(world.at["T-1"])
        kept, gone = live(world, course, one, "077192000001"), live(world, course, other, "273456789")
        columns.current()
        most = max(sum(row[2] != "closed" for row in life["dossiers"]) for life in (one, other))
        before, number, heads = everything(), counts(), journal.heads()
        try:
            merge = merged(world, kept, gone, values={"citizen_id": kept.citizen_id or gone.citizen_id})
        except Refused as refusal:
            assert refusal.reasons and everything() == before and journal.heads() == heads
            return
        for relation in of_a_person():
            assert not relation.model._base_manager.filter(**{relation.name: gone.pk}).exists()
        human = Person.objects.get(pk=kept.pk)
        assert human.admissions.filter(cancelled_on=None).count() <= 1
        open_ones = human.candidacies.filter(stage__in=Stage.open())
        if most <= 1:  # neither was followed twice before
            assert open_ones.count() <= 1
            member = human.admissions.filter(cancelled_on=None).first()
            assert member is None or set(open_ones) <= {member.candidacy}
        lost = {label for label, _told in merge.dropped}
        assert lost <= {
            "recruitment.candidacy", "recruitment.certificate", "recruitment.mentorship", "recruitment.step",
        }  # fmt: skip
        if not lost and not merge.made:
            assert counts() == number
        assert differences(columns.current(), full()) == []
        door = make.door(world.alice)
        door.tree  # noqa: B018 - as every page does
        parting.part(door, Merge.objects.get(), by=world.alice)
        assert everything() == before
        assert differences(columns.current(), full()) == []

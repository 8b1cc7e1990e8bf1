"""Whoever is put on the list of a class on awareness has the cell's paper for it, where the rules let it stand; taken off
untouched, they have none."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees import journal
from recruitment import columns
from recruitment.courses import deeds
from recruitment.models import Course, Paper
from tests import factories as make

from . import course_world as w

pytestmark = pytest.mark.django_db


def invite(world, people=None):
    people = [(one.person, one.cell_id) for one in people or world.people]
    return deeds.invite(world.course, people, by=world.alice, snapshot=columns.current())


def papers():
    rows = Paper.objects.filter(kind="class_proposal").select_related("candidacy__person")
    return {row.candidacy.person.full_name: row.on for row in rows}


def test_each_has_the_paper_dated_no_later_than_the_class():
    world = w.build()
    found = invite(world)
    assert (found.added, found.unproposed) == (3, [])
    assert set(papers().values()) == {world.course.opened_on} and len(papers()) == 3
    assert journal.verify() is None


def test_where_the_rules_forbid_it_they_are_on_the_list_and_told():
    world = w.build(learners=2)
    late = make.make_candidacy(
        world.at["T-1-1-1"], world.course.opened_on + timedelta(days=3), full_name="Lê Văn Muộn"
    )
    found = invite(world, [*world.people, late])
    assert found.added == 3
    assert [name for name, _why in found.unproposed] == ["Lê Văn Muộn"]
    assert "Lê Văn Muộn" not in papers() and len(papers()) == 2


def test_hundreds_are_written_in_seconds():
    """What the rules are told of them is read at once: each costs what is written of them, on the list and off it."""

    def cost(deed):
        with CaptureQueriesContext(connection) as asked:
            deed()
        return len(asked)

    one = w.build(learners=1)
    twenty = [make.make_candidacy(one.at["T-1-1-1"], one.entered, full_name=f"Lê Văn {k}") for k in range(20)]

    def put(rows):
        people = [(row.person, row.cell_id) for row in rows]
        snapshot = columns.current()  # with an old one the rules are asked for anew
        return cost(lambda: deeds.invite(one.course, people, by=one.alice, snapshot=snapshot))

    def take(rows):
        learners = one.course.participants.filter(person__in=[row.person_id for row in rows])
        chosen = list(learners.values_list("pk", flat=True))
        return cost(lambda: deeds.take_off(one.course, chosen, by=one.alice))

    assert put(twenty) - put(one.people) == 3 * 19
    assert len(papers()) == 21
    # A paper that goes lets go of its scans: one more of each than when it was written.
    assert take(twenty) - take(one.people) <= 4 * 19


def test_a_class_for_new_members_asks_for_none():
    world = w.build(kind=Course.Kind.NEW_MEMBER)
    assert invite(world).unproposed == []
    assert papers() == {}


def test_taken_off_untouched_the_paper_goes_too():
    world = w.build()
    invite(world)
    first, second, _third = w.rows(world)
    deeds.record_attendance(world.course, {second.pk: 40}, standard=w.standard(world), by=world.alice)
    deeds.take_off(world.course, [first.pk, second.pk], by=world.alice)
    assert first.person.full_name not in papers() and second.person.full_name in papers()


def test_the_page_keeps_it(client):
    world = w.build()
    client.force_login(world.alice)
    said = {"do": "invite", "person": [one.pk for one in world.people], "stamp": world.course.stamp}
    assert client.post(f"/courses/{world.course.pk}/invite/", said).status_code == 302
    assert len(papers()) == 3

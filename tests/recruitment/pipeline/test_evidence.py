"""What the rules are told of a candidacy: of one and of many the same, in a fixed number of queries."""

from datetime import date

import pytest

from committees import journal
from committees.models import Kind
from recruitment import columns
from recruitment.models import Candidacy, Stage
from recruitment.pipeline import evidence
from recruitment.rules.dossier import Asks
from tests import factories as make
from tests.recruitment.pipeline.road_world import DAYS, build, candidate, walk

pytestmark = pytest.mark.django_db
ON = date(2024, 8, 1)


@pytest.fixture
def world():
    return build()


def facts(candidacy, on=ON, **more):
    fresh = Candidacy.objects.select_related("person").get(pk=candidacy.pk)
    return evidence.facts_of(fresh, columns.current().structure, on, **more)


def test_what_is_known_is_told(world):
    walk(world.candidacy, "cell_vote")
    make.make_headcount(world.cell, date(2024, 1, 1), 12, 3)
    make.make_headcount(world.cell, date(2024, 9, 1), 20, 3)
    told = facts(world.candidacy)
    assert (told.stage, told.stated, told.education) == ("cell", "", "THPT")
    assert (told.official_members, told.levels) == (9, {"base"})
    assert (told.certificates, told.new_member_certificates) == ((date(2024, 3, 15),), (date(2025, 3, 1),))
    assert [helper.document for helper in told.helpers] == ["02-NQ/CB"]
    assert told.last("cell_vote").on == DAYS["cell_vote"] and told.decided is None
    assert told.first_listed == told.entered_on and not told.moved_here
    walk(world.candidacy, "ceremony", first="cell_vote")
    told = facts(world.candidacy)
    assert (told.decided, told.received, told.ceremony) == (
        DAYS["decision"],
        DAYS["received"],
        DAYS["ceremony"],
    )
    assert (told.stage, told.stated, told.earlier) == ("probation", "", ())


def test_a_stage_without_a_paper_is_told_as_stated(world):
    told = make.make_candidacy(world.cell, date(2024, 1, 5), (Stage.DOSSIER, date(2024, 3, 1)))
    assert facts(told).stated == "dossier"


def test_a_paper_put_right_backs_its_stage_still(world):
    """Else whatever lies before it would count as done while it is judged anew."""
    walk(world.candidacy, "cell_vote")
    vote = world.candidacy.papers.get(kind="cell_vote")
    told = facts(world.candidacy, without=vote.pk)
    assert told.last("cell_vote") is None and told.stated == ""


def test_the_list_of_a_former_cell_counts(world):
    person = make.make_person()
    make.make_candidacy(world.other, date(2023, 1, 5), person=person)
    candidacy = make.make_candidacy(world.cell, date(2024, 1, 5), person=person)
    assert facts(candidacy).first_listed == date(2024, 1, 5)
    make.make_certificate(world.other, date(2023, 6, 1), person=person)
    assert facts(candidacy).first_listed == date(2023, 1, 5)


def test_a_cancelled_admission_is_none_and_a_former_one_ended(world):
    person = world.candidacy.person
    make.make_admission(world.cell, date(2015, 1, 5), person=person, candidacy=world.candidacy,
                        cancelled_on=date(2015, 2, 1))  # fmt: skip
    former = make.make_admission(world.other, date(2016, 1, 5), person=person)
    with journal.pen(None, "test"):
        former.left_on = date(2016, 9, 1)
        former.save()
    told = facts(world.candidacy)
    assert told.decided is None and told.earlier == (date(2016, 9, 1),)


def test_bodies_and_criteria_are_those_of_the_day(world):
    with journal.pen(None, "test"):
        section = make.make_committee("S", Kind.SECTION, world.at["T-1-1"])
    make.place(world.cell, Kind.CELL, section, since=date(2024, 7, 1))
    row = make.make_criterion(world.at["T-1"], since=date(2024, 7, 1))
    make.make_criterion(world.at["T-2"], "Của nơi khác")
    assert facts(world.candidacy, date(2024, 6, 30)).levels == {"base"}
    assert facts(world.candidacy).levels == {"base", "section"}
    assert facts(world.candidacy, date(2024, 6, 30)).criteria == ()
    assert facts(world.candidacy).criteria == (Asks(row.pk, row.text, None, ""),)
    with journal.pen(None, "test"):
        for on, result in ((date(2024, 7, 10), "pass"), (date(2024, 7, 9), "fail")):
            world.candidacy.papers.create(kind="criterion", on=on, result=result, said={"criterion": row.pk})
    assert facts(world.candidacy).criteria[0].met is True


def test_a_cell_right_below_the_district_has_no_committee_between(world):
    cell = make.make_committee("T-1-9", Kind.GRASSROOTS_CELL, world.at["T-1"])
    assert facts(make.make_candidacy(cell, date(2024, 1, 5))).levels == frozenset()


def test_one_takes_eleven_queries(world, django_assert_num_queries):
    structure = columns.current().structure
    fresh = Candidacy.objects.select_related("person").get(pk=world.candidacy.pk)
    with django_assert_num_queries(11):
        evidence.facts_of(fresh, structure, ON)


def test_many_take_as_many_queries_as_one_and_say_the_same(world, django_assert_num_queries):
    candidates = [world.candidacy, candidate(world.cell), candidate(world.other)]
    walk(world.candidacy, "cell_vote")
    structure = columns.current().structure
    for wanted in (candidates[:1], candidates):
        rows = Candidacy.objects.filter(pk__in=[row.pk for row in wanted]).select_related("person")
        with django_assert_num_queries(13):
            told = evidence.facts_of_many(rows, structure, ON)
        assert told == {row.pk: facts(row) for row in wanted}

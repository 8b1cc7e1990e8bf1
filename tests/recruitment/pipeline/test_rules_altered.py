"""Rules corrected while somebody has a deed at hand: it is judged by what holds as it is written, or not at all."""

from datetime import date

import pytest

from recruitment import columns
from recruitment.courses import deeds as courses
from recruitment.models import Admission, Holiday, Paper, RuleChange
from recruitment.pipeline import actions, admissions
from recruitment.rulebook import calendar_deeds
from recruitment.rulebook import deeds as rulebook
from tests import factories as make
from tests.recruitment.pipeline.road_world import DAYS, build, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return build()


def correct_a_rule():
    return rulebook.correct_rule(
        columns.current().statute, "2021", "verification_answer", by=None, value=31, citation="Điểm 1", mark="S",
        document="99-HD/TW", since=date(2024, 1, 1),
    )  # fmt: skip


# Each deed of an administrator, and what stands before it.
ALTERATIONS = {
    "a rule corrected": (None, lambda _: correct_a_rule()),
    "a correction taken back": (
        correct_a_rule, lambda _: rulebook.take_back_correction(RuleChange.objects.get(), by=None),
    ),
    "a set added": (None, lambda _: rulebook.add_rule_set(
        columns.current().statute, by=None, code="2031", name="Mới", since=date(2031, 1, 1), document="1-QĐ/TW",
    )),
    "a day added": (None, lambda _: calendar_deeds.add_holiday(
        by=None, day=date(2031, 3, 4), what="nghỉ", name="Nghỉ thử", mark="M"
    )),
    "a day taken out": (None, lambda _: calendar_deeds.remove_holiday(
        Holiday.objects.earliest("day"), by=None, reason="Ghi nhầm"
    )),
}  # fmt: skip


@pytest.mark.parametrize("what", ALTERATIONS)
def test_what_an_administrator_writes_is_seen(world, what):
    prepare, alter = ALTERATIONS[what]
    if prepare:
        prepare()
    snapshot = columns.current()
    alter(world)
    with pytest.raises(actions.Refused, match="vừa được sửa"):
        actions.record(world.candidacy, "application", on=DAYS["application"], snapshot=snapshot, by=None)
    assert not Paper.objects.exists()
    actions.record(
        world.candidacy, "application", on=DAYS["application"], snapshot=columns.current(), by=None
    )


def test_whatever_else_is_written_meanwhile_hinders_nobody(world):
    snapshot = columns.current()
    make.make_person()
    actions.record(world.candidacy, "application", on=DAYS["application"], snapshot=snapshot, by=None)


def correcting(world, candidacy, snapshot):
    paper, on = candidacy.papers.get(kind="application"), date(2024, 6, 2)
    actions.correct(paper, on=on, reason="Nhầm", snapshot=snapshot, by=None, said=paper.said)


def taking_back(world, candidacy, snapshot):
    paper = candidacy.papers.get(kind="appraisal")
    actions.take_back(paper, reason="Nhầm", snapshot=snapshot, by=None)


def deciding(world, candidacy, snapshot):
    door = make.door(world.alice)
    actions.decide(
        candidacy,
        decided_on=DAYS["decision"],
        decision_number="1-QĐ/HU",
        access=door,
        snapshot=snapshot,
        by=None,
    )


def receiving(world, candidacy, snapshot):
    actions.receive(candidacy, on=DAYS["received"], snapshot=snapshot, by=None)


def leaving(world, candidacy, snapshot):
    actions.leave(candidacy, "died", on=DAYS["appraisal"], snapshot=snapshot, by=None)


def moving(world, candidacy, snapshot):
    actions.move_away(candidacy, on=DAYS["appraisal"], to_cell=world.other, snapshot=snapshot, by=None)


@pytest.mark.parametrize(
    ("last", "deed"),
    [
        ("appraisal", correcting), ("appraisal", taking_back), ("appraisal", deciding), ("decision", receiving),
        ("appraisal", leaving), ("appraisal", moving),
    ],
)  # fmt: skip
def test_by_every_deed_the_rules_judge(world, last, deed):
    candidacy = walk(world.candidacy, last)
    snapshot = columns.current()
    correct_a_rule()
    with pytest.raises(actions.Refused, match="vừa được sửa"):
        deed(world, candidacy, snapshot)
    candidacy.refresh_from_db()
    deed(world, candidacy, columns.current())


def test_logging_and_putting_right_an_admission(world):
    door, snapshot = make.door(world.alice), columns.current()
    said = {
        "cell": world.cell, "decision_number": "1-QĐ/HU", "decided_on": date(2015, 3, 3), "received_on": None,
        "ceremony_on": None, "official_on": None,
    }  # fmt: skip
    somebody = make.make_person("Lê Văn Ai")
    traits = somebody.traits()
    correct_a_rule()

    def log(snapshot):
        return admissions.admit(
            door, snapshot, full_name="Lê Thị Mới", citizen_id=None, traits=traits, by=world.alice, **said
        )

    with pytest.raises(admissions.Impossible, match="vừa được sửa"):
        log(snapshot)
    admission = log(columns.current())
    correct_again = columns.current()
    rulebook.take_back_correction(RuleChange.objects.get(), by=None)

    def put_right(snapshot):
        return admissions.correct(
            door, snapshot, admission, stamp=admission.stamp, by=world.alice,
            **said | {"received_on": date(2015, 3, 5)}, **traits,
        )  # fmt: skip

    with pytest.raises(admissions.Impossible, match="vừa được sửa"):
        put_right(correct_again)
    put_right(columns.current())
    assert Admission.objects.get().received_on == date(2015, 3, 5)


def test_inviting_to_a_class(world):
    course = make.make_course(world.at["T-1"], date(2024, 2, 1))
    snapshot = columns.current()
    correct_a_rule()
    people = [(world.candidacy.person, world.cell.pk)]
    with pytest.raises(actions.Refused, match="vừa được sửa"):
        courses.invite(course, people, by=None, snapshot=snapshot)
    assert not course.participants.exists()
    assert courses.invite(course, people, by=None, snapshot=columns.current()).added == 1

"""What a day's worklist says does not depend on when a later fact was entered: true dates alone decide."""

from datetime import date, timedelta

import pytest

from committees.models import Kind
from recruitment import columns
from recruitment.models import Candidacy
from recruitment.pipeline import actions, admissions
from recruitment.pipeline.worklist import Worklist
from recruitment.quotas.question import ask
from tests import factories as make
from tests.recruitment.pipeline import road_world

DAY = timedelta(1)


@pytest.fixture
def world(db):
    return road_world.build()


def told(on, committee="T"):
    snapshot = columns.current()
    question, _progress = ask(snapshot, committee, on=on)
    return [item.as_json() for item in Worklist(snapshot, question).items()]


def sampled(until):
    """Days before `until`: the eve itself, then ever further back."""
    days = [until - DAY] + [date(2024, 1, 1) + n * timedelta(23) for n in range(40)]
    return [day for day in days if day < until]


def before(world, on, deed):
    """A deed of the day `on` is recorded: the days before it are answered as they were."""
    days = sampled(on)
    was = {day: told(day) for day in days}
    made = deed(Candidacy.objects.get(pk=world.candidacy.pk))
    for day in days:
        assert told(day) == was[day], day
    return made


def test_the_whole_road(world):
    for kind, on, said in road_world.ROAD:
        before(world, on, lambda c, kind=kind, on=on, said=said: road_world.step(c, kind, on, **said))


# After which step, the day, and the deed.
def out(kind, **said):
    return lambda world, c, on: actions.leave(
        c, kind, on=on, reason="Có lý do", snapshot=columns.current(), by=None, **said
    )


def moved(world, c, on):
    return actions.move_away(c, on=on, to_cell=world.other, snapshot=columns.current(), by=None)


def moved_beyond(world, c, on):
    return actions.move_away(c, on=on, to="Tỉnh khác", snapshot=columns.current(), by=None)


def another_mentor(world, c, on):
    return actions.assign_mentor(c, mentor="Đỗ Thị Chín", since=on, document="09-NQ/CB", by=None)


def no_mentor(world, c, on):
    return actions.end_mentor(c, on=on, by=None)


def unable(world, c, on):
    return actions.declare_unable(c.mentorships.get(), on=on, why="Chuyển đi", by=None)


def reviewed(world, c, on):
    return actions.review(c, on=on, verdict="progress", by=None)


def certified(world, c, on):
    return actions.add_certificate(c, kind="awareness", number="77", issued_on=on, by=None)


def recorded(kind, **said):
    return lambda world, c, on: actions.record(c, kind, on=on, snapshot=columns.current(), by=None, **said)


def cancelled(world, c, on):
    return admissions.cancel(road_world.admission_of(c), on=on, reason="Sai thẩm quyền", stamp=None, by=None)


def received(world, c, on):
    return actions.receive(c, on=on, snapshot=columns.current(), by=None)


DEEDS = [
    ("introduction", date(2024, 8, 1), moved),
    ("introduction", date(2024, 8, 1), moved_beyond),
    ("introduction", date(2024, 8, 1), out("withdrawn")),
    ("introduction", date(2024, 8, 1), out("removed")),
    ("introduction", date(2024, 8, 1), another_mentor),
    ("introduction", date(2024, 8, 1), no_mentor),
    ("introduction", date(2024, 8, 1), unable),
    ("introduction", date(2024, 8, 1), reviewed),
    ("introduction", date(2024, 8, 1), certified),
    ("introduction", date(2024, 8, 2), recorded("verification", result="fail", number="13")),
    ("introduction", date(2024, 8, 5), recorded("cell_vote", said={**road_world.VOTE, "in_favour": 3, "against": 6})),
    ("submission", date(2024, 8, 28), recorded("returned", said={"missing": "Thiếu giấy"})),
    ("submission", date(2024, 8, 28), moved),
    ("decision", date(2024, 9, 28), moved),
    ("received", date(2024, 9, 28), moved),
    ("received", date(2024, 9, 28), moved_beyond),
    ("received", date(2024, 9, 28), out("died")),
    ("decision", date(2024, 9, 28), cancelled),
    ("decision", date(2024, 9, 28), received),
    ("ceremony", date(2025, 2, 3), cancelled),
    ("ceremony", date(2025, 2, 3), moved),
    ("ceremony", date(2025, 2, 3), out("struck_off")),
    ("ceremony", date(2025, 2, 3), reviewed),
    ("ceremony", date(2025, 2, 3), another_mentor),
]  # fmt: skip


@pytest.mark.parametrize(("last", "on", "deed"), DEEDS)
def test_a_later_fact(world, last, on, deed):
    world.candidacy = road_world.walk(world.candidacy, last)
    before(world, on, lambda c: deed(world, c, on))


def test_the_ceremony_stays_due_where_the_decision_was_received_until_the_day_of_moving(world):
    """And begins anew where it is received again; a ceremony held there leaves those days as they were."""
    world.candidacy = road_world.walk(world.candidacy, "received")
    moved(world, world.candidacy, date(2024, 9, 28))
    onward = world.candidacy.onward.get()

    def ceremonies(on):
        return [(item["cell"], item["due"]) for item in told(on) if item["kind"] == "ceremony_due"]

    first, again = ("T-1-1-1", "2024-11-06"), ("T-1-1-2", "2024-11-11")
    assert [ceremonies(date(2024, 9, n)) for n in (24, 25, 27, 28)] == [[], [first], [first], []]
    received(world, onward, date(2024, 9, 30))
    road_world.step(onward, "ceremony", date(2024, 10, 12))
    assert [ceremonies(date(2024, 9, n)) for n in (24, 25, 27, 28, 29, 30)] == [
        [],
        [first],
        [first],
        [],
        [],
        [again],
    ]
    assert ceremonies(date(2024, 10, 12)) == []


def test_moved_twice(world):
    world.candidacy = road_world.walk(world.candidacy, "ceremony")
    moved(world, world.candidacy, date(2025, 2, 3))
    onward = world.candidacy.onward.get()
    third = make.make_committee("T-1-1-3", Kind.CELL, world.at["T-1-1"])
    before(world, date(2025, 4, 1), lambda _: actions.move_away(
        onward, on=date(2025, 4, 1), to_cell=third, snapshot=columns.current(), by=None
    ))  # fmt: skip
    assert {item["cell"] for item in told(date(2025, 3, 31))} == {"T-1-1-2"}

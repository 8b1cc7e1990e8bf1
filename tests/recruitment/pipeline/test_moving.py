"""Who moves: the dossier goes on at the cell of arrival, or beyond the register; taken back, all stands as before."""

from datetime import date, timedelta

import pytest

from recruitment import columns
from recruitment.models import Admission, Candidacy, Paper, Stage
from recruitment.pipeline import actions
from tests import factories as make

from .road_world import DAYS, admission_of, build, step, walk
from .test_papers import steps


@pytest.fixture
def world(db):
    return build()


def move(candidacy, on, **where):
    return actions.move_away(candidacy, on=on, snapshot=columns.current(), by=None, **where)


def everything(candidacy):
    """What is written of a candidacy, but for who wrote it last."""
    rows = [Candidacy.objects.filter(pk=candidacy.pk), Admission.objects.filter(person=candidacy.person)]
    fresh = Candidacy.objects.get(pk=candidacy.pk)
    parts = ("papers", "steps", "mentorships", "reviews", "relatives", "letters")
    rows += [getattr(fresh, name).order_by("pk") for name in parts]
    return [[{k: v for k, v in row.items() if k != "stamp"} for row in some.values()] for some in rows]


class TestMoving:
    def test_before_the_cell_considered_the_dossier_goes_on(self, world):
        here, on = walk(world.candidacy, "introduction"), date(2024, 8, 1)
        there = move(here, on, to_cell=world.other)
        assert Candidacy.objects.get(pk=here.pk).stage == Stage.CLOSED
        assert (there.origin_id, there.cell_id, there.entered_on) == (here.pk, world.other.pk, on)
        assert there.papers.count() == here.papers.exclude(kind="moved").count()
        assert there.stage == Stage.DOSSIER and steps(there)["dossier"] == on
        assert not here.mentorships.filter(until=None).exists()
        actions.assign_mentor(there, mentor="Hồ Văn Chín", since=on, document="01-NQ/CB", by=None)
        near = {"introducer": "Hồ Văn Chín", "together_since": on, "replaces": True}
        step(there, "introduction", date(2024, 8, 2), said=near)  # not bound by the twelve months
        here = walk(there, "decision", first="introduction")
        assert admission_of(here).cell_id == world.other.pk

    def test_what_the_former_cell_wrote_may_still_be_put_right(self, world):
        there = move(walk(world.candidacy, "opinions"), date(2024, 8, 1), to_cell=world.other)
        paper = there.papers.get(kind="application")
        actions.correct(
            paper,
            on=date(2024, 6, 2),
            reason="chép nhầm",
            snapshot=columns.current(),
            by=None,
            said=paper.said,
        )
        assert Candidacy.objects.get(pk=there.pk).stage == Stage.DOSSIER

    def test_votes_stay_behind(self, world):
        there = move(walk(world.candidacy, "submission"), date(2024, 9, 1), to_cell=world.other)
        assert there.stage == Stage.DOSSIER and not there.papers.filter(kind__endswith="vote").exists()

    def test_decided_the_cell_of_arrival_receives_and_holds(self, world):
        here = walk(world.candidacy, "received")
        there = move(here, date(2024, 10, 1), to_cell=world.other)
        admission = admission_of(there)
        assert (admission.cell_id, admission.received_on, admission.left_on) == (world.cell.pk, None, None)
        assert there.stage == Stage.DECIDED and actions.due_here(there) == admission
        kept = here.papers.get(kind="received")
        assert kept.on == date(2024, 9, 25) and not there.papers.filter(kind="received").exists()
        step(there, "received", date(2024, 12, 2))
        step(there, "ceremony", date(2025, 1, 8))  # late for the first receipt, in time for the second
        assert there.stage == Stage.PROBATION
        assert Candidacy.objects.get(pk=here.pk).stage == Stage.CLOSED

    def test_in_probation_the_cell_of_arrival_recognises(self, world):
        there = move(walk(world.candidacy, "ceremony"), date(2025, 5, 5), to_cell=world.other)
        actions.assign_mentor(
            there, mentor="Hồ Văn Chín", since=date(2025, 5, 5), document="01-NQ/CB", by=None
        )
        fresh = walk(there, "recognition", first="ceremony")
        admission = admission_of(fresh)
        assert fresh.stage == Stage.OFFICIAL and admission.cell_id == world.cell.pk
        assert admission.official_on == date(2025, 10, 5)

    @pytest.mark.parametrize("last", ["introduction", "submission", "decision", "received", "ceremony"])
    def test_taken_back_all_stands_as_before(self, world, last):
        here = walk(world.candidacy, last)
        actions.add_relative(here, relation="father", full_name="Lê Văn Cha", declared=True, by=None)
        actions.review(here, on=date(2024, 6, 1), verdict="good", by=None)
        stood = everything(here)
        move(here, DAYS[last] + timedelta(days=3), to_cell=world.other)
        assert everything(here) != stood
        actions.take_back(Paper.objects.get(kind="moved"), reason="Nhầm người", by=None)
        assert everything(here) == stood
        assert not Candidacy.objects.filter(cell=world.other).exists()
        walk(Candidacy.objects.get(pk=here.pk), "ceremony", first=last)

    def test_not_once_the_cell_of_arrival_wrote(self, world):
        here = walk(world.candidacy, "introduction")
        there = move(here, date(2024, 8, 1), to_cell=world.other)
        actions.assign_mentor(there, mentor="Hồ Văn Chín", since=date(2024, 8, 1), by=None)
        with pytest.raises(actions.Refused, match="Nơi đến đã ghi thêm"):
            actions.take_back(Paper.objects.get(kind="moved"), reason="Nhầm người", by=None)
        assert Candidacy.objects.get(pk=here.pk).stage == Stage.CLOSED

    def test_beyond_the_register_taken_back(self, world):
        here = walk(world.candidacy, "ceremony")
        stood = everything(here)
        move(here, date(2025, 5, 5), to="Đảng bộ tỉnh Cà Mau")
        actions.take_back(Paper.objects.get(kind="moved"), reason="Nhầm người", by=None)
        assert everything(here) == stood

    def test_its_day_stays_where_the_dossier_goes_on(self, world):
        move(walk(world.candidacy, "introduction"), date(2024, 8, 1), to_cell=world.other, number="1-GT")
        paper = Paper.objects.get(kind="moved")

        def correct(on, number):
            return actions.correct(
                paper,
                on=on,
                number=number,
                reason="Nhầm",
                snapshot=columns.current(),
                by=None,
                said=paper.said,
            )

        with pytest.raises(actions.Refused, match="Rút lại lần chuyển đi"):
            correct(date(2024, 8, 2), "1-GT")
        assert correct(date(2024, 8, 1), "2-GT").number == "2-GT"
        actions.take_back(paper, reason="Nhầm người", by=None)
        assert not Candidacy.objects.filter(cell=world.other).exists()

    def test_beyond_the_register(self, world):
        here = walk(world.candidacy, "ceremony")
        assert move(here, date(2025, 5, 5), to="Đảng bộ tỉnh Cà Mau") is None
        admission = admission_of(here)
        assert (admission.left_on, admission.left_as) == (date(2025, 5, 5), "moved")
        assert Candidacy.objects.get(pk=here.pk).stage == Stage.CLOSED

    def test_refusals(self, world):
        here = walk(world.candidacy, "application")
        for where, field in (
            ({}, "to"), ({"to": "x", "to_cell": world.other}, "to"), ({"to_cell": world.cell}, "to_cell"),
        ):  # fmt: skip
            with pytest.raises(actions.Refused) as refusal:
                move(here, date(2024, 8, 1), **where)
            assert refusal.value.field == field
        make.make_candidacy(world.other, date(2024, 2, 2), person=here.person)
        with pytest.raises(actions.Refused, match="đã theo dõi"):
            move(here, date(2024, 8, 1), to_cell=world.other)
        assert Candidacy.objects.get(pk=here.pk).stage == Stage.DOSSIER

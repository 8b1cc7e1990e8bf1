"""The only writer of a candidacy's stage: what it lets through, what it refuses, what it leaves behind."""

from datetime import date, timedelta

import pytest

from committees import journal, vietnamese
from recruitment.models import Candidacy, Stage, Step
from recruitment.pipeline import actions
from tests import factories as make

ENTERED = date(2014, 1, 10)


@pytest.fixture
def cell(db):
    return make.make_province()["T-1-1-1"]


@pytest.fixture
def candidacy(cell):
    return make.make_candidacy(cell, ENTERED)


def road(candidacy):
    return list(candidacy.steps.order_by("on", "pk").values_list("stage", "on"))


class TestMove:
    def test_forward_leaves_a_step_and_an_entry(self, candidacy):
        before = journal.head()[0]
        actions.move(candidacy, Stage.DOSSIER, by=None, on=date(2014, 6, 1))
        assert Candidacy.objects.get().stage == Stage.DOSSIER
        assert road(candidacy)[-1] == (Stage.DOSSIER, date(2014, 6, 1))
        assert journal.head()[0] == before + 1

    @pytest.mark.parametrize("stage", [Stage.SOURCE, Stage.CLASS])
    def test_never_back_nor_on_the_spot(self, candidacy, stage):
        actions.move(candidacy, Stage.CLASS, by=None, on=date(2014, 6, 1))
        before = journal.head()
        with pytest.raises(actions.Refused, match="không lùi"):
            actions.move(candidacy, stage, by=None, on=date(2014, 7, 1))
        assert Step.objects.count() == 2
        assert journal.head() == before  # a refusal is no deed

    def test_not_before_the_last_step(self, candidacy):
        actions.move(candidacy, Stage.CLASS, by=None, on=date(2014, 6, 1))
        with pytest.raises(actions.Refused, match="01/06/2014"):
            actions.move(candidacy, Stage.DOSSIER, by=None, on=date(2014, 5, 31))

    def test_the_same_day_is_allowed(self, candidacy):
        actions.move(candidacy, Stage.CLASS, by=None, on=ENTERED)
        assert Candidacy.objects.get().stage == Stage.CLASS

    def test_not_in_the_future(self, candidacy):
        with pytest.raises(actions.Refused, match="chưa đến"):
            actions.move(candidacy, Stage.CLASS, by=None, on=vietnamese.today() + timedelta(days=1))

    def test_a_refusal_names_every_reason(self, candidacy):
        actions.move(candidacy, Stage.CELL, by=None, on=date(2014, 6, 1))
        with pytest.raises(actions.Refused) as refused:
            actions.move(candidacy, Stage.CLASS, by=None, on=date(2014, 1, 1))
        assert len(refused.value.reasons) == 2

    def test_who_saw_an_old_page_is_told(self, candidacy):
        seen = Candidacy.objects.get()
        actions.move(candidacy, Stage.SUBMITTED, by=None, on=date(2014, 6, 1))
        with pytest.raises(actions.Refused, match="không lùi"):
            actions.move(seen, Stage.DOSSIER, by=None, on=date(2014, 7, 1))


class TestClose:
    def test_it_keeps_its_road_and_says_why_in_the_journal(self, candidacy):
        actions.close(candidacy, by=None, on=date(2014, 8, 1), reason="Chuyển nơi cư trú")
        assert Candidacy.objects.get().stage == Stage.CLOSED
        assert len(road(candidacy)) == 2

    def test_not_without_a_reason(self, candidacy):
        with pytest.raises(actions.Refused, match="lý do"):
            actions.close(candidacy, by=None, on=date(2014, 8, 1), reason="  ")

    def test_closed_is_closed(self, candidacy):
        actions.close(candidacy, by=None, on=date(2014, 8, 1), reason="Rút")
        for deed in (
            lambda: actions.move(candidacy, Stage.CELL, by=None, on=date(2014, 9, 1)),
            lambda: actions.close(candidacy, by=None, on=date(2014, 9, 1), reason="Rút"),
        ):
            with pytest.raises(actions.Refused, match="đã dừng"):
                deed()


class TestMany:
    def test_they_share_the_pen_of_a_load(self, cell):
        rows = [
            (
                Candidacy(person=make.make_person(), cell=cell, entered_on=ENTERED),
                [(Stage.SOURCE, ENTERED), (Stage.CLASS, ENTERED + timedelta(days=9))],
            )
            for _ in range(3)
        ]
        with journal.pen(None, "load"):
            actions.enter_many(rows)
        assert set(Candidacy.objects.values_list("stage", flat=True)) == {Stage.CLASS}
        assert Step.objects.count() == 6

    def test_not_without_the_pen(self, candidacy):
        with pytest.raises(journal.PenRequired):
            actions.enter_many([])
        with pytest.raises(journal.PenRequired):
            actions.advance(candidacy, Stage.CELL, on=ENTERED)

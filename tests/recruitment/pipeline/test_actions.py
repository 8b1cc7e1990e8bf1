"""The only writer of a candidacy's stage: what it lets through, what it refuses, what it leaves behind."""

from datetime import date, timedelta

import pytest

from committees import journal, vietnamese
from recruitment import columns
from recruitment.models import Candidacy, Stage, Step
from recruitment.pipeline import actions
from tests import factories as make

from .road_world import BASE

ENTERED = date(2014, 1, 10)


@pytest.fixture
def cell(db):
    return make.make_province()["T-1-1-1"]


@pytest.fixture
def candidacy(cell):
    return make.make_candidacy(cell, ENTERED)


def road(candidacy):
    return list(candidacy.steps.order_by("on", "pk").values_list("stage", "on"))


def record(candidacy, kind, on, **said):
    return actions.record(candidacy, kind, on=on, snapshot=columns.current(), by=None, **said)


def leave(candidacy, on, reason="Chuyển nơi cư trú"):
    return actions.leave(candidacy, "stopped", on=on, reason=reason, snapshot=columns.current(), by=None)


class TestForward:
    def test_a_step_and_an_entry(self, candidacy):
        before = journal.head()[0]
        record(candidacy, "application", date(2014, 6, 1))
        assert Candidacy.objects.get().stage == Stage.DOSSIER
        assert road(candidacy)[-1] == (Stage.DOSSIER, date(2014, 6, 1))
        assert journal.head()[0] == before + 1

    def test_what_a_workbook_stated_counts_as_done(self, candidacy):
        make.tell_step(candidacy, Stage.CELL, date(2014, 6, 1))
        record(candidacy, "base_vote", date(2014, 6, 9), said=BASE)
        record(candidacy, "submission", date(2014, 7, 1), said={"to": "Ban Tổ chức"})
        assert road(candidacy)[-1] == (Stage.SUBMITTED, date(2014, 7, 1))

    def test_a_paper_of_an_earlier_stage_never_leads_back(self, candidacy):
        make.tell_step(candidacy, Stage.SUBMITTED, date(2014, 6, 1))
        record(candidacy, "application", date(2014, 3, 1))
        assert Candidacy.objects.get().stage == Stage.SUBMITTED
        assert [stage for stage, _ in road(candidacy)] == [Stage.SOURCE, Stage.DOSSIER, Stage.SUBMITTED]

    def test_the_same_day_is_allowed(self, candidacy):
        record(candidacy, "application", ENTERED)
        assert Candidacy.objects.get().stage == Stage.DOSSIER

    def test_a_refusal_names_every_reason_and_is_no_deed(self, candidacy):
        before = journal.head()
        with pytest.raises(actions.Refused) as refused:
            record(candidacy, "submission", vietnamese.today() + timedelta(days=1))
        assert len(refused.value.reasons) >= 3 and "chưa đến" in str(refused.value)
        assert journal.head() == before and Step.objects.count() == 1

    def test_who_saw_an_old_page_is_judged_by_what_stands(self, candidacy):
        seen = Candidacy.objects.get()
        record(candidacy, "application", date(2014, 6, 1))
        with pytest.raises(actions.Refused, match="đã có"):
            record(seen, "application", date(2014, 7, 1))


class TestEnd:
    def test_it_keeps_its_road_and_says_why(self, candidacy):
        paper = leave(candidacy, date(2014, 8, 1))
        assert Candidacy.objects.get().stage == Stage.CLOSED
        assert len(road(candidacy)) == 2 and paper.said == {"reason": "Chuyển nơi cư trú"}

    def test_not_without_a_reason(self, candidacy):
        with pytest.raises(actions.Refused, match="lý do"):
            leave(candidacy, date(2014, 8, 1), reason="  ")

    def test_closed_is_closed(self, candidacy):
        leave(candidacy, date(2014, 8, 1))
        for deed in (
            lambda: record(candidacy, "application", date(2014, 9, 1)),
            lambda: leave(candidacy, date(2014, 9, 1)),
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

"""Papers: recorded by the rules, put right and taken back only where what rests on them still stands."""

import json
from datetime import date, timedelta

import pytest

from committees import journal, vietnamese
from committees.editing import Overtaken
from recruitment import columns
from recruitment.models import Candidacy, Paper, Stage
from recruitment.pipeline import actions
from recruitment.pipeline.actions.settling import told as road

from .road_world import DAYS, ROAD, VOTE, admission_of, build, step, walk


@pytest.fixture
def world(db):
    return build()


def steps(candidacy):
    return dict(candidacy.steps.values_list("stage", "on"))


def forbidden(deed):
    """{code} of what stood against the deed; nothing was written, and every objection says which rule it is."""
    before = journal.head()
    with pytest.raises(actions.Forbidden) as refusal:
        deed()
    assert journal.head() == before
    assert all(one.rule.citation and one.cure and one.said for one in refusal.value.objections)
    return {one.code for one in refusal.value.objections}


def told():
    return json.loads(journal.entry_of(journal.head()[0]).payload)


def test_the_whole_road_to_an_official_member(world):
    here = walk(world.candidacy, "recognition")
    assert here.stage == Stage.OFFICIAL
    assert steps(here) == {
        "source": date(2024, 1, 10), "class": date(2024, 3, 15), "dossier": DAYS["application"],
        "cell": DAYS["cell_vote"], "submitted": DAYS["submission"], "decided": DAYS["decision"],
        "probation": DAYS["ceremony"], "official": DAYS["recognition"],
    }  # fmt: skip
    admission = admission_of(here)
    assert admission.official_on == date(
        2025, 10, 5
    )  # the end of the twelve months, whatever day anybody met
    assert (admission.recognised_on, admission.recognition_number) == (DAYS["recognition"], "201-QĐ/HU")
    assert admission.cell_id == world.cell.pk and admission.education == "12/12"
    assert journal.verify() is None


@pytest.mark.parametrize(
    "kind", [kind for kind, _on, _told in ROAD if kind not in {"application", "introduction"}]
)
def test_no_step_before_the_ones_it_needs(world, kind):
    if kind in {"opinion_home", "opinions"}:
        return  # they need nothing
    on, said = next((on, said) for code, on, said in ROAD if code == kind)
    assert forbidden(lambda: step(world.candidacy, kind, on, **said))


class TestRecord:
    def test_it_keeps_what_was_said_and_the_set_that_judged(self, world):
        walk(world.candidacy, "introduction")
        paper = Paper.objects.filter(kind="introduction").first()
        assert paper.said == {"introducer": "Trần Văn Bảy", "together_since": "2020-01-01"}
        assert paper.rule_set == columns.current().statute.on(paper.on).code

    def test_a_late_record_keeps_its_true_day(self, world):
        walk(world.candidacy, "opinion_home")
        step(world.candidacy, "opinion_union", DAYS["application"])
        assert steps(world.candidacy)["dossier"] == DAYS["application"]
        assert world.candidacy.stage == Stage.DOSSIER

    def test_not_a_day_to_come(self, world):
        later = vietnamese.today() + timedelta(days=1)
        assert "future" in forbidden(lambda: step(world.candidacy, "application", later))

    def test_what_stands_once_is_recorded_once(self, world):
        walk(world.candidacy, "application")
        assert "twice" in forbidden(lambda: step(world.candidacy, "application", date(2024, 6, 2)))

    def test_a_vote_concludes_itself(self, world):
        walk(world.candidacy, "introduction")
        short = step(
            world.candidacy, "cell_vote", date(2024, 8, 1), said=VOTE | {"in_favour": 5, "against": 4}
        )
        assert short.result == "fail" and world.candidacy.stage == Stage.DOSSIER
        carried = step(
            world.candidacy, "cell_vote", date(2024, 8, 5), said=VOTE | {"in_favour": 6, "against": 3}
        )
        assert carried.result == "pass" and world.candidacy.stage == Stage.CELL
        assert steps(world.candidacy)["cell"] == date(2024, 8, 5)

    def test_a_conclusion_is_chosen(self, world):
        walk(world.candidacy, "declaration")
        with pytest.raises(actions.Refused, match="kết luận") as refusal:
            step(world.candidacy, "verification", DAYS["verification"])
        assert refusal.value.field == "result"

    def test_what_an_approval_covers_is_kept_with_it(self, world):
        person = world.candidacy.person
        actions.edit_person(
            person, by=None, committee=None, full_name=person.full_name, citizen_id=None,
            **person.traits() | {"born": date(1960, 1, 1)},
        )  # fmt: skip
        here = walk(Candidacy.objects.get(pk=world.candidacy.pk), "introduction")
        said = {"number": "03-NQ/CB", "said": VOTE}
        assert forbidden(lambda: step(here, "cell_vote", DAYS["cell_vote"], **said)) == {"too_old"}
        paper = step(here, "cell_vote", DAYS["cell_vote"], approval="55-CV/TU", **said)
        assert paper.approval == "55-CV/TU" and "55-CV/TU" in json.dumps(told())

    def test_another_deed_s_kind_is_a_fault_of_the_program(self, world):
        for kind in ("decision", "withdrawn"):
            with pytest.raises(ValueError, match=kind):
                step_by_record(world.candidacy, kind)
        with pytest.raises(ValueError, match="colour"):
            step(world.candidacy, "application", DAYS["application"], said={"colour": "đỏ"})

    def test_who_saw_an_older_page_is_told(self, world):
        stamp = world.candidacy.stamp
        walk(world.candidacy, "application")
        with pytest.raises(Overtaken):
            step(world.candidacy, "declaration", DAYS["declaration"], stamp=stamp)


def step_by_record(candidacy, kind):
    return actions.record(candidacy, kind, on=date(2024, 9, 1), snapshot=columns.current(), by=None)


class TestCorrect:
    def correct(self, paper, on, **said):
        said = {"number": paper.number, "said": paper.said, "result": paper.result} | said
        reason = said.pop("reason", "chép nhầm")
        return actions.correct(paper, on=on, reason=reason, snapshot=columns.current(), by=None, **said)

    def test_the_day_moves_its_step(self, world):
        here = walk(world.candidacy, "cell_vote")
        paper = here.papers.get(kind="cell_vote")
        self.correct(paper, date(2024, 8, 7))
        assert steps(here)["cell"] == date(2024, 8, 7)
        row = next(row for row in told()["rows"] if row["model"] == "recruitment.paper")
        assert (row["old"]["on"], row["new"]["on"]) == ("2024-08-05", "2024-08-07")
        assert told()["reason"] == "chép nhầm"

    def test_not_past_what_needs_it(self, world):
        here = walk(world.candidacy, "submission")
        paper = here.papers.get(kind="cell_vote")
        assert forbidden(lambda: self.correct(paper, date(2024, 8, 21)))
        assert steps(here)["cell"] == DAYS["cell_vote"]

    def test_not_to_a_vote_that_failed_where_something_rests_on_it(self, world):
        here = walk(world.candidacy, "submission")
        fewer = VOTE | {"in_favour": 3, "against": 6}
        assert forbidden(
            lambda: self.correct(here.papers.get(kind="cell_vote"), DAYS["cell_vote"], said=fewer)
        )

    def test_a_vote_that_turns_out_failed_leads_nowhere(self, world):
        here = walk(world.candidacy, "cell_vote")
        self.correct(
            here.papers.get(kind="cell_vote"), DAYS["cell_vote"], said=VOTE | {"in_favour": 3, "against": 6}
        )
        here.refresh_from_db()
        assert here.stage == Stage.DOSSIER and "cell" not in steps(here)

    def test_a_reason_is_wanted(self, world):
        here = walk(world.candidacy, "application")
        with pytest.raises(actions.Refused, match="lý do"):
            self.correct(here.papers.get(), date(2024, 6, 2), reason=" ")

    def test_one_who_saw_it_before_it_went_is_told(self, world):
        here = walk(world.candidacy, "application")
        paper, stamp = here.papers.get(), here.stamp
        actions.take_back(paper, reason="nhầm người", by=None)
        with pytest.raises(Overtaken):
            actions.correct(
                paper, on=date(2024, 6, 2), reason="x", snapshot=columns.current(), by=None, stamp=stamp
            )


class TestTakeBack:
    def test_it_goes_with_its_stage_and_the_journal_keeps_it(self, world):
        here = walk(world.candidacy, "cell_vote")
        fresh = actions.take_back(here.papers.get(kind="cell_vote"), reason="nhầm người", by=None)
        assert fresh.stage == Stage.DOSSIER and set(steps(fresh)) == {"source", "class", "dossier"}
        assert told()["kind"] == "cell_vote" and told()["reason"] == "nhầm người"

    def test_a_stage_that_another_paper_leads_to_stays(self, world):
        here = walk(world.candidacy, "declaration")
        actions.take_back(here.papers.get(kind="declaration"), reason="nhầm", by=None)
        here.refresh_from_db()
        assert here.stage == Stage.DOSSIER

    @pytest.mark.parametrize(
        "kind", ["application", "declaration", "verification", "opinions", "introduction"]
    )
    def test_not_what_a_vote_rests_on(self, world, kind):
        here = walk(world.candidacy, "cell_vote")
        paper = here.papers.filter(kind=kind).first()
        assert forbidden(lambda: actions.take_back(paper, reason="nhầm", by=None))
        here.papers.get(pk=paper.pk)

    def test_nothing_beneath_a_decision(self, world):
        here = walk(world.candidacy, "decision")
        paper = here.papers.get(kind="receipt")
        assert forbidden(lambda: actions.take_back(paper, reason="nhầm", by=None)) == {"decided"}

    def test_a_reason_is_wanted_but_for_one_s_own_entry_of_today(self, world):
        here = walk(world.candidacy, "application")
        mine = actions.record(
            here, "opinion_union", on=date(2024, 6, 3), snapshot=columns.current(), by=world.bob
        )
        with pytest.raises(actions.Refused, match="lý do"):
            actions.take_back(mine, by=world.alice)
        actions.take_back(mine, by=world.bob)
        assert not here.papers.filter(kind="opinion_union").exists()

    def test_a_way_out_taken_back_lets_the_road_go_on(self, world):
        here = walk(world.candidacy, "application")
        paper = actions.leave(
            here, "withdrawn", on=date(2024, 7, 1), reason="bận", snapshot=columns.current(), by=None
        )
        fresh = actions.take_back(paper, reason="chưa rút", by=None)
        assert fresh.stage == Stage.DOSSIER and "closed" not in steps(fresh)


def test_what_was_stated_without_papers_keeps_its_place_between_them(world):
    stated = {Stage.CELL: date(2024, 5, 1)}
    backed = {Stage.DOSSIER: date(2024, 6, 1), Stage.SUBMITTED: date(2024, 7, 1)}
    assert list(road(date(2024, 1, 1), backed, stated).items()) == [
        (Stage.SOURCE, date(2024, 1, 1)), (Stage.DOSSIER, date(2024, 6, 1)), (Stage.CELL, date(2024, 6, 1)),
        (Stage.SUBMITTED, date(2024, 7, 1)),
    ]  # fmt: skip

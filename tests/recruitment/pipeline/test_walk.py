"""Any deed, in any order, on any day: 10,000 steps over the rules, some hundreds over the database."""

import random
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from committees import journal
from recruitment import columns
from recruitment.facts import STAGES
from recruitment.management.bench import walk
from recruitment.models import Candidacy, Certificate, Stage
from recruitment.pipeline import actions, admissions
from recruitment.pipeline.actions import judging
from recruitment.rules import eligibility, statute, working_days
from tests import factories as make

from .road_world import ROAD, build, candidate, step

TOLD = {kind: said for kind, _on, said in ROAD}


@pytest.fixture(scope="module")
def book():
    return statute.Book(
        statute.read(), working_days.calendar([(day, what) for day, what, _ in working_days.read()])
    )


def test_no_sequence_of_deeds_reaches_what_is_forbidden(book):
    done = refused = 0
    ends = Counter()
    for seed in range(5):
        tally = walk.walk(book, 2000, seed)
        done, refused = done + tally.done, refused + tally.refused
        ends.update(tally.ends)
    assert done + refused == 10_000 and min(done, refused) > 2000
    assert {"closed", "submitted", "official"} <= {str(end) for end in ends}


@pytest.mark.parametrize("kind", ["cell_vote", "decision"])
def test_control_without_a_rule_the_walk_tells(book, monkeypatch, kind):
    monkeypatch.setitem(eligibility.CHECKS, kind, ())
    with pytest.raises(walk.Violated):
        walk.walk(book, 6000, 1)


def test_control_without_looking_at_what_rests_on_a_paper_the_walk_tells(book, monkeypatch):
    monkeypatch.setattr(judging, "shaken", lambda *told: [])
    with pytest.raises(walk.Violated):
        walk.walk(book, 6000, 1)


# Over the database --------------------------------------------------------------------------------------


class Office:
    """A few dossiers at once in two cells, and every deed there is, tried with whatever comes."""

    DEEDS = (
        ["next"] * 12 + ["paper"] * 3 + ["late"] * 2 + ["correct", "take back", "leave", "move", "mentor", "end mentor",
         "unable", "review", "certificate", "cancel", "undo step", "letter", "certified otherwise", "helped otherwise"]
    )  # fmt: skip

    def __init__(self, world, dice):
        self.world, self.dice, self.said = world, dice, Counter()
        self.door = make.door(world.alice)
        self.followed = [world.candidacy.pk, candidate(world.other, full_name="Phạm Thị Mười").pk]

    def step(self):
        """One deed tried on one of the dossiers."""
        deed = self.dice.choice(self.DEEDS)
        candidacy = Candidacy.objects.get(pk=self.dice.choice(self.followed[-3:]))
        before, stood = journal.head(), (candidacy.stage, sorted(candidacy.steps.values_list("stage", "on")))
        try:
            getattr(self, deed.replace(" ", "_"))(candidacy)
            self.said[deed] += 1
        except actions.Forbidden as refusal:
            assert all(one.rule.citation and one.cure for one in refusal.objections)
            self._unchanged(candidacy, before, stood)
        except (actions.Refused, admissions.Impossible, admissions.Doubtful) as refusal:
            assert str(refusal) or getattr(refusal, "doubts", None)
            self._unchanged(candidacy, before, stood)
        self.look()

    def _unchanged(self, candidacy, before, stood):
        fresh = Candidacy.objects.get(pk=candidacy.pk)
        assert journal.head() == before
        assert (fresh.stage, sorted(fresh.steps.values_list("stage", "on"))) == stood
        self.said["refused"] += 1

    def look(self):
        """Stage, steps and snapshot tell one story of every dossier."""
        snapshot = columns.current()
        told = dict(
            zip(snapshot.candidacies["id"].tolist(), snapshot.stages_on(date.max.toordinal()), strict=True)
        )
        for candidacy in Candidacy.objects.prefetch_related("steps"):
            road = actions.road(candidacy)
            assert told[candidacy.pk] == STAGES[candidacy.stage] == STAGES[road[-1].stage]
            ranks = [actions.rank(one.stage) for one in road if one.stage != Stage.CLOSED]
            assert ranks == sorted(set(ranks)) and road[0].stage == Stage.SOURCE
            spans = sorted((m.since, m.until or date.max) for m in candidacy.mentorships.all())
            assert all(first < until for first, until in spans if until != first)
            assert all(ended <= began for (_, ended), (began, _) in pairwise(spans))

    def day(self, candidacy):
        last = max([s.on for s in candidacy.steps.all()] + [p.on for p in candidacy.papers.all()])
        if self.dice.random() < 0.8:
            return last + timedelta(days=self.dice.choice((0, 1, 5, 12)))
        return date(2024, 1, 1) + timedelta(days=self.dice.randrange(900))

    def next(self, candidacy):
        there = Counter(candidacy.papers.values_list("kind", flat=True))
        admission = getattr(candidacy, "admission", None)
        for kind, done in (("decision", "decided_on"), ("received", "received_on"), ("ceremony", "ceremony_on"),
                           ("recognition", "official_on")):  # fmt: skip
            there[kind] = bool(admission and getattr(admission, done))
        wanted = [kind for kind, _on, _said in ROAD]
        kind = next((k for n, k in enumerate(wanted) if there[k] < wanted[: n + 1].count(k)), "recognition")
        on = self.day(candidacy)
        if candidacy.stage == Stage.PROBATION and on < admission.ceremony_on + timedelta(days=367):
            on = admission.ceremony_on + timedelta(days=370)
        said = dict(
            next(said for k, _on, said in ROAD[there[kind] if kind == "introduction" else 0 :] if k == kind)
        )
        if kind == "introduction":
            said = dict([said for k, _on, said in ROAD if k == kind][min(there[kind], 1)])
        step(candidacy, kind, on, access=self.door, **said)

    def paper(self, candidacy):
        kind = self.dice.choice(list(TOLD))
        step(candidacy, kind, self.day(candidacy), access=self.door, **TOLD[kind])

    def late(self, candidacy):
        kind, result = self.dice.choice(
            (("verification", "fail"), ("verification", "wait"), ("opinions", ""))
        )
        said = {} if result else TOLD["opinions"]["said"]
        step(
            candidacy,
            kind,
            date(2024, 1, 10) + timedelta(days=self.dice.randrange(400)),
            result=result,
            said=said,
        )

    def _some(self, rows):
        rows = list(rows)
        if not rows:
            raise actions.Refused("không có gì để sửa")
        return self.dice.choice(rows)

    def correct(self, candidacy):
        paper = self._some(candidacy.papers.all())
        actions.correct(
            paper, on=paper.on + timedelta(days=self.dice.randrange(-30, 30)), reason="nhầm", number=paper.number,
            result=paper.result, said=paper.said, snapshot=columns.current(), by=None,
        )  # fmt: skip

    def take_back(self, candidacy):
        actions.take_back(self._some(candidacy.papers.all()), reason="nhầm", by=None)
        # A move taken back: the dossier goes on where it was.
        standing = set(Candidacy.objects.values_list("pk", flat=True))
        self.followed = [pk for pk in self.followed if pk in standing] + [candidacy.pk]

    def certified_otherwise(self, candidacy):
        row = self._some(candidacy.person.certificates.all())
        told = {"reason": "nhầm", "snapshot": columns.current(), "by": None}
        if self.dice.random() < 0.3:
            actions.drop_certificate(row, **told)
        else:
            actions.correct_certificate(row, number="7", issued_on=self.day(candidacy), **told)

    def helped_otherwise(self, candidacy):
        row = self._some(candidacy.mentorships.all())
        told = {"reason": "nhầm", "snapshot": columns.current(), "by": None}
        if self.dice.random() < 0.3:
            actions.drop_mentorship(row, **told)
        else:
            since = row.since + timedelta(days=self.dice.randrange(-40, 40))
            actions.correct_mentorship(
                row, mentor=row.mentor, since=since, document="4-NQ/CB", able=True, **told
            )

    def leave(self, candidacy):
        kind = self.dice.choice(("withdrawn", "removed", "not_passed", "struck_off", "died", "stopped"))
        actions.leave(
            candidacy, kind, on=self.day(candidacy), reason="x", snapshot=columns.current(), by=None
        )
        self.followed.append(candidate(self.world.cell, full_name=f"Người Mới {len(self.followed)}").pk)

    def move(self, candidacy):
        to = self.dice.choice((self.world.cell, self.world.other))
        there = actions.move_away(
            candidacy, on=self.day(candidacy), to_cell=to, snapshot=columns.current(), by=None
        )
        self.followed.append(there.pk)

    def mentor(self, candidacy):
        actions.assign_mentor(
            candidacy, mentor=self.dice.choice(("Lê Thị Tám", "Hồ Văn Chín")), since=self.day(candidacy),
            document="4-NQ/CB", by=None,
        )  # fmt: skip

    def end_mentor(self, candidacy):
        on = self.day(candidacy)
        actions.end_mentor(candidacy, on=on, by=None)
        actions.assign_mentor(
            candidacy, mentor="Lê Thị Tám", since=on + timedelta(days=1), document="4-NQ/CB", by=None
        )

    def unable(self, candidacy):
        running = self._some(candidacy.mentorships.filter(until=None))
        actions.declare_unable(running, on=self.day(candidacy), why="chuyển đi", by=None)

    def review(self, candidacy):
        actions.review(candidacy, on=self.day(candidacy), verdict="good", by=None)

    def certificate(self, candidacy):
        actions.add_certificate(
            candidacy, kind="awareness", number="", issued_on=self.day(candidacy), by=None
        )

    def cancel(self, candidacy):
        admission = self._some(
            [a for a in candidacy.person.admissions.all() if a.candidacy_id == candidacy.pk]
        )
        admissions.cancel(admission, on=self.day(candidacy), reason="sai", stamp=admission.stamp, by=None)
        self.followed.append(candidate(self.world.cell, full_name=f"Người Mới {len(self.followed)}").pk)

    def undo_step(self, candidacy):
        actions.retract(candidacy, by=None, reason="nhầm")

    def letter(self, candidacy):
        letter = actions.ask_letter(
            candidacy, to="Đảng ủy xã", sent_on=self.day(candidacy), snapshot=columns.current(), by=None
        )
        actions.answer_letter(letter, on=letter.sent_on, result="pass", by=None)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(2))
def test_over_the_database_one_truth_tells_every_road(seed):
    office = Office(build(), random.Random(seed))
    for _ in range(300):
        office.step()
    assert journal.verify() is None
    assert office.said["refused"] > 20 and office.said["next"] > 10
    assert Certificate.objects.exists()

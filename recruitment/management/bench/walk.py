"""A random walk over the deeds of the road: whatever is tried in whatever order, on whatever day, no dossier says what
the specification forbids, and every refusal names its rule. Without a database."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from recruitment.pipeline.actions import judging
from recruitment.rules import dossier, eligibility
from recruitment.rules.papers import DECIDED, KINDS, PROBATION

from . import specification
from .specification import NEEDS, ONCE, OUT

BEGIN, END = date(2025, 1, 2), date(2027, 6, 30)
_STORED = dict(judging.BORNE)
_TRIED = tuple(
    dict.fromkeys([*NEEDS, "application", "introduction", "opinions", "opinion_home", "ceremony_consent"])
)
_OUT = tuple(sorted(OUT))


@dataclass(frozen=True)
class Somebody:
    """Who is followed: what the specification is told beside the papers."""

    born: date
    entered_on: date
    certified: tuple
    class_of_members: tuple
    helped_from: date


class Violated(AssertionError):
    """The walk reached what may not be."""


@dataclass
class Tally:
    """How often each deed was done and refused, and how far dossiers came."""

    steps: int = 0
    done: int = 0
    refused: int = 0
    ends: dict = None


class Walk:
    """One candidate after another, each walked at random until the road ends or leads nowhere.

    book: statute.Book. dice: a random.Random; the same seed walks the same way."""

    def __init__(self, book, dice):
        self.book, self.dice = book, dice
        self.tally = Tally(ends={})
        self._begin()

    def run(self, steps):
        """Take so many steps. Raises Violated with what was done. Returns the Tally."""
        for _ in range(steps):
            self.step()
        return self.tally

    def step(self):
        """One deed tried: done or refused, and the dossier looked at."""
        self.tally.steps += 1
        self.left -= 1
        tried = self.dice.random()
        if tried < 0.07 and self.facts.told():
            done = self._correct()
        elif tried < 0.12 and self.facts.papers:
            done = self._take_back()
        else:
            done = self._record()
        self.tally.done += done
        self.tally.refused += not done
        if done:
            self._look()
        if self.left <= 0 or self.facts.stage in {"closed", "official"} and self.dice.random() < 0.3:
            self.tally.ends[self.facts.stage] = self.tally.ends.get(self.facts.stage, 0) + 1
            self._begin()

    def _begin(self):
        dice, ready = self.dice, self.dice.random() < 0.7
        entered = BEGIN + timedelta(days=dice.randrange(200))
        classes = (1, 20) if ready else dice.sample((-1900, -1750, 20, 60, 300), dice.randrange(3))
        certified = tuple(entered + timedelta(days=days) for days in classes)
        self.person = Somebody(
            born=entered - timedelta(days=9000 if ready else dice.choice((6500, 6560, 12000, 21800, 22400))),
            entered_on=entered, certified=certified,
            class_of_members=(entered + timedelta(days=dice.choice((250, 400, 700))),) * (ready or dice.randrange(2)),
            helped_from=entered + timedelta(days=0 if ready else dice.choice((0, 120))),
        )  # fmt: skip
        self.facts = dossier.Facts(
            born=self.person.born, entered_on=entered, stage="source", education="THPT", certificates=certified,
            new_member_certificates=self.person.class_of_members, levels=frozenset({"base"}), first_listed=entered,
            helpers=(dossier.Helper("Trần Văn Bảy", self.person.helped_from, document="02-NQ/CB"),),
        )  # fmt: skip
        self.approvals, self.left, self.did = {}, 120, []

    def _day(self):
        told = self.facts.told()
        last = max((paper.on for paper in told), default=self.facts.entered_on)
        if self.dice.random() < 0.8:
            jump = (0, 1, 3, 7, 7, 15, 40, 60) if self.facts.stage != "probation" else (1, 30, 200, 367)
            return last + timedelta(days=self.dice.choice(jump))
        return BEGIN + timedelta(days=self.dice.randrange((END - BEGIN).days))

    def _kind(self):
        """Mostly what may come next, for else no walk would come far."""
        tried = self.dice.random()
        if tried < 0.006:
            return self.dice.choice(_OUT)
        if tried < 0.2:
            return self.dice.choice(_TRIED)
        there = {paper.kind for paper in self.facts.told()}
        ahead = [k for k in _TRIED if set(NEEDS.get(k, ())) <= there and not (k in ONCE and k in there)]
        fresh = [k for k in ahead if k not in there or k == "introduction"]
        return self.dice.choice(fresh or ahead or list(_TRIED))

    def _paper(self, kind, on):
        """A paper as somebody might fill it in, right most of the time."""
        dice, known, said, result = self.dice, KINDS[kind], {}, ""
        wrong = dice.random() < 0.12
        if "in_favour" in known.fields:
            members = dice.choice((2, 3, 9, 14)) if wrong else dice.choice((3, 9, 10, 14))
            present = dice.randrange(members + 1) if wrong else members
            said = {
                "members": members,
                "present": present,
                "in_favour": dice.randrange(present + 1) if wrong else present,
            }
            if "away" in known.fields and wrong:
                said |= {"away": dice.randrange(2), "exempt": dice.randrange(2)}
        elif "present" in known.fields:
            said = {"present": 8, "agree": 7 if wrong else 8, "disagree": 0}
        elif kind == "introduction":
            back = dice.choice((200, 364, 365, 366)) if wrong else 900
            said = {
                "introducer": dice.choice(("Bảy", "Tám", "Chín")),
                "together_since": (on - timedelta(days=back)).isoformat(),
            }
        elif known.results:
            result = dice.choice(known.results) if wrong else "pass"
        said |= {name: "x" for name in ("to", "reason", "missing") if name in known.fields and not wrong}
        paper = dossier.Paper(kind, on, "1", "", result, said, "5-CV" if dice.random() < 0.1 else "")
        if known.is_vote:
            paper = replace(paper, result=eligibility.concluded(paper, self.book.statute.on(on)))
        return paper

    def _record(self):
        paper = self._paper(self._kind(), self._day())
        after = self._with(self.facts, paper)
        if self._refused(self.facts, paper) or self._objected(
            judging.shaken(self.facts, after, self.book), paper
        ):
            return False
        return self._take(after, paper, "record")

    def _correct(self):
        old = self.dice.choice(self.facts.told())
        new = self._paper(old.kind, old.on + timedelta(days=self.dice.randrange(-40, 60)))
        without = self._without(old)
        after = self._with(without, new)
        if old.kind in OUT or self._refused(without, new):
            return False
        if self._objected(judging.shaken(self.facts, after, self.book), new):
            return False
        self.approvals.pop(old.kind, None)
        return self._take(after, new, f"correct {old.on}")

    def _take_back(self):
        old = self.dice.choice(self.facts.papers)
        beneath = self.facts.decided and KINDS[old.kind].phase not in {DECIDED, PROBATION, "out"}
        after = self._without(old)
        if beneath or self._objected(judging.shaken(self.facts, after, self.book), old):
            return False
        return self._take(after, old, "take back", keep=False)

    def _with(self, facts, paper):
        if paper.kind in _STORED:
            after = replace(facts, **{_STORED[paper.kind]: paper.on})
        else:
            after = replace(facts, papers=(*facts.papers, paper))
        return replace(after, stage=judging.stage_of(after))

    def _without(self, paper):
        if paper.kind in _STORED:
            after = replace(self.facts, **{_STORED[paper.kind]: None})
        else:
            others = list(self.facts.papers)
            others.remove(paper)
            after = replace(self.facts, papers=tuple(others))
        return replace(after, stage=judging.stage_of(after))

    def _refused(self, facts, paper):
        found = eligibility.objections(facts, paper, paper.on, self.book)
        return self._objected(
            [o for o in found if o.forbids and not (paper.approval and o.approvable)], paper
        )

    def _objected(self, found, paper):
        """Whether anything was; each must say what, which rule says so, and what would mend it."""
        for one in found:
            if not (one.said and one.cure and one.rule.citation and one.rule.mark):
                raise Violated(f"{one.code} against {paper.kind} says no rule or no cure")
        return bool(found)

    def _take(self, after, paper, deed, keep=True):
        self.facts = after
        self.did.append(f"{deed} {paper.kind} {paper.on} {paper.result} {paper.said} {paper.approval}")
        if keep and paper.kind in _STORED:
            self.approvals[paper.kind] = paper.approval
        return True

    def _look(self):
        papers = [replace(p, approval=self.approvals.get(p.kind, p.approval)) for p in self.facts.told()]
        found = list(specification.violations(self.person, papers, self.book.calendar))
        if self.facts.stage.replace("class", "source") != specification.stage(papers):
            found.append(f"stands at {self.facts.stage}, not {specification.stage(papers)}")
        if found:
            raise Violated("\n".join([*found, "after", str(self.person), *self.did]))


def walk(book, steps, seed=9352):
    """Walk so many steps. Returns the Tally; raises Violated."""
    return Walk(book, random.Random(seed)).run(steps)  # noqa: S311 - repeatable, no secret

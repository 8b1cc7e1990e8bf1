"""What a check is given: the facts, the step, the rules in force that day; and how it says what it found. Pure."""

from dataclasses import dataclass, replace
from functools import cached_property

from ..dossier import Facts, Objection, Paper
from ..papers import FAIL, KINDS, ORDER, PASS, Kind, done_by
from ..statute import Book
from ..votes import entitled, goes_up, passes

_STAGES = ("source", "class", "dossier", "cell", "submitted", "decided", "probation", "official")
# The section appraises and reports; it has no deciding vote, so that its doubts stop nobody.
ADVISES = {"section_appraisal", "section_recognition"}


def concluded(paper, rules):
    """What a paper concluded: "pass" or "fail" of a vote from its counts (2/3 of all entitled, whatever it claims), its
    own result otherwise; "" where nothing can be said. rules: the RuleSet of its day."""
    if not KINDS[paper.kind].is_vote:
        return paper.result
    members, in_favour = paper.count("members"), paper.count("in_favour")
    if members is None or in_favour is None:
        return paper.result
    try:
        voting = entitled(members, paper.count("away") or 0, paper.count("exempt") or 0)
        return PASS if passes(paper.kind, voting, in_favour, rules, members) else FAIL
    except ValueError:  # counts that cannot be, or a cell too small to vote: refused where recorded
        return FAIL


@dataclass(frozen=True)
class Case:
    """One step to be judged. ahead: the step is only foreseen, so that what its own paper would say is not asked."""

    facts: Facts
    step: Paper
    book: Book
    ahead: bool = False

    @property
    def on(self):
        return self.step.on

    @property
    def kind(self) -> Kind:
        return KINDS[self.step.kind]

    @cached_property
    def rules(self):
        return self.book.statute.on(self.on)

    @property
    def calendar(self):
        return self.book.calendar

    def object(self, code, rule, said, cure, verdict="block", *, approvable=False, fault=None, paper=""):
        """The Objection; rule: a code of the set in force, or a Rule of its own."""
        rule = self.rules[rule] if isinstance(rule, str) else rule
        return Objection(str(code), said, cure, rule, verdict, approvable, fault, paper or self.step.kind)

    def at(self, paper):
        """The same facts judged for a paper that stands: what was true on its day, by the rules of its day."""
        others = tuple(other for other in self.facts.papers if other is not paper)
        return replace(self, facts=replace(self.facts, papers=others), step=paper)

    @cached_property
    def told(self):
        """Everything done that bears a day, in order of day and then of the procedure."""
        return sorted(self.facts.told(), key=lambda paper: (paper.on, ORDER[paper.kind]))

    def of(self, *kinds):
        return [paper for paper in self.told if paper.kind in kinds]

    def until(self, *kinds):
        """Those dated on or before the step."""
        return [paper for paper in self.of(*kinds) if paper.on <= self.on]

    def failed(self, paper):
        return concluded(paper, self.book.statute.on(paper.on)) == FAIL

    def standing(self, kind):
        """The papers of a kind that have not failed; an adviser's paper stands whatever it says."""
        return [paper for paper in self.of(kind) if kind in ADVISES or not self.failed(paper)]

    def last(self, *kinds):
        """The latest up to the step's day, or None."""
        return next(reversed(self.until(*kinds)), None)

    def gone_up(self, kind):
        """Whether a vote failed so often by the step's day that the matter goes up to whoever decides."""
        counted = [not self.failed(paper) for paper in self.until(kind)] if KINDS[kind].is_vote else []
        return bool(counted) and goes_up(counted, self.rules)

    def exists(self, kind):
        """Whether that step exists for the cell: there may be no section and no grassroots committee above it."""
        return KINDS[kind].exists(self.facts.levels)

    def behind(self, kind):
        """Whether a stage reported without papers says that this is done."""
        stated, by = self.facts.stated, done_by(kind)
        return stated in _STAGES and by in _STAGES and _STAGES.index(by) <= _STAGES.index(stated)

"""The report of a committee and a year, or any other period: which plan, day and tree, and its numbers.

Asks `quotas.progress`, `Selection`, `Organisations` and `Road` only, so that no sheet can say what a page does not.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from committees import vietnamese
from committees.vietnamese import add_months

from ..models import Plan
from ..quotas.forms import plans_for
from ..quotas.progress import REPORTED, Progress, Unanswerable, find_plan, progress, tree_day
from ..quotas.question import Question, ask
from ..quotas.several import several
from ..quotas.two_views import by_tree
from .annual_period import Period
from .annual_span import Span
from .annual_term import term_of


@dataclass(frozen=True)
class Annual:
    """One committee's period. `question` is about its last day (or the day asked), `found` is None without a plan.

    people: whether the reader may see persons there; sees(right, places): mask over committee indexes of where the
    reader holds a right today, for what names organisations and persons."""

    snapshot: object
    period: Period
    question: Question
    found: Progress | None
    now: Span
    before: Span
    people: bool
    sees: object
    demo: bool
    today: date
    by_choice: bool = False  # whether the tree was asked for, not the day's own

    @property
    def chosen(self):
        """{parameter: value} of the period, the plan and the tree asked for: what the journal keeps."""
        plan = {"plan": self.plan.code if self.plan else ""}
        return (
            self.period.asked
            | plan
            | ({"tree_on": self.question.tree_on.isoformat()} if self.by_choice else {})
        )

    @property
    def view(self):
        """Which of the two views it is."""
        return by_tree(self.day, self.question.tree_on, self.today)

    @property
    def tree(self):
        return self.question.tree

    @property
    def position(self):
        return self.question.position

    @property
    def plan(self):
        return self.found.plan if self.found else None

    @property
    def day(self):
        return self.question.on

    @property
    def running(self):
        """Whether the period is not over on the day the numbers end with."""
        return self.day < self.period.last

    @cached_property
    def children(self):
        return self.tree.children(self.position)

    @cached_property
    def several(self):
        """The Several of what was reached; None where one plan alone has a target."""
        return self.found and several(self.snapshot, self.found)

    @cached_property
    def term(self):
        """The Term its day lies in; None where no plan of several years is in force."""
        return term_of(self.snapshot, self.question, self.plan)

    @property
    def reported(self):
        return self.found is not None and self.found.basis == REPORTED

    def standing(self, p):
        """The Standing of a direct child under the plan; None without a plan."""
        return self._standings.get(p)

    @cached_property
    def _standings(self):
        return {child.position: child for child in self.found.children} if self.found else {}

    def counted(self, standing):
        """What the plan counts for a Standing of `found`; None where nobody told: the register knows nothing of the time,
        or only the whole is reported."""
        if standing.basis != REPORTED and (self.reported or not self.now.known):
            return None
        return standing.admitted


def annual(
    snapshot, code, year=None, *, since=None, last=None, plan=None, on=None, tree_on=None, today=None, people=True,
    sees=None, demo=False,
):  # fmt: skip
    """The Annual of a committee (code) and a year, or the days from `since` to `last` (both inclusive, instead of a year),
    for all who may see persons by default. No query.

    The numbers end with the period's last day, with today in a running one, or with the day `on`, which must lie in the
    period. Tree: that of the day `tree_on`, not before it; else of that day, of the committee's own last day where it
    ended before, of today where it was founded later. They stand beside those of the same days a year before; for a
    period of more than a year, as many years before as it takes.
    plan: a code; by default the one for exactly this period, else for the year it lies in, else the one in force on that
    day. Raises Unanswerable."""
    today = today or vietnamese.today()
    period = Period(since, last) if year is None else Period.of_year(year)
    if period.fault:
        raise Unanswerable(period.fault)
    day = on or min(period.last, today)
    if day > today or period.first > today:
        late = period.first if on is None else day
        raise Unanswerable(f"Ngày {vietnamese.day(late)} chưa đến; hôm nay là {vietnamese.day(today)}.")
    if not period.first <= day <= period.last:
        raise Unanswerable(f"Ngày {vietnamese.day(day)} không thuộc {period.called}.")
    places = snapshot.structure
    if code not in places.by_code:
        raise Unanswerable(f"Không có tổ chức đảng mang mã “{code}”.")
    i = places.by_code[code]
    founded = places.first_day(i)
    later = founded is not None and founded > day
    by_choice = tree_on is not None and tree_on != day
    if tree_on is None and later:
        tree_on = tree_day(snapshot, i, today)
    question, _ = ask(snapshot, code, on=day, tree_on=tree_on)
    choose = _named if plan else _plan_of
    chosen = choose(snapshot, plan or code, period, day, question.tree_on)
    found = progress(snapshot, chosen.code, code, on=day, tree_on=tree_on) if chosen else None
    same_day = period.ago(day)
    then = replace(question, on=same_day, day=same_day)
    return Annual(
        snapshot=snapshot,
        period=period,
        question=question,
        found=found,
        now=Span(snapshot, question, period.first),
        before=Span(snapshot, then, add_months(period.first, -period.shift)),
        people=people,
        sees=sees or (lambda right, places: np.ones(len(places), bool)),
        demo=demo,
        today=today,
        by_choice=by_choice,
    )


def _named(snapshot, code, period, day, tree_on):
    plan = find_plan(snapshot, code)
    if plan.counts != Plan.Counts.ADMISSIONS:
        raise Unanswerable(f"{plan.name} không đếm số kết nạp: chọn một kế hoạch kết nạp.")
    if plan.since > day or plan.last_day < period.first:
        days = f"{vietnamese.day(plan.since)}–{vietnamese.day(plan.last_day)}"
        raise Unanswerable(
            f"{plan.name} ({days}) không có ngày nào trong {period.called} đến {vietnamese.day(day)}."
        )
    return plan


def _plan_of(snapshot, code, period, day, tree_on):
    """The plan a period is held against: the nearest committee's for exactly these days, else for exactly the year they
    lie in, else the one in force."""

    def exactly(asked):
        def holds(plan):
            same = (plan.since, plan.last_day) == (asked.first, asked.last)
            return same and plan.counts == Plan.Counts.ADMISSIONS

        return holds

    def in_force(plan):
        return plan.since <= day <= plan.last_day and plan.counts == Plan.Counts.ADMISSIONS

    years = {Period.of_year(one.year) for one in (period.first, period.last)}
    around = years - {period} if len(years) == 1 else ()
    for among in (exactly(period), *map(exactly, around), in_force):
        _, chosen = plans_for(snapshot, code, max(tree_on, day), among=among)
        if chosen:
            return chosen
    return None

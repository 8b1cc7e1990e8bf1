"""The annual report of a committee: which year, plan, day and tree, and the numbers its sheets are made of.

Asks `quotas.progress`, `Selection`, `Organisations` and `Road` only, so that no sheet can say what a page does not.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from committees import vietnamese
from committees.models import Kind
from committees.vietnamese import add_months

from ..facts import NEVER
from ..models import Plan
from ..pipeline.stages import Road
from ..quotas.forms import plans_for
from ..quotas.organisations import Organisations, exhausted
from ..quotas.progress import RECORDS, REPORTED, Progress, Unanswerable, find_plan, progress, tree_day
from ..quotas.question import Question, Selection, ask
from ..quotas.several import several
from ..quotas.sourceless import marks
from ..quotas.two_views import by_tree

EARLIEST = 1930  # the Party was founded on 03/02/1930


def read_year(text, today):
    """The year someone wrote, from 1930 to the year of `today`. ValueError, in Vietnamese, for anything else."""
    text = str(text).strip()
    if text.isascii() and text.isdecimal() and len(text) == 4 and EARLIEST <= int(text) <= today.year:
        return int(text)
    found = f"“{text[:20]}”" if text else "ô trống"
    raise ValueError(f"Tìm thấy {found}. Cần một năm từ {EARLIEST} đến {today.year}, ví dụ {today.year - 1}.")


class Span:
    """Admissions decided from one day to another, both inclusive, under the report's committee and by its tree."""

    basis = RECORDS

    def __init__(self, snapshot, question, first):
        self.snapshot, self.question, self.first = snapshot, question, first
        self.selection = Selection(snapshot, question)
        tree, counted = question.tree, self.selection.counted
        self.known = self._kept(counted, self.selection.places)
        within = self.selection.rows["decided"] >= first.toordinal()
        self.selection.narrow(within)
        self.recorded = tree.roll(tree.count(self.selection.places[np.flatnonzero(counted & within)]))

    def _kept(self, mask, places):
        """Whether any of these rows lies in the whole province, not only under the committee: where nobody ever wrote
        anything down by then, silence is no zero."""
        tree, p = self.question.tree, self.question.position
        top = (tree.ancestors(p) or [p])[0]
        where = tree.position[places]
        return bool(np.any(mask & (where >= top) & (where < tree.end[top])))

    @property
    def last(self):
        return self.question.on

    @property
    def total(self):
        """People; None where the register knows nothing of the time."""
        return self.at(self.question.position)

    def at(self, p):
        """People at and below a position of the tree; None where the register knows nothing of the time."""
        return int(self.recorded[p]) if self.known else None

    @cached_property
    def organisations(self):
        return Organisations(self.snapshot, self.question, self)

    @cached_property
    def source_told(self):
        """Whether anybody reported for the last day that a source is exhausted, or a grassroots organisation of the
        province had been marked so by then: else nobody kept that, and 0 would be a guess."""
        last, tree, p = self.last, self.question.tree, self.question.position
        if any(figure.since <= last < figure.until for _, figure in exhausted(self.snapshot)):
            return True
        top = (tree.ancestors(p) or [p])[0]
        where = [int(tree.position[i]) for i in marks(self.snapshot).spoken(last)]
        return any(top <= at < tree.end[top] and tree.kind(at) in Kind.grassroots() for at in where)

    @cached_property
    def road(self):
        """Candidacies by step at the end of the last day; None where none was kept by then."""
        road = Road(self.snapshot, self.question)
        return road if self._kept(road.stages >= 0, road.places) else None

    def certificates(self, awareness):
        """People a position who were issued a certificate in the time (of awareness classes, else of new members'); None
        where none of the kind was kept by then."""
        rows, tree = self.snapshot.certificates, self.question.tree
        of_kind = (rows["awareness"] == awareness) & (rows["issued"] <= self.last.toordinal())
        of_kind &= (
            rows["arrived"] == NEVER
        )  # those of whoever came with their cell were counted where they were issued
        if not self._kept(of_kind, self.snapshot.places(rows)):
            return None
        mask = of_kind & (rows["issued"] >= self.first.toordinal())
        return tree.roll(tree.count(self.snapshot.places(rows)[np.flatnonzero(mask)]))


@dataclass(frozen=True)
class Annual:
    """One committee's year. `question` is about its last day (or the day asked), `found` is None without a plan.

    people: whether the reader may see persons there; sees(right, places): mask over committee indexes of where the
    reader holds a right today, for what names organisations and persons."""

    snapshot: object
    year: int
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
        """{parameter: value} of the tree asked for: what the journal keeps."""
        return {"tree_on": self.question.tree_on.isoformat()} if self.by_choice else {}

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
        """Whether the year is not over on the day the numbers end with."""
        return self.day < date(self.year, 12, 31)

    @cached_property
    def children(self):
        return self.tree.children(self.position)

    @cached_property
    def several(self):
        """The Several of what was reached; None where one plan alone has a target."""
        return self.found and several(self.snapshot, self.found)

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
    snapshot, code, year, *, plan=None, on=None, tree_on=None, today=None, people=True, sees=None, demo=False
):
    """The Annual of a committee (code) and a year, for all who may see persons by default. No query.

    The numbers end with the year's last day, with today in a running year, or with the day `on`, which must lie in the
    year. Tree: that of the day `tree_on`, not before it; else of that day, of the committee's own last day where it ended
    before, of today where it was founded later.
    plan: a code; by default the one for exactly this year, else the one in force on that day. Raises Unanswerable."""
    today = today or vietnamese.today()
    first, last = date(year, 1, 1), date(year, 12, 31)
    day = on or min(last, today)
    if not first <= day <= last:
        raise Unanswerable(f"Ngày {vietnamese.day(day)} không thuộc năm {year}.")
    if day > today:
        raise Unanswerable(f"Ngày {vietnamese.day(day)} chưa đến; hôm nay là {vietnamese.day(today)}.")
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
    chosen = (
        _named(snapshot, plan, first, day) if plan else _plan_of(snapshot, code, first, day, question.tree_on)
    )
    found = progress(snapshot, chosen.code, code, on=day, tree_on=tree_on) if chosen else None
    same_day = add_months(day, -12)
    then = replace(question, on=same_day, day=same_day)
    return Annual(
        snapshot=snapshot,
        year=year,
        question=question,
        found=found,
        now=Span(snapshot, question, first),
        before=Span(snapshot, then, date(year - 1, 1, 1)),
        people=people,
        sees=sees or (lambda right, places: np.ones(len(places), bool)),
        demo=demo,
        today=today,
        by_choice=by_choice,
    )


def _named(snapshot, code, first, day):
    plan = find_plan(snapshot, code)
    if plan.counts != Plan.Counts.ADMISSIONS:
        raise Unanswerable(f"{plan.name} không đếm số kết nạp: chọn một kế hoạch kết nạp.")
    if plan.since > day or plan.last_day < first:
        period = f"{vietnamese.day(plan.since)}–{vietnamese.day(plan.last_day)}"
        raise Unanswerable(
            f"{plan.name} ({period}) không có ngày nào trong năm {first.year} đến {vietnamese.day(day)}."
        )
    return plan


def _plan_of(snapshot, code, first, day, tree_on):
    """The plan a year is held against: the nearest committee's for exactly this year, else the one in force."""

    def whole_year(plan):
        exactly = (plan.since, plan.until) == (first, date(first.year + 1, 1, 1))
        return exactly and plan.counts == Plan.Counts.ADMISSIONS

    def in_force(plan):
        return plan.since <= day < plan.until and plan.counts == Plan.Counts.ADMISSIONS

    for among in (whole_year, in_force):
        _, chosen = plans_for(snapshot, code, max(tree_on, day), among=among)
        if chosen:
            return chosen
    return None

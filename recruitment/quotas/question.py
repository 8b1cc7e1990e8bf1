"""The question behind every figure and every list: which committee, plan, group, day and tree."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from committees import vietnamese

from ..models import Plan
from .counting import counts
from .progress import Unanswerable, counted, find_group, progress, standing_position, tree_day


@dataclass(frozen=True)
class Question:
    """What is asked, with every default filled in. `day` is the last day that counts; plan None: everything to date."""

    plan: Plan | None
    group: object
    on: date
    tree_on: date
    day: date
    tree: object
    position: int

    @property
    def code(self):
        return self.tree.code(self.position)

    @property
    def name(self):
        return self.tree.name(self.position)

    @property
    def end(self):
        return int(self.tree.end[self.position])

    def holds(self, where):
        """Which positions (an array) lie in the committee or below it."""
        return (where >= self.position) & (where < self.end)


def ask(snapshot, committee, *, plan=None, on=None, tree_on=None, group=None):
    """(Question, Progress or None) for codes and days as `progress` takes them. Without a plan there is no progress:
    the question is then about all that happened to the day `on` (today by default). Raises Unanswerable."""
    if plan:
        found = progress(snapshot, plan, committee, on=on, tree_on=tree_on, group=group)
        question = Question(
            found.plan, found.group, found.on, found.tree_on, found.day, found.tree, found.node.position
        )
        return question, found
    group = find_group(snapshot, group)
    on = on or vietnamese.today()
    if tree_on is not None and tree_on < on:
        raise Unanswerable(
            f"Ngày của cây tổ chức ({vietnamese.day(tree_on)}) không được trước ngày tính ({vietnamese.day(on)})."
        )
    if committee not in snapshot.structure.by_code:
        raise Unanswerable(f"Không có tổ chức đảng mang mã “{committee}”.")
    i = snapshot.structure.by_code[committee]
    tree_on = tree_on or tree_day(snapshot, i, on)
    tree = snapshot.tree(tree_on)
    position = standing_position(snapshot, tree, i, tree_on)
    return Question(None, group, on, tree_on, on, tree, position), None


def seen_on(plan, today):
    """The day as of which a plan is looked at where nobody names one: today, its last day once it is over, its first
    while it has not begun: targets that wait for it then show, and nothing is reached."""
    return max(plan.since, min(plan.last_day, today))


def counting_column(plan):
    """The column of a fact table that holds the day by which a plan counts."""
    if plan is not None and plan.counts == Plan.Counts.TRAINED:
        return "issued"
    by_ceremony = plan is not None and plan.counts_by == Plan.CountsBy.CEREMONY
    return "held" if by_ceremony else "decided"


def counting_days(rows, plan):
    """The array of day numbers by which a plan counts its rows."""
    return rows[counting_column(plan)]


class Narrowing:
    """Rows of one of the snapshot's tables: `rows`, the committee index of each in `places`, and a `mask` that is
    narrowed step by step."""

    def narrow(self, mask):
        self.mask = self.mask & mask
        self.__dict__.pop("chosen", None)
        return self

    @cached_property
    def chosen(self):
        """Indexes of the rows, in name order."""
        return np.flatnonzero(self.mask)

    def __len__(self):
        return int(np.count_nonzero(self.mask))


class Selection(Narrowing):
    """The rows a question counts, in name order; always by the mask behind the figure."""

    def __init__(self, snapshot, question):
        self.snapshot, self.question = snapshot, question
        if question.plan is not None:
            mask, self.places, self.rows = counted(
                snapshot, question.plan, question.plan.since, question.day, question.group, on=question.on
            )
        else:
            self.rows = snapshot.admissions
            self.places = snapshot.places(self.rows)
            mask = counts(self.rows, question.on) & (self.rows["decided"] <= question.day.toordinal())
            if question.group is not None:
                mask &= (self.rows["groups"] & snapshot.bit(question.group.code)) != 0
        self.where = question.tree.position[self.places]
        self.counted = mask
        self.mask = mask & question.holds(self.where)
        self.when = counting_days(self.rows, question.plan)


def seen_by(access, right, snapshot, places):
    """Which committee indexes (an array) lie where the account holds the right today: the mask of every list."""
    tree = snapshot.tree(access.today)
    # Spans are positions of the door's own tree, which may have been read an instant before the snapshot.
    theirs, allowed = access.tree, np.zeros(len(tree) + 1, bool)
    for first, end in access.spans(right):
        if (first, end) == (0, len(theirs)):
            return np.ones(len(places), bool)
        p = tree.of(theirs.id(first))
        if p >= 0:
            allowed[p : tree.end[p]] = True
    return allowed[tree.position[places]]

"""Why a figure shown on a day differs today: every fact entered, corrected, cancelled or taken back since, and what they
come to. The parts always add up to the difference, because each step is counted as any figure is. Pure; no query."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ..columns import Snapshot
from .past import Past, before
from .progress import Progress, Unanswerable, progress
from .question import Question, Selection, counting_column
from .traces import GONE, MADE, Told

# What became of one fact: counted now and not then, or then and not now; MOVED: counted both times, elsewhere or on
# another day.
ENTERED, CORRECTED_IN, CORRECTED_OUT, CANCELLED, REMOVED, MOVED = (
    "entered", "corrected_in", "corrected_out", "cancelled", "removed", "moved",
)  # fmt: skip
EFFECT = {ENTERED: 1, CORRECTED_IN: 1, CORRECTED_OUT: -1, CANCELLED: -1, REMOVED: -1, MOVED: 0}
_COUNTS = {"cell_id", "decided_on", "ceremony_on", "cancelled_on", "issued_on", "kind"}


@dataclass(frozen=True)
class Shift:
    """One fact of which the register says something else since. pk: its row's; told: the entry that did it, the last of
    several; was: {column: value} as it stood, {} where it was not there; row: its index in the table now, None where it
    is gone; position: where it counts, in today's tree, or counted."""

    pk: int
    kind: str
    told: Told | None
    was: dict
    row: int | None
    position: int


@dataclass(frozen=True)
class Reconciliation:
    """then, now: the figure as shown; shifts: the facts between; by_plan, by_tree, by_report: what a change of the plan,
    of who stands under whom, or of a report that stands in adds."""

    then: int
    now: int
    shifts: list
    by_plan: int
    by_tree: int
    by_report: int

    @cached_property
    def counts(self):
        """{kind: facts} of the kinds there are, in their order."""
        found = Counter(shift.kind for shift in self.shifts)
        return {kind: found[kind] for kind in EFFECT if found[kind]}

    @property
    def by_facts(self):
        return sum(EFFECT[kind] * n for kind, n in self.counts.items())

    @property
    def adds_up(self):
        return self.then + self.by_facts + self.by_plan + self.by_tree + self.by_report == self.now

    @property
    def same(self):
        """Whether nothing at all is to be told."""
        return not (self.shifts or self.by_plan or self.by_tree or self.by_report)


@dataclass(frozen=True)
class Since:
    """The whole answer. question, found: of the figure as it is told now; former: the Progress as it was told then, by
    today's tree where the committee was not in the register yet; past: what it was worked out from."""

    question: Question
    found: Progress
    former: Progress
    past: Past
    reconciliation: Reconciliation

    @cached_property
    def units(self):
        """[(position of a direct child, {kind: facts})] of the units where anything changed, in the order of their codes;
        last, under None, what is recorded at the committee itself or stands elsewhere by today's tree."""
        tree, p = self.question.tree, self.question.position
        children = tree.children(p)
        ends = [int(tree.end[child]) for child in children]
        found = {}
        for shift in self.reconciliation.shifts:
            within = p < shift.position < self.question.end
            where = children[int(np.searchsorted(ends, shift.position, "right"))] if within else None
            found.setdefault(where, Counter())[shift.kind] += 1
        return [(where, dict(found[where])) for where in sorted(found, key=lambda at: (at is None, at or 0))]


def since(snapshot, past, question, found):
    """The Since of a figure: `question` and `found` as `ask` gives them for it now, of no group."""
    former = _asked(past.snapshot, question)
    structure = past.snapshot.structure if former else snapshot.structure
    then = Snapshot(past.number, b"", structure, past.snapshot.tables, past.snapshot.small, snapshot.book)
    same_plan = Snapshot(past.number, b"", structure, snapshot.tables, snapshot.small, snapshot.book)
    same_facts = Snapshot(past.number, b"", structure, snapshot.tables, then.small, snapshot.book)
    former = former or _asked(then, question)
    steps = [_selected(of, question) for of in (then, same_facts, same_plan, snapshot)]
    n = [len(step) for step in steps]
    reconciliation = Reconciliation(
        then=former.node.admitted,
        now=found.node.admitted,
        shifts=shifts_between(past, question, steps[0], steps[1]),
        by_plan=n[2] - n[1],
        by_tree=n[3] - n[2],
        by_report=(found.node.admitted - n[3]) - (former.node.admitted - n[0]),
    )
    return Since(question, found, former, past, reconciliation)


def _asked(snapshot, question):
    """The Progress of the question as of a snapshot; None where its committee did not stand there."""
    later = question.tree_on if question.tree_on > question.on else None
    try:
        return progress(snapshot, question.plan.code, question.code, on=question.on, tree_on=later)
    except Unanswerable:
        return None


def _selected(snapshot, question):
    plan, tree = snapshot.small.plans[question.plan.code], snapshot.tree(question.tree_on)
    position = tree.of(question.tree.id(question.position))
    asked = replace(question, plan=plan, day=min(question.on, plan.last_day), tree=tree, position=position)
    return Selection(snapshot, asked)


def shifts_between(past, question, then, now):
    """[Shift] between two Selections by one plan and one tree, the latest deed first: the facts as they stood, and as they
    stand."""
    was = dict(zip(then.rows["id"][then.chosen].tolist(), then.chosen.tolist(), strict=True))
    counted = dict(zip(now.rows["id"][now.chosen].tolist(), now.chosen.tolist(), strict=True))
    stands = dict(zip(now.rows["id"].tolist(), range(len(now.rows["id"])), strict=True))
    shifts = [_gained(past, question, now, pk, counted[pk]) for pk in counted.keys() - was.keys()]
    shifts += [
        _lost(past, question, then, now, pk, was[pk], stands.get(pk)) for pk in was.keys() - counted.keys()
    ]
    # Of a fact that counts both times, what of it decides where and when.
    matters = {"cell", counting_column(then.question.plan)}
    for pk in past.trace.writes.keys() & counted.keys() & was.keys():
        former, k = before(past.trace, pk, True), counted[pk]
        if any(now.rows[name][k] != former[name] for name in matters & former.keys()):
            shifts.append(_shift(past, question, now, pk, MOVED, former, k, k))
    return sorted(shifts, key=lambda shift: (-(shift.told.number if shift.told else 0), shift.pk))


def _gained(past, question, now, pk, k):
    former = before(past.trace, pk, True)
    kind = ENTERED if former is None else CORRECTED_IN
    return _shift(past, question, now, pk, kind, former or {}, k, k)


def _lost(past, question, then, now, pk, k_then, k_now):
    former = before(past.trace, pk, k_now is not None) or {}
    if k_now is None:
        kind = REMOVED
    elif "cancelled" in now.rows and now.rows["cancelled"][k_now] <= question.on.toordinal():
        kind = CANCELLED
    else:
        kind = CORRECTED_OUT
    return _shift(past, question, then, pk, kind, former, k_then, k_now)


def _shift(past, question, side, pk, kind, former, k, row):
    """k: the fact's index in the rows of the Selection `side`, where it is counted."""
    position = int(question.tree.position[side.places[k]])
    return Shift(pk, kind, _told(past.trace.history(pk), kind), former, row, position)


def _told(history, kind):
    """The entry that did it: the making of a fact entered since, else the last that wrote what counts; None where none
    says so."""
    writes = history if kind == ENTERED else reversed(history)
    return next((write.told for write in writes if _tells(write, kind)), None)


def _tells(write, kind):
    if kind == ENTERED:
        return write.kind == MADE
    if kind == CANCELLED and write.kind != GONE:
        return "cancelled_on" in write.old
    return write.kind == GONE or bool(_COUNTS & write.old.keys())

"""Which committees that ended are counted under the one that answers for them, and how many each brought. No query."""

from dataclasses import dataclass
from datetime import date

import numpy as np

# Each day on which committees ended is one more tree and one more pass over the facts: the newest get theirs.
MOST_DAYS, MOST_LINES = 12, 20


@dataclass(frozen=True)
class Ended:
    """A committee that ended, and what it had when it did: `count` of the rows counted, of days until its last."""

    code: str
    name: str
    last_day: date
    heir: str
    count: int


@dataclass(frozen=True)
class Inherited:
    """`lines`: the committees that brought most, MOST_LINES at most. The rest in numbers: `others` committees with
    `others_count` rows. `total`: all that was brought; `older`: whether committees of still older days were not looked
    at."""

    lines: list
    others: int
    others_count: int
    total: int
    older: bool


def inherited(selection):
    """The Inherited of the rows a Selection chooses, by its question's tree; None where no committee ended into this one.

    A committee that ended together with the one above it is told by that one. A row is told once: by the committee that
    ended last."""
    question, structure = selection.question, selection.snapshot.structure
    days = _ended(question.tree, question)
    if not days:
        return None
    left, found = selection.mask.copy(), []
    for last in sorted(days, reverse=True)[:MOST_DAYS]:
        then = structure.at(last)
        where = then.position[selection.places]
        open_still = left & (selection.when <= last.toordinal())
        people = then.roll(then.count(selection.places[np.flatnonzero(open_still)]))
        beyond = -1
        for i in sorted(days[last], key=lambda i: then.position[i]):
            p = int(then.position[i])
            if p < beyond:
                continue
            beyond = int(then.end[p])
            if people[p]:
                found.append(_line(structure, question, i, last, then.name(p), int(people[p])))
                left &= ~(open_still & (where >= p) & (where < beyond))
    found.sort(key=lambda line: (-line.count, line.code))
    rest = found[MOST_LINES:]
    return Inherited(
        lines=found[:MOST_LINES],
        others=len(rest),
        others_count=sum(line.count for line in rest),
        total=sum(line.count for line in found),
        older=len(days) > MOST_DAYS,
    )


def _ended(tree, question):
    """{last day: [committee index, …]} of those for which a committee under the question's answers."""
    stands = np.zeros(len(tree.position), bool)
    stands[tree.order] = True
    gone = np.flatnonzero(~stands & question.holds(tree.position))
    days = {}
    for i in gone.tolist():
        last = tree.structure.last_day(i, tree.day)
        if last is not None:
            days.setdefault(last, []).append(i)
    return days


def _line(structure, question, i, last, name, count):
    heir = structure.heir(i, question.tree.day)
    called = structure.name_on(heir, question.tree_on) if heir >= 0 else ""
    return Ended(structure.codes[i], name, last, called, count)

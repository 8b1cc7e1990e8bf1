"""Whether a step may be taken: every reason against it at once, each with its citation and its cure. Pure.

One module a concern; each check is a function of a `case.Case` that yields Objections, so that the thirty faults
(`rules.faults`) are the same checks asked of what already stands.
"""

from ..dossier import Paper
from . import background, deciding, introducers, leaving, order, person, voting
from .case import Case, concluded

__all__ = ["Case", "concluded", "foreseen", "objections"]

# What the cell may only consider of a person and a dossier that are ready.
READY = (*person.CHECKS, leaving.readmissible, *introducers.CHECKS, *background.CHECKS)
# What is asked of a kind beyond the order of the procedure.
CHECKS = {
    "readmission": (leaving.readmissible,),
    "verification": (background.conclusion,),
    "opinion_union": (background.counted,),
    "opinions": (background.counted,),
    "introduction": (introducers.new_letter,),
    "youth": (background.union_counted,),
    "union": (background.union_counted,),
    "cell_vote": (*READY, *voting.CHECKS),
    "base_vote": (deciding.advised, *voting.CHECKS),
    "ceremony": (deciding.held_in_time, deciding.helped_on),
    "member_file": (deciding.filed_in_time,),
    "probation_opinions": (background.counted,),
    "recognition_vote": (deciding.probation_over, deciding.new_member_class, *voting.CHECKS),
    "base_recognition": (deciding.advised, *voting.CHECKS),
    "recognition": (deciding.probation_over, deciding.recognised_in_time),
    "decision": (deciding.in_time, deciding.appraised),
    **dict.fromkeys(
        ("withdrawn", "removed", "not_passed", "moved", "struck_off", "died", "stopped"), leaving.LEAVING
    ),
}


def objections(facts, step, on, book):
    """Every Objection against a step of a candidacy on a day; an empty list means it may be taken.

    facts: dossier.Facts as they stand before the step. step: the dossier.Paper to be recorded (a kind stored on the
    admission too), with what it says. on: the day of the step, by which the rule set is chosen. book: statute.Book.
    What a decision rests on is judged again by the day and the rules of the cell's vote; what an approving document
    covered then stays covered.
    """
    return _found(Case(facts, step if step.on == on else _dated(step, on), book))


def foreseen(facts, kind, on, book):
    """The Objections that would stand if a paper of that kind were made on a likely day, from what is known now: what
    is missing, what will have lapsed by then. What the paper itself would say (counts, reasons) is not asked."""
    return _found(Case(facts, Paper(kind, on), book, ahead=True))


def _dated(step, on):
    return Paper(step.kind, on, step.number, step.issuer, step.result, step.said, step.approval)


def _found(case):
    found = [one for check in order.CHECKS for one in check(case)]
    if any(one.code == "closed" for one in found):
        return found
    found += [one for check in CHECKS.get(case.step.kind, ()) for one in check(case)]
    if case.step.kind == "decision":
        found += _of_the_cell(case)
    return found


def _of_the_cell(case):
    """What stood against the cell's vote on its day, for a decision that rests on it."""
    vote = case.last("cell_vote")
    if vote is None:
        return []
    there = case.at(vote)
    found = [one for check in READY for one in check(there)]
    return [one for one in found if one.forbids and not (vote.approval and one.approvable)]

"""How one percentage came about: every term of it, from the same calculation. Knows no HTTP; no query."""

from dataclasses import dataclass

from . import veil
from .progress import REPORTED, Progress
from .question import Question, ask
from .targets import target_short
from .words import Words


@dataclass(frozen=True)
class Explanation:
    """One percentage and what it is made of. people: whether the reader may see persons there; instead: what stands in
    the place of a group's count that may not be told."""

    question: Question
    found: Progress
    people: bool
    instead: str = ""

    @property
    def node(self):
        return self.found.node

    @property
    def words(self):
        return Words(self.found)

    @property
    def percent(self):
        """As written; None where there is none, or where it would tell a count that may not be shown."""
        return None if self.admitted is None else self.words.percent

    @property
    def target(self):
        return target_short(self.node.target)

    @property
    def reported(self):
        return self.node.basis == REPORTED

    @property
    def admitted(self):
        """The number as shown: None where `instead` stands for it."""
        return None if self.instead else self.node.admitted


def explain(snapshot, plan, committee, *, on=None, tree_on=None, group=None, people=False):
    """The Explanation of what a committee reached under a plan; codes and days as `progress` takes them. people: whether
    who asks may see persons there. Raises Unanswerable."""
    question, found = ask(snapshot, committee, plan=plan, on=on, tree_on=tree_on, group=group)
    veiled = question.group is not None and not people
    instead = veil.in_a_sentence(snapshot, question, found.admitted) if veiled else ""
    return Explanation(question, found, people, instead)

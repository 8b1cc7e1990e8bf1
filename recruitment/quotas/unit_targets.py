"""Every target that one committee has on a day, whichever plan gave it: people admitted beside people sent to class, the
whole beside its groups. Knows no HTTP; no query."""

from dataclasses import dataclass
from datetime import date

from ..models import Plan
from .forms import plans_for
from .group_targets import GroupTargets, group_targets
from .progress import Progress
from .question import Question, Selection, ask
from .several import several

_KINDS = {kind: k for k, kind in enumerate(Plan.Kind)}


@dataclass(frozen=True)
class Held:
    """What one plan wants of the committee. `groups`: its GroupTargets, None without any."""

    question: Question
    found: Progress
    groups: GroupTargets | None

    @property
    def plan(self):
        return self.found.plan

    @property
    def standing(self):
        return self.found.node


@dataclass(frozen=True)
class Beside:
    """One committee: people sent to class and people admitted, each against its target."""

    code: str
    name: str
    trained: object  # Standing
    admitted: object


@dataclass(frozen=True)
class SideBySide:
    """The two targets of each unit of a period. trained, admitted: the Held they are of; whole: the committee itself."""

    trained: Held
    admitted: Held
    rows: list
    whole: Beside


@dataclass(frozen=True)
class Term:
    """The plans of one period, both days inclusive. several: one a result that stands against more than one target."""

    since: date
    last_day: date
    held: list
    several: list
    beside: SideBySide | None


@dataclass(frozen=True)
class UnitTargets:
    """All targets of a committee in force on a day, the newest period first. others: plans of other times, the newest
    first; question: of the day, under no plan."""

    question: Question
    terms: list
    others: list

    @property
    def name(self):
        return self.question.name

    @property
    def count(self):
        return sum(
            1 + len(held.groups.rows if held.groups else ()) for term in self.terms for held in term.held
        )


def unit_targets(snapshot, code, *, on, today, people, tree_on=None):
    """The UnitTargets of a committee (a code) on a day, by that day's tree or the one of `tree_on`. people: whether who asks may see persons there; otherwise small
    counts of groups are hidden. Raises Unanswerable."""
    founded = snapshot.structure.first_day(snapshot.structure.by_code[code])
    tree_on = tree_on or (today if founded is not None and on < founded <= today else None)
    question, _found = ask(snapshot, code, on=on, tree_on=tree_on)
    plans, _first = plans_for(snapshot, code, today)
    running = [plan for plan in plans if plan.since <= on <= plan.last_day]
    held = [_held(snapshot, plan, code, on, tree_on, people) for plan in running]
    held = [one for one in held if one.standing.target is not None or one.groups]
    periods = sorted({(one.plan.since, one.plan.last_day) for one in held}, reverse=True)
    terms = [_term(snapshot, period, held) for period in periods]
    return UnitTargets(question, terms, [plan for plan in plans if plan not in running])


def _held(snapshot, plan, code, on, tree_on, people):
    question, found = ask(snapshot, code, plan=plan.code, on=on, tree_on=tree_on)
    return Held(question, found, group_targets(Selection(snapshot, question), found, people=people))


def _term(snapshot, period, held):
    here = [one for one in held if (one.plan.since, one.plan.last_day) == period]
    here.sort(key=lambda one: (one.plan.counts, one.plan.counts_by, _KINDS[one.plan.kind], one.plan.code))
    said = {}
    for one in here:
        if found := several(snapshot, one.found):
            said.setdefault((one.plan.counts, one.plan.counts_by), (found, one))
    return Term(*period, here, list(said.values()), _side_by_side(here))


def _side_by_side(held):
    """The SideBySide of a period's plans; None unless both things are counted and there are units. Of several plans that
    count one thing, the one that gave most units a target."""
    chosen = {}
    for counts in Plan.Counts:
        of_it = [one for one in held if one.plan.counts == counts]
        if not of_it:
            return None
        chosen[counts] = max(of_it, key=lambda one: one.found.assigned)
    trained, admitted = chosen[Plan.Counts.TRAINED], chosen[Plan.Counts.ADMISSIONS]
    units = [_beside(*both) for both in zip(trained.found.children, admitted.found.children, strict=True)]
    if not units:
        return None
    return SideBySide(trained, admitted, units, _beside(trained.standing, admitted.standing))


def _beside(trained, admitted):
    return Beside(admitted.code, admitted.name, trained, admitted)

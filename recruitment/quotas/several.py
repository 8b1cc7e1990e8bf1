"""One result against every target it has: what was reached is counted once, and stands beside the targets of a congress,
of a standing committee, of the unit itself. Knows no HTTP; no query."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from committees import vietnamese

from ..models import Plan
from .heirs import targets_on
from .progress import Standing, Standings
from .targets import target_words

_ORDER = {kind: k for k, kind in enumerate(Plan.Kind)}


@dataclass(frozen=True)
class Part:
    """The result against one of its targets. label: whose target it is, as a sentence calls it; `before`: what joins it
    to the part before."""

    plan: Plan
    standing: Standing
    label: str
    before: str

    @property
    def code(self):
        return self.plan.code

    @property
    def percent(self):
        return self.standing.percent

    @property
    def target(self):
        """In words that stand in brackets: "9.000, 1.800 mỗi năm"."""
        return target_words(self.standing.target).replace(" (", ", ").replace(")", "")

    @property
    def version(self):
        """By which document and from which day the target holds."""
        target = self.standing.target
        since = target.effective_on and _("từ %s") % vietnamese.day(target.effective_on)
        return ", ".join(filter(None, [target.document or self.plan.document, since]))


@dataclass(frozen=True)
class Several:
    """What was reached, and the parts: one a plan, the congress's first."""

    admitted: int
    parts: list

    @property
    def said(self):
        """ "539 = 89,83 % của Nghị quyết đại hội (600) và 82,92 % của Ban thường vụ giao (650)"."""
        return "".join(text for text, _plan in self.pieces)

    @property
    def pieces(self):
        """The same, [(words, code of the plan of whose target they are the share, else "")]."""
        found = [(f"{vietnamese.number(self.admitted)} = ", "")]
        for part in self.parts:
            found += [
                (part.before, ""),
                (vietnamese.percent_text(part.percent), part.code),
                (f" {_('của')} {part.label} ({part.target})", ""),
            ]
        return found

    def others(self, plan):
        """The parts of the other plans."""
        return [part for part in self.parts if part.code != plan.code]


def same_count(one, other):
    """Whether two plans count the same thing in the same period: then one result stands against both."""

    def said(plan):
        return plan.since, plan.until, plan.counts, plan.counts_by

    return said(one) == said(other)


def several(snapshot, found):
    """The Several of a Progress: its plan and every other plan of the committee, or of one above or below it, that counts
    the same, by the targets in force on its day. None unless two of them give a percentage."""
    known = [plan for plan in snapshot.small.plans.values() if same_count(plan, found.plan)]
    if len(known) < 2:
        return None
    reached = []
    for plan in sorted(known, key=lambda plan: (_ORDER[plan.kind], plan.code)):
        if plan.code == found.plan.code:
            standing = found.node
        elif _in_line(plan, found):
            standing = replace(found.node, target=_target_on(snapshot, plan, found))
        else:
            continue
        if standing.percent is not None:
            reached.append((plan, standing))
    return Several(found.node.admitted, _parts(reached)) if len(reached) > 1 else None


def term_of(snapshot, found):
    """(Plan, Standing): the term that a year is read beside, and how the committee of its Progress stands in it on the
    same day by the same tree. The plan's own term, else the last longer one begun by then. None for a plan longer than a
    year, and where the term gives no percentage. No query; one pass over the facts."""
    plan = found.plan
    if lasts_longer(plan):
        return None
    term = plan.term or max(
        (
            other
            for other in snapshot.small.plans.values()
            if lasts_longer(other) and other.counts == plan.counts and other.since <= found.on
            and _in_line(other, found) and _target_on(snapshot, other, found)
        ),
        key=lambda other: (other.since, other.code), default=None,
    )  # fmt: skip
    if term is None:
        return None
    day = min(found.on, term.last_day)
    standing = Standings(snapshot, term, found.tree, found.on, day, found.group).standing(found.node.position)
    return (term, standing) if standing.percent is not None else None


def lasts_longer(plan):
    """Whether a plan's period is longer than a year."""
    return plan.until > vietnamese.add_months(plan.since, 12)


def _target_on(snapshot, plan, found):
    """The Target of a Progress's committee under another plan, on its day, for its group; None without one."""
    group_id = found.group.pk if found.group else None
    day = min(found.on, plan.last_day)
    return targets_on(snapshot, plan, day, found.tree, group_id).get(found.node.position)


def _in_line(plan, found):
    """Whether a plan is nobody's in particular, or of a committee at, above or below that of a Progress."""
    if plan.committee_id is None:
        return True
    tree, p, at = found.tree, found.node.position, found.tree.of(plan.committee_id)
    return at >= 0 and (at <= p < tree.end[at] or p <= at < tree.end[p])


def _parts(reached):
    kinds = [plan.kind for plan, _standing in reached]
    return [
        Part(
            plan,
            standing,
            plan.get_kind_display() if kinds.count(plan.kind) == 1 else plan.name,
            joined(k, len(reached)),
        )
        for k, (plan, standing) in enumerate(reached)
    ]


def joined(k, n):
    """What stands before the k-th of n things of a sentence."""
    return "" if k == 0 else f" {_('và')} " if k == n - 1 else ", "

"""Which plans concern a reader, where each is looked at from, and what it says there today."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from committees import vietnamese
from committees.access import FIGURES, PEOPLE, TARGETS

from ..models import Plan
from .group_targets import group_targets
from .links import Links
from .progress import REPORTED, Unanswerable
from .question import Selection, ask, seen_on
from .several import several
from .targets import base_words, target_short
from .two_views import by_tree
from .years import Years


def concerns(access, plan, right):
    """Whether a plan is that of a committee at, above or below one where the right is held; one of no committee is
    everybody's. No query beyond access's own."""
    spans = access.spans(right)
    if plan.committee_id is None:
        return bool(spans)
    tree, p = access.tree, access.tree.of(plan.committee_id)
    if p < 0:
        return access.may(right, plan.committee_id)
    # Spans and subtrees are nested or apart: to overlap is to stand above, at or below.
    return any(first < tree.end[p] and p < end for first, end in spans)


def plans_of(access, snapshot):
    """Plans that concern the reader, the newest first."""
    found = [plan for plan in snapshot.small.plans.values() if concerns(access, plan, FIGURES)]
    return sorted(found, key=lambda plan: (plan.since, plan.until, plan.code), reverse=True)


def plan_of(access, snapshot, code, right=FIGURES):
    """The plan of that code. Http404 where it does not concern the reader, as if it did not exist; PermissionDenied
    where it does, but the right is held nowhere in it."""
    access.require(right)
    plan = snapshot.small.plans.get(unicodedata.normalize("NFC", code))
    if plan is None or not concerns(access, plan, FIGURES):
        raise Http404
    if not concerns(access, plan, right):
        raise PermissionDenied
    return plan


def may_change(access, plan):
    """Whether the plan itself may be changed: one of no committee is the whole register's."""
    return access.may(TARGETS, plan.committee_id)


def seat(access, plan):
    """The code of the committee from which the reader looks at a plan: its own, else the highest within reach below
    it. None for a plan of no committee, to who sees the whole register: then its targets decide."""
    if plan.committee_id is None:
        if access.may(FIGURES, None):
            return None
    elif access.may(FIGURES, plan.committee_id):
        return plan.committee.code
    tree, spans = access.tree, access.spans(FIGURES)
    if plan.committee_id is not None:
        p = tree.of(plan.committee_id)
        spans = [(first, end) for first, end in spans if p <= first < tree.end[p]]
    return tree.code(spans[0][0])


def look(snapshot, plan, code, *, today, group=None, tree_on=None):
    """(Question, Progress) of a plan for a committee as of today, or of the nearest day of its period; (None, None)
    where there is no answer. A committee founded since is seen in today's tree, where it answers for those it
    succeeded. tree_on: the tree asked for; one that has ended by it is looked at where its heir stands. No query."""
    on, structure = seen_on(plan, today), snapshot.structure
    if tree_on is not None and tree_on > on:
        heir = structure.heir(structure.by_code[code], tree_on.toordinal()) if code else -1
        code = structure.codes[heir] if heir >= 0 else code
        try:
            return ask(snapshot, code, plan=plan.code, on=on, tree_on=tree_on, group=group)
        except Unanswerable:
            return None, None
    founded = snapshot.structure.first_day(snapshot.structure.by_code[code]) if code else None
    later = today if founded is not None and on < founded <= today else None
    try:
        return ask(snapshot, code, plan=plan.code, on=on, tree_on=later, group=group)
    except Unanswerable:
        return None, None


@dataclass(frozen=True)
class PlanCard:
    """A plan as its reader sees it: where from, and what was reached there. tree_on: by which tree, where not the day's."""

    plan: Plan
    access: object
    snapshot: object
    tree_on: date | None = None

    @cached_property
    def seat(self):
        return seat(self.access, self.plan)

    @cached_property
    def _looked(self):
        return look(self.snapshot, self.plan, self.seat, today=self.access.today, tree_on=self.tree_on)

    @property
    def view(self):
        """Which of the two views it is."""
        return by_tree(self.on, self.question.tree_on if self.question else self.on)

    @property
    def said(self):
        """{parameter: value} of the tree asked for: what the journal and addresses keep."""
        return {"tree_on": self.tree_on.isoformat()} if self.tree_on else {}

    @property
    def carried(self):
        """The same, as an address goes on with it."""
        return "&" + urlencode(self.said) if self.said else ""

    @property
    def past(self):
        """Whether the day of its figures is over: then today's organisation may be another."""
        return self.on < self.access.today

    @cached_property
    def ended(self):
        """What the committee was called from which it would be looked at, where its heir stands in its place; else ""."""
        if not self.seat or self.question is None or self.question.code == self.seat:
            return ""
        structure = self.snapshot.structure
        return structure.name_on(structure.by_code[self.seat], self.on)

    @property
    def question(self):
        return self._looked[0]

    @property
    def on(self):
        """The day of every figure here: today, or the nearest day of the plan's period."""
        return seen_on(self.plan, self.access.today)

    @property
    def ahead(self):
        """Whether the period has yet to begin: there is a target, and nothing to hold against it."""
        return self.plan.since > self.access.today

    @property
    def tree(self):
        return self.question.tree if self.question else self.snapshot.tree(self.on)

    @property
    def found(self):
        return self._looked[1]

    @cached_property
    def links(self):
        """Addresses behind the figures; None where there are none."""
        if self.question is None:
            return None
        people = self.access.may(PEOPLE, self.found.tree.id(self.question.position))
        return Links(self.question, people=people, reported=self.found.basis == REPORTED)

    @cached_property
    def group_targets(self):
        """The GroupTargets of the committee from which it is looked at; None without any."""
        if self.found is None:
            return None
        return group_targets(Selection(self.snapshot, self.question), self.found, people=self.links.people)

    @cached_property
    def several(self):
        """The Several of what was reached there; None where one plan alone has a target."""
        return self.found and several(self.snapshot, self.found)

    @cached_property
    def years(self):
        """The Years of the plan by the page's tree; None where nothing speaks of years, or there is no answer."""
        found = self.found and Years(self.snapshot, self.plan, self.tree, self.on)
        return found if found and found.spans else None

    @cached_property
    def years_here(self):
        """The Line of the committee from which it is looked at; None as `years`."""
        return self.years and self.years.line(self.question.position)

    @property
    def target(self):
        return target_short(self.found.node.target) if self.found else "–"

    @property
    def base(self):
        """What a rate is taken of, in words; nothing for any other target."""
        return base_words(self.found.node.target) if self.found else ""

    @cached_property
    def below(self):
        """What the direct children were given, added up; None where none was given a target."""
        found = self.found
        return sum(child.goal for child in found.with_target) if found and found.assigned else None

    @property
    def over(self):
        """What the children were given beyond the whole's own target; None where it has none, or they were given it."""
        goal = self.found.node.goal if self.found else None
        return None if goal is None or self.below is None else max(0, self.below - goal)

    @property
    def left(self):
        """What of the whole's target no child was given; None as `over`."""
        return None if self.over is None else max(0, self.found.node.goal - self.below)

    @property
    def hands_down(self):
        """The code of the committee from which it is looked at, where its target may be handed down to units; else ""."""
        if self.found is None or not self.found.children:
            return ""
        return self.found.code if self.access.may(TARGETS, self.tree.id(self.question.position)) else ""

    @property
    def period(self):
        """Both days inclusive."""
        return f"{vietnamese.day(self.plan.since)} – {vietnamese.day(self.plan.last_day)}"

    @property
    def unlike(self):
        """What this plan does otherwise than most: "đếm Cử học nhận thức", "theo ngày lễ kết nạp"; else nothing."""
        said = []
        if self.plan.counts != Plan.Counts.ADMISSIONS:
            said.append(_("đếm %s") % self.plan.get_counts_display().lower())
        elif self.plan.counts_by != Plan.CountsBy.DECISION:
            said.append(_("tính theo ngày lễ kết nạp"))
        return ", ".join(said)

    @property
    def counted(self):
        """What is counted, as a verb."""
        return _("đã học") if self.plan.counts == Plan.Counts.TRAINED else _("kết nạp")

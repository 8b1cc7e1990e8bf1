"""Rows of the lists of this room: grassroots organisations by what they did, and targets with their history."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.utils.translation import gettext_lazy as _

from .history import meaning
from .latest import last_admitted
from .organisations import Organisations
from .progress import Standing
from .question import Narrowing
from .sourceless import marked
from .targets import of_quota, written

ADMITTED, NONE, NO_SOURCE, IDLE, ALL = "admitted", "none", "no-source", "idle", "all"
KINDS = [
    (ALL, _("Mọi tổ chức cơ sở đảng")),
    (ADMITTED, _("Có kết nạp")),
    (NONE, _("Chưa kết nạp ai")),
    (NO_SOURCE, _("Không còn nguồn")),
    (IDLE, _("Có nguồn, ba năm không kết nạp")),
]


def of_kind(organisations, kind):
    """Mask of the organisations of a kind; all False where the register cannot tell (reports only)."""
    nobody = np.zeros(len(organisations), bool)
    if kind == ALL:
        return ~nobody
    if kind == NO_SOURCE:
        return organisations.no_source
    mask = organisations.idle if kind == IDLE else organisations.admitted
    if mask is None:
        return nobody
    return ~mask if kind == NONE else mask


@dataclass(frozen=True)
class UnitRow:
    """One organisation of the list. What says that it has no source: `mark` (Marked), or `figure`, its own report."""

    standing: Standing
    above: str
    figure: object = None
    mark: object = None

    @property
    def name(self):
        return self.standing.name


class Units(Narrowing):
    """The organisations at and below a question's committee, as rows of a list. No query."""

    def __init__(self, snapshot, question, found):
        self.organisations = Organisations(snapshot, question, found)
        self.tree, self.positions = question.tree, self.organisations.positions
        self.places = self.tree.order[self.positions]
        self.ids = np.array([self.tree.id(p) for p in self.positions.tolist()], np.int64)
        self.mask = np.ones(len(self.positions), bool)
        self.admitted = found.recorded

    def fetch(self, indexes):
        """[UnitRow] of these organisations."""
        return [self._row(p) for p in self.positions[indexes].tolist()]

    def _row(self, p):
        standing = Standing(p, self.tree.code(p), self.tree.name(p), None, int(self.admitted[p]))
        above = int(self.tree.up[p])
        mark = self.organisations.mark_at(p)
        return UnitRow(
            standing, self.tree.name(above) if above >= 0 else "", self.organisations.report_at(p),
            marked(mark, int(self._last[p])) if mark else None,
        )  # fmt: skip

    @cached_property
    def _last(self):
        question = self.organisations.question
        return last_admitted(self.organisations.snapshot, question.tree, question.on)


@dataclass(frozen=True)
class QuotaRow:
    """One value of a target: from which day it holds, by which document and why, who wrote it into the register and
    when. `pk` is its Quota's; `meaning`: what a rate or a yearly count comes to."""

    pk: int
    committee: int  # its index in the structure
    code: str
    name: str
    group: str
    target: str
    meaning: str
    number: int | None  # where the target is a plain number
    effective_on: object
    document: str
    reason: str
    current: bool
    stamp: int


def quota_rows(snapshot, question):
    """[QuotaRow] of the plan's targets at and below the question's committee, in tree order, each
    with its whole history, the newest last. No query."""
    plan, tree, rows = question.plan, question.tree, []
    names = {group.pk: group.name for group in snapshot.groups}
    order = {None: -1} | {group.pk: k for k, group in enumerate(snapshot.groups)}
    for (plan_id, group_id), targets in snapshot.small.quotas.items():
        if plan_id != plan.pk:
            continue
        for committee_id, history in targets.items():
            i = snapshot.structure.index[committee_id]
            # Of one that was split it is told under every heir that bears a share.
            where = [int(tree.position[i]), *(int(tree.position[j]) for j in sorted(tree.bearers.of(i)))]
            p = next((p for p in where if question.position <= p < question.end), None)
            if p is None:
                continue
            valid = [quota for quota in history if quota.effective_on <= question.day]
            for quota in history:
                row = QuotaRow(
                    pk=quota.pk,
                    committee=i,
                    code=snapshot.structure.codes[i],
                    name=snapshot.structure.name_on(i, question.tree_on),
                    group=names.get(group_id, ""),
                    target=written(quota),
                    meaning=meaning(of_quota(snapshot, plan, quota)),
                    number=None if quota.high is not None or quota.at_least or quota.per_year else quota.low,
                    effective_on=quota.effective_on,
                    document=quota.document,
                    reason=quota.reason,
                    current=bool(valid) and quota is valid[-1],
                    stamp=quota.stamp,
                )
                rows.append(((p, i, order.get(group_id, -1), quota.effective_on), row))
    return [row for _key, row in sorted(rows, key=lambda pair: pair[0])]

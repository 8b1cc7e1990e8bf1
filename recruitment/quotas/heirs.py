"""The road of targets from committees that ended to those that bear them: added up in a merger, shared out in a split,
act by act. Derived each time; no row is written. No query."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from committees.shares import Share

from .targets import Target, added, of_quota, share_words, shared, target_words


def targets_on(snapshot, plan, day, tree, group_id):
    """{position: Target} of every node that has a target under the plan for the group (None: the whole) on `day`, of
    what `borne_on` finds. No query."""
    borne = borne_on(snapshot, plan, day, tree, group_id)
    return {p: added([one.target for one in parts]) for p, parts in borne.items()}


def borne_on(snapshot, plan, day, tree, group_id, worth=None):
    """{position: [Borne, …]} of what makes up each node's target on `day`, its own first.

    The last value effective by `day` counts. A node also bears the targets of ended committees whose heir it is, or its
    share of them; where a committee and its superior have the same heir, only the superior's. worth(quota): what a row
    comes to, as a Target or None; `of_quota` unless another is named. No query.
    """
    return road_on(snapshot, plan, day, tree, group_id, worth).found


def road_on(snapshot, plan, day, tree, group_id, worth=None):
    """The Road of the same, which also tells what a later target replaced."""
    structure, given = snapshot.structure, {}
    for committee_id, rows in snapshot.small.quotas.get((plan.pk, group_id), {}).items():
        valid = [quota for quota in rows if quota.effective_on <= day]
        if valid:
            target = worth(valid[-1]) if worth else of_quota(snapshot, plan, valid[-1])
            given[structure.index[committee_id]] = valid[-1], target
    return Road(tree, given)


@dataclass(frozen=True)
class Borne:
    """A target that a committee bears: its own, or one that came to it. source: the committee (an index) of which it
    was; quotas: the rows it is made of; target: what is borne of it (None where it cannot be said so); came: by which act
    it came, None for one's own; of: the whole of which it is a share, None where it came whole."""

    source: int
    quotas: tuple
    target: Target | None
    came: Share | None = None
    of: Target | None = None

    @property
    def quota(self):
        """The row that says it, where one alone does and it came whole; else None."""
        return self.quotas[0] if len(self.quotas) == 1 and self.of is None else None

    @property
    def own(self):
        return self.came is None


def told(structure, borne):
    """What came to a committee by an act, as a line of its history says it: "kế thừa 60 % chỉ tiêu của Huyện ủy A (100)"."""
    i = borne.source
    said = {"name": structure.name_on(i, date.fromordinal(borne.came.day))}
    if borne.of is None:
        return _("kế thừa chỉ tiêu của %(name)s") % said
    said |= {"share": share_words(borne.came.share), "whole": target_words(borne.of)}
    return _("kế thừa %(share)s chỉ tiêu của %(name)s (%(whole)s)") % said


class Road:
    """Where what is given to committees stands by the tree of a day. given: {committee index: (Quota, Target)};
    `found`: {position: [Borne]}; `replaced`: {committee index: [Borne]} of what had come before a target of its own."""

    def __init__(self, tree, given):
        self.tree, self.bearers, self.given = tree, tree.bearers, given
        self.found, self.replaced, self._ranks = {}, {}, {}
        # Of ended committees that share out: what has come to them and was not yet passed on.
        self._waiting = {}
        for i, (quota, target) in given.items():
            if tree.position[i] >= 0:
                self._set_out(i, Borne(i, (quota,), target))
        passed = set()
        while open_ := self._waiting.keys() - passed:
            i = max(open_, key=self._rank)
            passed.add(i)
            self._share_out(i, self._waiting.pop(i))

    def _set_out(self, i, borne):
        if self.tree.stands(i) or self.bearers.parted(i):
            self._reach(i, borne)
        elif not self.bearers.of(i) <= self._covered(i):
            self._pass_whole(i, borne)

    def _reach(self, i, borne):
        if self.tree.stands(i):
            self.found.setdefault(int(self.tree.position[i]), []).append(borne)
        else:
            self._waiting.setdefault(i, []).append(borne)

    def _covered(self, i):
        """Who bears what the superior of an ended committee was given: where it has the same heir, only the superior's
        counts (contracts §1)."""
        above = self.tree.structure.last_place(i, self.tree.day).parent
        return self.bearers.of(above) if above >= 0 else frozenset()

    def _pass_whole(self, i, borne):
        """Along a road on which nothing is shared out, to the one that stands."""
        seen = set()
        while not self.tree.stands(i) and i not in seen:
            seen.add(i)
            share = self.bearers.passes_to(i)[0]
            i, borne = share.heir, replace(borne, came=share)
            if self._replaced(i, borne):
                return
        self._reach(i, borne)

    def _replaced(self, i, borne):
        """Whether committee i was given a target on the day this came to it, or later: a target is the whole from its day
        on (contracts §2), so what had come before is in it."""
        own, since = self.given.get(i), borne.came.day
        if own is None or own[0].effective_on.toordinal() < since:
            return False
        if any(quota.effective_on.toordinal() >= since for quota in borne.quotas):
            return False
        self.replaced.setdefault(i, []).append(borne)
        return True

    def _rank(self, i):
        """How many acts lie on the longest road ahead of a committee: whoever has more passes on first, so that all that
        will come to a committee has come when its turn does."""
        if self.tree.stands(i):
            return 0
        if i not in self._ranks:
            self._ranks[i] = 0  # heirs that close a ring do not hang
            self._ranks[i] = 1 + max(
                (self._rank(share.heir) for share in self.bearers.passes_to(i)), default=0
            )
        return self._ranks[i]

    def _share_out(self, i, borne):
        """All that committee i bore among its heirs, as one whole: so rounding is done once, and loses nobody."""
        heirs, covered = self.bearers.passes_to(i), self._covered(i)
        beside = [not self.bearers.of(share.heir) <= covered for share in heirs]
        if all(beside):
            self._give(i, borne, heirs, beside)
            return
        # Its own target goes beside the superior's alone; what had come to it is part of nobody's.
        for of, there in ((True, beside), (False, [True] * len(heirs))):
            self._give(i, [one for one in borne if one.own == of], heirs, there)

    def _give(self, i, borne, heirs, there):
        """To those heirs who are `there`."""
        if not borne:
            return
        if len(heirs) == 1:
            parts = [[replace(one, came=heirs[0]) for one in borne]]
        else:
            quotas, of = (
                tuple(quota for one in borne for quota in one.quotas),
                added([one.target for one in borne]),
            )
            targets = shared(of, heirs)
            parts = [
                [Borne(i, quotas, target, share, of)] for share, target in zip(heirs, targets, strict=True)
            ]
        for share, part, here in zip(heirs, parts, there, strict=True):
            for one in part if here else ():
                if self._replaced(share.heir, one):
                    continue
                if self.tree.stands(share.heir) or self.bearers.parted(share.heir):
                    self._reach(share.heir, one)
                else:
                    self._pass_whole(share.heir, one)

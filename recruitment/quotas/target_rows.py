"""The targets of a plan, one row a committee and group: what is in force, what was reached, what the units below
were given, and who set it."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.access import FIGURES, PEOPLE

from ..models import Group, Quota
from .deeds import BY_ONE
from .heirs import borne_on, targets_on
from .history import meaning
from .place import name_on
from .progress import Standing, Standings
from .question import seen_by
from .targets import base_words, of_quota, target_short, written


@dataclass(frozen=True)
class TargetRow:
    """One committee's target, the whole or a group's.

    above: the committee it stands under, where that is not the plan's own; quota: the row that says the value, None
    where it comes from committees that ended here, or only later; parts: how many it then comes from, `shared`: whether
    one of them left a share only; changes: how often it was changed; later: the next value, of a day to come; below: what the direct children's targets come to,
    None where none has any; told: whether the count may be shown.
    """

    standing: Standing
    group: Group | None
    above: str
    quota: Quota | None
    parts: int
    shared: bool
    changes: int
    later: Quota | None
    below: int | None
    told: bool

    @property
    def name(self):
        return self.standing.name

    @property
    def target(self):
        return target_short(self.standing.target)

    @property
    def base(self):
        """What a rate is taken of, or why it cannot be; nothing for any other target."""
        return base_words(self.standing.target)

    @property
    def stamp(self):
        """The entry that wrote what this row tells; None where no single row does."""
        row = self.quota or self.later
        return row.stamp if row else None

    @property
    def inherited(self):
        """From what the value comes where no row of its own says it."""
        if not self.parts:
            return ""
        if self.shared:
            return _("kế thừa từ tổ chức đã chia tách, tính theo tỷ lệ")
        return _("%d tổ chức đã sáp nhập vào, cộng lại") % self.parts

    @property
    def gap(self):
        """What the children were given beyond the committee's own target; None where either is missing."""
        if self.below is None or self.standing.goal is None:
            return None
        return self.below - self.standing.goal


class TargetRows:
    """Rows of a plan's targets within the reader's reach, in tree order, the whole before its groups. A sequence of
    keys; `fetch` works out the rows of one page. on: the day asked; tree: that of the page. No query."""

    def __init__(self, snapshot, plan, *, access, on, tree):
        self.snapshot, self.plan, self.access, self.on, self.tree = snapshot, plan, access, on, tree
        self.day = min(on, plan.last_day)
        self._sides = {}
        groups = [None, *snapshot.groups]
        keys = [
            (p, k)
            for k, group in enumerate(groups)
            for p in borne_on(snapshot, plan, plan.last_day, tree, group.pk if group else None)
        ]
        where = np.array(sorted(keys), np.int32).reshape(-1, 2)
        committees = tree.order[where[:, 0]]
        seen = seen_by(access, FIGURES, snapshot, committees)
        self.keys, self.people = where[seen], seen_by(access, PEOPLE, snapshot, committees)[seen]

    def __len__(self):
        return len(self.keys)

    @property
    def grouped(self):
        """Whether any target is a group's."""
        return bool(len(self) and self.keys[:, 1].any())

    def fetch(self, indexes):
        """[TargetRow] of these keys."""
        return [
            self._row(int(p), int(k), bool(self.people[at])) for at in indexes for p, k in [self.keys[at]]
        ]

    def _row(self, p, k, people):
        group, side, tree = self.snapshot.groups[k - 1] if k else None, self._side(k), self.tree
        rows = side.borne.get(p, [])
        own = side.histories.get(tree.id(p), [])
        alone = rows[0].quota if len(rows) == 1 and rows[0].own else None
        above = int(tree.up[p])
        return TargetRow(
            standing=side.standings.standing(p),
            group=group,
            above=tree.name(above) if above >= 0 and tree.id(above) != self.plan.committee_id else "",
            quota=alone,
            parts=0 if alone else len(rows),
            shared=any(row.of for row in rows),
            changes=max(0, sum(quota.effective_on <= self.day for quota in own) - 1),
            later=next((quota for quota in own if quota.effective_on > self.day), None),
            below=side.below.get(p),
            # Counts of a group are counts of persons' traits: for figures alone the dashboard merges the small ones.
            told=group is None or people,
        )

    def _side(self, k):
        if k not in self._sides:
            group = self.snapshot.groups[k - 1] if k else None
            self._sides[k] = _Side(self.snapshot, self.plan, self.tree, self.on, self.day, group)
        return self._sides[k]


class _Side:
    """What all rows of one group (or of the whole) share."""

    def __init__(self, snapshot, plan, tree, on, day, group):
        group_id = group.pk if group else None
        self.standings = Standings(snapshot, plan, tree, on, day, group)
        self.borne = borne_on(snapshot, plan, day, tree, group_id)
        self.histories = snapshot.small.quotas.get((plan.pk, group_id), {})
        self.below = {}
        for p, target in targets_on(snapshot, plan, day, tree, group_id).items():
            above = int(tree.up[p])
            if above >= 0 and target.value is not None:
                self.below[above] = self.below.get(above, 0) + target.value


MOST_LATELY = 10


@dataclass(frozen=True)
class Lately:
    """A target its reader has set today; `last`: nothing was set after it, so it may be taken back."""

    quota: Quota
    name: str
    code: str
    group: str
    words: str
    meaning: str
    last: bool


def lately_set(snapshot, plan, account):
    """[Lately] of the targets an account has set today under a plan, the newest first, MOST_LATELY at most. One query,
    of the plan's newest rows only."""
    rows = [
        (quota, quota is history[-1] and quota.stamp == max(row.stamp for row in history))
        for (plan_id, _group), targets in snapshot.small.quotas.items()
        if plan_id == plan.pk
        for history in targets.values()
        for quota in history
    ]
    rows = sorted(rows, key=lambda row: -row[0].stamp)[: 5 * MOST_LATELY]
    entries = journal.entries_of(quota for quota, _last in rows)
    groups = {group.pk: group.name for group in snapshot.groups}
    found = []
    for quota, last in rows:
        entry = entries.get(quota.stamp)
        mine = entry is not None and any(entry.is_todays(deed, account) for deed in BY_ONE)
        if mine and len(found) < MOST_LATELY:
            code = snapshot.structure.codes[snapshot.structure.index[quota.committee_id]]
            name = name_on(snapshot, code, vietnamese.today())
            told = meaning(of_quota(snapshot, plan, quota))
            found.append(
                Lately(quota, name, code, groups.get(quota.group_id, ""), written(quota), told, last)
            )
    return found

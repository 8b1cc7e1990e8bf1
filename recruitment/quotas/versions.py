"""How the targets of a plan changed over time: each day, document and reason with how many committees it changed, from
what to what. Knows no HTTP; no query."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees import vietnamese
from committees.access import FIGURES

from ..models import Group, Quota
from .question import seen_by
from .targets import of_quota, written


@dataclass(frozen=True)
class Change:
    """One committee's value from a day on. before: the value until then, None for its first; `was`, `now`: what the two
    come to in people, None where that cannot be told; level: how far below the plan's committee it stood that day; place:
    the committee's index in the structure; history: all its values, for the group."""

    structure: object = field(repr=False)
    place: int
    quota: Quota
    before: Quota | None
    was: int | None
    now: int | None
    group: Group | None
    level: int
    history: list

    @property
    def code(self):
        return self.structure.codes[self.place]

    @property
    def name(self):
        """What it was called on the first day of the value."""
        return self.structure.name_on(self.place, self.quota.effective_on)

    @property
    def stamp(self):
        return self.quota.stamp

    @property
    def words(self):
        return written(self.quota)

    @property
    def words_before(self):
        return written(self.before) if self.before else ""

    @property
    def difference(self):
        """In people; None for a first value, and where one of the two cannot be told."""
        return None if self.was is None or self.now is None else self.now - self.was


@dataclass(frozen=True)
class Level:
    """What a version did to the committees of one level: `fresh` had no value before; `was`, `now`: values of the
    `known` that had one, added up; `given`: first values added up; `untold`: rates that nobody can count."""

    level: int
    changed: int
    known: int
    fresh: int
    was: int
    now: int
    given: int
    untold: int

    @property
    def who(self):
        """ "15 đơn vị trực thuộc"."""
        n = self.changed + self.fresh
        if self.level <= 0:
            return _("tổ chức của kế hoạch") if n == 1 else _("%s tổ chức") % vietnamese.number(n)
        words = _("đơn vị trực thuộc") if self.level == 1 else _("tổ chức cấp dưới, bậc %d") % self.level
        return f"{vietnamese.number(n)} {words}"

    @property
    def said(self):
        number, parts = vietnamese.number, []
        if self.fresh:
            parts.append(_("giao lần đầu, cộng %s") % number(self.given))
        if self.known:
            told = {
                "was": number(self.was),
                "now": number(self.now),
                "gap": vietnamese.signed(self.now - self.was),
            }
            parts.append(_("từ %(was)s thành %(now)s (%(gap)s)") % told)
        if self.untold:
            parts.append(_("%s chỉ tiêu chưa tính được thành số") % number(self.untold))
        return f"{self.who}: {', '.join(parts)}"


@dataclass(frozen=True)
class Version:
    """The values that one document, for one reason, set from one day on."""

    on: date
    document: str
    reason: str
    changes: list

    @property
    def first(self):
        """Whether it set first values only."""
        return all(change.before is None for change in self.changes)

    @cached_property
    def levels(self):
        """[Level] of the whole targets, the highest first. Sums stay within a level: a committee's target is no part of
        what the units below it were given."""
        found = {}
        for change in self.changes:
            if change.group is None:
                found.setdefault(change.level, []).append(change)
        return [_level(level, rows) for level, rows in sorted(found.items())]

    @property
    def of_groups(self):
        """What it set for groups, in words; nothing where it set none. Groups are never added up."""
        n = sum(change.group is not None for change in self.changes)
        return (
            ngettext("%s chỉ tiêu theo nhóm", "%s chỉ tiêu theo nhóm", n) % vietnamese.number(n) if n else ""
        )

    @property
    def said(self):
        return "; ".join(filter(None, [*(level.said for level in self.levels), self.of_groups]))


def versions(snapshot, plan, sees):
    """[Version] of a plan, the oldest first. sees(places): mask over committee indexes of those the reader may see."""
    structure, found = snapshot.structure, {}
    groups = {group.pk: group for group in snapshot.groups}
    histories = [
        (structure.index[pk], group_id, history)
        for (plan_id, group_id), targets in snapshot.small.quotas.items()
        if plan_id == plan.pk
        for pk, history in targets.items()
    ]
    seen = sees(np.array([i for i, *_rest in histories], np.int32))
    for (i, group_id, history), shown in zip(histories, seen, strict=True):
        for quota, before in zip(history, [None, *history], strict=False) if shown else ():
            key = quota.effective_on, quota.document, quota.reason
            change = _change(snapshot, plan, i, groups.get(group_id), quota, before, history)
            found.setdefault(key, []).append(change)
    return [Version(*key, sorted(found[key], key=_order)) for key in sorted(found)]


def within(access, snapshot, plan):
    """[Version] of a plan as an account sees it: of the committees whose figures it may see."""
    return versions(snapshot, plan, partial(seen_by, access, FIGURES, snapshot))


def late(quota, history, entry):
    """Whether a value was entered after the day from which it holds, when the register told another one: figures shown in
    between differ from what they are now. history: all values of its committee and group; entry: that of its stamp."""
    told_another = any(row.stamp < quota.stamp for row in history)
    return bool(entry) and told_another and vietnamese.parse_day(entry.at) > quota.effective_on


def belated(version, entries):
    """How many values of a version were entered late, in words; nothing where none was. entries: {stamp: Entry}."""
    n = sum(late(row.quota, row.history, entries.get(row.stamp)) for row in version.changes)
    return _("ghi muộn %s chỉ tiêu") % vietnamese.number(n) if n else ""


def _change(snapshot, plan, i, group, quota, before, history):
    structure, tree = snapshot.structure, snapshot.tree(quota.effective_on)
    p, top = int(tree.position[i]), tree.of(plan.committee_id) if plan.committee_id else -1
    level = int(tree.depth[p]) - (int(tree.depth[top]) if top >= 0 else 0) if p >= 0 else 0
    return Change(
        structure, i, quota, before, was=of_quota(snapshot, plan, before).value if before else None,
        now=of_quota(snapshot, plan, quota).value, group=group, level=level, history=history,
    )  # fmt: skip


def _order(change):
    return change.level, change.place, change.group.order if change.group else -1


def _level(level, rows):
    first = [row for row in rows if row.before is None]
    both = [row for row in rows if row.difference is not None]
    return Level(
        level, changed=len(rows) - len(first), known=len(both), fresh=len(first), was=sum(row.was for row in both),
        now=sum(row.now for row in both), given=sum(row.now or 0 for row in first),
        untold=len(rows) - len(both) - sum(row.now is not None for row in first),
    )  # fmt: skip

"""The history of one committee's targets under a plan: every value with its day and document, what had been reached
on that day, and what comes from committees that ended here."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from committees import vietnamese

from ..models import Group, Quota
from .heirs import road_on, told
from .progress import Standing, Standings
from .question import tree_day
from .targets import of_quota, share_words, target_words, written

# Each day asked is one more pass over all admissions: the newest values get theirs.
MOST_DAYS = 24


@dataclass(frozen=True)
class Value:
    """One row of the history. change: beyond the value before, in people (None for the first, or where one of the two
    cannot be told); standing: what had been reached at the end of its first day, None for a day to come, one too far
    back, or a group's count that may not be shown; tree_on: the day whose tree that was, where not its own; current: the
    value that counts today."""

    quota: Quota
    meaning: str
    change: int | None
    standing: Standing | None
    tree_on: date | None
    current: bool

    @property
    def words(self):
        return written(self.quota)

    @property
    def stamp(self):
        return self.quota.stamp


@dataclass(frozen=True)
class Part:
    """A value the committee bears for one that ended: derived, no row of its own. On which day it came, by which document;
    said: what it is of; words: what it comes to; current: whether it counts today, or a later value replaced it."""

    code: str
    name: str
    words: str
    on: date
    document: str
    said: str
    current: bool


@dataclass(frozen=True)
class Heir:
    """Who bears the target of a committee that ended, or a share of it, from a day on."""

    code: str
    name: str
    on: date
    document: str
    share: str  # "" where it is the whole


@dataclass(frozen=True)
class Side:
    """The history of the whole, or of one group. parts: what came to it by acts, the oldest first; total: what counts today
    with them, in words; "" where no part counts."""

    group: Group | None
    values: list
    parts: list
    total: str


def meaning(target):
    """What a rate or a yearly count comes to, in words; nothing for a target that says itself how many."""
    if target.per_year is not None:
        return _("cả kỳ: %s người") % vietnamese.number(target.value)
    if target.rate is None:
        return ""
    if target.value is None:
        return _("chưa tính được: %s") % target.why_not
    return _("của %(base)s đảng viên ngày %(day)s = ít nhất %(n)s người") % {
        "base": vietnamese.number(target.base),
        "day": vietnamese.day(target.base_day),
        "n": vietnamese.number(target.value),
    }


def _part(structure, borne, *, current):
    i, came = borne.source, borne.came
    return Part(
        structure.codes[i], structure.last_place(i).name, target_words(borne.target), date.fromordinal(came.day),
        came.document, told(structure, borne), current,
    )  # fmt: skip


def heirs_of(snapshot, code, today):
    """[Heir] of a committee that no longer stands today; none while it does. No query."""
    structure, day = snapshot.structure, today.toordinal()
    shares = structure.passes_to(structure.by_code[code], day)
    return [
        Heir(
            structure.codes[one.heir], structure.name_on(one.heir, today), date.fromordinal(one.day), one.document,
            share_words(one.share) if one.share != 1 else "",
        )
        for one in shares
    ]  # fmt: skip


def history(snapshot, plan, code, *, today, people):
    """[Side] of a committee under a plan: the whole first, then the groups that have a value. today: the day of
    "đang tính"; people: whether counts of groups may be shown. No query; at most MOST_DAYS passes over the facts."""
    reader = _Reader(snapshot, plan, code, today, people)
    sides = [reader.side(group) for group in [None, *snapshot.groups]]
    return [side for side in sides if side.values or side.parts]


class _Reader:
    def __init__(self, snapshot, plan, code, today, people):
        self.snapshot, self.plan, self.people, self.today = snapshot, plan, people, today
        self.i = snapshot.structure.by_code[code]
        self.pk = snapshot.structure.ids[self.i]
        self.day = min(today, plan.last_day)
        # Before it was founded nothing can have been reached: told by the tree of its first day.
        self.founded = snapshot.structure.first_day(self.i)
        self.left = MOST_DAYS

    def side(self, group):
        structure = self.snapshot.structure
        group_id = group.pk if group else None
        rows = self.snapshot.small.quotas.get((self.plan.pk, group_id), {}).get(self.pk, [])
        tree = self.snapshot.tree(tree_day(self.snapshot, self.i, self.today))
        p = int(tree.position[self.i])
        bears = p >= 0 and tree.stands(self.i)
        road = road_on(self.snapshot, self.plan, self.day, tree, group_id)
        borne, replaced = (road.found.get(p, []), road.replaced.get(self.i, [])) if bears else ([], [])
        parts = [_part(structure, one, current=True) for one in borne if not one.own]
        counting = bool(parts)
        parts += [_part(structure, one, current=False) for one in replaced]
        parts.sort(key=lambda part: (part.on, part.code))
        total = ""
        if counting:
            standings = Standings(self.snapshot, self.plan, tree, self.day, self.day, group)
            total = target_words(standings.targets.get(p))
        return Side(group, self._values(rows, group), parts, total)

    def _values(self, rows, group):
        valid = [quota for quota in rows if quota.effective_on <= self.day]
        targets = [of_quota(self.snapshot, self.plan, quota) for quota in rows]
        found = []
        # The newest first: it is they that get the few passes there are.
        for k in reversed(range(len(rows))):
            now, before = targets[k].value, targets[k - 1].value if k else None
            found.append(
                Value(
                    quota=rows[k],
                    meaning=meaning(targets[k]),
                    change=None if now is None or before is None else now - before,
                    standing=self._standing(rows[k].effective_on, group),
                    tree_on=self.founded if self.founded > rows[k].effective_on else None,
                    current=bool(valid) and rows[k] is valid[-1],
                )
            )
        return found[::-1]

    def _standing(self, day, group):
        if day > self.today or not self.left or (group is not None and not self.people):
            return None
        self.left -= 1
        tree = self.snapshot.tree(tree_day(self.snapshot, self.i, max(day, self.founded)))
        standings = Standings(self.snapshot, self.plan, tree, day, min(day, self.plan.last_day), group)
        return standings.standing(int(tree.position[self.i]))

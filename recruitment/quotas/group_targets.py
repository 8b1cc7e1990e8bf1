"""The targets a committee has for groups under a plan, each with what was reached. Groups overlap: one admission counts
in each of its groups, and no line here is ever added to another."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from committees import vietnamese

from . import veil
from .groups import label
from .heirs import borne_on
from .progress import MET, Standing, Standings
from .targets import target_words


@dataclass(frozen=True)
class GroupTarget:
    """A group's target at one committee. said: what stands instead of a count that may not be shown."""

    code: str
    name: str
    standing: Standing
    said: str

    @property
    def target(self):
        return target_words(self.standing.target)


@dataclass(frozen=True)
class GroupTargets:
    """All of a committee's, in the order of the groups."""

    rows: list

    @property
    def heading(self):
        """How many are met, where every count may be told."""
        n = len(self.rows)
        if any(row.said for row in self.rows):
            return _("Chỉ tiêu theo nhóm: %s nhóm") % vietnamese.number(n)
        met = sum(row.standing.state == MET for row in self.rows)
        said = {"met": vietnamese.number(met), "all": vietnamese.number(n)}
        return _("Chỉ tiêu theo nhóm: %(met)s trong %(all)s nhóm đạt") % said


def group_targets(selection, found, *, people):
    """The GroupTargets in force for the committee of a Progress (of no group) on its day; None without any.

    selection: the Selection of the same question. people: whether who asks may see persons; otherwise small counts, and
    those that would tell of them, are hidden. No query; one pass over the facts for each group with a target.
    """
    snapshot, plan, p = selection.snapshot, found.plan, found.node.position
    named = [
        group
        for group in snapshot.groups
        if (plan.pk, group.pk) in snapshot.small.quotas
        and p in borne_on(snapshot, plan, found.day, found.tree, group.pk)
    ]
    if not named:
        return None
    veiled = None if people else veil.of(selection)
    rows = []
    for group in named:
        standing = Standings(snapshot, plan, found.tree, found.on, found.day, group).standing(p)
        said = veiled.instead(group, standing.admitted) if veiled else ""
        name = label(snapshot, group, found.code, found.tree_on)
        rows.append(GroupTarget(group.code, name, standing, said))
    return GroupTargets(rows)

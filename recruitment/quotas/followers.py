"""What of this room goes along when committees change. Nothing is written: targets and figures are derived by the tree.
Told before: which running targets move and to what whole numbers, drafts and marks of committees that end, which figures
by today's structure change, and that none does as it stood."""

from collections import defaultdict
from datetime import timedelta

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _

from committees import vietnamese
from committees.access import FIGURES, TARGETS
from committees.following import Follower, Moving

from .. import columns
from ..models import Portion
from .heirs import borne_on
from .progress import Standings
from .question import seen_by, seen_on
from .sourceless import marks
from .targets import share_words, target_words

# What a page shows of each, and what is told of the rest.
MOST_LINES = 40


class Targets(Follower):
    name = "targets"

    def describe(self, planned, access):
        if not planned.days:
            return []
        after = After(columns.current(), planned, access)
        told = [after.targets(), after.drafts(), after.marks(), after.figures(), after.as_stood()]
        return [one for one in told if one is not None]


class After:
    """A package worked out (`reorganise.Planned`) beside the snapshot of now: the same facts by the structure to be. One
    roll-up a plan and tree, however many acts there are."""

    def __init__(self, snapshot, planned, access):
        self.planned, self.access = planned, access
        self.now = _with(snapshot, planned.before)
        self.then = _with(snapshot, planned.after)
        self.today = access.today if access is not None else vietnamese.today()
        self.first, self.last = min(planned.days), max(planned.days)
        small = snapshot.small
        self.plans = sorted(
            (plan for plan in small.plans.values() if plan.last_day >= self.first),
            key=lambda plan: (plan.since, plan.code), reverse=True,
        )  # fmt: skip

    def _sees(self, codes):
        """Those of these codes whose figures the reader may see; what the package founds lies where it may act."""
        if self.access is None:
            return set(codes)
        there = self.now.structure.by_code
        known = [code for code in codes if code in there]
        mask = seen_by(self.access, FIGURES, self.now, np.array([there[code] for code in known], np.int32))
        return {code for code, seen in zip(known, mask, strict=True) if seen} | set(codes) - there.keys()

    def _asked(self, plan):
        """(on, the last day that counts, the day of the tree): as a page asks about a plan by today's structure."""
        on = seen_on(plan, self.today)
        return on, min(on, plan.last_day), max(on, self.last)

    def _name(self, code):
        structure = self.then.structure
        return structure.name_on(structure.by_code[code], self.last)

    # Targets ---------------------------------------------------------------------------------------------------

    def targets(self):
        """The running targets of committees that end, each with who bears it then; None where there is none."""
        lines, seen = [], self._sees(self.planned.ended_by)
        for plan in self.plans:
            for group in (None, *self.now.groups):
                lines += self._moved(plan, group, seen)
        return _moving(_("Chỉ tiêu đang chạy chuyển sang tổ chức kế thừa"), lines, _address(self.plans))

    def _moved(self, plan, group, seen):
        key = plan.pk, group and group.pk
        rows = self.now.small.quotas.get(key, {})
        index, structure = self.then.structure.index, self.then.structure
        ended = {structure.codes[index[pk]] for pk in rows} & seen
        if not ended:
            return
        _on, day, tree_on = self._asked(plan)
        tree, parts, borne_rows = self.then.tree(tree_on), defaultdict(list), set()
        for p, borne in borne_on(self.then, plan, day, tree, key[1]).items():
            for one in borne:
                borne_rows.update(quota.pk for quota in one.quotas)
                if not one.own and structure.codes[one.source] in ended:
                    share = f" ({share_words(one.came.share)})" if one.of else ""
                    parts[one.source].append(f"{self._name(tree.code(p))} {target_words(one.target)}{share}")
        of = f", {group.name.lower()}" if group else ""
        for code in sorted(ended):
            i = structure.by_code[code]
            if i in parts:
                heirs = "; ".join(parts[i])
            elif any(q.effective_on <= day and q.pk in borne_rows for q in rows[structure.ids[i]]):
                continue  # its target goes on within that of one that is told itself
            else:
                heirs = _("không cộng thêm, đã gồm trong chỉ tiêu của cấp trên hoặc của tổ chức kế thừa")
            yield f"{plan.name}{of}: {self._name(code)} → {heirs}"

    # Drafts and marks --------------------------------------------------------------------------------------------

    def drafts(self):
        """Open drafts of or for a committee that ends, for who hands down there; None where there is none. One query."""
        ended = {self.now.structure.by_code.get(code) for code in self._sees(self.planned.ended_by)} - {None}
        ids = {self.now.structure.ids[i] for i in ended}
        rows = Portion.objects.filter(allotment__issued_on=None, allotment__dropped_on=None).values_list(
            "allotment_id",
            "allotment__name",
            "allotment__plan__name",
            "allotment__committee_id",
            "committee_id",
        )
        found = {}
        for pk, name, plan, committee, unit in rows:
            theirs = self.access is not None and not self.access.may(TARGETS, committee)
            if not theirs and (committee in ids or unit in ids):
                found.setdefault((pk, name, plan), set()).update({committee, unit} & ids)
        lines = [
            _("%(name)s (%(plan)s): %(n)d tổ chức kết thúc; sửa lại trước khi ban hành")
            % {"name": name, "plan": plan, "n": len(those)}
            for (_pk, name, plan), those in sorted(found.items(), key=lambda one: one[0][1:])
        ]
        return _moving(_("Phương án giao chỉ tiêu có tổ chức kết thúc"), lines)

    def marks(self):
        """Marks of having no source in committees that end; None where there is none."""
        found, structure = marks(self.now), self.now.structure
        seen = self._sees(self.planned.ended_by)
        lines = [
            _("%(name)s, từ %(day)s: không chuyển sang tổ chức kế thừa")
            % {"name": structure.name_on(int(i), self.first), "day": vietnamese.day(row.since)}
            for i, row, running in zip(found.committee, found.rows, found.running(self.first), strict=True)
            if running and structure.codes[i] in seen
        ]
        return _moving(_("Tổ chức đánh dấu không còn nguồn sẽ kết thúc"), lines)

    # Figures -----------------------------------------------------------------------------------------------------

    def figures(self):
        """Figures of the running plans by the structure to be that are others than by today's; None without any."""
        lines = []
        for plan in self.plans:
            on, day, tree_on = self._asked(plan)
            lines += [f"{plan.name}, {text}" for text in self._differences(plan, on, day, tree_on)]
        return _moving(_("Số theo tổ chức hiện nay sẽ khác (đã đạt/chỉ tiêu)"), lines)

    def moved_as_stood(self):
        """[text] of figures that would change as they stood on the day before; there must be none."""
        on = self.first - timedelta(days=1)
        return [
            f"{plan.name}, {text}"
            for plan in self._begun
            for text in self._differences(plan, on, min(on, plan.last_day), on, gone=True)
        ]

    @property
    def _begun(self):
        return [plan for plan in self.plans if plan.since < self.first]

    def as_stood(self):
        """What was laid side by side of the day before, and that nothing there changes."""
        on = self.first - timedelta(days=1)
        compared = len(self._sees({self.now.tree(on).code(p) for p in range(len(self.now.tree(on)))}))
        count, moved = compared * len(self._begun), self.moved_as_stood()
        if not count:
            return None
        words = _(
            "số theo tổ chức tại thời điểm, đến hết ngày %s, đã đối chiếu trước và sau: không số nào đổi"
        )
        if moved:
            words = _("số theo tổ chức tại thời điểm, đến hết ngày %s, đã đối chiếu: có số đổi")
        return Moving(words % vietnamese.day(on), count, moved[:MOST_LINES])

    def _differences(self, plan, on, day, tree_on, *, gone=False):
        """[text] a committee that stands after, and reached or was to reach something else before; with `gone` also of
        those that stand no more. Two roll-ups."""
        sides = [_Side(snapshot, plan, on, day, tree_on) for snapshot in (self.now, self.then)]
        codes = sides[1].differing(sides[0])
        codes += sorted(sides[0].position.keys() - sides[1].position.keys()) if gone else []
        seen = self._sees(codes)
        return [
            f"{self._name(code)}: {sides[0].said(code)} → {sides[1].said(code)}"
            for code in codes
            if code in seen
        ]


class _Side:
    """One plan by one tree: what every committee reached and was to reach."""

    def __init__(self, snapshot, plan, on, day, tree_on):
        self.tree = tree = snapshot.tree(tree_on)
        self.standings = Standings(snapshot, plan, tree, on, day, None)
        self.position = {tree.code(p): p for p in range(len(tree))}

    def differing(self, before):
        """Codes, in the order of this tree, of which this side says another thing than the one before."""
        told, was = self.standings.recorded, before.standings.recorded
        found = []
        for code, p in self.position.items():
            q = before.position.get(code)
            same = q is not None and told[p] == was[q] and self._goal(p) == before._goal(q)
            if not same and (q is not None or told[p] or self._goal(p)):
                found.append(code)
        return found

    def _goal(self, p):
        target = self.standings.targets.get(p)
        return None if target is None else (target.value, target.to)

    def said(self, code):
        """ "27/30"; "–" for a committee that does not stand."""
        p = self.position.get(code)
        if p is None:
            return "–"
        one = self.standings.standing(p)
        return f"{vietnamese.number(one.admitted)}/{target_words(one.target)}"


def _with(snapshot, structure):
    """The same facts by another structure."""
    if structure is snapshot.structure:
        return snapshot
    return columns.Snapshot(
        snapshot.number, snapshot.hash, structure, snapshot.tables, snapshot.small, snapshot.book
    )


def _address(plans):
    return reverse("recruitment:plan", args=[plans[0].code]) if len(plans) == 1 else ""


def _moving(title, lines, address=""):
    lines = list(lines)
    if not lines:
        return None
    rest = len(lines) - MOST_LINES
    shown = lines[:MOST_LINES] + ([_("và %s dòng nữa") % vietnamese.number(rest)] if rest > 0 else [])
    return Moving(title, len(lines), shown, address)

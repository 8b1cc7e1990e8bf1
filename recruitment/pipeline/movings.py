"""What a package of acts on committees means for dossiers under way, in numbers: by stage, and who decides them before and
after. No person is named."""

from collections import Counter, defaultdict
from datetime import date
from functools import cached_property

import numpy as np
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from committees import vietnamese
from committees.access import FIGURES, PEOPLE, RECORD
from committees.acts import HAND_OVER, RECEIVE, SPLIT
from committees.following import Moving

from .. import columns
from ..facts import STAGES
from ..models import Stage
from ..numbering.bodies import competent
from ..quotas.counting import in_force
from ..quotas.moves import stands_at
from ..quotas.question import seen_by
from ..quotas.veil import instead
from .due_members import recognised

LINES = 20  # told of each kind; the rest are counted
OUTSIDE = "outside"
_LABELS = {STAGES[stage]: stage.label for stage in Stage}


class Affected:
    """Dossiers open, and people in probation, today, at committees that a package ends or moves. Two queries at most, for
    the snapshot; not inside a pen."""

    def __init__(self, planned, access):
        self.planned, self.access = planned, access
        self.snapshot, self.today = columns.current(), vietnamese.today()
        self.first, self.last = min(planned.days).toordinal() - 1, max(planned.days)
        self.people = access is None or access.holds(PEOPLE)
        # Dossiers that a split names: {id: code of the heir}.
        self.named = {pk: act.heir for act in planned.acts if act.what == SPLIT for pk in act.dossiers}
        self._known = {}

    @cached_property
    def dossiers(self):
        """[(road, stage)] of the open dossiers concerned; a road is (cell before, cell after, who decides before, who
        after): codes, the latter two OUTSIDE where it leaves the tree."""
        rows, on = self.snapshot.candidacies, self.today.toordinal()
        stages, places = self.snapshot.stages_on(on), self.snapshot.followers_on(on)
        taken = np.isin(stages, [STAGES[stage] for stage in Stage.open()]) & self._seen(places)
        return self._told(taken, places, rows["id"], stages)

    @cached_property
    def members(self):
        """The same of people in probation, whose stage is not told (None)."""
        rows, on = self.snapshot.admissions, self.today.toordinal()
        places = stands_at(self.snapshot, on)[0]
        taken = (
            in_force(rows, self.today) & (rows["held"] <= on) & (recognised(rows) > on) & (rows["left"] > on)
        )
        return self._told(taken & self._seen(places), places, rows["candidacy"], None)

    @cached_property
    def under_way(self):
        """{code of the committee that answers on the day before the first act: how many are under way there}."""
        found = Counter(road[0] for road, _stage in self.dossiers)
        found.update(road[0] for road, _stage in self.members)
        return found

    def _seen(self, places):
        if self.access is None:
            return np.ones(len(places), bool)
        return seen_by(self.access, FIGURES, self.snapshot, places)

    def _told(self, taken, places, ids, stages):
        found = []
        for k in np.flatnonzero(taken).tolist():
            road = self._road(int(places[k]), self.named.get(int(ids[k])))
            if road is not None:
                found.append((road, None if stages is None else int(stages[k])))
        return found

    def _road(self, place, heir):
        """The road of a dossier at a committee (index in the snapshot); None where nothing changes for it."""
        if (place, heir) not in self._known:
            self._known[place, heir] = self._worked_out(place, heir)
        return self._known[place, heir]

    def _worked_out(self, place, heir):
        planned, before, after = self.planned, self.planned.before, self.planned.after
        i = before.index.get(self.snapshot.structure.ids[place])
        i = -1 if i is None else before.heir(i, self.first)
        if i < 0:
            return None
        code, decides = before.codes[i], before.codes[competent(before, i, date.fromordinal(self.first))]
        if planned.ended_by.get(code) == HAND_OVER:
            return code, OUTSIDE, decides, OUTSIDE
        then = after.heir(after.by_code[heir or code], self.last.toordinal())
        if then < 0:
            return code, OUTSIDE, decides, OUTSIDE
        road = code, after.codes[then], decides, after.codes[competent(after, then, self.last)]
        return road if code in planned.touched or road[0] != road[1] or road[2] != road[3] else None

    def name(self, code, *, then):
        """What a committee is called before the acts, or after them (then)."""
        structure, on = (self.planned.after, self.last) if then else (self.planned.before, self.before)
        return structure.name_on(structure.by_code[code], on)

    @property
    def before(self):
        return date.fromordinal(self.first)


def coming(planned, access):
    """[Moving] of the committees that a package receives: where to record who comes with them."""
    names = [act.name for act in planned.acts if act.what == RECEIVE]
    if not names or (access is not None and not access.holds(RECORD)):
        return []
    title = _("Người về cùng tổ chức tiếp nhận: ghi ở trang riêng sau khi thực hiện")
    return [Moving(title, 0, _capped(names), reverse("recruitment:received-people"))]


def movings(affected):
    """[committees.following.Moving] of dossiers and of people in probation. Who sees figures only gets no count of a few:
    0, and the lines say less than how many."""
    return [
        Moving(title, _shown(affected, len(found)), _lines(affected, found), _address(affected))
        for title, found in (
            (_("Hồ sơ đang mở"), affected.dossiers), (_("Đảng viên dự bị"), affected.members),
        )
        if found
    ]  # fmt: skip


def _shown(affected, n):
    return 0 if not affected.people and instead(n, n) else n


def _lines(affected, found):
    deciding, cells = defaultdict(Counter), Counter()
    for road, stage in found:
        deciding[road[2:]][stage] += 1
        if road[0] != road[1]:
            cells[road[:2]] += 1
    told = sorted(deciding.items(), key=lambda one: (-one[1].total(), one[0]))
    return [
        *_capped([_decided(affected, road, stages) for road, stages in told]),
        *_capped(
            [_goes(affected, road, n) for road, n in sorted(cells.items(), key=lambda one: (-one[1], one[0]))]
        ),
    ]


def _decided(affected, road, stages):
    before, after = road
    n = _number(affected, stages.total())
    if affected.people and None not in stages:
        n += " (" + ", ".join(f"{_LABELS[stage]} {stages[stage]}" for stage in sorted(stages)) + ")"
    told = {"before": affected.name(before, then=False), "n": n}
    if after == OUTSIDE:
        return _("%(before)s quyết định, nay chuyển ra ngoài cùng tổ chức: %(n)s") % told
    told["after"] = affected.name(after, then=True)
    if before == after:
        return _("%(after)s vẫn quyết định: %(n)s") % told
    return _("%(before)s quyết định, nay %(after)s quyết định: %(n)s") % told


def _goes(affected, road, n):
    before, after = road
    told = {"before": affected.name(before, then=False), "n": _number(affected, n)}
    if after == OUTSIDE:
        return _("%(before)s, ra ngoài: %(n)s") % told
    return _("%(before)s, nay do %(after)s theo dõi: %(n)s") % {
        **told,
        "after": affected.name(after, then=True),
    }


def _number(affected, n):
    return vietnamese.number(n) if affected.people else instead(n, n) or vietnamese.number(n)


def _capped(lines):
    if len(lines) <= LINES:
        return lines
    return [*lines[:LINES], _("và %d dòng nữa") % (len(lines) - LINES)]


def _address(affected):
    """The list of those under way where the package belongs, for who may see them."""
    scope = affected.planned.scope(affected.today)
    if not affected.people or scope is None:
        return ""
    code = affected.planned.before.codes[affected.planned.before.index[scope]]
    return f"{reverse('recruitment:candidacy-list')}?{urlencode({'committee': code})}"

"""Where two figures of one thing differ between levels or sources (chênh lệch số liệu): reported figures against each other,
against records, headcounts and the sum of the units below. Nothing is put right here: both sides are asked.
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from weakref import WeakKeyDictionary

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.vietnamese import fold

from ..quotas.counting import counts

SOURCES, RECORDS, COUNTED, BELOW, FLOWS, CLOSING, SENT = (
    "sources", "records", "counted", "below", "flows", "closing", "sent",
)  # fmt: skip
KINDS = {
    SOURCES: gettext_lazy("hai nguồn nói khác nhau"),
    RECORDS: gettext_lazy("khác số hồ sơ trong sổ"),
    COUNTED: gettext_lazy("khác số đảng viên đã ghi"),
    BELOW: gettext_lazy("khác tổng các đơn vị trực thuộc"),
    FLOWS: gettext_lazy("khác tổng các đơn vị trong biểu 1-BTCTW"),
    CLOSING: gettext_lazy("cộng biến động không ra số đảng viên"),
    SENT: gettext_lazy("báo cáo đã nộp của đơn vị khác báo cáo đã nộp của cấp trên"),
}
ADMITTED, MEMBERS = "ket nap", "dang vien"  # reported indicators, folded, that records or headcounts answer
_NO_SUM = "ty le"  # what begins so is no number of anything and adds up to nothing

# For so many masks a snapshot remembers what differs.
_REMEMBERED = 64
_known = WeakKeyDictionary()

# Rooms above add finders of their own: finder(snapshot, inside, today) gives Gaps; see `find`.
finders = []


@dataclass(frozen=True)
class Gap:
    """Two figures of one committee that should be one. since, until: half-open; said_by, other_by: where each comes from;
    superior: id of the committee above on the last day, None at the top. parts: [(committee id, its own number)] where
    `other` is their sum. among: of how many persons `other` counts those of a group; None where it counts no such."""

    kind: str
    committee: int
    indicator: str
    group: int | None
    since: date
    until: date
    said: Fraction
    said_by: str
    other: Fraction
    other_by: str
    superior: int | None
    parts: tuple = ()
    among: int | None = None

    @property
    def label(self):
        return KINDS.get(self.kind, self.kind)

    @property
    def last_day(self):
        return self.until - timedelta(days=1)

    @property
    def sides(self):
        """Ids of the committees that are asked: the one whose figure it is, and those below it whose sum differs, or the
        one above."""
        if self.parts:
            return (self.committee, *(committee for committee, _number in self.parts))
        return (self.committee,) if self.superior is None else (self.committee, self.superior)

    @property
    def thing(self):
        """What the answers to it are about, whatever the figures are today."""
        return self.kind, self.committee, fold(self.indicator), self.group, self.since, self.until

    @property
    def key(self):
        """A short name of it for an address."""
        return hashlib.blake2b(repr(self.thing).encode(), digest_size=8).hexdigest()


def find(snapshot, inside, today):
    """[Gap] of the committees of a mask over the snapshot's committee indexes, the latest period first, in order of the tree.
    Worked out once for a snapshot, mask and day: all it reads is written under the pen, after which there is another
    snapshot. The finders of this module ask no query; those of rooms above may."""
    known = _known.setdefault(snapshot, {})
    asked = inside.tobytes(), today
    if asked not in known:
        if len(known) >= _REMEMBERED:
            known.clear()
        known[asked] = _found(snapshot, inside, today)
    return known[asked]


def _found(snapshot, inside, today):
    found = []
    for finder in (_reported, _headcounts, *finders):
        found += finder(snapshot, inside, today)
    index = snapshot.structure.index
    return sorted(
        found, key=lambda gap: (-gap.until.toordinal(), index[gap.committee], gap.kind, gap.indicator)
    )


def superior_of(snapshot, i, day):
    """Id of the committee above index i on a day; None at the top or where it did not stand."""
    tree = snapshot.tree(day)
    p = int(tree.position[i])
    above = int(tree.up[p]) if p >= 0 else -1
    return tree.id(above) if above >= 0 else None


def _inside(snapshot, held, inside):
    """(index, id, rows) of the committees of a mask that hold any."""
    for pk, rows in held.items():
        i = snapshot.structure.index.get(pk)
        if i is not None and inside[i]:
            yield i, pk, rows


def _reported(snapshot, inside, today):
    """Reported figures against other sources, records, headcounts and the units below."""
    records = _Records(snapshot)
    for i, pk, figures in _inside(snapshot, snapshot.small.reported, inside):
        for thing, told in _things(figures).items():
            indicator, group, since, until = thing
            last = until - timedelta(days=1)
            figure = told[-1]  # the last one entered stands in everywhere
            about = {
                "committee": pk, "indicator": figure.indicator, "group": group, "since": since, "until": until,
                "said": Fraction(figure.value), "said_by": _source(figure), "superior": superior_of(snapshot, i, last),
            }  # fmt: skip
            others = [one for one in told if one.value != figure.value]
            if others:
                other = max(others, key=lambda one: abs(one.value - figure.value))
                yield Gap(SOURCES, other=Fraction(other.value), other_by=_source(other), **about)
            if indicator == ADMITTED and until <= today + timedelta(days=1):
                kept = records.count(i, since, last, group)
                if kept and kept != figure.value:
                    among = None if group is None else records.count(i, since, last, None)
                    yield Gap(
                        RECORDS, other=Fraction(kept), other_by=_("hồ sơ trong sổ"), among=among, **about
                    )
            if indicator == MEMBERS and group is None and (count := _counted(snapshot, pk, last)) is not None:
                if count != figure.value:
                    yield Gap(COUNTED, other=Fraction(count), other_by=_("số đảng viên đã ghi"), **about)
            if not indicator.startswith(_NO_SUM):
                yield from _below(snapshot, i, thing, figure, about)


def _things(figures):
    """{(indicator folded, group, since, until): its figures in order of entry}."""
    found = defaultdict(list)
    for figure in figures:
        found[fold(figure.indicator), figure.group_id, figure.since, figure.until].append(figure)
    return found


def _source(figure):
    return figure.source or _("số báo cáo, không ghi nguồn")


def _counted(snapshot, pk, day):
    return next((row.members for row in snapshot.small.headcounts.get(pk, ()) if row.day == day), None)


def _children(snapshot, i, day):
    """Ids of the committees directly below index i on a day on which it stood itself."""
    tree = snapshot.tree(day)
    if not tree.stands(i):
        return []
    return [tree.id(child) for child in tree.children(int(tree.position[i]))]


def _below(snapshot, i, thing, figure, about):
    """A figure against the sum of the same figure of the units directly below: where all have told it, or where those who did
    exceed the whole already."""
    children = _children(snapshot, i, thing[3] - timedelta(days=1))
    told = []
    for pk in children:
        if theirs := _things(snapshot.small.reported.get(pk, ())).get(thing):
            told.append((pk, Fraction(theirs[-1].value)))
    yield from _summed(BELOW, children, told, Fraction(figure.value), about)


def _summed(kind, children, told, said, about):
    summed = sum(number for _pk, number in told)
    whole = len(told) == len(children)
    if told and (summed != said if whole else summed > said):
        units = _("%(told)s/%(all)s đơn vị trực thuộc, cộng lại") % {"told": len(told), "all": len(children)}
        yield Gap(kind, other=summed, other_by=units, parts=tuple(told), **about)


def _headcounts(snapshot, inside, today):
    """Members counted on a day against the sum of those counted below on that day."""
    held = snapshot.small.headcounts
    for i, pk, rows in _inside(snapshot, held, inside):
        for row in rows:
            children = _children(snapshot, i, row.day)
            if not children:
                continue
            told = [
                (child, Fraction(n))
                for child in children
                if (n := _counted(snapshot, child, row.day)) is not None
            ]
            about = {
                "committee": pk, "indicator": _("Đảng viên"), "group": None, "since": row.day, "until": row.day + timedelta(days=1),
                "said": Fraction(row.members), "said_by": _("số đảng viên đã ghi"), "superior": superior_of(snapshot, i, row.day),
            }  # fmt: skip
            yield from _summed(BELOW, children, told, Fraction(row.members), about)


class _Records:
    """Admissions by records, rolled up once a period and group."""

    def __init__(self, snapshot):
        self.snapshot, self._rolled = snapshot, {}

    def count(self, i, first, last, group):
        """Admissions decided from a day to a day, both inclusive, at and below committee index i on the last day, in force at
        its end; of a group (id) where one is named. None where it did not stand itself."""
        tree = self.snapshot.tree(last)
        if not tree.stands(i):
            return None
        if (first, last, group) not in self._rolled:
            self._rolled[first, last, group] = tree.roll(tree.count(self._places(first, last, group)))
        return int(self._rolled[first, last, group][tree.position[i]])

    def _places(self, first, last, group):
        rows = self.snapshot.admissions
        mask = (
            counts(rows, last)
            & (rows["decided"] >= first.toordinal())
            & (rows["decided"] <= last.toordinal())
        )
        if group is not None:
            code = next(one.code for one in self.snapshot.groups if one.pk == group)
            mask &= (rows["groups"] & self.snapshot.bit(code)) != 0
        return self.snapshot.places(rows)[np.flatnonzero(mask)]

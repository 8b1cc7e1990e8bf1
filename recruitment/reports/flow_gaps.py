"""Form 1-BTCTW between levels, for the list of what differs: what a committee wrote against the sum of the units below it,
and what its movements come to against the members counted. Knows both rooms, which do not know each other."""

from fractions import Fraction
from types import SimpleNamespace

import numpy as np
from django.utils.translation import gettext as _

from committees.filters import among
from committees.models import Flow

from ..census.form1 import WORDS
from ..census.movements import Movements
from ..census.period import WHOLE, Period
from ..figures.gaps import CLOSING, FLOWS, Gap, superior_of


def flow_gaps(snapshot, inside, today):
    """[Gap] of every quarter and year that is over and of which a committee of the mask wrote. One query."""
    ids = [snapshot.structure.ids[i] for i in np.flatnonzero(_under(snapshot.tree(today), inside)).tolist()]
    rows = list(Flow.objects.filter(committee_id__in=among(ids)).order_by("since", "pk"))
    told = {}
    for row in rows:
        if (period := _period(row)) is not None and period.last_day <= today:
            told.setdefault(period, []).append(row)
    for period in sorted(told):
        # A year is told by its own rows and by those of its quarters.
        parts = [period] if period.part != WHOLE else [one for one in told if one.year == period.year]
        held = [row for part in parts for row in told[part]]
        yield from _of(snapshot, inside, period, held, rows)


def _under(tree, inside):
    """Mask of the committees of a mask and of all who stand below them."""
    held, end = np.zeros(len(tree) + 1, bool), 0
    for p in sorted({int(p) for p in tree.position[inside] if p >= 0}):
        if tree.end[p] > end:
            held[p : tree.end[p]], end = True, int(tree.end[p])
    return held[tree.position] & (tree.position >= 0)


def _period(row):
    """The quarter that holds a row whole, else the year; None where it reaches over the end of a year. What is apart in a
    quarter is apart in its year too, and told once."""
    periods = (Period(row.since.year, part) for part in (1, 2, 3, 4, WHOLE))
    return next((period for period in periods if period.holds(row)), None)


def _of(snapshot, inside, period, held, rows):
    """held: the rows that the period holds; an opening may be brought forward by others."""
    tree = snapshot.tree(period.last_day)
    question = SimpleNamespace(tree=tree)
    found, whole = Movements(snapshot, question, period, held), None
    ends = {period.last_day, period.until}  # the days on which it is counted, see `Movements.counted`
    for p in sorted(found.own):
        i = int(tree.order[p])
        if not inside[i]:
            continue
        about = {
            "committee": tree.id(p), "group": None, "since": period.since, "until": period.until,
            "superior": superior_of(snapshot, i, period.last_day),
        }  # fmt: skip
        yield from _against_units(found, tree, p, about)
        if not any(row.day in ends for row in snapshot.small.headcounts.get(tree.id(p), ())):
            continue
        whole = whole or Movements(snapshot, question, period, rows)
        closing, counted = whole.movement(p).closing, whole.counted(p)
        if None not in (closing, counted) and closing != counted.members:
            yield Gap(
                CLOSING, indicator=_("Đảng viên cuối kỳ"), said=Fraction(closing), said_by=_("cộng biến động"),
                other=Fraction(counted.members), other_by=_("số đảng viên đã ghi"), **about,
            )  # fmt: skip


def _against_units(found, tree, p, about):
    """Rows of the form against the sums of the units directly below: where all of them told, or those who did exceed it."""
    own, units = found.own[p], tree.children(p)
    if not units:
        return
    told = [(tree.id(unit), flows) for unit in units if (flows := found.flows(unit)) is not None]
    for name in Flow.NAMES:
        summed, whole = sum(flows[name] for _pk, flows in told), len(told) == len(units)
        if told and (summed != own[name] if whole else summed > own[name]):
            yield Gap(
                FLOWS, indicator=str(WORDS[name]), said=Fraction(own[name]), said_by=_("tổ chức tự ghi"),
                other=Fraction(summed), parts=tuple((pk, Fraction(flows[name])) for pk, flows in told),
                other_by=_("%(told)s/%(all)s đơn vị trực thuộc, cộng lại") % {"told": len(told), "all": len(units)},
                **about,
            )  # fmt: skip

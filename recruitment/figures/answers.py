"""What the sides of a difference answered, and who may answer for which: each side for itself, the inspector reads."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from committees import journal
from committees.access import FIGURES, RECORD
from committees.filters import among
from committees.models import Committee
from committees.vietnamese import fold

from ..models import GapAnswer

OPEN, AGREED, APART = "open", "agreed", "apart"


@dataclass(frozen=True)
class Side:
    """One committee that is asked: its own number where it is a part of a sum, and its answers, the latest first.
    mine: whether the reader answers for it."""

    committee: int
    number: object
    answers: tuple
    mine: bool

    @property
    def latest(self):
        return self.answers[0] if self.answers else None


@dataclass(frozen=True)
class Asked:
    """A Gap with its sides, as one reader may see it. whole: whether both figures are shown; else only the number that the
    reader's own side told, and that it does not fit."""

    gap: object
    sides: tuple
    whole: bool

    @property
    def waiting(self):
        """Sides that have not answered, or only about other figures than those of today."""
        return [side for side in self.sides if not (side.latest and self.holds(side.latest))]

    @property
    def mine(self):
        """Sides that the reader answers for and that wait."""
        return [side for side in self.waiting if side.mine]

    def holds(self, answer):
        """Whether an answer was given about the figures as they are now."""
        return (answer.said, answer.other) == (_kept(self.gap.said), _kept(self.gap.other))

    @property
    def state(self):
        """OPEN until all have answered; then AGREED, where they name one number (of a sum: the whole's side the sum of the
        others), or APART."""
        if self.waiting:
            return OPEN
        first, *others = [side.latest.number for side in self.sides]
        if self.gap.parts:
            return AGREED if first == sum(others) else APART
        return AGREED if {*others} <= {first} else APART


def _kept(number):
    """A figure as the answers keep it: four decimals."""
    return Decimal(number.numerator * 10_000 // number.denominator).scaleb(-4)


def asked(access, gaps, whole):
    """[Asked] of gaps. whole(gap): whether the reader may see the figures of its committee; of others only the sides within
    reach are shown. One query."""
    gaps = list(gaps)
    told = {}
    rows = GapAnswer.objects.filter(committee_id__in=among(sorted({gap.committee for gap in gaps})))
    for row in rows.order_by("-pk") if gaps else ():
        thing = row.kind, row.committee_id, fold(row.indicator), row.group_id, row.since, row.until
        told.setdefault((thing, row.side_id), []).append(row)
    found = []
    for gap in gaps:
        numbers, seen = dict(gap.parts), whole(gap)
        sides = [
            Side(pk, numbers.get(pk), tuple(told.get((gap.thing, pk), ())), access.speaks(RECORD, pk))
            for pk in gap.sides
            if seen or (pk != gap.committee and access.may(FIGURES, pk))
        ]
        if sides:
            found.append(Asked(gap, tuple(sides), seen))
    return found


class _Said(Exception):
    """The side has said just that already: the form was sent twice."""


def answer(gap, *, by, side, number, reason):
    """What one side (id of a committee) says to a Gap: its number and why. Returns the GapAnswer; the very same said twice in
    a row is one. Never changes one: a side that thinks again answers again. Who may is for the door to say
    (`Access.speaks`)."""
    said = {"said": _kept(gap.said), "other": _kept(gap.other), "number": number, "reason": reason}
    thing = {
        "committee_id": gap.committee, "kind": gap.kind, "indicator": gap.indicator, "group_id": gap.group,
        "since": gap.since, "until": gap.until, "side_id": side,
    }  # fmt: skip
    try:
        with journal.pen(by, "gap-answer", about=f"gap:{gap.key}", committee=Committee(id=side)):
            latest = GapAnswer.objects.filter(**thing).order_by("-pk").first()
            if latest is not None and all(getattr(latest, name) == value for name, value in said.items()):
                raise _Said(latest)
            row = GapAnswer(**thing, **said, answered_at=timezone.now())
            row.save()
    except _Said as found:
        return found.args[0]
    return row

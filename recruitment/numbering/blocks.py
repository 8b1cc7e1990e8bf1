"""Blocks of numbers an office's clerk reserved: how many are left, and which comes next. Nothing is invented: a number is
offered, and written only by whoever takes it."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from committees.tree import structure as structure_now

from ..models import NumberBlock
from ..rules import numbers
from .terms import term_of
from .uses import uses_of
from .written import folded_number, parts

# Below this a number is written with a zero before it, as offices write them (05-HD/VPTW).
_PADDED_BELOW = 10


@dataclass(frozen=True)
class Left:
    """A block and what of it is left on a day: numbers neither skipped nor borne by a document."""

    block: NumberBlock
    used: frozenset

    @cached_property
    def free(self):
        """The numbers left, in order."""
        gone = self.used | set(self.block.skipped)
        return [n for n in range(self.block.first, self.block.last + 1) if n not in gone]

    @property
    def size(self):
        return self.block.last - self.block.first + 1

    def written(self, n):
        """A number of the block as documents bear it."""
        return write(n, self.block.suffix)

    @property
    def next(self):
        """The next number as documents bear it; None where none is left."""
        return self.written(self.free[0]) if self.free else None

    def fill(self, numbers):
        """These numbers, each empty one replaced by the next that is left and none of them bears; "" once none is."""
        borne = {folded_number(number) for number in numbers if number}
        left = (one for one in map(self.written, self.free) if folded_number(one) not in borne)
        return [number or next(left, "") for number in numbers]


def write(n, suffix):
    """8 and "-QĐ/HU" give "08-QĐ/HU"."""
    return f"{n:02d}{suffix}" if n < _PADDED_BELOW else f"{n}{suffix}"


def running(committee_ids, on, sign=""):
    """Blocks of committees that give numbers to documents of a day, the oldest first; of one type where it is named."""
    rows = NumberBlock.objects.filter(committee__in=list(committee_ids), since__lte=on)
    rows = rows.filter(Q(ended_on=None) | Q(ended_on__gt=on))
    return rows.filter(**({"sign": sign} if sign else {})).order_by("since", "first", "pk")


def is_running(block, on):
    """Whether a block gives numbers to documents of a day."""
    return block.since <= on and (block.ended_on is None or block.ended_on > on)


def taken(uses, suffix):
    """The numbers that documents bear with a suffix, of a body's [Use]."""
    wanted = parts(write(1, suffix))
    return frozenset(
        found[0]
        for use in uses
        if (found := parts(use.number)) is not None and wanted and found[1:] == wanted[1:]
    )


def left_of(block, on, uses):
    """What is Left of a block on a day, by the body's [Use] of the term."""
    return Left(block, taken(uses, block.suffix))


def open_blocks(structure, committee_id, sign, on):
    """[Left] of the blocks of a type that give numbers to documents dated `on`, the oldest first. One query where there is
    none, else ten."""
    rows = list(running([committee_id], on, sign))
    return lefts_of(structure, committee_id, rows, on) if rows and committee_id in structure.index else []


def lefts_of(structure, committee_id, rows, on):
    """[Left] of some blocks of a committee on a day. Nine queries."""
    term = term_of(committee_id, on)
    uses = uses_of(structure, structure.index[committee_id], term.first, term.last)
    return [left_of(block, on, uses) for block in rows]


def next_number(committee_id, sign, on, *, structure=None):
    """The next free number of a type (the letters of it: "QĐ") that a committee reserved for documents dated `on`, as
    documents bear it; None where no block is open or all are used up. A dozen queries where there is a block, else one."""
    found = open_blocks(structure or structure_now(), committee_id, sign, on)
    return next((left.next for left in found if left.next), None)


def sign_of(suffix):
    """The letters of the type in what stands after a number: "-QĐ/HU" gives "QĐ"; "" where there are none."""
    found = parts(write(1, suffix))
    known = {numbers.fold(sign): sign for sign in numbers.rules().types}
    return known.get(found[1], "") if found else ""

"""The numbers of one body: of each type what was given last, what is reserved, which have gaps, which were given twice; and
of one type every number with the document that bears it."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from committees.access import PEOPLE

from ..models import NumberBlock
from ..rules import numbers
from .blocks import left_of, write
from .terms import term_of
from .uses import uses_of
from .written import folded_number, parts

# Lines of one type on one page, the highest numbers first.
LINES = 100
# Of one type, some of its lines: those that two documents bear, those that none does.
TWICE, GAPS = "twice", "gaps"
ONLY = (TWICE, GAPS)


@dataclass
class Series:
    """The documents of one type of one body. suffix: as most of them are written; held: {number: [Use]}."""

    key: tuple
    suffix: str
    blocks: list = field(default_factory=list)
    held: dict = field(default_factory=dict)

    @property
    def code(self):
        """How the address names it."""
        return self.suffix.removeprefix("-")

    @property
    def word(self):
        """What the type is called."""
        return numbers.rules().types.get(_spelled(self.key[0]), "")

    @property
    def last(self):
        return write(max(self.held), self.suffix) if self.held else ""

    @cached_property
    def next(self):
        """The next number of the blocks that are open, as documents bear it; None where none is reserved."""
        return next((left.next for left in self.blocks if left.next), None)

    @cached_property
    def twice(self):
        """Numbers that two documents bear, in order."""
        return [n for n, uses in sorted(self.held.items()) if len(_sheets(uses)) > 1]

    @cached_property
    def gaps(self):
        """[(first, last)] of the numbers between the lowest and the highest that no document of the register bears and no
        clerk passed over or holds in a block."""
        passed = {n for left in self.blocks for n in (*left.block.skipped, *left.free)}
        found, known = [], sorted({*self.held, *passed}) if self.held else []
        for low, high in zip(known, known[1:], strict=False):
            if high - low > 1 and high <= max(self.held):
                found.append((low + 1, high - 1))
        return found

    @property
    def missing(self):
        """How many numbers stand in the gaps."""
        return sum(last - first + 1 for first, last in self.gaps)


@dataclass(frozen=True)
class Line:
    """A number of a type, or a run of numbers that no document bears. uses: [(Use, whether the reader may see it)]."""

    label: str
    uses: list
    twice: bool = False


class Numbers:
    """access: the reader's, who may see people there. sign: the type asked for, as `Series.code`. before: lines from this
    number on were shown already. only: one of ONLY, else every line. About a dozen queries."""

    def __init__(self, access, committee_id, sign="", before=None, only=""):
        self.access, self.committee_id = access, committee_id
        structure, today = access.structure, access.today
        self.body = structure.index[committee_id]
        self.name = structure.name_on(self.body, today)
        self.term = term_of(committee_id, today)
        self.uses = uses_of(structure, self.body, self.term.first, self.term.last)
        self.blocks = [
            left_of(block, today, self.uses)
            for block in NumberBlock.objects.filter(committee_id=committee_id).order_by(
                "-since", "first", "pk"
            )
        ]
        self.before, self.only = before, only if only in ONLY else ""
        self.chosen = next((one for one in self.series if sign and one.code == sign), None)

    @cached_property
    def series(self):
        """[Series] in order of type."""
        found, spellings = {}, {}
        for use in self.uses:
            if (told := parts(use.number)) is not None:
                number, *key = told
                one = found.setdefault(tuple(key), Series(tuple(key), ""))
                one.held.setdefault(number, []).append(use)
                spellings.setdefault(one.key, Counter())[use.number.lstrip("0123456789 ")] += 1
        for left in self.blocks:
            key = parts(write(1, left.block.suffix))[1:]
            one = found.setdefault(key, Series(key, left.block.suffix))
            if left.block.ended_on is None or left.block.ended_on > self.access.today:
                one.blocks.append(left)
        for one in found.values():
            one.suffix = one.suffix or spellings[one.key].most_common(1)[0][0]
        return sorted(found.values(), key=lambda one: one.suffix)

    @property
    def unread(self):
        """[Use] whose numbers are not written as numbers of documents."""
        return [use for use in self.uses if parts(use.number) is None]

    @cached_property
    def lines(self):
        """[Line] of the type chosen, the highest numbers first: LINES of them."""
        return [self._line(first, last) for first, last in self._runs[self._start :][:LINES]]

    @cached_property
    def _runs(self):
        """[(first, last)] of every line asked for, the highest first."""
        one = self.chosen
        borne = one.twice if self.only == TWICE else () if self.only == GAPS else one.held
        return sorted([*((n, n) for n in borne), *(() if self.only == TWICE else one.gaps)], reverse=True)

    @cached_property
    def _start(self):
        """How many lines stand above the first of the page."""
        return sum(self.before is not None and last >= self.before for _first, last in self._runs)

    @property
    def rest(self):
        """From where the page after this begins (as `before`); None at the lowest numbers."""
        end = self._start + LINES
        return self._runs[end - 1][0] if len(self._runs) > end else None

    @property
    def above(self):
        """From where the page before this begins (as `before`); "" at the highest numbers, None where this is there."""
        if not self._start:
            return None
        at = self._start - LINES
        return self._runs[at - 1][0] if at > 0 else ""

    @property
    def choices(self):
        """[(how `only` says it, how many numbers)]: of the type chosen."""
        one = self.chosen
        return [("", len(one.held) + one.missing), (TWICE, len(one.twice)), (GAPS, one.missing)]

    def _line(self, first, last):
        one = self.chosen
        label = write(first, one.suffix)
        if last > first:
            label = f"{label} – {write(last, one.suffix)}"
        sheets = _sheets(one.held.get(first, []))
        return Line(label, [(use, self.access.may(PEOPLE, use.cell_id)) for use in sheets], len(sheets) > 1)


def _sheets(uses):
    """The first record of each sheet of paper among records of one number."""
    found = []
    for use in uses:
        if not any(one.same_paper(use.number, use.on, use.candidacy_id, use.kind) for one in found):
            found.append(use)
    return found


def _spelled(folded):
    return next((sign for sign in numbers.rules().types if folded_number(sign) == folded), folded)

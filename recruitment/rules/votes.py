"""Votes on a candidate: who counts, how many are needed, what passes. Pure.

A share is taken of everyone entitled, never of those present; it is compared exactly (`Fraction`), for a rounded
percentage decides nothing. Which share a body needs is the rule of the same code: "2/3" means at least so many, "1/2"
more than a half.
"""

from fractions import Fraction

# Who votes on what: code → the rule its share is read from. At recognition as at admission (domain.md §1.3).
KINDS = {
    "cell_vote": "cell_vote",
    "base_vote": "base_vote",
    "recognition_vote": "cell_vote",
    "base_recognition": "base_vote",
    "board_vote": "board_vote",
    "delegated_vote": "delegated_vote",  # of a grassroots committee empowered to decide (domain.md §1.2(11))
}
# The kinds in which a cell of too few official members may not decide at all.
CELLS = frozenset({"cell_vote", "recognition_vote"})
HALF = Fraction(1, 2)


class TooFew(ValueError):
    """A cell of fewer official members than `rule` (the Rule "cell_size") asks for may not vote on a candidate."""

    def __init__(self, entitled, rule):
        super().__init__(f"{entitled} of at least {rule.value} official members")
        self.entitled, self.rule = entitled, rule


def entitled(members, away, exempt):
    """How many count as the whole of a cell's vote: all `members` (official members; probationary ones never belong to
    them) without those temporarily transferred elsewhere (`away`) and those exempted from party work who are absent
    (`exempt`: the absent ones alone, one who attends is counted). ValueError where more are taken off than there are.
    Source: domain.md §1.2(8), point 9.3.2."""
    if min(members, away, exempt) < 0 or away + exempt > members:
        raise ValueError(f"{away} away and {exempt} exempt of {members} members")
    return members - away - exempt


def share(in_favour, entitled):
    """The exact share of those entitled, a Fraction from 0 to 1. ValueError where more agreed than were entitled."""
    if not 0 <= in_favour <= entitled or not entitled:
        raise ValueError(f"{in_favour} of {entitled}")
    return Fraction(in_favour, entitled)


def too_small(kind, members, rules):
    """Whether a cell of so many official members may not vote on a candidate; of other bodies nothing is asked."""
    return kind in CELLS and members < rules["cell_size"].value


def needed(kind, entitled, rules, members=None):
    """The smallest number in favour that passes: ⌈2N/3⌉, or ⌊N/2⌋ + 1 where more than a half is asked. members: the
    cell's official members, where they are more than those entitled; a cell is too small by its members, not by who is
    away. TooFew for a cell that may not vote; KeyError for a kind not in KINDS."""
    fraction = Fraction(rules[KINDS[kind]].value)
    size = entitled if members is None else members
    if too_small(kind, size, rules):
        raise TooFew(size, rules["cell_size"])
    if fraction == HALF:
        return entitled // 2 + 1
    return -(-fraction.numerator * entitled // fraction.denominator)


def passes(kind, entitled, in_favour, rules, members=None):
    """Whether so many in favour, of all those entitled, carry the vote (`needed`). TooFew for a cell that may not vote,
    ValueError for counts that cannot be. Source: domain.md §1.2(8), (10), (11) and §1.3."""
    least = needed(kind, entitled, rules, members)
    share(in_favour, entitled)
    return in_favour >= least


def goes_up(votes, rules):
    """Whether the matter is no longer the cell's: as many votes in a row at the end as the rule "failed_votes" says had
    no two thirds, so the committee above reports it to the one that decides. votes: True or False (passed or not) in
    order of day. Source: domain.md §1.2(10) and §1.3, point 4.2.3."""
    least = rules["failed_votes"].value
    return len(votes) >= least and not any(votes[-least:])

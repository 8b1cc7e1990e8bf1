"""Which admissions stand, and which of them any figure may count: the mask under every count. No query."""

from ..facts import NEVER


def in_force(rows, on):
    """Admissions not cancelled by the end of the day `on`: asked for that day, the answer stays the same for ever."""
    return rows["cancelled"] > on.toordinal()


def counts(rows, on):
    """Which of them any figure may count: in force, and not decided outside the tree before the person came with their
    cell (invariant 1: whoever admitted them counted them)."""
    return in_force(rows, on) & (rows["arrived"] == NEVER)

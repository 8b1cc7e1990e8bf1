"""Who may record which paper of the road: the one place that says so."""

from django.core.exceptions import PermissionDenied

from committees.access import RECORD

from ..rules.papers import ABOVE, KINDS


def may_record(access, kind, cell_id):
    """Whether the account may record a paper of that kind (a code of `rules.papers.KINDS`) for a candidacy of the cell.

    Who keeps the cell's records writes what the cell, its section and its grassroots committee did: it all reaches the
    cell on paper. What the committee above decided is written by who keeps the records of the body above the cell; of
    a cell under nobody, by who keeps its own. No query beyond access's own.
    """
    if not access.may(RECORD, cell_id):
        return False
    above = _above(access, cell_id) if KINDS[kind].by == ABOVE else None
    return above is None or access.may(RECORD, above)


def require(access, kind, cell_id):
    """The same as a door, for a reader inside the reach: PermissionDenied without the right."""
    if not may_record(access, kind, cell_id):
        raise PermissionDenied


def _above(access, cell_id):
    """The id of the committee above the cell on today's tree; None where nothing is."""
    tree = access.tree
    p = tree.of(cell_id)
    up = int(tree.up[p]) if p >= 0 else -1
    return tree.id(up) if up >= 0 else None

"""The lists of this room, each a function of an account and what it asked: page and export take the same rows."""

from ..quotas.links import Links
from ..quotas.listing import Listing
from .cell_rows import CellRows
from .filters import CellConditions, SettlementConditions
from .settlement_rows import SettlementRows
from .tables import CellTable, SettlementTable


def settlements(access, params):
    """Listing of the settlements that stood on a day. `aside`: the rows themselves, for counts of the units. 404, 403 as
    the door."""
    listing = Listing("settlements", access, params, SettlementConditions)
    if listing.question:
        rows = SettlementRows(listing.snapshot, listing.question, access)
        listing.aside = rows
        whole = rows.mask
        rows = listing.filters.narrow(rows)
        listing.take(
            SettlementTable, ids=rows.ids, mask=rows.mask, places=rows.places, fetch=rows.fetch, whole=whole,
            links=Links(listing.question, people=False),
        )  # fmt: skip
    return listing


def small_cells(access, params):
    """Listing of the cells under three official members on a day, or never counted. `aside`: the rows themselves, for
    counts of the units. 404, 403 as the door."""
    listing = Listing("smallcells", access, params, CellConditions)
    if listing.question:
        rows = CellRows(listing.snapshot, listing.question)
        listing.aside = rows
        whole = rows.mask
        rows = listing.filters.narrow(rows)
        listing.take(
            CellTable, ids=rows.ids, mask=rows.mask, places=rows.places, fetch=rows.fetch, whole=whole,
            links=Links(listing.question, people=False),
        )  # fmt: skip
    return listing

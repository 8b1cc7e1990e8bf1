"""The lists of this room, each a function of an account and what it asked: page and export take the same rows."""

import numpy as np

from committees import journal
from committees.access import PEOPLE

from .filters import Conditions, UnitConditions
from .links import Links
from .listing import Listing
from .tables import QuotaTable, UnitTable
from .units import Units, quota_rows


def units(access, params):
    """Listing of the grassroots organisations that admitted anyone, or none, or have no source: the list behind those
    figures. 404, 403 as the door."""
    listing = Listing("units", access, params, UnitConditions)
    if listing.question:
        rows = listing.filters.narrow(Units(listing.snapshot, listing.question, listing.found))
        people = access.may(PEOPLE, listing.committee.pk)
        listing.take(
            UnitTable, ids=rows.ids, mask=rows.mask, places=rows.places, fetch=rows.fetch,
            orders={"admitted": rows.admitted[rows.positions]}, links=Links(listing.question, people=people),
        )  # fmt: skip
    return listing


def quotas(access, params):
    """Listing of the targets under a plan, with every change, its document and who wrote it into the register."""
    listing = Listing("quotas", access, params, Conditions)
    if listing.question:
        rows, known = quota_rows(listing.snapshot, listing.question), {}

        def fetch(indexes):
            found = [rows[k] for k in indexes.tolist()]
            known.update(journal.entries_of(found))
            return found

        listing.take(
            QuotaTable, ids=np.array([row.pk for row in rows], np.int64), mask=np.ones(len(rows), bool),
            places=np.array([row.committee for row in rows], np.int64), fetch=fetch,
            links=Links(listing.question, people=False), writers=known,
        )  # fmt: skip
    return listing

"""The lists of this room, each a function of an account and what it asked: page and export take the same rows."""

import numpy as np

from committees import journal
from committees.access import PEOPLE

from .filters import Conditions, UnitConditions
from .ground_filters import IdleConditions, MarkConditions
from .ground_rows import IdleRows, MarkRows, only_reported
from .ground_tables import IdleTable, MarkTable
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


def sourceless(access, params):
    """Listing of the organisations marked as having no source, with cause and measure; marks that ended where asked for.
    `aside`: how many others only report it. 404, 403 as the door."""
    listing = Listing("sourceless", access, params, MarkConditions)
    if listing.question:
        snapshot, question = listing.snapshot, listing.question
        rows = listing.filters.narrow(MarkRows(snapshot, question))
        whole = question.holds(rows.where) & rows.running
        listing.take(
            MarkTable, ids=rows.ids, mask=rows.mask, places=rows.places, fetch=rows.fetch, whole=whole,
            orders={"since": rows.since, "open": rows.open[rows.where]}, links=_links(access, listing),
        )  # fmt: skip
        listing.aside = only_reported(snapshot, question)
    return listing


def idle(access, params):
    """Listing of the organisations that admitted nobody in the last years. `aside`: whether nobody at all is on record in
    that time, so that the list says nothing. 404, 403 as the door."""
    listing = Listing("idle", access, params, IdleConditions)
    if listing.question:
        rows = IdleRows(listing.snapshot, listing.question, **listing.filters.asked)
        whole = rows.mask
        rows = listing.filters.narrow(rows)
        listing.take(
            IdleTable, ids=rows.ids, mask=rows.mask, places=rows.places, fetch=rows.fetch, whole=whole,
            orders={"last": rows.last[rows.positions], "open": rows.open[rows.positions]},
            links=_links(access, listing),
        )  # fmt: skip
        listing.aside = rows.silent
    return listing


def _links(access, listing):
    return Links(listing.question, people=access.may(PEOPLE, listing.committee.pk))

"""The rows that fail a check, each list a function of an account and what it asked: page, export and count take the same
rows from the same mask."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from committees.models import Kind

from ..models import Admission, Candidacy
from ..pipeline.lists import Names
from ..pipeline.stages import certified_on
from ..quotas.listing import Listing, in_order
from ..quotas.question import Narrowing
from .checks import ADMISSIONS, CANDIDACIES, CHECKS, COMMITTEES
from .filters import AdmissionConditions, CandidateConditions, CommitteeConditions
from .findings import Findings
from .tables import AdmissionTable, CandidateTable, CommitteeTable


class Failing(Narrowing):
    """The rows of a check's table that fail it, at and below the question's committee."""

    def __init__(self, findings, check, rows):
        self.findings, self.rows = findings, rows
        self.tree, self.places = findings.question.tree, findings.places(check)
        self.mask = findings.mask(check)


def candidates(access, params):
    """Listing of the open candidacies that fail a check (`check`: its code). 404, 403 as the door."""
    listing = Listing("candidacyfaults", access, params, CandidateConditions)
    if not listing.question:
        return listing
    snapshot = listing.snapshot
    rows, whole = _failing(listing, snapshot.candidacies)
    listing.take(
        CandidateTable, ids=rows.rows["id"], mask=rows.mask, places=rows.places, orders=_orders(rows), whole=whole,
        fetch=partial(in_order, Candidacy.objects.select_related("person"), rows.rows["id"]), on=listing.question.on,
        certified=certified_on(snapshot, rows.rows["person"], listing.question.on.toordinal()),
        names=Names(snapshot, listing.question.tree),
    )  # fmt: skip
    return listing


def admissions(access, params):
    """Listing of the admissions in force that fail a check. 404, 403 as the door."""
    listing = Listing("admissionfaults", access, params, AdmissionConditions)
    if not listing.question:
        return listing
    rows, whole = _failing(listing, listing.snapshot.admissions)
    listing.take(
        AdmissionTable, ids=rows.rows["id"], mask=rows.mask, places=rows.places, orders=_orders(rows), whole=whole,
        fetch=partial(in_order, Admission.objects.select_related("person"), rows.rows["id"]),
        names=Names(listing.snapshot, listing.question.tree),
    )  # fmt: skip
    return listing


def _failing(listing, table):
    """(the rows that fail the check asked for and meet the reader's conditions, the mask of those that fail it)."""
    rows = Failing(Findings(listing.snapshot, listing.question), listing.form.cleaned_data["check"], table)
    whole = rows.mask
    return listing.filters.narrow(rows), whole


def _orders(rows):
    return {"name": np.arange(len(rows.mask)), "cell": rows.tree.position[rows.places]}


@dataclass(frozen=True)
class CommitteeRow:
    """One committee that fails a check."""

    pk: int
    code: str
    name: str
    kind: str
    above: str


def committees(access, params):
    """Listing of the committees that fail a check. 404, 403 as the door."""
    listing = Listing("committeefaults", access, params, CommitteeConditions)
    if not listing.question:
        return listing
    rows, whole = _failing(listing, None)
    ids = rows.findings.committees.ids
    listing.take(
        CommitteeTable, ids=ids, mask=rows.mask, places=rows.places, whole=whole,
        fetch=lambda indexes: [_row(rows.tree, int(ids[p]), p) for p in indexes.tolist()],
    )  # fmt: skip
    return listing


def _row(tree, pk, p):
    up = int(tree.up[p])
    return CommitteeRow(
        pk, tree.code(p), tree.name(p), str(Kind(tree.kind(p)).label), tree.name(up) if up >= 0 else ""
    )


LISTS = {CANDIDACIES: candidates, ADMISSIONS: admissions, COMMITTEES: committees}


def of_check(code):
    """The list behind a check; None for no check there is."""
    return LISTS[CHECKS[code].table] if code in CHECKS else None

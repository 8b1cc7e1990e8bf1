"""The lists of people, each a function of an account and what it asked: page and export take the same rows from the same
mask as the figure they stand behind."""

from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np

from ..facts import NEVER
from ..models import Admission, Candidacy, Certificate, Stage
from ..quotas.listing import Listing, in_order
from ..quotas.question import Selection
from .filters import AdmissionConditions, CandidacyConditions, counts_people
from .followed import follower
from .kinds import OF_CANDIDATES, OF_MEMBERS
from .stages import Road, certified_on
from .tables import AdmissionTable, CandidacyTable, CertificateTable
from .worklist import Worklist


def admissions(access, params):
    """Listing of the admissions behind a figure, or of all to date where no plan is named; of the certificates behind
    the figure of a plan that counts who was trained. 404, 403 as the door."""
    listing = Listing("admissions", access, params, AdmissionConditions)
    if not listing.question:
        return listing
    snapshot, question = listing.snapshot, listing.question
    selection = listing.filters.narrow(Selection(snapshot, question))
    rows, left_out = selection.rows, listing.form.cleaned_data["left_out"]
    told = {"names": Names(snapshot, question.tree)}
    orders = {"name": np.arange(len(rows["id"])), "cell": selection.where}
    if counts_people(question.plan):
        table, queryset, work = AdmissionTable, Admission.objects.all(), Worklist(snapshot, question)
        told |= {
            "on": question.on,
            "due": work.admission_due,
            "kinds": _masks(work, OF_MEMBERS),
        }
        orders |= {"decided_on": rows["decided"], "ceremony_on": rows["held"], "due": work.admission_due}
    else:
        listing.name, table, queryset = "certificates", CertificateTable, Certificate.objects.all()
        orders["issued_on"] = rows["issued"]
    listing.take(
        table, ids=rows["id"], mask=selection.mask, places=selection.places, orders=orders,
        fetch=partial(in_order, queryset.select_related("person"), rows["id"]),
        whole=None if left_out else Selection(snapshot, replace(question, group=None)).mask, **told,
    )  # fmt: skip
    return listing


def candidacies(access, params):
    """Listing of candidacies as they stood at the end of a day: the open ones, unless a stage is asked for; with those
    in probation where terms are, for their mentors owe a note too. 404, 403 as the door."""
    listing = Listing("candidacies", access, params, CandidacyConditions)
    if not listing.question:
        return listing
    snapshot, question = listing.snapshot, listing.question
    road = Road(snapshot, question)
    said = listing.form.cleaned_data
    stage, by_term = said["stage"], said["due"] or said["term"]
    # Who was declared for a plan stays so when admitted.
    entirely = said["declared"] or stage in {Stage.PROBATION, Stage.OFFICIAL, Stage.CLOSED}
    if not stage and not said["declared"]:
        road.narrow(_under_way(road) if by_term else road.open)
    road = listing.filters.narrow(road)
    every = Road(snapshot, replace(question, group=None))
    rows, work = road.rows, Worklist(snapshot, question)

    def fetch(indexes):
        queryset = Candidacy.objects.select_related("person")
        if "mentor" in listing.columns:
            queryset = queryset.prefetch_related("mentorships")
        return in_order(queryset, rows["id"], indexes)

    listing.take(
        CandidacyTable, ids=rows["id"], mask=road.mask, places=road.places, fetch=fetch,
        orders={
            "name": np.arange(len(rows["id"])), "cell": question.tree.position[road.places],
            "stage": road.stages, "entered_on": rows["entered"], "due": work.candidacy_due,
        },
        whole=every.mask if entirely else _under_way(every) if by_term else every.open,
        on=question.on, stages=road.stages, certified=certified_on(snapshot, rows["person"], question.on.toordinal()),
        due=work.candidacy_due, kinds=_masks(work, OF_CANDIDATES),
        names=Names(snapshot, question.tree),
    )  # fmt: skip
    return listing


def _under_way(road):
    return road.open | road.at(Stage.PROBATION)


def _masks(work, kinds):
    """{kind: (whom it concerns, for whom it is not late yet)}"""
    on = work.on
    return {k: (work.mask(k), (work.due(k) >= on) & (work.due(k) != NEVER)) for k in kinds}


class Names:
    """What cells were called, and what stands above them by the tree of the list."""

    def __init__(self, snapshot, tree):
        self.snapshot, self.structure, self.tree = snapshot, snapshot.structure, tree

    def cell(self, committee_id, day):
        """The cell's name on a day; its last one where it no longer stood, its first where it did not stand yet."""
        return self.structure.name_on(self.structure.index[committee_id], day)

    def of(self, record, day):
        """The same of a record: of a candidacy, the cell that answers for it on that day."""
        if isinstance(record, Candidacy) and (i := follower(self.snapshot, record, day)) >= 0:
            return self.structure.name_on(i, day)
        return self.cell(record.cell_id, day)

    def above(self, record):
        """What stands above the cell of a record, by the tree of the list."""
        p = self.tree.of(record.cell_id)
        if isinstance(record, Candidacy):
            i = follower(self.snapshot, record, date.fromordinal(self.tree.day))
            p = int(self.tree.position[i]) if i >= 0 else -1
        up = int(self.tree.up[p]) if p >= 0 else -1
        return self.tree.name(up) if up >= 0 else ""

"""One person as the account may see them: only what happened in cells within its reach."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import Http404

from committees import journal
from committees.access import PEOPLE, RECORD
from committees.models import Committee, Entry
from committees.vietnamese import age_on

from ..models import Course, Stage
from ..quotas.place import Crumb, crumbs
from ..rules import deadlines
from . import actions


@dataclass(frozen=True)
class Stop:
    """One stage of a road: done (with its day), now, or next."""

    label: str
    state: str
    on: object = None


@dataclass(frozen=True)
class Dossier:
    """`running` is the Walk that goes on, the last one where several do; `editable` whether the reader may write of
    the person."""

    person: object
    committee: Committee
    today: date
    admissions: list
    roads: list
    certificates: list
    crumbs: list
    editable: bool

    @property
    def age(self):
        """Completed years."""
        return age_on(self.person.born, self.today)

    @property
    def running(self):
        return next((walk for walk in reversed(self.roads) if not walk.over), None)


@dataclass(frozen=True)
class Walk:
    """A candidacy with its stops, its mentors ([(mentorship, last day or None)]), and what its cell was called. `mine`:
    the reader may record there, and `entry` tells who wrote it last."""

    candidacy: object
    cell: str
    stops: list
    mentors: list
    today: date
    mine: bool
    steps: list
    entry: Entry | None = field(default=None, compare=False)

    @property
    def over(self):
        return self.candidacy.stage in {Stage.CLOSED, Stage.OFFICIAL}

    @property
    def admission(self):
        """The admission it led to, if that is in force."""
        found = getattr(self.candidacy, "admission", None)
        return found if found is not None and found.cancelled_on is None else None

    @property
    def number(self):
        """Which step of the road it stands on, from 1."""
        return actions.rank(self.candidacy.stage) + 1

    @property
    def days(self):
        """How many days it has stood there."""
        return (self.today - self.steps[-1].on).days

    @property
    def mentor(self):
        return actions.running_mentorship(self.candidacy)

    @property
    def helped(self):
        return self.candidacy.stage in actions.HELPED

    @property
    def takes_back(self):
        """Whether the last step may have been recorded by mistake: the deed asks further."""
        return len(self.steps) > 1 and self.steps[-1].stage in {*actions.BY_HAND, Stage.CLOSED}

    @property
    def next_by_hand(self):
        return actions.next_by_hand(self.candidacy.stage)


@dataclass(frozen=True)
class Validity:
    """A certificate and the last day on which it counts; None for a class whose certificate does not lapse."""

    certificate: object
    until: date | None
    lapsed: bool
    soon: bool


def dossier(access, snapshot, person):
    """The Dossier of a person. Http404 where nothing of them lies within reach, PermissionDenied where something does
    but persons may not be seen there. Seven queries at most."""
    admissions = list(person.admissions.order_by("decided_on"))
    candidacies = list(
        person.candidacies.order_by("entered_on")
        .select_related("admission")
        .prefetch_related("steps", "mentorships")
    )
    certificates = list(person.certificates.order_by("issued_on"))
    cells = list(dict.fromkeys(row.cell_id for row in [*admissions, *candidacies, *certificates]))
    mine = {cell for cell in cells if access.may(PEOPLE, cell)}
    if not mine:
        _refuse(access, cells)
    record = {cell for cell in mine if access.may(RECORD, cell)}
    structure = snapshot.structure
    home = next(cell for cell in reversed(cells) if cell in (record or mine))
    seen = [row for row in candidacies if row.cell_id in mine]
    entries = journal.entries_of(row for row in seen if row.cell_id in record)

    def cell_name(cell, day):
        return structure.name_on(structure.index[cell], day)

    return Dossier(
        person=person,
        committee=Committee(id=home, code=structure.codes[structure.index[home]]),
        today=access.today,
        admissions=[
            (row, cell_name(row.cell_id, row.decided_on), row.cell_id in record, _probation_until(row))
            for row in admissions
            if row.cell_id in mine
        ],
        roads=[
            Walk(
                row,
                cell_name(row.cell_id, row.entered_on),
                _stops(row),
                _mentors(row),
                access.today,
                row.cell_id in record,
                actions.road(row),
                entries.get(row.stamp),
            )
            for row in seen
        ],
        certificates=[_validity(row, access.today) for row in certificates if row.cell_id in mine],
        crumbs=above(access, snapshot, home),
        editable=bool(record),
    )


def above(access, snapshot, cell_id):
    """[Crumb] down to the cell (its heir, where it ended), as far as the account may see."""
    tree = snapshot.tree(access.today)
    p = tree.of(cell_id)
    return [*crumbs(access, tree, p), Crumb(tree.code(p), tree.name(p))] if p >= 0 else []


def _refuse(access, cells):
    """404 unless some cell lies within reach, where the right is missing: then the door refuses itself."""
    for cell in cells:
        try:
            access.check(cell, PEOPLE)
        except Http404:
            continue
    raise Http404


def _mentors(candidacy):
    told = sorted(candidacy.mentorships.all(), key=lambda mentorship: (mentorship.since, mentorship.pk))
    return [(row, row.until and row.until - timedelta(days=1)) for row in told]


def _probation_until(admission):
    """The last day of the 12 months of a probation that runs; None where none does."""
    if admission.cancelled_on or admission.official_on or not admission.ceremony_on:
        return None
    return deadlines.probation_ends_on(admission.ceremony_on)


def _validity(certificate, today):
    if certificate.kind != Course.Kind.AWARENESS:
        return Validity(certificate, None, False, False)
    until = deadlines.certificate_lapses_on(certificate.issued_on)
    left = (until - today).days
    return Validity(certificate, until, left < 0, 0 <= left <= deadlines.NOTICE)


def _stops(candidacy):
    reached = {step.stage: step.on for step in actions.road(candidacy)}
    here = actions.rank(candidacy.stage)
    if candidacy.stage == Stage.CLOSED:
        here = max((actions.rank(stage) for stage in reached), default=0)
    stops = []
    for stage in Stage.road():
        at = actions.rank(stage)
        if stage.value in reached or at < here:
            state = "now" if at == here and candidacy.stage not in {Stage.CLOSED, Stage.OFFICIAL} else "done"
            stops.append(Stop(stage.label, state, reached.get(stage.value)))
        elif candidacy.stage != Stage.CLOSED:
            stops.append(Stop(stage.label, "next"))
    if candidacy.stage == Stage.CLOSED:
        stops.append(Stop(Stage.CLOSED.label, "now", reached.get(Stage.CLOSED.value)))
    return stops

"""One person as the account may see them: only what happened in cells within its reach."""

from dataclasses import dataclass

from django.http import Http404

from committees.access import PEOPLE
from committees.models import Committee

from ..models import Stage
from ..quotas.place import Crumb, crumbs
from .actions import rank


@dataclass(frozen=True)
class Stop:
    """One stage of a road: done (with its day), now, or next."""

    label: str
    state: str
    on: object = None


@dataclass(frozen=True)
class Dossier:
    person: object
    committee: Committee
    admissions: list
    roads: list
    certificates: list
    crumbs: list


@dataclass(frozen=True)
class Walk:
    """A candidacy with its stops, its mentors, and what its cell was called."""

    candidacy: object
    cell: str
    stops: list
    mentors: list

    @property
    def closed(self):
        return self.candidacy.stage == Stage.CLOSED


def dossier(access, snapshot, person):
    """The Dossier of a person. Http404 where nothing of them lies within reach, PermissionDenied where something does
    but persons may not be seen there. Six queries."""
    admissions = list(person.admissions.order_by("decided_on"))
    candidacies = list(person.candidacies.order_by("entered_on").prefetch_related("steps", "mentorships"))
    certificates = list(person.certificates.order_by("issued_on"))
    cells = list(dict.fromkeys(row.cell_id for row in [*admissions, *candidacies, *certificates]))
    mine = {cell for cell in cells if access.may(PEOPLE, cell)}
    if not mine:
        _refuse(access, cells)
    structure = snapshot.structure
    tree = snapshot.tree(access.today)
    home = next(cell for cell in reversed(cells) if cell in mine)
    p = tree.of(home)
    above = crumbs(access, tree, p) if p >= 0 else []
    here = [Crumb(tree.code(p), tree.name(p))] if p >= 0 else []

    def cell_name(cell, day):
        i = structure.index[cell]
        return (structure.place_on(i, day.toordinal()) or structure.last_place(i)).name

    return Dossier(
        person=person,
        committee=Committee(id=home, code=structure.codes[structure.index[home]]),
        admissions=[
            (row, cell_name(row.cell_id, row.decided_on)) for row in admissions if row.cell_id in mine
        ],
        roads=[_walk(row, cell_name) for row in candidacies if row.cell_id in mine],
        certificates=[row for row in certificates if row.cell_id in mine],
        crumbs=above + here,
    )


def _refuse(access, cells):
    """404 unless some cell lies within reach, where the right is missing: then the door refuses itself."""
    for cell in cells:
        try:
            access.check(cell, PEOPLE)
        except Http404:
            continue
    raise Http404


def _walk(candidacy, cell_name):
    reached = {}
    for step in sorted(candidacy.steps.all(), key=lambda step: (step.on, step.pk)):
        reached[step.stage] = step.on
    here = rank(candidacy.stage)
    if candidacy.stage == Stage.CLOSED:
        here = max((rank(stage) for stage in reached), default=0)
    stops = []
    for stage in Stage.road():
        at = rank(stage)
        if stage.value in reached or at < here:
            state = "now" if at == here and candidacy.stage not in {Stage.CLOSED, Stage.OFFICIAL} else "done"
            stops.append(Stop(stage.label, state, reached.get(stage.value)))
        elif candidacy.stage != Stage.CLOSED:
            stops.append(Stop(stage.label, "next"))
    if candidacy.stage == Stage.CLOSED:
        stops.append(Stop(Stage.CLOSED.label, "now", reached.get(Stage.CLOSED.value)))
    mentors = sorted(candidacy.mentorships.all(), key=lambda mentorship: mentorship.since)
    return Walk(candidacy, cell_name(candidacy.cell_id, candidacy.entered_on), stops, mentors)

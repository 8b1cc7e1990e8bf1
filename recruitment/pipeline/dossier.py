"""One person as the account may see them: only what happened in cells within its reach."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import prefetch_related_objects
from django.http import Http404

from committees import journal
from committees.access import PEOPLE, RECORD
from committees.models import Committee
from committees.vietnamese import age_on

from ..models import Course, Mentorship
from ..quotas.place import Crumb, crumbs
from ..rules import deadlines
from ..rules.papers import KINDS
from . import actions, evidence, followed, slips, whereabouts
from .actions.judging import BORNE
from .ahead import ahead
from .arriving import departed
from .walks import Walk, mentors_of, stops_of


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
class Validity:
    """A certificate and the last day on which it counts; None for a class whose certificate does not lapse. mine: the
    reader may put it right."""

    certificate: object
    mine: bool
    until: date | None
    lapsed: bool
    soon: bool


@dataclass(frozen=True)
class Membership:
    """An admission as it is told: probation counts from the ceremony, party age from the decision, once recognised.
    until: the last day of a probation that runs; since: the day party age counts from; years: how many it is. judged:
    [(name of a rule set, labels of the steps it judged)]. slip: logged by the reader today and untouched since."""

    admission: object
    cell: str
    mine: bool
    until: date | None
    since: date | None
    years: int
    judged: list
    slip: bool


def dossier(access, snapshot, person):
    """The Dossier of a person. Http404 where nothing of them lies within reach, PermissionDenied where something does
    but persons may not be seen there. Fifteen queries at most, however many candidacies."""
    prefetch_related_objects([person], "admissions", "certificates")  # `evidence` asks for them too
    admissions = sorted(person.admissions.all(), key=lambda row: (row.decided_on, row.pk))
    candidacies = list(read(person.candidacies.order_by("entered_on")))
    certificates = sorted(person.certificates.all(), key=lambda row: (row.issued_on, row.pk))
    cells = list(dict.fromkeys(row.cell_id for row in [*admissions, *candidacies, *certificates]))
    mine = {cell for cell in cells if access.may(PEOPLE, cell)}
    if not mine:
        _refuse(access, cells)
    record = {cell for cell in mine if access.may(RECORD, cell)}
    structure = snapshot.structure
    home = next(cell for cell in reversed(cells) if cell in (record or mine))
    seen = [row for row in candidacies if row.cell_id in mine]
    entries = journal.entries_of(row for row in [*seen, *admissions] if row.cell_id in record)

    def cell_name(cell, day):
        return structure.name_on(structure.index[cell], day)

    def followed_by(row, day):
        i = followed.follower(snapshot, row, day)
        return structure.name_on(i, day) if i >= 0 else cell_name(row.cell_id, day)

    roads = [
        Walk(
            row, followed_by(row, row.entered_on), stops_of(access, row, snapshot.statute),
            mentors_of(row), access.today, row.cell_id in record, actions.road(row), entries.get(row.stamp),
            now_at=followed_by(row, access.today),
            departed=row.departed_on and departed(structure, row.cell_id, row.departed_on),
        )
        for row in seen
    ]  # fmt: skip
    last = next((k for k in reversed(range(len(roads))) if not roads[k].over), None)
    if last is not None:
        roads[last] = _going_on(access, snapshot, roads[last])
    return Dossier(
        person=person,
        committee=Committee(id=home, code=structure.codes[structure.index[home]]),
        today=access.today,
        admissions=[
            _membership(
                access,
                row,
                cell_name(row.cell_id, row.decided_on),
                row.cell_id in record,
                snapshot,
                entries.get(row.stamp),
            )
            for row in admissions
            if row.cell_id in mine
        ],
        roads=roads,
        certificates=[
            _validity(row, row.cell_id in record, snapshot, access.today)
            for row in certificates
            if row.cell_id in mine
        ],
        crumbs=above(access, snapshot, home),
        editable=bool(record),
    )


def read(candidacies):
    """The queryset with everything a dossier is told by at hand."""
    return candidacies.select_related("admission", "origin").prefetch_related(
        "steps", "mentorships", "papers", "reviews", "relatives", "letters"
    )


def _going_on(access, snapshot, walk):
    """The Walk with what comes next, where the dossier lies and how many its mentor helps. Three queries."""
    row, mentor = walk.candidacy, walk.mentor
    facts = evidence.facts_of(row, snapshot.structure, access.today)
    helped = Mentorship.objects.filter(
        mentor=mentor.mentor, until=None, candidacy__stage__in=actions.HELPED,
        candidacy__cell_id__in=followed.together(snapshot.structure, row.cell_id, access.today),
    ) if mentor else None  # fmt: skip
    return replace(
        walk,
        ahead=ahead(access, row, facts, snapshot.book),
        lies=whereabouts.of(row, facts),
        load=helped.count() if mentor else 0,
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


def _membership(access, admission, cell, mine, snapshot, entry):
    until = since = None
    if not admission.cancelled_on and not admission.official_on and not admission.left_on:
        held = admission.ceremony_on
        until = held and deadlines.probation_ends_on(held, snapshot.statute.on(held))
    elif admission.official_on and not admission.cancelled_on:
        since = admission.decided_on
    years = age_on(since, access.today) if since else 0
    slip = mine and slips.undoable(admission, entry, access.account)
    return Membership(admission, cell, mine, until, since, years, _judged(admission, snapshot.statute), slip)


def _judged(admission, statute):
    """[(name of a rule set, labels of the steps it judged)] of an admission that ended a road walked here."""
    if admission.candidacy_id is None:
        return []
    days = (admission.decided_on, admission.received_on, admission.ceremony_on, admission.recognised_on)
    found = {}
    for (kind, _name), on in zip(BORNE, days, strict=True):
        if on is not None:
            found.setdefault(statute.on(on).name, []).append(KINDS[kind].label)
    return list(found.items())


def _validity(certificate, mine, snapshot, today):
    if certificate.kind != Course.Kind.AWARENESS:
        return Validity(certificate, mine, None, False, False)
    until = deadlines.certificate_lapses_on(certificate.issued_on, snapshot.statute.on(today))
    left = (until - today).days
    return Validity(certificate, mine, until, left < 0, 0 <= left <= deadlines.NOTICE)

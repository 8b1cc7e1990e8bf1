"""What the register knows of one candidacy, as the rules want to be told it (`rules.dossier.Facts`)."""

from types import SimpleNamespace

from django.db.models import prefetch_related_objects

from committees.models import Headcount, Kind

from ..models import Course, Criterion, Stage
from ..rules import dossier, form2
from ..rules.papers import FAIL, KINDS, PASS
from . import followed
from .actions.base import rank

# What stands behind a stage: the papers that lead there.
LEADING = {
    stage: tuple(kind.code for kind in KINDS.values() if kind.stage == stage) for stage in Stage.values
}

# Which bodies above a cell change its road.
LEVELS = {Kind.SECTION: "section", Kind.GRASSROOTS_PARTY: "base"}
# What a candidacy's facts are read from.
RELATED = (
    "person__certificates", "person__admissions", "person__candidacies", "papers", "steps", "mentorships", "reviews",
    "relatives", "letters", "former_cells",
)  # fmt: skip


def facts_of(candidacy, structure, on, without=None):
    """The Facts of a candidacy for a step dated `on`; the bodies above its cell as they stood that day. without: the id
    of a paper that is being put right. Eleven queries with the person at hand (one
    more where a certificate is older than the entry), fewer where what `RELATED` names was prefetched."""
    cells = _cells([candidacy], structure, on)
    return _facts(candidacy, cells[candidacy.pk], on, without)


def facts_of_many(candidacies, structure, on):
    """{id: Facts} of many candidacies for a day, as `facts_of`. Thirteen queries however many they are."""
    candidacies = list(candidacies)
    prefetch_related_objects(candidacies, *RELATED)
    cells = _cells(candidacies, structure, on)
    return {one.pk: _facts(one, cells[one.pk], on) for one in candidacies}


def _facts(candidacy, cell, on, without=None):
    person = candidacy.person
    rows = list(candidacy.papers.all())
    papers = tuple(as_fact(paper) for paper in rows if paper.pk != without)
    certificates = list(person.certificates.all())
    admissions = [row for row in person.admissions.all() if row.cancelled_on is None]
    own = next((row for row in admissions if row.candidacy_id == candidacy.pk), None)
    awareness = tuple(c.issued_on for c in certificates if c.kind == Course.Kind.AWARENESS)
    return dossier.Facts(
        born=person.born,
        entered_on=candidacy.entered_on,
        stage=candidacy.stage,
        stated=_stated(candidacy.steps.all(), rows, awareness, own),
        education=form2.education(person.education) if person.education else form2.UNKNOWN,
        ethnicity=person.ethnicity,
        union_member=person.union_member,
        papers=papers,
        certificates=awareness,
        new_member_certificates=tuple(c.issued_on for c in certificates if c.kind == Course.Kind.NEW_MEMBER),
        helpers=tuple(
            dossier.Helper(m.mentor, m.since, m.until, m.unable_on, m.document)
            for m in candidacy.mentorships.all()
        ),
        reviews=tuple(review.on for review in candidacy.reviews.all()),
        relations=tuple(
            dossier.Relation(r.relation, r.full_name, r.declared, r.result) for r in candidacy.relatives.all()
        ),
        letters=tuple(
            dossier.Asked(letter.to, letter.sent_on, letter.due_on, letter.answered_on)
            for letter in candidacy.letters.all()
        ),
        criteria=_met(cell.criteria, papers),
        levels=cell.levels,
        official_members=cell.official_members,
        first_listed=_first_listed(candidacy, awareness),
        moved_here=candidacy.origin_id is not None,
        decided=own and own.decided_on,
        received=own and own.received_on,
        ceremony=own and own.ceremony_on,
        recognised=own and (own.recognised_on or own.official_on),
        official=own and own.official_on,
        approval=own.approval if own else "",
        ceremony_approval=own.ceremony_approval if own else "",
        earlier=tuple(row.left_on for row in admissions if row.left_on and row is not own),
    )


def as_fact(paper):
    """A recorded Paper as the rules read it."""
    return dossier.Paper(
        paper.kind, paper.on, paper.number, paper.issuer, paper.result, paper.said, paper.approval
    )


def _first_listed(candidacy, certificates):
    """The first day any cell followed the person; asked only where the class came before this one did."""
    if not certificates or max(certificates) >= candidacy.entered_on:
        return candidacy.entered_on
    return min(one.entered_on for one in candidacy.person.candidacies.all())


def _stated(steps, papers, certificates, admission):
    """The furthest stage that nothing leads to: a workbook said it, or somebody before papers were kept."""
    backed = {
        stage
        for stage, kinds in LEADING.items()
        if any(paper.kind in kinds and paper.result != FAIL for paper in papers)
    }
    if certificates:
        backed.add(Stage.CLASS)
    if admission is not None:
        backed |= {Stage.DECIDED, Stage.PROBATION, Stage.OFFICIAL}
    named = [step.stage for step in steps if step.stage not in backed]
    furthest = max(named, key=rank, default="")
    return furthest if rank(furthest) > rank(Stage.SOURCE) else ""


def _cells(candidacies, structure, on):
    """{candidacy id: what the place of its cell says that day}: which of "section" and "base" stand above it, its official
    members, what it and those above ask beyond the rules. Of a cell that ended, its heir's. Two queries."""
    tree = structure.at(on)
    cells = {one.pk: followed.cell_on(structure, one, on) for one in candidacies}
    above = {}
    for cell_id in set(cells.values()):
        p = tree.of(cell_id)
        above[cell_id] = tree.ancestors(p) if p >= 0 else []
    asked = {}
    everywhere = {tree.id(q) for places in above.values() for q in places} | set(above)
    criteria = Criterion.objects.filter(committee_id__in=everywhere, since__lte=on).order_by("since", "pk")
    for row in criteria:
        if row.runs_on(on):
            asked.setdefault(row.committee_id, []).append(row)
    counts = {}
    for row in Headcount.objects.filter(committee_id__in=above, day__lte=on).order_by("day"):
        counts[row.committee_id] = row.members - (row.probationary or 0)
    places = {
        cell_id: SimpleNamespace(
            levels=frozenset(LEVELS[kind] for q in places if (kind := tree.kind(q)) in LEVELS),
            official_members=counts.get(cell_id),
            criteria=[row for c in [cell_id, *(tree.id(q) for q in places)] for row in asked.get(c, ())],
        )
        for cell_id, places in above.items()
    }
    return {pk: places[cell_id] for pk, cell_id in cells.items()}


def _met(criteria, papers):
    """What is asked beyond the rules, and whether it is met: the latest word counts."""
    said = {
        str(paper.said.get("criterion")): paper.result == PASS
        for paper in sorted(papers, key=lambda paper: paper.on)
        if paper.kind == "criterion"
    }
    return tuple(dossier.Asks(row.pk, row.text, said.get(str(row.pk)), row.document) for row in criteria)

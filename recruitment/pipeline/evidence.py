"""What the register knows of one candidacy, as the rules want to be told it (`rules.dossier.Facts`)."""

from committees.models import Headcount, Kind

from ..models import Admission, Course, Criterion, Stage
from ..rules import dossier, form2
from ..rules.papers import FAIL, KINDS
from .actions.base import rank

# What stands behind a stage: the papers that lead there.
LEADING = {
    stage: tuple(kind.code for kind in KINDS.values() if kind.stage == stage) for stage in Stage.values
}


def facts_of(candidacy, structure, on, without=None):
    """The Facts of a candidacy for a step dated `on`; the bodies above its cell as they stood that day. without: the id
    of a paper that is being put right. Ten queries at
    most, fewer where steps, papers, mentorships, reviews, relatives and letters were prefetched."""
    person = candidacy.person
    papers = tuple(as_fact(paper) for paper in candidacy.papers.all() if paper.pk != without)
    certificates = list(person.certificates.all())
    admissions = [row for row in Admission.objects.filter(person=person) if row.cancelled_on is None]
    own = next((row for row in admissions if row.candidacy_id == candidacy.pk), None)
    awareness = tuple(c.issued_on for c in certificates if c.kind == Course.Kind.AWARENESS)
    levels, above = _above(structure, candidacy.cell_id, on)
    return dossier.Facts(
        born=person.born,
        entered_on=candidacy.entered_on,
        stage=candidacy.stage,
        stated=_stated(candidacy, papers, awareness),
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
        criteria=_criteria(candidacy, papers, above, on),
        levels=levels,
        official_members=_official_members(candidacy.cell_id, on),
        decided=own and own.decided_on,
        received=own and own.received_on,
        ceremony=own and own.ceremony_on,
        recognised=own and (own.recognised_on or own.official_on),
        earlier=tuple(row.left_on for row in admissions if row.left_on and row is not own),
    )


def as_fact(paper):
    """A recorded Paper as the rules read it."""
    return dossier.Paper(
        paper.kind, paper.on, paper.number, paper.issuer, paper.result, paper.said, paper.approval
    )


def _stated(candidacy, papers, certificates):
    """The furthest stage that no paper leads to: a workbook said it, or somebody before papers were kept."""
    backed = {
        stage
        for stage, kinds in LEADING.items()
        if any(paper.kind in kinds and paper.result != FAIL for paper in papers)
    }
    if certificates:
        backed.add(Stage.CLASS)
    named = [step.stage for step in candidacy.steps.all() if step.stage not in backed]
    furthest = max(named, key=rank, default="")
    return furthest if rank(furthest) > rank(Stage.SOURCE) else ""


def _above(structure, cell_id, on):
    """(which of "section" and "base" stand above the cell that day, ids of all that stand above it and its own)."""
    tree, levels = structure.at(on), set()
    p = tree.of(cell_id)
    if p < 0:
        return frozenset(), [cell_id]
    above = tree.ancestors(p)
    kinds = {tree.kind(q) for q in above}
    if Kind.SECTION in kinds:
        levels.add("section")
    if Kind.GRASSROOTS_PARTY in kinds:
        levels.add("base")
    return frozenset(levels), [cell_id, *(tree.id(q) for q in above)]


def _official_members(cell_id, on):
    count = Headcount.objects.filter(committee_id=cell_id, day__lte=on).order_by("day").last()
    return None if count is None else count.members - (count.probationary or 0)


def _criteria(candidacy, papers, committees, on):
    """((text, met or None), …) of what the cell and those above it ask beyond the rules that day."""
    asked = Criterion.objects.filter(committee_id__in=committees, since__lte=on).order_by("since", "pk")
    met = {
        paper.said.get("criterion"): paper.result == "pass" for paper in papers if paper.kind == "criterion"
    }
    return tuple((row.text, met.get(row.pk)) for row in asked if row.until is None or on < row.until)

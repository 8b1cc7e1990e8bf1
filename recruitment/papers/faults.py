"""What is wrong with a dossier before a paper comes out of it: the thirty faults that concern the form (`concerns`), asked
of what stands by the rules of each paper's own day (`rules.faults`), and what the papers say against each other."""

import hashlib
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from ..pipeline import evidence, rights
from ..rules import faults as thirty
from ..rules.dossier import Paper
from ..rules.eligibility import order
from ..rules.eligibility.case import Case as Judged
from ..rules.papers import KINDS, ORDER
from ..rules.statute import Rule
from . import catalogue
from .concerns import CONCERNS, PART_OF
from .terms import FIELD


@dataclass(frozen=True)
class Fault:
    """One thing found. key: what is answered by "seen, issue all the same"; another one as soon as what was found differs.
    number: its row of the thirty, None where it is none of them; title: of that row, or of what was looked at. said: what
    was found; cure: what would mend it. citation, mark: of the rule behind it ("S" seen, "M" from memory, "?" open).
    blocks: the paper is not issued while it stands; any other is answered. kind: of the recorded paper to put right, "" where it is not one."""

    key: str
    number: int | None
    title: str
    said: str
    cure: str
    citation: str
    mark: str
    blocks: bool
    kind: str = ""


def fault(code, rule: Rule, title, said, cure, *, number=None, blocks=False, kind=""):
    """The Fault; code: of what was looked at, the start of its key."""
    told = hashlib.sha256(said.encode()).hexdigest()[:10]
    return Fault(
        f"{code}-{told}", number, str(title), said, str(cure), rule.citation, rule.mark, blocks, kind
    )


def standing(candidacy, form, *, snapshot, on, said=None):
    """[Fault] that stand on the day `on` against a paper of that form being issued, those that block first. said: {field:
    text} of what the paper will say; None: what the register tells it. A form nobody asks about a road (no KeyError) has
    none. Fourteen queries, fewer where the candidacy came from `case.candidacy`."""
    facts = evidence.facts_of(candidacy, snapshot.structure, on)
    found = [*_of_the_thirty(facts, form, snapshot.book, on), *_order(facts, form, snapshot.book, on)]
    return sorted(_once(found), key=lambda one: (not one.blocks, one.number or 99))


def _of_the_thirty(facts, form, book, on):
    """What `rules.faults` finds, of the rows that concern the form and of papers that are not later than it."""
    for row in thirty.table(facts, book, on):
        concern = CONCERNS[row.number]
        if not concern.of(form):
            continue
        for one in row.found:
            if not _later(one.paper, form):
                yield fault(
                    one.code, one.rule, row.title, one.said, one.cure, number=row.number,
                    blocks=one.forbids and form in concern.blocks and _its_own(one, form), kind=_kind(facts, one.paper),
                )  # fmt: skip


def part_of(form):
    """The kind of paper a form is of, or belongs to; None where all of the road may concern it."""
    kind = catalogue.forms()[form][-1].on.partition(".")[0]
    return kind if kind in KINDS else PART_OF.get(form)


def _later(kind, form):
    own = part_of(form)
    return own is not None and kind in ORDER and ORDER[kind] > ORDER[own]


def _its_own(objection, form):
    """Counts that cannot be are the fault of the paper that bears them: papers that only rest on it ask."""
    return objection.verdict != "arithmetic" or objection.paper == part_of(form)


def _kind(facts, kind):
    return kind if facts.of(kind) else ""


def _order(facts, form, book, on):
    """Days in the wrong order among the papers a form speaks of, those that are no row of the thirty."""
    spoken = spoken_of(form)
    there = Judged(facts, Paper("cell_vote", on), book, ahead=True)
    for paper in there.told:
        if paper.kind not in spoken or paper.on > on:
            continue
        at = there.at(paper)
        for one in (*order.needed(at), *order.entered(at), *order.before_decision(at)):
            if one.verdict == "order" and one.fault is None:
                yield fault(
                    one.code, one.rule, _("Ngày của các giấy không theo trình tự"), one.said, one.cure,
                    blocks=paper.kind == part_of(form), kind=_kind(facts, paper.kind),
                )  # fmt: skip


def spoken_of(form):
    """Kinds of paper a form speaks of, its own among them."""
    named = {
        name.partition(".")[0]
        for one in catalogue.forms()[form]
        for text in one.lines()
        for name, _way in FIELD.findall(text)
    }
    return (named | {part_of(form)}) & set(KINDS)


def _once(found):
    return {one.key: one for one in found}.values()


# ---- shown and answered


@dataclass(frozen=True)
class Shown:
    """A Fault on a page. yes: it was answered; address: where the recorded paper is put right, "" where the reader may not."""

    fault: Fault
    yes: bool
    address: str


def shown(faults, *, access, candidacy, confirmed=()):
    """[Shown] for `recruitment/papers/_faults.html`. confirmed: keys the reader answered. No query where the papers of the
    candidacy were prefetched, and none beyond access's own."""
    rows = sorted(candidacy.papers.all(), key=lambda row: (row.on, row.pk))
    last = {row.kind: row.pk for row in rows}
    return [Shown(one, one.key in confirmed, _address(one, access, candidacy, last)) for one in faults]


def _address(one, access, candidacy, last):
    if one.kind not in last or not rights.may_record(access, one.kind, candidacy.cell_id):
        return ""
    return reverse("recruitment:paper-correct", args=[last[one.kind]])


def unanswered(faults, confirmed):
    """[Fault] that keep the paper from being issued: those that block, and those nobody answered."""
    return [one for one in faults if one.blocks or one.key not in confirmed]

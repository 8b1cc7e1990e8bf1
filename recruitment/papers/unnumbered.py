"""What is wrong with a dossier under a paper and is no row of the thirty: days in the wrong order, a step that rests on what
is not there or was voted down, what the cell could not have considered. Pure."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from ..rules.dossier import Objection, Paper
from ..rules.eligibility import READY, deciding, order
from ..rules.eligibility.case import Case
from ..rules.papers import KINDS
from . import catalogue
from .concerns import BESIDE_THE_THIRTY, DECIDING, PART_OF
from .terms import FIELD

# What a body that decides is told of those who looked at the dossier before it: it asks, whoever decides answers.
_TOLD = {
    "base_vote": (deciding.advised,), "base_recognition": (deciding.advised,), "decision": (deciding.appraised,),
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """title: of what was looked at; blocks: the paper is not issued while it stands."""

    objection: Objection
    title: str
    blocks: bool


def part_of(form):
    """The kind of paper a form is of, or belongs to; None where all of the road may concern it."""
    kind = catalogue.forms()[form][-1].on.partition(".")[0]
    return kind if kind in KINDS else PART_OF.get(form)


def spoken_of(form):
    """Kinds of paper a form speaks of, its own among them."""
    named = {
        name.partition(".")[0]
        for one in catalogue.forms()[form]
        for text in one.lines()
        for name, _way in FIELD.findall(text)
    }
    return (named | {part_of(form)}) & set(KINDS)


def found(facts, form, book, on, levels=None):
    """[Found] of the papers a form speaks of, those later than the day `on` left out. levels: day → which bodies stood above
    the cell then, so that a paper is judged by the road of its own day; `facts.levels` on every day where None."""
    spoken = spoken_of(form)
    there = Case(facts, Paper("cell_vote", on), book, ahead=True)
    papers = [paper for paper in there.told if paper.kind in spoken and paper.on <= on]
    for paper in papers:
        at = _at(there, paper, levels)
        for one in (*order.needed(at), *order.entered(at), *order.before_decision(at)):
            if one.verdict == "order" and one.fault is None:
                yield Found(one, _("Ngày của các giấy không theo trình tự"), paper.kind == part_of(form))
    if BESIDE_THE_THIRTY.of(form):
        for paper in {paper.kind: paper for paper in papers}.values():
            yield from _resting(_at(there, paper, levels), form)


def _resting(case, form):
    """Of the last paper of a kind: what it needs and has not, and what the cell could not have considered."""
    kind = case.step.kind
    own, blocks = kind == part_of(form), form in BESIDE_THE_THIRTY.blocks
    if own or case.kind.is_vote:
        for one in order.needed(_judged_by_its_papers(case)):
            told = one.paper == "verification" and case.last("verification")  # that it failed is told below
            if one.verdict == "need" and one.fault is None and not told:
                considered = kind == "cell_vote" and form in DECIDING
                yield Found(one, _("Thiếu giấy mà văn bản này dựa vào"), blocks and (own or considered))
    if kind == "cell_vote":
        for one in (one for look in READY for one in look(case)):
            if one.fault is None and one.forbids and not (case.step.approval and one.approvable):
                # What a committee asks is known as of the paper's day, not of the meeting's: it is answered.
                yield Found(one, _("Chi bộ chưa đủ điều kiện để xét"), blocks and one.paper != "criterion")
    if own:
        for one in (one for look in _TOLD.get(kind, ()) for one in look(case)):
            yield Found(one, _("Cơ quan thẩm định còn ý kiến"), False)


def _at(there, paper, levels):
    at = there.at(paper)
    return at if levels is None else replace(at, facts=replace(at.facts, levels=frozenset(levels(paper.on))))


def _judged_by_its_papers(case):
    """The same without what a workbook stated where a vote below is kept as a paper and was lost: the stage reached since
    rests on that paper, and is no word of anybody's."""
    lost = any(
        case.until(kind) and not case.standing(kind) and not case.gone_up(kind)
        for kind in ("cell_vote", "recognition_vote")
    )
    return replace(case, facts=replace(case.facts, stated="")) if lost else case

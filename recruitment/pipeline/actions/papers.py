"""The deeds of the road: a paper recorded, put right, taken back; the stages follow from the papers."""

from django.utils.translation import gettext as _

from committees import vietnamese
from committees.editing import unchanged
from committees.vietnamese import day as written

from ...models import Paper, Stage, Step
from ...rules import dossier, eligibility
from ...rules.papers import FAIL, KINDS
from .. import evidence
from .base import Forbidden, Refused, change_row, deed_on, rank, seen


def objections(candidacy, kind, *, on, snapshot, **said):
    """Every Objection against recording a paper of that kind on a day; pages ask it to say beforehand what is wanted.
    said: what `record` takes. About ten queries."""
    return _judged(candidacy, _fact(kind, on=on, **said), snapshot)


def record(candidacy, kind, *, on, snapshot, by, stamp=None, **said):
    """Record a paper of the road (a code of `rules.papers.KINDS` stored as a paper). Returns the Paper.

    said: number, issuer, result, approval and `said` (what only this kind says). snapshot: read before the pen is taken.
    Raises Forbidden with every objection that is not approved, Overtaken where someone wrote the candidacy after entry
    `stamp` (None: not asked). One pen; about fifteen queries.
    """
    with deed_on(candidacy, "paper-record", by, kind=kind):
        fresh = unchanged(candidacy, stamp)
        fact = _fact(kind, on=on, **said)
        _refuse(_judged(fresh, fact, snapshot), fact.approval)
        paper = Paper(candidacy=fresh, **_stored(fact, snapshot))
        paper.save()
        settle(fresh)
    seen(candidacy, fresh)
    return paper


def correct(paper, *, on, reason, snapshot, by, stamp=None, **said):
    """Put a paper right; it is judged anew, as if it were recorded now. stamp: of the candidacy. As `record`; Refused
    without a reason."""
    if not reason.strip():
        raise Refused(_("Ghi lý do sửa."), field="reason")
    with deed_on(paper.candidacy, "paper-correct", by, reason=reason):
        fresh = unchanged(paper.candidacy, stamp)
        fact = _fact(paper.kind, on=on, **said)
        _refuse(_judged(fresh, fact, snapshot, without=paper.pk), fact.approval)
        paper = fresh.papers.get(pk=paper.pk)
        change_row(paper, **_stored(fact, snapshot))
        settle(fresh)
    return paper


def take_back(paper, *, reason, by, stamp=None):
    """A paper recorded by mistake goes, with the stage it alone led to; the journal keeps both. Refused without a
    reason, and where an admission was decided after it. Overtaken as `record`."""
    if not reason.strip():
        raise Refused(_("Ghi lý do rút lại."), field="reason")
    with deed_on(paper.candidacy, "paper-retract", by, reason=reason) as pen:
        fresh = unchanged(paper.candidacy, stamp)
        paper = fresh.papers.get(pk=paper.pk)
        pen.note(kind=paper.kind, on=paper.on)
        stage = KINDS[paper.kind].stage
        paper.delete()
        others = fresh.papers.filter(kind__in=evidence.LEADING.get(stage, ())).exclude(result=FAIL)
        if stage and rank(stage) != 0 and not others.exists():
            for step in fresh.steps.filter(stage=stage):
                step.delete()
        settle(fresh)
    return fresh


def settle(candidacy):
    """Let the steps say what the papers say: a stage bears the day of the last paper that leads to it; a stage without
    one keeps its day between its neighbours. The stage is the furthest reached. Needs the pen held."""
    steps = {step.stage: step for step in candidacy.steps.order_by("on", "pk")}
    backed = {}
    for paper in candidacy.papers.order_by("on", "pk"):
        stage = KINDS[paper.kind].stage
        if stage and paper.result != FAIL and stage != Stage.SOURCE:
            first = stage in {Stage.DOSSIER, Stage.SUBMITTED}
            backed[stage] = min(backed.get(stage, paper.on), paper.on) if first else paper.on
    for stage, on in backed.items():
        if stage not in steps:
            steps[stage] = Step(candidacy=candidacy, stage=stage, on=on)
            steps[stage].save()
        elif steps[stage].on != on:
            change_row(steps[stage], on=on)
    earliest = candidacy.entered_on
    for stage in sorted((s for s in steps if s != Stage.CLOSED), key=rank):
        step = steps[stage]
        later = [on for other, on in backed.items() if rank(other) > rank(stage)]
        if stage not in backed and stage != Stage.SOURCE:
            kept = min([max(step.on, earliest), *later])
            if kept != step.on:
                change_row(step, on=kept)
        earliest = max(earliest, step.on)
    reached = max(steps, key=rank)
    change_row(candidacy, stage=Stage.CLOSED if Stage.CLOSED in steps else reached)


def _fact(kind, *, on, number="", issuer="", result="", said=None, approval=""):
    return dossier.Paper(kind, on, number or "", issuer or "", result or "", dict(said or {}), approval or "")


def _stored(fact, snapshot):
    return {
        "kind": fact.kind, "on": fact.on, "number": fact.number, "issuer": fact.issuer, "result": fact.result,
        "said": fact.said, "approval": fact.approval, "rule_set": snapshot.statute.on(fact.on).code,
    }  # fmt: skip


def _judged(candidacy, fact, snapshot, without=None):
    """The objections against a paper; those to a day still to come among them. without: the paper it replaces."""
    facts = evidence.facts_of(candidacy, snapshot.structure, fact.on, without=without)
    found = eligibility.objections(facts, fact, fact.on, snapshot.book)
    if fact.on > vietnamese.today():
        rules = snapshot.statute.on(fact.on)
        found.append(
            dossier.Objection(
                "future", _("Ngày %s chưa đến.") % written(fact.on), _("Ghi sau khi việc đã xong."), rules["order"],
                "order", paper=fact.kind,
            )
        )  # fmt: skip
    return found


def _refuse(found, approval):
    """Forbidden by what stands against it, except what the approving document covers."""
    left = [one for one in found if one.forbids and not (approval and one.approvable)]
    if left:
        raise Forbidden(left)

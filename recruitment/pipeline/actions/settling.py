"""One truth for the road: its steps follow from the papers and the admission; what nobody has papers of stays stated."""

from committees import journal

from ...models import Admission, Stage, Step
from ...rules.papers import FAIL, KINDS
from .base import change_row

_ROAD = Stage.road()


def backed(papers, admission=None):
    """{stage: day} of the stages that papers and an admission lead to. A stage was reached on the day of the first
    paper that leads there and did not fail. papers: anything with kind, on and result; admission: of the candidacy,
    a cancelled one too (its road was walked, and ended with the cancellation)."""
    days = {}
    for paper in papers:
        stage = KINDS[paper.kind].stage
        if stage and stage != Stage.SOURCE and paper.result != FAIL:
            days[stage] = min(days.get(stage, paper.on), paper.on)
    if admission is not None:
        recognised = admission.recognised_on or admission.official_on
        told = (admission.decided_on, admission.ceremony_on, recognised, admission.cancelled_on)
        for stage, on in zip(
            (Stage.DECIDED, Stage.PROBATION, Stage.OFFICIAL, Stage.CLOSED), told, strict=True
        ):
            if on is not None:
                days[stage] = on
    return days


def told(entered_on, backed, stated):
    """{stage: day} of the whole road, in its order, days never going back. backed: as `backed` gives it; stated:
    {stage: day} of what was only said. A step bears its day, but none later than a backed stage beyond it, and none
    before the cell entered the candidacy; a stated day gives way on both sides."""
    days, earliest = {Stage.SOURCE: entered_on}, entered_on
    for k, stage in enumerate(_ROAD[1:], 1):
        on = backed.get(stage) or stated.get(stage)
        if on is None:
            continue
        later = [backed[beyond] for beyond in _ROAD[k + 1 :] if beyond in backed]
        days[stage] = earliest = max(min([on, *later]), earliest)
    closed = backed.get(Stage.CLOSED) or stated.get(Stage.CLOSED)
    if closed is not None:
        days[Stage.CLOSED] = max(closed, earliest)
    return days


def standing(candidacy):
    """`backed` of a candidacy as the database has it. Two queries."""
    return backed(candidacy.papers.all(), Admission.objects.filter(candidacy=candidacy).first())


def settle(candidacy, before=()):
    """Write the steps as papers and admission tell them, and the stage, which is the furthest reached. before: the
    stages that were backed until this deed; one of them that no longer is goes. Needs the pen held. Rows are saved one
    by one, so that the journal can take them back; the candidacy is written in any case."""
    journal.require_pen()
    now = standing(candidacy)
    steps = {step.stage: step for step in candidacy.steps.order_by("on", "pk")}
    for stage in set(before) - now.keys() - {Stage.SOURCE}:
        if stage in steps:
            steps.pop(stage).delete()
    stated = {stage: step.on for stage, step in steps.items() if stage not in now}
    road = told(candidacy.entered_on, now, stated)
    for stage, on in road.items():
        if stage not in steps:
            Step(candidacy=candidacy, stage=stage, on=on).save()
        elif steps[stage].on != on:
            change_row(steps[stage], on=on)
    change_row(candidacy, stage=list(road)[-1])

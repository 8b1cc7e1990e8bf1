"""What stands against a deed: the rules asked before anything is written, and whether what remains still stands."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese
from committees.journal import require_pen
from committees.vietnamese import day as written

from ... import columns
from ...models import Stage
from ...rules import dossier, eligibility
from ...rules.papers import KINDS, ORDER
from .. import evidence
from .base import Forbidden, Refused
from .settling import backed, told

ALTERED = gettext_lazy("Quy tắc hoặc lịch ngày làm việc vừa được sửa. Xem lại rồi ghi lần nữa.")
# The steps that an admission bears, and the day of each among the facts.
BORNE = (
    ("decision", "decided"),
    ("received", "received"),
    ("ceremony", "ceremony"),
    ("recognition", "recognised"),
)


def fact_of(kind, *, on, snapshot, number="", issuer="", result="", said=None, approval=""):
    """The dossier.Paper of what was typed: days as ISO text, empty answers left out, a vote concluded by the rules.
    Refused where the kind wants a conclusion and none was given; KeyError and ValueError for what the kind does not
    know, which no form sends."""
    known = KINDS[kind]
    kept = {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in (said or {}).items()
        if value not in (None, "")
    }
    if strange := kept.keys() - set(known.fields):
        raise ValueError(f"{kind} does not say {', '.join(sorted(strange))}.")
    if known.results and result not in known.results:
        raise Refused(_("Chọn kết luận."), field="result")
    fact = dossier.Paper(
        kind, on, number or "", issuer or "", result if known.results else "", kept, approval or ""
    )
    if known.is_vote:
        fact = replace(fact, result=eligibility.concluded(fact, snapshot.statute.on(on)))
    return fact


def against(candidacy, fact, snapshot, without=None):
    """Every Objection against a step of a candidacy, those to a day still to come among them. without: the Paper row it
    takes the place of, which is as if it had never been recorded."""
    return objections_to(fact, facts_of(candidacy, snapshot, fact.on, without), snapshot)


def objections_to(fact, facts, snapshot):
    """As `against`, of the Facts of a candidacy for that day. No query."""
    found = list(eligibility.objections(facts, fact, fact.on, snapshot.book))
    if fact.on > vietnamese.today():
        rules = snapshot.statute.on(fact.on)
        found.append(
            order(
                rules,
                "future",
                _("Ngày %s chưa đến.") % written(fact.on),
                _("Ghi sau khi việc đã xong."),
                fact,
            )
        )
    return found


def altered(snapshot):
    """Whether an administrator wrote a rule or a working day after the snapshot was read. Needs the pen held. No query
    where nothing was written since, else three."""
    if require_pen().number == snapshot.number + 1:
        return False
    return columns.written_rules() != snapshot.book.written


def unaltered(snapshot):
    """Refused where `altered`: the deed is judged by the rules that hold as it is written, or not at all."""
    if altered(snapshot):
        raise Refused(str(ALTERED))


def order(rules, code, said, cure, fact):
    """An Objection of the order of the procedure."""
    return dossier.Objection(code, said, cure, rules["order"], "order", paper=fact.kind)


def refuse(found, approval=""):
    """Forbidden by what stands against it, except what the approving document covers. Returns what was let pass, in
    words: the journal keeps it."""
    left = [one for one in found if one.forbids and not (approval and one.approvable)]
    if left:
        raise Forbidden(left)
    return [one.said for one in found if one.verdict != "tick"]


def facts_of(candidacy, snapshot, on, without=None):
    """The Facts of a candidacy, without that Paper row. What a former cell wrote came along: it counts from the day on
    which the first of them began."""
    facts = evidence.facts_of(candidacy, snapshot.structure, on, without=without and without.pk)
    if without is not None:
        facts = replace(facts, stage=stage_of(facts))
    return _from_the_first(candidacy, facts)


def facts_of_many(candidacies, snapshot, on):
    """{id: Facts} of many, as `facts_of`. A dozen queries however many they are, and some for each that moved here."""
    found = evidence.facts_of_many(candidacies, snapshot.structure, on)
    return {one.pk: _from_the_first(one, found[one.pk]) for one in candidacies}


def _from_the_first(candidacy, facts):
    return replace(facts, entered_on=candidacy.began_on()) if candidacy.origin_id else facts


def stage_of(facts):
    """Where a candidacy of these Facts stands."""
    stated = {facts.stated: facts.entered_on} if facts.stated else {}
    days = backed(facts.papers)
    for stage, on in zip((Stage.DECIDED, Stage.PROBATION, Stage.OFFICIAL),
                         (facts.decided, facts.ceremony, facts.recognised), strict=True):  # fmt: skip
        if on is not None:
            days[stage] = on
    return list(told(facts.entered_on, days, stated))[-1]


def shaken(before, after, book):
    """Objections against steps that stood before a change of the papers and would no longer after it: [] where all
    that remains still stands. Each step is judged as of its own day, by what stood then. Pure.

    before, after: Facts with and without the change. Only what is new counts: a dossier that was amiss already may be
    put right piece by piece."""
    found, stood = [], before.told()
    for step in after.told():
        if step not in stood:
            continue
        known = {one.code for one in judged(before, step, book)}
        for one in judged(after, step, book):
            if one.code not in known:
                words = _("“%(kind)s” ngày %(on)s dựa vào giấy này: %(why)s") % {
                    "kind": KINDS[step.kind].label, "on": written(step.on), "why": one.said,
                }  # fmt: skip
                found.append(replace(one, said=words, paper=step.kind))
    return found


def added(before, after, book):
    """Objections against steps that a change brings in or dates otherwise, but those that stood against the step of that
    kind before it. Pure."""
    known = {(step.kind, one.code) for step in before.told() for one in judged(before, step, book)}
    new = [step for step in after.told() if step not in before.told()]
    return [one for step in new for one in judged(after, step, book) if (step.kind, one.code) not in known]


def judged(facts, step, book):
    """What forbids a step that stands, by what stood right before it."""
    return [
        one
        for one in eligibility.objections(then(facts, step), step, step.on, book)
        if one.forbids and not (step.approval and one.approvable)
    ]


def then(facts, step):
    """The Facts as they stood right before a step: what is dated earlier, and on its day what comes before it in the
    procedure. Pure."""
    place = step.on, ORDER[step.kind]
    papers = [p for p in facts.papers if (p.on, ORDER[p.kind]) <= place]
    if step in papers:
        papers.remove(step)
    days = {
        name: on if (on := getattr(facts, name)) and (on, ORDER[kind]) < place else None
        for kind, name in BORNE
    }
    stood = replace(facts, papers=tuple(papers), **days)
    return replace(stood, stage=stage_of(stood))

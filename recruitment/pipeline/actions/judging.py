"""What stands against a deed: the rules asked before anything is written, and whether what remains still stands."""

from dataclasses import replace

from django.utils.translation import gettext as _

from committees import vietnamese
from committees.vietnamese import day as written

from ...models import Stage
from ...rules import dossier, eligibility, votes
from ...rules.papers import FAIL, KINDS, ORDER, PASS
from .. import evidence
from .base import Forbidden, Refused
from .settling import backed, told

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
    if known.is_vote:
        result = _concluded(kind, kept, snapshot.statute.on(on))
    elif known.results and result not in known.results:
        raise Refused(_("Chọn kết luận."), field="result")
    return dossier.Paper(kind, on, number or "", issuer or "", result if known.results or known.is_vote else "",
                         kept, approval or "")  # fmt: skip


def _concluded(kind, said, rules):
    """PASS or FAIL of the counts of a vote; counts that cannot be, and a cell too small to vote, carry nothing: the rules
    object to them."""
    for name in ("members", "in_favour"):
        if name not in said:
            raise Refused(_("Ghi đủ số phiếu để biết kết quả biểu quyết."), field=name)
    members, away, exempt, in_favour = (
        int(said.get(n, 0)) for n in ("members", "away", "exempt", "in_favour")
    )
    try:
        whole = votes.entitled(members, away, exempt)
        return PASS if votes.passes(kind, whole, in_favour, rules, members) else FAIL
    except ValueError:
        return FAIL


def against(candidacy, fact, snapshot, without=None):
    """Every Objection against a step of a candidacy, those to a day still to come and to a paper that stands already
    among them. without: the Paper row it takes the place of."""
    facts = facts_without(candidacy, snapshot, fact.on, without)
    found = list(eligibility.objections(facts, fact, fact.on, snapshot.book))
    rules, kind = snapshot.statute.on(fact.on), KINDS[fact.kind]
    if fact.on > vietnamese.today():
        found.append(
            order(
                rules,
                "future",
                _("Ngày %s chưa đến.") % written(fact.on),
                _("Ghi sau khi việc đã xong."),
                fact,
            )
        )
    if kind.stored == "paper" and not kind.many and (there := facts.last(fact.kind)):
        words = _("“%(kind)s” đã ghi ngày %(on)s.") % {"kind": kind.label, "on": written(there.on)}
        found.append(order(rules, "once", words, _("Sửa giấy đã ghi."), fact))
    return found


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


def facts_without(candidacy, snapshot, on, without=None):
    """The Facts of a candidacy as if that Paper row had never been recorded, its stage too."""
    facts = evidence.facts_of(candidacy, snapshot.structure, on, without=without and without.pk)
    if without is None:
        return facts
    return replace(facts, stage=_stage(facts))


def _stage(facts):
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
    found = []
    for step in _steps(after):
        if step not in _steps(before):
            continue
        known = {one.code for one in _of(before, step, book)}
        for one in _of(after, step, book):
            if one.code not in known:
                words = _("“%(kind)s” ngày %(on)s dựa vào giấy này: %(why)s") % {
                    "kind": KINDS[step.kind].label, "on": written(step.on), "why": one.said,
                }  # fmt: skip
                found.append(replace(one, said=words, paper=step.kind))
    return found


def _of(facts, step, book):
    return [
        one
        for one in eligibility.objections(then(facts, step), step, step.on, book)
        if one.forbids and not (step.approval and one.approvable)
    ]


def _steps(facts):
    borne = [dossier.Paper(kind, on) for kind, name in BORNE if (on := getattr(facts, name))]
    return [*facts.papers, *borne]


def then(facts, step):
    """The Facts as they stood right before a step: what is dated earlier, and on its day what comes before it in the
    procedure. Pure."""
    place = step.on, ORDER[step.kind]
    papers = tuple(p for p in facts.papers if (p.on, ORDER[p.kind]) <= place and p is not step)
    days = {
        name: on if (on := getattr(facts, name)) and (on, ORDER[kind]) < place else None
        for kind, name in BORNE
    }
    stood = replace(facts, papers=papers, **days)
    return replace(stood, stage=_stage(stood))

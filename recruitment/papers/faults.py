"""What is wrong with a dossier before a paper comes out of it: the thirty faults that concern the form (`concerns`), asked
of what stands by the rules of each paper's own day (`rules.faults`), and what the papers say against each other."""

import hashlib
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from ..pipeline import evidence, rights
from ..rules import faults as thirty
from ..rules.papers import ORDER
from ..rules.statute import Rule
from . import agreeing, catalogue, compare, places, signing, unnumbered
from .case import Case, gathered
from .concerns import CONCERNS
from .filling import plain
from .grounds import grounds
from .template import Template
from .terms import FIELD, LABELS, WRITTEN
from .unnumbered import part_of

OLD = 9  # the row of old names of places
PLACES = ("person.native_place", "letter.to")
LAST = 99  # behind the thirty: what is none of them


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
    text} of what the paper will say; None: what the register tells it. KeyError for no such form. Nineteen queries, eight
    where the candidacy came from `case.candidacy`."""
    facts = evidence.facts_of(gathered(candidacy), snapshot.structure, on)
    rules = snapshot.statute.on(on)
    found = [
        *of_the_thirty(facts, form, snapshot.book, on),
        *out_of_order(
            facts, form, snapshot.book, on, lambda day: Case(candidacy, snapshot, form).dated(day).levels
        ),
        *(_as_fault(one, rules) for one in _of_the_paper(candidacy, form, snapshot, on, said)),
    ]
    return sorted(_once(found), key=lambda one: (not one.blocks, one.number or LAST))


def across(candidacy, *, snapshot, on):
    """[Fault] of what was issued of a candidacy and stands: papers that differ from the register or from one another, each
    named once, old names, wrong editions; and old names in what papers of the day `on` would say. Two queries where nothing
    was issued, else as many as `case.gathered` and one."""
    others = issued(candidacy)
    if others:
        gathered(candidacy)
    written = {
        name: text for row in candidacy.wordings.all() for name, text in row.said.items() if name in WRITTEN
    }
    native = {"person.native_place": candidacy.person.native_place}
    rules = snapshot.statute.on(on)
    found = [_as_fault(one, rules) for one in _old_names(written | native, on, snapshot.structure)]
    for k, one in enumerate(others):
        rules = snapshot.statute.on(one.on)
        known = from_register(candidacy, one.form, snapshot, one.on, one.said)
        told = agreeing.by_day(known.told, one.on, on)
        # What the register tells is held against it alone: two papers that differ there are one thing to put right.
        untold = {name: text for name, text in one.said.items() if not told.get(name) or name in WRITTEN}
        earlier = [other for other in others[:k] if other.form != one.form]
        of_it = (
            *agreeing.with_register(one.said, told),
            *agreeing.with_others(one.form, untold, one.on, earlier),
            *_old_names(one.said, one.on, snapshot.structure),
            *signing.cited(one.said, snapshot.statute, one.on),
        )
        found += [_as_fault(replace(x, said=f"{one.words}: {x.said}", blocks=False), rules) for x in of_it]
        found += [_as_fault(x, rules) for x in _outdated(one, known.template, rules)]
    return sorted(_once(found), key=lambda one: one.number or LAST)


def issued(candidacy):
    """[agreeing.Other] of what was issued of a candidacy and neither withdrawn nor replaced, in order of day. One query, none
    where `issued` was prefetched."""
    rows = list(candidacy.issued.all())
    replaced = {row.corrects_id for row in rows}
    stand = [
        row
        for row in rows
        if row.withdrawn_on is None and row.pk not in replaced and row.form in catalogue.forms()
    ]
    return [
        agreeing.Other(row.form, row.title, row.number, row.on, row.said, row.issuer, row.edition)
        for row in sorted(stand, key=lambda row: (row.on, row.pk))
    ]


def _of_the_paper(candidacy, form, snapshot, on, said):
    """agreeing.Found: what the paper says against itself, the register and what was issued."""
    known = from_register(candidacy, form, snapshot, on, said)
    said = known.told if said is None else said
    others = [
        one for one in issued(candidacy) if one.form != form
    ]  # not another copy of it, or what it corrects
    yield from agreeing.counts(said)
    yield from agreeing.with_register(said, known.told)
    yield from agreeing.with_others(form, said, on, others)
    yield from agreeing.of_person(compare.rows(known.case)[1])
    yield from _old_names(said, on, snapshot.structure)
    yield from signing.signed(known.template, said, known.issuer, others)
    yield from signing.cited(said, snapshot.statute, on)
    for one in others:
        there = _edition(one.form, one.on, snapshot).template
        yield from _outdated(one, there, snapshot.statute.on(one.on))


def _outdated(one, template, rules):
    return signing.outdated(one, template.edition, "; ".join(grounds(rules, template.rules, one.on)))


def _edition(form, on, snapshot):
    return catalogue.edition(form, on, snapshot.statute, texts=snapshot.form_texts)


@dataclass(frozen=True)
class Known:
    """What the register tells a paper: its Template and Case, {field: text} without what each copy says of its own record,
    the name of who it comes from."""

    template: Template
    case: Case
    told: dict
    issuer: str


def from_register(candidacy, form, snapshot, on, said):
    """The Known of a paper of that form and day. said: {field: text} of what it says, None where only the form tells which
    fields there are. No query where the candidacy came from `case.candidacy`."""
    template = _edition(form, on, snapshot).template
    case = Case(candidacy, snapshot, form, today=on).dated(on, template.issuer)
    names = {name for text in template.lines() for name, _way in FIELD.findall(text)} | set(said or {})
    own = {template.each, "today"} - {""}
    told = {
        name: plain(case.told(name))
        for name in sorted(names)
        if name in LABELS and name.partition(".")[0] not in own
    }
    return Known(template, case, told, plain(case.told(template.issuer)) if template.issuer else "")


def _old_names(said, on, structure):
    for name, text in said.items():
        if name in WRITTEN or name in PLACES:
            if found := places.old_names(text, on, structure):
                yield agreeing.Found(
                    f"old_{name}", "order", thirty.FAULTS[OLD][0], places.words(LABELS[name], found, on),
                    _("Ghi tên đang dùng vào ngày của giấy, tên cũ để trong ngoặc."), OLD,
                )  # fmt: skip


def _as_fault(one, rules):
    return fault(
        one.code,
        rules[one.rule],
        one.title,
        one.said,
        one.cure,
        number=one.number,
        blocks=one.blocks,
        kind=one.kind,
    )


def of_the_thirty(facts, form, book, on):
    """[Fault] that `rules.faults` finds, of the rows that concern the form and of papers that are not later than it. Pure."""
    for row in thirty.table(facts, book, on):
        concern = CONCERNS[row.number]
        if not concern.of(form):
            continue
        for one in row.found:
            if not _later(one.paper, form):
                yield fault(
                    one.code, one.rule, row.title, one.said, one.cure, number=row.number,
                    blocks=one.forbids and form in concern.blocks and _its_own(one, form), kind=_mended_in(facts, one),
                )  # fmt: skip


def _later(kind, form):
    own = part_of(form)
    return own is not None and kind in ORDER and ORDER[kind] > ORDER[own]


def _its_own(objection, form):
    """Counts that cannot be are the fault of the paper that bears them: papers that only rest on it ask."""
    return objection.verdict != "arithmetic" or objection.paper == part_of(form)


def _kind(facts, kind):
    return kind if facts.of(kind) else ""


def _mended_in(facts, objection):
    """The kind of recorded paper in which the fault is put right; "" where something else has to be made. What is judged on
    the day of the cell's vote is no fault of that paper."""
    says = {"tick", "arithmetic"} if objection.paper == "cell_vote" else {"tick", "arithmetic", "order"}
    return _kind(facts, objection.paper) if objection.verdict in says else ""


def out_of_order(facts, form, book, on, levels=None):
    """[Fault] of what is no row of the thirty (`unnumbered.found`). Pure."""
    for one in unnumbered.found(facts, form, book, on, levels):
        what = one.objection
        yield fault(
            what.code, what.rule, one.title, what.said, what.cure, blocks=one.blocks, kind=_mended_in(facts, what)
        )  # fmt: skip


def _once(found):
    """Each thing told once; it blocks where one of those who found it says so."""
    return {one.key: one for one in sorted(found, key=lambda one: one.blocks)}.values()


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
    return [Shown(one, one.key in confirmed, put_right_at(access, candidacy, one.kind)) for one in faults]


def put_right_at(access, candidacy, kind):
    """The address at which the last recorded paper of a kind is put right; "" where there is none or the reader may not."""
    rows = [row for row in candidacy.papers.all() if row.kind == kind]
    if not rows or not rights.may_record(access, kind, candidacy.cell_id):
        return ""
    return reverse("recruitment:paper-correct", args=[max(rows, key=lambda row: (row.on, row.pk)).pk])


def unanswered(faults, confirmed):
    """[Fault] that keep the paper from being issued: those that block, and those nobody answered."""
    return [one for one in faults if one.blocks or one.key not in confirmed]

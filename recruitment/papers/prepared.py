"""A paper ready to be issued: what it says, in whose name, with which number and day."""

from dataclasses import dataclass
from datetime import date

from ..rules.papers import KINDS
from ..sheets.document import Document
from . import catalogue, filling
from .case import Case
from .catalogue import Edition
from .terms import BODIES, FIELD, LABELS


@dataclass(frozen=True)
class Prepared:
    """A form filled for one candidacy. subject: which of several copies ("introduction:12"), "" where there is one. said:
    {field: text} of all it says. number: "" for a paper that bears none. committee: the id of the body of the tree in
    whose name it goes out, None for one outside it; issuer: what that is called on the day `on`, "" where a person alone
    signs. signer: the name under it, "" where the hand writes it; receivers: its "Nơi nhận" in one line."""

    candidacy: object
    edition: Edition
    subject: str
    document: Document
    said: dict
    number: str
    on: date
    committee: int | None
    issuer: str
    signer: str
    receivers: str
    case: Case

    @property
    def form(self):
        return self.edition.template.form

    @property
    def title(self):
        return self.edition.template.title

    @property
    def issues(self):
        """Whether it is a paper: a sheet to copy or to read from is printed and never issued."""
        return self.edition.template.layout != "sheet"

    def noted(self, note):
        """The Document with a sentence of its own before the signature."""
        return filling.filled(self.case, self.edition, note)[0]


def prepare(candidacy, form, *, snapshot, subject="", given=None, today=None):
    """The Prepared of a form for a candidacy fetched by `case.candidacy`. given: {field: text} that goes before what is
    recorded. Raises `filling.Refused`: what is missing or contradicts, a subject that is none of the candidacy's among it.
    KeyError for no such form. No query."""
    template = catalogue.forms()[form][-1]
    case = Case(candidacy, snapshot, form, given, _chosen(candidacy, template, subject), today)
    edition = filling.edition_for(case, form)
    document, said = filling.filled(case, edition)
    template = edition.template
    case.dated(case.told(template.on), template.issuer)
    body = template.issuer.partition(".")[0]
    return Prepared(
        candidacy=candidacy,
        edition=edition,
        subject=subject,
        document=document,
        said=said,
        number=filling.plain(case.told(number_of(template))) if number_of(template) else "",
        on=case.on,
        committee=case.committee_of(body) if body in BODIES else None,
        issuer=filling.plain(case.told(template.issuer)) if template.issuer else "",
        signer=filling.plain(case.told(template.signer or "signer")),
        receivers=filling.receivers(case, edition),
        case=case,
    )


def template_of(candidacy, form, *, snapshot, today=None):
    """The Template by which a form would be written: of its day, today's where it has none yet. No query."""
    case = Case(candidacy, snapshot, form, today=today)
    try:
        return filling.edition_for(case, form).template
    except filling.Refused:
        return catalogue.edition(form, case.today, snapshot.statute, texts=snapshot.form_texts).template


def number_of(template):
    """The field with the number of a paper, the last one named in its head; "" for a form that bears none."""
    named = [name for one in template.left for name, _way in FIELD.findall(one.text)]
    return next((name for name in reversed(named) if name.rpartition(".")[2] == "number"), "")


def subjects(candidacy, form):
    """[subject] of the copies there are of a form, in order of day: [""] where there is one. No query."""
    each = catalogue.forms()[form][-1].each
    if not each:
        return [""]
    return [f"{each}:{row.pk}" for row in _rows(candidacy, each)]


def _rows(candidacy, each):
    if each == "letter":
        return sorted(candidacy.letters.all(), key=lambda row: (row.sent_on, row.pk))
    return sorted(
        (row for row in candidacy.papers.all() if row.kind == each), key=lambda row: (row.on, row.pk)
    )


def _chosen(candidacy, template, subject):
    if not template.each:
        return {}
    for row in _rows(candidacy, template.each):
        if subject == f"{template.each}:{row.pk}":
            return {template.each: row}
    kind = KINDS.get(template.each)
    raise filling.Refused({template.each: kind.label if kind else LABELS["letter.to"]})

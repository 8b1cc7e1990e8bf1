"""Every document of the register that bears a number, whichever record tells of it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..models import Admission, Course, IssuedPaper, Letter, Mentorship, Paper
from ..rules.papers import ABOVE, BASE, CELL, KINDS
from .bodies import answering_to, body_of
from .written import alike, folded_number

# Papers that others wrote than the bodies above the cell: their numbers are of a series that is not ours.
OUTSIDE = frozenset({"opinion_union", "opinion_home", "youth", "union"})
# One document of theirs may stand in many dossiers: one resolution lists several and names who helps each.
SHARED = frozenset({
    "listing", "class_proposal", "submission", "resubmission", "receipt", "recognition_submission", "mentorship", "letter",
})  # fmt: skip
# A body of more cells than this is asked for by the number alone.
MANY = 500


@dataclass(frozen=True)
class Use:
    """One document that bears a number. kind: of SOURCES, or of rules.papers.KINDS; model, pk: the record that tells of it;
    body: the committee (index) whose number it is; cell_id: whose right decides who may see it; label: what it is, in
    words; person_id, name: whom it concerns, None and "" for a document about nobody."""

    kind: str
    model: type
    pk: int
    number: str
    on: object
    body: int
    cell_id: int
    candidacy_id: int | None
    person_id: int | None
    name: str
    label: str

    @property
    def shared(self):
        return self.kind in SHARED

    def same_paper(self, number, on, candidacy_id, kind=""):
        """Whether a record of that number is another of the same sheet of paper: what was issued and then recorded, or one
        document of which several dossiers tell."""
        if self.on != on or folded_number(self.number) != folded_number(number):
            return False
        mine = candidacy_id is not None and candidacy_id == self.candidacy_id
        return mine or (kind in SHARED and (self.shared or self.kind == "issued"))


@dataclass(frozen=True)
class Source:
    """Where numbers are kept: columns of a model. by: of whose deed, None where each row's kind says it; committee: the
    column of the body itself, where it has one."""

    kind: str
    model: type
    label: str
    number: str = "number"
    on: str = "on"
    by: str | None = CELL
    cell: str = "candidacy__cell_id"
    candidacy: str = "candidacy_id"
    person: str = "candidacy__person"
    committee: str = ""
    kept: dict = None

    def rows(self):
        kept = self.model.objects.filter(**(self.kept or {})).exclude(**{self.number: ""})
        return kept.exclude(**{self.on: None})


_ADMISSION = {"cell": "cell_id", "person": "person", "kept": {"cancelled_on": None, "arrived_on": None}}
_COURSE = {"cell": "committee_id", "candidacy": "", "person": "", "committee": "committee_id"}
SOURCES = (
    Source("decision", Admission, _("quyết định kết nạp"), "decision_number", "decided_on", ABOVE, **_ADMISSION),
    Source("recognition", Admission, _("quyết định công nhận chính thức"), "recognition_number", "recognised_on", ABOVE,
           **_ADMISSION),
    Source("paper", Paper, "", by=None),
    Source("letter", Letter, _("công văn thẩm tra"), on="sent_on", by=BASE),
    Source("mentorship", Mentorship, _("nghị quyết phân công giúp đỡ"), "document", "since"),
    Source("course_opening", Course, _("quyết định mở lớp"), "opening_number", "opened_on", **_COURSE),
    Source("course_completion", Course, _("quyết định công nhận hoàn thành lớp"), "completion_number", "completed_on",
           **_COURSE),
    Source("issued", IssuedPaper, "", committee="committee_id", kept={"withdrawn_on": None}),
)  # fmt: skip


def uses_of(structure, body, first, last, number=""):
    """[Use] of one body (an index) with days from `first` to `last`, both inclusive; of one number where it is said, however
    it is written. Eight queries for a body of up to 500 cells, and for any body where the number is said."""
    cells, wanted = answering_to(structure, body), folded_number(number)
    found = []
    for source in SOURCES:
        rows = source.rows().filter(**{f"{source.on}__range": (first, last)})
        if wanted:
            rows = rows.filter(alike(source.number, number))
        for use in _read(source, structure, _within(rows, source, structure.ids[body], cells, wanted)):
            if use.body == body and (not wanted or folded_number(use.number) == wanted):
                found.append(use)
    return found


def _within(rows, source, committee_id, cells, wanted):
    """The rows as querysets that may be of the body."""
    if source.committee:
        return [rows.filter(**{source.committee: committee_id})]
    if wanted and len(cells) > MANY:
        return [rows]
    return [rows.filter(**{f"{source.cell}__in": part}) for part in _pieces(cells)]


def _pieces(cells):
    return (cells[at : at + MANY] for at in range(0, len(cells), MANY))


def _read(source, structure, querysets):
    person = source.person and f"{source.person}_id", source.person and f"{source.person}__full_name"
    named = (source.number, source.on, source.cell, source.committee, source.candidacy, *person)
    kind = {Paper: "kind", IssuedPaper: "title"}.get(source.model)
    wanted = ["pk", *dict.fromkeys(name for name in (*named, kind) if name)]
    for rows in querysets:
        for row in rows.order_by(source.on, "pk").values(*wanted).iterator(chunk_size=2000):
            told = [row.get(name) for name in named]
            if (use := _use(source, structure, row["pk"], row.get(kind), told)) is not None:
                yield use


def _use(source, structure, pk, said, told):
    number, on, cell_id, committee_id, candidacy_id, person_id, name = told
    kind, label, by = source.kind, source.label, source.by
    if source.model is Paper:
        if said in OUTSIDE:
            return None
        kind, label, by = said, KINDS[said].label, KINDS[said].by
    elif source.model is IssuedPaper:
        label = said
    if source.committee:
        body = structure.index.get(committee_id, -1)
    else:
        body = body_of(structure, cell_id, on, by)
    if body < 0:
        return None
    return Use(
        kind, source.model, pk, number, on, body, cell_id, candidacy_id, person_id, name or "", str(label)
    )

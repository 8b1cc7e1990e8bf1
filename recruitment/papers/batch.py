"""One form for many dossiers: which dossiers, what stands against each, and issuing each by itself: a line is whole or told,
and what was issued already is left alone, so that a second run does only what the first did not."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from .. import columns
from ..models import Admission, Candidacy, Certificate, Course, IssuedPaper, Paper
from ..numbering.uses import SHARED
from ..numbering.written import folded_number
from ..pipeline.lists import Names
from . import case as cases
from . import catalogue, filling, issuing, joined, words
from .makers import makeable, may_make
from .prepared import number_of, prepare
from .procedure import AT
from .road import changes, exists, same_paper
from .shown import mark, mark_of

# Dossiers of one page and one run: a meeting of the largest board, in some seconds.
LINES = 60
# What an office writes once for all papers of a meeting, of `terms.WRITTEN`.
COMMON = (
    "day", "place", "signer", "position", "chair", "secretary", "hour", "ended", "venue", "invited", "superior", "phone",
    "director", "appraiser", "coappraisers",
)  # fmt: skip
_ADMISSION = {
    "decision": "decided_on",
    "recognition": "recognised_on",
    "ceremony": "ceremony_on",
    "day": "ceremony_on",
}
_CLASSES = {"certificate": Course.Kind.AWARENESS, "new_class": Course.Kind.NEW_MEMBER}


def choosable():
    """[form] of which each candidacy has one paper, in the order of the procedure."""
    newest = {form: told[-1] for form, told in catalogue.forms().items()}
    return [form for form in AT if newest[form].layout != "sheet" and not newest[form].each]


@dataclass(frozen=True)
class Line:
    """One dossier. issued: the IssuedPaper that stands, None where none does; changed: whether the register says otherwise by
    now. prepared: what will be issued. against: [sentence] why it is not; asks: [(key, sentence)] to be answered first. seen:
    the mark of what it says without the words common to the page (`shown`)."""

    candidacy: Candidacy
    cell: str
    issued: IssuedPaper | None
    prepared: object
    against: list
    asks: list
    changed: bool = False
    seen: str = ""

    @property
    def state(self):
        """ "issued", "refused", "asks" or "ready"."""
        if self.issued is not None:
            return "issued"
        return "refused" if self.against else "asks" if self.asks else "ready"

    @property
    def keys(self):
        return [key for key, _words in self.asks]

    @property
    def number(self):
        return self.issued.number if self.issued else self.prepared.number if self.prepared else ""

    @property
    def on(self):
        return self.issued.on if self.issued else self.prepared.on if self.prepared else None


def found(access, committee, form, since, until):
    """Ids of the candidacies at and below a committee whose paper of that form is dated in [since, until], both inclusive,
    and which the account may issue; those without one that stands first, then by day. Four queries."""
    told = sorted(_dated(form, since, until), key=lambda row: (row[1], row[0]))
    there = dict.fromkeys(pk for pk, _on, cell in told if within(access, committee, cell))
    mine = makeable(access, form, list(there))
    stands = IssuedPaper.objects.filter(
        candidacy_id__in=mine, form=form, corrected_by=None, withdrawn_on=None
    )
    stands = set(stands.values_list("candidacy_id", flat=True))
    return sorted((pk for pk in there if pk in mine), key=lambda pk: pk in stands)


def within(access, committee, cell_id):
    """Whether the cell is the committee or lies below it, today."""
    top, cell = access.tree.of(committee.pk), access.tree.of(cell_id)
    return top >= 0 and top <= cell < access.tree.end[top]


def _dated(form, since, until):
    """(candidacy id, day, cell id) of every paper of the form dated in the period, whoever may see it. One query."""
    kind, _dot, part = catalogue.forms()[form][-1].on.partition(".")
    between = (since, until)
    if kind in _ADMISSION:
        name = _ADMISSION[kind]
        rows = Admission.objects.filter(
            candidacy__isnull=False, cancelled_on=None, **{f"{name}__range": between}
        )
        return rows.values_list("candidacy_id", name, "candidacy__cell_id")
    if kind in _CLASSES:
        rows = Certificate.objects.filter(kind=_CLASSES[kind], **{f"{part}__range": between})
        return rows.exclude(person__candidacies=None).values_list(
            "person__candidacies", part, "person__candidacies__cell_id"
        )
    rows = Paper.objects.filter(kind=kind, on__range=between)
    return rows.values_list("candidacy_id", "on", "candidacy__cell_id")


def lines(pks, form, *, access, snapshot, given=None):
    """[Line] of these candidacies in their order. given: {field: text} that goes before what is recorded. Twenty-odd queries,
    and some fifteen for each line whose paper can be made and is not."""
    people, called = cases.candidacies(pks), Names(snapshot, access.tree)
    found = []
    for one in (people[pk] for pk in pks if pk in people):
        cell = called.of(one, access.today)
        made = line(one, form, access=access, snapshot=snapshot, given=given, cell=cell)
        found.append(replace(made, seen=_mark(one, form, snapshot, access.today)))
    return _beside_each_other(found)


def _beside_each_other(found):
    """The lines, each asked too about a number that another of them bears: once the first is issued, `numbering.doubts`
    asks the same, by the same key."""
    bearers = {}
    for one in found:
        if one.state in {"ready", "asks"} and one.number and _kind(one) not in SHARED:
            bearers.setdefault((one.prepared.committee, folded_number(one.number)), []).append(one)
    twice = {one.candidacy.pk: key for key, them in bearers.items() if len(them) > 1 for one in them}
    for k, one in enumerate(found):
        key = f"number {twice.get(one.candidacy.pk, ('', ''))[1]}"
        if one.candidacy.pk in twice and key not in one.keys:
            said = (
                _("Số %s ghi cho nhiều hồ sơ trong chính danh sách này. Xem lại số văn thư đã cấp.")
                % one.number
            )
            found[k] = replace(one, asks=[*one.asks, (key, said)])
    return found


def _kind(one):
    """The kind of record that bears the number of a line."""
    return number_of(one.prepared.edition.template).rpartition(".")[0] or "issued"


def line(candidacy, form, *, access, snapshot, given=None, cell=""):
    """The Line of one candidacy, fetched by `case.candidacies`."""
    issued = _stands(candidacy, form)
    try:
        shared = None if issued else given  # what is issued keeps its own
        prepared = prepare(candidacy, form, snapshot=snapshot, given=shared, today=access.today)
    except filling.Refused as refused:
        return Line(candidacy, cell, issued, None, [] if issued else _why(refused), [], issued is not None)
    if issued is not None:
        return Line(candidacy, cell, issued, prepared, [], [], bool(changes(issued, prepared.said)))
    if not exists(form, prepared.case.levels):
        return Line(
            candidacy, cell, None, prepared, [_("Mẫu này không có ở chi bộ không có cấp ủy ấy ở trên.")], []
        )
    if other := _instead(candidacy, form):
        return Line(candidacy, cell, None, prepared, [issuing.stands_instead(other)], [])
    there = issuing.against(prepared, access=access)
    asks = [(one.key, one.said) for one in there.faults if not one.blocks]
    asks += [(one.key, one.words) for one in there.doubts]
    return Line(candidacy, cell, None, prepared, [one.said for one in there.faults if one.blocks], asks)


def _mark(candidacy, form, snapshot, today):
    """Of what its paper says, or why there is none."""
    try:
        return mark(prepare(candidacy, form, snapshot=snapshot, today=today))
    except filling.Refused as refused:
        return mark_of(*_why(refused))


def marks(pks, form, *, today):
    """{candidacy id: the mark of its line}. Eighteen queries."""
    snapshot = columns.current()
    return {pk: _mark(one, form, snapshot, today) for pk, one in cases.candidacies(pks).items()}


def otherwise(pks, form, seen, *, today):
    """[Candidacy] of those whose paper is not issued and says something else than its line did. seen: {candidacy id: mark}
    of the lines. Eighteen queries."""
    snapshot, people = columns.current(), cases.candidacies(pks)
    return [
        people[pk]
        for pk in pks
        if _stands(people[pk], form) is None and _mark(people[pk], form, snapshot, today) != seen.get(pk)
    ]


def keep_words(pks, form, said, *, by):
    """Write {field: text} on the papers of that form of each candidacy. ([id] of those that say so now, [name] of those that
    somebody else was writing). A pen for each that changes."""
    people, kept, overtaken = cases.candidacies(pks), [], []
    for pk in pks:
        try:
            stamp = words.words(people[pk], form).stamp
            words.write(people[pk], form, "", said, by=by, stamp=stamp)
            kept.append(pk)
        except words.Overtaken:
            overtaken.append(people[pk].person.full_name)
    return kept, overtaken


def issue(pks, form, *, access, confirmed, by, seen=None, told=lambda done, total: None):
    """Issue the form for each of these candidacies, each under a pen of its own; ({candidacy id: IssuedPaper} of what was
    issued now, {candidacy id: [sentence]} of what was not). What stands already is in neither. confirmed: {candidacy id:
    keys of what was seen and is issued all the same}. seen: {candidacy id: mark of what its line said}, None to ask nothing.
    told(done, total) hears of every line. Rights are asked for each."""
    snapshot, made, refused, ready = columns.current(), {}, {}, {}
    for done, pk in enumerate(pks, 1):
        candidacy = cases.candidacies([pk]).get(pk)
        if candidacy is None or not may_make(access, form, candidacy):
            refused[pk] = [_("Anh chị không còn quyền phát hành cho hồ sơ này.")]
        elif other := _instead(candidacy, form):
            refused[pk] = [issuing.stands_instead(other)]
        elif form in joined.FORMS or _stands(candidacy, form) is None:
            try:
                if seen is not None and seen.get(pk) != _mark(candidacy, form, snapshot, access.today):
                    raise issuing.Refused(
                        _("Hồ sơ đã đổi sau khi anh chị xem. Xem lại dòng này rồi phát hành.")
                    )
                prepared = prepare(candidacy, form, snapshot=snapshot, today=access.today)
                if form in joined.FORMS:
                    ready[pk] = prepared
                else:
                    made[pk] = issuing.issue(prepared, by=by, confirmed=confirmed.get(pk, ()))
            except filling.Refused as fault:
                refused[pk] = _why(fault)
            except issuing.Refused as fault:
                refused[pk] = fault.reasons
        told(done, len(pks))
    return (made, refused) if form not in joined.FORMS else _together(ready, refused, confirmed, by)


def _together(ready, refused, confirmed, by):
    """Issue the one paper of all, into each dossier that does not hold it; as `issue`. Nothing where one of them is in the
    way: the list names all or none."""
    made = {}
    waiting = {pk: one for pk, one in ready.items() if _stands(one.candidacy, one.form) is None}
    for pk, one in waiting.items():
        if left := issuing.against(one).unanswered(confirmed.get(pk, ())):
            refused[pk] = left
    try:
        document = joined.join(ready.values()) if ready and not refused else None
        if document and (words := joined.elsewhere(ready.values(), document)):
            raise joined.Apart(words)
        for pk, one in waiting.items() if document else ():
            made[pk] = issuing.issue(replace(one, document=document), by=by, confirmed=confirmed.get(pk, ()))
    except (joined.Apart, issuing.Refused) as fault:
        return made, dict.fromkeys(waiting.keys() - made.keys(), [str(fault)])
    return made, refused


def _why(refused):
    """Sentences: what is missing, by its names, and what contradicts."""
    missing = "; ".join(map(str, refused.missing.values()))
    return [*([_("Thiếu: %s.") % missing] if missing else []), *refused.wrong]


def _instead(candidacy, form):
    """What stands of another form of the same paper, where none of this form does; None."""
    if _stands(candidacy, form):
        return None
    return next((row for other in sorted(same_paper(form)) if (row := _stands(candidacy, other))), None)


def _stands(candidacy, form):
    rows = [row for row in candidacy.issued.all() if row.form == form and not row.subject]
    replaced = {row.corrects_id for row in rows}
    return next((row for row in rows if row.pk not in replaced and row.withdrawn_on is None), None)

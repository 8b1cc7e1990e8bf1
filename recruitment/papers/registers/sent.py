"""The documents a body sent out, as its register has them: every number the register knows of (`numbering.uses`), what was
issued from here, decisions whose number nobody wrote down. One sheet of paper is one line."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from committees.vietnamese import day, fold

from ...models import Admission, IssuedFile, IssuedPaper
from ...numbering.bodies import answering_to, competent
from ...numbering.uses import uses_of
from ...numbering.written import folded_number, parts
from ...rules.numbers import rules
from .. import joined

# Ids of lines: those of one source never meet those of another.
_SOURCES = 16
_ISSUED, _UNNUMBERED, _USED = 0, 1, 2
_AT_ONCE = 500
_KINDS = ("decision", "recognition", "letter", "mentorship", "course_opening", "course_completion", "paper")
_NAMED = 3  # people of one document that are named


@dataclass(frozen=True)
class Document:
    """One line. sign: the letters of its type, "" where its number tells none; n: its number, None where it has none;
    series: what numbers are counted under, folded. last: of a gap, its last number. place: the index of the committee whose
    people it is about; person_id: whom alone it is about, None for several or nobody; issued: the id of the IssuedPaper."""

    pk: int
    number: str
    on: date | None
    about: str
    place: int
    person_id: int | None = None
    signer: str = ""
    receivers: str = ""
    copies: int | None = None
    note: str = ""
    sign: str = ""
    n: int | None = None
    series: str = ""
    last: int | None = None
    issued: int | None = None
    row: int = -1


def numbered(document):
    """The Document with what its number says: the type, the number in it, the series."""
    found = parts(document.number)
    if found is None:
        return replace(document, series=folded_number(document.number))
    n, sign, body = found
    known = next((one for one in rules().types if fold(one) == sign), sign.upper())
    return replace(document, n=n, sign=known, series=f"{sign}/{body}")


def of_body(snapshot, body, first, last):
    """[Document] of a committee (an index), dated first to last (inclusive), in order of type, series, number and day. A
    dozen queries for a body of up to 500 cells."""
    structure = snapshot.structure
    issued = list(
        IssuedPaper.objects.filter(committee_id=structure.ids[body], on__range=(first, last))
        .defer("said").select_related("candidacy__person", "corrects", "corrected_by").order_by("pk")
    )  # fmt: skip
    known = {(one.candidacy_id, one.on, folded_number(one.number)) for one in issued if one.number}
    groups, sheets, prints = {}, {}, _digests([one for one in issued if one.form in joined.FORMS])
    for one in issued:
        same = one.pk
        if one.form in joined.FORMS:
            # One proposal for several people lies in the dossier of each; what puts it right is another sheet.
            same = one.form, one.on, folded_number(one.number), prints.get(one.pk)
        sheets.setdefault(same, []).append(one)
    for use in uses_of(structure, body, first, last):
        number = folded_number(use.number)
        if use.model is IssuedPaper or (use.candidacy_id, use.on, number) in known:
            continue
        there = groups.setdefault((number, use.on), [])
        asked = use.number, use.on, use.candidacy_id, use.kind
        sheet = next((some for some in there if some[0].same_paper(*asked)), None)
        if sheet is None:
            there.append(sheet := [])
        sheet.append(use)
    cancelled = {}
    found = [_used(structure, sheet, body) for there in groups.values() for sheet in there]
    for row in _unnumbered(structure, body, first, last):
        key = row.candidacy_id, row.decided_on, folded_number(row.decision_number)
        if key in known:
            cancelled[key] = row.cancelled_on
        else:
            found.append(_decision(structure, row, last))
    found += [_issued(structure, sheet, body, last, cancelled) for sheet in sheets.values()]
    return sorted(found, key=_order)


def _digests(issued):
    """{id: digest of its PDF, of its Word where it has no other} of IssuedPapers. One query."""
    rows = IssuedFile.objects.filter(issued__in=issued).order_by("form")  # docx before pdf
    return dict(rows.values_list("issued", "digest"))


def _order(one):
    return one.n is None, fold(one.sign), one.series, one.n or 0, one.on, one.pk


def _used(structure, sheet, body):
    """The line of one sheet of paper, of the Uses that tell of it."""
    one = sheet[0]
    about, place, person_id = _whom(
        structure, body, one.on, [(use.person_id, use.name, use.cell_id) for use in sheet]
    )
    kind = one.kind if one.kind in _KINDS else "paper"
    return numbered(Document(
        one.pk * _SOURCES + _USED + _KINDS.index(kind), one.number, one.on,
        ": ".join(filter(None, [capfirst(one.label), about])), place, person_id,
    ))  # fmt: skip


def _whom(structure, body, on, told):
    """(whom a document is about, in words; the index whose people they are; the id of the one person it is about or None).
    told: [(person's id or None, name, id of the cell)]. Of people of several cells it says how many: a reader may see one
    cell and not the other."""
    people, cells = {pk: name for pk, name, _cell in told if pk}, {cell for _pk, _name, cell in told}
    alone = next(iter(people)) if len(people) == 1 else None
    if len(cells) > 1:
        return _("%d người") % len(people), body, alone
    place = structure.index[told[0][2]]
    if not people:
        return "", place, None
    named = ", ".join(list(people.values())[:_NAMED])
    if len(people) > _NAMED:
        named = _("%(names)s và %(n)d người khác") % {"names": named, "n": len(people) - _NAMED}
    return f"{named}, {structure.name_on(place, on)}", place, alone


def _issued(structure, sheet, body, last, cancelled):
    """The line of one sheet of paper, of the IssuedPapers that stand for it. cancelled: {(candidacy id, day, number folded):
    when} of decisions that were issued."""
    row = sheet[0]
    about, place, person_id = _whom(
        structure, body, row.on,
        [(one.candidacy.person_id, one.candidacy.person.full_name, one.candidacy.cell_id) for one in sheet],
    )  # fmt: skip
    notes = [note for one in sheet for note in _notes(one, last, cancelled)]
    return numbered(Document(
        row.pk * _SOURCES + _ISSUED, row.number, row.on, f"{row.title}: {about}", place, person_id, row.signer,
        row.receivers, row.copies, "; ".join(dict.fromkeys(notes)), issued=row.pk,
    ))  # fmt: skip


def _notes(row, last, cancelled):
    """What became of an IssuedPaper by a day, in words."""
    if row.corrects:
        yield _("Đính chính văn bản số %s") % _called(row.corrects)
    after = getattr(row, "corrected_by", None)
    if after and after.on <= last:
        yield _("Đã thay bằng văn bản số %s") % _called(after)
    if _by(row.withdrawn_on, last):
        yield _("Thu hồi ngày %s") % day(row.withdrawn_on)
    when = cancelled.get((row.candidacy_id, row.on, folded_number(row.number)))
    if _by(when, last):
        yield _("Đã hủy ngày %s") % day(when)


def _called(paper):
    return _("%(number)s ngày %(day)s") % {"number": paper.number, "day": day(paper.on)}


def _by(when, last):
    return when is not None and when <= last


def _unnumbered(structure, body, first, last):
    """Admissions of whose decision no Use tells: cancelled, or without a number on record."""
    rows = Admission.objects.filter(decided_on__range=(first, last), arrived_on=None).select_related("person")
    rows, cells = rows.exclude(cancelled_on=None, decision_number__gt=""), answering_to(structure, body)
    for at in range(0, len(cells), _AT_ONCE):
        for row in rows.filter(cell_id__in=cells[at : at + _AT_ONCE]):
            i = structure.index[row.cell_id]
            if competent(structure, i, row.decided_on) == body:
                yield row


def _decision(structure, row, last):
    """The line of an Admission's decision."""
    i = structure.index[row.cell_id]
    about = f"{_('Quyết định kết nạp')}: {row.person.full_name}, {structure.name_on(i, row.decided_on)}"
    note = "" if row.decision_number else _("Chưa ghi số")
    if _by(row.cancelled_on, last):
        note = _("Đã hủy ngày %s") % day(row.cancelled_on)
    return numbered(Document(
        row.pk * _SOURCES + _UNNUMBERED, row.decision_number, row.decided_on, about, i, row.person_id, note=note
    ))  # fmt: skip

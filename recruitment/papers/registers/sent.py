"""The documents a body sent out, as its register has them: every number the register knows of (`numbering.uses`), what was
issued from here, decisions whose number nobody wrote down. One sheet of paper is one line."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from committees.vietnamese import day, fold

from ...models import Admission, IssuedPaper
from ...numbering.bodies import answering_to, competent
from ...numbering.uses import uses_of
from ...numbering.written import folded_number, parts
from ...rules.numbers import rules

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
    """[Document] of a committee (an index), dated first to last (inclusive), in order of type, series, number and day. A dozen queries for a body of up to 500 cells."""
    structure = snapshot.structure
    issued = list(
        IssuedPaper.objects.filter(committee_id=structure.ids[body], on__range=(first, last))
        .defer("said").select_related("candidacy__person", "corrects")
    )  # fmt: skip
    known, groups = (
        {(one.candidacy_id, one.on, folded_number(one.number)) for one in issued if one.number},
        {},
    )
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
    found = [_issued(structure, one, last) for one in issued]
    found += [_used(structure, sheet, body) for there in groups.values() for sheet in there]
    found += _unnumbered(structure, body, first, last)
    return sorted(found, key=_order)


def _order(one):
    return one.n is None, fold(one.sign), one.series, one.n or 0, one.on, one.pk


def _used(structure, sheet, body):
    """The line of one sheet of paper, of the Uses that tell of it. About people of several cells it says how many."""
    one, people = sheet[0], {use.person_id: use.name for use in sheet if use.person_id}
    together = len({use.cell_id for use in sheet}) == 1
    place = structure.index[one.cell_id] if together else body
    named = ", ".join(list(people.values())[:_NAMED]) if together else ""
    if len(people) > _NAMED or not together:
        told = {"names": named, "n": len(people) - _NAMED if named else len(people)}
        named = (_("%(names)s và %(n)d người khác") if named else _("%(n)d người")) % told
    told = ", ".join(filter(None, [named, structure.name_on(place, one.on) if people and together else ""]))
    return numbered(Document(
        one.pk * _SOURCES + _USED + _KINDS.index(one.kind if one.kind in _KINDS else "paper"), one.number, one.on,
        f"{capfirst(one.label)}: {told}" if told else capfirst(one.label), place,
        next(iter(people)) if len(people) == 1 else None,
    ))  # fmt: skip


def _issued(structure, row, last):
    i = structure.index[row.candidacy.cell_id]
    corrects = row.corrects and {"number": row.corrects.number, "day": day(row.corrects.on)}
    notes = [
        _("Đính chính văn bản số %(number)s ngày %(day)s") % corrects if corrects else "",
        _("Thu hồi ngày %s") % day(row.withdrawn_on) if _by(row.withdrawn_on, last) else "",
    ]
    person = row.candidacy.person
    return numbered(Document(
        row.pk * _SOURCES + _ISSUED, row.number, row.on,
        f"{row.title}: {person.full_name}, {structure.name_on(i, row.on)}", i, person.pk, row.signer, row.receivers,
        row.copies, "; ".join(filter(None, notes)), issued=row.pk,
    ))  # fmt: skip


def _by(when, last):
    return when is not None and when <= last


def _unnumbered(structure, body, first, last):
    """Decisions of admission that no Use tells of: cancelled, or without a number on record."""
    rows = Admission.objects.filter(decided_on__range=(first, last), arrived_on=None).select_related("person")
    rows, cells = rows.exclude(cancelled_on=None, decision_number__gt=""), answering_to(structure, body)
    for at in range(0, len(cells), _AT_ONCE):
        for row in rows.filter(cell_id__in=cells[at : at + _AT_ONCE]):
            i = structure.index[row.cell_id]
            if competent(structure, i, row.decided_on) != body:
                continue
            about = (
                f"{_('Quyết định kết nạp')}: {row.person.full_name}, {structure.name_on(i, row.decided_on)}"
            )
            note = "" if row.decision_number else _("Chưa ghi số")
            if _by(row.cancelled_on, last):
                note = _("Đã hủy ngày %s") % day(row.cancelled_on)
            yield numbered(Document(
                row.pk * _SOURCES + _UNNUMBERED, row.decision_number, row.decided_on, about, i, row.person_id, note=note
            ))  # fmt: skip

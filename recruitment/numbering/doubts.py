"""What is unusual about a number: given to another document already, or not written as the body writes its numbers. Asked
about or told, never in the way."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from committees.access import PEOPLE
from committees.tree import structure as structure_now
from committees.vietnamese import day as written

from ..models import Candidacy
from ..rules import numbers
from .blocks import is_running, write
from .terms import term_of
from .uses import uses_of
from .written import folded_number, parts

# What a rule says of a number that is worth a word; a body nobody knows the letters of is not the clerk's slip.
_AMISS = {
    numbers.WRONG_FORM, numbers.WRONG_TYPE, numbers.WRONG_BODY, numbers.WRONG_TIME, numbers.UNPADDED,
}  # fmt: skip
# Kinds of which one record bears two.
_OF_TWO = {"decision", "recognition", "course_opening", "course_completion"}


@dataclass(frozen=True)
class Doubt:
    """key: changes with what it is about, so that an answer holds for no other number. words: what is unusual, and what to
    do. right: the number as it would be written rightly, "" where nobody can tell. double: whether another document
    bears it."""

    key: str
    words: str
    right: str = ""
    double: bool = False


def doubts(number, *, issuer, committee_id, on, but=None, kind="", access=None, structure=None):
    """[Doubt] about a number that a document of a committee dated `on` is to bear; none for "".

    issuer: the body's name as written; "" for what the committee was called that day. committee_id: whose number it is;
    None for a body outside the tree, of whose numbers nothing is known. but: the record that bears it, or the Candidacy
    whose document it is: another record of the same sheet (its number and day in the same dossier) is no double. kind:
    of `uses.SOURCES` or `rules.papers.KINDS`. access: the reader's door; without it no other person is named. Ten queries.
    """
    if not folded_number(number):
        return []
    structure = structure or structure_now()
    body = structure.index.get(committee_id, -1)
    found = doubles(structure, number, body, on, but=but, kind=kind) if body >= 0 else []
    name = issuer or (structure.name_on(body, on) if body >= 0 else "")
    return [*([double(number, found[0], access)] if found else []), *misspelled(number, name, on)]


def doubles(structure, number, body, on, *, but=None, kind=""):
    """[Use] of the same number by other documents of the body (an index) within its term, the earliest first."""
    term = term_of(structure.ids[body], on)
    found = uses_of(structure, body, term.first, term.last, number)
    mine = but.pk if isinstance(but, Candidacy) else getattr(but, "candidacy_id", None)
    others = [
        use
        for use in found
        if not (but is not None and isinstance(but, use.model) and use.pk == but.pk and _of(use, kind))
        and not use.same_paper(number, on, mine, kind)
    ]
    return sorted(others, key=lambda use: (use.on, use.kind, use.pk))


def _of(use, kind):
    """Whether it is that very number of a record that bears two (an admission: its decision and its recognition)."""
    return kind in ("", use.kind) or use.kind not in _OF_TWO


def double(number, use, access=None):
    """The Doubt that another document bears the number, which is named where the reader may see it."""
    told = {"number": number, "name": use.name, "on": written(use.on), "what": use.label}
    words = _(
        "Số %(number)s đã dùng trong cùng nhiệm kỳ của cấp ủy này, ở một văn bản khác. Xem lại số văn thư đã cấp."
    )
    if access is not None and access.may(PEOPLE, use.cell_id):
        if use.kind == "decision":
            words = _("Số %(number)s đã dùng cho %(name)s (%(on)s). Xem lại số văn thư đã cấp.")
        elif use.name:
            words = _("Số %(number)s đã dùng cho %(what)s của %(name)s (%(on)s). Xem lại số văn thư đã cấp.")
        else:
            words = _("Số %(number)s đã dùng cho %(what)s (%(on)s). Xem lại số văn thư đã cấp.")
    return Doubt(f"number {folded_number(number)}", words % told, double=True)


def of_another(number, names, on):
    """The Doubt that the letters of a number are of another body than any of these (its name that day); None where they fit
    one, or where nobody can tell. Letters that go on from the usual ones are an own custom. No query."""
    seen = [numbers.judge(number, name, on) for name in names]
    if not seen or any(one.verdict != numbers.WRONG_BODY or one.mark == "?" for one in seen):
        return None
    return misspelled(number, names[0], on)[0]


def of_other_days(number, blocks, on):
    """The Doubt that a number is of a block (of `blocks`, all of the body that gives it) that is kept for documents of other
    days than this, and of none that is open; None. No query."""
    told = parts(number)
    there = [
        block
        for block in blocks
        if told and block.first <= told[0] <= block.last and parts(write(1, block.suffix))[1:] == told[1:]
    ]
    if not there or any(is_running(block, on) for block in there):
        return None
    days = {"number": number, "since": written(there[0].since), "on": written(on)}
    words = _("Số %(number)s thuộc dải giữ cho văn bản từ %(since)s, văn bản này ghi ngày %(on)s.")
    if (end := there[0].ended_on) is not None and end <= on:
        words = _("Số %(number)s thuộc dải đã thôi dùng từ %(end)s, văn bản này ghi ngày %(on)s.")
        days["end"] = written(end)
    return Doubt(f"block {folded_number(number)} {on}", words % days)


def misspelled(number, issuer, on):
    """[Doubt] where the number is not written as the issuer's of that day, by `rules.numbers`; at most one. No query."""
    seen = numbers.judge(number, issuer, on)
    if seen.verdict not in _AMISS:
        return []
    sure = "" if seen.confirmed else _(" Cần xác nhận.")
    cite = f" ({seen.citation})" if seen.citation else ""
    words = _("Số %(number)s: %(word)s. %(hint)s%(sure)s") % {
        "number": number, "word": seen.word, "hint": f"{seen.hint}{cite}", "sure": sure,
    }  # fmt: skip
    return [
        Doubt(f"written {folded_number(number)} {seen.verdict}", words, numbers.rightly(number, issuer, on))
    ]

"""Those beside the person whom papers name: who helps, about whom another body is asked. No query where the candidacy was
fetched by `case.candidacy`."""

from committees.vietnamese import name_sort_key

from ..models import Relative
from ..rules.eligibility.background import VERIFIED


def mentors(candidacy, on):
    """[Mentorship] of who helps on a day, in order of day: assigned by then, until a day and able until a day, both
    half-open. on: None for whoever did."""
    rows = sorted(candidacy.mentorships.all(), key=lambda row: (row.since, row.pk))
    return [row for row in rows if on is None or _helps(row, on)]


def _helps(row, on):
    return row.since <= on and all(day is None or on < day for day in (row.until, row.unable_on))


def assigned(rows, introducer):
    """The document by which the cell assigned the very member who introduces; None where it did not."""
    who = name_sort_key(introducer or "")
    return next((row.document for row in reversed(rows) if name_sort_key(row.mentor) == who), None) or None


def asked_about(candidacy, letter, part):
    """Whose background a letter asks about. part: "relative" and "relation" of a letter about one of the family, None for any
    other; "people" of every letter: whom it names, else everybody listed of whom it is asked, with what they are to the
    person. None where nobody is listed or a name is missing."""
    one = letter.relative
    if part == "people":
        listed = candidacy.relatives.all() if one is None else [one]
        rows = [row for row in listed if one or row.relation in VERIFIED and not row.declared]
        names = [candidacy.person.full_name if _own(row) else row.full_name for row in rows]
        if not all(names):
            return None
        told = zip(names, (str(row.get_relation_display()) for row in rows), strict=True)
        return ", ".join(f"{name} ({relation[:1].lower()}{relation[1:]})" for name, relation in told) or None
    if one is None or _own(one):
        return None
    return str(one.get_relation_display()) if part == "relation" else one.full_name or None


def _own(row):
    return row.relation == Relative.Relation.SELF

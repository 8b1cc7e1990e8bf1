"""Pairs of records that may be one human being, among the people an account may see. Suggestions: only somebody who
looks can tell."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.access import PEOPLE
from committees.browse import reach
from committees.filters import among
from committees.vietnamese import fold

from ..models import Admission, Apart, Candidacy, Certificate, Person

# Among more people than this only what names, birth dates and numbers say outright is looked for: pairs that differ by a
# letter are searched within every birth date, which grows with the square of the people.
MANY = 20_000

NUMBER, WHOLE, NAME, SWAPPED, LETTER = KINDS = ("number", "whole", "name", "swapped", "letter")
WORDS = {
    NUMBER: _("Cùng số định danh, ghi khác nhau"),
    WHOLE: _("Cùng họ tên, ngày sinh và quê quán"),
    NAME: _("Cùng họ tên và ngày sinh"),
    SWAPPED: _("Cùng họ tên, ngày và tháng sinh đổi chỗ cho nhau"),
    LETTER: _("Cùng ngày sinh, họ tên lệch một chữ cái"),
}


@dataclass(frozen=True)
class Pair:
    """Two people (ids, one < other) and the strongest reason to think they are one; differing: what speaks against it,
    of "citizen_id" and "native_place"."""

    one: int
    other: int
    kind: str
    differing: tuple = ()

    @property
    def words(self):
        return WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class Known:
    """What pairs are found by."""

    pk: int
    search: str
    born: date
    citizen_id: str | None
    native_place: str


class Seen:
    """The people (not merged away) of whom something lies within the account's reach of PEOPLE, or of those below the
    committee of a code. Http404, PermissionDenied. One query for them, one for what was told apart."""

    def __init__(self, access, code=""):
        self.committee = access.committee(code, PEOPLE) if code else None
        if not code:
            access.require(PEOPLE)
        mask = reach(access, PEOPLE)
        if self.committee is not None:
            tree, p = access.tree, access.tree.of(self.committee.pk)
            mask &= (tree.position >= p) & (tree.position < tree.end[p])
        cells = among([access.structure.ids[i] for i in np.flatnonzero(mask)])
        here = Q()
        for model in (Candidacy, Admission, Certificate):
            here |= Q(pk__in=model.objects.filter(cell_id__in=cells).values("person_id"))
        rows = Person.objects.filter(here, merged_into=None)
        self.people = [
            Known(*row) for row in rows.values_list("pk", "search", "born", "citizen_id", "native_place")
        ]

    @property
    def many(self):
        """Whether the weaker suggestions are left out."""
        return len(self.people) > MANY

    def pairs(self):
        """[Pair] that nobody told apart, the surest first."""
        known = apart()
        return [
            pair for pair in pairs(self.people, weak=not self.many) if (pair.one, pair.other) not in known
        ]


def apart():
    """{(id, id)} of the people told apart, the smaller id first; of a merged record the one that was kept. One query."""
    names = ("one", "other", "one__merged_into", "other__merged_into")
    told = set()
    for one, other, first, second in Apart.objects.values_list(*names):
        told.add(ordered(first or one, second or other))
    return told


def ordered(one, other):
    return (one, other) if one < other else (other, one)


def pairs(people, *, weak=True):
    """[Pair] among these people ([Known]), the surest first, then in order of ids; each two once, by the strongest reason.
    Two who are registered under plainly different numbers are two people. weak: also SWAPPED and LETTER."""
    found = {}
    for kind, one, other in _suggested(people, weak):
        key = ordered(one.pk, other.pk)
        if key not in found and not _two_numbers(one, other):
            found[key] = Pair(*key, kind, _differing(one, other))
    return sorted(found.values(), key=lambda pair: (KINDS.index(pair.kind), pair.one, pair.other))


def _suggested(people, weak):
    """(kind, one, other), the strongest kinds first."""
    yield from _together(NUMBER, people, lambda one: one.citizen_id and one.citizen_id.lstrip("0"))
    named = list(_together(NAME, people, lambda one: (one.search, one.born)))
    for kind, one, other in named:
        same = fold(one.native_place) == fold(other.native_place) != ""
        yield (WHOLE if same else kind), one, other
    if not weak:
        return
    by_name = defaultdict(list)
    for one in people:
        by_name[one.search, one.born].append(one)
    for one in people:
        turned = swapped(one.born)
        if turned is not None and turned > one.born:
            yield from ((SWAPPED, one, other) for other in by_name.get((one.search, turned), ()))
    by_day = defaultdict(list)
    for one in people:
        by_day[one.born].append(one)
    for born in by_day.values():
        yield from (
            (LETTER, one, other)
            for one, other in combinations(born, 2)
            if one.search != other.search and one_letter(one.search, other.search)
        )


def _together(kind, people, key):
    groups = defaultdict(list)
    for one in people:
        if value := key(one):
            groups[value].append(one)
    for group in groups.values():
        yield from ((kind, one, other) for one, other in combinations(group, 2))


def _two_numbers(one, other):
    a, b = one.citizen_id, other.citizen_id
    return bool(a and b) and a.lstrip("0") != b.lstrip("0") and len(a) == len(b) and not one_letter(a, b)


def _differing(one, other):
    found = []
    if one.citizen_id and other.citizen_id and one.citizen_id != other.citizen_id:
        found.append("citizen_id")
    places = fold(one.native_place), fold(other.native_place)
    if all(places) and places[0] != places[1]:
        found.append("native_place")
    return tuple(found)


def swapped(born):
    """The birth date with day and month in each other's place; None where that is no other day."""
    if born.day > 12 or born.day == born.month:
        return None
    return date(born.year, born.day, born.month)


def one_letter(a, b):
    """Whether one of two words comes of the other by one letter too many, another letter, or two neighbours swapped."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return a == b
    start = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[start:], b[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]

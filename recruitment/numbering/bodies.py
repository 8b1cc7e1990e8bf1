"""Which body gives a document its number: the cell, what stands above it, or the committee that decides."""

from functools import lru_cache

from committees.models import Kind

from ..rules.papers import ABOVE, BASE, SECTION

DECIDING = frozenset({Kind.UPPER, Kind.PROVINCE})
_LEVELS = {SECTION: Kind.SECTION, BASE: Kind.GRASSROOTS_PARTY}


def competent(structure, i, on):
    """The committee (index) that decides for cell i on a day: the nearest above of the level directly above the
    grassroots, else the province, else whoever stands on top.

    [M]: domain.md §1.4. A grassroots committee empowered to decide, army and police are not told apart.
    """
    above = list(_upwards(structure, i, on))
    deciding = (j for j, place in above if place.kind in DECIDING)
    return next(deciding, above[-1][0] if above else i)


def body_of(structure, cell_id, on, by):
    """The committee (index) whose number a document bears that was made for a cell on a day; -1 for a cell that is not in
    the tree. by: as `rules.papers.Kind.by`. Where no section or grassroots committee stands above, the cell itself
    does what theirs would be."""
    i = structure.index.get(cell_id, -1)
    if i < 0:
        return -1
    heir = structure.heir(i, on.toordinal())
    i = heir if heir >= 0 else i
    if by == ABOVE:
        return competent(structure, i, on)
    wanted = _LEVELS.get(by)
    found = (j for j, place in _upwards(structure, i, on) if place.kind == wanted)
    return next(found, i) if wanted else i


def _upwards(structure, i, on):
    """(index, Place) of committee i and those above it on a day, a superior that ended by its heir."""
    number, seen = on.toordinal(), set()
    while i >= 0 and i not in seen:
        seen.add(i)
        place = structure.place_on(i, number)
        if place is None:
            return
        yield i, place
        i = structure.heir(place.parent, number) if place.parent >= 0 else -1


@lru_cache(maxsize=2)
def _below(structure):
    """{committee: those that ever stood directly below it without deciding themselves}; a walk over all placements, so
    remembered for the structure at hand."""
    below = {}
    for places in structure.places:
        for place in places:
            if place.parent >= 0 and place.kind != Kind.UPPER:
                below.setdefault(place.parent, set()).add(place.committee)
    return below


def answering_to(structure, body):
    """Ids of the committees that ever stood below `body` (an index) with no other competent committee between, and its
    own: whose documents may bear its number."""
    below = _below(structure)
    found, new = {body}, [body]
    while new:
        new = [i for above in new for i in below.get(above, ()) if i not in found]
        found.update(new)
    return [structure.ids[i] for i in sorted(found)]

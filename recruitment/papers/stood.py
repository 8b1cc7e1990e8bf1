"""What stood above a candidacy's cell on a day, by the names of that day."""

from datetime import date

import numpy as np

from committees.models import Kind

_ABOVE = {Kind.SECTION: "section", Kind.GRASSROOTS_PARTY: "base"}


def bodies_on(candidacy, snapshot, on):
    """({body: (its name, the name of what stands above it or None)}, names from the cell upwards, their indexes) as of
    a day."""
    structure = snapshot.structure
    row = snapshot.rows_with(np.array([candidacy.pk]))[0]
    i = int(snapshot.followers_on(on.toordinal())[row])
    tree = structure.at(on)
    p = tree.of(structure.ids[i])
    if p < 0:
        return {"cell": (structure.name_on(i, on), None)}, [structure.name_on(i, on)], [i]
    way = [p, *reversed(tree.ancestors(p))]
    names = [tree.name(q) for q in way]
    found = {}
    for k, q in enumerate(way):
        body = _ABOVE.get(tree.kind(q), "deciding") if k else "cell"
        found.setdefault(body, (names[k], names[k + 1] if k + 1 < len(names) else None))
    return found, names, [int(tree.order[q]) for q in way]


def renamed(snapshot, indexes, on):
    """[(name, its last day, the name after it)] of what committees, by their indexes, were called before a day."""
    structure = snapshot.structure
    found = []
    for i in indexes:
        rows = [place for place in structure.places[i] if place.since <= on.toordinal()]
        for old, new in zip(rows, rows[1:], strict=False):
            if old.name != new.name:
                found.append((old.name, date.fromordinal(old.until - 1), new.name))
    return found

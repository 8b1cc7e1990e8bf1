"""Committees by their names, where a workbook has no codes: "Chi bộ thôn 1, Đảng bộ xã X", "thôn 1 (xã X)"."""

import re
from collections import defaultdict

from committees.tree import FOREVER
from committees.vietnamese import fold

MOST_TOLD = 5  # committees named where several bear the name
_PARTS = re.compile(r"\s*[,;/()·]\s*|\s+-\s+")
_CELL, _PARTY = "cell", "party"
_FAMILIES = ((re.compile(r"(?:chi bo|cb)\s+"), _CELL), (re.compile(r"(?:dang bo|dang uy|db|du)\s+"), _PARTY))


def _bare(folded):
    """(family, the rest) of a folded name: "chi bo thon 1" is the cell "thon 1"; no family where none is said."""
    for prefix, family in _FAMILIES:
        if found := prefix.match(folded):
            return family, folded[found.end() :]
    return "", folded


class Names:
    """Looks committees up by name within the reach of a KIND's right. No query; the first name costs a walk over all
    placements."""

    def __init__(self, known, right):
        self.known, self.right = known, right
        self.structure = known.structure
        self._exact = self._by_bare = None
        self._answers = {}

    def code(self, text, day):
        """(code, "") of the one committee called so that stood on the day (or ever, where none did), (None, what is wanted)
        where several are, (None, "") where none is. Names out of reach are as if they did not exist."""
        if (text, day) not in self._answers:
            self._answers[text, day] = self._answer(text, day or self.known.today)
        return self._answers[text, day]

    def _answer(self, text, day):
        day = day.toordinal()
        found = [
            p for p in self._called(text) if self.known.allowed(self.right, self.structure.ids[p.committee])
        ]
        standing = [p for p in found if p.since <= day < p.until] or found
        places = list({p.committee: p for p in standing}.values())
        if len(places) == 1:
            return self.structure.codes[places[0].committee], ""
        if not places:
            return None, ""
        said = sorted(f"{self.structure.codes[p.committee]} ({self._above(p) or p.name})" for p in places)
        more = f" và {len(said) - MOST_TOLD} tổ chức khác" if len(said) > MOST_TOLD else ""
        return (
            None,
            f"mã của một tổ chức: có {len(said)} tổ chức tên này, {', '.join(said[:MOST_TOLD])}{more}",
        )

    def _called(self, text):
        """The placements that bear the name, by all of it, or by its first part under superiors named after it."""
        self._learn()
        whole = fold(text)
        if whole in self._exact:
            return self._exact[whole]
        name, *above = [fold(part) for part in _PARTS.split(text) if part.strip()] or [""]
        found = self._exact.get(name) or self._like(name)
        return [p for p in found if all(self._stands_under(p, superior) for superior in above)]

    def _like(self, name):
        family, rest = _bare(name)
        return [p for kind, p in self._by_bare.get(rest, ()) if not family or not kind or kind == family]

    def _learn(self):
        if self._exact is not None:
            return
        self._exact, self._by_bare = defaultdict(list), defaultdict(list)
        for places in self.structure.places:
            for place in places:
                self._exact[place.search].append(place)
                family, rest = _bare(place.search)
                self._by_bare[rest].append((family, place))

    def _superiors(self, place):
        """The placements above one, the nearest first, as they last stood while it did."""
        seen, day = set(), min(place.until, FOREVER) - 1
        while place.parent >= 0 and place.parent not in seen:
            seen.add(place.parent)
            place = self.structure.last_place(place.parent, day)
            if place is None:
                return
            yield place

    def _stands_under(self, place, superior):
        wanted = _bare(superior)[1]
        return any(_bare(above.search)[1] == wanted for above in self._superiors(place))

    def _above(self, place):
        return next((above.name for above in self._superiors(place)), "")

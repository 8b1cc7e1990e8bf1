"""Which committees the tree page lists: those directly below one, or those that match words and a kind, with the names
they no longer bear. Knows no HTTP."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import numpy as np

from .models import Kind
from .vietnamese import fold


@dataclass(frozen=True)
class Once:
    """A name that a committee no longer bore on the day, and its last day of it (inclusive)."""

    name: str
    last: date


@dataclass(frozen=True)
class Found:
    """Committee indexes in the order to show; `once` tells by which earlier name one was found that no longer bears it."""

    indexes: list
    once: dict = field(default_factory=dict)

    def __len__(self):
        return len(self.indexes)


def find(browser, *, words="", kind="", here=-1):
    """The Found of a Browser. Neither words nor kind: one level, directly below `here` (an index; -1: the highest within
    reach). With either: all of that kind, at and below which the words stand, that are below `here`; those that stood on
    the day first, in tree order. A committee that had ended is found by words only. About 30 ms at 16,000 committees on a
    busy machine."""
    wanted = fold(words)
    if not wanted and not kind:
        return Found(browser.below(here) if here >= 0 else browser.roots())
    structure, tree, today = browser.structure, browser.tree, browser.day.toordinal()
    once, ended = {}, []
    stands = np.zeros(len(tree.position), bool)
    stands[tree.order] = True
    asked = browser.visible & _within(browser, here)
    for j in np.flatnonzero(asked if wanted else asked & stands).tolist():
        places = structure.places[j]
        place = places[-1] if places and places[-1].since <= today else structure.last_place(j, today)
        if place is None or (kind and place.kind != kind):
            asked[j] = False
        elif wanted and wanted not in place.search and wanted not in _folded(structure.codes[j]):
            earlier = _borne(places, wanted, today) if len(places) > 1 else None
            asked[j] = earlier is not None
            if earlier is not None:
                once[j] = Once(earlier.name, date.fromordinal(earlier.until - 1))
    if wanted:
        ended = np.flatnonzero(asked & ~stands).tolist()
    return Found([*tree.order[asked[tree.order]].tolist(), *ended], once)


@lru_cache(maxsize=1 << 16)
def _folded(code):
    return fold(code)


def kinds_below(browser, here=-1):
    """[(kind, its word, how many)] of the committees within reach that stood on the day below `here`, in the order of
    the kinds; each number is that of the list that `find` gives for that kind. None below one that did not stand."""
    if here >= 0 and not browser.tree.stands(here):
        return []
    chosen = browser.visible[browser.tree.order] & _within(browser, here)[browser.tree.order]
    counts = Counter(browser.tree.kind(p) for p in np.flatnonzero(chosen).tolist())
    return [(kind.value, kind.label, counts[kind.value]) for kind in Kind if counts[kind.value]]


def _within(browser, here):
    """Mask over committee indexes: below `here` on the day, an ended one where its heir stands; everything where `here`
    is none or did not stand."""
    tree = browser.tree
    if here < 0 or not tree.stands(here):
        return np.ones(len(tree.position), bool)
    p = int(tree.position[here])
    mask = (tree.position >= p) & (tree.position < tree.end[p])
    mask[here] = False
    return mask


def _borne(places, wanted, today):
    """The newest placement before the last one whose name holds the words; None where none does."""
    begun = [place for place in places if place.since <= today]
    return next((place for place in reversed(begun[:-1]) if wanted in place.search), None)

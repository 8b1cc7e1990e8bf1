"""Who stood under whom as the register knew it after an entry: reorganisations and committees written since are left out.

A reorganisation's entry keeps its acts, not its rows: a placement that begins on a day of theirs is one they made, one
that ends on such a day was running until then.
"""

import numpy as np

from committees import vietnamese
from committees.models import Committee, Placement, Succession
from committees.shares import SUCCESSION
from committees.tree import Structure

from .traces import trace

DEED = "reorganise"
PLACEMENT = "committees.placement"
_NAMES = ("committee_id", "since", "until", "parent_id", "kind", "name", "organisation_type", "search")


def of(snapshot, number, tellings, loads, tree_on):
    """(Structure as of entry `number`, whether by it the tree of a day is another). tellings, loads: as `past` reads
    them. Three queries where structure was written since, none otherwise."""
    loaded = trace(PLACEMENT, tellings, loads, lambda first, last: 0)
    days = {told.number: _days(told.said) for told in tellings if told.deed == DEED and told.said}
    now = snapshot.structure
    if not loaded.spans and not any(day <= tree_on for acts in days.values() for day in acts):
        return now, False
    every = {day for acts in days.values() for day in acts}
    placements = []
    for pk, stamp, *values in Placement.objects.values_list("pk", "stamp", *_NAMES):
        row = dict(zip(_NAMES, values, strict=True))
        if loaded.loaded_by(pk) or (stamp > number and row["since"] in every):
            continue
        if stamp > number and row["until"] in every:
            row["until"] = None
        placements.append(tuple(row.values()))
    heirs = Succession.objects.filter(stamp__lte=number).values_list(*SUCCESSION)
    former = Structure(list(Committee.objects.values_list("id", "code")), placements, list(heirs))
    return former, not _same(former.at(tree_on), now.at(tree_on))


def _days(said):
    return {vietnamese.parse_day(act["Ngày"]) for act in said.get("acts", ()) if act.get("Ngày")}


def _same(one, other):
    """Whether two trees over the same committees are one: the same places, each under the same."""
    return all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in ("order", "up", "position")
    )

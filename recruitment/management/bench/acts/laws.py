"""What must hold after any package of acts: the program's answers laid beside the tables'. Each law yields what breaks it."""

import json
from collections import Counter
from datetime import date
from itertools import pairwise

from committees.acts import CHANGE, DISSOLVE, FOUND, MERGE, MOVE, RECEIVE, RENAME, SPLIT
from recruitment.quotas.heirs import targets_on
from recruitment.quotas.progress import Standings, Unanswerable, progress

from .told import Told
from .world import CELLS, PAIRS


def answer(world, code, on, tree_on):
    """What `attainment` says, or why it does not, as text."""
    try:
        found = progress(world.snapshot, "KH", code, on=on, tree_on=tree_on)
    except Unanswerable as told:
        return str(told)
    return json.dumps(found.as_json(), ensure_ascii=False, sort_keys=True)


def broken(world, days):
    """Every law that does not hold by the trees of these days."""
    told = Told(world)
    yield from _intervals(told)
    yield from _heirs(told)
    for day in days:
        tree = world.snapshot.tree(day)
        yield from _orphans(told, tree, day)
        yield from _answered(told, tree, day)
        yield from _admissions(world, told, tree, day)
        rings = list(_rings(told, day))
        yield from rings or _targets(world, told, tree, day)


def carried_out(acts, told):
    """What an accepted package says and is not to be found."""
    said = {}
    for act in acts:
        if act.what in (FOUND, RECEIVE, RENAME, CHANGE, MOVE):
            said |= {
                (act.code, act.day, name): getattr(act, name)
                for name in ("name", "kind")
                if getattr(act, name)
            }
    for (code, day, what), wanted in said.items():
        row = told.on(code, day)
        if row is not None and getattr(row, what) != wanted:
            yield f"{code}: {what} on {day} is not {wanted}"
    first = set()
    for act in acts:
        if act.what in (MERGE, DISSOLVE, SPLIT):
            principal = (act.code, act.day) not in first
            first.add((act.code, act.day))
            named = [one for one in told.heirs[act.code] if (one.day, one.principal) == (act.day, principal)]
            if not any(act.heir in (None, one.heir) and act.share in (None, one.share) for one in named):
                yield f"{act.code}: {act.what} on {act.day} without the heir or the share it names"


def _intervals(told):
    for code, rows in told.rows.items():
        for row in rows:
            if not row.since < row.until:
                yield f"{code}: stands for no day from {row.since}"
        for one, next_one in pairwise(rows):
            if next_one.since < one.until:
                yield f"{code}: stands twice on {next_one.since}"


def _heirs(told):
    for code, named in told.heirs.items():
        days = Counter(one.day for one in named if one.principal)
        if any(n > 1 for n in days.values()) or {one.day for one in named} - days.keys():
            yield f"{code}: not exactly one principal heir"
        if any(one.heir == code for one in named):
            yield f"{code}: inherits from itself"
        if any(told.on(code, one.day) is not None for one in named):
            yield f"{code}: has an heir and stands"


def _orphans(told, tree, day):
    """Whoever stands has a superior that stands and may; the tree says the same."""
    for code in told.rows:
        row = told.on(code, day)
        p = int(tree.position[tree.structure.by_code[code]])
        if (row is not None) != (p >= 0 and tree.code(p) == code):
            yield f"{code}: whether it stands on {day}"
        if row is None:
            continue
        above = told.on(row.above, day) if row.above else None
        if row.above and above is None:
            yield f"{code}: its superior {row.above} does not stand on {day}"
        elif (above.kind if above else "", row.kind) not in PAIRS:
            yield f"{code}: {row.kind} under {above and above.kind} on {day}"
        if row.above in told.above(row.above, day)[1:]:
            yield f"{code}: a ring on {day}"
        if (tree.code(tree.up[p]) if tree.up[p] >= 0 else None) != row.above:
            yield f"{code}: another superior in the tree of {day}"


def _answered(told, tree, day):
    """Whoever ended is answered for, unless all that stood above went outside too."""
    for code in told.rows:
        *gone, heir = told.road(code, day)
        p = int(tree.position[tree.structure.by_code[code]])
        if (tree.code(p) if p >= 0 else None) != heir:
            yield f"{code}: answered for by {heir} on {day}, not as the tree says"
        if heir is None and told.last(code, day) is not None and told.last(gone[-1], day).above is not None:
            yield f"{code}: an orphan on {day}, after {gone}"


def _rings(told, day):
    """No share of anything leads back to where it came from."""
    for code in told.heirs:
        if told.comes_back(code, day):
            yield f"{code}: a ring of heirs on {day}"


def _admissions(world, told, tree, day):
    """Each is counted once, where the cell or who answers for it stands, and at all above."""
    expected = Counter()
    for cell, decided in world.facts:
        if decided <= day and (heir := told.road(cell, day)[-1]) is not None:
            expected.update(told.above(heir, day))
    found = Standings(world.snapshot, world.plan, tree, day, day, None)
    for p in range(len(tree)):
        if found.recorded[p] != expected[tree.code(p)]:
            yield f"{tree.code(p)}: {found.recorded[p]} admitted by the tree of {day}, not {expected[tree.code(p)]}"
    whole = sum(told.road(cell, day)[-1] is not None for cell, decided in world.facts if decided <= day)
    if sum(int(found.recorded[p]) for p in tree.roots()) != whole:
        yield f"not all {whole} admissions stand in the tree of {day}"


def _targets(world, told, tree, day):
    """Nobody's is lost or doubled but as `Told.borne` says; whole numbers may differ by the rounding of each act."""
    expected, cut = told.borne(day)
    found = {
        tree.code(p): target.value
        for p, target in targets_on(world.snapshot, world.plan, day, tree, None).items()
    }
    splits = len(
        {(code, one.day) for code, named in told.heirs.items() for one in named if not one.principal}
    )
    for code in found.keys() | {code for code, low in expected.items() if low}:
        if abs(found.get(code, 0) - expected.get(code, 0)) > splits:
            yield f"{code}: target {found.get(code)} on {day}, not {expected.get(code)}"
    whole = sum(expected.values())
    if abs(sum(found.values()) - whole) > (splits + 1 if cut else 0):
        yield f"targets of {sum(found.values())} on {day}, not {whole}"


def cells_on(told, day):
    """Where somebody may be admitted that day."""
    return [code for code in told.rows if (row := told.on(code, day)) is not None and row.kind in CELLS]


def changes_after(told, day):
    """Every day from `day` on on which anything changes."""
    days = {edge for rows in told.rows.values() for row in rows for edge in (row.since, row.until)}
    return sorted(edge for edge in days if day <= edge < date.max)

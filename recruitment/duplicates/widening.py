"""Who would see more of somebody through a merge. A merge alone widens nobody's access: what a reader of the one record
has not seen of the other stays unseen unless who merges says outright that they may know (security S19)."""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext as _

from committees.access import PEOPLE, RIGHTS
from committees.models import Mandate

from .choosing import FIELDS, value_of

# Whoever holds one of these sees persons.
SEEING = [role for role, rights in RIGHTS.items() if PEOPLE in rights]


@dataclass(frozen=True)
class Widened:
    """accounts: how many people see only the record that lies in `cells` (their names); fields: labels of what they
    would learn."""

    accounts: int
    cells: tuple
    fields: tuple


def key(found):
    """What an answer to these [Widened] bears: it holds for no other list."""
    told = repr([(each.accounts, each.cells, tuple(map(str, each.fields))) for each in found])
    return blake2b(told.encode(), digest_size=8).hexdigest() if found else ""


def widened(access, kept, gone, values):
    """[Widened] of two Sides merged into these values, one a side at most. One query."""
    readers = _readers(access, [kept, gone])
    found = []
    for k, side in enumerate((kept, gone)):
        only = sum(1 for sees in readers.values() if sees[k] and not sees[1 - k])
        new = [
            label
            for name, label in FIELDS.items()
            if values[name] not in ("", None, False) and values[name] != value_of(side.person, name)
        ]
        new += _facts(side, (gone, kept)[k])
        if only and new:
            structure, today = access.structure, access.today
            cells = {structure.name_on(structure.index[cell], today) for cell in side.shown_by}
            found.append(Widened(only, tuple(sorted(cells)), tuple(new)))
    return found


def _facts(side, other):
    """What pages tell of somebody wherever it happened: that a class was finished, that they are admitted."""
    if other.certificates and not side.certificates:
        yield _("đã có chứng nhận")
    if other.member and not side.member:
        yield _("đã được kết nạp")


def _readers(access, sides):
    """{account id: [whether it sees each of the Sides today]} of whoever sees persons in a committee on or above them."""
    tree, structure = access.tree, access.structure
    places = [sorted({tree.of(cell) for cell in side.shown_by} - {-1}) for side in sides]
    above = sorted({q for line in places for p in line for q in (*tree.ancestors(p), p)})
    ids = [structure.ids[i] for i in np.flatnonzero(np.isin(tree.position, above))]
    mandates = Mandate.objects.in_force_on(access.today).filter(role__in=SEEING)
    mandates = mandates.filter(Q(committee=None) | Q(committee__in=ids), account__is_active=True)
    found = {}
    for account, committee in mandates.values_list("account_id", "committee_id"):
        p = tree.of(committee) if committee is not None else 0
        end = int(tree.end[p]) if committee is not None else len(tree)
        sees = found.setdefault(account, [False] * len(sides))
        for k, line in enumerate(places):
            sees[k] = sees[k] or committee is None or any(p <= q < end for q in line)
    return found

"""Who may see more of a figure than its reader: by role and committee, from the rules of the door."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from committees.access import ACCOUNTS, FIGURES, JOURNAL, PEOPLE, RIGHTS
from committees.models import Kind, Mandate, Role

# What stands behind a figure beyond the figure itself, by the right that opens it.
BEHIND = (PEOPLE, JOURNAL)


@dataclass(frozen=True)
class Opens:
    """One right behind a figure. mine: whether the reader holds it there; holders: who does, in words; in_cells: whether
    secretaries below hold it, each in their own cell."""

    right: str
    mine: bool
    holders: list
    in_cells: bool


def who_may(access, committee_id):
    """[Opens] for a committee, today. Whoever holds a right in a committee above holds it here; a committee beyond the
    reader's sight is not named, nor is an account to who does not keep them. A mandate in a committee that ended is not
    looked for: it ends with it. One query."""
    tree, p = access.tree, access.tree.of(committee_id)
    above = [*tree.ancestors(p), p] if p >= 0 else []
    places = {tree.id(position): position for position in above} | {None: -1}
    here = Q(committee_id__in=[pk for pk in places if pk is not None]) | Q(committee_id=None)
    mandates = list(Mandate.objects.in_force_on(access.today).filter(here).select_related("account"))
    cells = p >= 0 and tree.kind(p) not in Kind.cells()

    def opens(right):
        held = {}
        for mandate in mandates:
            if right in RIGHTS[Role(mandate.role)]:
                key = places[mandate.committee_id], mandate.role
                held.setdefault(key, set()).add(mandate.account.username)
        holders = [_words(access, committee_id, *key, accounts) for key, accounts in sorted(held.items())]
        return Opens(
            right=right,
            mine=access.may(right, committee_id),
            holders=list(dict.fromkeys(holders)),
            in_cells=cells and right in RIGHTS[Role.SECRETARY],
        )

    return [opens(right) for right in BEHIND]


def _words(access, committee_id, position, role, accounts):
    tree = access.tree
    if position < 0:
        where = _("toàn bộ sổ")
    elif access.may(FIGURES, tree.id(position)):
        where = tree.name(position)
    else:
        where = _("cấp trên")
    words = _("%(role)s của %(where)s") % {"role": Role(role).label, "where": where}
    named = access.may(ACCOUNTS, committee_id)
    return f"{words} ({', '.join(sorted(accounts))})" if named else words

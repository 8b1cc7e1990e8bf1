"""Many acts at once: a whole level abolished below a committee, several merged into one, several moved under one. Worked
out from the tree; gives rows of the workbook."""

from datetime import timedelta

import numpy as np

from .acts import DISSOLVE, FOUND, MERGE, MOVE


class Level:
    """The committees of a kind below one, on the eve of a day: what "abolish the level" means there. mine: mask over the
    structure's indexes; the others, which lie elsewhere today, are left alone."""

    def __init__(self, structure, i, kind, day, mine):
        self.tree = structure.at(day - timedelta(days=1))
        self.codes = []
        if self.tree.stands(i):
            p = int(self.tree.position[i])
            order = self.tree.order
            below = [
                q for q in range(p + 1, int(self.tree.end[p])) if mine[order[q]] and self.tree.kind(q) == kind
            ]
            self.codes = [self.tree.code(q) for q in below]
            self.children = sum(int(mine[order[child]]) for q in below for child in self.tree.children(q))

    def rows(self, heir=""):
        """Each of them ends; what stood under it goes to the heir, where none is named to the one above it."""
        if not heir:
            return [{"Việc": DISSOLVE, "Mã tổ chức": code} for code in self.codes]
        return [
            {"Việc": MERGE, "Mã tổ chức": code, "Mã kế thừa": heir} for code in self.codes if code != heir
        ]


def kinds_below(structure, i, day, mine):
    """{kind: how many committees of it stand below committee i} on the eve of a day; mine: as of a Level."""
    tree = structure.at(day - timedelta(days=1))
    if not tree.stands(i):
        return {}
    p = int(tree.position[i])
    kinds = [tree.kind(q) for q in range(p + 1, int(tree.end[p])) if mine[tree.order[q]]]
    found, counts = np.unique(kinds, return_counts=True) if kinds else ((), ())
    return {str(kind): int(n) for kind, n in zip(found, counts, strict=True)}


def merged(codes, heir):
    """Each of the codes but the heir's own is merged into it."""
    return [{"Việc": MERGE, "Mã tổ chức": code, "Mã kế thừa": heir} for code in codes if code != heir]


def moved(codes, above):
    """Each of the codes stands under that one."""
    return [{"Việc": MOVE, "Mã tổ chức": code, "Mã cấp trên mới": above} for code in codes if code != above]


def founding(code, name, kind, above):
    """The row that founds a committee; kind: its words."""
    return {"Việc": FOUND, "Mã tổ chức": code, "Tên mới": name, "Loại": kind, "Mã cấp trên mới": above}

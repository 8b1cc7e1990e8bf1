"""Where a page stands in the tree: the committees above it that its reader may see."""

from dataclasses import dataclass
from functools import cached_property

from committees.access import FIGURES


@dataclass(frozen=True)
class Crumb:
    code: str
    name: str


_KINDS = ("Đảng bộ ", "Chi bộ ")


def headed(name):
    """The name under a heading that says its kind already: "Đảng bộ huyện Đất Đỏ" becomes "Huyện Đất Đỏ"."""
    rest = next((name.removeprefix(kind) for kind in _KINDS if name.startswith(kind)), name)
    return rest[:1].upper() + rest[1:]


def name_on(snapshot, code, day):
    """The committee's name on a day; its last one where it no longer stood, its first where it did not stand yet."""
    structure = snapshot.structure
    return structure.name_on(structure.by_code[code], day)


def crumbs(access, tree, p):
    """[Crumb] of the committees above position p whose figures the account may see, the top first."""
    return [
        Crumb(tree.code(above), tree.name(above))
        for above in tree.ancestors(p)
        if access.may(FIGURES, tree.id(above))
    ]


class AskedOf:
    """What a page about one committee says around its answer. It has `access`, `snapshot`, `committee`, `form`, and
    `question`, None where the form has no answer."""

    @property
    def status(self):
        return 400 if self.form.errors else 200

    @property
    def name(self):
        return name_on(self.snapshot, self.committee.code, self.access.today)

    @cached_property
    def crumbs(self):
        if not self.question:
            return []
        above = crumbs(self.access, self.question.tree, self.question.position)
        return [*above, Crumb(self.question.code, self.question.name)]

"""An organisation chart of a Browser: which committees it shows, as units to draw and as the list behind the drawing."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import vietnamese
from .chart import MOST_BOXES, MOST_HUNG, Unit, sheets

TWO, THREE = "2", "3"


@dataclass(frozen=True)
class Chart:
    """top: the Node above all; branches: [(Node, [Node below], how many more below)] in the order drawn; more: branches
    left out; sheets: the drawing; shown: how many units it names."""

    top: object
    branches: list
    more: int
    sheets: list

    @property
    def shown(self):
        return 1 + len(self.branches) + sum(len(below) for _node, below, _more in self.branches)


def chart(browser, here, levels):
    """The Chart of committee index `here` and one or two levels under it. One query for each 500 committees."""
    children = browser.below(here)
    more = max(0, len(children) - MOST_BOXES)
    children = children[:MOST_BOXES]
    under = {i: browser.below(i) if levels == THREE else [] for i in children}
    members = browser.members([here, *children])
    top, *nodes = [replace(browser.node(i), members=members.get(i)) for i in [here, *children]]
    branches = [
        (node, [browser.node(j) for j in under[i][:MOST_HUNG]], max(0, len(under[i]) - MOST_HUNG))
        for node, i in zip(nodes, children, strict=True)
    ]
    units = tuple(
        Unit(node.name, _notes(node), tuple(Unit(one.name) for one in below), left)
        for node, below, left in branches
    )
    return Chart(top, branches, more, sheets(Unit(top.name, _notes(top), units, more), more_words))


def more_words(n):
    return ngettext("và %s tổ chức nữa", "và %s tổ chức nữa", n) % vietnamese.number(n)


def _notes(node):
    """What stands under a name: the code and how many are below, the members with their day."""
    below = _("%s trực thuộc") % vietnamese.number(node.children) if node.children else ""
    notes = [" · ".join(filter(None, [node.code, below]))]
    if node.members:
        said = {"n": vietnamese.number(node.members.number), "day": vietnamese.day(node.members.day)}
        notes.append(_("%(n)s đảng viên, %(day)s") % said)
    return tuple(notes)

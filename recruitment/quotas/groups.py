"""Which groups concern a committee: those everybody counts, its own, and those of committees above and below it. No
page shows a group to whom it does not concern."""

from django.utils.translation import gettext as _

from committees import vietnamese

from .place import name_on
from .progress import tree_day

# Other names by which workbooks call the groups everybody counts (contracts §2).
ALSO = {
    "nu": "women",
    "thanh nien": "youth",
    "doan vien": "youth_union",
    "dan toc thieu so": "ethnic_minority",
    "ton giao": "religious",
    "co dao": "religious",
    "nong dan": "farmers",
    "cong nhan": "workers",
    "hoc sinh sinh vien": "students",
    "hoc sinh, sinh vien": "students",
    "chu doanh nghiep": "business_owners",
    "doanh nghiep ngoai nha nuoc": "private_enterprise",
}


def overlap(tree, group, first, end):
    """Whether a group concerns any committee of a subtree, or of a span of one's reach: positions first to end."""
    if group.committee_id is None:
        return True
    at = tree.of(group.committee_id)
    # Subtrees are nested or apart: to overlap is to stand above, at or below.
    return at >= 0 and first < tree.end[at] and at < end


def concerning(snapshot, code, today=None):
    """[Group] that concern the committee of a code, by today's tree (or that of its last day), in their order; ended
    ones too, for figures may name them. No query."""
    structure = snapshot.structure
    i = structure.by_code[code]
    tree = snapshot.tree(tree_day(snapshot, i, today or vietnamese.today()))
    p = int(tree.position[i])
    return [group for group in snapshot.groups if p >= 0 and overlap(tree, group, p, int(tree.end[p]))]


def within(access, snapshot, right):
    """[Group] that concern any committee in which an account holds a right today, ended ones too. No query beyond
    access's own."""
    tree, spans = access.tree, access.spans(right)
    return [group for group in snapshot.groups if any(overlap(tree, group, *span) for span in spans)]


def group_fault(structure, i, group, today=None):
    """What is wanted of the group for which a committee (an index) is given a target, or None."""
    if group is None:
        return None
    today = today or vietnamese.today()
    if not group.offered_on(today):
        return f"một nhóm còn dùng; nhóm này thôi dùng từ {vietnamese.day(group.ended_on)}"
    tree = structure.at(structure.last_day(i, today.toordinal()) or today)
    p = int(tree.position[i])
    if p < 0 or not overlap(tree, group, p, int(tree.end[p])):
        return "một nhóm dùng chung, hoặc nhóm của tổ chức này, của cấp trên hay cấp dưới của nó"
    return None


def label(snapshot, group, code, today):
    """A group's name, with whose it is where it is another committee's than the one of this code."""
    if group.committee_id is None:
        return group.name
    owner = snapshot.structure.codes[snapshot.structure.index[group.committee_id]]
    if owner == code:
        return group.name
    said = {"name": group.name, "owner": name_on(snapshot, owner, today)}
    return _("%(name)s (%(owner)s)") % said


def choices(snapshot, code, today, given=""):
    """[(code, label)] of the groups that may be chosen for a committee; an ended one only where it was asked for."""
    return [
        (group.code, label(snapshot, group, code, today))
        for group in concerning(snapshot, code, today)
        if group.offered_on(today) or group.code == given
    ]

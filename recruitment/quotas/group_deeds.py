"""The deeds of a department's own groups. What a group means never changes: figures already told would. It is ended,
and another made."""

import re

from committees import journal, vietnamese
from committees.editing import unchanged
from committees.tree import structure
from committees.vietnamese import fold

from ..models import Group
from .deeds import Refused
from .group_terms import same
from .groups import ALSO, overlap

# Bits of the snapshot's whole numbers, a few left free.
MOST = 60
# After those everybody counts, whose bits so stay where they are.
ORDER = 1000
_LONGEST_CODE = 34
_RESERVED = "new"  # the address of the page that makes one


def define(*, by, committee, name, predicate):
    """A group of the committee: who meets every condition of the predicate (`group_terms`). Its code is made of its
    name. Returns the Group. Raises Refused."""
    standing = structure()
    with journal.pen(by, "group-define", committee=committee) as pen:
        groups = list(Group.objects.all())
        faults = _name_faults(standing, groups, committee.pk, name)
        if len(groups) >= MOST:
            faults.append(("", f"một nhóm đã có: cả sổ giữ được {MOST} nhóm, và đã đủ"))
        twin = next(
            (group for group in _beside(standing, groups, committee.pk) if same(group.predicate, predicate)),
            None,
        )
        if twin is not None:
            faults.append(("", f"một định nghĩa khác: nhóm “{twin.name}” gồm đúng những người này"))
        if faults:
            raise Refused(*faults)
        code = _code(name, {group.code for group in groups})
        group = Group(code=code, name=name, predicate=predicate, order=ORDER, committee=committee)
        group.save()
        pen.about = f"group:{code}"
    return group


def rename(group, *, by, name, stamp=None):
    """Another name; the code and what it means stay. Raises Refused, and Overtaken."""
    standing = structure()
    with journal.pen(by, "group-rename", about=f"group:{group.code}", committee=group.committee):
        fresh = unchanged(group, stamp)
        if name == fresh.name:
            raise Refused(("name", "một tên khác tên đang dùng"))
        _refuse_name(standing, fresh, name)
        fresh.name = name
        fresh.save()
    return fresh


def end(group, *, by, stamp=None):
    """From today on it is offered no more; figures that name it keep it. Raises Refused, and Overtaken."""
    with journal.pen(by, "group-end", about=f"group:{group.code}", committee=group.committee):
        fresh = unchanged(group, stamp)
        if fresh.ended_on is not None:
            raise Refused(("", "một nhóm còn dùng; nhóm này đã thôi dùng"))
        fresh.ended_on = vietnamese.today()
        fresh.save()
    return fresh


def bring_back(group, *, by, stamp=None):
    """It is offered again. Raises Refused (its name may be another's by now), and Overtaken."""
    standing = structure()
    with journal.pen(by, "group-return", about=f"group:{group.code}", committee=group.committee):
        fresh = unchanged(group, stamp)
        if fresh.ended_on is None:
            raise Refused(("", "một nhóm đã thôi dùng; nhóm này còn dùng"))
        _refuse_name(standing, fresh, fresh.name)
        fresh.ended_on = None
        fresh.save()
    return fresh


def _refuse_name(standing, group, name):
    others = [other for other in Group.objects.all() if other.pk != group.pk]
    if faults := _name_faults(standing, others, group.committee_id, name):
        raise Refused(*faults)


def _name_faults(standing, groups, committee_id, name):
    """Workbooks and menus name a group by its name: among those that concern one committee there is one of it."""
    word = fold(name)
    for group in _beside(standing, groups, committee_id):
        if word in {fold(group.name), fold(group.code)} or ALSO.get(word) == group.code:
            return [("name", f"một tên khác; “{group.name}” ({group.code}) đã có ở đây")]
    return []


def _beside(standing, groups, committee_id):
    """Groups in use that concern a committee today."""
    today = vietnamese.today()
    tree = standing.at(today)
    p = tree.of(committee_id)
    return [
        group
        for group in groups
        if group.offered_on(today) and p >= 0 and overlap(tree, group, p, int(tree.end[p]))
    ]


def _code(name, taken):
    """ "Ngư dân ven biển" gives ngu-dan-ven-bien; a number after it where that is taken."""
    plain = re.sub("[^a-z0-9]+", "-", fold(name)).strip("-")[:_LONGEST_CODE].strip("-") or "nhom"
    code, k = plain, 1
    while code in taken or code == _RESERVED:
        k += 1
        code = f"{plain}-{k}"
    return code
